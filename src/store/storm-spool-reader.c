#include "config.h"

#include "storm-spool-reader.h"

#include <glib/gi18n-lib.h>

#include "storm-error.h"

/* Fetched in slices: a read transaction that stays open would let the spool's log grow. */
#define SLICE 256
#define SLICE_BYTES (1024 * 1024)

#define STORM_TYPE_SPOOL_READER (storm_spool_reader_get_type ())
G_DECLARE_FINAL_TYPE (StormSpoolReader, storm_spool_reader, STORM, SPOOL_READER, GObject)

struct _StormSpoolReader
{
  GObject parent_instance;

  StormDb         *db;
  sqlite3_stmt    *stmt;
  StormStrings    *topics;
  gint64           end_row;
  gint64           next_row;
  GArray          *rows;
  GByteArray      *arena;
  guint            at;
  gboolean         at_end;
  StormRecordView  view;
  GArray          *gaps;       /* StormEventGap, by row */
  guint            next_gap;
};

static void storm_spool_reader_iface_init (StormRecordReaderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StormSpoolReader, storm_spool_reader, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (STORM_TYPE_RECORD_READER,
                                                      storm_spool_reader_iface_init))

static gboolean
fetch (StormSpoolReader  *self,
       GError           **error)
{
  int rc = SQLITE_ROW;

  g_array_set_size (self->rows, 0);
  g_byte_array_set_size (self->arena, 0);
  self->at = 0;
  sqlite3_bind_int64 (self->stmt, 1, self->next_row);
  sqlite3_bind_int64 (self->stmt, 2, self->end_row);
  while (self->rows->len < SLICE && self->arena->len < SLICE_BYTES &&
         (rc = sqlite3_step (self->stmt)) == SQLITE_ROW)
    {
      storm_spool_row_fetch (self->stmt, self->rows, self->arena);
      self->next_row = sqlite3_column_int64 (self->stmt, 0) + 1;
    }
  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    storm_db_set_error (self->db, error);
  sqlite3_reset (self->stmt);
  self->at_end = rc == SQLITE_DONE;
  return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

static void
take_gap (StormSpoolReader *self,
          gint64            row,
          StormRecord      *record)
{
  const StormEventGap *gap = NULL;

  for (; self->next_gap < self->gaps->len; self->next_gap++)
    {
      gap = &g_array_index (self->gaps, StormEventGap, self->next_gap);
      if (gap->row >= row)
        break;
    }
  if (self->next_gap >= self->gaps->len || gap->row != row)
    return;
  record->gap_from = gap->from;
  record->gap_to = gap->to;
  record->anew = gap->anew;
}

static gboolean
storm_spool_reader_next (StormRecordReader  *reader,
                         StormRecord        *record,
                         GCancellable       *cancellable,
                         GError            **error)
{
  StormSpoolReader *self = STORM_SPOOL_READER (reader);
  const StormSpoolRow *row;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->at >= self->rows->len && (self->at_end || !fetch (self, error)))
    return FALSE;
  if (self->at >= self->rows->len)
    return FALSE;
  row = &g_array_index (self->rows, StormSpoolRow, self->at++);
  if (!storm_spool_row_read (row, self->arena, self->topics, &self->view))
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_DAMAGED,
                   _("Event %lld of the recording can't be read: its file was changed."),
                   (long long) row->row + 1);
      return FALSE;
    }
  *record = self->view.record;
  record->connection = storm_strings_get_connection_name (self->topics, row->topic);
  take_gap (self, row->row, record);
  return TRUE;
}

static gboolean
storm_spool_reader_rewind (StormRecordReader  *reader,
                           GError            **error)
{
  StormSpoolReader *self = STORM_SPOOL_READER (reader);

  g_array_set_size (self->rows, 0);
  self->at = 0;
  self->at_end = FALSE;
  self->next_row = 0;
  self->next_gap = 0;
  return TRUE;
}

static void
storm_spool_reader_iface_init (StormRecordReaderInterface *iface)
{
  iface->next = storm_spool_reader_next;
  iface->rewind = storm_spool_reader_rewind;
}

static void
storm_spool_reader_finalize (GObject *object)
{
  StormSpoolReader *self = STORM_SPOOL_READER (object);

  sqlite3_finalize (self->stmt);
  g_clear_pointer (&self->db, storm_db_free);
  g_clear_pointer (&self->topics, storm_strings_unref);
  storm_record_view_clear (&self->view);
  g_array_unref (self->rows);
  g_byte_array_unref (self->arena);
  g_array_unref (self->gaps);
  G_OBJECT_CLASS (storm_spool_reader_parent_class)->finalize (object);
}

static void
storm_spool_reader_class_init (StormSpoolReaderClass *class)
{
  G_OBJECT_CLASS (class)->finalize = storm_spool_reader_finalize;
}

static void
storm_spool_reader_init (StormSpoolReader *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (StormSpoolRow));
  self->arena = g_byte_array_new ();
  self->gaps = g_array_new (FALSE, FALSE, sizeof (StormEventGap));
}

StormRecordReader *
storm_spool_reader_new (const char    *path,
                        StormStrings  *topics,
                        guint32        end_row,
                        StormGapBook  *gaps,
                        GError       **error)
{
  const StormEventGap *closed;
  guint n_closed;
  g_autoptr (StormSpoolReader) self = g_object_new (STORM_TYPE_SPOOL_READER, NULL);

  self->topics = storm_strings_ref (topics);
  self->end_row = end_row;
  closed = storm_gap_book_get_closed (gaps, &n_closed);
  if (n_closed > 0)
    g_array_append_vals (self->gaps, closed, n_closed);
  self->db = storm_db_open (path, STORM_DB_READ_ONLY, error);
  if (self->db == NULL)
    return NULL;
  self->stmt = storm_db_prepare (self->db, "SELECT " STORM_SPOOL_COLUMNS " FROM spool"
                                           " WHERE row >= ?1 AND row < ?2 ORDER BY row", error);
  if (self->stmt == NULL)
    return NULL;
  return STORM_RECORD_READER (g_steal_pointer (&self));
}
