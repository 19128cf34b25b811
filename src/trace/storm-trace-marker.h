#pragma once

#include "storm-monitor.h"

G_BEGIN_DECLS

#define STORM_TYPE_TRACE_MARKER (storm_trace_marker_get_type ())

/**
 * StormTraceMarker:
 *
 * Keeps the marks of the chosen trace on a monitor's overlay (#StormTraceMarks): after each flush,
 * and when another trace or another moment is chosen. Looking back, they say what was to be said at
 * that moment. A trace so long that judging it takes a noticeable part of a frame is judged less
 * often. Main thread.
 */
G_DECLARE_FINAL_TYPE (StormTraceMarker, storm_trace_marker, STORM, TRACE_MARKER, GObject)

/** storm_trace_marker_new: @monitor: not held longer than the marker lives. */
StormTraceMarker *storm_trace_marker_new (StormMonitor *monitor);

G_END_DECLS
