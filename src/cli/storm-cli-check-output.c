#include "config.h"

#include "storm-cli-check.h"
#include "storm-cli.h"
#include "storm-json.h"

/* The result while it is being written. */
typedef struct
{
  StormEventLog *log;
  GString       *out;
  const char    *board;
  guint          n;
  guint          n_failures;
} Writer;

static void
append_number (GString *out,
               double   number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_formatd (text, sizeof text, "%.6g", number));
}

static void
append_type (GString       *out,
             const char    *name,
             StormEventLog *log,
             guint32        row)
{
  const char *type = row != STORM_NO_ROW ? storm_event_log_get_type_name (log, row) : NULL;

  g_string_append_printf (out, ",\"%s\":", name);
  if (type != NULL && *type != '\0')
    storm_json_append_string (out, type, -1);
  else
    g_string_append (out, "null");
}

static void
append_finding (GString            *out,
                StormEventLog      *log,
                const StormFinding *finding)
{
  g_autofree char *time = storm_time_format_rfc3339 (finding->time);

  g_string_append_printf (out, "{\"kind\":\"%s\"", storm_finding_kind_nick (finding->kind));
  append_type (out, "event", log, finding->row);
  append_type (out, "after", log, finding->after_row);
  g_string_append (out, ",\"expected\":[");
  for (guint i = 0; finding->expected != NULL && finding->expected[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      storm_json_append_string (out, finding->expected[i], -1);
    }
  if (finding->n > 0)
    g_string_append_printf (out, "],\"n\":%u", finding->n);
  else
    g_string_append (out, "],\"n\":null");
  g_string_append_printf (out, ",\"time\":\"%s\",\"words\":", time);
  storm_json_append_string (out, finding->words, -1);
  g_string_append_c (out, '}');
}

static void
append_trace (const StormCliVerdict *verdict,
              gpointer               user_data)
{
  Writer *writer = user_data;
  GString *out = writer->out;
  GPtrArray *findings = verdict->report->findings;

  g_string_append (out, writer->n++ > 0 ? ",\n{\"key\":" : "\n{\"key\":");
  if (verdict->key != NULL)
    storm_json_append_string (out, verdict->key, -1);
  else
    g_string_append (out, "null");
  g_string_append_printf (out, ",\"state\":\"%s\",\"fitness\":",
                          storm_trace_state_nick (verdict->report->state));
  append_number (out, verdict->report->fitness);
  g_string_append (out, ",\"findings\":[");
  for (guint i = 0; i < findings->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_finding (out, writer->log, g_ptr_array_index (findings, i));
    }
  g_string_append (out, "]}");
}

char *
storm_cli_check_json (StormMonitor *monitor)
{
  Writer writer = { storm_monitor_get_log (monitor), g_string_new ("{\"fitness\":") };

  append_number (writer.out,
                 storm_conformance_get_fitness (storm_monitor_get_conformance (monitor)));
  g_string_append (writer.out, ",\"traces\":[");
  storm_cli_check_each (monitor, append_trace, &writer);
  g_string_append (writer.out, "]}\n");
  return g_string_free (writer.out, FALSE);
}

/* XML has no way to write control characters. */
static void
append_xml (GString    *out,
            const char *text)
{
  g_autofree char *plain = storm_cli_plain (text);
  g_autofree char *escaped = g_markup_escape_text (plain, -1);

  g_string_append (out, escaped);
}

static void
append_case (const StormCliVerdict *verdict,
             gpointer               user_data)
{
  Writer *writer = user_data;
  GString *out = writer->out;
  GPtrArray *findings = verdict->report->findings;

  writer->n++;
  g_string_append (out, "    <testcase classname=\"");
  append_xml (out, writer->board);
  g_string_append (out, "\" name=\"");
  append_xml (out, verdict->key != NULL ? verdict->key : "–");
  if (findings->len == 0)
    {
      g_string_append (out, "\"/>\n");
      return;
    }
  writer->n_failures++;
  g_string_append_printf (out, "\">\n      <failure type=\"%s\" message=\"",
                          storm_trace_state_nick (verdict->report->state));
  append_xml (out, storm_trace_state_words (verdict->report->state));
  g_string_append (out, "\">");
  for (guint i = 0; i < findings->len; i++)
    {
      StormFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *time = storm_time_format_rfc3339 (finding->time);

      g_string_append_printf (out, "%s ", time);
      append_xml (out, finding->words);
      g_string_append_c (out, '\n');
    }
  g_string_append (out, "</failure>\n    </testcase>\n");
}

char *
storm_cli_check_junit (StormMonitor *monitor,
                       const char   *board)
{
  Writer writer = { NULL, g_string_new (NULL), *board != '\0' ? board : "stormwatch" };
  GString *out = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
                               "  <testsuite name=\"");

  storm_cli_check_each (monitor, append_case, &writer);
  append_xml (out, writer.board);
  g_string_append_printf (out, "\" tests=\"%u\" failures=\"%u\" errors=\"0\">\n", writer.n,
                          writer.n_failures);
  g_string_append_len (out, writer.out->str, writer.out->len);
  g_string_append (out, "  </testsuite>\n</testsuites>\n");
  g_string_free (writer.out, TRUE);
  return g_string_free (out, FALSE);
}
