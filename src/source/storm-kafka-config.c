#include "config.h"

#include "storm-kafka-config-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "storm-error.h"
#include "storm-kafka-words-private.h"

/* Properties that hold for every connection; see the header for why there is no group. */
static const char *const fixed[][2] = {
  { "client.id", "stormwatch" },
  { "enable.auto.commit", "false" },
  { "enable.auto.offset.store", "false" },
  { "allow.auto.create.topics", "false" },
  /* So that what retention took away is seen as a gap instead of skipped in silence. */
  { "auto.offset.reset", "error" },
  { "enable.partition.eof", "true" },
};

/* Defaults that a connection may change. */
static const char *const defaults[][2] = {
  { "check.crcs", "true" },
  /* Empty partitions hold a fetch for this long: 500 ms would delay the first event by as much. */
  { "fetch.wait.max.ms", "20" },
  /* What is fetched ahead, whichever is reached first. librdkafka needs about 400 bytes beside each
   * record, so this bounds its memory to 80 MB and one answer of each broker. More doesn't help:
   * what is taken soon is still in the processor's cache. */
  { "queued.min.messages", "100000" },
  { "queued.max.messages.kbytes", "32768" },
  { "reconnect.backoff.ms", "50" },
  { "reconnect.backoff.max.ms", "2000" },
  { "socket.keepalive.enable", "true" },
  { "socket.timeout.ms", "15000" },
};

/* Defaults that only newer versions know, the first since QUEUE_BACKOFF_SINCE. */
#define QUEUE_BACKOFF_SINCE 0x02020000
static const char *const optional[][2] = {
  { "fetch.queue.backoff.ms", "5" },
};

static void
error_cb (rd_kafka_t *rk,
          int         code,
          const char *reason,
          void       *opaque)
{
  StormKafkaTrouble *trouble = opaque;
  rd_kafka_resp_err_t err = code;
  gboolean definite = storm_kafka_is_definite (err, reason);

  if (definite && (err == RD_KAFKA_RESP_ERR__TRANSPORT || strstr (reason, "unexpected eof")))
    definite = ++trouble->n_closed >= 2;
  if (err == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN)
    {
      trouble->all_down = TRUE;
      return;
    }
  /* A broker that can't be reached says less than one that refuses the login. */
  if (trouble->definite && !definite)
    return;

  g_free (trouble->reason);
  trouble->err = err;
  trouble->reason = g_strdup (reason);
  trouble->definite = definite;
}

/* librdkafka's own lines hold no secrets, because its debugging output can't be turned on. */
static void
log_cb (const rd_kafka_t *rk,
        int               level,
        const char       *facility,
        const char       *text)
{
  g_debug ("%s: %s", facility, text);
}

void
storm_kafka_trouble_clear (StormKafkaTrouble *self)
{
  g_clear_pointer (&self->reason, g_free);
  self->err = RD_KAFKA_RESP_ERR_NO_ERROR;
  self->definite = FALSE;
  self->all_down = FALSE;
  self->n_closed = 0;
}

/* librdkafka's own message would quote the value, and that may be a password. */
static gboolean
set (rd_kafka_conf_t  *conf,
     const char       *property,
     const char       *value,
     GError          **error)
{
  char text[256];

  switch (rd_kafka_conf_set (conf, property, value, text, sizeof text))
    {
    case RD_KAFKA_CONF_OK:
      return TRUE;
    case RD_KAFKA_CONF_UNKNOWN:
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("There is no Kafka property “%s”. Take it out of the connection’s extra "
                     "properties, or correct it."), property);
      return FALSE;
    case RD_KAFKA_CONF_INVALID:
    default:
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("The Kafka property “%s” does not take the value that it has. Correct it in "
                     "the connection."), property);
      return FALSE;
    }
}

static gboolean
set_file (rd_kafka_conf_t  *conf,
          const char       *property,
          const char       *path,
          const char       *what,
          GError          **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *contents = NULL;
  gsize len = 0;

  if (*path == '\0')
    return TRUE;
  if (!g_file_get_contents (path, &contents, &len, &local))
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND,
                   _("The %s can’t be read from “%s”: %s. Choose the file again."), what, path,
                   local->message);
      return FALSE;
    }
  if (g_strstr_len (contents, len, "-----BEGIN ") == NULL)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("The %s in “%s” is not in the PEM form, which starts with “-----BEGIN”. "
                     "Convert it with openssl and choose the new file."), what, path);
      return FALSE;
    }

  return set (conf, property, path, error);
}

static gboolean
set_tls (rd_kafka_conf_t     *conf,
         StormConnection     *connection,
         const StormSecrets  *secrets,
         GError             **error)
{
  if ((*connection->cert_file == '\0') != (*connection->key_file == '\0'))
    {
      g_set_error_literal (error, STORM_ERROR, STORM_ERROR_INVALID,
                           _("A client certificate needs its key, and the key its certificate. "
                             "Choose both files or none."));
      return FALSE;
    }
  if (!set_file (conf, "ssl.ca.location", connection->ca_file, _("CA certificate"), error) ||
      !set_file (conf, "ssl.certificate.location", connection->cert_file,
                 _("client certificate"), error) ||
      !set_file (conf, "ssl.key.location", connection->key_file, _("client key"), error))
    return FALSE;

  return secrets == NULL || secrets->key_password == NULL || *secrets->key_password == '\0' ||
         set (conf, "ssl.key.password", secrets->key_password, error);
}

static gboolean
set_sasl (rd_kafka_conf_t     *conf,
          StormConnection     *connection,
          const StormSecrets  *secrets,
          GError             **error)
{
  static const char *const known[] = { "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", NULL };

  if (!g_strv_contains (known, connection->mechanism))
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_UNSUPPORTED,
                   _("The login mechanism “%s” is not supported. Choose PLAIN, SCRAM-SHA-256 or "
                     "SCRAM-SHA-512."), connection->mechanism);
      return FALSE;
    }
  if (*connection->user == '\0')
    {
      g_set_error_literal (error, STORM_ERROR, STORM_ERROR_AUTH,
                           _("The connection logs in, but has no user name. Enter it."));
      return FALSE;
    }
  if (secrets == NULL || secrets->password == NULL)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_AUTH,
                   _("The password of “%s” is not known. Enter it."), connection->user);
      return FALSE;
    }

  return set (conf, "sasl.mechanisms", connection->mechanism, error) &&
         set (conf, "sasl.username", connection->user, error) &&
         set (conf, "sasl.password", secrets->password, error);
}

static gboolean
set_security (rd_kafka_conf_t     *conf,
              StormConnection     *connection,
              const StormSecrets  *secrets,
              GError             **error)
{
  static const char *const protocols[] = { "PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL" };
  StormSecurity security = connection->security;

  g_assert (security < G_N_ELEMENTS (protocols));

  if (!set (conf, "security.protocol", protocols[security], error))
    return FALSE;
  if ((security == STORM_SECURITY_TLS || security == STORM_SECURITY_SASL_TLS) &&
      !set_tls (conf, connection, secrets, error))
    return FALSE;

  return !storm_connection_needs_secrets (connection) ||
         set_sasl (conf, connection, secrets, error);
}

static gboolean
set_extra (rd_kafka_conf_t  *conf,
           StormConnection  *connection,
           GError          **error)
{
  for (guint i = 0; connection->extra[i] != NULL; i++)
    {
      g_autofree char *property = NULL;
      g_autofree char *value = NULL;

      if (!storm_connection_check_extra (connection->extra[i], &property, &value, error) ||
          !set (conf, property, value, error))
        return FALSE;
    }
  return TRUE;
}

rd_kafka_conf_t *
storm_kafka_config_new (StormConnection     *connection,
                        const StormSecrets  *secrets,
                        StormKafkaTrouble   *trouble,
                        GError             **error)
{
  rd_kafka_conf_t *conf;
  gboolean ok = TRUE;

  g_return_val_if_fail (STORM_IS_CONNECTION (connection), NULL);
  g_return_val_if_fail (trouble != NULL, NULL);

  if (*connection->servers == '\0')
    {
      g_set_error_literal (error, STORM_ERROR, STORM_ERROR_INVALID,
                           _("The connection has no server. Enter one as host:port."));
      return NULL;
    }

  conf = rd_kafka_conf_new ();
  for (guint i = 0; ok && i < G_N_ELEMENTS (defaults); i++)
    ok = set (conf, defaults[i][0], defaults[i][1], error);
  for (guint i = 0; i < G_N_ELEMENTS (optional); i++)
    rd_kafka_conf_set (conf, optional[i][0], optional[i][1], NULL, 0);
  ok = ok && set_extra (conf, connection, error);
  for (guint i = 0; ok && i < G_N_ELEMENTS (fixed); i++)
    ok = set (conf, fixed[i][0], fixed[i][1], error);
  ok = ok && set (conf, "bootstrap.servers", connection->servers, error) &&
       set_security (conf, connection, secrets, error);
  if (!ok)
    {
      rd_kafka_conf_destroy (conf);
      return NULL;
    }

  rd_kafka_conf_set_opaque (conf, trouble);
  rd_kafka_conf_set_error_cb (conf, error_cb);
  rd_kafka_conf_set_log_cb (conf, log_cb);
  return conf;
}

rd_kafka_t *
storm_kafka_open (StormConnection     *connection,
                  const StormSecrets  *secrets,
                  StormKafkaTrouble   *trouble,
                  GError             **error)
{
  rd_kafka_conf_t *conf = storm_kafka_config_new (connection, secrets, trouble, error);
  char text[512] = "";
  rd_kafka_t *rk;

  if (conf == NULL)
    return NULL;

  rk = rd_kafka_new (RD_KAFKA_CONSUMER, conf, text, sizeof text);
  if (rk == NULL)
    {
      rd_kafka_conf_destroy (conf);
      g_propagate_error (error, storm_kafka_words_for_setup (connection, text));
      return NULL;
    }
  if (rd_kafka_brokers_add (rk, connection->servers) == 0)
    {
      rd_kafka_destroy (rk);
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("“%s” is not a list of servers. Write host:port, several with commas between "
                     "them."), connection->servers);
      return NULL;
    }

  return rk;
}

void
storm_kafka_wake (rd_kafka_t          *rk,
                  StormConnection     *connection,
                  const StormSecrets  *secrets)
{
  gboolean login = storm_connection_needs_secrets (connection) && secrets != NULL &&
                   secrets->password != NULL;
  rd_kafka_error_t *error;

  if (rd_kafka_version () >= QUEUE_BACKOFF_SINCE)
    return;

  error = rd_kafka_sasl_set_credentials (rk, login ? connection->user : "",
                                         login ? secrets->password : "");
  if (error != NULL)
    rd_kafka_error_destroy (error);
}
