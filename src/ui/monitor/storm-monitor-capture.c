#include "config.h"

#include "storm-monitor-controller-private.h"

/* Of payloads in memory when there is no disk for them. */
#define BUDGET_WITHOUT_CAPTURE (256 * 1024 * 1024)

static void
capture_spooled_cb (StormMonitorController *self,
                    guint                   n_rows)
{
  if (self->capturing)
    storm_event_log_set_spooled (storm_monitor_get_log (self->monitor), n_rows);
}

static gboolean
read_nothing (guint32          row,
              StormRecordView *view,
              gpointer         user_data)
{
  return FALSE;
}

/* Nothing is written any more: the events go on, and of their payloads the newest stay. Keeping all
 * of them would fill the memory instead of the disk. */
static void
watch_without_capture (StormMonitorController *self)
{
  StormEventLog *log = storm_monitor_get_log (self->monitor);

  storm_event_log_set_budget (log, BUDGET_WITHOUT_CAPTURE);
  storm_event_log_set_spooled (log, G_MAXUINT32);
}

static void
capture_failed_cb (StormMonitorController *self,
                   GError                 *error)
{
  storm_monitor_controller_set_capturing (self, FALSE);
  watch_without_capture (self);
  storm_monitor_controller_fail (self, error);
}

static void
log_appended_cb (StormMonitorController *self,
                 guint                   first_row)
{
  if (self->capture != NULL && self->capturing && self->current != NULL)
    storm_capture_append (self->capture, self->current, first_row);
}

void
storm_monitor_controller_follow_log (StormMonitorController *self)
{
  g_signal_connect_object (storm_monitor_get_log (self->monitor), "appended",
                           G_CALLBACK (log_appended_cb), self, G_CONNECT_SWAPPED);
}

void
storm_monitor_controller_start_capture (StormMonitorController *self)
{
  g_autoptr (GError) error = NULL;

  self->capture = storm_capture_new (NULL, &error);
  if (self->capture == NULL)
    {
      storm_event_log_set_reader (storm_monitor_get_log (self->monitor), read_nothing, NULL, NULL);
      watch_without_capture (self);
      storm_monitor_controller_fail (self, error);
      return;
    }
  storm_event_log_set_budget (storm_monitor_get_log (self->monitor), STORM_EVENT_LOG_BUDGET);
  g_signal_connect_object (self->capture, "spooled", G_CALLBACK (capture_spooled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->capture, "failed", G_CALLBACK (capture_failed_cb), self,
                           G_CONNECT_SWAPPED);
  storm_event_log_set_reader (storm_monitor_get_log (self->monitor), storm_capture_read,
                              g_object_ref (self->capture), g_object_unref);
  storm_monitor_controller_set_capturing (self, TRUE);
}

void
storm_monitor_controller_stop_capture (StormMonitorController *self)
{
  if (self->capture == NULL)
    return;
  storm_event_log_set_reader (storm_monitor_get_log (self->monitor), NULL, NULL, NULL);
  g_signal_handlers_disconnect_by_data (self->capture, self);
  g_clear_object (&self->capture);
  storm_monitor_controller_set_capturing (self, FALSE);
}
