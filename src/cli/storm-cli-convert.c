#include "config.h"

#include <stdio.h>
#include <string.h>
#include <glib/gi18n.h>

#include "storm-board-file.h"
#include "storm-board-json.h"
#include "storm-cli.h"
#include "storm-error.h"

/* Formats are told by the endings of the names. */
static gboolean
check_suffix (const char  *path,
              const char  *suffix,
              GError     **error)
{
  if (g_str_has_suffix (path, suffix))
    return TRUE;
  g_set_error (error, STORM_ERROR, STORM_ERROR_UNSUPPORTED,
               _("“%s” has an ending of which no format is known here; it should be “%s”"),
               path, suffix);
  return FALSE;
}

/* As a whole or not at all. */
static gboolean
write_text (const char  *path,
            const char  *text,
            GError     **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) reason = NULL;

  if (g_str_equal (path, "-"))
    {
      fputs (text, stdout);
      return TRUE;
    }
  file = g_file_new_for_path (path);
  if (g_file_replace_contents (file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                               NULL, &reason))
    return TRUE;
  g_set_error (error, STORM_ERROR, STORM_ERROR_IO, _("Writing %s failed: %s"), path,
               reason->message);
  return FALSE;
}

int
storm_cli_import (int    argc,
                  char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormBoardFile) file = NULL;
  g_auto (GStrv) words = NULL;

  if (!storm_cli_parse (argc, argv, "IN.json OUT.storm",
                        _("Make a board file from the text form. OUT.storm must not exist yet."),
                        NULL, NULL, 2, &words, &error) ||
      !check_suffix (words[0], STORM_CLI_TEXT_SUFFIX, &error) ||
      !check_suffix (words[1], STORM_BOARD_FILE_SUFFIX, &error))
    return storm_cli_fail (g_steal_pointer (&error));

  board = storm_cli_load_board (words[0], &error);
  if (board != NULL)
    file = storm_board_file_create (words[1], board, &error);
  if (file == NULL || !storm_board_file_close (file, &error))
    return storm_cli_fail (g_steal_pointer (&error));
  return STORM_CLI_DONE;
}

int
storm_cli_export (int    argc,
                  char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoard) board = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (!storm_cli_parse (argc, argv, "BOARD OUT.json",
                        _("Write a board in the text form. OUT.json can be “-” for standard "
                          "output."),
                        NULL, NULL, 2, &words, &error))
    return storm_cli_fail (g_steal_pointer (&error));
  if (!g_str_equal (words[1], "-") && !check_suffix (words[1], STORM_CLI_TEXT_SUFFIX, &error))
    return storm_cli_fail (g_steal_pointer (&error));

  board = storm_cli_load_board (words[0], &error);
  if (board == NULL)
    return storm_cli_fail (g_steal_pointer (&error));
  text = storm_board_json_export (board);
  if (!write_text (words[1], text, &error))
    return storm_cli_fail (g_steal_pointer (&error));
  return STORM_CLI_DONE;
}
