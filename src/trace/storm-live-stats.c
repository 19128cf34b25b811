#include "config.h"

#include "storm-live-stats.h"

#include <math.h>

#include "storm-row-sort.h"

/* The time in which an old rate loses about two thirds of its weight. */
#define RATE_SECONDS 3.0
/* A rate that would be shown as zero anyway, so that a quiet board stops changing. */
#define RATE_MIN 0.005

struct _StormLiveStats
{
  StormEventLog *log;
  GHashTable    *by_type;   /* type id → StormTypeStat, not owned */
  GPtrArray     *all;
};

static StormTypeStat *
ensure_stat (StormLiveStats *self,
             guint32         type_id,
             gint64          now)
{
  StormTypeStat *stat = g_hash_table_lookup (self->by_type, GUINT_TO_POINTER (type_id));

  if (stat == NULL)
    {
      stat = g_new0 (StormTypeStat, 1);
      stat->type_id = type_id;
      stat->rated_at = now;
      g_hash_table_insert (self->by_type, GUINT_TO_POINTER (type_id), stat);
      g_ptr_array_add (self->all, stat);
    }
  return stat;
}

StormLiveStats *
storm_live_stats_new (StormEventLog *log)
{
  StormLiveStats *self;

  g_return_val_if_fail (STORM_IS_EVENT_LOG (log), NULL);

  self = g_new0 (StormLiveStats, 1);
  self->log = g_object_ref (log);
  self->by_type = g_hash_table_new (NULL, NULL);
  self->all = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
storm_live_stats_free (StormLiveStats *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_type);
  g_ptr_array_unref (self->all);
  g_object_unref (self->log);
  g_free (self);
}

void
storm_live_stats_clear (StormLiveStats *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_remove_all (self->by_type);
  g_ptr_array_set_size (self->all, 0);
}

void
storm_live_stats_take (StormLiveStats *self,
                       guint32         first_row,
                       guint32         n_rows,
                       gint64          now)
{
  guint32 row;

  g_return_if_fail (self != NULL);

  for (row = first_row; row < first_row + n_rows; row++)
    {
      StormTypeStat *stat;

      if (storm_event_log_get_flags (self->log, row) &
          (STORM_EVENT_UNDECODABLE | STORM_EVENT_REPEATED))
        continue;
      stat = ensure_stat (self, storm_event_log_get_type_id (self->log, row), now);
      if (stat->count == 0 || storm_row_is_later (row, stat->latest_row, self->log))
        stat->latest_row = row;
      stat->arrived_row = row;
      stat->arrival = now;
      stat->count++;
      stat->pending++;
      stat->dirty = TRUE;
    }
}

GPtrArray *
storm_live_stats_update (StormLiveStats *self,
                         gint64          now)
{
  GPtrArray *changed = g_ptr_array_new ();
  guint i;

  g_return_val_if_fail (self != NULL, changed);

  for (i = 0; i < self->all->len; i++)
    {
      StormTypeStat *stat = g_ptr_array_index (self->all, i);
      double seconds = MAX (now - stat->rated_at, 0) / (double) G_USEC_PER_SEC;

      if (stat->rate > 0 && seconds > 0)
        {
          stat->rate *= exp (-seconds / RATE_SECONDS);
          if (stat->rate < RATE_MIN)
            stat->rate = 0;
          stat->dirty = TRUE;
        }
      stat->rate += stat->pending / RATE_SECONDS;
      stat->pending = 0;
      stat->rated_at = now;
      if (stat->dirty)
        g_ptr_array_add (changed, stat);
      stat->dirty = FALSE;
    }
  return changed;
}

GPtrArray *
storm_live_stats_get_all (StormLiveStats *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->all;
}
