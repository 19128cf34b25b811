#include "config.h"

#include "storm-overlay-private.h"

#include "storm-path.h"

static void
add_badge (StormOverlayTable   *self,
           GPtrArray           *stickies,
           const StormNumbered *number,
           gboolean             late)
{
  StormBadge badge = {
    .n = number->n,
    .row = number->row,
    .provisional = number->provisional,
    .late = late,
  };
  guint i;

  for (i = 0; i < stickies->len; i++)
    {
      const char *id = storm_object_get_id (g_ptr_array_index (stickies, i));

      storm_overlay_entry_add_badge (storm_overlay_table_ensure (self, id), &badge);
    }
}

static void
take_path (StormOverlayTable *self,
           StormPath         *path)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, storm_path_get_stickies (path));
  while (g_hash_table_iter_next (&iter, &id, NULL))
    storm_overlay_table_ensure (self, id)->shown.lit = TRUE;
  g_hash_table_iter_init (&iter, storm_path_get_flows (path));
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (self->lit_flows, g_strdup (id));
}

void
storm_overlay_table_add_trace (StormOverlayTable *self,
                               StormBoard        *board,
                               StormTrace        *trace,
                               StormMatcher      *matcher,
                               StormEventLog     *log,
                               const StormMoment *moment)
{
  g_autoptr (StormPath) path = NULL;
  const StormNumbered *numbers;
  guint n;
  guint i;

  g_return_if_fail (self != NULL);
  g_return_if_fail (STORM_IS_TRACE (trace));

  path = storm_path_new (board);
  numbers = storm_trace_get_numbers (trace, &n);
  for (i = 0; i < n; i++)
    {
      GPtrArray *stickies;

      if (numbers[i].n == 0)
        continue;
      if (moment != NULL && !storm_moment_includes (moment, log, numbers[i].row))
        break;
      stickies = storm_matcher_match (matcher, storm_event_log_get_type_id (log, numbers[i].row),
                                      NULL);
      if (stickies->len == 0)
        continue;
      add_badge (self, stickies, &numbers[i],
                 (storm_event_log_get_flags (log, numbers[i].row) & STORM_EVENT_LATE) != 0);
      storm_path_step (path, stickies);
    }
  take_path (self, path);
}
