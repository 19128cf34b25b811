#pragma once

#include <gtk/gtk.h>

#include "storm-board-file.h"
#include "storm-monitor.h"
#include "storm-source.h"

G_BEGIN_DECLS

#define STORM_TYPE_MONITOR_CONTROLLER (storm_monitor_controller_get_type ())

/**
 * StormMonitorController:
 *
 * What runs while a board is being watched: the #StormMonitor, the source with its queue, the
 * capture; once a frame it hands the batches of the queue to the monitor and the capture, within a
 * time budget of 4 ms. GObject properties that notify: `source` (nullable), `state`
 * (StormSourceState), `status` (a translated sentence), `capturing` (boolean). Signal `failed`
 * (GError *error).
 */
G_DECLARE_FINAL_TYPE (StormMonitorController, storm_monitor_controller, STORM, MONITOR_CONTROLLER,
                      GObject)

/** storm_monitor_controller_new: @widget: whose frame clock is used; not held. */
StormMonitorController *storm_monitor_controller_new    (StormBoardFile *file,
                                                         GtkWidget      *widget);
StormMonitor           *storm_monitor_controller_get_monitor (StormMonitorController *self);
StormBoardFile         *storm_monitor_controller_get_file (StormMonitorController *self);
/** storm_monitor_controller_watch: stops what ran, clears the monitor, and starts @source. */
void                    storm_monitor_controller_watch  (StormMonitorController *self,
                                                         StormSource            *source);
void                    storm_monitor_controller_stop   (StormMonitorController *self);
StormSource            *storm_monitor_controller_get_source (StormMonitorController *self);
void                    storm_monitor_controller_clear  (StormMonitorController *self);
void                    storm_monitor_controller_keep_recording (StormMonitorController *self,
                                                                 const char             *title);
void                    storm_monitor_controller_export (StormMonitorController *self,
                                                         GFile                  *file);

G_END_DECLS
