#pragma once

#include "storm-hit.h"

G_BEGIN_DECLS

/** STORM_GUIDES_REACH: pixels from which a guide draws what is dragged onto itself. */
#define STORM_GUIDES_REACH 6.0
/** STORM_GUIDES_MAX_LINES: the most lines that are shown at once. */
#define STORM_GUIDES_MAX_LINES 12

/**
 * StormGuideLine:
 * @from: one end, in board units
 * @to: the other end, right of it or below it
 * @gap: it measures the room between two stickies; else it shows what stands in one line
 */
typedef struct
{
  StormPoint from;
  StormPoint to;
  gboolean   gap;
} StormGuideLine;

/** StormGuideAxes: in which directions something may be drawn into line. */
typedef enum
{
  STORM_GUIDE_ACROSS = 1 << 0,
  STORM_GUIDE_DOWN   = 1 << 1,
  STORM_GUIDE_BOTH   = STORM_GUIDE_ACROSS | STORM_GUIDE_DOWN,
} StormGuideAxes;

/**
 * StormSnap:
 * @dx: how far what is dragged goes on to stand in line, 0 when nothing is near
 * @dy: the same downwards
 * @snapped_x: whether a guide decides where it lies across; so it does with @snapped_y downwards
 * @lines: where and why, for the place after the snap
 */
typedef struct
{
  double         dx;
  double         dy;
  gboolean       snapped_x;
  gboolean       snapped_y;
  guint          n_lines;
  StormGuideLine lines[STORM_GUIDES_MAX_LINES];
} StormSnap;

/**
 * StormGuides:
 *
 * What a dragged rectangle can be brought in line with: edges and centres of others, the slot at
 * the layout's gap beside a neighbour, the middle between two, and the gap that its neighbours have
 * already. Made once a drag from what stands still; a look-up takes the logarithm of its number.
 */
typedef struct _StormGuides StormGuides;

/** storm_guides_new: @rects: (array length=n): what stands still; copied. */
StormGuides *storm_guides_new    (const StormRect   *rects,
                                  guint              n);
void         storm_guides_free   (StormGuides       *self);

/**
 * storm_guides_move:
 * @rect: where the dragged would lie without guides
 * @reach: in board units: %STORM_GUIDES_REACH / zoom
 */
void         storm_guides_move   (const StormGuides *self,
                                  const StormRect   *rect,
                                  StormGuideAxes     axes,
                                  double             reach,
                                  StormSnap         *out);

/** storm_guides_resize: the same for the two edges that meet in @corner, or the one; the others
 * stay. */
void         storm_guides_resize (const StormGuides *self,
                                  const StormRect   *rect,
                                  StormCorner        corner,
                                  double             reach,
                                  StormSnap         *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormGuides, storm_guides_free)

G_END_DECLS
