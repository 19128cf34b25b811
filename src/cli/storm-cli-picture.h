#pragma once

#include "storm-board.h"
#include "storm-picture-export.h"

G_BEGIN_DECLS

/** storm_cli_picture_entries: the options of pictures. */
extern const GOptionEntry storm_cli_picture_entries[];

/** storm_cli_write_picture: by the options; says on stderr when it became smaller than asked. */
gboolean storm_cli_write_picture (StormBoard          *board,
                                  StormPictureFormat   format,
                                  const char          *path,
                                  GError             **error);

G_END_DECLS
