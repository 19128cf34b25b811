#pragma once

#include "storm-monitor.h"

G_BEGIN_DECLS

#define STORM_TYPE_PAST (storm_past_get_type ())

/**
 * StormPast:
 *
 * The states of all traces at the moment that somebody looks back at, as if only what had happened
 * by then were known, but for how long steps usually take. A few thousand traces are looked at at
 * once; more of them in slices on the main loop, and until the end nothing is said.
 *
 * Signal `changed`: the states are others, or there are none. Main thread.
 */
G_DECLARE_FINAL_TYPE (StormPast, storm_past, STORM, PAST, GObject)

/** storm_past_of: (transfer none): the one of @monitor, which lives as long as that. */
StormPast       *storm_past_of            (StormMonitor    *monitor);

/** storm_past_is_ready: somebody looks back, and all traces were looked at. Else the others mean
 * nothing. */
gboolean         storm_past_is_ready      (StormPast       *self);
/** storm_past_get_state: of the trace at @place in the index; %FALSE when it had not begun. */
gboolean         storm_past_get_state     (StormPast       *self,
                                           guint32          place,
                                           StormTraceState *state);
/**
 * StormTraceFacts:
 * @n: events, repeats not counted; 0 for a trace that had not begun
 * @last_row: the last of them, %G_MAXUINT32 for none
 */
typedef struct
{
  guint           n;
  guint32         last_row;
  StormTraceState state;
} StormTraceFacts;

/** storm_past_look_at: one trace at the moment that somebody looks back at, also before all were
 * looked at; %FALSE when nobody looks back. */
gboolean         storm_past_look_at       (StormPast       *self,
                                           StormTrace      *trace,
                                           StormTraceFacts *facts);
/** storm_past_get_n: how many traces had begun. */
guint            storm_past_get_n         (StormPast       *self);
guint            storm_past_count         (StormPast       *self,
                                           StormTraceState  state);
guint            storm_past_count_troubled (StormPast      *self);
/** storm_past_get_fitness: over all traces, 0 to 1. */
double           storm_past_get_fitness   (StormPast       *self);
/** storm_past_list_troubled: (transfer full) (element-type guint32): as
 * storm_conformance_list_troubled(). */
GArray          *storm_past_list_troubled (StormPast       *self);
/** storm_past_find_worst: (transfer full) (nullable): as storm_conformance_find_worst(). */
StormTrace      *storm_past_find_worst    (StormPast       *self);
/** storm_past_step_trouble: (transfer full) (nullable): as storm_conformance_step_trouble(). */
char            *storm_past_step_trouble  (StormPast       *self,
                                           const char      *key,
                                           gboolean         forward);
/** storm_past_find_trouble: as storm_conformance_find_trouble(). */
guint            storm_past_find_trouble  (StormPast       *self,
                                           const char      *key);

G_END_DECLS
