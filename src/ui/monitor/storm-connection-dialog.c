#include "config.h"

#include "storm-connection-dialog.h"

#include <glib/gi18n-lib.h>

#include "storm-compat.h"
#include "storm-error.h"
#include "storm-kafka-source.h"
#include "storm-topic-picker.h"

struct _StormConnectionDialog
{
  AdwWindow            parent_instance;

  StormConnection     *connection;     /* as it is saved; the form works on a copy */
  StormConnectionList *list;
  GCancellable        *cancellable;
  StormTopicPicker    *picker;
  gboolean             picking;

  GtkWidget           *connect_button;
  GtkEditable         *servers;
  GtkEditable         *name;
  GtkSpinner          *spinner;
  GtkWidget           *test_button;
  GtkLabel            *answer;
  GtkEditable         *topics;
  GtkPopover          *pick_popover;
  GtkWidget           *pick_button;
  GtkEditable         *pattern;
  AdwComboRow         *start;
  GtkWidget           *start_n_row;
  GtkSpinButton       *start_n;
  GtkEditable         *start_time;
  AdwComboRow         *security;
  AdwComboRow         *mechanism;
  GtkEditable         *user;
  GtkEditable         *password;
  GtkEditable         *ca_file;
  GtkEditable         *cert_file;
  GtkEditable         *key_file;
  GtkEditable         *key_password;
  GtkWidget           *remember_row;
  GtkSwitch           *remember;
  GtkTextView         *extra;
  GtkWidget           *remove_group;
};

enum
{
  CONNECT_TO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormConnectionDialog, storm_connection_dialog, ADW_TYPE_WINDOW)

/* "a, b" ↔ NULL-terminated. */
static char **
split_topics (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = g_strsplit_set (text, ",; \t\n", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_strv_builder_add (builder, parts[i]);
  return g_strv_builder_end (builder);
}

static char **
get_extra (StormConnectionDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->extra);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_object_get (buffer, "text", &text, NULL);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strstrip (lines[i]);
      if (lines[i][0] != '\0')
        g_strv_builder_add (builder, lines[i]);
    }
  return g_strv_builder_end (builder);
}

/* "2026-11-21 10:41" and its kin, in the local zone. */
static gboolean
get_start_time (StormConnectionDialog *self,
                StormTime             *time)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->start_time)));

  if (strlen (text) == strlen ("2026-11-21"))
    {
      char *longer = g_strconcat (text, " 00:00:00", NULL);

      g_free (text);
      text = longer;
    }
  else if (strlen (text) == strlen ("2026-11-21 10:41"))
    {
      char *longer = g_strconcat (text, ":00", NULL);

      g_free (text);
      text = longer;
    }
  return storm_time_parse (text, -1, zone, time);
}

static const char *
get_mechanism (StormConnectionDialog *self)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (self->mechanism);

  return item != NULL ? gtk_string_object_get_string (item) : "PLAIN";
}

/* The form as a connection of its own. */
static StormConnection *
read_form (StormConnectionDialog *self)
{
  StormConnection *connection = storm_connection_new ();
  g_auto (GStrv) topics = split_topics (gtk_editable_get_text (self->topics));
  g_auto (GStrv) extra = get_extra (self);
  g_autofree char *id = NULL;
  StormTime time = 0;

  g_object_get (self->connection, "id", &id, NULL);
  get_start_time (self, &time);
  g_object_set (connection,
                "id", id,
                "name", gtk_editable_get_text (self->name),
                "servers", gtk_editable_get_text (self->servers),
                "topics", topics,
                "pattern", gtk_editable_get_text (self->pattern),
                "start", (StormStart) adw_combo_row_get_selected (self->start),
                "start-n", (guint) gtk_spin_button_get_value_as_int (self->start_n),
                "start-time", time,
                "security", (StormSecurity) adw_combo_row_get_selected (self->security),
                "mechanism", get_mechanism (self),
                "user", gtk_editable_get_text (self->user),
                "ca-file", gtk_editable_get_text (self->ca_file),
                "cert-file", gtk_editable_get_text (self->cert_file),
                "key-file", gtk_editable_get_text (self->key_file),
                "extra", extra,
                NULL);
  return connection;
}

static StormSecrets *
read_secrets (StormConnectionDialog *self)
{
  const char *password = gtk_editable_get_text (self->password);
  const char *key_password = gtk_editable_get_text (self->key_password);

  return storm_secrets_new (password[0] != '\0' ? password : NULL,
                            key_password[0] != '\0' ? key_password : NULL);
}

static void
changed_cb (StormConnectionDialog *self)
{
  StormSecurity security = (StormSecurity) adw_combo_row_get_selected (self->security);
  StormStart start = (StormStart) adw_combo_row_get_selected (self->start);
  gboolean tls = security == STORM_SECURITY_TLS || security == STORM_SECURITY_SASL_TLS;
  gboolean sasl = security == STORM_SECURITY_SASL || security == STORM_SECURITY_SASL_TLS;
  gboolean servers = gtk_editable_get_text (self->servers)[0] != '\0';
  gboolean watches = gtk_editable_get_text (self->topics)[0] != '\0' ||
                     gtk_editable_get_text (self->pattern)[0] != '\0';
  StormTime time;

  gtk_widget_set_visible (self->start_n_row, start == STORM_START_LAST_N);
  gtk_widget_set_visible (GTK_WIDGET (self->start_time), start == STORM_START_TIME);
  gtk_widget_set_visible (GTK_WIDGET (self->mechanism), sasl);
  gtk_widget_set_visible (GTK_WIDGET (self->user), sasl);
  gtk_widget_set_visible (GTK_WIDGET (self->password), sasl);
  gtk_widget_set_visible (GTK_WIDGET (self->ca_file), tls);
  gtk_widget_set_visible (GTK_WIDGET (self->cert_file), tls);
  gtk_widget_set_visible (GTK_WIDGET (self->key_file), tls);
  gtk_widget_set_visible (GTK_WIDGET (self->key_password), tls);
  gtk_widget_set_visible (self->remember_row, tls || sasl);
  if (start == STORM_START_TIME && !get_start_time (self, &time))
    gtk_widget_add_css_class (GTK_WIDGET (self->start_time), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->start_time), "error");
  gtk_widget_set_sensitive (self->test_button, servers);
  gtk_widget_set_sensitive (self->pick_button, servers);
  gtk_widget_set_sensitive (self->connect_button,
                            servers && watches &&
                            (start != STORM_START_TIME || get_start_time (self, &time)));
}

static void
topics_changed_cb (StormConnectionDialog *self)
{
  changed_cb (self);
  if (!self->picking)
    {
      g_auto (GStrv) topics = split_topics (gtk_editable_get_text (self->topics));

      storm_topic_picker_set_chosen (self->picker, (const char * const *) topics);
    }
}

static void
picked_cb (StormConnectionDialog *self)
{
  g_auto (GStrv) topics = storm_topic_picker_get_chosen (self->picker);
  g_autofree char *text = g_strjoinv (", ", topics);

  self->picking = TRUE;
  gtk_editable_set_text (self->topics, text);
  self->picking = FALSE;
}

static void
show_answer (StormConnectionDialog *self,
             const char            *words,
             gboolean               good)
{
  gtk_label_set_text (self->answer, words);
  gtk_widget_set_visible (GTK_WIDGET (self->answer), TRUE);
  gtk_widget_remove_css_class (GTK_WIDGET (self->answer), good ? "error" : "success");
  gtk_widget_add_css_class (GTK_WIDGET (self->answer), good ? "success" : "error");
  storm_compat_announce (GTK_WIDGET (self->answer), words);
}

static void
probed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (StormConnectionDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  g_auto (GStrv) topics = storm_kafka_probe_finish (result, &words, &error);

  if (self->connection == NULL || g_error_matches (error, STORM_ERROR, STORM_ERROR_CANCELLED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_sensitive (self->test_button, TRUE);
  if (topics == NULL)
    {
      gtk_popover_popdown (self->pick_popover);
      show_answer (self, error->message, FALSE);
      return;
    }
  show_answer (self, words, TRUE);
  {
    g_auto (GStrv) chosen = split_topics (gtk_editable_get_text (self->topics));

    storm_topic_picker_set_chosen (self->picker, (const char * const *) chosen);
  }
  storm_topic_picker_set_topics (self->picker, (const char * const *) topics);
}

static void
test_cb (StormConnectionDialog *self)
{
  g_autoptr (StormConnection) connection = read_form (self);
  g_autoptr (StormSecrets) secrets = read_secrets (self);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_visible (GTK_WIDGET (self->answer), FALSE);
  gtk_widget_set_sensitive (self->test_button, FALSE);
  gtk_spinner_start (self->spinner);
  storm_kafka_probe_async (connection, secrets, self->cancellable, probed_cb,
                           g_object_ref (self));
}

static void
pick_cb (StormConnectionDialog *self)
{
  test_cb (self);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GError) error = NULL;

  /* Without a keyring the password is asked for the next time; nothing else is lost. */
  if (!storm_secrets_store_finish (result, &error))
    g_message ("The keyring did not take the password: %s", error->message);
}

static void
connect_cb (StormConnectionDialog *self)
{
  g_autoptr (StormConnection) connection = read_form (self);
  g_autoptr (StormSecrets) secrets = read_secrets (self);

  if (gtk_widget_get_visible (self->remember_row) && gtk_switch_get_active (self->remember) &&
      (secrets->password != NULL || secrets->key_password != NULL))
    storm_secrets_store_async (connection, secrets, NULL, stored_cb, NULL);
  g_signal_emit (self, signals[CONNECT_TO], 0, connection, secrets);
  gtk_window_close (GTK_WINDOW (self));
}

static void
remove_cb (StormConnectionDialog *self)
{
  g_autoptr (GError) error = NULL;

  if (storm_connection_list_remove (self->list, self->connection, &error))
    gtk_window_close (GTK_WINDOW (self));
  else
    show_answer (self, error->message, FALSE);
}

typedef struct
{
  StormConnectionDialog *dialog;
  GtkEditable           *row;
} FileChoice;

static void
file_chosen_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      data)
{
  g_autofree FileChoice *choice = data;
  g_autoptr (StormConnectionDialog) self = choice->dialog;
  g_autoptr (GFile) file = storm_compat_file_finish (result, NULL);

  if (file != NULL && self->connection != NULL && g_file_peek_path (file) != NULL)
    gtk_editable_set_text (choice->row, g_file_peek_path (file));
}

static void
choose_file (StormConnectionDialog *self,
             GtkEditable           *row)
{
  StormFileRequest request = {
    .title = _("Choose a File"),
    .filter_name = _("Certificates and keys (PEM)"),
    .filter_suffix = "pem;crt;cer;key",
  };
  FileChoice *choice = g_new0 (FileChoice, 1);

  choice->dialog = g_object_ref (self);
  choice->row = row;
  storm_compat_open_file_async (GTK_WINDOW (self), &request, file_chosen_cb, choice);
}

static void
choose_ca_cb (StormConnectionDialog *self)
{
  choose_file (self, self->ca_file);
}

static void
choose_cert_cb (StormConnectionDialog *self)
{
  choose_file (self, self->cert_file);
}

static void
choose_key_cb (StormConnectionDialog *self)
{
  choose_file (self, self->key_file);
}

static void
fill_start_time (StormConnectionDialog *self,
                 StormTime              time)
{
  g_autoptr (GDateTime) moment = NULL;
  g_autofree char *text = NULL;

  moment = time > 0 ? g_date_time_new_from_unix_local (time / STORM_TIME_SECOND)
                    : g_date_time_new_now_local ();
  text = g_date_time_format (moment, time > 0 ? "%Y-%m-%d %H:%M:%S" : "%Y-%m-%d 00:00");
  gtk_editable_set_text (self->start_time, text);
}

static void
fill_form (StormConnectionDialog *self)
{
  g_autofree char *name = NULL, *servers = NULL, *pattern = NULL, *mechanism = NULL, *user = NULL;
  g_autofree char *ca = NULL, *cert = NULL, *key = NULL, *topics_text = NULL, *extra_text = NULL;
  g_auto (GStrv) topics = NULL, extra = NULL;
  StormSecurity security;
  StormStart start;
  StormTime time;
  guint n;

  g_object_get (self->connection, "name", &name, "servers", &servers, "topics", &topics, "pattern",
                &pattern, "start", &start, "start-n", &n, "start-time", &time, "security",
                &security, "ca-file", &ca, "cert-file", &cert, "key-file", &key, "mechanism",
                &mechanism, "user", &user, "extra", &extra, NULL);
  topics_text = topics != NULL ? g_strjoinv (", ", topics) : g_strdup ("");
  extra_text = extra != NULL ? g_strjoinv ("\n", extra) : g_strdup ("");
  gtk_editable_set_text (self->name, name != NULL ? name : "");
  gtk_editable_set_text (self->servers, servers != NULL ? servers : "");
  gtk_editable_set_text (self->topics, topics_text);
  gtk_editable_set_text (self->pattern, pattern != NULL ? pattern : "");
  gtk_editable_set_text (self->user, user != NULL ? user : "");
  gtk_editable_set_text (self->ca_file, ca != NULL ? ca : "");
  gtk_editable_set_text (self->cert_file, cert != NULL ? cert : "");
  gtk_editable_set_text (self->key_file, key != NULL ? key : "");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->extra), extra_text, -1);
  adw_combo_row_set_selected (self->start, start);
  adw_combo_row_set_selected (self->security, security);
  adw_combo_row_set_selected (self->mechanism,
                              g_strcmp0 (mechanism, "SCRAM-SHA-512") == 0   ? 2
                              : g_strcmp0 (mechanism, "SCRAM-SHA-256") == 0 ? 1 : 0);
  if (n > 0)
    gtk_spin_button_set_value (self->start_n, n);
  fill_start_time (self, time);
}

static void
storm_connection_dialog_dispose (GObject *object)
{
  StormConnectionDialog *self = STORM_CONNECTION_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->connection);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (storm_connection_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, connect_button);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, servers);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, name);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, test_button);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, answer);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, topics);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, pick_popover);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, pick_button);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, pattern);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, start);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, start_n_row);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, start_n);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, start_time);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, security);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, mechanism);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, user);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, password);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, ca_file);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, cert_file);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, key_file);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, key_password);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, remember_row);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, remember);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, extra);
  gtk_widget_class_bind_template_child (widget_class, StormConnectionDialog, remove_group);
}

static void
storm_connection_dialog_class_init (StormConnectionDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_connection_dialog_dispose;

  signals[CONNECT_TO] = g_signal_new ("connect-to", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 2, STORM_TYPE_CONNECTION,
                                      G_TYPE_POINTER);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               APP_PATH "/monitor/connection-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, topics_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_cb);
  gtk_widget_class_bind_template_callback (widget_class, pick_cb);
  gtk_widget_class_bind_template_callback (widget_class, connect_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_ca_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cert_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_key_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
storm_connection_dialog_init (StormConnectionDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->picker = STORM_TOPIC_PICKER (storm_topic_picker_new ());
  gtk_popover_set_child (self->pick_popover, GTK_WIDGET (self->picker));
  g_signal_connect_swapped (self->picker, "changed", G_CALLBACK (picked_cb), self);
}

GtkWidget *
storm_connection_dialog_new (StormConnection     *connection,
                             StormConnectionList *list)
{
  StormConnectionDialog *self;
  gboolean saved = FALSE;

  g_return_val_if_fail (STORM_IS_CONNECTION (connection), NULL);
  g_return_val_if_fail (STORM_IS_CONNECTION_LIST (list), NULL);

  self = g_object_new (STORM_TYPE_CONNECTION_DIALOG, NULL);
  self->connection = g_object_ref (connection);
  self->list = g_object_ref (list);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)) && !saved; i++)
    {
      g_autoptr (StormConnection) other = g_list_model_get_item (G_LIST_MODEL (list), i);

      saved = other == connection;
    }
  gtk_widget_set_visible (self->remove_group, saved);
  fill_form (self);
  changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->servers));
  return GTK_WIDGET (self);
}

void
storm_connection_dialog_set_secrets (StormConnectionDialog *self,
                                     const StormSecrets    *secrets)
{
  g_return_if_fail (STORM_IS_CONNECTION_DIALOG (self));
  g_return_if_fail (secrets != NULL);

  gtk_editable_set_text (self->password, secrets->password != NULL ? secrets->password : "");
  gtk_editable_set_text (self->key_password,
                         secrets->key_password != NULL ? secrets->key_password : "");
}

void
storm_connection_dialog_ask_password (StormConnectionDialog *self)
{
  g_return_if_fail (STORM_IS_CONNECTION_DIALOG (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}
