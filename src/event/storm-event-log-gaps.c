#include "config.h"

#include "storm-event-log-private.h"

/* What is missing in front of which row: a gap is known before the event behind it has come, and
 * that of another partition may come first. */

/* Places where something is missing, as far as they are told one by one. */
#define MAX_GAPS 10000

static guint64
stream_key (guint32 topic,
            gint32  partition)
{
  return (guint64) topic << 32 | (guint32) partition;
}

void
storm_event_log_gaps_init (StormEventLog *self)
{
  self->gaps = g_array_new (FALSE, FALSE, sizeof (StormEventGap));
  self->open_gaps = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->gap_rows = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

void
storm_event_log_gaps_clear (StormEventLog *self)
{
  g_array_unref (self->gaps);
  g_hash_table_unref (self->open_gaps);
  g_hash_table_unref (self->gap_rows);
}

void
storm_event_log_gaps_reset (StormEventLog *self)
{
  g_array_set_size (self->gaps, 0);
  g_hash_table_remove_all (self->open_gaps);
  g_hash_table_remove_all (self->gap_rows);
}

void
storm_event_log_gaps_add (StormEventLog   *self,
                          const StormMark *mark)
{
  StormEventGap gap = { self->n, mark->topic, mark->partition, mark->from, mark->to };
  guint64 key = stream_key (mark->topic, mark->partition);
  StormEventGap *open;

  if (self->gaps->len >= MAX_GAPS)
    return;
  g_array_append_val (self->gaps, gap);
  open = g_hash_table_lookup (self->open_gaps, &key);
  /* Two in a row are one to whoever reads the list. */
  if (open != NULL)
    open->to = mark->to;
  else
    g_hash_table_insert (self->open_gaps, g_memdup2 (&key, sizeof key),
                         g_memdup2 (&gap, sizeof gap));
}

void
storm_event_log_gaps_close (StormEventLog *self,
                            guint32        row,
                            guint32        topic,
                            gint32         partition)
{
  guint64 key = stream_key (topic, partition);
  gpointer stolen_key, open;

  if (!g_hash_table_steal_extended (self->open_gaps, &key, &stolen_key, &open))
    return;
  ((StormEventGap *) open)->row = row;
  g_hash_table_insert (self->gap_rows, GUINT_TO_POINTER (row), open);
  g_free (stolen_key);
}

const StormEventGap *
storm_event_log_get_gaps (StormEventLog *self,
                          guint         *n)
{
  g_return_val_if_fail (STORM_IS_EVENT_LOG (self) && n != NULL, NULL);

  *n = self->gaps->len;
  return (const StormEventGap *) self->gaps->data;
}

const StormEventGap *
storm_event_log_get_gap_before (StormEventLog *self,
                                guint32        row)
{
  g_return_val_if_fail (STORM_IS_EVENT_LOG (self), NULL);

  return g_hash_table_lookup (self->gap_rows, GUINT_TO_POINTER (row));
}
