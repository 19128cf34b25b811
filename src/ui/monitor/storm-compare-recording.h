#pragma once

#include "storm-monitor.h"
#include "storm-source.h"

G_BEGIN_DECLS

#define STORM_TYPE_COMPARE_RECORDING (storm_compare_recording_get_type ())

/**
 * StormCompareRecording:
 *
 * A recording that is read beside what is being watched, to be compared with it: all at once, in
 * slices on the main loop, without its payloads. Signals: `loaded`: all of it is there; `failed`
 * (GError *error). Main thread.
 */
G_DECLARE_FINAL_TYPE (StormCompareRecording, storm_compare_recording, STORM, COMPARE_RECORDING,
                      GObject)

StormCompareRecording *storm_compare_recording_new         (StormBoard            *board,
                                                            StormMapping          *mapping,
                                                            StormRecordReader     *reader,
                                                            const char            *title);
StormMonitor          *storm_compare_recording_get_monitor (StormCompareRecording *self);
const char            *storm_compare_recording_get_title   (StormCompareRecording *self);
gboolean               storm_compare_recording_is_loaded   (StormCompareRecording *self);

G_END_DECLS
