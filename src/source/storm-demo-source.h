#pragma once

#include "storm-source.h"

G_BEGIN_DECLS

#define STORM_TYPE_DEMO_SOURCE (storm_demo_source_get_type ())

/**
 * StormDemoSource:
 *
 * The food-order shop of the founding documents, live: librdkafka's mock cluster in this process, a
 * producer that places, accepts and cooks orders as real Kafka records over loopback, and a Kafka
 * source that watches them. Some orders fail. Only MSAez conventions: `eventType`, `timestamp`,
 * header `type`, no record key.
 */
G_DECLARE_FINAL_TYPE (StormDemoSource, storm_demo_source, STORM, DEMO_SOURCE, GObject)

/**
 * storm_demo_source_new:
 * @seed: of the random generator: the same seed gives the same orders
 * @rate: new orders a second; 0 for the default, which people can follow with their eyes
 */
StormSource *storm_demo_source_new         (guint32          seed,
                                            double           rate);
/** storm_demo_source_get_servers: (transfer none) (nullable): the mock's bootstrap servers. */
const char  *storm_demo_source_get_servers (StormDemoSource *self);

G_END_DECLS
