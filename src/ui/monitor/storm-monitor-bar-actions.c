#include "config.h"

#include "storm-monitor-bar-private.h"

#include <glib/gi18n-lib.h>

#include "storm-compat.h"
#include "storm-connection-dialog.h"
#include "storm-demo-source.h"
#include "storm-kafka-source.h"
#include "storm-mapping-window.h"
#include "storm-replay-source.h"
#include "storm-source-menu.h"

static GtkWindow *
get_window (StormMonitorBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
watch (StormMonitorBar *self,
       StormSource     *source,
       StormConnection *connection)
{
  g_set_object (&self->watched, connection);
  storm_monitor_controller_watch (self->controller, source);
  g_object_unref (source);
}

static void
dialog_connect_cb (StormMonitorBar *self,
                   StormConnection *connection,
                   StormSecrets    *secrets)
{
  g_autoptr (GError) error = NULL;

  if (!storm_connection_list_put (self->connections, connection, &error))
    storm_monitor_bar_fail (self, error);
  storm_monitor_bar_fill_menu (self);
  watch (self, storm_kafka_source_new (connection, secrets), connection);
}

static void
open_dialog (StormMonitorBar    *self,
             StormConnection    *connection,
             const StormSecrets *secrets,
             gboolean            ask_password)
{
  GtkWidget *dialog = storm_connection_dialog_new (connection, self->connections);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), get_window (self));
  g_signal_connect_object (dialog, "connect-to", G_CALLBACK (dialog_connect_cb), self,
                           G_CONNECT_SWAPPED);
  if (secrets != NULL)
    storm_connection_dialog_set_secrets (STORM_CONNECTION_DIALOG (dialog), secrets);
  gtk_window_present (GTK_WINDOW (dialog));
  if (ask_password)
    storm_connection_dialog_ask_password (STORM_CONNECTION_DIALOG (dialog));
}

static StormConnection *
find_connection (StormMonitorBar *self,
                 const char      *id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->connections));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StormConnection) connection = NULL;
      g_autofree char *its = NULL;

      connection = g_list_model_get_item (G_LIST_MODEL (self->connections), i);
      g_object_get (connection, "id", &its, NULL);
      if (g_strcmp0 (its, id) == 0)
        return g_steal_pointer (&connection);
    }
  return NULL;
}

typedef struct
{
  StormMonitorBar *bar;
  StormConnection *connection;
  gboolean         edit;
} Lookup;

static void
secrets_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  g_autofree Lookup *lookup = data;
  g_autoptr (StormMonitorBar) self = lookup->bar;
  g_autoptr (StormConnection) connection = lookup->connection;
  g_autoptr (StormSecrets) secrets = storm_secrets_lookup_finish (result, NULL);

  if (self->controller == NULL)
    return;
  /* No keyring, or nothing in it: the dialog asks. */
  if (lookup->edit || secrets == NULL || secrets->password == NULL)
    open_dialog (self, connection, secrets, !lookup->edit);
  else
    dialog_connect_cb (self, connection, secrets);
}

/* Opens the dialog, or connects, with what the keyring holds for @connection. */
static void
look_up_secrets (StormMonitorBar *self,
                 StormConnection *connection,
                 gboolean         edit)
{
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->bar = g_object_ref (self);
  lookup->connection = g_object_ref (connection);
  lookup->edit = edit;
  storm_secrets_lookup_async (connection, NULL, secrets_cb, lookup);
}

static void
connect_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  StormMonitorBar *self = STORM_MONITOR_BAR (widget);
  g_autoptr (StormConnection) connection = NULL;

  connection = find_connection (self, g_variant_get_string (parameter, NULL));
  if (connection == NULL)
    return;
  if (!storm_connection_needs_secrets (connection))
    dialog_connect_cb (self, connection, NULL);
  else
    look_up_secrets (self, connection, FALSE);
}

static void
edit_connection (StormMonitorBar *self,
                 StormConnection *connection)
{
  if (!storm_connection_needs_secrets (connection))
    open_dialog (self, connection, NULL, FALSE);
  else
    look_up_secrets (self, connection, TRUE);
}

static void
edit_connection_action (GtkWidget  *widget,
                        const char *name,
                        GVariant   *parameter)
{
  StormMonitorBar *self = STORM_MONITOR_BAR (widget);
  g_autoptr (StormConnection) connection = NULL;

  connection = find_connection (self, g_variant_get_string (parameter, NULL));
  if (connection != NULL)
    edit_connection (self, connection);
}

static void
edit_source_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  StormMonitorBar *self = STORM_MONITOR_BAR (widget);

  if (self->watched != NULL)
    edit_connection (self, self->watched);
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
new_connection_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  g_autoptr (StormConnection) connection = storm_connection_new ();

  open_dialog (STORM_MONITOR_BAR (widget), connection, NULL, FALSE);
}

static void
demo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  watch (STORM_MONITOR_BAR (widget), storm_demo_source_new (1, 0), NULL);
}

static double
get_speed (StormMonitorBar *self)
{
  return g_ascii_strtod (self->speed, NULL);
}

static void
recording_opened_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      data)
{
  g_autoptr (StormMonitorBar) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = storm_compat_file_finish (result, &error);
  g_autoptr (StormRecordReader) reader = NULL;
  g_autofree char *name = NULL;

  if (self->controller == NULL)
    return;
  if (file == NULL || (reader = storm_jsonl_reader_new (file, &error)) == NULL)
    {
      storm_monitor_bar_fail (self, error);
      return;
    }
  name = g_file_get_basename (file);
  watch (self, storm_replay_source_new (reader, name, get_speed (self)), NULL);
}

static void
open_recording_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  StormFileRequest request = {
    .title = _("Open Recording"),
    .filter_name = _("Recordings (JSON lines)"),
    .filter_suffix = "jsonl;ndjson;json;gz",
  };

  storm_compat_open_file_async (get_window (STORM_MONITOR_BAR (widget)), &request,
                                recording_opened_cb, g_object_ref (widget));
}

static void
play_recording_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  StormMonitorBar *self = STORM_MONITOR_BAR (widget);
  StormBoardFile *file = storm_monitor_controller_get_file (self->controller);
  g_autoptr (GError) error = NULL;
  g_autoptr (StormRecordReader) reader = NULL;
  g_autofree char *title = NULL;

  if (g_str_has_suffix (name, "sample"))
    reader = storm_source_menu_open_sample (parameter, &title, &error);
  else
    reader = storm_source_menu_open_recording (file, g_variant_get_int64 (parameter), &title,
                                               &error);
  if (reader != NULL)
    watch (self, storm_replay_source_new (reader, title, get_speed (self)), NULL);
  else if (error != NULL)
    storm_monitor_bar_fail (self, error);
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

  storm_compat_save_file_async (get_window (STORM_MONITOR_BAR (widget)), &request, export_to_cb,
                                g_object_ref (widget));
}

static void
detect_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  StormMonitorBar *self = STORM_MONITOR_BAR (widget);
  GtkWidget *window = storm_mapping_window_new (self->controller);

  gtk_window_set_transient_for (GTK_WINDOW (window), get_window (self));
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
  gtk_widget_class_install_action (widget_class, "monitor.connect", "s", connect_action);
  gtk_widget_class_install_action (widget_class, "monitor.edit-connection", "s",
                                   edit_connection_action);
  gtk_widget_class_install_action (widget_class, "monitor.edit-source", NULL, edit_source_action);
  gtk_widget_class_install_action (widget_class, "monitor.choose-source", NULL,
                                   choose_source_action);
  gtk_widget_class_install_action (widget_class, "monitor.show-rates", NULL, show_rates_action);
  gtk_widget_class_install_action (widget_class, "monitor.new-connection", NULL,
                                   new_connection_action);
  gtk_widget_class_install_action (widget_class, "monitor.demo", NULL, demo_action);
  gtk_widget_class_install_action (widget_class, "monitor.open-recording", NULL,
                                   open_recording_action);
  gtk_widget_class_install_action (widget_class, "monitor.play-recording", "x",
                                   play_recording_action);
  gtk_widget_class_install_action (widget_class, "monitor.play-sample", "(ss)",
                                   play_recording_action);
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
