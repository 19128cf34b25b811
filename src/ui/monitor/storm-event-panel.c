#include "config.h"

#include "storm-event-panel.h"

#include <glib/gi18n-lib.h>

#include "storm-compat.h"
#include "storm-event-columns.h"
#include "storm-event-empty.h"
#include "storm-event-list-model.h"
#include "storm-filter-bar.h"
#include "storm-make-sticky.h"
#include "storm-unmatched-row.h"
#include "storm-wrap-layout.h"

struct _StormEventPanel
{
  GtkWidget               parent_instance;

  StormMonitorController *controller;
  StormMonitor           *monitor;
  StormHistory           *history;
  StormSelection         *selection;
  StormEventListModel    *rows;
  GHashTable             *type_ids;    /* those that stand in the drop-down */
  guint32                 n_seen;      /* rows of the log whose types are in type_ids */
  guint                   n_unmatched; /* as the button says it */
  guint                   tail_id;
  guint                   key_id;      /* until the list follows the key */
  gint64                  key_frame;   /* that shows the key on the board; 0 before it */
  gboolean                syncing;

  GtkWidget              *filters;
  GtkEditable            *search;
  GtkDropDown            *types;
  GtkToggleButton        *trace_only;
  GtkToggleButton        *by_expression;
  StormFilterBar         *filter_bar;
  GtkMenuButton          *unmatched_button;
  GtkCheckButton         *unmatched_only;
  GtkListBox             *unmatched_list;
  GtkPopover             *unmatched_popover;
  GtkLabel               *count;
  GtkToggleButton        *follow;
  GtkStack               *stack;
  GtkScrolledWindow      *scroller;
  GtkColumnView          *list;
  StormEventEmpty        *empty;
};

enum
{
  FAILED,
  REVEAL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormEventPanel, storm_event_panel, GTK_TYPE_WIDGET)

static const char *
get_type_filter (StormEventPanel *self)
{
  guint selected = gtk_drop_down_get_selected (self->types);
  GListModel *model = gtk_drop_down_get_model (self->types);

  if (model == NULL || selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return NULL;
  return gtk_string_list_get_string (GTK_STRING_LIST (model), selected);
}

static void
show_count (StormEventPanel *self)
{
  guint n = storm_event_list_model_get_n_events (self->rows);
  guint all = storm_event_log_get_n (storm_monitor_get_log (self->monitor));
  g_autofree char *words = NULL;

  if (n == all)
    words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u event", "%'u events", all), all);
  else
    /* Translators: the first number is what the filters let through. */
    words = g_strdup_printf (_("%'u of %'u events"), n, all);
  gtk_label_set_text (self->count, words);

  n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
  storm_event_empty_set_filtered (self->empty,
                                  all == 0                                             ? NULL
                                  : storm_monitor_get_moment (self->monitor, NULL)
                                    ? _("Nothing that passes the filters had happened by then")
                                  : gtk_toggle_button_get_active (self->trace_only)
                                    ? _("No event with this key passes the filters")
                                    : _("No event passes the filters"));
}

static void
sync_selected (StormEventPanel *self)
{
  storm_event_list_model_set_selected_row (self->rows,
                                           storm_monitor_get_selected_row (self->monitor));
}

/* What is being looked at stays in sight when the rows about it change. */
static void
keep_selected_in_sight (StormEventPanel *self)
{
  guint row = storm_monitor_get_selected_row (self->monitor);
  guint position;

  if (row != G_MAXUINT && !gtk_toggle_button_get_active (self->follow) &&
      storm_event_list_model_find (self->rows, row, &position))
    storm_compat_scroll_to (self->list, position);
}

static void
filter_changed_cb (StormEventPanel *self)
{
  StormEventFilter filter = { NULL, };
  const char *text = gtk_editable_get_text (self->search);

  if (self->monitor == NULL)
    return;
  if (gtk_toggle_button_get_active (self->trace_only))
    filter.key = storm_monitor_get_key (self->monitor);
  if (text[0] != '\0')
    filter.text = text;
  if (gtk_toggle_button_get_active (self->by_expression))
    filter.expression = storm_filter_bar_get_expression (self->filter_bar);
  filter.type = get_type_filter (self);
  filter.unmatched_only = gtk_check_button_get_active (self->unmatched_only);
  if (filter.unmatched_only)
    gtk_widget_add_css_class (GTK_WIDGET (self->unmatched_button), "filtering");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->unmatched_button), "filtering");
  storm_event_view_set_filter (storm_monitor_get_view (self->monitor), &filter);
  storm_event_list_model_update_gaps (self->rows);
  show_count (self);
  keep_selected_in_sight (self);
}

static void
expression_toggled_cb (StormEventPanel *self)
{
  filter_changed_cb (self);
  if (gtk_toggle_button_get_active (self->by_expression) &&
      gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->filter_bar));
}

static void
expression_changed_cb (StormEventPanel *self)
{
  storm_filter_bar_show (self->filter_bar, storm_event_view_get_expression (
    storm_monitor_get_view (self->monitor)));
  show_count (self);
}

static void
filter_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  StormEventPanel *self = STORM_EVENT_PANEL (widget);

  gtk_toggle_button_set_active (self->by_expression, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->filter_bar));
  if (g_str_equal (name, "events.saved-filters"))
    storm_filter_bar_popup_saved (self->filter_bar);
}

static void
clear_filters_cb (StormEventPanel *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_drop_down_set_selected (self->types, 0);
  gtk_toggle_button_set_active (self->trace_only, FALSE);
  gtk_toggle_button_set_active (self->by_expression, FALSE);
  gtk_check_button_set_active (self->unmatched_only, FALSE);
  /* The search entry tells with a delay. */
  filter_changed_cb (self);
}

/* Types that came with the new rows; the drop-down only grows. */
static void
update_types (StormEventPanel *self)
{
  StormEventLog *log = storm_monitor_get_log (self->monitor);
  GtkStringList *types = GTK_STRING_LIST (gtk_drop_down_get_model (self->types));
  guint32 n = storm_event_log_get_n (log);

  for (; self->n_seen < n; self->n_seen++)
    {
      guint32 type = storm_event_log_get_type_id (log, self->n_seen);

      if (type != 0 && g_hash_table_add (self->type_ids, GUINT_TO_POINTER (type)))
        gtk_string_list_append (types, storm_event_log_get_type_name (log, self->n_seen));
    }
}

static void
update_unmatched_button (StormEventPanel *self)
{
  g_autoptr (GArray) unmatched = storm_monitor_get_unmatched (self->monitor);
  g_autofree char *label = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->unmatched_button), unmatched->len > 0);
  if (unmatched->len == self->n_unmatched)
    return;
  self->n_unmatched = unmatched->len;
  /* Translators: how many event types have no sticky. */
  label = g_strdup_printf (_("Not on the board · %u"), unmatched->len);
  gtk_menu_button_set_label (self->unmatched_button, label);
  if (unmatched->len == 0)
    gtk_check_button_set_active (self->unmatched_only, FALSE);
}

static void
flushed_cb (StormEventPanel *self)
{
  update_types (self);
  update_unmatched_button (self);
  storm_event_list_model_update_gaps (self->rows);
  show_count (self);
}

/* Somebody looks back: what had happened by then, its end in sight. */
static void
moment_changed_cb (StormEventPanel *self)
{
  StormMoment moment;
  gboolean back = storm_monitor_get_moment (self->monitor, &moment);
  guint n;

  storm_event_list_model_set_moment (self->rows, storm_monitor_get_log (self->monitor),
                                     back ? &moment : NULL);
  show_count (self);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  if (n > 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    storm_compat_scroll_to (self->list, n - 1);
}

static void
log_cleared_cb (StormEventPanel *self)
{
  GtkStringList *types = GTK_STRING_LIST (gtk_drop_down_get_model (self->types));

  self->n_seen = 0;
  g_hash_table_remove_all (self->type_ids);
  gtk_string_list_splice (types, 1, g_list_model_get_n_items (G_LIST_MODEL (types)) - 1, NULL);
  flushed_cb (self);
}

/* A remapped log has other types in the same rows. */
static void
log_remapped_cb (StormEventPanel *self)
{
  self->n_seen = 0;
  flushed_cb (self);
  keep_selected_in_sight (self);
}

static gboolean
follow_key_cb (GtkWidget     *widget,
               GdkFrameClock *clock,
               gpointer       data)
{
  StormEventPanel *self = STORM_EVENT_PANEL (widget);
  gint64 frame = gdk_frame_clock_get_frame_counter (clock);

  if (self->key_frame == 0)
    self->key_frame = frame;
  if (self->key_frame == frame)
    return G_SOURCE_CONTINUE;

  self->key_id = 0;
  filter_changed_cb (self);
  return G_SOURCE_REMOVE;
}

/* Where most rows go, or come back, GTK drops or makes hundreds of widgets. People look for the
 * numbers on the board first: so the list follows a frame later. */
static void
key_changed_cb (StormEventPanel *self)
{
  const char *key = storm_monitor_get_key (self->monitor);
  gboolean chosen = key != NULL && key[0] != '\0';

  gtk_widget_set_sensitive (GTK_WIDGET (self->trace_only), chosen);
  g_signal_handlers_block_by_func (self->trace_only, filter_changed_cb, self);
  gtk_toggle_button_set_active (self->trace_only, chosen);
  g_signal_handlers_unblock_by_func (self->trace_only, filter_changed_cb, self);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      filter_changed_cb (self);
      return;
    }
  self->key_frame = 0;
  if (self->key_id == 0)
    self->key_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), follow_key_cb, NULL, NULL);
}

static StormSticky *
find_sticky (StormEventPanel *self,
             guint32          row)
{
  StormEventLog *log = storm_monitor_get_log (self->monitor);
  GPtrArray *stickies;

  if (row >= storm_event_log_get_n (log))
    return NULL;
  stickies = storm_matcher_match (storm_monitor_get_matcher (self->monitor),
                                  storm_event_log_get_type_id (log, row), NULL);
  return stickies != NULL && stickies->len > 0 ? g_ptr_array_index (stickies, 0) : NULL;
}

/* The list was clicked: the board follows. */
static void
row_selected_cb (StormEventPanel *self)
{
  guint row = storm_event_list_model_get_selected_row (self->rows);
  StormSticky *sticky;

  if (row == G_MAXUINT)
    return;
  self->syncing = TRUE;
  gtk_toggle_button_set_active (self->follow, FALSE);
  storm_monitor_set_selected_row (self->monitor, row);
  sticky = find_sticky (self, row);
  if (sticky != NULL)
    storm_selection_set_one (self->selection, storm_object_get_id (STORM_OBJECT (sticky)));
  self->syncing = FALSE;
}

/* The board was clicked: the list follows, to the sticky's newest event. */
static void
board_selected_cb (StormEventPanel *self)
{
  StormObject *object = storm_selection_get_single (self->selection);
  const StormOverlaySticky *shown;
  guint position;
  guint32 row;

  if (self->syncing || object == NULL)
    return;
  shown = storm_overlay_get_sticky (storm_monitor_get_overlay (self->monitor),
                                    storm_object_get_id (object));
  if (shown == NULL || (shown->n_badges == 0 && shown->latest_n == 0))
    return;
  row = shown->n_badges > 0 ? shown->badges[shown->n_badges - 1].row : shown->latest_row;
  if (find_sticky (self, row) == NULL)
    return;
  self->syncing = TRUE;
  gtk_toggle_button_set_active (self->follow, FALSE);
  storm_monitor_set_selected_row (self->monitor, row);
  self->syncing = FALSE;
  if (storm_event_list_model_find (self->rows, row, &position))
    storm_compat_scroll_to (self->list, position);
}

static void
activate_cb (StormEventPanel *self,
             guint            position)
{
  StormSticky *sticky;

  if (storm_event_list_model_get_gap (self->rows, position) != NULL)
    return;
  sticky = find_sticky (self, storm_event_view_get_row (
    storm_monitor_get_view (self->monitor),
    storm_event_list_model_get_place (self->rows, position)));
  if (sticky != NULL)
    g_signal_emit (self, signals[REVEAL], 0, storm_object_get_id (STORM_OBJECT (sticky)));
}

static gboolean
scroll_to_tail_cb (GtkWidget     *widget,
                   GdkFrameClock *clock,
                   gpointer       data)
{
  StormEventPanel *self = STORM_EVENT_PANEL (widget);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  self->tail_id = 0;
  if (gtk_toggle_button_get_active (self->follow) &&
      g_list_model_get_n_items (G_LIST_MODEL (self->rows)) > 0)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  return G_SOURCE_REMOVE;
}

/* The list's height is known only after its layout, in the midst of which it may not be scrolled:
 * so it follows in the next frame. */
static void
queue_tail (StormEventPanel *self)
{
  if (self->tail_id == 0 && gtk_toggle_button_get_active (self->follow))
    self->tail_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_to_tail_cb, NULL, NULL);
}

static void
follow_toggled_cb (StormEventPanel *self)
{
  queue_tail (self);
}

/* Scrolling up by hand is how people say that they want to read. */
static gboolean
scrolled_cb (StormEventPanel *self,
             double           dx,
             double           dy)
{
  if (dy < 0)
    gtk_toggle_button_set_active (self->follow, FALSE);
  return GDK_EVENT_PROPAGATE;
}

static void
make_sticky_cb (StormEventPanel *self,
                guint            type_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormChange) change = NULL;
  g_autofree char *id = NULL;

  change = storm_monitor_make_sticky (self->monitor,
                                      storm_monitor_controller_get_mapping (self->controller),
                                      type_id, storm_make_sticky_place (
                                        storm_monitor_get_board (self->monitor)), &id);
  gtk_popover_popdown (self->unmatched_popover);
  if (!storm_history_do (self->history, change, &error))
    {
      g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }
  storm_selection_set_one (self->selection, id);
  g_signal_emit (self, signals[REVEAL], 0, id);
}

static void
fill_unmatched_cb (StormEventPanel *self)
{
  g_autoptr (GArray) unmatched = storm_monitor_get_unmatched (self->monitor);
  StormStrings *strings = storm_monitor_get_strings (self->monitor);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->unmatched_list))) != NULL)
    gtk_list_box_remove (self->unmatched_list, child);
  for (guint i = 0; i < unmatched->len; i++)
    {
      const StormUnmatched *type = &g_array_index (unmatched, StormUnmatched, i);
      GtkWidget *row = storm_unmatched_row_new (storm_strings_get (strings, type->type_id),
                                                type->type_id, type->count);

      gtk_widget_set_sensitive (row, !storm_history_get_read_only (self->history));
      g_signal_connect_object (row, "make-sticky", G_CALLBACK (make_sticky_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_list_box_append (self->unmatched_list, row);
    }
}

static void
storm_event_panel_dispose (GObject *object)
{
  StormEventPanel *self = STORM_EVENT_PANEL (object);
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (self), STORM_TYPE_EVENT_PANEL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->rows);
  g_clear_object (&self->monitor);
  g_clear_object (&self->controller);
  g_clear_object (&self->history);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->type_ids, g_hash_table_unref);

  G_OBJECT_CLASS (storm_event_panel_parent_class)->dispose (object);
}

static void
storm_event_panel_class_init (StormEventPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = storm_event_panel_dispose;

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[REVEAL] = g_signal_new ("reveal", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "events.filter", NULL, filter_action);
  gtk_widget_class_install_action (widget_class, "events.saved-filters", NULL, filter_action);

  g_type_ensure (STORM_TYPE_FILTER_BAR);
  g_type_ensure (STORM_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/monitor/event-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, StormEventPanel, filters);
  gtk_widget_class_bind_template_child (widget_class, StormEventPanel, search);
  gtk_widget_class_bind_template_child (widget_class, StormEventPanel, types);
  gtk_widget_class_bind_template_child (widget_class, StormEventPanel, trace_only);
  gtk_widget_class_bind_template_child (widget_class, StormEventPanel, by_expression);
  gtk_widget_class_bind_template_child (widget_class, StormEventPanel, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, StormEventPanel, unmatched_button);
  gtk_widget_class_bind_template_child (widget_class, StormEventPanel, unmatched_only);
  gtk_widget_class_bind_template_child (widget_class, StormEventPanel, unmatched_list);
  gtk_widget_class_bind_template_child (widget_class, StormEventPanel, unmatched_popover);
  gtk_widget_class_bind_template_child (widget_class, StormEventPanel, count);
  gtk_widget_class_bind_template_child (widget_class, StormEventPanel, follow);
  gtk_widget_class_bind_template_child (widget_class, StormEventPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, StormEventPanel, scroller);
  gtk_widget_class_bind_template_child (widget_class, StormEventPanel, list);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, expression_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, follow_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_set_css_name (widget_class, "eventpanel");
}

static void
storm_event_panel_init (StormEventPanel *self)
{
  GtkEventController *scroll =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  g_autoptr (GtkExpression) name = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL,
                                                                "string");
  const char *all[] = { _("All types"), NULL };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->type_ids = g_hash_table_new (NULL, NULL);
  /* What its search looks through; without it, it finds everything. */
  gtk_drop_down_set_expression (self->types, name);
  gtk_drop_down_set_model (self->types, G_LIST_MODEL (gtk_string_list_new (all)));

  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scrolled_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->scroller), scroll);
  g_signal_connect_swapped (gtk_scrolled_window_get_vadjustment (self->scroller), "changed",
                            G_CALLBACK (queue_tail), self);
  g_signal_connect_swapped (self->unmatched_popover, "show", G_CALLBACK (fill_unmatched_cb), self);
}

static void
connect_monitor (StormEventPanel *self)
{
  StormEventLog *log = storm_monitor_get_log (self->monitor);

  g_signal_connect_object (self->monitor, "flushed", G_CALLBACK (flushed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor, "notify::key", G_CALLBACK (key_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor, "notify::selected-row", G_CALLBACK (sync_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor, "moment-changed", G_CALLBACK (moment_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (storm_monitor_get_view (self->monitor), "expression-changed",
                           G_CALLBACK (expression_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (log, "cleared", G_CALLBACK (log_cleared_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (log, "remapped", G_CALLBACK (log_remapped_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (board_selected_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
storm_event_panel_new (StormMonitorController *controller,
                       StormHistory           *history,
                       StormSelection         *selection)
{
  StormEventPanel *self;

  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (controller), NULL);
  g_return_val_if_fail (STORM_IS_HISTORY (history), NULL);
  g_return_val_if_fail (STORM_IS_SELECTION (selection), NULL);

  self = g_object_new (STORM_TYPE_EVENT_PANEL, NULL);
  self->controller = g_object_ref (controller);
  self->monitor = g_object_ref (storm_monitor_controller_get_monitor (controller));
  self->history = g_object_ref (history);
  self->selection = g_object_ref (selection);

  self->rows = storm_event_list_model_new (storm_monitor_get_view (self->monitor));
  storm_event_list_model_show_gaps (self->rows, storm_monitor_get_log (self->monitor));
  g_signal_connect_swapped (self->rows, "selected", G_CALLBACK (row_selected_cb), self);
  gtk_column_view_set_model (self->list, GTK_SELECTION_MODEL (self->rows));
  storm_event_columns_add (self->list, self->monitor, self->rows);

  self->empty = STORM_EVENT_EMPTY (storm_event_empty_new (controller));
  g_signal_connect_object (self->empty, "clear-filters", G_CALLBACK (clear_filters_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->empty), "empty");

  connect_monitor (self);
  key_changed_cb (self);
  flushed_cb (self);
  return GTK_WIDGET (self);
}
