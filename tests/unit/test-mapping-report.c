#include "config.h"

#include "storm-event-test.h"
#include "storm-mapping-report.h"

static void
add (StormDetector *detector,
     const char    *payload)
{
  TestRecord record;

  test_record_init (&record, payload);
  storm_detector_add (detector, &record.record);
}

static StormMappingReport *
report (StormDetector *detector,
        const char    *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormMapping) mapping = storm_mapping_new_from_json (json, &error);

  g_assert_no_error (error);
  return storm_mapping_report_new (detector, mapping);
}

static StormMappingTypeReport *
find_type (StormMappingReport *made,
           const char         *name)
{
  for (guint i = 0; i < made->types->len; i++)
    {
      StormMappingTypeReport *type = g_ptr_array_index (made->types, i);

      if (strcmp (type->type, name) == 0)
        return type;
    }
  return NULL;
}

/* Whether a problem of @field and @type has all of @words in it. */
static gboolean
has_problem (StormMappingReport *made,
             StormMappingField   field,
             const char         *type,
             const char         *words)
{
  for (guint i = 0; i < made->problems->len; i++)
    {
      StormMappingProblem *problem = g_ptr_array_index (made->problems, i);

      if (problem->field == field && g_strcmp0 (problem->type, type) == 0 &&
          strstr (problem->words, words) != NULL)
        return TRUE;
    }
  return FALSE;
}

static const char placed[] =
  "{\"eventType\":\"OrderPlaced\",\"timestamp\":1795257600000,\"id\":\"o-1\","
  "\"customer\":{\"id\":\"c-1\"},\"lines\":[1,2]}";
static const char paid[] =
  "{\"eventType\":\"Paid\",\"timestamp\":1795257601000,\"orderId\":\"o-1\"}";

static StormDetector *
make_shop (void)
{
  StormDetector *detector = storm_detector_new (NULL);

  for (guint i = 0; i < 3; i++)
    add (detector, placed);
  for (guint i = 0; i < 2; i++)
    add (detector, paid);
  return detector;
}

static void
test_table (void)
{
  g_autoptr (StormDetector) detector = make_shop ();
  g_autoptr (StormMappingReport) made =
    report (detector, "{\"type\":[\"json:/eventType\"],\"time\":[\"json:/timestamp\"],"
                      "\"correlation\":[\"json:/orderId\"],"
                      "\"perType\":{\"Order placed\":{\"correlation\":[\"json:/id\"]}}}");
  StormMappingTypeReport *type;

  g_assert_cmpuint (made->n_samples, ==, 5);
  g_assert_cmpuint (made->types->len, ==, 2);
  type = g_ptr_array_index (made->types, 0);
  g_assert_cmpstr (type->type, ==, "OrderPlaced");
  g_assert_cmpuint (type->n, ==, 3);
  g_assert_cmpuint (type->n_found[STORM_MAPPING_CORRELATION], ==, 3);
  g_assert_cmpstr (type->example[STORM_MAPPING_CORRELATION], ==, "o-1");
  g_assert_cmpstr (type->rule[STORM_MAPPING_CORRELATION], ==, "json:/id");
  g_assert_true (type->per_type[STORM_MAPPING_CORRELATION]);
  g_assert_cmpstr (type->rule[STORM_MAPPING_TIME], ==, "json:/timestamp");
  g_assert_nonnull (strstr (type->example[STORM_MAPPING_TIME], "2026-11-21T"));
  g_assert_null (type->example[STORM_MAPPING_ID]);
  type = find_type (made, "Paid");
  g_assert_cmpstr (type->rule[STORM_MAPPING_CORRELATION], ==, "json:/orderId");
  g_assert_false (type->per_type[STORM_MAPPING_CORRELATION]);
  g_assert_cmpuint (made->problems->len, ==, 0);
}

static void
test_no_key (void)
{
  g_autoptr (StormDetector) detector = make_shop ();
  g_autoptr (StormMappingReport) some =
    report (detector, "{\"type\":[\"json:/eventType\"],\"correlation\":[\"json:/orderId\"]}");
  g_autoptr (StormMappingReport) none = report (detector, "{\"type\":[\"json:/eventType\"]}");

  g_assert_true (has_problem (some, STORM_MAPPING_CORRELATION, "OrderPlaced", "in 3 of 3 samples"));
  g_assert_false (has_problem (some, STORM_MAPPING_CORRELATION, "Paid", ""));
  g_assert_true (has_problem (none, STORM_MAPPING_CORRELATION, NULL, "No event has"));
  g_assert_cmpuint (none->problems->len, ==, 1);
}

static void
test_object_and_nothing (void)
{
  g_autoptr (StormDetector) detector = make_shop ();
  g_autoptr (StormMappingReport) made =
    report (detector, "{\"type\":[\"json:/eventType\"],\"id\":[\"json:/nowhere\"],"
                      "\"correlation\":[\"json:/customer\",\"json:/orderId\"],"
                      "\"causation\":[\"json:/lines\"],\"time\":[\"json:/orderId\"],"
                      "\"perType\":{\"Paid\":{\"correlation\":[\"header:x\"]},"
                      "\"Ghost\":{\"correlation\":[\"key\"]}}}");

  g_assert_true (has_problem (made, STORM_MAPPING_CORRELATION, NULL,
                              "“json:/customer” points at an object in 3 samples"));
  g_assert_true (has_problem (made, STORM_MAPPING_CORRELATION, NULL, "“json:/customer/id”"));
  g_assert_true (has_problem (made, STORM_MAPPING_CAUSATION, NULL,
                              "“json:/lines” points at a list"));
  g_assert_true (has_problem (made, STORM_MAPPING_ID, NULL,
                              "json:/nowhere matches nothing: the event id is in none of the 5"));
  g_assert_true (has_problem (made, STORM_MAPPING_CORRELATION, "Paid",
                              "header:x matches nothing: the correlation key of “Paid”"));
  g_assert_true (has_problem (made, STORM_MAPPING_TYPE, "Ghost", "No sample is of the type"));
  g_assert_true (has_problem (made, STORM_MAPPING_TIME, NULL,
                              "“json:/orderId” is no time in 2 of 5 samples"));
}

/* An entry behind one that has found something is not asked, so nothing is said of it. */
static void
test_only_what_is_asked (void)
{
  g_autoptr (StormDetector) detector = make_shop ();
  g_autoptr (StormMappingReport) made =
    report (detector, "{\"type\":[\"json:/eventType\"],"
                      "\"correlation\":[\"json:/orderId\",\"json:/id\",\"json:/customer\"]}");

  g_assert_cmpuint (made->problems->len, ==, 0);
}

static void
test_undecodable (void)
{
  g_autoptr (StormDetector) detector = make_shop ();
  g_autoptr (StormMapping) standard = storm_mapping_new_default ();
  g_autoptr (StormMappingReport) made = NULL;

  add (detector, "not json");
  made = storm_mapping_report_new (detector, standard);
  g_assert_cmpuint (find_type (made, "")->n, ==, 1);
  g_assert_true (has_problem (made, STORM_MAPPING_TYPE, NULL, "in 1 of 6 samples"));
  /* All the names of the standard list that are absent are no news. */
  g_assert_cmpuint (made->problems->len, ==, 2);
}

/* A text too long to be a key, bytes that are none, and thousands of types stay bounded. */
static void
test_hostile (void)
{
  g_autoptr (StormDetector) detector = storm_detector_new (NULL);
  g_autofree char *filler = g_strnfill (5000, 'x');
  g_autofree char *large = g_strdup_printf ("{\"eventType\":\"Large\",\"k\":\"%s\"}", filler);
  g_autoptr (StormMappingReport) made = NULL;
  guint8 bytes[65] = { 1, 2, 3 };
  TestRecord record;

  add (detector, large);
  test_record_init (&record, "{\"eventType\":\"Keyed\"}");
  record.record.key = bytes;
  record.record.key_len = sizeof bytes;
  storm_detector_add (detector, &record.record);
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *payload = g_strdup_printf ("{\"eventType\":\"T%u\"}", i);
      g_autofree char *topic = g_strdup_printf ("t%u", i % 11);

      test_record_init (&record, payload);
      record.record.topic = topic;
      storm_detector_add (detector, &record.record);
    }
  made = report (detector, "{\"type\":[\"json:/eventType\"],"
                           "\"correlation\":[\"json:/k\",\"key\",\"topic\"],\"id\":[\"key\"]}");
  g_assert_true (has_problem (made, STORM_MAPPING_CORRELATION, NULL, "more than 4096 bytes"));
  g_assert_true (has_problem (made, STORM_MAPPING_CORRELATION, NULL, "bytes that are no text"));
  g_assert_cmpuint (made->types->len, ==, 200);
  g_assert_cmpuint (made->problems->len, <=, 50);
}

static void
test_topics (void)
{
  g_autoptr (StormDetector) detector = make_shop ();
  g_autoptr (GPtrArray) topics = NULL;
  StormTopicSamples *topic;
  TestRecord record;

  test_record_init (&record, "{}");
  record.record.topic = "cloud";
  test_record_header (&record, "ce_type", "Shipped");
  test_record_header (&record, "ce_id", "1");
  test_record_header (&record, "ce_specversion", "1.0");
  storm_detector_add (detector, &record.record);

  topics = storm_detector_describe_topics (detector);
  g_assert_cmpuint (topics->len, ==, 2);
  topic = g_ptr_array_index (topics, 0);
  g_assert_cmpstr (topic->topic, ==, "cloud");
  g_assert_cmpstr (topic->convention, ==, "CloudEvents (headers)");
  g_assert_cmpuint (topic->samples->len, ==, 1);
  g_assert_cmpuint (storm_detector_get_sample (detector, g_array_index (topic->samples, guint, 0))
                      ->n_headers, ==, 3);
  topic = g_ptr_array_index (topics, 1);
  g_assert_cmpstr (topic->convention, ==, "MSAez, Spring");
  g_assert_nonnull (strstr (topic->why, "5 of 5"));
}

static void
test_nothing (void)
{
  g_autoptr (StormDetector) detector = storm_detector_new (NULL);
  g_autoptr (StormMappingReport) made = report (detector, "{\"type\":[\"key\"]}");

  g_assert_cmpuint (made->types->len, ==, 0);
  g_assert_cmpuint (made->problems->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mapping-report/table", test_table);
  g_test_add_func ("/mapping-report/no-key", test_no_key);
  g_test_add_func ("/mapping-report/object-and-nothing", test_object_and_nothing);
  g_test_add_func ("/mapping-report/only-what-is-asked", test_only_what_is_asked);
  g_test_add_func ("/mapping-report/undecodable", test_undecodable);
  g_test_add_func ("/mapping-report/hostile", test_hostile);
  g_test_add_func ("/mapping-report/topics", test_topics);
  g_test_add_func ("/mapping-report/nothing", test_nothing);

  return g_test_run ();
}
