#include "config.h"

#include "storm-lod.h"

/* An ordinary sticky's height in board units. */
/* Pixels between two lines of the grid. */
#define MIN_LINES_APART 10
#define STICKY_HEIGHT 120.0
/* The rest of the ceiling is for badges, contexts and handles. */
#define BASE_NODES (STORM_NODE_CEILING * 6 / 10)
/* From here on filling a picture by hand is faster than the renderers, at the same look. */
#define RECT_NODES 2400

StormLod
storm_lod_for_zoom (double zoom)
{
  double h = STICKY_HEIGHT * zoom;

  if (h > 60)
    return STORM_LOD_FULL;
  if (h > 36)
    return STORM_LOD_TEXT;
  if (h > 24)
    return STORM_LOD_BODY;
  return h > 8 ? STORM_LOD_RECT : STORM_LOD_PIXELS;
}

guint64
storm_lod_nodes (StormLod lod,
                 guint    n_stickies,
                 guint    n_flows)
{
  /* A sticky: transform, container, body, and by level shadow, kind, lines of the title, dimming.
   * A flow: container, three runs, and by level head and label. */
  static const guint sticky[] = { 20, 16, 2, 2, 0 };
  static const guint flow[] = { 12, 12, 6, 4, 0 };

  if (lod == STORM_LOD_PIXELS)
    return 1;
  return (guint64) n_stickies * sticky[lod] + (guint64) n_flows * flow[lod];
}

StormLod
storm_lod_choose (double zoom,
                  guint  n_stickies,
                  guint  n_flows)
{
  StormLod lod = storm_lod_for_zoom (zoom);

  while (lod < STORM_LOD_PIXELS &&
         storm_lod_nodes (lod, n_stickies, n_flows) >
           (lod == STORM_LOD_RECT ? RECT_NODES : BASE_NODES))
    lod++;
  return lod;
}

gboolean
storm_lod_has_heads (StormLod lod,
                     double   zoom)
{
  return lod < STORM_LOD_RECT || (lod == STORM_LOD_RECT && STICKY_HEIGHT * zoom > 16);
}

double
storm_lod_grid_step (double zoom)
{
  double step = STORM_GRID_STEP;

  g_return_val_if_fail (zoom > 0, step);

  while (step * zoom < MIN_LINES_APART)
    step *= 5;
  return step;
}
