#include "config.h"

#include "storm-recordings.h"

#include <glib/gi18n-lib.h>

#include "storm-board-file-private.h"
#include "storm-error.h"

/* So many events are one transaction while a recording is kept: one or two milliseconds. */
#define SLICE 250
#define SLICE_BYTES (1024 * 1024)
#define PAUSE_US 1000

typedef struct
{
  StormDb           *db;
  StormRecordReader *reader;
  GCancellable      *cancellable;
  GCancellable      *others;
  sqlite3_stmt      *event;
  sqlite3_stmt      *header;
  gint64             id;
  gint64             n;
} Keep;

/* As text where it is text, so that the sqlite3 shell shows it. */
static void
bind_bytes (sqlite3_stmt *stmt,
            int           index,
            const void   *data,
            gsize         len)
{
  if (data == NULL)
    sqlite3_bind_null (stmt, index);
  else if (g_utf8_validate_len (data, len, NULL))
    sqlite3_bind_text64 (stmt, index, data, len, SQLITE_TRANSIENT, SQLITE_UTF8);
  else
    sqlite3_bind_blob64 (stmt, index, data, len, SQLITE_TRANSIENT);
}

static gboolean
write_record (Keep               *keep,
              const StormRecord  *record,
              GError            **error)
{
  sqlite3_stmt *stmt = keep->event;

  keep->n++;
  sqlite3_bind_int64 (stmt, 1, keep->id);
  sqlite3_bind_int64 (stmt, 2, keep->n);
  storm_bind_text (stmt, 3, record->topic);
  sqlite3_bind_int (stmt, 4, record->partition);
  sqlite3_bind_int64 (stmt, 5, record->offset);
  if (record->broker_time != STORM_TIME_NONE)
    sqlite3_bind_int64 (stmt, 6, record->broker_time);
  bind_bytes (stmt, 7, record->key, record->key_len);
  bind_bytes (stmt, 8, record->payload, record->payload_len);
  sqlite3_bind_int64 (stmt, 9, record->n_headers);
  sqlite3_bind_int64 (stmt, 10, record->gap_from);
  sqlite3_bind_int64 (stmt, 11, record->gap_to);
  sqlite3_bind_int (stmt, 12, record->anew);
  storm_bind_text (stmt, 13, record->connection);
  if (!storm_db_run (keep->db, stmt, error))
    return FALSE;

  for (guint i = 0; i < record->n_headers; i++)
    {
      const StormHeader *header = &record->headers[i];

      sqlite3_bind_int64 (keep->header, 1, keep->id);
      sqlite3_bind_int64 (keep->header, 2, keep->n);
      sqlite3_bind_int64 (keep->header, 3, i + 1);
      bind_bytes (keep->header, 4, header->name, header->name_len);
      bind_bytes (keep->header, 5, header->value, header->value_len);
      if (!storm_db_run (keep->db, keep->header, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_stopped (Keep    *keep,
            GError **error)
{
  if (!g_cancellable_is_cancelled (keep->cancellable) &&
      !g_cancellable_is_cancelled (keep->others))
    return FALSE;
  g_set_error (error, STORM_ERROR, STORM_ERROR_CANCELLED, _("Keeping the recording was stopped."));
  return TRUE;
}

/* One transaction; @at_end when the reader has no more. */
static gboolean
keep_slice (Keep      *keep,
            gboolean  *at_end,
            GError   **error)
{
  StormRecord record;
  gsize n_bytes = 0;

  if (is_stopped (keep, error) || !storm_db_exec (keep->db, "BEGIN IMMEDIATE", error))
    return FALSE;
  for (guint i = 0; i < SLICE && n_bytes < SLICE_BYTES; i++)
    {
      g_autoptr (GError) local = NULL;

      if (!storm_record_reader_next (keep->reader, &record, keep->cancellable, &local))
        {
          *at_end = TRUE;
          if (local == NULL)
            break;
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      n_bytes += record.payload_len + record.key_len;
      if (!write_record (keep, &record, error))
        return FALSE;
    }
  return storm_db_exec (keep->db, "COMMIT", error);
}

static gboolean
begin_recording (Keep        *keep,
                 const char  *title,
                 GError     **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;

  stmt = storm_db_prepare (keep->db, "INSERT INTO recording (title, made, n_events, complete)"
                                     " VALUES (?1, ?2, 0, 0)", error);
  if (stmt == NULL)
    return FALSE;
  storm_bind_text (stmt, 1, title);
  sqlite3_bind_int64 (stmt, 2, storm_time_now ());
  if (!storm_db_run (keep->db, stmt, error))
    return FALSE;
  keep->id = sqlite3_last_insert_rowid (keep->db->handle);
  keep->event = storm_db_prepare (keep->db,
    "INSERT INTO recorded_event (recording, n, topic, partition, offset, time, key, payload,"
    " n_headers, gap_from, gap_to, anew, connection)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)", error);
  if (keep->event == NULL)
    return FALSE;
  keep->header = storm_db_prepare (keep->db,
    "INSERT INTO recorded_header (recording, n, i, name, value) VALUES (?1, ?2, ?3, ?4, ?5)",
    error);
  return keep->header != NULL;
}

static gboolean
end_recording (Keep    *keep,
               GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;

  stmt = storm_db_prepare (keep->db, "UPDATE recording SET complete = 1, n_events = ?2"
                                     " WHERE id = ?1", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, keep->id);
  sqlite3_bind_int64 (stmt, 2, keep->n);
  return storm_db_run (keep->db, stmt, error);
}

gint64
storm_recordings_keep (StormDb            *db,
                       StormRecordReader  *reader,
                       const char         *title,
                       GCancellable       *cancellable,
                       GCancellable       *others,
                       GError            **error)
{
  Keep keep = { .db = db, .reader = reader, .cancellable = cancellable, .others = others,
                .id = -1 };
  gboolean at_end = FALSE;
  gboolean ok = begin_recording (&keep, title, error);

  while (ok && !at_end)
    {
      ok = keep_slice (&keep, &at_end, error);
      /* Lets the main thread in, which may be waiting to write. */
      g_usleep (PAUSE_US);
    }
  ok = ok && !is_stopped (&keep, error) && end_recording (&keep, error);
  sqlite3_finalize (keep.event);
  sqlite3_finalize (keep.header);
  if (ok)
    return keep.id;
  storm_db_rollback (db);
  /* When the board is being closed, the next one that opens it removes these rows. */
  if (keep.id >= 0 && !g_cancellable_is_cancelled (others))
    storm_recordings_remove (db, keep.id, NULL);
  return -1;
}

gboolean
storm_recordings_remove (StormDb  *db,
                         gint64    id,
                         GError  **error)
{
  /* First it is no recording any more; its rows go in slices. */
  static const char *sqls[] = {
    "UPDATE recording SET complete = 0 WHERE id = ?1",
    "DELETE FROM recorded_header WHERE recording = ?1 AND n < ?2",
    "DELETE FROM recorded_event WHERE recording = ?1 AND n < ?2",
    "DELETE FROM recording WHERE id = ?1",
  };
  g_autoptr (sqlite3_stmt) last = NULL;
  gint64 n_events = 0;

  last = storm_db_prepare (db, "SELECT max(n) FROM recorded_event WHERE recording = ?1", error);
  if (last == NULL)
    return FALSE;
  sqlite3_bind_int64 (last, 1, id);
  if (sqlite3_step (last) == SQLITE_ROW)
    n_events = sqlite3_column_int64 (last, 0);
  sqlite3_reset (last);

  for (guint i = 0; i < G_N_ELEMENTS (sqls); i++)
    {
      g_autoptr (sqlite3_stmt) stmt = storm_db_prepare (db, sqls[i], error);
      gboolean in_slices = stmt != NULL && sqlite3_bind_parameter_count (stmt) == 2;
      gint64 below = in_slices ? 0 : n_events;

      if (stmt == NULL)
        return FALSE;
      do
        {
          below = MIN (below + SLICE * 10, n_events + 1);
          sqlite3_bind_int64 (stmt, 1, id);
          if (in_slices)
            sqlite3_bind_int64 (stmt, 2, below);
          if (!storm_db_run (db, stmt, error))
            return FALSE;
        }
      while (below <= n_events);
    }
  return TRUE;
}

void
storm_recording_info_free (StormRecordingInfo *info)
{
  g_free (info->title);
  g_free (info);
}

GPtrArray *
storm_board_file_list_recordings (StormBoardFile *self)
{
  g_auto (StormBoardOpen) opened = { NULL };
  g_autoptr (sqlite3_stmt) stmt = NULL;
  GPtrArray *list;
  StormDb *db;

  g_return_val_if_fail (STORM_IS_BOARD_FILE (self), NULL);

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) storm_recording_info_free);
  db = storm_board_file_borrow (self, &opened, NULL);
  if (db != NULL)
    stmt = storm_db_prepare (db, "SELECT id, title, made, n_events FROM recording"
                                 " WHERE complete = 1 ORDER BY id LIMIT 10000", NULL);
  while (stmt != NULL && sqlite3_step (stmt) == SQLITE_ROW)
    {
      StormRecordingInfo *info = g_new0 (StormRecordingInfo, 1);
      const char *title = storm_column_text (stmt, 1);

      info->id = sqlite3_column_int64 (stmt, 0);
      info->title = g_strdup (title != NULL ? title : "");
      info->made = sqlite3_column_int64 (stmt, 2);
      info->n_events = MAX (sqlite3_column_int64 (stmt, 3), 0);
      g_ptr_array_add (list, info);
    }
  return list;
}

StormRecordReader *
storm_board_file_open_recording (StormBoardFile  *self,
                                 gint64           id,
                                 GError         **error)
{
  g_return_val_if_fail (STORM_IS_BOARD_FILE (self), NULL);

  return storm_recording_reader_new (self->path, self->opened.db != NULL, id, error);
}

gboolean
storm_board_file_remove_recording (StormBoardFile  *self,
                                   gint64           id,
                                   GError         **error)
{
  g_return_val_if_fail (STORM_IS_BOARD_FILE (self), FALSE);

  if (storm_board_file_refuse_read_only (self, error))
    return FALSE;
  storm_board_file_settle_first (self);
  return storm_recordings_remove (self->opened.db, id, error);
}
