#pragma once

#include "storm-canvas.h"

G_BEGIN_DECLS

#define STORM_TYPE_MINIMAP (storm_minimap_get_type ())

/**
 * StormMinimap:
 *
 * The whole board in small, with the part that the canvas shows; pressing and dragging moves that
 * part. Hidden while all of the board is in view, as there is nothing to find then.
 *
 * GObject property: `enabled` (boolean): whether the user wants it at all.
 */
G_DECLARE_FINAL_TYPE (StormMinimap, storm_minimap, STORM, MINIMAP, GtkWidget)

GtkWidget *storm_minimap_new (StormCanvas *canvas);

G_END_DECLS
