#pragma once

#include <adwaita.h>

#include "storm-detect.h"

G_BEGIN_DECLS

/**
 * storm_mapping_topic_row_new:
 *
 * Returns: (transfer floating): a row for one topic: the convention that its samples follow, and
 *   why; behind it, the newest few samples as they came: key, headers and payload
 */
GtkWidget *storm_mapping_topic_row_new (StormDetector           *detector,
                                        const StormTopicSamples *topic);

G_END_DECLS
