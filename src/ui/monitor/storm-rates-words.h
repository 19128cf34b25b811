#pragma once

#include "storm-source.h"
#include "storm-topic-rates.h"

G_BEGIN_DECLS

/**
 * StormTopicLag: how far what was read of a topic lies behind its end
 * @n_partitions: all of them
 * @n_behind: those with something left to read
 * @n_unknown: those whose end isn't known
 * @lag: records left to read, as far as known
 */
typedef struct
{
  guint   n_partitions;
  guint   n_behind;
  guint   n_unknown;
  guint64 lag;
} StormTopicLag;

/** storm_partition_get_lag: records left to read; -1 while the end isn't known. */
gint64  storm_partition_get_lag  (const StormTopicProgress *partition);
/** storm_topic_lag_add: @partition: one more of the topic. */
void    storm_topic_lag_add      (StormTopicLag            *lag,
                                  const StormTopicProgress *partition);

/* (transfer full) translated sentences. */

/** storm_rate_words: "2.4 events/s", "No event for 3 min". */
char   *storm_rate_words         (const StormTopicRate     *rate,
                                  gint64                    now);
/** storm_lag_words: "Read to the end of all 3 partitions." */
char   *storm_lag_words          (const StormTopicLag      *lag);
/** storm_late_words: "3 of 1,204 came late (0.2 %): …" */
char   *storm_late_words         (const StormTopicRate     *rate);
char   *storm_undecodable_words  (const StormTopicRate     *rate);

G_END_DECLS
