#pragma once

#include "storm-board.h"

G_BEGIN_DECLS

/** What stormwatch-cli returns to the shell. */
typedef enum
{
  STORM_CLI_DONE,
  STORM_CLI_NOTHING,   /* nothing found */
  STORM_CLI_DIFFERENT = STORM_CLI_NOTHING,   /* as diff(1) has it */
  STORM_CLI_FINDINGS = STORM_CLI_NOTHING,    /* events that don't do what the board says */
  STORM_CLI_FAILED,
} StormCliExit;

/** StormCliCommand: @argv[0] is "stormwatch-cli NAME", for the help. */
typedef int (*StormCliCommand) (int    argc,
                                char **argv);

/* The commands, one file each. */
int         storm_cli_check  (int argc, char **argv);
int         storm_cli_compare (int argc, char **argv);
int         storm_cli_diff   (int argc, char **argv);
int         storm_cli_export (int argc, char **argv);
int         storm_cli_import (int argc, char **argv);
int         storm_cli_info   (int argc, char **argv);
int         storm_cli_keys   (int argc, char **argv);
int         storm_cli_fields (int argc, char **argv);
int         storm_cli_record (int argc, char **argv);
int         storm_cli_trace  (int argc, char **argv);

/** STORM_CLI_TEXT_SUFFIX: what files of the text form end in. */
#define STORM_CLI_TEXT_SUFFIX ".json"
/** STORM_CLI_SVG_SUFFIX: of pictures that carry their board. */
#define STORM_CLI_SVG_SUFFIX ".svg"

/**
 * storm_cli_parse:
 * @usage: what stands behind the command's name, "BOARD --key K"
 * @entries: (nullable): options of the command
 * @n_words: how many words there must be beside the options
 * @words: (out) (transfer full): them, %NULL-terminated
 *
 * Parses options; --help and --version print and end the program.
 */
gboolean    storm_cli_parse      (int                 argc,
                                  char              **argv,
                                  const char         *usage,
                                  const char         *summary,
                                  const GOptionEntry *entries,
                                  const GOptionEntry *more_entries,
                                  guint               n_words,
                                  char             ***words,
                                  GError            **error);

/** storm_cli_check_utf8: whether @text, an option's value, is what boards and events are made
 * of. */
gboolean    storm_cli_check_utf8 (const char         *text,
                                  GError            **error);

/** storm_cli_fail: prints @error as one line, frees it, and returns %STORM_CLI_FAILED. */
int         storm_cli_fail       (GError             *error);

/** storm_cli_nothing: prints why nothing was found, and returns %STORM_CLI_NOTHING. */
int         storm_cli_nothing    (const char         *format,
                                  ...) G_GNUC_PRINTF (1, 2);

/** storm_cli_is_board_file: whether the file at @path is a `.storm` file, and not the text form. */
gboolean    storm_cli_is_board_file (const char      *path);

/** storm_cli_load_views: (transfer full) (element-type StormView): those saved in a board file;
 * none in what else is a board. */
GPtrArray  *storm_cli_load_views (const char         *path,
                                  GError            **error);

/** storm_cli_load_board: the board in a `.storm` file, in the text form or in an SVG, told by
 * content. */
StormBoard *storm_cli_load_board (const char         *path,
                                  GError            **error);

/** storm_cli_pad: appends @text and blanks up to @width columns of a terminal. */
void        storm_cli_pad        (GString            *out,
                                  const char         *text,
                                  guint               width);
/** storm_cli_width: columns that @text takes on a terminal. */
guint       storm_cli_width      (const char         *text);
/** storm_cli_plain: (transfer full): @text without control characters; from outside it could
 * otherwise move the cursor. */
char       *storm_cli_plain      (const char         *text);

G_END_DECLS
