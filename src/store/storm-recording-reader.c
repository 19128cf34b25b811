#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "storm-board-open.h"
#include "storm-error.h"
#include "storm-recordings.h"

/* Records are fetched in slices, so that no read transaction stays open while a replay waits: it
 * would keep the log from ever being emptied. */
#define SLICE 256
#define SLICE_BYTES (1024 * 1024)
#define MAX_HEADERS 1000

#define STORM_TYPE_RECORDING_READER (storm_recording_reader_get_type ())
G_DECLARE_FINAL_TYPE (StormRecordingReader, storm_recording_reader, STORM, RECORDING_READER,
                      GObject)

/* A record of the slice; the bytes that it stands for lie in the arena, from these places on. */
typedef struct
{
  gsize     topic;
  gsize     key;
  gsize     payload;
  gsize     key_len;
  gsize     payload_len;
  gboolean  has_key;
  gboolean  has_payload;
  gint32    partition;
  gint64    offset;
  gint64    n;
  StormTime time;
  guint     first_header;
  guint     n_headers;
  gint64    gap_from;
  gint64    gap_to;
  gboolean  anew;
  gboolean  has_connection;
  gsize     connection;
} SliceRecord;

typedef struct
{
  gsize    name;
  gsize    name_len;
  gsize    value;
  gsize    value_len;
  gboolean has_value;
} SliceHeader;

struct _StormRecordingReader
{
  GObject parent_instance;

  StormBoardOpen  opened;
  sqlite3_stmt   *events;
  sqlite3_stmt   *headers;
  gint64          id;
  gint64          last_n;
  GByteArray     *arena;
  GArray         *records;
  GArray         *slice_headers;
  GArray         *out_headers;
  guint           at;
  gboolean        at_end;
};

static void storm_recording_reader_iface_init (StormRecordReaderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StormRecordingReader, storm_recording_reader, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (STORM_TYPE_RECORD_READER,
                                                      storm_recording_reader_iface_init))

/* Copies a value of any kind; %FALSE for a null. Always followed by a nul, for topics. */
static gboolean
take_bytes (StormRecordingReader *self,
            sqlite3_stmt         *stmt,
            int                   column,
            gsize                *place,
            gsize                *len)
{
  const guint8 nul = 0;
  gconstpointer data = sqlite3_column_blob (stmt, column);

  *place = self->arena->len;
  *len = data != NULL ? sqlite3_column_bytes (stmt, column) : 0;
  if (*len > 0)
    g_byte_array_append (self->arena, data, *len);
  g_byte_array_append (self->arena, &nul, 1);
  return sqlite3_column_type (stmt, column) != SQLITE_NULL;
}

static void
take_record (StormRecordingReader *self)
{
  sqlite3_stmt *stmt = self->events;
  SliceRecord record = { 0 };
  gsize len;

  record.n = sqlite3_column_int64 (stmt, 0);
  if (storm_column_text (stmt, 1) != NULL)
    take_bytes (self, stmt, 1, &record.topic, &len);
  else
    {
      record.topic = self->arena->len;
      g_byte_array_append (self->arena, (const guint8 *) "", 1);
    }
  record.partition = CLAMP (sqlite3_column_int64 (stmt, 2), G_MININT32, G_MAXINT32);
  record.offset = sqlite3_column_int64 (stmt, 3);
  record.time = sqlite3_column_type (stmt, 4) == SQLITE_INTEGER
    ? sqlite3_column_int64 (stmt, 4) : STORM_TIME_NONE;
  record.has_key = take_bytes (self, stmt, 5, &record.key, &record.key_len);
  record.has_payload = take_bytes (self, stmt, 6, &record.payload, &record.payload_len);
  record.n_headers = sqlite3_column_int64 (stmt, 7) > 0;
  record.gap_from = sqlite3_column_int64 (stmt, 8);
  record.gap_to = sqlite3_column_int64 (stmt, 9);
  record.anew = sqlite3_column_int64 (stmt, 10) != 0;
  record.has_connection = storm_column_text (stmt, 11) != NULL &&
                          take_bytes (self, stmt, 11, &record.connection, &len);
  self->last_n = record.n;
  g_array_append_val (self->records, record);
}

static gboolean
take_headers (StormRecordingReader  *self,
              SliceRecord           *record,
              GError               **error)
{
  sqlite3_stmt *stmt = self->headers;
  int rc = SQLITE_ROW;

  record->first_header = self->slice_headers->len;
  record->n_headers = 0;
  sqlite3_bind_int64 (stmt, 1, self->id);
  sqlite3_bind_int64 (stmt, 2, record->n);
  while (record->n_headers < MAX_HEADERS && (rc = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      SliceHeader header = { 0 };

      take_bytes (self, stmt, 0, &header.name, &header.name_len);
      header.has_value = take_bytes (self, stmt, 1, &header.value, &header.value_len);
      g_array_append_val (self->slice_headers, header);
      record->n_headers++;
    }
  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    storm_db_set_error (self->opened.db, error);
  sqlite3_reset (stmt);
  return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

static gboolean
fetch (StormRecordingReader  *self,
       GError               **error)
{
  int rc = SQLITE_ROW;

  g_byte_array_set_size (self->arena, 0);
  g_array_set_size (self->records, 0);
  g_array_set_size (self->slice_headers, 0);
  self->at = 0;
  sqlite3_bind_int64 (self->events, 1, self->id);
  sqlite3_bind_int64 (self->events, 2, self->last_n);
  while (self->records->len < SLICE && self->arena->len < SLICE_BYTES &&
         (rc = sqlite3_step (self->events)) == SQLITE_ROW)
    take_record (self);
  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    storm_db_set_error (self->opened.db, error);
  sqlite3_reset (self->events);
  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    return FALSE;
  self->at_end = rc == SQLITE_DONE;
  for (guint i = 0; i < self->records->len; i++)
    {
      SliceRecord *record = &g_array_index (self->records, SliceRecord, i);

      if (record->n_headers > 0 && !take_headers (self, record, error))
        return FALSE;
    }
  return TRUE;
}

static void
fill (StormRecordingReader *self,
      const SliceRecord    *from,
      StormRecord          *record)
{
  const guint8 *arena = self->arena->data;

  g_array_set_size (self->out_headers, from->n_headers);
  for (guint i = 0; i < from->n_headers; i++)
    {
      const SliceHeader *header = &g_array_index (self->slice_headers, SliceHeader,
                                                  from->first_header + i);
      StormHeader *out = &g_array_index (self->out_headers, StormHeader, i);

      out->name = (const char *) arena + header->name;
      out->name_len = header->name_len;
      out->value = header->has_value ? arena + header->value : NULL;
      out->value_len = header->value_len;
    }
  *record = (StormRecord) {
    .connection = from->has_connection ? (const char *) arena + from->connection : NULL,
    .topic = (const char *) arena + from->topic,
    .partition = from->partition,
    .offset = from->offset,
    .broker_time = from->time,
    .key = from->has_key ? arena + from->key : NULL,
    .key_len = from->key_len,
    .payload = from->has_payload ? arena + from->payload : NULL,
    .payload_len = from->payload_len,
    .headers = (const StormHeader *) (gpointer) self->out_headers->data,
    .n_headers = from->n_headers,
    .gap_from = from->gap_from,
    .gap_to = from->gap_to,
    .anew = from->anew,
  };
}

static gboolean
storm_recording_reader_next (StormRecordReader  *reader,
                             StormRecord        *record,
                             GCancellable       *cancellable,
                             GError            **error)
{
  StormRecordingReader *self = STORM_RECORDING_READER (reader);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->at >= self->records->len && (self->at_end || !fetch (self, error)))
    return FALSE;
  if (self->at >= self->records->len)
    return FALSE;
  fill (self, &g_array_index (self->records, SliceRecord, self->at++), record);
  return TRUE;
}

static gboolean
storm_recording_reader_rewind (StormRecordReader  *reader,
                               GError            **error)
{
  StormRecordingReader *self = STORM_RECORDING_READER (reader);

  g_array_set_size (self->records, 0);
  self->at = 0;
  self->at_end = FALSE;
  self->last_n = G_MININT64;
  return TRUE;
}

static void
storm_recording_reader_iface_init (StormRecordReaderInterface *iface)
{
  iface->next = storm_recording_reader_next;
  iface->rewind = storm_recording_reader_rewind;
}

static void
storm_recording_reader_finalize (GObject *object)
{
  StormRecordingReader *self = STORM_RECORDING_READER (object);

  sqlite3_finalize (self->events);
  sqlite3_finalize (self->headers);
  storm_board_open_clear (&self->opened);
  g_byte_array_unref (self->arena);
  g_array_unref (self->records);
  g_array_unref (self->slice_headers);
  g_array_unref (self->out_headers);
  G_OBJECT_CLASS (storm_recording_reader_parent_class)->finalize (object);
}

static void
storm_recording_reader_class_init (StormRecordingReaderClass *class)
{
  G_OBJECT_CLASS (class)->finalize = storm_recording_reader_finalize;
}

static void
storm_recording_reader_init (StormRecordingReader *self)
{
  self->arena = g_byte_array_new ();
  self->records = g_array_new (FALSE, FALSE, sizeof (SliceRecord));
  self->slice_headers = g_array_new (FALSE, FALSE, sizeof (SliceHeader));
  self->out_headers = g_array_new (FALSE, TRUE, sizeof (StormHeader));
  self->last_n = G_MININT64;
}

/* A file that is only looked at keeps the version that it has. */
static sqlite3_stmt *
prepare_events (StormDb  *db,
                GError  **error)
{
  gint64 version = storm_db_get_int (db, "PRAGMA user_version", 0);
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT n, topic, partition, offset, time, key, payload, n_headers, %s, %s"
                         " FROM recorded_event WHERE recording = ?1 AND n > ?2 ORDER BY n",
                         version >= 3 ? "gap_from, gap_to, anew" : "0, 0, 0",
                         version >= 4 ? "connection" : "NULL");
  return storm_db_prepare (db, sql, error);
}

StormRecordReader *
storm_recording_reader_new (const char  *path,
                            gboolean     writable,
                            gint64       id,
                            GError     **error)
{
  g_autoptr (StormRecordingReader) self = g_object_new (STORM_TYPE_RECORDING_READER, NULL);
  g_autoptr (sqlite3_stmt) stmt = NULL;
  StormDb *db;

  if (!storm_board_open_unchecked (path, &self->opened, error))
    return NULL;
  g_clear_pointer (&self->opened.db, storm_db_free);
  self->opened.db = db = writable ? storm_db_open (path, STORM_DB_DEFAULT, error)
                                  : storm_db_open_for_reading (path, error);
  if (db == NULL || !storm_db_exec (db, "PRAGMA query_only=ON", error))
    return NULL;
  self->id = id;
  self->events = prepare_events (db, error);
  if (self->events == NULL)
    return NULL;
  self->headers = storm_db_prepare (db,
    "SELECT name, value FROM recorded_header WHERE recording = ?1 AND n = ?2 ORDER BY i", error);
  stmt = self->headers != NULL
    ? storm_db_prepare (db, "SELECT 1 FROM recording WHERE id = ?1 AND complete = 1", error) : NULL;
  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, id);
  if (sqlite3_step (stmt) != SQLITE_ROW)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND,
                   _("“%s” has no such recording any more."), db->name);
      return NULL;
    }
  return STORM_RECORD_READER (g_steal_pointer (&self));
}
