#pragma once

#include "storm-source.h"

G_BEGIN_DECLS

#define STORM_TYPE_CONNECTION (storm_connection_get_type ())

typedef enum
{
  STORM_SECURITY_PLAIN,           /* PLAINTEXT */
  STORM_SECURITY_TLS,             /* SSL */
  STORM_SECURITY_SASL,            /* SASL_PLAINTEXT */
  STORM_SECURITY_SASL_TLS,        /* SASL_SSL */
} StormSecurity;

#define STORM_TYPE_SECURITY (storm_security_get_type ())
GType storm_security_get_type (void);

/**
 * StormConnection:
 *
 * How to reach a Kafka and what to watch there; everything but the secrets. A plain object with
 * GObject properties of the same names as the fields; kept in a key file.
 *
 * Properties: `id`, `name`, `servers` ("host:port,…"), `topics` (GStrv), `pattern` (a regular
 * expression for topics, "" for none), `start` (StormStart), `start-n` (guint), `start-time`
 * (int64, StormTime), `bounded` (boolean: stop at the ends as they were at the start), `security`
 * (StormSecurity), `ca-file`, `cert-file`, `key-file` (paths, "" for none), `mechanism` ("PLAIN",
 * "SCRAM-SHA-256", "SCRAM-SHA-512"), `user`, `extra` (GStrv of "property=value" for librdkafka).
 */
G_DECLARE_FINAL_TYPE (StormConnection, storm_connection, STORM, CONNECTION, GObject)

StormConnection *storm_connection_new      (void);

/**
 * StormSecrets: @password for SASL, @key_password for the client key; each nullable. Never written
 * to a file, a log or an argument list.
 */
typedef struct
{
  char *password;
  char *key_password;
} StormSecrets;

StormSecrets    *storm_secrets_new         (const char         *password,
                                            const char         *key_password);
StormSecrets    *storm_secrets_copy        (const StormSecrets *secrets);
void             storm_secrets_free        (StormSecrets       *secrets);

/** storm_connection_needs_secrets: whether it can't connect without a password. */
gboolean         storm_connection_needs_secrets (StormConnection *self);

/* The Secret Service. Finish functions: %STORM_ERROR_UNSUPPORTED when there is none; the window
 * then asks each time. */
void             storm_secrets_lookup_async  (StormConnection     *connection,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
StormSecrets    *storm_secrets_lookup_finish (GAsyncResult        *result,
                                              GError             **error);
void             storm_secrets_store_async   (StormConnection     *connection,
                                              const StormSecrets  *secrets,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
gboolean         storm_secrets_store_finish  (GAsyncResult        *result,
                                              GError             **error);

#define STORM_TYPE_CONNECTION_LIST (storm_connection_list_get_type ())

/** StormConnectionList: the saved connections, most recently used first; a #GListModel kept in the
 * key file `connections` under the user's configuration directory. */
G_DECLARE_FINAL_TYPE (StormConnectionList, storm_connection_list, STORM, CONNECTION_LIST, GObject)

StormConnectionList *storm_connection_list_new    (const char           *path);
/** storm_connection_list_put: adds or replaces (by id), moves it to the front, and saves. */
gboolean             storm_connection_list_put    (StormConnectionList  *self,
                                                   StormConnection      *connection,
                                                   GError              **error);
gboolean             storm_connection_list_remove (StormConnectionList  *self,
                                                   StormConnection      *connection,
                                                   GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormSecrets, storm_secrets_free)

G_END_DECLS
