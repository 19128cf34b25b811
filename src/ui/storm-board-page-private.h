#pragma once

#include <adwaita.h>

#include "storm-board-header.h"
#include "storm-board-page.h"
#include "storm-board-tools.h"
#include "storm-command-palette.h"
#include "storm-entry-box.h"
#include "storm-find-bar.h"
#include "storm-heat-legend.h"
#include "storm-notice-bar.h"
#include "storm-notifier.h"
#include "storm-outline.h"
#include "storm-presenter.h"
#include "storm-sides.h"
#include "storm-view-menu.h"

G_BEGIN_DECLS

struct _StormBoardPage
{
  GtkWidget parent_instance;

  GtkWidget *box;
  StormBoardHeader *header;
  StormNoticeBar *notice;
  GtkRevealer *monitor_slot;
  StormSides *sides;
  AdwBin *outline_slot;
  GtkPaned *events_paned;
  AdwBin *events_slot;
  AdwBin *timeline_slot;
  GtkOverlay *overlay;
  GtkStackSwitcher *side_switcher;
  GtkStack *side_stack;

  StormBoardFile *file;
  StormBoard *board;
  StormHistory *history;
  StormSelection *selection;
  StormCanvas *canvas;
  StormPaletteBar *palette_bar;
  GtkWidget *minimap;
  GtkWidget *zoom_bar;
  GtkWidget *heat_legend;
  GtkWidget *inspector;
  StormPresenter *presenter;
  StormViewMenu *view_menu;
  StormFindBar *find_bar;
  StormEntryBox *entry_box;
  StormCommandPalette *commands;
  StormOutline *outline;
  StormMonitorController *controller;
  GtkWidget *monitor_bar;
  StormNotifier *notifier;

  gboolean monitoring;
  gboolean show_grid;
  gboolean show_timeline;
  /* Nothing but the board is shown; and that as slides, over the whole screen. */
  gboolean focus_mode;
  gboolean presenting;
  gboolean was_minimap;
  gboolean was_focus_mode;
  gboolean was_fullscreen;
};

/* storm-board-page.c */
void storm_board_page_reveal     (StormBoardPage *self,
                                  const char     *id);
void storm_board_page_fail       (StormBoardPage *self,
                                  GError         *error);
void storm_board_page_done       (StormBoardPage *self,
                                  const char     *words);

/* storm-board-page-monitor.c: what is seen while it is watched; not made before that, as most
 * boards never are. */
void storm_board_page_add_monitor (StormBoardPage *self);
void storm_board_page_follow_canvas (StormBoardPage *self);

/* storm-board-page-search.c: what floats over the board while it is searched or typed into. */
void storm_board_page_add_search (StormBoardPage *self);

/* storm-board-page.c: which panes are seen, after what was asked for and what is possible. */
void storm_board_page_update_panes (StormBoardPage *self);

/* storm-board-page-timeline.c: the time line, as long as there is something to watch. */
void storm_board_page_set_show_timeline (StormBoardPage *self,
                                         gboolean        show_timeline);
void storm_board_page_update_timeline (StormBoardPage *self);

/* storm-board-page-times.c: how long steps take, on the flows. */
void storm_board_page_add_times    (StormBoardPage *self);
void storm_board_page_update_times (StormBoardPage *self);
/* The legend says of which moment its colours are not. */
void storm_board_page_watch_moment (StormBoardPage *self);

/* storm-board-page-compare.c: what is compared is marked on the board. */
void storm_board_page_follow_comparison (StormBoardPage *self);

/* storm-board-page-present.c: the board without its tools. */
void storm_board_page_add_presenter (StormBoardPage *self);
void storm_board_page_set_focus_mode (StormBoardPage *self,
                                      gboolean        focus_mode);
void storm_board_page_set_presenting (StormBoardPage *self,
                                      gboolean        presenting);

G_END_DECLS
