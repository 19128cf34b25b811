#include "config.h"

#include "storm-kafka-client-private.h"

#define READ_PATIENCE (3 * G_TIME_SPAN_SECOND)
#define READ_STEP_MS 100

/* Where a partition goes on after it was stopped: at the next offset, unless retention has taken
 * that away, or the partition is another one by now. A client of this age is not told a topic's
 * identity, so what tells two topics of one name apart is the first event that was read. */

typedef enum
{
  SAME,
  OTHER,
  NOT_KNOWN,
} Identity;

static char *
fingerprint (const rd_kafka_message_t *message)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gint64 ms = rd_kafka_message_timestamp (message, NULL);

  g_checksum_update (sum, (const guchar *) &ms, sizeof ms);
  g_checksum_update (sum, (const guchar *) &message->key_len, sizeof message->key_len);
  if (message->key_len > 0)
    g_checksum_update (sum, message->key, message->key_len);
  if (message->len > 0)
    g_checksum_update (sum, message->payload, message->len);
  return g_strdup (g_checksum_get_string (sum));
}

void
storm_kafka_partition_free (gpointer data)
{
  StormKafkaPartition *partition = data;

  if (partition == NULL)
    return;
  g_free (partition->first_print);
  g_free (partition);
}

void
storm_kafka_partition_note (StormKafkaPartition      *partition,
                            const rd_kafka_message_t *message)
{
  if (partition->first_print != NULL)
    return;
  partition->first = message->offset;
  partition->first_print = fingerprint (message);
}

/* The first record at @offset or behind it; by the way of librdkafka that has a queue of its own,
 * so that nothing else is taken from the source's. */
static rd_kafka_message_t *
read_one (StormKafkaClient    *self,
          StormKafkaTopic     *topic,
          StormKafkaPartition *partition,
          gint64               offset)
{
  gint64 limit = g_get_monotonic_time () + READ_PATIENCE;
  rd_kafka_message_t *message = NULL;

  if (rd_kafka_consume_start (topic->handle, partition->id, offset) != 0)
    return NULL;
  while (message == NULL && !storm_worker_is_stopped (self->worker) &&
         g_get_monotonic_time () < limit)
    {
      message = rd_kafka_consume (topic->handle, partition->id, READ_STEP_MS);
      if (message != NULL && message->err != RD_KAFKA_RESP_ERR_NO_ERROR)
        g_clear_pointer (&message, rd_kafka_message_destroy);
    }
  rd_kafka_consume_stop (topic->handle, partition->id);
  return message;
}

static Identity
identify (StormKafkaClient    *self,
          StormKafkaTopic     *topic,
          StormKafkaPartition *partition,
          gint64               low,
          gint64               high)
{
  /* What can't be compared: shorter than it was, it is taken for another one. */
  Identity guess = partition->next > high ? OTHER : SAME;
  g_autofree char *print = NULL;
  rd_kafka_message_t *message;
  gint64 offset;

  if (partition->first_print == NULL)
    return guess;
  if (partition->first < low)
    return SAME;
  if (partition->first >= high)
    return OTHER;

  message = read_one (self, topic, partition, partition->first);
  if (message == NULL)
    return NOT_KNOWN;
  offset = message->offset;
  print = fingerprint (message);
  rd_kafka_message_destroy (message);
  /* Compaction may have taken the first one. */
  if (offset != partition->first)
    return guess;
  return g_str_equal (print, partition->first_print) ? SAME : OTHER;
}

void
storm_kafka_partition_gap (StormKafkaClient    *self,
                           StormKafkaTopic     *topic,
                           StormKafkaPartition *partition,
                           gint64               from,
                           gint64               to)
{
  storm_batch_builder_mark (self->builder, STORM_MARK_GAP, topic->name, partition->id, from, to);
  self->n_missing += to - from;
}

/* Where a broker removes its oldest events as fast as others write new ones, the oldest is gone
 * before it can be asked for, again and again: then a part of what is there is given up for the
 * rest. A bounded read, which is complete or says what it lacks, gives up nothing. */
static gint64
find_lasting (StormKafkaClient    *self,
              StormKafkaPartition *partition,
              gint64               low,
              gint64               high)
{
  return partition->n_gone > 1 && !self->connection->bounded ? low + (high - low) / 2 : low;
}

gboolean
storm_kafka_partition_resume (StormKafkaClient    *self,
                              StormKafkaTopic     *topic,
                              StormKafkaPartition *partition,
                              gint64               low,
                              gint64               high)
{
  gboolean shorter = partition->next > high;
  Identity identity = SAME;

  if (partition->suspect || shorter)
    identity = identify (self, topic, partition, low, high);
  if (identity == NOT_KNOWN)
    return FALSE;
  partition->suspect = FALSE;

  if (identity == OTHER)
    {
      storm_batch_builder_mark (self->builder, STORM_MARK_ANEW, topic->name, partition->id,
                                partition->next, low);
      if (low > 0)
        storm_kafka_partition_gap (self, topic, partition, 0, low);
      g_clear_pointer (&partition->first_print, g_free);
      partition->next = partition->start = low;
      partition->end = high;
    }
  else if (shorter)
    {
      /* An unclean election: the broker has lost its last events, which were seen here. */
      storm_batch_builder_mark (self->builder, STORM_MARK_ANEW, topic->name, partition->id,
                                high, high);
      partition->next = high;
    }
  else if (low > partition->next)
    {
      gint64 next = find_lasting (self, partition, low, high);

      storm_kafka_partition_gap (self, topic, partition, partition->next, next);
      partition->next = next;
    }
  partition->restarted = partition->next;
  return TRUE;
}
