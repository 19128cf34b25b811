#include "config.h"

#include "storm-fold.h"

#include <string.h>

#include "storm-board-private.h"

/* Those that lie deeper are drawn by their z alone. */
#define MAX_RANK 200

struct _StormFold
{
  /* StormContext → StormCard: those that are seen */
  GHashTable *cards;
  /* StormSticky or StormContext → its StormCard */
  GHashTable *hidden;
  /* StormFlow → StormFoldFlow */
  GHashTable *flows;
};

StormContext *
storm_board_get_context_around (StormBoard  *board,
                                StormObject *object)
{
  const char *id = STORM_IS_STICKY (object) ? storm_sticky_get_context (STORM_STICKY (object))
                   : STORM_IS_CONTEXT (object) ? storm_context_get_parent (STORM_CONTEXT (object))
                                               : NULL;

  return id != NULL ? storm_board_lookup_context (board, id) : NULL;
}

StormContext *
storm_board_get_card_of (StormBoard  *board,
                         StormObject *object)
{
  StormContext *card = NULL;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (STORM_IS_OBJECT (object), NULL);

  for (StormContext *context = storm_board_get_context_around (board, object); context != NULL;
       context = storm_board_get_context_around (board, STORM_OBJECT (context)))
    {
      if (storm_context_get_collapsed (context))
        card = context;
    }

  return card;
}

StormContext *
storm_board_context_at (StormBoard      *board,
                        const StormRect *rect)
{
  StormContext *best = NULL;
  StormRect best_rect = { 0, 0, 0, 0 };
  StormPoint center;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (rect != NULL, NULL);

  center = storm_rect_center (rect);
  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_CONTEXT); i++)
    {
      StormContext *context = STORM_CONTEXT (storm_board_peek (board, STORM_OBJECT_CONTEXT, i));
      StormRect r = storm_context_get_shown (context);

      if (storm_rect_contains (&r, center.x, center.y) &&
          (best == NULL || storm_frame_wins (&r, storm_context_get_z (context), &best_rect,
                                             storm_context_get_z (best))) &&
          storm_board_get_card_of (board, STORM_OBJECT (context)) == NULL)
        {
          best = context;
          best_rect = r;
        }
    }

  return best;
}

guint
storm_board_get_rank (StormBoard   *board,
                      StormContext *context)
{
  guint rank = storm_context_get_kind (context) == STORM_CONTEXT_SWIMLANE ? 0 : 1;

  g_return_val_if_fail (STORM_IS_BOARD (board), 0);

  while (rank < MAX_RANK &&
         (context = storm_board_get_context_around (board, STORM_OBJECT (context))) != NULL)
    rank += 2;

  return rank;
}

static void
card_free (gpointer data)
{
  StormCard *card = data;

  g_object_unref (card->context);
  g_ptr_array_unref (card->stickies);
  g_free (card);
}

static void
flow_free (gpointer data)
{
  StormFoldFlow *flow = data;

  g_clear_pointer (&flow->merged, g_ptr_array_unref);
  g_free (flow);
}

static StormCard *
add_card (StormFold    *self,
          StormContext *context)
{
  StormCard *card = g_new0 (StormCard, 1);

  card->context = g_object_ref (context);
  card->stickies = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_insert (self->cards, context, card);

  return card;
}

static void
hide (StormFold   *self,
      StormObject *object,
      StormCard   *card)
{
  g_hash_table_insert (self->hidden, g_object_ref (object), card);
}

/* The card that is seen in place of what lies in @context, %NULL for none. @known: context → this;
 * each context is passed once, however deep they lie in one another. */
static StormCard *
card_for_inside (StormFold    *self,
                 StormBoard   *board,
                 StormContext *context,
                 GHashTable   *known)
{
  g_autoptr (GPtrArray) path = g_ptr_array_new ();
  gpointer card = NULL;

  while (context != NULL && !g_hash_table_lookup_extended (known, context, NULL, &card))
    {
      g_ptr_array_add (path, context);
      context = storm_board_get_context_around (board, STORM_OBJECT (context));
    }
  for (guint i = path->len; i-- > 0;)
    {
      context = g_ptr_array_index (path, i);
      if (card != NULL)
        {
          hide (self, STORM_OBJECT (context), card);
          ((StormCard *) card)->n_contexts++;
        }
      else if (storm_context_get_collapsed (context))
        card = add_card (self, context);
      g_hash_table_insert (known, context, card);
    }

  return card;
}

static void
fold_placed (StormFold  *self,
             StormBoard *board)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_CONTEXT); i++)
    card_for_inside (self, board,
                     STORM_CONTEXT (storm_board_peek (board, STORM_OBJECT_CONTEXT, i)), known);
  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_STICKY); i++)
    {
      StormObject *object = storm_board_peek (board, STORM_OBJECT_STICKY, i);
      StormContext *context = storm_board_get_context_around (board, object);
      StormCard *card = context != NULL ? g_hash_table_lookup (known, context) : NULL;

      if (card == NULL)
        continue;
      hide (self, object, card);
      card->n_kinds[storm_sticky_get_kind (STORM_STICKY (object))]++;
      g_ptr_array_add (card->stickies, g_object_ref (object));
    }
}

/* What is seen where a flow ends; @is_card: whether that is a card. */
static StormObject *
shown_end (StormFold  *self,
           StormBoard *board,
           const char *id,
           gboolean   *is_card)
{
  StormObject *end = storm_board_lookup (board, id);
  StormCard *card = end != NULL ? g_hash_table_lookup (self->hidden, end) : NULL;

  if (card != NULL)
    end = STORM_OBJECT (card->context);
  *is_card = *is_card || (end != NULL && g_hash_table_contains (self->cards, end));

  return end;
}

static guint
hash_ends (gconstpointer data)
{
  const StormFoldFlow *flow = data;

  return g_direct_hash (flow->from) * 31 + g_direct_hash (flow->to);
}

static gboolean
same_ends (gconstpointer a,
           gconstpointer b)
{
  const StormFoldFlow *first = a, *second = b;

  return first->from == second->from && first->to == second->to;
}

/* Of flows between the same two in the same direction one is seen; those of both directions are
 * told apart. */
static void
fold_flows (StormFold  *self,
            StormBoard *board)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (hash_ends, same_ends);
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_FLOW); i++)
    {
      StormObject *object = storm_board_peek (board, STORM_OBJECT_FLOW, i);
      StormFoldFlow ends = { .n_merged = 1, .n_beside = 1 };
      StormFoldFlow *flow, *first;
      gboolean at_card = FALSE;

      ends.from = shown_end (self, board, storm_flow_get_from (STORM_FLOW (object)), &at_card);
      ends.to = shown_end (self, board, storm_flow_get_to (STORM_FLOW (object)), &at_card);
      if (!at_card)
        continue;
      flow = g_memdup2 (&ends, sizeof ends);
      g_hash_table_insert (self->flows, g_object_ref (object), flow);
      if (ends.from == ends.to)
        continue;
      first = g_hash_table_lookup (seen, flow);
      if (first != NULL)
        {
          first->n_merged++;
          if (first->merged == NULL)
            first->merged = g_ptr_array_new_with_free_func (g_object_unref);
          g_ptr_array_add (first->merged, g_object_ref (object));
          continue;
        }
      flow->shown = TRUE;
      g_hash_table_add (seen, flow);
    }

  g_hash_table_iter_init (&iter, seen);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      StormFoldFlow *flow = value;
      StormFoldFlow back = { .from = flow->to, .to = flow->from };

      if (!g_hash_table_contains (seen, &back))
        continue;
      flow->n_beside = 2;
      flow->place = strcmp (storm_object_get_id (flow->from), storm_object_get_id (flow->to)) > 0;
    }
}

static gboolean
has_collapsed (StormBoard *board)
{
  for (guint i = 0; i < storm_board_get_n (board, STORM_OBJECT_CONTEXT); i++)
    if (storm_context_get_collapsed (STORM_CONTEXT (storm_board_peek (board, STORM_OBJECT_CONTEXT,
                                                                      i))))
      return TRUE;

  return FALSE;
}

StormFold *
storm_fold_new (StormBoard *board)
{
  StormFold *self;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  if (!has_collapsed (board))
    return NULL;

  self = g_new0 (StormFold, 1);
  self->cards = g_hash_table_new_full (NULL, NULL, NULL, card_free);
  self->hidden = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->flows = g_hash_table_new_full (NULL, NULL, g_object_unref, flow_free);
  fold_placed (self, board);
  fold_flows (self, board);

  return self;
}

void
storm_fold_free (StormFold *self)
{
  g_hash_table_unref (self->flows);
  g_hash_table_unref (self->hidden);
  g_hash_table_unref (self->cards);
  g_free (self);
}

const StormCard *
storm_fold_get_card_of (StormFold   *self,
                        StormObject *object)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_hash_table_lookup (self->hidden, object);
}

const StormCard *
storm_fold_get_card (StormFold    *self,
                     StormContext *context)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_hash_table_lookup (self->cards, context);
}

const StormFoldFlow *
storm_fold_get_flow (StormFold *self,
                     StormFlow *flow)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_hash_table_lookup (self->flows, flow);
}

void
storm_fold_foreach (StormFold     *self,
                    StormFoldFunc  func,
                    gpointer       user_data)
{
  GHashTableIter iter;
  gpointer object;

  g_return_if_fail (self != NULL);

  g_hash_table_iter_init (&iter, self->hidden);
  while (g_hash_table_iter_next (&iter, &object, NULL))
    func (object, user_data);
  g_hash_table_iter_init (&iter, self->flows);
  while (g_hash_table_iter_next (&iter, &object, NULL))
    func (object, user_data);
}

gboolean
storm_fold_measure (StormBoard *board,
                    StormRect  *out)
{
  g_autoptr (StormFold) fold = NULL;
  gboolean any = FALSE;

  g_return_val_if_fail (STORM_IS_BOARD (board), FALSE);
  g_return_val_if_fail (out != NULL, FALSE);

  fold = storm_fold_new (board);
  for (StormObjectType type = STORM_OBJECT_STICKY; type <= STORM_OBJECT_CONTEXT; type++)
    for (guint i = 0; type != STORM_OBJECT_FLOW && i < storm_board_get_n (board, type); i++)
      {
        StormObject *object = storm_board_peek (board, type, i);
        StormRect rect;

        if (fold != NULL && storm_fold_get_card_of (fold, object) != NULL)
          continue;
        rect = type == STORM_OBJECT_STICKY ? *storm_sticky_get_rect (STORM_STICKY (object))
                                           : storm_context_get_shown (STORM_CONTEXT (object));
        *out = any ? storm_rect_union (out, &rect) : rect;
        any = TRUE;
      }

  return any;
}
