#pragma once

#include "storm-object.h"

G_BEGIN_DECLS

#define STORM_TYPE_FLOW (storm_flow_get_type ())
G_DECLARE_FINAL_TYPE (StormFlow, storm_flow, STORM, FLOW, StormObject)

/** STORM_FLOW_MAX_BENDS: as many points as one flow can be led through. */
#define STORM_FLOW_MAX_BENDS 64
/** STORM_FLOW_MAX_TARGET: ten years, in nanoseconds. */
#define STORM_FLOW_MAX_TARGET (G_GINT64_CONSTANT (3650) * 86400 * 1000000000)

/** storm_flow_get_from, storm_flow_get_to: ids of the ends, each a sticky or a context. */
const char *storm_flow_get_from  (StormFlow *self);
const char *storm_flow_get_to    (StormFlow *self);
/** storm_flow_get_label: the words on the arrow, "" for none. */
const char *storm_flow_get_label (StormFlow *self);
/**
 * storm_flow_get_bends:
 * @n: (out): at most %STORM_FLOW_MAX_BENDS
 *
 * Returns: (nullable) (array length=n) (transfer none): the points that the flow is led through, in
 *   board units, from its beginning to its end
 */
const StormPoint *storm_flow_get_bends (StormFlow *self,
                                        guint     *n);
/** storm_flow_get_target: how long the next step may take, in nanoseconds, in whole microseconds; 0
 * when it isn't said. */
gint64      storm_flow_get_target    (StormFlow *self);
/** storm_flow_get_unchecked: its rule is switched off. */
gboolean    storm_flow_get_unchecked (StormFlow *self);

G_END_DECLS
