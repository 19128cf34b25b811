#include "config.h"

#include "storm-monitor-bar-private.h"

#include <glib/gi18n-lib.h>

#include "storm-compat.h"
#include "storm-mapping-window.h"

GtkWindow *
storm_monitor_bar_get_window (StormMonitorBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
choose_source_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  gtk_menu_button_popup (STORM_MONITOR_BAR (widget)->source_button);
}

static void
show_rates_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  gtk_menu_button_popup (STORM_MONITOR_BAR (widget)->rates_button);
}

static void
stop_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  storm_monitor_controller_stop (STORM_MONITOR_BAR (widget)->controller);
}

static void
clear_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  storm_monitor_controller_clear (STORM_MONITOR_BAR (widget)->controller);
}

static void
keep_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  StormMonitorBar *self = STORM_MONITOR_BAR (widget);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  /* Translators: the title of a recording: date and time when it was kept, see strftime. */
  g_autofree char *title = g_date_time_format (now, _("%x, %H:%M"));

  storm_monitor_controller_keep_recording (self->controller, title);
}

static void
export_to_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (StormMonitorBar) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = storm_compat_file_finish (result, &error);

  if (self->controller == NULL)
    return;
  if (file == NULL)
    storm_monitor_bar_fail (self, error);
  else
    storm_monitor_controller_export (self->controller, file);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  StormFileRequest request = {
    .title = _("Export Events"),
    .filter_name = _("Recordings (JSON lines)"),
    .filter_suffix = "jsonl",
    .initial_name = "events.jsonl",
  };

  storm_compat_save_file_async (storm_monitor_bar_get_window (STORM_MONITOR_BAR (widget)), &request,
                                export_to_cb, g_object_ref (widget));
}

static void
detect_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  StormMonitorBar *self = STORM_MONITOR_BAR (widget);
  GtkWidget *window = storm_mapping_window_new (self->controller);

  gtk_window_set_transient_for (GTK_WINDOW (window), storm_monitor_bar_get_window (self));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_present (GTK_WINDOW (window));
}

static void
set_key_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  storm_monitor_set_key (STORM_MONITOR_BAR (widget)->monitor,
                         g_variant_get_string (parameter, NULL));
}

static void
focus_key_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  gtk_widget_grab_focus (gtk_widget_get_first_child (
    GTK_WIDGET (STORM_MONITOR_BAR (widget)->key_place)));
}

static void
show_clocks_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  storm_clock_button_popup (STORM_MONITOR_BAR (widget)->clocks);
}

void
storm_monitor_bar_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "monitor.choose-source", NULL,
                                   choose_source_action);
  gtk_widget_class_install_action (widget_class, "monitor.show-rates", NULL, show_rates_action);
  gtk_widget_class_install_action (widget_class, "monitor.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "monitor.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "monitor.keep-recording", NULL, keep_action);
  gtk_widget_class_install_action (widget_class, "monitor.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "monitor.detect", NULL, detect_action);
  gtk_widget_class_install_action (widget_class, "monitor.show-clocks", NULL, show_clocks_action);
  gtk_widget_class_install_action (widget_class, "monitor.set-key", "s", set_key_action);
  gtk_widget_class_install_action (widget_class, "monitor.focus-key", NULL, focus_key_action);
  gtk_widget_class_install_property_action (widget_class, "monitor.pause", "paused");
  gtk_widget_class_install_property_action (widget_class, "monitor.speed", "speed");
}
