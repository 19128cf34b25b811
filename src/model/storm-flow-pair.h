#pragma once

#include "storm-board.h"

G_BEGIN_DECLS

/**
 * storm_flow_is_beside:
 *
 * Whether two flows run between the same two stickies, in whichever direction.
 */
gboolean storm_flow_is_beside  (StormFlow  *a,
                                StormFlow  *b);

/**
 * storm_flow_pair_place:
 * @n: (out): how many flows of @board run between the two stickies of @flow, itself included
 *
 * Returns: the place of @flow among these, from 0; it depends on their ids only
 */
guint    storm_flow_pair_place (StormBoard *board,
                                StormFlow  *flow,
                                guint      *n);

/**
 * storm_flow_pair_candidates:
 *
 * Returns: (transfer none) (nullable) (element-type StormFlow): flows of @board among which are all
 *   that run beside @flow, as few as is known at once; valid until the next change
 */
GPtrArray *storm_flow_pair_candidates (StormBoard *board,
                                       StormFlow  *flow);

G_END_DECLS
