#pragma once

#include "storm-board.h"

G_BEGIN_DECLS

/**
 * SECTION:storm-board-json
 *
 * The text form of a board: JSON for git, tests, samples and the clipboard. The schema is
 * data/stormwatch-board.schema.json. Stable order, one object a line, unknown members kept.
 */

/**
 * storm_board_json_import:
 * @data: (array length=len): not trusted
 * @name: the file's name for messages
 *
 * Returns: (transfer full): a new board, or %NULL with an error that names file, line and place
 *   ("stickies[3].kind")
 */
StormBoard *storm_board_json_import           (const char  *data,
                                               gsize        len,
                                               const char  *name,
                                               GError     **error);

/** storm_board_json_export: (transfer full): the text, ending in a newline. */
char       *storm_board_json_export           (StormBoard  *board);

/**
 * storm_board_json_export_selection:
 *
 * Returns: (transfer full): the same form with only the objects in @ids, and the flows among them
 */
char       *storm_board_json_export_selection (StormBoard  *board,
                                               GPtrArray   *ids);

/** STORM_BOARD_MIME: the type of the text form on the clipboard and in files. */
#define STORM_BOARD_MIME "application/vnd.stormwatch.board+json"

G_END_DECLS
