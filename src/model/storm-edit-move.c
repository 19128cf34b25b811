#include "config.h"

#include "storm-edit-private.h"

#include "storm-board-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static char *
move_label (guint n_stickies,
            guint n_contexts)
{
  guint n = n_stickies + n_contexts;

  if (n_contexts == 0)
    return g_strdup_printf (ngettext ("Move %u sticky", "Move %u stickies", n), n);
  if (n_stickies == 0)
    return g_strdup_printf (ngettext ("Move %u bounded context",
                                      "Move %u bounded contexts", n), n);
  return g_strdup_printf (ngettext ("Move %u object", "Move %u objects", n), n);
}

/* With the contexts of @moving goes what lies in them: other contexts, however deep, and stickies.
 * What is locked stays, and what lies in it. @stays: stickies of moved contexts that are locked. */
static void
add_carried (StormBoard *board,
             GPtrArray  *moving,
             GPtrArray  *stays)
{
  g_autoptr (GHashTable) objects = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) contexts = storm_edit_descendants (board, moving);

  for (guint i = 0; i < moving->len; i++)
    g_hash_table_add (objects, g_ptr_array_index (moving, i));

  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_CONTEXT); i++)
    {
      StormObject *object = storm_board_peek (board, STORM_OBJECT_CONTEXT, i);

      if (g_hash_table_contains (contexts, storm_object_get_id (object)) &&
          !g_hash_table_contains (objects, object))
        g_ptr_array_add (moving, g_object_ref (object));
    }
  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_STICKY); i++)
    {
      StormObject *object = storm_board_peek (board, STORM_OBJECT_STICKY, i);
      const char *context = storm_sticky_get_context (STORM_STICKY (object));

      if (context == NULL || !g_hash_table_contains (contexts, context) ||
          g_hash_table_contains (objects, object))
        continue;
      g_ptr_array_add (storm_edit_is_locked (object) ? stays : moving, g_object_ref (object));
    }
}

/* Where both ends of a flow move, the points between them move along. Few flows have any. */
static void
move_bends (StormChange *change,
            StormBoard  *board,
            GPtrArray   *moved,
            double       dx,
            double       dy)
{
  g_autoptr (GHashTable) ids = NULL;

  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_FLOW); i++)
    {
      StormFlow *flow = STORM_FLOW (storm_board_peek (board, STORM_OBJECT_FLOW, i));
      guint n_bends;

      if (storm_flow_get_bends (flow, &n_bends) == NULL)
        continue;
      if (ids == NULL)
        {
          ids = g_hash_table_new (g_str_hash, g_str_equal);
          for (guint k = 0; k < moved->len; k++)
            g_hash_table_add (ids, (char *) storm_object_get_id (g_ptr_array_index (moved, k)));
        }
      if (g_hash_table_contains (ids, storm_flow_get_from (flow)) &&
          g_hash_table_contains (ids, storm_flow_get_to (flow)))
        storm_edit_put_bends (change, storm_object_get_id (STORM_OBJECT (flow)), flow, dx, dy);
    }
}

static void
move_objects (StormChange *change,
              GPtrArray   *objects,
              GArray      *frames,
              double       dx,
              double       dy)
{
  for (guint i = 0; i < objects->len; i++)
    {
      StormObject *object = g_ptr_array_index (objects, i);
      const StormRect *old = storm_edit_rect_of (object);
      StormRect rect;

      if (old == NULL)
        continue;
      rect = (StormRect) { old->x + dx, old->y + dy, old->width, old->height };
      /* Rounding can lift the far edge a hair over the end of the board. */
      storm_edit_clamp_rect (&rect);
      storm_edit_put_rect (change, object, &rect);
      if (STORM_IS_CONTEXT (object))
        storm_edit_place_frame (frames, storm_object_get_id (object), &rect);
    }
}

StormChange *
storm_edit_move (StormBoard *board,
                 GPtrArray  *ids,
                 double      dx,
                 double      dy,
                 gboolean    join)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GPtrArray) objects = NULL;
  g_autoptr (GPtrArray) stays = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) frames = NULL;
  g_autofree char *label = NULL;
  guint n_named, n_contexts;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);
  g_return_val_if_fail (isfinite (dx) && isfinite (dy), NULL);

  objects = storm_edit_collect_free (board, ids);
  n_named = objects->len;
  n_contexts = storm_edit_count (objects, STORM_OBJECT_CONTEXT);
  label = move_label (storm_edit_count (objects, STORM_OBJECT_STICKY), n_contexts);
  change = storm_change_new (label);
  if (n_contexts > 0)
    add_carried (board, objects, stays);
  storm_edit_clamp_delta (objects, &dx, &dy);

  frames = storm_edit_frames (board);
  move_objects (change, objects, frames, dx, dy);
  move_bends (change, board, objects, dx, dy);

  /* Carried stickies stay members of what carries them; left behind they can't. */
  for (guint i = 0; join && i < n_named; i++)
    {
      StormObject *object = g_ptr_array_index (objects, i);
      StormRect rect;

      if (STORM_IS_CONTEXT (object))
        storm_edit_join_parent (change, board, storm_object_get_id (object), frames);
      if (!STORM_IS_STICKY (object))
        continue;
      rect = *storm_edit_rect_of (object);
      rect.x += dx;
      rect.y += dy;
      storm_edit_join_frame (change, STORM_STICKY (object), &rect, frames);
    }
  for (guint i = 0; join && i < stays->len; i++)
    {
      StormObject *object = g_ptr_array_index (stays, i);

      storm_edit_join_frame (change, STORM_STICKY (object), storm_edit_rect_of (object), frames);
    }

  return g_steal_pointer (&change);
}

/* Locked stickies whose context was moved away. */
static void
add_left_behind (StormBoard *board,
                 GPtrArray  *objects)
{
  g_autoptr (GHashTable) contexts = storm_edit_descendants (board, objects);

  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_STICKY); i++)
    {
      StormObject *object = storm_board_peek (board, STORM_OBJECT_STICKY, i);
      const char *context = storm_sticky_get_context (STORM_STICKY (object));

      if (context != NULL && storm_edit_is_locked (object) &&
          g_hash_table_contains (contexts, context))
        g_ptr_array_add (objects, g_object_ref (object));
    }
}

StormChange *
storm_edit_join (StormBoard *board,
                 GPtrArray  *ids)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GPtrArray) objects = NULL;
  g_autoptr (GArray) frames = NULL;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  change = storm_change_new (_("Move to bounded context"));
  objects = storm_edit_collect (board, ids);
  frames = storm_edit_frames (board);
  if (storm_edit_count (objects, STORM_OBJECT_CONTEXT) > 0)
    add_left_behind (board, objects);
  for (guint i = 0; i < objects->len; i++)
    {
      StormObject *object = g_ptr_array_index (objects, i);

      if (STORM_IS_STICKY (object))
        storm_edit_join_frame (change, STORM_STICKY (object), storm_edit_rect_of (object), frames);
      else if (STORM_IS_CONTEXT (object))
        storm_edit_join_parent (change, board, storm_object_get_id (object), frames);
    }

  return g_steal_pointer (&change);
}

void
storm_kind_min_size (StormKind  kind,
                     double    *width,
                     double    *height)
{
  const StormKindInfo *info;

  g_return_if_fail ((guint) kind < STORM_N_KINDS);

  /* A third of the usual size holds a word yet; an actor is small already. */
  info = storm_kind_info (kind);
  if (width != NULL)
    *width = MAX (40, info->width / 3);
  if (height != NULL)
    *height = MAX (40, info->height / 3);
}

/* When the near edge was dragged, it stops, and the far one stays where it is. */
static void
keep_min (double *start,
          double *size,
          double  old_start,
          double  old_size,
          double  min)
{
  if (*size >= min)
    return;

  if (*start != old_start)
    *start = old_start + old_size - min;
  *size = min;
}

static void
resize_frame (StormChange     *change,
              StormBoard      *board,
              const char      *id,
              const StormRect *rect)
{
  g_autoptr (GArray) frames = storm_edit_frames (board);
  g_autoptr (GHashTable) changed = g_hash_table_new (g_str_hash, g_str_equal);

  storm_edit_place_frame (frames, id, rect);
  g_hash_table_add (changed, (char *) id);
  storm_edit_rejoin_around (change, board, frames, changed);
}

StormChange *
storm_edit_resize (StormBoard      *board,
                   const char      *id,
                   const StormRect *rect)
{
  g_autoptr (StormChange) change = NULL;
  StormObject *object;
  const StormRect *old;
  StormRect r;
  double min_width = STORM_CONTEXT_MIN_SIZE;
  double min_height = STORM_CONTEXT_MIN_SIZE;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (rect != NULL, NULL);
  g_return_val_if_fail (isfinite (rect->x) && isfinite (rect->y) && isfinite (rect->width) &&
                        isfinite (rect->height), NULL);

  change = storm_change_new (_("Resize"));
  object = storm_board_lookup (board, id);
  old = object != NULL ? storm_edit_rect_of (object) : NULL;
  /* A card has its size. */
  if (old == NULL || storm_edit_is_locked (object) ||
      (STORM_IS_CONTEXT (object) && storm_context_get_collapsed (STORM_CONTEXT (object))))
    return g_steal_pointer (&change);

  if (STORM_IS_STICKY (object))
    storm_kind_min_size (storm_sticky_get_kind (STORM_STICKY (object)), &min_width, &min_height);
  r = *rect;
  keep_min (&r.x, &r.width, old->x, old->width, min_width);
  keep_min (&r.y, &r.height, old->y, old->height, min_height);
  storm_edit_clamp_rect (&r);
  storm_edit_put_rect (change, object, &r);

  if (STORM_IS_CONTEXT (object))
    resize_frame (change, board, id, &r);
  else
    {
      g_autoptr (GArray) frames = storm_edit_frames (board);

      storm_edit_join_frame (change, STORM_STICKY (object), &r, frames);
    }

  return g_steal_pointer (&change);
}
