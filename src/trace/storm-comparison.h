#pragma once

#include "storm-monitor.h"

G_BEGIN_DECLS

/** STORM_DIFF_MIN, STORM_DIFF_SHARE: nothing is slower or faster by less than that many ns, or that
 * share of the longer span. */
#define STORM_DIFF_MIN   STORM_TIME_MILLISECOND
#define STORM_DIFF_SHARE 0.1

typedef enum
{
  STORM_DIFF_ALIKE,
  STORM_DIFF_ONLY_A,
  STORM_DIFF_ONLY_B,
  STORM_DIFF_SLOWER,     /* B is */
  STORM_DIFF_FASTER,     /* B is */
  STORM_N_DIFFS,
} StormDiff;

/**
 * StormDiffSide: one side of a row
 * @n: the number of the event in its trace; of flows, how many such events there are; 0 for none
 * @n_traces: of flows, in how many traces
 * @row: of the log; %G_MAXUINT32 for none, and of flows
 * @since: ns from the first event of the trace, of flows the median; -1 for unknown
 * @step: ns from the event before it that both sides have, of flows the median; -1 for none
 * @step_p95: of flows
 */
typedef struct
{
  guint64 n;
  guint   n_traces;
  guint32 row;
  gint64  since;
  gint64  step;
  gint64  step_p95;
} StormDiffSide;

/**
 * StormDiffRow: an event, or all events of a sticky or type
 * @name: the event's type
 * @sticky: (nullable): id of the sticky that it belongs to
 */
typedef struct
{
  StormDiff     diff;
  char         *name;
  char         *sticky;
  StormDiffSide a;
  StormDiffSide b;
} StormDiffRow;

/**
 * StormDiffMark: what a comparison says of a sticky
 * @diff: of all its rows; %STORM_DIFF_ALIKE also when only numbers differ
 * @n_a: events in A
 * @n_b: events in B
 * @of_flows: of all traces, so that other numbers alone mean nothing
 * @moved: both have it, at another place
 * @delta: ns by which B is slower, negative when it is faster; 0 when alike
 */
typedef struct
{
  StormDiff diff;
  guint64   n_a;
  guint64   n_b;
  gboolean  of_flows;
  gboolean  moved;
  gint64    delta;
} StormDiffMark;

#define STORM_TYPE_COMPARISON (storm_comparison_get_type ())

/**
 * StormComparison:
 *
 * Two traces beside each other, event by event; or two sets of traces, as of two recordings, sticky
 * by sticky. Events of the same sticky are the same, whatever their types are called; of those
 * without a sticky the type decides. Worked out in slices; holds as of then. Main thread.
 */
G_DECLARE_FINAL_TYPE (StormComparison, storm_comparison, STORM, COMPARISON, GObject)

/**
 * storm_comparison_new:
 * @a: what was before; may be the same as @b
 * @key_a: (nullable): the trace, %NULL for all of @a
 * @key_b: (nullable): likewise; with one of them %NULL, flows are compared
 *
 * Both watch the same board.
 */
StormComparison     *storm_comparison_new        (StormMonitor    *a,
                                                  const char      *key_a,
                                                  StormMonitor    *b,
                                                  const char      *key_b);
/** storm_comparison_fill: goes on for about @slice µs, a day at most. Returns: whether all is
 *  done. */
gboolean             storm_comparison_fill       (StormComparison *self,
                                                  gint64           slice);
double               storm_comparison_get_progress (StormComparison *self);
/** storm_comparison_is_of_traces: two single traces; else flows. */
gboolean             storm_comparison_is_of_traces (StormComparison *self);

/* From here on: once all is done. */

/** storm_comparison_get_rows: (transfer none) (element-type StormDiffRow): in the order in which
 * they happen; of flows, in which they usually do. */
GPtrArray           *storm_comparison_get_rows   (StormComparison *self);
/** storm_comparison_count: rows of that kind. */
guint                storm_comparison_count      (StormComparison *self,
                                                  StormDiff        diff);
/** storm_comparison_get_sticky: (nullable) (transfer none): %NULL when neither has it. */
const StormDiffMark *storm_comparison_get_sticky (StormComparison *self,
                                                  const char      *id);
/** storm_comparison_get_flow: whether A and B went that way. */
void                 storm_comparison_get_flow   (StormComparison *self,
                                                  const char      *id,
                                                  gboolean        *in_a,
                                                  gboolean        *in_b);

/** storm_diff_compare: of two spans, in ns; -1 for unknown. */
StormDiff            storm_diff_compare          (gint64           a,
                                                  gint64           b);
/** storm_diff_words: "only in A", "slower", …, translated. */
const char          *storm_diff_words            (StormDiff        diff);
/** storm_diff_mark_words: (transfer full): a few letters for a board: "A", "+1.2 s", "A 2 · B
 * 1". */
char                *storm_diff_mark_words       (const StormDiffMark *mark);

G_END_DECLS
