#include "config.h"

#include "storm-monitor-bar-private.h"

#include "storm-compare-window.h"

/* One window for each board: what is compared is marked on it. */
static StormCompareWindow *
ensure_window (StormMonitorBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->compare == NULL)
    {
      self->compare = storm_compare_window_new (self->controller);
      g_object_add_weak_pointer (G_OBJECT (self->compare), (gpointer *) &self->compare);
      g_signal_connect_object (self->compare, "reveal", G_CALLBACK (storm_monitor_bar_reveal), self,
                               G_CONNECT_SWAPPED);
      if (GTK_IS_WINDOW (root))
        gtk_window_set_transient_for (GTK_WINDOW (self->compare), GTK_WINDOW (root));
      gtk_window_set_destroy_with_parent (GTK_WINDOW (self->compare), TRUE);
    }
  return STORM_COMPARE_WINDOW (self->compare);
}

static void
compare_cb (StormMonitorBar *self,
            const char      *key_a,
            const char      *key_b,
            gboolean         recording)
{
  StormCompareWindow *window = ensure_window (self);

  gtk_window_present (GTK_WINDOW (window));
  storm_compare_window_choose (window, key_a, key_b);
  if (recording)
    storm_compare_window_open_recording (window);
}

static void
compare_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  StormMonitorBar *self = STORM_MONITOR_BAR (widget);

  compare_cb (self, storm_monitor_get_key (self->monitor), NULL,
              g_str_has_suffix (name, "recording"));
}

void
storm_monitor_bar_follow_compare (StormMonitorBar *self)
{
  g_signal_connect_object (self->controller, "compare", G_CALLBACK (compare_cb), self,
                           G_CONNECT_SWAPPED);
}

void
storm_monitor_bar_close_compare (StormMonitorBar *self)
{
  if (self->compare != NULL)
    gtk_window_destroy (GTK_WINDOW (self->compare));
}

void
storm_monitor_bar_install_compare_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "monitor.compare", NULL, compare_action);
  gtk_widget_class_install_action (widget_class, "monitor.compare-recording", NULL,
                                   compare_action);
}
