#pragma once

#include <gtk/gtk.h>

#include "storm-history.h"
#include "storm-monitor-controller.h"
#include "storm-selection.h"

G_BEGIN_DECLS

#define STORM_TYPE_EVENT_PANEL (storm_event_panel_get_type ())

/**
 * StormEventPanel:
 *
 * Below the board while monitoring: filters and the event list; unmatched types with "Make sticky".
 * Selection goes both ways between list, monitor and board. Signal `reveal` (const char
 * *sticky_id): an event was double-clicked, or a sticky was made. Signal `failed` (GError *error).
 */
G_DECLARE_FINAL_TYPE (StormEventPanel, storm_event_panel, STORM, EVENT_PANEL, GtkWidget)

GtkWidget *storm_event_panel_new (StormMonitorController *controller,
                                  StormHistory           *history,
                                  StormSelection         *selection);

G_END_DECLS
