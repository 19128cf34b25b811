/* Whatever goes wrong between librdkafka's mock cluster and the source, while a producer counts:
 * every event is shown once, and in order. */
#include "config.h"

#include "storm-watch.h"

#define BROKERS 2
#define PARTITIONS 3
#define ROUNDS 12
#define EVENTS 60

typedef void (*Fault) (Mock  *mock,
                       GRand *random);

typedef struct
{
  Mock *mock;
  int   stop;   /* atomic */
} Writer;

static int
any_broker (GRand *random)
{
  return g_rand_int_range (random, 1, BROKERS + 1);
}

static void
fetch_fails (Mock  *mock,
             GRand *random)
{
  static const rd_kafka_resp_err_t errors[] = {
    RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE,
    RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, RD_KAFKA_RESP_ERR__TRANSPORT,
    RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE,
  };

  for (guint n = g_rand_int_range (random, 1, 6); n > 0; n--)
    rd_kafka_mock_push_request_errors (mock->cluster, API_FETCH, 1,
                                       errors[g_rand_int_range (random, 0,
                                                                G_N_ELEMENTS (errors))]);
}

static void
broker_goes (Mock  *mock,
             GRand *random)
{
  int broker = any_broker (random);

  rd_kafka_mock_broker_set_down (mock->cluster, broker);
  g_usleep (g_rand_int_range (random, 0, 400) * 1000);
  rd_kafka_mock_broker_set_up (mock->cluster, broker);
}

static void
all_brokers_go (Mock  *mock,
                GRand *random)
{
  for (int broker = 1; broker <= BROKERS; broker++)
    rd_kafka_mock_broker_set_down (mock->cluster, broker);
  g_usleep (g_rand_int_range (random, 0, 400) * 1000);
  for (int broker = 1; broker <= BROKERS; broker++)
    rd_kafka_mock_broker_set_up (mock->cluster, broker);
}

static void
answers_are_slow (Mock  *mock,
                  GRand *random)
{
  rd_kafka_mock_broker_set_rtt (mock->cluster, any_broker (random),
                                g_rand_int_range (random, 0, 150));
}

static void
leader_moves (Mock  *mock,
              GRand *random)
{
  rd_kafka_mock_partition_set_leader (mock->cluster, "orders",
                                      g_rand_int_range (random, 0, PARTITIONS),
                                      any_broker (random));
}

static void
test_faults (void)
{
  static const Fault faults[] = {
    fetch_fails, broker_goes, all_brokers_go, answers_are_slow, leader_moves,
  };
  GRand *random = g_rand_new_with_seed (g_test_rand_int ());
  Watch watch;
  Mock mock;

  mock_init (&mock, BROKERS);
  rd_kafka_mock_topic_create (mock.cluster, "orders", PARTITIONS, BROKERS);
  watch_init (&watch, mock.servers, "orders", STORM_START_BEGINNING, NULL);
  watch_start (&watch);
  for (guint round = 0; round < ROUNDS; round++)
    {
      for (gint32 p = 0; p < PARTITIONS; p++)
        mock_write (&mock, "orders", p, EVENTS / PARTITIONS);
      /* Each at least twice, and otherwise as it comes. */
      faults[round < 2 * G_N_ELEMENTS (faults)
               ? round % G_N_ELEMENTS (faults)
               : (guint) g_rand_int_range (random, 0, G_N_ELEMENTS (faults))] (&mock, random);
      storm_sink_take (&watch.sink);
    }
  for (int broker = 1; broker <= BROKERS; broker++)
    rd_kafka_mock_broker_set_rtt (mock.cluster, broker, 0);
  g_assert_cmpint (rd_kafka_flush (mock.rk, 60000), ==, 0);

  /* The mock cluster keeps what a producer sends again after a lost answer, so that the ends of the
   * partitions, not what was written, say how much there is. */
  for (gint32 p = 0; p < PARTITIONS; p++)
    {
      gint64 low, high = -1;

      g_assert_cmpint (rd_kafka_query_watermark_offsets (mock.rk, "orders", p, &low, &high, 20000),
                       ==, RD_KAFKA_RESP_ERR_NO_ERROR);
      g_assert_cmpint (high, >=, ROUNDS * EVENTS / PARTITIONS);
      watch_wait (&watch, storm_sink_n_rows_of (&watch.sink, p) >= high);
      storm_sink_assert_offsets (&watch.sink, p, 0, (guint) high);
    }
  watch_wait_state (&watch, STORM_SOURCE_LIVE);
  g_assert_cmpint (storm_sink_n_marks (&watch.sink, STORM_MARK_GAP), ==, 0);
  g_assert_cmpint (storm_sink_n_marks (&watch.sink, STORM_MARK_ANEW), ==, 0);

  storm_source_stop (watch.source);
  watch_clear (&watch);
  mock_clear (&mock);
  g_rand_free (random);
}

/* Writes 4 MB a second, of which the mock cluster keeps the last 5 MB. */
static gpointer
write_much (gpointer data)
{
  Writer *writer = data;
  char payload[1000];

  memset (payload, 'x', sizeof payload);
  while (!g_atomic_int_get (&writer->stop))
    {
      for (guint i = 0; i < 40; i++)
        rd_kafka_producev (writer->mock->rk, RD_KAFKA_V_TOPIC ("orders"), RD_KAFKA_V_PARTITION (0),
                           RD_KAFKA_V_MSGFLAGS (RD_KAFKA_MSG_F_COPY),
                           RD_KAFKA_V_VALUE (payload, sizeof payload), RD_KAFKA_V_END);
      rd_kafka_poll (writer->mock->rk, 0);
      g_usleep (10000);
    }
  return NULL;
}

/* A broker that removes its oldest events faster than they can be read is watched all the same: not
 * from the oldest one, which is gone whenever it is asked for. */
static void
test_forgets (void)
{
  GThread *thread;
  Watch watch;
  Writer writer;
  Mock mock;
  guint n;

  mock_init (&mock, 1);
  rd_kafka_mock_topic_create (mock.cluster, "orders", 1, 1);
  writer = (Writer) { &mock, FALSE };
  thread = g_thread_new ("writer", write_much, &writer);
  g_usleep (3 * G_USEC_PER_SEC);
  watch_init (&watch, mock.servers, "orders", STORM_START_NOW, NULL);
  watch_start (&watch);
  watch_wait (&watch, watch.sink.rows->len > 100);
  /* Read slower than it is written: the position is lost. */
  rd_kafka_mock_broker_set_rtt (mock.cluster, 1, 20);
  watch_wait (&watch, storm_sink_n_marks (&watch.sink, STORM_MARK_GAP) > 0);
  n = watch.sink.rows->len;
  watch_wait (&watch, watch.sink.rows->len > n + 5000);
  g_test_message ("%u gaps", storm_sink_n_marks (&watch.sink, STORM_MARK_GAP));
  /* A few hundred would be needed if each were followed by what one answer holds. */
  g_assert_cmpuint (storm_sink_n_marks (&watch.sink, STORM_MARK_GAP), <, 40);

  storm_source_stop (watch.source);
  g_atomic_int_set (&writer.stop, TRUE);
  g_thread_join (thread);
  watch_clear (&watch);
  mock_clear (&mock);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kafka/faults", test_faults);
  g_test_add_func ("/kafka/forgets", test_forgets);
  return g_test_run ();
}
