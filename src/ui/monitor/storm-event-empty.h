#pragma once

#include <gtk/gtk.h>

#include "storm-monitor-controller.h"

G_BEGIN_DECLS

#define STORM_TYPE_EVENT_EMPTY (storm_event_empty_get_type ())

/**
 * StormEventEmpty:
 *
 * What stands in the place of the event list while it has no rows: why, and a way on. Follows the
 * controller's source by itself. Signal `clear-filters`: its button was pressed while it was the
 * filters that let nothing through.
 */
G_DECLARE_FINAL_TYPE (StormEventEmpty, storm_event_empty, STORM, EVENT_EMPTY, GtkWidget)

GtkWidget *storm_event_empty_new         (StormMonitorController *controller);
/** storm_event_empty_set_filtered: @words: what let nothing through; %NULL when nothing came. */
void       storm_event_empty_set_filtered (StormEventEmpty *self,
                                           const char      *words);

G_END_DECLS
