#pragma once

#include "storm-board.h"

G_BEGIN_DECLS

/** STORM_CARD_WIDTH, _HEIGHT: of the card that a collapsed context is, in board units. */
#define STORM_CARD_WIDTH 200.0
#define STORM_CARD_HEIGHT 120.0

/**
 * storm_context_get_shown:
 *
 * Where a context is to be seen: all of it or, collapsed, the card in its upper left corner.
 */
static inline StormRect
storm_context_get_shown (StormContext *context)
{
  const StormRect *rect = storm_context_get_rect (context);

  if (!storm_context_get_collapsed (context))
    return *rect;
  return (StormRect) { rect->x, rect->y, STORM_CARD_WIDTH, STORM_CARD_HEIGHT };
}

/** storm_fold_is_frame: whether @object is a context that is not collapsed. */
static inline gboolean
storm_fold_is_frame (StormObject *object)
{
  return STORM_IS_CONTEXT (object) && !storm_context_get_collapsed (STORM_CONTEXT (object));
}

/** storm_board_get_context_around: (nullable): what @object belongs to directly. */
StormContext *storm_board_get_context_around (StormBoard  *board,
                                              StormObject *object);
/** storm_board_get_card_of: (nullable): the outermost collapsed context around @object, which is
 * seen in its place. A walk up through the contexts around it. */
StormContext *storm_board_get_card_of (StormBoard   *board,
                                       StormObject  *object);

/** storm_board_get_rank: contexts are drawn by this, lowest first, then by their z: those in others
 * above them, and swimlanes below contexts that lie as deep. */
guint         storm_board_get_rank    (StormBoard   *board,
                                       StormContext *context);

/**
 * StormCard:
 * @n_kinds: how many stickies of each kind it stands for
 * @stickies: (element-type StormSticky): these
 * @n_contexts: how many contexts lie in it
 *
 * A collapsed context that is to be seen.
 */
typedef struct
{
  StormContext *context;
  guint         n_kinds[STORM_N_KINDS];
  GPtrArray    *stickies;
  guint         n_contexts;
} StormCard;

/**
 * StormFoldFlow:
 * @shown: %FALSE when both ends are in one card, or another flow is seen in its place
 * @from: the sticky, or the context that is seen in its place; likewise @to
 * @n_merged: for how many flows it stands
 * @merged: (nullable) (element-type StormFlow): the others of these
 * @place: among those between the same two that are shown
 * @n_beside: how many these are
 *
 * A flow with an end at a card.
 */
typedef struct
{
  gboolean     shown;
  StormObject *from;
  StormObject *to;
  guint        n_merged;
  GPtrArray   *merged;
  guint        place;
  guint        n_beside;
} StormFoldFlow;

/**
 * StormFold:
 *
 * What collapsed contexts hide of a board at one moment. It keeps what it names alive, and is made
 * anew after a change of what belongs to which context. Main thread.
 */
typedef struct _StormFold StormFold;

/** storm_fold_new: (nullable): %NULL when no context of @board is collapsed. */
StormFold           *storm_fold_new        (StormBoard   *board);
void                 storm_fold_free       (StormFold    *self);

/** storm_fold_get_card_of: (nullable): the card that hides the sticky or context @object; O(1). */
const StormCard     *storm_fold_get_card_of (StormFold   *self,
                                             StormObject *object);
/** storm_fold_get_card: (nullable): the card that @context is. */
const StormCard     *storm_fold_get_card   (StormFold    *self,
                                            StormContext *context);
/** storm_fold_get_flow: (nullable): %NULL when it is drawn as ever. */
const StormFoldFlow *storm_fold_get_flow   (StormFold    *self,
                                            StormFlow    *flow);

/** storm_fold_measure: around all that is seen of @board; %FALSE when that is nothing. */
gboolean             storm_fold_measure    (StormBoard   *board,
                                            StormRect    *out);

/** StormFoldFunc: @object: a hidden sticky or context, or a flow with an end at a card. */
typedef void       (*StormFoldFunc)        (StormObject  *object,
                                            gpointer      user_data);
void                 storm_fold_foreach    (StormFold    *self,
                                            StormFoldFunc func,
                                            gpointer      user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormFold, storm_fold_free)

G_END_DECLS
