#pragma once

#include "storm-monitor.h"

G_BEGIN_DECLS

/** STORM_MAX_OPEN_FAILURES: of more open cases of one kind only those that were seen first are
 * named; all are counted. */
#define STORM_MAX_OPEN_FAILURES 500

/**
 * StormOpenFailure:
 * @key: of the trace
 * @row: of the fail event
 * @since: when it happened
 * @due: when what must follow is overdue
 * @waits_for: what must follow, as a list in words; %NULL when that failed itself
 * @overdue: nobody can expect any more that it comes: it is late, or failed itself
 */
typedef struct
{
  char     *key;
  guint32   row;
  StormTime since;
  StormTime due;
  char     *waits_for;
  gboolean  overdue;
} StormOpenFailure;

/**
 * StormFailureKind:
 * @name: of the fail event, as on the board
 * @of: of the event that it stands in for; %NULL for an event that says itself that it failed, and
 *   has no fail event on the board
 * @follows: "A; B or C": what must follow on the board; %NULL for nothing
 * @n_open: traces in which some of that is still to come; @n_overdue of them too late
 * @n_compensated: traces in which all of that came
 * @n_final: traces that ended with it, as nothing is to follow
 * @n_recovered: traces in which the event that it stands in for came after all
 * @n_events: how often it happened, in all of these together
 * @oldest: since when the oldest of the open ones waits; %STORM_TIME_NONE for none
 * @open: (element-type StormOpenFailure): the overdue ones first, of these the oldest
 *
 * A fail event of the board, and what became of the traces in which it happened. Where it happened
 * several times in one of them, the last time counts.
 */
typedef struct
{
  char      *name;
  char      *of;
  char      *follows;
  guint      n_open;
  guint      n_overdue;
  guint      n_compensated;
  guint      n_final;
  guint      n_recovered;
  guint      n_events;
  StormTime  oldest;
  GPtrArray *open;
} StormFailureKind;

#define STORM_TYPE_FAILURES (storm_failures_get_type ())

/**
 * StormFailures:
 *
 * What failed, by fail event, and what is still to be compensated. All traces that failed are
 * looked at again by and by, in slices, so that a hundred thousand of them hold up nobody; while
 * somebody looks back, as they were at that moment. Main thread.
 *
 * Signal `changed`: what it says is complete again, and may be different.
 */
G_DECLARE_FINAL_TYPE (StormFailures, storm_failures, STORM, FAILURES, GObject)

StormFailures *storm_failures_new       (StormMonitor  *monitor);
/**
 * storm_failures_work:
 * @budget: µs
 *
 * Goes on looking at the traces, and begins anew when the last time came to its end.
 *
 * Returns: whether it came to the end
 */
gboolean       storm_failures_work      (StormFailures *self,
                                         gint64         budget);
/** storm_failures_get_kinds: (transfer none) (element-type StormFailureKind): those with overdue
 * traces first, then those with open ones; until `changed`. */
GPtrArray     *storm_failures_get_kinds (StormFailures *self);
/** storm_failures_count_open: over all kinds. */
guint          storm_failures_count_open (StormFailures *self);

G_END_DECLS
