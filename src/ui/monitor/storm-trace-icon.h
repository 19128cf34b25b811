#pragma once

#include "storm-tokens.h"

G_BEGIN_DECLS

/* How the state of a trace is shown beside its words: by a shape, and by a colour. */

/** storm_trace_state_icon: the name of a symbolic icon; another shape for each state. */
const char *storm_trace_state_icon      (StormTraceState state);
/** storm_trace_state_icon_calm: for all traces together, when nothing is wrong. */
const char *storm_trace_state_icon_calm (void);
/** storm_trace_state_class: the CSS class: "trace-wrong", "trace-odd", "trace-well" or
 * "trace-calm". */
const char *storm_trace_state_class     (StormTraceState state);

G_END_DECLS
