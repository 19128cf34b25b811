#include "config.h"

#include "storm-board-file-private.h"

#include <glib/gi18n-lib.h>

#include "storm-error.h"

/* So many pages of 4 KiB in the log, and they are brought into the file. Not fewer, because the
 * first gesture after that begins the log anew, which waits for the disk once. */
#define CHECKPOINT_PAGES 4000
#define MAX_SETTINGS 1000

G_DEFINE_FINAL_TYPE (StormBoardFile, storm_board_file, G_TYPE_OBJECT)

static int
on_committed (gpointer    data,
              sqlite3    *handle,
              const char *schema,
              int         n_pages)
{
  StormBoardFile *self = data;

  if (n_pages >= CHECKPOINT_PAGES && self->checkpointer != NULL)
    storm_checkpointer_poke (self->checkpointer);
  return SQLITE_OK;
}

/* Ends the connection; the board stays as it is in memory. */
static void
drop_connection (StormBoardFile *self)
{
  g_clear_pointer (&self->checkpointer, storm_checkpointer_free);
  g_clear_pointer (&self->rows, storm_board_rows_free);
  g_clear_pointer (&self->history_rows, storm_history_rows_free);
  storm_board_open_clear (&self->opened);
}

static void
load_settings (StormBoardFile *self)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;

  stmt = storm_db_prepare (self->opened.db, "SELECT key, value FROM setting", NULL);
  while (stmt != NULL && sqlite3_step (stmt) == SQLITE_ROW &&
         g_hash_table_size (self->settings) < MAX_SETTINGS)
    {
      const char *key = storm_column_text (stmt, 0);
      const char *value = storm_column_text (stmt, 1);

      if (key != NULL && value != NULL)
        g_hash_table_insert (self->settings, g_strdup (key), g_strdup (value));
    }
}

/* The sentence about damage that was found while loading. */
static void
note_damage (StormBoardFile *self,
             const GError   *error,
             guint           n_left_out)
{
  g_autofree char *first = g_steal_pointer (&self->notice);
  g_autofree char *second = NULL;

  self->damaged = TRUE;
  if (first == NULL)
    first = error != NULL
      ? g_strdup_printf (_("%s It is shown read-only."), error->message)
      : g_strdup_printf (_("“%s” is damaged. It is shown read-only; save a copy to go on."),
                         self->name);
  if (n_left_out > 0)
    second = g_strdup_printf (ngettext ("%u object breaks the rules of a board and was left out.",
                                        "%u objects break the rules of a board and were left out.",
                                        n_left_out), n_left_out);
  self->notice = second != NULL ? g_strconcat (first, " ", second, NULL) : g_steal_pointer (&first);
}

static void
load_history (StormBoardFile  *self,
              GError         **error)
{
  g_autoptr (GPtrArray) changes = NULL;
  guint n_done;

  changes = storm_history_rows_load (self->history_rows, &n_done, error);
  if (changes != NULL)
    storm_history_load (self->history, changes, n_done);
}

/* Everything in one read transaction, so that another writer's gesture is there whole or not. */
static void
load (StormBoardFile *self)
{
  g_autoptr (GError) error = NULL;
  guint n_left_out = 0;

  self->rows = storm_board_rows_new (self->opened.db, self->board);
  self->history_rows = storm_history_rows_new (self->opened.db);
  storm_db_exec (self->opened.db, "BEGIN", NULL);
  if (storm_board_rows_load (self->rows, &n_left_out, &error) && self->opened.writable)
    load_history (self, &error);
  load_settings (self);
  storm_db_exec (self->opened.db, "COMMIT", NULL);
  storm_db_rollback (self->opened.db);
  if (self->opened.damaged || error != NULL || n_left_out > 0)
    note_damage (self, error, n_left_out);
}

static void
start (StormBoardFile *self)
{
  g_autoptr (GError) error = NULL;

  if (!self->opened.writable || self->damaged ||
      !storm_board_start_writing (self->opened.db, &self->wal, &error))
    {
      if (error != NULL)
        self->notice = g_strdup_printf (_("%s It is shown read-only."), error->message);
      drop_connection (self);
      storm_history_set_read_only (self->history, TRUE);
      return;
    }
  if (self->wal)
    {
      self->checkpointer = storm_checkpointer_new (self->path);
      sqlite3_wal_hook (self->opened.db->handle, on_committed, self);
    }
  storm_history_set_persist (self->history, storm_board_file_persist, self, NULL);
  storm_history_set_settle (self->history, storm_board_file_settle, self);
}

static StormBoardFile *
open_file (const char  *path,
           gboolean     want_write,
           GError     **error)
{
  g_autoptr (StormBoardFile) self = g_object_new (STORM_TYPE_BOARD_FILE, NULL);

  self->path = g_canonicalize_filename (path, NULL);
  self->name = g_filename_display_basename (path);
  if (!storm_board_open (self->path, want_write, &self->opened, error))
    return NULL;
  self->notice = g_steal_pointer (&self->opened.notice);
  load (self);
  start (self);
  return g_steal_pointer (&self);
}

static gboolean
checked_close (StormBoardFile  *self,
               GError         **error)
{
  gboolean ok = TRUE;

  if (self->closed)
    return TRUE;
  self->closed = TRUE;
  g_cancellable_cancel (self->jobs);
  g_mutex_lock (&self->mutex);
  while (self->n_jobs > 0)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  ok = storm_board_file_settle (self, error);
  storm_history_set_persist (self->history, NULL, NULL, NULL);
  storm_history_set_settle (self->history, NULL, NULL);
  storm_history_set_read_only (self->history, TRUE);
  g_clear_pointer (&self->checkpointer, storm_checkpointer_free);
  g_clear_pointer (&self->rows, storm_board_rows_free);
  g_clear_pointer (&self->history_rows, storm_history_rows_free);
  if (self->opened.db != NULL && self->wal)
    ok = storm_board_stop_writing (self->opened.db, ok ? error : NULL) && ok;
  drop_connection (self);
  return ok;
}

static void
storm_board_file_dispose (GObject *object)
{
  StormBoardFile *self = STORM_BOARD_FILE (object);
  g_autoptr (GError) error = NULL;

  if (!checked_close (self, &error))
    g_warning ("closing %s: %s", self->name, error->message);
  G_OBJECT_CLASS (storm_board_file_parent_class)->dispose (object);
}

static void
storm_board_file_finalize (GObject *object)
{
  StormBoardFile *self = STORM_BOARD_FILE (object);

  g_clear_object (&self->history);
  g_clear_object (&self->board);
  g_clear_object (&self->jobs);
  g_clear_pointer (&self->settings, g_hash_table_unref);
  g_free (self->notice);
  g_free (self->name);
  g_free (self->path);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  G_OBJECT_CLASS (storm_board_file_parent_class)->finalize (object);
}

static void
storm_board_file_class_init (StormBoardFileClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = storm_board_file_dispose;
  object_class->finalize = storm_board_file_finalize;
}

static void
storm_board_file_init (StormBoardFile *self)
{
  self->board = storm_board_new ();
  self->history = storm_history_new (self->board);
  self->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->jobs = g_cancellable_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
}

StormBoardFile *
storm_board_file_open (const char  *path,
                       GError     **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return open_file (path, TRUE, error);
}

StormBoardFile *
storm_board_file_open_read_only (const char  *path,
                                 GError     **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return open_file (path, FALSE, error);
}

gboolean
storm_board_file_close (StormBoardFile  *self,
                        GError         **error)
{
  g_return_val_if_fail (STORM_IS_BOARD_FILE (self), FALSE);

  return checked_close (self, error);
}

StormBoard *
storm_board_file_get_board (StormBoardFile *self)
{
  g_return_val_if_fail (STORM_IS_BOARD_FILE (self), NULL);

  return self->board;
}

StormHistory *
storm_board_file_get_history (StormBoardFile *self)
{
  g_return_val_if_fail (STORM_IS_BOARD_FILE (self), NULL);

  return self->history;
}

const char *
storm_board_file_get_path (StormBoardFile *self)
{
  g_return_val_if_fail (STORM_IS_BOARD_FILE (self), NULL);

  return self->path;
}

gboolean
storm_board_file_get_read_only (StormBoardFile *self)
{
  g_return_val_if_fail (STORM_IS_BOARD_FILE (self), TRUE);

  return self->opened.db == NULL;
}

const char *
storm_board_file_get_notice (StormBoardFile *self)
{
  g_return_val_if_fail (STORM_IS_BOARD_FILE (self), NULL);

  return self->notice;
}

char *
storm_board_file_dup_setting (StormBoardFile *self,
                              const char     *key)
{
  g_return_val_if_fail (STORM_IS_BOARD_FILE (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  return g_strdup (g_hash_table_lookup (self->settings, key));
}

void
storm_board_file_set_setting (StormBoardFile *self,
                              const char     *key,
                              const char     *value)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;
  g_autoptr (GError) error = NULL;
  StormDb *db;

  g_return_if_fail (STORM_IS_BOARD_FILE (self));
  g_return_if_fail (key != NULL);
  g_return_if_fail (value != NULL);

  if (g_strcmp0 (g_hash_table_lookup (self->settings, key), value) == 0)
    return;
  g_hash_table_insert (self->settings, g_strdup (key), g_strdup (value));
  db = self->opened.db;
  if (db == NULL)
    return;
  storm_board_file_settle_first (self);
  stmt = storm_db_prepare (db, "REPLACE INTO setting (key, value) VALUES (?1, ?2)", &error);
  if (stmt != NULL)
    {
      sqlite3_bind_text (stmt, 1, key, -1, SQLITE_TRANSIENT);
      sqlite3_bind_text (stmt, 2, value, -1, SQLITE_TRANSIENT);
      storm_db_run (db, stmt, &error);
    }
  /* No edit: that it is gone after a restart is no reason to disturb anybody. */
  if (error != NULL)
    g_message ("the setting %s was not kept: %s", key, error->message);
}

void
storm_board_file_set_picture (StormBoardFile *self,
                              GBytes         *png)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;
  g_autoptr (GError) error = NULL;
  StormDb *db;

  g_return_if_fail (STORM_IS_BOARD_FILE (self));
  g_return_if_fail (png != NULL);

  db = self->opened.db;
  if (db == NULL)
    return;
  storm_board_file_settle_first (self);
  stmt = storm_db_prepare (db, "REPLACE INTO picture (id, png) VALUES (1, ?1)", &error);
  if (stmt != NULL)
    {
      sqlite3_bind_blob64 (stmt, 1, g_bytes_get_data (png, NULL), g_bytes_get_size (png),
                           SQLITE_TRANSIENT);
      storm_db_run (db, stmt, &error);
    }
  if (error != NULL)
    g_message ("the picture was not kept: %s", error->message);
}

gboolean
storm_board_file_refuse_read_only (StormBoardFile  *self,
                                   GError         **error)
{
  if (self->opened.db != NULL)
    return FALSE;
  g_set_error (error, STORM_ERROR, STORM_ERROR_READ_ONLY,
               _("“%s” is open read-only. Save a copy and open that to change it."), self->name);
  return TRUE;
}

GCancellable *
storm_board_file_begin_job (StormBoardFile  *self,
                            GError         **error)
{
  if (storm_board_file_refuse_read_only (self, error))
    return NULL;
  storm_board_file_settle_first (self);
  g_mutex_lock (&self->mutex);
  self->n_jobs++;
  g_mutex_unlock (&self->mutex);
  return g_object_ref (self->jobs);
}

void
storm_board_file_end_job (StormBoardFile *self)
{
  g_mutex_lock (&self->mutex);
  self->n_jobs--;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

StormDb *
storm_board_file_borrow (StormBoardFile  *self,
                         StormBoardOpen  *opened,
                         GError         **error)
{
  storm_board_file_settle_first (self);
  if (self->opened.db != NULL)
    return self->opened.db;
  return storm_board_open_unchecked (self->path, opened, error) ? opened->db : NULL;
}
