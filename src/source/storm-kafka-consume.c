#include "config.h"

#include "storm-kafka-client-private.h"

#include <string.h>

#include "storm-kafka-words-private.h"

#define MAX_MESSAGES 1000
/* A position that is gone again before so many events were taken was too near to what the broker
 * removes. */
#define FEW_EVENTS 1000
/* So often the queue is told to have room again, while it is being emptied. */
#define WAKE_EVERY (2 * G_TIME_SPAN_MILLISECOND)

static StormTime
time_of (const rd_kafka_message_t *message)
{
  rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
  gint64 ms = rd_kafka_message_timestamp (message, &type);

  if (type == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE || ms <= 0 ||
      ms > G_MAXINT64 / STORM_TIME_MILLISECOND)
    return STORM_TIME_NONE;
  return ms * STORM_TIME_MILLISECOND;
}

static void
read_headers (StormKafkaClient         *self,
              const rd_kafka_message_t *message,
              StormRecord              *record)
{
  rd_kafka_headers_t *headers = NULL;
  const char *name;
  const void *value;
  gsize size;

  g_array_set_size (self->headers, 0);
  if (rd_kafka_message_headers (message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR)
    for (gsize i = 0; rd_kafka_header_get_all (headers, i, &name, &value, &size) ==
                        RD_KAFKA_RESP_ERR_NO_ERROR; i++)
      {
        StormHeader header = { name, strlen (name), value, size };

        g_array_append_val (self->headers, header);
      }
  record->headers = (const StormHeader *) self->headers->data;
  record->n_headers = self->headers->len;
}

static void
take_event (StormKafkaClient         *self,
            StormKafkaTopic          *topic,
            StormKafkaPartition      *partition,
            const rd_kafka_message_t *message)
{
  StormRecord record = { 0 };

  if (self->connection->bounded && message->offset >= partition->end)
    {
      storm_kafka_partition_end (self, topic, partition);
      return;
    }
  if (partition->damaged && message->offset > partition->next)
    storm_kafka_partition_gap (self, topic, partition, partition->next, message->offset);
  partition->damaged = FALSE;

  storm_kafka_partition_note (partition, message);
  record.topic = topic->name;
  record.partition = partition->id;
  record.offset = message->offset;
  record.broker_time = time_of (message);
  record.key = message->key;
  record.key_len = message->key_len;
  record.payload = message->payload;
  record.payload_len = message->len;
  read_headers (self, message, &record);
  storm_batch_builder_add (self->builder, &record);

  self->n_events++;
  partition->next = message->offset + 1;
  partition->fresh = TRUE;
  if (self->connection->bounded && partition->next >= partition->end)
    storm_kafka_partition_end (self, topic, partition);
}

static void
take_end (StormKafkaClient         *self,
          StormKafkaTopic          *topic,
          StormKafkaPartition      *partition,
          const rd_kafka_message_t *message)
{
  /* What stands between the last event and the end are marks of transactions, not events. */
  partition->next = MAX (partition->next, message->offset);
  if (self->connection->bounded)
    {
      storm_kafka_partition_end (self, topic, partition);
      return;
    }

  if (partition->fresh || !partition->caught_up)
    storm_batch_builder_mark (self->builder, STORM_MARK_CAUGHT_UP, topic->name, partition->id,
                              partition->next, partition->next);
  /* The last partition makes the source live: said at once. */
  if (!partition->caught_up)
    self->ticked = 0;
  partition->fresh = FALSE;
  partition->caught_up = TRUE;
}

/* The position is gone from the broker: found again, with a gap mark, when it is started anew. */
static void
restart (StormKafkaTopic     *topic,
         StormKafkaPartition *partition)
{
  rd_kafka_consume_stop (topic->handle, partition->id);
  partition->state = STORM_KAFKA_PENDING;
  partition->resume = TRUE;
  partition->n_gone = partition->next - partition->restarted < FEW_EVENTS ? partition->n_gone + 1
                                                                          : 1;
}

/* Deleted while it was watched. It may be made again; but a read that leaves out what was asked for
 * would look complete and not be it. */
static void
lose_topic (StormKafkaClient    *self,
            StormKafkaTopic     *topic,
            rd_kafka_resp_err_t  err)
{
  topic->err = RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
  if (!self->connection->bounded)
    storm_kafka_topic_leave (self, topic);
  else if (self->failure == NULL)
    self->failure = storm_kafka_words_for_topic (self->connection, topic->name, err);
}

static void
take_error (StormKafkaClient         *self,
            StormKafkaTopic          *topic,
            StormKafkaPartition      *partition,
            const rd_kafka_message_t *message)
{
  switch ((int) message->err)
    {
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
      take_end (self, topic, partition, message);
      break;
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
      restart (topic, partition);
      break;
    case RD_KAFKA_RESP_ERR__BAD_MSG:
      partition->damaged = TRUE;
      g_message ("%s [%d]: records with a wrong checksum were skipped", topic->name,
                 partition->id);
      break;
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
      lose_topic (self, topic, message->err);
      break;
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
      topic->err = RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED;
      if (self->failure == NULL)
        self->failure = storm_kafka_words_for_topic (self->connection, topic->name, message->err);
      break;
    default:
      /* librdkafka tries again by itself. */
      g_debug ("%s [%d]: %s", topic->name, partition->id, rd_kafka_message_errstr (message));
    }
}

static void
take (StormKafkaClient         *self,
      const rd_kafka_message_t *message)
{
  StormKafkaTopic *topic = message->rkt != NULL ? rd_kafka_topic_opaque (message->rkt) : NULL;
  StormKafkaPartition *partition = NULL;

  if (topic != NULL && message->partition >= 0 &&
      (guint) message->partition < topic->partitions->len)
    partition = g_ptr_array_index (topic->partitions, message->partition);
  /* Fetched before the partition was stopped. */
  if (partition == NULL || partition->state != STORM_KAFKA_RUNNING)
    return;

  if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR)
    take_event (self, topic, partition, message);
  else
    take_error (self, topic, partition, message);
}

/* Also once after the last message: the threads may have fallen asleep over a queue that was full
 * with what has just been taken. */
static void
keep_fetching (StormKafkaClient *self,
               gboolean          took)
{
  gint64 now;

  self->taken |= took;
  if (!self->taken)
    return;

  now = g_get_monotonic_time ();
  if (now - self->woken >= WAKE_EVERY)
    {
      storm_kafka_wake (self->rk, self->connection, self->secrets);
      self->woken = now;
      self->taken = FALSE;
    }
}

gssize
storm_kafka_consume (StormKafkaClient *self,
                     int               timeout_ms)
{
  rd_kafka_message_t *messages[MAX_MESSAGES];
  gssize n, more = 0;

  /* The batch call waits out its time unless the array is full: the first message is waited for
   * alone, and those behind it are taken as far as they are there. */
  n = rd_kafka_consume_batch_queue (self->queue, timeout_ms, messages, 1);
  if (n == 1)
    more = rd_kafka_consume_batch_queue (self->queue, 0, messages + 1, MAX_MESSAGES - 1);
  n = MAX (n, 0) + MAX (more, 0);

  for (gssize i = 0; i < n; i++)
    {
      take (self, messages[i]);
      rd_kafka_message_destroy (messages[i]);
    }
  keep_fetching (self, n > 0);
  return n;
}
