#pragma once

#include <gtk/gtk.h>

#include "storm-board-file.h"
#include "storm-clocks.h"
#include "storm-comparison.h"
#include "storm-field-drift.h"
#include "storm-flow-times.h"
#include "storm-monitor.h"
#include "storm-multi-source.h"

G_BEGIN_DECLS

#define STORM_TYPE_MONITOR_CONTROLLER (storm_monitor_controller_get_type ())

/**
 * StormMonitorController:
 *
 * What runs while a board is being watched: the #StormMonitor, the sources with their queue, the
 * capture; once a frame it hands the batches of the queue to the monitor and the capture, within a
 * time budget of 4 ms. GObject properties that notify: `source` (nullable; also
 * when a connection was added or removed), `state`
 * (StormSourceState), `status` (a translated sentence), `capturing` (boolean), `busy` (boolean: a
 * recording is being kept or exported), `paused` (boolean, writable), `comparison` (nullable: what
 * the board shows of one). Signals: `failed` (GError *error); `done` (const char *words): something
 * that took time is finished; `compare` (const char *a, const char *b, gboolean recording):
 * somebody wants to see these traces side by side, or trace @a and a recording.
 *
 * While it is `paused` the queue is left alone: the source waits when it is full, so a long pause
 * costs no memory and loses nothing that the broker still has. Another source, or none, ends a
 * pause. It pauses by itself where the memory is nearly full; storm_monitor_controller_dup_notice()
 * says so.
 */
G_DECLARE_FINAL_TYPE (StormMonitorController, storm_monitor_controller, STORM, MONITOR_CONTROLLER,
                      GObject)

/** storm_monitor_controller_new: @widget: whose frame clock is used; not held. */
StormMonitorController *storm_monitor_controller_new    (StormBoardFile *file,
                                                         GtkWidget      *widget);
StormMonitor           *storm_monitor_controller_get_monitor (StormMonitorController *self);
StormBoardFile         *storm_monitor_controller_get_file (StormMonitorController *self);
/** storm_monitor_controller_get_drift: (transfer none): fields of events against their stickies. */
StormFieldDrift        *storm_monitor_controller_get_drift (StormMonitorController *self);
/** storm_monitor_controller_get_times: (transfer none): how long steps take, flow by flow. */
StormFlowTimes         *storm_monitor_controller_get_times (StormMonitorController *self);
/** storm_monitor_controller_get_clocks: (transfer none): how far producers' clocks are apart. */
StormClocks            *storm_monitor_controller_get_clocks (StormMonitorController *self);
/** storm_monitor_controller_get_mapping: (transfer none): what events are read with now. */
StormMapping           *storm_monitor_controller_get_mapping (StormMonitorController *self);
/** storm_monitor_controller_get_comparison: (transfer none) (nullable): of whoever compares. */
StormComparison        *storm_monitor_controller_get_comparison (StormMonitorController *self);
void                    storm_monitor_controller_set_comparison (
                                                          StormMonitorController *self,
                                                          StormComparison        *comparison);
/** storm_monitor_controller_compare: emits `compare`; @b is nullable. */
void                    storm_monitor_controller_compare (StormMonitorController *self,
                                                          const char             *a,
                                                          const char             *b,
                                                          gboolean                recording);
/** storm_monitor_controller_watch: stops what ran, clears the monitor, and starts @source. */
void                    storm_monitor_controller_watch  (StormMonitorController *self,
                                                         StormSource            *source);
/** storm_monitor_controller_add: watches @source, too; alone when nothing is being watched. */
void                    storm_monitor_controller_add    (StormMonitorController *self,
                                                         StormSource            *source);
/** storm_monitor_controller_remove: stops @source, one of those that are watched. */
void                    storm_monitor_controller_remove (StormMonitorController *self,
                                                         StormSource            *source);
/** storm_monitor_controller_stop: what was seen stays. */
void                    storm_monitor_controller_stop   (StormMonitorController *self);
/** storm_monitor_controller_get_source: (transfer none) (nullable): all that is being watched. */
StormMultiSource       *storm_monitor_controller_get_source (StormMonitorController *self);
/** storm_monitor_controller_clear: forgets what was seen; watching goes on. */
void                    storm_monitor_controller_clear  (StormMonitorController *self);
/**
 * storm_monitor_controller_dup_notice: (transfer full) (nullable): why it paused by itself, a
 * translated sentence; %NULL while it did not. To be asked again with each notify of `paused`, and
 * after a clear.
 */
char                   *storm_monitor_controller_dup_notice (StormMonitorController *self);
/**
 * storm_monitor_controller_set_memory_share:
 * @share: of this computer's memory, 0 to 1, at which it pauses; 0.6 at first. Looked at after each
 *   10,000 events
 */
void                    storm_monitor_controller_set_memory_share (StormMonitorController *self,
                                                                   double                  share);
/** storm_monitor_controller_keep_recording: copies what was captured into the board's file; tells
 * by `done` or `failed`. */
void                    storm_monitor_controller_keep_recording (StormMonitorController *self,
                                                                 const char             *title);
/** storm_monitor_controller_export: writes what was captured as JSON lines; tells likewise. */
void                    storm_monitor_controller_export (StormMonitorController *self,
                                                         GFile                  *file);

G_END_DECLS
