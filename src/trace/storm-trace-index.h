#pragma once

#include "storm-event-log.h"
#include "storm-trace.h"

G_BEGIN_DECLS

#define STORM_TYPE_TRACE_INDEX (storm_trace_index_get_type ())

/**
 * StormTraceIndex:
 *
 * Correlation key → trace, for a whole log: one posting list a key, kept in the order of events.
 * Decides what is late, what is settled. A #GListModel of #StormTrace, in the order in which the
 * keys were first seen. Main thread.
 */
G_DECLARE_FINAL_TYPE (StormTraceIndex, storm_trace_index, STORM, TRACE_INDEX, GObject)

StormTraceIndex *storm_trace_index_new    (StormEventLog   *log,
                                           gint64           lateness);
/** storm_trace_index_take: @batch was just appended to the log from @first_row on. */
void             storm_trace_index_take   (StormTraceIndex *self,
                                           StormBatch      *batch,
                                           guint32          first_row);
/** storm_trace_index_take_at: the same, having arrived at @now. */
void             storm_trace_index_take_at (StormTraceIndex *self,
                                            StormBatch      *batch,
                                            guint32          first_row,
                                            StormTime        now);
/** storm_trace_index_settle: what a flush does, without telling the list of new traces. */
void             storm_trace_index_settle (StormTraceIndex *self);
/** storm_trace_index_flush: emits items-changed and updates what was collected; once a frame. */
void             storm_trace_index_flush  (StormTraceIndex *self);
/** storm_trace_index_flush_at: the same, the wall clock being @now. */
void             storm_trace_index_flush_at (StormTraceIndex *self,
                                             StormTime        now);
/**
 * storm_trace_index_rebuild:
 *
 * After the log was remapped: reads all its rows again, with the marks of the partitions between
 * them and the clock of their arrival as they were.
 */
void             storm_trace_index_rebuild (StormTraceIndex *self);
/** storm_trace_index_clear: after the log was cleared. */
void             storm_trace_index_clear  (StormTraceIndex *self);
/**
 * storm_trace_index_lookup:
 *
 * Returns: (transfer none) (nullable): the trace of @key; the index holds the last 64 that were
 *   looked up, who keeps one longer takes a reference
 */
StormTrace      *storm_trace_index_lookup (StormTraceIndex *self,
                                           const char      *key);
/** storm_trace_index_get_watermark: as it was at the last batch or flush. */
StormTime        storm_trace_index_get_watermark (StormTraceIndex *self);
guint            storm_trace_index_get_n_undecodable (StormTraceIndex *self);
/** storm_trace_index_get_bytes: memory held, in bytes, without what malloc adds. O(traces). */
gsize            storm_trace_index_get_bytes (StormTraceIndex *self);

G_END_DECLS
