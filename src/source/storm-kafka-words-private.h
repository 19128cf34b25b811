#pragma once

#include <librdkafka/rdkafka.h>

#include "storm-connection-private.h"

G_BEGIN_DECLS

/** storm_kafka_is_definite: whether waiting can't help; @reason are librdkafka's words. */
gboolean  storm_kafka_is_definite      (rd_kafka_resp_err_t  err,
                                        const char          *reason);

/** storm_kafka_words_for_broker: (transfer full): what a broker's failure means, what to change. */
GError   *storm_kafka_words_for_broker (StormConnection     *connection,
                                        rd_kafka_resp_err_t  err,
                                        const char          *reason);

/** storm_kafka_words_for_topic: (transfer full): why @topic can't be watched. */
GError   *storm_kafka_words_for_topic  (StormConnection     *connection,
                                        const char          *topic,
                                        rd_kafka_resp_err_t  err);

/** storm_kafka_words_for_setup: (transfer full): why no handle could be made. */
GError   *storm_kafka_words_for_setup  (StormConnection     *connection,
                                        const char          *reason);

G_END_DECLS
