#include "config.h"

#include "storm-moment.h"

#include "storm-row-sort.h"

StormMoment
storm_moment_of_row (StormEventLog *log,
                     guint32        row)
{
  StormRowKey key;

  storm_row_key_init (&key, log, row);
  return (StormMoment) { key.time, key.first };
}

gboolean
storm_moment_equal (const StormMoment *a,
                    const StormMoment *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  return a->time == b->time && a->row == b->row;
}

gboolean
storm_moment_includes (const StormMoment *self,
                       StormEventLog     *log,
                       guint32            row)
{
  StormRowKey key;

  g_return_val_if_fail (self != NULL, FALSE);

  storm_row_key_init (&key, log, row);
  if (key.time != self->time || self->row == G_MAXUINT32)
    return key.time <= self->time;
  return key.first == self->row || storm_event_log_compare (log, key.first, self->row) < 0;
}

guint
storm_moment_count (const StormMoment *self,
                    StormEventLog     *log,
                    StormRowAt         row_at,
                    gconstpointer      data,
                    guint              n)
{
  guint low = 0;
  guint high = n;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (row_at != NULL, 0);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (storm_moment_includes (self, log, row_at (data, middle)))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static guint32
row_of_array (gconstpointer data,
              guint         position)
{
  return ((const guint32 *) data)[position];
}

guint
storm_moment_count_rows (const StormMoment *self,
                         StormEventLog     *log,
                         const guint32     *rows,
                         guint              n)
{
  return storm_moment_count (self, log, row_of_array, rows, n);
}
