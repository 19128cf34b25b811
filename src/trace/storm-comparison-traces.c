#include "config.h"

#include "storm-comparison-private.h"

#include "storm-align.h"

/* One trace in the order of events, repeats left out. */
typedef struct
{
  guint    n;
  guint32 *rows;
  guint32 *events;
  guint32 *types;
} Sequence;

static void
sequence_init (Sequence        *self,
               StormComparison *comparison,
               guint            side)
{
  StormDiffSource *its = &comparison->sides[side];
  StormEventLog *log = storm_monitor_get_log (its->monitor);
  StormTrace *trace = storm_trace_index_lookup (storm_monitor_get_index (its->monitor), its->key);
  const StormNumbered *numbers = NULL;
  guint n = 0;

  if (trace != NULL)
    numbers = storm_trace_get_numbers (trace, &n);
  self->n = 0;
  self->rows = g_new (guint32, n + 1);
  self->events = g_new (guint32, n + 1);
  self->types = g_new (guint32, n + 1);
  for (guint i = 0; i < n; i++)
    {
      if (numbers[i].n == 0)
        continue;
      self->rows[self->n] = numbers[i].row;
      self->events[self->n] = storm_comparison_find_event (comparison, side, numbers[i].row);
      self->types[self->n] = storm_event_log_get_type_id (log, numbers[i].row);
      self->n++;
    }
}

static void
sequence_clear (Sequence *self)
{
  g_free (self->rows);
  g_free (self->events);
  g_free (self->types);
}

static StormTime
get_time (StormComparison *self,
          guint            side,
          const Sequence  *sequence,
          guint            i)
{
  return storm_event_log_get_time (storm_monitor_get_log (self->sides[side].monitor),
                                   sequence->rows[i]);
}

static gint64
get_span (StormTime from,
          StormTime to)
{
  double span = (double) to - (double) from;

  return from == STORM_TIME_NONE || to == STORM_TIME_NONE || span < 0 ||
         span >= (double) G_MAXINT64 ? -1 : to - from;
}

/* @from: when what both have last happened there; none before the first. */
static void
fill_side (StormComparison *self,
           guint            side,
           StormDiffSide   *out,
           const Sequence  *sequence,
           guint            i,
           StormTime        from)
{
  StormTime time = get_time (self, side, sequence, i);

  out->n = i + 1;
  out->n_traces = 1;
  out->row = sequence->rows[i];
  out->since = get_span (get_time (self, side, sequence, 0), time);
  out->step = get_span (from, time);
}

void
storm_comparison_do_traces (StormComparison *self)
{
  Sequence a, b;
  g_autoptr (GArray) pairs = NULL;
  StormTime from_a = STORM_TIME_NONE, from_b = STORM_TIME_NONE;

  sequence_init (&a, self, 0);
  sequence_init (&b, self, 1);
  pairs = storm_align (a.events, a.n, b.events, b.n);
  for (guint i = 0; i < pairs->len; i++)
    {
      StormAligned pair = g_array_index (pairs, StormAligned, i);
      gboolean in_a = pair.a != STORM_ALIGN_NONE, in_b = pair.b != STORM_ALIGN_NONE;
      StormDiffRow *row = storm_comparison_add_row (self, in_a ? a.events[pair.a]
                                                               : b.events[pair.b]);

      if (in_a)
        fill_side (self, 0, &row->a, &a, pair.a, from_a);
      if (in_b)
        fill_side (self, 1, &row->b, &b, pair.b, from_b);
      row->diff = in_a && in_b ? storm_diff_compare (row->a.step, row->b.step)
                               : in_a ? STORM_DIFF_ONLY_A : STORM_DIFF_ONLY_B;
      if (in_a && in_b)
        {
          from_a = get_time (self, 0, &a, pair.a);
          from_b = get_time (self, 1, &b, pair.b);
        }
      storm_comparison_mark_row (self, row, in_a ? 0 : 1,
                                 in_a ? a.types[pair.a] : b.types[pair.b]);
    }
  storm_comparison_mark_path (self, 0, a.types, a.n);
  storm_comparison_mark_path (self, 1, b.types, b.n);
  sequence_clear (&a);
  sequence_clear (&b);
}
