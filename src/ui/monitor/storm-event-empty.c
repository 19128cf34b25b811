#include "config.h"

#include "storm-event-empty.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "storm-kafka-source.h"

struct _StormEventEmpty
{
  GtkWidget               parent_instance;

  StormMonitorController *controller;
  char                   *filtered;

  AdwStatusPage          *page;
  GtkButton              *button;
};

enum
{
  CLEAR_FILTERS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormEventEmpty, storm_event_empty, GTK_TYPE_WIDGET)

static void
offer (StormEventEmpty *self,
       const char      *label,
       const char      *action)
{
  gtk_widget_set_visible (GTK_WIDGET (self->button), label != NULL);
  if (label != NULL)
    gtk_button_set_label (self->button, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
  /* An action that was not there leaves the button insensitive when it goes. */
  if (action == NULL)
    gtk_widget_set_sensitive (GTK_WIDGET (self->button), TRUE);
}

static const char *
get_title (StormSourceState state)
{
  switch (state)
    {
    case STORM_SOURCE_CONNECTING:
      return _("Connecting");
    case STORM_SOURCE_WAITING:
      return _("No connection yet");
    case STORM_SOURCE_FAILED:
      return _("This can’t be watched");
    case STORM_SOURCE_ENDED:
      return _("No event in it");
    case STORM_SOURCE_IDLE:
    case STORM_SOURCE_READING:
    case STORM_SOURCE_LIVE:
    case STORM_SOURCE_STOPPED:
    default:
      return _("Waiting for the first event");
    }
}

static void
show_source (StormEventEmpty *self)
{
  StormMultiSource *source = storm_monitor_controller_get_source (self->controller);
  g_autofree char *status = NULL;
  g_autofree char *markup = NULL;
  StormSourceState state;
  gboolean trouble;

  g_object_get (self->controller, "state", &state, "status", &status, NULL);
  trouble = state == STORM_SOURCE_WAITING || state == STORM_SOURCE_FAILED;
  adw_status_page_set_title (self->page, get_title (state));
  /* The description is markup, the status may hold what a broker said. */
  markup = g_markup_escape_text (status, -1);
  adw_status_page_set_description (self->page, markup);
  if (trouble && storm_multi_source_get_n (source) == 1 &&
      STORM_IS_KAFKA_SOURCE (storm_multi_source_get (source, 0)))
    offer (self, _("Change the Connection…"), "win.monitor-edit-source");
  else if (trouble || state == STORM_SOURCE_ENDED)
    offer (self, _("Choose Something Else"), "win.monitor-choose-source");
  else
    offer (self, NULL, NULL);
}

static void
show_state (StormEventEmpty *self)
{
  if (self->filtered != NULL)
    {
      adw_status_page_set_title (self->page, self->filtered);
      adw_status_page_set_description (self->page, NULL);
      offer (self, _("Show All Events"), NULL);
    }
  else if (storm_monitor_controller_get_source (self->controller) != NULL)
    {
      show_source (self);
    }
  else
    {
      adw_status_page_set_title (self->page, _("No events yet"));
      adw_status_page_set_description (self->page,
                                       _("A Kafka, the demo, or a recording can be watched."));
      offer (self, _("Choose What to Watch"), "win.monitor-choose-source");
    }
}

static void
clicked_cb (StormEventEmpty *self)
{
  if (self->filtered != NULL)
    g_signal_emit (self, signals[CLEAR_FILTERS], 0);
}

static void
storm_event_empty_dispose (GObject *object)
{
  StormEventEmpty *self = STORM_EVENT_EMPTY (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->controller);
  g_clear_pointer (&self->filtered, g_free);

  G_OBJECT_CLASS (storm_event_empty_parent_class)->dispose (object);
}

static void
storm_event_empty_class_init (StormEventEmptyClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = storm_event_empty_dispose;
  signals[CLEAR_FILTERS] = g_signal_new ("clear-filters", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
storm_event_empty_init (StormEventEmpty *self)
{
  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_widget_set_halign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "pill");
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);

  self->page = ADW_STATUS_PAGE (adw_status_page_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->page), "compact");
  adw_status_page_set_child (self->page, GTK_WIDGET (self->button));
  gtk_widget_set_parent (GTK_WIDGET (self->page), GTK_WIDGET (self));
}

GtkWidget *
storm_event_empty_new (StormMonitorController *controller)
{
  StormEventEmpty *self;

  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (controller), NULL);

  self = g_object_new (STORM_TYPE_EVENT_EMPTY, NULL);
  self->controller = g_object_ref (controller);
  g_signal_connect_object (controller, "notify::state", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "notify::status", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "notify::source", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  show_state (self);
  return GTK_WIDGET (self);
}

void
storm_event_empty_set_filtered (StormEventEmpty *self,
                                const char      *words)
{
  g_return_if_fail (STORM_IS_EVENT_EMPTY (self));

  if (g_strcmp0 (self->filtered, words) == 0)
    return;
  g_free (self->filtered);
  self->filtered = g_strdup (words);
  show_state (self);
}
