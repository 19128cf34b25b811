#include "config.h"

#include "storm-edit-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

StormChange *
storm_edit_set_style (StormBoard             *board,
                      GPtrArray              *ids,
                      const StormStickyStyle *look)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GPtrArray) objects = NULL;
  g_autoptr (GArray) frames = NULL;
  double width, height;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL && look != NULL, NULL);
  g_return_val_if_fail ((guint) look->kind < STORM_N_KINDS, NULL);
  g_return_val_if_fail (isfinite (look->width) && isfinite (look->height), NULL);

  storm_kind_min_size (look->kind, &width, &height);
  width = MAX (width, look->width);
  height = MAX (height, look->height);
  change = storm_change_new (_("Paste style"));
  objects = storm_edit_collect_free (board, ids);
  frames = storm_edit_frames (board);
  for (guint i = 0; i < objects->len; i++)
    {
      StormObject *object = g_ptr_array_index (objects, i);
      StormRect rect;

      if (!STORM_IS_STICKY (object))
        continue;
      storm_edit_put_text (change, object, STORM_PROP_KIND, storm_kind_info (look->kind)->nick);
      rect = *storm_sticky_get_rect (STORM_STICKY (object));
      /* Around the same centre, at whole units as every place. */
      rect.x = round (rect.x + (rect.width - width) / 2);
      rect.y = round (rect.y + (rect.height - height) / 2);
      rect.width = width;
      rect.height = height;
      storm_edit_clamp_rect (&rect);
      if (rect.width == storm_sticky_get_rect (STORM_STICKY (object))->width &&
          rect.height == storm_sticky_get_rect (STORM_STICKY (object))->height)
        continue;
      storm_edit_put_rect (change, object, &rect);
      storm_edit_join_frame (change, STORM_STICKY (object), &rect, frames);
    }

  return g_steal_pointer (&change);
}
