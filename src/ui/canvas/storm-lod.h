#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StormLod:
 * @STORM_LOD_FULL: shadow, kind, title
 * @STORM_LOD_TEXT: no shadow
 * @STORM_LOD_BODY: plain rectangles
 * @STORM_LOD_RECT: the same; flows without labels and, soon, without heads
 * @STORM_LOD_PIXELS: one picture that is filled by hand
 *
 * How much of a sticky is drawn.
 */
typedef enum
{
  STORM_LOD_FULL,
  STORM_LOD_TEXT,
  STORM_LOD_BODY,
  STORM_LOD_RECT,
  STORM_LOD_PIXELS,
} StormLod;

/** STORM_NODE_CEILING: GTK 4.8's GL renderer aborts the process beyond about 65,000 batches. */
#define STORM_NODE_CEILING 20000

/** storm_lod_for_zoom: by the height of an ordinary sticky (120 units) on the screen. */
StormLod storm_lod_for_zoom  (double   zoom);
/** storm_lod_nodes: about how many render nodes the view takes. */
guint64  storm_lod_nodes     (StormLod lod,
                              guint    n_stickies,
                              guint    n_flows);
/** storm_lod_choose: as for the zoom, but coarser when the view would take too many nodes. */
StormLod storm_lod_choose    (double   zoom,
                              guint    n_stickies,
                              guint    n_flows);
/** storm_lod_has_heads: whether flows carry arrow heads. */
gboolean storm_lod_has_heads (StormLod lod,
                              double   zoom);

/** STORM_GRID_STEP: of the board's grid, to which things snap while it is shown. */
#define STORM_GRID_STEP 20.0
/** storm_lod_grid_step: board units between the lines that are drawn: some steps, far enough
 * apart to be told apart. */
double   storm_lod_grid_step (double   zoom);

G_END_DECLS
