#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The order in which the list of traces shows them, told by their places in the index. For
 * storm-trace-list-model.c. Main thread, as that. */

/**
 * StormTraceOrder:
 * @n: (traces in the index)
 * @troubled: (element-type guint32): places of those in trouble, the worst first
 * @sorted: (element-type guint32): the same, rising
 * @places: (element-type guint32) (nullable): all that is shown, with a text or one state
 *
 * Without @places first those in @troubled are shown, then the others, newest first. What is in
 * @sorted alone is on its way from one to the other, and not shown. Owns its arrays.
 */
typedef struct
{
  guint   n;
  GArray *troubled;
  GArray *sorted;
  GArray *places;
} StormTraceOrder;

void     storm_trace_order_free           (StormTraceOrder *order);

/** storm_trace_order_leave_out_gone: the conformance hears later than the index that all traces are
 *  gone; those of its places that the index hasn't are left out. */
void     storm_trace_order_leave_out_gone (StormTraceOrder *order);

/** storm_trace_order_count: rows. */
guint    storm_trace_order_count          (StormTraceOrder *order);

/** storm_trace_order_get: the place that is shown in the row @position, less than the count. */
guint    storm_trace_order_get            (StormTraceOrder *order,
                                           guint            position);

/** storm_trace_order_find: the row of @place, or %G_MAXUINT where it isn't shown. */
guint    storm_trace_order_find           (StormTraceOrder *order,
                                           guint            place);

/** storm_trace_order_common_prefix: so many of the first rows are the same, as far as that is found
 *  without looking at all; never too many. */
guint    storm_trace_order_common_prefix  (StormTraceOrder *a,
                                           StormTraceOrder *b);

/** storm_trace_order_common_suffix: the same of the last rows, behind @prefix common ones. */
guint    storm_trace_order_common_suffix  (StormTraceOrder *a,
                                           StormTraceOrder *b,
                                           guint            prefix);

/** storm_places_count_below: how many of @sorted are less than @place. */
guint    storm_places_count_below         (GArray          *sorted,
                                           guint            place);

/** storm_places_without: (transfer full): places in @sorted that aren't in @other; both rise. */
GArray  *storm_places_without             (GArray          *sorted,
                                           GArray          *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormTraceOrder, storm_trace_order_free)

G_END_DECLS
