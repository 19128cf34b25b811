#pragma once

#include "storm-geometry.h"

G_BEGIN_DECLS

typedef enum
{
  STORM_SIDE_LEFT,
  STORM_SIDE_RIGHT,
  STORM_SIDE_TOP,
  STORM_SIDE_BOTTOM,
} StormSide;

/** STORM_ROUTE_MAX_POINTS: four, for three runs. */
#define STORM_ROUTE_MAX_POINTS 4
/** STORM_ROUTE_STUB: how far a flow that goes around keeps from the stickies, in board units. */
#define STORM_ROUTE_STUB 24.0

/**
 * StormRoute:
 * @points: (array length=n): from the border of the first sticky to the border of the second
 * @start: the side that it leaves
 * @end: the side that it enters
 *
 * How a flow runs: axis-aligned, with at most two bends, always the same for the same two places.
 */
typedef struct
{
  StormPoint points[STORM_ROUTE_MAX_POINTS];
  guint      n;
  StormSide  start;
  StormSide  end;
} StormRoute;

void       storm_route_compute   (const StormRect  *from,
                                  const StormRect  *to,
                                  StormRoute       *out);
/**
 * storm_route_tell_apart:
 * @place: from 0, among @n flows between the same two
 *
 * Moves a computed route aside, so that each of several flows is seen: as far as there is room on
 * the sides of both stickies, and without crossing the others.
 */
void       storm_route_tell_apart (StormRoute      *self,
                                   const StormRect *from,
                                   const StormRect *to,
                                   guint            place,
                                   guint            n);
/** storm_route_bounds: around all of it. */
StormRect  storm_route_bounds    (const StormRoute *self);
/** storm_route_label_point: the middle of the longest run. */
StormPoint storm_route_label_point (const StormRoute *self);
double     storm_route_distance  (const StormRoute *self,
                                  StormPoint        point);
/** storm_side_point: the middle of @side, @out outside of it. */
StormPoint storm_side_point      (const StormRect  *rect,
                                  StormSide         side,
                                  double            out);

G_END_DECLS
