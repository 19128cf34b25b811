#pragma once

#include "storm-trace-report.h"

G_BEGIN_DECLS

/** storm_trace_state_is_trouble: there is something to be looked at in a trace of @state. */
gboolean     storm_trace_state_is_trouble    (StormTraceState   state);

/** storm_trace_state_needs_help: a trace of @state failed or stopped. */
gboolean     storm_trace_state_needs_help    (StormTraceState   state);

/** storm_conformance_count_troubled: how many traces are in trouble. */
guint        storm_conformance_count_troubled (StormConformance *self);

/**
 * storm_conformance_list_troubled:
 *
 * Returns: (transfer full) (element-type guint32): positions in the index of the traces in trouble:
 *   the worst first, and of equal ones the one that was seen first
 */
GArray      *storm_conformance_list_troubled (StormConformance *self);

/** storm_conformance_list_troubled_by_place: (transfer full) (element-type guint32): the same, in
 * the order of the index. */
GArray      *storm_conformance_list_troubled_by_place (StormConformance *self);

/** storm_conformance_list_failed: (transfer full) (element-type guint32): all traces in which
 * something may have failed, also where it came all the same later; those in trouble first. */
GArray      *storm_conformance_list_failed   (StormConformance *self);

/**
 * storm_conformance_step_trouble:
 * @key: (nullable): of the trace from which to go on; of one without trouble, or %NULL, the way
 *   begins at the worst
 * @forward: to the next one, else to the one before; behind the last comes the first again
 *
 * Returns: (transfer full) (nullable): the key of the next trace in trouble; %NULL when there is
 *   none
 */
char        *storm_conformance_step_trouble  (StormConformance *self,
                                              const char       *key,
                                              gboolean          forward);
/** storm_conformance_find_trouble: the place among the traces in trouble, from 1; 0 when it is not
 * among them. */
guint        storm_conformance_find_trouble  (StormConformance *self,
                                              const char       *key);

/** storm_trace_report_get_place: the row to look at: of the event that the trouble is about, or,
 * where none came, of the one behind which it is missing; %STORM_NO_ROW without trouble. */
guint32      storm_trace_report_get_place    (StormTraceReport *self);

G_END_DECLS
