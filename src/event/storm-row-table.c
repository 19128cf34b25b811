#include "config.h"

#include "storm-row-table-private.h"

#define FIRST_SLOTS 256
#define MAX_SLOTS   (1u << 31)

guint32
storm_row_table_find (const StormRowTable *self,
                      guint32              hash,
                      StormRowEqual        equal,
                      gpointer             key,
                      gpointer             user_data)
{
  guint mask = self->n_slots - 1;

  if (self->n == 0)
    return G_MAXUINT32;

  for (guint at = hash & mask; self->slots[at] != 0; at = (at + 1) & mask)
    {
      guint32 slot = self->slots[at];

      if (((slot ^ hash) & ~mask) == 0 && equal ((slot & mask) - 1, key, user_data))
        return (slot & mask) - 1;
    }

  return G_MAXUINT32;
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

static void
grow (StormRowTable *self,
      guint          n_slots,
      StormRowHash   hash_row,
      gpointer       user_data)
{
  g_autofree guint32 *old = self->slots;
  guint n_old = self->n_slots;

  self->slots = g_new0 (guint32, n_slots);
  self->n_slots = n_slots;
  for (guint i = 0; i < n_old; i++)
    {
      if (old[i] != 0)
        {
          guint32 row = (old[i] & (n_old - 1)) - 1;

          insert (self, row, hash_row (row, user_data));
        }
    }
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

  insert (self, row, hash);
  self->n++;
}

void
storm_row_table_clear (StormRowTable *self)
{
  g_clear_pointer (&self->slots, g_free);
  self->n_slots = 0;
  self->n = 0;
}
