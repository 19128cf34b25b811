#include "config.h"

#include "storm-row-spans.h"

#include "storm-row-sort.h"
#include "storm-trace-private.h"

static gboolean
is_repeat (StormEventLog *log,
           guint32        row)
{
  return (storm_event_log_get_flags (log, row) & STORM_EVENT_REPEATED) != 0;
}

/* The place of @row in @rows, which are in the order of events. */
static gboolean
find_row (StormEventLog *log,
          const guint32 *rows,
          guint          n,
          guint32        row,
          guint         *place)
{
  guint low = 0;
  guint high = n;
  StormRowKey key;

  storm_row_key_init (&key, log, row);
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      StormRowKey probe;
      int order;

      storm_row_key_init (&probe, log, rows[middle]);
      order = storm_row_key_compare (&probe, &key, log);
      if (order == 0)
        {
          *place = middle;
          return TRUE;
        }
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

gboolean
storm_trace_index_get_spans (StormTraceIndex *self,
                             guint32          row,
                             StormRowSpans   *spans)
{
  StormEventLog *log;
  const guint32 *rows;
  guint32 trace;
  StormTime time;
  guint n_repeats;
  guint place;
  guint n;

  g_return_val_if_fail (STORM_IS_TRACE_INDEX (self), FALSE);
  g_return_val_if_fail (spans != NULL, FALSE);

  log = storm_trace_index_get_log (self);
  if (row >= storm_event_log_get_n (log) || is_repeat (log, row) ||
      storm_event_log_get_correlation_id (log, row) == 0 ||
      !storm_trace_index_get_place (self, storm_event_log_get_correlation_id (log, row), &trace))
    return FALSE;
  rows = storm_trace_index_get_rows (self, trace, &n, &n_repeats);
  if (!find_row (log, rows, n, row, &place))
    return FALSE;
  time = storm_event_log_get_time (log, row);
  spans->since_start = time - storm_event_log_get_time (log, rows[0]);
  while (place > 0 && is_repeat (log, rows[place - 1]))
    place--;
  spans->is_first = place == 0;
  spans->since_previous = place == 0 ? 0
                          : time - storm_event_log_get_time (log, rows[place - 1]);
  return TRUE;
}
