/* Two of librdkafka's mock clusters watched as one: neither holds up the other. */
#include "config.h"

#include "storm-kafka-source.h"
#include "storm-mock.h"
#include "storm-multi-source.h"
#include "storm-sink.h"

typedef struct
{
  Mock              mocks[2];
  StormSource      *sources[2];
  StormMultiSource *multi;
  StormSink         sink;
} Fixture;

static StormSource *
make_source (const char *servers,
             const char *name)
{
  g_autoptr (StormConnection) connection = connect_to (servers, "orders", STORM_START_BEGINNING);

  g_object_set (connection, "name", name, NULL);
  return storm_kafka_source_new (connection, NULL);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  storm_sink_init (&f->sink);
  f->multi = storm_multi_source_new ();
  for (guint i = 0; i < 2; i++)
    {
      mock_init (&f->mocks[i], 1);
      rd_kafka_mock_topic_create (f->mocks[i].cluster, "orders", 1, 1);
      f->sources[i] = make_source (f->mocks[i].servers, i == 0 ? "East" : "West");
    }
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  storm_source_stop (STORM_SOURCE (f->multi));
  storm_sink_clear (&f->sink);
  g_assert_finalize_object (f->multi);
  for (guint i = 0; i < 2; i++)
    {
      g_object_unref (f->sources[i]);
      mock_clear (&f->mocks[i]);
    }
}

static StormSourceState
state_of (Fixture *f)
{
  return storm_source_get_state (STORM_SOURCE (f->multi));
}

static gboolean
says (Fixture    *f,
      const char *words)
{
  g_autofree char *status = storm_source_dup_status (STORM_SOURCE (f->multi));

  return strstr (status, words) != NULL;
}

/* How many rows are of the first connection (0) or the other; each one's offsets are 0, 1, 2 …. */
static guint
count (Fixture *f,
       guint    which)
{
  guint n = 0;

  for (guint i = 0; i < f->sink.rows->len; i++)
    {
      const StormEventRow *row = storm_sink_row (&f->sink, i);
      const char *name = storm_strings_get_connection_name (f->sink.strings, row->topic);

      g_assert_cmpstr (storm_strings_get (f->sink.strings, row->topic), ==, "orders");
      if (g_strcmp0 (name, which == 0 ? "East" : "West") == 0)
        g_assert_cmpint (row->offset, ==, n++);
    }
  return n;
}

static void
start_both (Fixture *f)
{
  storm_multi_source_add (f->multi, f->sources[0]);
  storm_multi_source_add (f->multi, f->sources[1]);
  storm_sink_start (&f->sink, STORM_SOURCE (f->multi));
}

/* The same topic on both. */
static void
test_both (Fixture       *f,
           gconstpointer  data)
{
  mock_write (&f->mocks[0], "orders", 0, 30);
  mock_write (&f->mocks[1], "orders", 0, 20);
  start_both (f);
  storm_sink_wait (&f->sink, state_of (f) == STORM_SOURCE_LIVE);
  storm_sink_wait (&f->sink, count (f, 0) == 30 && count (f, 1) == 20);
  g_assert_true (says (f, "2 connections · live"));
  mock_write (&f->mocks[0], "orders", 0, 5);
  mock_write (&f->mocks[1], "orders", 0, 6);
  storm_sink_wait (&f->sink, count (f, 0) == 35 && count (f, 1) == 26);
}

/* One comes while the other is being watched, and goes again. */
static void
test_comes_and_goes (Fixture       *f,
                     gconstpointer  data)
{
  guint n;

  storm_multi_source_add (f->multi, f->sources[0]);
  storm_sink_start (&f->sink, STORM_SOURCE (f->multi));
  mock_write (&f->mocks[0], "orders", 0, 10);
  mock_write (&f->mocks[1], "orders", 0, 10);
  storm_sink_wait (&f->sink, f->sink.rows->len == 10);
  storm_multi_source_add (f->multi, f->sources[1]);
  storm_sink_wait (&f->sink, count (f, 0) == 10 && count (f, 1) == 10);
  storm_sink_wait (&f->sink, state_of (f) == STORM_SOURCE_LIVE);

  n = storm_sink_n_marks (&f->sink, STORM_MARK_ENDED);
  storm_multi_source_remove (f->multi, f->sources[0]);
  storm_sink_take (&f->sink);
  g_assert_cmpuint (storm_sink_n_marks (&f->sink, STORM_MARK_ENDED), ==, n + 1);
  mock_write (&f->mocks[0], "orders", 0, 10);
  mock_write (&f->mocks[1], "orders", 0, 10);
  storm_sink_wait (&f->sink, count (f, 1) == 20);
  g_assert_cmpuint (count (f, 0), ==, 10);
  g_assert_true (says (f, "West · 1 topic · live"));
}

/* Nobody listens at one of them: the other flows, and the first may be stopped meanwhile. */
static void
test_refused (Fixture       *f,
              gconstpointer  data)
{
  rd_kafka_mock_broker_set_down (f->mocks[0].cluster, 1);
  mock_write (&f->mocks[1], "orders", 0, 10);
  start_both (f);
  storm_sink_wait (&f->sink, count (f, 1) == 10);
  storm_sink_wait (&f->sink, state_of (f) == STORM_SOURCE_WAITING);
  g_assert_true (says (f, "1 of 2 connections · "));
  mock_write (&f->mocks[1], "orders", 0, 10);
  storm_sink_wait (&f->sink, count (f, 1) == 20);
  storm_multi_source_remove (f->multi, f->sources[0]);
  storm_sink_wait (&f->sink, state_of (f) == STORM_SOURCE_LIVE);
  g_assert_cmpuint (count (f, 0), ==, 0);
}

/* Lost and back: the watermark doesn't wait, and no event is lost or there twice. */
static void
test_lost (Fixture       *f,
           gconstpointer  data)
{
  mock_write (&f->mocks[0], "orders", 0, 10);
  mock_write (&f->mocks[1], "orders", 0, 10);
  start_both (f);
  storm_sink_wait (&f->sink, count (f, 0) == 10 && count (f, 1) == 10);
  storm_sink_wait (&f->sink, state_of (f) == STORM_SOURCE_LIVE);
  g_assert_cmpuint (storm_sink_n_marks (&f->sink, STORM_MARK_ENDED), ==, 0);

  rd_kafka_mock_broker_set_down (f->mocks[0].cluster, 1);
  storm_sink_wait (&f->sink, state_of (f) == STORM_SOURCE_WAITING);
  storm_sink_wait (&f->sink, storm_sink_n_marks (&f->sink, STORM_MARK_ENDED) == 1);
  mock_write (&f->mocks[1], "orders", 0, 10);
  storm_sink_wait (&f->sink, count (f, 1) == 20);

  rd_kafka_mock_broker_set_up (f->mocks[0].cluster, 1);
  mock_write (&f->mocks[0], "orders", 0, 10);
  storm_sink_wait (&f->sink, count (f, 0) == 20);
  storm_sink_wait (&f->sink, state_of (f) == STORM_SOURCE_LIVE);
  /* One for each at first, and one for that which came back. */
  storm_sink_wait (&f->sink, storm_sink_n_marks (&f->sink, STORM_MARK_ASSIGNED) >= 3);
  g_assert_cmpuint (count (f, 1), ==, 20);
}

/* Stopped before there is a connection. */
static void
test_stopped_early (Fixture       *f,
                    gconstpointer  data)
{
  mock_write (&f->mocks[1], "orders", 0, 10);
  rd_kafka_mock_broker_set_rtt (f->mocks[0].cluster, 1, 3000);
  start_both (f);
  storm_sink_wait (&f->sink,
                   storm_source_get_state (f->sources[0]) == STORM_SOURCE_CONNECTING);
  storm_multi_source_remove (f->multi, f->sources[0]);
  g_assert_cmpint (storm_source_get_state (f->sources[0]), ==, STORM_SOURCE_STOPPED);
  storm_sink_wait (&f->sink, count (f, 1) == 10);
  rd_kafka_mock_broker_set_rtt (f->mocks[0].cluster, 1, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/kafka-several/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("both", test_both);
  ADD ("comes-and-goes", test_comes_and_goes);
  ADD ("refused", test_refused);
  ADD ("lost", test_lost);
  ADD ("stopped-early", test_stopped_early);
#undef ADD
  return g_test_run ();
}
