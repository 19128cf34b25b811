#pragma once

#include "storm-event-view.h"
#include "storm-order.h"
#include "storm-trace-index.h"

G_BEGIN_DECLS

/**
 * storm_event_view_new:
 * @all: the overall order, the monitor's
 */
StormEventView *storm_event_view_new    (StormEventLog   *log,
                                         StormTraceIndex *index,
                                         StormMatcher    *matcher,
                                         StormOrder      *all);
/**
 * storm_event_view_append:
 * @splice: what the rows from @first_row on did to the overall order, which holds them already
 *
 * Directly after it, so that nobody finds more rows than were told of.
 */
void            storm_event_view_append (StormEventView    *self,
                                         guint32            first_row,
                                         guint32            n_rows,
                                         const StormSplice *splice);
/**
 * storm_event_view_renumber:
 * @inserted: the rows of @splice came in between older ones
 * @watermark: how far numbers were settled before
 *
 * When the index knows how far they are settled now.
 */
void            storm_event_view_renumber (StormEventView    *self,
                                           const StormSplice *splice,
                                           gboolean           inserted,
                                           StormTime          watermark);
/** storm_event_view_reset: after log and order were cleared, or their events were read anew. */
void            storm_event_view_reset  (StormEventView *self);

G_END_DECLS
