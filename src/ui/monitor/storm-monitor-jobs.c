#include "config.h"

/* What takes a while and runs beside the watching: keeping a recording, exporting. */

#include "storm-monitor-controller-private.h"

#include <glib/gi18n-lib.h>

#include "storm-error.h"
#include "storm-jsonl-writer.h"

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (StormMonitorController) self = data;
  g_autoptr (GError) error = NULL;

  storm_monitor_controller_add_job (self, -1);
  if (storm_capture_keep_finish (STORM_CAPTURE (object), result, &error) < 0)
    storm_monitor_controller_fail (self, error);
  else
    storm_monitor_controller_done (self, _("The recording is in the board now"));
}

static gboolean
check_capture (StormMonitorController *self)
{
  g_autoptr (GError) error = NULL;

  if (self->capture != NULL && storm_event_log_get_n (storm_monitor_get_log (self->monitor)) > 0)
    return TRUE;
  g_set_error_literal (&error, STORM_ERROR, STORM_ERROR_NOT_FOUND,
                       _("There are no recorded events. Watch something first."));
  storm_monitor_controller_fail (self, error);
  return FALSE;
}

void
storm_monitor_controller_keep_recording (StormMonitorController *self,
                                         const char             *title)
{
  g_return_if_fail (STORM_IS_MONITOR_CONTROLLER (self));
  g_return_if_fail (title != NULL);

  if (!check_capture (self))
    return;
  storm_monitor_controller_add_job (self, 1);
  storm_capture_keep_async (self->capture, self->file, title, NULL, kept_cb, g_object_ref (self));
}

typedef struct
{
  StormRecordReader *reader;
  GFile             *file;
} ExportJob;

static void
export_job_free (gpointer data)
{
  ExportJob *job = data;

  g_clear_object (&job->reader);
  g_clear_object (&job->file);
  g_free (job);
}

static void
export_thread (GTask        *task,
               gpointer      source_object,
               gpointer      data,
               GCancellable *cancellable)
{
  ExportJob *job = data;
  GError *error = NULL;

  if (storm_jsonl_export (job->reader, job->file, NULL, NULL, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
exported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (StormMonitorController) self = data;
  g_autoptr (GError) error = NULL;

  storm_monitor_controller_add_job (self, -1);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    storm_monitor_controller_fail (self, error);
  else
    storm_monitor_controller_done (self, _("The events were exported"));
}

void
storm_monitor_controller_export (StormMonitorController *self,
                                 GFile                  *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormRecordReader) reader = NULL;
  g_autoptr (GTask) task = NULL;
  ExportJob *job;

  g_return_if_fail (STORM_IS_MONITOR_CONTROLLER (self));
  g_return_if_fail (G_IS_FILE (file));

  if (!check_capture (self))
    return;
  if (!storm_capture_flush (self->capture, &error) ||
      (reader = storm_capture_open_reader (self->capture, &error)) == NULL)
    {
      storm_monitor_controller_fail (self, error);
      return;
    }
  job = g_new0 (ExportJob, 1);
  job->reader = g_steal_pointer (&reader);
  job->file = g_object_ref (file);
  storm_monitor_controller_add_job (self, 1);
  /* Without a source object: the thread's last reference must not be the controller's. */
  task = g_task_new (NULL, NULL, exported_cb, g_object_ref (self));
  g_task_set_task_data (task, job, export_job_free);
  g_task_run_in_thread (task, export_thread);
}
