#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * StormDb:
 * @handle: SQLite's connection
 * @path: absolute
 * @name: what messages call the file
 * @deadline: of storm_db_limit_time()
 * @patience_ms: how long it waits for somebody else who writes the file
 *
 * One connection, hardened against hostile files whatever it is for. Used by one thread.
 */
typedef struct
{
  sqlite3 *handle;
  char    *path;
  char    *name;
  gint64   deadline;
  guint    patience_ms;
} StormDb;

typedef enum
{
  STORM_DB_DEFAULT   = 0,
  STORM_DB_READ_ONLY = 1 << 0,
  STORM_DB_CREATE    = 1 << 1,
  STORM_DB_IMMUTABLE = 1 << 2,  /* nobody else writes it: reads without any lock or side file */
  STORM_DB_RESCUE    = 1 << 3,  /* with READ_ONLY: also a file that is shorter than it says */
} StormDbFlags;

StormDb      *storm_db_open          (const char    *path,
                                      StormDbFlags   flags,
                                      GError       **error);
/** storm_db_open_for_reading: also in a folder or on a medium that can't be written. */
StormDb      *storm_db_open_for_reading (const char *path,
                                         GError    **error);
StormDb      *storm_db_open_memory   (GError       **error);
void          storm_db_free          (StormDb       *db);

gboolean      storm_db_exec          (StormDb       *db,
                                      const char    *sql,
                                      GError       **error);
/** storm_db_prepare: @sql must be a literal; what comes from outside is bound. */
sqlite3_stmt *storm_db_prepare       (StormDb       *db,
                                      const char    *sql,
                                      GError       **error);
/** storm_db_run: steps a statement that gives no rows, and makes it ready for the next time. */
gboolean      storm_db_run           (StormDb       *db,
                                      sqlite3_stmt  *stmt,
                                      GError       **error);
/** storm_db_step: %TRUE with a row, %FALSE at the end or with an error. */
gboolean      storm_db_step          (StormDb       *db,
                                      sqlite3_stmt  *stmt,
                                      GError       **error);
gint64        storm_db_get_int       (StormDb       *db,
                                      const char    *sql,
                                      gint64         fallback);
char         *storm_db_get_text      (StormDb       *db,
                                      const char    *sql);
/** storm_db_rollback: ends the transaction, if there is still one. */
void          storm_db_rollback      (StormDb       *db);
/** storm_db_limit_time: reading stops with an error after @seconds; a file can be made so that it
 * would never end. */
void          storm_db_limit_time    (StormDb       *db,
                                      guint          seconds);
/** storm_db_set_error: @error from what SQLite said last on this connection. */
void          storm_db_set_error     (StormDb       *db,
                                      GError       **error);

/* Values of a file, not trusted: (transfer none), NULL where it is no proper text. */
const char   *storm_column_text      (sqlite3_stmt  *stmt,
                                      int            column);
gboolean      storm_column_is_number (sqlite3_stmt  *stmt,
                                      int            column);
/** storm_bind_text: "" is kept as NULL, so that the sqlite3 shell shows what is there. */
void          storm_bind_text        (sqlite3_stmt  *stmt,
                                      int            index,
                                      const char    *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormDb, storm_db_free)

G_END_DECLS
