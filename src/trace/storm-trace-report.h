#pragma once

#include "storm-conformance.h"
#include "storm-moment.h"

G_BEGIN_DECLS

#define STORM_NO_ROW G_MAXUINT32
#define STORM_NO_RULE G_MAXUINT32

/** STORM_REPORT_MAX_FINDINGS: of more findings in one trace only these are named. */
#define STORM_REPORT_MAX_FINDINGS 1000

typedef enum
{
  STORM_FINDING_UNEXPECTED,
  STORM_FINDING_OUT_OF_ORDER,
  STORM_FINDING_MISSING_NEXT,
  STORM_FINDING_FAILED,
  STORM_FINDING_UNCOMPENSATED,
  STORM_FINDING_REPEATED,
  STORM_FINDING_UNDECODABLE,
} StormFindingKind;

/**
 * StormFailureEnd:
 * @STORM_FAILURE_MADE_GOOD: the event that it stands in for came after all
 * @STORM_FAILURE_OPEN: some of what the board lets follow is still to come
 * @STORM_FAILURE_COMPENSATED: all of that has happened
 * @STORM_FAILURE_FINAL: nothing is to follow
 * @STORM_FAILURE_BROKEN: what was to compensate it failed itself
 */
typedef enum
{
  STORM_FAILURE_MADE_GOOD,
  STORM_FAILURE_OPEN,
  STORM_FAILURE_COMPENSATED,
  STORM_FAILURE_FINAL,
  STORM_FAILURE_BROKEN,
} StormFailureEnd;

/**
 * StormFinding:
 * @row: of the event that it is about, %STORM_NO_ROW when the event did not come
 * @after_row: of the event behind which it stands, %STORM_NO_ROW for none
 * @n: the number of the event in its trace; 0 for none
 * @rule: which was not kept, or %STORM_NO_RULE
 * @time: of the event; when it did not come, of the one behind which it is waited for
 * @end: of a failure, what became of it
 * @expected: names of events, of which one would have been right; may be empty
 * @words: a translated sentence
 */
typedef struct
{
  StormFindingKind kind;
  guint32          row;
  guint32          after_row;
  guint32          n;
  guint32          rule;
  StormFailureEnd  end;
  StormTime        time;
  GStrv            expected;
  char            *words;
} StormFinding;

/** StormOpenStep: an event that must come, behind the one in @after_row. */
typedef struct
{
  guint32   rule;
  guint32   after_row;
  StormTime since;
  StormTime due;
  gint64    target;        /* nanoseconds; 0 for not said */
  gboolean  overdue;
  gboolean  compensates;
} StormOpenStep;

/**
 * StormTraceReport:
 * @findings: (element-type StormFinding): in the order of the trace; what did not come at the end
 * @open: (element-type StormOpenStep): first what is due first
 * @n_more: so many findings were left out
 *
 * All that is to be said of one trace, at the time of its making.
 */
typedef struct
{
  StormTraceState state;
  double          fitness;
  GPtrArray      *findings;
  GArray         *open;
  guint           n_more;
} StormTraceReport;

StormTraceReport *storm_trace_report_new  (StormConformance *conformance,
                                           StormTrace       *trace);
/** storm_trace_report_new_at: @moment: (nullable): as if only what had happened by then were known,
 * but for how long steps usually take; %NULL for all. */
StormTraceReport *storm_trace_report_new_at (StormConformance  *conformance,
                                             StormTrace        *trace,
                                             const StormMoment *moment);
void              storm_trace_report_free (StormTraceReport *self);
/** storm_trace_report_get_first: (nullable) (transfer none): the finding that names the trouble of
 * the trace best. */
StormFinding     *storm_trace_report_get_first (StormTraceReport *self);

/**
 * storm_undecodable_finding_new:
 *
 * Returns: (transfer full): the finding for a row that could not be decoded
 */
StormFinding     *storm_undecodable_finding_new (StormEventLog *log,
                                                 guint32        row);
void              storm_finding_free      (StormFinding     *self);
/** storm_said_failure_words: (transfer full): what says that the event in @row failed, as a
 * translated sentence. */
char             *storm_said_failure_words (StormEventLog   *log,
                                            guint32          row);

/** storm_usual_span: (transfer full): how long @times say that a step takes, in words, with two
 * digits; the p95 when it is learned, else the median. */
char             *storm_usual_span        (const StormStepTimes *times);

/** storm_finding_kind_nick: "unexpected", "out-of-order", "missing-next", … */
const char       *storm_finding_kind_nick (StormFindingKind  kind);

/**
 * storm_conformance_headline:
 *
 * What is to be said first of a trace: "order 4711 stopped after Paid 3 min ago; CafeOrderAdded
 * usually follows within 2 s", translated.
 *
 * Returns: (transfer full) (nullable): %NULL when there is nothing to say
 */
char             *storm_conformance_headline (StormConformance *conformance,
                                              StormTrace       *trace);
/** storm_conformance_headline_at: @moment: (nullable): as storm_trace_report_new_at() has it. */
char             *storm_conformance_headline_at (StormConformance  *conformance,
                                                 StormTrace        *trace,
                                                 const StormMoment *moment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormTraceReport, storm_trace_report_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormFinding, storm_finding_free)

G_END_DECLS
