#pragma once

#include <gtk/gtk.h>

#include "storm-monitor-controller.h"

G_BEGIN_DECLS

#define STORM_TYPE_EVENT_DETAILS (storm_event_details_get_type ())

/**
 * StormEventDetails:
 *
 * All that is known of the monitor's selected event: where its fields were read from and why it
 * matched, the headers, and the payload: pretty JSON with highlighting, other text as it is, raw
 * bytes of what is no text.
 */
G_DECLARE_FINAL_TYPE (StormEventDetails, storm_event_details, STORM, EVENT_DETAILS, GtkWidget)

GtkWidget *storm_event_details_new (StormMonitorController *controller);

G_END_DECLS
