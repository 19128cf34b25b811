#include "config.h"

#include "storm-comparison-private.h"

G_DEFINE_FINAL_TYPE (StormComparison, storm_comparison, G_TYPE_OBJECT)

static void
event_clear (gpointer data)
{
  StormDiffEvent *event = data;

  g_free (event->name);
  g_free (event->sticky);
  for (guint side = 0; side < 2; side++)
    {
      g_clear_pointer (&event->step[side], storm_quantile_free);
      g_clear_pointer (&event->since[side], storm_quantile_free);
    }
}

static void
row_free (gpointer data)
{
  StormDiffRow *row = data;

  g_free (row->name);
  g_free (row->sticky);
  g_free (row);
}

static void
storm_comparison_finalize (GObject *object)
{
  StormComparison *self = STORM_COMPARISON (object);

  for (guint side = 0; side < 2; side++)
    {
      g_clear_object (&self->sides[side].monitor);
      g_free (self->sides[side].key);
      g_clear_pointer (&self->sides[side].events, g_hash_table_unref);
      g_clear_pointer (&self->sides[side].pairs, g_hash_table_unref);
    }
  g_clear_pointer (&self->events, g_array_unref);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->stickies, g_hash_table_unref);
  g_clear_pointer (&self->flows, g_hash_table_unref);
  G_OBJECT_CLASS (storm_comparison_parent_class)->finalize (object);
}

static void
storm_comparison_class_init (StormComparisonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_comparison_finalize;
}

static void
storm_comparison_init (StormComparison *self)
{
  self->events = g_array_new (FALSE, TRUE, sizeof (StormDiffEvent));
  g_array_set_clear_func (self->events, event_clear);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->stickies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->flows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

guint32
storm_comparison_find_event (StormComparison *self,
                             guint            side,
                             guint32          row)
{
  StormDiffSource *its = &self->sides[side];
  StormEventLog *log = storm_monitor_get_log (its->monitor);
  guint32 type_id = storm_event_log_get_type_id (log, row);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (its->events, GUINT_TO_POINTER (type_id)));
  GPtrArray *stickies;
  g_autofree char *name = NULL;
  const char *type;

  if (number > 0)
    return number - 1;
  type = storm_event_log_get_type_name (log, row);
  stickies = storm_matcher_match (storm_monitor_get_matcher (its->monitor), type_id, NULL);
  name = stickies->len > 0
           ? g_strconcat ("s", storm_object_get_id (g_ptr_array_index (stickies, 0)), NULL)
           : g_strconcat ("t", type, NULL);
  number = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_name, name));
  if (number == 0)
    {
      StormDiffEvent event = { .name = g_strdup (type),
                               .sticky = name[0] == 's' ? g_strdup (name + 1) : NULL,
                               .last_trace = { G_MAXUINT32, G_MAXUINT32 } };

      g_array_append_val (self->events, event);
      number = self->events->len;
      g_hash_table_insert (self->by_name, g_steal_pointer (&name), GUINT_TO_POINTER (number));
    }
  g_hash_table_insert (its->events, GUINT_TO_POINTER (type_id), GUINT_TO_POINTER (number));
  return number - 1;
}

StormDiffRow *
storm_comparison_add_row (StormComparison *self,
                          guint32          event)
{
  StormDiffRow *row = g_new0 (StormDiffRow, 1);
  StormDiffEvent *its = &g_array_index (self->events, StormDiffEvent, event);

  row->name = g_strdup (its->name);
  row->sticky = g_strdup (its->sticky);
  row->a = row->b = (StormDiffSide) { .row = G_MAXUINT32, .since = -1, .step = -1,
                                      .step_p95 = -1 };
  g_ptr_array_add (self->rows, row);
  return row;
}

StormComparison *
storm_comparison_new (StormMonitor *a,
                      const char   *key_a,
                      StormMonitor *b,
                      const char   *key_b)
{
  StormComparison *self;

  g_return_val_if_fail (STORM_IS_MONITOR (a), NULL);
  g_return_val_if_fail (STORM_IS_MONITOR (b), NULL);
  g_return_val_if_fail (storm_monitor_get_board (a) == storm_monitor_get_board (b), NULL);

  self = g_object_new (STORM_TYPE_COMPARISON, NULL);
  self->sides[0] = (StormDiffSource) { .monitor = g_object_ref (a), .key = g_strdup (key_a) };
  self->sides[1] = (StormDiffSource) { .monitor = g_object_ref (b), .key = g_strdup (key_b) };
  for (guint side = 0; side < 2; side++)
    {
      self->sides[side].events = g_hash_table_new (NULL, NULL);
      self->sides[side].pairs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
    }
  return self;
}

gboolean
storm_comparison_fill (StormComparison *self,
                       gint64           slice)
{
  g_return_val_if_fail (STORM_IS_COMPARISON (self), TRUE);

  if (self->done)
    return TRUE;
  if (storm_comparison_is_of_traces (self))
    {
      storm_comparison_do_traces (self);
      self->done = TRUE;
    }
  else
    {
      self->done = storm_comparison_do_flows (self, MIN (slice, G_TIME_SPAN_DAY));
    }
  for (guint i = 0; self->done && i < self->rows->len; i++)
    self->counts[((StormDiffRow *) g_ptr_array_index (self->rows, i))->diff]++;
  return self->done;
}

double
storm_comparison_get_progress (StormComparison *self)
{
  g_return_val_if_fail (STORM_IS_COMPARISON (self), 0);

  return self->done ? 1 : storm_comparison_get_share (self);
}

gboolean
storm_comparison_is_of_traces (StormComparison *self)
{
  g_return_val_if_fail (STORM_IS_COMPARISON (self), FALSE);

  return self->sides[0].key != NULL && self->sides[1].key != NULL;
}

GPtrArray *
storm_comparison_get_rows (StormComparison *self)
{
  g_return_val_if_fail (STORM_IS_COMPARISON (self), NULL);
  g_return_val_if_fail (self->done, NULL);

  return self->rows;
}

guint
storm_comparison_count (StormComparison *self,
                        StormDiff        diff)
{
  g_return_val_if_fail (STORM_IS_COMPARISON (self), 0);
  g_return_val_if_fail (diff < STORM_N_DIFFS, 0);

  return self->counts[diff];
}

const StormDiffMark *
storm_comparison_get_sticky (StormComparison *self,
                             const char      *id)
{
  g_return_val_if_fail (STORM_IS_COMPARISON (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (self->stickies, id);
}

void
storm_comparison_get_flow (StormComparison *self,
                           const char      *id,
                           gboolean        *in_a,
                           gboolean        *in_b)
{
  guint sides;

  g_return_if_fail (STORM_IS_COMPARISON (self));
  g_return_if_fail (id != NULL && in_a != NULL && in_b != NULL);

  sides = GPOINTER_TO_UINT (g_hash_table_lookup (self->flows, id));
  *in_a = (sides & 1) != 0;
  *in_b = (sides & 2) != 0;
}

StormDiff
storm_diff_compare (gint64 a,
                    gint64 b)
{
  double delta = (double) b - (double) a;

  if (a < 0 || b < 0 || ABS (delta) < STORM_DIFF_MIN ||
      ABS (delta) < STORM_DIFF_SHARE * (double) MAX (a, b))
    return STORM_DIFF_ALIKE;
  return delta > 0 ? STORM_DIFF_SLOWER : STORM_DIFF_FASTER;
}
