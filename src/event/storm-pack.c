#include "config.h"

#include <string.h>

#include "storm-batch-private.h"

/* A packed record: version, then numbers of 7 bits a byte: length of the key plus 1 (0: no key),
 * length of the payload plus 1 (0: tombstone), headers, for each of them the lengths of name and
 * value plus 1; then names and values, the key and the payload. */
#define VERSION     1
#define MAX_HEADERS 65536

static void
append_number (GByteArray *out,
               guint64     number)
{
  guint8 bytes[10];
  guint n = 0;

  while (number >= 0x80)
    {
      bytes[n++] = (guint8) (number | 0x80);
      number >>= 7;
    }
  bytes[n++] = (guint8) number;
  g_byte_array_append (out, bytes, n);
}

void
storm_record_pack (GByteArray        *out,
                   const StormRecord *record)
{
  static const guint8 version = VERSION;
  guint n_headers = MIN (record->n_headers, MAX_HEADERS);

  g_byte_array_append (out, &version, 1);
  append_number (out, record->key != NULL ? record->key_len + 1 : 0);
  append_number (out, record->payload != NULL ? record->payload_len + 1 : 0);
  append_number (out, n_headers);
  for (guint i = 0; i < n_headers; i++)
    {
      append_number (out, record->headers[i].name_len);
      append_number (out, record->headers[i].value != NULL ? record->headers[i].value_len + 1 : 0);
    }

  for (guint i = 0; i < n_headers; i++)
    {
      const StormHeader *header = &record->headers[i];

      g_byte_array_append (out, (const guint8 *) header->name, (guint) header->name_len);
      if (header->value != NULL)
        g_byte_array_append (out, header->value, (guint) header->value_len);
    }
  if (record->key != NULL)
    g_byte_array_append (out, record->key, (guint) record->key_len);
  if (record->payload != NULL)
    g_byte_array_append (out, record->payload, (guint) record->payload_len);
}

static gboolean
read_number (const guint8 **at,
             const guint8  *end,
             guint64       *number)
{
  guint64 value = 0;

  for (guint shift = 0; shift < 63; shift += 7)
    {
      guint8 byte;

      if (*at == end)
        return FALSE;
      byte = *(*at)++;
      value |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        {
          *number = value;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
take_bytes (const guint8 **at,
            const guint8  *end,
            guint64        len,
            const guint8 **bytes)
{
  if (len > (guint64) (end - *at))
    return FALSE;

  *bytes = *at;
  *at += len;
  return TRUE;
}

/* Lengths plus one, of which 0 says that there is nothing at all. */
static gboolean
take_nullable (const guint8 **at,
               const guint8  *end,
               guint64        number,
               const guint8 **bytes,
               gsize         *len)
{
  *bytes = NULL;
  *len = 0;
  if (number == 0)
    return TRUE;

  *len = (gsize) (number - 1);

  return take_bytes (at, end, number - 1, bytes);
}

static gboolean
read_headers (const guint8 **at,
              const guint8  *end,
              guint64        n,
              GArray        *headers)
{
  for (guint64 i = 0; i < n; i++)
    {
      StormHeader header = { NULL, };
      guint64 name_len, value_len;

      if (!read_number (at, end, &name_len) || !read_number (at, end, &value_len))
        return FALSE;
      header.name_len = (gsize) name_len;
      header.value_len = (gsize) value_len;
      g_array_append_val (headers, header);
    }

  for (guint i = 0; i < headers->len; i++)
    {
      StormHeader *header = &g_array_index (headers, StormHeader, i);
      const guint8 *name;

      if (!take_bytes (at, end, header->name_len, &name)
          || !take_nullable (at, end, header->value_len, &header->value, &header->value_len))
        return FALSE;
      header->name = (const char *) name;
    }

  return TRUE;
}

gboolean
storm_record_unpack (const guint8    *data,
                     gsize            len,
                     StormRecordView *view)
{
  const guint8 *at = data;
  const guint8 *end = data + len;
  StormRecord *record = &view->record;
  guint64 key_len, payload_len, n_headers;

  g_return_val_if_fail (data != NULL || len == 0, FALSE);
  g_return_val_if_fail (view != NULL, FALSE);

  if (view->headers == NULL)
    view->headers = g_array_new (FALSE, FALSE, sizeof (StormHeader));
  g_array_set_size (view->headers, 0);
  record->headers = NULL;
  record->n_headers = 0;

  /* Two bytes are the least that a header takes: a number that says more is a lie, and no room is
   * made for it. */
  if (len == 0 || *at++ != VERSION
      || !read_number (&at, end, &key_len)
      || !read_number (&at, end, &payload_len)
      || !read_number (&at, end, &n_headers)
      || n_headers > MAX_HEADERS || n_headers * 2 > (guint64) (end - at)
      || !read_headers (&at, end, n_headers, view->headers)
      || !take_nullable (&at, end, key_len, &record->key, &record->key_len)
      || !take_nullable (&at, end, payload_len, &record->payload, &record->payload_len)
      || at != end)
    {
      g_array_set_size (view->headers, 0);
      record->key = record->payload = NULL;
      record->key_len = record->payload_len = 0;
      return FALSE;
    }

  record->headers = (const StormHeader *) (gpointer) view->headers->data;
  record->n_headers = view->headers->len;

  return TRUE;
}

void
storm_record_view_clear (StormRecordView *view)
{
  g_return_if_fail (view != NULL);

  g_clear_pointer (&view->headers, g_array_unref);
  memset (&view->record, 0, sizeof view->record);
}
