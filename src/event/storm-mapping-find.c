#include "config.h"

#include <string.h>

#include "storm-mapping-read-private.h"

gboolean
storm_bytes_are_text (const guint8 *bytes,
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

gint64
storm_bytes_get_number (const guint8 *bytes,
                        gsize         len)
{
  guint64 value = bytes[0] & 0x80 ? G_MAXUINT64 : 0;

  for (gsize i = 0; i < len; i++)
    value = value << 8 | bytes[i];

  return (gint64) value;
}

static void
find_binary (StormReader  *reader,
             const guint8 *bytes,
             gsize         len,
             StormFound   *found)
{
  char *room;

  if (len == 4 || len == 8)
    {
      room = storm_reading_take_room (reader->reading, 24);
      found->len = (gsize) g_snprintf (room, 24, "%" G_GINT64_FORMAT,
                                       storm_bytes_get_number (bytes, len));
    }
  else
    {
      if (len > 64)
        return;
      room = storm_reading_take_room (reader->reading, len * 2 + 1);
      for (gsize i = 0; i < len; i++)
        g_snprintf (room + i * 2, 3, "%02x", bytes[i]);
      found->len = len * 2;
    }
  found->text = room;
}

/* A header or key: text, perhaps as a JSON string, as Spring writes it; else bytes. */
static void
find_bytes (StormReader  *reader,
            const guint8 *bytes,
            gsize         len,
            StormFound   *found)
{
  const char *text = (const char *) bytes;

  if (bytes == NULL || len == 0 || len > STORM_MAPPING_MAX_TEXT)
    return;

  found->bytes = bytes;
  found->n_bytes = len;
  if (!storm_bytes_are_text (bytes, len))
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
          char *room = storm_reading_take_room (reader->reading, len);

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
find_header (StormReader      *reader,
             const StormEntry *entry,
             StormFound       *found)
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
find_json (StormReader      *reader,
           const StormEntry *entry,
           StormFound       *found)
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
          char *room = storm_reading_take_room (reader->reading, value->len);

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

void
storm_reader_find (StormReader      *reader,
                   const StormEntry *entry,
                   StormFound       *found)
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
