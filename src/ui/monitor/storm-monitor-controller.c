#include "config.h"

#include "storm-monitor-controller-private.h"

#include <glib/gi18n-lib.h>

#include "storm-batch-queue.h"
#include "storm-board-mapping.h"
#include "storm-error.h"
#include "storm-replay-source.h"

/* How much of a frame the monitor may take for itself, in µs. */
#define FRAME_BUDGET 4000
/* While more events come with each frame than anybody can read, the lists follow so often, in µs:
 * that all visible rows become others costs more than a frame has. The board goes with each
 * frame. */
#define FEW_EVENTS 16
#define SHOW_EVERY 400000
#define QUEUE_BYTES (64 * 1024 * 1024)
/* Of payloads in memory when there is no disk for them. */
#define BUDGET_WITHOUT_CAPTURE (256 * 1024 * 1024)
/* How long edits of the board may go on before events are read again, in ms. */
#define MAPPING_DELAY 250
/* Events of each type whose fields are looked at again when the mapping has changed. */
#define DRIFT_SAMPLES 20

enum
{
  PROP_0,
  PROP_SOURCE,
  PROP_STATE,
  PROP_STATUS,
  PROP_CAPTURING,
  PROP_BUSY,
  PROP_PAUSED,
  N_PROPS
};

enum
{
  FAILED,
  DONE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormMonitorController, storm_monitor_controller, G_TYPE_OBJECT)

static void
set_capturing (StormMonitorController *self,
               gboolean                capturing)
{
  if (self->capturing == capturing)
    return;
  self->capturing = capturing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAPTURING]);
}

void
storm_monitor_controller_add_job (StormMonitorController *self,
                                  int                     delta)
{
  self->n_jobs += delta;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

void
storm_monitor_controller_fail (StormMonitorController *self,
                               GError                 *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

void
storm_monitor_controller_done (StormMonitorController *self,
                               const char             *words)
{
  g_signal_emit (self, signals[DONE], 0, words);
}

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
  set_capturing (self, FALSE);
  watch_without_capture (self);
  storm_monitor_controller_fail (self, error);
}

static void
start_capture (StormMonitorController *self)
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
  set_capturing (self, TRUE);
}

static void
stop_capture (StormMonitorController *self)
{
  if (self->capture == NULL)
    return;
  storm_event_log_set_reader (storm_monitor_get_log (self->monitor), NULL, NULL, NULL);
  g_signal_handlers_disconnect_by_data (self->capture, self);
  g_clear_object (&self->capture);
  set_capturing (self, FALSE);
}

static void
log_appended_cb (StormMonitorController *self,
                 guint                   first_row)
{
  if (self->capture != NULL && self->capturing && self->current != NULL)
    storm_capture_append (self->capture, self->current, first_row);
}

static void
show (StormMonitorController *self)
{
  self->n_shown = storm_event_log_get_n (storm_monitor_get_log (self->monitor));
  self->shown = g_get_monotonic_time ();
  storm_monitor_flush (self->monitor);
}

/* Whether what was taken waits for a later frame to be listed. */
static gboolean
show_in_time (StormMonitorController *self,
              gboolean                any)
{
  guint32 n = storm_event_log_get_n (storm_monitor_get_log (self->monitor));
  guint32 n_new = n > self->n_shown ? n - self->n_shown : 0;

  if (n_new > FEW_EVENTS && g_get_monotonic_time () - self->shown < SHOW_EVERY)
    {
      if (any)
        storm_monitor_flush_board (self->monitor);
      return TRUE;
    }
  if (any || n_new > 0)
    show (self);
  return FALSE;
}

/* Takes batches for as long as a frame can bear. Returns whether there may be more. */
static gboolean
drain_cb (gpointer data)
{
  StormMonitorController *self = data;
  gint64 end = g_get_monotonic_time () + FRAME_BUDGET;
  gboolean empty = FALSE;
  gboolean any = FALSE;
  gboolean waiting;

  if (self->paused || self->queue == NULL)
    return FALSE;

  do
    {
      self->current = storm_batch_queue_pop (self->queue);
      if (self->current == NULL)
        empty = TRUE;
      else
        {
          storm_monitor_take (self->monitor, self->current);
          any = TRUE;
        }
      g_clear_pointer (&self->current, storm_batch_unref);
    }
  while (!empty && g_get_monotonic_time () < end);

  waiting = show_in_time (self, any);
  return !empty || waiting;
}

static void
queue_ready_cb (StormBatchQueue *queue,
                gpointer         data)
{
  StormMonitorController *self = data;

  if (queue == self->queue)
    storm_frame_pump_start (self->pump);
}

static void
set_paused (StormMonitorController *self,
            gboolean                paused)
{
  if (self->paused == paused)
    return;
  self->paused = paused;
  if (paused)
    show (self);
  if (!paused && self->queue != NULL)
    storm_frame_pump_start (self->pump);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
}

static gboolean
second_cb (gpointer data)
{
  StormMonitorController *self = data;

  /* In a flood the lists were brought up to date just now. */
  if (!self->paused && g_get_monotonic_time () - self->shown >= SHOW_EVERY)
    storm_monitor_tick (self->monitor);
  storm_field_drift_tick (self->drift);
  return G_SOURCE_CONTINUE;
}

static void
remapped_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (StormMonitorController) self = data;
  g_autoptr (GError) error = NULL;

  if (!storm_event_log_remap_finish (STORM_EVENT_LOG (object), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_error_matches (error, STORM_ERROR, STORM_ERROR_CANCELLED))
    storm_monitor_controller_fail (self, error);
  if (error == NULL && self->drift != NULL)
    {
      storm_field_drift_set_mapping (self->drift, self->mapping);
      storm_field_drift_look_back (self->drift, DRIFT_SAMPLES);
    }
}

/* The board's profile, or a correlation flag on a sticky, may have changed. */
static gboolean
update_mapping_cb (gpointer data)
{
  StormMonitorController *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StormMapping) mapping = NULL;

  self->mapping_id = 0;
  mapping = storm_board_mapping_new (storm_board_file_get_board (self->file), &error);
  if (mapping == NULL)
    {
      storm_monitor_controller_fail (self, error);
      return G_SOURCE_REMOVE;
    }
  if (storm_mapping_equal (mapping, self->mapping))
    return G_SOURCE_REMOVE;

  g_clear_pointer (&self->mapping, storm_mapping_unref);
  self->mapping = g_steal_pointer (&mapping);
  if (self->source != NULL)
    storm_source_set_mapping (self->source, self->mapping);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  storm_event_log_remap_async (storm_monitor_get_log (self->monitor), self->mapping,
                               self->cancellable, remapped_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
queue_mapping (StormMonitorController *self)
{
  if (self->mapping_id == 0)
    self->mapping_id = g_timeout_add (MAPPING_DELAY, update_mapping_cb, self);
}

static void
object_changed_cb (StormMonitorController *self,
                   StormObject            *object,
                   guint                   props)
{
  if (STORM_IS_STICKY (object) && (props & (STORM_PROP_FIELDS | STORM_PROP_ALIASES |
                                            STORM_PROP_TITLE | STORM_PROP_KIND)) != 0)
    queue_mapping (self);
  /* Also when nothing is being watched any more. */
  if (STORM_IS_STICKY (object) && (props & STORM_PROP_FIELDS) != 0)
    storm_field_drift_tick (self->drift);
}

static void
object_listed_cb (StormMonitorController *self,
                  StormObject            *object)
{
  if (STORM_IS_STICKY (object) && storm_sticky_get_fields (STORM_STICKY (object))->len > 0)
    queue_mapping (self);
}

static void
drift_changed_cb (StormMonitorController *self)
{
  g_autoptr (GPtrArray) ids = storm_field_drift_get_ids (self->drift);

  storm_overlay_set_field_marks (storm_monitor_get_overlay (self->monitor), ids);
}

static void
source_notify_cb (StormMonitorController *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

static StormSourceState
get_state (StormMonitorController *self)
{
  return self->source == NULL ? STORM_SOURCE_IDLE : storm_source_get_state (self->source);
}

static char *
dup_status (StormMonitorController *self)
{
  if (self->source == NULL)
    return g_strdup (_("Nothing is being watched"));
  return storm_source_dup_status (self->source);
}

static void
storm_monitor_controller_dispose (GObject *object)
{
  StormMonitorController *self = STORM_MONITOR_CONTROLLER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->second_id, g_source_remove);
  g_clear_handle_id (&self->mapping_id, g_source_remove);
  if (self->source != NULL)
    storm_monitor_controller_stop (self);
  g_clear_object (&self->source);
  if (self->queue != NULL)
    storm_batch_queue_close (self->queue);
  g_clear_pointer (&self->queue, storm_batch_queue_unref);
  if (self->monitor != NULL)
    stop_capture (self);
  g_clear_object (&self->drift);
  g_clear_pointer (&self->mapping, storm_mapping_unref);
  g_clear_object (&self->monitor);
  g_clear_object (&self->file);
  g_clear_pointer (&self->pump, storm_frame_pump_free);

  G_OBJECT_CLASS (storm_monitor_controller_parent_class)->dispose (object);
}

static void
storm_monitor_controller_get_property (GObject    *object,
                                       guint       prop_id,
                                       GValue     *value,
                                       GParamSpec *pspec)
{
  StormMonitorController *self = STORM_MONITOR_CONTROLLER (object);

  switch (prop_id)
    {
    case PROP_SOURCE:
      g_value_set_object (value, self->source);
      break;
    case PROP_STATE:
      g_value_set_int (value, get_state (self));
      break;
    case PROP_STATUS:
      g_value_take_string (value, dup_status (self));
      break;
    case PROP_CAPTURING:
      g_value_set_boolean (value, self->capturing);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->n_jobs > 0);
      break;
    case PROP_PAUSED:
      g_value_set_boolean (value, self->paused);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
storm_monitor_controller_set_property (GObject      *object,
                                       guint         prop_id,
                                       const GValue *value,
                                       GParamSpec   *pspec)
{
  StormMonitorController *self = STORM_MONITOR_CONTROLLER (object);

  switch (prop_id)
    {
    case PROP_PAUSED:
      set_paused (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
storm_monitor_controller_class_init (StormMonitorControllerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = storm_monitor_controller_dispose;
  object_class->get_property = storm_monitor_controller_get_property;
  object_class->set_property = storm_monitor_controller_set_property;

  properties[PROP_SOURCE] =
    g_param_spec_object ("source", NULL, NULL, STORM_TYPE_SOURCE,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] =
    g_param_spec_int ("state", NULL, NULL, STORM_SOURCE_IDLE, STORM_SOURCE_STOPPED,
                      STORM_SOURCE_IDLE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATUS] =
    g_param_spec_string ("status", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAPTURING] =
    g_param_spec_boolean ("capturing", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BUSY] =
    g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PAUSED] =
    g_param_spec_boolean ("paused", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
storm_monitor_controller_init (StormMonitorController *self)
{
}

StormMonitorController *
storm_monitor_controller_new (StormBoardFile *file,
                              GtkWidget      *widget)
{
  StormMonitorController *self;
  StormBoard *board;

  g_return_val_if_fail (STORM_IS_BOARD_FILE (file), NULL);

  self = g_object_new (STORM_TYPE_MONITOR_CONTROLLER, NULL);
  board = storm_board_file_get_board (file);
  self->file = g_object_ref (file);
  self->monitor = storm_monitor_new (board);
  self->mapping = storm_mapping_new_default ();
  self->drift = storm_field_drift_new (board, storm_monitor_get_log (self->monitor),
                                       storm_monitor_get_matcher (self->monitor));
  storm_field_drift_set_mapping (self->drift, self->mapping);
  g_signal_connect_object (self->drift, "changed", G_CALLBACK (drift_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->pump = storm_frame_pump_new (widget, drain_cb, self);
  g_signal_connect_object (storm_monitor_get_log (self->monitor), "appended",
                           G_CALLBACK (log_appended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "notify::mapping", G_CALLBACK (queue_mapping), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "object-changed", G_CALLBACK (object_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "object-added", G_CALLBACK (object_listed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "object-removed", G_CALLBACK (object_listed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

StormMonitor *
storm_monitor_controller_get_monitor (StormMonitorController *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (self), NULL);

  return self->monitor;
}

StormBoardFile *
storm_monitor_controller_get_file (StormMonitorController *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (self), NULL);

  return self->file;
}

StormFieldDrift *
storm_monitor_controller_get_drift (StormMonitorController *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (self), NULL);

  return self->drift;
}

StormMapping *
storm_monitor_controller_get_mapping (StormMonitorController *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (self), NULL);

  return self->mapping;
}

StormSource *
storm_monitor_controller_get_source (StormMonitorController *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (self), NULL);

  return self->source;
}

void
storm_monitor_controller_watch (StormMonitorController *self,
                                StormSource            *source)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormMapping) mapping = NULL;

  g_return_if_fail (STORM_IS_MONITOR_CONTROLLER (self));
  g_return_if_fail (STORM_IS_SOURCE (source));

  storm_monitor_controller_stop (self);
  storm_monitor_controller_clear (self);
  /* Who asks for something new wants to see it. */
  set_paused (self, FALSE);

  mapping = storm_board_mapping_new (storm_board_file_get_board (self->file), &error);
  if (mapping == NULL)
    {
      storm_monitor_controller_fail (self, error);
      mapping = storm_mapping_new_default ();
    }
  g_clear_pointer (&self->mapping, storm_mapping_unref);
  self->mapping = g_steal_pointer (&mapping);
  storm_field_drift_set_mapping (self->drift, self->mapping);

  /* In a recording it is as late as its last event. */
  storm_conformance_set_clock (storm_monitor_get_conformance (self->monitor),
                               STORM_IS_REPLAY_SOURCE (source) ? STORM_CLOCK_EVENTS
                                                               : STORM_CLOCK_WALL,
                               STORM_TIME_NONE);
  self->queue = storm_batch_queue_new (QUEUE_BYTES, queue_ready_cb, self);
  g_set_object (&self->source, source);
  g_signal_connect_object (source, "notify::state", G_CALLBACK (source_notify_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "notify::status", G_CALLBACK (source_notify_cb), self,
                           G_CONNECT_SWAPPED);
  self->second_id = g_timeout_add (500, second_cb, self);
  storm_source_start (source, self->queue, storm_monitor_get_strings (self->monitor),
                      self->mapping);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SOURCE]);
  source_notify_cb (self);
}

void
storm_monitor_controller_stop (StormMonitorController *self)
{
  g_return_if_fail (STORM_IS_MONITOR_CONTROLLER (self));

  if (self->source == NULL)
    return;
  storm_frame_pump_stop (self->pump);
  show (self);
  g_clear_handle_id (&self->second_id, g_source_remove);
  storm_batch_queue_close (self->queue);
  g_clear_pointer (&self->queue, storm_batch_queue_unref);
  g_signal_handlers_disconnect_by_data (self->source, self);
  storm_source_stop (self->source);
  g_clear_object (&self->source);
  set_paused (self, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SOURCE]);
  source_notify_cb (self);
}

void
storm_monitor_controller_clear (StormMonitorController *self)
{
  g_return_if_fail (STORM_IS_MONITOR_CONTROLLER (self));

  g_cancellable_cancel (self->cancellable);
  stop_capture (self);
  storm_monitor_clear (self->monitor);
  start_capture (self);
}
