#include "config.h"

#include <stdio.h>
#include <glib/gi18n.h>

#include "storm-cli-diff.h"

static gboolean as_json;

static const GOptionEntry entries[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Print JSON"), NULL },
  { NULL }
};

const char *
storm_cli_diff_title_of (StormBoard *board,
                         const char *id)
{
  StormObject *object = id != NULL ? storm_board_lookup (board, id) : NULL;

  if (STORM_IS_STICKY (object))
    return storm_sticky_get_title (STORM_STICKY (object));
  if (STORM_IS_CONTEXT (object))
    return storm_context_get_title (STORM_CONTEXT (object));
  return id != NULL ? id : "";
}

const char *
storm_cli_diff_context_of (StormBoard  *board,
                           StormSticky *sticky)
{
  return storm_cli_diff_title_of (board, storm_sticky_get_context (sticky));
}

int
storm_cli_diff (int    argc,
                char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoard) a = NULL;
  g_autoptr (StormBoard) b = NULL;
  g_autoptr (StormBoardDiff) diff = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  StormCliDiff both;

  if (!storm_cli_parse (argc, argv, "A B",
                        _("Say what a reviewer of a change wants to know: how board B differs "
                          "from board A. Exit status: 0 the same, 1 different, 2 error."),
                        entries, NULL, 2, &words, &error))
    return storm_cli_fail (g_steal_pointer (&error));
  a = storm_cli_load_board (words[0], &error);
  if (a != NULL)
    b = storm_cli_load_board (words[1], &error);
  if (b == NULL)
    return storm_cli_fail (g_steal_pointer (&error));

  diff = storm_board_diff_new (a, b);
  both = (StormCliDiff) { a, b, diff };
  text = as_json ? storm_cli_diff_json (&both) : storm_cli_diff_text (&both);
  fputs (text, stdout);
  return storm_board_diff_is_same (diff) ? STORM_CLI_DONE : STORM_CLI_DIFFERENT;
}
