#include "config.h"

#include "storm-picture-job.h"

typedef struct
{
  StormPicture        *picture;
  StormPictureRequest  request;
  char                *board_text;
  int                 *progress;
  GBytes              *bytes;
  char                *notice;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  storm_picture_unref (job->picture);
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_clear_pointer (&job->request.options.views, g_ptr_array_unref);
  g_clear_pointer (&job->request.options.marked, cairo_surface_destroy);
  g_free (job->request.family);
  g_free (job->request.path);
  g_free (job->board_text);
  g_free (job->notice);
  g_free (job);
}

static void
job_progress (double   done,
              gpointer data)
{
  Job *job = data;

  if (job->progress != NULL)
    g_atomic_int_set (job->progress, (int) (done * 1000));
}

static void
job_run (GTask        *task,
         gpointer      source,
         gpointer      data,
         GCancellable *cancellable)
{
  Job *job = data;
  StormPictureOptions options = job->request.options;
  GError *error = NULL;
  gboolean done;

  options.family = job->request.family;
  options.board_text = job->board_text;
  options.cancellable = cancellable;
  options.progress = job_progress;
  options.progress_data = job;
  if (job->request.path != NULL)
    {
      done = storm_picture_export (job->picture, job->request.format, &options, job->request.path,
                                   &job->notice, &error);
    }
  else
    {
      job->bytes = storm_picture_export_bytes (job->picture, job->request.format, &options,
                                               &job->notice, &error);
      done = job->bytes != NULL;
    }
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
storm_picture_job_run_async (StormPicture              *picture,
                             StormBoard                *board,
                             const StormPictureRequest *request,
                             int                       *progress,
                             GCancellable              *cancellable,
                             GAsyncReadyCallback        callback,
                             gpointer                   user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_return_if_fail (picture != NULL);
  g_return_if_fail (STORM_IS_BOARD (board));

  job->picture = storm_picture_ref (picture);
  job->request = *request;
  job->request.family = g_strdup (request->family);
  job->request.path = g_strdup (request->path);
  if (request->options.views != NULL)
    g_ptr_array_ref (request->options.views);
  if (request->options.marked != NULL)
    cairo_surface_reference (request->options.marked);
  if (request->format == STORM_PICTURE_SVG)
    job->board_text = storm_picture_board_text (picture, board);
  job->progress = progress;
  g_task_set_task_data (task, job, job_free);
  /* What was written to the end is told so, also when the cancelling came too late. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, job_run);
}

gboolean
storm_picture_job_run_finish (GAsyncResult  *result,
                              GBytes       **bytes,
                              char         **notice,
                              GError       **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  if (bytes != NULL)
    *bytes = g_steal_pointer (&job->bytes);
  *notice = g_steal_pointer (&job->notice);
  return TRUE;
}

const char *
storm_picture_job_get_family (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);

  return pango_font_description_get_family (pango_context_get_font_description (context));
}
