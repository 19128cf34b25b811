#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A set of rows, found by a hash that the rows' columns hold already: 4 to 8 bytes a row. */
typedef struct
{
  guint32 *slots;     /* row + 1, 0 for none */
  guint    n_slots;
  guint    n;
} StormRowTable;

typedef guint32  (*StormRowHash)  (guint32  row,
                                   gpointer user_data);
typedef gboolean (*StormRowEqual) (guint32  row,
                                   gpointer key,
                                   gpointer user_data);

/* A row with this hash that @equal agrees to, or G_MAXUINT32. */
guint32 storm_row_table_find  (const StormRowTable *self,
                               guint32              hash,
                               StormRowEqual        equal,
                               gpointer             key,
                               gpointer             user_data);
/* @hash_row gives the hashes of rows that are in it when it has to grow. */
void    storm_row_table_add   (StormRowTable       *self,
                               guint32              row,
                               guint32              hash,
                               StormRowHash         hash_row,
                               gpointer             user_data);
void    storm_row_table_clear (StormRowTable       *self);

G_END_DECLS
