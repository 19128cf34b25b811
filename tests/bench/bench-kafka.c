#include "config.h"

/* The whole way in from a real Kafka, against `kcat -C` printing the same topic: consume, map five
 * fields, append to the log, index; the first event after connecting; from publishing to the main
 * loop. Run by `kafka-broker with`: ./bench-kafka [EVENTS [RUNS]]. */

#include <librdkafka/rdkafka.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "bench-numbers.h"
#include "storm-kafka-source.h"
#include "storm-time.h"
#include "storm-trace-index.h"

#define TOPIC "bench"
#define LIVE_TOPIC "bench-live"
#define N_PARTITIONS 3
#define N_LIVE 400
#define BASE_MS G_GINT64_CONSTANT (1795000000000)

static char *servers;

static void
log_nothing (const rd_kafka_t *rk,
             int               level,
             const char       *facility,
             const char       *text)
{
}

static rd_kafka_t *
open_producer (gboolean bulk)
{
  rd_kafka_conf_t *conf = rd_kafka_conf_new ();
  rd_kafka_t *rk;

  rd_kafka_conf_set (conf, "bootstrap.servers", servers, NULL, 0);
  rd_kafka_conf_set (conf, "linger.ms", bulk ? "50" : "0", NULL, 0);
  rd_kafka_conf_set (conf, "queue.buffering.max.messages", "2000000", NULL, 0);
  rd_kafka_conf_set_log_cb (conf, log_nothing);
  rk = rd_kafka_new (RD_KAFKA_PRODUCER, conf, NULL, 0);
  if (rk == NULL)
    exit (1);
  return rk;
}

static void
create_topic (rd_kafka_t *rk,
              const char *name,
              int         n_partitions)
{
  rd_kafka_NewTopic_t *topic = rd_kafka_NewTopic_new (name, n_partitions, 1, NULL, 0);
  rd_kafka_queue_t *queue = rd_kafka_queue_new (rk);

  rd_kafka_CreateTopics (rk, &topic, 1, NULL, queue);
  rd_kafka_event_destroy (rd_kafka_queue_poll (queue, 20000));
  rd_kafka_queue_destroy (queue);
  rd_kafka_NewTopic_destroy (topic);
}

static gboolean
write_event (rd_kafka_t *rk,
             const char *topic,
             guint       i)
{
  static const char *const types[] = {
    "OrderPlaced", "OrderAccepted", "CookStarted", "CookFinished", "OrderDelivered",
  };
  g_autofree char *payload = g_strdup_printf (
    "{\"eventType\":\"%s\",\"timestamp\":%" G_GINT64_FORMAT ",\"eventId\":\"e-%08u-5b1f\","
    "\"correlationId\":\"order-%07u\",\"customer\":\"customer-%06u\","
    "\"restaurant\":\"Bella Napoli\","
    "\"address\":{\"street\":\"12 Long Street\",\"city\":\"Springfield\",\"zip\":\"12345\"},"
    "\"items\":[{\"menu\":\"Pizza Margherita\",\"qty\":2,\"price\":11.5}],\"total\":23.0,"
    "\"note\":\"please ring twice, third floor\"}", types[i / 3 % 5], BASE_MS + i, i, i / 15,
    i % 50000);
  rd_kafka_resp_err_t err;

  do
    {
      err = rd_kafka_producev (rk, RD_KAFKA_V_TOPIC (topic),
                               RD_KAFKA_V_PARTITION (i % N_PARTITIONS),
                               RD_KAFKA_V_MSGFLAGS (RD_KAFKA_MSG_F_COPY),
                               RD_KAFKA_V_VALUE (payload, strlen (payload)), RD_KAFKA_V_END);
      if (err == RD_KAFKA_RESP_ERR__QUEUE_FULL)
        rd_kafka_poll (rk, 100);
    }
  while (err == RD_KAFKA_RESP_ERR__QUEUE_FULL);
  return err == RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* A session as the window has it: queue, log, index; batches are taken as they come. The capture is
 * played by a reader that has nothing: the log lets go of payloads as if they were on the disk. */
typedef struct
{
  StormBatchQueue *queue;
  StormStrings    *strings;
  StormEventLog   *log;
  StormTraceIndex *index;
  StormMapping    *mapping;
  StormSource     *source;
} Session;

static gboolean
read_nothing (guint32          row,
              StormRecordView *view,
              gpointer         user_data)
{
  return FALSE;
}

static void
session_start (Session    *self,
               const char *topic,
               gboolean    bounded)
{
  const char *topics[] = { topic, NULL };
  g_autoptr (StormConnection) connection =
    g_object_new (STORM_TYPE_CONNECTION, "servers", servers, "topics", topics, "bounded", bounded,
                  "start", bounded ? STORM_START_BEGINNING : STORM_START_NOW, NULL);

  self->queue = storm_batch_queue_new (64 << 20, NULL, NULL);
  self->strings = storm_strings_new ();
  self->log = storm_event_log_new (self->strings);
  storm_event_log_set_reader (self->log, read_nothing, NULL, NULL);
  self->index = storm_trace_index_new (self->log, STORM_TIME_SECOND * 2);
  self->mapping = storm_mapping_new_default ();
  self->source = storm_kafka_source_new (connection, NULL);
  storm_source_start (self->source, self->queue, self->strings, self->mapping);
}

static void
session_take (Session *self)
{
  StormBatch *batch;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  while ((batch = storm_batch_queue_pop (self->queue)) != NULL)
    {
      guint32 first = storm_event_log_append (self->log, batch);

      storm_trace_index_take (self->index, batch, first);
      storm_batch_unref (batch);
      storm_event_log_set_spooled (self->log, storm_event_log_get_n (self->log));
    }
}

static void
session_end (Session *self)
{
  storm_source_stop (self->source);
  storm_batch_queue_close (self->queue);
  g_assert_true (storm_source_wait_all (G_TIME_SPAN_MINUTE));
  g_object_unref (self->source);
  g_object_unref (self->index);
  g_object_unref (self->log);
  storm_mapping_unref (self->mapping);
  storm_strings_unref (self->strings);
  storm_batch_queue_unref (self->queue);
}

/* Processor time so far: on a busy machine it says more than the clock. */
static double
cpu_seconds (int who)
{
  struct rusage usage;

  getrusage (who, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
         (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static double
run_kcat (void)
{
  const char *argv[] = { "kcat", "-C", "-e", "-q", "-b", servers, "-t", TOPIC, "-o", "beginning",
                         NULL };
  gint64 start = g_get_monotonic_time ();

  if (!g_spawn_sync (NULL, (char **) argv, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                     NULL, NULL))
    exit (1);
  return (g_get_monotonic_time () - start) / 1e6;
}

static double
run_ours (guint   n_events,
          double *first_ms)
{
  Session session;
  gint64 start = g_get_monotonic_time ();
  double seconds;

  *first_ms = 0;
  session_start (&session, TOPIC, TRUE);
  while (storm_event_log_get_n (session.log) < n_events)
    {
      if (*first_ms == 0 && storm_event_log_get_n (session.log) > 0)
        *first_ms = (g_get_monotonic_time () - start) / 1e3;
      session_take (&session);
      g_usleep (500);
      if (storm_source_get_state (session.source) == STORM_SOURCE_FAILED)
        exit (1);
    }
  storm_trace_index_flush (session.index);
  seconds = (g_get_monotonic_time () - start) / 1e6;
  session_end (&session);
  return seconds;
}

static double
quantile (double *values,
          guint   n,
          double  q)
{
  qsort (values, n, sizeof *values, bench_compare);
  return values[MIN (n - 1, (guint) (q * n))];
}

/* 50 a second, one at a time: the record's own time stamp is when it was published. */
static void
measure_latency (rd_kafka_t *rk)
{
  Session session;
  double late[N_LIVE];
  gint64 *sent = g_new0 (gint64, N_LIVE);
  guint seen = 0;

  session_start (&session, LIVE_TOPIC, FALSE);
  while (storm_source_get_state (session.source) != STORM_SOURCE_LIVE)
    {
      session_take (&session);
      g_usleep (500);
    }
  for (guint i = 0; i < N_LIVE; i++)
    {
      gint64 until = g_get_monotonic_time () + G_USEC_PER_SEC / 50;

      sent[i] = g_get_monotonic_time ();
      write_event (rk, LIVE_TOPIC, i * N_PARTITIONS);
      while (g_get_monotonic_time () < until || seen <= i)
        {
          session_take (&session);
          for (; seen < storm_event_log_get_n (session.log); seen++)
            late[seen] = (g_get_monotonic_time () - sent[seen]) / 1e3;
          g_usleep (100);
        }
    }
  printf ("publish to main loop, p50: %.2f ms\n", quantile (late, N_LIVE, 0.5));
  printf ("publish to main loop, p95: %.2f ms (budget 20, of 50 to the board)\n",
          quantile (late, N_LIVE, 0.95));
  session_end (&session);
  g_free (sent);
}

static gboolean
start_broker (void)
{
  const char *script = g_getenv ("STORMWATCH_KAFKA_BROKER");
  const char *dir = g_getenv ("STORMWATCH_KAFKA_DIR");
  const char *port = g_getenv ("STORMWATCH_KAFKA_PORT");
  const char *argv[] = { script, "start", dir, port != NULL ? port : "29092", NULL };
  g_autofree char *words = NULL;
  g_autofree char *kcat = g_find_program_in_path ("kcat");
  int status = 0;

  if (script == NULL || dir == NULL)
    {
      printf ("kafka: skipped: run it with tests/broker/kafka-broker with %s\n", "bench-kafka");
      return FALSE;
    }
  if (kcat == NULL)
    {
      printf ("kafka: skipped: there is no kcat to compare with\n");
      return FALSE;
    }
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &words, &status,
                NULL);
  if (status != 0)
    printf ("kafka: skipped: %s\n", words);
  servers = g_strdup_printf ("127.0.0.1:%s", argv[3]);
  return status == 0;
}

int
main (int   argc,
      char *argv[])
{
  guint n_events = argc > 1 ? strtoul (argv[1], NULL, 10) : 1000000;
  guint n_runs = argc > 2 ? strtoul (argv[2], NULL, 10) : 5;
  g_autofree double *kcat = g_new0 (double, n_runs + 1);
  g_autofree double *ours = g_new0 (double, n_runs + 1);
  g_autofree double *first = g_new0 (double, n_runs + 1);
  double cpu_kcat = 0, cpu_ours = 0;
  rd_kafka_t *rk;

  /* As in the program. */
  mallopt (M_MMAP_THRESHOLD, 4 * 1024 * 1024);
  if (!start_broker ())
    return 0;

  rk = open_producer (TRUE);
  create_topic (rk, TOPIC, N_PARTITIONS);
  create_topic (rk, LIVE_TOPIC, 1);
  for (guint i = 0; i < n_events; i++)
    if (!write_event (rk, TOPIC, i))
      return 1;
  rd_kafka_flush (rk, 60000);
  rd_kafka_destroy (rk);

  /* The first of each warms the page cache and doesn't count. */
  run_kcat ();
  for (guint i = 0; i < n_runs; i++)
    {
      double before = cpu_seconds (RUSAGE_CHILDREN);

      kcat[i] = run_kcat ();
      cpu_kcat += cpu_seconds (RUSAGE_CHILDREN) - before;
      before = cpu_seconds (RUSAGE_SELF);
      ours[i] = run_ours (n_events, &first[i]);
      cpu_ours += cpu_seconds (RUSAGE_SELF) - before;
      printf ("run %u: kcat %.2f s, consume and index %.2f s\n", i + 1, kcat[i], ours[i]);
      fflush (stdout);
    }
  printf ("kcat -C of %u events: %.2f s\n", n_events, quantile (kcat, n_runs, 0.5));
  printf ("consume, map and index %u events: %.2f s (%.0f events/s)\n", n_events,
          quantile (ours, n_runs, 0.5), n_events / quantile (ours, n_runs, 0.5));
  printf ("ratio to kcat: %.2f (budget 1.00)\n",
          quantile (ours, n_runs, 0.5) / quantile (kcat, n_runs, 0.5));
  printf ("processor time: kcat %.2f s, ours %.2f s\n", cpu_kcat / n_runs, cpu_ours / n_runs);
  printf ("first event after connect: %.0f ms (budget 100)\n", quantile (first, n_runs, 0.5));

  rk = open_producer (FALSE);
  measure_latency (rk);
  rd_kafka_destroy (rk);
  g_free (servers);
  return 0;
}
