#include "config.h"

#include <string.h>

#include "storm-event-log-private.h"

/* A text to look for, in small letters; @lower and @upper are its first byte. */
typedef struct
{
  char  *text;
  gsize  len;
  char   lower;
  char   upper;
} Needle;

static gboolean
matches_at (const Needle *needle,
            const char   *at)
{
  for (gsize i = 1; i < needle->len; i++)
    {
      if (g_ascii_tolower (at[i]) != needle->text[i])
        return FALSE;
    }

  return TRUE;
}

static const char *
find_byte (const char *at,
           const char *end,
           char        c)
{
  const char *found = at < end ? memchr (at, c, (gsize) (end - at)) : NULL;

  return found != NULL ? found : end;
}

static gboolean
contains (const Needle *needle,
          const void   *bytes,
          gsize         len)
{
  const char *at = bytes;
  const char *end, *lower, *upper;

  if (bytes == NULL || len < needle->len)
    return FALSE;

  end = at + len - needle->len + 1;
  lower = find_byte (at, end, needle->lower);
  upper = needle->upper != needle->lower ? find_byte (at, end, needle->upper) : end;
  while (lower < end || upper < end)
    {
      if (matches_at (needle, MIN (lower, upper)))
        return TRUE;
      if (lower < upper)
        lower = find_byte (lower + 1, end, needle->lower);
      else
        upper = find_byte (upper + 1, end, needle->upper);
    }

  return FALSE;
}

static gboolean
record_contains (const StormRecord *record,
                 const Needle      *needle)
{
  if (contains (needle, record->payload, record->payload_len)
      || contains (needle, record->key, record->key_len))
    return TRUE;

  for (guint i = 0; i < record->n_headers; i++)
    {
      const StormHeader *header = &record->headers[i];

      if (contains (needle, header->name, header->name_len)
          || contains (needle, header->value, header->value_len))
        return TRUE;
    }

  return FALSE;
}

void
storm_event_log_scan_text (StormEventLog *self,
                           const char    *needle,
                           const guint32 *rows,
                           guint32        first,
                           guint32        n,
                           GArray        *out)
{
  g_autofree char *text = NULL;
  g_auto (StormRecordView) view = { 0, };
  Needle it;

  g_return_if_fail (STORM_IS_EVENT_LOG (self));
  g_return_if_fail (needle != NULL);
  g_return_if_fail (rows != NULL || (first <= self->n && n <= self->n - first));
  g_return_if_fail (out != NULL);

  text = g_ascii_strdown (needle, -1);
  it = (Needle) { text, strlen (text), text[0], g_ascii_toupper (text[0]) };

  for (guint32 i = 0; i < n; i++)
    {
      guint32 row = rows != NULL ? rows[i] : first + i;

      if (it.len == 0
          || (storm_event_log_read (self, row, &view) && record_contains (&view.record, &it)))
        g_array_append_val (out, row);
    }
}
