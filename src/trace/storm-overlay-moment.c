#include "config.h"

#include "storm-overlay-private.h"

#include "storm-row-sort.h"

/* What is called a rate in the past: events of so many seconds before the moment. */
#define RATE_SECONDS 3

static void
add_type (StormOverlayTable *self,
          GPtrArray         *stickies,
          guint              count,
          guint              recent,
          guint32            last_row,
          StormEventLog     *log)
{
  for (guint i = 0; i < stickies->len; i++)
    {
      const char *id = storm_object_get_id (g_ptr_array_index (stickies, i));
      StormOverlaySticky *shown = &storm_overlay_table_ensure (self, id)->shown;

      if (shown->count == 0 || storm_row_is_later (last_row, shown->latest_row, log))
        shown->latest_row = last_row;
      shown->count += count;
      shown->rate += recent / (double) RATE_SECONDS;
    }
}

void
storm_overlay_table_add_moment (StormOverlayTable *self,
                                const StormMoment *moment,
                                StormTypeRows     *types,
                                StormMatcher      *matcher,
                                StormEventLog     *log)
{
  StormMoment since = { moment->time, G_MAXUINT32 };

  g_return_if_fail (self != NULL);
  g_return_if_fail (types != NULL);

  since.time = moment->time > G_MININT64 + RATE_SECONDS * STORM_TIME_SECOND
                 ? moment->time - RATE_SECONDS * STORM_TIME_SECOND
                 : G_MININT64;
  for (guint i = 0; i < storm_type_rows_get_n_types (types); i++)
    {
      GPtrArray *stickies;
      guint32 last_row = 0;
      guint count;

      stickies = storm_matcher_match (matcher, storm_type_rows_get_type_id (types, i), NULL);
      if (stickies->len == 0)
        continue;
      count = storm_type_rows_count (types, i, moment, &last_row);
      if (count == 0)
        continue;
      add_type (self, stickies, count, count - storm_type_rows_count (types, i, &since, NULL),
                last_row, log);
    }
}

void
storm_overlay_table_add_pulses (StormOverlayTable *self,
                                StormOverlayTable *before,
                                StormEventLog     *log,
                                gint64             now)
{
  GHashTableIter iter;
  gpointer id;
  gpointer value;

  g_return_if_fail (self != NULL);
  g_return_if_fail (before != NULL);

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      StormOverlaySticky *shown = &((StormOverlayEntry *) value)->shown;
      StormOverlayEntry *was = g_hash_table_lookup (before->entries, id);

      if (shown->count == 0)
        continue;
      if (was == NULL || was->shown.count == 0 ||
          storm_row_is_later (shown->latest_row, was->shown.latest_row, log))
        shown->latest_arrival = now;
      else
        shown->latest_arrival = was->shown.latest_arrival;
    }
}
