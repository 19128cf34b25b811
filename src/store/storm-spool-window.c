#include "config.h"

#include "storm-spool-window.h"

#include "storm-batch.h"

#define MAX_BYTES (1024 * 1024)
/* One huge record must not stay in memory with its window. */
#define KEPT_BYTES (2 * MAX_BYTES)

struct _StormSpoolWindow
{
  StormStrings *topics;
  sqlite3_stmt *up;
  sqlite3_stmt *down;
  GArray       *rows;        /* of StormSpoolRow, as they were fetched */
  GByteArray   *arena;
  guint32       last;        /* the row that was asked for last */
  gboolean      any;         /* there was one */
  guint         n_fetches;
};

StormSpoolWindow *
storm_spool_window_new (StormDb       *db,
                        StormStrings  *topics,
                        GError       **error)
{
  g_autoptr (StormSpoolWindow) self = g_new0 (StormSpoolWindow, 1);

  self->topics = storm_strings_ref (topics);
  self->rows = g_array_new (FALSE, FALSE, sizeof (StormSpoolRow));
  self->arena = g_byte_array_new ();
  self->up = storm_db_prepare (db, "SELECT " STORM_SPOOL_COLUMNS " FROM spool"
                                   " WHERE row BETWEEN ?1 AND ?2 ORDER BY row", error);
  if (self->up == NULL)
    return NULL;
  self->down = storm_db_prepare (db, "SELECT " STORM_SPOOL_COLUMNS " FROM spool"
                                     " WHERE row BETWEEN ?1 AND ?2 ORDER BY row DESC", error);
  return self->down != NULL ? g_steal_pointer (&self) : NULL;
}

void
storm_spool_window_free (StormSpoolWindow *self)
{
  sqlite3_finalize (self->up);
  sqlite3_finalize (self->down);
  g_array_unref (self->rows);
  g_byte_array_unref (self->arena);
  storm_strings_unref (self->topics);
  g_free (self);
}

void
storm_spool_window_clear (StormSpoolWindow *self)
{
  g_array_set_size (self->rows, 0);
  g_byte_array_set_size (self->arena, 0);
  self->any = FALSE;
}

static const StormSpoolRow *
find (StormSpoolWindow *self,
      guint32           row)
{
  const StormSpoolRow *first, *it;
  guint at;

  if (self->rows->len == 0)
    return NULL;
  first = &g_array_index (self->rows, StormSpoolRow, 0);
  at = row > first->row ? row - first->row : first->row - row;
  if (at >= self->rows->len)
    return NULL;
  it = &g_array_index (self->rows, StormSpoolRow, at);
  /* Upwards or downwards; and what a full disk swallowed leaves a hole. */
  return it->row == row ? it : NULL;
}

/* The row, and when it stands beside the last one those behind it in that direction. */
static void
fetch (StormSpoolWindow *self,
       guint32           row,
       guint32           n_rows)
{
  gboolean upwards = self->any && row == self->last + 1;
  gboolean downwards = self->any && row + 1 == self->last;
  guint32 more = upwards || downwards ? STORM_SPOOL_WINDOW_ROWS - 1 : 0;
  sqlite3_stmt *stmt = downwards ? self->down : self->up;

  g_array_set_size (self->rows, 0);
  if (self->arena->len > KEPT_BYTES)
    {
      g_byte_array_unref (self->arena);
      self->arena = g_byte_array_new ();
    }
  g_byte_array_set_size (self->arena, 0);
  sqlite3_bind_int64 (stmt, 1, downwards ? row - MIN (row, more) : row);
  sqlite3_bind_int64 (stmt, 2, downwards ? row : MIN ((gint64) row + more, (gint64) n_rows - 1));
  while (self->arena->len < MAX_BYTES && sqlite3_step (stmt) == SQLITE_ROW)
    storm_spool_row_fetch (stmt, self->rows, self->arena);
  /* At once: an open read transaction would let the spool's log grow. */
  sqlite3_reset (stmt);
  self->n_fetches++;
}

gboolean
storm_spool_window_read (StormSpoolWindow *self,
                         guint32           row,
                         guint32           n_rows,
                         StormRecordView  *view)
{
  const StormSpoolRow *it;

  if (row >= n_rows)
    return FALSE;
  it = find (self, row);
  if (it == NULL)
    {
      fetch (self, row, n_rows);
      it = find (self, row);
    }
  self->last = row;
  self->any = TRUE;
  return it != NULL && storm_spool_row_read (it, self->arena, self->topics, view);
}

guint
storm_spool_window_get_n_fetches (StormSpoolWindow *self)
{
  return self->n_fetches;
}
