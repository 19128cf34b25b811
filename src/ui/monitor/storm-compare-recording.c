#include "config.h"

#include "storm-compare-recording.h"

#include "storm-replay-source.h"

/* How long a turn of the main loop may take, in µs. */
#define SLICE 4000
#define QUEUE_BYTES (16 * 1024 * 1024)

struct _StormCompareRecording
{
  GObject          parent_instance;

  char            *title;
  StormMonitor    *monitor;
  StormSource     *source;
  StormBatchQueue *queue;
  guint            drain_id;
  gboolean         loaded;
};

enum
{
  LOADED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormCompareRecording, storm_compare_recording, G_TYPE_OBJECT)

/* @state: of the source before the queue was found empty: after its end it brings nothing more. */
static void
check_end (StormCompareRecording *self,
           StormSourceState       state)
{
  g_autoptr (GError) error = NULL;

  if (self->loaded)
    return;
  if (state == STORM_SOURCE_FAILED)
    {
      g_object_get (self->source, "error", &error, NULL);
      if (error != NULL)
        g_signal_emit (self, signals[FAILED], 0, error);
    }
  else if (state == STORM_SOURCE_ENDED)
    {
      self->loaded = TRUE;
      g_signal_emit (self, signals[LOADED], 0);
    }
}

static gboolean
drain_cb (gpointer data)
{
  StormCompareRecording *self = data;
  StormSourceState state = storm_source_get_state (self->source);
  gint64 until = g_get_monotonic_time () + SLICE;
  gboolean empty = FALSE;

  while (!empty && g_get_monotonic_time () < until)
    {
      g_autoptr (StormBatch) batch = storm_batch_queue_pop (self->queue);

      if (batch != NULL)
        storm_monitor_take (self->monitor, batch);
      else
        empty = TRUE;
    }
  storm_monitor_flush (self->monitor);
  if (!empty)
    return G_SOURCE_CONTINUE;
  self->drain_id = 0;
  check_end (self, state);
  return G_SOURCE_REMOVE;
}

static void
start_draining (StormCompareRecording *self)
{
  if (self->drain_id == 0)
    self->drain_id = g_idle_add (drain_cb, self);
}

static void
ready_cb (StormBatchQueue *queue,
          gpointer         data)
{
  start_draining (data);
}

/* The state may be told before the last batch is. */
static void
state_cb (StormCompareRecording *self)
{
  start_draining (self);
}

static gboolean
read_nothing (guint32          row,
              StormRecordView *view,
              gpointer         data)
{
  return FALSE;
}

static void
storm_compare_recording_dispose (GObject *object)
{
  StormCompareRecording *self = STORM_COMPARE_RECORDING (object);

  g_clear_handle_id (&self->drain_id, g_source_remove);
  if (self->queue != NULL)
    storm_batch_queue_close (self->queue);
  g_clear_pointer (&self->queue, storm_batch_queue_unref);
  if (self->source != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->source, self);
      storm_source_stop (self->source);
    }
  g_clear_object (&self->source);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (storm_compare_recording_parent_class)->dispose (object);
}

static void
storm_compare_recording_class_init (StormCompareRecordingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = storm_compare_recording_dispose;

  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
storm_compare_recording_init (StormCompareRecording *self)
{
}

StormCompareRecording *
storm_compare_recording_new (StormBoard        *board,
                             StormMapping      *mapping,
                             StormRecordReader *reader,
                             const char        *title)
{
  StormCompareRecording *self;
  StormEventLog *log;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (mapping != NULL, NULL);
  g_return_val_if_fail (STORM_IS_RECORD_READER (reader), NULL);

  self = g_object_new (STORM_TYPE_COMPARE_RECORDING, NULL);
  self->title = g_strdup (title);
  self->monitor = storm_monitor_new (board);
  /* Nobody looks at payloads here: they may go at once. */
  log = storm_monitor_get_log (self->monitor);
  storm_event_log_set_reader (log, read_nothing, NULL, NULL);
  storm_event_log_set_spooled (log, G_MAXUINT32);
  storm_event_log_set_budget (log, 0);
  self->queue = storm_batch_queue_new (QUEUE_BYTES, ready_cb, self);
  self->source = storm_replay_source_new (reader, title, 0);
  g_signal_connect_swapped (self->source, "notify::state", G_CALLBACK (state_cb), self);
  storm_source_start (self->source, self->queue, storm_monitor_get_strings (self->monitor),
                      mapping);
  return self;
}

StormMonitor *
storm_compare_recording_get_monitor (StormCompareRecording *self)
{
  g_return_val_if_fail (STORM_IS_COMPARE_RECORDING (self), NULL);

  return self->monitor;
}

const char *
storm_compare_recording_get_title (StormCompareRecording *self)
{
  g_return_val_if_fail (STORM_IS_COMPARE_RECORDING (self), NULL);

  return self->title;
}

gboolean
storm_compare_recording_is_loaded (StormCompareRecording *self)
{
  g_return_val_if_fail (STORM_IS_COMPARE_RECORDING (self), FALSE);

  return self->loaded;
}
