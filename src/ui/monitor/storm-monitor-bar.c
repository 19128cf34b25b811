#include "config.h"

#include "storm-monitor-bar-private.h"

#include <glib/gi18n-lib.h>

#include "storm-compat.h"
#include "storm-key-entry.h"
#include "storm-rates-view.h"
#include "storm-source-list.h"
#include "storm-source-menu.h"
#include "storm-troubles.h"
#include "storm-wrap-layout.h"

enum
{
  PROP_0,
  PROP_PAUSED,
  PROP_SPEED,
  N_PROPS
};

enum
{
  FAILED,
  DONE,
  REVEAL,
  SHOW_SIDE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormMonitorBar, storm_monitor_bar, GTK_TYPE_WIDGET)

void
storm_monitor_bar_fail (StormMonitorBar *self,
                        GError          *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error);
}

void
storm_monitor_bar_reveal (StormMonitorBar *self,
                          const char      *id)
{
  g_signal_emit (self, signals[REVEAL], 0, id);
}

void
storm_monitor_bar_show_side (StormMonitorBar *self,
                             const char      *name)
{
  g_signal_emit (self, signals[SHOW_SIDE], 0, name);
}

static void
show_state (StormMonitorBar *self)
{
  g_autofree char *status = NULL;
  StormSourceState state;
  gboolean busy, watching;

  g_object_get (self->controller, "status", &status, "state", &state, "busy", &busy, NULL);
  gtk_label_set_text (self->status, status);
  /* What is wrong is worth more room than how much was seen. */
  gtk_label_set_max_width_chars (self->status, state == STORM_SOURCE_WAITING ||
                                               state == STORM_SOURCE_FAILED ? 90 : 44);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->source_button), status);
  if (self->dot_class != NULL)
    gtk_widget_remove_css_class (self->dot, self->dot_class);
  self->dot_class = storm_source_dot_class (state);
  gtk_widget_add_css_class (self->dot, self->dot_class);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->source_button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, status, -1);
  gtk_spinner_set_spinning (self->spinner, busy || state == STORM_SOURCE_CONNECTING);

  watching = storm_monitor_controller_get_source (self->controller) != NULL;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "monitor.stop", watching);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "monitor.pause", watching);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "monitor.edit-source",
                                 storm_monitor_bar_can_edit_source (self));
}

/* "5 events in 38.9 s", or how many events and traces there are. */
static char *
dup_summary (StormMonitorBar *self)
{
  const char *key = storm_monitor_get_key (self->monitor);
  guint n = storm_event_log_get_n (storm_monitor_get_log (self->monitor));
  g_autofree char *events = NULL;
  g_autofree char *traces = NULL;
  guint n_traces;
  g_autofree char *span = NULL;
  StormTrace *trace;

  if (key == NULL || key[0] == '\0')
    {
      n_traces = g_list_model_get_n_items (G_LIST_MODEL (storm_monitor_get_index (self->monitor)));
      if (n == 0)
        return g_strdup (_("No events yet"));
      events = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u event", "%'u events", n), n);
      traces = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u trace", "%'u traces", n_traces),
                                n_traces);
      return g_strdup_printf ("%s · %s", events, traces);
    }
  trace = storm_trace_index_lookup (storm_monitor_get_index (self->monitor), key);
  if (trace == NULL)
    return g_strdup (_("No event has this key so far"));
  n = storm_trace_get_n_events (trace);
  span = storm_time_format_span (storm_trace_get_last_time (trace) -
                                 storm_trace_get_first_time (trace));
  /* Translators: how many events a trace has, and how long it took from first to last. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u event in %s", "%u events in %s", n), n,
                          span);
}

static void
show_summary (StormMonitorBar *self)
{
  guint n = storm_event_log_get_n (storm_monitor_get_log (self->monitor));
  StormConformance *conformance = storm_monitor_get_conformance (self->monitor);
  gboolean any_trouble = storm_conformance_count_troubled (conformance) > 0;
  g_autofree char *words = dup_summary (self);
  gboolean paused;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "monitor.next-trouble", any_trouble);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "monitor.previous-trouble", any_trouble);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "monitor.show-clocks",
    storm_clocks_has_skew (storm_monitor_controller_get_clocks (self->controller)));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "monitor.clear", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "monitor.compare", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "monitor.compare-recording", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "monitor.export", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "monitor.detect", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "monitor.keep-recording", n > 0 &&
    !storm_board_file_get_read_only (storm_monitor_controller_get_file (self->controller)));

  g_object_get (self->controller, "paused", &paused, NULL);
  if (paused)
    {
      /* Translators: before how many events were seen: "Paused · 12 events · 3 traces". */
      char *longer = g_strdup_printf (_("Paused · %s"), words);

      g_free (words);
      words = longer;
    }
  gtk_label_set_text (self->summary, words);
}

/* The dialog is not to lie behind the menu. */
static void
list_edit_cb (StormMonitorBar *self,
              StormSource     *source)
{
  gtk_menu_button_popdown (self->source_button);
  storm_monitor_bar_edit_source (self, source);
}

static void
fill_menu (StormMonitorBar *self)
{
  g_autoptr (GMenuModel) menu = NULL;
  GtkPopover *popover;

  self->menu_of_running = storm_monitor_controller_get_source (self->controller) != NULL;
  menu = storm_source_menu_new (self->connections,
                                storm_monitor_controller_get_file (self->controller),
                                self->menu_of_running);
  gtk_menu_button_set_menu_model (self->source_button, menu);
  if (self->menu_of_running)
    {
      GtkWidget *list = storm_source_list_new (self->controller);

      g_signal_connect_object (list, "edit", G_CALLBACK (list_edit_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (list, "remove", G_CALLBACK (storm_monitor_controller_remove),
                               self->controller, G_CONNECT_SWAPPED);
      popover = gtk_menu_button_get_popover (self->source_button);
      gtk_popover_menu_add_child (GTK_POPOVER_MENU (popover), list, STORM_SOURCE_MENU_LIST);
    }
}

static gboolean
fill_menu_cb (gpointer data)
{
  StormMonitorBar *self = data;

  self->menu_id = 0;
  fill_menu (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: it may be an item of the menu that is being activated, and its popover goes. */
void
storm_monitor_bar_fill_menu (StormMonitorBar *self)
{
  if (self->menu_id == 0)
    self->menu_id = g_idle_add (fill_menu_cb, self);
}

/* What is watched together is offered again when the board is opened the next time. */
static void
source_changed_cb (StormMonitorBar *self)
{
  StormMultiSource *sources = storm_monitor_controller_get_source (self->controller);

  if (sources != NULL && storm_multi_source_get_n (sources) > 1)
    storm_source_menu_keep (storm_monitor_controller_get_file (self->controller), sources);
  if (self->menu_of_running != (sources != NULL))
    storm_monitor_bar_fill_menu (self);
}

static void
add_rates (StormMonitorBar *self)
{
  GtkWidget *popover = gtk_popover_new ();

  gtk_popover_set_child (GTK_POPOVER (popover), storm_rates_view_new (self->controller));
  gtk_widget_add_css_class (popover, "rates");
  gtk_menu_button_set_popover (self->rates_button, popover);
}

/* A toast would be gone when somebody comes back in the morning. */
static void
show_notice (StormMonitorBar *self)
{
  g_autofree char *words = storm_monitor_controller_dup_notice (self->controller);

  storm_notice_bar_set_words (self->notice, words);
  if (words != NULL)
    storm_compat_announce (GTK_WIDGET (self), words);
}

static void
cleared_cb (StormMonitorBar *self)
{
  show_notice (self);
  show_summary (self);
}

static void
controller_paused_cb (StormMonitorBar *self)
{
  show_notice (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
  show_summary (self);
}

static void
controller_failed_cb (StormMonitorBar *self,
                      GError          *error)
{
  storm_monitor_bar_fail (self, error);
}

static void
controller_done_cb (StormMonitorBar *self,
                    const char      *words)
{
  storm_monitor_bar_fill_menu (self);
  g_signal_emit (self, signals[DONE], 0, words);
}

static void
storm_monitor_bar_dispose (GObject *object)
{
  StormMonitorBar *self = STORM_MONITOR_BAR (object);
  GtkWidget *child;

  g_clear_handle_id (&self->menu_id, g_source_remove);
  storm_monitor_bar_close_compare (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), STORM_TYPE_MONITOR_BAR);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->monitor);
  g_clear_object (&self->controller);
  g_clear_object (&self->connections);
  g_clear_pointer (&self->speed, g_free);

  G_OBJECT_CLASS (storm_monitor_bar_parent_class)->dispose (object);
}

static void
storm_monitor_bar_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  StormMonitorBar *self = STORM_MONITOR_BAR (object);

  switch (prop_id)
    {
    case PROP_PAUSED:
      if (self->controller != NULL)
        g_object_get_property (G_OBJECT (self->controller), "paused", value);
      break;
    case PROP_SPEED:
      g_value_set_string (value, self->speed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
storm_monitor_bar_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  StormMonitorBar *self = STORM_MONITOR_BAR (object);

  switch (prop_id)
    {
    case PROP_PAUSED:
      if (self->controller != NULL)
        g_object_set_property (G_OBJECT (self->controller), "paused", value);
      break;
    case PROP_SPEED:
      g_free (self->speed);
      self->speed = g_value_dup_string (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
storm_monitor_bar_class_init (StormMonitorBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = storm_monitor_bar_dispose;
  object_class->get_property = storm_monitor_bar_get_property;
  object_class->set_property = storm_monitor_bar_set_property;

  properties[PROP_PAUSED] =
    g_param_spec_boolean ("paused", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SPEED] =
    g_param_spec_string ("speed", NULL, NULL, "0",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[REVEAL] = g_signal_new ("reveal", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SHOW_SIDE] = g_signal_new ("show-side", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  storm_monitor_bar_install_actions (widget_class);
  g_type_ensure (STORM_TYPE_WRAP_LAYOUT);
  storm_monitor_bar_install_source_actions (widget_class);
  storm_monitor_bar_install_trouble_actions (widget_class);
  storm_monitor_bar_install_compare_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/monitor/monitor-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, StormMonitorBar, rows);
  gtk_widget_class_bind_template_child (widget_class, StormMonitorBar, source_button);
  gtk_widget_class_bind_template_child (widget_class, StormMonitorBar, dot);
  gtk_widget_class_bind_template_child (widget_class, StormMonitorBar, status);
  gtk_widget_class_bind_template_child (widget_class, StormMonitorBar, key_place);
  gtk_widget_class_bind_template_child (widget_class, StormMonitorBar, rates_button);
  gtk_widget_class_bind_template_child (widget_class, StormMonitorBar, summary);
  gtk_widget_class_bind_template_child (widget_class, StormMonitorBar, spinner);
  gtk_widget_class_bind_template_child (widget_class, StormMonitorBar, pause);
  gtk_widget_class_bind_template_child (widget_class, StormMonitorBar, menu_button);
  gtk_widget_class_set_css_name (widget_class, "monitorbar");
}

static void
storm_monitor_bar_init (StormMonitorBar *self)
{
  self->speed = g_strdup ("0");
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
storm_monitor_bar_new (StormMonitorController *controller)
{
  StormMonitorBar *self;

  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (controller), NULL);

  self = g_object_new (STORM_TYPE_MONITOR_BAR, NULL);
  self->controller = g_object_ref (controller);
  self->monitor = g_object_ref (storm_monitor_controller_get_monitor (controller));
  self->connections = storm_source_menu_get_connections ();
  gtk_box_append (self->key_place, storm_key_entry_new (self->monitor));
  self->clocks = STORM_CLOCK_BUTTON (storm_clock_button_new (controller));
  gtk_box_prepend (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->spinner))),
                   GTK_WIDGET (self->clocks));
  self->troubles = STORM_TROUBLE_BAR (storm_trouble_bar_new (self->monitor));
  gtk_box_append (GTK_BOX (self->rows), GTK_WIDGET (self->troubles));
  self->notice = g_object_new (STORM_TYPE_NOTICE_BAR, NULL);
  gtk_box_append (GTK_BOX (self->rows), GTK_WIDGET (self->notice));
  add_rates (self);
  storm_monitor_bar_follow_compare (self);

  g_signal_connect_object (controller, "failed", G_CALLBACK (controller_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "done", G_CALLBACK (controller_done_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "notify::paused", G_CALLBACK (controller_paused_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "notify", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor, "flushed", G_CALLBACK (show_summary), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor, "notify::key", G_CALLBACK (show_summary), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (storm_monitor_get_log (self->monitor), "cleared",
                           G_CALLBACK (cleared_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->connections, "items-changed",
                           G_CALLBACK (storm_monitor_bar_fill_menu), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "notify::source", G_CALLBACK (source_changed_cb), self,
                           G_CONNECT_SWAPPED);
  fill_menu (self);
  show_state (self);
  show_summary (self);
  return GTK_WIDGET (self);
}
