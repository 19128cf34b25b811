#include "config.h"

#include "storm-timeline-private.h"

#include "storm-monitor-private.h"
#include "storm-overlay-private.h"

/* How long a turn of the main loop may be busy with collecting, in µs. */
#define SLICE 4000

enum
{
  PROP_PLAYING = 1,
  PROP_SPEED,
  PROP_READY,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormTimeline, storm_timeline, G_TYPE_OBJECT)

void
storm_timeline_emit_changed (StormTimeline *self)
{
  self->n_told = storm_timeline_get_n (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static guint32
row_of_order (gconstpointer data,
              guint         position)
{
  return storm_order_get_row ((StormOrder *) data, position);
}

static guint32
row_of_trace (gconstpointer data,
              guint         position)
{
  return ((const StormNumbered *) data)[position].row;
}

guint32
storm_timeline_row_at (StormTimeline *self,
                       guint          position)
{
  guint n;

  if (storm_monitor_get_key (self->monitor) == NULL)
    return storm_order_get_row (self->order, position);
  return storm_trace_get_numbers (self->trace, &n)[position].row;
}

guint
storm_timeline_count_at (StormTimeline     *self,
                         const StormMoment *moment)
{
  const StormNumbered *numbers;
  guint n;

  if (storm_monitor_get_key (self->monitor) == NULL)
    return storm_moment_count (moment, self->log, row_of_order, self->order,
                               storm_order_get_n (self->order));
  if (self->trace == NULL)
    return 0;
  numbers = storm_trace_get_numbers (self->trace, &n);
  return storm_moment_count (moment, self->log, row_of_trace, numbers, n);
}

static guint
count_before (StormTimeline *self,
              StormTime      time)
{
  if (time == G_MININT64)
    return 0;
  return storm_timeline_count_at (self, &(StormMoment) { time - 1, G_MAXUINT32 });
}

void
storm_timeline_set_playing (StormTimeline *self,
                            gboolean       playing)
{
  if (self->playing == playing)
    return;
  self->playing = playing;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLAYING]);
}

static void
set_ready (StormTimeline *self,
           gboolean       ready)
{
  if (self->ready == ready)
    return;
  self->ready = ready;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_READY]);
}

static gboolean
fill_cb (gpointer data)
{
  StormTimeline *self = data;

  if (!storm_type_rows_fill (self->types, SLICE))
    {
      g_signal_emit (self, signals[CHANGED], 0);
      return G_SOURCE_CONTINUE;
    }
  self->fill_id = 0;
  storm_overlay_set_type_rows (storm_monitor_get_overlay (self->monitor), self->types);
  set_ready (self, TRUE);
  storm_timeline_emit_changed (self);
  return G_SOURCE_REMOVE;
}

static void
stop_collecting (StormTimeline *self)
{
  g_clear_handle_id (&self->fill_id, g_source_remove);
  storm_monitor_set_moment (self->monitor, NULL);
  storm_overlay_set_type_rows (storm_monitor_get_overlay (self->monitor), NULL);
  g_clear_pointer (&self->types, storm_type_rows_free);
}

static void
collect (StormTimeline *self)
{
  set_ready (self, FALSE);
  stop_collecting (self);
  self->types = storm_type_rows_new (self->log, self->order);
  self->fill_id = g_idle_add (fill_cb, self);
}

static void
find_trace (StormTimeline *self)
{
  const char *key = storm_monitor_get_key (self->monitor);
  StormTrace *trace = NULL;

  if (key != NULL)
    trace = storm_trace_index_lookup (storm_monitor_get_index (self->monitor), key);
  g_set_object (&self->trace, trace);
}

/* The log was cleared, or its events read anew: what was collected is of the past. */
static void
log_reset_cb (StormTimeline *self)
{
  storm_timeline_set_playing (self, FALSE);
  self->window.zoomed = FALSE;
  find_trace (self);
  collect (self);
  storm_timeline_emit_changed (self);
}

static void
flushed_cb (StormTimeline *self)
{
  StormTime last;

  if (self->trace == NULL)
    find_trace (self);
  if (storm_timeline_get_n (self) == self->n_told)
    return;
  if (storm_timeline_is_live (self) && storm_timeline_get_range (self, NULL, &last))
    storm_time_window_follow (&self->window, last);
  storm_timeline_emit_changed (self);
}

static void
key_changed_cb (StormTimeline *self)
{
  storm_timeline_set_playing (self, FALSE);
  self->window.zoomed = FALSE;
  find_trace (self);
  storm_timeline_emit_changed (self);
}

static void
storm_timeline_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  StormTimeline *self = STORM_TIMELINE (object);

  switch (prop_id)
    {
    case PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;
    case PROP_SPEED:
      g_value_set_double (value, self->speed);
      break;
    case PROP_READY:
      g_value_set_boolean (value, self->ready);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
storm_timeline_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  StormTimeline *self = STORM_TIMELINE (object);

  switch (prop_id)
    {
    case PROP_PLAYING:
      storm_timeline_play (self, g_value_get_boolean (value));
      break;
    case PROP_SPEED:
      self->speed = g_value_get_double (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
storm_timeline_dispose (GObject *object)
{
  StormTimeline *self = STORM_TIMELINE (object);

  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->monitor, self);
      stop_collecting (self);
    }
  g_clear_object (&self->trace);
  g_clear_object (&self->log);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (storm_timeline_parent_class)->dispose (object);
}

static void
storm_timeline_class_init (StormTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags read_write = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = storm_timeline_get_property;
  object_class->set_property = storm_timeline_set_property;
  object_class->dispose = storm_timeline_dispose;

  props[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, read_write);
  props[PROP_SPEED] = g_param_spec_double ("speed", NULL, NULL, STORM_TIMELINE_SPEED_MIN,
                                           STORM_TIMELINE_SPEED_MAX, 1, read_write);
  props[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
storm_timeline_init (StormTimeline *self)
{
  self->speed = 1;
}

StormTimeline *
storm_timeline_new (StormMonitor *monitor)
{
  StormTimeline *self;

  g_return_val_if_fail (STORM_IS_MONITOR (monitor), NULL);

  self = g_object_new (STORM_TYPE_TIMELINE, NULL);
  self->monitor = g_object_ref (monitor);
  self->log = g_object_ref (storm_monitor_get_log (monitor));
  self->order = storm_monitor_get_order (monitor);
  g_signal_connect_object (monitor, "flushed", G_CALLBACK (flushed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (monitor, "moment-changed", G_CALLBACK (storm_timeline_emit_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (monitor, "notify::key", G_CALLBACK (key_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->log, "cleared", G_CALLBACK (log_reset_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->log, "remapped", G_CALLBACK (log_reset_cb), self,
                           G_CONNECT_SWAPPED);
  find_trace (self);
  collect (self);
  return self;
}

guint
storm_timeline_get_n (StormTimeline *self)
{
  guint n = 0;

  g_return_val_if_fail (STORM_IS_TIMELINE (self), 0);

  if (storm_monitor_get_key (self->monitor) == NULL)
    return storm_order_get_n (self->order);
  if (self->trace != NULL)
    storm_trace_get_numbers (self->trace, &n);
  return n;
}

gboolean
storm_timeline_get_range (StormTimeline *self,
                          StormTime     *first,
                          StormTime     *last)
{
  guint n;

  g_return_val_if_fail (STORM_IS_TIMELINE (self), FALSE);

  n = storm_timeline_get_n (self);
  if (n == 0)
    return FALSE;
  if (first != NULL)
    *first = storm_moment_of_row (self->log, storm_timeline_row_at (self, 0)).time;
  if (last != NULL)
    *last = storm_moment_of_row (self->log, storm_timeline_row_at (self, n - 1)).time;
  return TRUE;
}

double
storm_timeline_get_progress (StormTimeline *self)
{
  g_return_val_if_fail (STORM_IS_TIMELINE (self), 0);

  return storm_type_rows_get_progress (self->types);
}

gboolean
storm_timeline_get_window (StormTimeline *self,
                           StormTime     *from,
                           StormTime     *to)
{
  StormTime first, last;

  g_return_val_if_fail (STORM_IS_TIMELINE (self), FALSE);
  g_return_val_if_fail (from != NULL && to != NULL, FALSE);

  if (!storm_timeline_get_range (self, &first, &last))
    return FALSE;
  storm_time_window_get (&self->window, first, last, from, to);
  return TRUE;
}

void
storm_timeline_set_window (StormTimeline *self,
                           StormTime      from,
                           StormTime      to)
{
  StormTime first, last;

  g_return_if_fail (STORM_IS_TIMELINE (self));

  if (!storm_timeline_get_range (self, &first, &last))
    return;
  storm_time_window_set (&self->window, first, last, from, to);
  storm_timeline_emit_changed (self);
}

gboolean
storm_timeline_is_zoomed (StormTimeline *self)
{
  g_return_val_if_fail (STORM_IS_TIMELINE (self), FALSE);

  return self->window.zoomed;
}

void
storm_timeline_fit (StormTimeline *self)
{
  g_return_if_fail (STORM_IS_TIMELINE (self));

  if (!self->window.zoomed)
    return;
  self->window.zoomed = FALSE;
  storm_timeline_emit_changed (self);
}

void
storm_timeline_zoom (StormTimeline *self,
                     double         factor,
                     StormTime      around)
{
  StormTime first, last;

  g_return_if_fail (STORM_IS_TIMELINE (self));
  g_return_if_fail (factor > 0);

  if (!storm_timeline_get_range (self, &first, &last))
    return;
  storm_time_window_zoom (&self->window, first, last, factor, around);
  storm_timeline_emit_changed (self);
}

void
storm_timeline_pan (StormTimeline *self,
                    double         part)
{
  StormTime first, last;

  g_return_if_fail (STORM_IS_TIMELINE (self));

  if (!storm_timeline_get_range (self, &first, &last))
    return;
  storm_time_window_pan (&self->window, first, last, part);
  storm_timeline_emit_changed (self);
}

void
storm_timeline_count (StormTimeline *self,
                      guint         *counts,
                      guint          n)
{
  StormTime from, to;
  guint before;
  double span;

  g_return_if_fail (STORM_IS_TIMELINE (self));
  g_return_if_fail (counts != NULL || n == 0);

  memset (counts, 0, n * sizeof *counts);
  if (!storm_timeline_get_window (self, &from, &to))
    return;
  span = storm_time_span (from, to);
  before = count_before (self, from);
  for (guint i = 0; i < n; i++)
    {
      StormTime end = i + 1 < n ? storm_time_shift (from, span * (i + 1) / n) : to;
      guint until = count_before (self, end);

      counts[i] = until > before ? until - before : 0;
      before = MAX (until, before);
    }
  /* What happens at the very end belongs to it. */
  if (n > 0)
    counts[n - 1] += storm_timeline_count_at (self, &(StormMoment) { to, G_MAXUINT32 }) - before;
}
