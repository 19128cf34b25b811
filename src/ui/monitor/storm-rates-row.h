#pragma once

#include <gtk/gtk.h>

#include "storm-rates-words.h"

G_BEGIN_DECLS

#define STORM_TYPE_RATES_ROW (storm_rates_row_get_type ())

/**
 * StormRatesRow:
 *
 * What is to be said of one topic: how fast its events come, as a picture and in words; how far
 * what was read lies behind its end; how many came late, or could not be read; and, folded away,
 * where each partition stands.
 */
G_DECLARE_FINAL_TYPE (StormRatesRow, storm_rates_row, STORM, RATES_ROW, GtkWidget)

/** storm_rates_row_new: @topic: (nullable): its name; %NULL for the rest of too many. */
GtkWidget  *storm_rates_row_new       (const char     *topic);
const char *storm_rates_row_get_topic (StormRatesRow  *self);
/**
 * storm_rates_row_update:
 * @rate: (nullable): %NULL when nothing has come of it
 * @partitions: (element-type StormTopicProgress): those of the topic
 * @now: monotonic, in µs
 */
void        storm_rates_row_update    (StormRatesRow        *self,
                                       const StormTopicRate *rate,
                                       GPtrArray            *partitions,
                                       gint64                now);

G_END_DECLS
