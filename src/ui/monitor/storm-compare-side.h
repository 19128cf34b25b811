#pragma once

#include <gtk/gtk.h>

#include "storm-monitor-controller.h"

G_BEGIN_DECLS

#define STORM_TYPE_COMPARE_SIDE (storm_compare_side_get_type ())

/**
 * StormCompareSide:
 *
 * Chooses one side of a comparison: what is being watched, or a recording, and of that one trace or
 * all. Signals: `changed`: something else was chosen, or a recording is there; `failed` (GError
 * *error).
 */
G_DECLARE_FINAL_TYPE (StormCompareSide, storm_compare_side, STORM, COMPARE_SIDE, GtkWidget)

/** storm_compare_side_new: @letter: "A" or "B". */
GtkWidget    *storm_compare_side_new         (StormMonitorController *controller,
                                              const char             *letter);
/** storm_compare_side_get_monitor: (transfer none) (nullable): %NULL while a recording is read. */
StormMonitor *storm_compare_side_get_monitor (StormCompareSide       *self);
/** storm_compare_side_get_key: (nullable): %NULL for all traces. */
const char   *storm_compare_side_get_key     (StormCompareSide       *self);
void          storm_compare_side_set_key     (StormCompareSide       *self,
                                              const char             *key);
/** storm_compare_side_focus_key: for typing one. */
void          storm_compare_side_focus_key   (StormCompareSide       *self);
/** storm_compare_side_is_live: it is what is being watched. */
gboolean      storm_compare_side_is_live     (StormCompareSide       *self);
/** storm_compare_side_open: asks for a recording's file. */
void          storm_compare_side_open        (StormCompareSide       *self);
/** storm_compare_side_read: @reader: a recording. */
void          storm_compare_side_read        (StormCompareSide       *self,
                                              StormRecordReader      *reader,
                                              const char             *title);

G_END_DECLS
