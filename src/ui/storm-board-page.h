#pragma once

#include <gtk/gtk.h>

#include "storm-board-file.h"
#include "storm-canvas.h"
#include "storm-monitor-controller.h"

G_BEGIN_DECLS

#define STORM_TYPE_BOARD_PAGE (storm_board_page_get_type ())

/**
 * StormBoardPage:
 *
 * One open board in a window: header, palette, canvas, outline and inspector, and while monitoring
 * the monitor bar, the events and the traces.
 *
 * GObject properties that notify: `title`, `monitoring`, `show-side` (inspector or traces),
 * `show-outline`, `show-minimap`, `show-grid`; `focus-mode`: only the board is seen; `presenting`:
 * its saved views as slides. Signals: `failed` (GError *error): something to tell the user; `done`
 * (const char *words): what took its time is finished.
 */
G_DECLARE_FINAL_TYPE (StormBoardPage, storm_board_page, STORM, BOARD_PAGE, GtkWidget)

GtkWidget      *storm_board_page_new            (StormBoardFile *file);
StormBoardFile *storm_board_page_get_file       (StormBoardPage *self);
StormCanvas    *storm_board_page_get_canvas     (StormBoardPage *self);
StormSelection *storm_board_page_get_selection  (StormBoardPage *self);
/** storm_board_page_get_title: the board's title, or words for a board without one. */
const char     *storm_board_page_get_title      (StormBoardPage *self);
void            storm_board_page_set_palette    (StormBoardPage *self,
                                                 StormPalette    palette);
/** storm_board_page_expect_width: the window is going to be as wide, so that its first frame can
 * be arranged for that. */
void            storm_board_page_expect_width   (StormBoardPage *self,
                                                 int             width);
void            storm_board_page_set_monitoring (StormBoardPage *self,
                                                 gboolean        monitoring);
/** storm_board_page_get_event_panel: has the `events.*` actions. */
GtkWidget      *storm_board_page_get_event_panel  (StormBoardPage *self);
/** storm_board_page_get_heat_legend: has the properties `heat` and `show-times`. */
GtkWidget      *storm_board_page_get_heat_legend (StormBoardPage *self);
/** storm_board_page_get_timeline_bar: (nullable): has the `timeline.*` actions. */
GtkWidget      *storm_board_page_get_timeline_bar (StormBoardPage *self);
/** storm_board_page_get_monitor_bar: (nullable): has the `monitor.*` actions. */
GtkWidget      *storm_board_page_get_monitor_bar (StormBoardPage *self);

/* What the window's actions of the same names do. */
void            storm_board_page_rename         (StormBoardPage *self);
void            storm_board_page_find           (StormBoardPage *self);
/** storm_board_page_show_commands: the command palette. */
void            storm_board_page_show_commands  (StormBoardPage *self);
/** storm_board_page_enter_list: the box in which each line makes a sticky; again closes it. */
void            storm_board_page_enter_list     (StormBoardPage *self);
/** storm_board_page_watch: turns monitoring on and watches @source. */
void            storm_board_page_watch          (StormBoardPage *self,
                                                 StormSource    *source);
/** storm_board_page_insert: adds @board's objects to this board, beside what is there. */
void            storm_board_page_insert         (StormBoardPage *self,
                                                 StormBoard     *board);

/** storm_board_page_close: stops watching, keeps view and picture, and closes the file. */
gboolean        storm_board_page_close          (StormBoardPage *self,
                                                 GError        **error);

G_END_DECLS
