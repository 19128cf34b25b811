#include "config.h"

#include <stdio.h>
#include <string.h>
#include <glib/gi18n.h>

#include "storm-cli-events.h"
#include "storm-cli.h"
#include "storm-json.h"
#include "storm-row-spans.h"

static gboolean as_json;
static char *wanted_key;

static const GOptionEntry entries[] = {
  { "key", 0, 0, G_OPTION_ARG_FILENAME, &wanted_key,
    N_("The correlation key, for example an order's number"), N_("K") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Print JSON"), NULL },
  { NULL }
};

/* One line of the table; all texts are ready for a terminal. */
typedef struct
{
  char *cells[8];
} Line;

static const char *
sticky_title (StormMonitor *monitor,
              guint32       row)
{
  guint32 type = storm_event_log_get_type_id (storm_monitor_get_log (monitor), row);
  GPtrArray *stickies = storm_matcher_match (storm_monitor_get_matcher (monitor), type, NULL);

  if (stickies->len == 0)
    return NULL;
  return storm_sticky_get_title (g_ptr_array_index (stickies, 0));
}

static const char **
flag_names (StormMonitor        *monitor,
            const StormNumbered *numbered)
{
  guint16 flags = storm_event_log_get_flags (storm_monitor_get_log (monitor), numbered->row);
  const char **names = g_new0 (const char *, 5);
  guint n = 0;

  if (flags & STORM_EVENT_LATE)
    names[n++] = "late";
  if (numbered->n == 0)
    names[n++] = "repeated";
  if (flags & STORM_EVENT_FAILED)
    names[n++] = "failed";
  if (sticky_title (monitor, numbered->row) == NULL)
    names[n++] = "unmatched";
  return names;
}

/* In seconds, as other figures of time that programs read; null where there is none. */
static void
append_span (GString    *out,
             const char *name,
             gboolean    is_known,
             gint64      span)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE] = "null";

  if (is_known)
    g_ascii_formatd (number, sizeof number, "%.9g", span / (double) STORM_TIME_SECOND);
  g_string_append_printf (out, ",\"%s\":%s", name, number);
}

static void
append_spans (GString      *out,
              StormMonitor *monitor,
              guint32       row)
{
  StormRowSpans spans = { 0, 0, TRUE };
  gboolean is_known = storm_trace_index_get_spans (storm_monitor_get_index (monitor), row, &spans);

  append_span (out, "sincePrevious", is_known && !spans.is_first, spans.since_previous);
  append_span (out, "sinceStart", is_known, spans.since_start);
}

static void
append_event (GString             *out,
              StormMonitor        *monitor,
              const StormNumbered *numbered)
{
  StormEventLog *log = storm_monitor_get_log (monitor);
  guint32 row = numbered->row;
  g_autofree char *time = storm_time_format_rfc3339 (storm_event_log_get_time (log, row));
  g_autofree const char **flags = flag_names (monitor, numbered);
  const char *connection = storm_event_log_get_connection (log, row);
  const char *title = sticky_title (monitor, row);

  if (numbered->n > 0)
    g_string_append_printf (out, "{\"n\":%u,\"type\":", numbered->n);
  else
    g_string_append (out, "{\"n\":null,\"type\":");
  storm_json_append_string (out, storm_event_log_get_type_name (log, row), -1);
  g_string_append_printf (out, ",\"time\":\"%s\"", time);
  append_spans (out, monitor, row);
  g_string_append (out, ",\"sticky\":");
  if (title != NULL)
    storm_json_append_string (out, title, -1);
  else
    g_string_append (out, "null");
  g_string_append (out, ",\"topic\":");
  storm_json_append_string (out, storm_event_log_get_topic (log, row), -1);
  if (connection != NULL)
    {
      g_string_append (out, ",\"connection\":");
      storm_json_append_string (out, connection, -1);
    }
  g_string_append_printf (out, ",\"partition\":%d,\"offset\":%" G_GINT64_FORMAT ",\"flags\":[",
                          storm_event_log_get_partition (log, row),
                          storm_event_log_get_offset (log, row));
  for (guint i = 0; flags[i] != NULL; i++)
    g_string_append_printf (out, "%s\"%s\"", i > 0 ? "," : "", flags[i]);
  g_string_append (out, "]}");
}

static void
print_json (StormMonitor        *monitor,
            const StormNumbered *numbers,
            guint                n)
{
  g_autoptr (GString) out = g_string_new ("{\"key\":");

  storm_json_append_string (out, wanted_key, -1);
  g_string_append (out, ",\"events\":[");
  for (guint i = 0; i < n; i++)
    {
      g_string_append (out, i > 0 ? ",\n" : "\n");
      append_event (out, monitor, &numbers[i]);
    }
  g_string_append_printf (out, "],\"undecodable\":%u}\n",
                          storm_trace_index_get_n_undecodable (storm_monitor_get_index (monitor)));
  fputs (out->str, stdout);
}

static void
line_clear (gpointer data)
{
  Line *line = data;

  for (guint i = 0; i < G_N_ELEMENTS (line->cells); i++)
    g_free (line->cells[i]);
}

static char *
number_words (const StormNumbered *numbered)
{
  if (numbered->n == 0)
    return g_strdup ("=");
  /* Hollow on the board: it may still change. */
  return g_strdup_printf (numbered->provisional ? "(%u)" : "%u", numbered->n);
}

static char *
span_words (gint64 span)
{
  g_autofree char *words = storm_time_format_span (span);

  return g_strconcat ("+", words, NULL);
}

static void
add_line (GArray              *lines,
          StormMonitor        *monitor,
          const StormNumbered *numbered)
{
  StormEventLog *log = storm_monitor_get_log (monitor);
  guint32 row = numbered->row;
  g_autofree const char **flags = flag_names (monitor, numbered);
  const char *connection = storm_event_log_get_connection (log, row);
  const char *title = sticky_title (monitor, row);
  g_autofree char *place = NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  StormRowSpans spans = { 0, 0, TRUE };
  Line line;

  storm_trace_index_get_spans (storm_monitor_get_index (monitor), row, &spans);
  place = g_strdup_printf ("%s%s%s/%d@%" G_GINT64_FORMAT,
                           connection != NULL ? connection : "",
                           connection != NULL ? "/" : "",
                           storm_event_log_get_topic (log, row),
                           storm_event_log_get_partition (log, row),
                           storm_event_log_get_offset (log, row));
  for (guint i = 0; flags[i] != NULL; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", flags[i]);
  line.cells[0] = number_words (numbered);
  line.cells[1] = storm_time_format_rfc3339 (storm_event_log_get_time (log, row));
  line.cells[2] = spans.is_first ? g_strdup ("–") : span_words (spans.since_previous);
  line.cells[3] = spans.is_first ? g_strdup ("–") : span_words (spans.since_start);
  line.cells[4] = storm_cli_plain (storm_event_log_get_type_name (log, row));
  line.cells[5] = storm_cli_plain (title != NULL ? title : "–");
  line.cells[6] = storm_cli_plain (place);
  line.cells[7] = g_strdup (words->str);
  g_array_append_val (lines, line);
}

static void
print_lines (GArray *lines)
{
  guint widths[G_N_ELEMENTS (((Line *) NULL)->cells)] = { 0 };

  for (guint i = 0; i < lines->len; i++)
    {
      Line *line = &g_array_index (lines, Line, i);

      for (guint j = 0; j < G_N_ELEMENTS (widths); j++)
        widths[j] = MAX (widths[j], storm_cli_width (line->cells[j]));
    }
  for (guint i = 0; i < lines->len; i++)
    {
      Line *line = &g_array_index (lines, Line, i);
      g_autoptr (GString) out = g_string_new (NULL);

      for (guint j = 0; j < G_N_ELEMENTS (widths); j++)
        {
          storm_cli_pad (out, line->cells[j], widths[j]);
          g_string_append (out, "  ");
        }
      puts (g_strchomp (out->str));
    }
}

static void
print_table (StormMonitor        *monitor,
             const StormNumbered *numbers,
             guint                n)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Line));
  Line head = { { g_strdup (_("NO")), g_strdup (_("TIME")), g_strdup (_("STEP")),
                  g_strdup (_("SINCE START")), g_strdup (_("TYPE")), g_strdup (_("STICKY")),
                  g_strdup (_("PLACE")), g_strdup (_("FLAGS")) } };
  guint undecodable = storm_trace_index_get_n_undecodable (storm_monitor_get_index (monitor));

  g_array_set_clear_func (lines, line_clear);
  g_array_append_val (lines, head);
  for (guint i = 0; i < n; i++)
    add_line (lines, monitor, &numbers[i]);
  print_lines (lines);
  if (undecodable > 0)
    printf (ngettext ("%u event of the input could not be decoded.\n",
                      "%u events of the input could not be decoded.\n", undecodable),
            undecodable);
}

int
storm_cli_trace (int    argc,
                 char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormMonitor) monitor = NULL;
  g_auto (GStrv) words = NULL;
  const StormNumbered *numbers = NULL;
  StormTrace *trace;
  guint n = 0;

  if (!storm_cli_parse (argc, argv, "BOARD",
                        _("Number the events of one correlation key, in the order in which they "
                          "happened. A number in parentheses may still change; “=” repeats the "
                          "event above it."),
                        entries, storm_cli_event_entries (), 1, &words, &error))
    return storm_cli_fail (g_steal_pointer (&error));
  if (wanted_key == NULL || *wanted_key == '\0')
    {
      g_set_error (&error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                   _("--key is missing; “stormwatch-cli keys” lists the keys"));
      return storm_cli_fail (g_steal_pointer (&error));
    }
  if (!storm_cli_check_utf8 (wanted_key, &error))
    return storm_cli_fail (g_steal_pointer (&error));
  monitor = storm_cli_read_events (words[0], &error);
  if (monitor == NULL)
    return storm_cli_fail (g_steal_pointer (&error));

  trace = storm_trace_index_lookup (storm_monitor_get_index (monitor), wanted_key);
  if (trace != NULL)
    numbers = storm_trace_get_numbers (trace, &n);
  if (as_json)
    print_json (monitor, numbers, n);
  else if (n > 0)
    print_table (monitor, numbers, n);
  if (n == 0)
    return storm_cli_nothing (_("no event has the correlation key “%s”"), wanted_key);
  return STORM_CLI_DONE;
}
