#pragma once

#include <gtk/gtk.h>

#include "storm-picture-export.h"

G_BEGIN_DECLS

/**
 * SECTION:storm-picture-job
 *
 * Exports of pictures in a thread of their own, from what was on the board when they began.
 */

/**
 * StormPictureRequest:
 * @options: palette, scale and so on; texts, cancellable and progress are the job's. Its views are
 *   not changed any more.
 * @family: (nullable): of the fonts
 * @path: (nullable): %NULL for memory
 */
typedef struct
{
  StormPictureFormat   format;
  StormPictureOptions  options;
  char                *family;
  char                *path;
} StormPictureRequest;

/**
 * storm_picture_job_run_async:
 * @picture: what is drawn
 * @board: it was taken from
 * @progress: (nullable): gets how much is done, of 1000; atomic, must live until the end
 *
 * Copies all that it needs. Main thread.
 */
void      storm_picture_job_run_async  (StormPicture              *picture,
                                        StormBoard                *board,
                                        const StormPictureRequest *request,
                                        int                       *progress,
                                        GCancellable              *cancellable,
                                        GAsyncReadyCallback        callback,
                                        gpointer                   user_data);
/**
 * storm_picture_job_run_finish:
 * @bytes: (out) (optional) (nullable) (transfer full): without a path
 * @notice: (out) (nullable) (transfer full): a sentence when it became smaller than asked for
 */
gboolean  storm_picture_job_run_finish (GAsyncResult              *result,
                                        GBytes                   **bytes,
                                        char                     **notice,
                                        GError                   **error);

/** storm_picture_job_get_family: (transfer none) (nullable): the fonts of @widget. */
const char *storm_picture_job_get_family (GtkWidget *widget);

G_END_DECLS
