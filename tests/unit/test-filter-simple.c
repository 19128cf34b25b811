#include "config.h"

#include "storm-event-test.h"
#include "storm-filter-simple-private.h"
#include "storm-filter.h"

/* What is answered without jq, against jq itself: an expression with "| ." behind it says the same,
 * and is not simple. */

#define N_EXPRESSIONS 150
#define N_EVENTS 60

static const char *const fields[] = {
  ".type", ".time", ".correlation", ".topic", ".partition", ".offset", ".key", ".headers",
  ".headers.source", ".headers.none", ".headers.source.deep", ".payload", ".payload.total",
  ".payload.name", ".payload.deep.er", ".payload.deep.er.est", ".payload.list", ".payload.paid",
  ".payload.nothing.at.all", ".offset.deep",
};
static const char *const literals[] = {
  "null", "true", "false", "0", "1", "-1", "-1.5", "20", "20.0", "999999999999999", "\"\"",
  "\"a\"", "\"Paid\"", "\"shop\"", "\"비빔밥\"", "\"web\"", "\"2026-11-21T\"", "\"no json\"",
};
static const char *const ops[] = { "==", "!=", "<", "<=", ">", ">=" };
static const char *const values[] = {
  "null", "true", "false", "0", "-0", "1", "-1.5", "20", "2e1", "20.000", "1234567890123456789",
  "\"\"", "\"a\"", "\"Paid\"", "\"\\u0061\"", "\"비빔밥\"", "\"a\\nb\"", "[]", "[1]", "{}",
  "{\"er\":20}", "{\"er\":null}", "{\"er\":{\"est\":\"a\"}}", "{\"er\":1,\"er\":20}",
};
static const char *const whole[] = {
  "20", "\"a\"", "\"{\\\"total\\\":20}\"", "[1]", "null", "no json",
};

#define PICK(random, array) (array[g_rand_int_range (random, 0, G_N_ELEMENTS (array))])

static void
append_expression (GString *out,
                   GRand   *random,
                   guint    depth)
{
  guint kind = g_rand_int_range (random, 0, depth > 2 ? 4 : 8);

  if (kind >= 4)
    {
      g_string_append (out, kind < 6 ? "(" : "");
      append_expression (out, random, depth + 1);
      g_string_append (out, kind % 2 == 0 ? " and " : "\tor ");
      append_expression (out, random, depth + 1);
      g_string_append (out, kind < 6 ? ")" : "");
      return;
    }
  g_string_append (out, PICK (random, fields));
  if (kind == 0)
    return;
  g_string_append_printf (out, kind == 1 ? "%s%s" : " %s %s", PICK (random, ops),
                          PICK (random, literals));
}

static StormBatch *
make_batch (GRand *random)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (StormMapping) mapping = storm_mapping_new_from_json (
    "{\"type\":[\"json:/name\"],\"time\":[\"json:/time\"],\"correlation\":[\"json:/total\"]}",
    NULL);
  g_autoptr (StormBatchBuilder) builder = storm_batch_builder_new (strings, mapping);

  for (guint i = 0; i < N_EVENTS; i++)
    {
      g_autofree char *payload = NULL;
      TestRecord record;

      if (i % 6 == 0)
        payload = i % 12 == 0 ? g_strdup (PICK (random, whole)) : NULL;
      else
        payload = g_strdup_printf ("{\"time\":1795257600120,\"total\":%s, \"name\" :%s,\"deep\":%s,"
                                   "\"list\":%s,\"paid\":%s}", PICK (random, values),
                                   PICK (random, values), PICK (random, values),
                                   PICK (random, values), PICK (random, values));
      test_record_init (&record, payload);
      record.record.offset = i % 5 == 0 ? G_GINT64_CONSTANT (1) << 60 : i;
      record.record.partition = i % 3;
      if (i % 4 != 0)
        test_record_header (&record, "source", i % 3 == 0 ? "web" : i % 3 == 1 ? "\xff" : NULL);
      if (i % 8 == 1)
        test_record_header (&record, "source", "a");
      if (i % 2 == 0)
        test_record_key (&record, i % 4 == 0 ? "a" : "\x01\xfe");
      storm_batch_builder_add (builder, &record.record);
    }
  return storm_batch_builder_take (builder);
}

static void
run (const char *expression,
     StormBatch *batch,
     guint8     *matches,
     guint64    *n_failures)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormFilter) filter = storm_filter_new (expression, &error);

  g_assert_no_error (error);
  storm_filter_add_batch (filter, batch);
  g_assert_true (storm_filter_run (filter, matches, NULL, &error));
  g_assert_no_error (error);
  *n_failures = storm_filter_get_failures (filter, NULL);
}

static void
test_like_jq (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261121);

  if (!storm_filter_is_available ())
    {
      g_test_skip ("built without jq");
      return;
    }
  for (guint i = 0; i < N_EXPRESSIONS; i++)
    {
      g_autoptr (GString) expression = g_string_new (NULL);
      g_autofree char *piped = NULL;
      g_autoptr (StormSimpleFilter) simple = NULL;
      g_autoptr (StormBatch) batch = make_batch (random);
      guint8 ours[N_EVENTS], jqs[N_EVENTS];
      guint64 n_ours, n_jqs;

      append_expression (expression, random, 0);
      piped = g_strdup_printf ("%s | .", expression->str);
      simple = storm_simple_filter_new (expression->str);
      g_assert_nonnull (simple);
      g_assert_null (storm_simple_filter_new (piped));
      run (expression->str, batch, ours, &n_ours);
      run (piped, batch, jqs, &n_jqs);
      for (guint k = 0; k < N_EVENTS; k++)
        if (ours[k] != jqs[k])
          g_error ("%s: event %u: %d instead of %d", expression->str, k, ours[k], jqs[k]);
      g_assert_cmpuint (n_ours, ==, n_jqs);
    }
}

static void
test_not_simple (void)
{
  static const char *const others[] = {
    ".nothing", ".connection == \"west\"", ".key == \"a\" and .connection == null",
    ".", "..", ".key.", ".key[0]", ".key[]", ".key?", ".key?.type", ".key.\"b\"", ".[\"a\"]",
    ".key == .type", ".key | .type", ".key // 1", ".key, .type", ".key == 1 | not",
    ".key % 2 == 0", ".key == 1e3", ".key == 1.", ".key == \"\\n\"", ".key == \"\\(.type)\"",
    ".key == 1 # one", ".key == 1234567890123456", ".key == $x", ".key as $x | $x",
    ".key == nullify", ".key == null.type", ".key == \"x\".type", ".key == \"x\"[0:1]",
    ".key andb", ".key == (1)", "(.key", ".key)", "", "1", "true", ".key = 1",
    ".key == 1 == true", ".key == [1]", ".key == {}", "-.key == 1", ".key and", "not", ".key -1",
    ".payload.b.c.d.e.f.g.h.i.j == 1", ".key == \"x",
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (StormSimpleFilter) simple = storm_simple_filter_new (others[i]);

      if (simple != NULL)
        g_error ("“%s” is not simple", others[i]);
    }
}

/* No deeper on the stack, and no longer, than it is made for. */
static void
test_bounds (void)
{
  g_autofree char *open = g_strnfill (100000, '(');
  g_autoptr (GString) many = g_string_new (".key");
  g_autoptr (StormSimpleFilter) simple = NULL;

  g_assert_null (storm_simple_filter_new (open));
  open[900] = '\0';
  g_assert_null (storm_simple_filter_new (open));
  for (guint i = 0; i < 15; i++)
    g_string_append (many, " or .key");
  simple = storm_simple_filter_new (many->str);
  g_assert_nonnull (simple);
  g_string_append (many, " or .key");
  g_assert_null (storm_simple_filter_new (many->str));
}

/* What decides without jq, and what doesn't. */
static void
test_answers (void)
{
  static const struct { const char *payload; const char *expression; StormSimpleAnswer answer; }
  cases[] = {
    { "{\"a\":20}", ".payload.a == 20", STORM_SIMPLE_YES },
    { "{\"a\":2e1}", ".payload.a == 20", STORM_SIMPLE_ASK },
    { "{\"a\":\"x\"}", ".payload.a > 20", STORM_SIMPLE_YES },
    { "{\"a\":\"\\u0078\"}", ".payload.a == \"x\"", STORM_SIMPLE_ASK },
    { "{\"a\":{}}", ".payload.a > \"x\"", STORM_SIMPLE_YES },
    { "{}", ".payload.a.b == null", STORM_SIMPLE_YES },
    { "{\"a\":1}", ".payload.a.b == null", STORM_SIMPLE_ASK },
    { "{\"a\":1}", ".payload.a == 2 and .payload.a.b == null", STORM_SIMPLE_NO },
    { "{\"a\":1}", ".payload.a == 1 or .payload.a.b == null", STORM_SIMPLE_YES },
    { "{\"a\":1}", ".payload.a == 1 and .type == \"A\" and .correlation == null",
      STORM_SIMPLE_YES },
    { "{\"a\":1}", ".time == null and .key == null", STORM_SIMPLE_YES },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StormSimpleFilter) simple = storm_simple_filter_new (cases[i].expression);
      TestRecord record;

      test_record_init (&record, cases[i].payload);
      /* Twice: nothing is kept of the event before. */
      for (guint k = 0; k < 2; k++)
        g_assert_cmpint (storm_simple_filter_look (simple, &record.record, STORM_PAYLOAD_JSON, "A",
                                                   NULL, STORM_TIME_NONE), ==, cases[i].answer);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/filter-simple/like-jq", test_like_jq);
  g_test_add_func ("/filter-simple/not-simple", test_not_simple);
  g_test_add_func ("/filter-simple/bounds", test_bounds);
  g_test_add_func ("/filter-simple/answers", test_answers);

  return g_test_run ();
}
