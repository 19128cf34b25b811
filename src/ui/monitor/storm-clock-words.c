#include "config.h"

#include "storm-clock-words.h"

#include <glib/gi18n-lib.h>

char *
storm_clock_words (StormClocks *clocks,
                   guint        producer)
{
  const StormProducerClock *clock;
  g_autofree char *span = NULL;
  guint n;

  g_return_val_if_fail (STORM_IS_CLOCKS (clocks), NULL);

  clock = storm_clocks_get_clock (clocks, producer);
  if (clock == NULL)
    return g_strdup (_("Nothing known of its clock yet"));
  n = (guint) MIN (clock->n_backwards, G_MAXUINT);
  if (storm_clocks_is_unsteady (clocks) && n > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%u step backwards in time that no steady difference "
                                         "explains: a clock was set meanwhile",
                                         "%u steps backwards in time that no steady difference "
                                         "explains: a clock was set meanwhile", n), n);
  if (clock->ahead == 0 && n > 0)
    return g_strdup_printf (_("Taken to be right, though it does not agree with that of %s"),
                            storm_clocks_get_name (clocks, clock->other));
  if (clock->ahead == 0)
    return g_strdup (_("Its clock agrees with the others"));
  span = storm_time_format_span (ABS (clock->ahead));
  if (clock->ahead > 0)
    /* Translators: a span of time follows "at least". */
    return g_strdup_printf (_("Its clock is ahead of the others by at least %s"), span);
  return g_strdup_printf (_("Its clock is behind the others by at least %s"), span);
}

/* The step from or to @row that goes back in time. */
static gboolean
find_backwards (StormMonitor  *monitor,
                StormTrace    *trace,
                guint32        row,
                StormStepSpan *out)
{
  g_autoptr (GArray) steps =
    storm_conformance_list_spans (storm_monitor_get_conformance (monitor), trace, NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      StormStepSpan *step = &g_array_index (steps, StormStepSpan, i);

      if (step->span >= 0 || (step->before != row && step->after != row))
        continue;
      *out = *step;
      return TRUE;
    }
  return FALSE;
}

char *
storm_clock_words_backwards (StormClocks  *clocks,
                             StormMonitor *monitor,
                             guint32       row,
                             gboolean     *is_skew)
{
  g_autofree char *span = NULL;
  StormEventLog *log;
  StormStepSpan step;
  StormTrace *trace;
  const char *before;
  const char *after;
  guint producer;

  g_return_val_if_fail (STORM_IS_CLOCKS (clocks), NULL);
  g_return_val_if_fail (STORM_IS_MONITOR (monitor), NULL);
  g_return_val_if_fail (is_skew != NULL, NULL);

  log = storm_monitor_get_log (monitor);
  trace = storm_trace_index_lookup (storm_monitor_get_index (monitor),
                                    storm_event_log_get_correlation (log, row));
  if (trace == NULL || !find_backwards (monitor, trace, row, &step))
    return NULL;
  *is_skew = storm_step_span_is_skew (&step, log);
  span = storm_time_format_span (ABS (step.span));
  before = storm_event_log_get_type_name (log, step.before);
  after = storm_event_log_get_type_name (log, step.after);
  producer = storm_clocks_get_producer (clocks, step.before);
  if (*is_skew && producer != STORM_NO_PRODUCER &&
      producer == storm_clocks_get_producer (clocks, step.after))
    /* Translators: "Paid has a time 3 s before OrderPlaced, which leads to it: …" */
    return g_strdup_printf (_("%s has a time %s before %s, which leads to it: clock skew, the "
                              "clock of %s was set back"), after, span, before,
                            storm_clocks_get_name (clocks, producer));
  if (*is_skew)
    /* Translators: "Paid has a time 3 s before OrderPlaced, which leads to it: …" */
    return g_strdup_printf (_("%s has a time %s before %s, which leads to it: clock skew, the "
                              "clocks of their producers don’t agree"), after, span, before);
  return g_strdup_printf (_("%s came %s before %s, which should have led to it"), after, span,
                          before);
}
