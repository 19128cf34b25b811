#include "config.h"

#include "storm-comparison-private.h"

#include "storm-trace-private.h"

/* So many events are counted before the clock is looked at. */
#define STEP 2048
/* Of more different pairs of events behind each other the flows are not looked for. */
#define MAX_PAIRS 10000
#define NO_TYPE G_MAXUINT32

static const guint32 *
get_rows (StormDiffSource *side,
          guint32           place,
          guint            *n)
{
  guint n_repeats;

  return storm_trace_index_get_rows (storm_monitor_get_index (side->monitor), place, n, &n_repeats);
}

static gboolean
is_repeat (StormEventLog *log,
           guint32        row)
{
  return (storm_event_log_get_flags (log, row) & STORM_EVENT_REPEATED) != 0;
}

/* The places of the traces of a side, from @first to before @end. */
static void
get_places (StormDiffSource *side,
            guint32          *first,
            guint32          *end)
{
  StormTraceIndex *index = storm_monitor_get_index (side->monitor);
  StormTrace *trace;

  *first = 0;
  *end = 0;
  if (side->key == NULL)
    {
      *end = g_list_model_get_n_items (G_LIST_MODEL (index));
      return;
    }
  trace = storm_trace_index_lookup (index, side->key);
  if (trace != NULL && storm_trace_get_place (trace, first))
    *end = *first + 1;
}

/* Which events there are: only those that both have tell how long a step takes. */
static gboolean
find_events (StormComparison *self,
             guint            side,
             gint64           until)
{
  StormDiffSource *its = &self->sides[side];
  StormEventLog *log = storm_monitor_get_log (its->monitor);
  guint32 n = storm_event_log_get_n (log);
  guint32 key_id = 0;

  if (its->key != NULL)
    key_id = storm_strings_find (storm_event_log_get_strings (log), its->key, -1);
  while (its->next_row < n)
    {
      guint32 end = MIN (n, its->next_row + STEP);

      if (g_get_monotonic_time () >= until)
        return FALSE;
      for (; its->next_row < end; its->next_row++)
        {
          guint32 its_key = storm_event_log_get_correlation_id (log, its->next_row);
          guint32 number;

          if (its_key == 0 || (its->key != NULL && its_key != key_id) ||
              (storm_event_log_get_flags (log, its->next_row) &
               (STORM_EVENT_UNDECODABLE | STORM_EVENT_REPEATED)) != 0)
            continue;
          /* First the number: finding it may move the events. */
          number = storm_comparison_find_event (self, side, its->next_row);
          g_array_index (self->events, StormDiffEvent, number).sides |= (guint8) (1u << side);
        }
    }
  return TRUE;
}

static void
add_span (StormQuantile **quantile,
          StormTime       from,
          StormTime       to)
{
  double span = (double) to - (double) from;

  if (from == STORM_TIME_NONE || to == STORM_TIME_NONE || span >= (double) G_MAXINT64)
    return;
  if (*quantile == NULL)
    *quantile = storm_quantile_new ();
  storm_quantile_add (*quantile, to > from ? to - from : 0);
}

/* Of two types behind each other, which path they took is asked later; @before may be none. */
static void
add_pair (StormDiffSource *side,
          guint32           before,
          guint32           type)
{
  gint64 pair = (gint64) ((guint64) before << 32 | type);

  if (g_hash_table_size (side->pairs) < MAX_PAIRS && !g_hash_table_contains (side->pairs, &pair))
    g_hash_table_add (side->pairs, g_memdup2 (&pair, sizeof pair));
}

static guint
count_trace (StormComparison *self,
             guint            side,
             guint32          place)
{
  StormDiffSource *its = &self->sides[side];
  StormEventLog *log = storm_monitor_get_log (its->monitor);
  StormTime first = STORM_TIME_NONE, last = STORM_TIME_NONE;
  guint32 before = NO_TYPE;
  guint number = 0;
  guint n;
  const guint32 *rows = get_rows (its, place, &n);

  for (guint i = 0; i < n; i++)
    {
      StormTime time = storm_event_log_get_time (log, rows[i]);
      guint32 type = storm_event_log_get_type_id (log, rows[i]);
      StormDiffEvent *event;
      guint32 its_event;

      if (is_repeat (log, rows[i]))
        continue;
      its_event = storm_comparison_find_event (self, side, rows[i]);
      event = &g_array_index (self->events, StormDiffEvent, its_event);
      event->sides |= (guint8) (1u << side);
      event->n[side]++;
      event->places += ++number;
      if (event->last_trace[side] != place)
        event->n_traces[side]++;
      event->last_trace[side] = place;
      first = number == 1 ? time : first;
      add_span (&event->since[side], first, time);
      add_pair (its, before, type);
      before = type;
      if (event->sides != 3)
        continue;
      add_span (&event->step[side], last, time);
      last = time;
    }
  return n;
}

static gboolean
count_traces (StormComparison *self,
              guint            side,
              gint64           until)
{
  StormDiffSource *its = &self->sides[side];
  guint32 first, end;
  guint n = 0;

  get_places (its, &first, &end);
  while (first + its->next_trace < end)
    {
      n += count_trace (self, side, first + its->next_trace++) + 1;
      if (n < STEP)
        continue;
      n = 0;
      if (g_get_monotonic_time () >= until)
        return FALSE;
    }
  return TRUE;
}

static gint64
get_quantile (StormQuantile *quantile,
              double         q)
{
  return quantile != NULL ? storm_quantile_get (quantile, q) : -1;
}

static void
fill_side (StormDiffSide        *out,
           const StormDiffEvent *event,
           guint                 side)
{
  out->n = event->n[side];
  out->n_traces = event->n_traces[side];
  out->since = get_quantile (event->since[side], 0.5);
  out->step = get_quantile (event->step[side], 0.5);
  out->step_p95 = get_quantile (event->step[side], 0.95);
}

static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  const StormDiffEvent *x = *(const StormDiffEvent * const *) a;
  const StormDiffEvent *y = *(const StormDiffEvent * const *) b;
  double place_x = x->places / (double) (x->n[0] + x->n[1]);
  double place_y = y->places / (double) (y->n[0] + y->n[1]);

  if (place_x != place_y)
    return place_x < place_y ? -1 : 1;
  return strcmp (x->name, y->name);
}

static void
add_rows (StormComparison *self)
{
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  for (guint i = 0; i < self->events->len; i++)
    {
      StormDiffEvent *event = &g_array_index (self->events, StormDiffEvent, i);

      if (event->n[0] + event->n[1] > 0)
        g_ptr_array_add (order, event);
    }
  g_ptr_array_sort (order, compare_events);
  for (guint i = 0; i < order->len; i++)
    {
      StormDiffEvent *event = g_ptr_array_index (order, i);
      StormDiffRow *row = storm_comparison_add_row (self, (guint32) (
        event - (StormDiffEvent *) self->events->data));

      fill_side (&row->a, event, 0);
      fill_side (&row->b, event, 1);
      if (row->a.n > 0 && row->b.n > 0)
        row->diff = storm_diff_compare (row->a.step, row->b.step);
      else
        row->diff = row->a.n > 0 ? STORM_DIFF_ONLY_A : STORM_DIFF_ONLY_B;
      event->places = i;   /* from here on: its row */
    }
}

/* Types of one sticky are one row, and one mark. */
static void
mark_stickies (StormComparison *self)
{
  g_autoptr (GHashTable) marked = g_hash_table_new (NULL, NULL);

  for (guint side = 0; side < 2; side++)
    {
      GHashTableIter iter;
      gpointer type, number;

      g_hash_table_iter_init (&iter, self->sides[side].events);
      while (g_hash_table_iter_next (&iter, &type, &number))
        {
          StormDiffEvent *event = &g_array_index (self->events, StormDiffEvent,
                                                  GPOINTER_TO_UINT (number) - 1);

          if (event->n[0] + event->n[1] > 0 && g_hash_table_add (marked, number))
            storm_comparison_mark_row (self, g_ptr_array_index (self->rows,
                                                                (guint) event->places),
                                       side, GPOINTER_TO_UINT (type));
        }
    }
}

static void
mark_flows (StormComparison *self,
            guint            side)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->sides[side].pairs);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint64 pair = *(guint64 *) key;
      guint32 types[] = { (guint32) (pair >> 32), (guint32) pair };
      gboolean is_first = types[0] == NO_TYPE;

      storm_comparison_mark_path (self, side, types + is_first, is_first ? 1 : 2);
    }
}

gboolean
storm_comparison_do_flows (StormComparison *self,
                           gint64           slice)
{
  gint64 until = g_get_monotonic_time () + slice;

  for (guint side = 0; side < 2; side++)
    if (!find_events (self, side, until))
      return FALSE;
  for (guint side = 0; side < 2; side++)
    if (!count_traces (self, side, until))
      return FALSE;
  add_rows (self);
  mark_stickies (self);
  mark_flows (self, 0);
  mark_flows (self, 1);
  return TRUE;
}

double
storm_comparison_get_share (StormComparison *self)
{
  double done = 0, all = 0;

  if (storm_comparison_is_of_traces (self))
    return 0;
  for (guint side = 0; side < 2; side++)
    {
      StormDiffSource *its = &self->sides[side];
      guint32 first, end;

      get_places (its, &first, &end);
      all += storm_event_log_get_n (storm_monitor_get_log (its->monitor)) + (double) (end - first);
      done += its->next_row + (double) its->next_trace;
    }
  return all > 0 ? MIN (done / all, 1) : 0;
}
