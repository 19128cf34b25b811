#include "config.h"

#include "storm-kafka-source.h"

#include "storm-kafka-client-private.h"

struct _StormKafkaSource
{
  GObject          parent_instance;

  StormConnection *connection;
  StormSecrets    *secrets;
  StormWorker     *worker;
};

static void
kafka_source_start (StormSource     *source,
                    StormBatchQueue *queue,
                    StormStrings    *strings,
                    StormMapping    *mapping)
{
  StormKafkaSource *self = STORM_KAFKA_SOURCE (source);
  StormKafkaClient *client;

  g_return_if_fail (storm_worker_get_state (self->worker) == STORM_SOURCE_IDLE);

  client = storm_kafka_client_new (self->worker, self->connection, self->secrets);
  g_clear_pointer (&self->secrets, storm_secrets_free);
  storm_worker_start (self->worker, "storm-kafka", queue, strings, mapping,
                      storm_kafka_client_run, client, storm_kafka_client_free);
}

static void
kafka_source_stop (StormSource *source)
{
  storm_worker_stop (STORM_KAFKA_SOURCE (source)->worker);
}

static void
kafka_source_set_mapping (StormSource  *source,
                          StormMapping *mapping)
{
  storm_worker_set_mapping (STORM_KAFKA_SOURCE (source)->worker, mapping);
}

static StormSourceState
kafka_source_get_state (StormSource *source)
{
  return storm_worker_get_state (STORM_KAFKA_SOURCE (source)->worker);
}

static char *
kafka_source_dup_status (StormSource *source)
{
  return storm_worker_dup_status (STORM_KAFKA_SOURCE (source)->worker);
}

static GPtrArray *
kafka_source_dup_progress (StormSource *source)
{
  return storm_worker_dup_progress (STORM_KAFKA_SOURCE (source)->worker);
}

static char *
kafka_source_dup_name (StormSource *source)
{
  return storm_connection_dup_title (STORM_KAFKA_SOURCE (source)->connection);
}

/* With other servers, the same saved connection is another Kafka. */
static char *
kafka_source_dup_identity (StormSource *source)
{
  StormConnection *connection = STORM_KAFKA_SOURCE (source)->connection;

  return g_strconcat (connection->id, " ", connection->servers, NULL);
}

static void
source_iface_init (StormSourceInterface *iface)
{
  iface->start = kafka_source_start;
  iface->stop = kafka_source_stop;
  iface->set_mapping = kafka_source_set_mapping;
  iface->get_state = kafka_source_get_state;
  iface->dup_status = kafka_source_dup_status;
  iface->dup_progress = kafka_source_dup_progress;
  iface->dup_name = kafka_source_dup_name;
  iface->dup_identity = kafka_source_dup_identity;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StormKafkaSource, storm_kafka_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (STORM_TYPE_SOURCE, source_iface_init))

static void
storm_kafka_source_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  storm_worker_get_property (STORM_KAFKA_SOURCE (object)->worker, prop_id, value);
}

static void
storm_kafka_source_dispose (GObject *object)
{
  storm_worker_stop (STORM_KAFKA_SOURCE (object)->worker);

  G_OBJECT_CLASS (storm_kafka_source_parent_class)->dispose (object);
}

static void
storm_kafka_source_finalize (GObject *object)
{
  StormKafkaSource *self = STORM_KAFKA_SOURCE (object);

  g_clear_object (&self->connection);
  g_clear_pointer (&self->secrets, storm_secrets_free);
  storm_worker_unref (self->worker);

  G_OBJECT_CLASS (storm_kafka_source_parent_class)->finalize (object);
}

static void
storm_kafka_source_class_init (StormKafkaSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = storm_kafka_source_get_property;
  object_class->dispose = storm_kafka_source_dispose;
  object_class->finalize = storm_kafka_source_finalize;
  storm_worker_override_properties (object_class);
}

static void
storm_kafka_source_init (StormKafkaSource *self)
{
  self->worker = storm_worker_new (G_OBJECT (self));
}

StormSource *
storm_kafka_source_new (StormConnection    *connection,
                        const StormSecrets *secrets)
{
  StormKafkaSource *self;

  g_return_val_if_fail (STORM_IS_CONNECTION (connection), NULL);

  self = g_object_new (STORM_TYPE_KAFKA_SOURCE, NULL);
  self->connection = storm_connection_copy (connection);
  self->secrets = storm_secrets_copy (secrets);

  return STORM_SOURCE (self);
}

StormConnection *
storm_kafka_source_get_connection (StormKafkaSource *self)
{
  g_return_val_if_fail (STORM_IS_KAFKA_SOURCE (self), NULL);

  return self->connection;
}
