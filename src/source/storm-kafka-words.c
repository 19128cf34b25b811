#include "config.h"

#include "storm-kafka-words-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "storm-error.h"

/* The version that sends the right SCRAM nonce; brokers from 4.0 on refuse what older ones send. */
#define SCRAM_FIXED_IN 0x02060100

static gboolean
has (const char *reason,
     const char *words)
{
  return reason != NULL && strcasestr (reason, words) != NULL;
}

static gboolean
is_wrong_security (const char *reason)
{
  return has (reason, "security.protocol") || has (reason, "SSL listener?") ||
         has (reason, "PLAINTEXT broker listener?");
}

/* TLS can fail after its handshake, too; librdkafka calls that a broken transport then. */
static gboolean
is_tls (const char *reason)
{
  return has (reason, "SSL routines") || has (reason, "SSL handshake failed");
}

gboolean
storm_kafka_is_definite (rd_kafka_resp_err_t  err,
                         const char          *reason)
{
  return err == RD_KAFKA_RESP_ERR__AUTHENTICATION ||
         err == RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED ||
         err == RD_KAFKA_RESP_ERR__SSL ||
         (err == RD_KAFKA_RESP_ERR__TRANSPORT && (is_wrong_security (reason) || is_tls (reason)));
}

static GError *
words_for_login (StormConnection *connection,
                 const char      *reason)
{
  gboolean old_scram = g_str_has_prefix (connection->mechanism, "SCRAM") &&
                       rd_kafka_version () < SCRAM_FIXED_IN;

  if (has (reason, "unsupported SASL mechanism") || has (reason, "not enabled in the server"))
    return g_error_new (STORM_ERROR, STORM_ERROR_AUTH,
                        _("The broker at %s does not offer the login mechanism %s. Choose another "
                          "one."), connection->servers, connection->mechanism);
  if (old_scram)
    return g_error_new (STORM_ERROR, STORM_ERROR_AUTH,
                        _("The broker at %s refused the login of “%s”. Check user name and "
                          "password. If they are right and the broker is Kafka 4 or newer: %s "
                          "works there only with librdkafka 2.6.1 or newer, and here is %s; use "
                          "PLAIN over TLS, or update librdkafka."),
                        connection->servers, connection->user, connection->mechanism,
                        rd_kafka_version_str ());
  return g_error_new (STORM_ERROR, STORM_ERROR_AUTH,
                      _("The broker at %s refused the login of “%s”. Check user name, password and "
                        "mechanism."), connection->servers, connection->user);
}

static GError *
words_for_tls (StormConnection *connection,
               const char      *reason)
{
  const char *servers = connection->servers;

  if (has (reason, "wrong version number") || has (reason, "PLAINTEXT broker listener?") ||
      has (reason, "packet length too long") ||
      has (reason, "unexpected eof") || has (reason, "http request"))
    return g_error_new (STORM_ERROR, STORM_ERROR_AUTH,
                        _("The broker at %s does not speak TLS on this port. Choose a security "
                          "without TLS, or the broker’s TLS port."), servers);
  if (has (reason, "unknown ca") || has (reason, "bad certificate") ||
      has (reason, "certificate required") || has (reason, "certificate unknown") ||
      has (reason, "alert handshake failure"))
    return g_error_new (STORM_ERROR, STORM_ERROR_AUTH,
                        _("The broker at %s wants a client certificate that it trusts. Choose a "
                          "client certificate and its key."), servers);
  if (has (reason, "hostname mismatch") || has (reason, "IP address mismatch"))
    return g_error_new (STORM_ERROR, STORM_ERROR_AUTH,
                        _("The certificate of the broker at %s was made for another host name. "
                          "Enter the name that stands in the certificate."), servers);
  if (has (reason, "has expired"))
    return g_error_new (STORM_ERROR, STORM_ERROR_AUTH,
                        _("The certificate of the broker at %s has expired. Its administrator has "
                          "to renew it."), servers);
  if (has (reason, "certificate verify failed"))
    return g_error_new (STORM_ERROR, STORM_ERROR_AUTH,
                        _("The certificate of the broker at %s is not trusted. Choose the CA "
                          "certificate that signed it."), servers);
  return g_error_new (STORM_ERROR, STORM_ERROR_AUTH,
                      _("TLS with the broker at %s failed (%s). Check the security and the "
                        "certificates."), servers, reason);
}

static GError *
words_for_security (StormConnection *connection,
                    const char      *reason)
{
  switch (connection->security)
    {
    case STORM_SECURITY_TLS:
    case STORM_SECURITY_SASL_TLS:
      return words_for_tls (connection, reason);
    case STORM_SECURITY_PLAIN:
    case STORM_SECURITY_SASL:
    default:
      return g_error_new (STORM_ERROR, STORM_ERROR_AUTH,
                          _("The broker at %s closed the connection at the first question. It "
                            "probably wants TLS or a login on this port: choose another security, "
                            "or another port."), connection->servers);
    }
}

static GError *
words_for_transport (StormConnection *connection,
                     const char      *reason)
{
  const char *servers = connection->servers;

  if (has (reason, "refused"))
    return g_error_new (STORM_ERROR, STORM_ERROR_CONNECT,
                        _("Nothing answers at %s. Check that the broker is running, and host and "
                          "port."), servers);
  if (has (reason, "timed out") || has (reason, "timeout"))
    return g_error_new (STORM_ERROR, STORM_ERROR_CONNECT,
                        _("%s does not answer. Check host and port, and that no firewall is in "
                          "between."), servers);
  if (has (reason, "unreachable") || has (reason, "No route"))
    return g_error_new (STORM_ERROR, STORM_ERROR_CONNECT,
                        _("There is no way to %s in the network. Check that you are connected, "
                          "and the address."), servers);
  if (reason == NULL || *reason == '\0')
    return g_error_new (STORM_ERROR, STORM_ERROR_CONNECT,
                        _("%s can’t be reached. Check host and port."), servers);
  return g_error_new (STORM_ERROR, STORM_ERROR_CONNECT,
                      _("%s can’t be reached (%s). Check host and port."), servers, reason);
}

GError *
storm_kafka_words_for_broker (StormConnection     *connection,
                              rd_kafka_resp_err_t  err,
                              const char          *reason)
{
  switch ((int) err)
    {
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
      return words_for_login (connection, reason);
    case RD_KAFKA_RESP_ERR__SSL:
      return words_for_tls (connection, reason);
    case RD_KAFKA_RESP_ERR__RESOLVE:
      return g_error_new (STORM_ERROR, STORM_ERROR_CONNECT,
                          _("There is no host of the name in “%s”. Check the spelling, and that "
                            "you are connected to its network."), connection->servers);
    default:
      if (is_tls (reason))
        return words_for_tls (connection, reason);
      if (is_wrong_security (reason))
        return words_for_security (connection, reason);
      return words_for_transport (connection, reason);
    }
}

GError *
storm_kafka_words_for_topic (StormConnection     *connection,
                             const char          *topic,
                             rd_kafka_resp_err_t  err)
{
  switch ((int) err)
    {
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
      return g_error_new (STORM_ERROR, STORM_ERROR_NOT_FOUND,
                          _("There is no topic “%s” at %s, or this login may not see it. Check the "
                            "name, or choose the topic from the list."),
                          topic, connection->servers);
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
      return g_error_new (STORM_ERROR, STORM_ERROR_AUTH,
                          _("This login may not read the topic “%s”. Its administrator has to "
                            "allow DESCRIBE and READ on it."), topic);
    case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
      return g_error_new (STORM_ERROR, STORM_ERROR_INVALID,
                          _("“%s” can’t be the name of a topic. A name has letters, digits, dots, "
                            "dashes and underscores."), topic);
    default:
      return g_error_new (STORM_ERROR, STORM_ERROR_CONNECT,
                          _("The topic “%s” can’t be read at the moment: %s."), topic,
                          rd_kafka_err2str (err));
    }
}

GError *
storm_kafka_words_for_setup (StormConnection *connection,
                             const char      *reason)
{
  if (has (reason, "ssl.key.location"))
    return g_error_new (STORM_ERROR, STORM_ERROR_AUTH,
                        _("The client key “%s” can’t be opened. Its password is missing or wrong, "
                          "or it does not belong to the certificate."), connection->key_file);
  if (has (reason, "ssl.certificate.location"))
    return g_error_new (STORM_ERROR, STORM_ERROR_INVALID,
                        _("“%s” holds no client certificate that can be used. Choose another "
                          "file."), connection->cert_file);
  if (has (reason, "ssl.ca.location"))
    return g_error_new (STORM_ERROR, STORM_ERROR_INVALID,
                        _("“%s” holds no CA certificate that can be used. Choose another file."),
                        connection->ca_file);
  if (has (reason, "sasl.mechanism"))
    return g_error_new (STORM_ERROR, STORM_ERROR_UNSUPPORTED,
                        _("The librdkafka in use can’t log in with %s. Choose another "
                          "mechanism."), connection->mechanism);
  return g_error_new (STORM_ERROR, STORM_ERROR_INVALID,
                      _("The connection can’t be set up: %s. Check its settings."), reason);
}
