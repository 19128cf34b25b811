#include "config.h"

/* The actions of the monitor bar by which something is watched: instead of what was watched, or,
 * with the names that begin with "also-", beside it. */

#include "storm-monitor-bar-private.h"

#include "storm-connection-dialog.h"
#include "storm-demo-source.h"
#include "storm-kafka-source.h"
#include "storm-replay-source.h"
#include "storm-source-list.h"
#include "storm-source-menu.h"

/* What is to be done with a source, once it can be made. */
typedef struct
{
  StormMonitorBar *bar;        /* held */
  StormConnection *connection; /* of a Kafka, nullable */
  gboolean         also;
  gboolean         edit;
  StormSource     *replaces;   /* nullable */
} Wish;

static Wish *
wish_new (StormMonitorBar *bar,
          const char      *action)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->bar = g_object_ref (bar);
  wish->also = g_str_has_prefix (action, "monitor.also-");
  return wish;
}

static void
wish_free (Wish *wish)
{
  g_clear_object (&wish->bar);
  g_clear_object (&wish->connection);
  g_clear_object (&wish->replaces);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wish, wish_free)

static gboolean
is_watched (StormMonitorBar *self,
            StormSource     *source)
{
  StormMultiSource *sources = storm_monitor_controller_get_source (self->controller);

  for (guint i = 0; sources != NULL && i < storm_multi_source_get_n (sources); i++)
    if (storm_multi_source_get (sources, i) == source)
      return TRUE;
  return FALSE;
}

/* Takes @source over. */
static void
watch (Wish        *wish,
       StormSource *source)
{
  StormMonitorController *controller = wish->bar->controller;
  StormMultiSource *sources = storm_monitor_controller_get_source (controller);
  gboolean among = wish->replaces != NULL && is_watched (wish->bar, wish->replaces) &&
                   storm_multi_source_get_n (sources) > 1;

  /* One of several is changed without forgetting what the others brought. */
  if (among)
    storm_monitor_controller_remove (controller, wish->replaces);
  if (among || wish->also)
    storm_monitor_controller_add (controller, source);
  else
    storm_monitor_controller_watch (controller, source);
  g_object_unref (source);
}

static void
watch_connection (Wish               *wish,
                  const StormSecrets *secrets)
{
  StormMonitorBar *self = wish->bar;
  g_autoptr (GError) error = NULL;

  if (!storm_connection_list_put (self->connections, wish->connection, &error))
    storm_monitor_bar_fail (self, error);
  storm_monitor_bar_fill_menu (self);
  watch (wish, storm_kafka_source_new (wish->connection, secrets));
}

static void
dialog_connect_cb (GtkWidget       *dialog,
                   StormConnection *connection,
                   StormSecrets    *secrets,
                   StormMonitorBar *self)
{
  Wish *wish = g_object_get_data (G_OBJECT (dialog), "wish");

  g_set_object (&wish->connection, connection);
  if (self->controller != NULL)
    watch_connection (wish, secrets);
}

static void
open_dialog (Wish               *wish,
             const StormSecrets *secrets)
{
  StormMonitorBar *self = wish->bar;
  GtkWidget *dialog = storm_connection_dialog_new (wish->connection, self->connections);
  gboolean ask_password = !wish->edit && storm_connection_needs_secrets (wish->connection);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), storm_monitor_bar_get_window (self));
  g_object_set_data_full (G_OBJECT (dialog), "wish", wish, (GDestroyNotify) wish_free);
  g_signal_connect_object (dialog, "connect-to", G_CALLBACK (dialog_connect_cb), self, 0);
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

static void
secrets_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Wish) wish = data;
  g_autoptr (StormSecrets) secrets = storm_secrets_lookup_finish (result, NULL);

  if (wish->bar->controller == NULL)
    return;
  /* No keyring, or nothing in it: the dialog asks. */
  if (wish->edit || secrets == NULL || secrets->password == NULL)
    open_dialog (g_steal_pointer (&wish), secrets);
  else
    watch_connection (wish, secrets);
}

/* Takes @wish over. Opens the dialog, or connects, with what the keyring holds. */
static void
pursue (Wish *wish)
{
  if (storm_connection_needs_secrets (wish->connection))
    storm_secrets_lookup_async (wish->connection, NULL, secrets_cb, wish);
  else if (wish->edit)
    open_dialog (wish, NULL);
  else
    {
      watch_connection (wish, NULL);
      wish_free (wish);
    }
}

/* "connect" and "edit-connection". */
static void
connect_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  g_autoptr (Wish) wish = wish_new (STORM_MONITOR_BAR (widget), name);

  wish->edit = g_str_equal (name, "monitor.edit-connection");
  wish->connection = find_connection (wish->bar, g_variant_get_string (parameter, NULL));
  if (wish->connection != NULL)
    pursue (g_steal_pointer (&wish));
}

void
storm_monitor_bar_edit_source (StormMonitorBar *self,
                               StormSource     *source)
{
  g_autoptr (Wish) wish = wish_new (self, "monitor.edit-source");
  StormConnection *connection;
  g_autofree char *id = NULL;

  if (!STORM_IS_KAFKA_SOURCE (source))
    return;
  connection = storm_kafka_source_get_connection (STORM_KAFKA_SOURCE (source));
  g_object_get (connection, "id", &id, NULL);
  wish->edit = TRUE;
  wish->replaces = g_object_ref (source);
  /* As it is saved, for it may have been changed since. */
  wish->connection = find_connection (self, id);
  if (wish->connection == NULL)
    wish->connection = g_object_ref (connection);
  pursue (g_steal_pointer (&wish));
}

/* The one that doesn't work; else the first. */
static StormSource *
find_editable (StormMonitorBar *self)
{
  StormMultiSource *sources = storm_monitor_controller_get_source (self->controller);
  StormSource *found = NULL;

  for (guint i = 0; sources != NULL && i < storm_multi_source_get_n (sources); i++)
    {
      StormSource *source = storm_multi_source_get (sources, i);
      StormSourceState state = storm_source_get_state (source);

      if (!STORM_IS_KAFKA_SOURCE (source))
        continue;
      if (state == STORM_SOURCE_WAITING || state == STORM_SOURCE_FAILED)
        return source;
      if (found == NULL)
        found = source;
    }
  return found;
}

gboolean
storm_monitor_bar_can_edit_source (StormMonitorBar *self)
{
  return find_editable (self) != NULL;
}

static void
edit_source_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  StormSource *source = find_editable (STORM_MONITOR_BAR (widget));

  if (source != NULL)
    storm_monitor_bar_edit_source (STORM_MONITOR_BAR (widget), source);
}

static void
watch_again_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  StormMonitorBar *self = STORM_MONITOR_BAR (widget);
  g_autoptr (GPtrArray) connections =
    storm_source_menu_list_kept (self->connections,
                                 storm_monitor_controller_get_file (self->controller));

  storm_monitor_controller_stop (self->controller);
  /* The first one to be there begins; a password may have to be asked for. */
  for (guint i = 0; i < connections->len; i++)
    {
      Wish *wish = wish_new (self, "monitor.also-connect");

      wish->connection = g_object_ref (g_ptr_array_index (connections, i));
      pursue (wish);
    }
}

static void
new_connection_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  Wish *wish = wish_new (STORM_MONITOR_BAR (widget), name);

  wish->connection = storm_connection_new ();
  wish->edit = TRUE;
  open_dialog (wish, NULL);
}

static void
demo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_autoptr (Wish) wish = wish_new (STORM_MONITOR_BAR (widget), name);

  watch (wish, storm_demo_source_new (1, 0));
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
  g_autoptr (Wish) wish = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StormRecordReader) reader = NULL;
  g_autofree char *name = NULL;

  if (wish->bar->controller == NULL)
    return;
  reader = storm_source_menu_choose_finish (result, &name, &error);
  if (reader != NULL)
    watch (wish, storm_replay_source_new (reader, name, get_speed (wish->bar)));
  else
    storm_monitor_bar_fail (wish->bar, error);
}

static void
open_recording_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  StormMonitorBar *self = STORM_MONITOR_BAR (widget);

  storm_source_menu_choose_async (storm_monitor_bar_get_window (self), recording_opened_cb,
                                  wish_new (self, name));
}

static void
play_recording_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  StormMonitorBar *self = STORM_MONITOR_BAR (widget);
  StormBoardFile *file = storm_monitor_controller_get_file (self->controller);
  g_autoptr (Wish) wish = wish_new (self, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (StormRecordReader) reader = NULL;
  g_autofree char *title = NULL;

  reader = storm_source_menu_open (file, name, parameter, &title, &error);
  if (reader != NULL)
    watch (wish, storm_replay_source_new (reader, title, get_speed (self)));
  else if (error != NULL)
    storm_monitor_bar_fail (self, error);
}

void
storm_monitor_bar_install_source_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char                    *name;
    const char                    *type;
    GtkWidgetActionActivateFunc    func;
  } actions[] = {
    { "connect", "s", connect_action },
    { "new-connection", NULL, new_connection_action },
    { "demo", NULL, demo_action },
    { "open-recording", NULL, open_recording_action },
    { "play-recording", "x", play_recording_action },
    { "play-sample", "(ss)", play_recording_action },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *instead = g_strconcat ("monitor.", actions[i].name, NULL);
      g_autofree char *also = g_strconcat ("monitor.also-", actions[i].name, NULL);

      gtk_widget_class_install_action (widget_class, instead, actions[i].type, actions[i].func);
      gtk_widget_class_install_action (widget_class, also, actions[i].type, actions[i].func);
    }
  gtk_widget_class_install_action (widget_class, "monitor.edit-connection", "s", connect_action);
  gtk_widget_class_install_action (widget_class, "monitor.edit-source", NULL, edit_source_action);
  gtk_widget_class_install_action (widget_class, "monitor.watch-again", NULL, watch_again_action);
}
