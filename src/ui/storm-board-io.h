#pragma once

#include <gio/gio.h>

#include "storm-board-file.h"
#include "storm-library.h"
#include "storm-samples.h"

G_BEGIN_DECLS

/**
 * SECTION:storm-board-io
 *
 * Boards on their way in and out of the library: between store and format, which don't know each
 * other.
 */

/** storm_board_io_is_text_form: by its name, which is all that a file chooser asks for too. */
gboolean    storm_board_io_is_text_form   (GFile             *file);

/** storm_board_io_load_text: (transfer full): the board of a text form, or of an SVG with one. */
StormBoard *storm_board_io_load_text      (GFile             *file,
                                           GError           **error);
gboolean    storm_board_io_export_text    (StormBoard        *board,
                                           GFile             *file,
                                           GError           **error);

/** storm_board_io_import: (transfer full): the path of a new board in the library. */
char       *storm_board_io_import         (StormLibrary      *library,
                                           GFile             *file,
                                           GError           **error);
/** storm_board_io_create: (transfer full): the path of a new, empty board in the library. */
char       *storm_board_io_create         (StormLibrary      *library,
                                           GError           **error);
/** storm_board_io_create_tour: (transfer full): the path of a new board that explains itself. */
char       *storm_board_io_create_tour    (StormLibrary      *library,
                                           GError           **error);
/** storm_board_io_create_sample: (transfer full): the path of a new copy of a sample. */
char       *storm_board_io_create_sample  (StormLibrary      *library,
                                           const StormSample *sample,
                                           GError           **error);
/**
 * storm_board_io_ensure_demo:
 *
 * Returns: (transfer full): the path of the demo's board, which is made once and then kept, with
 *   what people changed on it
 */
char       *storm_board_io_ensure_demo    (StormLibrary      *library,
                                           GError           **error);

/** storm_board_io_copy: copies the board at @path, open or not, to @destination. */
gboolean    storm_board_io_copy           (const char        *path,
                                           GFile             *destination,
                                           GError           **error);

G_END_DECLS
