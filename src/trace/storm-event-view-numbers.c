#include "config.h"

#include "storm-event-view-private.h"

#include "storm-row-sort.h"

/* What the first column of the list shows. */

void
storm_event_view_renumber (StormEventView    *self,
                           const StormSplice *splice,
                           gboolean           inserted,
                           StormTime          watermark)
{
  StormTime now_settled;
  guint from;
  guint position;

  g_return_if_fail (STORM_IS_EVENT_VIEW (self));

  /* Numbers changed behind the first insertion; rows above the old watermark may be settled now. */
  from = storm_order_get_n (storm_event_view_get_order (self));
  now_settled = storm_trace_index_get_watermark (self->index);
  if (now_settled > watermark)
    from = storm_order_find_time (storm_event_view_get_order (self), watermark);
  if (inserted)
    {
      StormTime time = storm_event_log_get_time (
        self->log, storm_event_log_get_first (self->log,
                                              storm_order_get_row (self->all, splice->position)));

      position = storm_order_find_time (storm_event_view_get_order (self), time);
      from = MIN (from, position);
    }
  if (from < storm_order_get_n (storm_event_view_get_order (self)))
    g_signal_emit_by_name (self, "renumbered", from);
}

/* Binary search: the numbers of a trace stand in the order of events. */
static guint32
find_number (StormEventView *self,
             guint32         row)
{
  const StormNumbered *numbers;
  StormRowKey key;
  guint low = 0;
  guint high;

  numbers = storm_trace_get_numbers (self->trace, &high);
  storm_row_key_init (&key, self->log, row);
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      StormRowKey probe;
      int order;

      storm_row_key_init (&probe, self->log, numbers[middle].row);
      order = storm_row_key_compare (&probe, &key, self->log);
      if (order == 0)
        return numbers[middle].n;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return 0;
}

guint64
storm_event_view_get_number (StormEventView *self,
                             guint           position,
                             gboolean       *provisional)
{
  guint32 row;
  StormTime time;

  g_return_val_if_fail (STORM_IS_EVENT_VIEW (self), 0);

  row = storm_order_get_row (storm_event_view_get_order (self), position);
  time = storm_event_log_get_time (self->log, storm_event_log_get_first (self->log, row));
  if (provisional != NULL)
    *provisional = time >= storm_trace_index_get_watermark (self->index);

  if (self->trace != NULL)
    return find_number (self, row);
  if (self->filtered != NULL && !storm_order_find (self->all, row, &position))
    return 0;
  return storm_order_get_number (self->all, position);
}
