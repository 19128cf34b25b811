#include "config.h"

#include "storm-row-table-private.h"

#define FIRST_SLOTS 256

guint32
storm_row_table_find (const StormRowTable *self,
                      guint32              hash,
                      StormRowEqual        equal,
                      gpointer             key,
                      gpointer             user_data)
{
  if (self->n == 0)
    return G_MAXUINT32;

  for (guint at = hash & (self->n_slots - 1); self->slots[at] != 0;
       at = (at + 1) & (self->n_slots - 1))
    {
      if (equal (self->slots[at] - 1, key, user_data))
        return self->slots[at] - 1;
    }

  return G_MAXUINT32;
}

static void
insert (StormRowTable *self,
        guint32        row,
        guint32        hash)
{
  guint at = hash & (self->n_slots - 1);

  while (self->slots[at] != 0)
    at = (at + 1) & (self->n_slots - 1);
  self->slots[at] = row + 1;
}

void
storm_row_table_add (StormRowTable *self,
                     guint32        row,
                     guint32        hash,
                     StormRowHash   hash_row,
                     gpointer       user_data)
{
  /* Up to 2/3 full: each slot that is passed in a search reads another event's columns from memory,
   * and at 7/8 a search for what is not there passes 32 of them. */
  if ((guint64) (self->n + 1) * 3 > (guint64) self->n_slots * 2)
    {
      g_autofree guint32 *old = self->slots;
      guint n_old = self->n_slots;

      self->n_slots = MAX (FIRST_SLOTS, n_old * 2);
      self->slots = g_new0 (guint32, self->n_slots);
      for (guint i = 0; i < n_old; i++)
        {
          if (old[i] != 0)
            insert (self, old[i] - 1, hash_row (old[i] - 1, user_data));
        }
    }

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
