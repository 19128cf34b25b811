#include "config.h"

#include "storm-connection-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "storm-error.h"
#include "storm-id.h"
#include "storm-time.h"

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_SERVERS,
  PROP_TOPICS,
  PROP_PATTERN,
  PROP_START,
  PROP_START_N,
  PROP_START_TIME,
  PROP_BOUNDED,
  PROP_SECURITY,
  PROP_CA_FILE,
  PROP_CERT_FILE,
  PROP_KEY_FILE,
  PROP_MECHANISM,
  PROP_USER,
  PROP_EXTRA,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (StormConnection, storm_connection, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (StormSecurity, storm_security,
                    G_DEFINE_ENUM_VALUE (STORM_SECURITY_PLAIN, "plain"),
                    G_DEFINE_ENUM_VALUE (STORM_SECURITY_TLS, "tls"),
                    G_DEFINE_ENUM_VALUE (STORM_SECURITY_SASL, "sasl"),
                    G_DEFINE_ENUM_VALUE (STORM_SECURITY_SASL_TLS, "sasl-tls"))

/* Properties that a user can't set, and why not. */
static const struct
{
  const char *property;
  const char *why;
} refused[] = {
  { "group.id", N_("Stormwatch watches without a consumer group, so that it never disturbs one") },
  { "group.instance.id", N_("Stormwatch watches without a consumer group") },
  { "enable.auto.commit", N_("Stormwatch never commits offsets") },
  { "auto.commit.enable", N_("Stormwatch never commits offsets") },
  { "enable.auto.offset.store", N_("Stormwatch never commits offsets") },
  { "allow.auto.create.topics", N_("Stormwatch never creates topics") },
  { "auto.offset.reset", N_("the start is chosen with the connection") },
  { "enable.partition.eof", N_("Stormwatch needs it to know when it is up to date") },
  { "bootstrap.servers", N_("the servers are a field of the connection") },
  { "metadata.broker.list", N_("the servers are a field of the connection") },
  { "security.protocol", N_("the security is a field of the connection") },
  { "sasl.username", N_("the user name is a field of the connection") },
  { "sasl.mechanism", N_("the mechanism is a field of the connection") },
  { "sasl.mechanisms", N_("the mechanism is a field of the connection") },
  { "ssl.ca.location", N_("the certificates are fields of the connection") },
  { "ssl.certificate.location", N_("the certificates are fields of the connection") },
  { "ssl.key.location", N_("the certificates are fields of the connection") },
  { "debug", N_("the debugging output of librdkafka can hold passwords") },
  { "log.queue", N_("Stormwatch keeps the log itself") },
  { "plugin.library.paths", N_("loading programs into Stormwatch is not allowed") },
  { "enable.sasl.oauthbearer.unsecure.jwt", N_("it is for tests of brokers only") },
  { "test.mock.num.brokers", N_("it would replace the broker by a made-up one") },
};

static char **
string_field (StormConnection *self,
              guint            prop_id)
{
  switch (prop_id)
    {
    case PROP_ID: return &self->id;
    case PROP_NAME: return &self->name;
    case PROP_SERVERS: return &self->servers;
    case PROP_PATTERN: return &self->pattern;
    case PROP_CA_FILE: return &self->ca_file;
    case PROP_CERT_FILE: return &self->cert_file;
    case PROP_KEY_FILE: return &self->key_file;
    case PROP_MECHANISM: return &self->mechanism;
    case PROP_USER: return &self->user;
    default: return NULL;
    }
}

static void
storm_connection_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  StormConnection *self = STORM_CONNECTION (object);
  char **field = string_field (self, prop_id);

  if (field != NULL)
    {
      g_value_set_string (value, *field);
      return;
    }

  switch (prop_id)
    {
    case PROP_TOPICS: g_value_set_boxed (value, self->topics); break;
    case PROP_START: g_value_set_enum (value, self->start); break;
    case PROP_START_N: g_value_set_uint (value, self->start_n); break;
    case PROP_START_TIME: g_value_set_int64 (value, self->start_time); break;
    case PROP_BOUNDED: g_value_set_boolean (value, self->bounded); break;
    case PROP_SECURITY: g_value_set_enum (value, self->security); break;
    case PROP_EXTRA: g_value_set_boxed (value, self->extra); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* A pattern and a mechanism may have been pasted with blanks around them; nothing else depends on
 * blanks either, so all texts lose them. */
static gboolean
set_string (char         **field,
            const GValue  *value)
{
  const char *text = g_value_get_string (value);
  char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));

  if (g_strcmp0 (*field, stripped) == 0)
    {
      g_free (stripped);
      return FALSE;
    }

  g_free (*field);
  *field = stripped;
  return TRUE;
}

static gboolean
set_strv (char        ***field,
          const GValue  *value)
{
  const char *const *strv = g_value_get_boxed (value);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) copy = NULL;

  for (guint i = 0; strv != NULL && strv[i] != NULL; i++)
    {
      g_autofree char *item = g_strstrip (g_strdup (strv[i]));

      if (*item != '\0')
        g_strv_builder_add (builder, item);
    }
  copy = g_strv_builder_end (builder);
  if (*field != NULL && g_strv_equal ((const char *const *) *field, (const char *const *) copy))
    return FALSE;

  g_strfreev (*field);
  *field = g_steal_pointer (&copy);
  return TRUE;
}

#define SET_FIELD(field, new_value) \
  (self->field != (new_value) ? (self->field = (new_value), TRUE) : FALSE)

static void
storm_connection_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  StormConnection *self = STORM_CONNECTION (object);
  char **field = string_field (self, prop_id);
  gboolean changed = FALSE;

  if (field != NULL)
    changed = set_string (field, value);
  else
    switch (prop_id)
      {
      case PROP_TOPICS: changed = set_strv (&self->topics, value); break;
      case PROP_START: changed = SET_FIELD (start, (StormStart) g_value_get_enum (value)); break;
      case PROP_START_N: changed = SET_FIELD (start_n, g_value_get_uint (value)); break;
      case PROP_START_TIME: changed = SET_FIELD (start_time, g_value_get_int64 (value)); break;
      case PROP_BOUNDED: changed = SET_FIELD (bounded, g_value_get_boolean (value)); break;
      case PROP_SECURITY: changed = SET_FIELD (security, (StormSecurity) g_value_get_enum (value));
        break;
      case PROP_EXTRA: changed = set_strv (&self->extra, value); break;
      default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      }

  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

static void
storm_connection_finalize (GObject *object)
{
  StormConnection *self = STORM_CONNECTION (object);

  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    {
      char **field = string_field (self, i);

      if (field != NULL)
        g_free (*field);
    }
  g_strfreev (self->topics);
  g_strfreev (self->extra);

  G_OBJECT_CLASS (storm_connection_parent_class)->finalize (object);
}

static void
storm_connection_class_init (StormConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = storm_connection_get_property;
  object_class->set_property = storm_connection_set_property;
  object_class->finalize = storm_connection_finalize;

  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, "", flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  props[PROP_SERVERS] = g_param_spec_string ("servers", NULL, NULL, "", flags);
  props[PROP_TOPICS] = g_param_spec_boxed ("topics", NULL, NULL, G_TYPE_STRV, flags);
  props[PROP_PATTERN] = g_param_spec_string ("pattern", NULL, NULL, "", flags);
  props[PROP_START] = g_param_spec_enum ("start", NULL, NULL, STORM_TYPE_START,
                                         STORM_START_BEGINNING, flags);
  props[PROP_START_N] = g_param_spec_uint ("start-n", NULL, NULL, 0, G_MAXUINT, 1000, flags);
  props[PROP_START_TIME] = g_param_spec_int64 ("start-time", NULL, NULL, G_MININT64, G_MAXINT64,
                                               STORM_TIME_NONE, flags);
  props[PROP_BOUNDED] = g_param_spec_boolean ("bounded", NULL, NULL, FALSE, flags);
  props[PROP_SECURITY] = g_param_spec_enum ("security", NULL, NULL, STORM_TYPE_SECURITY,
                                            STORM_SECURITY_PLAIN, flags);
  props[PROP_CA_FILE] = g_param_spec_string ("ca-file", NULL, NULL, "", flags);
  props[PROP_CERT_FILE] = g_param_spec_string ("cert-file", NULL, NULL, "", flags);
  props[PROP_KEY_FILE] = g_param_spec_string ("key-file", NULL, NULL, "", flags);
  props[PROP_MECHANISM] = g_param_spec_string ("mechanism", NULL, NULL, "", flags);
  props[PROP_USER] = g_param_spec_string ("user", NULL, NULL, "", flags);
  props[PROP_EXTRA] = g_param_spec_boxed ("extra", NULL, NULL, G_TYPE_STRV, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
storm_connection_init (StormConnection *self)
{
  self->id = storm_id_new ();
  self->name = g_strdup ("");
  self->servers = g_strdup ("localhost:9092");
  self->topics = g_new0 (char *, 1);
  self->pattern = g_strdup ("");
  self->start = STORM_START_BEGINNING;
  self->start_n = 1000;
  self->start_time = STORM_TIME_NONE;
  self->security = STORM_SECURITY_PLAIN;
  self->ca_file = g_strdup ("");
  self->cert_file = g_strdup ("");
  self->key_file = g_strdup ("");
  self->mechanism = g_strdup ("SCRAM-SHA-512");
  self->user = g_strdup ("");
  self->extra = g_new0 (char *, 1);
}

StormConnection *
storm_connection_new (void)
{
  return g_object_new (STORM_TYPE_CONNECTION, NULL);
}

StormConnection *
storm_connection_copy (StormConnection *self)
{
  StormConnection *copy;

  g_return_val_if_fail (STORM_IS_CONNECTION (self), NULL);

  copy = storm_connection_new ();
  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_value_init (&value, props[i]->value_type);
      g_object_get_property (G_OBJECT (self), props[i]->name, &value);
      g_object_set_property (G_OBJECT (copy), props[i]->name, &value);
    }

  return copy;
}

char *
storm_connection_dup_title (StormConnection *self)
{
  g_return_val_if_fail (STORM_IS_CONNECTION (self), NULL);

  return g_strdup (*self->name != '\0' ? self->name : self->servers);
}

gboolean
storm_connection_needs_secrets (StormConnection *self)
{
  g_return_val_if_fail (STORM_IS_CONNECTION (self), FALSE);

  return self->security == STORM_SECURITY_SASL || self->security == STORM_SECURITY_SASL_TLS;
}

static gboolean
is_secret (const char *property)
{
  return strstr (property, "password") != NULL || strstr (property, "secret") != NULL ||
         g_str_equal (property, "ssl.key.pem") || g_str_equal (property, "sasl.oauthbearer.config");
}

gboolean
storm_connection_check_extra (const char  *line,
                              char       **out_property,
                              char       **out_value,
                              GError     **error)
{
  const char *equals = strchr (line, '=');
  g_autofree char *property = NULL;

  if (equals == NULL || equals == line)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("“%s” is not a Kafka property. Write property=value, one on each line."),
                   line);
      return FALSE;
    }

  property = g_strstrip (g_strndup (line, equals - line));
  if (is_secret (property))
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("The property “%s” can’t be set here, because passwords and keys are never "
                     "kept in a file. Use the fields for the password instead."), property);
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    if (g_str_equal (property, refused[i].property))
      {
        g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                     _("The property “%s” can’t be set: %s."), property, _(refused[i].why));
        return FALSE;
      }

  if (out_value != NULL)
    *out_value = g_strstrip (g_strdup (equals + 1));
  if (out_property != NULL)
    *out_property = g_steal_pointer (&property);
  return TRUE;
}
