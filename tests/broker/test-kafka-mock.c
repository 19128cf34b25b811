/* The Kafka source against librdkafka's mock cluster: what a broker does, without a broker. */
#include "config.h"

#include "storm-demo-source.h"
#include "storm-error.h"
#include "storm-watch.h"

static void
test_history_and_live (void)
{
  g_autoptr (GPtrArray) progress = NULL;
  g_autofree char *status = NULL;
  StormEventRow *row;
  Watch watch;
  Mock mock;

  mock_init (&mock, 1);
  rd_kafka_mock_topic_create (mock.cluster, "orders", 3, 1);
  mock_write (&mock, "orders", 0, 40);
  mock_write (&mock, "orders", 1, 2);
  g_assert_cmpint (rd_kafka_flush (mock.rk, 10000), ==, 0);

  watch_init (&watch, mock.servers, "orders", STORM_START_BEGINNING, NULL);
  g_assert_cmpint (storm_source_get_state (watch.source), ==, STORM_SOURCE_IDLE);
  watch_start (&watch);
  watch_wait_state (&watch, STORM_SOURCE_LIVE);
  watch_wait (&watch, watch.sink.rows->len == 42);
  storm_sink_assert_offsets (&watch.sink, 0, 0, 40);
  storm_sink_assert_offsets (&watch.sink, 1, 0, 2);
  row = storm_sink_row (&watch.sink, 0);
  g_assert_cmpstr (storm_strings_get (watch.sink.strings, row->type), ==, "Counted");
  g_assert_cmpstr (storm_strings_get (watch.sink.strings, row->topic), ==, "orders");
  status = storm_source_dup_status (watch.source);
  g_assert_nonnull (strstr (status, "1 topic"));

  /* Every partition was announced before the first event, and reached its end. */
  g_assert_cmpint (storm_sink_n_marks (&watch.sink, STORM_MARK_ASSIGNED), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      StormMark *mark = &g_array_index (watch.sink.marks, StormMark, i);

      g_assert_cmpint (mark->kind, ==, STORM_MARK_ASSIGNED);
      g_assert_cmpint (mark->at_row, ==, 0);
    }
  g_assert_cmpint (storm_sink_n_marks (&watch.sink, STORM_MARK_CAUGHT_UP), >=, 3);
  g_assert_cmpint (storm_sink_n_marks (&watch.sink, STORM_MARK_GAP), ==, 0);
  g_assert_cmpint (storm_sink_n_marks (&watch.sink, STORM_MARK_ENDED), ==, 0);

  mock_write (&mock, "orders", 2, 5);
  watch_wait (&watch, watch.sink.rows->len == 47);
  storm_sink_assert_offsets (&watch.sink, 2, 0, 5);
  g_assert_cmpstr (g_ptr_array_index (watch.sink.payloads, 46), ==,
                   "{\"eventType\":\"Counted\",\"timestamp\":1795243306120,\"n\":46}");

  storm_source_stop (watch.source);
  g_assert_cmpint (storm_source_get_state (watch.source), ==, STORM_SOURCE_STOPPED);
  progress = storm_source_dup_progress (watch.source);
  g_assert_cmpint (progress->len, ==, 3);
  watch_clear (&watch);
  mock_clear (&mock);
}

static void
test_starts (void)
{
  static const struct { StormStart start; guint n; gint64 first; } cases[] = {
    { STORM_START_BEGINNING, 20, 0 },
    { STORM_START_LAST_N, 3, 17 },
    { STORM_START_NOW, 0, 20 },
  };
  Mock mock;

  mock_init (&mock, 1);
  rd_kafka_mock_topic_create (mock.cluster, "orders", 1, 1);
  mock_write (&mock, "orders", 0, 20);
  g_assert_cmpint (rd_kafka_flush (mock.rk, 10000), ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Watch watch;

      watch_init (&watch, mock.servers, "orders", cases[i].start,
                  "start-n", 3, "bounded", TRUE, NULL);
      watch_start (&watch);
      watch_wait (&watch, storm_source_lasts (watch.source));
      storm_sink_take (&watch.sink);
      g_assert_cmpint (storm_source_get_state (watch.source), ==, STORM_SOURCE_ENDED);
      storm_sink_assert_offsets (&watch.sink, 0, cases[i].first, cases[i].n);
      g_assert_cmpint (storm_sink_n_marks (&watch.sink, STORM_MARK_ASSIGNED), ==, 1);
      g_assert_cmpint (storm_sink_n_marks (&watch.sink, STORM_MARK_ENDED), ==, 1);
      watch_clear (&watch);
    }
  mock_clear (&mock);
}

/* The queue is full after every answer, and each time is told that it has room again: librdkafka
 * before 2.2 would sleep for a second at each of them, and the limit of a wait end the test. */
static void
test_small_queue (void)
{
  const char *extra[] = { "queued.min.messages=100", "queued.max.messages.kbytes=8",
                          "fetch.message.max.bytes=1000", NULL };
  Watch watch;
  Mock mock;

  mock_init (&mock, 1);
  rd_kafka_mock_topic_create (mock.cluster, "orders", 1, 1);
  for (guint i = 0; i < 100; i++)
    {
      mock_write (&mock, "orders", 0, 200);
      g_assert_cmpint (rd_kafka_flush (mock.rk, 10000), ==, 0);
    }
  watch_init (&watch, mock.servers, "orders", STORM_START_BEGINNING,
              "extra", extra, "bounded", TRUE, NULL);
  watch_start (&watch);
  watch_wait (&watch, storm_source_lasts (watch.source));
  storm_sink_take (&watch.sink);
  g_assert_cmpint (storm_source_get_state (watch.source), ==, STORM_SOURCE_ENDED);
  storm_sink_assert_offsets (&watch.sink, 0, 0, 20000);
  watch_clear (&watch);
  mock_clear (&mock);
}

/* Down in the middle of a stream and up again: everything once, in order. */
static void
test_broker_lost (void)
{
  g_autofree char *status = NULL;
  Watch watch;
  Mock mock;

  mock_init (&mock, 1);
  rd_kafka_mock_topic_create (mock.cluster, "orders", 1, 1);
  mock_write (&mock, "orders", 0, 100);
  watch_init (&watch, mock.servers, "orders", STORM_START_BEGINNING, NULL);
  watch_start (&watch);
  watch_wait (&watch, watch.sink.rows->len == 100);

  for (guint round = 1; round <= 2; round++)
    {
      rd_kafka_mock_broker_set_down (mock.cluster, 1);
      watch_wait_state (&watch, STORM_SOURCE_WAITING);
      g_free (status);
      status = storm_source_dup_status (watch.source);
      g_assert_nonnull (strstr (status, "lost; trying again"));

      mock_write (&mock, "orders", 0, 100);
      rd_kafka_mock_broker_set_up (mock.cluster, 1);
      watch_wait (&watch, watch.sink.rows->len >= 100 + 100 * round);
      watch_wait_state (&watch, STORM_SOURCE_LIVE);
    }
  storm_sink_assert_offsets (&watch.sink, 0, 0, 300);
  g_assert_cmpint (storm_sink_n_marks (&watch.sink, STORM_MARK_GAP), ==, 0);

  storm_source_stop (watch.source);
  watch_clear (&watch);
  mock_clear (&mock);
}

static void
test_errors_and_slow_answers (void)
{
  Watch watch;
  Mock mock;

  mock_init (&mock, 2);
  rd_kafka_mock_topic_create (mock.cluster, "orders", 1, 2);
  rd_kafka_mock_partition_set_leader (mock.cluster, "orders", 0, 1);
  watch_init (&watch, mock.servers, "orders", STORM_START_BEGINNING, NULL);
  rd_kafka_mock_broker_set_rtt (mock.cluster, 1, 120);
  rd_kafka_mock_broker_set_rtt (mock.cluster, 2, 120);
  watch_start (&watch);
  mock_write (&mock, "orders", 0, 50);
  watch_wait (&watch, watch.sink.rows->len == 50);

  rd_kafka_mock_push_request_errors (mock.cluster, API_FETCH, 3,
                                     RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
                                     RD_KAFKA_RESP_ERR__TRANSPORT,
                                     RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE);
  mock_write (&mock, "orders", 0, 50);
  watch_wait (&watch, watch.sink.rows->len == 100);

  /* The partition's leader moves to the other broker. */
  rd_kafka_mock_partition_set_leader (mock.cluster, "orders", 0, 2);
  mock_write (&mock, "orders", 0, 50);
  watch_wait (&watch, watch.sink.rows->len == 150);
  storm_sink_assert_offsets (&watch.sink, 0, 0, 150);

  storm_source_stop (watch.source);
  watch_clear (&watch);
  mock_clear (&mock);
}

/* Two sources on two brokers in one process, with topics of the same names, know nothing of each
 * other. */
static void
test_two_brokers (void)
{
  Watch watches[2];
  Mock mocks[2];

  for (guint i = 0; i < 2; i++)
    {
      mock_init (&mocks[i], 1);
      rd_kafka_mock_topic_create (mocks[i].cluster, "orders", 1, 1);
      mock_write (&mocks[i], "orders", 0, 30 + 40 * i);
      watch_init (&watches[i], mocks[i].servers, "orders", STORM_START_BEGINNING, NULL);
      watch_start (&watches[i]);
    }
  for (guint i = 0; i < 2; i++)
    watch_wait (&watches[i], watches[i].sink.rows->len == 30 + 40 * i);

  /* One is lost; the other goes on. */
  rd_kafka_mock_broker_set_down (mocks[0].cluster, 1);
  watch_wait_state (&watches[0], STORM_SOURCE_WAITING);
  mock_write (&mocks[1], "orders", 0, 10);
  watch_wait (&watches[1], watches[1].sink.rows->len == 80);
  g_assert_cmpint (storm_source_get_state (watches[1].source), ==, STORM_SOURCE_LIVE);
  rd_kafka_mock_broker_set_up (mocks[0].cluster, 1);
  watch_wait_state (&watches[0], STORM_SOURCE_LIVE);
  for (guint i = 0; i < 2; i++)
    storm_source_stop (watches[i].source);
  for (guint i = 0; i < 2; i++)
    {
      storm_sink_assert_offsets (&watches[i].sink, 0, 0, 30 + 50 * i);
      watch_clear (&watches[i]);
      mock_clear (&mocks[i]);
    }
}

static void
test_unknown_topic (void)
{
  g_autoptr (GError) error = NULL;
  Watch watch;
  Mock mock;

  mock_init (&mock, 1);
  rd_kafka_mock_topic_create (mock.cluster, "orders", 1, 1);
  watch_init (&watch, mock.servers, "odrers", STORM_START_BEGINNING, NULL);
  watch_start (&watch);
  watch_wait (&watch, storm_source_lasts (watch.source));
  g_assert_cmpint (storm_source_get_state (watch.source), ==, STORM_SOURCE_FAILED);
  g_object_get (watch.source, "error", &error, NULL);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "“odrers”"));

  watch_clear (&watch);
  mock_clear (&mock);
}

/* Not there for a moment, as after a broker's restart, and then there with the same events: none of
 * them is shown again, and those behind them are. */
static void
test_topic_away (void)
{
  Watch watch;
  Mock mock;

  mock_init (&mock, 1);
  rd_kafka_mock_topic_create (mock.cluster, "orders", 2, 1);
  mock_write (&mock, "orders", 0, 50);
  g_assert_cmpint (rd_kafka_flush (mock.rk, 10000), ==, 0);
  watch_init (&watch, mock.servers, "orders", STORM_START_BEGINNING, NULL);
  watch_start (&watch);
  watch_wait_state (&watch, STORM_SOURCE_LIVE);
  watch_wait (&watch, watch.sink.rows->len == 50);

  rd_kafka_mock_topic_set_error (mock.cluster, "orders", RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
  watch_wait (&watch, storm_sink_n_marks (&watch.sink, STORM_MARK_ENDED) == 2);
  rd_kafka_mock_topic_set_error (mock.cluster, "orders", RD_KAFKA_RESP_ERR_NO_ERROR);
  mock_write (&mock, "orders", 0, 10);
  watch_wait (&watch, watch.sink.rows->len >= 60);
  watch_wait_state (&watch, STORM_SOURCE_LIVE);
  storm_sink_assert_offsets (&watch.sink, 0, 0, 60);
  g_assert_cmpint (storm_sink_n_marks (&watch.sink, STORM_MARK_ANEW), ==, 0);
  g_assert_cmpint (storm_sink_n_marks (&watch.sink, STORM_MARK_ASSIGNED), ==, 4);

  storm_source_stop (watch.source);
  watch_clear (&watch);
  mock_clear (&mock);
}

/* A pattern finds topics that come later, and reads them from their beginning. */
static void
test_pattern (void)
{
  Watch watch;
  Mock mock;

  mock_init (&mock, 1);
  rd_kafka_mock_topic_create (mock.cluster, "shop.orders", 1, 1);
  rd_kafka_mock_topic_create (mock.cluster, "other", 1, 1);
  mock_write (&mock, "other", 0, 5);
  mock_write (&mock, "shop.orders", 0, 5);
  g_assert_cmpint (rd_kafka_flush (mock.rk, 10000), ==, 0);
  watch_init (&watch, mock.servers, NULL, STORM_START_NOW, "pattern", "^shop\\.", NULL);
  watch_start (&watch);
  watch_wait_state (&watch, STORM_SOURCE_LIVE);

  rd_kafka_mock_topic_create (mock.cluster, "shop.cooking", 2, 1);
  mock_write (&mock, "shop.cooking", 1, 7);
  watch_wait (&watch, watch.sink.rows->len == 7);
  storm_sink_assert_offsets (&watch.sink, 1, 0, 7);
  g_assert_cmpint (storm_sink_n_marks (&watch.sink, STORM_MARK_ASSIGNED), ==, 3);

  storm_source_stop (watch.source);
  watch_clear (&watch);
  mock_clear (&mock);
}

static void
test_wrong_pattern (void)
{
  g_autoptr (GError) error = NULL;
  Watch watch;

  watch_init (&watch, "127.0.0.1:1", NULL, STORM_START_NOW, "pattern", "shop(", NULL);
  watch_start (&watch);
  watch_wait (&watch, storm_source_lasts (watch.source));
  g_object_get (watch.source, "error", &error, NULL);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_INVALID);
  watch_clear (&watch);
}

/* Nobody is at the port, or there is no such host: it says so and waits; a bounded read gives
 * up. */
static void
test_refused (void)
{
  static const struct { const char *servers; const char *words; } cases[] = {
    { "127.0.0.1:1", "Nothing answers at 127.0.0.1:1" },
    { "no-such-host.invalid:9092", "There is no host of the name in “no-such-host.invalid:9092”" },
  };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      gboolean bounded = i % 2;
      g_autoptr (GError) error = NULL;
      Watch watch;

      watch_init (&watch, cases[i / 2].servers, "orders", STORM_START_NOW,
                  "bounded", bounded, NULL);
      watch_start (&watch);
      watch_wait_state (&watch, bounded ? STORM_SOURCE_FAILED : STORM_SOURCE_WAITING);
      g_object_get (watch.source, "error", &error, NULL);
      g_assert_error (error, STORM_ERROR, STORM_ERROR_CONNECT);
      g_assert_nonnull (strstr (error->message, cases[i / 2].words));
      storm_source_stop (watch.source);
      watch_clear (&watch);
    }
}

/* Stopping and letting go, whatever the source is doing; a full queue doesn't hold it. */
static void
test_stop (void)
{
  Mock mock;

  mock_init (&mock, 1);
  rd_kafka_mock_topic_create (mock.cluster, "orders", 1, 1);
  mock_write (&mock, "orders", 0, 2000);
  g_assert_cmpint (rd_kafka_flush (mock.rk, 10000), ==, 0);

  for (guint i = 0; i < 4; i++)
    {
      Watch watch;

      watch_init (&watch, mock.servers, "orders", STORM_START_BEGINNING, NULL);
      storm_batch_queue_unref (watch.sink.queue);
      watch.sink.queue = storm_batch_queue_new (i == 1 ? 1 : 64 << 20, NULL, NULL);
      watch_start (&watch);
      if (i == 2)
        watch_wait (&watch, watch.sink.rows->len > 0);
      else if (i > 0)
        g_usleep (150000);
      if (i == 3)
        rd_kafka_mock_broker_set_down (mock.cluster, 1);
      if (i != 2)
        storm_source_stop (watch.source);
      g_assert_finalize_object (g_steal_pointer (&watch.source));
      watch_clear (&watch);
    }
  mock_clear (&mock);
}

/* A program's end waits for connections: not longer than it says, and then no thread is left. */
static void
test_wait_at_end (void)
{
  Mock mock;

  g_assert_true (storm_source_wait_all (0));
  mock_init (&mock, 1);
  rd_kafka_mock_topic_create (mock.cluster, "orders", 1, 1);
  mock_write (&mock, "orders", 0, 10);
  g_assert_cmpint (rd_kafka_flush (mock.rk, 10000), ==, 0);
  {
    g_autoptr (StormConnection) connection =
      connect_to (mock.servers, "orders", STORM_START_BEGINNING);
    g_autoptr (StormSource) watched = storm_kafka_source_new (connection, NULL);
    g_autoptr (StormSource) ended = storm_kafka_source_new (connection, NULL);
    StormSink sink, other;

    storm_sink_init (&sink);
    storm_sink_init (&other);
    storm_sink_start (&sink, watched);
    storm_sink_start (&other, ended);
    storm_sink_wait (&sink, sink.rows->len == 10);
    storm_source_stop (ended);
    /* One is stopped, the other still runs: the limit ends the wait. */
    g_assert_false (storm_source_wait_all (G_TIME_SPAN_SECOND / 4));
    storm_source_stop (watched);
    storm_sink_clear (&sink);
    storm_sink_clear (&other);
    g_assert_true (storm_source_wait_all (0));
  }
  mock_clear (&mock);
}

typedef struct
{
  GMainLoop  *loop;
  char      **topics;
  char       *words;
  GError     *error;
} Answer;

static void
probed (GObject      *object,
        GAsyncResult *result,
        gpointer      data)
{
  Answer *answer = data;

  answer->topics = storm_kafka_probe_finish (result, &answer->words, &answer->error);
  g_main_loop_quit (answer->loop);
}

static void
test_probe (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (StormConnection) connection = NULL;
  g_autoptr (StormConnection) wrong = connect_to ("127.0.0.1:1", "x", STORM_START_NOW);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  Answer answer = { loop };
  Mock mock;

  mock_init (&mock, 1);
  rd_kafka_mock_topic_create (mock.cluster, "b", 1, 1);
  rd_kafka_mock_topic_create (mock.cluster, "a", 1, 1);
  rd_kafka_mock_topic_create (mock.cluster, "__consumer_offsets", 1, 1);
  connection = connect_to (mock.servers, "a", STORM_START_NOW);
  storm_kafka_probe_async (connection, NULL, NULL, probed, &answer);
  g_main_loop_run (loop);
  g_assert_no_error (answer.error);
  g_assert_true (g_strv_equal ((const char *const *) answer.topics,
                               (const char *const []) { "a", "b", NULL }));
  g_assert_cmpstr (answer.words, ==, "Connected: 1 broker, 2 topics");
  g_strfreev (answer.topics);
  g_free (answer.words);

  storm_kafka_probe_async (wrong, NULL, NULL, probed, &answer);
  g_main_loop_run (loop);
  g_assert_error (answer.error, STORM_ERROR, STORM_ERROR_CONNECT);
  g_clear_error (&answer.error);

  g_cancellable_cancel (cancelled);
  storm_kafka_probe_async (wrong, NULL, cancelled, probed, &answer);
  g_main_loop_run (loop);
  g_assert_error (answer.error, STORM_ERROR, STORM_ERROR_CANCELLED);
  g_clear_error (&answer.error);
  mock_clear (&mock);
}

/* @n payloads of the demo in the order of their times. */
static GPtrArray *
play_demo (guint32 seed,
           guint   n)
{
  g_autoptr (StormSource) source = storm_demo_source_new (seed, 100);
  GPtrArray *events = g_ptr_array_new_with_free_func (g_free);
  StormSink sink;

  storm_sink_init (&sink);
  g_assert_null (storm_demo_source_get_servers (STORM_DEMO_SOURCE (source)));
  storm_sink_start (&sink, source);
  g_assert_nonnull (storm_demo_source_get_servers (STORM_DEMO_SOURCE (source)));
  for (gint32 p = 0; p < 3; p++)
    storm_sink_wait (&sink, storm_sink_n_rows_of (&sink, p) >= n / 3);
  storm_source_stop (source);
  g_assert_cmpint (storm_source_get_state (source), ==, STORM_SOURCE_STOPPED);

  /* The partitions take turns, so the k-th event is the (k / 3)-th of partition k % 3. */
  for (guint k = 0; k < n; k++)
    for (guint i = 0; i < sink.rows->len; i++)
      if (storm_sink_row (&sink, i)->partition == (gint32) (k % 3) &&
          storm_sink_row (&sink, i)->offset == k / 3)
        {
          const char *payload = g_ptr_array_index (sink.payloads, i);
          g_autoptr (GRegex) time = g_regex_new ("\"timestamp\":[0-9]+", 0, 0, NULL);

          g_ptr_array_add (events, g_regex_replace_literal (time, payload, -1, 0, "T", 0, NULL));
          break;
        }
  g_assert_cmpint (events->len, ==, n);
  storm_sink_clear (&sink);
  return events;
}

static void
test_demo_repeats (void)
{
  g_autoptr (GPtrArray) a = play_demo (7, 60);
  g_autoptr (GPtrArray) b = play_demo (7, 60);
  g_autoptr (GPtrArray) other = play_demo (8, 60);
  guint same = 0;

  for (guint i = 0; i < a->len; i++)
    {
      g_assert_cmpstr (g_ptr_array_index (a, i), ==, g_ptr_array_index (b, i));
      same += g_str_equal (g_ptr_array_index (a, i), g_ptr_array_index (other, i));
    }
  g_assert_cmpint (same, <, a->len / 2);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (a, 0),
                                   "{\"eventType\":\"OrderPlaced\",T,\"id\":\"order-4711\""));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/kafka/mock/history-and-live", test_history_and_live);
  g_test_add_func ("/kafka/mock/starts", test_starts);
  g_test_add_func ("/kafka/mock/small-queue", test_small_queue);
  g_test_add_func ("/kafka/mock/broker-lost", test_broker_lost);
  g_test_add_func ("/kafka/mock/errors-and-slow-answers", test_errors_and_slow_answers);
  g_test_add_func ("/kafka/mock/two-brokers", test_two_brokers);
  g_test_add_func ("/kafka/mock/unknown-topic", test_unknown_topic);
  g_test_add_func ("/kafka/mock/topic-away", test_topic_away);
  g_test_add_func ("/kafka/mock/pattern", test_pattern);
  g_test_add_func ("/kafka/mock/wrong-pattern", test_wrong_pattern);
  g_test_add_func ("/kafka/mock/refused", test_refused);
  g_test_add_func ("/kafka/mock/stop", test_stop);
  g_test_add_func ("/kafka/mock/wait-at-end", test_wait_at_end);
  g_test_add_func ("/kafka/mock/probe", test_probe);
  g_test_add_func ("/demo/repeats", test_demo_repeats);

  return g_test_run ();
}
