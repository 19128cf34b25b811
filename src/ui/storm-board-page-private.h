#pragma once

#include <adwaita.h>

#include "storm-board-header.h"
#include "storm-board-page.h"
#include "storm-board-tools.h"
#include "storm-command-palette.h"
#include "storm-entry-box.h"
#include "storm-find-bar.h"
#include "storm-notice-bar.h"
#include "storm-outline.h"
#include "storm-view-menu.h"

G_BEGIN_DECLS

struct _StormBoardPage
{
  GtkWidget parent_instance;

  GtkWidget *box;
  StormBoardHeader *header;
  StormNoticeBar *notice;
  GtkRevealer *monitor_slot;
  GtkPaned *outline_paned;
  AdwBin *outline_slot;
  GtkPaned *side_paned;
  GtkPaned *events_paned;
  AdwBin *events_slot;
  GtkOverlay *overlay;
  GtkWidget *side;
  GtkStackSwitcher *side_switcher;
  GtkStack *side_stack;

  StormBoardFile *file;
  StormBoard *board;
  StormHistory *history;
  StormSelection *selection;
  StormCanvas *canvas;
  StormPaletteBar *palette_bar;
  GtkWidget *minimap;
  StormViewMenu *view_menu;
  StormFindBar *find_bar;
  StormEntryBox *entry_box;
  StormCommandPalette *commands;
  StormOutline *outline;
  StormMonitorController *controller;
  GtkWidget *monitor_bar;

  gboolean monitoring;
  gboolean show_side;
  gboolean narrow;
  /* What show_side was before the window became narrow. */
  gboolean wide_show_side;
};

/* storm-board-page.c */
void storm_board_page_reveal     (StormBoardPage *self,
                                  const char     *id);

/* storm-board-page-search.c: what floats over the board while it is searched or typed into. */
void storm_board_page_add_search (StormBoardPage *self);

G_END_DECLS
