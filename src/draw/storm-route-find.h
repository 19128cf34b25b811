#pragma once

#include "storm-grid.h"
#include "storm-route.h"

G_BEGIN_DECLS

/** STORM_ROUTE_CLEAR: nearer than this to a sticky, a flow counts as cutting it, in board units. */
#define STORM_ROUTE_CLEAR 6.0

/**
 * StormRouteEnds:
 * @from: the first sticky
 * @to: the second
 * @place: from 0, among @n flows between the same two
 * @framed: one of them is a context, which the other may lie in
 * @bends: (nullable) (array length=n_bends): what it is led through; then nothing else counts
 * @cards: (nullable): what else it should not cut, as stickies: cards of collapsed contexts
 */
typedef struct
{
  StormRect         from;
  StormRect         to;
  guint             place;
  guint             n;
  gboolean          framed;
  const StormPoint *bends;
  guint             n_bends;
  StormGrid        *cards;
} StormRouteEnds;

/**
 * storm_route_find:
 * @stickies: everything that a flow should not cut, the two at its ends among them
 * @previous: (nullable): how it ran before a small movement. Its shape is kept until another is
 *   clearly better, so that nothing flickers while something is dragged
 *
 * The plain route where that is free, else the best of those with at most five runs that cut the
 * fewest stickies near the way. It depends on nothing but its arguments.
 *
 * Returns: whether something stood in the way: then the route depends on all that touches
 *   storm_route_reach(), else on what touches the route only
 */
gboolean  storm_route_find  (StormGrid            *stickies,
                             const StormRouteEnds *ends,
                             const StormRoute     *previous,
                             StormRoute           *out);

/** storm_route_plain: without a look at what is in the way. */
void      storm_route_plain (const StormRouteEnds *ends,
                             StormRoute           *out);

/** storm_route_reach: around every way that may be taken. */
StormRect storm_route_reach (const StormRouteEnds *ends);

G_END_DECLS
