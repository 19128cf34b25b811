#pragma once

#include "storm-event-log.h"

G_BEGIN_DECLS

/** STORM_RATE_SECONDS: how far back what came is counted second by second. */
#define STORM_RATE_SECONDS 60
/** STORM_RATE_MAX_TOPICS: what came of more topics is counted together. */
#define STORM_RATE_MAX_TOPICS 1000

/**
 * StormTopicRate:
 * @topic: its name; %NULL for all those above %STORM_RATE_MAX_TOPICS together
 * @n: records so far, of which:
 * @n_late: their place in the order was settled before they came
 * @n_undecodable: had no type that could be read
 * @n_repeated: were there already
 * @last: monotonic µs of the last arrival
 */
typedef struct
{
  const char *topic;
  guint64     n;
  guint64     n_late;
  guint64     n_undecodable;
  guint64     n_repeated;
  gint64      last;
  /*< private >*/
  guint32     topic_id;
  guint32     seconds[STORM_RATE_SECONDS];
  gint64      second;      /* the newest of those */
} StormTopicRate;

/**
 * StormTopicRates:
 *
 * How fast each topic's records arrive, and how many of them are late, unreadable or repeated.
 * About 300 bytes a topic, whatever comes; some nanoseconds a record. Main thread.
 */
typedef struct _StormTopicRates StormTopicRates;

StormTopicRates *storm_topic_rates_new   (StormEventLog   *log);
void             storm_topic_rates_free  (StormTopicRates *self);
void             storm_topic_rates_clear (StormTopicRates *self);
/** storm_topic_rates_take: rows that were just appended, and looked at by the trace index; @now is
 * monotonic, in µs. */
void             storm_topic_rates_take  (StormTopicRates *self,
                                          guint32          first_row,
                                          guint32          n_rows,
                                          gint64           now);
/**
 * storm_topic_rates_recount:
 *
 * After the log was read anew: what is late or unreadable may be others. When they arrived stays.
 */
void             storm_topic_rates_recount (StormTopicRates *self);
/** storm_topic_rates_get_n: how many topics there are. */
guint            storm_topic_rates_get_n (StormTopicRates *self);
/** storm_topic_rates_get: (transfer none): in the order in which they were first seen. */
StormTopicRate  *storm_topic_rates_get   (StormTopicRates *self,
                                          guint            i);
/** storm_topic_rates_get_connection: (transfer none) (nullable): the name of that of several over
 * which the topic comes. */
const char      *storm_topic_rates_get_connection (StormTopicRates      *self,
                                                   const StormTopicRate *rate);

/**
 * storm_topic_rate_fill:
 * @counts: (out caller-allocates) (array fixed-size=60): records in each of the last seconds, the
 *   oldest first; the one that still runs at @now is the last
 */
void             storm_topic_rate_fill   (const StormTopicRate *self,
                                          gint64                now,
                                          guint32              *counts);
/** storm_topic_rate_get: records a second, over the last ten whole ones. */
double           storm_topic_rate_get    (const StormTopicRate *self,
                                          gint64                now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormTopicRates, storm_topic_rates_free)

G_END_DECLS
