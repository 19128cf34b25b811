#pragma once

#include "storm-board.h"
#include "storm-picture-export.h"

G_BEGIN_DECLS

/** storm_cli_picture_entries: the options of pictures. */
extern const GOptionEntry storm_cli_picture_entries[];

/** storm_cli_write_picture: @board, which was loaded from @board_path, by the options; says on
 * stderr when it became smaller than asked. */
gboolean storm_cli_write_picture (StormBoard          *board,
                                  const char          *board_path,
                                  StormPictureFormat   format,
                                  const char          *path,
                                  GError             **error);

G_END_DECLS
