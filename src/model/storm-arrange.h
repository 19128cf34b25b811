#pragma once

#include "storm-geometry.h"

G_BEGIN_DECLS

/** STORM_ARRANGE_GAP: between stacked stickies; a flow with its head fits in. */
#define STORM_ARRANGE_GAP 40.0

/**
 * StormArrange:
 * @STORM_ARRANGE_LEFT: left edges on the leftmost; likewise right, top and bottom
 * @STORM_ARRANGE_CENTER: centres on the vertical line through the middle of all
 * @STORM_ARRANGE_MIDDLE: centres on the horizontal line through the middle of all
 * @STORM_ARRANGE_SPREAD_ACROSS: equal gaps from left to right, the outermost stay; where there is
 *   no room for gaps, equal distances of the centres
 * @STORM_ARRANGE_SPREAD_DOWN: the same from top to bottom
 * @STORM_ARRANGE_SAME_WIDTH: as wide as the widest; the upper left corners stay
 * @STORM_ARRANGE_SAME_SIZE: as wide as the widest and as high as the highest
 * @STORM_ARRANGE_ROW: beside each other from the left one on, %STORM_ARRANGE_GAP apart, tops level
 * @STORM_ARRANGE_COLUMN: below each other from the top one on, %STORM_ARRANGE_GAP apart, left edges
 *   level
 */
typedef enum
{
  STORM_ARRANGE_LEFT,
  STORM_ARRANGE_CENTER,
  STORM_ARRANGE_RIGHT,
  STORM_ARRANGE_TOP,
  STORM_ARRANGE_MIDDLE,
  STORM_ARRANGE_BOTTOM,
  STORM_ARRANGE_SPREAD_ACROSS,
  STORM_ARRANGE_SPREAD_DOWN,
  STORM_ARRANGE_SAME_WIDTH,
  STORM_ARRANGE_SAME_HEIGHT,
  STORM_ARRANGE_SAME_SIZE,
  STORM_ARRANGE_ROW,
  STORM_ARRANGE_COLUMN,
  STORM_N_ARRANGE
} StormArrange;

/** storm_arrange_min_n: with fewer objects there is nothing to do: 3 to spread, else 2. */
guint storm_arrange_min_n (StormArrange  how);

/**
 * storm_arrange:
 * @rects: (inout) (array length=n)
 *
 * Doing it again changes nothing (but for the last digits).
 */
void  storm_arrange       (StormArrange  how,
                           StormRect    *rects,
                           guint         n);

G_END_DECLS
