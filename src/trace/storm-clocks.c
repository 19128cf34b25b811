#include "config.h"

#include "storm-clocks.h"

#include <string.h>

#include "storm-conformance-private.h"
#include "storm-step-spans.h"

#define MAX_TRACES 4000
/* Rows that are played in a frame, and µs from the end of one look to the next. */
#define ROWS_A_FRAME 1000
#define PAUSE (2 * G_TIME_SPAN_SECOND)

struct _StormClocks
{
  GObject           parent_instance;

  StormMonitor     *monitor;
  StormConformance *conformance;
  StormTraceIndex  *index;
  StormProducers   *producers;
  StormClockSkew   *skew;       /* of the look that goes on */

  GArray           *clocks;     /* of StormProducerClock, as they are told */
  gboolean          is_unsteady;
  gboolean          has_skew;

  guint             n_traces;   /* of the look that goes on; 0 for none */
  guint             step;
  guint             next;
  guint             generation;
  guint32           n_rows;     /* of the log, at the last look */
  gint64            looked;     /* when that was done, monotonic */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormClocks, storm_clocks, G_TYPE_OBJECT)

static void
add_step (StormClocks         *self,
          const StormStepSpan *step,
          StormEventLog       *log)
{
  guint16 flags = storm_event_log_get_flags (log, step->before) |
                  storm_event_log_get_flags (log, step->after);
  guint from;
  guint to;

  /* Times that no producer's clock gave, and events that really came early, say nothing. */
  if ((flags & STORM_EVENT_TIME_ARRIVAL) != 0 ||
      (step->span < 0 && !storm_step_span_is_skew (step, log)))
    return;
  from = storm_producers_find (self->producers, step->before);
  to = storm_producers_find (self->producers, step->after);
  if (from != STORM_NO_PRODUCER && to != STORM_NO_PRODUCER)
    storm_clock_skew_add (self->skew, from, to, step->span, 1);
}

/* Returns how many rows were looked at. */
static guint
look_at_trace (StormClocks *self,
               guint32      place)
{
  StormEventLog *log = storm_monitor_get_log (self->monitor);
  g_autoptr (StormTrace) trace = storm_trace_index_dup_trace (self->index, place);
  g_autoptr (GArray) steps = storm_conformance_list_spans (self->conformance, trace, NULL);

  for (guint i = 0; i < steps->len; i++)
    add_step (self, &g_array_index (steps, StormStepSpan, i), log);
  return storm_trace_get_n_events (trace) + 1;
}

/* What was only counted, when no differences of clocks agree with it. */
static GArray *
count_only (StormClocks *self,
            guint        n)
{
  GArray *clocks = g_array_sized_new (FALSE, TRUE, sizeof (StormProducerClock), n);

  g_array_set_size (clocks, n);
  for (guint i = 0; i < n; i++)
    storm_clock_skew_count (self->skew, i, n, &g_array_index (clocks, StormProducerClock, i));
  return clocks;
}

static void
publish (StormClocks *self)
{
  guint n = storm_producers_get_n (self->producers);
  g_autoptr (GArray) before = g_steal_pointer (&self->clocks);
  gboolean was_unsteady = self->is_unsteady;

  self->clocks = storm_clock_skew_solve (self->skew, n);
  self->is_unsteady = self->clocks == NULL;
  if (self->is_unsteady)
    self->clocks = count_only (self, n);
  self->has_skew = FALSE;
  for (guint i = 0; i < n; i++)
    self->has_skew |= g_array_index (self->clocks, StormProducerClock, i).n_backwards > 0;
  self->n_traces = 0;
  self->looked = g_get_monotonic_time ();
  if (before->len == n && was_unsteady == self->is_unsteady &&
      (n == 0 || memcmp (before->data, self->clocks->data,
                         n * sizeof (StormProducerClock)) == 0))
    return;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
begin (StormClocks *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->index));

  storm_clock_skew_clear (self->skew);
  self->n_rows = storm_event_log_get_n (storm_monitor_get_log (self->monitor));
  self->n_traces = n;
  self->step = MAX (n / MAX_TRACES, 1);
  self->next = 0;
}

static void
look (StormClocks *self,
      guint        slice)
{
  guint n = 0;

  while (self->next < self->n_traces && n < slice)
    {
      n += look_at_trace (self, self->next);
      self->next += self->step;
    }
  if (self->next >= self->n_traces)
    publish (self);
}

static void
forget (StormClocks *self)
{
  gboolean had_any = self->clocks->len > 0;

  storm_producers_clear (self->producers);
  g_array_set_size (self->clocks, 0);
  self->is_unsteady = FALSE;
  self->has_skew = FALSE;
  self->n_traces = 0;
  self->n_rows = 0;
  self->looked = 0;
  if (had_any)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
check (StormClocks *self)
{
  guint generation = storm_conformance_get_generation (self->conformance);

  if (generation == self->generation)
    return;
  self->generation = generation;
  forget (self);
}

static void
on_flushed (StormClocks *self)
{
  guint32 n_rows = storm_event_log_get_n (storm_monitor_get_log (self->monitor));

  check (self);
  if (self->n_traces == 0 && n_rows != self->n_rows &&
      (self->looked == 0 || g_get_monotonic_time () - self->looked >= PAUSE))
    begin (self);
  if (self->n_traces > 0)
    look (self, ROWS_A_FRAME);
}

static void
storm_clocks_finalize (GObject *object)
{
  StormClocks *self = STORM_CLOCKS (object);

  g_clear_pointer (&self->clocks, g_array_unref);
  g_clear_pointer (&self->skew, storm_clock_skew_free);
  g_clear_pointer (&self->producers, storm_producers_free);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (storm_clocks_parent_class)->finalize (object);
}

static void
storm_clocks_class_init (StormClocksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_clocks_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
storm_clocks_init (StormClocks *self)
{
  self->skew = storm_clock_skew_new ();
  self->clocks = g_array_new (FALSE, TRUE, sizeof (StormProducerClock));
}

StormClocks *
storm_clocks_new (StormMonitor *monitor)
{
  StormClocks *self;

  g_return_val_if_fail (STORM_IS_MONITOR (monitor), NULL);

  self = g_object_new (STORM_TYPE_CLOCKS, NULL);
  self->monitor = g_object_ref (monitor);
  self->conformance = storm_monitor_get_conformance (monitor);
  self->index = storm_monitor_get_index (monitor);
  self->producers = storm_producers_new (storm_monitor_get_log (monitor));
  self->generation = storm_conformance_get_generation (self->conformance);
  g_signal_connect_object (monitor, "flushed", G_CALLBACK (on_flushed), self, G_CONNECT_SWAPPED);
  return self;
}

void
storm_clocks_update (StormClocks *self)
{
  g_return_if_fail (STORM_IS_CLOCKS (self));

  check (self);
  begin (self);
  look (self, G_MAXUINT);
}

guint
storm_clocks_get_n (StormClocks *self)
{
  g_return_val_if_fail (STORM_IS_CLOCKS (self), 0);

  return storm_producers_get_n (self->producers);
}

const char *
storm_clocks_get_name (StormClocks *self,
                       guint        producer)
{
  g_return_val_if_fail (STORM_IS_CLOCKS (self), NULL);

  return storm_producers_get_name (self->producers, producer);
}

guint
storm_clocks_get_producer (StormClocks *self,
                           guint32      row)
{
  g_return_val_if_fail (STORM_IS_CLOCKS (self), STORM_NO_PRODUCER);

  check (self);
  return storm_producers_find (self->producers, row);
}

const StormProducerClock *
storm_clocks_get_clock (StormClocks *self,
                        guint        producer)
{
  g_return_val_if_fail (STORM_IS_CLOCKS (self), NULL);

  return producer < self->clocks->len
         ? &g_array_index (self->clocks, StormProducerClock, producer) : NULL;
}

gboolean
storm_clocks_has_skew (StormClocks *self)
{
  g_return_val_if_fail (STORM_IS_CLOCKS (self), FALSE);

  return self->has_skew;
}

gboolean
storm_clocks_is_unsteady (StormClocks *self)
{
  g_return_val_if_fail (STORM_IS_CLOCKS (self), FALSE);

  return self->is_unsteady;
}
