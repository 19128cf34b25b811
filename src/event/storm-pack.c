#include "config.h"

#include <string.h>

#include "storm-batch-private.h"

/* A packed record: version, then numbers of 7 bits a byte: length of the key plus 1 (0: no key),
 * length of the payload plus 1 (0: tombstone), headers, for each of them the lengths of name and
 * value plus 1; then names and values, the key and the payload. */
#define VERSION     1
#define MAX_HEADERS 65536

static guint8 *
put_number (guint8  *at,
            guint64  number)
{
  while (number >= 0x80)
    {
      *at++ = (guint8) (number | 0x80);
      number >>= 7;
    }
  *at++ = (guint8) number;

  return at;
}

static guint8 *
put_bytes (guint8     *at,
           const void *bytes,
           gsize       len)
{
  if (len > 0)
    memcpy (at, bytes, len);

  return at + len;
}

/* No less than the packed record takes; numbers take up to ten bytes. */
static gsize
get_room (const StormRecord *record,
          guint              n_headers)
{
  gsize room = 1 + 3 * 10 + record->key_len + record->payload_len;

  for (guint i = 0; i < n_headers; i++)
    room += 2 * 10 + record->headers[i].name_len + record->headers[i].value_len;

  return room;
}

/* One after the other into room that is made once: this is done for every event. */
void
storm_record_pack (GByteArray        *out,
                   const StormRecord *record)
{
  guint n_headers = MIN (record->n_headers, MAX_HEADERS);
  guint before = out->len;
  gsize room = get_room (record, n_headers);
  guint8 *at;

  g_return_if_fail (room < G_MAXUINT - before);

  g_byte_array_set_size (out, before + (guint) room);
  at = out->data + before;
  *at++ = VERSION;
  at = put_number (at, record->key != NULL ? record->key_len + 1 : 0);
  at = put_number (at, record->payload != NULL ? record->payload_len + 1 : 0);
  at = put_number (at, n_headers);
  for (guint i = 0; i < n_headers; i++)
    {
      const StormHeader *header = &record->headers[i];

      at = put_number (at, header->name_len);
      at = put_number (at, header->value != NULL ? header->value_len + 1 : 0);
    }

  for (guint i = 0; i < n_headers; i++)
    {
      const StormHeader *header = &record->headers[i];

      at = put_bytes (at, header->name, header->name_len);
      if (header->value != NULL)
        at = put_bytes (at, header->value, header->value_len);
    }
  if (record->key != NULL)
    at = put_bytes (at, record->key, record->key_len);
  if (record->payload != NULL)
    at = put_bytes (at, record->payload, record->payload_len);
  g_byte_array_set_size (out, (guint) (at - out->data));
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
