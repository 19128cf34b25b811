#include "config.h"

#include "storm-detect.h"
#include "storm-event-test.h"

typedef struct
{
  StormDetector *detector;
  GPtrArray     *texts;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->detector = storm_detector_new (NULL);
  fixture->texts = g_ptr_array_new_with_free_func (g_free);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  storm_detector_unref (fixture->detector);
  g_ptr_array_unref (fixture->texts);
}

static char * G_GNUC_PRINTF (2, 3)
text (Fixture    *fixture,
      const char *format,
      ...)
{
  va_list args;
  char *made;

  va_start (args, format);
  made = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (fixture->texts, made);

  return made;
}

static void
add (Fixture    *fixture,
     const char *payload)
{
  TestRecord record;

  test_record_init (&record, payload);
  storm_detector_add (fixture->detector, &record.record);
}

/* The shop: OrderPlaced has the order's number as "id"; the events of the kitchen have their own
 * "id", which counts from 1 as well, and the order's number as "orderId". */
static void
add_food_order (Fixture *fixture,
                guint    n)
{
  static const char *steps[] = { "OrderAccepted", "CookStarted", "CookFinished" };

  for (guint i = 1; i <= n; i++)
    {
      add (fixture, text (fixture, "{\"eventType\":\"OrderPlaced\",\"timestamp\":%u000,\"id\":%u,"
                          "\"customerId\":\"c%u\",\"qty\":%u,\"foodType\":\"PIZZA\"}",
                          1795257600 + i, i + 4700, i % 4, i % 3 + 1));
      for (guint step = 0; step < G_N_ELEMENTS (steps); step++)
        add (fixture, text (fixture, "{\"eventType\":\"%s\",\"timestamp\":%u000,\"id\":%u,"
                            "\"orderId\":%u,\"qty\":%u}",
                            steps[step], 1795257600 + i + step, i, i + 4700, i % 3 + 1));
    }
}

static void
assert_entries (StormMapping      *mapping,
                const char        *type,
                StormMappingField  field,
                const char        *expected)
{
  const char * const *entries = storm_mapping_get_entries (mapping, type, field);
  g_autofree char *joined = entries != NULL ? g_strjoinv (" ", (char **) entries) : NULL;

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_food_order (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (StormDetected) detected = NULL;
  StormKeyCandidate *best;

  add_food_order (fixture, 20);
  detected = storm_detector_finish (fixture->detector);
  g_assert_cmpstr (detected->convention, ==, "MSAez, Spring");
  g_assert_cmpfloat (detected->score, ==, 1.0);
  g_assert_nonnull (strstr (detected->why, "80 of 80"));
  g_assert_nonnull (strstr (detected->why, "json:/eventType"));
  assert_entries (detected->mapping, NULL, STORM_MAPPING_ID, "");
  assert_entries (detected->mapping, NULL, STORM_MAPPING_CORRELATION, "");

  g_assert_cmpuint (detected->candidates->len, >=, 1);
  best = g_ptr_array_index (detected->candidates, 0);
  assert_entries (best->mapping, NULL, STORM_MAPPING_CORRELATION, "json:/orderId");
  assert_entries (best->mapping, "OrderPlaced", STORM_MAPPING_CORRELATION, "json:/id");
  assert_entries (best->mapping, "CookStarted", STORM_MAPPING_CORRELATION, NULL);
  g_assert_cmpuint (best->n_types, ==, 4);
  g_assert_cmpuint (best->n_keys, ==, 20);
  g_assert_cmpfloat (best->mean_size, ==, 4.0);
  g_assert_cmpstr (best->words, ==,
                   "orderId in OrderAccepted, CookStarted, CookFinished; id in OrderPlaced");
}

/* Numbers of orders that count from 1 are found among quantities as well; still the id is
 * chosen. */
static void
test_small_numbers (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (StormDetected) detected = NULL;
  StormKeyCandidate *best;

  for (guint i = 1; i <= 10; i++)
    {
      add (fixture, text (fixture, "{\"eventType\":\"OrderPlaced\",\"timestamp\":%u000,\"qty\":%u,"
                          "\"id\":%u}", 1795257600 + i, i % 3 + 1, i));
      add (fixture, text (fixture, "{\"eventType\":\"Paid\",\"timestamp\":%u000,\"orderId\":%u}",
                          1795257600 + i, i));
    }
  detected = storm_detector_finish (fixture->detector);
  best = g_ptr_array_index (detected->candidates, 0);
  assert_entries (best->mapping, NULL, STORM_MAPPING_CORRELATION, "json:/orderId");
  assert_entries (best->mapping, "OrderPlaced", STORM_MAPPING_CORRELATION, "json:/id");
}

static void
test_nested_and_key (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (StormDetected) detected = NULL;
  gboolean nested = FALSE, key = FALSE;

  for (guint i = 0; i < 12; i++)
    {
      static const char *types[] = { "Shipped", "Delivered" };

      for (guint j = 0; j < 2; j++)
        {
          TestRecord record;

          test_record_init (&record, text (fixture, "{\"type\":\"%s\",\"occurredAt\":"
                                           "\"2026-11-21T10:%02u:00Z\",\"payload\":{\"parcel\":"
                                           "{\"parcelId\":\"p-%u\"}},\"status\":\"OK\"}",
                                           types[j], i, i));
          test_record_key (&record, text (fixture, "k%u", i));
          storm_detector_add (fixture->detector, &record.record);
        }
    }
  detected = storm_detector_finish (fixture->detector);
  g_assert_cmpstr (detected->convention, ==, "Plain names");
  assert_entries (detected->mapping, NULL, STORM_MAPPING_TYPE, "json:/type");
  assert_entries (detected->mapping, NULL, STORM_MAPPING_TIME, "json:/occurredAt kafka:timestamp");
  for (guint i = 0; i < detected->candidates->len; i++)
    {
      StormKeyCandidate *candidate = g_ptr_array_index (detected->candidates, i);
      const char *entry = *storm_mapping_get_entries (candidate->mapping, NULL,
                                                      STORM_MAPPING_CORRELATION);

      nested |= g_strcmp0 (entry, "json:/payload/parcel/parcelId") == 0;
      key |= g_strcmp0 (entry, "key") == 0;
      /* One value for all is no key. */
      g_assert_cmpstr (entry, !=, "json:/status");
    }
  g_assert_true (nested);
  g_assert_true (key);
}

static void
add_headers (Fixture    *fixture,
             const char *payload,
             const char *name,
             ...)
{
  TestRecord record;
  va_list args;

  test_record_init (&record, payload);
  va_start (args, name);
  for (; name != NULL; name = va_arg (args, const char *))
    test_record_header (&record, name, va_arg (args, const char *));
  va_end (args);
  storm_detector_add (fixture->detector, &record.record);
}

static void
assert_convention (Fixture    *fixture,
                   const char *name,
                   const char *type_entry)
{
  g_autoptr (StormDetected) detected = storm_detector_finish (fixture->detector);

  g_assert_cmpstr (detected->convention, ==, name);
  g_assert_cmpfloat (detected->score, ==, 1.0);
  if (type_entry != NULL)
    g_assert_nonnull (strstr (detected->why, type_entry));

  storm_detector_unref (fixture->detector);
  fixture->detector = storm_detector_new (NULL);
}

static void
test_conventions (Fixture      *fixture,
                  gconstpointer data)
{
  static const guint8 axon_time[] = { 0x00, 0x00, 0x01, 0xa1, 0xff, 0xb0, 0x6b, 0x00 };
  TestRecord record;

  add_headers (fixture, "{\"eventType\":\"x\",\"timestamp\":1795257600000}", "ce_type", "Paid",
               "ce_id",
               "1", "ce_specversion", "1.0", "ce_time", "2026-11-21T10:41:07Z", NULL);
  assert_convention (fixture, "CloudEvents (headers)", "header:ce_time");

  add (fixture, "{\"specversion\":\"1.0\",\"type\":\"com.shop.Paid\",\"source\":\"/shop\","
       "\"id\":\"1\","
       "\"time\":\"2026-11-21T10:41:07Z\",\"data\":{}}");
  assert_convention (fixture, "CloudEvents (JSON)", "json:/type");

  test_record_init (&record, "{}");
  test_record_header (&record, "axon-message-type", "com.shop.Paid");
  test_record_header_bytes (&record, "axon-message-timestamp", axon_time, 8);
  storm_detector_add (fixture->detector, &record.record);
  assert_convention (fixture, "Axon", "header:axon-message-timestamp");

  add_headers (fixture, "{}", "NServiceBus.EnclosedMessageTypes",
               "Shop.Paid, Shop, Version=1.0.0.0",
               "NServiceBus.TimeSent", "2026-11-21 10:41:07:120000 Z", NULL);
  assert_convention (fixture, "NServiceBus", "header:NServiceBus.TimeSent");

  add (fixture, "{\"messageId\":\"1\",\"messageType\":[\"urn:message:Shop:Paid\"],"
       "\"sentTime\":\"2026-11-21T10:41:07Z\",\"message\":{}}");
  assert_convention (fixture, "MassTransit", "json:/messageType/0");

  add_headers (fixture, "{}", "event-type", "com.shop.Paid", "ID", "1", "DATE",
               "2026-11-21T10:41:07Z", NULL);
  assert_convention (fixture, "Eventuate Tram", "header:event-type");

  add_headers (fixture, "\"{\\\"orderId\\\":1}\"", "id", "1", "eventType", "Paid", NULL);
  assert_convention (fixture, "Debezium outbox", "header:eventType");

  add (fixture,
       "{\"op\":\"c\",\"ts_ms\":1795257667120,\"source\":{\"table\":\"orders\"},\"after\":{}}");
  assert_convention (fixture, "Debezium change events", "json:/source/table");

  add (fixture, "{\"eventType\":\"Paid\",\"timestamp\":1795257667120,\"id\":1}");
  assert_convention (fixture, "MSAez, Spring", "json:/timestamp");

  add (fixture, "{\"id\":\"1\",\"eventType\":\"OrderCreated\",\"payload\":\"{}\",\"txId\":\"t1\","
       "\"createdAt\":\"20261121104107\"}");
  assert_convention (fixture, "Event table columns (txId, createdAt)", "json:/createdAt");

  add (fixture, "{\"event\":\"paid\",\"occurredAt\":\"2026-11-21T10:41:07Z\"}");
  assert_convention (fixture, "Plain names", "json:/event");

  add (fixture, "no json at all");
  assert_convention (fixture, "Topic and time of the record", "topic");
}

static void
test_titles (Fixture      *fixture,
             gconstpointer data)
{
  static const char *titles[] = { "Order placed", "Paid", NULL };
  g_autoptr (StormDetector) detector = storm_detector_new (titles);
  g_autoptr (StormDetected) without = NULL;
  g_autoptr (StormDetected) with = NULL;

  /* Both hold; the board says which one is meant. */
  for (guint i = 0; i < 8; i++)
    {
      TestRecord record;

      test_record_init (&record,
                        text (fixture, "{\"eventType\":\"%s\",\"timestamp\":179525766712%u}",
                                       i % 2 ? "com.shop.OrderPlacedEvent" : "Paid", i));
      test_record_header (&record, "ce_type", "entity.changed");
      test_record_header (&record, "ce_id", "x");
      storm_detector_add (detector, &record.record);
      storm_detector_add (fixture->detector, &record.record);
    }
  without = storm_detector_finish (fixture->detector);
  with = storm_detector_finish (detector);
  g_assert_cmpstr (without->convention, ==, "CloudEvents (headers)");
  g_assert_cmpstr (with->convention, ==, "MSAez, Spring");
  g_assert_nonnull (strstr (with->why, "8"));
}

/* Too few events to tie anything together: a name that says it is a key is believed. */
static void
test_few (Fixture      *fixture,
          gconstpointer data)
{
  g_autoptr (StormDetected) detected = NULL;
  g_autoptr (StormDetected) more = NULL;
  StormKeyCandidate *best;

  add (fixture, "{\"eventType\":\"Paid\",\"timestamp\":1795257600000,\"qty\":3,"
       "\"orderId\":\"7\"}");
  detected = storm_detector_finish (fixture->detector);
  g_assert_cmpuint (detected->candidates->len, ==, 1);
  best = g_ptr_array_index (detected->candidates, 0);
  assert_entries (best->mapping, NULL, STORM_MAPPING_CORRELATION, "json:/orderId");

  /* What ties two types together is better than any name. */
  add (fixture, "{\"eventType\":\"Paid\",\"timestamp\":1795257600001,\"orderId\":\"7\","
       "\"case\":\"a\"}");
  add (fixture, "{\"eventType\":\"Sent\",\"timestamp\":1795257600002,\"case\":\"a\"}");
  add (fixture, "{\"eventType\":\"Sent\",\"timestamp\":1795257600003,\"case\":\"b\"}");
  more = storm_detector_finish (fixture->detector);
  best = g_ptr_array_index (more->candidates, 0);
  assert_entries (best->mapping, NULL, STORM_MAPPING_CORRELATION, "json:/case");
}

static void
on_result (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* A thread finds the same; one that is cancelled, and whose detector is gone, finds nothing. */
static void
test_thread (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (StormDetected) detected = NULL;
  g_autoptr (StormDetected) expected = NULL;
  g_autoptr (GPtrArray) topics = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GError) error = NULL;

  add (fixture, "{\"eventType\":\"Paid\",\"timestamp\":1795257600001,\"orderId\":\"7\"}");
  add (fixture, "{\"eventType\":\"Sent\",\"timestamp\":1795257600002,\"orderId\":\"7\"}");
  expected = storm_detector_finish (fixture->detector);
  storm_detector_run_async (fixture->detector, NULL, on_result, &result);
  storm_detector_run_async (fixture->detector, cancellable, on_result, &cancelled);
  g_cancellable_cancel (cancellable);
  storm_detector_unref (fixture->detector);
  fixture->detector = storm_detector_new (NULL);
  while (result == NULL || cancelled == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_false (storm_detector_run_finish (cancelled, &detected, &topics, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (detected);
  g_assert_true (storm_detector_run_finish (result, &detected, &topics, NULL));
  g_assert_cmpstr (detected->convention, ==, expected->convention);
  g_assert_cmpuint (detected->candidates->len, ==, expected->candidates->len);
  g_assert_cmpuint (topics->len, ==, 1);
}

static void
test_bounds (Fixture      *fixture,
             gconstpointer data)
{
  TestRecord record;
  g_autofree char *large = g_strnfill (1000000, '[');
  g_autofree char *deep = g_strnfill (50000, '[');
  gboolean more = TRUE;

  g_assert_null (storm_detector_finish (fixture->detector));

  test_record_init (&record, "{\"eventType\":\"A\"}");
  for (guint i = 0; i < 200; i++)
    {
      g_assert_true (more);
      more = storm_detector_add (fixture->detector, &record.record);
    }
  g_assert_false (more);
  g_assert_false (storm_detector_add (fixture->detector, &record.record));
  g_assert_cmpuint (storm_detector_get_n_samples (fixture->detector), ==, 200);

  /* Another topic has samples of its own; what is not JSON does no harm. */
  record.record.topic = "other";
  record.record.payload = (const guint8 *) large;
  record.record.payload_len = 1000000;
  g_assert_true (storm_detector_add (fixture->detector, &record.record));
  g_assert_cmpuint (storm_detector_get_n_samples (fixture->detector), ==, 200);
  record.record.payload = (const guint8 *) deep;
  record.record.payload_len = 50000;
  g_assert_true (storm_detector_add (fixture->detector, &record.record));
  record.record.payload = NULL;
  g_assert_true (storm_detector_add (fixture->detector, &record.record));
  record.record.payload = (const guint8 *) "\0\0\0\0\1\xff\xfe";
  record.record.payload_len = 7;
  g_assert_true (storm_detector_add (fixture->detector, &record.record));
  {
    g_autoptr (StormDetected) detected = storm_detector_finish (fixture->detector);

    g_assert_nonnull (detected);
    g_assert_cmpuint (detected->candidates->len, ==, 0);
  }
}

#define ADD(name, func) g_test_add ("/detect/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("food-order", test_food_order);
  ADD ("small-numbers", test_small_numbers);
  ADD ("nested-and-key", test_nested_and_key);
  ADD ("conventions", test_conventions);
  ADD ("titles", test_titles);
  ADD ("few", test_few);
  ADD ("thread", test_thread);
  ADD ("bounds", test_bounds);

  return g_test_run ();
}
