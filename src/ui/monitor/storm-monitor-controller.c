#include "config.h"

#include "storm-monitor-controller-private.h"

#include <glib/gi18n-lib.h>

#include "storm-batch-queue.h"
#include "storm-memory.h"
#include "storm-replay-source.h"

/* How much of a frame the monitor may take for itself, in µs. */
#define FRAME_BUDGET 4000
/* While more events come with each frame than anybody can read, the lists follow so often, in µs:
 * that all visible rows become others costs more than a frame has. The board goes with each
 * frame. */
#define FEW_EVENTS 16
#define SHOW_EVERY 400000
#define QUEUE_BYTES (64 * 1024 * 1024)
/* What is watched is remembered until it is cleared. A window that took all of the memory would be
 * ended by the system, with all that it knows. */
#define MEMORY_SHARE .6
#define CHECK_MEMORY_EVERY 10000

enum
{
  PROP_0,
  PROP_SOURCE,
  PROP_STATE,
  PROP_STATUS,
  PROP_CAPTURING,
  PROP_BUSY,
  PROP_PAUSED,
  PROP_COMPARISON,
  N_PROPS
};

enum
{
  FAILED,
  DONE,
  COMPARE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormMonitorController, storm_monitor_controller, G_TYPE_OBJECT)

void
storm_monitor_controller_set_capturing (StormMonitorController *self,
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

static void
set_paused (StormMonitorController *self,
            gboolean                paused)
{
  if (self->paused == paused)
    return;
  self->paused = paused;
  self->memory_full &= paused;
  if (paused)
    show (self);
  if (!paused && self->queue != NULL)
    storm_frame_pump_start (self->pump);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
}

static gboolean
is_memory_full (StormMonitorController *self)
{
  guint32 n = storm_event_log_get_n (storm_monitor_get_log (self->monitor));

  /* It was cleared. */
  if (n < self->n_checked)
    self->n_checked = 0;
  if (n - self->n_checked < CHECK_MEMORY_EVERY)
    return FALSE;
  if (storm_memory_get_share () >= self->memory_share)
    return TRUE;
  self->n_checked = n;
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
  if (is_memory_full (self))
    {
      /* What is in the queue stays there, and the source waits. */
      self->memory_full = TRUE;
      set_paused (self, TRUE);
      return FALSE;
    }

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
  while (!empty && !is_memory_full (self) && g_get_monotonic_time () < end);

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
source_notify_cb (StormMonitorController *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

static StormSourceState
get_state (StormMonitorController *self)
{
  return self->source == NULL ? STORM_SOURCE_IDLE
                              : storm_source_get_state (STORM_SOURCE (self->source));
}

static char *
dup_status (StormMonitorController *self)
{
  if (self->source == NULL)
    return g_strdup (_("Nothing is being watched"));
  return storm_source_dup_status (STORM_SOURCE (self->source));
}

static void
storm_monitor_controller_dispose (GObject *object)
{
  StormMonitorController *self = STORM_MONITOR_CONTROLLER (object);

  storm_monitor_controller_end_mapping (self);
  g_clear_handle_id (&self->second_id, g_source_remove);
  if (self->source != NULL)
    storm_monitor_controller_stop (self);
  g_clear_object (&self->source);
  if (self->queue != NULL)
    storm_batch_queue_close (self->queue);
  g_clear_pointer (&self->queue, storm_batch_queue_unref);
  if (self->monitor != NULL)
    storm_monitor_controller_stop_capture (self);
  g_clear_object (&self->marker);
  g_clear_object (&self->comparison);
  g_clear_object (&self->drift);
  g_clear_object (&self->times);
  g_clear_object (&self->clocks);
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
    case PROP_COMPARISON:
      g_value_set_object (value, self->comparison);
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
  properties[PROP_COMPARISON] =
    g_param_spec_object ("comparison", NULL, NULL, STORM_TYPE_COMPARISON,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[COMPARE] = g_signal_new ("compare", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING,
                                   G_TYPE_BOOLEAN);
}

static void
storm_monitor_controller_init (StormMonitorController *self)
{
  self->memory_share = MEMORY_SHARE;
}

StormMonitorController *
storm_monitor_controller_new (StormBoardFile *file,
                              GtkWidget      *widget)
{
  StormMonitorController *self;

  g_return_val_if_fail (STORM_IS_BOARD_FILE (file), NULL);

  self = g_object_new (STORM_TYPE_MONITOR_CONTROLLER, NULL);
  self->file = g_object_ref (file);
  self->monitor = storm_monitor_new (storm_board_file_get_board (file));
  self->marker = storm_trace_marker_new (self->monitor);
  self->times = storm_flow_times_new (self->monitor);
  self->clocks = storm_clocks_new (self->monitor);
  self->pump = storm_frame_pump_new (widget, drain_cb, self);
  storm_monitor_controller_follow_log (self);
  storm_monitor_controller_follow_board (self);
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

StormFlowTimes *
storm_monitor_controller_get_times (StormMonitorController *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (self), NULL);

  return self->times;
}

StormClocks *
storm_monitor_controller_get_clocks (StormMonitorController *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (self), NULL);

  return self->clocks;
}

StormMapping *
storm_monitor_controller_get_mapping (StormMonitorController *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (self), NULL);

  return self->mapping;
}

StormMultiSource *
storm_monitor_controller_get_source (StormMonitorController *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (self), NULL);

  return self->source;
}

/* In a recording it is as late as its last event. */
static void
set_clock (StormMonitorController *self)
{
  gboolean all_recorded = TRUE;

  for (guint i = 0; i < storm_multi_source_get_n (self->source); i++)
    all_recorded &= STORM_IS_REPLAY_SOURCE (storm_multi_source_get (self->source, i));
  storm_conformance_set_clock (storm_monitor_get_conformance (self->monitor),
                               all_recorded ? STORM_CLOCK_EVENTS : STORM_CLOCK_WALL,
                               STORM_TIME_NONE);
}

static void
sources_changed_cb (StormMonitorController *self)
{
  set_clock (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SOURCE]);
}

void
storm_monitor_controller_watch (StormMonitorController *self,
                                StormSource            *source)
{
  g_return_if_fail (STORM_IS_MONITOR_CONTROLLER (self));
  g_return_if_fail (STORM_IS_SOURCE (source));

  storm_monitor_controller_stop (self);
  storm_monitor_controller_clear (self);
  /* Who asks for something new wants to see it. */
  set_paused (self, FALSE);

  storm_monitor_controller_read_mapping (self);

  self->queue = storm_batch_queue_new (QUEUE_BYTES, queue_ready_cb, self);
  self->source = storm_multi_source_new ();
  storm_multi_source_add (self->source, source);
  set_clock (self);
  g_signal_connect_object (self->source, "changed", G_CALLBACK (sources_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->source, "notify::state", G_CALLBACK (source_notify_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->source, "notify::status", G_CALLBACK (source_notify_cb), self,
                           G_CONNECT_SWAPPED);
  self->second_id = g_timeout_add (500, second_cb, self);
  storm_source_start (STORM_SOURCE (self->source), self->queue,
                      storm_monitor_get_strings (self->monitor), self->mapping);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SOURCE]);
  source_notify_cb (self);
}

void
storm_monitor_controller_add (StormMonitorController *self,
                              StormSource            *source)
{
  g_return_if_fail (STORM_IS_MONITOR_CONTROLLER (self));
  g_return_if_fail (STORM_IS_SOURCE (source));

  if (self->source == NULL)
    {
      storm_monitor_controller_watch (self, source);
      return;
    }
  set_paused (self, FALSE);
  storm_multi_source_add (self->source, source);
}

void
storm_monitor_controller_remove (StormMonitorController *self,
                                 StormSource            *source)
{
  g_return_if_fail (STORM_IS_MONITOR_CONTROLLER (self));
  g_return_if_fail (STORM_IS_SOURCE (source));

  if (self->source == NULL)
    return;
  if (storm_multi_source_get_n (self->source) == 1 &&
      storm_multi_source_get (self->source, 0) == source)
    storm_monitor_controller_stop (self);
  else
    storm_multi_source_remove (self->source, source);
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
  storm_source_stop (STORM_SOURCE (self->source));
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
  storm_monitor_controller_stop_capture (self);
  self->memory_full = FALSE;
  storm_monitor_clear (self->monitor);
  storm_monitor_controller_start_capture (self);
}

char *
storm_monitor_controller_dup_notice (StormMonitorController *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (self), NULL);

  if (!self->memory_full)
    return NULL;
  return g_strdup_printf (
    _("Paused at %'u events, because they nearly fill this computer's memory. Keep the "
      "recording if you need it, clear the events, and go on."),
    storm_event_log_get_n (storm_monitor_get_log (self->monitor)));
}

void
storm_monitor_controller_set_memory_share (StormMonitorController *self,
                                           double                  share)
{
  g_return_if_fail (STORM_IS_MONITOR_CONTROLLER (self));

  self->memory_share = share;
}

StormComparison *
storm_monitor_controller_get_comparison (StormMonitorController *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (self), NULL);

  return self->comparison;
}

void
storm_monitor_controller_set_comparison (StormMonitorController *self,
                                         StormComparison        *comparison)
{
  g_return_if_fail (STORM_IS_MONITOR_CONTROLLER (self));

  if (g_set_object (&self->comparison, comparison))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPARISON]);
}

void
storm_monitor_controller_compare (StormMonitorController *self,
                                  const char             *a,
                                  const char             *b,
                                  gboolean                recording)
{
  g_return_if_fail (STORM_IS_MONITOR_CONTROLLER (self));

  g_signal_emit (self, signals[COMPARE], 0, a, b, recording);
}
