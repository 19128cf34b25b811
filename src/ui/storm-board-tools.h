#pragma once

#include <gtk/gtk.h>

#include "storm-canvas.h"
#include "storm-palette-bar.h"
#include "storm-zoom-bar.h"

G_BEGIN_DECLS

/**
 * storm_board_tools_add_palette:
 *
 * Puts the palette over the canvas; what it places and what the canvas places stay the same.
 *
 * Returns: (transfer none): the palette bar
 */
StormPaletteBar *storm_board_tools_add_palette (GtkOverlay  *overlay,
                                                StormCanvas *canvas);

/**
 * storm_board_tools_add_view:
 *
 * @zoom_bar: (out) (transfer none)
 *
 * Puts minimap and zoom bar over the canvas.
 *
 * Returns: (transfer none): the minimap
 */
GtkWidget       *storm_board_tools_add_view    (GtkOverlay    *overlay,
                                                StormCanvas   *canvas,
                                                StormZoomBar **zoom_bar);

G_END_DECLS
