#include "config.h"

#include "storm-mapping-read-private.h"

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
parse_time (StormReader      *reader,
            const StormFound *found,
            StormTime        *time,
            gboolean         *ok)
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
  if (found->n_bytes == 8 && !storm_bytes_are_text (found->bytes, 8))
    *ok = storm_time_from_epoch (storm_bytes_get_number (found->bytes, 8), time);
  else
    *ok = storm_time_parse (found->text, (gssize) found->len, zone, time);

  return TRUE;
}

static void
keep_time_text (StormReading     *reading,
                const StormFound *found,
                guint             entry)
{
  reading->text[STORM_MAPPING_TIME] = found->text != NULL ? found->text : found->json->start;
  reading->len[STORM_MAPPING_TIME] = found->text != NULL ? found->len : found->json->len;
  reading->entry[STORM_MAPPING_TIME] = (gint16) entry;
}

void
storm_reader_read_time (StormReader          *reader,
                        const StormEntryList *list,
                        gboolean              per_type)
{
  StormReading *reading = reader->reading;
  gsize mark = reading->buffer->len;
  gboolean refused = FALSE;

  reading->per_type[STORM_MAPPING_TIME] = per_type;
  for (guint i = 0; i < list->n; i++)
    {
      StormFound found;
      gboolean ok;

      if (storm_reader_is_absent (reader, &list->entries[i]))
        continue;
      if (list->entries[i].kind == STORM_ENTRY_BROKER_TIME)
        {
          if (reader->record->broker_time == STORM_TIME_NONE)
            continue;
          if (!refused)
            reading->entry[STORM_MAPPING_TIME] = (gint16) i;
          break;
        }

      storm_reader_find (reader, &list->entries[i], &found);
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
