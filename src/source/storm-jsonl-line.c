#include "config.h"

#include "storm-jsonl-line-private.h"

#include <errno.h>
#include <string.h>

#include "storm-json-scan.h"

/* The longest name that Kafka gives a topic; no connection has a longer one. */
#define MAX_NAME 249

enum
{
  TOPIC,
  PARTITION,
  OFFSET,
  TS,
  KEY,
  PAYLOAD,
  HEADERS,
  KEY_BASE64,
  PAYLOAD_BASE64,
  HEADERS_BASE64,
  GAP_FROM,
  GAP_TO,
  ANEW,
  CONNECTION,
  N_POINTERS
};

static const char *const pointers[N_POINTERS] = {
  "/topic", "/partition", "/offset", "/ts", "/key", "/payload", "/headers",
  "/keyBase64", "/payloadBase64", "/headersBase64",
  "/gapFrom", "/gapTo", "/anew", "/connection",
};

struct _StormJsonlLine
{
  StormScanSet *set;
  char          topic[MAX_NAME + 1];
  char          connection[MAX_NAME + 1];
  GArray       *headers;
  /* Unescaped texts, behind each other. They are never longer than the line, so room for the line
   * is room for all of them and nothing moves while a record points into it. */
  char         *bytes;
  gsize         size;
  gsize         used;
};

StormJsonlLine *
storm_jsonl_line_new (void)
{
  StormJsonlLine *self = g_new0 (StormJsonlLine, 1);

  self->set = storm_scan_set_new (pointers, N_POINTERS, NULL);
  self->headers = g_array_new (FALSE, FALSE, sizeof (StormHeader));
  return self;
}

void
storm_jsonl_line_free (StormJsonlLine *self)
{
  if (self == NULL)
    return;

  storm_scan_set_unref (self->set);
  g_array_unref (self->headers);
  g_free (self->bytes);
  g_free (self);
}

static gboolean
parse_integer (const StormJsonValue *value,
               gint64               *out)
{
  char buf[24];
  char *end = NULL;

  if (value->type != STORM_JSON_NUMBER || value->len >= sizeof buf)
    return FALSE;
  memcpy (buf, value->start, value->len);
  buf[value->len] = '\0';
  errno = 0;
  *out = g_ascii_strtoll (buf, &end, 10);

  return *end == '\0' && errno == 0;
}

/* A string as its text; anything else but null as it is written. */
static const guint8 *
take_text (StormJsonlLine       *self,
           const StormJsonValue *value,
           gsize                *len)
{
  const char *text = value->start;

  *len = value->len;
  if (value->type == STORM_JSON_MISSING || value->type == STORM_JSON_NULL)
    {
      *len = 0;
      return NULL;
    }
  if (value->type == STORM_JSON_STRING && value->escaped)
    {
      text = self->bytes + self->used;
      *len = storm_json_unescape (value->start, value->len, self->bytes + self->used);
      self->used += *len;
    }

  return (const guint8 *) text;
}

static const guint8 *
take_base64 (StormJsonlLine *self,
             const char     *text,
             gsize           text_len,
             gsize          *len)
{
  char *out = self->bytes + self->used;
  int state = 0;
  guint save = 0;

  *len = g_base64_decode_step (text, text_len, (guchar *) out, &state, &save);
  self->used += *len;
  return (const guint8 *) out;
}

static const guint8 *
take_field (StormJsonlLine       *self,
            const StormJsonValue *plain,
            const StormJsonValue *base64,
            gsize                *len)
{
  if (base64->type == STORM_JSON_STRING && plain->type <= STORM_JSON_NULL)
    return take_base64 (self, base64->start, base64->len, len);
  return take_text (self, plain, len);
}

/* The end of the value at @p in a text that is known to be JSON. */
static const char *
skip_value (const char *p,
            const char *end)
{
  guint depth = 0;
  gboolean quoted = FALSE;

  for (; p < end; p++)
    {
      if (quoted)
        {
          if (*p == '\\')
            p++;
          else if (*p == '"')
            quoted = FALSE;
        }
      else if (*p == '"')
        quoted = TRUE;
      else if (*p == '[' || *p == '{')
        depth++;
      else if (depth == 0 && (*p == ',' || *p == ']' || *p == '}'))
        return p;
      else if (*p == ']' || *p == '}')
        depth--;
    }
  return end;
}

/* The next member of the array between *@p and @end. */
static gboolean
next_element (const char     **p,
              const char      *end,
              StormJsonValue  *value)
{
  const char *start = *p;
  const char *stop;

  while (start < end && strchr (" \t\r\n,", *start) != NULL)
    start++;
  if (start >= end || *start == ']')
    return FALSE;

  stop = skip_value (start, end);
  *p = stop;
  while (stop > start && g_ascii_isspace (stop[-1]))
    stop--;

  value->start = start;
  value->len = stop - start;
  value->escaped = FALSE;
  if (*start == '"' && value->len >= 2)
    {
      value->type = STORM_JSON_STRING;
      value->start++;
      value->len -= 2;
      value->escaped = memchr (value->start, '\\', value->len) != NULL;
    }
  else if (*start == 'n')
    value->type = STORM_JSON_NULL;
  else
    value->type = STORM_JSON_NUMBER;
  return TRUE;
}

static void
take_headers (StormJsonlLine       *self,
              const StormJsonValue *array,
              gboolean              base64)
{
  const char *p = array->start + 1;
  const char *end = array->start + array->len;
  StormJsonValue name, value;

  while (next_element (&p, end, &name))
    {
      StormHeader header = { 0 };

      if (!next_element (&p, end, &value))
        value.type = STORM_JSON_NULL;
      if (base64 && name.type == STORM_JSON_STRING)
        header.name = (const char *) take_base64 (self, name.start, name.len, &header.name_len);
      else
        header.name = (const char *) take_text (self, &name, &header.name_len);
      if (base64 && value.type == STORM_JSON_STRING)
        header.value = take_base64 (self, value.start, value.len, &header.value_len);
      else
        header.value = take_text (self, &value, &header.value_len);
      if (header.name == NULL)
        header.name = "";
      g_array_append_val (self->headers, header);
    }
}

static gboolean
take_name (StormJsonlLine       *self,
           const StormJsonValue *value,
           char                 *name)
{
  gsize len = 0;
  const guint8 *text;

  if (value->type != STORM_JSON_STRING || value->len == 0 || value->len > MAX_NAME)
    return FALSE;
  text = take_text (self, value, &len);
  if (memchr (text, '\0', len) != NULL)
    return FALSE;

  memcpy (name, text, len);
  name[len] = '\0';
  return TRUE;
}

static StormTime
take_time (const StormJsonValue *value)
{
  gint64 ms;

  /* kcat writes -1 or 0 where the record has none. */
  if (!parse_integer (value, &ms) || ms <= 0 || ms > G_MAXINT64 / STORM_TIME_MILLISECOND)
    return STORM_TIME_NONE;
  return ms * STORM_TIME_MILLISECOND;
}

/* What doesn't fit the record's own offset was not written by us. */
static void
take_gap (const StormJsonValue *values,
          StormRecord          *record)
{
  gint64 from, to;

  record->anew = values[ANEW].type == STORM_JSON_TRUE;
  if (parse_integer (&values[GAP_FROM], &from) && parse_integer (&values[GAP_TO], &to) &&
      from >= 0 && from < to && to <= record->offset)
    {
      record->gap_from = from;
      record->gap_to = to;
    }
}

gboolean
storm_jsonl_line_parse (StormJsonlLine *self,
                        const char     *line,
                        gsize           len,
                        StormRecord    *record)
{
  StormJsonValue values[N_POINTERS];
  gint64 partition, offset;

  g_return_val_if_fail (self != NULL && record != NULL, FALSE);

  if (storm_json_scan (line, len, self->set, values, NULL) != STORM_SCAN_OK)
    return FALSE;
  if (values[PAYLOAD].type == STORM_JSON_MISSING &&
      values[PAYLOAD_BASE64].type != STORM_JSON_STRING)
    return FALSE;
  if (!parse_integer (&values[PARTITION], &partition) || partition < 0 || partition > G_MAXINT32 ||
      !parse_integer (&values[OFFSET], &offset) || offset < 0)
    return FALSE;

  self->used = 0;
  if (self->size < len + 4)
    {
      g_free (self->bytes);
      self->size = MAX (len + 4, 2 * self->size);
      self->bytes = g_malloc (self->size);
    }
  if (!take_name (self, &values[TOPIC], self->topic))
    return FALSE;

  g_array_set_size (self->headers, 0);
  if (values[HEADERS_BASE64].type == STORM_JSON_ARRAY)
    take_headers (self, &values[HEADERS_BASE64], TRUE);
  else if (values[HEADERS].type == STORM_JSON_ARRAY)
    take_headers (self, &values[HEADERS], FALSE);

  memset (record, 0, sizeof *record);
  if (take_name (self, &values[CONNECTION], self->connection))
    record->connection = self->connection;
  record->topic = self->topic;
  record->partition = partition;
  record->offset = offset;
  record->broker_time = take_time (&values[TS]);
  take_gap (values, record);
  record->key = take_field (self, &values[KEY], &values[KEY_BASE64], &record->key_len);
  record->payload = take_field (self, &values[PAYLOAD], &values[PAYLOAD_BASE64],
                                &record->payload_len);
  record->headers = (const StormHeader *) self->headers->data;
  record->n_headers = self->headers->len;
  return TRUE;
}
