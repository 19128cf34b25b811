#include "config.h"

#include <string.h>

#include "storm-event-log-private.h"
#include "storm-hash-private.h"

/* The columns of the log: what is put into them, and what is read from them. */

typedef struct
{
  StormEventLog       *log;
  StormMappedRows     *rows;
  StormMapping        *mapping;
} Finder;

void
storm_fixed_chunk_free (gpointer data)
{
  StormFixedChunk *chunk = data;

  storm_column_clear (&chunk->broker_time);
  storm_column_clear (&chunk->offset);
  storm_column_clear (&chunk->stream);
  g_free (chunk);
}

void
storm_event_log_begin_chunk (StormEventLog *self)
{
  StormFixedChunk *chunk = g_new (StormFixedChunk, 1);

  if (self->fixed->len > 0)
    {
      StormFixedChunk *full = g_ptr_array_index (self->fixed, self->fixed->len - 1);

      storm_column_pack (&full->broker_time);
      storm_column_pack (&full->offset);
      storm_column_pack (&full->stream);
    }
  storm_column_init (&chunk->broker_time);
  storm_column_init (&chunk->offset);
  storm_column_init (&chunk->stream);
  g_ptr_array_add (self->fixed, chunk);
}

static void
mapped_chunk_free (gpointer data)
{
  StormMappedChunk *chunk = data;

  storm_column_clear (&chunk->time);
  storm_column_clear (&chunk->type);
  storm_column_clear (&chunk->correlation);
  storm_column_clear (&chunk->payload);
  g_free (chunk);
}

static void
begin_mapped_chunk (StormMappedRows *rows)
{
  StormMappedChunk *chunk = g_new (StormMappedChunk, 1);

  if (rows->chunks->len > 0)
    {
      StormMappedChunk *full = g_ptr_array_index (rows->chunks, rows->chunks->len - 1);

      storm_column_pack (&full->time);
      storm_column_pack (&full->type);
      storm_column_pack (&full->correlation);
      storm_column_pack (&full->payload);
    }
  storm_column_init (&chunk->time);
  storm_column_init (&chunk->type);
  storm_column_init (&chunk->correlation);
  storm_column_init (&chunk->payload);
  g_ptr_array_add (rows->chunks, chunk);
}

gsize
storm_event_log_get_columns_bytes (StormEventLog *self)
{
  gsize bytes = self->fixed->len * sizeof (StormFixedChunk)
                + self->mapped.chunks->len * sizeof (StormMappedChunk);

  for (guint i = 0; i < self->fixed->len; i++)
    {
      const StormFixedChunk *chunk = g_ptr_array_index (self->fixed, i);

      bytes += storm_column_get_bytes (&chunk->broker_time)
               + storm_column_get_bytes (&chunk->offset) + storm_column_get_bytes (&chunk->stream);
    }
  for (guint i = 0; i < self->mapped.chunks->len; i++)
    {
      const StormMappedChunk *chunk = g_ptr_array_index (self->mapped.chunks, i);

      bytes += storm_column_get_bytes (&chunk->time) + storm_column_get_bytes (&chunk->type)
               + storm_column_get_bytes (&chunk->correlation)
               + storm_column_get_bytes (&chunk->payload);
    }
  return bytes;
}

void
storm_mapped_rows_init (StormMappedRows *rows)
{
  memset (rows, 0, sizeof *rows);
  rows->chunks = g_ptr_array_new_with_free_func (mapped_chunk_free);
  rows->last_times = g_array_new (FALSE, FALSE, sizeof (StormTime));
  rows->last_time = STORM_TIME_NONE;
  rows->arrival = STORM_TIME_NONE;
}

void
storm_mapped_rows_clear (StormMappedRows *rows)
{
  g_clear_pointer (&rows->chunks, g_ptr_array_unref);
  g_clear_pointer (&rows->last_times, g_array_unref);
  storm_row_table_clear (&rows->ids);
}

/* An event without a time keeps its place in the order of arrival: it takes the time of the event
 * before it in its partition, else that of the event before it in the log. The first ones take that
 * of the event after them (storm_mapped_rows_settle_head()), and of their arrival when none has
 * one: nothing but such events may follow from that, or all that comes from a recording would be
 * late. */
static StormTime
settle_time (StormMappedRows *rows,
             guint32          stream,
             StormTime        time)
{
  StormTime *last;

  while (rows->last_times->len <= stream)
    {
      StormTime none = STORM_TIME_NONE;

      g_array_append_val (rows->last_times, none);
    }
  last = &g_array_index (rows->last_times, StormTime, stream);

  if (time == STORM_TIME_NONE)
    time = *last;
  if (time == STORM_TIME_NONE)
    time = rows->last_time;
  if (time == STORM_TIME_NONE && rows->arrival == STORM_TIME_NONE)
    rows->arrival = storm_time_now ();
  if (time == STORM_TIME_NONE)
    return rows->arrival;
  *last = rows->last_time = time;

  return time;
}

void
storm_mapped_rows_settle_head (StormMappedRows *rows,
                               guint32          n)
{
  guint32 n_head = 0;
  StormTime time;

  while (n_head < n && (STORM_FLAGS (rows, n_head) & STORM_EVENT_TIME_ARRIVAL))
    n_head++;
  if (n_head == 0 || n_head == n)
    return;
  time = STORM_MAPPED (rows, n_head, time);
  for (guint32 row = 0; row < n_head; row++)
    STORM_SET_MAPPED (rows, row, time, time);
}

static guint32
hash_place (guint32  row,
            gpointer user_data)
{
  StormEventLog *self = user_data;

  return (guint32) storm_hash_mix (storm_hash_seed () ^ (guint64) STORM_FIXED (self, row, stream),
                                   (guint64) STORM_FIXED (self, row, offset));
}

static gboolean
same_place (guint32  row,
            gpointer key,
            gpointer user_data)
{
  StormEventLog *self = user_data;
  guint32 other = *(guint32 *) key;

  return STORM_FIXED (self, row, stream) == STORM_FIXED (self, other, stream)
         && STORM_FIXED (self, row, offset) == STORM_FIXED (self, other, offset);
}

static void
add_place (StormEventLog *self,
           guint32        row)
{
  if (STORM_FIXED (self, row, offset) >= 0)
    storm_row_table_add (&self->places, row, hash_place (row, self), hash_place, self);
}

/* The row with the same topic, partition and offset, or G_MAXUINT32. Offsets rise in a partition,
 * so that a look at the highest is enough, until one goes back. */
static guint32
find_place (StormEventLog *self,
            guint32        row)
{
  StormStream *stream = &g_array_index (self->streams, StormStream,
                                        STORM_FIXED (self, row, stream));
  gint64 offset = STORM_FIXED (self, row, offset);
  guint32 first;

  /* A row that a remap looks at again is in the table, if there is one, or was never repeated. */
  if (row < self->n)
    {
      if (!self->has_places || offset < 0)
        return G_MAXUINT32;
      first = storm_row_table_find (&self->places, hash_place (row, self), same_place, &row, self);
      return first == row ? G_MAXUINT32 : first;
    }

  if (offset < 0)
    return G_MAXUINT32;
  if (offset > stream->max_offset)
    {
      stream->max_offset = offset;
      if (self->has_places)
        add_place (self, row);
      return G_MAXUINT32;
    }

  if (!self->has_places)
    {
      self->has_places = TRUE;
      for (guint32 i = 0; i < row; i++)
        add_place (self, i);
    }
  first = storm_row_table_find (&self->places, hash_place (row, self), same_place, &row, self);
  if (first == G_MAXUINT32)
    add_place (self, row);

  return first;
}

StormMapping *
storm_event_log_get_mapping (StormEventLog *self,
                             guint32        row)
{
  guint i = self->runs->len - 1;

  while (i > 0 && g_array_index (self->runs, StormMappingRun, i).first_row > row)
    i--;

  return g_array_index (self->runs, StormMappingRun, i).mapping;
}

static guint32
hash_id (guint32  row,
         gpointer user_data)
{
  Finder *finder = user_data;

  return STORM_ID_HASH (finder->rows, row);
}

/* Id and type, of its own: what is read from the disk lies there until the next one is. */
static GString *
join_id (const StormReading *reading)
{
  GString *id = g_string_new_len (reading->text[STORM_MAPPING_ID],
                                  (gssize) reading->len[STORM_MAPPING_ID]);

  g_string_append_c (id, '\0');
  if (reading->text[STORM_MAPPING_TYPE] != NULL)
    g_string_append_len (id, reading->text[STORM_MAPPING_TYPE],
                         (gssize) reading->len[STORM_MAPPING_TYPE]);
  return id;
}

/* The same hash of 32 bits is only a hint, one event in some thousands has another's: what counts
 * are the ids themselves. A record that can't be read any more gets the benefit of the doubt. */
static gboolean
same_id (guint32  row,
         gpointer key,
         gpointer user_data)
{
  Finder *finder = user_data;
  StormEventLog *self = finder->log;
  guint32 rows[2] = { row, *(guint32 *) key };
  GString *ids[2] = { NULL, };
  gboolean same = TRUE;

  if (STORM_ID_HASH (finder->rows, row) != STORM_ID_HASH (finder->rows, rows[1]))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      StormMapping *mapping = finder->mapping;

      if (!storm_event_log_read (self, rows[i], &self->view))
        break;
      if (mapping == NULL)
        mapping = storm_event_log_get_mapping (self, rows[i]);
      storm_mapping_read (mapping, &self->view.record, &self->reading);
      ids[i] = join_id (&self->reading);
    }
  if (ids[1] != NULL)
    same = g_string_equal (ids[0], ids[1]);

  for (guint i = 0; i < 2; i++)
    if (ids[i] != NULL)
      g_string_free (ids[i], TRUE);
  return same;
}

void
storm_event_log_put (StormEventLog       *self,
                     StormMappedRows     *rows,
                     StormMapping        *mapping,
                     guint32              row,
                     const StormEventRow *read)
{
  Finder finder = { self, rows, mapping };
  guint32 hash = (guint32) read->id_hash;
  guint32 first;

  if ((row & STORM_CHUNK_MASK) == 0)
    begin_mapped_chunk (rows);

  if (read->id_hash != 0 && hash == 0)
    hash = 1;
  STORM_SET_MAPPED (rows, row, time,
                    settle_time (rows, (guint32) STORM_FIXED (self, row, stream), read->time));
  STORM_SET_MAPPED (rows, row, type, read->type);
  STORM_SET_MAPPED (rows, row, correlation, read->correlation);
  STORM_ID_HASH (rows, row) = hash;
  STORM_FLAGS (rows, row) = read->flags & (guint16) ~STORM_EVENT_REPEATED;
  STORM_SET_MAPPED (rows, row, payload, read->payload_status);

  first = find_place (self, row);
  if (first == G_MAXUINT32 && hash != 0)
    {
      first = storm_row_table_find (&rows->ids, hash, same_id, &row, &finder);
      if (first == G_MAXUINT32)
        storm_row_table_add (&rows->ids, row, hash, hash_id, &finder);
    }
  else if (first != G_MAXUINT32 && (STORM_FLAGS (rows, first) & STORM_EVENT_REPEATED))
    {
      /* The same place as an event that repeated an id. */
      first = STORM_ID_HASH (rows, first);
    }

  if (first != G_MAXUINT32)
    {
      STORM_FLAGS (rows, row) |= STORM_EVENT_REPEATED;
      STORM_ID_HASH (rows, row) = first;
    }
}

StormTime
storm_event_log_get_time (StormEventLog *self,
                          guint32        row)
{
  return STORM_MAPPED (&self->mapped, row, time);
}

StormTime
storm_event_log_get_broker_time (StormEventLog *self,
                                 guint32        row)
{
  return STORM_FIXED (self, row, broker_time);
}

guint32
storm_event_log_get_type_id (StormEventLog *self,
                             guint32        row)
{
  return (guint32) STORM_MAPPED (&self->mapped, row, type);
}

guint32
storm_event_log_get_correlation_id (StormEventLog *self,
                                    guint32        row)
{
  return (guint32) STORM_MAPPED (&self->mapped, row, correlation);
}

static const StormStream *
get_stream (StormEventLog *self,
            guint32        row)
{
  return &g_array_index (self->streams, StormStream, STORM_FIXED (self, row, stream));
}

guint32
storm_event_log_get_topic_id (StormEventLog *self,
                              guint32        row)
{
  return get_stream (self, row)->topic;
}

gint32
storm_event_log_get_partition (StormEventLog *self,
                               guint32        row)
{
  return get_stream (self, row)->partition;
}

gint64
storm_event_log_get_offset (StormEventLog *self,
                            guint32        row)
{
  return STORM_FIXED (self, row, offset);
}

guint16
storm_event_log_get_flags (StormEventLog *self,
                           guint32        row)
{
  return STORM_FLAGS (&self->mapped, row);
}

StormPayloadStatus
storm_event_log_get_payload_status (StormEventLog *self,
                                    guint32        row)
{
  return (StormPayloadStatus) STORM_MAPPED (&self->mapped, row, payload);
}

const char *
storm_event_log_get_type_name (StormEventLog *self,
                               guint32        row)
{
  return storm_strings_get (self->strings, storm_event_log_get_type_id (self, row));
}

const char *
storm_event_log_get_correlation (StormEventLog *self,
                                 guint32        row)
{
  return storm_strings_get (self->strings, storm_event_log_get_correlation_id (self, row));
}

const char *
storm_event_log_get_connection (StormEventLog *self,
                                guint32        row)
{
  return storm_strings_get_connection_name (self->strings,
                                            storm_event_log_get_topic_id (self, row));
}

const char *
storm_event_log_get_topic (StormEventLog *self,
                           guint32        row)
{
  return storm_strings_get (self->strings, storm_event_log_get_topic_id (self, row));
}

void
storm_event_log_add_flags (StormEventLog *self,
                           guint32        row,
                           guint16        flags)
{
  STORM_FLAGS (&self->mapped, row) |= flags;
}

guint32
storm_event_log_get_first (StormEventLog *self,
                           guint32        row)
{
  if (storm_event_log_get_flags (self, row) & STORM_EVENT_REPEATED)
    return STORM_ID_HASH (&self->mapped, row);

  return row;
}

int
storm_event_log_compare (StormEventLog *self,
                         guint32        a,
                         guint32        b)
{
  const StormStream *in_a = get_stream (self, a);
  const StormStream *in_b = get_stream (self, b);
  gint64 pairs[4][2] = {
    { storm_event_log_get_time (self, a), storm_event_log_get_time (self, b) },
    { STORM_FIXED (self, a, broker_time), STORM_FIXED (self, b, broker_time) },
    { in_a->partition, in_b->partition },
    { STORM_FIXED (self, a, offset), STORM_FIXED (self, b, offset) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      if (pairs[i][0] != pairs[i][1])
        return pairs[i][0] < pairs[i][1] ? -1 : 1;
    }

  /* By name: numbers of topics depend on which came first. */
  if (in_a->topic != in_b->topic)
    {
      int order = strcmp (storm_strings_get (self->strings, in_a->topic),
                          storm_strings_get (self->strings, in_b->topic));

      if (order == 0)
        order = g_strcmp0 (storm_strings_get_connection_name (self->strings, in_a->topic),
                           storm_strings_get_connection_name (self->strings, in_b->topic));
      if (order != 0)
        return order;
    }

  return a < b ? -1 : a > b;
}
