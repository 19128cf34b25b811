#include "config.h"

#include "storm-monitor-private.h"

#include "storm-event-view-private.h"
#include "storm-make-sticky.h"
#include "storm-overlay-private.h"
#include "storm-row-sort.h"
#include "storm-watermark.h"

struct _StormMonitor
{
  GObject          parent_instance;

  StormBoard      *board;
  StormStrings    *strings;
  StormEventLog   *log;
  StormTraceIndex *index;
  StormMatcher    *matcher;
  StormOrder      *order;
  StormLiveStats  *stats;
  StormTopicRates *rates;
  StormOverlay    *overlay;
  StormEventView  *view;
  StormRuleSet    *rules;
  StormConformance *conformance;

  char            *key;
  guint            selected_row;
  StormMoment      moment;
  gboolean         at_moment;

  guint32          n_shown;      /* rows that order and list hold */
  StormOrder      *waiting;      /* those that came after them, of which the overlay knows */
  StormTime        watermark;    /* at the last flush */
  guint            n_undecodable;
};

enum
{
  PROP_KEY = 1,
  PROP_SELECTED_ROW,
  PROP_N_EVENTS,
  PROP_N_UNDECODABLE,
  N_PROPS
};

enum
{
  FLUSHED,
  MOMENT_CHANGED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormMonitor, storm_monitor, G_TYPE_OBJECT)

static void
tell_counts (StormMonitor *self,
             gboolean      more_rows)
{
  guint n_undecodable = storm_trace_index_get_n_undecodable (self->index);

  if (more_rows)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_EVENTS]);
  if (n_undecodable != self->n_undecodable)
    {
      self->n_undecodable = n_undecodable;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_UNDECODABLE]);
    }
}

static void
add_rows (StormOrder  *order,
          guint32      first_row,
          guint32      n_rows,
          StormSplice *splice)
{
  g_autofree guint32 *rows = g_new (guint32, MAX (n_rows, 1));
  guint32 i;

  for (i = 0; i < n_rows; i++)
    rows[i] = first_row + i;
  storm_order_add (order, rows, n_rows, splice);
}

/* Puts the rows that came since the last time into the order. */
static void
add_to_order (StormMonitor *self,
              guint32       n_rows,
              StormSplice  *splice)
{
  storm_order_clear (self->waiting);
  add_rows (self->order, self->n_shown, n_rows, splice);
}

static void
set_selected_row (StormMonitor *self,
                  guint         row)
{
  if (row == self->selected_row)
    return;
  self->selected_row = row;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED_ROW]);
}

/* Without looking at the rows that it was about: they are gone, or others. */
static gboolean
forget_moment (StormMonitor *self)
{
  gboolean was_at_moment = self->at_moment;

  self->at_moment = FALSE;
  storm_overlay_forget_moment (self->overlay);
  return was_at_moment;
}

static void
on_cleared (StormMonitor *self)
{
  gboolean had_rows = self->n_shown > 0;
  gboolean was_at_moment = forget_moment (self);

  storm_order_clear (self->order);
  storm_order_clear (self->waiting);
  storm_live_stats_clear (self->stats);
  storm_topic_rates_clear (self->rates);
  storm_trace_index_clear (self->index);
  self->n_shown = 0;
  self->watermark = STORM_TIME_NONE;
  set_selected_row (self, G_MAXUINT);
  storm_overlay_reset (self->overlay);
  storm_event_view_reset (self->view);
  storm_conformance_reset (self->conformance);
  storm_conformance_flush (self->conformance, storm_time_now ());
  tell_counts (self, had_rows);
  if (was_at_moment)
    g_signal_emit (self, signals[MOMENT_CHANGED], 0);
  g_signal_emit (self, signals[FLUSHED], 0);
}

static void
on_remapped (StormMonitor *self)
{
  StormSplice splice;
  guint32 n_rows = storm_event_log_get_n (self->log);
  gboolean was_at_moment = forget_moment (self);

  storm_order_clear (self->order);
  storm_live_stats_clear (self->stats);
  storm_trace_index_rebuild (self->index);
  storm_live_stats_take (self->stats, 0, n_rows, g_get_monotonic_time ());
  storm_topic_rates_recount (self->rates);
  self->n_shown = 0;
  add_to_order (self, n_rows, &splice);
  self->n_shown = n_rows;
  self->watermark = storm_trace_index_get_watermark (self->index);
  storm_overlay_reset (self->overlay);
  storm_event_view_reset (self->view);
  storm_conformance_reset (self->conformance);
  storm_conformance_flush (self->conformance, storm_time_now ());
  tell_counts (self, TRUE);
  if (was_at_moment)
    g_signal_emit (self, signals[MOMENT_CHANGED], 0);
  g_signal_emit (self, signals[FLUSHED], 0);
}

static void
storm_monitor_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  StormMonitor *self = STORM_MONITOR (object);

  switch (prop_id)
    {
    case PROP_KEY:
      g_value_set_string (value, self->key);
      break;
    case PROP_SELECTED_ROW:
      g_value_set_uint (value, self->selected_row);
      break;
    case PROP_N_EVENTS:
      g_value_set_uint (value, self->n_shown);
      break;
    case PROP_N_UNDECODABLE:
      g_value_set_uint (value, self->n_undecodable);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
storm_monitor_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  StormMonitor *self = STORM_MONITOR (object);

  switch (prop_id)
    {
    case PROP_KEY:
      storm_monitor_set_key (self, g_value_get_string (value));
      break;
    case PROP_SELECTED_ROW:
      storm_monitor_set_selected_row (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
storm_monitor_finalize (GObject *object)
{
  StormMonitor *self = STORM_MONITOR (object);

  g_clear_object (&self->conformance);
  g_clear_object (&self->rules);
  g_clear_object (&self->view);
  g_clear_object (&self->overlay);
  g_clear_pointer (&self->order, storm_order_free);
  g_clear_pointer (&self->waiting, storm_order_free);
  g_clear_pointer (&self->stats, storm_live_stats_free);
  g_clear_pointer (&self->rates, storm_topic_rates_free);
  g_clear_object (&self->matcher);
  g_clear_object (&self->index);
  g_clear_object (&self->log);
  g_clear_object (&self->board);
  g_clear_pointer (&self->strings, storm_strings_unref);
  g_free (self->key);
  G_OBJECT_CLASS (storm_monitor_parent_class)->finalize (object);
}

static void
storm_monitor_class_init (StormMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags read_write = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags read_only = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = storm_monitor_get_property;
  object_class->set_property = storm_monitor_set_property;
  object_class->finalize = storm_monitor_finalize;

  props[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, read_write);
  props[PROP_SELECTED_ROW] = g_param_spec_uint ("selected-row", NULL, NULL, 0, G_MAXUINT,
                                                G_MAXUINT, read_write);
  props[PROP_N_EVENTS] = g_param_spec_uint ("n-events", NULL, NULL, 0, G_MAXUINT, 0, read_only);
  props[PROP_N_UNDECODABLE] = g_param_spec_uint ("n-undecodable", NULL, NULL, 0, G_MAXUINT, 0,
                                                 read_only);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[FLUSHED] = g_signal_new ("flushed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MOMENT_CHANGED] = g_signal_new ("moment-changed", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
storm_monitor_init (StormMonitor *self)
{
  self->selected_row = G_MAXUINT;
  self->watermark = STORM_TIME_NONE;
}

StormMonitor *
storm_monitor_new (StormBoard *board)
{
  StormMonitor *self;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  self = g_object_new (STORM_TYPE_MONITOR, NULL);
  self->board = g_object_ref (board);
  self->strings = storm_strings_new ();
  self->log = storm_event_log_new (self->strings);
  self->index = storm_trace_index_new (self->log, STORM_LATENESS_DEFAULT);
  self->matcher = storm_matcher_new (board, self->strings);
  self->order = storm_order_new (self->log);
  self->waiting = storm_order_new (self->log);
  self->stats = storm_live_stats_new (self->log);
  self->rates = storm_topic_rates_new (self->log);
  self->overlay = storm_overlay_new (board, self->log, self->index, self->matcher, self->order,
                                     self->waiting, self->stats);
  self->view = storm_event_view_new (self->log, self->index, self->matcher, self->order);
  self->rules = storm_rule_set_new (board);
  self->conformance = storm_conformance_new (self->log, self->index, self->matcher, self->rules);
  g_signal_connect_object (self->log, "cleared", G_CALLBACK (on_cleared), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->log, "remapped", G_CALLBACK (on_remapped), self,
                           G_CONNECT_SWAPPED);
  return self;
}

StormBoard *
storm_monitor_get_board (StormMonitor *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR (self), NULL);

  return self->board;
}

StormStrings *
storm_monitor_get_strings (StormMonitor *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR (self), NULL);

  return self->strings;
}

StormEventLog *
storm_monitor_get_log (StormMonitor *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR (self), NULL);

  return self->log;
}

StormTraceIndex *
storm_monitor_get_index (StormMonitor *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR (self), NULL);

  return self->index;
}

StormMatcher *
storm_monitor_get_matcher (StormMonitor *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR (self), NULL);

  return self->matcher;
}

StormOverlay *
storm_monitor_get_overlay (StormMonitor *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR (self), NULL);

  return self->overlay;
}

StormEventView *
storm_monitor_get_view (StormMonitor *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR (self), NULL);

  return self->view;
}

StormConformance *
storm_monitor_get_conformance (StormMonitor *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR (self), NULL);

  return self->conformance;
}

StormTopicRates *
storm_monitor_get_rates (StormMonitor *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR (self), NULL);

  return self->rates;
}

void
storm_monitor_take (StormMonitor *self,
                    StormBatch   *batch)
{
  gint64 now = g_get_monotonic_time ();
  guint32 first_row;
  guint32 n_rows;

  g_return_if_fail (STORM_IS_MONITOR (self));
  g_return_if_fail (batch != NULL);

  first_row = storm_event_log_append (self->log, batch);
  n_rows = storm_event_log_get_n (self->log) - first_row;
  storm_trace_index_take (self->index, batch, first_row);
  storm_live_stats_take (self->stats, first_row, n_rows, now);
  storm_topic_rates_take (self->rates, first_row, n_rows, now);
}

/* Whether one of the rows from @splice on stands before one that was there. */
static gboolean
came_between (StormMonitor      *self,
              const StormSplice *splice)
{
  guint32 first = storm_order_get_row (self->waiting, splice->position);

  return splice->removed > 0 ||
         (self->n_shown > 0 && !storm_row_is_later (first, storm_order_get_row (self->order,
                                                                                self->n_shown - 1),
                                                    self->log));
}

void
storm_monitor_flush_board (StormMonitor *self)
{
  StormSplice splice;
  guint32 first_row;
  guint32 n_rows;

  g_return_if_fail (STORM_IS_MONITOR (self));

  first_row = self->n_shown + storm_order_get_n (self->waiting);
  n_rows = storm_event_log_get_n (self->log) - first_row;
  add_rows (self->waiting, first_row, n_rows, &splice);
  storm_trace_index_settle (self->index);
  storm_overlay_flush (self->overlay, n_rows > 0 && came_between (self, &splice),
                       g_get_monotonic_time ());
}

void
storm_monitor_flush (StormMonitor *self)
{
  StormSplice splice;
  gboolean inserted;
  guint32 first_row;
  guint32 n_rows;

  g_return_if_fail (STORM_IS_MONITOR (self));

  first_row = self->n_shown;
  n_rows = storm_event_log_get_n (self->log) - first_row;
  add_to_order (self, n_rows, &splice);
  inserted = splice.position < first_row;
  self->n_shown += n_rows;
  storm_event_view_append (self->view, first_row, n_rows, &splice);
  storm_trace_index_flush (self->index);
  storm_overlay_flush (self->overlay, inserted, g_get_monotonic_time ());
  storm_event_view_renumber (self->view, &splice, inserted, self->watermark);
  self->watermark = storm_trace_index_get_watermark (self->index);
  storm_conformance_flush (self->conformance, storm_time_now ());
  tell_counts (self, n_rows > 0);
  g_signal_emit (self, signals[FLUSHED], 0);
}

void
storm_monitor_tick (StormMonitor *self)
{
  storm_monitor_flush (self);
}

void
storm_monitor_clear (StormMonitor *self)
{
  g_return_if_fail (STORM_IS_MONITOR (self));

  storm_event_log_clear (self->log);
}

const char *
storm_monitor_get_key (StormMonitor *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR (self), NULL);

  return self->key;
}

void
storm_monitor_set_key (StormMonitor *self,
                       const char   *key)
{
  g_return_if_fail (STORM_IS_MONITOR (self));

  if (key != NULL && *key == '\0')
    key = NULL;
  if (g_strcmp0 (key, self->key) == 0)
    return;
  g_free (self->key);
  self->key = g_strdup (key);
  storm_overlay_set_key (self->overlay, self->key);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_KEY]);
}

guint
storm_monitor_get_selected_row (StormMonitor *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR (self), G_MAXUINT);

  return self->selected_row;
}

void
storm_monitor_set_selected_row (StormMonitor *self,
                                guint         row)
{
  g_return_if_fail (STORM_IS_MONITOR (self));

  /* The board may show what the list doesn't have yet. */
  if (row >= self->n_shown && row < storm_event_log_get_n (self->log))
    storm_monitor_flush (self);
  set_selected_row (self, row < self->n_shown ? row : G_MAXUINT);
}

StormOrder *
storm_monitor_get_order (StormMonitor *self)
{
  g_return_val_if_fail (STORM_IS_MONITOR (self), NULL);

  return self->order;
}

gboolean
storm_monitor_get_moment (StormMonitor *self,
                          StormMoment  *moment)
{
  g_return_val_if_fail (STORM_IS_MONITOR (self), FALSE);

  if (self->at_moment && moment != NULL)
    *moment = self->moment;
  return self->at_moment;
}

void
storm_monitor_set_moment (StormMonitor      *self,
                          const StormMoment *moment)
{
  g_return_if_fail (STORM_IS_MONITOR (self));

  if (self->at_moment == (moment != NULL) &&
      (moment == NULL || storm_moment_equal (moment, &self->moment)))
    return;
  self->at_moment = moment != NULL;
  if (moment != NULL)
    self->moment = *moment;
  storm_overlay_set_moment (self->overlay, moment);
  g_signal_emit (self, signals[MOMENT_CHANGED], 0);
}

static int
compare_unmatched (gconstpointer a,
                   gconstpointer b)
{
  const StormUnmatched *x = a;
  const StormUnmatched *y = b;

  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return x->type_id < y->type_id ? -1 : x->type_id > y->type_id;
}

GArray *
storm_monitor_get_unmatched (StormMonitor *self)
{
  GPtrArray *stats;
  GArray *unmatched;
  guint i;

  g_return_val_if_fail (STORM_IS_MONITOR (self), NULL);

  unmatched = g_array_new (FALSE, FALSE, sizeof (StormUnmatched));
  stats = storm_live_stats_get_all (self->stats);
  for (i = 0; i < stats->len; i++)
    {
      StormTypeStat *stat = g_ptr_array_index (stats, i);
      StormUnmatched type = { stat->type_id, stat->count, stat->arrived_row };

      if (storm_matcher_match (self->matcher, stat->type_id, NULL)->len == 0)
        g_array_append_val (unmatched, type);
    }
  g_array_sort (unmatched, compare_unmatched);
  return unmatched;
}

StormChange *
storm_monitor_make_sticky (StormMonitor  *self,
                           StormMapping  *mapping,
                           guint32        type_id,
                           StormPoint     at,
                           char         **out_id)
{
  GPtrArray *stats;
  guint i;

  g_return_val_if_fail (STORM_IS_MONITOR (self), NULL);
  g_return_val_if_fail (mapping != NULL, NULL);

  stats = storm_live_stats_get_all (self->stats);
  for (i = 0; i < stats->len; i++)
    {
      StormTypeStat *stat = g_ptr_array_index (stats, i);

      if (stat->type_id == type_id)
        return storm_make_sticky (self->board, self->log, mapping, stat->arrived_row, at, out_id);
    }
  g_return_val_if_reached (NULL);
}
