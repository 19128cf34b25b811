#pragma once

#include "storm-moment.h"
#include "storm-order.h"

G_BEGIN_DECLS

/**
 * StormTypeRows:
 *
 * Of each event type its rows in the order of events, so that how many of them had happened at any
 * moment is found by bisection. Repeats and undecodable records are left out. Four bytes an event,
 * so it is kept only while somebody looks back; that is why it is filled in slices. Main thread.
 */
typedef struct _StormTypeRows StormTypeRows;

/** storm_type_rows_new: empty, to be filled by storm_type_rows_fill() from @order, which is the
 * monitor's and must outlive it. */
StormTypeRows *storm_type_rows_new      (StormEventLog     *log,
                                         StormOrder        *order);
void           storm_type_rows_free     (StormTypeRows     *self);
/**
 * storm_type_rows_fill:
 * @span: how long it may take, in µs
 *
 * Returns: whether all that was there at the beginning is in; what comes later is added by
 *   storm_type_rows_take()
 */
gboolean       storm_type_rows_fill     (StormTypeRows     *self,
                                         gint64             span);
/** storm_type_rows_is_ready: all that was there at the beginning is in. */
gboolean       storm_type_rows_is_ready (StormTypeRows     *self);
/** storm_type_rows_get_progress: how much is in, 0 to 1. */
double         storm_type_rows_get_progress (StormTypeRows *self);
/**
 * storm_type_rows_take:
 * @n_rows: the rows of the log below this one are to be in
 * @moment: (nullable):
 *
 * Once ready, for events that came since.
 *
 * Returns: whether one of the new ones had happened by @moment
 */
gboolean       storm_type_rows_take     (StormTypeRows     *self,
                                         guint32            n_rows,
                                         const StormMoment *moment);
guint          storm_type_rows_get_n_types (StormTypeRows  *self);
guint32        storm_type_rows_get_type_id (StormTypeRows  *self,
                                            guint           type);
/**
 * storm_type_rows_count:
 * @type: below storm_type_rows_get_n_types()
 * @last_row: (out) (optional): the last that had happened, when there is any
 *
 * Returns: how many events of a type had happened at @moment
 */
guint          storm_type_rows_count    (StormTypeRows     *self,
                                         guint              type,
                                         const StormMoment *moment,
                                         guint32           *last_row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormTypeRows, storm_type_rows_free)

G_END_DECLS
