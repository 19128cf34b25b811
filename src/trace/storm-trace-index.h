#pragma once

#include "storm-event-log.h"

G_BEGIN_DECLS

#define STORM_TYPE_TRACE (storm_trace_get_type ())

/**
 * StormTrace:
 *
 * All events of one correlation key, in the order in which they happened. The objects are made when
 * somebody asks; the index itself keeps about 40 bytes a trace. Main thread.
 */
G_DECLARE_FINAL_TYPE (StormTrace, storm_trace, STORM, TRACE, GObject)

/**
 * StormNumbered:
 * @n: 1, 2, … without gaps; 0 for a repeat, which follows the event that it repeats
 * @provisional: the number may still change: the event lies above the watermark
 */
typedef struct
{
  guint32  row;
  guint32  n;
  gboolean provisional;
} StormNumbered;

guint32              storm_trace_get_key_id    (StormTrace *self);
const char          *storm_trace_get_key       (StormTrace *self);
/** storm_trace_get_n_events: repeats not counted. */
guint                storm_trace_get_n_events  (StormTrace *self);
guint                storm_trace_get_n_repeats (StormTrace *self);
/** storm_trace_get_last_row: the row that is last in order. */
guint32              storm_trace_get_last_row  (StormTrace *self);
StormTime            storm_trace_get_first_time (StormTrace *self);
StormTime            storm_trace_get_last_time (StormTrace *self);
/** storm_trace_get_numbers: (transfer none) (array length=n): valid until the next batch. */
const StormNumbered *storm_trace_get_numbers   (StormTrace *self,
                                                guint      *n);

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
/** storm_trace_index_flush: emits items-changed and updates what was collected; once a frame. */
void             storm_trace_index_flush  (StormTraceIndex *self);
/** storm_trace_index_lookup: (transfer none) (nullable): the trace of @key. */
StormTrace      *storm_trace_index_lookup (StormTraceIndex *self,
                                           const char      *key);
StormTime        storm_trace_index_get_watermark (StormTraceIndex *self);
guint            storm_trace_index_get_n_undecodable (StormTraceIndex *self);

G_END_DECLS
