#pragma once

#include "storm-mapping.h"
#include "storm-strings.h"

G_BEGIN_DECLS

/** What is known of an event beside its fields; kept in the log's flags. */
typedef enum
{
  STORM_EVENT_UNDECODABLE  = 1 << 0,  /* no type could be read */
  STORM_EVENT_TIME_BROKER  = 1 << 1,  /* time_source is the broker */
  STORM_EVENT_TIME_ARRIVAL = 1 << 2,  /* the record has no time at all */
  STORM_EVENT_LATE         = 1 << 3,  /* set by the trace index: came after the watermark passed */
  STORM_EVENT_REPEATED     = 1 << 4,  /* set by the log: the same event again */
  STORM_EVENT_TIME_REFUSED = 1 << 5,  /* a time was there but absurd; the fallback was used */
  STORM_EVENT_FAILED       = 1 << 6,  /* it says itself that it failed, as the mapping has it */
} StormEventFlags;

/**
 * StormEventRow:
 *
 * One event in a batch. @payload_offset points into the batch's bytes, where key, headers and
 * payload stand behind each other (storm_batch_get_record()).
 */
typedef struct
{
  StormTime time;
  StormTime broker_time;
  gint64    offset;
  guint64   id_hash;          /* 0: the event has no id */
  guint32   topic;            /* numbers in the batch's StormStrings */
  guint32   type;
  guint32   correlation;
  gint32    partition;
  guint32   bytes_offset;
  guint32   bytes_len;
  guint16   flags;            /* StormEventFlags */
  guint8    payload_status;   /* StormPayloadStatus */
} StormEventRow;

/**
 * StormMark: something about a partition that happened between two events.
 * @STORM_MARK_ASSIGNED: the partition is being watched; until its first event, or CAUGHT_UP, it
 *   holds the watermark back
 * @STORM_MARK_CAUGHT_UP: its end was reached
 * @STORM_MARK_GAP: events from @from to @to (exclusive) are gone from the broker, never seen
 * @STORM_MARK_ENDED: nothing more will come from it (the end of a recording, a bounded read, a
 *   topic that was deleted), unless it is assigned again
 * @STORM_MARK_ANEW: the topic was deleted and made again, or its broker has lost what it had from
 *   @from on; from here on offsets mean other events than before, the next one @to
 */
typedef enum
{
  STORM_MARK_ASSIGNED,
  STORM_MARK_CAUGHT_UP,
  STORM_MARK_GAP,
  STORM_MARK_ENDED,
  STORM_MARK_ANEW,
} StormMarkKind;

typedef struct
{
  StormMarkKind kind;
  guint         at_row;       /* before the row with this index in the batch */
  guint32       topic;
  gint32        partition;
  gint64        from;
  gint64        to;
} StormMark;

/**
 * StormBatch:
 *
 * Events that were read and mapped by a source's worker thread. Immutable once taken from the
 * builder, counted by references, any thread.
 */
typedef struct _StormBatch StormBatch;

StormBatch          *storm_batch_ref         (StormBatch   *self);
void                 storm_batch_unref       (StormBatch   *self);
StormStrings        *storm_batch_get_strings (StormBatch   *self);
const StormEventRow *storm_batch_get_rows    (StormBatch   *self,
                                              guint        *n_rows);
const StormMark     *storm_batch_get_marks   (StormBatch   *self,
                                              guint        *n_marks);
gsize                storm_batch_get_bytes   (StormBatch   *self);

/**
 * StormRecordView:
 *
 * A record unpacked from stored bytes; @record borrows from it and from the bytes.
 */
typedef struct
{
  StormRecord  record;
  /*< private >*/
  GArray      *headers;
} StormRecordView;

void                 storm_record_view_clear (StormRecordView *view);

/** storm_batch_get_record: unpacks row @row into @view (zeroed at first, may be used again). */
void                 storm_batch_get_record  (StormBatch      *self,
                                              guint            row,
                                              StormRecordView *view);

/** storm_batch_get_packed: (transfer none): the packed bytes of @row, as the capture stores
 * them. */
const guint8        *storm_batch_get_packed  (StormBatch      *self,
                                              guint            row,
                                              gsize           *len);

/**
 * storm_record_unpack:
 * @data: packed bytes, from a file: not trusted
 * @view: connection, topic, partition, offset and times of its record are the caller's to fill in
 *
 * Returns: %FALSE when @data is not what storm_batch_get_packed() gave
 */
gboolean             storm_record_unpack     (const guint8    *data,
                                              gsize            len,
                                              StormRecordView *view);

/**
 * StormBatchBuilder: makes batches in a source's worker thread; copies each payload once.
 */
typedef struct _StormBatchBuilder StormBatchBuilder;

StormBatchBuilder *storm_batch_builder_new         (StormStrings      *strings,
                                                    StormMapping      *mapping);
void               storm_batch_builder_free        (StormBatchBuilder *self);
/**
 * storm_batch_builder_set_connection:
 * @connection: number of the name of the connection that everything from now on comes over, 0 for
 *   none. A record that names one, for it was recorded with several, is of that one within it.
 */
void               storm_batch_builder_set_connection (StormBatchBuilder *self,
                                                       guint32            connection);
/** storm_batch_builder_set_mapping: holds from the next record on. */
void               storm_batch_builder_set_mapping (StormBatchBuilder *self,
                                                    StormMapping      *mapping);
void               storm_batch_builder_add         (StormBatchBuilder *self,
                                                    const StormRecord *record);
/** storm_batch_builder_mark_for: the marks from now on are of records that name @connection. */
void               storm_batch_builder_mark_for    (StormBatchBuilder *self,
                                                    const char        *connection);
void               storm_batch_builder_mark        (StormBatchBuilder *self,
                                                    StormMarkKind      kind,
                                                    const char        *topic,
                                                    gint32             partition,
                                                    gint64             from,
                                                    gint64             to);
guint              storm_batch_builder_get_n       (StormBatchBuilder *self);
gsize              storm_batch_builder_get_bytes   (StormBatchBuilder *self);
/** storm_batch_builder_take: (transfer full) (nullable): the batch so far, NULL when it is
 * empty. */
StormBatch        *storm_batch_builder_take        (StormBatchBuilder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormBatch, storm_batch_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormBatchBuilder, storm_batch_builder_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StormRecordView, storm_record_view_clear)

G_END_DECLS
