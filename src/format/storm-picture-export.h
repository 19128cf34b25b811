#pragma once

#include <cairo.h>

#include "storm-output.h"
#include "storm-picture.h"
#include "storm-view-list.h"

G_BEGIN_DECLS

/**
 * SECTION:storm-picture-export
 *
 * Pictures of boards as files: PNG, SVG with the board in it, PDF. Any thread.
 */

typedef enum
{
  STORM_PICTURE_PNG,
  STORM_PICTURE_SVG,
  STORM_PICTURE_PDF,
  STORM_N_PICTURE_FORMATS
} StormPictureFormat;

/** StormPaper: a PDF's page; fitted to the board, or a sheet in the direction that fits better. */
typedef enum
{
  STORM_PAPER_FITTED,
  STORM_PAPER_A4,
  STORM_PAPER_A3,
  STORM_PAPER_LETTER,
  STORM_N_PAPERS
} StormPaper;

/** STORM_PICTURE_MIN_SCALE, _MAX_SCALE: pixels a board unit. */
#define STORM_PICTURE_MIN_SCALE .05
#define STORM_PICTURE_MAX_SCALE 8.0
/** STORM_PICTURE_MAX_SIDE: what cairo can do, in pixels. */
#define STORM_PICTURE_MAX_SIDE 32767
/** STORM_PICTURE_MAX_PIXELS: 512 MiB of memory. */
#define STORM_PICTURE_MAX_PIXELS (128 * 1024 * 1024)

/**
 * StormPictureOptions:
 * @palette: of the stickies
 * @transparent: no paper below the board
 * @scale: of PNG: pixels a board unit; 0 is 1
 * @paper: of PDF
 * @views: (nullable) (element-type StormView): of PDF: a page for each of them, in place of one for
 *   the picture; not empty
 * @marked: (nullable): what is drawn in place of the picture, in board units: what a window shows
 *   of it while its events are watched
 * @family: (nullable): font families; %NULL for the system's
 * @board_text: (nullable): of SVG: the text form that is put into it
 * @progress: (nullable): in the thread that exports
 */
typedef struct
{
  StormPalette          palette;
  gboolean              dark;
  gboolean              transparent;
  double                scale;
  StormPaper            paper;
  GPtrArray            *views;
  cairo_surface_t      *marked;
  const char           *family;
  const char           *board_text;
  GCancellable         *cancellable;
  StormPictureProgress  progress;
  gpointer              progress_data;
} StormPictureOptions;

/** storm_picture_format_suffix: ".png". */
const char *storm_picture_format_suffix    (StormPictureFormat         format);
/** storm_picture_format_from_name: by the name's ending, in any case. */
gboolean    storm_picture_format_from_name (const char                *name,
                                            StormPictureFormat        *out);
/** storm_paper_nick: "fitted", "a4". */
const char *storm_paper_nick               (StormPaper                 paper);
gboolean    storm_paper_from_nick          (const char                *nick,
                                            StormPaper                *out);

/** storm_picture_board_text: (transfer full): the text form of what @picture shows of @board. Main
 * thread. */
char       *storm_picture_board_text       (StormPicture              *picture,
                                            StormBoard                *board);

/**
 * storm_picture_export:
 * @notice: (out) (optional) (nullable) (transfer full): a sentence when it had to be made smaller
 *   than asked for
 *
 * Writes the picture to @path, which is there whole afterwards, or as it was before.
 */
gboolean    storm_picture_export           (StormPicture              *picture,
                                            StormPictureFormat         format,
                                            const StormPictureOptions *options,
                                            const char                *path,
                                            char                     **notice,
                                            GError                   **error);
/** storm_picture_export_bytes: (transfer full): the same, into memory. */
GBytes     *storm_picture_export_bytes     (StormPicture              *picture,
                                            StormPictureFormat         format,
                                            const StormPictureOptions *options,
                                            char                     **notice,
                                            GError                   **error);

/* The formats, one file each. They may leave @output unfinished when they fail. */
gboolean    storm_png_export               (StormPicture              *picture,
                                            const StormPictureOptions *options,
                                            StormOutput               *output,
                                            char                     **notice,
                                            GError                   **error);
gboolean    storm_svg_export               (StormPicture              *picture,
                                            const StormPictureOptions *options,
                                            StormOutput               *output,
                                            char                     **notice,
                                            GError                   **error);
gboolean    storm_pdf_export               (StormPicture              *picture,
                                            const StormPictureOptions *options,
                                            StormOutput               *output,
                                            char                     **notice,
                                            GError                   **error);

G_END_DECLS
