#include "config.h"

#include "storm-producers.h"

#include "storm-clock-skew.h"

/* Bytes of a name. */
#define MAX_NAME 200
/* Pairs of topic and type that are known. */
#define MAX_KNOWN 10000

/* A mapping that reads one thing, the source, as the "type". */
static const char source_mapping[] =
  "{\"type\":[\"header:ce_source\",\"header:ce-source\","
  "\"header:NServiceBus.OriginatingEndpoint\",\"header:MT-Source-Address\","
  "\"header:axon-metadata-source\",\"header:source\",\"header:producer\",\"header:service\","
  "\"header:X-Producer\",\"json:/source\",\"json:/sourceAddress\",\"json:/producer\","
  "\"json:/service\",\"json:/serviceName\",\"json:/metadata/source\",\"json:/metadata/producer\","
  "\"json:/metadata/service\",\"json:/meta/source\",\"json:/headers/source\"],"
  "\"id\":[],\"time\":[],\"correlation\":[],\"causation\":[]}";

struct _StormProducers
{
  StormEventLog *log;
  StormMapping  *mapping;
  GPtrArray     *names;     /* char * */
  GHashTable    *known;     /* gint64 of topic and type → number + 1 */
};

StormProducers *
storm_producers_new (StormEventLog *log)
{
  StormProducers *self;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (STORM_IS_EVENT_LOG (log), NULL);

  self = g_new0 (StormProducers, 1);
  self->log = g_object_ref (log);
  self->mapping = storm_mapping_new_from_json (source_mapping, &error);
  g_assert_no_error (error);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
storm_producers_free (StormProducers *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->known);
  g_ptr_array_unref (self->names);
  storm_mapping_unref (self->mapping);
  g_object_unref (self->log);
  g_free (self);
}

void
storm_producers_clear (StormProducers *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_remove_all (self->known);
  g_ptr_array_set_size (self->names, 0);
}

static guint
intern (StormProducers *self,
        const char     *name)
{
  for (guint i = 0; i < self->names->len; i++)
    if (g_str_equal (g_ptr_array_index (self->names, i), name))
      return i;
  if (self->names->len >= STORM_SKEW_MAX_PRODUCERS)
    return STORM_NO_PRODUCER;
  g_ptr_array_add (self->names, g_strdup (name));
  return self->names->len - 1;
}

/* Hostile: cut, made valid, on one line. */
static char *
dup_name (const char *text,
          gsize       len)
{
  char *name = g_utf8_make_valid (text, (gssize) MIN (len, MAX_NAME));

  for (char *c = name; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  return name;
}

/* The clocks of two connections are not the same. */
static char *
dup_topic (StormProducers *self,
           guint32         row)
{
  StormStrings *strings = storm_event_log_get_strings (self->log);
  guint32 connection =
    storm_strings_get_connection (strings, storm_event_log_get_topic_id (self->log, row));
  const char *topic = storm_event_log_get_topic (self->log, row);

  return connection == 0 ? g_strdup (topic)
                         : g_strconcat (storm_strings_get (strings, connection), "/", topic, NULL);
}

static char *
read_name (StormProducers *self,
           guint32         row)
{
  g_auto (StormRecordView) view = { 0, };
  StormReading reading;
  char *name = NULL;

  if (!storm_event_log_read (self->log, row, &view))
    return NULL;
  storm_reading_init (&reading);
  storm_mapping_read (self->mapping, &view.record, &reading);
  if (reading.text[STORM_MAPPING_TYPE] != NULL)
    name = dup_name (reading.text[STORM_MAPPING_TYPE], reading.len[STORM_MAPPING_TYPE]);
  else
    name = dup_topic (self, row);
  storm_reading_clear (&reading);
  return name;
}

guint
storm_producers_find (StormProducers *self,
                      guint32         row)
{
  g_autofree char *name = NULL;
  gint64 key;
  gpointer known;
  guint found;

  g_return_val_if_fail (self != NULL, STORM_NO_PRODUCER);
  g_return_val_if_fail (row < storm_event_log_get_n (self->log), STORM_NO_PRODUCER);

  key = (gint64) storm_event_log_get_topic_id (self->log, row) << 32 |
        storm_event_log_get_type_id (self->log, row);
  known = g_hash_table_lookup (self->known, &key);
  if (known != NULL)
    return GPOINTER_TO_UINT (known) - 1;
  name = read_name (self, row);
  if (name == NULL)
    return STORM_NO_PRODUCER;
  found = intern (self, name);
  if (found != STORM_NO_PRODUCER && g_hash_table_size (self->known) < MAX_KNOWN)
    g_hash_table_insert (self->known, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (found + 1));
  return found;
}

guint
storm_producers_get_n (StormProducers *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->names->len;
}

const char *
storm_producers_get_name (StormProducers *self,
                          guint           producer)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (producer < self->names->len, NULL);

  return g_ptr_array_index (self->names, producer);
}
