#include "config.h"

#include "storm-detect.h"
#include "storm-error.h"
#include "storm-event-log.h"
#include "storm-event-test.h"
#include "storm-mapping-report.h"

static StormMapping *
make (const char *failed)
{
  g_autofree char *json =
    g_strdup_printf ("{\"type\":[\"json:/t\"],\"id\":[],\"time\":[\"kafka:timestamp\"],"
                     "\"correlation\":[\"json:/k\"],\"causation\":[],\"failed\":[%s]}", failed);
  g_autoptr (GError) error = NULL;
  StormMapping *mapping = storm_mapping_new_from_json (json, &error);

  g_assert_no_error (error);
  return mapping;
}

/* What says that a record failed, NULL for nothing. */
static char *
read_record (StormMapping      *mapping,
             const StormRecord *record)
{
  StormReading reading;
  char *text = NULL;

  storm_reading_init (&reading);
  storm_mapping_read (mapping, record, &reading);
  if (reading.text[STORM_MAPPING_FAILED] != NULL)
    {
      g_assert_cmpuint (reading.len[STORM_MAPPING_FAILED], >, 0);
      g_assert_cmpuint (reading.len[STORM_MAPPING_FAILED], <=, 4096);
      text = g_strndup (reading.text[STORM_MAPPING_FAILED], reading.len[STORM_MAPPING_FAILED]);
    }
  storm_reading_clear (&reading);
  return text;
}

static char *
read_payload (StormMapping *mapping,
              const char   *payload)
{
  TestRecord record;

  test_record_init (&record, payload);
  return read_record (mapping, &record.record);
}

static void
assert_failed (const char *rules,
               const char *payload,
               const char *expected)
{
  g_autoptr (StormMapping) mapping = make (rules);
  g_autofree char *text = read_payload (mapping, payload);

  if (g_strcmp0 (text, expected) != 0)
    g_error ("%s of %s: “%s”, not “%s”", rules, payload, text, expected);
}

static void
test_tests (void)
{
  static const struct { const char *rules, *payload, *expected; } rows[] = {
    /* One of some texts. */
    { "\"json:/status=FAILED|ERROR\"", "{\"status\":\"FAILED\"}", "FAILED" },
    { "\"json:/status=FAILED|ERROR\"", "{\"status\":\"error\"}", "error" },
    { "\"json:/status = FAILED | ERROR\"", "{\"status\":\"ERROR\"}", "ERROR" },
    { "\"json:/status=FAILED|ERROR\"", "{\"status\":\"OK\"}", NULL },
    { "\"json:/status=FAILED|ERROR\"", "{\"status\":\"FAILED2\"}", NULL },
    { "\"json:/status=FAILED|ERROR\"", "{\"status\":\"\"}", NULL },
    { "\"json:/status=FAILED|ERROR\"", "{\"status\":null}", NULL },
    { "\"json:/status=FAILED|ERROR\"", "{\"status\":[\"FAILED\"]}", NULL },
    { "\"json:/status=FAILED|ERROR\"", "{\"other\":\"FAILED\"}", NULL },
    { "\"json:/status=FAILED\"", "{\"status\":\"FA\\u0049LED\"}", "FAILED" },
    { "\"json:/a/status=FAILED\"", "{\"a\":{\"status\":\"FAILED\"}}", "FAILED" },
    { "\"json:/success=false\"", "{\"success\":false}", "false" },
    { "\"json:/success=false\"", "{\"success\":true}", NULL },
    { "\"json:/code=500\"", "{\"code\":500}", "500" },
    { "\"json:/code=null\"", "{\"code\":null}", "null" },
    { "\"json:/상태=실패\"", "{\"상태\":\"실패\"}", "실패" },
    /* Neither of some texts. */
    { "\"json:/code!=0|200\"", "{\"code\":404}", "404" },
    { "\"json:/code != 0 | 200\"", "{\"code\":200}", NULL },
    { "\"json:/code!=0|200\"", "{\"code\":null}", NULL },
    { "\"json:/code!=0|200\"", "{\"code\":{\"a\":1}}", NULL },
    { "\"json:/code!=0|200\"", "{}", NULL },
    /* Anything at all. */
    { "\"json:/error\"", "{\"error\":\"card declined\"}", "card declined" },
    { "\"json:/error\"", "{\"error\":7}", "7" },
    { "\"json:/error\"", "{\"error\":true}", "true" },
    { "\"json:/error\"", "{\"error\":{\"code\":1}}", "{\"code\":1}" },
    { "\"json:/error\"", "{\"error\":[ 1 ]}", "[ 1 ]" },
    { "\"json:/error\"", "{\"error\":null}", NULL },
    { "\"json:/error\"", "{\"error\":false}", NULL },
    { "\"json:/error\"", "{\"error\":\"\"}", NULL },
    { "\"json:/error\"", "{\"error\":\"0\"}", NULL },
    { "\"json:/error\"", "{\"error\":-0.0e5}", NULL },
    { "\"json:/error\"", "{\"error\":{ }}", NULL },
    { "\"json:/error\"", "{\"error\":[\n]}", NULL },
    { "\"json:/error\"", "{}", NULL },
    { "\"json:\"", "{\"a\":1}", "{\"a\":1}" },
    /* The first rule that holds; names with what rules are written with. */
    { "\"json:/success=false\",\"json:/error\"", "{\"success\":true,\"error\":\"x\"}", "x" },
    { "\"json:/a\\\\=b=c\\\\|d\"", "{\"a=b\":\"c|d\"}", "c|d" },
    { "\"json:/a!b=c\"", "{\"a!b\":\"c\"}", "c" },
    { "\"topic=shop\"", "{}", "shop" },
    { "\"topic!=shop\"", "{}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_failed (rows[i].rules, rows[i].payload, rows[i].expected);
}

static void
test_headers (void)
{
  g_autoptr (StormMapping) mapping = make ("\"header:x-error\",\"header:state=failed\","
                                           "\"key=dlq\"");
  g_autofree char *reason = NULL;
  g_autofree char *state = NULL;
  g_autofree char *key = NULL;
  TestRecord record;

  test_record_init (&record, "{}");
  g_assert_null (read_record (mapping, &record.record));
  test_record_header (&record, "x-error", "false");
  test_record_header (&record, "state", "fine");
  g_assert_null (read_record (mapping, &record.record));
  test_record_key (&record, "dlq");
  key = read_record (mapping, &record.record);
  g_assert_cmpstr (key, ==, "dlq");
  test_record_header (&record, "state", "\"Failed\"");
  state = read_record (mapping, &record.record);
  g_assert_cmpstr (state, ==, "Failed");
  test_record_header (&record, "x-error", "timeout");
  reason = read_record (mapping, &record.record);
  g_assert_cmpstr (reason, ==, "timeout");
}

/* Huge, cut off, too deep, and not JSON at all. */
static void
test_hostile (void)
{
  g_autofree char *big = g_strnfill (1 << 20, 'x');
  g_autofree char *deep = g_strnfill (200, '[');
  g_autofree char *payload = g_strdup_printf ("{\"error\":\"%s\"}", big);
  g_autofree char *escapes = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GString) escaped = g_string_new ("{\"error\":\"");
  g_autoptr (StormMapping) any = make ("\"json:/error\"");
  g_autoptr (StormMapping) is = make ("\"json:/error!=fine\"");

  words = read_payload (any, payload);
  g_assert_cmpuint (strlen (words), ==, 4096);
  g_assert_null (read_payload (is, payload));

  /* An escape is cut in two at 4096 bytes. */
  for (guint i = 0; i < 2000; i++)
    g_string_append (escaped, "\\u00e9");
  g_string_append (escaped, "\"}");
  escapes = read_payload (any, escaped->str);
  g_assert_nonnull (escapes);
  g_assert_true (g_str_has_prefix (escapes, "éé"));
  g_assert_null (read_payload (is, escaped->str));

  g_assert_null (read_payload (any, "{\"error\":\"card"));
  g_assert_null (read_payload (any, deep));
  g_assert_null (read_payload (any, "error"));
  g_assert_null (read_payload (any, ""));
  g_assert_null (read_payload (any, NULL));
  g_assert_null (read_payload (any, "{\"error\":\"\xff\xfe\"}"));
}

static void
test_json (void)
{
  const char *json =
    "{\"type\":[\"json:/t\"],\"failed\":[\"json:/status=FAILED|REJECTED\"],"
    "\"perType\":{\"Paid\":{\"failed\":[\"json:/code != 0\"]},\"Placed\":{\"failed\":[]}}}";
  g_autoptr (StormMapping) mapping = storm_mapping_new_from_json (json, NULL);
  g_autoptr (StormMapping) again = NULL;
  g_autoptr (StormMapping) other = NULL;
  g_autoptr (StormMapping) none = storm_mapping_new_default ();
  g_autofree char *text = NULL;
  const char *rules[] = { "json:/error", NULL };

  g_assert_nonnull (mapping);
  text = storm_mapping_to_json (mapping);
  g_assert_cmpstr (text, ==, json);
  again = storm_mapping_new_from_json (text, NULL);
  g_assert_true (storm_mapping_equal (mapping, again));
  other = storm_mapping_with (mapping, "Paid", STORM_MAPPING_FAILED, rules, NULL);
  g_assert_false (storm_mapping_equal (mapping, other));
  g_assert_cmpstr (storm_mapping_get_entries (other, "paid", STORM_MAPPING_FAILED)[0], ==,
                   "json:/error");
  /* Nothing fails as long as nobody has said how. */
  g_assert_null (storm_mapping_get_entries (none, NULL, STORM_MAPPING_FAILED)[0]);
  g_assert_null (read_payload (none, "{\"type\":\"A\",\"status\":\"FAILED\",\"error\":\"x\"}"));

  g_assert_null (read_payload (mapping, "{\"t\":\"Placed\",\"status\":\"FAILED\"}"));
  g_assert_null (read_payload (mapping, "{\"t\":\"Paid\",\"status\":\"FAILED\"}"));
  g_free (text);
  text = read_payload (mapping, "{\"t\":\"Paid\",\"code\":3}");
  g_assert_cmpstr (text, ==, "3");
}

static void
test_wrong_json (void)
{
  static const char * const wrong[] = {
    "{\"failed\":[\"json:/status=\"]}", "{\"failed\":[\"json:/status=A|\"]}",
    "{\"failed\":[\"json:/status=|A\"]}", "{\"failed\":[\"json:/status!=\"]}",
    "{\"failed\":[\"status=FAILED\"]}", "{\"failed\":[\"=FAILED\"]}", "{\"failed\":[\"\"]}",
    "{\"failed\":[\"json:status=FAILED\"]}", "{\"failed\":[\"kafka:timestamp\"]}",
    "{\"failed\":\"json:/status=FAILED\"}", "{\"failed\":[{\"at\":\"json:/status\"}]}",
    "{\"perType\":{\"A\":{\"failed\":[\"json:/a~2=b\"]}}}",
  };
  g_autoptr (GString) many = g_string_new ("{\"failed\":[\"json:/s=a");

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (storm_mapping_new_from_json (wrong[i], &error));
      g_assert_error (error, STORM_ERROR, STORM_ERROR_INVALID);
    }
  for (guint i = 0; i < 64; i++)
    g_string_append_printf (many, "|v%u", i);
  g_string_append (many, "\"]}");
  g_assert_null (storm_mapping_new_from_json (many->str, NULL));
}

static void
append (StormEventLog *log,
        StormMapping  *mapping,
        const char    *payload)
{
  g_autoptr (StormBatchBuilder) builder =
    storm_batch_builder_new (storm_event_log_get_strings (log), mapping);
  g_autoptr (StormBatch) batch = NULL;
  TestRecord record;

  test_record_init (&record, payload);
  record.record.offset = storm_event_log_get_n (log);
  storm_batch_builder_add (builder, &record.record);
  batch = storm_batch_builder_take (builder);
  storm_event_log_append (log, batch);
}

static void
remapped_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_assert_true (storm_event_log_remap_finish (STORM_EVENT_LOG (object), result, NULL));
  *(gboolean *) user_data = TRUE;
}

static void
assert_words (StormEventLog *log,
              guint32        row,
              const char    *expected_place,
              const char    *expected_value)
{
  g_autofree char *place = NULL;
  g_autofree char *value = NULL;

  g_assert_true (storm_event_log_get_flags (log, row) & STORM_EVENT_FAILED);
  g_assert_true (storm_event_log_dup_failure (log, row, &place, &value));
  g_assert_cmpstr (place, ==, expected_place);
  g_assert_cmpstr (value, ==, expected_value);
}

/* One bit in the log, which another mapping changes. */
static void
test_log (void)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (StormEventLog) log = storm_event_log_new (strings);
  g_autoptr (StormMapping) mapping = make ("\"json:/pay/status=FAILED\",\"json:/error\"");
  g_autoptr (StormMapping) own = NULL;
  const char *rules[] = { "json:/why", NULL };
  g_autofree char *place = NULL;
  g_autofree char *value = NULL;
  gboolean done = FALSE;

  append (log, mapping, "{\"t\":\"A\",\"pay\":{\"status\":\"OK\"}}");
  append (log, mapping, "{\"t\":\"A\",\"pay\":{\"status\":\"failed\"}}");
  append (log, mapping, "{\"t\":\"A\",\"error\":\"line\\nbreak \\u001b[31m\"}");
  append (log, mapping, "{\"t\":\"A\",\"why\":\"late\"}");
  g_assert_false (storm_event_log_get_flags (log, 0) & STORM_EVENT_FAILED);
  g_assert_false (storm_event_log_dup_failure (log, 0, &place, &value));
  assert_words (log, 1, "pay/status", "failed");
  assert_words (log, 2, "error", "line break  [31m");
  g_assert_false (storm_event_log_get_flags (log, 3) & STORM_EVENT_FAILED);

  own = storm_mapping_with (mapping, "A", STORM_MAPPING_FAILED, rules, NULL);
  storm_event_log_remap_async (log, own, NULL, remapped_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (storm_event_log_get_flags (log, 1) & STORM_EVENT_FAILED);
  assert_words (log, 3, "why", "late");
}

static void
detect (StormDetector *detector,
        const char    *payload)
{
  TestRecord record;

  test_record_init (&record, payload);
  storm_detector_add (detector, &record.record);
}

static void
test_detect (void)
{
  g_autoptr (StormDetector) detector = storm_detector_new (NULL);
  g_autoptr (StormDetected) detected = NULL;
  g_autoptr (StormMapping) mapping = NULL;
  g_autoptr (StormMappingReport) report = NULL;
  const StormFailedCandidate *candidate;
  const char *rules[2] = { NULL, NULL };

  for (guint i = 0; i < 20; i++)
    detect (detector, "{\"eventType\":\"Placed\",\"timestamp\":1795257600000,\"id\":\"1\","
                      "\"status\":\"OPEN\",\"success\":true,\"error\":null,\"state\":\"SEOUL\","
                      "\"address\":{\"state\":\"CA\"}}");
  for (guint i = 0; i < 3; i++)
    detect (detector, "{\"eventType\":\"Paid\",\"timestamp\":1795257600000,\"id\":\"1\","
                      "\"status\":\"FAILED\",\"success\":false,\"error\":{\"code\":\"E7\"}}");
  detect (detector, "{\"eventType\":\"Packed\",\"timestamp\":1795257600000,\"id\":\"1\","
                    "\"status\":\"REJECTED\",\"success\":true}");
  detected = storm_detector_finish (detector);

  /* Proposed, not chosen. */
  g_assert_null (storm_mapping_get_entries (detected->mapping, NULL, STORM_MAPPING_FAILED)[0]);
  g_assert_cmpuint (detected->failed->len, ==, 3);
  candidate = g_ptr_array_index (detected->failed, 0);
  g_assert_cmpstr (candidate->rule, ==, "json:/status=FAILED|REJECTED");
  g_assert_cmpstr (candidate->words, ==, "FAILED, REJECTED in 4 of 24 samples · 2 event types");
  g_assert_cmpuint (candidate->n, ==, 4);
  candidate = g_ptr_array_index (detected->failed, 1);
  g_assert_cmpstr (candidate->rule, ==, "json:/error");
  candidate = g_ptr_array_index (detected->failed, 2);
  g_assert_cmpstr (candidate->rule, ==, "json:/success=false");
  g_assert_cmpstr (candidate->words, ==, "false in 3 of 24 samples · 1 event type");

  /* Each of them can be used as it is, and finds what it says. */
  for (guint i = 0; i < detected->failed->len; i++)
    {
      guint n_failed = 0;

      candidate = g_ptr_array_index (detected->failed, i);
      rules[0] = candidate->rule;
      g_clear_pointer (&mapping, storm_mapping_unref);
      g_clear_pointer (&report, storm_mapping_report_free);
      mapping = storm_mapping_with (detected->mapping, NULL, STORM_MAPPING_FAILED, rules, NULL);
      g_assert_nonnull (mapping);
      report = storm_mapping_report_new (detector, mapping);
      for (guint k = 0; k < report->types->len; k++)
        n_failed += ((StormMappingTypeReport *) g_ptr_array_index (report->types, k))
                      ->n_found[STORM_MAPPING_FAILED];
      g_assert_cmpuint (n_failed, ==, candidate->n);
    }
}

/* Nothing is proposed where nothing failed, or where it would nearly always have. */
static void
test_detect_nothing (void)
{
  g_autoptr (StormDetector) detector = storm_detector_new (NULL);
  g_autoptr (StormDetected) detected = NULL;

  for (guint i = 0; i < 20; i++)
    detect (detector, "{\"eventType\":\"Placed\",\"status\":\"OPEN\",\"errorCode\":\"0\","
                      "\"lastError\":\"none so far\",\"errors\":[]}");
  detect (detector, "not JSON");
  detect (detector, "[1,2]");
  detected = storm_detector_finish (detector);
  g_assert_cmpuint (detected->failed->len, ==, 0);
}

/* A place that no sample has is no mistake, for most events don't fail; an object can't be compared
 * with a text. */
static void
test_report (void)
{
  g_autoptr (StormDetector) detector = storm_detector_new (NULL);
  g_autoptr (StormMapping) absent = make ("\"json:/nowhere=A\",\"json:/error\"");
  g_autoptr (StormMapping) object = make ("\"json:/error=A\"");
  g_autoptr (StormMappingReport) fine = NULL;
  g_autoptr (StormMappingReport) wrong = NULL;
  const StormMappingProblem *problem;

  detect (detector, "{\"t\":\"Placed\",\"k\":\"1\",\"error\":{\"code\":1}}");
  detect (detector, "{\"t\":\"Placed\",\"k\":\"1\"}");
  fine = storm_mapping_report_new (detector, absent);
  g_assert_cmpuint (fine->problems->len, ==, 0);
  g_assert_cmpuint (((StormMappingTypeReport *) g_ptr_array_index (fine->types, 0))
                      ->n_found[STORM_MAPPING_FAILED], ==, 1);
  wrong = storm_mapping_report_new (detector, object);
  g_assert_cmpuint (wrong->problems->len, ==, 1);
  problem = g_ptr_array_index (wrong->problems, 0);
  g_assert_cmpint (problem->field, ==, STORM_MAPPING_FAILED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mapping-failed/tests", test_tests);
  g_test_add_func ("/mapping-failed/headers", test_headers);
  g_test_add_func ("/mapping-failed/hostile", test_hostile);
  g_test_add_func ("/mapping-failed/json", test_json);
  g_test_add_func ("/mapping-failed/wrong-json", test_wrong_json);
  g_test_add_func ("/mapping-failed/log", test_log);
  g_test_add_func ("/mapping-failed/detect", test_detect);
  g_test_add_func ("/mapping-failed/detect-nothing", test_detect_nothing);
  g_test_add_func ("/mapping-failed/report", test_report);

  return g_test_run ();
}
