#include "config.h"

#include "storm-board-file.h"

#include <string.h>

#include "storm-board-open.h"

/* A picture of the start page is some 20 KiB; what is much larger is none of ours. */
#define MAX_PICTURE_BYTES (4 * 1024 * 1024)

static char *
title_of_path (const char *path)
{
  char *title = g_filename_display_basename (path);

  if (g_str_has_suffix (title, STORM_BOARD_FILE_SUFFIX))
    title[strlen (title) - strlen (STORM_BOARD_FILE_SUFFIX)] = '\0';
  return title;
}

static guint
count (StormDb    *db,
       const char *sql)
{
  return CLAMP (storm_db_get_int (db, sql, 0), 0, G_MAXINT32);
}

static gboolean
read_board (StormDb         *db,
            StormBoardInfo  *info,
            GError         **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;
  const char *title;

  stmt = storm_db_prepare (db, "SELECT title, changed FROM board WHERE id = 1", error);
  if (stmt == NULL)
    return FALSE;
  if (sqlite3_step (stmt) != SQLITE_ROW)
    {
      storm_db_set_error (db, error);
      return FALSE;
    }
  title = storm_column_text (stmt, 0);
  info->title = title != NULL && *title != '\0' ? g_strdup (title) : title_of_path (info->path);
  info->changed = sqlite3_column_int64 (stmt, 1);
  return TRUE;
}

static void
read_picture (StormDb        *db,
              StormBoardInfo *info)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;
  gconstpointer blob;
  int len;

  stmt = storm_db_prepare (db, "SELECT png FROM picture WHERE id = 1", NULL);
  if (stmt == NULL || sqlite3_step (stmt) != SQLITE_ROW ||
      sqlite3_column_type (stmt, 0) != SQLITE_BLOB)
    return;
  blob = sqlite3_column_blob (stmt, 0);
  len = sqlite3_column_bytes (stmt, 0);
  if (blob != NULL && len > 0 && len <= MAX_PICTURE_BYTES)
    info->picture = g_bytes_new (blob, len);
}

StormBoardInfo *
storm_board_info_read (const char  *path,
                       GError     **error)
{
  g_auto (StormBoardOpen) opened = { NULL };
  g_autoptr (StormBoardInfo) info = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (!storm_board_open_unchecked (path, &opened, error))
    return NULL;
  info = g_new0 (StormBoardInfo, 1);
  info->path = g_strdup (path);
  if (!read_board (opened.db, info, error))
    return NULL;
  read_picture (opened.db, info);
  info->n_stickies = count (opened.db, "SELECT count(*) FROM sticky");
  info->n_flows = count (opened.db, "SELECT count(*) FROM flow");
  info->n_contexts = count (opened.db, "SELECT count(*) FROM context");
  info->n_recordings = count (opened.db, "SELECT count(*) FROM recording WHERE complete = 1");
  info->n_steps = count (opened.db, "SELECT count(*) FROM history");
  return g_steal_pointer (&info);
}

void
storm_board_info_free (StormBoardInfo *info)
{
  g_free (info->path);
  g_free (info->title);
  g_clear_pointer (&info->picture, g_bytes_unref);
  g_free (info);
}
