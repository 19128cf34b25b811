#pragma once

#include "storm-conformance.h"
#include "storm-moment.h"

G_BEGIN_DECLS

/** STORM_SPANS_MAX_ROWS: of a longer trace only so many of its last events are looked at. */
#define STORM_SPANS_MAX_ROWS 4096

/**
 * StormStepSpan:
 * @rule: over which the one led to the other
 * @input: place of the first event among the inputs of the rule's reaction
 * @outcome: place of the last one among the rule's outcomes
 * @before: row of the first
 * @after: row of the last
 * @span: nanoseconds from the first to the last; below zero when what must have come first has the
 *   later time
 *
 * How long one step of one trace took.
 */
typedef struct
{
  guint32 rule;
  guint   input;
  guint   outcome;
  guint32 before;
  guint32 after;
  gint64  span;
} StormStepSpan;

/**
 * storm_conformance_list_spans:
 * @moment: (nullable): only what had happened by then
 *
 * The steps that @trace took, in the order in which they were done. An event that came without what
 * must have come before it, which then came later, makes a step of less than no time: it is not
 * known here whether it really came early or whether a clock is wrong.
 *
 * Returns: (transfer full) (element-type StormStepSpan)
 */
GArray  *storm_conformance_list_spans (StormConformance  *self,
                                       StormTrace        *trace,
                                       const StormMoment *moment);

/**
 * storm_step_span_is_skew:
 *
 * Whether a step of less than no time is a matter of clocks, because the events came in the right
 * order: by the offsets of their partition if they have one in common; else by the broker's times,
 * or as they were read.
 */
gboolean storm_step_span_is_skew      (const StormStepSpan *self,
                                       StormEventLog       *log);

G_END_DECLS
