#include "config.h"

#include "storm-kafka-client-private.h"

#include <glib/gi18n-lib.h>

#include "storm-error.h"
#include "storm-kafka-words-private.h"

#define QUERY_TIMEOUT_MS 3000
/* More partitions than a topic has anywhere; a bound, because the number comes from outside. */
#define MAX_PARTITIONS 100000

void
storm_kafka_topic_free (gpointer data)
{
  StormKafkaTopic *topic = data;

  g_free (topic->name);
  g_clear_pointer (&topic->handle, rd_kafka_topic_destroy);
  g_ptr_array_unref (topic->partitions);
  g_free (topic);
}

static StormKafkaTopic *
find_topic (StormKafkaClient *self,
            const char       *name)
{
  for (guint i = 0; i < self->topics->len; i++)
    {
      StormKafkaTopic *topic = g_ptr_array_index (self->topics, i);

      if (g_str_equal (topic->name, name))
        return topic;
    }
  return NULL;
}

static StormKafkaTopic *
add_topic (StormKafkaClient *self,
           const char       *name,
           gboolean          listed)
{
  StormKafkaTopic *topic = g_new0 (StormKafkaTopic, 1);

  topic->name = g_strdup (name);
  topic->listed = listed;
  topic->partitions = g_ptr_array_new_with_free_func (storm_kafka_partition_free);
  g_ptr_array_add (self->topics, topic);

  return topic;
}

/* Only for a topic that is there: librdkafka asks for what it has a handle of, and brokers older
 * than 0.11 create what they are asked for. */
static void
open_topic (StormKafkaClient *self,
            StormKafkaTopic  *topic)
{
  rd_kafka_topic_conf_t *conf = rd_kafka_default_topic_conf_dup (self->rk);

  /* A message leads to its topic through this. */
  rd_kafka_topic_conf_set_opaque (conf, topic);
  topic->handle = rd_kafka_topic_new (self->rk, topic->name, conf);
  if (topic->handle == NULL)
    {
      rd_kafka_topic_conf_destroy (conf);
      topic->err = RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION;
    }
}

/* Watched again, or for the first time. */
static void
assign (StormKafkaClient    *self,
        StormKafkaTopic     *topic,
        StormKafkaPartition *partition)
{
  partition->state = STORM_KAFKA_PENDING;
  partition->caught_up = FALSE;
  storm_batch_builder_mark (self->builder, STORM_MARK_ASSIGNED, topic->name, partition->id, 0, 0);
}

static void
leave (StormKafkaClient    *self,
       StormKafkaTopic     *topic,
       StormKafkaPartition *partition)
{
  if (partition == NULL || partition->state == STORM_KAFKA_ENDED)
    return;
  storm_kafka_partition_end (self, topic, partition);
  partition->suspect = TRUE;
}

void
storm_kafka_topic_leave (StormKafkaClient *self,
                         StormKafkaTopic  *topic)
{
  for (guint i = 0; i < topic->partitions->len; i++)
    leave (self, topic, g_ptr_array_index (topic->partitions, i));
}

static void
add_partitions (StormKafkaClient                *self,
                StormKafkaTopic                 *topic,
                const rd_kafka_metadata_topic_t *info)
{
  for (guint i = 0; i < topic->partitions->len; i++)
    if (g_ptr_array_index (topic->partitions, i) != NULL)
      ((StormKafkaPartition *) g_ptr_array_index (topic->partitions, i))->listed = FALSE;

  for (int i = 0; i < info->partition_cnt; i++)
    {
      gint32 id = info->partitions[i].id;
      StormKafkaPartition *partition;

      if (id < 0 || id >= MAX_PARTITIONS)
        continue;
      if ((guint) id >= topic->partitions->len)
        g_ptr_array_set_size (topic->partitions, id + 1);

      partition = g_ptr_array_index (topic->partitions, id);
      if (partition == NULL)
        {
          partition = g_new0 (StormKafkaPartition, 1);
          partition->id = id;
          partition->is_new = self->started;
          partition->end = -1;
          g_ptr_array_index (topic->partitions, id) = partition;
          assign (self, topic, partition);
        }
      else if (partition->state == STORM_KAFKA_ENDED && !self->connection->bounded)
        {
          assign (self, topic, partition);
        }
      partition->listed = TRUE;
    }

  /* A topic that was made again may have fewer. */
  for (guint i = 0; i < topic->partitions->len; i++)
    {
      StormKafkaPartition *partition = g_ptr_array_index (topic->partitions, i);

      if (partition != NULL && !partition->listed)
        leave (self, topic, partition);
    }
}

static gboolean
is_wanted (StormKafkaClient *self,
           const char       *name)
{
  if (find_topic (self, name) != NULL)
    return TRUE;

  /* Kafka's own topics are no events, unless somebody lists them by name. */
  return self->pattern != NULL && !g_str_has_prefix (name, "__") &&
         g_regex_match (self->pattern, name, 0, NULL);
}

rd_kafka_resp_err_t
storm_kafka_topics_refresh (StormKafkaClient *self,
                            int               timeout_ms)
{
  const struct rd_kafka_metadata *metadata = NULL;
  gboolean all = self->pattern != NULL;
  rd_kafka_resp_err_t err;

  for (guint i = 0; self->connection->topics[i] != NULL; i++)
    if (find_topic (self, self->connection->topics[i]) == NULL)
      add_topic (self, self->connection->topics[i], TRUE);
  for (guint i = 0; i < self->topics->len; i++)
    all |= ((StormKafkaTopic *) g_ptr_array_index (self->topics, i))->handle == NULL;

  err = rd_kafka_metadata (self->rk, all, NULL, &metadata, timeout_ms);
  if (err != RD_KAFKA_RESP_ERR_NO_ERROR)
    return err;

  for (guint i = 0; i < self->topics->len; i++)
    ((StormKafkaTopic *) g_ptr_array_index (self->topics, i))->err =
      RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
  for (int i = 0; i < metadata->topic_cnt; i++)
    {
      const rd_kafka_metadata_topic_t *info = &metadata->topics[i];
      StormKafkaTopic *topic;

      if (!is_wanted (self, info->topic))
        continue;
      topic = find_topic (self, info->topic);
      if (topic == NULL)
        topic = add_topic (self, info->topic, FALSE);
      topic->err = info->err;
      if (topic->err == RD_KAFKA_RESP_ERR_NO_ERROR && topic->handle == NULL)
        open_topic (self, topic);
      if (topic->err == RD_KAFKA_RESP_ERR_NO_ERROR)
        add_partitions (self, topic, info);
    }
  rd_kafka_metadata_destroy (metadata);

  for (guint i = 0; i < self->topics->len; i++)
    {
      StormKafkaTopic *topic = g_ptr_array_index (self->topics, i);

      if (topic->err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
        storm_kafka_topic_leave (self, topic);
    }
  return RD_KAFKA_RESP_ERR_NO_ERROR;
}

gboolean
storm_kafka_topics_check (StormKafkaClient *self)
{
  StormKafkaTopic *wrong = NULL;
  gboolean bounded = self->connection->bounded;
  gboolean any = FALSE;

  for (guint i = 0; i < self->topics->len; i++)
    {
      StormKafkaTopic *topic = g_ptr_array_index (self->topics, i);

      if (topic->partitions->len > 0)
        any = TRUE;
      else if (topic->listed && topic->err != RD_KAFKA_RESP_ERR_NO_ERROR && wrong == NULL)
        wrong = topic;
    }

  /* A bounded read that leaves a topic out would look complete and not be it; a pattern that is
   * watched live may match later. */
  if (wrong != NULL && (bounded || (!any && self->pattern == NULL)))
    self->failure = storm_kafka_words_for_topic (self->connection, wrong->name, wrong->err);
  else if (!any && bounded)
    self->failure = g_error_new (STORM_ERROR, STORM_ERROR_NOT_FOUND,
                                 _("No topic at %s matches the pattern “%s”. Check the pattern."),
                                 self->connection->servers, self->connection->pattern);
  return self->failure == NULL;
}

static gboolean
query (StormKafkaClient    *self,
       StormKafkaTopic     *topic,
       StormKafkaPartition *partition,
       gint64              *low,
       gint64              *high)
{
  return rd_kafka_query_watermark_offsets (self->rk, topic->name, partition->id, low, high,
                                           QUERY_TIMEOUT_MS) == RD_KAFKA_RESP_ERR_NO_ERROR;
}

static gboolean
offset_of_time (StormKafkaClient    *self,
                StormKafkaTopic     *topic,
                StormKafkaPartition *partition,
                gint64               low,
                gint64               high,
                gint64              *out)
{
  rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new (1);
  StormTime time = MAX (self->connection->start_time, 0);
  rd_kafka_topic_partition_t *item =
    rd_kafka_topic_partition_list_add (list, topic->name, partition->id);
  gboolean ok;

  /* Kafka counts milliseconds; an event before the moment is none too early by rounding up. */
  item->offset = time / STORM_TIME_MILLISECOND + (time % STORM_TIME_MILLISECOND > 0 ? 1 : 0);
  ok = rd_kafka_offsets_for_times (self->rk, list, QUERY_TIMEOUT_MS) ==
         RD_KAFKA_RESP_ERR_NO_ERROR && item->err == RD_KAFKA_RESP_ERR_NO_ERROR;
  /* Negative: every event is older. */
  if (ok)
    *out = item->offset < 0 ? high : CLAMP (item->offset, low, high);
  rd_kafka_topic_partition_list_destroy (list);

  return ok;
}

static gboolean
find_start (StormKafkaClient    *self,
            StormKafkaTopic     *topic,
            StormKafkaPartition *partition)
{
  gint64 low = 0, high = 0;

  if (!query (self, topic, partition, &low, &high))
    return FALSE;

  if (partition->resume)
    return storm_kafka_partition_resume (self, topic, partition, low, high);

  partition->next = low;
  if (!partition->is_new)
    switch (self->connection->start)
      {
      case STORM_START_NOW:
        partition->next = high;
        break;
      case STORM_START_LAST_N:
        partition->next = MAX (low, high - (gint64) self->connection->start_n);
        break;
      case STORM_START_TIME:
        if (!offset_of_time (self, topic, partition, low, high, &partition->next))
          return FALSE;
        break;
      case STORM_START_BEGINNING:
      default:
        break;
      }
  partition->start = partition->next;
  partition->end = high;
  return TRUE;
}

static void
start_partition (StormKafkaClient    *self,
                 StormKafkaTopic     *topic,
                 StormKafkaPartition *partition)
{
  if (!find_start (self, topic, partition))
    return;
  if (self->connection->bounded && partition->next >= partition->end)
    {
      partition->state = STORM_KAFKA_ENDED;
      storm_batch_builder_mark (self->builder, STORM_MARK_ENDED, topic->name, partition->id,
                                partition->next, partition->next);
      return;
    }

  if (rd_kafka_consume_start_queue (topic->handle, partition->id, partition->next,
                                    self->queue) == 0)
    {
      partition->state = STORM_KAFKA_RUNNING;
      partition->resume = TRUE;
    }
}

void
storm_kafka_topics_start (StormKafkaClient *self)
{
  for (guint i = 0; i < self->topics->len; i++)
    {
      StormKafkaTopic *topic = g_ptr_array_index (self->topics, i);

      for (guint j = 0; j < topic->partitions->len; j++)
        {
          StormKafkaPartition *partition = g_ptr_array_index (topic->partitions, j);

          if (storm_worker_is_stopped (self->worker))
            return;
          /* Asking for a topic that isn't there would wait in vain, and everything with it. */
          if (partition != NULL && partition->state == STORM_KAFKA_PENDING &&
              topic->err == RD_KAFKA_RESP_ERR_NO_ERROR)
            start_partition (self, topic, partition);
        }
    }
}

void
storm_kafka_partition_end (StormKafkaClient    *self,
                           StormKafkaTopic     *topic,
                           StormKafkaPartition *partition)
{
  if (partition->state == STORM_KAFKA_RUNNING)
    rd_kafka_consume_stop (topic->handle, partition->id);
  partition->state = STORM_KAFKA_ENDED;
  storm_batch_builder_mark (self->builder, STORM_MARK_ENDED, topic->name, partition->id,
                            partition->next, partition->next);
}

void
storm_kafka_topics_stop (StormKafkaClient *self)
{
  for (guint i = 0; i < self->topics->len; i++)
    {
      StormKafkaTopic *topic = g_ptr_array_index (self->topics, i);

      for (guint j = 0; j < topic->partitions->len; j++)
        {
          StormKafkaPartition *partition = g_ptr_array_index (topic->partitions, j);

          if (partition != NULL && partition->state == STORM_KAFKA_RUNNING)
            rd_kafka_consume_stop (topic->handle, partition->id);
        }
    }
}

gboolean
storm_kafka_topics_all_ended (StormKafkaClient *self)
{
  for (guint i = 0; i < self->topics->len; i++)
    {
      StormKafkaTopic *topic = g_ptr_array_index (self->topics, i);

      for (guint j = 0; j < topic->partitions->len; j++)
        {
          StormKafkaPartition *partition = g_ptr_array_index (topic->partitions, j);

          if (partition != NULL && partition->state != STORM_KAFKA_ENDED)
            return FALSE;
        }
    }
  return TRUE;
}

guint
storm_kafka_topics_count (StormKafkaClient *self)
{
  guint n = 0;

  for (guint i = 0; i < self->topics->len; i++)
    {
      StormKafkaTopic *topic = g_ptr_array_index (self->topics, i);

      if (topic->partitions->len > 0 && topic->err == RD_KAFKA_RESP_ERR_NO_ERROR)
        n++;
    }
  return n;
}
