#pragma once

#include "storm-board-diff.h"
#include "storm-cli.h"

G_BEGIN_DECLS

/** StormCliDiff: two boards and what is different; all borrowed. */
typedef struct
{
  StormBoard           *a;
  StormBoard           *b;
  const StormBoardDiff *diff;
} StormCliDiff;

/** storm_cli_diff_text, _json: (transfer full): what goes to standard output. */
char       *storm_cli_diff_text          (const StormCliDiff *self);
char       *storm_cli_diff_json          (const StormCliDiff *self);

/** storm_cli_diff_title_of: the title of the object with @id on @board; @id itself when there is
 * none, "" for no id. */
const char *storm_cli_diff_title_of      (StormBoard         *board,
                                          const char         *id);
/** storm_cli_diff_context_of: the title of the context in which @sticky lies, "" for none. */
const char *storm_cli_diff_context_of    (StormBoard         *board,
                                          StormSticky        *sticky);

G_END_DECLS
