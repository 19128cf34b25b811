#include "config.h"

#include "storm-filter-simple-private.h"

#include <string.h>

/* What is looked at, and what was found in it so far. */
typedef struct
{
  StormSimpleFilter  *filter;
  const StormRecord  *record;
  StormPayloadStatus  status;
  const char         *type;
  const char         *correlation;
  StormTime           time;
  char               *when;
  gboolean            scanned;
} Event;

/* Bytes that are no text become something else on their way to jq. */
static StormSimpleValue
text_value (const char *text,
            gsize       len)
{
  StormSimpleValue value = { STORM_VALUE_STRING, 0, text, len };

  if (text == NULL)
    value.kind = STORM_VALUE_NULL;
  else if (!g_utf8_validate_len (text, len, NULL))
    value.kind = STORM_VALUE_UNSURE;
  return value;
}

static StormSimpleValue
header_value (Event                 *event,
              const StormSimpleNode *node)
{
  const StormRecord *record = event->record;
  gsize len;

  if (node->n_steps == 1)
    return (StormSimpleValue) { STORM_VALUE_OBJECT, };
  len = strlen (node->steps[1]);
  for (guint i = record->n_headers; i > 0; i--)
    {
      const StormHeader *header = &record->headers[i - 1];

      if (header->name_len == len && memcmp (header->name, node->steps[1], len) == 0)
        return text_value ((const char *) header->value, header->value_len);
    }
  return (StormSimpleValue) { STORM_VALUE_NULL, };
}

static StormSimpleValue
json_value (const StormJsonValue *found)
{
  StormSimpleValue value = { STORM_VALUE_UNSURE, 0, found->start, found->len };

  switch (found->type)
    {
    case STORM_JSON_MISSING:
    case STORM_JSON_NULL:
      value.kind = STORM_VALUE_NULL;
      break;
    case STORM_JSON_FALSE:
      value.kind = STORM_VALUE_FALSE;
      break;
    case STORM_JSON_TRUE:
      value.kind = STORM_VALUE_TRUE;
      break;
    case STORM_JSON_NUMBER:
      if (storm_simple_read_number (found->start, found->len, &value.number))
        value.kind = STORM_VALUE_NUMBER;
      break;
    case STORM_JSON_STRING:
      if (!found->escaped)
        value.kind = STORM_VALUE_STRING;
      break;
    case STORM_JSON_ARRAY:
      value.kind = STORM_VALUE_ARRAY;
      break;
    case STORM_JSON_OBJECT:
      value.kind = STORM_VALUE_OBJECT;
      break;
    default:
      break;
    }
  return value;
}

static gboolean
scan_payload (Event *event)
{
  const StormRecord *record = event->record;
  gsize skip = storm_record_json_start (record);

  if (!event->scanned)
    event->scanned = storm_json_scan ((const char *) record->payload + skip,
                                      record->payload_len - skip, event->filter->set,
                                      event->filter->values, NULL) == STORM_SCAN_OK;
  return event->scanned;
}

static StormSimpleValue
payload_value (Event                 *event,
               const StormSimpleNode *node)
{
  const StormJsonValue *found = &event->filter->values[node->first_slot];

  if (event->status != STORM_PAYLOAD_JSON && event->status != STORM_PAYLOAD_SCALAR)
    return text_value ((const char *) event->record->payload, event->record->payload_len);
  if (!scan_payload (event))
    return (StormSimpleValue) { STORM_VALUE_UNSURE, };
  /* What has no members is an error to jq, but null has, and all of them are null. */
  for (guint i = 0; i + 1 < node->n_steps; i++)
    {
      if (found[i].type == STORM_JSON_MISSING || found[i].type == STORM_JSON_NULL)
        return (StormSimpleValue) { STORM_VALUE_NULL, };
      if (found[i].type != STORM_JSON_OBJECT)
        return (StormSimpleValue) { STORM_VALUE_UNSURE, };
    }
  return json_value (&found[node->n_steps - 1]);
}

static StormSimpleValue
time_value (Event *event)
{
  if (event->time == STORM_TIME_NONE)
    return (StormSimpleValue) { STORM_VALUE_NULL, };
  if (event->when == NULL)
    event->when = storm_time_format_rfc3339 (event->time);
  return event->when != NULL ? text_value (event->when, strlen (event->when))
                             : (StormSimpleValue) { STORM_VALUE_UNSURE, };
}

static StormSimpleValue
number_value (gint64 number)
{
  gboolean exact = ABS (number) < G_GINT64_CONSTANT (1) << 53;

  return (StormSimpleValue) { exact ? STORM_VALUE_NUMBER : STORM_VALUE_UNSURE, (double) number, };
}

static StormSimpleValue
terminated_value (const char *text)
{
  return text_value (text, text != NULL ? strlen (text) : 0);
}

static StormSimpleValue
root_value (Event                 *event,
            const StormSimpleNode *node)
{
  switch (node->root)
    {
    case STORM_ROOT_PARTITION:
      return number_value (event->record->partition);
    case STORM_ROOT_OFFSET:
      return number_value (event->record->offset);
    case STORM_ROOT_TYPE:
      return terminated_value (event->type);
    case STORM_ROOT_TIME:
      return time_value (event);
    case STORM_ROOT_CORRELATION:
      return terminated_value (event->correlation);
    case STORM_ROOT_TOPIC:
      return terminated_value (event->record->topic);
    case STORM_ROOT_KEY:
      return text_value ((const char *) event->record->key, event->record->key_len);
    case STORM_ROOT_HEADERS:
      return header_value (event, node);
    case STORM_ROOT_PAYLOAD:
      return payload_value (event, node);
    case STORM_ROOT_NONE:
    default:
      return (StormSimpleValue) { STORM_VALUE_UNSURE, };
    }
}

static StormSimpleValue
field_value (Event                 *event,
             const StormSimpleNode *node)
{
  StormSimpleValue value = root_value (event, node);
  guint n_used = 1;

  if (node->root == STORM_ROOT_HEADERS)
    n_used = 2;
  else if (node->root == STORM_ROOT_PAYLOAD && event->scanned)
    n_used = node->n_steps;
  if (node->n_steps > n_used && value.kind != STORM_VALUE_NULL)
    value.kind = STORM_VALUE_UNSURE;
  return value;
}

static int
compare (const StormSimpleValue *a,
         const StormSimpleValue *b)
{
  int order;

  if (a->kind != b->kind)
    return a->kind < b->kind ? -1 : 1;
  if (a->kind == STORM_VALUE_NUMBER)
    return a->number < b->number ? -1 : a->number > b->number;
  if (a->kind != STORM_VALUE_STRING)
    return 0;
  order = memcmp (a->text, b->text, MIN (a->len, b->len));
  return order != 0 ? order : a->len < b->len ? -1 : a->len > b->len;
}

static StormSimpleAnswer
compare_field (Event                 *event,
               const StormSimpleNode *node)
{
  StormSimpleValue value = field_value (event, node);
  int order;

  if (value.kind == STORM_VALUE_UNSURE)
    return STORM_SIMPLE_ASK;
  if (node->op == STORM_OP_NONE)
    return value.kind != STORM_VALUE_NULL && value.kind != STORM_VALUE_FALSE;
  order = compare (&value, &node->literal);
  switch (node->op)
    {
    case STORM_OP_EQUAL:
      return order == 0;
    case STORM_OP_UNEQUAL:
      return order != 0;
    case STORM_OP_LESS:
      return order < 0;
    case STORM_OP_LESS_EQUAL:
      return order <= 0;
    case STORM_OP_MORE:
      return order > 0;
    case STORM_OP_MORE_EQUAL:
      return order >= 0;
    case STORM_OP_NONE:
    case STORM_OP_AND:
    case STORM_OP_OR:
    default:
      return STORM_SIMPLE_ASK;
    }
}

/* As in jq: the right side is looked at only where the left one doesn't decide. */
static StormSimpleAnswer
look (Event *event,
      guint  index)
{
  const StormSimpleNode *node = &event->filter->nodes[index];
  StormSimpleAnswer left;

  if (node->op != STORM_OP_AND && node->op != STORM_OP_OR)
    return compare_field (event, node);
  left = look (event, node->left);
  if (left == STORM_SIMPLE_ASK
      || left == (node->op == STORM_OP_AND ? STORM_SIMPLE_NO : STORM_SIMPLE_YES))
    return left;
  return look (event, node->right);
}

StormSimpleAnswer
storm_simple_filter_look (StormSimpleFilter  *self,
                          const StormRecord  *record,
                          StormPayloadStatus  status,
                          const char         *type,
                          const char         *correlation,
                          StormTime           time)
{
  Event event = { self, record, status, type, correlation, time, NULL, FALSE };
  StormSimpleAnswer answer = look (&event, self->top);

  g_free (event.when);
  return answer;
}

gsize
storm_record_json_start (const StormRecord *record)
{
  if (record->payload_len >= 5 && record->payload[0] == 0)
    return 5;
  if (record->payload_len >= 3 && memcmp (record->payload, "\xef\xbb\xbf", 3) == 0)
    return 3;
  return 0;
}
