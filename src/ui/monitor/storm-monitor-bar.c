#include "config.h"

#include "storm-monitor-bar.h"

#include <glib/gi18n-lib.h>

#include "storm-compat.h"
#include "storm-connection-dialog.h"
#include "storm-demo-source.h"
#include "storm-error.h"
#include "storm-kafka-source.h"
#include "storm-key-entry.h"
#include "storm-mapping-window.h"
#include "storm-replay-source.h"
#include "storm-samples.h"
#include "storm-source-menu.h"

struct _StormMonitorBar
{
  GtkWidget               parent_instance;

  StormMonitorController *controller;
  StormMonitor           *monitor;
  StormConnectionList    *connections;
  char                   *speed;      /* "0", "1" or "10" */
  const char             *dot_class;

  GtkWidget              *box;
  GtkMenuButton          *source_button;
  GtkWidget              *dot;
  GtkLabel               *status;
  GtkBox                 *key_place;
  GtkLabel               *summary;
  GtkSpinner             *spinner;
  GtkWidget              *pause;
  GtkWidget              *menu_button;
};

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
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormMonitorBar, storm_monitor_bar, GTK_TYPE_WIDGET)

static GtkWindow *
get_window (StormMonitorBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
fail (StormMonitorBar *self,
      GError          *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error);
}

static void
watch (StormMonitorBar *self,
       StormSource     *source)
{
  storm_monitor_controller_watch (self->controller, source);
  g_object_unref (source);
}

static void
show_state (StormMonitorBar *self)
{
  static const char * const classes[] = {
    [STORM_SOURCE_IDLE] = "idle", [STORM_SOURCE_CONNECTING] = "busy",
    [STORM_SOURCE_READING] = "busy", [STORM_SOURCE_LIVE] = "live",
    [STORM_SOURCE_WAITING] = "warning", [STORM_SOURCE_FAILED] = "error",
    [STORM_SOURCE_ENDED] = "ended", [STORM_SOURCE_STOPPED] = "idle",
  };
  g_autofree char *status = NULL;
  StormSourceState state;
  gboolean busy, watching;

  g_object_get (self->controller, "status", &status, "state", &state, "busy", &busy, NULL);
  gtk_label_set_text (self->status, status);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->source_button), status);
  if (self->dot_class != NULL)
    gtk_widget_remove_css_class (self->dot, self->dot_class);
  self->dot_class = classes[CLAMP (state, STORM_SOURCE_IDLE, STORM_SOURCE_STOPPED)];
  gtk_widget_add_css_class (self->dot, self->dot_class);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->source_button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, status, -1);
  gtk_spinner_set_spinning (self->spinner, busy || state == STORM_SOURCE_CONNECTING);

  watching = storm_monitor_controller_get_source (self->controller) != NULL;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "monitor.stop", watching);
}

/* "Order-4711 · 5 events · 38.9 s", or how many events and cases there are. */
static void
show_summary (StormMonitorBar *self)
{
  const char *key = storm_monitor_get_key (self->monitor);
  guint n = storm_event_log_get_n (storm_monitor_get_log (self->monitor));
  guint n_traces;
  g_autofree char *words = NULL;
  g_autofree char *span = NULL;
  StormTrace *trace;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "monitor.clear", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "monitor.export", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "monitor.detect", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "monitor.keep-recording", n > 0 &&
    !storm_board_file_get_read_only (storm_monitor_controller_get_file (self->controller)));
  if (key == NULL || key[0] == '\0')
    {
      n_traces = g_list_model_get_n_items (G_LIST_MODEL (storm_monitor_get_index (self->monitor)));
      if (n > 0)
        /* Translators: how many events were seen, and how many correlation keys. */
        words = g_strdup_printf (_("%'u events · %'u traces"), n, n_traces);
      gtk_label_set_text (self->summary, words != NULL ? words : "");
      return;
    }
  trace = storm_trace_index_lookup (storm_monitor_get_index (self->monitor), key);
  if (trace == NULL)
    {
      gtk_label_set_text (self->summary, _("No event has this key so far"));
      return;
    }
  n = storm_trace_get_n_events (trace);
  span = storm_time_format_span (storm_trace_get_last_time (trace) -
                                 storm_trace_get_first_time (trace));
  /* Translators: how many events a trace has, and how long it took from first to last. */
  words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u event in %s", "%u events in %s", n), n,
                           span);
  gtk_label_set_text (self->summary, words);
}

static void
fill_menu (StormMonitorBar *self)
{
  g_autoptr (GMenuModel) menu = NULL;

  menu = storm_source_menu_new (self->connections,
                                storm_monitor_controller_get_file (self->controller));
  gtk_menu_button_set_menu_model (self->source_button, menu);
}

static void
controller_failed_cb (StormMonitorBar *self,
                      GError          *error)
{
  fail (self, error);
}

static void
controller_done_cb (StormMonitorBar *self,
                    const char      *words)
{
  fill_menu (self);
  g_signal_emit (self, signals[DONE], 0, words);
}

static void
dialog_connect_cb (StormMonitorBar *self,
                   StormConnection *connection,
                   StormSecrets    *secrets)
{
  g_autoptr (GError) error = NULL;

  if (!storm_connection_list_put (self->connections, connection, &error))
    fail (self, error);
  fill_menu (self);
  watch (self, storm_kafka_source_new (connection, secrets));
}

static void
open_dialog (StormMonitorBar *self,
             StormConnection *connection,
             gboolean         ask_password)
{
  GtkWidget *dialog = storm_connection_dialog_new (connection, self->connections);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), get_window (self));
  g_signal_connect_object (dialog, "connect-to", G_CALLBACK (dialog_connect_cb), self,
                           G_CONNECT_SWAPPED);
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
  if (secrets == NULL || secrets->password == NULL)
    open_dialog (self, connection, TRUE);
  else
    dialog_connect_cb (self, connection, secrets);
}

static void
connect_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  StormMonitorBar *self = STORM_MONITOR_BAR (widget);
  g_autoptr (StormConnection) connection = NULL;
  Lookup *lookup;

  connection = find_connection (self, g_variant_get_string (parameter, NULL));
  if (connection == NULL)
    return;
  if (!storm_connection_needs_secrets (connection))
    {
      dialog_connect_cb (self, connection, NULL);
      return;
    }
  lookup = g_new0 (Lookup, 1);
  lookup->bar = g_object_ref (self);
  lookup->connection = g_object_ref (connection);
  storm_secrets_lookup_async (connection, NULL, secrets_cb, lookup);
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
    open_dialog (self, connection, FALSE);
}

static void
new_connection_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  g_autoptr (StormConnection) connection = storm_connection_new ();

  open_dialog (STORM_MONITOR_BAR (widget), connection, FALSE);
}

static void
demo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  watch (STORM_MONITOR_BAR (widget), storm_demo_source_new (1, 0));
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
      fail (self, error);
      return;
    }
  name = g_file_get_basename (file);
  watch (self, storm_replay_source_new (reader, name, get_speed (self)));
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
  g_autoptr (GError) error = NULL;
  g_autoptr (StormRecordReader) reader = NULL;
  g_autoptr (GPtrArray) recordings = NULL;
  StormBoardFile *file = storm_monitor_controller_get_file (self->controller);
  gint64 id = g_variant_get_int64 (parameter);
  const char *title = "";

  recordings = storm_board_file_list_recordings (file);
  for (guint i = 0; recordings != NULL && i < recordings->len; i++)
    {
      StormRecordingInfo *info = g_ptr_array_index (recordings, i);

      if (info->id == id)
        title = info->title;
    }
  reader = storm_board_file_open_recording (file, id, &error);
  if (reader == NULL)
    fail (self, error);
  else
    watch (self, storm_replay_source_new (reader, title, get_speed (self)));
}

static void
play_sample_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  StormMonitorBar *self = STORM_MONITOR_BAR (widget);
  const StormSample *sample;
  const char *sample_id, *id;

  g_variant_get (parameter, "(&s&s)", &sample_id, &id);
  sample = storm_samples_lookup (sample_id);
  for (guint i = 0; sample != NULL && i < sample->n_recordings; i++)
    if (g_str_equal (sample->recordings[i].id, id))
      {
        const StormSampleRecording *recording = &sample->recordings[i];
        g_autofree char *uri = g_strconcat ("resource://", recording->path, NULL);
        g_autoptr (GFile) file = g_file_new_for_uri (uri);
        g_autoptr (GError) error = NULL;
        g_autoptr (StormRecordReader) reader = storm_jsonl_reader_new (file, &error);

        if (reader == NULL)
          fail (self, error);
        else
          watch (self, storm_replay_source_new (reader, recording->title, get_speed (self)));
      }
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
    fail (self, error);
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
storm_monitor_bar_dispose (GObject *object)
{
  StormMonitorBar *self = STORM_MONITOR_BAR (object);
  GtkWidget *child;

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
      if (self->monitor != NULL)
        g_object_get_property (G_OBJECT (self->monitor), "paused", value);
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
      if (self->monitor != NULL)
        g_object_set_property (G_OBJECT (self->monitor), "paused", value);
      g_object_notify_by_pspec (object, pspec);
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
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "monitor.connect", "s", connect_action);
  gtk_widget_class_install_action (widget_class, "monitor.edit-connection", "s",
                                   edit_connection_action);
  gtk_widget_class_install_action (widget_class, "monitor.new-connection", NULL,
                                   new_connection_action);
  gtk_widget_class_install_action (widget_class, "monitor.demo", NULL, demo_action);
  gtk_widget_class_install_action (widget_class, "monitor.open-recording", NULL,
                                   open_recording_action);
  gtk_widget_class_install_action (widget_class, "monitor.play-recording", "x",
                                   play_recording_action);
  gtk_widget_class_install_action (widget_class, "monitor.play-sample", "(ss)",
                                   play_sample_action);
  gtk_widget_class_install_action (widget_class, "monitor.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "monitor.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "monitor.keep-recording", NULL, keep_action);
  gtk_widget_class_install_action (widget_class, "monitor.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "monitor.detect", NULL, detect_action);
  gtk_widget_class_install_action (widget_class, "monitor.set-key", "s", set_key_action);
  gtk_widget_class_install_action (widget_class, "monitor.focus-key", NULL, focus_key_action);
  gtk_widget_class_install_property_action (widget_class, "monitor.pause", "paused");
  gtk_widget_class_install_property_action (widget_class, "monitor.speed", "speed");
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

  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/monitor/monitor-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, StormMonitorBar, box);
  gtk_widget_class_bind_template_child (widget_class, StormMonitorBar, source_button);
  gtk_widget_class_bind_template_child (widget_class, StormMonitorBar, dot);
  gtk_widget_class_bind_template_child (widget_class, StormMonitorBar, status);
  gtk_widget_class_bind_template_child (widget_class, StormMonitorBar, key_place);
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

  g_signal_connect_object (controller, "failed", G_CALLBACK (controller_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "done", G_CALLBACK (controller_done_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "notify", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor, "flushed", G_CALLBACK (show_summary), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor, "notify::key", G_CALLBACK (show_summary), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (storm_monitor_get_log (self->monitor), "cleared",
                           G_CALLBACK (show_summary), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->connections, "items-changed", G_CALLBACK (fill_menu), self,
                           G_CONNECT_SWAPPED);
  fill_menu (self);
  show_state (self);
  show_summary (self);
  return GTK_WIDGET (self);
}
