#include "config.h"

#include "storm-kafka-client-private.h"

#include <glib/gi18n-lib.h>

#include "storm-error.h"
#include "storm-kafka-words-private.h"

#define BATCH_ROWS 8192
#define BATCH_BYTES (1024 * 1024)
/* A batch waits this long for more, so that a lively topic doesn't wake the window per event. */
#define BATCH_AGE (4 * G_TIME_SPAN_MILLISECOND)
#define IDLE_MS 50
#define TICK (200 * G_TIME_SPAN_MILLISECOND)
#define RETRY (500 * G_TIME_SPAN_MILLISECOND)
#define REFRESH_PATTERN (3 * G_TIME_SPAN_SECOND)
#define REFRESH_LISTED (5 * G_TIME_SPAN_SECOND)
/* How long a bounded read tries to connect: nobody waits for it like for a live view. */
#define BOUNDED_PATIENCE (5 * G_TIME_SPAN_SECOND)
/* A topic that was just made isn't known to all brokers at once. */
#define TOPIC_PATIENCE G_TIME_SPAN_SECOND
/* A topic whose broker is just being restarted. */
#define LEADER_PATIENCE (15 * G_TIME_SPAN_SECOND)
/* So many events behind is history again, not live. */
#define BEHIND 5000

StormKafkaClient *
storm_kafka_client_new (StormWorker        *worker,
                        StormConnection    *connection,
                        const StormSecrets *secrets)
{
  StormKafkaClient *self = g_new0 (StormKafkaClient, 1);

  self->worker = worker;
  self->connection = storm_connection_copy (connection);
  self->secrets = storm_secrets_copy (secrets);
  self->title = storm_connection_dup_title (connection);
  self->topics = g_ptr_array_new_with_free_func (storm_kafka_topic_free);
  self->headers = g_array_new (FALSE, FALSE, sizeof (StormHeader));

  return self;
}

/* In the worker thread: librdkafka may take seconds to close connections to a dead broker. */
void
storm_kafka_client_free (gpointer data)
{
  StormKafkaClient *self = data;

  if (self->queue != NULL)
    storm_kafka_topics_stop (self);
  g_clear_pointer (&self->queue, rd_kafka_queue_destroy);
  g_ptr_array_unref (self->topics);
  g_clear_pointer (&self->rk, rd_kafka_destroy);
  storm_kafka_trouble_clear (&self->trouble);
  g_clear_pointer (&self->pattern, g_regex_unref);
  g_clear_pointer (&self->builder, storm_batch_builder_free);
  g_array_unref (self->headers);
  g_clear_error (&self->failure);
  g_object_unref (self->connection);
  g_clear_pointer (&self->secrets, storm_secrets_free);
  g_free (self->title);
  g_free (self);
}

static void
report_failure (StormKafkaClient *self)
{
  storm_worker_report (self->worker, STORM_SOURCE_FAILED, g_strdup (self->failure->message),
                       g_error_copy (self->failure));
}

static gboolean
compile_pattern (StormKafkaClient *self)
{
  g_autoptr (GError) error = NULL;

  if (*self->connection->pattern == '\0')
    {
      if (self->connection->topics[0] != NULL)
        return TRUE;
      self->failure = g_error_new_literal (STORM_ERROR, STORM_ERROR_INVALID,
                                           _("The connection names no topic. Choose a topic, or "
                                             "enter a pattern."));
      return FALSE;
    }

  self->pattern = g_regex_new (self->connection->pattern, G_REGEX_OPTIMIZE, 0, &error);
  if (self->pattern == NULL)
    self->failure = g_error_new (STORM_ERROR, STORM_ERROR_INVALID,
                                 _("The topic pattern “%s” is not a regular expression: %s. "
                                   "Correct it in the connection."),
                                 self->connection->pattern, error->message);
  return self->pattern != NULL;
}

static gboolean
open_handle (StormKafkaClient *self)
{
  if (!compile_pattern (self))
    return FALSE;

  self->rk = storm_kafka_open (self->connection, self->secrets, &self->trouble, &self->failure);
  if (!storm_connection_needs_secrets (self->connection))
    g_clear_pointer (&self->secrets, storm_secrets_free);
  if (self->rk == NULL)
    return FALSE;

  self->queue = rd_kafka_queue_new (self->rk);
  return TRUE;
}

/* No answer yet: whether to go on trying. Says what is wrong in the meantime. */
static gboolean
keep_trying (StormKafkaClient *self,
             gint64            since)
{
  gint64 waited = g_get_monotonic_time () - since;
  g_autoptr (GError) error = NULL;

  if (self->trouble.err == RD_KAFKA_RESP_ERR_NO_ERROR && waited < BOUNDED_PATIENCE)
    return TRUE;

  error = storm_kafka_words_for_broker (self->connection, self->trouble.err,
                                        self->trouble.reason);
  if (self->trouble.definite || (self->connection->bounded && waited >= BOUNDED_PATIENCE))
    {
      self->failure = g_steal_pointer (&error);
      return FALSE;
    }
  storm_worker_report (self->worker, STORM_SOURCE_WAITING,
                       g_strdup_printf (_("%s Trying again…"), error->message),
                       g_error_copy (error));
  return TRUE;
}

static gboolean
connect_to_broker (StormKafkaClient *self)
{
  gint64 since = g_get_monotonic_time ();
  gint64 reached = 0;
  int timeout_ms = 1000;

  storm_worker_report (self->worker, STORM_SOURCE_CONNECTING,
                       g_strdup_printf (_("Connecting to %s…"), self->title), NULL);
  while (!storm_worker_is_stopped (self->worker))
    {
      rd_kafka_resp_err_t err = storm_kafka_topics_refresh (self, timeout_ms);
      gint64 now = g_get_monotonic_time ();

      rd_kafka_poll (self->rk, 0);
      if (err != RD_KAFKA_RESP_ERR_NO_ERROR)
        {
          if (!keep_trying (self, since))
            return FALSE;
          timeout_ms = MIN (timeout_ms * 2, 5000);
          storm_worker_sleep_until (self->worker, now + 100 * G_TIME_SPAN_MILLISECOND);
          continue;
        }

      if (reached == 0)
        reached = now;
      if (storm_kafka_topics_check (self))
        break;
      if (g_error_matches (self->failure, STORM_ERROR, STORM_ERROR_AUTH) ||
          g_error_matches (self->failure, STORM_ERROR, STORM_ERROR_INVALID) ||
          now - reached >= (self->failure->code == STORM_ERROR_NOT_FOUND ? TOPIC_PATIENCE
                                                                         : LEADER_PATIENCE))
        return FALSE;
      g_clear_error (&self->failure);
      storm_worker_sleep_until (self->worker, now + 200 * G_TIME_SPAN_MILLISECOND);
    }

  storm_kafka_trouble_clear (&self->trouble);
  return TRUE;
}

static void
publish_progress (StormKafkaClient *self,
                  guint64          *done,
                  guint64          *total,
                  guint64          *behind,
                  gboolean         *caught_up)
{
  GPtrArray *progress =
    g_ptr_array_new_with_free_func ((GDestroyNotify) storm_topic_progress_free);

  *done = *total = *behind = 0;
  *caught_up = TRUE;
  for (guint i = 0; i < self->topics->len; i++)
    {
      StormKafkaTopic *topic = g_ptr_array_index (self->topics, i);

      for (guint j = 0; j < topic->partitions->len; j++)
        {
          StormKafkaPartition *partition = g_ptr_array_index (topic->partitions, j);
          StormTopicProgress *item;
          gint64 low = -1, high = -1;

          if (partition == NULL)
            continue;
          /* What the last answers said; asks nobody. */
          rd_kafka_get_watermark_offsets (self->rk, topic->name, partition->id, &low, &high);
          if (self->connection->bounded || high < partition->end)
            high = partition->end;

          item = g_new0 (StormTopicProgress, 1);
          item->topic = g_strdup (topic->name);
          item->partition = partition->id;
          item->next = partition->next;
          item->end = high;
          g_ptr_array_add (progress, item);

          *done += MAX (0, MIN (partition->next, partition->end) - partition->start);
          *total += MAX (0, partition->end - partition->start);
          /* At the end of what may be read, there may be more: transactions that are still open. */
          if (partition->state != STORM_KAFKA_ENDED &&
              (partition->fresh || !partition->caught_up))
            *behind += MAX (0, high - partition->next);
          *caught_up &= partition->caught_up || partition->state == STORM_KAFKA_ENDED;
        }
    }
  storm_worker_set_progress (self->worker, progress);
}

static char *
dup_missing (StormKafkaClient *self)
{
  g_autofree char *number = storm_source_format_number (self->n_missing);

  for (guint i = 0; i < self->topics->len; i++)
    {
      StormKafkaTopic *topic = g_ptr_array_index (self->topics, i);

      if (topic->listed && topic->err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
        return g_strdup_printf (_(" · there is no topic “%s”"), topic->name);
      if (topic->listed && topic->err == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED)
        return g_strdup_printf (_(" · topic “%s” may not be read"), topic->name);
    }
  if (self->n_missing > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         " · %s event was gone before it could be read",
                                         " · %s events were gone before they could be read",
                                         self->n_missing), number);
  return g_strdup ("");
}

static void
report (StormKafkaClient *self)
{
  guint64 done, total, behind;
  gboolean caught_up, live;
  guint n_topics = storm_kafka_topics_count (self);
  g_autofree char *missing = NULL;

  publish_progress (self, &done, &total, &behind, &caught_up);
  if (self->lost)
    {
      storm_worker_report (self->worker, STORM_SOURCE_WAITING,
                           g_strdup_printf (_("Connection to %s lost; trying again…"),
                                            self->connection->servers), NULL);
      return;
    }

  missing = dup_missing (self);
  live = caught_up && behind < BEHIND;
  if (live && n_topics == 0)
    storm_worker_report (self->worker, STORM_SOURCE_LIVE,
                         g_strdup_printf (_("%s · waiting for a topic%s"), self->title, missing),
                         NULL);
  else if (live)
    storm_worker_report (self->worker, STORM_SOURCE_LIVE,
                         g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s · %u topic · live%s",
                                                       "%s · %u topics · live%s", n_topics),
                                          self->title, n_topics, missing), NULL);
  else if (total == 0)
    storm_worker_report (self->worker, STORM_SOURCE_READING,
                         g_strdup_printf (_("%s · reading history…%s"), self->title, missing),
                         NULL);
  else
    {
      g_autofree char *of = storm_source_format_number (caught_up ? behind : total);
      g_autofree char *so_far = storm_source_format_number (done);

      storm_worker_report (self->worker, STORM_SOURCE_READING, caught_up
        ? g_strdup_printf (_("%s · %s events behind%s"), self->title, of, missing)
        : g_strdup_printf (_("%s · reading history: %s of %s%s"), self->title, so_far, of, missing),
        NULL);
    }
}

/* While the connection is lost: whether the broker is there again. The consumer itself goes on at
 * its next offset without any help. */
static void
look_for_broker (StormKafkaClient *self)
{
  const struct rd_kafka_metadata *metadata = NULL;

  if (rd_kafka_metadata (self->rk, 0, NULL, &metadata, 500) == RD_KAFKA_RESP_ERR_NO_ERROR)
    {
      rd_kafka_metadata_destroy (metadata);
      self->lost = FALSE;
      storm_kafka_trouble_clear (&self->trouble);
    }
  else if (self->trouble.definite && (self->trouble.err == RD_KAFKA_RESP_ERR__AUTHENTICATION ||
                                      self->trouble.err == RD_KAFKA_RESP_ERR__SSL))
    self->failure = storm_kafka_words_for_broker (self->connection, self->trouble.err,
                                                  self->trouble.reason);
}

static gboolean
has_pending (StormKafkaClient *self)
{
  for (guint i = 0; i < self->topics->len; i++)
    {
      StormKafkaTopic *topic = g_ptr_array_index (self->topics, i);

      for (guint j = 0; j < topic->partitions->len; j++)
        {
          StormKafkaPartition *partition = g_ptr_array_index (topic->partitions, j);

          if (partition != NULL && partition->state == STORM_KAFKA_PENDING)
            return TRUE;
        }
    }
  return FALSE;
}

static void
tick (StormKafkaClient *self,
      gint64            now)
{
  gint64 every = self->pattern != NULL ? REFRESH_PATTERN : REFRESH_LISTED;
  StormMapping *mapping = storm_worker_steal_mapping (self->worker);

  self->ticked = now;
  if (mapping != NULL)
    {
      storm_batch_builder_set_mapping (self->builder, mapping);
      storm_mapping_unref (mapping);
    }

  if (self->trouble.all_down && !self->lost)
    {
      self->lost = TRUE;
      self->retried = now;
    }
  else if (self->lost && now - self->retried >= RETRY)
    {
      look_for_broker (self);
      self->retried = g_get_monotonic_time ();
    }

  if (!self->lost && !self->connection->bounded && now - self->refreshed >= every)
    {
      storm_kafka_topics_refresh (self, 2000);
      self->refreshed = g_get_monotonic_time ();
    }
  if (!self->lost && now - self->tried >= RETRY && has_pending (self))
    {
      storm_kafka_topics_start (self);
      self->tried = g_get_monotonic_time ();
    }
  /* A source that says it is live has handed everything over. */
  self->pushed = now;
  storm_worker_push (self->worker, self->builder);
  if (self->failure == NULL)
    report (self);
}

/* FALSE when nobody takes batches any more. */
static gboolean
flush (StormKafkaClient *self,
       gboolean          drained)
{
  gint64 now = g_get_monotonic_time ();
  gboolean full = storm_batch_builder_get_n (self->builder) >= BATCH_ROWS ||
                  storm_batch_builder_get_bytes (self->builder) >= BATCH_BYTES;

  if (!full && now - self->pushed < (drained ? BATCH_AGE : 2 * BATCH_AGE))
    return TRUE;

  self->pushed = now;
  return storm_worker_push (self->worker, self->builder);
}

static void
loop (StormKafkaClient *self)
{
  gboolean waiting = FALSE;

  while (!storm_worker_is_stopped (self->worker) && self->failure == NULL)
    {
      gssize n = storm_kafka_consume (self, waiting ? BATCH_AGE / 1000 : IDLE_MS);

      rd_kafka_poll (self->rk, 0);
      if (g_get_monotonic_time () - self->ticked >= TICK)
        tick (self, g_get_monotonic_time ());
      if (!flush (self, n == 0))
        break;
      waiting = n > 0;

      if (self->connection->bounded && storm_kafka_topics_all_ended (self))
        {
          g_autofree char *number = storm_source_format_number (self->n_events);

          storm_worker_push (self->worker, self->builder);
          report (self);
          storm_worker_report (self->worker, STORM_SOURCE_ENDED,
            g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s · %s event, read to the end",
                                          "%s · %s events, read to the end", self->n_events),
                             self->title, number), NULL);
          return;
        }
    }
  storm_worker_push (self->worker, self->builder);
}

void
storm_kafka_client_run (StormWorker *worker,
                        gpointer     data)
{
  StormKafkaClient *self = data;
  g_autoptr (StormMapping) mapping = storm_worker_steal_mapping (worker);

  self->builder = storm_worker_new_builder (worker, mapping);
  if (open_handle (self) && connect_to_broker (self) && !storm_worker_is_stopped (worker))
    {
      self->refreshed = g_get_monotonic_time ();
      storm_kafka_topics_start (self);
      self->started = TRUE;
      report (self);
      loop (self);
    }
  if (self->failure != NULL)
    report_failure (self);
}
