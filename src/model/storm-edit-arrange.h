#pragma once

#include "storm-arrange.h"
#include "storm-change.h"

G_BEGIN_DECLS

/**
 * storm_edit_arrange:
 * @ids: (element-type utf8): stickies and contexts; what is carried by a context of these,
 *   stickies and nested contexts, goes along with it
 *
 * Aligns, spreads, stacks or makes the same size. With stickies in @ids only these change their
 * size. Stickies join the contexts that they come to lie in.
 *
 * Returns: (transfer full): the change; an empty one when there are too few
 */
StormChange *storm_edit_arrange (StormBoard   *board,
                                 GPtrArray    *ids,
                                 StormArrange  how);

/**
 * storm_edit_tidy:
 * @ids: (nullable) (element-type utf8): what is tidied; %NULL is all
 * @error: %STORM_ERROR_LIMIT when it would not fit on a board
 *
 * Lays out by storm_tidy(). Members of contexts stay members; a context of which only some
 * stickies are in @ids grows when they need more room; what lies in different swimlanes that are
 * not in @ids is laid out in each by itself. What is locked stays, and so does every context that
 * is locked or holds something that is, with all that lies in it; nothing else is laid there.
 * Pivotal events divide the board: what stands before one stays before it. Bends of flows whose
 * ends go different ways are dropped.
 *
 * Returns: (transfer full) (nullable): the change
 */
StormChange *storm_edit_tidy    (StormBoard   *board,
                                 GPtrArray    *ids,
                                 GError      **error);

G_END_DECLS
