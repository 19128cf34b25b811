#pragma once

/* Helpers of the tests of traces: batches made of literal events. */

#include <string.h>

#include "storm-batch.h"
#include "storm-event-log.h"

/* 2026-11-18 in ms, so that small numbers make times that can be believed. */
#define TEST_BASE_MS G_GINT64_CONSTANT (1795000000000)

/* The moment @ms after the base. */
#define AT(ms) ((TEST_BASE_MS + (ms)) * STORM_TIME_MILLISECOND)

/* One event; a @type of NULL is a record that can't be decoded, one with "!" behind it an event
 * that says it failed; a @key or @id of NULL none. */
typedef struct
{
  const char *type;
  const char *key;
  const char *id;
  gint64      ms;
  gint32      partition;
  gint64      offset;
} TestEvent;

static inline StormMapping *
test_mapping (void)
{
  g_autoptr (GError) error = NULL;
  StormMapping *mapping = storm_mapping_new_from_json (
    "{\"type\":[\"json:/t\"],\"id\":[\"json:/id\"],\"time\":[\"json:/ts\"],"
    "\"correlation\":[\"json:/k\"],\"causation\":[],\"failed\":[\"json:/st=FAILED\"]}", &error);

  g_assert_no_error (error);
  return mapping;
}

static inline int
test_type_len (const char *type)
{
  return (int) (strlen (type) - (g_str_has_suffix (type, "!") ? 1 : 0));
}

static inline void
test_add (StormBatchBuilder *builder,
          const TestEvent   *event)
{
  g_autoptr (GString) payload = g_string_new ("{");
  StormRecord record = {
    .topic = "shop",
    .partition = event->partition,
    .offset = event->offset,
    .broker_time = AT (event->ms),
  };

  if (event->type != NULL)
    g_string_append_printf (payload, "\"t\":\"%.*s\",", test_type_len (event->type), event->type);
  if (event->type != NULL && event->type[test_type_len (event->type)] != '\0')
    g_string_append (payload, "\"st\":\"FAILED\",");
  if (event->key != NULL)
    g_string_append_printf (payload, "\"k\":\"%s\",", event->key);
  if (event->id != NULL)
    g_string_append_printf (payload, "\"id\":\"%s\",", event->id);
  g_string_append_printf (payload, "\"ts\":%" G_GINT64_FORMAT "}", TEST_BASE_MS + event->ms);
  record.payload = (const guint8 *) payload->str;
  record.payload_len = payload->len;
  storm_batch_builder_add (builder, &record);
}

static inline StormBatchBuilder *
test_builder (StormStrings *strings)
{
  g_autoptr (StormMapping) mapping = test_mapping ();

  return storm_batch_builder_new (strings, mapping);
}

static inline StormBatch *
test_batch (StormStrings    *strings,
            const TestEvent *events,
            guint            n)
{
  g_autoptr (StormBatchBuilder) builder = test_builder (strings);
  guint i;

  for (i = 0; i < n; i++)
    test_add (builder, &events[i]);
  return storm_batch_builder_take (builder);
}

static inline void
test_mark (StormBatchBuilder *builder,
           StormMarkKind      kind,
           gint32             partition)
{
  storm_batch_builder_mark (builder, kind, "shop", partition, 0, 0);
}
