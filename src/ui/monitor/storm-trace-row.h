#pragma once

#include <gtk/gtk.h>

#include "storm-monitor.h"

G_BEGIN_DECLS

#define STORM_TYPE_TRACE_ROW (storm_trace_row_get_type ())

/** StormTraceRow: one trace in the list: its key, what happened last, how many events, when. */
G_DECLARE_FINAL_TYPE (StormTraceRow, storm_trace_row, STORM, TRACE_ROW, GtkWidget)

GtkWidget *storm_trace_row_new     (StormMonitor  *monitor);
/** storm_trace_row_set_trace: @trace: (nullable). */
void       storm_trace_row_set_trace (StormTraceRow *self,
                                      StormTrace    *trace);
/** storm_trace_row_refresh: the trace may have grown. */
/** storm_trace_row_get_trace: (transfer none) (nullable): the one that it shows. */
StormTrace *storm_trace_row_get_trace (StormTraceRow *self);
void       storm_trace_row_refresh (StormTraceRow *self);

G_END_DECLS
