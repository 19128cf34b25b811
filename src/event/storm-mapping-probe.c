#include "config.h"

#include "storm-mapping-probe-private.h"

#include <string.h>

#include "storm-mapping-read-private.h"

static gboolean
has_header (const StormRecord *record,
            const StormEntry  *entry)
{
  for (guint i = 0; i < record->n_headers; i++)
    {
      const StormHeader *header = &record->headers[i];

      if (header->name_len == entry->name_len && header->value != NULL &&
          memcmp (header->name, entry->name, entry->name_len) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
asks_for_anything (const StormEntry *entry,
                   StormMappingField field)
{
  return field == STORM_MAPPING_FAILED && entry->test == STORM_TEST_SAYS_SOMETHING;
}

static StormEntryState
judge_json (StormReader      *reader,
            const StormEntry *entry,
            StormMappingField field)
{
  const StormJsonValue *value = &reader->values[entry->slot];

  switch (value->type)
    {
    case STORM_JSON_MISSING:
      return STORM_ENTRY_MISSING;
    case STORM_JSON_NULL:
      return STORM_ENTRY_NULL;
    case STORM_JSON_OBJECT:
      /* "error": {…} says that something went wrong, whatever stands inside. */
      return asks_for_anything (entry, field) ? STORM_ENTRY_TEXT : STORM_ENTRY_OBJECT;
    case STORM_JSON_ARRAY:
      /* Jackson writes times as lists. */
      return field == STORM_MAPPING_TIME || asks_for_anything (entry, field) ? STORM_ENTRY_TEXT
                                                                            : STORM_ENTRY_LIST;
    case STORM_JSON_STRING:
    case STORM_JSON_NUMBER:
    case STORM_JSON_TRUE:
    case STORM_JSON_FALSE:
    default:
      if (value->len == 0)
        return STORM_ENTRY_EMPTY;
      return value->len > STORM_MAPPING_MAX_TEXT && !asks_for_anything (entry, field)
             ? STORM_ENTRY_TOO_LONG : STORM_ENTRY_TEXT;
    }
}

static StormEntryState
judge (StormReader      *reader,
       const StormEntry *entry,
       StormMappingField field)
{
  gsize mark = reader->reading->buffer->len;
  StormFound found;

  switch (entry->kind)
    {
    case STORM_ENTRY_JSON:
      return judge_json (reader, entry, field);
    case STORM_ENTRY_BROKER_TIME:
      return reader->record->broker_time != STORM_TIME_NONE ? STORM_ENTRY_TEXT
                                                            : STORM_ENTRY_MISSING;
    case STORM_ENTRY_HEADER:
      if (!has_header (reader->record, entry))
        return STORM_ENTRY_MISSING;
      break;
    case STORM_ENTRY_KEY:
      if (reader->record->key == NULL)
        return STORM_ENTRY_MISSING;
      break;
    case STORM_ENTRY_TOPIC:
    default:
      break;
    }

  storm_reader_find (reader, entry, &found);
  reader->reading->buffer->len = mark;
  if (found.text != NULL && found.len > 0)
    return STORM_ENTRY_TEXT;
  if (found.bytes != NULL)
    return STORM_ENTRY_BYTES;
  return STORM_ENTRY_EMPTY;
}

void
storm_mapping_probe (StormMapping      *self,
                     const StormRecord *record,
                     const char        *type,
                     StormReading      *reading,
                     StormProbeFunc     func,
                     gpointer           user_data)
{
  StormReader reader = { self, record, reading, NULL };
  g_autofree char *normal = storm_type_name_normalize (type);
  StormTypeRule *rule = *type != '\0' ? g_hash_table_lookup (self->by_normal, normal) : NULL;

  reader.values = g_newa (StormJsonValue, self->n_slots);
  storm_reader_scan (&reader);

  for (guint field = 0; field < STORM_MAPPING_N_FIELDS; field++)
    {
      const StormEntryList *list = &self->lists[field];
      StormEntryState state = STORM_ENTRY_MISSING;

      if (field != STORM_MAPPING_TYPE && rule != NULL && rule->lists[field].texts != NULL)
        list = &rule->lists[field];
      for (guint i = 0; i < list->n
           && (state != STORM_ENTRY_TEXT || field == STORM_MAPPING_FAILED); i++)
        {
          state = judge (&reader, &list->entries[i], (StormMappingField) field);
          func ((StormMappingField) field, list, i, state, user_data);
        }
    }
}
