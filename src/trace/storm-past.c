#include "config.h"

#include "storm-past.h"

#include "storm-conformance-private.h"
#include "storm-troubles.h"

/* How long a turn of the main loop may be busy, µs. */
#define SLICE 3000
/* Not begun. */
#define NOT_YET G_MAXUINT8
/* At the same moment all is looked at again, as more is known, not more often than that, µs. */
#define EVERY G_USEC_PER_SEC

/* What all traces had come to. */
typedef struct
{
  GByteArray *states;       /* by place: StormTraceState or NOT_YET */
  guint       n_in_state[STORM_N_TRACE_STATES];
  guint64     consumed;
  guint64     missing;
  guint64     overdue;
} Figures;

struct _StormPast
{
  GObject       parent_instance;

  StormMonitor *monitor;    /* not held: it owns this */
  StormMoment   moment;
  gboolean      is_past;
  gboolean      ready;
  gboolean      stale;      /* more is known since */
  gint64        done;       /* when it was looked at to the end, monotonic µs */
  Figures       shown;
  Figures       work;
  guint         source;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormPast, storm_past, G_TYPE_OBJECT)

static void
figures_reset (Figures *figures)
{
  if (figures->states == NULL)
    figures->states = g_byte_array_new ();
  g_byte_array_set_size (figures->states, 0);
  memset (figures->n_in_state, 0, sizeof figures->n_in_state);
  figures->consumed = 0;
  figures->missing = 0;
  figures->overdue = 0;
}

static void
ignore (StormTokens *tokens,
        guint32      row,
        guint32      step,
        gpointer     user_data)
{
}

static void
look_at (StormPast *self,
         guint32    place)
{
  StormConformance *conformance = storm_monitor_get_conformance (self->monitor);
  guint n_rows;
  guint n_repeats;
  const guint32 *rows = storm_trace_index_get_rows (storm_monitor_get_index (self->monitor), place,
                                                    &n_rows, &n_repeats);
  guint n = storm_moment_count_rows (&self->moment, storm_monitor_get_log (self->monitor), rows,
                                     n_rows);
  guint8 state = NOT_YET;

  if (n > 0)
    {
      StormTokens *tokens = storm_conformance_play (conformance, place, n, ignore, NULL);
      StormVerdict verdict;

      storm_tokens_judge (tokens, (const gint64 *) conformance->limits->data, self->moment.time,
                          &verdict);
      state = verdict.state;
      self->work.n_in_state[state]++;
      self->work.consumed += tokens->consumed;
      self->work.missing += tokens->missing;
      self->work.overdue += verdict.overdue;
    }
  g_byte_array_append (self->work.states, &state, 1);
}

static void
stop (StormPast *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
}

static void
end (StormPast *self)
{
  Figures before = self->shown;

  self->shown = self->work;
  self->work = before;
  self->ready = TRUE;
  self->done = g_get_monotonic_time ();
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Whether all traces were looked at. */
static gboolean
run_slice (StormPast *self)
{
  GListModel *index = G_LIST_MODEL (storm_monitor_get_index (self->monitor));
  gint64 until = g_get_monotonic_time () + SLICE;
  guint n = g_list_model_get_n_items (index);

  storm_rule_set_update (storm_conformance_get_rules (
                           storm_monitor_get_conformance (self->monitor)));
  while (self->work.states->len < n)
    {
      look_at (self, self->work.states->len);
      if (g_get_monotonic_time () >= until && self->work.states->len < n)
        return FALSE;
    }
  return TRUE;
}

static gboolean
slice_cb (gpointer data)
{
  StormPast *self = data;

  if (!run_slice (self))
    return G_SOURCE_CONTINUE;
  self->source = 0;
  end (self);
  return G_SOURCE_REMOVE;
}

static void
start (StormPast *self)
{
  stop (self);
  figures_reset (&self->work);
  self->stale = FALSE;
  if (run_slice (self))
    end (self);
  else
    self->source = g_idle_add_full (G_PRIORITY_LOW, slice_cb, self, NULL);
}

static void
moment_changed_cb (StormPast *self)
{
  gboolean was_ready = self->ready;

  stop (self);
  self->ready = FALSE;
  self->is_past = storm_monitor_get_moment (self->monitor, &self->moment);
  if (self->is_past)
    start (self);
  if (!self->ready && was_ready)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* Rules may be others, traces may be new, and an event may have come late. */
static void
conformance_changed_cb (StormPast *self)
{
  self->stale = self->is_past;
}

static void
flushed_cb (StormPast *self)
{
  if (self->stale && self->source == 0 && g_get_monotonic_time () - self->done >= EVERY)
    start (self);
}

static void
storm_past_finalize (GObject *object)
{
  StormPast *self = STORM_PAST (object);

  stop (self);
  g_byte_array_unref (self->shown.states);
  g_byte_array_unref (self->work.states);
  G_OBJECT_CLASS (storm_past_parent_class)->finalize (object);
}

static void
storm_past_class_init (StormPastClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_past_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
storm_past_init (StormPast *self)
{
  figures_reset (&self->shown);
  figures_reset (&self->work);
}

StormPast *
storm_past_of (StormMonitor *monitor)
{
  static const char name[] = "storm-past";
  StormPast *self;

  g_return_val_if_fail (STORM_IS_MONITOR (monitor), NULL);

  self = g_object_get_data (G_OBJECT (monitor), name);
  if (self != NULL)
    return self;
  self = g_object_new (STORM_TYPE_PAST, NULL);
  self->monitor = monitor;
  g_object_set_data_full (G_OBJECT (monitor), name, self, g_object_unref);
  g_signal_connect_object (monitor, "moment-changed", G_CALLBACK (moment_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (monitor, "flushed", G_CALLBACK (flushed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (storm_monitor_get_conformance (monitor), "changed",
                           G_CALLBACK (conformance_changed_cb), self, G_CONNECT_SWAPPED);
  moment_changed_cb (self);
  return self;
}

gboolean
storm_past_is_ready (StormPast *self)
{
  g_return_val_if_fail (STORM_IS_PAST (self), FALSE);

  return self->ready;
}

gboolean
storm_past_get_state (StormPast       *self,
                      guint32          place,
                      StormTraceState *state)
{
  g_return_val_if_fail (STORM_IS_PAST (self), FALSE);

  if (!self->ready || place >= self->shown.states->len ||
      self->shown.states->data[place] == NOT_YET)
    return FALSE;
  *state = (StormTraceState) self->shown.states->data[place];
  return TRUE;
}

gboolean
storm_past_look_at (StormPast       *self,
                    StormTrace      *trace,
                    StormTraceFacts *facts)
{
  StormEventLog *log;
  const guint32 *rows;
  guint32 place;
  guint n;
  guint n_repeats;

  g_return_val_if_fail (STORM_IS_PAST (self), FALSE);
  g_return_val_if_fail (STORM_IS_TRACE (trace), FALSE);
  g_return_val_if_fail (facts != NULL, FALSE);

  *facts = (StormTraceFacts) { 0, G_MAXUINT32, STORM_TRACE_CONFORMING };
  if (!self->is_past || !storm_trace_get_place (trace, &place))
    return self->is_past;
  log = storm_monitor_get_log (self->monitor);
  rows = storm_trace_index_get_rows (storm_monitor_get_index (self->monitor), place, &n,
                                     &n_repeats);
  n = storm_moment_count_rows (&self->moment, log, rows, n);
  for (guint i = 0; i < n; i++)
    {
      if (storm_event_log_get_flags (log, rows[i]) & STORM_EVENT_REPEATED)
        continue;
      facts->n++;
      facts->last_row = rows[i];
    }
  if (facts->n > 0 && !storm_past_get_state (self, place, &facts->state))
    {
      g_autoptr (StormTraceReport) report = storm_trace_report_new_at (
        storm_monitor_get_conformance (self->monitor), trace, &self->moment);

      facts->state = report->state;
    }
  return TRUE;
}

guint
storm_past_count (StormPast       *self,
                  StormTraceState  state)
{
  g_return_val_if_fail (STORM_IS_PAST (self), 0);
  g_return_val_if_fail (state < STORM_N_TRACE_STATES, 0);

  return self->ready ? self->shown.n_in_state[state] : 0;
}

guint
storm_past_get_n (StormPast *self)
{
  guint n = 0;

  g_return_val_if_fail (STORM_IS_PAST (self), 0);

  for (guint state = 0; state < STORM_N_TRACE_STATES; state++)
    n += storm_past_count (self, (StormTraceState) state);
  return n;
}

guint
storm_past_count_troubled (StormPast *self)
{
  guint n = 0;

  g_return_val_if_fail (STORM_IS_PAST (self), 0);

  for (guint state = STORM_TRACE_RUNNING + 1; state < STORM_N_TRACE_STATES; state++)
    n += storm_past_count (self, (StormTraceState) state);
  return n;
}

double
storm_past_get_fitness (StormPast *self)
{
  g_return_val_if_fail (STORM_IS_PAST (self), 1);

  return storm_fitness (self->shown.consumed, self->shown.missing, self->shown.overdue);
}

GArray *
storm_past_list_troubled (StormPast *self)
{
  guint next[STORM_N_TRACE_STATES] = { 0 };
  GArray *places;
  guint n = 0;

  g_return_val_if_fail (STORM_IS_PAST (self), NULL);

  for (guint state = STORM_N_TRACE_STATES - 1; state > STORM_TRACE_RUNNING; state--)
    {
      next[state] = n;
      n += storm_past_count (self, (StormTraceState) state);
    }
  places = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n);
  g_array_set_size (places, n);
  for (guint32 place = 0; n > 0 && place < self->shown.states->len; place++)
    {
      guint8 state = self->shown.states->data[place];

      if (state != NOT_YET && storm_trace_state_is_trouble (state))
        g_array_index (places, guint32, next[state]++) = place;
    }
  return places;
}

StormTrace *
storm_past_find_worst (StormPast *self)
{
  guint worst = STORM_N_TRACE_STATES - 1;

  g_return_val_if_fail (STORM_IS_PAST (self), NULL);

  while (worst > STORM_TRACE_RUNNING && storm_past_count (self, (StormTraceState) worst) == 0)
    worst--;
  for (guint32 place = 0; worst > STORM_TRACE_RUNNING && place < self->shown.states->len; place++)
    if (self->shown.states->data[place] == worst)
      return storm_trace_index_dup_trace (storm_monitor_get_index (self->monitor), place);
  return NULL;
}

char *
storm_past_step_trouble (StormPast  *self,
                         const char *key,
                         gboolean    forward)
{
  g_autoptr (GArray) places = NULL;

  g_return_val_if_fail (STORM_IS_PAST (self), NULL);

  places = storm_past_list_troubled (self);
  return storm_trace_index_step_place (storm_monitor_get_index (self->monitor), places, key,
                                       forward);
}

guint
storm_past_find_trouble (StormPast  *self,
                         const char *key)
{
  g_autoptr (GArray) places = NULL;
  guint i;

  g_return_val_if_fail (STORM_IS_PAST (self), 0);

  places = storm_past_list_troubled (self);
  return storm_trace_index_find_place (storm_monitor_get_index (self->monitor), places, key, &i)
         ? i + 1 : 0;
}
