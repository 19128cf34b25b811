#pragma once

#include "storm-live-stats.h"
#include "storm-order.h"
#include "storm-overlay.h"

G_BEGIN_DECLS

/** storm_overlay_new: @order, @waiting, the rows that are not in it yet, and @stats are the
 * monitor's. */
StormOverlay *storm_overlay_new     (StormBoard      *board,
                                     StormEventLog   *log,
                                     StormTraceIndex *index,
                                     StormMatcher    *matcher,
                                     StormOrder      *order,
                                     StormOrder      *waiting,
                                     StormLiveStats  *stats);
void          storm_overlay_set_key (StormOverlay    *self,
                                     const char      *key);
/**
 * storm_overlay_flush:
 * @inserted: events came in between older ones, so that overall places moved
 * @now: monotonic, in µs
 *
 * Once a frame, and when rates are to decay: index, statistics and one of the
 * orders hold the new rows.
 */
void          storm_overlay_flush   (StormOverlay    *self,
                                     gboolean         inserted,
                                     gint64           now);
/** storm_overlay_reset: after everything was cleared or read anew. */
void          storm_overlay_reset   (StormOverlay    *self);

G_END_DECLS
