#pragma once

#include "storm-batch.h"

G_BEGIN_DECLS

/**
 * StormFilter:
 *
 * An expression of jq over events: `.type == "Paid" and .payload.total > 100`. An event matches
 * when the first value that the expression gives is neither false nor null; one for which it fails
 * doesn't match. What it is asked about is an object with `type`, `time`, `correlation`, `topic`,
 * `partition`, `offset`, `key`, `headers` (an object) and `payload` (as JSON, else a string).
 *
 * An expression is a program: it may loop, or ask for all memory there is, and libjq can neither be
 * interrupted nor bounded. So it runs in a process of its own, `stormwatch-filter`, which may use
 * two seconds of processor time for one event and 512 MB of memory, and can open no file.
 * One thread at a time, not the main one: everything here waits for that process.
 */
typedef struct _StormFilter StormFilter;

/** storm_filter_is_available: whether this installation has the helper. */
gboolean     storm_filter_is_available (void);

/**
 * storm_filter_new:
 *
 * Returns: (transfer full): the compiled expression; or %NULL with %STORM_ERROR_INVALID when it is
 *   no expression, %STORM_ERROR_LIMIT when compiling it takes too much, %STORM_ERROR_UNSUPPORTED
 *   without a helper
 */
StormFilter *storm_filter_new          (const char            *expression,
                                        GError               **error);
void         storm_filter_free         (StormFilter           *self);

/**
 * storm_filter_add:
 * @type: (nullable)
 * @correlation: (nullable)
 *
 * Adds an event to those that the next storm_filter_run() looks at. Copies what it needs.
 */
void         storm_filter_add          (StormFilter           *self,
                                        const StormRecord     *record,
                                        StormPayloadStatus     status,
                                        const char            *type,
                                        const char            *correlation,
                                        StormTime              time);
/** storm_filter_add_batch: all events of @batch. */
void         storm_filter_add_batch    (StormFilter           *self,
                                        StormBatch            *batch);
/** storm_filter_get_n_added: events that wait for storm_filter_run(). */
guint        storm_filter_get_n_added  (StormFilter           *self);

/**
 * storm_filter_run:
 * @matches: (out caller-allocates): a byte for each event added, 1 when it matches
 * @cancellable: (nullable): ends the process, and the filter with it
 *
 * Returns: %FALSE with %STORM_ERROR_LIMIT when an event took more than the expression may have, or
 *   with another error; the filter is of no use any more then
 */
gboolean     storm_filter_run          (StormFilter           *self,
                                        guint8                *matches,
                                        GCancellable          *cancellable,
                                        GError               **error);

/**
 * storm_filter_get_failures:
 * @words: (out) (transfer none) (nullable): what jq said of the first of them
 *
 * Returns: for how many events so far the expression failed
 */
guint64      storm_filter_get_failures (StormFilter           *self,
                                        const char           **words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormFilter, storm_filter_free)

G_END_DECLS
