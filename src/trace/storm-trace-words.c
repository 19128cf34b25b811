#include "config.h"

#include <glib/gi18n-lib.h>

#include "storm-conformance-private.h"
#include "storm-trace-report.h"

char *
storm_usual_span (const StormStepTimes *times)
{
  gint64 span;
  gint64 unit = 1;

  g_return_val_if_fail (times != NULL, NULL);

  span = times->n >= STORM_LEARN_CASES ? times->p95 : times->p50;
  while (span / unit >= 100)
    unit *= 10;
  return storm_time_format_span ((span + unit / 2) / unit * unit);
}

/* What was said on the board of how long the missing step may take; 0 for nothing. */
static gint64
find_target (StormTraceReport   *report,
             const StormFinding *finding)
{
  for (guint i = 0; i < report->open->len; i++)
    {
      const StormOpenStep *step = &g_array_index (report->open, StormOpenStep, i);

      if (step->rule == finding->rule && step->after_row == finding->after_row)
        return step->target;
    }
  return 0;
}

/* What is missing behind an event, which may be what compensates it. */
static char *
missing_words (StormConformance *conformance,
               const char       *key,
               gint64            target,
               StormFinding     *finding,
               const char       *span)
{
  gboolean stuck = finding->kind == STORM_FINDING_MISSING_NEXT;
  StormEventLog *log = conformance->log;
  const char *after = storm_event_log_get_type_name (log, finding->after_row);
  StormRuleSet *rules = storm_conformance_get_rules (conformance);
  const StormRule *rule = storm_rule_set_get_rule (rules, finding->rule);
  g_autofree char *names = storm_rule_set_list_words (rules, rule->outcomes);
  g_autofree char *usual = NULL;
  StormStepTimes times;

  if (target > 0)
    {
      usual = storm_time_format_span (target);
      return g_strdup_printf (stuck ? _("%s stopped after %s %s ago; %s must follow within %s.")
                                    : _("%s failed with %s %s ago; %s must follow within %s."),
                              key, after, span, names, usual);
    }
  storm_conformance_get_times (conformance, finding->rule, &times);
  if (times.n == 0)
    return g_strdup_printf (stuck ? _("%s stopped after %s %s ago; %s must follow.")
                                  : _("%s failed with %s %s ago; %s must follow."),
                            key, after, span, names);
  usual = storm_usual_span (&times);
  return g_strdup_printf (stuck ? _("%s stopped after %s %s ago; %s usually follows within %s.")
                                : _("%s failed with %s %s ago; %s usually follows within %s."),
                          key, after, span, names, usual);
}

char *
storm_conformance_headline (StormConformance *conformance,
                            StormTrace       *trace)
{
  return storm_conformance_headline_at (conformance, trace, NULL);
}

char *
storm_conformance_headline_at (StormConformance  *conformance,
                               StormTrace        *trace,
                               const StormMoment *moment)
{
  g_autoptr (StormTraceReport) report = NULL;
  g_autofree char *span = NULL;
  StormFinding *finding;
  const char *key;
  StormTime now;
  gint64 ago;

  g_return_val_if_fail (STORM_IS_CONFORMANCE (conformance), NULL);
  g_return_val_if_fail (STORM_IS_TRACE (trace), NULL);

  report = storm_trace_report_new_at (conformance, trace, moment);
  finding = storm_trace_report_get_first (report);
  if (finding == NULL)
    return NULL;
  key = storm_trace_get_key (trace);
  now = moment != NULL ? moment->time : storm_conformance_get_now (conformance);
  ago = MAX (now - finding->time, 0);
  span = storm_time_format_span (ago);
  if (finding->row == STORM_NO_ROW)
    return missing_words (conformance, key, find_target (report, finding), finding, span);
  if (report->state == STORM_TRACE_COMPENSATED)
    return g_strdup_printf (_("%s failed %s ago and was compensated: %s"), key, span,
                            finding->words);
  /* Translators: "order 4711, 3 min ago: PaymentFailed came instead of Paid." */
  return g_strdup_printf (_("%s, %s ago: %s"), key, span, finding->words);
}

const char *
storm_trace_state_nick (StormTraceState state)
{
  static const char * const nicks[STORM_N_TRACE_STATES] = {
    [STORM_TRACE_CONFORMING] = "conforming",
    [STORM_TRACE_RUNNING] = "running",
    [STORM_TRACE_COMPENSATED] = "compensated",
    [STORM_TRACE_UNEXPECTED] = "unexpected",
    [STORM_TRACE_OUT_OF_ORDER] = "out-of-order",
    [STORM_TRACE_FAILED] = "failed",
    [STORM_TRACE_STUCK] = "stuck",
    [STORM_TRACE_UNCOMPENSATED] = "uncompensated",
  };

  g_return_val_if_fail (state < STORM_N_TRACE_STATES, NULL);

  return nicks[state];
}

const char *
storm_trace_state_words (StormTraceState state)
{
  switch (state)
    {
    case STORM_TRACE_CONFORMING:
      return _("As the board says");
    case STORM_TRACE_RUNNING:
      return _("Running");
    case STORM_TRACE_COMPENSATED:
      return _("Failed and compensated");
    case STORM_TRACE_UNEXPECTED:
      return _("Unexpected event");
    case STORM_TRACE_OUT_OF_ORDER:
      return _("Out of order");
    case STORM_TRACE_FAILED:
      return _("Failed");
    case STORM_TRACE_STUCK:
      return _("Stuck");
    case STORM_TRACE_UNCOMPENSATED:
      return _("Failed and not compensated");
    case STORM_N_TRACE_STATES:
    default:
      g_return_val_if_reached (NULL);
    }
}
