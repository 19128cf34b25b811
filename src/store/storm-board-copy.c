#include "config.h"

#include "storm-board-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "storm-error.h"
#include "storm-schema.h"

/* Making board files: a new one, or a copy. Both are made under another name first, so that
 * nobody ever finds half a board under the right one. */

/* A free name beside @path, for what will become it. */
static char *
temporary_path (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_strdup_printf (".%.200s.%08x%08x", base, g_random_int (),
                                           g_random_int ());

  return g_build_filename (folder, name, NULL);
}

static gboolean
write_rows (StormDb     *db,
            StormBoard  *board,
            GError     **error)
{
  g_autoptr (StormBoardRows) rows = storm_board_rows_new (db, board);
  g_autoptr (sqlite3_stmt) stmt = NULL;

  stmt = storm_db_prepare (db, "INSERT INTO board (id, made, changed) VALUES (1, ?1, ?1)", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, storm_time_now ());
  return storm_db_run (db, stmt, error) && storm_board_rows_write_all (rows, error);
}

static gboolean
set_write_error (const char  *path,
                  int          saved_errno,
                  GError     **error)
{
  g_autofree char *name = g_filename_display_basename (path);

  g_set_error (error, STORM_ERROR,
               saved_errno == ENOSPC || saved_errno == EDQUOT ? STORM_ERROR_NO_SPACE
                                                              : STORM_ERROR_IO,
               _("“%s” can't be written: %s. Choose another place or name."), name,
               g_strerror (saved_errno));
  return FALSE;
}

/* The first thing that fails where nothing can be written, and with the best words. */
static char *
make_temporary (const char  *path,
                GError     **error)
{
  g_autofree char *temporary = temporary_path (path);
  int fd = open (temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

  if (fd < 0)
    {
      set_write_error (path, errno, error);
      return NULL;
    }
  close (fd);
  return g_steal_pointer (&temporary);
}

static const char * const logs[] = { "-wal", "-journal", "-shm" };

/* A log of a board that lay here once: SQLite would take it for one of the file that comes here. */
static gboolean
refuse_old_log (const char  *path,
                GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    {
      g_autofree char *log = g_strconcat (path, logs[i], NULL);
      g_autofree char *name = NULL;
      GStatBuf st;

      if (g_stat (log, &st) != 0 || st.st_size == 0)
        continue;
      name = g_filename_display_basename (log);
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("“%s” is left from another board of this name. Choose another name, or remove "
                     "that file."), name);
      return TRUE;
    }
  return FALSE;
}

static void
remove_old_logs (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    {
      g_autofree char *log = g_strconcat (path, logs[i], NULL);

      g_unlink (log);
    }
}

/* A file with the objects of @board; @temporary is there and empty. Errors name @path. */
static gboolean
write_new (const char  *temporary,
           const char  *path,
           StormBoard  *board,
           GError     **error)
{
  g_autoptr (StormDb) db = storm_db_open (temporary, STORM_DB_DEFAULT, error);

  if (db == NULL)
    return FALSE;
  g_free (db->name);
  db->name = g_filename_display_basename (path);
  /* A file that nobody sees before it is whole needs no journal beside it. */
  if (storm_db_exec (db, "PRAGMA journal_mode=MEMORY", error) && storm_schema_create (db, error) &&
      storm_db_exec (db, "BEGIN", error) && write_rows (db, board, error) &&
      storm_db_exec (db, "COMMIT", error))
    return TRUE;
  storm_db_rollback (db);
  return FALSE;
}

/* Never over a file that is there: it may be somebody's board. */
static gboolean
move_to_free_name (const char  *from,
                   const char  *to,
                   GError     **error)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return TRUE;
  /* Not every file system knows RENAME_NOREPLACE; a link is never made over a file either. */
  if ((errno == EINVAL || errno == ENOSYS) && link (from, to) == 0)
    {
      g_unlink (from);
      return TRUE;
    }
  return set_write_error (to, errno, error);
}

StormBoardFile *
storm_board_file_create (const char  *path,
                         StormBoard  *template_board,
                         GError     **error)
{
  g_autoptr (StormBoard) board = NULL;
  g_autofree char *temporary = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (template_board == NULL || STORM_IS_BOARD (template_board), NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      set_write_error (path, EEXIST, error);
      return NULL;
    }
  if (refuse_old_log (path, error))
    return NULL;
  board = template_board != NULL ? g_object_ref (template_board) : storm_board_new ();
  temporary = make_temporary (path, error);
  if (temporary == NULL)
    return NULL;
  if (!write_new (temporary, path, board, error) ||
      !move_to_free_name (temporary, path, error))
    {
      g_unlink (temporary);
      return NULL;
    }
  return storm_board_file_open (path, error);
}

/* The whole file, as far as SQLite can read it. */
static gboolean
copy_file (StormBoardFile  *self,
           const char      *temporary,
           const char      *path,
           GError         **error)
{
  g_auto (StormBoardOpen) opened = { NULL };
  g_autoptr (sqlite3_stmt) stmt = NULL;
  g_autoptr (GError) local = NULL;
  StormDb *db = storm_board_file_borrow (self, &opened, error);

  if (db == NULL)
    return FALSE;
  stmt = storm_db_prepare (db, "VACUUM INTO ?1", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, temporary, -1, SQLITE_TRANSIENT);
  if (storm_db_run (db, stmt, &local))
    return TRUE;
  /* It is the copy that finds no room, not the board that is copied. */
  if (g_error_matches (local, STORM_ERROR, STORM_ERROR_NO_SPACE))
    return set_write_error (path, ENOSPC, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
sync_file (const char *path)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return ok;
}

gboolean
storm_board_file_save_copy (StormBoardFile  *self,
                            const char      *path,
                            GError         **error)
{
  g_autofree char *temporary = NULL;
  gboolean ok;

  g_return_val_if_fail (STORM_IS_BOARD_FILE (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (storm_file_guard_is_written (path))
    {
      g_autofree char *name = g_filename_display_basename (path);

      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("“%s” is open. Choose another name for the copy."), name);
      return FALSE;
    }
  temporary = make_temporary (path, error);
  if (temporary == NULL)
    return FALSE;
  /* Of a damaged file the copy is what could be read of the board, in sound form. */
  ok = self->damaged ? write_new (temporary, path, self->board, error)
                     : copy_file (self, temporary, path, error);
  if (ok && !sync_file (temporary))
    ok = set_write_error (path, errno, error);
  if (ok)
    remove_old_logs (path);
  if (ok && g_rename (temporary, path) != 0)
    ok = set_write_error (path, errno, error);
  if (!ok)
    g_unlink (temporary);
  return ok;
}
