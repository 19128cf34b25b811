#include "config.h"

#include <stdio.h>
#include <string.h>
#include <glib/gi18n.h>

#include "storm-cli-events.h"
#include "storm-cli.h"
#include "storm-json.h"

static gboolean as_json;

static const GOptionEntry entries[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Print JSON"), NULL },
  { NULL }
};

static const char *
last_type (StormMonitor *monitor,
           StormTrace   *trace)
{
  return storm_event_log_get_type_name (storm_monitor_get_log (monitor),
                                        storm_trace_get_last_row (trace));
}

/* Newest first; of equal times the one that was seen first. The sort is stable. */
static int
compare_last (gconstpointer a,
              gconstpointer b)
{
  StormTime first = storm_trace_get_last_time (*(StormTrace **) a);
  StormTime second = storm_trace_get_last_time (*(StormTrace **) b);

  return (second > first) - (second < first);
}

static GPtrArray *
sorted_traces (StormMonitor *monitor)
{
  GListModel *index = G_LIST_MODEL (storm_monitor_get_index (monitor));
  GPtrArray *traces = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (index); i++)
    {
      g_autoptr (StormTrace) trace = g_list_model_get_item (index, i);

      if (*storm_trace_get_key (trace) != '\0')
        g_ptr_array_add (traces, g_steal_pointer (&trace));
    }
  g_ptr_array_sort (traces, compare_last);
  return traces;
}

static void
print_json (StormMonitor *monitor,
            GPtrArray    *traces)
{
  g_autoptr (GString) out = g_string_new ("{\"keys\":[");

  for (guint i = 0; i < traces->len; i++)
    {
      StormTrace *trace = g_ptr_array_index (traces, i);
      g_autofree char *first = storm_time_format_rfc3339 (storm_trace_get_first_time (trace));
      g_autofree char *last = storm_time_format_rfc3339 (storm_trace_get_last_time (trace));

      g_string_append (out, i > 0 ? ",\n{\"key\":" : "\n{\"key\":");
      storm_json_append_string (out, storm_trace_get_key (trace), -1);
      g_string_append_printf (out, ",\"count\":%u,\"first\":\"%s\",\"last\":\"%s\",\"lastType\":",
                              storm_trace_get_n_events (trace), first, last);
      storm_json_append_string (out, last_type (monitor, trace), -1);
      g_string_append_c (out, '}');
    }
  g_string_append_printf (out, "],\"undecodable\":%u}\n",
                          storm_trace_index_get_n_undecodable (storm_monitor_get_index (monitor)));
  fputs (out->str, stdout);
}

static void
print_row (guint       width,
           const char *key,
           const char *count,
           const char *first,
           const char *last,
           const char *type)
{
  g_autoptr (GString) line = g_string_new (NULL);

  storm_cli_pad (line, key, width);
  g_string_append_printf (line, "  %6s  ", count);
  storm_cli_pad (line, first, 24);
  g_string_append (line, "  ");
  storm_cli_pad (line, last, 24);
  g_string_append_printf (line, "  %s", type);
  puts (line->str);
}

static void
print_table (StormMonitor *monitor,
             GPtrArray    *traces)
{
  guint width = storm_cli_width (_("KEY"));

  for (guint i = 0; i < traces->len; i++)
    width = MAX (width, storm_cli_width (storm_trace_get_key (g_ptr_array_index (traces, i))));
  width = MIN (width, 40);
  print_row (width, _("KEY"), _("EVENTS"), _("FIRST"), _("LAST"), _("LAST TYPE"));
  for (guint i = 0; i < traces->len; i++)
    {
      StormTrace *trace = g_ptr_array_index (traces, i);
      g_autofree char *key = storm_cli_plain (storm_trace_get_key (trace));
      g_autofree char *type = storm_cli_plain (last_type (monitor, trace));
      g_autofree char *first = storm_time_format_rfc3339 (storm_trace_get_first_time (trace));
      g_autofree char *last = storm_time_format_rfc3339 (storm_trace_get_last_time (trace));
      g_autofree char *count = g_strdup_printf ("%u", storm_trace_get_n_events (trace));

      print_row (width, key, count, first, last, type);
    }
}

int
storm_cli_keys (int    argc,
                char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormMonitor) monitor = NULL;
  g_autoptr (GPtrArray) traces = NULL;
  g_auto (GStrv) words = NULL;

  if (!storm_cli_parse (argc, argv, "BOARD",
                        _("List the correlation keys of events, the one with the latest event "
                          "first."),
                        entries, storm_cli_event_entries (), 1, &words, &error))
    return storm_cli_fail (g_steal_pointer (&error));
  monitor = storm_cli_read_events (words[0], &error);
  if (monitor == NULL)
    return storm_cli_fail (g_steal_pointer (&error));

  traces = sorted_traces (monitor);
  if (as_json)
    print_json (monitor, traces);
  else if (traces->len > 0)
    print_table (monitor, traces);
  if (traces->len == 0)
    return storm_cli_nothing (_("no event has a correlation key"));
  return STORM_CLI_DONE;
}
