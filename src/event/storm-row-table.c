#include "config.h"

#include "storm-row-table-private.h"

#define FIRST_SLOTS 256
#define MAX_SLOTS   (1u << 31)
/* Slots that are moved for each row that is added: two would do, so that all are moved before it
 * has to grow again. */
#define MOVED_AT_ONCE 8

static guint32
find_in (const guint32 *slots,
         guint          n_slots,
         guint32        hash,
         StormRowEqual  equal,
         gpointer       key,
         gpointer       user_data)
{
  guint mask = n_slots - 1;

  for (guint at = hash & mask; slots[at] != 0; at = (at + 1) & mask)
    {
      guint32 slot = slots[at];

      if (((slot ^ hash) & ~mask) == 0 && equal ((slot & mask) - 1, key, user_data))
        return (slot & mask) - 1;
    }

  return G_MAXUINT32;
}

guint32
storm_row_table_find (const StormRowTable *self,
                      guint32              hash,
                      StormRowEqual        equal,
                      gpointer             key,
                      gpointer             user_data)
{
  guint32 row;

  if (self->n == 0)
    return G_MAXUINT32;

  row = find_in (self->slots, self->n_slots, hash, equal, key, user_data);
  if (row == G_MAXUINT32 && self->old != NULL)
    row = find_in (self->old, self->n_old, hash, equal, key, user_data);
  return row;
}

static void
insert (StormRowTable *self,
        guint32        row,
        guint32        hash)
{
  guint mask = self->n_slots - 1;
  guint at = hash & mask;

  while (self->slots[at] != 0)
    at = (at + 1) & mask;
  self->slots[at] = (hash & ~mask) | (row + 1);
}

/* What was moved stays where it was, too: others may have been put behind it. */
static void
move (StormRowTable *self,
      guint          n,
      StormRowHash   hash_row,
      gpointer       user_data)
{
  guint end = MIN (self->n_old, self->n_moved + n);

  for (; self->n_moved < end; self->n_moved++)
    {
      guint32 slot = self->old[self->n_moved];

      if (slot != 0)
        {
          guint32 row = (slot & (self->n_old - 1)) - 1;

          insert (self, row, hash_row (row, user_data));
        }
    }
  if (self->n_moved == self->n_old)
    g_clear_pointer (&self->old, g_free);
}

static void
grow (StormRowTable *self,
      guint          n_slots,
      StormRowHash   hash_row,
      gpointer       user_data)
{
  if (self->old != NULL)
    move (self, self->n_old, hash_row, user_data);
  self->old = self->slots;
  self->n_old = self->n_slots;
  self->n_moved = 0;
  self->slots = g_new0 (guint32, n_slots);
  self->n_slots = n_slots;
}

void
storm_row_table_add (StormRowTable *self,
                     guint32        row,
                     guint32        hash,
                     StormRowHash   hash_row,
                     gpointer       user_data)
{
  guint n_slots = MAX (FIRST_SLOTS, self->n_slots);

  g_assert (row < MAX_SLOTS - 1);

  /* Up to 2/3 full: at 7/8 a search for what is not there passes 32 slots. */
  while (row + 1 >= n_slots
         || ((guint64) (self->n + 1) * 3 > (guint64) n_slots * 2 && n_slots < MAX_SLOTS))
    n_slots *= 2;
  if (n_slots != self->n_slots)
    grow (self, n_slots, hash_row, user_data);
  if (self->old != NULL)
    move (self, MOVED_AT_ONCE, hash_row, user_data);

  insert (self, row, hash);
  self->n++;
}

void
storm_row_table_clear (StormRowTable *self)
{
  g_free (self->slots);
  g_free (self->old);
  *self = (StormRowTable) { NULL, };
}

gsize
storm_row_table_get_bytes (const StormRowTable *self)
{
  return ((gsize) self->n_slots + (self->old != NULL ? self->n_old : 0)) * sizeof (guint32);
}
