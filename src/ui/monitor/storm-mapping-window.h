#pragma once

#include <adwaita.h>

#include "storm-history.h"
#include "storm-monitor-controller.h"

G_BEGIN_DECLS

#define STORM_TYPE_MAPPING_WINDOW (storm_mapping_window_get_type ())

/**
 * StormMappingWindow:
 *
 * What the samples say about where an event's fields stand: the convention that was recognised and
 * why, possible correlation keys to choose from, how the newest events would be read, and the
 * mapping as text to edit. Apply keeps it with the board, as one undo step. Nothing is ever guessed
 * silently.
 */
G_DECLARE_FINAL_TYPE (StormMappingWindow, storm_mapping_window, STORM, MAPPING_WINDOW, AdwWindow)

GtkWidget *storm_mapping_window_new (StormMonitorController *controller);

G_END_DECLS
