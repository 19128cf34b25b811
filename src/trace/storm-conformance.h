#pragma once

#include "storm-matcher.h"
#include "storm-rule-set.h"
#include "storm-tokens.h"
#include "storm-trace-index.h"

G_BEGIN_DECLS

/** STORM_LEARN_CASES: so many cases of a step must be known before its p95 counts. */
#define STORM_LEARN_CASES 20

/**
 * StormClock:
 * @STORM_CLOCK_WALL: it is as late as it is; for events that come as they happen
 * @STORM_CLOCK_EVENTS: it is as late as the last event; for recordings
 * @STORM_CLOCK_FIXED: it is as late as was said
 *
 * What time it is for next steps that are waited for.
 */
typedef enum
{
  STORM_CLOCK_WALL,
  STORM_CLOCK_EVENTS,
  STORM_CLOCK_FIXED,
} StormClock;

/**
 * StormStepTimes:
 * @n: how often the rule's outcome came
 * @p50: nanoseconds; half of them came within it
 * @p95: nanoseconds
 * @limit: nanoseconds after which the next one is overdue, without regard to targets
 */
typedef struct
{
  guint64 n;
  gint64  p50;
  gint64  p95;
  gint64  limit;
} StormStepTimes;

#define STORM_TYPE_CONFORMANCE (storm_conformance_get_type ())

/**
 * StormConformance:
 *
 * Whether the traces of a log do what the rules of a board say. The state of every trace is kept up
 * to date as events are added, in any order, as the board changes, and as time passes; it takes 16
 * bytes a trace, and some more for one of more than a hundred events. What was found in one trace
 * is worked out when asked for (#StormTraceReport).
 *
 * Repeats count once. A record whose type could not be read, or that has no correlation key,
 * belongs to no trace.
 *
 * Signal `changed`: states, counts or times may be others now; once a flush. Main thread.
 */
G_DECLARE_FINAL_TYPE (StormConformance, storm_conformance, STORM, CONFORMANCE, GObject)

StormConformance *storm_conformance_new         (StormEventLog    *log,
                                                 StormTraceIndex  *index,
                                                 StormMatcher     *matcher,
                                                 StormRuleSet     *rules);
StormRuleSet     *storm_conformance_get_rules   (StormConformance *self);

/** storm_conformance_set_clock: @fixed: the time for %STORM_CLOCK_FIXED; default is
 * %STORM_CLOCK_EVENTS. */
void              storm_conformance_set_clock   (StormConformance *self,
                                                 StormClock        clock,
                                                 StormTime         fixed);
StormClock        storm_conformance_get_clock   (StormConformance *self);
/** storm_conformance_get_now: what time it was at the last flush; %STORM_TIME_NONE before any. */
StormTime         storm_conformance_get_now     (StormConformance *self);

/**
 * storm_conformance_flush:
 * @wall: the wall clock
 *
 * Takes what was added to log and index since the last time. When the rules have changed, or how
 * long steps take, only so many traces are looked at again that a frame has time for it.
 */
void              storm_conformance_flush       (StormConformance *self,
                                                 StormTime         wall);
/** storm_conformance_settle: the same, and looks at all that is to be looked at. */
void              storm_conformance_settle      (StormConformance *self,
                                                 StormTime         wall);
/** storm_conformance_is_settled: nothing is left to be looked at. */
gboolean          storm_conformance_is_settled  (StormConformance *self);
/** storm_conformance_reset: after log and index were cleared or read anew. */
void              storm_conformance_reset       (StormConformance *self);

StormTraceState   storm_conformance_get_state   (StormConformance *self,
                                                 StormTrace       *trace);
/** storm_conformance_get_state_at: of the trace at @position of the index. */
StormTraceState   storm_conformance_get_state_at (StormConformance *self,
                                                  guint             position);
/** storm_conformance_count: how many traces are in @state. */
guint             storm_conformance_count       (StormConformance *self,
                                                 StormTraceState   state);
/**
 * storm_conformance_find_worst:
 *
 * Returns: (transfer full) (nullable): of the traces with the most trouble the one that was seen
 *   first; %NULL when all are conforming or running
 */
StormTrace       *storm_conformance_find_worst  (StormConformance *self);
/** storm_conformance_get_fitness: over all traces, 0 to 1. */
double            storm_conformance_get_fitness (StormConformance *self);
/** storm_conformance_get_times: how long a rule's outcome takes. */
void              storm_conformance_get_times   (StormConformance *self,
                                                 guint32           rule,
                                                 StormStepTimes   *times);
/** storm_conformance_get_undecodable: (transfer none) (element-type guint32): the first 10,000 rows
 * that could not be decoded. */
GArray           *storm_conformance_get_undecodable (StormConformance *self);

/** storm_trace_state_nick: "conforming", "out-of-order", … */
const char       *storm_trace_state_nick        (StormTraceState   state);
/** storm_trace_state_words: the same, translated. */
const char       *storm_trace_state_words       (StormTraceState   state);

/** storm_conformance_get_bytes: memory held, in bytes, without what malloc adds, and without the
 * rules and what was learned of each, whose size is the board's. */
gsize            storm_conformance_get_bytes (StormConformance *self);

G_END_DECLS
