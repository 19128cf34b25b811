#pragma once

#include <gtk/gtk.h>

#include "storm-monitor-controller.h"

G_BEGIN_DECLS

#define STORM_TYPE_TRACE_PANEL (storm_trace_panel_get_type ())

/**
 * StormTracePanel:
 *
 * At the right while monitoring: the traces (key, last event, count, last time; click chooses), and
 * below them the details of the selected event (pretty JSON with highlighting, headers, raw bytes
 * of what is not text; where the fields were read from, and why it matched).
 */
G_DECLARE_FINAL_TYPE (StormTracePanel, storm_trace_panel, STORM, TRACE_PANEL, GtkWidget)

GtkWidget *storm_trace_panel_new (StormMonitorController *controller);

G_END_DECLS
