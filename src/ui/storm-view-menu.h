#pragma once

#include "storm-board-file.h"
#include "storm-canvas.h"
#include "storm-zoom-bar.h"

G_BEGIN_DECLS

#define STORM_TYPE_VIEW_MENU (storm_view_menu_get_type ())

/**
 * StormViewMenu:
 *
 * The saved views of a board: a section in the menu of the zoom bar, kept in the board's file. It
 * gives @page the actions `view.keep` (asks for the name), `view.go` (s: name) and `view.remove`
 * (s).
 */
G_DECLARE_FINAL_TYPE (StormViewMenu, storm_view_menu, STORM, VIEW_MENU, GObject)

/** storm_view_menu_new: @page: (not owned): an ancestor of canvas and zoom bar; outlives the
 * menu. */
StormViewMenu *storm_view_menu_new (StormBoardFile *file,
                                    StormCanvas    *canvas,
                                    StormZoomBar   *zoom_bar,
                                    GtkWidget      *page);
/** storm_view_menu_get_views: (transfer none) (element-type StormView): in the order of keeping. */
GPtrArray     *storm_view_menu_get_views (StormViewMenu *self);

G_END_DECLS
