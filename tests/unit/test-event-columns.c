#include "config.h"

#include "storm-event-log.h"
#include "storm-event-test.h"

/* The log against arrays, over several chunks: what is read from full ones, that were packed, from
 * the one that is being filled, and what is written to a full one once more. */

#define N 20000
#define BATCH 777
#define T0 G_GINT64_CONSTANT (1795257600000000000)

typedef struct
{
  StormTime time;
  StormTime broker_time;
  gint64    offset;
  guint     topic;
  guint     partition;
  guint     type;
  guint     key;
  guint16   flags;
} Expected;

/* Near each other or far apart, in this part of the rows or in that. */
static void
make_expected (GRand    *random,
               Expected *expected,
               guint     row)
{
  StormTime unit = row % 8192 < 4096 ? STORM_TIME_MILLISECOND : STORM_TIME_MILLISECOND / 1000;

  expected->time = T0 + g_rand_int_range (random, 0, row < 10000 ? 5000 : G_MAXINT32) * unit;
  expected->broker_time = T0 + (gint64) row * STORM_TIME_MILLISECOND;
  expected->offset = row + (row % 3 == 0 ? G_GINT64_CONSTANT (1) << 40 : 0);
  expected->topic = g_rand_int_range (random, 0, 3);
  expected->partition = row % 3;
  expected->type = g_rand_int_range (random, 0, 300);
  expected->key = g_rand_int_range (random, 0, row < 6000 ? 10 : 70000);
  expected->flags = 0;
}

static void
fill (StormEventLog *log,
      Expected      *expected,
      GRand         *random)
{
  g_autoptr (StormMapping) mapping = storm_mapping_new_from_json (
    "{\"type\":[\"json:/type\"],\"time\":[\"json:/time\"],\"correlation\":[\"json:/key\"]}", NULL);
  g_autoptr (StormBatchBuilder) builder =
    storm_batch_builder_new (storm_event_log_get_strings (log), mapping);

  for (guint row = 0; row < N; row++)
    {
      g_autofree char *payload = NULL;
      g_autofree char *topic = NULL;
      TestRecord record;

      make_expected (random, &expected[row], row);
      topic = g_strdup_printf ("topic-%u", expected[row].topic);
      payload = g_strdup_printf ("{\"type\":\"T%u\",\"time\":%" G_GINT64_FORMAT ",\"key\":\"k%u\"}",
                                 expected[row].type, expected[row].time / 1000, expected[row].key);
      test_record_init (&record, payload);
      record.record.topic = topic;
      record.record.partition = (gint32) expected[row].partition;
      record.record.offset = expected[row].offset;
      record.record.broker_time = expected[row].broker_time;
      storm_batch_builder_add (builder, &record.record);
      if (row % BATCH == 0 || row + 1 == N)
        {
          g_autoptr (StormBatch) batch = storm_batch_builder_take (builder);

          storm_event_log_append (log, batch);
        }
    }
}

static void
check (StormEventLog  *log,
       const Expected *expected)
{
  for (guint row = 0; row < N; row++)
    {
      g_autofree char *topic = g_strdup_printf ("topic-%u", expected[row].topic);
      g_autofree char *type = g_strdup_printf ("T%u", expected[row].type);
      g_autofree char *key = g_strdup_printf ("k%u", expected[row].key);

      g_assert_cmpint (storm_event_log_get_time (log, row), ==, expected[row].time);
      g_assert_cmpint (storm_event_log_get_broker_time (log, row), ==, expected[row].broker_time);
      g_assert_cmpint (storm_event_log_get_offset (log, row), ==, expected[row].offset);
      g_assert_cmpint (storm_event_log_get_partition (log, row), ==, expected[row].partition);
      g_assert_cmpstr (storm_event_log_get_topic (log, row), ==, topic);
      g_assert_cmpstr (storm_event_log_get_type_name (log, row), ==, type);
      g_assert_cmpstr (storm_event_log_get_correlation (log, row), ==, key);
      g_assert_cmpint (storm_event_log_get_payload_status (log, row), ==, STORM_PAYLOAD_JSON);
      g_assert_cmpuint (storm_event_log_get_flags (log, row), ==, expected[row].flags);
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261121);
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (StormEventLog) log = storm_event_log_new (strings);
  g_autofree Expected *expected = g_new0 (Expected, N);

  fill (log, expected, random);
  check (log, expected);

  for (guint i = 0; i < N / 10; i++)
    {
      guint row = g_rand_int_range (random, 0, N);

      expected[row].flags |= STORM_EVENT_LATE;
      storm_event_log_add_flags (log, row, STORM_EVENT_LATE);
    }
  check (log, expected);
}

/* Events without a time in front of the first that has one: more than a chunk of them. */
static void
test_head (void)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (StormEventLog) log = storm_event_log_new (strings);
  g_autoptr (StormMapping) mapping = storm_mapping_new_from_json (
    "{\"type\":[\"json:/type\"],\"time\":[\"json:/time\"]}", NULL);
  g_autoptr (StormBatchBuilder) builder = storm_batch_builder_new (strings, mapping);
  g_autoptr (StormBatch) batch = NULL;

  for (guint row = 0; row < 10000; row++)
    {
      TestRecord record;

      test_record_init (&record, row < 9000 ? "{\"type\":\"A\"}"
                                            : "{\"type\":\"A\",\"time\":1795257600000}");
      record.record.offset = row;
      record.record.broker_time = STORM_TIME_NONE;
      storm_batch_builder_add (builder, &record.record);
    }
  batch = storm_batch_builder_take (builder);
  storm_event_log_append (log, batch);
  for (guint row = 0; row < 10000; row++)
    g_assert_cmpint (storm_event_log_get_time (log, row), ==, T0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event-columns/random", test_random);
  g_test_add_func ("/event-columns/head", test_head);

  return g_test_run ();
}
