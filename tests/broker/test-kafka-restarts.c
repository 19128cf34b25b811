/* A real Apache Kafka that is killed and started again at random moments, while a producer counts:
 * every event is shown once. Three times; test-kafka-restarts N does it N times. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "storm-broker.h"
#include "storm-kafka-source.h"
#include "storm-sink.h"

#define RESTARTS 3
#define PARTITIONS 3
#define TOPIC "counted"
/* Events a second, so that some are on their way whenever the power goes. */
#define RATE 500

typedef struct
{
  int      stop;        /* atomic */
  guint    n;           /* written so far */
} Counter;

/* Each event has its number, and goes to the partitions in turn. */
static gpointer
count_on (gpointer data)
{
  Counter *counter = data;

  while (!g_atomic_int_get (&counter->stop))
    {
      g_autofree char *payload = g_strdup_printf ("{\"eventType\":\"Counted\",\"n\":%u}",
                                                  counter->n);
      rd_kafka_resp_err_t err =
        rd_kafka_producev (producer, RD_KAFKA_V_TOPIC (TOPIC),
                           RD_KAFKA_V_PARTITION ((int32_t) (counter->n % PARTITIONS)),
                           RD_KAFKA_V_MSGFLAGS (RD_KAFKA_MSG_F_COPY),
                           RD_KAFKA_V_VALUE (payload, strlen (payload)), RD_KAFKA_V_END);

      if (err == RD_KAFKA_RESP_ERR_NO_ERROR)
        counter->n++;
      else
        g_assert_cmpint (err, ==, RD_KAFKA_RESP_ERR__QUEUE_FULL);
      rd_kafka_poll (producer, 0);
      g_usleep (G_USEC_PER_SEC / RATE);
    }
  return NULL;
}

/* What stands between the offsets of a partition must be told as a gap. */
static guint64
check_gaps (StormSink *sink,
            gint32     partition)
{
  gint64 next = 0;
  guint64 missing = 0;
  guint mark = 0;

  for (guint row = 0; row < sink->rows->len; row++)
    {
      const StormEventRow *event = storm_sink_row (sink, row);

      for (; mark < sink->marks->len; mark++)
        {
          const StormMark *found = &g_array_index (sink->marks, StormMark, mark);

          if (found->at_row > row)
            break;
          if (found->kind != STORM_MARK_GAP || found->partition != partition)
            continue;
          g_assert_cmpint (found->from, ==, next);
          missing += found->to - found->from;
          next = found->to;
        }
      if (event->partition != partition)
        continue;
      g_assert_cmpint (event->offset, ==, next);
      next++;
    }
  return missing;
}

static void
check_numbers (StormSink *sink,
               guint      n,
               guint64    missing)
{
  g_autofree guint8 *seen = g_new0 (guint8, n);
  guint64 n_unseen = 0;

  for (guint i = 0; i < sink->payloads->len; i++)
    {
      const char *text = strstr (g_ptr_array_index (sink->payloads, i), "\"n\":");
      guint64 number;

      g_assert_nonnull (text);
      number = g_ascii_strtoull (text + 4, NULL, 10);
      g_assert_cmpuint (number, <, n);
      if (seen[number]++ > 0)
        g_error ("event %" G_GUINT64_FORMAT " was shown twice", number);
    }
  for (guint i = 0; i < n; i++)
    n_unseen += seen[i] == 0;
  g_assert_cmpuint (n_unseen, ==, missing);
}

/* Whether the source has read @partition up to @end. */
static gboolean
is_read (StormSource *source,
         gint32       partition,
         gint64       end)
{
  g_autoptr (GPtrArray) progress = storm_source_dup_progress (source);

  for (guint i = 0; i < progress->len; i++)
    {
      const StormTopicProgress *item = g_ptr_array_index (progress, i);

      if (item->partition == partition)
        return item->next >= end;
    }
  return FALSE;
}

static void
restart_broker (StormSink *sink,
                GRand     *random)
{
  gint64 until = g_get_monotonic_time () + g_rand_int_range (random, 200, 2500) * 1000;

  while (g_get_monotonic_time () < until)
    {
      storm_sink_take (sink);
      g_usleep (2000);
    }
  g_assert_cmpint (broker ("kill", NULL), ==, 0);
  until = g_get_monotonic_time () + g_rand_int_range (random, 0, 1500) * 1000;
  while (g_get_monotonic_time () < until)
    {
      storm_sink_take (sink);
      g_usleep (2000);
    }
  g_assert_cmpint (broker ("start", NULL), ==, 0);
}

static void
test_restarts (gconstpointer data)
{
  guint n_restarts = GPOINTER_TO_UINT (data);
  g_autofree char *address = servers (0);
  const char *topics[] = { TOPIC, NULL };
  g_autoptr (StormConnection) connection =
    g_object_new (STORM_TYPE_CONNECTION, "servers", address, "topics", topics, NULL);
  g_autoptr (StormSource) source = storm_kafka_source_new (connection, NULL);
  GRand *random = g_rand_new_with_seed (g_test_rand_int ());
  Counter counter = { 0 };
  guint64 missing = 0;
  GThread *thread;
  StormSink sink;

  create_topic (TOPIC, PARTITIONS, NULL);
  storm_sink_init (&sink);
  storm_sink_start (&sink, source);
  thread = g_thread_new ("count", count_on, &counter);
  storm_sink_wait (&sink, sink.rows->len > 0);
  for (guint i = 0; i < n_restarts; i++)
    {
      guint before;

      restart_broker (&sink, random);
      before = sink.rows->len;
      storm_sink_wait (&sink, sink.rows->len > before);
      g_test_message ("restart %u: %u written, %u shown", i + 1, counter.n, sink.rows->len);
    }
  g_atomic_int_set (&counter.stop, TRUE);
  g_thread_join (thread);
  flush ();
  for (gint32 p = 0; p < PARTITIONS; p++)
    {
      gint64 low, high = -1;

      g_assert_cmpint (rd_kafka_query_watermark_offsets (producer, TOPIC, p, &low, &high, 20000),
                       ==, RD_KAFKA_RESP_ERR_NO_ERROR);
      storm_sink_wait (&sink, is_read (source, p, high));
    }
  storm_sink_take (&sink);

  for (gint32 p = 0; p < PARTITIONS; p++)
    missing += check_gaps (&sink, p);
  check_numbers (&sink, counter.n, missing);
  g_test_message ("%u restarts: %u events written, %u shown, %u missing and told", n_restarts,
                  counter.n, sink.rows->len, (guint) missing);
  storm_source_stop (source);
  storm_sink_clear (&sink);
  g_rand_free (random);
}

int
main (int   argc,
      char *argv[])
{
  guint n = RESTARTS;
  int result;

  g_test_init (&argc, &argv, NULL);
  if (argc > 1)
    n = CLAMP (atoi (argv[1]), 1, 1000);
  start_broker ();

  g_test_add_data_func ("/kafka/restarts", GUINT_TO_POINTER (n), test_restarts);
  result = g_test_run ();

  stop_broker ();
  return result;
}
