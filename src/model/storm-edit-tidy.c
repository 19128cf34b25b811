#include "config.h"

#include "storm-edit-arrange.h"

#include "storm-board-private.h"
#include "storm-edit-private.h"
#include "storm-error.h"
#include "storm-tidy.h"

#include <glib/gi18n-lib.h>

/*
 * What is laid out, in the order of the board.
 * @stickies: the stickies of @items
 * @contexts: the contexts of @frames
 * @index: id of one of these → its number + 1
 * @fixed: contexts that must stay as they are
 */
typedef struct
{
  StormBoard *board;
  GPtrArray  *stickies;
  GPtrArray  *contexts;
  GHashTable *index;
  GHashTable *fixed;
  GArray     *items;
  GArray     *frames;
  GArray     *flows;
} Plan;

static void
clear_plan (Plan *plan)
{
  g_ptr_array_unref (plan->stickies);
  g_ptr_array_unref (plan->contexts);
  g_hash_table_unref (plan->index);
  g_hash_table_unref (plan->fixed);
  g_array_unref (plan->items);
  g_array_unref (plan->frames);
  g_array_unref (plan->flows);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, clear_plan)

static int
number_of (Plan       *plan,
           const char *id)
{
  return id != NULL ? GPOINTER_TO_INT (g_hash_table_lookup (plan->index, id)) - 1 : -1;
}

/* A flow may also end at a context, which doesn't tell where its stickies belong. */
static int
sticky_number_of (Plan       *plan,
                  const char *id)
{
  return storm_board_lookup_sticky (plan->board, id) != NULL ? number_of (plan, id) : -1;
}

static void
add_to_plan (Plan        *plan,
             GPtrArray   *list,
             StormObject *object)
{
  g_ptr_array_add (list, object);
  g_hash_table_insert (plan->index, (char *) storm_object_get_id (object),
                       GUINT_TO_POINTER (list->len));
}

/* With a context goes what lies in it: stickies, and other contexts. */
static gboolean
is_wanted (GHashTable  *wanted,
           StormObject *context)
{
  GHashTableIter iter;
  gpointer object;

  if (wanted == NULL || g_hash_table_contains (wanted, context))
    return TRUE;
  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &object, NULL))
    {
      if (STORM_IS_CONTEXT (object) &&
          storm_rect_encloses (storm_context_get_rect (STORM_CONTEXT (object)),
                               storm_context_get_rect (STORM_CONTEXT (context))))
        return TRUE;
    }

  return FALSE;
}

/* A context that is locked, or holds something that is, keeps its place, and all in it theirs. */
static gboolean
stays (Plan         *plan,
       StormContext *context)
{
  return context != NULL && g_hash_table_contains (plan->fixed, context);
}

static void
fix (Plan         *plan,
     StormContext *context)
{
  for (; context != NULL && g_hash_table_add (plan->fixed, context);
       context = storm_board_lookup_context (plan->board, storm_context_get_parent (context)))
    ;
}

static void
find_fixed (Plan *plan)
{
  for (guint i = 0; i < storm_board_get_n (plan->board, STORM_OBJECT_CONTEXT); i++)
    {
      StormObject *object = storm_board_peek (plan->board, STORM_OBJECT_CONTEXT, i);

      if (storm_edit_is_locked (object))
        fix (plan, STORM_CONTEXT (object));
    }
  for (guint i = 0; i < storm_board_get_n (plan->board, STORM_OBJECT_STICKY); i++)
    {
      StormSticky *sticky = STORM_STICKY (storm_board_peek (plan->board, STORM_OBJECT_STICKY, i));

      if (storm_sticky_get_locked (sticky))
        fix (plan, storm_board_lookup_context (plan->board, storm_sticky_get_context (sticky)));
    }
}

static void
collect (Plan       *plan,
         GHashTable *wanted)
{
  for (guint i = 0; i < storm_board_get_n (plan->board, STORM_OBJECT_CONTEXT); i++)
    {
      StormObject *object = storm_board_peek (plan->board, STORM_OBJECT_CONTEXT, i);

      if (!is_wanted (wanted, object) || stays (plan, STORM_CONTEXT (object)))
        continue;
      add_to_plan (plan, plan->contexts, object);
      g_array_append_val (plan->frames, *storm_context_get_rect (STORM_CONTEXT (object)));
    }
  for (guint i = 0; i < storm_board_get_n (plan->board, STORM_OBJECT_STICKY); i++)
    {
      StormObject *object = storm_board_peek (plan->board, STORM_OBJECT_STICKY, i);
      StormSticky *sticky = STORM_STICKY (object);
      StormTidyItem item = { *storm_sticky_get_rect (sticky),
                             number_of (plan, storm_sticky_get_context (sticky)) };

      if (storm_sticky_get_locked (sticky) ||
          stays (plan, storm_board_lookup_context (plan->board,
                                                   storm_sticky_get_context (sticky))))
        continue;
      if (wanted != NULL && item.context < 0 && !g_hash_table_contains (wanted, object))
        continue;
      add_to_plan (plan, plan->stickies, object);
      g_array_append_val (plan->items, item);
    }
  for (guint i = 0; i < storm_board_get_n (plan->board, STORM_OBJECT_FLOW); i++)
    {
      StormFlow *flow = STORM_FLOW (storm_board_peek (plan->board, STORM_OBJECT_FLOW, i));
      int from = sticky_number_of (plan, storm_flow_get_from (flow));
      int to = sticky_number_of (plan, storm_flow_get_to (flow));
      StormTidyFlow ends = { (guint) from, (guint) to };

      if (from >= 0 && to >= 0)
        g_array_append_val (plan->flows, ends);
    }
}

/* A context that isn't laid out itself keeps its stickies in it. */
static void
grow_frames (Plan   *plan,
             GArray *frames)
{
  for (guint i = 0; i < plan->stickies->len; i++)
    {
      StormSticky *sticky = g_ptr_array_index (plan->stickies, i);
      const StormTidyItem *item = &g_array_index (plan->items, StormTidyItem, i);
      const char *context = storm_sticky_get_context (sticky);
      StormFrame *frame;
      StormRect room = { item->rect.x - STORM_TIDY_MARGIN, item->rect.y - STORM_TIDY_TITLE_ROOM,
                         item->rect.width + 2 * STORM_TIDY_MARGIN,
                         item->rect.height + STORM_TIDY_TITLE_ROOM + STORM_TIDY_MARGIN };

      if (context == NULL || item->context >= 0)
        continue;
      frame = storm_edit_find_frame (frames, context);
      if (!storm_rect_encloses (&frame->rect, &item->rect))
        frame->rect = storm_rect_union (&frame->rect, &room);
      storm_edit_clamp_rect (&frame->rect);
    }
}

static void
put_plan (Plan        *plan,
          StormChange *change,
          gboolean     whole)
{
  g_autoptr (GArray) frames = storm_edit_frames (plan->board);

  for (guint i = 0; i < plan->contexts->len; i++)
    {
      StormObject *context = g_ptr_array_index (plan->contexts, i);
      const StormRect *rect = &g_array_index (plan->frames, StormRect, i);

      storm_edit_place_frame (frames, storm_object_get_id (context), rect);
    }
  if (!whole)
    grow_frames (plan, frames);
  for (guint i = 0; i < frames->len; i++)
    storm_edit_put_rect (change, storm_board_peek (plan->board, STORM_OBJECT_CONTEXT, i),
                         &g_array_index (frames, StormFrame, i).rect);
  for (guint i = 0; i < plan->stickies->len; i++)
    {
      StormSticky *sticky = g_ptr_array_index (plan->stickies, i);
      const StormRect *rect = &g_array_index (plan->items, StormTidyItem, i).rect;

      storm_edit_put_rect (change, STORM_OBJECT (sticky), rect);
      if (!whole && storm_sticky_get_context (sticky) == NULL)
        storm_edit_join_frame (change, sticky, rect, frames);
    }
}

static GHashTable *
make_set (StormBoard *board,
          GPtrArray  *ids)
{
  GHashTable *set = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      StormObject *object = storm_board_lookup (board, g_ptr_array_index (ids, i));

      if (object != NULL)
        g_hash_table_add (set, object);
    }

  return set;
}

StormChange *
storm_edit_tidy (StormBoard  *board,
                 GPtrArray   *ids,
                 GError     **error)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GHashTable) wanted = NULL;
  g_auto (Plan) plan = {
    board, g_ptr_array_new (), g_ptr_array_new (), g_hash_table_new (g_str_hash, g_str_equal),
    g_hash_table_new (NULL, NULL),
    g_array_new (FALSE, FALSE, sizeof (StormTidyItem)),
    g_array_new (FALSE, FALSE, sizeof (StormRect)),
    g_array_new (FALSE, FALSE, sizeof (StormTidyFlow)),
  };

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  change = storm_change_new (_("Tidy up"));
  if (ids != NULL)
    wanted = make_set (board, ids);
  find_fixed (&plan);
  collect (&plan, wanted);
  if (!storm_tidy ((StormTidyItem *) (void *) plan.items->data, plan.items->len,
                   (StormRect *) (void *) plan.frames->data, plan.frames->len,
                   (StormTidyFlow *) (void *) plan.flows->data, plan.flows->len))
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                   _("Tidied up, this would be larger than a board can be. Select a part of it and "
                     "tidy that up."));
      return NULL;
    }
  put_plan (&plan, change, ids == NULL);

  return g_steal_pointer (&change);
}
