#pragma once

#include "storm-route.h"

G_BEGIN_DECLS

/**
 * storm_route_through:
 * @bends: (array length=n): points that it is led through, one at least
 *
 * A flow that somebody led: axis-aligned through all of @bends, with a bend more where two of them
 * are in no line. It leaves and enters straight across from a bend, as far as the sides reach.
 */
void  storm_route_through    (const StormRect  *from,
                              const StormRect  *to,
                              const StormPoint *bends,
                              guint             n,
                              StormRoute       *out);

/** storm_route_nearest_run: the index of the run of @self that is nearest to @at. */
guint storm_route_nearest_run (const StormRoute *self,
                               StormPoint        at);

/**
 * storm_route_pull_run:
 * @run: the index of its first point
 * @by: how far it was pulled; only what is across the run counts
 * @at: where it was taken
 * @bends: (out caller-allocates): room for %STORM_ROUTE_MAX_POINTS
 *
 * Returns: how many bends lead the route then, its other runs as they are
 */
guint storm_route_pull_run    (const StormRoute *self,
                               guint             run,
                               StormPoint        at,
                               StormPoint        by,
                               StormPoint       *bends);
/** storm_route_pull_bend: the same for the point @i between the ends, put to @to. */
guint storm_route_pull_bend   (const StormRoute *self,
                               guint             i,
                               StormPoint        to,
                               StormPoint       *bends);
/** storm_route_drop_bend: the same without the point @i, and settled; 0 when nothing simpler is
 * left. */
guint storm_route_drop_bend   (const StormRoute *self,
                               const StormRect  *from,
                               const StormRect  *to,
                               guint             i,
                               StormPoint       *bends);
/**
 * storm_route_settle_bends:
 *
 * Leaves out of @bends what a flow between the two does not need: runs that were pulled into line,
 * and all of them when it is straight.
 *
 * Returns: how many are left
 */
guint storm_route_settle_bends (const StormRect *from,
                                const StormRect *to,
                                StormPoint      *bends,
                                guint            n);

G_END_DECLS
