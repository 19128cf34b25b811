#include "config.h"

#include "storm-overlay-marks.h"

#include "storm-overlay-private.h"

struct _StormMarkTable
{
  GHashTable *drifted;    /* set of ids: other fields in the events than on the sticky */
};

StormMarkTable *
storm_mark_table_new (void)
{
  StormMarkTable *self = g_new0 (StormMarkTable, 1);

  self->drifted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
storm_mark_table_free (StormMarkTable *self)
{
  g_hash_table_unref (self->drifted);
  g_free (self);
}

StormOverlayMarks
storm_overlay_get_marks (StormOverlay *self,
                         const char   *sticky_id)
{
  StormMarkTable *table;

  g_return_val_if_fail (STORM_IS_OVERLAY (self), STORM_MARK_NONE);
  g_return_val_if_fail (sticky_id != NULL, STORM_MARK_NONE);

  table = storm_overlay_get_mark_table (self);
  if (!g_hash_table_contains (table->drifted, sticky_id) ||
      storm_overlay_get_sticky (self, sticky_id) == NULL)
    return STORM_MARK_NONE;
  return STORM_MARK_FIELDS;
}

static gboolean
has_all (GHashTable *set,
         GPtrArray  *ids)
{
  for (guint i = 0; i < ids->len; i++)
    if (!g_hash_table_contains (set, g_ptr_array_index (ids, i)))
      return FALSE;
  return TRUE;
}

void
storm_overlay_set_field_marks (StormOverlay *self,
                               GPtrArray    *ids)
{
  StormMarkTable *table;

  g_return_if_fail (STORM_IS_OVERLAY (self));
  g_return_if_fail (ids != NULL);

  table = storm_overlay_get_mark_table (self);
  if (g_hash_table_size (table->drifted) == ids->len && has_all (table->drifted, ids))
    return;
  g_hash_table_remove_all (table->drifted);
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (table->drifted, g_strdup (g_ptr_array_index (ids, i)));
  storm_overlay_marks_changed (self, NULL);
}
