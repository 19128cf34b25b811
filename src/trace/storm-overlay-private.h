#pragma once

#include "storm-live-stats.h"
#include "storm-order.h"
#include "storm-overlay.h"
#include "storm-overlay-table.h"
#include "storm-type-rows.h"

G_BEGIN_DECLS

/** StormMarkTable: what storm-overlay-marks.c keeps for an overlay. */
typedef struct _StormMarkTable StormMarkTable;

StormMarkTable *storm_mark_table_new  (void);
void            storm_mark_table_free (StormMarkTable *self);

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
/** storm_overlay_set_type_rows: (nullable): what storm_overlay_set_moment() counts with; the
 * caller's, ready, and to be taken away before it is freed. */
void          storm_overlay_set_type_rows (StormOverlay      *self,
                                           StormTypeRows     *types);
/** storm_overlay_set_moment: (nullable): what had happened by then is shown; %NULL for all. */
void          storm_overlay_set_moment    (StormOverlay      *self,
                                           const StormMoment *moment);

/** storm_overlay_forget_moment: shows nothing else yet: storm_overlay_reset() follows, for the rows
 * that are shown are gone. */
void          storm_overlay_forget_moment (StormOverlay      *self);
/** storm_overlay_get_mark_table: (transfer none). */
StormMarkTable *storm_overlay_get_mark_table (StormOverlay *self);
/** storm_overlay_marks_changed: emits `changed` unless @ids, %NULL for all, is empty. */
void          storm_overlay_marks_changed (StormOverlay      *self,
                                           GPtrArray         *ids);
/** storm_overlay_table_add_trace: the numbers of @trace and the path that it took, as far as it had
 * come at @moment, %NULL for all of it. */
void          storm_overlay_table_add_trace (StormOverlayTable *self,
                                             StormBoard        *board,
                                             StormTrace        *trace,
                                             StormMatcher      *matcher,
                                             StormEventLog     *log,
                                             const StormMoment *moment);
/**
 * storm_overlay_table_add_moment:
 *
 * Adds to each sticky what had happened at @moment; the places in the overall order are left to the
 * caller.
 */
void          storm_overlay_table_add_moment (StormOverlayTable *self,
                                              const StormMoment *moment,
                                              StormTypeRows     *types,
                                              StormMatcher      *matcher,
                                              StormEventLog     *log);
/** storm_overlay_table_add_pulses: stickies whose latest event is later than in @before pulse, as
 * if it had arrived at @now. */
void          storm_overlay_table_add_pulses (StormOverlayTable *self,
                                              StormOverlayTable *before,
                                              StormEventLog     *log,
                                              gint64             now);

G_END_DECLS
