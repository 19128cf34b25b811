#include "config.h"

#include "storm-edit-context.h"

#include "storm-board-private.h"
#include "storm-edit.h"
#include "storm-edit-private.h"
#include "storm-prop-private.h"

#include <glib/gi18n-lib.h>

static void
frame_around (const StormRect *content,
              StormRect       *out)
{
  *out = (StormRect) { content->x - STORM_CONTEXT_PAD,
                       content->y - STORM_CONTEXT_PAD - STORM_CONTEXT_TITLE_ROOM,
                       content->width + 2 * STORM_CONTEXT_PAD,
                       content->height + 2 * STORM_CONTEXT_PAD + STORM_CONTEXT_TITLE_ROOM };
  out->width = MAX (out->width, STORM_CONTEXT_MIN_SIZE);
  out->height = MAX (out->height, STORM_CONTEXT_MIN_SIZE);
  storm_edit_clamp_rect (out);
}

StormChange *
storm_edit_add_context_around (StormBoard *board,
                               GPtrArray  *ids,
                               const char *title,
                               char      **out_id)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GPtrArray) objects = NULL;
  g_autofree char *id = NULL;
  StormRect content, rect;
  gboolean any = FALSE;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  objects = storm_edit_collect (board, ids);
  for (guint i = 0; i < objects->len; i++)
    {
      const StormRect *place = storm_edit_rect_of (g_ptr_array_index (objects, i));

      if (place == NULL)
        continue;
      content = any ? storm_rect_union (&content, place) : *place;
      any = TRUE;
    }
  if (!any)
    return NULL;

  frame_around (&content, &rect);
  change = storm_edit_add_context (board, &rect, title, &id);
  for (guint i = 0; i < objects->len; i++)
    {
      StormObject *object = g_ptr_array_index (objects, i);
      StormContext *home;

      if (!STORM_IS_STICKY (object))
        continue;
      home = storm_board_lookup_context (board, storm_sticky_get_context (STORM_STICKY (object)));
      if (home == NULL || !storm_rect_encloses (&rect, storm_context_get_rect (home)))
        storm_change_set (change, storm_object_get_id (object), STORM_PROP_CONTEXT,
                          storm_text_to_variant (id));
    }
  if (out_id != NULL)
    *out_id = g_steal_pointer (&id);

  return g_steal_pointer (&change);
}

/* The stickies of contexts that got another size, and those that came to lie in them. */
static void
rejoin (StormChange *change,
        StormBoard  *board,
        GArray      *frames,
        GHashTable  *fitted)
{
  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_STICKY); i++)
    {
      StormSticky *sticky = STORM_STICKY (storm_board_peek (board, STORM_OBJECT_STICKY, i));
      const StormRect *place = storm_sticky_get_rect (sticky);
      const char *home = storm_sticky_get_context (sticky);

      if (g_hash_table_contains (fitted, storm_edit_frame_at (frames, place)) ||
          (home != NULL && g_hash_table_contains (fitted, home)))
        storm_edit_join_frame (change, sticky, place, frames);
    }
}

static gboolean
fit (StormBoard   *board,
     StormContext *context,
     StormRect    *out)
{
  const char *id = storm_object_get_id (STORM_OBJECT (context));
  StormRect content;
  gboolean any = FALSE;

  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_STICKY); i++)
    {
      StormSticky *sticky = STORM_STICKY (storm_board_peek (board, STORM_OBJECT_STICKY, i));

      if (g_strcmp0 (storm_sticky_get_context (sticky), id) != 0)
        continue;
      content = any ? storm_rect_union (&content, storm_sticky_get_rect (sticky))
                    : *storm_sticky_get_rect (sticky);
      any = TRUE;
    }
  if (any)
    frame_around (&content, out);

  return any;
}

StormChange *
storm_edit_fit_contexts (StormBoard *board,
                         GPtrArray  *ids)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GPtrArray) objects = NULL;
  g_autoptr (GArray) frames = NULL;
  g_autoptr (GHashTable) fitted = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  change = storm_change_new (_("Fit to content"));
  objects = storm_edit_collect (board, ids);
  frames = storm_edit_frames (board);
  for (guint i = 0; i < objects->len; i++)
    {
      StormObject *object = g_ptr_array_index (objects, i);
      const char *id = storm_object_get_id (object);
      StormRect rect;

      if (!STORM_IS_CONTEXT (object) || !fit (board, STORM_CONTEXT (object), &rect))
        continue;
      storm_edit_put_rect (change, object, &rect);
      storm_edit_find_frame (frames, id)->rect = rect;
      g_hash_table_add (fitted, (char *) id);
    }
  if (g_hash_table_size (fitted) > 0)
    rejoin (change, board, frames, fitted);

  return g_steal_pointer (&change);
}
