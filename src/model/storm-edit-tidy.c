#include "config.h"

#include "storm-edit-arrange.h"

#include "storm-board-private.h"
#include "storm-edit-private.h"
#include "storm-error.h"
#include "storm-fold.h"
#include "storm-tidy.h"

#include <glib/gi18n-lib.h>

/*
 * What is laid out, in the order of the board.
 * @fold: what cards stand for, NULL when nothing is collapsed
 * @placed: the stickies and cards of @items
 * @contexts: the contexts of @frames
 * @index: id of one of these → its number + 1
 * @fixed: contexts that must stay as they are
 * @moves: object → how far it goes
 */
typedef struct
{
  StormBoard *board;
  StormFold  *fold;
  GPtrArray  *placed;
  GPtrArray  *contexts;
  GHashTable *index;
  GHashTable *fixed;
  GHashTable *moves;
  GArray     *items;
  GArray     *frames;
  GArray     *flows;
  GArray     *obstacles;
} Plan;

static void
init_plan (Plan       *plan,
           StormBoard *board)
{
  *plan = (Plan) {
    board, storm_fold_new (board), g_ptr_array_new (), g_ptr_array_new (),
    g_hash_table_new (g_str_hash, g_str_equal),
    g_hash_table_new (NULL, NULL),
    g_hash_table_new_full (NULL, NULL, NULL, g_free),
    g_array_new (FALSE, FALSE, sizeof (StormTidyItem)),
    g_array_new (FALSE, FALSE, sizeof (StormTidyFrame)),
    g_array_new (FALSE, FALSE, sizeof (StormTidyFlow)),
    g_array_new (FALSE, FALSE, sizeof (StormTidyFixed)),
  };
}

static void
clear_plan (Plan *plan)
{
  g_clear_pointer (&plan->fold, storm_fold_free);
  g_ptr_array_unref (plan->placed);
  g_ptr_array_unref (plan->contexts);
  g_hash_table_unref (plan->index);
  g_hash_table_unref (plan->fixed);
  g_hash_table_unref (plan->moves);
  g_array_unref (plan->items);
  g_array_unref (plan->frames);
  g_array_unref (plan->flows);
  g_array_unref (plan->obstacles);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, clear_plan)

static int
number_of (Plan       *plan,
           const char *id)
{
  return id != NULL ? GPOINTER_TO_INT (g_hash_table_lookup (plan->index, id)) - 1 : -1;
}

static const StormCard *
card_of (Plan        *plan,
         StormObject *object)
{
  return plan->fold != NULL ? storm_fold_get_card_of (plan->fold, object) : NULL;
}

static gboolean
is_card (StormObject *object)
{
  return STORM_IS_CONTEXT (object) && storm_context_get_collapsed (STORM_CONTEXT (object));
}

/* A flow may also end at a context, which doesn't tell where its stickies belong. */
static int
item_number_of (Plan       *plan,
                const char *id)
{
  StormObject *object = storm_board_lookup (plan->board, id);
  const StormCard *card = object != NULL ? card_of (plan, object) : NULL;

  if (card != NULL)
    object = STORM_OBJECT (card->context);
  return STORM_IS_STICKY (object) || (object != NULL && is_card (object))
         ? number_of (plan, storm_object_get_id (object)) : -1;
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
is_wanted (Plan        *plan,
           GHashTable  *wanted,
           StormObject *context)
{
  GHashTableIter iter;
  gpointer object;

  if (wanted == NULL)
    return TRUE;
  for (StormContext *around = STORM_CONTEXT (context); around != NULL;
       around = storm_board_get_context_around (plan->board, STORM_OBJECT (around)))
    if (g_hash_table_contains (wanted, around))
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

static gboolean
is_pivotal (StormSticky *sticky)
{
  return storm_sticky_get_kind (sticky) == STORM_KIND_EVENT && storm_sticky_get_pivotal (sticky);
}

/* What lies in a context that stays stays too. */
static void
fix_inside (Plan *plan)
{
  for (guint i = 0; i < storm_board_get_n (plan->board, STORM_OBJECT_CONTEXT); i++)
    {
      StormObject *object = storm_board_peek (plan->board, STORM_OBJECT_CONTEXT, i);
      StormContext *around = storm_board_get_context_around (plan->board, object);

      while (around != NULL && !g_hash_table_contains (plan->fixed, around))
        around = storm_board_get_context_around (plan->board, STORM_OBJECT (around));
      if (around != NULL)
        g_hash_table_add (plan->fixed, object);
    }
}

static void
add_obstacle (Plan            *plan,
              const StormRect *rect,
              gboolean         pivotal)
{
  StormTidyFixed obstacle = { *rect, pivotal };

  g_array_append_val (plan->obstacles, obstacle);
}

/* Of what stays all that is seen: nothing is laid on it, and pivotal events divide time there. */
static void
find_obstacles (Plan *plan)
{
  for (guint i = 0; i < storm_board_get_n (plan->board, STORM_OBJECT_CONTEXT); i++)
    {
      StormObject *object = storm_board_peek (plan->board, STORM_OBJECT_CONTEXT, i);
      StormRect rect = storm_context_get_shown (STORM_CONTEXT (object));

      if (stays (plan, STORM_CONTEXT (object)) && card_of (plan, object) == NULL)
        add_obstacle (plan, &rect, FALSE);
    }
  for (guint i = 0; i < storm_board_get_n (plan->board, STORM_OBJECT_STICKY); i++)
    {
      StormObject *object = storm_board_peek (plan->board, STORM_OBJECT_STICKY, i);
      StormSticky *sticky = STORM_STICKY (object);
      gboolean in_fixed = stays (plan, storm_board_get_context_around (plan->board, object));

      if (card_of (plan, object) == NULL &&
          (storm_sticky_get_locked (sticky) || (in_fixed && is_pivotal (sticky))))
        add_obstacle (plan, storm_sticky_get_rect (sticky), is_pivotal (sticky));
    }
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
  fix_inside (plan);
  find_obstacles (plan);
}

/* A card is laid out as a sticky is. */
static void
collect_cards (Plan       *plan,
               GHashTable *wanted)
{
  for (guint i = 0; i < storm_board_get_n (plan->board, STORM_OBJECT_CONTEXT); i++)
    {
      StormObject *object = storm_board_peek (plan->board, STORM_OBJECT_CONTEXT, i);
      StormContext *context = STORM_CONTEXT (object);
      StormTidyItem item = { storm_context_get_shown (context),
                             number_of (plan, storm_context_get_parent (context)), FALSE };

      if (!is_card (object) || card_of (plan, object) != NULL || stays (plan, context) ||
          (item.context < 0 && !is_wanted (plan, wanted, object)))
        continue;
      add_to_plan (plan, plan->placed, object);
      g_array_append_val (plan->items, item);
    }
}

static void
collect_frames (Plan       *plan,
                GHashTable *wanted)
{
  for (guint i = 0; i < storm_board_get_n (plan->board, STORM_OBJECT_CONTEXT); i++)
    {
      StormObject *object = storm_board_peek (plan->board, STORM_OBJECT_CONTEXT, i);

      if (is_wanted (plan, wanted, object) && !stays (plan, STORM_CONTEXT (object)) &&
          !is_card (object) && card_of (plan, object) == NULL)
        add_to_plan (plan, plan->contexts, object);
    }
  for (guint i = 0; i < plan->contexts->len; i++)
    {
      StormContext *context = g_ptr_array_index (plan->contexts, i);
      StormTidyFrame frame = { *storm_context_get_rect (context),
                               number_of (plan, storm_context_get_parent (context)),
                               storm_context_get_kind (context) == STORM_CONTEXT_SWIMLANE };

      g_array_append_val (plan->frames, frame);
    }
}

static void
collect_stickies (Plan       *plan,
                  GHashTable *wanted)
{
  for (guint i = 0; i < storm_board_get_n (plan->board, STORM_OBJECT_STICKY); i++)
    {
      StormObject *object = storm_board_peek (plan->board, STORM_OBJECT_STICKY, i);
      StormSticky *sticky = STORM_STICKY (object);
      StormTidyItem item = { *storm_sticky_get_rect (sticky),
                             number_of (plan, storm_sticky_get_context (sticky)),
                             is_pivotal (sticky) };

      if (storm_sticky_get_locked (sticky) || card_of (plan, object) != NULL ||
          stays (plan, storm_board_get_context_around (plan->board, object)))
        continue;
      if (wanted != NULL && item.context < 0 && !g_hash_table_contains (wanted, object))
        continue;
      add_to_plan (plan, plan->placed, object);
      g_array_append_val (plan->items, item);
    }
}

static void
collect (Plan       *plan,
         GHashTable *wanted)
{
  collect_frames (plan, wanted);
  collect_cards (plan, wanted);
  collect_stickies (plan, wanted);
  for (guint i = 0; i < storm_board_get_n (plan->board, STORM_OBJECT_FLOW); i++)
    {
      StormFlow *flow = STORM_FLOW (storm_board_peek (plan->board, STORM_OBJECT_FLOW, i));
      int from = item_number_of (plan, storm_flow_get_from (flow));
      int to = item_number_of (plan, storm_flow_get_to (flow));
      StormTidyFlow ends = { (guint) from, (guint) to };

      if (from >= 0 && to >= 0 && from != to)
        g_array_append_val (plan->flows, ends);
    }
}

/* A context that isn't laid out itself keeps its stickies in it. */
static void
grow_frames (Plan   *plan,
             GArray *frames)
{
  for (guint i = 0; i < plan->placed->len; i++)
    {
      StormObject *object = g_ptr_array_index (plan->placed, i);
      const StormTidyItem *item = &g_array_index (plan->items, StormTidyItem, i);
      StormContext *around = storm_board_get_context_around (plan->board, object);
      const char *context = around != NULL ? storm_object_get_id (STORM_OBJECT (around)) : NULL;
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
put_placed (Plan            *plan,
            StormChange     *change,
            StormObject     *object,
            const StormRect *rect)
{
  const StormRect *old = storm_edit_rect_of (object);
  StormPoint by = { rect->x - old->x, rect->y - old->y };

  storm_edit_put_rect (change, object, rect);
  g_hash_table_insert (plan->moves, object, g_memdup2 (&by, sizeof by));
}

static void
put_moved (Plan        *plan,
           StormChange *change,
           StormObject *object,
           double       dx,
           double       dy)
{
  StormRect rect = *storm_edit_rect_of (object);

  rect.x += dx;
  rect.y += dy;
  storm_edit_clamp_rect (&rect);
  put_placed (plan, change, object, &rect);
}

/* With all that lies in it. */
static void
put_card (Plan            *plan,
          StormChange     *change,
          StormContext    *context,
          const StormRect *rect)
{
  const StormCard *card = storm_fold_get_card (plan->fold, context);
  double dx = rect->x - storm_context_get_rect (context)->x;
  double dy = rect->y - storm_context_get_rect (context)->y;

  put_moved (plan, change, STORM_OBJECT (context), dx, dy);
  for (guint i = 0; i < card->stickies->len; i++)
    put_moved (plan, change, g_ptr_array_index (card->stickies, i), dx, dy);
  for (guint i = 0; card->n_contexts > 0 &&
                    i < storm_board_get_n (plan->board, STORM_OBJECT_CONTEXT); i++)
    {
      StormObject *inner = storm_board_peek (plan->board, STORM_OBJECT_CONTEXT, i);

      if (card_of (plan, inner) == card)
        put_moved (plan, change, inner, dx, dy);
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
      const StormRect *rect = &g_array_index (plan->frames, StormTidyFrame, i).rect;

      storm_edit_place_frame (frames, storm_object_get_id (context), rect);
    }
  if (!whole)
    grow_frames (plan, frames);
  for (guint i = 0; i < frames->len; i++)
    {
      const StormFrame *frame = &g_array_index (frames, StormFrame, i);

      if (!frame->collapsed && !frame->hidden)
        put_placed (plan, change, storm_board_peek (plan->board, STORM_OBJECT_CONTEXT, i),
                    &frame->rect);
    }
  for (guint i = 0; i < plan->placed->len; i++)
    {
      StormObject *object = g_ptr_array_index (plan->placed, i);
      StormSticky *sticky = STORM_IS_STICKY (object) ? STORM_STICKY (object) : NULL;
      const StormRect *rect = &g_array_index (plan->items, StormTidyItem, i).rect;

      if (sticky == NULL)
        {
          put_card (plan, change, STORM_CONTEXT (object), rect);
          continue;
        }
      put_placed (plan, change, object, rect);
      if (!whole && storm_sticky_get_context (sticky) == NULL)
        storm_edit_join_frame (change, sticky, rect, frames);
    }
  storm_edit_lead_bends (change, plan->board, plan->moves, TRUE);
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

/* The swimlane that @object lies in and that isn't laid out itself: what is in it stays in it. */
static gpointer
lane_around (StormBoard  *board,
             GHashTable  *wanted,
             StormObject *object)
{
  StormContext *lane = NULL;

  for (StormContext *around = storm_board_get_context_around (board, object); around != NULL;
       around = storm_board_get_context_around (board, STORM_OBJECT (around)))
    {
      if (g_hash_table_contains (wanted, around))
        return NULL;
      if (lane == NULL && storm_context_get_kind (around) == STORM_CONTEXT_SWIMLANE)
        lane = around;
    }

  return lane;
}

/* (transfer full) (element-type GHashTable): what is laid out together: in each swimlane by
 * itself, in the order of the selection. */
static GPtrArray *
split_by_lane (StormBoard *board,
               GPtrArray  *ids)
{
  GPtrArray *sets = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  g_autoptr (GHashTable) wanted = make_set (board, ids);
  g_autoptr (GHashTable) set_of = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      StormObject *object = storm_board_lookup (board, g_ptr_array_index (ids, i));
      gpointer lane = object != NULL ? lane_around (board, wanted, object) : NULL;
      GHashTable *set = g_hash_table_lookup (set_of, lane);

      if (object == NULL)
        continue;
      if (set == NULL)
        {
          set = g_hash_table_new (NULL, NULL);
          g_hash_table_insert (set_of, lane, set);
          g_ptr_array_add (sets, set);
        }
      g_hash_table_add (set, object);
    }

  return sets;
}

/* @wanted: (nullable): %NULL is all. */
static gboolean
tidy_set (StormChange *change,
          StormBoard  *board,
          GHashTable  *wanted)
{
  g_auto (Plan) plan = { 0 };
  StormTidyBoard tidy;

  init_plan (&plan, board);
  find_fixed (&plan);
  collect (&plan, wanted);
  tidy = (StormTidyBoard) {
    (StormTidyItem *) (void *) plan.items->data, plan.items->len,
    (StormTidyFrame *) (void *) plan.frames->data, plan.frames->len,
    (StormTidyFlow *) (void *) plan.flows->data, plan.flows->len,
    (StormTidyFixed *) (void *) plan.obstacles->data, plan.obstacles->len,
  };
  if (!storm_tidy (&tidy))
    return FALSE;

  put_plan (&plan, change, wanted == NULL);
  return TRUE;
}

StormChange *
storm_edit_tidy (StormBoard  *board,
                 GPtrArray   *ids,
                 GError     **error)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GPtrArray) sets = NULL;
  gboolean fits = TRUE;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  change = storm_change_new (_("Tidy up"));
  if (ids == NULL)
    fits = tidy_set (change, board, NULL);
  else
    sets = split_by_lane (board, ids);
  for (guint i = 0; sets != NULL && i < sets->len && fits; i++)
    fits = tidy_set (change, board, g_ptr_array_index (sets, i));
  if (!fits)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                   _("Tidied up, this would be larger than a board can be. Select a part of it and "
                     "tidy that up."));
      return NULL;
    }

  return g_steal_pointer (&change);
}
