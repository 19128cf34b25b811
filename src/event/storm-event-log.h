#pragma once

#include "storm-batch.h"
#include "storm-gap-book.h"

G_BEGIN_DECLS

#define STORM_TYPE_EVENT_LOG (storm_event_log_get_type ())

/**
 * StormEventLog:
 *
 * All events of a monitoring session in columns, in order of arrival; a row is a #guint32 that
 * never changes until storm_event_log_clear(). About 25 bytes an event in memory. Payloads stay in
 * the batches' memory up to a budget; older ones are read from the capture through a
 * #StormPayloadReader. Finds repeats (same event id of the same type, or the same topic, partition
 * and offset, of one connection). An event without any time takes that of the event before it in
 * its partition, else in the log, so that it keeps its place.
 *
 * Signals: `appended` (guint first_row, guint n_rows), `cleared`, `remapped`. Main thread.
 */
G_DECLARE_FINAL_TYPE (StormEventLog, storm_event_log, STORM, EVENT_LOG, GObject)

/**
 * StormPayloadReader:
 * @row: the row of the log
 * @view: to be filled from storm_record_unpack()
 *
 * Reads the record of a row whose batch is no longer in memory.
 *
 * Returns: %FALSE when it is not to be had any more
 */
typedef gboolean (*StormPayloadReader) (guint32          row,
                                        StormRecordView *view,
                                        gpointer         user_data);

StormEventLog *storm_event_log_new            (StormStrings *strings);
StormStrings  *storm_event_log_get_strings    (StormEventLog *self);

/** STORM_EVENT_LOG_BUDGET: bytes of batches that a log keeps in memory, as long as nobody says. */
#define STORM_EVENT_LOG_BUDGET (12 * 1024 * 1024)

/**
 * storm_event_log_set_budget:
 * @bytes: bytes of batches kept in memory; applies once a reader is set
 */
void           storm_event_log_set_budget     (StormEventLog      *self,
                                               gsize               bytes);
void           storm_event_log_set_reader     (StormEventLog      *self,
                                               StormPayloadReader  reader,
                                               gpointer            user_data,
                                               GDestroyNotify      destroy);
/**
 * storm_event_log_set_spooled:
 * @n_rows: rows below this one are safe in the capture; only their batches may leave the memory.
 *   %G_MAXUINT32: all, for there is no capture (any more)
 */
void           storm_event_log_set_spooled    (StormEventLog *self,
                                               guint32        n_rows);

/** storm_event_log_append: adds a batch; returns the first new row. */
guint32        storm_event_log_append         (StormEventLog *self,
                                               StormBatch    *batch);
void           storm_event_log_clear          (StormEventLog *self);
guint32        storm_event_log_get_n          (StormEventLog *self);
/** storm_event_log_get_bytes: memory held, in bytes, payloads included. */
gsize          storm_event_log_get_bytes      (StormEventLog *self);

/**
 * storm_event_log_get_gaps:
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): what the broker no longer had when it was to be read,
 *   in the order of arrival; the first 10,000 places
 */
const StormEventGap *storm_event_log_get_gaps (StormEventLog *self,
                                               guint         *n);

/**
 * storm_event_log_get_gap_before:
 *
 * Returns: (transfer none) (nullable): what is missing between @row and the event before it in its
 *   partition, as far as it is known
 */
const StormEventGap *storm_event_log_get_gap_before (StormEventLog *self,
                                                     guint32        row);
/** storm_event_log_get_closed_gaps: (transfer none) (array length=n): all that have an event behind
 * them, in the order of their rows. */
const StormEventGap *storm_event_log_get_closed_gaps (StormEventLog *self,
                                                      guint         *n);
/** storm_event_log_list_open_gaps: adds those that have none yet. */
void                 storm_event_log_list_open_gaps  (StormEventLog *self,
                                                      GArray        *gaps);

/* Columns. No check of @row in release builds. */
StormTime      storm_event_log_get_time        (StormEventLog *self, guint32 row);
StormTime      storm_event_log_get_broker_time (StormEventLog *self, guint32 row);
guint32        storm_event_log_get_type_id     (StormEventLog *self, guint32 row);
guint32        storm_event_log_get_correlation_id (StormEventLog *self, guint32 row);
guint32        storm_event_log_get_topic_id    (StormEventLog *self, guint32 row);
gint32         storm_event_log_get_partition   (StormEventLog *self, guint32 row);
gint64         storm_event_log_get_offset      (StormEventLog *self, guint32 row);
guint16        storm_event_log_get_flags       (StormEventLog *self, guint32 row);
StormPayloadStatus storm_event_log_get_payload_status (StormEventLog *self, guint32 row);

/* The same as text. */
const char    *storm_event_log_get_type_name   (StormEventLog *self, guint32 row);
const char    *storm_event_log_get_correlation (StormEventLog *self, guint32 row);
const char    *storm_event_log_get_topic       (StormEventLog *self, guint32 row);
/** storm_event_log_get_connection: (nullable): the name of what it came over; %NULL as long as
 * there is only one. */
const char    *storm_event_log_get_connection  (StormEventLog *self, guint32 row);

/** storm_event_log_has_connections: whether the events came over more than one connection. */
gboolean       storm_event_log_has_connections (StormEventLog *self);

/** storm_event_log_add_flags: for the trace index, which finds late events. */
void           storm_event_log_add_flags      (StormEventLog *self,
                                               guint32        row,
                                               guint16        flags);

/** storm_event_log_get_first: of a repeated event the row that it repeats; else @row. */
guint32        storm_event_log_get_first      (StormEventLog *self,
                                               guint32        row);

/**
 * storm_event_log_read:
 * @view: zeroed at first, may be used again
 *
 * The whole record of a row, from memory or from the capture.
 */
gboolean       storm_event_log_read           (StormEventLog   *self,
                                               guint32          row,
                                               StormRecordView *view);

/**
 * storm_event_log_dup_failure:
 * @place: (out): which field says so: "status", "payment/status", "header:error"
 * @value: (out): what it says, for people: one line, not long
 *
 * Why %STORM_EVENT_FAILED is set.
 *
 * Returns: %FALSE when it isn't, or the record is not to be had any more
 */
gboolean       storm_event_log_dup_failure    (StormEventLog *self,
                                               guint32        row,
                                               char         **place,
                                               char         **value);

/** storm_event_log_compare: the order of events: time, broker time, partition, offset, topic,
 * connection, row. */
int            storm_event_log_compare        (StormEventLog *self,
                                               guint32        a,
                                               guint32        b);

/**
 * storm_event_log_remap_async:
 *
 * Reads all rows again with another mapping, in slices on the main loop; emits `remapped` at the
 * end. No row is late any more then, until the trace index has looked at the new times.
 */
void           storm_event_log_remap_async    (StormEventLog       *self,
                                               StormMapping        *mapping,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
gboolean       storm_event_log_remap_finish   (StormEventLog       *self,
                                               GAsyncResult        *result,
                                               GError             **error);

/**
 * storm_event_log_scan_text:
 * @needle: bytes to look for in payloads, keys and headers, ASCII case ignored
 * @rows: (nullable): the rows to look at, or %NULL for @first to @first + @n - 1
 * @out: (element-type guint32): rows that match are added
 */
void           storm_event_log_scan_text      (StormEventLog *self,
                                               const char    *needle,
                                               const guint32 *rows,
                                               guint32        first,
                                               guint32        n,
                                               GArray        *out);

G_END_DECLS
