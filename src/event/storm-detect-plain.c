#include "config.h"

#include <string.h>

#include "storm-detect-private.h"
#include "storm-json.h"

/* Names that people give the fields when they follow nobody's convention, at the top and inside the
 * usual envelopes. */
static const char * const type_names[] = {
  "eventType", "event_type", "eventName", "event_name", "type", "event", "@type", "__type",
  "__TypeId__", "messageType", "name", NULL,
};
static const char * const id_names[] = {
  "eventId", "event_id", "messageId", "message_id", NULL,
};
static const char * const time_names[] = {
  "timestamp", "time", "occurredAt", "occurred_at", "occurredOn", "eventTime", "event_time",
  "createdAt", "created_at", "created", "ts", "date", NULL,
};
static const char * const correlation_names[] = {
  "correlationId", "correlation_id", "correlation-id", "correlationid", "$correlationId", "txId",
  "tx_id", NULL,
};
static const char * const causation_names[] = {
  "causationId", "causation_id", "$causationId", NULL,
};
static const char * const * const names[] = {
  type_names, id_names, time_names, correlation_names, causation_names,
};
static const char * const places[] = {
  "json:/", "header:", "json:/metadata/", "json:/meta/", "json:/headers/", "json:/payload/",
  "json:/data/", NULL,
};

/* In how many samples this entry alone gives the field, and in @n_values how many different
 * texts. */
static guint
count_entry (GPtrArray         *samples,
             const char        *entry,
             StormMappingField  field,
             guint             *n_values)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (StormMapping) mapping = NULL;
  StormReading reading;
  guint n = 0;

  g_string_append_printf (json, "{\"%s\":[", storm_mapping_field_names[field]);
  storm_json_append_string (json, entry, -1);
  g_string_append (json, "]}");
  mapping = storm_mapping_new_from_json (json->str, NULL);

  storm_reading_init (&reading);
  for (guint i = 0; i < samples->len; i++)
    {
      StormSample *sample = g_ptr_array_index (samples, i);

      storm_mapping_read (mapping, &sample->view.record, &reading);
      if (reading.text[field] == NULL
          || (field == STORM_MAPPING_TIME && reading.time_source != STORM_TIME_FROM_EVENT))
        continue;
      n++;
      g_hash_table_add (values, g_strndup (reading.text[field], reading.len[field]));
    }
  storm_reading_clear (&reading);
  *n_values = g_hash_table_size (values);

  return n;
}

/* Types come again and again; a field whose values are nearly all different holds something
 * else. */
static gboolean
is_plausible (const char        *name,
              StormMappingField  field,
              guint              n,
              guint              n_values)
{
  if (n == 0)
    return FALSE;
  if (field != STORM_MAPPING_TYPE)
    return TRUE;
  if (strcmp (name, "name") == 0)
    return n >= 6 && n_values * 3 <= n;

  return n < 10 || n_values * 2 <= n + 10;
}

static guint
append_entries (GString           *json,
                GPtrArray         *samples,
                StormMappingField  field)
{
  guint n_entries = 0;

  for (guint place = 0; places[place] != NULL; place++)
    {
      for (guint i = 0; names[field][i] != NULL; i++)
        {
          g_autofree char *entry = g_strconcat (places[place], names[field][i], NULL);
          guint n_values;
          guint n = count_entry (samples, entry, field, &n_values);

          if (!is_plausible (names[field][i], field, n, n_values))
            continue;
          if (n_entries++ > 0)
            g_string_append_c (json, ',');
          storm_json_append_string (json, entry, -1);
        }
    }

  return n_entries;
}

char *
storm_detect_plain (GPtrArray *samples)
{
  GString *json = g_string_new ("{");

  for (guint field = 0; field < G_N_ELEMENTS (names); field++)
    {
      guint n;

      if (field > 0)
        g_string_append_c (json, ',');
      g_string_append_printf (json, "\"%s\":[", storm_mapping_field_names[field]);
      n = append_entries (json, samples, (StormMappingField) field);
      if (n == 0 && field == STORM_MAPPING_TYPE)
        {
          g_string_free (json, TRUE);
          return NULL;
        }
      if (field == STORM_MAPPING_TIME)
        g_string_append_printf (json, "%s\"kafka:timestamp\"", n > 0 ? "," : "");
      g_string_append_c (json, ']');
    }
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}
