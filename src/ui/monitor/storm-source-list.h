#pragma once

#include "storm-monitor-controller.h"

G_BEGIN_DECLS

#define STORM_TYPE_SOURCE_LIST (storm_source_list_get_type ())

/**
 * StormSourceList:
 *
 * What is being watched, one row for each connection: how it goes with it, and what can be done.
 * Signals: `edit` (StormSource *source): somebody wants to change the connection of a Kafka;
 * `remove` (StormSource *source): it is not to be watched any more.
 */
G_DECLARE_FINAL_TYPE (StormSourceList, storm_source_list, STORM, SOURCE_LIST, GtkWidget)

GtkWidget  *storm_source_list_new      (StormMonitorController *controller);

/** storm_source_dot_class: of the CSS class `source-dot`, for a state. */
const char *storm_source_dot_class     (StormSourceState        state);
/** storm_source_dup_sentence: (transfer full): how it goes with source @i, without its name. */
char       *storm_source_dup_sentence  (StormMultiSource       *sources,
                                        guint                   i);

G_END_DECLS
