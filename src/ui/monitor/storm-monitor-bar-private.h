#pragma once

/* What storm-monitor-bar.c, storm-monitor-bar-actions.c and storm-trouble-actions.c share. */

#include "storm-clock-button.h"
#include "storm-connection.h"
#include "storm-monitor-bar.h"
#include "storm-notice-bar.h"
#include "storm-trouble-bar.h"

G_BEGIN_DECLS

struct _StormMonitorBar
{
  GtkWidget               parent_instance;

  StormMonitorController *controller;
  StormMonitor           *monitor;
  StormConnectionList    *connections;
  char                   *speed;      /* "0", "1" or "10" */
  const char             *dot_class;
  guint                   menu_id;
  gboolean                menu_of_running;   /* the menu is that of somebody who watches */

  GtkWidget              *compare;    /* window, NULL while there is none */
  GtkWidget              *rows;
  StormNoticeBar         *notice;
  StormTroubleBar        *troubles;
  GtkMenuButton          *source_button;
  GtkWidget              *dot;
  GtkLabel               *status;
  GtkBox                 *key_place;
  GtkMenuButton          *rates_button;
  GtkLabel               *summary;
  GtkSpinner             *spinner;
  StormClockButton       *clocks;
  GtkWidget              *pause;
  GtkWidget              *menu_button;
};

GtkWindow *storm_monitor_bar_get_window (StormMonitorBar *self);
/* Tells the user, unless it was the user who stopped it. */
void storm_monitor_bar_fail            (StormMonitorBar *self,
                                        GError          *error);
/* The source menu anew: a connection or a recording came or went. */
void storm_monitor_bar_fill_menu       (StormMonitorBar *self);
void storm_monitor_bar_install_actions (GtkWidgetClass  *widget_class);
/* storm-source-actions.c: what is watched. */
void storm_monitor_bar_install_source_actions (GtkWidgetClass *widget_class);
void storm_monitor_bar_edit_source     (StormMonitorBar *self,
                                        StormSource     *source);
gboolean storm_monitor_bar_can_edit_source (StormMonitorBar *self);
void storm_monitor_bar_install_trouble_actions (GtkWidgetClass *widget_class);
/* Has a page of the side shown. */
void storm_monitor_bar_show_side       (StormMonitorBar *self,
                                        const char      *name);
/* storm-compare-actions.c: a window in which traces are compared. */
void storm_monitor_bar_install_compare_actions (GtkWidgetClass *widget_class);
void storm_monitor_bar_follow_compare  (StormMonitorBar *self);
void storm_monitor_bar_close_compare   (StormMonitorBar *self);
/* Has the board show a sticky. */
void storm_monitor_bar_reveal          (StormMonitorBar *self,
                                        const char      *id);

G_END_DECLS
