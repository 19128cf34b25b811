#pragma once

#include "storm-trace-index.h"

G_BEGIN_DECLS

/**
 * StormRowSpans:
 * @since_previous: nanoseconds from the event before it in its trace; 0 for the first
 * @since_start: nanoseconds from the first event of its trace
 * @is_first: there is none before it
 */
typedef struct
{
  gint64   since_previous;
  gint64   since_start;
  gboolean is_first;
} StormRowSpans;

/**
 * storm_trace_index_get_spans:
 *
 * Where in the time of its trace an event stands. O(log n) of the trace's length.
 *
 * Returns: %FALSE for a repeat, and for an event that belongs to no trace
 */
gboolean storm_trace_index_get_spans (StormTraceIndex *self,
                                      guint32          row,
                                      StormRowSpans   *spans);

G_END_DECLS
