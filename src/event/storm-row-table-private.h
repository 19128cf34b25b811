#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A set of rows, found by a hash that the rows' columns hold already: 4 to 8 bytes a row. There are
 * always more slots than the highest row, so that its number leaves room for the hash's upper bits:
 * rows of other hashes are passed without a look at their columns, which lie anywhere in memory.
 * It grows a little with each row that is added, not all at once, which with a million of them
 * would hold up the main loop for longer than a frame. */
typedef struct
{
  guint32 *slots;     /* row + 1 and the hash above it, 0 for none */
  guint    n_slots;   /* a power of 2 */
  guint    n;
  guint32 *old;       /* nullable: the slots before it grew; the first @n_moved were moved */
  guint    n_old;
  guint    n_moved;
} StormRowTable;

typedef guint32  (*StormRowHash)  (guint32  row,
                                   gpointer user_data);
typedef gboolean (*StormRowEqual) (guint32  row,
                                   gpointer key,
                                   gpointer user_data);

/* A row with this hash that @equal agrees to, or G_MAXUINT32. @equal is asked about other hashes,
 * too, if only seldom. */
guint32 storm_row_table_find  (const StormRowTable *self,
                               guint32              hash,
                               StormRowEqual        equal,
                               gpointer             key,
                               gpointer             user_data);
/* Brings what a search will read into the processor's cache. Always inline: gcc takes a function
 * that does nothing else for one without an effect, and leaves its calls out. */
G_ALWAYS_INLINE static inline void
storm_row_table_prefetch (const StormRowTable *self,
                          guint32              hash)
{
  if (self->n > 0)
    __builtin_prefetch (&self->slots[hash & (self->n_slots - 1)]);
  if (G_UNLIKELY (self->old != NULL))
    __builtin_prefetch (&self->old[hash & (self->n_old - 1)]);
}

/* @hash_row gives the hashes of rows that are in it when it has to grow. */
void    storm_row_table_add   (StormRowTable       *self,
                               guint32              row,
                               guint32              hash,
                               StormRowHash         hash_row,
                               gpointer             user_data);
void    storm_row_table_clear (StormRowTable       *self);
gsize   storm_row_table_get_bytes (const StormRowTable *self);

G_END_DECLS
