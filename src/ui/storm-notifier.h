#pragma once

#include <gtk/gtk.h>

#include "storm-monitor.h"

G_BEGIN_DECLS

#define STORM_TYPE_NOTIFIER (storm_notifier_get_type ())

/**
 * StormNotifier:
 *
 * Tells on the desktop which traces failed or stopped, when that was asked for in the settings
 * (`notify-troubles`) and the window is not the one that is being used; each trace once, several
 * together. A notification leads to the window and the trace, and goes away with the trouble or
 * when somebody comes back to the window. Recordings are of the past: nothing is told of them.
 */
G_DECLARE_FINAL_TYPE (StormNotifier, storm_notifier, STORM, NOTIFIER, GObject)

/** storm_notifier_new: @widget: in the window that shows the board; not held. */
StormNotifier *storm_notifier_new (StormMonitor *monitor,
                                   GtkWidget    *widget);

G_END_DECLS
