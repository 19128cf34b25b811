#pragma once

#include "storm-batch-private.h"
#include "storm-column-private.h"
#include "storm-event-log.h"
#include "storm-row-table-private.h"

G_BEGIN_DECLS

/* What the broker said: about 5 bytes an event, once the chunk is full and packed. */
typedef struct
{
  StormColumn broker_time;
  StormColumn offset;
  StormColumn stream;
} StormFixedChunk;

/* What the mapping read: about 12 bytes an event, once packed. @id_hash is 0 without an id, and of
 * a repeated event the row that it repeats: such rows are in no table. */
typedef struct
{
  StormColumn time;
  StormColumn type;
  StormColumn correlation;
  StormColumn payload;
  guint32     id_hash[STORM_CHUNK_ROWS];
  guint16     flags[STORM_CHUNK_ROWS];
} StormMappedChunk;

/* A partition of a topic of one connection: the number of the topic is its own there. */
typedef struct
{
  guint32 topic;
  gint32  partition;
  gint64  max_offset;
} StormStream;

/* All that another mapping changes; a remap fills a second one and then puts it in place. */
typedef struct
{
  GPtrArray     *chunks;       /* StormMappedChunk */
  GArray        *last_times;   /* StormTime of each stream's last event */
  StormTime      last_time;    /* of the events that have one */
  StormTime      arrival;      /* what the first ones without a time get until then */
  StormRowTable  ids;
} StormMappedRows;

/* Rows from @first_row on were read with @mapping. */
typedef struct
{
  guint32       first_row;
  StormMapping *mapping;
} StormMappingRun;

typedef struct
{
  guint32     first_row;
  guint32     n_rows;
  StormBatch *batch;           /* NULL once its payloads are on the disk only */
} StormKeptBatch;

typedef struct _StormRemap StormRemap;

struct _StormEventLog
{
  GObject             parent_instance;

  StormStrings       *strings;
  guint32             n;
  GPtrArray          *fixed;           /* StormFixedChunk */
  StormMappedRows     mapped;
  GArray             *streams;         /* StormStream */
  GHashTable         *stream_ids;      /* topic and partition → number of the stream + 1 */
  guint64             last_stream_key;
  guint32             last_stream;
  guint32             connection;      /* of the first stream */
  gboolean            has_connections; /* others are of another */
  GArray             *gaps;            /* StormEventGap, as they came */
  StormGapBook       *gap_book;

  /* Made when a partition goes back in its offsets for the first time; most never do. */
  StormRowTable       places;
  gboolean            has_places;

  GArray             *batches;         /* StormKeptBatch */
  guint               n_dropped;       /* the first batches, whose payloads are no longer here */
  gsize               batch_bytes;
  gsize               hole_bytes;      /* of large batches that went since memory was given back */
  gsize               budget;
  guint32             n_spooled;
  StormPayloadReader  reader;
  gpointer            reader_data;
  GDestroyNotify      reader_destroy;

  GArray             *runs;            /* StormMappingRun */
  StormRecordView     view;            /* for comparing ids */
  StormReading        reading;

  StormRemap         *remap;           /* nullable */
};

void storm_event_log_gaps_init  (StormEventLog   *self);
void storm_event_log_gaps_clear (StormEventLog   *self);
void storm_event_log_gaps_reset (StormEventLog   *self);
void storm_event_log_gaps_add   (StormEventLog   *self,
                                 const StormMark *mark);

void storm_mapped_rows_init  (StormMappedRows *rows);
void storm_mapped_rows_clear (StormMappedRows *rows);
/* storm_mapped_rows_settle_head: the first of @n rows, when they had no time, take that of the
 * first one that has. Before anybody has seen them. */
void storm_mapped_rows_settle_head (StormMappedRows *rows,
                                    guint32          n);

/* storm_event_log_put: row @row, whose broker's columns are there, as it was read. @mapping says
 * how the ids of the rows in @rows are read. */
void storm_event_log_put     (StormEventLog   *self,
                              StormMappedRows *rows,
                              StormMapping    *mapping,
                              guint32          row,
                              const StormEventRow *read);
/* storm_event_log_get_mapping: (transfer none): what @row was read with. */
StormMapping *storm_event_log_get_mapping (StormEventLog *self,
                                           guint32        row);
void storm_event_log_set_run (StormEventLog   *self,
                              guint32          first_row,
                              StormMapping    *mapping);
/* storm_event_log_replace: puts what a remap read in place, and takes it over. */
void storm_event_log_replace (StormEventLog   *self,
                              StormMappedRows *rows,
                              StormMapping    *mapping);
void storm_event_log_stop_remap (StormEventLog *self);

/* storm_event_log_begin_chunk: the first row of a chunk is next; the one before it is full. */
void storm_event_log_begin_chunk (StormEventLog *self);
void storm_fixed_chunk_free      (gpointer       chunk);
gsize storm_event_log_get_columns_bytes (StormEventLog *self);

#define STORM_FIXED_CHUNK(self, row) \
  ((StormFixedChunk *) (self)->fixed->pdata[(row) >> STORM_CHUNK_BITS])
#define STORM_MAPPED_CHUNK(rows, row) \
  ((StormMappedChunk *) (rows)->chunks->pdata[(row) >> STORM_CHUNK_BITS])

#define STORM_FIXED(self, row, column) \
  storm_column_get (&STORM_FIXED_CHUNK (self, row)->column, (row) & STORM_CHUNK_MASK)
#define STORM_SET_FIXED(self, row, column, value) \
  storm_column_set (&STORM_FIXED_CHUNK (self, row)->column, (row) & STORM_CHUNK_MASK, (value))
#define STORM_MAPPED(rows, row, column) \
  storm_column_get (&STORM_MAPPED_CHUNK (rows, row)->column, (row) & STORM_CHUNK_MASK)
#define STORM_SET_MAPPED(rows, row, column, value) \
  storm_column_set (&STORM_MAPPED_CHUNK (rows, row)->column, (row) & STORM_CHUNK_MASK, (value))
#define STORM_ID_HASH(rows, row) \
  (STORM_MAPPED_CHUNK (rows, row)->id_hash[(row) & STORM_CHUNK_MASK])
#define STORM_FLAGS(rows, row) (STORM_MAPPED_CHUNK (rows, row)->flags[(row) & STORM_CHUNK_MASK])

G_END_DECLS
