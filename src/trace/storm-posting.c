#include "config.h"

#include "storm-posting.h"

#include "storm-row-sort.h"

G_STATIC_ASSERT (sizeof (StormPosting) == 32);

/* Sizes that fill what malloc gives (8 bytes less than a multiple of 16), and little room beyond:
 * most lists stay short, and there are many. */
static guint32
next_capacity (guint32 capacity)
{
  if (capacity == 0)
    return 6;
  if (capacity < 14)
    return capacity + 4;
  return capacity + capacity / 2;
}

static guint32 *
get_rows (StormPosting *self)
{
  return self->capacity == 0 ? self->inline_rows : self->rows;
}

void
storm_posting_append (StormPosting *self,
                      guint32       row)
{
  guint32 room = self->capacity == 0 ? STORM_POSTING_INLINE : self->capacity;

  if (self->n == room)
    {
      guint32 capacity = next_capacity (self->capacity);

      if (self->capacity == 0)
        {
          guint32 *rows = g_new (guint32, capacity);

          memcpy (rows, self->inline_rows, sizeof self->inline_rows);
          self->rows = rows;
        }
      else
        {
          self->rows = g_renew (guint32, self->rows, capacity);
        }
      self->capacity = capacity;
    }
  get_rows (self)[self->n++] = row;
}

const guint32 *
storm_posting_sort (StormPosting  *self,
                    StormEventLog *log)
{
  if (self->n_sorted < self->n)
    {
      storm_rows_sort_tail (get_rows (self), self->n_sorted, self->n, log);
      self->n_sorted = self->n;
    }
  return get_rows (self);
}

void
storm_posting_clear (StormPosting *self)
{
  if (self->capacity > 0)
    g_free (self->rows);
  memset (self, 0, sizeof *self);
}

gsize
storm_posting_get_bytes (const StormPosting *self)
{
  return self->capacity * sizeof (guint32);
}
