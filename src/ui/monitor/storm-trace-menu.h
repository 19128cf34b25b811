#pragma once

#include "storm-monitor-controller.h"
#include "storm-trace-row.h"

G_BEGIN_DECLS

/**
 * storm_trace_menu_add:
 * @row: of the trace list
 *
 * Gives it a context menu: what can be done with its trace.
 */
void storm_trace_menu_add    (StormTraceRow          *row,
                              StormMonitorController *controller);
/** storm_trace_menu_add_key: Menu and Shift+F10 open the menu of the row that has the focus in
 * @list. */
void storm_trace_menu_add_key (GtkWidget             *list,
                               StormMonitorController *controller);

G_END_DECLS
