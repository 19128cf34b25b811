#include "config.h"

#include "storm-error.h"
#include "storm-event-test.h"
#include "storm-filter.h"

static const char *const payloads[] = {
  "{\"eventType\":\"Paid\",\"timestamp\":1795257600120,\"orderId\":\"4711\",\"total\":150}",
  "{\"eventType\":\"Paid\",\"timestamp\":1795257600121,\"orderId\":\"4712\",\"total\":50}",
  "{\"eventType\":\"Cooked\",\"orderId\":\"4711\",\"lines\":[{\"name\":\"비빔밥\"}]}",
  "no json",
  NULL,
};

static StormFilter *
compile (const char *expression)
{
  g_autoptr (GError) error = NULL;
  StormFilter *filter = storm_filter_new (expression, &error);

  g_assert_no_error (error);
  g_assert_nonnull (filter);
  return filter;
}

static StormBatch *
make_batch (void)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (StormMapping) mapping = storm_mapping_new_default ();
  g_autoptr (StormBatchBuilder) builder = storm_batch_builder_new (strings, mapping);

  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      TestRecord record;

      test_record_init (&record, payloads[i]);
      record.record.offset = i;
      test_record_header (&record, "source", i % 2 == 0 ? "web" : "phone");
      test_record_header (&record, "none", NULL);
      test_record_key (&record, "a\"key");
      storm_batch_builder_add (builder, &record.record);
    }
  return storm_batch_builder_take (builder);
}

/* "10010": which events of the batch match. */
static void
assert_matches (const char *expression,
                const char *wanted)
{
  g_autoptr (StormFilter) filter = compile (expression);
  g_autoptr (StormBatch) batch = make_batch ();
  g_autoptr (GError) error = NULL;
  char got[G_N_ELEMENTS (payloads) + 1] = "";
  guint8 matches[G_N_ELEMENTS (payloads)];

  /* Twice: a filter keeps nothing of the events that it has seen. */
  for (guint i = 0; i < 2; i++)
    {
      storm_filter_add_batch (filter, batch);
      g_assert_cmpuint (storm_filter_get_n_added (filter), ==, G_N_ELEMENTS (payloads));
      g_assert_true (storm_filter_run (filter, matches, NULL, &error));
      g_assert_no_error (error);
      for (guint k = 0; k < G_N_ELEMENTS (matches); k++)
        got[k] = matches[k] ? '1' : '0';
      if (g_strcmp0 (got, wanted) != 0)
        g_error ("%s: %s instead of %s", expression, got, wanted);
    }
}

static void
test_matches (void)
{
  assert_matches (".type == \"Paid\"", "11000");
  assert_matches (".payload.total > 100", "10000");
  assert_matches ("select(.payload.total? > 100)", "10000");
  assert_matches (".payload == null", "00001");
  assert_matches (".payload == \"no json\"", "00010");
  assert_matches (".payload.lines[]?.name == \"비빔밥\"", "00100");
  assert_matches (".headers.source == \"web\" and .headers.none == null", "10101");
  assert_matches (".key == \"a\\\"key\" and .partition == 0 and .topic == \"shop\"", "11111");
  assert_matches (".offset >= 3", "00011");
  assert_matches (".time | startswith(\"2026-11-\")", "11111");
  assert_matches ("empty", "00000");
  assert_matches ("true, false", "11111");
  assert_matches ("false, true", "00000");
  assert_matches ("0", "11111");
  assert_matches (" .offset == 0 # the first", "10000");
  assert_matches ("def f: .offset; f == 1", "01000");
}

/* An expression that doesn't fit an event doesn't match it; it is told how often, and why. */
static void
test_failures (void)
{
  g_autoptr (StormFilter) filter = compile (".payload.total.cents == 1");
  g_autoptr (StormBatch) batch = make_batch ();
  g_autoptr (GError) error = NULL;
  guint8 matches[G_N_ELEMENTS (payloads)];
  const char *words = "";

  g_assert_cmpuint (storm_filter_get_failures (filter, &words), ==, 0);
  g_assert_null (words);
  storm_filter_add_batch (filter, batch);
  g_assert_true (storm_filter_run (filter, matches, NULL, &error));
  for (guint i = 0; i < G_N_ELEMENTS (matches); i++)
    g_assert_false (matches[i]);
  g_assert_cmpuint (storm_filter_get_failures (filter, &words), ==, 3);
  g_assert_nonnull (strstr (words, "Cannot index number"));
  g_assert_true (storm_filter_run (filter, NULL, NULL, &error));
}

static void
test_refused (void)
{
  static const char *const expressions[] = {
    "", "  \n", ".type ==", ")(", "foo", ".a | bar(1)", "import \"a\" as a; .", "include \"a\"; .",
    "$x", "\"", "\xff\xfe",
  };
  g_autofree char *endless = g_strnfill (20000, '.');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (expressions); i++)
    {
      g_autoptr (GError) reason = NULL;
      g_autoptr (StormFilter) filter = storm_filter_new (expressions[i], &reason);

      if (filter != NULL)
        g_error ("“%s” was taken", expressions[i]);
      g_assert_error (reason, STORM_ERROR, STORM_ERROR_INVALID);
      g_assert_null (strchr (reason->message, '\n'));
    }
  g_assert_null (storm_filter_new (endless, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_LIMIT);
}

/* The place at which an expression is none, in characters. */
static void
test_places (void)
{
  static const struct { const char *expression; const char *place; } cases[] = {
    { ".type ==", "at its end" },
    { ".type == \"Paid", "at its end" },
    { "(.a | .b", "at its end" },
    { ")(", "at character 1 (“)(”)" },
    { ".payload.total > > 100", "at character 18 (“> 100”)" },
    { ".a and and .b", "at character 8 (“and .b”)" },
    { ".type == \"비빔밥\" ] | .x", "at character 16 (“] | .x”)" },
    { "  .offset = = 1", "at character 11 (“= 1”)" },
    { ".a | bar(1)", "at character 6 (“bar(1)”)" },
    { ".foo | foo", "at character 8 (“foo”)" },
    { ".a == $x", "at character" },
    { ".a\n# a ) comment\n| ] ", "at character 20 (“]”)" },
    { "\"\\(1 + 2)\" }", "at character 12 (“}”)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (storm_filter_new (cases[i].expression, &error));
      g_assert_error (error, STORM_ERROR, STORM_ERROR_INVALID);
      if (strstr (error->message, cases[i].place) == NULL)
        g_error ("“%s”: %s", cases[i].expression, error->message);
    }
}

/* What loops or grows ends with words, and takes nothing else with it. */
static void
test_hostile (void)
{
  static const struct { const char *expression; int code; } cases[] = {
    { "def f: f; f", STORM_ERROR_LIMIT },
    { "[range(1e10)]", STORM_ERROR_LIMIT },
    { "def f: 1 + f; f", STORM_ERROR_LIMIT },
    { "reduce range(100) as $i (\"x\"; . + .)", STORM_ERROR_LIMIT },
    { "halt", STORM_ERROR_INVALID },
    { "\"bye\" | halt_error", STORM_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StormFilter) filter = compile (cases[i].expression);
      g_autoptr (StormBatch) batch = make_batch ();
      g_autoptr (GError) error = NULL, again = NULL;
      guint8 matches[2 * G_N_ELEMENTS (payloads)];

      storm_filter_add_batch (filter, batch);
      if (storm_filter_run (filter, matches, NULL, &error))
        g_error ("“%s” came to an end", cases[i].expression);
      g_assert_error (error, STORM_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].expression));
      /* It is over, and says so again. */
      storm_filter_add_batch (filter, batch);
      g_assert_false (storm_filter_run (filter, matches, NULL, &again));
      g_assert_nonnull (again);
    }
}

/* Nothing of this machine can be seen: no variable, no file, no input. */
static void
test_locked_in (void)
{
  g_setenv ("STORM_FILTER_TEST", "secret", TRUE);
  assert_matches ("$ENV | length > 0", "00000");
  assert_matches ("env.STORM_FILTER_TEST", "00000");
  assert_matches ("try input catch false", "00000");
  assert_matches ("debug | stderr | .offset == 0", "10000");
  assert_matches ("input_filename", "00000");
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (100000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_cancelled (void)
{
  g_autoptr (StormFilter) filter = compile ("def f: f; f");
  g_autoptr (StormBatch) batch = make_batch ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint8 matches[G_N_ELEMENTS (payloads)];
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);

  storm_filter_add_batch (filter, batch);
  g_assert_false (storm_filter_run (filter, matches, cancellable, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_CANCELLED);
  g_thread_join (thread);
}

/* More than the socket holds, in both directions; and one event that is a thousand times larger
 * than the others. */
static void
test_many (void)
{
  enum { N = 30000 };
  g_autoptr (StormFilter) filter = compile ("if .offset % 3 == 0 then error(\"third\") else "
                                            ".offset % 2 == 1 end");
  g_autofree char *text = g_strnfill (4 << 20, 'x');
  g_autofree char *huge = g_strdup_printf ("{\"text\":\"%s\"}", text);
  g_autofree guint8 *matches = g_malloc (N);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N; i++)
    {
      TestRecord record;

      test_record_init (&record, i == N / 2 ? huge : payloads[0]);
      record.record.offset = i;
      storm_filter_add (filter, &record.record, STORM_PAYLOAD_JSON, NULL, NULL, STORM_TIME_NONE);
    }
  g_assert_true (storm_filter_run (filter, matches, NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < N; i++)
    g_assert_cmpint (matches[i], ==, i % 3 != 0 && i % 2 == 1);
  g_assert_cmpuint (storm_filter_get_failures (filter, NULL), ==, N / 3);
}

/* A payload that claims to be JSON and isn't harms only itself. */
static void
test_wrong_payload (void)
{
  g_autoptr (StormFilter) filter = compile ("[.offset] == [7]");
  g_autoptr (GError) error = NULL;
  guint8 matches[3];
  TestRecord record;

  for (guint i = 0; i < 3; i++)
    {
      test_record_init (&record, i == 1 ? "{\"a\":" : "{}");
      record.record.offset = 7;
      storm_filter_add (filter, &record.record, STORM_PAYLOAD_JSON, NULL, NULL, STORM_TIME_NONE);
    }
  g_assert_true (storm_filter_run (filter, matches, NULL, &error));
  g_assert_true (matches[0] && !matches[1] && matches[2]);
}

static void
test_no_helper (void)
{
  g_autofree char *directory = g_strdup (g_getenv ("STORMWATCH_LIBEXECDIR"));
  g_autoptr (GError) error = NULL;

  g_setenv ("STORMWATCH_LIBEXECDIR", "/nonexistent", TRUE);
  g_assert_false (storm_filter_is_available ());
  g_assert_null (storm_filter_new (".", &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_UNSUPPORTED);
  if (directory != NULL)
    g_setenv ("STORMWATCH_LIBEXECDIR", directory, TRUE);
  else
    g_unsetenv ("STORMWATCH_LIBEXECDIR");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/filter/no-helper", test_no_helper);
  if (storm_filter_is_available ())
    {
      g_test_add_func ("/filter/matches", test_matches);
      g_test_add_func ("/filter/failures", test_failures);
      g_test_add_func ("/filter/refused", test_refused);
      g_test_add_func ("/filter/places", test_places);
      g_test_add_func ("/filter/hostile", test_hostile);
      g_test_add_func ("/filter/locked-in", test_locked_in);
      g_test_add_func ("/filter/cancelled", test_cancelled);
      g_test_add_func ("/filter/many", test_many);
      g_test_add_func ("/filter/wrong-payload", test_wrong_payload);
    }
  return g_test_run ();
}
