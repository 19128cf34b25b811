#pragma once

#include <adwaita.h>

#include "storm-flow-times.h"

G_BEGIN_DECLS

#define STORM_TYPE_TIMES_GROUP (storm_times_group_get_type ())

/**
 * StormTimesGroup:
 *
 * What was seen of a flow while its board is watched: how often it was gone, how long that took,
 * and against its target. Not seen for anything else.
 */
G_DECLARE_FINAL_TYPE (StormTimesGroup, storm_times_group, STORM, TIMES_GROUP, AdwBin)

GtkWidget *storm_times_group_new        (void);
/** storm_times_group_set_times: (nullable): %NULL while nobody watches. */
void       storm_times_group_set_times  (StormTimesGroup *self,
                                         StormFlowTimes  *times);
/** storm_times_group_set_object: (nullable): what is selected. */
void       storm_times_group_set_object (StormTimesGroup *self,
                                         StormObject     *object);

G_END_DECLS
