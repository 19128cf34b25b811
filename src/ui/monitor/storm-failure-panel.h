#pragma once

#include <gtk/gtk.h>

#include "storm-monitor.h"

G_BEGIN_DECLS

#define STORM_TYPE_FAILURE_PANEL (storm_failure_panel_get_type ())

/**
 * StormFailurePanel:
 *
 * The fail events of the board, what each needs to be compensated, and the traces in which that is
 * still open. It works only while it is seen. Signal `chosen` (const char *key): a trace is to be
 * shown.
 */
G_DECLARE_FINAL_TYPE (StormFailurePanel, storm_failure_panel, STORM, FAILURE_PANEL, GtkWidget)

GtkWidget *storm_failure_panel_new (StormMonitor *monitor);

G_END_DECLS
