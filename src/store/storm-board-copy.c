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

char *
storm_board_temporary_path (const char *path)
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

gboolean
storm_board_write_new (const char  *path,
                       StormBoard  *board,
                       GError     **error)
{
  g_autoptr (StormDb) db = storm_db_open (path, STORM_DB_CREATE, error);

  if (db == NULL)
    return FALSE;
  /* A file that nobody sees before it is whole needs no journal beside it. */
  if (storm_db_exec (db, "PRAGMA journal_mode=MEMORY", error) && storm_schema_create (db, error) &&
      storm_db_exec (db, "BEGIN", error) && write_rows (db, board, error) &&
      storm_db_exec (db, "COMMIT", error))
    return TRUE;
  storm_db_rollback (db);
  return FALSE;
}

static gboolean
set_rename_error (const char  *path,
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
  return set_rename_error (to, errno, error);
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
      set_rename_error (path, EEXIST, error);
      return NULL;
    }
  board = template_board != NULL ? g_object_ref (template_board) : storm_board_new ();
  temporary = storm_board_temporary_path (path);
  if (!storm_board_write_new (temporary, board, error) ||
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
           const char      *to,
           GError         **error)
{
  g_auto (StormBoardOpen) opened = { NULL };
  g_autoptr (sqlite3_stmt) stmt = NULL;
  StormDb *db = storm_board_file_borrow (self, &opened, error);

  if (db == NULL)
    return FALSE;
  stmt = storm_db_prepare (db, "VACUUM INTO ?1", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, to, -1, SQLITE_TRANSIENT);
  return storm_db_run (db, stmt, error);
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
  temporary = storm_board_temporary_path (path);
  /* Of a damaged file the copy is what could be read of the board, in sound form. */
  ok = self->damaged ? storm_board_write_new (temporary, self->board, error)
                     : copy_file (self, temporary, error);
  if (ok && (!sync_file (temporary) || g_rename (temporary, path) != 0))
    ok = set_rename_error (path, errno, error);
  if (!ok)
    g_unlink (temporary);
  return ok;
}
