#pragma once

/* A real Apache Kafka that a test starts, kills and stops itself, and a producer for it. For a
 * program that runs under `kafka-broker with`. Header only. */

#include <librdkafka/rdkafka.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "storm-connection.h"
#include "storm-time.h"

static char *script;
static char *dir;
static guint port;
static rd_kafka_t *producer;
static guint n_failed;

static inline int
broker (const char *verb,
        char      **words)
{
  g_autofree char *port_text = g_strdup_printf ("%u", port);
  const char *argv[] = { script, verb, dir, port_text, NULL };
  int status = 0;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, words, &status,
                     NULL))
    return -1;
  return WIFEXITED (status) ? WEXITSTATUS (status) : -1;
}

/* Five ports in a row that nobody has. */
static inline guint
find_ports (void)
{
  for (guint base = 21092 + (getpid () * 7) % 8000; base < 60000; base += 7)
    {
      guint i;

      for (i = 0; i < 5; i++)
        {
          struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (base + i),
                                         .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
          int fd = socket (AF_INET, SOCK_STREAM, 0);
          gboolean is_free = bind (fd, (struct sockaddr *) &address, sizeof address) == 0;

          close (fd);
          if (!is_free)
            break;
        }
      if (i == 5)
        return base;
    }
  return 0;
}

static inline char *
servers (guint which)
{
  return g_strdup_printf ("localhost:%u", port + which);
}

static inline void
delivered (rd_kafka_t               *rk,
           const rd_kafka_message_t *message,
           void                     *opaque)
{
  if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR)
    n_failed++;
}

static inline void
log_nothing (const rd_kafka_t *rk,
             int               level,
             const char       *facility,
             const char       *text)
{
}

static inline rd_kafka_t *
open_producer (void)
{
  rd_kafka_conf_t *conf = rd_kafka_conf_new ();
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", port);
  rd_kafka_t *rk;

  rd_kafka_conf_set (conf, "bootstrap.servers", address, NULL, 0);
  rd_kafka_conf_set (conf, "linger.ms", "0", NULL, 0);
  /* So that the broker's death makes no repeats on this side. */
  rd_kafka_conf_set (conf, "enable.idempotence", "true", NULL, 0);
  rd_kafka_conf_set (conf, "reconnect.backoff.max.ms", "500", NULL, 0);
  rd_kafka_conf_set_dr_msg_cb (conf, delivered);
  rd_kafka_conf_set_log_cb (conf, log_nothing);
  rk = rd_kafka_new (RD_KAFKA_PRODUCER, conf, NULL, 0);
  g_assert_nonnull (rk);
  return rk;
}

/* @properties: "NAME=VALUE,NAME=VALUE", or NULL */
static inline void
create_topic (const char *name,
              int         n_partitions,
              const char *properties)
{
  g_auto (GStrv) pairs = g_strsplit (properties != NULL ? properties : "", ",", -1);
  rd_kafka_NewTopic_t *topic = rd_kafka_NewTopic_new (name, n_partitions, 1, NULL, 0);
  rd_kafka_queue_t *queue = rd_kafka_queue_new (producer);
  rd_kafka_event_t *event;

  for (char **pair = pairs; *pair != NULL; pair++)
    {
      g_auto (GStrv) parts = g_strsplit (*pair, "=", 2);

      rd_kafka_NewTopic_set_config (topic, parts[0], parts[1]);
    }
  rd_kafka_CreateTopics (producer, &topic, 1, NULL, queue);
  event = rd_kafka_queue_poll (queue, 20000);
  g_assert_nonnull (event);
  g_assert_cmpint (rd_kafka_event_error (event), ==, RD_KAFKA_RESP_ERR_NO_ERROR);
  rd_kafka_event_destroy (event);
  rd_kafka_queue_destroy (queue);
  rd_kafka_NewTopic_destroy (topic);
}

static inline void
delete_before (const char *topic,
               gint64      offset)
{
  rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new (1);
  rd_kafka_queue_t *queue = rd_kafka_queue_new (producer);
  rd_kafka_DeleteRecords_t *request;
  rd_kafka_event_t *event;

  rd_kafka_topic_partition_list_add (list, topic, 0)->offset = offset;
  request = rd_kafka_DeleteRecords_new (list);
  rd_kafka_DeleteRecords (producer, &request, 1, NULL, queue);
  event = rd_kafka_queue_poll (queue, 20000);
  g_assert_nonnull (event);
  g_assert_cmpint (rd_kafka_event_error (event), ==, RD_KAFKA_RESP_ERR_NO_ERROR);
  rd_kafka_event_destroy (event);
  rd_kafka_queue_destroy (queue);
  rd_kafka_DeleteRecords_destroy (request);
  rd_kafka_topic_partition_list_destroy (list);
}

static inline void
write_at (const char *topic,
          guint       n,
          gint64      ms)
{
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (rd_kafka_producev (producer, RD_KAFKA_V_TOPIC (topic),
                                        RD_KAFKA_V_PARTITION (0),
                                        RD_KAFKA_V_MSGFLAGS (RD_KAFKA_MSG_F_COPY),
                                        RD_KAFKA_V_VALUE ("{\"eventType\":\"Counted\"}", 23),
                                        RD_KAFKA_V_TIMESTAMP (ms + i),
                                        RD_KAFKA_V_END), ==, RD_KAFKA_RESP_ERR_NO_ERROR);
}

static inline void
write_events (const char *topic,
              guint       n)
{
  write_at (topic, n, storm_time_now () / STORM_TIME_MILLISECOND);
}

static inline void
flush (void)
{
  g_assert_cmpint (rd_kafka_flush (producer, 60000), ==, 0);
  g_assert_cmpint (n_failed, ==, 0);
}

static inline void
start_broker (void)
{
  g_autofree char *words = NULL;
  int code;

  /* From `kafka-broker with`, which also cleans up after a test that crashed. */
  script = g_strdup (g_getenv ("STORMWATCH_KAFKA_BROKER"));
  dir = g_strdup (g_getenv ("STORMWATCH_KAFKA_DIR"));
  g_assert_true (script != NULL && dir != NULL);

  port = find_ports ();
  code = broker ("start", &words);
  if (code == 0)
    {
      producer = open_producer ();
      return;
    }

  g_strdelimit (words, "\n", ' ');
  if (code == 77)
    g_print ("1..0 # SKIP no real Kafka: %s\n", words);
  else
    g_print ("1..1\nnot ok 1 the broker did not start: %s\n", words);
  exit (code == 77 ? 0 : 1);
}

static inline void
stop_broker (void)
{
  rd_kafka_destroy (producer);
  broker ("stop", NULL);
  g_free (script);
  g_free (dir);
}
