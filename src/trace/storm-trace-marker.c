#include "config.h"

#include "storm-trace-marker.h"

#include "storm-overlay-marks.h"
#include "storm-trace-report.h"

/* On traces of more events no more than one part of the time in so many is spent. */
#define LONG_TRACE 1000
#define SHARE 20

struct _StormTraceMarker
{
  GObject       parent_instance;

  StormMonitor *monitor;
  gint64        next;        /* not before then, monotonic µs */
  guint         source_id;
};

G_DEFINE_FINAL_TYPE (StormTraceMarker, storm_trace_marker, G_TYPE_OBJECT)

static void
mark (StormTraceMarker *self)
{
  const char *key = storm_monitor_get_key (self->monitor);
  StormConformance *conformance = storm_monitor_get_conformance (self->monitor);
  StormTraceMarks *marks = NULL;
  StormTrace *trace = NULL;
  gint64 began = g_get_monotonic_time ();
  gboolean is_long = FALSE;

  g_clear_handle_id (&self->source_id, g_source_remove);
  if (key != NULL)
    trace = storm_trace_index_lookup (storm_monitor_get_index (self->monitor), key);
  if (trace != NULL)
    {
      StormMoment moment;
      gboolean back = storm_monitor_get_moment (self->monitor, &moment);
      g_autoptr (StormTraceReport) report =
        storm_trace_report_new_at (conformance, trace, back ? &moment : NULL);

      is_long = storm_trace_get_n_events (trace) > LONG_TRACE;
      marks = storm_trace_marks_new (report, storm_conformance_get_rules (conformance),
                                     storm_monitor_get_matcher (self->monitor),
                                     storm_monitor_get_log (self->monitor));
    }
  storm_overlay_set_trace_marks (storm_monitor_get_overlay (self->monitor), marks);
  self->next = is_long ? began + (g_get_monotonic_time () - began) * SHARE : 0;
}

static gboolean
mark_cb (gpointer data)
{
  StormTraceMarker *self = data;

  self->source_id = 0;
  mark (self);
  return G_SOURCE_REMOVE;
}

/* Marks of a trace that is gone would say what isn't so. */
static gboolean
is_there (StormTraceMarker *self)
{
  const char *key = storm_monitor_get_key (self->monitor);

  return key != NULL &&
         storm_trace_index_lookup (storm_monitor_get_index (self->monitor), key) != NULL;
}

static void
flushed_cb (StormTraceMarker *self)
{
  gint64 left = self->next - g_get_monotonic_time ();

  if (left <= 0 || !is_there (self))
    mark (self);
  else if (self->source_id == 0)
    self->source_id = g_timeout_add ((guint) (left / G_TIME_SPAN_MILLISECOND) + 1, mark_cb, self);
}

static void
key_cb (StormTraceMarker *self)
{
  self->next = 0;
  mark (self);
}

static void
storm_trace_marker_dispose (GObject *object)
{
  StormTraceMarker *self = STORM_TRACE_MARKER (object);

  g_clear_handle_id (&self->source_id, g_source_remove);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (storm_trace_marker_parent_class)->dispose (object);
}

static void
storm_trace_marker_class_init (StormTraceMarkerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = storm_trace_marker_dispose;
}

static void
storm_trace_marker_init (StormTraceMarker *self)
{
}

StormTraceMarker *
storm_trace_marker_new (StormMonitor *monitor)
{
  StormTraceMarker *self;

  g_return_val_if_fail (STORM_IS_MONITOR (monitor), NULL);

  self = g_object_new (STORM_TYPE_TRACE_MARKER, NULL);
  self->monitor = g_object_ref (monitor);
  g_signal_connect_object (monitor, "flushed", G_CALLBACK (flushed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (monitor, "notify::key", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (monitor, "moment-changed", G_CALLBACK (flushed_cb), self,
                           G_CONNECT_SWAPPED);
  mark (self);
  return self;
}
