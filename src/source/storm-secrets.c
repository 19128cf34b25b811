#include "config.h"

#include "storm-connection-private.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "storm-error.h"

static const SecretSchema schema = {
  "io.github.stormwatch.Connection", SECRET_SCHEMA_NONE,
  {
    { "connection", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "kind", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  }
};

/* What the thread needs; the connection itself stays with the main thread. */
typedef struct
{
  char         *id;
  char         *title;
  StormSecrets *secrets;       /* to be stored; NULL for a lookup */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->id);
  g_free (job->title);
  g_clear_pointer (&job->secrets, storm_secrets_free);
  g_free (job);
}

static void
wipe (char *secret)
{
  if (secret != NULL)
    secret_password_wipe (secret);
  g_free (secret);
}

StormSecrets *
storm_secrets_new (const char *password,
                   const char *key_password)
{
  StormSecrets *self = g_new0 (StormSecrets, 1);

  self->password = g_strdup (password);
  self->key_password = g_strdup (key_password);
  return self;
}

StormSecrets *
storm_secrets_copy (const StormSecrets *secrets)
{
  return secrets != NULL ? storm_secrets_new (secrets->password, secrets->key_password) : NULL;
}

void
storm_secrets_free (StormSecrets *secrets)
{
  if (secrets == NULL)
    return;

  wipe (secrets->password);
  wipe (secrets->key_password);
  g_free (secrets);
}

/* Whatever a bus without a Secret Service answers; anything else comes from a service. */
static gboolean
is_absent (const GError *error)
{
  if (error->domain == G_DBUS_ERROR)
    return error->code == G_DBUS_ERROR_SERVICE_UNKNOWN ||
           error->code == G_DBUS_ERROR_NAME_HAS_NO_OWNER ||
           error->code == G_DBUS_ERROR_NO_SERVER || error->code == G_DBUS_ERROR_NOT_SUPPORTED ||
           error->code == G_DBUS_ERROR_ACCESS_DENIED ||
           error->code == G_DBUS_ERROR_FILE_NOT_FOUND ||
           (error->code >= G_DBUS_ERROR_SPAWN_EXEC_FAILED &&
            error->code <= G_DBUS_ERROR_SPAWN_NO_MEMORY);

  /* The bus itself can't be reached. */
  return error->domain == G_IO_ERROR && error->code != G_IO_ERROR_CANCELLED;
}

static void
return_error (GTask        *task,
              const GError *error,
              gboolean      storing)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_new_error (task, STORM_ERROR, STORM_ERROR_CANCELLED,
                             _("The password was not taken from the keyring: it was cancelled."));
  else if (is_absent (error))
    g_task_return_new_error (task, STORM_ERROR, STORM_ERROR_UNSUPPORTED,
                             _("There is no keyring service here to keep passwords in. "
                               "Stormwatch asks for the password each time."));
  else if (storing)
    g_task_return_new_error (task, STORM_ERROR, STORM_ERROR_IO,
                             _("The keyring did not take the password: %s"), error->message);
  else
    g_task_return_new_error (task, STORM_ERROR, STORM_ERROR_IO,
                             _("The keyring did not give the password: %s"), error->message);
}

static void
lookup_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (StormSecrets) secrets = storm_secrets_new (NULL, NULL);
  g_autoptr (GError) error = NULL;

  /* Plain copies: libsecret's own memory must be freed by libsecret. */
  for (guint i = 0; i < 2 && error == NULL; i++)
    {
      char *found = secret_password_lookup_sync (&schema, cancellable, &error,
                                                 "connection", job->id,
                                                 "kind", i == 0 ? "password" : "key-password",
                                                 NULL);

      if (found != NULL)
        *(i == 0 ? &secrets->password : &secrets->key_password) = g_strdup (found);
      secret_password_free (found);
    }

  if (error != NULL)
    return_error (task, error, FALSE);
  else
    g_task_return_pointer (task, g_steal_pointer (&secrets), (GDestroyNotify) storm_secrets_free);
}

static void
store_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2 && error == NULL; i++)
    {
      const char *kind = i == 0 ? "password" : "key-password";
      const char *secret = i == 0 ? job->secrets->password : job->secrets->key_password;
      g_autofree char *label = g_strdup_printf (_("Stormwatch: Kafka “%s”"), job->title);

      if (secret != NULL)
        secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, label, secret, cancellable,
                                    &error, "connection", job->id, "kind", kind, NULL);
      else
        secret_password_clear_sync (&schema, cancellable, &error,
                                    "connection", job->id, "kind", kind, NULL);
    }

  if (error != NULL)
    return_error (task, error, TRUE);
  else
    g_task_return_boolean (task, TRUE);
}

static GTask *
new_task (StormConnection     *connection,
          const StormSecrets  *secrets,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data,
          gpointer             tag)
{
  GTask *task = g_task_new (connection, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->id = g_strdup (connection->id);
  job->title = storm_connection_dup_title (connection);
  job->secrets = storm_secrets_copy (secrets);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, job, job_free);

  return task;
}

void
storm_secrets_lookup_async (StormConnection     *connection,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (STORM_IS_CONNECTION (connection));

  task = new_task (connection, NULL, cancellable, callback, user_data, storm_secrets_lookup_async);
  g_task_run_in_thread (task, lookup_thread);
}

StormSecrets *
storm_secrets_lookup_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
storm_secrets_store_async (StormConnection     *connection,
                           const StormSecrets  *secrets,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (STORM_IS_CONNECTION (connection));
  g_return_if_fail (secrets != NULL);

  task = new_task (connection, secrets, cancellable, callback, user_data,
                   storm_secrets_store_async);
  g_task_run_in_thread (task, store_thread);
}

gboolean
storm_secrets_store_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
