#pragma once

#include <librdkafka/rdkafka.h>

#include "storm-connection-private.h"

G_BEGIN_DECLS

/**
 * StormKafkaTrouble:
 * @err: the most telling failure of a broker so far; %RD_KAFKA_RESP_ERR_NO_ERROR for none
 * @reason: librdkafka's words for it, which hold what the error code doesn't
 * @definite: it won't heal by waiting: login, certificate, wrong kind of security
 * @n_closed: how often a broker hung up on the first question; once may be a restart, twice is a
 *   wrong kind of security
 * @all_down: no broker can be reached at the moment
 *
 * What librdkafka said about its brokers. Filled in by rd_kafka_poll() in the polling thread.
 */
typedef struct
{
  rd_kafka_resp_err_t  err;
  char                *reason;
  gboolean             definite;
  gboolean             all_down;
  guint                n_closed;
} StormKafkaTrouble;

void             storm_kafka_trouble_clear (StormKafkaTrouble   *self);

/**
 * storm_kafka_config_new:
 * @trouble: must live as long as the handle
 *
 * The settings for a handle that only reads: never a group, a commit or a new topic.
 *
 * Returns: (transfer full): for rd_kafka_new(), or %NULL with an error that names what is wrong
 */
rd_kafka_conf_t *storm_kafka_config_new    (StormConnection     *connection,
                                            const StormSecrets  *secrets,
                                            StormKafkaTrouble   *trouble,
                                            GError             **error);

/** storm_kafka_open: a handle for @connection, or %NULL with an error in plain words. */
rd_kafka_t      *storm_kafka_open          (StormConnection     *connection,
                                            const StormSecrets  *secrets,
                                            StormKafkaTrouble   *trouble,
                                            GError             **error);

/**
 * storm_kafka_wake:
 * @secrets: (nullable): those that @rk was opened with
 *
 * Makes the fetching threads look whether the queue has room again. Those of librdkafka before 2.2
 * sleep for a second each time that it was full, and wake for nothing else; newer ones look by
 * themselves, and this does nothing. It sets the login to what it is already: of all calls that
 * wake the threads, the only one that asks nothing of the broker and touches no partition.
 */
void             storm_kafka_wake          (rd_kafka_t          *rk,
                                            StormConnection     *connection,
                                            const StormSecrets  *secrets);

G_END_DECLS
