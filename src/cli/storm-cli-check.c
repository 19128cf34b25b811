#include "config.h"

#include <stdio.h>
#include <glib/gi18n.h>

#include "storm-cli-check.h"
#include "storm-cli-events.h"
#include "storm-cli.h"
#include "storm-error.h"

static gboolean as_json;
static char *junit_file;
static char *now_text;

static const GOptionEntry entries[] = {
  { "now", 0, 0, G_OPTION_ARG_FILENAME, &now_text,
    N_("What time it is for steps that are waited for; without it that of the last event of a "
       "recording, else the clock's"), N_("TIME") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Print JSON"), NULL },
  { "junit", 0, 0, G_OPTION_ARG_FILENAME, &junit_file,
    N_("Write JUnit's XML, a test case for each trace; “-” is standard output"), N_("FILE") },
  { NULL }
};

/* What was counted while all traces were passed. */
typedef struct
{
  guint    n_traces;
  guint    n_findings;
  guint    n_in_state[STORM_N_TRACE_STATES];
} Counts;

/* Records that could not be decoded and have no key belong to no trace, but must not get lost. */
static StormTraceReport *
report_undecodable (StormMonitor *monitor)
{
  StormEventLog *log = storm_monitor_get_log (monitor);
  GArray *rows = storm_conformance_get_undecodable (storm_monitor_get_conformance (monitor));
  StormTraceReport *report = g_new0 (StormTraceReport, 1);

  report->state = STORM_TRACE_UNEXPECTED;
  report->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) storm_finding_free);
  report->open = g_array_new (FALSE, FALSE, sizeof (StormOpenStep));
  for (guint i = 0; i < rows->len; i++)
    {
      guint32 row = g_array_index (rows, guint32, i);

      if (storm_event_log_get_correlation_id (log, row) == 0 ||
          storm_trace_index_lookup (storm_monitor_get_index (monitor),
                                    storm_event_log_get_correlation (log, row)) == NULL)
        g_ptr_array_add (report->findings, storm_undecodable_finding_new (log, row));
    }
  report->fitness = storm_fitness (0, report->findings->len, 0);
  return report;
}

void
storm_cli_check_each (StormMonitor *monitor,
                      StormCliEach  each,
                      gpointer      user_data)
{
  StormConformance *conformance = storm_monitor_get_conformance (monitor);
  GListModel *traces = G_LIST_MODEL (storm_monitor_get_index (monitor));
  g_autoptr (StormTraceReport) lost = report_undecodable (monitor);
  guint n = g_list_model_get_n_items (traces);

  for (guint state = STORM_N_TRACE_STATES; state > 0; state--)
    {
      for (guint i = 0; i < n; i++)
        {
          g_autoptr (StormTrace) trace = NULL;
          g_autoptr (StormTraceReport) report = NULL;
          StormCliVerdict verdict;

          if (storm_conformance_get_state_at (conformance, i) != state - 1)
            continue;
          trace = g_list_model_get_item (traces, i);
          report = storm_trace_report_new (conformance, trace);
          verdict = (StormCliVerdict) { storm_trace_get_key (trace), report };
          each (&verdict, user_data);
        }
    }
  if (lost->findings->len > 0)
    {
      StormCliVerdict verdict = { NULL, lost };

      each (&verdict, user_data);
    }
}

static void
count_cb (const StormCliVerdict *verdict,
          gpointer               user_data)
{
  Counts *counts = user_data;

  counts->n_findings += verdict->report->findings->len + verdict->report->n_more;
  if (verdict->key == NULL)
    return;
  counts->n_traces++;
  counts->n_in_state[verdict->report->state]++;
}

static void
print_cb (const StormCliVerdict *verdict,
          gpointer               user_data)
{
  g_autofree char *key = storm_cli_plain (verdict->key != NULL ? verdict->key : "–");
  GPtrArray *findings = verdict->report->findings;

  count_cb (verdict, user_data);
  if (findings->len == 0)
    return;
  printf ("%s: %s\n", key, storm_trace_state_words (verdict->report->state));
  for (guint i = 0; i < findings->len; i++)
    {
      StormFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *time = storm_time_format_rfc3339 (finding->time);
      g_autofree char *words = storm_cli_plain (finding->words);

      printf ("  %s  %s\n", time, words);
    }
  if (verdict->report->n_more > 0)
    printf (ngettext ("  … and %u more\n", "  … and %u more\n", verdict->report->n_more),
            verdict->report->n_more);
}

static void
print_summary (StormMonitor *monitor,
               const Counts *counts)
{
  double fitness = storm_conformance_get_fitness (storm_monitor_get_conformance (monitor));
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_printf (out, ngettext ("%u trace", "%u traces", counts->n_traces), counts->n_traces);
  for (guint state = STORM_N_TRACE_STATES; state > 0; state--)
    {
      if (counts->n_in_state[state - 1] > 0)
        g_string_append_printf (out, ", %s: %u", storm_trace_state_words (state - 1),
                                counts->n_in_state[state - 1]);
    }
  g_string_append_c (out, '\n');
  fputs (out->str, stdout);
  printf (_("Fitness: %.1f %%\n"), 100 * fitness);
}

static void
set_now (StormMonitor *monitor)
{
  StormConformance *conformance = storm_monitor_get_conformance (monitor);
  StormClock clock = storm_cli_reads_recording () ? STORM_CLOCK_EVENTS : STORM_CLOCK_WALL;
  StormTime fixed = STORM_TIME_NONE;

  if (now_text != NULL && storm_time_parse (now_text, -1, NULL, &fixed))
    clock = STORM_CLOCK_FIXED;
  storm_conformance_set_clock (conformance, clock, fixed);
  storm_conformance_settle (conformance, storm_time_now ());
}

static gboolean
write_junit (StormMonitor  *monitor,
             GError       **error)
{
  const char *title = storm_board_get_title (storm_monitor_get_board (monitor));
  g_autofree char *text = storm_cli_check_junit (monitor, title);
  g_autoptr (GError) reason = NULL;

  if (g_str_equal (junit_file, "-"))
    {
      fputs (text, stdout);
      return TRUE;
    }
  if (g_file_set_contents (junit_file, text, -1, &reason))
    return TRUE;
  g_set_error (error, STORM_ERROR, STORM_ERROR_IO, _("Writing %s failed: %s"), junit_file,
               reason->message);
  return FALSE;
}

static gboolean
check_options (GError **error)
{
  g_autofree char *valid = NULL;
  StormTime time;

  if (as_json && junit_file != NULL && g_str_equal (junit_file, "-"))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                           _("--json and --junit - both want standard output"));
      return FALSE;
    }
  /* Said before a long recording is read. */
  if (now_text == NULL || storm_time_parse (now_text, -1, NULL, &time))
    return TRUE;
  valid = g_utf8_make_valid (now_text, -1);
  g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
               _("“--now %s” is no time; it is written like 2026-11-21T10:00:00Z"), valid);
  return FALSE;
}

static int
report (StormMonitor  *monitor,
        GError       **error)
{
  Counts counts = { 0 };
  gboolean junit_on_stdout = junit_file != NULL && g_str_equal (junit_file, "-");

  storm_cli_check_each (monitor, as_json || junit_on_stdout ? count_cb : print_cb, &counts);
  if (counts.n_traces == 0 && counts.n_findings == 0)
    {
      g_set_error_literal (error, STORM_ERROR, STORM_ERROR_NOT_FOUND,
                           _("there is nothing to check: no event has a correlation key"));
      return STORM_CLI_FAILED;
    }
  if (junit_file != NULL && !write_junit (monitor, error))
    return STORM_CLI_FAILED;
  if (as_json)
    {
      g_autofree char *json = storm_cli_check_json (monitor);

      fputs (json, stdout);
    }
  else if (!junit_on_stdout)
    print_summary (monitor, &counts);
  return counts.n_findings > 0 ? STORM_CLI_FINDINGS : STORM_CLI_DONE;
}

int
storm_cli_check (int    argc,
                 char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormMonitor) monitor = NULL;
  g_auto (GStrv) words = NULL;
  int status;

  if (!storm_cli_parse (argc, argv, "BOARD",
                        _("Say whether events do what a board says: what came that is not on it "
                          "or came too early, what should have followed and did not, what failed "
                          "and was not compensated. Exit status: 0 as the board says, 1 something "
                          "was found, 2 error."),
                        entries, storm_cli_event_entries (), 1, &words, &error) ||
      !check_options (&error))
    return storm_cli_fail (g_steal_pointer (&error));
  monitor = storm_cli_read_events (words[0], &error);
  if (monitor == NULL)
    return storm_cli_fail (g_steal_pointer (&error));
  set_now (monitor);
  status = report (monitor, &error);
  return error != NULL ? storm_cli_fail (g_steal_pointer (&error)) : status;
}
