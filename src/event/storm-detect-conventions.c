#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "storm-detect-private.h"

/* A convention. A sample follows it when the entries of @signs (a mapping, of which every list that
 * is there must find something, and if @number the "id" one a number) are there and @mapping finds
 * type and time. */
typedef struct
{
  const char *name;
  const char *signs;
  const char *mapping;
  gboolean    number;
} Convention;

/* In the order of kafka-and-events §3.2: of equal ones the earlier is taken. */
static const Convention conventions[] = {
  { N_("CloudEvents (headers)"),
    "{\"type\":[\"header:ce_type\"],\"id\":[\"header:ce_id\",\"header:ce_specversion\"]}",
    "{\"type\":[\"header:ce_type\"],\"id\":[\"header:ce_id\"],"
    "\"time\":[\"header:ce_time\",\"kafka:timestamp\"],"
    "\"correlation\":[\"header:ce_correlationid\"],"
    "\"causation\":[\"header:ce_causationid\"]}" },
  { N_("CloudEvents (JSON)"),
    "{\"type\":[\"json:/type\"],\"id\":[\"json:/specversion\"],\"correlation\":[\"json:/source\"]}",
    "{\"type\":[\"json:/type\"],\"id\":[\"json:/id\"],"
    "\"time\":[\"json:/time\",\"kafka:timestamp\"],"
    "\"correlation\":[\"json:/correlationid\"],\"causation\":[\"json:/causationid\"]}" },
  { N_("Axon"),
    "{\"type\":[\"header:axon-message-type\"]}",
    "{\"type\":[\"header:axon-message-type\"],\"id\":[\"header:axon-message-id\"],"
    "\"time\":[\"header:axon-message-timestamp\",\"kafka:timestamp\"],"
    "\"correlation\":[\"header:axon-metadata-correlationId\"],"
    "\"causation\":[\"header:axon-metadata-causationId\"]}" },
  { N_("NServiceBus"),
    "{\"type\":[\"header:NServiceBus.EnclosedMessageTypes\"]}",
    "{\"type\":[\"header:NServiceBus.EnclosedMessageTypes\"],"
    "\"id\":[\"header:NServiceBus.MessageId\"],"
    "\"time\":[\"header:NServiceBus.TimeSent\",\"kafka:timestamp\"],"
    "\"correlation\":[\"header:NServiceBus.ConversationId\",\"header:NServiceBus.CorrelationId\"],"
    "\"causation\":[\"header:NServiceBus.RelatedTo\"]}" },
  { N_("MassTransit"),
    "{\"type\":[\"json:/messageType/0\",\"header:MT-MessageType\"]}",
    "{\"type\":[\"json:/messageType/0\",\"header:MT-MessageType\"],\"id\":[\"json:/messageId\"],"
    "\"time\":[\"json:/sentTime\",\"kafka:timestamp\"],"
    "\"correlation\":[\"json:/correlationId\",\"json:/conversationId\"],"
    "\"causation\":[\"json:/initiatorId\"]}" },
  { N_("Eventuate Tram"),
    "{\"type\":[\"header:event-type\",\"json:/headers/event-type\"]}",
    "{\"type\":[\"header:event-type\",\"json:/headers/event-type\"],"
    "\"id\":[\"header:ID\",\"json:/headers/ID\"],"
    "\"time\":[\"header:DATE\",\"json:/headers/DATE\",\"kafka:timestamp\"]}" },
  { N_("Debezium outbox"),
    "{\"type\":[\"header:eventType\",\"header:type\"],\"id\":[\"header:id\"]}",
    "{\"type\":[\"header:eventType\",\"header:type\"],\"id\":[\"header:id\"],"
    "\"time\":[\"kafka:timestamp\"]}" },
  { N_("Debezium change events"),
    "{\"type\":[\"json:/source/table\",\"json:/payload/source/table\"],"
    "\"id\":[\"json:/op\",\"json:/payload/op\"]}",
    "{\"type\":[\"json:/source/table\",\"json:/payload/source/table\"],"
    "\"time\":[\"json:/ts_ms\",\"json:/payload/ts_ms\",\"kafka:timestamp\"]}" },
  { N_("MSAez, Spring"),
    "{\"type\":[\"json:/eventType\",\"header:type\"],\"id\":[\"json:/timestamp\"]}",
    "{\"type\":[\"json:/eventType\",\"header:type\"],"
    "\"time\":[\"json:/timestamp\",\"kafka:timestamp\"]}", TRUE },
  { N_("Event table columns (txId, createdAt)"),
    "{\"type\":[\"json:/eventType\",\"json:/event_type\"],"
    "\"id\":[\"json:/createdAt\",\"json:/created_at\"],"
    "\"correlation\":[\"json:/txId\",\"json:/tx_id\"]}",
    "{\"type\":[\"json:/eventType\",\"json:/event_type\"],\"id\":[\"json:/id\"],"
    "\"time\":[\"json:/createdAt\",\"json:/created_at\",\"kafka:timestamp\"],"
    "\"correlation\":[\"json:/txId\",\"json:/tx_id\"]}" },
};

static const char topic_mapping[] = "{\"type\":[\"topic\"],\"time\":[\"kafka:timestamp\"]}";

/* How one mapping fares with the samples. */
typedef struct
{
  guint       n_read;
  guint       n_titled;
  gint16      type_entry;
  gint16      time_entry;
  GHashTable *types;         /* a set of names */
} Result;

static gboolean
shows_signs (StormMapping      *signs,
             gboolean           number,
             const StormRecord *record,
             StormReading      *reading)
{
  storm_mapping_read (signs, record, reading);

  if (number)
    {
      for (gsize i = 0; i < reading->len[STORM_MAPPING_ID]; i++)
        {
          if (!g_ascii_isdigit (reading->text[STORM_MAPPING_ID][i]))
            return FALSE;
        }
    }

  for (guint i = 0; i < STORM_MAPPING_N_FIELDS; i++)
    {
      if (*storm_mapping_get_entries (signs, NULL, (StormMappingField) i) != NULL
          && reading->text[i] == NULL)
        return FALSE;
    }

  return TRUE;
}

/* Classes are often called OrderPlacedEvent where the sticky says "Order placed". */
static gboolean
is_title (GHashTable *titles,
          const char *normal)
{
  g_autofree char *stem = NULL;

  if (g_hash_table_contains (titles, normal))
    return TRUE;
  if (!g_str_has_suffix (normal, "event"))
    return FALSE;

  stem = g_strndup (normal, strlen (normal) - strlen ("event"));

  return *stem != '\0' && g_hash_table_contains (titles, stem);
}

static void
result_init (Result       *result,
             GPtrArray    *samples,
             StormMapping *signs,
             gboolean      number,
             StormMapping *mapping,
             GHashTable   *titles)
{
  StormReading reading;

  memset (result, 0, sizeof *result);
  result->type_entry = result->time_entry = -1;
  result->types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  storm_reading_init (&reading);

  for (guint i = 0; i < samples->len; i++)
    {
      StormSample *sample = g_ptr_array_index (samples, i);
      const StormRecord *record = &sample->view.record;
      g_autofree char *name = NULL;
      g_autofree char *normal = NULL;

      if (signs != NULL && !shows_signs (signs, number, record, &reading))
        continue;
      storm_mapping_read (mapping, record, &reading);
      if (reading.text[STORM_MAPPING_TYPE] == NULL || reading.time_refused
          || reading.time_source == STORM_TIME_FROM_ARRIVAL)
        continue;

      result->n_read++;
      result->type_entry = reading.entry[STORM_MAPPING_TYPE];
      if (result->time_entry < 0 || reading.time_source == STORM_TIME_FROM_EVENT)
        result->time_entry = reading.entry[STORM_MAPPING_TIME];
      name = g_strndup (reading.text[STORM_MAPPING_TYPE], reading.len[STORM_MAPPING_TYPE]);
      normal = storm_type_name_normalize (name);
      if (is_title (titles, normal))
        result->n_titled++;
      g_hash_table_add (result->types, g_steal_pointer (&name));
    }

  storm_reading_clear (&reading);
}

static char *
make_why (const Result *result,
          StormMapping *mapping,
          guint         n_samples)
{
  const char * const *types = storm_mapping_get_entries (mapping, NULL, STORM_MAPPING_TYPE);
  const char * const *times = storm_mapping_get_entries (mapping, NULL, STORM_MAPPING_TIME);
  const char *type = result->type_entry >= 0 ? types[result->type_entry] : "–";
  const char *time = result->time_entry >= 0 ? times[result->time_entry] : "kafka:timestamp";
  g_autofree char *found = NULL;

  /* Translators: the last two are places such as “header:ce_type” and “json:/time”. */
  found = g_strdup_printf (_("%u of %u samples have a type (%s) and a time (%s)."), result->n_read,
                           n_samples, type, time);
  if (result->n_titled == 0)
    return g_steal_pointer (&found);

  return g_strdup_printf (ngettext ("%s The type of %u of them is the name of a sticky.",
                                    "%s The types of %u of them are names of stickies.",
                                    result->n_titled), found, result->n_titled);
}

/* The share of samples that are understood; names that stand on the board weigh half as much. */
static double
weigh (const Result *result,
       guint         n_samples)
{
  return (result->n_read + 0.5 * result->n_titled) / n_samples;
}

static void
consider (StormDetected *best,
          double        *best_weight,
          GPtrArray     *samples,
          GHashTable    *titles,
          const char    *name,
          const char    *signs_json,
          const char    *mapping_json,
          gboolean       number)
{
  g_autoptr (StormMapping) mapping = storm_mapping_new_from_json (mapping_json, NULL);
  g_autoptr (StormMapping) signs = NULL;
  Result result;
  double weight;

  if (signs_json != NULL)
    signs = storm_mapping_new_from_json (signs_json, NULL);
  g_assert (mapping != NULL && (signs_json == NULL || signs != NULL));

  result_init (&result, samples, signs, number, mapping, titles);
  weight = weigh (&result, samples->len);
  if (weight > *best_weight)
    {
      *best_weight = weight;
      g_free (best->convention);
      g_free (best->why);
      g_clear_pointer (&best->mapping, storm_mapping_unref);
      best->convention = g_strdup (name);
      best->why = make_why (&result, mapping, samples->len);
      best->mapping = g_steal_pointer (&mapping);
      best->score = (double) result.n_read / samples->len;
    }
  g_hash_table_unref (result.types);
}

StormDetected *
storm_detect_convention (GPtrArray  *samples,
                         GHashTable *normal_titles)
{
  StormDetected *best = g_new0 (StormDetected, 1);
  g_autofree char *plain = NULL;
  double weight = 0.0;

  for (guint i = 0; i < G_N_ELEMENTS (conventions); i++)
    consider (best, &weight, samples, normal_titles, _(conventions[i].name), conventions[i].signs,
              conventions[i].mapping, conventions[i].number);

  plain = storm_detect_plain (samples);
  if (plain != NULL)
    consider (best, &weight, samples, normal_titles, _("Plain names"), NULL, plain, FALSE);

  /* A topic is always there, so it would win against nearly everything: it is what is left when
   * most samples say nothing else. */
  if (best->score < 0.5)
    {
      weight = -1.0;
      consider (best, &weight, samples, normal_titles, _("Topic and time of the record"), NULL,
                topic_mapping, FALSE);
    }

  return best;
}
