#pragma once

#include <gtk/gtk.h>

#include "storm-monitor-controller.h"

G_BEGIN_DECLS

#define STORM_TYPE_MONITOR_BAR (storm_monitor_bar_get_type ())

/**
 * StormMonitorBar:
 *
 * The bar under the header while monitoring: source chooser (connections, demo, recordings, a
 * file), its state as a sentence, correlation key entry with completion, pause, clear, follow, and
 * a menu (keep recording, export). Installs the `monitor.*` actions on itself; the window forwards
 * them.
 */
G_DECLARE_FINAL_TYPE (StormMonitorBar, storm_monitor_bar, STORM, MONITOR_BAR, GtkWidget)

GtkWidget *storm_monitor_bar_new (StormMonitorController *controller);

G_END_DECLS
