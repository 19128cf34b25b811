#include "config.h"

#include "storm-demo-source.h"

#include <glib/gi18n-lib.h>
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <string.h>

#include "storm-demo-shop-private.h"
#include "storm-error.h"
#include "storm-kafka-source.h"
#include "storm-time.h"
#include "storm-worker-private.h"

#define TOPIC "food.order"

struct _StormDemoSource
{
  GObject       parent_instance;

  guint32       seed;
  double        rate;
  char         *servers;
  StormSource  *watch;         /* the Kafka source; NULL before the start */
  StormWorker  *worker;        /* of the shop; its state counts only while there is no @watch */
};

/* The broker and the shop that writes to it. */
typedef struct
{
  rd_kafka_t *rk;
  guint32     seed;
  double      rate;
} Shop;

static void
log_cb (const rd_kafka_t *rk,
        int               level,
        const char       *facility,
        const char       *text)
{
  g_debug ("demo: %s: %s", facility, text);
}

static rd_kafka_t *
open_broker (char   **servers,
             GError **error)
{
  rd_kafka_conf_t *conf = rd_kafka_conf_new ();
  rd_kafka_mock_cluster_t *cluster;
  char text[256] = "";
  rd_kafka_t *rk;

  rd_kafka_conf_set (conf, "test.mock.num.brokers", "1", NULL, 0);
  rd_kafka_conf_set (conf, "client.id", "stormwatch-demo-shop", NULL, 0);
  rd_kafka_conf_set (conf, "linger.ms", "0", NULL, 0);
  rd_kafka_conf_set_log_cb (conf, log_cb);

  rk = rd_kafka_new (RD_KAFKA_PRODUCER, conf, text, sizeof text);
  if (rk == NULL)
    {
      rd_kafka_conf_destroy (conf);
      g_set_error (error, STORM_ERROR, STORM_ERROR_UNSUPPORTED,
                   _("The demo’s broker could not be started: %s."), text);
      return NULL;
    }

  cluster = rd_kafka_handle_mock_cluster (rk);
  if (cluster == NULL ||
      rd_kafka_mock_topic_create (cluster, TOPIC, STORM_DEMO_PARTITIONS, 1) !=
        RD_KAFKA_RESP_ERR_NO_ERROR)
    {
      rd_kafka_destroy (rk);
      g_set_error_literal (error, STORM_ERROR, STORM_ERROR_UNSUPPORTED,
                           _("The demo’s broker could not be started: this librdkafka has none."));
      return NULL;
    }

  *servers = g_strdup (rd_kafka_mock_cluster_bootstraps (cluster));
  return rk;
}

static void
write_event (rd_kafka_t           *rk,
             const StormDemoEvent *event)
{
  rd_kafka_resp_err_t err;

  err = rd_kafka_producev (rk, RD_KAFKA_V_TOPIC (TOPIC), RD_KAFKA_V_PARTITION (event->partition),
                           RD_KAFKA_V_MSGFLAGS (RD_KAFKA_MSG_F_COPY),
                           RD_KAFKA_V_VALUE ((void *) event->payload, strlen (event->payload)),
                           RD_KAFKA_V_HEADER ("type", event->type, strlen (event->type)),
                           RD_KAFKA_V_HEADER ("contentType", "application/json", 16),
                           RD_KAFKA_V_END);
  if (err != RD_KAFKA_RESP_ERR_NO_ERROR)
    g_message ("The demo shop could not write an event: %s", rd_kafka_err2str (err));
}

/* A producer that meets a topic with its first event keeps the event back for a second. */
static void
meet_topic (rd_kafka_t *rk)
{
  rd_kafka_topic_t *topic = rd_kafka_topic_new (rk, TOPIC, NULL);
  const struct rd_kafka_metadata *metadata = NULL;

  if (rd_kafka_metadata (rk, 0, topic, &metadata, 2000) == RD_KAFKA_RESP_ERR_NO_ERROR)
    rd_kafka_metadata_destroy (metadata);
  rd_kafka_topic_destroy (topic);
}

static void
run_shop (StormWorker *worker,
          gpointer     data)
{
  Shop *shop = data;
  g_autoptr (StormDemoShop) orders = NULL;
  gint64 opened;

  meet_topic (shop->rk);
  opened = g_get_monotonic_time ();
  orders = storm_demo_shop_new (shop->seed, shop->rate, storm_time_now () / STORM_TIME_MILLISECOND);

  while (!storm_worker_is_stopped (worker))
    {
      StormDemoEvent event;

      storm_demo_shop_next (orders, &event);
      storm_worker_sleep_until (worker, opened + event.due);
      if (storm_worker_is_stopped (worker))
        break;
      write_event (shop->rk, &event);
      rd_kafka_poll (shop->rk, 0);
    }
}

static void
shop_free (gpointer data)
{
  Shop *shop = data;

  rd_kafka_purge (shop->rk, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
  rd_kafka_destroy (shop->rk);
  g_free (shop);
}

static void
forward_notify (GObject    *watch,
                GParamSpec *pspec,
                gpointer    self)
{
  g_object_notify (G_OBJECT (self), pspec->name);
}

static StormConnection *
make_connection (const char *servers)
{
  const char *topics[] = { TOPIC, NULL };

  return g_object_new (STORM_TYPE_CONNECTION,
                       "name", _("Demo broker"),
                       "servers", servers,
                       "topics", topics,
                       "start", STORM_START_BEGINNING,
                       NULL);
}

static void
demo_source_start (StormSource     *source,
                   StormBatchQueue *queue,
                   StormStrings    *strings,
                   StormMapping    *mapping)
{
  StormDemoSource *self = STORM_DEMO_SOURCE (source);
  g_autoptr (StormConnection) connection = NULL;
  GError *error = NULL;
  rd_kafka_t *rk;
  Shop *shop;

  g_return_if_fail (self->watch == NULL);
  g_return_if_fail (storm_worker_get_state (self->worker) == STORM_SOURCE_IDLE);

  rk = open_broker (&self->servers, &error);
  if (rk == NULL)
    {
      storm_worker_report (self->worker, STORM_SOURCE_FAILED, g_strdup (error->message), error);
      return;
    }

  connection = make_connection (self->servers);
  self->watch = storm_kafka_source_new (connection, NULL);
  g_signal_connect_object (self->watch, "notify::state", G_CALLBACK (forward_notify), self, 0);
  g_signal_connect_object (self->watch, "notify::status", G_CALLBACK (forward_notify), self, 0);
  g_signal_connect_object (self->watch, "notify::error", G_CALLBACK (forward_notify), self, 0);

  shop = g_new0 (Shop, 1);
  shop->rk = rk;
  shop->seed = self->seed;
  shop->rate = self->rate;
  storm_worker_start (self->worker, "storm-shop", queue, strings, mapping, run_shop, shop,
                      shop_free);
  storm_source_start (self->watch, queue, strings, mapping);
}

static void
demo_source_stop (StormSource *source)
{
  StormDemoSource *self = STORM_DEMO_SOURCE (source);

  if (self->watch != NULL)
    storm_source_stop (self->watch);
  storm_worker_stop (self->worker);
}

static void
demo_source_set_mapping (StormSource  *source,
                         StormMapping *mapping)
{
  StormDemoSource *self = STORM_DEMO_SOURCE (source);

  if (self->watch != NULL)
    storm_source_set_mapping (self->watch, mapping);
}

static StormSourceState
demo_source_get_state (StormSource *source)
{
  StormDemoSource *self = STORM_DEMO_SOURCE (source);

  return self->watch != NULL ? storm_source_get_state (self->watch)
                             : storm_worker_get_state (self->worker);
}

static char *
demo_source_dup_status (StormSource *source)
{
  StormDemoSource *self = STORM_DEMO_SOURCE (source);

  return self->watch != NULL ? storm_source_dup_status (self->watch)
                             : storm_worker_dup_status (self->worker);
}

static GPtrArray *
demo_source_dup_progress (StormSource *source)
{
  StormDemoSource *self = STORM_DEMO_SOURCE (source);

  return self->watch != NULL ? storm_source_dup_progress (self->watch)
                             : storm_worker_dup_progress (self->worker);
}

static char *
demo_source_dup_name (StormSource *source)
{
  return g_strdup (_("Demo broker"));
}

static void
source_iface_init (StormSourceInterface *iface)
{
  iface->start = demo_source_start;
  iface->stop = demo_source_stop;
  iface->set_mapping = demo_source_set_mapping;
  iface->get_state = demo_source_get_state;
  iface->dup_status = demo_source_dup_status;
  iface->dup_progress = demo_source_dup_progress;
  iface->dup_name = demo_source_dup_name;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StormDemoSource, storm_demo_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (STORM_TYPE_SOURCE, source_iface_init))

static void
storm_demo_source_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  StormDemoSource *self = STORM_DEMO_SOURCE (object);

  if (self->watch != NULL)
    g_object_get_property (G_OBJECT (self->watch), pspec->name, value);
  else
    storm_worker_get_property (self->worker, prop_id, value);
}

static void
storm_demo_source_dispose (GObject *object)
{
  StormDemoSource *self = STORM_DEMO_SOURCE (object);

  demo_source_stop (STORM_SOURCE (self));
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (storm_demo_source_parent_class)->dispose (object);
}

static void
storm_demo_source_finalize (GObject *object)
{
  StormDemoSource *self = STORM_DEMO_SOURCE (object);

  g_free (self->servers);
  storm_worker_unref (self->worker);

  G_OBJECT_CLASS (storm_demo_source_parent_class)->finalize (object);
}

static void
storm_demo_source_class_init (StormDemoSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = storm_demo_source_get_property;
  object_class->dispose = storm_demo_source_dispose;
  object_class->finalize = storm_demo_source_finalize;
  storm_worker_override_properties (object_class);
}

static void
storm_demo_source_init (StormDemoSource *self)
{
  self->worker = storm_worker_new (G_OBJECT (self));
}

StormSource *
storm_demo_source_new (guint32 seed,
                       double  rate)
{
  StormDemoSource *self;

  g_return_val_if_fail (rate >= 0, NULL);

  self = g_object_new (STORM_TYPE_DEMO_SOURCE, NULL);
  self->seed = seed;
  self->rate = rate;

  return STORM_SOURCE (self);
}

const char *
storm_demo_source_get_servers (StormDemoSource *self)
{
  g_return_val_if_fail (STORM_IS_DEMO_SOURCE (self), NULL);

  return self->servers;
}
