#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STORM_TYPE_ZOOM_BAR (storm_zoom_bar_get_type ())

/**
 * StormZoomBar:
 *
 * Smaller, the zoom in percent with a menu, larger, and the whole board. GObject property `zoom`
 * (double, 1 is 100 %). Uses the `win.zoom-*` actions.
 */
G_DECLARE_FINAL_TYPE (StormZoomBar, storm_zoom_bar, STORM, ZOOM_BAR, GtkWidget)

void storm_zoom_bar_set_zoom (StormZoomBar *self,
                              double        zoom);
/** storm_zoom_bar_append_section: at the end of the menu. */
void storm_zoom_bar_append_section (StormZoomBar *self,
                                    GMenuModel   *section);
/** storm_zoom_bar_add_popover: @popover: pops up where the menu does. */
void storm_zoom_bar_add_popover (StormZoomBar *self,
                                 GtkWidget    *popover);

G_END_DECLS
