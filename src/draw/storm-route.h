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

/** STORM_ROUTE_MAX_BENDS: points that a flow can be led through. */
#define STORM_ROUTE_MAX_BENDS 64
/** STORM_ROUTE_MAX_POINTS: a way around has six at most, a led flow up to so many. */
#define STORM_ROUTE_MAX_POINTS (2 * STORM_ROUTE_MAX_BENDS + 4)
/** STORM_ROUTE_STUB: how far a flow that goes around keeps from the stickies, in board units. */
#define STORM_ROUTE_STUB 24.0

/**
 * StormRoute:
 * @start: the side that it leaves
 * @end: the side from which its head comes: that which it enters, or the other one where it comes
 *   from within a context
 * @points: (array length=n): from the border of the first to the border of the second. The last
 *   member: storm_route_dup() leaves the others out
 *
 * How a flow runs: axis-aligned, always the same for the same two places and what lies between.
 */
typedef struct
{
  guint      n;
  StormSide  start;
  StormSide  end;
  StormPoint points[STORM_ROUTE_MAX_POINTS];
} StormRoute;

/** storm_route_dup: (transfer full): with room for its points only, so that it can't be assigned;
 * freed with g_free(). */
StormRoute *storm_route_dup      (const StormRoute *self);


/** storm_route_compute: with at most two bends, as if nothing else were on the board. */
void       storm_route_compute   (const StormRect  *from,
                                  const StormRect  *to,
                                  StormRoute       *out);
/** storm_route_within: from a context to what lies in it, or back: straight over the narrowest
 * side. */
void       storm_route_within    (const StormRect  *outer,
                                  const StormRect  *inner,
                                  gboolean          inwards,
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
gboolean   storm_route_equal      (const StormRoute *a,
                                   const StormRoute *b);
/** storm_route_same_shape: whether both have the same bends on the same sides, some way apart. */
gboolean   storm_route_same_shape (const StormRoute *a,
                                   const StormRoute *b);
/** storm_route_cuts: whether it passes through @rect, or nearer to it than @clear. */
gboolean   storm_route_cuts       (const StormRoute *self,
                                   const StormRect  *rect,
                                   double            clear);
/** storm_route_length: of all its runs. */
double     storm_route_length     (const StormRoute *self);
/** storm_route_bounds: around all of it. */
StormRect  storm_route_bounds    (const StormRoute *self);
/**
 * storm_route_label_point:
 * @place: from 0, among @n flows between the same two
 *
 * The middle of the longest run; where the words of those beside it would lie on one another, one
 * after another along it.
 */
StormPoint storm_route_label_point (const StormRoute *self,
                                    guint             place,
                                    guint             n);
double     storm_route_distance  (const StormRoute *self,
                                  StormPoint        point);
/** storm_side_point: the middle of @side, @out outside of it. */
StormPoint storm_side_point      (const StormRect  *rect,
                                  StormSide         side,
                                  double            out);

G_END_DECLS
