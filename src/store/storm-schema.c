#include "config.h"

#include "storm-schema.h"

#include <glib/gi18n-lib.h>

#include "storm-board-file.h"
#include "storm-error.h"

/* `place` is the order of creation. It is a number with a fraction so that what an undo brings
 * back can go between its neighbours without touching them. NULL stands for "nothing said". */
static const char version_1[] =
  "CREATE TABLE board ("
  "  id INTEGER PRIMARY KEY CHECK (id = 1),"
  "  title TEXT, mapping TEXT, extra TEXT,"
  "  made INTEGER NOT NULL, changed INTEGER NOT NULL,"
  "  step INTEGER NOT NULL DEFAULT 0"
  ") STRICT;"
  "CREATE TABLE context ("
  "  id TEXT NOT NULL PRIMARY KEY, place REAL NOT NULL, title TEXT,"
  "  x REAL NOT NULL, y REAL NOT NULL, width REAL NOT NULL, height REAL NOT NULL,"
  "  z INTEGER NOT NULL, extra TEXT"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE sticky ("
  "  id TEXT NOT NULL PRIMARY KEY, place REAL NOT NULL, kind TEXT NOT NULL, title TEXT,"
  "  x REAL NOT NULL, y REAL NOT NULL, width REAL NOT NULL, height REAL NOT NULL,"
  "  z INTEGER NOT NULL, context TEXT, description TEXT, topic TEXT,"
  "  event_class TEXT, visibility TEXT, fail_of TEXT, extra TEXT"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE field ("
  "  sticky TEXT NOT NULL, n INTEGER NOT NULL, name TEXT, type TEXT,"
  "  is_key INTEGER NOT NULL, is_correlation INTEGER NOT NULL, extra TEXT,"
  "  PRIMARY KEY (sticky, n)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE alias ("
  "  sticky TEXT NOT NULL, n INTEGER NOT NULL, name TEXT,"
  "  PRIMARY KEY (sticky, n)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE flow ("
  "  id TEXT NOT NULL PRIMARY KEY, place REAL NOT NULL,"
  "  from_sticky TEXT NOT NULL, to_sticky TEXT NOT NULL, label TEXT, extra TEXT"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE history ("
  "  step INTEGER PRIMARY KEY, made INTEGER NOT NULL, label TEXT, change BLOB NOT NULL"
  ") STRICT;"
  "CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TABLE picture (id INTEGER PRIMARY KEY CHECK (id = 1), png BLOB NOT NULL) STRICT;"
  "CREATE TABLE recording ("
  "  id INTEGER PRIMARY KEY, title TEXT, made INTEGER NOT NULL, n_events INTEGER NOT NULL,"
  "  complete INTEGER NOT NULL"
  ") STRICT;"
  "CREATE TABLE recorded_event ("
  "  recording INTEGER NOT NULL, n INTEGER NOT NULL, topic TEXT, partition INTEGER NOT NULL,"
  "  offset INTEGER NOT NULL, time INTEGER, key ANY, payload ANY, n_headers INTEGER NOT NULL,"
  "  PRIMARY KEY (recording, n)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE recorded_header ("
  "  recording INTEGER NOT NULL, n INTEGER NOT NULL, i INTEGER NOT NULL, name ANY, value ANY,"
  "  PRIMARY KEY (recording, n, i)"
  ") STRICT, WITHOUT ROWID;";

/* `bends` is x and y of each point, as doubles, little-endian. The ends of a flow may be contexts
 * now, whatever the columns are called. */
static const char version_2[] =
  "ALTER TABLE sticky ADD COLUMN locked INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE sticky ADD COLUMN in_group TEXT;"
  "ALTER TABLE sticky ADD COLUMN pivotal INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE sticky ADD COLUMN needs TEXT;"
  "ALTER TABLE context ADD COLUMN kind TEXT;"
  "ALTER TABLE context ADD COLUMN parent TEXT;"
  "ALTER TABLE context ADD COLUMN locked INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE context ADD COLUMN collapsed INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE flow ADD COLUMN bends BLOB;"
  "ALTER TABLE flow ADD COLUMN target INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE flow ADD COLUMN unchecked INTEGER NOT NULL DEFAULT 0;";

/* What was missing in front of a recorded event: StormRecord. */
static const char version_3[] =
  "ALTER TABLE recorded_event ADD COLUMN gap_from INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE recorded_event ADD COLUMN gap_to INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE recorded_event ADD COLUMN anew INTEGER NOT NULL DEFAULT 0;";

/* Over which of several connections it came: NULL where there was one. */
static const char version_4[] =
  "ALTER TABLE recorded_event ADD COLUMN connection TEXT;";

static const StormSchemaStep steps_of_board[] = {
  { 1, version_1 },
  { 2, version_2 },
  { 3, version_3 },
  { 4, version_4 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (steps_of_board) == STORM_SCHEMA_VERSION);

const StormSchemaStep *
storm_schema_get_steps (guint *n_steps)
{
  *n_steps = G_N_ELEMENTS (steps_of_board);
  return steps_of_board;
}

static gboolean
do_steps (StormDb                *db,
          const StormSchemaStep  *steps,
          guint                   n_steps,
          GError                **error)
{
  gint64 version = storm_db_get_int (db, "PRAGMA user_version", -1);

  for (guint i = 0; i < n_steps; i++)
    {
      g_autofree char *pragma = NULL;

      if (steps[i].version <= version)
        continue;
      pragma = g_strdup_printf ("PRAGMA user_version = %d", steps[i].version);
      if (!storm_db_exec (db, steps[i].sql, error) || !storm_db_exec (db, pragma, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
storm_schema_upgrade (StormDb                *db,
                      const StormSchemaStep  *steps,
                      guint                   n_steps,
                      GError                **error)
{
  g_assert (n_steps > 0);
  if (storm_db_get_int (db, "PRAGMA user_version", -1) >= steps[n_steps - 1].version)
    return TRUE;
  if (!storm_db_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (do_steps (db, steps, n_steps, error) && storm_db_exec (db, "COMMIT", error))
    return TRUE;
  storm_db_rollback (db);
  return FALSE;
}

gboolean
storm_schema_create (StormDb  *db,
                     GError  **error)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA application_id = %d",
                                             STORM_BOARD_FILE_APPLICATION_ID);

  return storm_db_exec (db, pragma, error) &&
         storm_schema_upgrade (db, steps_of_board, G_N_ELEMENTS (steps_of_board), error);
}

gboolean
storm_schema_check_version (StormDb  *db,
                            GError  **error)
{
  g_autoptr (sqlite3_stmt) stmt = storm_db_prepare (db, "PRAGMA application_id", error);
  gint64 version;

  if (stmt == NULL || sqlite3_step (stmt) != SQLITE_ROW)
    {
      if (error == NULL || *error == NULL)
        storm_db_set_error (db, error);
      return FALSE;
    }
  if (sqlite3_column_int64 (stmt, 0) != STORM_BOARD_FILE_APPLICATION_ID)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("“%s” is not a board: it is a database of another application."), db->name);
      return FALSE;
    }
  version = storm_db_get_int (db, "PRAGMA user_version", 0);
  if (version > STORM_SCHEMA_VERSION)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_TOO_NEW,
                   _("“%s” was written by a newer version of Stormwatch (format %d; this version "
                     "knows formats up to %d). Update Stormwatch to open it."),
                   db->name, (int) version, STORM_SCHEMA_VERSION);
      return FALSE;
    }
  if (version < 1)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_DAMAGED,
                   _("“%s” is damaged: it names no format version. Go back to an older copy."),
                   db->name);
      return FALSE;
    }
  return TRUE;
}

/* A file of whatever age has gone through the same steps, so its tables are ours to the letter:
 * steps may create tables and add columns, whose text SQLite keeps as it was written. That leaves
 * no place for a trigger, a view, a computed column or a check of a stranger's making. */
static char *
describe (StormDb *db)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  stmt = storm_db_prepare (db, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name",
                           NULL);
  if (stmt == NULL)
    return NULL;
  while (sqlite3_step (stmt) == SQLITE_ROW && text->len < 64 * 1024)
    {
      for (int i = 0; i < 4; i++)
        {
          const char *value = (const char *) sqlite3_column_text (stmt, i);

          g_string_append (text, value != NULL ? value : "-");
          g_string_append_c (text, '\n');
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
storm_schema_check_tables (StormDb  *db,
                           GError  **error)
{
  g_autoptr (StormDb) ours = storm_db_open_memory (error);
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  gint64 version = storm_db_get_int (db, "PRAGMA user_version", -1);
  guint n_steps = CLAMP (version, 1, STORM_SCHEMA_VERSION);

  if (ours == NULL || !storm_schema_upgrade (ours, steps_of_board, n_steps, error))
    return FALSE;
  expected = describe (ours);
  found = describe (db);
  if (g_strcmp0 (expected, found) == 0)
    return TRUE;
  g_set_error (error, STORM_ERROR, STORM_ERROR_DAMAGED,
               _("“%s” is not built like a board: its tables are not those of Stormwatch. Go back "
                 "to an older copy."), db->name);
  return FALSE;
}
