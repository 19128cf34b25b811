/* Topics of a real Apache Kafka that change while they are watched: more partitions, compaction,
 * transactions, deleted and made again. */
#include "config.h"

#include "storm-broker.h"
#include "storm-event-log.h"
#include "storm-kafka-source.h"
#include "storm-sink.h"

static StormSource *
watch (const char *topic,
       StormStart  start,
       gboolean    bounded)
{
  const char *topics[] = { topic, NULL };
  g_autofree char *address = servers (0);
  g_autoptr (StormConnection) connection =
    g_object_new (STORM_TYPE_CONNECTION, "servers", address, "topics", topics, "start", start,
                  "bounded", bounded, NULL);

  return storm_kafka_source_new (connection, NULL);
}

/* What the broker answers to a change that takes a while. */
static void
wait_for_answer (rd_kafka_queue_t *queue)
{
  rd_kafka_event_t *event = rd_kafka_queue_poll (queue, 20000);

  g_assert_nonnull (event);
  g_assert_cmpint (rd_kafka_event_error (event), ==, RD_KAFKA_RESP_ERR_NO_ERROR);
  rd_kafka_event_destroy (event);
}

static void
grow_topic (const char *name,
            gsize       n_partitions)
{
  rd_kafka_queue_t *queue = rd_kafka_queue_new (producer);
  rd_kafka_NewPartitions_t *more = rd_kafka_NewPartitions_new (name, n_partitions, NULL, 0);

  rd_kafka_CreatePartitions (producer, &more, 1, NULL, queue);
  wait_for_answer (queue);
  rd_kafka_NewPartitions_destroy (more);
  rd_kafka_queue_destroy (queue);
}

static void
delete_topic (const char *name)
{
  rd_kafka_queue_t *queue = rd_kafka_queue_new (producer);
  rd_kafka_DeleteTopic_t *topic = rd_kafka_DeleteTopic_new (name);

  rd_kafka_DeleteTopics (producer, &topic, 1, NULL, queue);
  wait_for_answer (queue);
  rd_kafka_DeleteTopic_destroy (topic);
  rd_kafka_queue_destroy (queue);
}

/* @n events of @rk, keyed by turns with @n_keys keys; @word tells them from others. */
static void
write_words (rd_kafka_t *rk,
             const char *topic,
             gint32      partition,
             guint       n,
             guint       n_keys,
             const char *word)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *payload = g_strdup_printf ("{\"eventType\":\"Counted\",\"word\":\"%s\","
                                                  "\"n\":%u}", word, i);
      g_autofree char *key = g_strdup_printf ("key-%u", i % n_keys);
      rd_kafka_resp_err_t err;

      do
        err = rd_kafka_producev (rk, RD_KAFKA_V_TOPIC (topic), RD_KAFKA_V_PARTITION (partition),
                                 RD_KAFKA_V_MSGFLAGS (RD_KAFKA_MSG_F_COPY),
                                 RD_KAFKA_V_KEY (key, strlen (key)),
                                 RD_KAFKA_V_VALUE (payload, strlen (payload)), RD_KAFKA_V_END);
      while (err == RD_KAFKA_RESP_ERR__QUEUE_FULL && rd_kafka_poll (rk, 10) >= 0);
      g_assert_cmpint (err, ==, RD_KAFKA_RESP_ERR_NO_ERROR);
    }
}

static guint
count_words (StormSink  *sink,
             const char *word)
{
  g_autofree char *member = g_strdup_printf ("\"word\":\"%s\"", word);
  guint n = 0;

  for (guint i = 0; i < sink->payloads->len; i++)
    n += strstr (g_ptr_array_index (sink->payloads, i), member) != NULL;
  return n;
}

static gboolean
is_live (StormSource *source)
{
  return storm_source_get_state (source) == STORM_SOURCE_LIVE;
}

/* The topic gets two more partitions: they are read from their beginning, also by who began with
 * “now”. */
static void
test_growth (void)
{
  g_autoptr (StormSource) source = NULL;
  StormSink sink;

  create_topic ("growing", 1, NULL);
  write_words (producer, "growing", 0, 10, 1, "before");
  flush ();
  source = watch ("growing", STORM_START_NOW, FALSE);
  storm_sink_init (&sink);
  storm_sink_start (&sink, source);
  storm_sink_wait (&sink, is_live (source));

  grow_topic ("growing", 3);
  /* The producer has to hear of them as well. */
  for (guint i = 0; i < 100; i++)
    {
      const struct rd_kafka_metadata *metadata = NULL;
      gboolean grown = FALSE;

      g_assert_cmpint (rd_kafka_metadata (producer, 1, NULL, &metadata, 10000), ==, 0);
      for (int t = 0; t < metadata->topic_cnt; t++)
        grown |= g_str_equal (metadata->topics[t].topic, "growing") &&
                 metadata->topics[t].partition_cnt == 3;
      rd_kafka_metadata_destroy (metadata);
      if (grown)
        break;
      g_usleep (50000);
    }
  write_words (producer, "growing", 2, 20, 1, "after");
  flush ();
  storm_sink_wait (&sink, sink.rows->len == 20);
  storm_sink_assert_offsets (&sink, 2, 0, 20);
  storm_sink_wait (&sink, is_live (source));
  g_assert_cmpint (storm_sink_n_marks (&sink, STORM_MARK_ASSIGNED), ==, 3);
  g_assert_cmpint (storm_sink_n_marks (&sink, STORM_MARK_GAP), ==, 0);

  storm_source_stop (source);
  storm_sink_clear (&sink);
}

/* Reads the topic to its end. */
static void
read_all (StormSink  *sink,
          const char *topic)
{
  g_autoptr (StormSource) source = watch (topic, STORM_START_BEGINNING, TRUE);

  storm_sink_init (sink);
  storm_sink_start (sink, source);
  storm_sink_wait (sink, storm_source_lasts (source));
  storm_sink_take (sink);
  g_assert_cmpint (storm_source_get_state (source), ==, STORM_SOURCE_ENDED);
}

/* The holes that compaction leaves are no gaps, and the end is reached in spite of them. */
static void
test_compacted (void)
{
  g_autoptr (StormSource) source = NULL;
  StormSink sink;
  guint n = 0;

  create_topic ("compacted", 1, "cleanup.policy=compact,segment.bytes=20000,"
                                "min.cleanable.dirty.ratio=0.01");
  for (guint i = 0; i < 20; i++)
    {
      write_words (producer, "compacted", 0, 100, 3, "kept");
      flush ();
    }
  /* The cleaner works in the background. */
  for (guint i = 0; i < 100; i++)
    {
      read_all (&sink, "compacted");
      n = sink.rows->len;
      g_assert_cmpint (storm_sink_n_marks (&sink, STORM_MARK_GAP), ==, 0);
      g_assert_cmpint (storm_sink_row (&sink, n - 1)->offset, ==, 1999);
      storm_sink_clear (&sink);
      if (n < 1900)
        break;
      g_usleep (200000);
    }
  g_assert_cmpint (n, <, 1900);

  source = watch ("compacted", STORM_START_BEGINNING, FALSE);
  storm_sink_init (&sink);
  storm_sink_start (&sink, source);
  storm_sink_wait (&sink, is_live (source));
  write_words (producer, "compacted", 0, 1, 1, "last");
  flush ();
  storm_sink_wait (&sink, count_words (&sink, "last") == 1);
  for (guint i = 1; i < sink.rows->len; i++)
    g_assert_cmpint (storm_sink_row (&sink, i)->offset, >,
                     storm_sink_row (&sink, i - 1)->offset);
  g_assert_cmpint (storm_sink_n_marks (&sink, STORM_MARK_GAP), ==, 0);
  storm_source_stop (source);
  storm_sink_clear (&sink);
}

static rd_kafka_t *
open_transactions (void)
{
  rd_kafka_conf_t *conf = rd_kafka_conf_new ();
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", port);
  rd_kafka_t *rk;
  rd_kafka_error_t *error = NULL;

  rd_kafka_conf_set (conf, "bootstrap.servers", address, NULL, 0);
  rd_kafka_conf_set (conf, "transactional.id", "test", NULL, 0);
  rd_kafka_conf_set_log_cb (conf, log_nothing);
  rk = rd_kafka_new (RD_KAFKA_PRODUCER, conf, NULL, 0);
  g_assert_nonnull (rk);
  /* The topic of the transactions' state is made at the first. */
  for (guint i = 0; i < 20; i++)
    {
      error = rd_kafka_init_transactions (rk, 10000);
      if (error == NULL)
        return rk;
      rd_kafka_error_destroy (error);
    }
  g_assert_not_reached ();
}

/* Committed events are shown, aborted and open ones are not; the end of what may be read is the
 * end, whatever an open transaction has behind it. */
static void
test_transactions (void)
{
  rd_kafka_t *rk = open_transactions ();
  g_autoptr (StormSource) source = NULL;
  StormSink sink, again, third;

  create_topic ("bank", 1, NULL);
  g_assert_null (rd_kafka_begin_transaction (rk));
  write_words (rk, "bank", 0, 100, 1, "committed");
  g_assert_null (rd_kafka_commit_transaction (rk, 20000));
  g_assert_null (rd_kafka_begin_transaction (rk));
  write_words (rk, "bank", 0, 50, 1, "aborted");
  g_assert_cmpint (rd_kafka_flush (rk, 20000), ==, 0);
  g_assert_null (rd_kafka_abort_transaction (rk, 20000));

  /* What is read last is the mark of the abort, and no event. */
  source = watch ("bank", STORM_START_BEGINNING, FALSE);
  storm_sink_init (&sink);
  storm_sink_start (&sink, source);
  storm_sink_wait (&sink, is_live (source));
  g_assert_cmpint (sink.rows->len, ==, 100);
  read_all (&again, "bank");
  g_assert_cmpint (again.rows->len, ==, 100);
  g_assert_cmpint (storm_sink_n_marks (&again, STORM_MARK_ENDED), ==, 1);

  /* More than a source may be behind and still be live. */
  g_assert_null (rd_kafka_begin_transaction (rk));
  write_words (rk, "bank", 0, 6000, 1, "open");
  g_assert_cmpint (rd_kafka_flush (rk, 20000), ==, 0);
  read_all (&third, "bank");
  g_assert_cmpint (third.rows->len, ==, 100);
  for (guint i = 0; i < 10; i++)
    {
      g_usleep (100000);
      storm_sink_take (&sink);
      g_assert_true (is_live (source));
    }
  g_assert_cmpint (count_words (&sink, "open"), ==, 0);

  g_assert_null (rd_kafka_commit_transaction (rk, 20000));
  storm_sink_wait (&sink, count_words (&sink, "open") == 6000);
  storm_sink_wait (&sink, is_live (source));
  g_assert_cmpint (sink.rows->len, ==, 6100);
  g_assert_cmpint (count_words (&sink, "aborted"), ==, 0);
  g_assert_cmpint (storm_sink_n_marks (&sink, STORM_MARK_GAP), ==, 0);

  storm_source_stop (source);
  /* Each waits for all workers. */
  storm_sink_clear (&third);
  storm_sink_clear (&again);
  storm_sink_clear (&sink);
  rd_kafka_destroy (rk);
}

/* A broker goes on writing to the deleted topic until it has heard of the new one. */
static void
wait_until_empty (const char *topic)
{
  gint64 low, high = -1;

  for (guint i = 0; i < 600 && high != 0; i++)
    {
      if (rd_kafka_query_watermark_offsets (producer, topic, 0, &low, &high, 5000) !=
            RD_KAFKA_RESP_ERR_NO_ERROR)
        high = -1;
      if (high != 0)
        g_usleep (50000);
    }
  g_assert_cmpint (high, ==, 0);
}

/* A topic of the same name is another topic: all of it is shown, and none of it is a repeat. */
static void
test_made_anew (void)
{
  static const struct { const char *word; guint n; gboolean notice; } lives[] = {
    { "first", 50, FALSE },
    /* Gone and back with fewer events, before anybody looked. */
    { "second", 20, FALSE },
    /* With more than before, so that the old position is in it. */
    { "third", 100, TRUE },
  };
  g_autoptr (StormEventLog) log = NULL;
  g_autoptr (StormSource) source = NULL;
  StormSink sink;
  StormBatch *batch;
  guint32 row = 0;

  storm_sink_init (&sink);
  log = storm_event_log_new (sink.strings);
  create_topic ("phoenix", 1, NULL);
  source = watch ("phoenix", STORM_START_BEGINNING, FALSE);
  storm_source_start (source, sink.queue, sink.strings, sink.mapping);
  for (guint i = 0; i < G_N_ELEMENTS (lives); i++)
    {
      gint64 limit = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;

      if (i > 0)
        delete_topic ("phoenix");
      while (lives[i].notice)
        {
          g_autofree char *status = storm_source_dup_status (source);

          if (strstr (status, "there is no topic “phoenix”") != NULL)
            break;
          g_assert_cmpint (g_get_monotonic_time (), <, limit);
          g_usleep (50000);
        }
      if (i > 0)
        create_topic ("phoenix", 1, NULL);
      wait_until_empty ("phoenix");
      write_words (producer, "phoenix", 0, lives[i].n, 1, lives[i].word);
      flush ();
      while (storm_event_log_get_n (log) < row + lives[i].n)
        {
          if (g_get_monotonic_time () > limit)
            {
              g_autofree char *status = storm_source_dup_status (source);

              g_error ("%s: %u of %u after 60 s; %s", lives[i].word,
                       storm_event_log_get_n (log) - row, lives[i].n, status);
            }
          while ((batch = storm_batch_queue_pop (sink.queue)) != NULL)
            {
              storm_event_log_append (log, batch);
              storm_batch_unref (batch);
            }
          g_usleep (2000);
        }
      for (guint n = 0; n < lives[i].n; n++, row++)
        {
          g_assert_cmpint (storm_event_log_get_offset (log, row), ==, n);
          g_assert_cmpint (storm_event_log_get_flags (log, row) & STORM_EVENT_REPEATED, ==, 0);
        }
    }
  g_assert_cmpint (storm_event_log_get_n (log), ==, row);

  storm_source_stop (source);
  storm_sink_clear (&sink);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  start_broker ();

  g_test_add_func ("/kafka/topics/growth", test_growth);
  g_test_add_func ("/kafka/topics/compacted", test_compacted);
  g_test_add_func ("/kafka/topics/transactions", test_transactions);
  g_test_add_func ("/kafka/topics/made-anew", test_made_anew);
  result = g_test_run ();

  stop_broker ();
  return result;
}
