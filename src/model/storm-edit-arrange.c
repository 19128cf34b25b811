#include "config.h"

#include "storm-edit-arrange.h"

#include "storm-board-private.h"
#include "storm-edit-private.h"

#include <glib/gi18n-lib.h>

/* Contexts, and the stickies that none of these contexts carries. */
static GPtrArray *
find_units (GPtrArray    *objects,
            StormArrange  how)
{
  GPtrArray *units = g_ptr_array_new ();
  g_autoptr (GHashTable) carriers = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean sizes = how == STORM_ARRANGE_SAME_WIDTH || how == STORM_ARRANGE_SAME_HEIGHT ||
                   how == STORM_ARRANGE_SAME_SIZE;
  gboolean stickies_only = sizes && storm_edit_count (objects, STORM_OBJECT_STICKY) > 0;

  for (guint i = 0; i < objects->len; i++)
    {
      StormObject *object = g_ptr_array_index (objects, i);

      if (STORM_IS_CONTEXT (object) && !sizes)
        g_hash_table_add (carriers, (char *) storm_object_get_id (object));
    }
  for (guint i = 0; i < objects->len; i++)
    {
      StormObject *object = g_ptr_array_index (objects, i);
      const char *context;

      if (STORM_IS_CONTEXT (object) && !stickies_only)
        g_ptr_array_add (units, object);
      if (!STORM_IS_STICKY (object))
        continue;
      context = storm_sticky_get_context (STORM_STICKY (object));
      if (context == NULL || !g_hash_table_contains (carriers, context))
        g_ptr_array_add (units, object);
    }

  return units;
}

static const char *
arrange_label (StormArrange how)
{
  switch (how)
    {
    case STORM_ARRANGE_SPREAD_ACROSS:
    case STORM_ARRANGE_SPREAD_DOWN:
      return _("Distribute");
    case STORM_ARRANGE_SAME_WIDTH:
    case STORM_ARRANGE_SAME_HEIGHT:
    case STORM_ARRANGE_SAME_SIZE:
      return _("Make the same size");
    case STORM_ARRANGE_ROW:
    case STORM_ARRANGE_COLUMN:
      return _("Stack");
    case STORM_ARRANGE_LEFT:
    case STORM_ARRANGE_CENTER:
    case STORM_ARRANGE_RIGHT:
    case STORM_ARRANGE_TOP:
    case STORM_ARRANGE_MIDDLE:
    case STORM_ARRANGE_BOTTOM:
    case STORM_N_ARRANGE:
    default:
      return _("Align");
    }
}

/* Those that keep their size carry their stickies; the others let lie what lies there. */
static void
carry (StormChange *change,
       StormBoard  *board,
       GHashTable  *moved)
{
  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_STICKY); i++)
    {
      StormObject *object = storm_board_peek (board, STORM_OBJECT_STICKY, i);
      const char *context = storm_sticky_get_context (STORM_STICKY (object));
      const StormRect *to = context != NULL ? g_hash_table_lookup (moved, context) : NULL;
      const StormRect *from;
      StormRect rect;

      if (to == NULL || storm_edit_is_locked (object))
        continue;
      from = storm_context_get_rect (storm_board_lookup_context (board, context));
      rect = *storm_sticky_get_rect (STORM_STICKY (object));
      rect.x += to->x - from->x;
      rect.y += to->y - from->y;
      storm_edit_clamp_rect (&rect);
      storm_edit_put_rect (change, object, &rect);
    }
}

/* Who belongs where after some contexts got another size. */
static void
rejoin (StormChange *change,
        StormBoard  *board,
        GArray      *frames)
{
  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_STICKY); i++)
    {
      StormSticky *sticky = STORM_STICKY (storm_board_peek (board, STORM_OBJECT_STICKY, i));

      storm_edit_join_frame (change, sticky, storm_sticky_get_rect (sticky), frames);
    }
}

static void
put_units (StormChange     *change,
           StormBoard      *board,
           GPtrArray       *units,
           const StormRect *rects)
{
  g_autoptr (GArray) frames = storm_edit_frames (board);
  g_autoptr (GHashTable) moved = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean resized = FALSE;

  for (guint i = 0; i < units->len; i++)
    {
      StormObject *object = g_ptr_array_index (units, i);
      const StormRect *old = storm_edit_rect_of (object);

      if (!STORM_IS_CONTEXT (object))
        continue;
      storm_edit_put_rect (change, object, &rects[i]);
      storm_edit_place_frame (frames, storm_object_get_id (object), &rects[i]);
      if (old->width != rects[i].width || old->height != rects[i].height)
        resized = TRUE;
      else if (!storm_rect_equal (old, &rects[i]))
        g_hash_table_insert (moved, (char *) storm_object_get_id (object), (gpointer) &rects[i]);
    }
  if (g_hash_table_size (moved) > 0)
    carry (change, board, moved);
  if (resized)
    rejoin (change, board, frames);
  for (guint i = 0; i < units->len; i++)
    {
      StormObject *object = g_ptr_array_index (units, i);

      if (!STORM_IS_STICKY (object))
        continue;
      storm_edit_put_rect (change, object, &rects[i]);
      storm_edit_join_frame (change, STORM_STICKY (object), &rects[i], frames);
    }
}

StormChange *
storm_edit_arrange (StormBoard   *board,
                    GPtrArray    *ids,
                    StormArrange  how)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GPtrArray) objects = NULL;
  g_autoptr (GPtrArray) units = NULL;
  g_autofree StormRect *rects = NULL;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);
  g_return_val_if_fail ((guint) how < STORM_N_ARRANGE, NULL);

  change = storm_change_new (arrange_label (how));
  objects = storm_edit_collect_free (board, ids);
  units = find_units (objects, how);
  if (units->len < storm_arrange_min_n (how))
    return g_steal_pointer (&change);

  rects = g_new (StormRect, units->len);
  for (guint i = 0; i < units->len; i++)
    rects[i] = *storm_edit_rect_of (g_ptr_array_index (units, i));
  storm_arrange (how, rects, units->len);
  for (guint i = 0; i < units->len; i++)
    storm_edit_clamp_rect (&rects[i]);
  put_units (change, board, units, rects);

  return g_steal_pointer (&change);
}
