#pragma once

#include <adwaita.h>

#include "storm-monitor-controller.h"

G_BEGIN_DECLS

#define STORM_TYPE_COMPARE_WINDOW (storm_compare_window_get_type ())

/**
 * StormCompareWindow:
 *
 * Two traces, or the traces of two recordings, beside each other: what only one has, what both
 * have, what is slower or faster. What it compares is shown on the board too, through the
 * controller's `comparison`, as long as it is open and nobody switches that off. Signal `reveal`
 * (const char *id): a sticky is to be shown.
 */
G_DECLARE_FINAL_TYPE (StormCompareWindow, storm_compare_window, STORM, COMPARE_WINDOW, AdwWindow)

GtkWidget  *storm_compare_window_new     (StormMonitorController *controller);
/**
 * storm_compare_window_choose:
 * @key_a: (nullable): a trace of what is watched, %NULL for all
 * @key_b: (nullable): likewise; when neither is given B's source is still to be chosen
 */
void        storm_compare_window_choose  (StormCompareWindow     *self,
                                          const char             *key_a,
                                          const char             *key_b);
/** storm_compare_window_open_recording: asks for a file with what B is. */
void        storm_compare_window_open_recording (StormCompareWindow *self);
/** storm_compare_window_read: @reader: a recording; what B is. */
void        storm_compare_window_read    (StormCompareWindow     *self,
                                          StormRecordReader      *reader,
                                          const char             *title);
/** storm_compare_window_get_words: the sentence that sums up. */
const char *storm_compare_window_get_words (StormCompareWindow   *self);
/** storm_compare_window_get_rows: (transfer none): a list of #StormDiffItem. */
GListModel *storm_compare_window_get_rows (StormCompareWindow    *self);

G_END_DECLS
