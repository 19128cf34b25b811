#include "config.h"

#include <stdio.h>
#include <string.h>
#include <glib/gi18n.h>

#include "storm-board-file.h"
#include "storm-board-json.h"
#include "storm-cli-picture.h"
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

int
storm_cli_import (int    argc,
                  char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormBoardFile) file = NULL;
  g_auto (GStrv) words = NULL;

  if (!storm_cli_parse (argc, argv, "IN.json|svg OUT.storm",
                        _("Make a board file from the text form, or from an SVG with a board in "
                          "it. OUT.storm must not exist yet."),
                        NULL, NULL, 2, &words, &error) ||
      (!g_str_has_suffix (words[0], STORM_CLI_SVG_SUFFIX) &&
       !check_suffix (words[0], STORM_CLI_TEXT_SUFFIX, &error)) ||
      !check_suffix (words[1], STORM_BOARD_FILE_SUFFIX, &error))
    return storm_cli_fail (g_steal_pointer (&error));

  board = storm_cli_load_board (words[0], &error);
  if (board != NULL)
    file = storm_board_file_create (words[1], board, &error);
  if (file == NULL || !storm_board_file_close (file, &error))
    return storm_cli_fail (g_steal_pointer (&error));
  return STORM_CLI_DONE;
}

static gboolean
write_text (StormBoard  *board,
            const char  *path,
            GError     **error)
{
  g_autofree char *text = storm_board_json_export (board);
  gsize len = strlen (text);
  g_autoptr (StormOutput) output = NULL;

  if (g_str_equal (path, "-"))
    {
      fputs (text, stdout);
      return TRUE;
    }
  output = storm_output_new_file (path, NULL, error);
  if (output == NULL)
    return FALSE;
  storm_output_write (output, text, len);
  return storm_output_finish (output, NULL, error);
}

int
storm_cli_export (int    argc,
                  char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoard) board = NULL;
  g_auto (GStrv) words = NULL;
  StormPictureFormat format = STORM_PICTURE_PNG;
  gboolean picture;

  if (!storm_cli_parse (argc, argv, "BOARD OUT.json|svg|png|pdf",
                        _("Write a board in the text form, or as a picture; the ending of OUT says "
                          "which. An SVG has the board in it and can be opened again. OUT can be "
                          "“-” for the text form on standard output."),
                        storm_cli_picture_entries, NULL, 2, &words, &error))
    return storm_cli_fail (g_steal_pointer (&error));
  picture = storm_picture_format_from_name (words[1], &format);
  if (!picture && !g_str_equal (words[1], "-") &&
      !check_suffix (words[1], STORM_CLI_TEXT_SUFFIX, &error))
    return storm_cli_fail (g_steal_pointer (&error));

  board = storm_cli_load_board (words[0], &error);
  if (board == NULL || !(picture ? storm_cli_write_picture (board, words[0], format, words[1],
                                                            &error)
                                 : write_text (board, words[1], &error)))
    return storm_cli_fail (g_steal_pointer (&error));
  return STORM_CLI_DONE;
}
