#include "config.h"

#include "storm-trace-panel.h"

#include <glib/gi18n-lib.h>

#include "storm-event-details.h"
#include "storm-trace-list-model.h"
#include "storm-trace-menu.h"
#include "storm-trace-row.h"

struct _StormTracePanel
{
  GtkWidget               parent_instance;

  StormMonitorController *controller;
  StormMonitor           *monitor;
  StormTraceListModel    *traces;
  GtkSingleSelection     *rows;
  GHashTable             *bound;     /* StormTraceRow, not held: those on screen */
  guint                   top_id;
  gboolean                at_top;    /* nobody has scrolled down */

  GtkWidget              *paned;
  GtkLabel               *count;
  GtkLabel               *as_of;
  GtkDropDown            *show;
  GtkWidget              *search_button;
  GtkSearchBar           *search_bar;
  GtkEditable            *search;
  GtkStack               *stack;
  GtkScrolledWindow      *scroller;
  GtkListView            *list;
  GtkLabel               *empty;
  GtkBox                 *details_place;
};

G_DEFINE_FINAL_TYPE (StormTracePanel, storm_trace_panel, GTK_TYPE_WIDGET)

static void
show_state (StormTracePanel *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->traces));
  guint events = storm_event_log_get_n (storm_monitor_get_log (self->monitor));
  g_autofree char *words = n > 0 ? g_strdup_printf ("%'u", n) : g_strdup ("");

  gtk_label_set_text (self->count, words);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
  if (gtk_editable_get_text (self->search)[0] != '\0')
    gtk_label_set_text (self->empty, _("No key holds this text."));
  else if (gtk_drop_down_get_selected (self->show) == 1)
    gtk_label_set_text (self->empty, _("No trace is in trouble."));
  else if (gtk_drop_down_get_selected (self->show) > 1)
    gtk_label_set_text (self->empty, _("No trace is in this state."));
  else if (storm_past_is_ready (storm_past_of (self->monitor)))
    gtk_label_set_text (self->empty, _("No case had begun yet."));
  else if (events > 0)
    gtk_label_set_text (self->empty, _("No event has a correlation key yet. Mark the field that "
                                       "holds it on a sticky, or choose a mapping."));
  else
    gtk_label_set_text (self->empty, _("Each business case that is seen, with its correlation "
                                       "key, is listed here."));
}

/* What the rows say is always of the moment; their order is, once all traces were looked at. */
static void
show_moment (StormTracePanel *self)
{
  StormMoment moment;
  gboolean is_past = storm_monitor_get_moment (self->monitor, &moment);
  char clock[16];
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->as_of), is_past);
  if (!is_past)
    return;
  storm_time_format_clock (moment.time, clock);
  if (storm_past_is_ready (storm_past_of (self->monitor)))
    words = g_strdup_printf (_("As of %s"), clock);
  else
    /* Translators: the list of traces, of which each says how it stood at that time of day. */
    words = g_strdup_printf (_("As of %s, but in the order of now"), clock);
  gtk_label_set_text (self->as_of, words);
}

static void
refresh_rows (StormTracePanel *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    storm_trace_row_refresh (row);
}

/* Marks the chosen trace in the list. */
static void
mark_chosen (StormTracePanel *self)
{
  guint found = storm_trace_list_model_find (self->traces, storm_monitor_get_key (self->monitor));

  gtk_single_selection_set_selected (self->rows, found);
}

static void
moment_changed_cb (StormTracePanel *self)
{
  show_moment (self);
  refresh_rows (self);
  mark_chosen (self);
  show_state (self);
}

static void
key_changed_cb (StormTracePanel *self)
{
  guint found;

  mark_chosen (self);
  found = gtk_single_selection_get_selected (self->rows);
  self->at_top = storm_monitor_get_key (self->monitor) == NULL;
  if (found != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", found);
}

/* The selection would look for its row among all those that changed. */
static void
reordering_cb (StormTracePanel *self)
{
  gtk_single_selection_set_selected (self->rows, GTK_INVALID_LIST_POSITION);
}

static void
flushed_cb (StormTracePanel *self)
{
  refresh_rows (self);
  if (gtk_single_selection_get_selected (self->rows) == GTK_INVALID_LIST_POSITION &&
      storm_monitor_get_key (self->monitor) != NULL)
    mark_chosen (self);
  show_state (self);
}

static void
activate_cb (StormTracePanel *self,
             guint            position)
{
  g_autoptr (StormTrace) trace = g_list_model_get_item (G_LIST_MODEL (self->traces), position);
  const char *chosen = storm_monitor_get_key (self->monitor);

  if (trace == NULL)
    return;
  /* A second click on the chosen trace goes back to the live stream. */
  if (g_strcmp0 (chosen, storm_trace_get_key (trace)) == 0)
    storm_monitor_set_key (self->monitor, NULL);
  else
    storm_monitor_set_key (self->monitor, storm_trace_get_key (trace));
}

static gboolean
scroll_to_top_cb (GtkWidget     *widget,
                  GdkFrameClock *clock,
                  gpointer       data)
{
  StormTracePanel *self = STORM_TRACE_PANEL (widget);

  self->top_id = 0;
  if (self->at_top)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  return G_SOURCE_REMOVE;
}

/* The list view holds on to the rows in sight; who looks at the newest traces wants to go on seeing
 * the newest. */
static void
queue_top (StormTracePanel *self)
{
  if (self->top_id == 0 && self->at_top)
    self->top_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_to_top_cb, NULL, NULL);
}

static gboolean
scrolled_cb (StormTracePanel *self,
             double           dx,
             double           dy)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  self->at_top = dy < 0 && gtk_adjustment_get_value (adjustment) <= 1;
  return GDK_EVENT_PROPAGATE;
}

static void
search_changed_cb (StormTracePanel *self)
{
  storm_trace_list_model_set_text (self->traces, gtk_editable_get_text (self->search));
  key_changed_cb (self);
  show_state (self);
}

/* The choices of what is listed, in the order of the drop-down. */
static int
get_show (guint selected)
{
  if (selected == 0)
    return STORM_SHOW_ALL;
  return selected == 1 ? STORM_SHOW_TROUBLED : (int) (STORM_N_TRACE_STATES + 1 - selected);
}

static void
fill_show (StormTracePanel *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  gtk_string_list_append (words, C_("traces", "All"));
  gtk_string_list_append (words, C_("traces", "With trouble"));
  for (guint i = 2; i < STORM_N_TRACE_STATES + 2; i++)
    gtk_string_list_append (words, storm_trace_state_words ((StormTraceState) get_show (i)));
  gtk_drop_down_set_model (self->show, G_LIST_MODEL (words));
}

static void
show_changed_cb (StormTracePanel *self)
{
  guint selected = gtk_drop_down_get_selected (self->show);

  if (self->traces == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  storm_trace_list_model_set_show (self->traces, get_show (selected));
  key_changed_cb (self);
  show_state (self);
}

static void
setup_cb (StormTracePanel *self,
          GtkListItem     *item)
{
  GtkWidget *row = storm_trace_row_new (self->monitor);

  storm_trace_menu_add (STORM_TRACE_ROW (row), self->controller);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (StormTracePanel *self,
         GtkListItem     *item)
{
  StormTraceRow *row = STORM_TRACE_ROW (gtk_list_item_get_child (item));

  storm_trace_row_set_trace (row, gtk_list_item_get_item (item));
  g_hash_table_add (self->bound, row);
}

static void
unbind_cb (StormTracePanel *self,
           GtkListItem     *item)
{
  StormTraceRow *row = STORM_TRACE_ROW (gtk_list_item_get_child (item));

  g_hash_table_remove (self->bound, row);
  storm_trace_row_set_trace (row, NULL);
}

static void
storm_trace_panel_dispose (GObject *object)
{
  StormTracePanel *self = STORM_TRACE_PANEL (object);
  GtkWidget *child;

  if (self->list != NULL)
    {
      gtk_list_view_set_model (self->list, NULL);
      gtk_list_view_set_factory (self->list, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), STORM_TYPE_TRACE_PANEL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->list = NULL;
  g_clear_object (&self->rows);
  g_clear_object (&self->traces);
  g_clear_object (&self->monitor);
  g_clear_object (&self->controller);
  g_clear_pointer (&self->bound, g_hash_table_unref);

  G_OBJECT_CLASS (storm_trace_panel_parent_class)->dispose (object);
}

static void
storm_trace_panel_class_init (StormTracePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_trace_panel_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/monitor/trace-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, StormTracePanel, paned);
  gtk_widget_class_bind_template_child (widget_class, StormTracePanel, count);
  gtk_widget_class_bind_template_child (widget_class, StormTracePanel, as_of);
  gtk_widget_class_bind_template_child (widget_class, StormTracePanel, show);
  gtk_widget_class_bind_template_child (widget_class, StormTracePanel, search_button);
  gtk_widget_class_bind_template_child (widget_class, StormTracePanel, search_bar);
  gtk_widget_class_bind_template_child (widget_class, StormTracePanel, search);
  gtk_widget_class_bind_template_child (widget_class, StormTracePanel, stack);
  gtk_widget_class_bind_template_child (widget_class, StormTracePanel, scroller);
  gtk_widget_class_bind_template_child (widget_class, StormTracePanel, list);
  gtk_widget_class_bind_template_child (widget_class, StormTracePanel, empty);
  gtk_widget_class_bind_template_child (widget_class, StormTracePanel, details_place);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_changed_cb);
  gtk_widget_class_set_css_name (widget_class, "tracepanel");
}

static void
storm_trace_panel_init (StormTracePanel *self)
{
  GtkEventController *scroll =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  self->bound = g_hash_table_new (NULL, NULL);
  self->at_top = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_show (self);
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scrolled_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->scroller), scroll);
  g_signal_connect_swapped (gtk_scrolled_window_get_vadjustment (self->scroller), "changed",
                            G_CALLBACK (queue_top), self);
  gtk_search_bar_connect_entry (self->search_bar, self->search);
}

GtkWidget *
storm_trace_panel_new (StormMonitorController *controller)
{
  StormTracePanel *self;
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *motion;
  GtkWidget *details;

  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (controller), NULL);

  self = g_object_new (STORM_TYPE_TRACE_PANEL, NULL);
  self->controller = g_object_ref (controller);
  self->monitor = g_object_ref (storm_monitor_controller_get_monitor (controller));
  self->traces = storm_trace_list_model_new (storm_monitor_get_index (self->monitor),
                                             storm_monitor_get_conformance (self->monitor));
  storm_trace_list_model_set_past (self->traces, storm_past_of (self->monitor));

  g_signal_connect_object (self->traces, "reordering", G_CALLBACK (reordering_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);

  self->rows = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->traces)));
  gtk_single_selection_set_autoselect (self->rows, FALSE);
  gtk_single_selection_set_can_unselect (self->rows, TRUE);
  gtk_single_selection_set_selected (self->rows, GTK_INVALID_LIST_POSITION);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->rows));

  storm_trace_menu_add_key (GTK_WIDGET (self->list), controller);
  /* A list that a single click activates selects what the pointer is over; left behind, that row
   * would look like the chosen one. */
  motion = gtk_event_controller_motion_new ();
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (mark_chosen), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), motion);

  details = storm_event_details_new (controller);
  gtk_widget_set_vexpand (details, TRUE);
  gtk_box_append (self->details_place, details);

  g_signal_connect_object (self->monitor, "flushed", G_CALLBACK (flushed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor, "notify::key", G_CALLBACK (key_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor, "moment-changed", G_CALLBACK (moment_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (storm_past_of (self->monitor), "changed",
                           G_CALLBACK (moment_changed_cb), self, G_CONNECT_SWAPPED);
  show_moment (self);
  key_changed_cb (self);
  show_state (self);
  return GTK_WIDGET (self);
}
