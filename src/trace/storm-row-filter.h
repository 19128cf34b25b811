#pragma once

#include "storm-event-log.h"

G_BEGIN_DECLS

#define STORM_TYPE_ROW_FILTER (storm_row_filter_get_type ())

/**
 * StormRowFilter:
 *
 * An expression of jq (storm-filter.h) over the rows of a log. It is compiled once, and asked in a
 * thread, a few rows at a time, the newest first; what it said of a row is kept. The main loop
 * spends a few milliseconds a turn on the rows that are next.
 *
 * Signals: `compiled`: it can be asked now, or get_error() says why not; `matched` (GArray *rows):
 * these of the rows asked for match; `changed`: storm_row_filter_get_progress(), get_failures() or
 * get_error() have other answers. Main thread.
 */
G_DECLARE_FINAL_TYPE (StormRowFilter, storm_row_filter, STORM, ROW_FILTER, GObject)

StormRowFilter *storm_row_filter_new            (StormEventLog  *log,
                                                 const char     *expression);
/** storm_row_filter_stop: no more signals; whoever drops a filter says so, for a thread holds
 * it. */
void            storm_row_filter_stop           (StormRowFilter *self);
const char     *storm_row_filter_get_expression (StormRowFilter *self);
/** storm_row_filter_is_compiled: %FALSE until `compiled`, and for what is no expression. */
gboolean        storm_row_filter_is_compiled    (StormRowFilter *self);
/** storm_row_filter_get_error: (nullable): why it is no expression, or was stopped at an event. */
const GError   *storm_row_filter_get_error      (StormRowFilter *self);

/**
 * storm_row_filter_ask:
 * @rows: (array length=n_rows): the last is tested first, and all of them before those that wait
 * @matches: (element-type guint32): those of @rows that are known to match are added; the others
 *   come with `matched`
 */
void            storm_row_filter_ask            (StormRowFilter *self,
                                                 const guint32  *rows,
                                                 guint           n_rows,
                                                 GArray         *matches);
/** storm_row_filter_forget: nobody asks for the rows that wait any more. */
void            storm_row_filter_forget         (StormRowFilter *self);
/** storm_row_filter_reset: the log's rows are others: nothing is known any more. */
void            storm_row_filter_reset          (StormRowFilter *self);

/**
 * storm_row_filter_get_progress:
 * @n_tested: (out): rows asked for since the last forget() of which the answer is known
 * @n_asked: (out): all rows asked for since then
 *
 * Returns: whether rows wait
 */
gboolean        storm_row_filter_get_progress   (StormRowFilter *self,
                                                 guint          *n_tested,
                                                 guint          *n_asked);
/**
 * storm_row_filter_get_failures:
 * @words: (out) (transfer none) (nullable): what jq said of the first of them
 *
 * Returns: for how many events the expression failed; they don't match
 */
guint64         storm_row_filter_get_failures   (StormRowFilter *self,
                                                 const char    **words);

G_END_DECLS
