#include "config.h"

#include "storm-db.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "storm-error.h"

/* A gesture may have to wait for a recording that is being kept: it writes in slices of a few
 * ms. */
#define PATIENCE_MS 2000
/* SQLite's own handler sleeps longer and longer; who then tries seldom hardly gets his turn. */
#define BUSY_SLEEP_US 500

static StormError
code_of (int rc,
         int system_errno)
{
  switch (rc & 0xff)
    {
    case SQLITE_FULL:
      return STORM_ERROR_NO_SPACE;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return STORM_ERROR_READ_ONLY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_MISMATCH:
      return STORM_ERROR_DAMAGED;
    case SQLITE_TOOBIG:
      return STORM_ERROR_LIMIT;
    case SQLITE_INTERRUPT:
      return STORM_ERROR_CANCELLED;
    case SQLITE_IOERR:
      return system_errno == EDQUOT || system_errno == ENOSPC || system_errno == EFBIG
        ? STORM_ERROR_NO_SPACE : STORM_ERROR_IO;
    default:
      return STORM_ERROR_IO;
    }
}

void
storm_db_set_error (StormDb  *db,
                    GError  **error)
{
  int rc = sqlite3_extended_errcode (db->handle);
  StormError code = code_of (rc, sqlite3_system_errno (db->handle));
  const char *said = sqlite3_errmsg (db->handle);

  switch ((int) code)
    {
    case STORM_ERROR_NO_SPACE:
      g_set_error (error, STORM_ERROR, code,
                   _("There is no room left on the disk of “%s”. Make room, then try again."),
                   db->name);
      break;
    case STORM_ERROR_READ_ONLY:
      g_set_error (error, STORM_ERROR, code,
                   _("“%s” may only be read (%s). Save a copy to change it."), db->name, said);
      break;
    case STORM_ERROR_DAMAGED:
      g_set_error (error, STORM_ERROR, code,
                   _("“%s” is damaged (%s). Save a copy of what can be read, or go back to an "
                     "older copy."), db->name, said);
      break;
    case STORM_ERROR_LIMIT:
      g_set_error (error, STORM_ERROR, code,
                   _("Something in “%s” is larger than what is accepted (%s)."), db->name, said);
      break;
    case STORM_ERROR_CANCELLED:
      g_set_error (error, STORM_ERROR, code, _("Reading “%s” was stopped."), db->name);
      break;
    default:
      if ((rc & 0xff) == SQLITE_BUSY || (rc & 0xff) == SQLITE_LOCKED)
        g_set_error (error, STORM_ERROR, code,
                     _("“%s” is being written by another program. Close that, then try again."),
                     db->name);
      else
        g_set_error (error, STORM_ERROR, code,
                     _("Reading or writing “%s” failed: %s."), db->name, said);
    }
}

static int
wait_for_other (void *data,
                int   n_tries)
{
  const StormDb *db = data;

  if ((gint64) n_tries * BUSY_SLEEP_US >= (gint64) db->patience_ms * 1000)
    return FALSE;
  g_usleep (BUSY_SLEEP_US);
  return TRUE;
}

static void
harden (StormDb *db)
{
  sqlite3 *handle = db->handle;
  static const struct { int limit; int value; } limits[] = {
    { SQLITE_LIMIT_LENGTH, 256 * 1024 * 1024 },
    { SQLITE_LIMIT_SQL_LENGTH, 64 * 1024 },
    { SQLITE_LIMIT_COLUMN, 64 },
    { SQLITE_LIMIT_EXPR_DEPTH, 32 },
    { SQLITE_LIMIT_COMPOUND_SELECT, 4 },
    { SQLITE_LIMIT_VDBE_OP, 50000 },
    { SQLITE_LIMIT_FUNCTION_ARG, 8 },
    { SQLITE_LIMIT_ATTACHED, 1 },
    { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 256 },
    { SQLITE_LIMIT_VARIABLE_NUMBER, 64 },
    { SQLITE_LIMIT_TRIGGER_DEPTH, 1 },
    { SQLITE_LIMIT_WORKER_THREADS, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    sqlite3_limit (handle, limits[i].limit, limits[i].value);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  db->patience_ms = PATIENCE_MS;
  sqlite3_busy_handler (handle, wait_for_other, db);
  /* No memory mapping: a file that another program cuts short would kill us with SIGBUS. */
  sqlite3_exec (handle, "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY",
                NULL, NULL, NULL);
}

static StormDb *
open_uri (const char  *path,
          const char  *uri,
          int          flags,
          GError     **error)
{
  g_autoptr (StormDb) db = g_new0 (StormDb, 1);

  db->path = g_strdup (path);
  db->name = g_filename_display_basename (path);
  if (sqlite3_open_v2 (uri, &db->handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE,
                       NULL) != SQLITE_OK)
    {
      storm_db_set_error (db, error);
      return NULL;
    }
  sqlite3_extended_result_codes (db->handle, 1);
  harden (db);
  return g_steal_pointer (&db);
}

StormDb *
storm_db_open (const char    *path,
               StormDbFlags   flags,
               GError       **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  int mode = flags & STORM_DB_READ_ONLY ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  StormDb *db;

  if (flags & STORM_DB_CREATE)
    mode |= SQLITE_OPEN_CREATE;
  if (flags & STORM_DB_IMMUTABLE)
    {
      g_autofree char *escaped = g_uri_escape_string (absolute, "/", FALSE);
      g_autofree char *uri = g_strconcat ("file:", escaped, "?immutable=1", NULL);

      return open_uri (absolute, uri, mode | SQLITE_OPEN_URI, error);
    }
  db = open_uri (absolute, absolute, mode, error);
  if (db != NULL && flags & STORM_DB_RESCUE)
    {
      /* This is how SQLite lets itself be told to go on with what there is. */
      sqlite3_db_config (db->handle, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
      sqlite3_db_config (db->handle, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, NULL);
    }
  return db;
}

StormDb *
storm_db_open_for_reading (const char  *path,
                           GError     **error)
{
  g_autoptr (StormDb) db = storm_db_open (path, STORM_DB_READ_ONLY, error);
  g_autofree char *wal = NULL;
  GStatBuf st;

  if (db == NULL)
    return NULL;
  if (sqlite3_exec (db->handle, "SELECT 1 FROM sqlite_schema LIMIT 1", NULL, NULL,
                    NULL) == SQLITE_OK)
    return g_steal_pointer (&db);
  if ((sqlite3_errcode (db->handle) & 0xff) != SQLITE_CANTOPEN)
    return g_steal_pointer (&db);

  /* The file says WAL, and the files of that can't be made here. Without a log that waits to be
   * read, the file by itself is complete. */
  wal = g_strconcat (db->path, "-wal", NULL);
  if (g_stat (wal, &st) == 0 && st.st_size > 0)
    {
      storm_db_set_error (db, error);
      return NULL;
    }
  return storm_db_open (path, STORM_DB_READ_ONLY | STORM_DB_IMMUTABLE, error);
}

StormDb *
storm_db_open_memory (GError **error)
{
  return open_uri (":memory:", ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
}

void
storm_db_free (StormDb *db)
{
  if (db->handle != NULL && sqlite3_close (db->handle) != SQLITE_OK)
    g_critical ("a statement of %s was not finalized", db->name);
  g_free (db->path);
  g_free (db->name);
  g_free (db);
}

gboolean
storm_db_exec (StormDb     *db,
               const char  *sql,
               GError     **error)
{
  if (sqlite3_exec (db->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  storm_db_set_error (db, error);
  return FALSE;
}

sqlite3_stmt *
storm_db_prepare (StormDb     *db,
                  const char  *sql,
                  GError     **error)
{
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
    storm_db_set_error (db, error);
  return stmt;
}

gboolean
storm_db_step (StormDb       *db,
               sqlite3_stmt  *stmt,
               GError       **error)
{
  int rc = sqlite3_step (stmt);

  if (rc == SQLITE_ROW)
    return TRUE;
  if (rc != SQLITE_DONE)
    storm_db_set_error (db, error);
  return FALSE;
}

gboolean
storm_db_run (StormDb       *db,
              sqlite3_stmt  *stmt,
              GError       **error)
{
  int rc = sqlite3_step (stmt);

  if (rc != SQLITE_DONE && rc != SQLITE_ROW)
    storm_db_set_error (db, error);
  sqlite3_reset (stmt);
  sqlite3_clear_bindings (stmt);
  return rc == SQLITE_DONE || rc == SQLITE_ROW;
}

gint64
storm_db_get_int (StormDb    *db,
                  const char *sql,
                  gint64      fallback)
{
  g_autoptr (sqlite3_stmt) stmt = storm_db_prepare (db, sql, NULL);

  if (stmt == NULL || sqlite3_step (stmt) != SQLITE_ROW ||
      sqlite3_column_type (stmt, 0) != SQLITE_INTEGER)
    return fallback;
  return sqlite3_column_int64 (stmt, 0);
}

char *
storm_db_get_text (StormDb    *db,
                   const char *sql)
{
  g_autoptr (sqlite3_stmt) stmt = storm_db_prepare (db, sql, NULL);

  if (stmt == NULL || sqlite3_step (stmt) != SQLITE_ROW)
    return NULL;
  return g_strdup (storm_column_text (stmt, 0));
}

void
storm_db_rollback (StormDb *db)
{
  /* After some errors (a full disk) SQLite has rolled back by itself. */
  if (!sqlite3_get_autocommit (db->handle))
    sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
}

static int
is_out_of_time (gpointer data)
{
  return g_get_monotonic_time () > ((StormDb *) data)->deadline;
}

void
storm_db_limit_time (StormDb *db,
                     guint    seconds)
{
  db->deadline = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  sqlite3_progress_handler (db->handle, 20000, is_out_of_time, db);
}

const char *
storm_column_text (sqlite3_stmt *stmt,
                   int           column)
{
  const char *text;
  int len;

  if (sqlite3_column_type (stmt, column) != SQLITE_TEXT)
    return NULL;
  text = (const char *) sqlite3_column_text (stmt, column);
  len = sqlite3_column_bytes (stmt, column);
  if (text == NULL || !g_utf8_validate_len (text, len, NULL))
    return NULL;
  return text;
}

gboolean
storm_column_is_number (sqlite3_stmt *stmt,
                        int           column)
{
  int type = sqlite3_column_type (stmt, column);

  return type == SQLITE_INTEGER || type == SQLITE_FLOAT;
}

void
storm_bind_text (sqlite3_stmt *stmt,
                 int           index,
                 const char   *text)
{
  if (text == NULL || *text == '\0')
    sqlite3_bind_null (stmt, index);
  else
    sqlite3_bind_text (stmt, index, text, -1, SQLITE_TRANSIENT);
}
