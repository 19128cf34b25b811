#include "config.h"

#include "storm-event-log.h"

#include <malloc.h>
#include <string.h>

#include "storm-event-log-private.h"

/* What the tables of rows can number. */
#define MAX_ROWS (G_MAXINT32 - 1)
/* So far ahead of the row that is put into the log the memory is asked for that it will need. */
#define AHEAD 8
/* Batches as large as those of a history, and how much of them may leave holes behind. */
#define LARGE_BATCH (256 * 1024)
#define HOLES_MAX   (16 * 1024 * 1024)

enum
{
  APPENDED,
  CLEARED,
  REMAPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormEventLog, storm_event_log, G_TYPE_OBJECT)

static void
drop_batches (StormEventLog *self)
{
  for (guint i = 0; i < self->batches->len; i++)
    g_clear_pointer (&g_array_index (self->batches, StormKeptBatch, i).batch, storm_batch_unref);
  g_array_set_size (self->batches, 0);
  self->n_dropped = 0;
  self->batch_bytes = 0;
}

static void
drop_runs (StormEventLog *self)
{
  for (guint i = 0; i < self->runs->len; i++)
    storm_mapping_unref (g_array_index (self->runs, StormMappingRun, i).mapping);
  g_array_set_size (self->runs, 0);
}

static void
storm_event_log_finalize (GObject *object)
{
  StormEventLog *self = STORM_EVENT_LOG (object);

  storm_event_log_set_reader (self, NULL, NULL, NULL);
  drop_batches (self);
  drop_runs (self);
  storm_mapped_rows_clear (&self->mapped);
  storm_row_table_clear (&self->places);
  storm_record_view_clear (&self->view);
  storm_reading_clear (&self->reading);
  g_array_unref (self->batches);
  g_array_unref (self->runs);
  g_array_unref (self->streams);
  g_hash_table_unref (self->stream_ids);
  storm_event_log_gaps_clear (self);
  g_ptr_array_unref (self->fixed);
  g_clear_pointer (&self->strings, storm_strings_unref);

  G_OBJECT_CLASS (storm_event_log_parent_class)->finalize (object);
}

static void
storm_event_log_class_init (StormEventLogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = storm_event_log_finalize;

  signals[APPENDED] = g_signal_new ("appended", STORM_TYPE_EVENT_LOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[CLEARED] = g_signal_new ("cleared", STORM_TYPE_EVENT_LOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[REMAPPED] = g_signal_new ("remapped", STORM_TYPE_EVENT_LOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
storm_event_log_init (StormEventLog *self)
{
  self->fixed = g_ptr_array_new_with_free_func (storm_fixed_chunk_free);
  self->streams = g_array_new (FALSE, FALSE, sizeof (StormStream));
  self->stream_ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  storm_event_log_gaps_init (self);
  self->batches = g_array_new (FALSE, FALSE, sizeof (StormKeptBatch));
  self->runs = g_array_new (FALSE, FALSE, sizeof (StormMappingRun));
  self->budget = STORM_EVENT_LOG_BUDGET;
  self->last_stream = G_MAXUINT32;
  storm_mapped_rows_init (&self->mapped);
  storm_reading_init (&self->reading);
}

StormEventLog *
storm_event_log_new (StormStrings *strings)
{
  StormEventLog *self;

  g_return_val_if_fail (strings != NULL, NULL);

  self = g_object_new (STORM_TYPE_EVENT_LOG, NULL);
  self->strings = storm_strings_ref (strings);

  return self;
}

StormStrings *
storm_event_log_get_strings (StormEventLog *self)
{
  g_return_val_if_fail (STORM_IS_EVENT_LOG (self), NULL);

  return self->strings;
}

/* Lets go of the oldest payloads that the capture has, until the others are within the budget. */
static void
keep_budget (StormEventLog *self)
{
  if (self->reader == NULL)
    return;

  while (self->batch_bytes > self->budget && self->n_dropped < self->batches->len)
    {
      StormKeptBatch *kept = &g_array_index (self->batches, StormKeptBatch, self->n_dropped);

      if (kept->first_row + kept->n_rows > self->n_spooled)
        return;
      self->batch_bytes -= storm_batch_get_bytes (kept->batch);
      if (storm_batch_get_bytes (kept->batch) >= LARGE_BATCH)
        self->hole_bytes += storm_batch_get_bytes (kept->batch);
      g_clear_pointer (&kept->batch, storm_batch_unref);
      self->n_dropped++;
    }
}

/* A history was read, and all of it is on the disk: what its batches, and those who brought it,
 * left between what stays is given back to the system. Live, batches are small, and take the place
 * of those before. */
static void
give_back (StormEventLog *self)
{
  if (self->hole_bytes < HOLES_MAX || self->n_spooled < self->n)
    return;
  self->hole_bytes = 0;
  malloc_trim (0);
}

void
storm_event_log_set_budget (StormEventLog *self,
                            gsize          bytes)
{
  g_return_if_fail (STORM_IS_EVENT_LOG (self));

  self->budget = bytes;
  keep_budget (self);
}

void
storm_event_log_set_reader (StormEventLog      *self,
                            StormPayloadReader  reader,
                            gpointer            user_data,
                            GDestroyNotify      destroy)
{
  GDestroyNotify old_destroy;
  gpointer old_data;

  g_return_if_fail (STORM_IS_EVENT_LOG (self));

  old_destroy = self->reader_destroy;
  old_data = self->reader_data;
  self->reader = reader;
  self->reader_data = user_data;
  self->reader_destroy = destroy;
  if (old_destroy != NULL)
    old_destroy (old_data);

  keep_budget (self);
}

void
storm_event_log_set_spooled (StormEventLog *self,
                             guint32        n_rows)
{
  g_return_if_fail (STORM_IS_EVENT_LOG (self));

  self->n_spooled = n_rows;
  keep_budget (self);
  give_back (self);
}

static void
note_connection (StormEventLog *self,
                 guint32        topic)
{
  guint32 connection = storm_strings_get_connection (self->strings, topic);

  if (self->streams->len == 0)
    self->connection = connection;
  self->has_connections |= connection != self->connection;
}

static guint32
find_stream (StormEventLog *self,
             guint32        topic,
             gint32         partition)
{
  guint64 key = (guint64) topic << 32 | (guint32) partition;
  StormStream stream = { topic, partition, -1 };
  gpointer found;

  if (self->last_stream != G_MAXUINT32 && self->last_stream_key == key)
    return self->last_stream;

  found = g_hash_table_lookup (self->stream_ids, &key);
  if (found == NULL)
    {
      note_connection (self, topic);
      g_array_append_val (self->streams, stream);
      found = GUINT_TO_POINTER (self->streams->len);
      g_hash_table_insert (self->stream_ids, g_memdup2 (&key, sizeof key), found);
    }
  self->last_stream_key = key;
  self->last_stream = GPOINTER_TO_UINT (found) - 1;

  return self->last_stream;
}

static void
keep_batch (StormEventLog *self,
            StormBatch    *batch,
            guint32        first_row)
{
  StormKeptBatch kept = { first_row, batch->n_rows, storm_batch_ref (batch) };

  g_array_append_val (self->batches, kept);
  self->batch_bytes += storm_batch_get_bytes (batch);
  for (guint i = 0; i < batch->n_mappings; i++)
    storm_event_log_set_run (self, first_row + batch->mappings[i].first_row,
                             batch->mappings[i].mapping);
}

/* The same offsets of a partition that was made anew are no repeats: it is another stream. */
static void
take_mark (StormEventLog   *self,
           const StormMark *mark)
{
  guint64 key = (guint64) mark->topic << 32 | (guint32) mark->partition;

  if (mark->kind == STORM_MARK_ANEW)
    {
      g_hash_table_remove (self->stream_ids, &key);
      self->last_stream = G_MAXUINT32;
    }
  storm_event_log_gaps_add (self, mark);
}

guint32
storm_event_log_append (StormEventLog *self,
                        StormBatch    *batch)
{
  guint32 first_row;
  guint n_marks, mark = 0;
  const StormMark *marks;

  g_return_val_if_fail (STORM_IS_EVENT_LOG (self), 0);
  g_return_val_if_fail (batch != NULL && batch->strings == self->strings, 0);
  g_return_val_if_fail (batch->n_rows < MAX_ROWS - self->n, 0);

  first_row = self->n;
  marks = storm_batch_get_marks (batch, &n_marks);
  if (batch->n_rows > 0)
    keep_batch (self, batch, first_row);
  for (guint i = 0; i < batch->n_rows; i++)
    {
      const StormEventRow *read = &batch->rows[i];
      guint32 row = self->n;

      while (mark < n_marks && marks[mark].at_row <= i)
        take_mark (self, &marks[mark++]);
      if (i + AHEAD < batch->n_rows)
        storm_row_table_prefetch (&self->mapped.ids, (guint32) read[AHEAD].id_hash);
      if ((row & STORM_CHUNK_MASK) == 0)
        storm_event_log_begin_chunk (self);
      STORM_SET_FIXED (self, row, broker_time, read->broker_time);
      STORM_SET_FIXED (self, row, offset, read->offset);
      STORM_SET_FIXED (self, row, stream, find_stream (self, read->topic, read->partition));
      storm_event_log_put (self, &self->mapped, NULL, row, read);
      if (storm_gap_book_is_open (self->gap_book))
        storm_gap_book_take_row (self->gap_book, row, read->topic, read->partition);
      self->n++;
    }
  while (mark < n_marks)
    take_mark (self, &marks[mark++]);
  if (batch->n_rows == 0)
    return first_row;

  if (first_row == 0)
    storm_mapped_rows_settle_head (&self->mapped, self->n);
  keep_budget (self);
  g_signal_emit (self, signals[APPENDED], 0, first_row, self->n - first_row);

  return first_row;
}

void
storm_event_log_clear (StormEventLog *self)
{
  g_return_if_fail (STORM_IS_EVENT_LOG (self));

  storm_event_log_stop_remap (self);
  drop_batches (self);
  drop_runs (self);
  storm_mapped_rows_clear (&self->mapped);
  storm_mapped_rows_init (&self->mapped);
  storm_row_table_clear (&self->places);
  self->has_places = FALSE;
  g_ptr_array_set_size (self->fixed, 0);
  g_array_set_size (self->streams, 0);
  g_hash_table_remove_all (self->stream_ids);
  self->last_stream = G_MAXUINT32;
  self->has_connections = FALSE;
  storm_event_log_gaps_reset (self);
  self->n = 0;
  self->n_spooled = 0;

  g_signal_emit (self, signals[CLEARED], 0);
}

void
storm_event_log_set_run (StormEventLog *self,
                         guint32        first_row,
                         StormMapping  *mapping)
{
  StormMappingRun run = { first_row, mapping };

  if (self->runs->len > 0
      && g_array_index (self->runs, StormMappingRun, self->runs->len - 1).mapping == mapping)
    return;

  storm_mapping_ref (mapping);
  g_array_append_val (self->runs, run);
}

void
storm_event_log_replace (StormEventLog   *self,
                         StormMappedRows *rows,
                         StormMapping    *mapping)
{
  storm_mapped_rows_clear (&self->mapped);
  self->mapped = *rows;
  memset (rows, 0, sizeof *rows);
  drop_runs (self);
  storm_event_log_set_run (self, 0, mapping);

  g_signal_emit (self, signals[REMAPPED], 0);
}

guint32
storm_event_log_get_n (StormEventLog *self)
{
  g_return_val_if_fail (STORM_IS_EVENT_LOG (self), 0);

  return self->n;
}

gboolean
storm_event_log_has_connections (StormEventLog *self)
{
  g_return_val_if_fail (STORM_IS_EVENT_LOG (self), FALSE);

  return self->has_connections;
}

gsize
storm_event_log_get_bytes (StormEventLog *self)
{
  g_return_val_if_fail (STORM_IS_EVENT_LOG (self), 0);

  return sizeof *self + self->batch_bytes
         + storm_event_log_get_columns_bytes (self)
         + storm_row_table_get_bytes (&self->mapped.ids)
         + storm_row_table_get_bytes (&self->places)
         + self->streams->len * (sizeof (StormStream) + sizeof (StormTime) + 48)
         + self->batches->len * sizeof (StormKeptBatch);
}

static StormKeptBatch *
find_batch (StormEventLog *self,
            guint32        row)
{
  guint low = 0, high = self->batches->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->batches, StormKeptBatch, middle).first_row <= row)
        low = middle;
      else
        high = middle;
    }

  return &g_array_index (self->batches, StormKeptBatch, low);
}

gboolean
storm_event_log_read (StormEventLog   *self,
                      guint32          row,
                      StormRecordView *view)
{
  StormKeptBatch *kept;
  const StormStream *stream;

  g_return_val_if_fail (STORM_IS_EVENT_LOG (self), FALSE);
  g_return_val_if_fail (row < self->n || self->batches->len > 0, FALSE);
  g_return_val_if_fail (view != NULL, FALSE);

  kept = find_batch (self, row);
  if (kept->batch != NULL)
    {
      storm_batch_get_record (kept->batch, row - kept->first_row, view);
      return TRUE;
    }
  if (self->reader == NULL || !self->reader (row, view, self->reader_data))
    return FALSE;

  stream = &g_array_index (self->streams, StormStream, STORM_FIXED (self, row, stream));
  view->record.connection = storm_strings_get_connection_name (self->strings, stream->topic);
  view->record.topic = storm_strings_get (self->strings, stream->topic);
  view->record.partition = stream->partition;
  view->record.offset = STORM_FIXED (self, row, offset);
  view->record.broker_time = STORM_FIXED (self, row, broker_time);

  return TRUE;
}
