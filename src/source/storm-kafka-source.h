#pragma once

#include "storm-connection.h"

G_BEGIN_DECLS

#define STORM_TYPE_KAFKA_SOURCE (storm_kafka_source_get_type ())

/**
 * StormKafkaSource:
 *
 * Watches topics of a Kafka, and never disturbs it: no consumer group, no commit, no producer, no
 * topic is created (design §1.3). Goes on at the next offset after a broker was lost, without gap
 * and repeat, and marks what retention took away.
 */
G_DECLARE_FINAL_TYPE (StormKafkaSource, storm_kafka_source, STORM, KAFKA_SOURCE, GObject)

StormSource *storm_kafka_source_new          (StormConnection    *connection,
                                              const StormSecrets *secrets);

/** storm_kafka_source_get_connection: (transfer none): a copy of that it was made from. */
StormConnection *storm_kafka_source_get_connection (StormKafkaSource *self);

/**
 * storm_kafka_probe_async:
 *
 * The Test button and the list of topics: connects, asks for the metadata, and closes again, all in
 * another thread.
 */
void         storm_kafka_probe_async         (StormConnection     *connection,
                                              const StormSecrets  *secrets,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
/**
 * storm_kafka_probe_finish:
 * @words: (out) (transfer full) (optional): translated: "Connected: 1 broker, 12 topics"
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of all topics, sorted, internal
 *   ones left out; or %NULL with an error in plain words (what is wrong, what to change)
 */
char       **storm_kafka_probe_finish        (GAsyncResult        *result,
                                              char               **words,
                                              GError             **error);

/** storm_kafka_get_features: (transfer full): librdkafka's `builtin.features`, for what the dialog
 * may offer. */
char        *storm_kafka_get_features        (void);

G_END_DECLS
