#pragma once

#include "storm-board-file.h"
#include "storm-canvas.h"

G_BEGIN_DECLS

/**
 * SECTION:storm-board-view
 *
 * What of the view a board file keeps: where the board was looked at, and its picture.
 */

/** storm_board_view_restore: once the canvas has a size: the kept view, else the whole board. */
void     storm_board_view_restore (StormBoardFile *file,
                                   StormCanvas    *canvas);
/** storm_board_view_keep_whole: what is all in view now, or will be at first, is so again after the
 * canvas got another size in the next frames. */
void     storm_board_view_keep_whole (StormBoardFile *file,
                                      StormCanvas    *canvas);
/** storm_board_view_keep: view and picture into the file. */
void     storm_board_view_keep    (StormBoardFile *file,
                                   StormCanvas    *canvas);

/** storm_board_view_parse: @text: from a file, not trusted: "x y zoom". */
gboolean storm_board_view_parse   (const char     *text,
                                   StormPoint     *center,
                                   double         *zoom);
char    *storm_board_view_print   (StormPoint      center,
                                   double          zoom);

G_END_DECLS
