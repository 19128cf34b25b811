#pragma once

#include "storm-object.h"

G_BEGIN_DECLS

#define STORM_TYPE_FLOW (storm_flow_get_type ())
G_DECLARE_FINAL_TYPE (StormFlow, storm_flow, STORM, FLOW, StormObject)

/** storm_flow_get_from, storm_flow_get_to: ids of the stickies at the ends. */
const char *storm_flow_get_from  (StormFlow *self);
const char *storm_flow_get_to    (StormFlow *self);
/** storm_flow_get_label: the words on the arrow, "" for none. */
const char *storm_flow_get_label (StormFlow *self);

G_END_DECLS
