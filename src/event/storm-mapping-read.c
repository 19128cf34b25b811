#include "config.h"

#include <string.h>

#include "storm-hash-private.h"
#include "storm-mapping-read-private.h"

/* What the buffer may have to hold of one record beside a decoded payload: it must not move while
 * texts are borrowed from it. */
#define FIELD_ROOM  (STORM_MAPPING_MAX_TEXT + 64)
#define BUFFER_ROOM ((STORM_MAPPING_N_FIELDS + 1) * FIELD_ROOM)
#define BUFFER_KEPT (1024 * 1024)

#define N_CACHED   64
#define MAX_CACHED 112

/* The rule of a type as it is written, so that its name need not be brought to normal form for
 * every record. */
typedef struct
{
  guint64        serial;
  StormTypeRule *rule;
  guint16        len;
  char           text[MAX_CACHED];
} CachedRule;

void
storm_reading_init (StormReading *reading)
{
  g_return_if_fail (reading != NULL);

  memset (reading, 0, sizeof *reading);
  reading->buffer = g_string_sized_new (BUFFER_ROOM);
}

void
storm_reading_clear (StormReading *reading)
{
  g_return_if_fail (reading != NULL);

  if (reading->buffer != NULL)
    g_string_free (reading->buffer, TRUE);
  g_free (reading->cache);
  memset (reading, 0, sizeof *reading);
}

char *
storm_reading_take_room (StormReading *reading,
                         gsize         len)
{
  gsize at = reading->buffer->len;

  g_assert (at + len < reading->buffer->allocated_len);
  reading->buffer->len += len;

  return reading->buffer->str + at;
}

static void
prepare_buffer (StormReading *reading,
                gsize         extra)
{
  gsize needed = BUFFER_ROOM + extra;

  if (reading->buffer->allocated_len > BUFFER_KEPT && needed <= BUFFER_KEPT)
    {
      g_string_free (reading->buffer, TRUE);
      reading->buffer = g_string_sized_new (needed);
    }
  else if (reading->buffer->allocated_len <= needed)
    {
      g_string_set_size (reading->buffer, needed);
    }
  reading->buffer->len = 0;
}

static StormScanStatus
scan_all (StormReader *reader,
          const char  *text,
          gsize        len)
{
  StormScanStatus status = STORM_SCAN_OK;

  for (guint i = 0; i < reader->mapping->n_sets && status == STORM_SCAN_OK; i++)
    status = storm_json_scan (text, len, reader->mapping->sets[i],
                              reader->values + i * STORM_SCAN_MAX_POINTERS, NULL);

  return status;
}

/* A payload that is a JSON string which holds an object: an outbox that stores JSON in a text
 * column. Decoded twice. */
static gboolean
scan_inner (StormReader *reader)
{
  StormJsonValue outer = reader->values[0];
  const char *text = outer.start;
  gsize len = outer.len;

  if (outer.escaped)
    {
      char *room;

      prepare_buffer (reader->reading, len);
      room = storm_reading_take_room (reader->reading, len);
      len = storm_json_unescape (text, len, room);
      text = room;
    }

  return scan_all (reader, text, len) == STORM_SCAN_OK
         && reader->values[0].type == STORM_JSON_OBJECT;
}

static StormPayloadStatus
scan_payload (StormReader *reader)
{
  const char *text = (const char *) reader->record->payload;
  gsize len = reader->record->payload_len;
  gboolean framed = FALSE;

  if (text == NULL)
    return STORM_PAYLOAD_TOMBSTONE;

  /* A schema registry's frame: 0, then the schema's id; behind it JSON, Avro or Protobuf. */
  if (len >= 5 && text[0] == 0)
    {
      framed = TRUE;
      text += 5;
      len -= 5;
      if (len == 0 || strchr ("{[\" \n", text[0]) == NULL || text[0] == '\0')
        return STORM_PAYLOAD_FRAMED;
    }
  else if (len >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      /* .NET writes a byte order mark. */
      text += 3;
      len -= 3;
    }

  switch (scan_all (reader, text, len))
    {
    case STORM_SCAN_OK:
      if (reader->values[0].type == STORM_JSON_OBJECT || reader->values[0].type == STORM_JSON_ARRAY
          || (reader->values[0].type == STORM_JSON_STRING && scan_inner (reader)))
        return STORM_PAYLOAD_JSON;
      return STORM_PAYLOAD_SCALAR;

    case STORM_SCAN_EMPTY:
      return framed ? STORM_PAYLOAD_FRAMED : STORM_PAYLOAD_EMPTY;

    case STORM_SCAN_TOO_DEEP:
      return STORM_PAYLOAD_TOO_DEEP;

    case STORM_SCAN_INVALID_UTF8:
      return framed ? STORM_PAYLOAD_FRAMED : STORM_PAYLOAD_INVALID_UTF8;

    case STORM_SCAN_NOT_JSON:
    default:
      return framed ? STORM_PAYLOAD_FRAMED : STORM_PAYLOAD_NOT_JSON;
    }
}

void
storm_reader_scan (StormReader *reader)
{
  prepare_buffer (reader->reading, 0);
  reader->reading->payload = scan_payload (reader);
  if (reader->reading->payload != STORM_PAYLOAD_JSON)
    memset (reader->values, 0, reader->mapping->n_slots * sizeof *reader->values);
}

/* Back to how the buffer was: what an entry that is not used put there is not borrowed. */
static void
read_text (StormReader          *reader,
           StormMappingField     field,
           const StormEntryList *list,
           gboolean              per_type)
{
  StormReading *reading = reader->reading;
  gsize mark = reading->buffer->len;

  reading->per_type[field] = per_type;
  for (guint i = 0; i < list->n; i++)
    {
      StormFound found;

      if (storm_reader_is_absent (reader, &list->entries[i]))
        continue;
      storm_reader_find (reader, &list->entries[i], &found);
      if (found.text != NULL && found.len > 0)
        {
          reading->text[field] = found.text;
          reading->len[field] = found.len;
          reading->entry[field] = (gint16) i;
          return;
        }
      reading->buffer->len = mark;
    }
}

static StormTypeRule *
lookup_rule (StormMapping *mapping,
             const char   *text,
             gsize         len)
{
  g_autofree char *name = g_strndup (text, len);
  g_autofree char *normal = storm_type_name_normalize (name);

  return g_hash_table_lookup (mapping->by_normal, normal);
}

static StormTypeRule *
find_rule (StormReader *reader)
{
  StormMapping *mapping = reader->mapping;
  const char *text = reader->reading->text[STORM_MAPPING_TYPE];
  gsize len = reader->reading->len[STORM_MAPPING_TYPE];
  CachedRule *cached;

  if (mapping->rules->len == 0 || text == NULL)
    return NULL;
  if (len > MAX_CACHED)
    return lookup_rule (mapping, text, len);

  if (reader->reading->cache == NULL)
    reader->reading->cache = g_new0 (CachedRule, N_CACHED);
  cached = (CachedRule *) reader->reading->cache + storm_hash_bytes (text, len, 0) % N_CACHED;
  if (cached->serial != mapping->serial || cached->len != len
      || memcmp (cached->text, text, len) != 0)
    {
      cached->rule = lookup_rule (mapping, text, len);
      cached->serial = mapping->serial;
      cached->len = (guint16) len;
      memcpy (cached->text, text, len);
    }

  return cached->rule;
}

/* Of a .NET type the name, not the assembly behind it. */
static void
cut_assembly (StormReading *reading)
{
  const char *text = reading->text[STORM_MAPPING_TYPE];
  gsize len = reading->len[STORM_MAPPING_TYPE];
  const char *comma = text != NULL ? memchr (text, ',', len) : NULL;

  /* Without a comma, as nearly always, the search would be for nothing. */
  if (comma != NULL && comma != text && memmem (text, len, ", Version=", 10) != NULL)
    reading->len[STORM_MAPPING_TYPE] = (gsize) (comma - text);
}

void
storm_mapping_read (StormMapping      *self,
                    const StormRecord *record,
                    StormReading      *reading)
{
  StormReader reader = { self, record, reading, NULL };
  StormTypeRule *rule;

  g_return_if_fail (self != NULL);
  g_return_if_fail (record != NULL);
  g_return_if_fail (reading != NULL && reading->buffer != NULL);

  for (guint i = 0; i < STORM_MAPPING_N_FIELDS; i++)
    {
      reading->text[i] = NULL;
      reading->len[i] = 0;
      reading->entry[i] = -1;
      reading->per_type[i] = FALSE;
    }
  reading->time_refused = FALSE;
  reader.values = g_newa (StormJsonValue, self->n_slots);
  storm_reader_scan (&reader);

  read_text (&reader, STORM_MAPPING_TYPE, &self->lists[STORM_MAPPING_TYPE], FALSE);
  cut_assembly (reading);
  rule = find_rule (&reader);

  for (guint i = STORM_MAPPING_ID; i < STORM_MAPPING_N_FIELDS; i++)
    {
      gboolean per_type = rule != NULL && rule->lists[i].texts != NULL;
      const StormEntryList *list = per_type ? &rule->lists[i] : &self->lists[i];

      if (i == STORM_MAPPING_TIME)
        storm_reader_read_time (&reader, list, per_type);
      else if (i == STORM_MAPPING_FAILED)
        storm_reader_read_failed (&reader, list, per_type);
      else
        read_text (&reader, (StormMappingField) i, list, per_type);
    }
}
