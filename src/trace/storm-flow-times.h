#pragma once

#include "storm-monitor.h"

G_BEGIN_DECLS

/** STORM_FLOW_TIMES_SLICE: of so many flows the figures are worked out in one frame. */
#define STORM_FLOW_TIMES_SLICE 200

/**
 * StormFlowStats:
 * @n: how often a way over the flow was gone
 * @p50: nanoseconds from the event before it to the event behind it; half took no longer
 * @p95: nanoseconds
 * @labelled: of the flows of its way this is the one on which figures are written
 *
 * What all traces say of a flow.
 */
typedef struct
{
  guint64  n;
  gint64   p50;
  gint64   p95;
  gboolean labelled;
} StormFlowStats;

/**
 * StormFlowSpans:
 * @n: how often the trace went a way over the flow
 * @shortest: nanoseconds; below zero when the event behind the flow has the earlier time
 * @longest: nanoseconds
 * @n_skewed: so many of them are below zero because a clock is wrong
 * @before: row of the event before the flow, the last time that it was gone
 * @after: row of the event behind it
 *
 * What the chosen trace says of a flow.
 */
typedef struct
{
  guint   n;
  gint64  shortest;
  gint64  longest;
  guint   n_skewed;
  guint32 before;
  guint32 after;
} StormFlowSpans;

#define STORM_TYPE_FLOW_TIMES (storm_flow_times_get_type ())

/**
 * StormFlowTimes:
 *
 * How long the steps between events take, told flow by flow: of all traces how often, p50 and p95;
 * of the chosen one how long. It follows the monitor. Figures of all traces are those of everything
 * that was seen, also while somebody looks back; those of the chosen trace are of the moment that
 * is shown. Signal `changed`: figures are others now. Main thread.
 */
G_DECLARE_FINAL_TYPE (StormFlowTimes, storm_flow_times, STORM, FLOW_TIMES, GObject)

StormFlowTimes       *storm_flow_times_new       (StormMonitor   *monitor);

/**
 * storm_flow_times_update:
 * @all: otherwise only so much as a frame has time for
 *
 * Takes what the monitor knows; happens by itself twice a second.
 */
void                  storm_flow_times_update    (StormFlowTimes *self,
                                                  gboolean        all);
/** storm_flow_times_get_stats: (transfer none) (nullable): %NULL when it was never gone; valid
 * until `changed`. */
const StormFlowStats *storm_flow_times_get_stats (StormFlowTimes *self,
                                                  const char     *flow_id);
/** storm_flow_times_get_spans: (transfer none) (nullable): only of flows on which they are to be
 * written; valid until `changed`. */
const StormFlowSpans *storm_flow_times_get_spans (StormFlowTimes *self,
                                                  const char     *flow_id);
/** storm_flow_times_get_steps: (transfer none) (element-type StormStepSpan): of the chosen trace;
 * empty without one. */
GArray               *storm_flow_times_get_steps (StormFlowTimes *self);
/** storm_flow_times_get_range: smallest and largest figures of all flows; %FALSE when there are
 * none. */
gboolean              storm_flow_times_get_range (StormFlowTimes *self,
                                                  StormFlowStats *least,
                                                  StormFlowStats *most);

G_END_DECLS
