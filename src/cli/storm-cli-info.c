#include "config.h"

#include <stdio.h>
#include <glib/gi18n.h>

#include "storm-board-file.h"
#include "storm-board-mapping.h"
#include "storm-cli.h"

static void
print_row (const char *name,
           const char *value)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *plain = storm_cli_plain (value);

  storm_cli_pad (line, name, 18);
  printf ("%s %s\n", line->str, plain);
}

static void
print_count (const char *name,
             guint       n)
{
  g_autofree char *value = g_strdup_printf ("%u", n);

  print_row (name, value);
}

static void
print_stickies (StormBoard *board)
{
  GListModel *stickies = storm_board_get_stickies (board);
  guint n[STORM_N_KINDS] = { 0 };

  for (guint i = 0; i < g_list_model_get_n_items (stickies); i++)
    {
      g_autoptr (StormSticky) sticky = g_list_model_get_item (stickies, i);

      n[storm_sticky_get_kind (sticky)]++;
    }
  print_count (_("Stickies"), g_list_model_get_n_items (stickies));
  for (guint i = 0; i < STORM_N_KINDS; i++)
    {
      g_autofree char *name = g_strconcat ("  ", storm_kind_name (i), NULL);

      if (n[i] > 0)
        print_count (name, n[i]);
    }
}

/* Of a damaged file, which was said when it was loaded, this may be what can't be read. */
static void
print_file (const char *path)
{
  g_autoptr (StormBoardInfo) info = storm_board_info_read (path, NULL);
  g_autofree char *changed = NULL;

  if (info == NULL)
    return;
  changed = storm_time_format_rfc3339 (info->changed);
  print_row (_("Last change"), changed);
  print_count (_("Undo steps"), info->n_steps);
  print_count (_("Recordings"), info->n_recordings);
}

static void
print_board (StormBoard *board,
             gboolean    is_file)
{
  print_row (_("Title"), storm_board_get_title (board));
  print_row (_("Form"), is_file ? _("board file") : _("text"));
  print_count (_("Bounded contexts"), g_list_model_get_n_items (storm_board_get_contexts (board)));
  print_stickies (board);
  print_count (_("Flows"), g_list_model_get_n_items (storm_board_get_flows (board)));
  print_row (_("Mapping"), storm_board_get_mapping (board) != NULL ? _("of its own")
                                                                   : _("found out from events"));
  print_row (_("Correlation key"), storm_board_mapping_has_key (board) ? _("known")
                                                                       : _("not said"));
}

int
storm_cli_info (int    argc,
                char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoard) board = NULL;
  g_auto (GStrv) words = NULL;
  gboolean is_file;

  if (!storm_cli_parse (argc, argv, "BOARD", _("Say what is on a board."),
                        NULL, NULL, 1, &words, &error))
    return storm_cli_fail (g_steal_pointer (&error));
  board = storm_cli_load_board (words[0], &error);
  if (board == NULL)
    return storm_cli_fail (g_steal_pointer (&error));

  is_file = storm_cli_is_board_file (words[0]);
  print_board (board, is_file);
  if (is_file)
    print_file (words[0]);
  return STORM_CLI_DONE;
}
