#include "config.h"

#include "storm-event-view-private.h"

/* A text filter looks at this many rows at a time, so long before it returns, and so long in each
 * turn of the main loop. Payloads that left the memory are a hundred times slower to look at. */
#define SCAN_STEP 512
#define SCAN_AT_ONCE (60 * G_TIME_SPAN_MILLISECOND)
#define SCAN_SLICE (6 * G_TIME_SPAN_MILLISECOND)

enum
{
  PROP_SCANNING = 1,
  N_PROPS
};

enum
{
  ITEMS_CHANGED,
  RENUMBERED,
  EXPRESSION_CHANGED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormEventView, storm_event_view, G_TYPE_OBJECT)

StormOrder *
storm_event_view_get_order (StormEventView *self)
{
  return self->filtered != NULL ? self->filtered : self->all;
}

static void
emit_items_changed (StormEventView *self,
                    guint           position,
                    guint           removed,
                    guint           added)
{
  self->n_told = storm_order_get_n (storm_event_view_get_order (self));
  if (removed > 0 || added > 0)
    g_signal_emit (self, signals[ITEMS_CHANGED], 0, position, removed, added);
}

static gboolean
has_filter (StormEventView *self)
{
  return self->key != NULL || self->type != NULL || self->text != NULL ||
         self->expression != NULL || self->unmatched_only || self->undecodable_only;
}

/* Key and type may be chosen before the first event that has them. */
static void
resolve_names (StormEventView *self)
{
  StormStrings *strings = storm_event_log_get_strings (self->log);

  if (self->key != NULL && self->key_id == 0)
    self->key_id = storm_strings_find (strings, self->key, -1);
  if (self->type != NULL && self->type_id == 0)
    self->type_id = storm_strings_find (strings, self->type, -1);
  if (self->key != NULL && self->trace == NULL)
    g_set_object (&self->trace, storm_trace_index_lookup (self->index, self->key));
}

/* Whether @row passes all filters but text and expression. */
static gboolean
accepts (StormEventView *self,
         guint32         row)
{
  gboolean undecodable;

  if (self->type != NULL &&
      (self->type_id == 0 || storm_event_log_get_type_id (self->log, row) != self->type_id))
    return FALSE;
  if (self->key != NULL &&
      (self->key_id == 0 || storm_event_log_get_correlation_id (self->log, row) != self->key_id))
    return FALSE;
  if (self->key == NULL && !self->unmatched_only && !self->undecodable_only)
    return TRUE;

  undecodable = (storm_event_log_get_flags (self->log, row) & STORM_EVENT_UNDECODABLE) != 0;
  if (undecodable)
    return self->key == NULL && !self->unmatched_only;
  if (self->undecodable_only)
    return FALSE;
  return !self->unmatched_only ||
         storm_matcher_match (self->matcher, storm_event_log_get_type_id (self->log, row),
                              NULL)->len == 0;
}

/* Of rows that pass all else, those that are known to match the expression; the others follow when
 * they do. */
static void
add_matches (StormEventView *self,
             GArray         *rows,
             StormSplice    *splice)
{
  g_autoptr (GArray) matches = NULL;

  if (self->expression != NULL)
    {
      matches = g_array_new (FALSE, FALSE, sizeof (guint32));
      storm_row_filter_ask (self->expression, (const guint32 *) rows->data, rows->len, matches);
      rows = matches;
    }
  storm_order_add (self->filtered, (const guint32 *) rows->data, rows->len, splice);
}

/* Calls for all rows of the log, in the order of events, or for those of the chosen trace alone. */
static void
collect_candidates (StormEventView *self,
                    GArray         *out)
{
  guint n_rows;
  guint block;
  guint i;

  if (self->key != NULL)
    {
      const StormNumbered *numbers = NULL;

      n_rows = 0;
      if (self->trace != NULL)
        numbers = storm_trace_get_numbers (self->trace, &n_rows);
      for (i = 0; i < n_rows; i++)
        {
          guint32 row = numbers[i].row;
          guint position;

          /* The index may hold rows of a frame that is not flushed yet. */
          if (accepts (self, row) && storm_order_find (self->all, row, &position))
            g_array_append_val (out, row);
        }
      return;
    }

  for (block = 0; ; block++)
    {
      const guint32 *rows = storm_order_get_block (self->all, block, &n_rows);

      if (rows == NULL)
        break;
      for (i = 0; i < n_rows; i++)
        {
          if (accepts (self, rows[i]))
            g_array_append_val (out, rows[i]);
        }
    }
}

static void
stop_scan (StormEventView *self)
{
  g_clear_handle_id (&self->scan_source, g_source_remove);
  if (self->candidates != NULL)
    {
      g_clear_pointer (&self->candidates, g_array_unref);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SCANNING]);
    }
}

/* Looks at candidates, newest first, for about @span µs. Adds what it finds to @found. */
static void
scan_some (StormEventView *self,
           gint64          span,
           GArray         *found)
{
  gint64 end = g_get_monotonic_time () + span;

  while (self->candidates->len > 0)
    {
      guint n = MIN (SCAN_STEP, self->candidates->len);
      guint from = self->candidates->len - n;

      storm_event_text_scan (self->text, &g_array_index (self->candidates, guint32, from), n,
                             found);
      g_array_set_size (self->candidates, from);
      if (g_get_monotonic_time () >= end)
        break;
    }
}

static gboolean
on_scan (gpointer user_data)
{
  StormEventView *self = user_data;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  StormSplice splice;

  scan_some (self, SCAN_SLICE, found);
  if (self->candidates->len == 0)
    {
      self->scan_source = 0;
      stop_scan (self);
    }
  add_matches (self, found, &splice);
  emit_items_changed (self, splice.position, splice.removed, splice.added);
  return self->scan_source != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
start_scan (StormEventView *self,
            GArray         *candidates)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  StormSplice splice;

  self->candidates = g_array_ref (candidates);
  scan_some (self, SCAN_AT_ONCE, found);
  add_matches (self, found, &splice);
  if (self->candidates->len > 0)
    {
      self->scan_source = g_idle_add (on_scan, self);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SCANNING]);
    }
  else
    {
      g_clear_pointer (&self->candidates, g_array_unref);
    }
}

/* Makes the filtered rows from the start. */
static void
refilter (StormEventView *self)
{
  g_autoptr (GArray) candidates = NULL;
  StormSplice splice;
  guint removed = self->n_told;

  g_clear_handle_id (&self->refilter_source, g_source_remove);
  stop_scan (self);
  g_clear_pointer (&self->filtered, storm_order_free);
  self->key_id = 0;
  self->type_id = 0;
  g_clear_object (&self->trace);
  if (self->expression != NULL)
    storm_row_filter_forget (self->expression);

  if (has_filter (self))
    {
      self->filtered = storm_order_new (self->log);
      candidates = g_array_new (FALSE, FALSE, sizeof (guint32));
      resolve_names (self);
      collect_candidates (self, candidates);
      if (self->text != NULL)
        start_scan (self, candidates);
      else if (self->expression != NULL)
        add_matches (self, candidates, &splice);
      else
        storm_order_append_sorted (self->filtered, (const guint32 *) candidates->data,
                                   candidates->len);
    }
  emit_items_changed (self, 0, removed, storm_order_get_n (storm_event_view_get_order (self)));
}

static gboolean
on_refilter (gpointer user_data)
{
  StormEventView *self = user_data;

  self->refilter_source = 0;
  refilter (self);
  return G_SOURCE_REMOVE;
}

/* Later, because removing a thousand stickies changes the matcher a thousand times. */
static void
on_matcher_changed (StormEventView *self)
{
  if (self->unmatched_only && self->refilter_source == 0)
    self->refilter_source = g_idle_add (on_refilter, self);
}

static void
on_matched (StormEventView *self,
            GArray         *rows)
{
  StormSplice splice;

  storm_order_add (self->filtered, (const guint32 *) rows->data, rows->len, &splice);
  emit_items_changed (self, splice.position, splice.removed, splice.added);
}

static void
on_expression_changed (StormEventView *self)
{
  g_signal_emit (self, signals[EXPRESSION_CHANGED], 0);
}

static void
drop_expression (StormEventView  *self,
                 StormRowFilter **expression)
{
  if (*expression == NULL)
    return;
  g_signal_handlers_disconnect_by_data (*expression, self);
  storm_row_filter_stop (*expression);
  g_clear_object (expression);
}

/* Until then the list shows what it showed. */
static void
on_compiled (StormEventView *self)
{
  drop_expression (self, &self->expression);
  if (storm_row_filter_is_compiled (self->asked_for))
    {
      self->expression = g_object_ref (self->asked_for);
      g_signal_connect_swapped (self->expression, "matched", G_CALLBACK (on_matched), self);
    }
  refilter (self);
}

static void
set_expression (StormEventView *self,
                const char     *expression)
{
  if (g_strcmp0 (expression, self->asked_for != NULL
                   ? storm_row_filter_get_expression (self->asked_for) : NULL) == 0)
    return;
  if (self->asked_for == self->expression)
    g_clear_object (&self->asked_for);
  else
    drop_expression (self, &self->asked_for);
  if (expression == NULL)
    {
      drop_expression (self, &self->expression);
    }
  else
    {
      self->asked_for = storm_row_filter_new (self->log, expression);
      g_signal_connect_swapped (self->asked_for, "compiled", G_CALLBACK (on_compiled), self);
      g_signal_connect_swapped (self->asked_for, "changed", G_CALLBACK (on_expression_changed),
                                self);
    }
  on_expression_changed (self);
}

static void
storm_event_view_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  StormEventView *self = STORM_EVENT_VIEW (object);

  switch (prop_id)
    {
    case PROP_SCANNING:
      g_value_set_boolean (value, self->candidates != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
storm_event_view_dispose (GObject *object)
{
  StormEventView *self = STORM_EVENT_VIEW (object);

  g_clear_handle_id (&self->refilter_source, g_source_remove);
  g_clear_handle_id (&self->scan_source, g_source_remove);
  g_clear_pointer (&self->candidates, g_array_unref);
  g_clear_pointer (&self->filtered, storm_order_free);
  g_clear_pointer (&self->text, storm_event_text_free);
  drop_expression (self, &self->expression);
  drop_expression (self, &self->asked_for);
  g_clear_object (&self->trace);
  g_clear_object (&self->matcher);
  g_clear_object (&self->index);
  g_clear_object (&self->log);
  G_OBJECT_CLASS (storm_event_view_parent_class)->dispose (object);
}

static void
storm_event_view_finalize (GObject *object)
{
  StormEventView *self = STORM_EVENT_VIEW (object);

  g_free (self->key);
  g_free (self->type);
  G_OBJECT_CLASS (storm_event_view_parent_class)->finalize (object);
}

static void
storm_event_view_class_init (StormEventViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = storm_event_view_get_property;
  object_class->dispose = storm_event_view_dispose;
  object_class->finalize = storm_event_view_finalize;

  props[PROP_SCANNING] = g_param_spec_boolean ("scanning", NULL, NULL, FALSE,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[ITEMS_CHANGED] = g_signal_new ("items-changed", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                         3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT);
  signals[RENUMBERED] = g_signal_new ("renumbered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[EXPRESSION_CHANGED] = g_signal_new ("expression-changed", G_TYPE_FROM_CLASS (klass),
                                              G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                              0);
}

static void
storm_event_view_init (StormEventView *self)
{
}

StormEventView *
storm_event_view_new (StormEventLog   *log,
                      StormTraceIndex *index,
                      StormMatcher    *matcher,
                      StormOrder      *all)
{
  StormEventView *self = g_object_new (STORM_TYPE_EVENT_VIEW, NULL);

  self->log = g_object_ref (log);
  self->index = g_object_ref (index);
  self->matcher = g_object_ref (matcher);
  self->all = all;
  self->n_told = storm_order_get_n (all);
  g_signal_connect_object (matcher, "changed", G_CALLBACK (on_matcher_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/* The new rows that pass the filter go into the filtered order. */
static void
append_filtered (StormEventView *self,
                 guint32         first_row,
                 guint32         n_rows,
                 StormSplice    *splice)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 row;

  resolve_names (self);
  for (row = first_row; row < first_row + n_rows; row++)
    {
      if (accepts (self, row))
        g_array_append_val (rows, row);
    }
  if (self->text != NULL && rows->len > 0)
    {
      g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));

      storm_event_text_scan (self->text, (const guint32 *) rows->data, rows->len, found);
      add_matches (self, found, splice);
    }
  else
    {
      add_matches (self, rows, splice);
    }
}

void
storm_event_view_append (StormEventView    *self,
                         guint32            first_row,
                         guint32            n_rows,
                         const StormSplice *splice)
{
  StormSplice mine = *splice;

  g_return_if_fail (STORM_IS_EVENT_VIEW (self));

  if (self->filtered != NULL)
    append_filtered (self, first_row, n_rows, &mine);
  if (mine.removed > 0 || mine.added > 0)
    emit_items_changed (self, mine.position, mine.removed, mine.added);
}

void
storm_event_view_reset (StormEventView *self)
{
  g_return_if_fail (STORM_IS_EVENT_VIEW (self));

  if (self->expression != NULL)
    storm_row_filter_reset (self->expression);
  refilter (self);
}

void
storm_event_view_set_filter (StormEventView         *self,
                             const StormEventFilter *filter)
{
  static const StormEventFilter none;

  g_return_if_fail (STORM_IS_EVENT_VIEW (self));

  if (filter == NULL)
    filter = &none;
  /* An empty entry in the window means that nothing is asked for. */
  g_free (self->key);
  self->key = filter->key != NULL && *filter->key != '\0' ? g_strdup (filter->key) : NULL;
  g_free (self->type);
  self->type = filter->type != NULL && *filter->type != '\0' ? g_strdup (filter->type) : NULL;
  g_clear_pointer (&self->text, storm_event_text_free);
  if (filter->text != NULL && *filter->text != '\0')
    self->text = storm_event_text_new (self->log, filter->text);
  set_expression (self, filter->expression != NULL && *filter->expression != '\0'
                          ? filter->expression : NULL);
  self->unmatched_only = filter->unmatched_only;
  self->undecodable_only = filter->undecodable_only;
  refilter (self);
}

StormRowFilter *
storm_event_view_get_expression (StormEventView *self)
{
  g_return_val_if_fail (STORM_IS_EVENT_VIEW (self), NULL);

  return self->asked_for;
}

guint
storm_event_view_get_n (StormEventView *self)
{
  g_return_val_if_fail (STORM_IS_EVENT_VIEW (self), 0);

  return storm_order_get_n (storm_event_view_get_order (self));
}

gboolean
storm_event_view_is_filtered (StormEventView *self)
{
  g_return_val_if_fail (STORM_IS_EVENT_VIEW (self), FALSE);

  return self->filtered != NULL;
}

guint32
storm_event_view_get_row (StormEventView *self,
                          guint           position)
{
  g_return_val_if_fail (STORM_IS_EVENT_VIEW (self), G_MAXUINT32);

  return storm_order_get_row (storm_event_view_get_order (self), position);
}

gboolean
storm_event_view_find (StormEventView *self,
                       guint32         row,
                       guint          *position)
{
  g_return_val_if_fail (STORM_IS_EVENT_VIEW (self), FALSE);

  return storm_order_find (storm_event_view_get_order (self), row, position);
}
