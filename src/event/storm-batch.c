#include "config.h"

#include "storm-batch.h"

#include <string.h>

#include "storm-batch-private.h"
#include "storm-hash-private.h"

/* The first buffer of a builder; later ones are as large as the last batch was. */
#define FIRST_BYTES 4096

/* Types and correlation keys come again soon: what was interned lately is found without the lock of
 * the strings and without the memory in which their table lies. */
#define N_RECENT   256
#define MAX_RECENT 60

typedef struct
{
  guint32 id;        /* 0: empty */
  guint32 len;
  char    text[MAX_RECENT];
} RecentText;

struct _StormBatchBuilder
{
  StormStrings  *strings;
  StormMapping  *mapping;
  StormReading   reading;
  GByteArray    *bytes;
  StormBytePool *pool;
  GArray        *rows;
  GArray        *marks;
  GArray        *mappings;
  guint32        connection;
  char          *mark_for;     /* the connection that marks name, nullable */
  char          *last_topic;   /* the topic of one record is nearly always that of the one before */
  char          *last_connection;
  guint32        last_topic_id;
  guint          size_hint;
  RecentText     recent[N_RECENT];
};

StormBatch *
storm_batch_ref (StormBatch *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
storm_batch_unref (StormBatch *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < self->n_mappings; i++)
    storm_mapping_unref (self->mappings[i].mapping);
  g_free (self->mappings);
  storm_strings_unref (self->strings);
  g_free (self->rows);
  g_free (self->marks);
  if (self->pool != NULL)
    {
      storm_byte_pool_give (self->pool, self->bytes);
      storm_byte_pool_unref (self->pool);
    }
  else
    {
      g_clear_pointer (&self->bytes, g_byte_array_unref);
    }
  g_free (self);
}

StormStrings *
storm_batch_get_strings (StormBatch *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->strings;
}

const StormEventRow *
storm_batch_get_rows (StormBatch *self,
                      guint      *n_rows)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_rows != NULL, NULL);

  *n_rows = self->n_rows;

  return self->rows;
}

const StormMark *
storm_batch_get_marks (StormBatch *self,
                       guint      *n_marks)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_marks != NULL, NULL);

  *n_marks = self->n_marks;

  return self->marks;
}

gsize
storm_batch_get_bytes (StormBatch *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sizeof *self + (self->bytes != NULL ? self->bytes->len : 0)
         + self->n_rows * sizeof *self->rows + self->n_marks * sizeof *self->marks;
}

StormMapping *
storm_batch_get_mapping (StormBatch *self,
                         guint       row)
{
  guint i = self->n_mappings - 1;

  g_assert (row < self->n_rows);
  while (i > 0 && self->mappings[i].first_row > row)
    i--;

  return self->mappings[i].mapping;
}

const guint8 *
storm_batch_get_packed (StormBatch *self,
                        guint       row,
                        gsize      *len)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < self->n_rows, NULL);
  g_return_val_if_fail (len != NULL, NULL);

  *len = self->rows[row].bytes_len;

  return self->bytes->data + self->rows[row].bytes_offset;
}

void
storm_batch_get_record (StormBatch      *self,
                        guint            row,
                        StormRecordView *view)
{
  const StormEventRow *it;

  g_return_if_fail (self != NULL);
  g_return_if_fail (row < self->n_rows);
  g_return_if_fail (view != NULL);

  it = &self->rows[row];
  if (!storm_record_unpack (self->bytes->data + it->bytes_offset, it->bytes_len, view))
    g_assert_not_reached ();
  view->record.connection = storm_strings_get_connection_name (self->strings, it->topic);
  view->record.topic = storm_strings_get (self->strings, it->topic);
  view->record.partition = it->partition;
  view->record.offset = it->offset;
  view->record.broker_time = it->broker_time;
}

guint64
storm_event_id_hash (const StormReading *reading)
{
  guint64 hash;

  if (reading->text[STORM_MAPPING_ID] == NULL)
    return 0;

  hash = storm_hash_bytes (reading->text[STORM_MAPPING_ID], reading->len[STORM_MAPPING_ID],
                           storm_hash_seed ());
  if (reading->text[STORM_MAPPING_TYPE] != NULL)
    hash = storm_hash_bytes (reading->text[STORM_MAPPING_TYPE], reading->len[STORM_MAPPING_TYPE],
                             hash);

  return hash != 0 ? hash : 1;
}

guint16
storm_reading_get_flags (const StormReading *reading)
{
  guint16 flags = 0;

  if (reading->text[STORM_MAPPING_TYPE] == NULL)
    flags |= STORM_EVENT_UNDECODABLE;
  if (reading->time_source == STORM_TIME_FROM_BROKER)
    flags |= STORM_EVENT_TIME_BROKER;
  if (reading->time_source == STORM_TIME_FROM_ARRIVAL)
    flags |= STORM_EVENT_TIME_ARRIVAL;
  if (reading->time_refused)
    flags |= STORM_EVENT_TIME_REFUSED;
  if (reading->text[STORM_MAPPING_FAILED] != NULL)
    flags |= STORM_EVENT_FAILED;

  return flags;
}

StormBatchBuilder *
storm_batch_builder_new (StormStrings *strings,
                         StormMapping *mapping)
{
  StormBatchBuilder *self;

  g_return_val_if_fail (strings != NULL, NULL);
  g_return_val_if_fail (mapping != NULL, NULL);

  self = g_new0 (StormBatchBuilder, 1);
  self->strings = storm_strings_ref (strings);
  self->mapping = storm_mapping_ref (mapping);
  self->size_hint = FIRST_BYTES;
  self->pool = storm_byte_pool_new ();
  self->rows = g_array_new (FALSE, FALSE, sizeof (StormEventRow));
  self->marks = g_array_new (FALSE, FALSE, sizeof (StormMark));
  self->mappings = g_array_new (FALSE, FALSE, sizeof (StormBatchMapping));
  storm_reading_init (&self->reading);

  return self;
}

void
storm_batch_builder_free (StormBatchBuilder *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->mappings->len; i++)
    storm_mapping_unref (g_array_index (self->mappings, StormBatchMapping, i).mapping);
  g_array_unref (self->mappings);
  g_array_unref (self->rows);
  g_array_unref (self->marks);
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  storm_byte_pool_close (self->pool);
  storm_byte_pool_unref (self->pool);
  storm_reading_clear (&self->reading);
  storm_mapping_unref (self->mapping);
  storm_strings_unref (self->strings);
  g_free (self->last_topic);
  g_free (self->last_connection);
  g_free (self->mark_for);
  g_free (self);
}

/* What was learnt of the last topic holds no longer. */
static void
forget_topic (StormBatchBuilder *self)
{
  g_clear_pointer (&self->last_topic, g_free);
  g_clear_pointer (&self->last_connection, g_free);
}

void
storm_batch_builder_set_connection (StormBatchBuilder *self,
                                    guint32            connection)
{
  g_return_if_fail (self != NULL);

  self->connection = connection;
  forget_topic (self);
}

void
storm_batch_builder_mark_for (StormBatchBuilder *self,
                              const char        *connection)
{
  g_return_if_fail (self != NULL);

  if (g_strcmp0 (self->mark_for, connection) == 0)
    return;
  g_free (self->mark_for);
  self->mark_for = g_strdup (connection);
}

void
storm_batch_builder_set_mapping (StormBatchBuilder *self,
                                 StormMapping      *mapping)
{
  StormMapping *old;

  g_return_if_fail (self != NULL);
  g_return_if_fail (mapping != NULL);

  old = self->mapping;
  self->mapping = storm_mapping_ref (mapping);
  storm_mapping_unref (old);
}

/* The number of the connection that a record names. */
static guint32
intern_connection (StormBatchBuilder *self,
                   const char        *connection)
{
  g_autofree char *within = NULL;

  if (connection == NULL || *connection == '\0')
    return self->connection;
  if (self->connection == 0
      && g_strcmp0 (connection, storm_strings_get_connection_name (self->strings, 0)) == 0)
    return 0;
  if (self->connection != 0)
    {
      within = g_strconcat (storm_strings_get (self->strings, self->connection), "/", connection,
                            NULL);
      connection = within;
    }
  return storm_strings_intern (self->strings, connection, strlen (connection));
}

static guint32
intern_topic (StormBatchBuilder *self,
              const char        *connection,
              const char        *topic)
{
  if (topic == NULL)
    return 0;

  if (self->last_topic == NULL || strcmp (self->last_topic, topic) != 0
      || g_strcmp0 (self->last_connection, connection) != 0)
    {
      forget_topic (self);
      self->last_topic = g_strdup (topic);
      self->last_connection = g_strdup (connection);
      self->last_topic_id = storm_strings_intern_in (self->strings,
                                                     intern_connection (self, connection),
                                                     topic, strlen (topic));
    }

  return self->last_topic_id;
}

static guint32
intern_field (StormBatchBuilder *self,
              StormMappingField  field)
{
  const char *text = self->reading.text[field];
  gsize len = self->reading.len[field];
  RecentText *recent;

  if (text == NULL)
    return 0;
  if (len == 0 || len > MAX_RECENT)
    return storm_strings_intern (self->strings, text, len);

  recent = &self->recent[storm_hash_bytes (text, len, storm_hash_seed ()) % N_RECENT];
  if (recent->id == 0 || recent->len != len || memcmp (recent->text, text, len) != 0)
    {
      recent->id = storm_strings_intern (self->strings, text, len);
      recent->len = (guint32) len;
      memcpy (recent->text, text, len);
    }

  return recent->id;
}

static void
note_mapping (StormBatchBuilder *self)
{
  guint n = self->mappings->len;

  if (n == 0
      || g_array_index (self->mappings, StormBatchMapping, n - 1).mapping != self->mapping)
    {
      StormBatchMapping mapping = { self->rows->len, storm_mapping_ref (self->mapping) };

      g_array_append_val (self->mappings, mapping);
    }
}

void
storm_batch_builder_add (StormBatchBuilder *self,
                         const StormRecord *record)
{
  const StormReading *reading;
  StormEventRow row = { 0, };

  g_return_if_fail (self != NULL);
  g_return_if_fail (record != NULL);
  /* Sources take a batch after some megabytes. */
  g_return_if_fail (record->payload_len < G_MAXINT32 && record->key_len < G_MAXINT32 / 2
                    && storm_batch_builder_get_bytes (self) < G_MAXINT32);

  if (self->bytes == NULL)
    self->bytes = storm_byte_pool_take (self->pool, self->size_hint);
  note_mapping (self);
  storm_mapping_read (self->mapping, record, &self->reading);
  reading = &self->reading;

  row.bytes_offset = self->bytes->len;
  storm_record_pack (self->bytes, record);
  row.bytes_len = self->bytes->len - row.bytes_offset;
  row.time = reading->time;
  row.broker_time = record->broker_time;
  row.offset = record->offset;
  row.partition = record->partition;
  row.topic = intern_topic (self, record->connection, record->topic);
  row.type = intern_field (self, STORM_MAPPING_TYPE);
  row.correlation = intern_field (self, STORM_MAPPING_CORRELATION);
  row.id_hash = storm_event_id_hash (reading);
  row.flags = storm_reading_get_flags (reading);
  row.payload_status = (guint8) reading->payload;
  g_array_append_val (self->rows, row);
}

void
storm_batch_builder_mark (StormBatchBuilder *self,
                          StormMarkKind      kind,
                          const char        *topic,
                          gint32             partition,
                          gint64             from,
                          gint64             to)
{
  StormMark mark = { 0, };

  g_return_if_fail (self != NULL);

  mark.kind = kind;
  mark.at_row = self->rows->len;
  mark.topic = intern_topic (self, self->mark_for, topic);
  mark.partition = partition;
  mark.from = from;
  mark.to = to;
  g_array_append_val (self->marks, mark);
}

guint
storm_batch_builder_get_n (StormBatchBuilder *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows->len;
}

gsize
storm_batch_builder_get_bytes (StormBatchBuilder *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->bytes != NULL ? self->bytes->len : 0;
}

/* What the array holds, in a block that is no larger than that: the log keeps many small
 * batches. */
static gpointer
take_array (GArray  *array,
            gsize    element_size,
            guint   *n)
{
  gpointer data;

  *n = array->len;
  data = *n > 0 ? g_memdup2 (array->data, *n * element_size) : NULL;
  g_array_set_size (array, 0);

  return data;
}

/* A large buffer comes back later; a small batch may stay for long, and holds no more than it
 * needs. */
static void
take_bytes (StormBatchBuilder *self,
            StormBatch        *batch)
{
  guint len = self->bytes->len;

  /* Some more, so that a batch that is hardly larger need not be moved. */
  self->size_hint = CLAMP (len + len / 16, FIRST_BYTES, 16 << 20);
  batch->bytes = g_steal_pointer (&self->bytes);
  if (len >= STORM_BYTE_POOL_MIN)
    {
      batch->pool = storm_byte_pool_ref (self->pool);
    }
  else
    {
      guint8 *data = g_byte_array_free (batch->bytes, FALSE);

      batch->bytes = g_byte_array_new_take (g_realloc (data, MAX (len, 1)), len);
    }
}

StormBatch *
storm_batch_builder_take (StormBatchBuilder *self)
{
  StormBatch *batch;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->rows->len == 0 && self->marks->len == 0)
    return NULL;

  batch = g_new0 (StormBatch, 1);
  g_atomic_ref_count_init (&batch->ref_count);
  batch->strings = storm_strings_ref (self->strings);
  batch->rows = take_array (self->rows, sizeof (StormEventRow), &batch->n_rows);
  batch->marks = take_array (self->marks, sizeof (StormMark), &batch->n_marks);
  batch->mappings = take_array (self->mappings, sizeof (StormBatchMapping), &batch->n_mappings);
  if (self->bytes != NULL)
    take_bytes (self, batch);

  return batch;
}
