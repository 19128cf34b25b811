#pragma once

#include "storm-board.h"

G_BEGIN_DECLS

/** STORM_SVG_MAX_BYTES: the largest SVG that is read or written, 256 MiB. */
#define STORM_SVG_MAX_BYTES (256 * 1024 * 1024)
/** STORM_SVG_ELEMENT: holds the text form in base64; a child of the SVG's `metadata`. */
#define STORM_SVG_ELEMENT "stormwatch:board"
#define STORM_SVG_NAMESPACE "https://stormwatch.github.io/schema/svg-1"
#define STORM_SVG_VERSION 1

/**
 * storm_svg_import:
 * @data: (array length=len): not trusted
 * @name: the file's name for messages
 *
 * Takes the board out of an SVG that storm_svg_export() made. Entities are not expanded, nothing
 * is loaded from elsewhere, and a board that was changed after it was written is refused.
 *
 * Returns: (transfer full): a new board, or %NULL with an error
 */
StormBoard *storm_svg_import        (const char  *data,
                                     gsize        len,
                                     const char  *name,
                                     GError     **error);

/** storm_board_text_import: a board from an SVG or from the text form, told by what it begins
 * with. */
StormBoard *storm_board_text_import (const char  *data,
                                     gsize        len,
                                     const char  *name,
                                     GError     **error);

G_END_DECLS
