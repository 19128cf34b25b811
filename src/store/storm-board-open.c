#include "config.h"

#include "storm-board-open.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "storm-error.h"
#include "storm-schema.h"

/* Up to here all of the file is checked before it is trusted; of a larger one, which is large
 * because of its recordings, all tables but those that hold them. */
#define FULL_CHECK_BYTES (16 * 1024 * 1024)
/* A damaged file can be made so that reading it would never end. */
#define DAMAGED_SECONDS 10
/* How long a close waits for somebody who is just reading the file. */
#define CLOSE_TRIES 25
#define CLOSE_WAIT_US 20000

static gboolean
check_header (StormFileGuard  *guard,
              const char      *path,
              GError         **error)
{
  static const char magic[16] = "SQLite format 3";
  g_autofree char *name = g_filename_display_basename (path);
  guint8 header[100] = { 0 };
  gsize n = storm_file_guard_read (guard, header, sizeof header);

  if (n >= sizeof magic && memcmp (header, magic, sizeof magic) != 0)
    g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                 _("“%s” is not a board: it is another kind of file."), name);
  else if (n == 0)
    g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                 _("“%s” is not a board: it is empty."), name);
  else if (n < sizeof header || storm_file_guard_get_size (guard) < 512)
    g_set_error (error, STORM_ERROR, STORM_ERROR_DAMAGED,
                 _("“%s” is damaged: it was cut off near its beginning. Go back to an older copy."),
                 name);
  else
    return TRUE;
  return FALSE;
}

static char *
notice_for (StormGuardState  state,
            const char      *path)
{
  g_autofree char *name = g_filename_display_basename (path);

  switch (state)
    {
    case STORM_GUARD_BUSY:
      return g_strdup_printf (_("“%s” is open in another window. It is shown here read-only; close "
                                "it there to edit it here."), name);
    case STORM_GUARD_DENIED:
      return g_strdup_printf (_("You may only read “%s”. Save a copy to edit it."), name);
    case STORM_GUARD_NO_LOCKS:
      return g_strdup_printf (_("Where “%s” lies, nothing can prevent others from writing it at "
                                "the same time. It is shown read-only; save a copy to edit it."),
                              name);
    case STORM_GUARD_READER:
    case STORM_GUARD_WRITER:
    default:
      return NULL;
    }
}

static char *
damage_notice (StormDb    *db,
               const char *what)
{
  return g_strdup_printf (_("“%s” is damaged (%s). It is shown read-only with what could be read; "
                            "save a copy to go on with that, or go back to an older copy."),
                          db->name, what);
}

static char *
quick_check (StormDb    *db,
             const char *sql)
{
  static const char *head = "*** in database main ***\n";
  g_autofree char *answer = storm_db_get_text (db, sql);

  if (g_strcmp0 (answer, "ok") == 0)
    return NULL;
  if (answer != NULL && g_str_has_prefix (answer, head))
    return g_strdup (answer + strlen (head));
  return answer != NULL ? g_steal_pointer (&answer) : g_strdup (sqlite3_errmsg (db->handle));
}

/* What SQLite finds wrong with the pages, or NULL. */
static char *
find_damage (StormDb *db,
             goffset  size)
{
  static const char *checks[] = {
    "PRAGMA quick_check('board')", "PRAGMA quick_check('context')", "PRAGMA quick_check('sticky')",
    "PRAGMA quick_check('field')", "PRAGMA quick_check('alias')", "PRAGMA quick_check('flow')",
    "PRAGMA quick_check('history')", "PRAGMA quick_check('setting')",
    "PRAGMA quick_check('picture')", "PRAGMA quick_check('recording')",
  };

  if (size <= FULL_CHECK_BYTES)
    return quick_check (db, "PRAGMA quick_check(1)");
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      char *damage = quick_check (db, checks[i]);

      if (damage != NULL)
        return damage;
    }
  return NULL;
}

/* The checks of the content. %FALSE: it can't be read at all, or must not. */
static gboolean
check_content (StormBoardOpen  *out,
               GError         **error)
{
  g_autofree char *damage = NULL;

  if (!storm_schema_check_version (out->db, error) || !storm_schema_check_tables (out->db, error))
    return FALSE;
  damage = find_damage (out->db, storm_file_guard_get_size (out->guard));
  if (damage != NULL)
    {
      out->damaged = TRUE;
      g_free (out->notice);
      out->notice = damage_notice (out->db, damage);
    }
  return TRUE;
}

static gboolean
open_writable (const char      *path,
               StormBoardOpen  *out,
               GError         **error)
{
  const StormSchemaStep *steps;
  guint n_steps;

  out->db = storm_db_open (path, STORM_DB_DEFAULT, error);
  if (out->db == NULL || !check_content (out, error))
    return FALSE;
  steps = storm_schema_get_steps (&n_steps);
  if (!out->damaged && !storm_schema_upgrade (out->db, steps, n_steps, error))
    return FALSE;
  out->writable = !out->damaged;
  /* Nothing may write into what is damaged, not even what a log still holds. */
  if (out->damaged)
    sqlite3_db_config (out->db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  return TRUE;
}

static gboolean
open_readable (const char      *path,
               StormBoardOpen  *out,
               GError         **error)
{
  out->db = storm_db_open_for_reading (path, error);
  return out->db != NULL && check_content (out, error);
}

/* The last try: to read what is there of a file that was cut off. */
static gboolean
open_rescued (const char     *path,
              StormBoardOpen *out)
{
  g_clear_pointer (&out->db, storm_db_free);
  out->db = storm_db_open (path, STORM_DB_READ_ONLY | STORM_DB_RESCUE, NULL);
  if (out->db == NULL || !storm_schema_check_version (out->db, NULL) ||
      !storm_schema_check_tables (out->db, NULL))
    return FALSE;
  out->damaged = TRUE;
  g_free (out->notice);
  out->notice = damage_notice (out->db, _("a part of it is missing"));
  return TRUE;
}

/* A cut in the last page can go unnoticed: what is missing is read as zeros. While a log waits, the
 * file may well be as a killed process left it. */
static gboolean
is_cut_off (StormFileGuard *guard,
            const char     *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  guint8 header[18];
  guint page_size;

  if (storm_file_guard_read (guard, header, sizeof header) < sizeof header)
    return TRUE;
  page_size = header[16] << 8 | header[17];
  if (page_size == 1)
    page_size = 65536;
  return page_size >= 512 && storm_file_guard_get_size (guard) % page_size != 0 &&
         !g_file_test (wal, G_FILE_TEST_EXISTS) && !g_file_test (journal, G_FILE_TEST_EXISTS);
}

static void
set_cut_off (const char  *path,
             GError     **error)
{
  g_autofree char *name = g_filename_display_basename (path);

  g_set_error (error, STORM_ERROR, STORM_ERROR_DAMAGED,
               _("“%s” is damaged (%s). Save a copy of what can be read, or go back to an "
                 "older copy."), name, _("a part of it is missing"));
}

gboolean
storm_board_open (const char      *path,
                  gboolean         want_write,
                  StormBoardOpen  *out,
                  GError         **error)
{
  g_auto (StormBoardOpen) opened = { NULL };
  g_autoptr (GError) local = NULL;
  gboolean ok = FALSE;

  opened.guard = storm_file_guard_new (path, want_write, error);
  if (opened.guard == NULL || !check_header (opened.guard, path, error))
    return FALSE;
  if (want_write)
    opened.notice = notice_for (storm_file_guard_get_state (opened.guard), path);

  if (is_cut_off (opened.guard, path))
    set_cut_off (path, &local);
  else if (storm_file_guard_get_state (opened.guard) == STORM_GUARD_WRITER)
    {
      ok = open_writable (path, &opened, &local);
      if (!ok && (g_error_matches (local, STORM_ERROR, STORM_ERROR_IO) ||
                  g_error_matches (local, STORM_ERROR, STORM_ERROR_READ_ONLY)))
        {
          /* The folder, perhaps: SQLite needs to make files in it. */
          g_clear_pointer (&opened.db, storm_db_free);
          opened.notice = g_strdup_printf (_("%s It is shown read-only."), local->message);
          g_clear_error (&local);
          ok = open_readable (path, &opened, &local);
        }
    }
  else
    ok = open_readable (path, &opened, &local);

  if (!ok && g_error_matches (local, STORM_ERROR, STORM_ERROR_DAMAGED))
    ok = open_rescued (path, &opened);
  if (!ok)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (opened.damaged)
    storm_db_limit_time (opened.db, DAMAGED_SECONDS);
  *out = opened;
  memset (&opened, 0, sizeof opened);
  return TRUE;
}

gboolean
storm_board_open_unchecked (const char      *path,
                            StormBoardOpen  *out,
                            GError         **error)
{
  g_auto (StormBoardOpen) opened = { NULL };

  opened.guard = storm_file_guard_new (path, FALSE, error);
  if (opened.guard == NULL || !check_header (opened.guard, path, error))
    return FALSE;
  opened.db = storm_db_open_for_reading (path, error);
  if (opened.db == NULL)
    return FALSE;
  storm_db_limit_time (opened.db, DAMAGED_SECONDS);
  if (!storm_schema_check_version (opened.db, error))
    return FALSE;
  *out = opened;
  memset (&opened, 0, sizeof opened);
  return TRUE;
}

void
storm_board_open_clear (StormBoardOpen *opened)
{
  g_clear_pointer (&opened->db, storm_db_free);
  g_clear_pointer (&opened->guard, storm_file_guard_free);
  g_clear_pointer (&opened->notice, g_free);
}

gboolean
storm_board_start_writing (StormDb   *db,
                           gboolean  *wal,
                           GError   **error)
{
  g_autofree char *mode = storm_db_get_text (db, "PRAGMA journal_mode=WAL");
  const char *settings = "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL";

  *wal = g_strcmp0 (mode, "wal") == 0;
  if (*wal)
    settings = "PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=0;"
               "PRAGMA journal_size_limit=67108864";
  /* A gesture of thousands of stickies must not go through the disk's buffers twice. */
  if (!storm_db_exec (db, settings, error) ||
      !storm_db_exec (db, "PRAGMA cache_size=-12000", error))
    return FALSE;
  /* Also shows, before anybody edits, whether the files beside it can be made; SQLite leaves out a
   * write that changes nothing. What a killed process has not finished copying into the board
   * goes. */
  if (storm_db_exec (db,
                     "BEGIN IMMEDIATE; UPDATE board SET step = step + 1;"
                     "UPDATE board SET step = step - 1;"
                     "DELETE FROM recorded_event"
                     "  WHERE recording IN (SELECT id FROM recording WHERE complete = 0);"
                     "DELETE FROM recorded_header"
                     "  WHERE recording IN (SELECT id FROM recording WHERE complete = 0);"
                     "DELETE FROM recording WHERE complete = 0; COMMIT", error))
    return TRUE;
  storm_db_rollback (db);
  return FALSE;
}

gboolean
storm_board_stop_writing (StormDb  *db,
                          GError  **error)
{
  int rc = SQLITE_OK;

  db->patience_ms = 0;
  for (guint i = 0; i < CLOSE_TRIES; i++)
    {
      rc = sqlite3_wal_checkpoint_v2 (db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
      if (rc == SQLITE_OK)
        rc = sqlite3_exec (db->handle, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
      if ((rc & 0xff) != SQLITE_BUSY && (rc & 0xff) != SQLITE_LOCKED)
        break;
      g_usleep (CLOSE_WAIT_US);
    }
  /* Somebody still reads: whoever closes last puts the file in order, nothing is lost by it. */
  if (rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY || (rc & 0xff) == SQLITE_LOCKED)
    return TRUE;
  storm_db_set_error (db, error);
  return FALSE;
}
