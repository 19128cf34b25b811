#include "config.h"

#include "storm-error.h"
#include "storm-event-test.h"
#include "storm-mapping.h"

typedef struct
{
  StormReading  reading;
  StormMapping *mapping;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  storm_reading_init (&fixture->reading);
  fixture->mapping = storm_mapping_new_default ();
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  storm_reading_clear (&fixture->reading);
  storm_mapping_unref (fixture->mapping);
}

static void
use (Fixture    *fixture,
     const char *json)
{
  g_autoptr (GError) error = NULL;

  storm_mapping_unref (fixture->mapping);
  fixture->mapping = storm_mapping_new_from_json (json, &error);
  g_assert_no_error (error);
}

static void
read_record (Fixture    *fixture,
             TestRecord *record)
{
  storm_mapping_read (fixture->mapping, &record->record, &fixture->reading);
}

static void
read_payload (Fixture    *fixture,
              const char *payload)
{
  TestRecord record;

  test_record_init (&record, payload);
  read_record (fixture, &record);
}

static void
assert_text (Fixture           *fixture,
             StormMappingField  field,
             const char        *expected)
{
  const StormReading *reading = &fixture->reading;
  g_autofree char *text = reading->text[field] != NULL
                          ? g_strndup (reading->text[field], reading->len[field]) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_read (Fixture    *fixture,
             const char *type,
             const char *id,
             StormTime   time,
             const char *correlation,
             const char *causation)
{
  assert_text (fixture, STORM_MAPPING_TYPE, type);
  assert_text (fixture, STORM_MAPPING_ID, id);
  assert_text (fixture, STORM_MAPPING_CORRELATION, correlation);
  assert_text (fixture, STORM_MAPPING_CAUSATION, causation);
  g_assert_cmpint (fixture->reading.time, ==, time);
  g_assert_cmpint (fixture->reading.time_source, ==, STORM_TIME_FROM_EVENT);
}

#define AT G_GINT64_CONSTANT (1795257667120000000)
#define BROKER G_GINT64_CONSTANT (1795257600000000000)

/* Each convention of the reference, by the default mapping. */
static void
test_conventions (Fixture      *fixture,
                  gconstpointer data)
{
  static const guint8 axon_time[] = { 0x00, 0x00, 0x01, 0xa1, 0xfe, 0x1d, 0x94, 0x50 };
  TestRecord record;

  test_record_init (&record,
                    "{\"eventType\":\"OrderPlaced\",\"timestamp\":1795257667120,\"id\":4711}");
  test_record_header (&record, "type", "OrderPlaced");
  test_record_header (&record, "contentType", "\"application/json\"");
  read_record (fixture, &record);
  /* The order's id is not the event's. */
  assert_read (fixture, "OrderPlaced", NULL, AT, NULL, NULL);

  test_record_init (&record, "{\"id\":1}");
  test_record_header (&record, "ce_specversion", "1.0");
  test_record_header (&record, "ce_type", "com.shop.Paid");
  test_record_header (&record, "ce_id", "e-1");
  test_record_header (&record, "ce_time", "2026-11-21T10:41:07.12Z");
  test_record_header (&record, "ce_correlationid", "c-1");
  test_record_header (&record, "ce_causationid", "e-0");
  read_record (fixture, &record);
  assert_read (fixture, "com.shop.Paid", "e-1", AT, "c-1", "e-0");

  read_payload (fixture,
                "{\"specversion\":\"1.0\",\"type\":\"com.shop.Paid\",\"source\":\"/s\","
                "\"id\":\"1\","
                "\"time\":\"2026-11-21T19:41:07.12+09:00\",\"correlationid\":\"c\","
                "\"causationid\":\"b\"}");
  assert_read (fixture, "com.shop.Paid", NULL, AT, "c", "b");

  test_record_init (&record, "{}");
  test_record_header (&record, "axon-message-type", "com.shop.Paid");
  test_record_header (&record, "axon-message-id", "a-1");
  test_record_header_bytes (&record, "axon-message-timestamp", axon_time, 8);
  test_record_header (&record, "axon-metadata-correlationId", "c");
  read_record (fixture, &record);
  assert_read (fixture, "com.shop.Paid", "a-1",
               G_GINT64_CONSTANT (0x1a1fe1d9450) * STORM_TIME_MILLISECOND, "c", NULL);

  test_record_init (&record, "{}");
  test_record_header (&record, "NServiceBus.EnclosedMessageTypes",
                      "Shop.Paid, Shop, Version=1.0.0.0, Culture=neutral; Shop.IEvent, Shop");
  test_record_header (&record, "NServiceBus.MessageId", "m");
  test_record_header (&record, "NServiceBus.TimeSent", "2026-11-21 10:41:07:120000 Z");
  test_record_header (&record, "NServiceBus.ConversationId", "conv");
  test_record_header (&record, "NServiceBus.RelatedTo", "r");
  read_record (fixture, &record);
  assert_read (fixture, "Shop.Paid", "m", AT, "conv", "r");

  read_payload (fixture,
                "\xef\xbb\xbf{\"messageId\":\"m\",\"correlationId\":null,\"conversationId\":\"v\","
                "\"initiatorId\":\"i\",\"sentTime\":\"2026-11-21T10:41:07.12Z\","
                "\"messageType\":[\"urn:message:Shop:Paid\",\"urn:message:Shop:IEvent\"]}");
  assert_read (fixture, "urn:message:Shop:Paid", "m", AT, "v", "i");

  read_payload (fixture, "{\"id\":\"77\",\"domain\":\"order\",\"eventType\":\"OrderCreated\","
                "\"payload\":\"{}\",\"txId\":\"t-1\",\"createdAt\":\"20261121104107\"}");
  assert_read (fixture, "OrderCreated", NULL, AT - 120 * STORM_TIME_MILLISECOND, "t-1", NULL);

  test_record_init (&record, "{}");
  test_record_header (&record, "event-type", "net.shop.Paid");
  test_record_header (&record, "ID", "0001");
  test_record_header (&record, "DATE", "2026-11-21T10:41:07.12Z");
  read_record (fixture, &record);
  assert_read (fixture, "net.shop.Paid", "0001", AT, NULL, NULL);

  read_payload (fixture, "{\"payload\":{\"op\":\"c\",\"ts_ms\":1795257667120,"
                "\"source\":{\"table\":\"orders\"}}}");
  assert_read (fixture, "orders", NULL, AT, NULL, NULL);

  read_payload (fixture,
                "{\"eventId\":\"e\",\"eventType\":\"Paid\",\"metadata\":{\"$correlationId\":\"c\","
                "\"$causationId\":\"b\"},\"created\":\"2026-11-21T10:41:07.120Z\"}");
  assert_read (fixture, "Paid", "e", AT, "c", "b");
}

static void
test_headers (Fixture      *fixture,
              gconstpointer data)
{
  static const guint8 number[] = { 0, 0, 0, 0, 0, 0, 0x12, 0x67 };
  static const guint8 negative[] = { 0xff, 0xff, 0xff, 0xfe };
  static const guint8 binary[] = { 0xff, 0x00, 0xab };
  TestRecord record;

  use (fixture, "{\"type\":[\"header:type\"],\"id\":[\"header:id\",\"header:other\"],"
       "\"correlation\":[\"key\"],\"causation\":[\"header:c\"]}");

  /* Spring's quotes; the last that says something; null and empty ones don't. */
  test_record_init (&record, NULL);
  test_record_header (&record, "type", "First");
  test_record_header (&record, "type", "\"Or\\u0064er\"");
  test_record_header (&record, "type", NULL);
  test_record_header (&record, "type", "");
  test_record_header (&record, "type", "\"\"");
  test_record_header (&record, "Type", "Other");
  test_record_header (&record, "id", NULL);
  test_record_header (&record, "other", "7");
  test_record_header (&record, "c", "\"");
  test_record_key (&record, "4711");
  read_record (fixture, &record);
  assert_text (fixture, STORM_MAPPING_TYPE, "Order");
  assert_text (fixture, STORM_MAPPING_ID, "7");
  g_assert_cmpint (fixture->reading.entry[STORM_MAPPING_ID], ==, 1);
  assert_text (fixture, STORM_MAPPING_CORRELATION, "4711");
  assert_text (fixture, STORM_MAPPING_CAUSATION, "\"");
  g_assert_cmpint (fixture->reading.payload, ==, STORM_PAYLOAD_TOMBSTONE);

  /* An assembly without a type. */
  test_record_init (&record, NULL);
  test_record_header (&record, "type", ", Version=1");
  read_record (fixture, &record);
  assert_text (fixture, STORM_MAPPING_TYPE, ", Version=1");

  /* Keys that are no text. */
  test_record_init (&record, "{}");
  record.record.key = number;
  record.record.key_len = 8;
  test_record_header_bytes (&record, "id", negative, 4);
  test_record_header_bytes (&record, "c", binary, 3);
  read_record (fixture, &record);
  assert_text (fixture, STORM_MAPPING_TYPE, NULL);
  assert_text (fixture, STORM_MAPPING_CORRELATION, "4711");
  assert_text (fixture, STORM_MAPPING_ID, "-2");
  assert_text (fixture, STORM_MAPPING_CAUSATION, "ff00ab");
}

static void
test_values (Fixture      *fixture,
             gconstpointer data)
{
  static const struct { const char *json, *expected; } rows[] = {
    { "4711", "4711" }, { "4711.50", "4711.50" }, { "-1e3", "-1e3" }, { "\"x\"", "x" },
    { "\"a\\u00e9\\n\"", "a\303\251\n" }, { "true", "true" }, { "false", "false" },
    { "\"\"", NULL },
    { "null", NULL }, { "{}", NULL }, { "[1]", NULL }, { "{\"id\":1}", NULL }, { "\" \"", " " },
  };

  use (fixture, "{\"correlation\":[\"json:/k\"]}");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *payload = g_strdup_printf ("{\"k\":%s}", rows[i].json);

      read_payload (fixture, payload);
      assert_text (fixture, STORM_MAPPING_CORRELATION, rows[i].expected);
    }
}

static void
test_per_type (Fixture      *fixture,
               gconstpointer data)
{
  use (fixture, "{\"type\":[\"json:/eventType\"],\"correlation\":[\"json:/orderId\"],"
       "\"perType\":{\"OrderPlaced\":{\"correlation\":[\"json:/id\"]},"
       "\"paid\":{\"time\":[\"json:/at\"],\"id\":[\"json:/n/0\"]}}}");

  for (guint i = 0; i < 2; i++)
    {
      read_payload (fixture, "{\"id\":1,\"orderId\":2,\"eventType\":\"com.shop.Order_placedV2\"}");
      assert_text (fixture, STORM_MAPPING_CORRELATION, "1");
      g_assert_true (fixture->reading.per_type[STORM_MAPPING_CORRELATION]);
      g_assert_false (fixture->reading.per_type[STORM_MAPPING_TIME]);

      read_payload (fixture, "{\"id\":1,\"orderId\":2,\"eventType\":\"CookStarted\"}");
      assert_text (fixture, STORM_MAPPING_CORRELATION, "2");
      g_assert_false (fixture->reading.per_type[STORM_MAPPING_CORRELATION]);

      /* Its own list alone counts. */
      read_payload (fixture, "{\"orderId\":2,\"eventType\":\"OrderPlaced\"}");
      assert_text (fixture, STORM_MAPPING_CORRELATION, NULL);

      read_payload (fixture,
                    "{\"at\":1795257667120,\"n\":[9],\"orderId\":2,\"eventType\":\"Paid\"}");
      assert_read (fixture, "Paid", "9", AT, "2", NULL);
    }

  /* The same reading with another mapping: nothing is remembered of the old one. */
  use (fixture, "{\"type\":[\"json:/eventType\"],"
                "\"perType\":{\"Paid\":{\"id\":[\"json:/orderId\"]}}}");
  read_payload (fixture, "{\"n\":[9],\"orderId\":2,\"eventType\":\"Paid\"}");
  assert_text (fixture, STORM_MAPPING_ID, "2");
}

static void
test_times (Fixture      *fixture,
            gconstpointer data)
{
  static const struct { const char *json; StormTime time; } rows[] = {
    { "1795257667120", AT }, { "\"1795257667120\"", AT }, { "1795257667.12", AT },
    { "\"2026-11-21T10:41:07.12Z\"", AT }, { "[2026,11,21,10,41,7,120000000]", AT },
    { "[ 2026 , 11,21,10,41, 7, 120000000 ]", AT },
    { "\"20261121104107\"", AT - 120 * STORM_TIME_MILLISECOND },
    /* Refused: the broker's time is taken. */
    { "0", BROKER }, { "-1", BROKER }, { "\"soon\"", BROKER }, { "99999999999999999", BROKER },
    { "[2026]", BROKER }, { "[2026,11]", BROKER }, { "[2026,13,1]", BROKER }, { "[]", BROKER },
    { "[2026,11,21,10,41,7,1,1]", BROKER }, { "[2026,11,\"21\"]", BROKER },
    { "\"9999-12-31T23:59:59Z\"", BROKER }, { "true", BROKER },
  };
  TestRecord record;

  use (fixture, "{\"time\":[\"json:/t\"]}");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *payload = g_strdup_printf ("{\"t\":%s}", rows[i].json);
      gboolean refused = rows[i].time == BROKER;

      read_payload (fixture, payload);
      if (fixture->reading.time != rows[i].time)
        g_error ("%s: %" G_GINT64_FORMAT, rows[i].json, fixture->reading.time);
      g_assert_cmpint (fixture->reading.time_refused, ==, refused);
      g_assert_cmpint (fixture->reading.time_source, ==,
                       refused ? STORM_TIME_FROM_BROKER : STORM_TIME_FROM_EVENT);
    }

  /* Absent or null is not refused. */
  read_payload (fixture, "{\"t\":null}");
  g_assert_false (fixture->reading.time_refused);
  g_assert_cmpint (fixture->reading.time, ==, BROKER);

  /* A later entry may be right. */
  use (fixture, "{\"time\":[\"json:/a\",\"json:/b\"],\"zone\":\"+09:00\"}");
  read_payload (fixture, "{\"a\":\"soon\",\"b\":\"2026-11-21T19:41:07.12\"}");
  g_assert_cmpint (fixture->reading.time, ==, AT);
  g_assert_false (fixture->reading.time_refused);
  g_assert_cmpint (fixture->reading.entry[STORM_MAPPING_TIME], ==, 1);

  use (fixture, "{\"time\":[\"kafka:timestamp\",\"json:/t\"]}");
  read_payload (fixture, "{\"t\":1795257667120}");
  g_assert_cmpint (fixture->reading.time, ==, BROKER);
  g_assert_cmpint (fixture->reading.entry[STORM_MAPPING_TIME], ==, 0);

  test_record_init (&record, "{\"t\":1795257667120}");
  record.record.broker_time = STORM_TIME_NONE;
  read_record (fixture, &record);
  g_assert_cmpint (fixture->reading.time, ==, AT);
  record.record.payload = NULL;
  read_record (fixture, &record);
  g_assert_cmpint (fixture->reading.time, ==, STORM_TIME_NONE);
  g_assert_cmpint (fixture->reading.time_source, ==, STORM_TIME_FROM_ARRIVAL);
}

static void
test_payloads (Fixture      *fixture,
               gconstpointer data)
{
  static const struct
  {
    const char         *text;
    gssize              len;
    StormPayloadStatus  status;
    gboolean            type;
  } rows[] = {
    { "{\"eventType\":\"A\"}", -1, STORM_PAYLOAD_JSON, TRUE },
    { "[{\"eventType\":\"A\"}]", -1, STORM_PAYLOAD_JSON, FALSE },
    { "", 0, STORM_PAYLOAD_EMPTY, FALSE },
    { " \n", -1, STORM_PAYLOAD_EMPTY, FALSE },
    { "OrderPlaced 4711", -1, STORM_PAYLOAD_NOT_JSON, FALSE },
    { "{\"eventType\":\"A\"", -1, STORM_PAYLOAD_NOT_JSON, FALSE },
    { "{\"eventType\":\"A\"} x", -1, STORM_PAYLOAD_NOT_JSON, FALSE },
    { "{\"eventType\":\"A\",\"x\":\"\xff\"}", -1, STORM_PAYLOAD_INVALID_UTF8, FALSE },
    { "42", -1, STORM_PAYLOAD_SCALAR, FALSE },
    { "null", -1, STORM_PAYLOAD_SCALAR, FALSE },
    { "\"eventType\"", -1, STORM_PAYLOAD_SCALAR, FALSE },
    { "\"[1]\"", -1, STORM_PAYLOAD_SCALAR, FALSE },
    { "\"{\\\"eventType\\\":\\\"A\\\"}\"", -1, STORM_PAYLOAD_JSON, TRUE },
    { "\"{}\"", -1, STORM_PAYLOAD_JSON, FALSE },
    { "\0\0\0\0\7{\"eventType\":\"A\"}", 22, STORM_PAYLOAD_JSON, TRUE },
    { "\0\0\0\0\7\2\6abc", 10, STORM_PAYLOAD_FRAMED, FALSE },
    { "\0\0\0\0\7{\1", 7, STORM_PAYLOAD_FRAMED, FALSE },
    { "\0\0\0\0\7", 5, STORM_PAYLOAD_FRAMED, FALSE },
    { "\0\0", 2, STORM_PAYLOAD_NOT_JSON, FALSE },
    { "\x80\x02", 2, STORM_PAYLOAD_NOT_JSON, FALSE },
  };
  g_autoptr (GString) large = g_string_new ("{\"pad\":\"");
  g_autoptr (GString) nested = g_string_new ("\"{\\\"pad\\\":\\\"");
  g_autofree char *deep = g_strnfill (100000, '[');
  TestRecord record;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize len = rows[i].len >= 0 ? (gsize) rows[i].len : strlen (rows[i].text);
      /* In a block of its own, so that a sanitizer sees a byte read too far. */
      g_autofree char *copy = g_malloc (MAX (len, 1));

      memcpy (copy, rows[i].text, len);
      test_record_init (&record, "");
      record.record.payload = (const guint8 *) copy;
      record.record.payload_len = len;
      read_record (fixture, &record);
      if (fixture->reading.payload != rows[i].status)
        g_error ("payload %u: %d", i, fixture->reading.payload);
      assert_text (fixture, STORM_MAPPING_TYPE, rows[i].type ? "A" : NULL);
    }

  read_payload (fixture, deep);
  g_assert_cmpint (fixture->reading.payload, ==, STORM_PAYLOAD_TOO_DEEP);

  for (guint i = 0; i < 500000; i++)
    {
      g_string_append (large, "0123456789");
      g_string_append (nested, "0123456789");
    }
  g_string_append (large, "\",\"eventType\":\"Large\"}");
  g_string_append (nested, "\\\",\\\"eventType\\\":\\\"Nested\\\"}\"");
  for (guint i = 0; i < 2; i++)
    {
      read_payload (fixture, large->str);
      assert_text (fixture, STORM_MAPPING_TYPE, "Large");
      read_payload (fixture, nested->str);
      assert_text (fixture, STORM_MAPPING_TYPE, "Nested");
      read_payload (fixture, "{\"eventType\":\"Small\"}");
      assert_text (fixture, STORM_MAPPING_TYPE, "Small");
    }

  /* A text without end is not a type, and must not fill the index. */
  g_string_assign (large, "{\"eventType\":\"");
  for (guint i = 0; i < 5000; i++)
    g_string_append_c (large, 'x');
  g_string_append (large, "\",\"type\":\"B\"}");
  read_payload (fixture, large->str);
  assert_text (fixture, STORM_MAPPING_TYPE, "B");
}

static void
test_topic (Fixture      *fixture,
            gconstpointer data)
{
  read_payload (fixture, "not JSON");
  assert_text (fixture, STORM_MAPPING_TYPE, NULL);

  use (fixture, "{\"type\":[\"json:/t\",\"topic\"]}");
  read_payload (fixture, "not JSON");
  assert_text (fixture, STORM_MAPPING_TYPE, "shop");
  g_assert_cmpint (fixture->reading.entry[STORM_MAPPING_TYPE], ==, 1);
}

static void
test_json (Fixture      *fixture,
           gconstpointer data)
{
  static const char json[] =
    "{\"type\":[\"json:/eventType\"],\"id\":[],\"correlation\":[\"json:/orderId\",\"key\"],"
    "\"zone\":\"+09:00\",\"perType\":{\"OrderPlaced\":{\"correlation\":[\"json:/id\"],"
    "\"note\":\"x\"}},\"comment\":{\"a\":[1]}}";
  static const char *entries[] = { "json:/x", NULL };
  g_autofree char *same = NULL;
  g_autoptr (StormMapping) changed = NULL;
  g_autoptr (StormMapping) back = NULL;
  g_autoptr (StormMapping) without = NULL;
  g_autoptr (GError) error = NULL;

  use (fixture, json);
  same = storm_mapping_to_json (fixture->mapping);
  g_assert_cmpstr (same, ==, json);
  g_assert_cmpstr (storm_mapping_get_entries (fixture->mapping, NULL, STORM_MAPPING_CORRELATION)[1],
                   ==, "key");
  g_assert_null (storm_mapping_get_entries (fixture->mapping, NULL, STORM_MAPPING_TIME)[0]);
  g_assert_cmpstr (storm_mapping_get_entries (fixture->mapping, "order placed",
                                              STORM_MAPPING_CORRELATION)[0], ==, "json:/id");
  g_assert_null (storm_mapping_get_entries (fixture->mapping, "OrderPlaced", STORM_MAPPING_ID));
  g_assert_null (storm_mapping_get_entries (fixture->mapping, "Paid", STORM_MAPPING_CORRELATION));

  changed = storm_mapping_with (fixture->mapping, "Order Placed", STORM_MAPPING_CORRELATION,
                                entries,
                                &error);
  g_assert_no_error (error);
  g_assert_cmpstr (storm_mapping_get_entries (changed, "OrderPlaced", STORM_MAPPING_CORRELATION)[0],
                   ==, "json:/x");
  g_assert_cmpstr (storm_mapping_get_entries (fixture->mapping, "OrderPlaced",
                                              STORM_MAPPING_CORRELATION)[0], ==, "json:/id");
  g_assert_false (storm_mapping_equal (changed, fixture->mapping));
  entries[0] = "json:/id";
  back = storm_mapping_with (changed, "orderplaced", STORM_MAPPING_CORRELATION, entries, &error);
  g_assert_true (storm_mapping_equal (back, fixture->mapping));

  without = storm_mapping_with (fixture->mapping, NULL, STORM_MAPPING_CORRELATION, NULL, &error);
  g_assert_null (storm_mapping_get_entries (without, NULL, STORM_MAPPING_CORRELATION)[0]);
  g_assert_false (storm_mapping_equal (without, fixture->mapping));

  entries[0] = "orderId";
  g_assert_null (storm_mapping_with (fixture->mapping, NULL, STORM_MAPPING_ID, entries, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_INVALID);
}

static void
test_wrong_json (Fixture      *fixture,
                 gconstpointer data)
{
  static const struct { const char *json, *quoted; } rows[] = {
    { "", "mapping" }, { "[]", "object" }, { "{", "mapping" }, { "{\"type\":\"json:/a\"}", "type" },
    { "{\"type\":[1]}", "1" }, { "{\"id\":[\"orderId\"]}", "orderId" },
    { "{\"id\":[\"header:\"]}", "header:" },
    { "{\"id\":[\"json:a\"]}", "json:a" }, { "{\"id\":[\"json:/~\"]}", "json:/~" },
    { "{\"id\":[\"kafka:timestamp\"]}", "kafka:timestamp" },
    { "{\"zone\":\"Nowhere/At\"}", "Nowhere/At" },
    { "{\"zone\":5}", "zone" }, { "{\"perType\":[]}", "perType" },
    { "{\"perType\":{\"A\":[]}}", "A" },
    { "{\"perType\":{\"A\":{\"type\":[]}}}", "A" },
    { "{\"perType\":{\"A\":{\"id\":[\"x\"]}}}", "x" },
    { "{\"id\":[null]}", "id" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      if (storm_mapping_new_from_json (rows[i].json, &error) != NULL)
        g_error ("accepted: %s", rows[i].json);
      g_assert_true (error->domain == STORM_ERROR);
      if (strstr (error->message, rows[i].quoted) == NULL)
        g_error ("%s: %s", rows[i].json, error->message);
    }
}

/* More places than one scan looks for. */
static void
test_many_places (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (GString) json = g_string_new ("{\"type\":[\"json:/eventType\"],\"perType\":{");

  for (guint i = 0; i < 300; i++)
    g_string_append_printf (json, "%s\"T%u\":{\"correlation\":[\"json:/k%u\"]}", i > 0 ? "," : "",
                            i, i);
  g_string_append (json, "}}");
  use (fixture, json->str);

  for (guint i = 0; i < 300; i += 7)
    {
      g_autofree char *payload = g_strdup_printf ("{\"k%u\":%u,\"eventType\":\"T%u\"}", i, i * 3,
                                                  i);
      g_autofree char *expected = g_strdup_printf ("%u", i * 3);

      read_payload (fixture, payload);
      assert_text (fixture, STORM_MAPPING_CORRELATION, expected);
    }
  read_payload (fixture, "broken");
  g_assert_cmpint (fixture->reading.payload, ==, STORM_PAYLOAD_NOT_JSON);
}

static void
test_names (Fixture      *fixture,
            gconstpointer data)
{
  static const struct { const char *name, *normal; } rows[] = {
    { "OrderPlaced", "orderplaced" }, { "Order placed", "orderplaced" },
    { "order_placed", "orderplaced" },
    { "ORDER-PLACED", "orderplaced" }, { "com.shop.OrderPlaced", "orderplaced" },
    { "com.shop.Order$OrderPlaced", "orderplaced" }, { "Shop.Events+OrderPlaced", "orderplaced" },
    { "OrderPlacedV2", "orderplaced" }, { "com.shop.OrderPlaced.v2", "orderplaced" },
    { "order-placed-v1", "orderplaced" }, { "Order placed v1.2", "orderplaced" },
    { "urn:message:Shop:OrderPlaced", "orderplaced" },
    { "https://shop.example/events/order-placed", "orderplaced" },
    { "https://shop.example/order-placed/v2", "orderplaced" },
    { "https://shop.example/schema#OrderPlaced", "orderplaced" },
    { "com.shop.order.placed", "orderplaced" }, { "order.placed", "orderplaced" },
    { "com.shop.order.placed.v2", "orderplaced" }, { "com.shop.paid", "paid" },
    { "Shop.OrderPlaced, Shop, Version=1.0.0.0, Culture=neutral", "orderplaced" },
    { "  Order placed. ", "orderplaced" }, { "V2", "v2" }, { "Rev2", "rev2" }, { "TV2", "tv2" },
    { "주문 접수됨", "주문접수됨" }, { "Bestellung Überfällig", "bestellungüberfällig" },
    { "Commande annule\xcc\x81" "e", "commandeannulée" }, { "OrderPlaced2", "orderplaced2" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *normal = storm_type_name_normalize (rows[i].name);

      if (strcmp (normal, rows[i].normal) != 0)
        g_error ("“%s”: “%s”, not “%s”", rows[i].name, normal, rows[i].normal);
    }
}

#define ADD(name, func) g_test_add ("/mapping/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("conventions", test_conventions);
  ADD ("headers", test_headers);
  ADD ("values", test_values);
  ADD ("per-type", test_per_type);
  ADD ("times", test_times);
  ADD ("payloads", test_payloads);
  ADD ("topic", test_topic);
  ADD ("json", test_json);
  ADD ("wrong-json", test_wrong_json);
  ADD ("many-places", test_many_places);
  ADD ("names", test_names);

  return g_test_run ();
}
