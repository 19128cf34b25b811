#include "config.h"

#include "storm-edit-arrange.h"

#include "storm-board-private.h"
#include "storm-edit-private.h"
#include "storm-fold.h"

#include <glib/gi18n-lib.h>

static gboolean
is_sizing (StormArrange how)
{
  return how == STORM_ARRANGE_SAME_WIDTH || how == STORM_ARRANGE_SAME_HEIGHT ||
         how == STORM_ARRANGE_SAME_SIZE;
}

/* Contexts and stickies that none of these contexts carries, however deep they lie in it. Where
 * sizes change nothing is carried, and cards have their size. */
static GPtrArray *
find_units (StormBoard   *board,
            GPtrArray    *objects,
            StormArrange  how)
{
  GPtrArray *units = g_ptr_array_new ();
  g_autoptr (GHashTable) carriers = storm_edit_descendants (board, objects);
  gboolean sizes = is_sizing (how);
  gboolean stickies_only = sizes && storm_edit_count (objects, STORM_OBJECT_STICKY) > 0;

  for (guint i = 0; i < objects->len; i++)
    {
      StormObject *object = g_ptr_array_index (objects, i);
      StormContext *around = storm_board_get_context_around (board, object);

      if (STORM_IS_FLOW (object) || (STORM_IS_CONTEXT (object) && stickies_only) ||
          (sizes && STORM_IS_CONTEXT (object) && !storm_fold_is_frame (object)))
        continue;
      if (sizes || around == NULL ||
          !g_hash_table_contains (carriers, storm_object_get_id (STORM_OBJECT (around))))
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

/*
 * @frames: where contexts will be
 * @moves: object → how far it goes
 */
typedef struct
{
  StormBoard  *board;
  StormChange *change;
  GArray      *frames;
  GHashTable  *moves;
} Arranging;

static void
put (Arranging       *self,
     StormObject     *object,
     const StormRect *rect)
{
  const StormRect *old = storm_edit_rect_of (object);
  StormPoint by = { rect->x - old->x, rect->y - old->y };

  storm_edit_put_rect (self->change, object, rect);
  if (STORM_IS_CONTEXT (object))
    storm_edit_place_frame (self->frames, storm_object_get_id (object), rect);
  if (by.x != 0 || by.y != 0)
    g_hash_table_insert (self->moves, object, g_memdup2 (&by, sizeof by));
}

/* How far the context goes that carries @object; a locked one goes nowhere, nor what is in it. */
static const StormPoint *
carried_by (Arranging   *self,
            GHashTable  *carriers,
            StormObject *object)
{
  while (object != NULL && !storm_edit_is_locked (object))
    {
      const StormPoint *by = g_hash_table_lookup (carriers, object);

      if (by != NULL)
        return by;
      object = (StormObject *) storm_board_get_context_around (self->board, object);
    }

  return NULL;
}

/* With contexts that keep their size goes what lies in them: stickies, and other contexts. */
static void
carry (Arranging  *self,
       GHashTable *carriers)
{
  for (StormObjectType type = STORM_OBJECT_STICKY; type <= STORM_OBJECT_CONTEXT; type++)
    for (guint i = 0; i < storm_board_get_n (self->board, type); i++)
      {
        StormObject *object = storm_board_peek (self->board, type, i);
        const StormPoint *by;
        StormRect rect;

        if (STORM_IS_FLOW (object) || g_hash_table_contains (carriers, object) ||
            (by = carried_by (self, carriers, object)) == NULL)
          continue;
        rect = *storm_edit_rect_of (object);
        rect.x += by->x;
        rect.y += by->y;
        storm_edit_clamp_rect (&rect);
        put (self, object, &rect);
      }
}

static void
put_contexts (Arranging       *self,
              GPtrArray       *units,
              const StormRect *rects)
{
  g_autoptr (GHashTable) resized = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) carriers = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  for (guint i = 0; i < units->len; i++)
    {
      StormObject *object = g_ptr_array_index (units, i);
      StormRect rect = rects[i];
      const StormRect *old = storm_edit_rect_of (object);
      StormPoint by;

      if (!STORM_IS_CONTEXT (object))
        continue;
      /* A card stands for more than is seen. */
      if (!storm_fold_is_frame (object))
        {
          rect.width = old->width;
          rect.height = old->height;
          storm_edit_clamp_rect (&rect);
        }
      by = (StormPoint) { rect.x - old->x, rect.y - old->y };
      if (old->width != rect.width || old->height != rect.height)
        g_hash_table_add (resized, (char *) storm_object_get_id (object));
      else if (!storm_rect_equal (old, &rect))
        g_hash_table_insert (carriers, object, g_memdup2 (&by, sizeof by));
      put (self, object, &rect);
    }
  if (g_hash_table_size (carriers) > 0)
    carry (self, carriers);
  for (guint i = 0; i < units->len; i++)
    if (g_hash_table_contains (carriers, g_ptr_array_index (units, i)))
      storm_edit_join_parent (self->change, self->board,
                              storm_object_get_id (g_ptr_array_index (units, i)), self->frames);
  if (g_hash_table_size (resized) > 0)
    storm_edit_rejoin_around (self->change, self->board, self->frames, resized);
}

static void
put_units (StormChange     *change,
           StormBoard      *board,
           GPtrArray       *units,
           const StormRect *rects)
{
  g_autoptr (GArray) frames = storm_edit_frames (board);
  g_autoptr (GHashTable) moves = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  Arranging self = { board, change, frames, moves };

  put_contexts (&self, units, rects);
  for (guint i = 0; i < units->len; i++)
    {
      StormObject *object = g_ptr_array_index (units, i);

      if (!STORM_IS_STICKY (object))
        continue;
      put (&self, object, &rects[i]);
      storm_edit_join_frame (change, STORM_STICKY (object), &rects[i], frames);
    }
  storm_edit_lead_bends (change, board, moves, FALSE);
}

/* Where it is seen. */
static StormRect
place_of (StormObject *object)
{
  if (STORM_IS_CONTEXT (object))
    return storm_context_get_shown (STORM_CONTEXT (object));
  return *storm_edit_rect_of (object);
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
  units = find_units (board, objects, how);
  if (units->len < storm_arrange_min_n (how))
    return g_steal_pointer (&change);

  rects = g_new (StormRect, units->len);
  for (guint i = 0; i < units->len; i++)
    rects[i] = place_of (g_ptr_array_index (units, i));
  storm_arrange (how, rects, units->len);
  for (guint i = 0; i < units->len; i++)
    storm_edit_clamp_rect (&rects[i]);
  put_units (change, board, units, rects);

  return g_steal_pointer (&change);
}
