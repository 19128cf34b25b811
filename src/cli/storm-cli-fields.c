#include "config.h"

#include <stdio.h>
#include <glib/gi18n.h>

#include "storm-board-mapping.h"
#include "storm-cli-events.h"
#include "storm-cli.h"
#include "storm-field-drift.h"
#include "storm-json.h"

/* Samples of each event type. */
#define SAMPLES 200

static gboolean as_json;

static const GOptionEntry entries[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Print JSON"), NULL },
  { NULL }
};

static const char *
kind_nick (StormDriftKind kind)
{
  static const char * const nicks[] = { "missing", "extra", "type" };

  return nicks[kind];
}

static void
append_json (GString          *out,
             StormSticky      *sticky,
             const StormDrift *drift)
{
  g_autofree char *words = storm_drift_words (drift);

  g_string_append (out, "{\"sticky\":");
  storm_json_append_string (out, storm_sticky_get_title (sticky), -1);
  g_string_append (out, ",\"field\":");
  storm_json_append_string (out, drift->name, -1);
  g_string_append_printf (out, ",\"kind\":\"%s\",\"boardType\":", kind_nick (drift->kind));
  storm_json_append_string (out, drift->board_type, -1);
  g_string_append (out, ",\"seenType\":");
  storm_json_append_string (out, drift->seen_type, -1);
  g_string_append_printf (out, ",\"seen\":%u,\"samples\":%u,\"words\":", drift->n_seen,
                          drift->n_samples);
  storm_json_append_string (out, words, -1);
  g_string_append_c (out, '}');
}

static void
print_text (StormSticky      *sticky,
            const StormDrift *drift)
{
  g_autofree char *words = storm_drift_words (drift);
  g_autofree char *title = storm_cli_plain (storm_sticky_get_title (sticky));
  g_autofree char *line = storm_cli_plain (words);

  printf ("%s: %s\n", title, line);
}

/* Returns: how many fields differ */
static guint
print_all (StormBoard      *board,
           StormFieldDrift *drift)
{
  GListModel *stickies = storm_board_get_stickies (board);
  g_autoptr (GString) json = g_string_new ("{\"fields\":[");
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (stickies); i++)
    {
      g_autoptr (StormSticky) sticky = g_list_model_get_item (stickies, i);
      g_autoptr (GPtrArray) found = storm_field_drift_get (drift, sticky);

      for (guint k = 0; k < found->len; k++, n++)
        {
          if (!as_json)
            {
              print_text (sticky, g_ptr_array_index (found, k));
              continue;
            }
          g_string_append (json, n > 0 ? ",\n" : "\n");
          append_json (json, sticky, g_ptr_array_index (found, k));
        }
    }
  if (as_json)
    printf ("%s]}\n", json->str);
  return n;
}

int
storm_cli_fields (int    argc,
                  char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormMonitor) monitor = NULL;
  g_autoptr (StormMapping) mapping = NULL;
  g_autoptr (StormFieldDrift) drift = NULL;
  g_auto (GStrv) words = NULL;
  StormBoard *board;

  if (!storm_cli_parse (argc, argv, "BOARD",
                        _("Compare the fields of events with those on their stickies."),
                        entries, storm_cli_event_entries (), 1, &words, &error))
    return storm_cli_fail (g_steal_pointer (&error));
  monitor = storm_cli_read_events (words[0], &error);
  if (monitor != NULL)
    mapping = storm_board_mapping_new (storm_monitor_get_board (monitor), &error);
  if (mapping == NULL)
    return storm_cli_fail (g_steal_pointer (&error));

  board = storm_monitor_get_board (monitor);
  drift = storm_field_drift_new (board, storm_monitor_get_log (monitor),
                                 storm_monitor_get_matcher (monitor));
  storm_field_drift_set_mapping (drift, mapping);
  storm_field_drift_look_back (drift, SAMPLES);
  return print_all (board, drift) > 0 ? STORM_CLI_NOTHING : STORM_CLI_DONE;
}
