#include "config.h"

#include "storm-history-rows.h"

#include <glib/gi18n-lib.h>

#include "storm-error.h"
#include "storm-time.h"

typedef enum
{
  FORGET_UNDONE,
  FORGET_OLD,
  APPEND,
  AMEND,
  MOVE,
  N_STATEMENTS
} Statement;

struct _StormHistoryRows
{
  StormDb      *db;
  sqlite3_stmt *stmts[N_STATEMENTS];
  gint64        step;        /* the last step that is done, as the file says */
  gint64        next_step;   /* after the open transaction */
};

static const char *sql_of[N_STATEMENTS] = {
  [FORGET_UNDONE] = "DELETE FROM history WHERE step > ?1",
  [FORGET_OLD] = "DELETE FROM history WHERE step <= ?1",
  [APPEND] = "INSERT INTO history (step, made, label, change) VALUES (?1, ?2, ?3, ?4)",
  [AMEND] = "UPDATE history SET made = ?2, label = ?3, change = ?4 WHERE step = ?1",
  [MOVE] = "UPDATE board SET step = ?1, changed = ?2 WHERE id = 1",
};

StormHistoryRows *
storm_history_rows_new (StormDb *db)
{
  StormHistoryRows *self = g_new0 (StormHistoryRows, 1);

  self->db = db;
  return self;
}

void
storm_history_rows_free (StormHistoryRows *self)
{
  for (guint i = 0; i < N_STATEMENTS; i++)
    sqlite3_finalize (self->stmts[i]);
  g_free (self);
}

/* A change is kept as a GVariant in a variant, so that its bytes say their type, little-endian. */
static GBytes *
pack (StormChange *change)
{
  g_autoptr (GVariant) inner = storm_change_to_variant (change);
  g_autoptr (GVariant) outer = g_variant_ref_sink (g_variant_new_variant (inner));

  if (G_BYTE_ORDER != G_LITTLE_ENDIAN)
    {
      g_autoptr (GVariant) swapped = g_variant_byteswap (outer);

      return g_variant_get_data_as_bytes (swapped);
    }
  return g_variant_get_data_as_bytes (outer);
}

static StormChange *
unpack (gconstpointer   data,
        gsize           len,
        GError        **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, len);
  g_autoptr (GVariant) outer = NULL;
  g_autoptr (GVariant) inner = NULL;

  outer = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARIANT, bytes, FALSE));
  if (G_BYTE_ORDER != G_LITTLE_ENDIAN)
    {
      GVariant *swapped = g_variant_byteswap (outer);

      g_variant_unref (outer);
      outer = swapped;
    }
  inner = g_variant_get_variant (outer);
  return storm_change_new_from_variant (inner, error);
}

static gboolean
add_row (StormHistoryRows  *self,
         sqlite3_stmt      *stmt,
         GPtrArray         *changes,
         gint64             expected,
         GError           **error)
{
  g_autoptr (GError) why = NULL;
  StormChange *change = NULL;

  if (sqlite3_column_int64 (stmt, 0) == expected && sqlite3_column_type (stmt, 1) == SQLITE_BLOB)
    {
      gconstpointer blob = sqlite3_column_blob (stmt, 1);

      change = unpack (blob, sqlite3_column_bytes (stmt, 1), &why);
    }
  if (change != NULL)
    {
      g_ptr_array_add (changes, change);
      return TRUE;
    }
  g_set_error (error, STORM_ERROR, STORM_ERROR_DAMAGED,
               _("Undo step %lld of “%s” can't be read%s%s. The board itself can; save a copy of "
                 "it to go on."), (long long) sqlite3_column_int64 (stmt, 0), self->db->name,
               why != NULL ? ": " : "", why != NULL ? why->message : "");
  return FALSE;
}

GPtrArray *
storm_history_rows_load (StormHistoryRows  *self,
                         guint             *n_done,
                         GError           **error)
{
  g_autoptr (GPtrArray) changes =
    g_ptr_array_new_with_free_func ((GDestroyNotify) storm_change_unref);
  g_autoptr (sqlite3_stmt) stmt = NULL;
  gint64 first = storm_db_get_int (self->db, "SELECT min(step) FROM history", 0);
  gint64 step = storm_db_get_int (self->db, "SELECT step FROM board WHERE id = 1", 0);

  *n_done = 0;
  self->step = self->next_step = step;
  stmt = storm_db_prepare (self->db, "SELECT step, change FROM history ORDER BY step", error);
  if (stmt == NULL)
    return NULL;
  while (sqlite3_step (stmt) == SQLITE_ROW)
    if (!add_row (self, stmt, changes, first + changes->len, error))
      return NULL;
  if (sqlite3_errcode (self->db->handle) != SQLITE_DONE)
    {
      storm_db_set_error (self->db, error);
      return NULL;
    }
  /* Steps that stand neither before nor after the present can't be undone nor redone. */
  if (step < 0 || step > G_MAXINT32 ||
      (changes->len > 0 && (step < first - 1 || step >= first + changes->len)))
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_DAMAGED,
                   _("The undo steps of “%s” don't fit its board. The board can be read; save a "
                     "copy of it to go on."), self->db->name);
      return NULL;
    }
  *n_done = changes->len > 0 ? step - first + 1 : 0;
  return g_steal_pointer (&changes);
}

static sqlite3_stmt *
get (StormHistoryRows  *self,
     Statement          which,
     GError           **error)
{
  if (self->stmts[which] == NULL)
    self->stmts[which] = storm_db_prepare (self->db, sql_of[which], error);
  return self->stmts[which];
}

static gboolean
run_with_step (StormHistoryRows  *self,
               Statement          which,
               gint64             step,
               GError           **error)
{
  sqlite3_stmt *stmt = get (self, which, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, step);
  if (which == MOVE)
    sqlite3_bind_int64 (stmt, 2, storm_time_now ());
  return storm_db_run (self->db, stmt, error);
}

/* @which: APPEND or AMEND */
static gboolean
write_row (StormHistoryRows  *self,
           Statement          which,
           StormChange       *change,
           gint64             step,
           GError           **error)
{
  g_autoptr (GBytes) bytes = pack (change);
  sqlite3_stmt *stmt = get (self, which, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, step);
  sqlite3_bind_int64 (stmt, 2, storm_time_now ());
  storm_bind_text (stmt, 3, storm_change_get_label (change));
  sqlite3_bind_blob64 (stmt, 4, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                       SQLITE_TRANSIENT);
  return storm_db_run (self->db, stmt, error);
}

gboolean
storm_history_rows_write (StormHistoryRows  *self,
                          StormChange       *change,
                          StormHistoryStep   step,
                          GError           **error)
{
  if (step == STORM_HISTORY_DO)
    {
      self->next_step = self->step + 1;
      if (!run_with_step (self, FORGET_UNDONE, self->step, error) ||
          !write_row (self, APPEND, change, self->next_step, error) ||
          !run_with_step (self, FORGET_OLD, self->next_step - STORM_HISTORY_MAX_STEPS, error))
        return FALSE;
    }
  else if (step == STORM_HISTORY_AMEND)
    {
      self->next_step = self->step;
      if (!write_row (self, AMEND, change, self->step, error))
        return FALSE;
    }
  else
    self->next_step = self->step + (step == STORM_HISTORY_REDO ? 1 : -1);
  return run_with_step (self, MOVE, self->next_step, error);
}

void
storm_history_rows_finish (StormHistoryRows *self,
                           gboolean          kept)
{
  if (kept)
    self->step = self->next_step;
  else
    self->next_step = self->step;
}
