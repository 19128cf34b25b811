#include "config.h"

#include <string.h>

#include "storm-hash-private.h"
#include "storm-mapping-private.h"

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

typedef struct
{
  StormMapping      *mapping;
  const StormRecord *record;
  StormReading      *reading;
  StormJsonValue    *values;
} Reader;

typedef struct
{
  const char          *text;
  gsize                len;
  const guint8        *bytes;   /* of a header or key as they came */
  gsize                n_bytes;
  const StormJsonValue *json;
} Found;

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

/* Room that nothing else uses; what was borrowed before stays where it is. */
static char *
take_room (StormReading *reading,
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
scan_all (Reader     *reader,
          const char *text,
          gsize       len)
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
scan_inner (Reader *reader)
{
  StormJsonValue outer = reader->values[0];
  const char *text = outer.start;
  gsize len = outer.len;

  if (outer.escaped)
    {
      char *room;

      prepare_buffer (reader->reading, len);
      room = take_room (reader->reading, len);
      len = storm_json_unescape (text, len, room);
      text = room;
    }

  return scan_all (reader, text, len) == STORM_SCAN_OK
         && reader->values[0].type == STORM_JSON_OBJECT;
}

static StormPayloadStatus
scan_payload (Reader *reader)
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

/* Bytes that people can read: UTF-8 without control characters. */
static gboolean
is_text (const guint8 *bytes,
         gsize         len)
{
  for (gsize i = 0; i < len; i++)
    {
      if (bytes[i] < 0x20 || bytes[i] == 0x7f)
        return FALSE;
      if (bytes[i] >= 0x80)
        return g_utf8_validate_len ((const char *) bytes, len, NULL);
    }

  return TRUE;
}

static gint64
read_big_endian (const guint8 *bytes,
                 gsize         len)
{
  guint64 value = bytes[0] & 0x80 ? G_MAXUINT64 : 0;

  for (gsize i = 0; i < len; i++)
    value = value << 8 | bytes[i];

  return (gint64) value;
}

static void
find_binary (Reader       *reader,
             const guint8 *bytes,
             gsize         len,
             Found        *found)
{
  char *room;

  if (len == 4 || len == 8)
    {
      room = take_room (reader->reading, 24);
      found->len = (gsize) g_snprintf (room, 24, "%" G_GINT64_FORMAT, read_big_endian (bytes, len));
    }
  else
    {
      if (len > 64)
        return;
      room = take_room (reader->reading, len * 2 + 1);
      for (gsize i = 0; i < len; i++)
        g_snprintf (room + i * 2, 3, "%02x", bytes[i]);
      found->len = len * 2;
    }
  found->text = room;
}

/* A header or key: text, perhaps as a JSON string, as Spring writes it; else bytes. */
static void
find_bytes (Reader       *reader,
            const guint8 *bytes,
            gsize         len,
            Found        *found)
{
  const char *text = (const char *) bytes;

  if (bytes == NULL || len == 0 || len > STORM_MAPPING_MAX_TEXT)
    return;

  found->bytes = bytes;
  found->n_bytes = len;
  if (!is_text (bytes, len))
    {
      find_binary (reader, bytes, len, found);
      return;
    }

  if (len >= 2 && text[0] == '"' && text[len - 1] == '"')
    {
      text++;
      len -= 2;
      if (memchr (text, '\\', len) != NULL)
        {
          char *room = take_room (reader->reading, len);

          len = storm_json_unescape (text, len, room);
          text = room;
        }
    }
  if (len > 0)
    {
      found->text = text;
      found->len = len;
    }
}

/* Of a repeated header the last that says something counts, as in Kafka's own lastHeader(). */
static void
find_header (Reader           *reader,
             const StormEntry *entry,
             Found            *found)
{
  for (guint i = reader->record->n_headers; i > 0; i--)
    {
      const StormHeader *header = &reader->record->headers[i - 1];
      gsize mark = reader->reading->buffer->len;

      if (header->name_len == entry->name_len && header->value != NULL && header->value_len > 0
          && memcmp (header->name, entry->name, entry->name_len) == 0)
        {
          find_bytes (reader, header->value, header->value_len, found);
          if (found->text != NULL)
            return;
          reader->reading->buffer->len = mark;
        }
    }
}

static void
find_json (Reader           *reader,
           const StormEntry *entry,
           Found            *found)
{
  const StormJsonValue *value = &reader->values[entry->slot];

  found->json = value;
  if (value->len == 0 || value->len > STORM_MAPPING_MAX_TEXT)
    return;

  switch (value->type)
    {
    case STORM_JSON_STRING:
      found->text = value->start;
      found->len = value->len;
      if (value->escaped)
        {
          char *room = take_room (reader->reading, value->len);

          found->len = storm_json_unescape (value->start, value->len, room);
          found->text = room;
        }
      break;

    case STORM_JSON_NUMBER:
    case STORM_JSON_TRUE:
    case STORM_JSON_FALSE:
      found->text = value->start;
      found->len = value->len;
      break;

    case STORM_JSON_MISSING:
    case STORM_JSON_NULL:
    case STORM_JSON_OBJECT:
    case STORM_JSON_ARRAY:
    default:
      break;
    }
}

static void
find (Reader           *reader,
      const StormEntry *entry,
      Found            *found)
{
  memset (found, 0, sizeof *found);

  switch (entry->kind)
    {
    case STORM_ENTRY_HEADER:
      find_header (reader, entry, found);
      break;

    case STORM_ENTRY_JSON:
      find_json (reader, entry, found);
      break;

    case STORM_ENTRY_KEY:
      find_bytes (reader, reader->record->key, reader->record->key_len, found);
      break;

    case STORM_ENTRY_TOPIC:
      if (reader->record->topic != NULL && *reader->record->topic != '\0')
        {
          found->text = reader->record->topic;
          found->len = strlen (found->text);
        }
      break;

    case STORM_ENTRY_BROKER_TIME:
    default:
      break;
    }
}

/* What needs no closer look: most entries of a mapping are absent from a record. */
static inline gboolean
is_absent (Reader           *reader,
           const StormEntry *entry)
{
  return (entry->kind == STORM_ENTRY_HEADER && reader->record->n_headers == 0)
         || (entry->kind == STORM_ENTRY_JSON
             && reader->values[entry->slot].type == STORM_JSON_MISSING);
}

/* Back to how the buffer was: what an entry that is not used put there is not borrowed. */
static void
read_text (Reader               *reader,
           StormMappingField     field,
           const StormEntryList *list,
           gboolean              per_type)
{
  StormReading *reading = reader->reading;
  gsize mark = reading->buffer->len;

  reading->per_type[field] = per_type;
  for (guint i = 0; i < list->n; i++)
    {
      Found found;

      if (is_absent (reader, &list->entries[i]))
        continue;
      find (reader, &list->entries[i], &found);
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

/* A Jackson array, [2026,11,21,1,33]. */
static gboolean
parse_array (const char *text,
             gsize       len,
             GTimeZone  *zone,
             StormTime  *time)
{
  gint64 parts[7];
  guint n = 0;
  const char *end = text + len - 1;

  for (const char *at = text + 1; at < end; at++)
    {
      gint64 value = 0;
      guint digits = 0;

      while (at < end && g_ascii_isspace (*at))
        at++;
      for (; at < end && g_ascii_isdigit (*at) && digits < 10; at++, digits++)
        value = value * 10 + (*at - '0');
      while (at < end && g_ascii_isspace (*at))
        at++;
      if (digits == 0 || n == G_N_ELEMENTS (parts) || (at < end && *at != ','))
        return FALSE;
      parts[n++] = value;
    }

  return storm_time_from_civil (parts, n, zone, time);
}

/* Whether there is a time, and in @ok whether it can be believed. */
static gboolean
parse_time (Reader      *reader,
            const Found *found,
            StormTime   *time,
            gboolean    *ok)
{
  GTimeZone *zone = reader->mapping->zone;

  if (found->json != NULL && found->json->type == STORM_JSON_ARRAY)
    {
      *ok = found->json->len <= 128
            && parse_array (found->json->start, found->json->len, zone, time);
      return TRUE;
    }
  if (found->text == NULL || found->len == 0)
    return FALSE;

  /* Axon: eight bytes of milliseconds, most significant first. */
  if (found->n_bytes == 8 && !is_text (found->bytes, 8))
    *ok = storm_time_from_epoch (read_big_endian (found->bytes, 8), time);
  else
    *ok = storm_time_parse (found->text, (gssize) found->len, zone, time);

  return TRUE;
}

static void
keep_time_text (StormReading *reading,
                const Found  *found,
                guint         entry)
{
  reading->text[STORM_MAPPING_TIME] = found->text != NULL ? found->text : found->json->start;
  reading->len[STORM_MAPPING_TIME] = found->text != NULL ? found->len : found->json->len;
  reading->entry[STORM_MAPPING_TIME] = (gint16) entry;
}

static void
read_time (Reader               *reader,
           const StormEntryList *list,
           gboolean              per_type)
{
  StormReading *reading = reader->reading;
  gsize mark = reading->buffer->len;
  gboolean refused = FALSE;

  reading->per_type[STORM_MAPPING_TIME] = per_type;
  for (guint i = 0; i < list->n; i++)
    {
      Found found;
      gboolean ok;

      if (is_absent (reader, &list->entries[i]))
        continue;
      if (list->entries[i].kind == STORM_ENTRY_BROKER_TIME)
        {
          if (reader->record->broker_time == STORM_TIME_NONE)
            continue;
          if (!refused)
            reading->entry[STORM_MAPPING_TIME] = (gint16) i;
          break;
        }

      find (reader, &list->entries[i], &found);
      if (parse_time (reader, &found, &reading->time, &ok))
        {
          if (ok || !refused)
            {
              keep_time_text (reading, &found, i);
              mark = reading->buffer->len;
            }
          if (ok)
            {
              reading->time_source = STORM_TIME_FROM_EVENT;
              return;
            }
          refused = TRUE;
        }
      reading->buffer->len = mark;
    }

  reading->time_refused = refused;
  reading->time = reader->record->broker_time;
  reading->time_source = reading->time != STORM_TIME_NONE ? STORM_TIME_FROM_BROKER
                                                          : STORM_TIME_FROM_ARRIVAL;
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
find_rule (Reader *reader)
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

  if (text != NULL && *text != ',' && memmem (text, len, ", Version=", 10) != NULL)
    reading->len[STORM_MAPPING_TYPE] = (gsize) ((const char *) memchr (text, ',', len) - text);
}

void
storm_mapping_read (StormMapping      *self,
                    const StormRecord *record,
                    StormReading      *reading)
{
  Reader reader = { self, record, reading, NULL };
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
  prepare_buffer (reading, 0);

  reader.values = g_newa (StormJsonValue, self->n_slots);
  reading->payload = scan_payload (&reader);
  if (reading->payload != STORM_PAYLOAD_JSON)
    memset (reader.values, 0, self->n_slots * sizeof *reader.values);

  read_text (&reader, STORM_MAPPING_TYPE, &self->lists[STORM_MAPPING_TYPE], FALSE);
  cut_assembly (reading);
  rule = find_rule (&reader);

  for (guint i = STORM_MAPPING_ID; i < STORM_MAPPING_N_FIELDS; i++)
    {
      gboolean per_type = rule != NULL && rule->lists[i].texts != NULL;
      const StormEntryList *list = per_type ? &rule->lists[i] : &self->lists[i];

      if (i == STORM_MAPPING_TIME)
        read_time (&reader, list, per_type);
      else
        read_text (&reader, (StormMappingField) i, list, per_type);
    }
}
