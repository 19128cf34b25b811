#pragma once

/* librdkafka's mock cluster: a broker without a broker. Header only. */

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <string.h>

#include "storm-connection.h"

#define API_FETCH 1

typedef struct
{
  rd_kafka_t              *rk;
  rd_kafka_mock_cluster_t *cluster;
  const char              *servers;
  guint                    n_written;
} Mock;

static inline void
log_nothing (const rd_kafka_t *rk,
             int               level,
             const char       *facility,
             const char       *text)
{
}

static inline void
mock_init (Mock *mock,
           guint n_brokers)
{
  rd_kafka_conf_t *conf = rd_kafka_conf_new ();
  g_autofree char *n = g_strdup_printf ("%u", n_brokers);
  char text[256];

  memset (mock, 0, sizeof *mock);
  rd_kafka_conf_set (conf, "test.mock.num.brokers", n, NULL, 0);
  rd_kafka_conf_set (conf, "linger.ms", "0", NULL, 0);
  rd_kafka_conf_set (conf, "reconnect.backoff.max.ms", "300", NULL, 0);
  rd_kafka_conf_set_log_cb (conf, log_nothing);
  mock->rk = rd_kafka_new (RD_KAFKA_PRODUCER, conf, text, sizeof text);
  g_assert_nonnull (mock->rk);
  mock->cluster = rd_kafka_handle_mock_cluster (mock->rk);
  mock->servers = rd_kafka_mock_cluster_bootstraps (mock->cluster);
}

static inline void
mock_clear (Mock *mock)
{
  rd_kafka_destroy (mock->rk);
}

/* @n events for a partition of @topic, counted on from those before. */
static inline void
mock_write (Mock       *mock,
            const char *topic,
            gint32      partition,
            guint       n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *payload =
        g_strdup_printf ("{\"eventType\":\"Counted\",\"timestamp\":1795243306120,\"n\":%u}",
                         mock->n_written++);

      g_assert_cmpint (rd_kafka_producev (mock->rk, RD_KAFKA_V_TOPIC (topic),
                                          RD_KAFKA_V_PARTITION (partition),
                                          RD_KAFKA_V_MSGFLAGS (RD_KAFKA_MSG_F_COPY),
                                          RD_KAFKA_V_VALUE (payload, strlen (payload)),
                                          RD_KAFKA_V_HEADER ("type", "Counted", -1),
                                          RD_KAFKA_V_END), ==, RD_KAFKA_RESP_ERR_NO_ERROR);
    }
}

static inline StormConnection *
connect_to (const char *servers,
            const char *topic,
            StormStart  start)
{
  const char *topics[] = { topic, NULL };

  return g_object_new (STORM_TYPE_CONNECTION, "servers", servers, "topics", topics,
                       "start", start, NULL);
}
