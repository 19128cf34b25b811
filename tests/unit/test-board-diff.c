#include "config.h"

#include "storm-board-diff.h"
#include "storm-edit.h"
#include "storm-test.h"

static void
set_text (StormBoard *board,
          const char *id,
          StormProp   prop,
          const char *text)
{
  storm_test_set (board, id, prop, g_variant_new_string (text));
}

/* Two contexts, a command and an event in the first, a policy in none, flows from left to right. */
static StormBoard *
make_board (void)
{
  StormBoard *board = storm_board_new ();

  storm_test_add_context (board, "c1", "Order", 0, 0, 500, 500);
  storm_test_add_context (board, "c2", "Delivery", 600, 0, 500, 500);
  storm_test_add_sticky (board, "s1", STORM_KIND_COMMAND, "Place order", 50, 50);
  storm_test_add_sticky (board, "s2", STORM_KIND_EVENT, "OrderPlaced", 250, 50);
  storm_test_add_sticky (board, "s3", STORM_KIND_POLICY, "Ship", 1200, 50);
  set_text (board, "s1", STORM_PROP_CONTEXT, "c1");
  set_text (board, "s2", STORM_PROP_CONTEXT, "c1");
  storm_test_add_flow (board, "f1", "s1", "s2");
  storm_test_add_flow (board, "f2", "s2", "s3");
  return board;
}

static void
append_entries (GString    *out,
                const char *word,
                GArray     *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const StormDiffEntry *entry = &g_array_index (entries, StormDiffEntry, i);

      if (entry->a == NULL)
        g_string_append_printf (out, "+%s %s;", word, storm_object_get_id (entry->b));
      else if (entry->b == NULL)
        g_string_append_printf (out, "-%s %s;", word, storm_object_get_id (entry->a));
      else
        {
          g_string_append_printf (out, "~%s %s=%s", word, storm_object_get_id (entry->a),
                                  storm_object_get_id (entry->b));
          for (guint bit = 0; bit < STORM_N_PROPS; bit++)
            if (entry->props & (1u << bit))
              g_string_append_printf (out, " %s", storm_prop_nick (1u << bit));
          g_string_append_c (out, ';');
        }
    }
}

static void
assert_diff (StormBoard *a,
             StormBoard *b,
             const char *expected)
{
  g_autoptr (StormBoardDiff) diff = storm_board_diff_new (a, b);
  g_autoptr (GString) out = g_string_new (NULL);

  if (diff->board & STORM_PROP_TITLE)
    g_string_append (out, "title;");
  if (diff->board & STORM_PROP_MAPPING)
    g_string_append (out, "mapping;");
  if (diff->board & STORM_PROP_EXTRA)
    g_string_append (out, "extra;");
  append_entries (out, "context", diff->contexts);
  append_entries (out, "sticky", diff->stickies);
  append_entries (out, "flow", diff->flows);
  if (diff->n_placed_contexts > 0)
    g_string_append_printf (out, "%u contexts placed;", diff->n_placed_contexts);
  if (diff->n_placed_stickies > 0)
    g_string_append_printf (out, "%u stickies placed;", diff->n_placed_stickies);
  g_assert_cmpstr (out->str, ==, expected);
  g_assert_cmpint (storm_board_diff_is_same (diff), ==, *expected == '\0');
}

static void
test_same (void)
{
  g_autoptr (StormBoard) a = make_board ();
  g_autoptr (StormBoard) b = make_board ();
  g_autoptr (StormBoard) empty = storm_board_new ();

  assert_diff (a, a, "");
  assert_diff (a, b, "");
  assert_diff (empty, empty, "");
  assert_diff (empty, a, "+context c1;+context c2;+sticky s1;+sticky s2;+sticky s3;"
                         "+flow f1;+flow f2;");
  assert_diff (a, empty, "-context c1;-context c2;-sticky s1;-sticky s2;-sticky s3;"
                         "-flow f1;-flow f2;");
}

static void
test_each_property (void)
{
  static const struct
  {
    const char *id;
    StormProp   prop;
    const char *value;
    const char *expected;
  } cases[] = {
    { "s2", STORM_PROP_TITLE, "'OrderReceived'", "~sticky s2=s2 title;" },
    { "s2", STORM_PROP_DESCRIPTION, "'New'", "~sticky s2=s2 description;" },
    { "s2", STORM_PROP_KIND, "'read-model'", "~sticky s2=s2 kind;" },
    { "s2", STORM_PROP_CONTEXT, "'c2'", "~sticky s2=s2 context;" },
    { "s2", STORM_PROP_CONTEXT, "''", "~sticky s2=s2 context;" },
    { "s2", STORM_PROP_FIELDS, "[('id', 'Long', true, false, '')]", "~sticky s2=s2 fields;" },
    { "s2", STORM_PROP_ALIASES, "['Placed']", "~sticky s2=s2 aliases;" },
    { "s2", STORM_PROP_TOPIC, "'orders'", "~sticky s2=s2 topic;" },
    { "s2", STORM_PROP_EVENT_CLASS, "'domain'", "~sticky s2=s2 event-class;" },
    { "s2", STORM_PROP_VISIBILITY, "'public'", "~sticky s2=s2 visibility;" },
    { "s2", STORM_PROP_EXTRA, "'{\"owner\":\"ann\"}'", "~sticky s2=s2 extra;" },
    { "s2", STORM_PROP_RECT, "(1.0, 2.0, 120.0, 120.0)", "1 stickies placed;" },
    { "s2", STORM_PROP_Z, "int64 900", "1 stickies placed;" },
    { "c1", STORM_PROP_TITLE, "'Orders'", "~context c1=c1 title;" },
    { "c1", STORM_PROP_RECT, "(1.0, 2.0, 500.0, 500.0)", "1 contexts placed;" },
    { "f1", STORM_PROP_LABEL, "'at once'", "~flow f1=f1 label;" },
    { "f1", STORM_PROP_TO, "'s3'", "~flow f1=f1 to;" },
    { "f1", STORM_PROP_FROM, "'s3'", "~flow f1=f1 from;" },
    { NULL, STORM_PROP_TITLE, "'Shop'", "title;" },
    { NULL, STORM_PROP_MAPPING, "'{\"zone\":\"UTC\"}'", "mapping;" },
    { NULL, STORM_PROP_EXTRA, "'{\"owner\":\"ann\"}'", "extra;" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StormBoard) a = make_board ();
      g_autoptr (StormBoard) b = make_board ();

      storm_test_set (b, cases[i].id, cases[i].prop,
                      g_variant_new_parsed (cases[i].value)); /* constants of this table */
      assert_diff (a, b, cases[i].expected);
      assert_diff (b, a, cases[i].expected);
    }
}

static void
test_failure_of (void)
{
  g_autoptr (StormBoard) a = make_board ();
  g_autoptr (StormBoard) b = make_board ();

  storm_test_add_sticky (a, "x", STORM_KIND_EVENT, "Failed", 0, 900);
  storm_test_add_sticky (b, "y", STORM_KIND_EVENT, "Failed", 0, 900);
  set_text (a, "s2", STORM_PROP_FAIL_OF, "x");
  set_text (b, "s2", STORM_PROP_FAIL_OF, "y");
  assert_diff (a, b, "");
  set_text (b, "s2", STORM_PROP_FAIL_OF, "");
  assert_diff (a, b, "~sticky s2=s2 fail-of;");
}

/* A change of place beside another change is no news of its own. */
static void
test_moved_and_renamed (void)
{
  g_autoptr (StormBoard) a = make_board ();
  g_autoptr (StormBoard) b = make_board ();

  set_text (b, "s1", STORM_PROP_TITLE, "Order");
  storm_test_set (b, "s1", STORM_PROP_RECT, g_variant_new ("(dddd)", 60.0, 50.0, 120.0, 120.0));
  storm_test_set (b, "s3", STORM_PROP_RECT, g_variant_new ("(dddd)", 60.0, 50.0, 120.0, 120.0));
  assert_diff (a, b, "~sticky s1=s1 title rect;1 stickies placed;");
}

static void
test_order_in_the_stack (void)
{
  g_autoptr (StormBoard) a = make_board ();
  g_autoptr (StormBoard) b = make_board ();

  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);

      storm_test_set (a, id, STORM_PROP_Z, g_variant_new_int64 (i));
      storm_test_set (b, id, STORM_PROP_Z, g_variant_new_int64 (10 * i));
    }
  assert_diff (a, b, "");
  storm_test_set (b, "s1", STORM_PROP_Z, g_variant_new_int64 (99));
  assert_diff (a, b, "1 stickies placed;");
}

/* The same board, written with other ids, in another order. */
static void
test_other_ids (void)
{
  g_autoptr (StormBoard) a = make_board ();
  g_autoptr (StormBoard) b = storm_board_new ();

  storm_test_add_context (b, "k2", "Delivery", 600, 0, 500, 500);
  storm_test_add_context (b, "k1", "Order", 0, 0, 500, 500);
  storm_test_add_sticky (b, "t1", STORM_KIND_COMMAND, "Place order", 50, 50);
  storm_test_add_sticky (b, "t2", STORM_KIND_EVENT, "OrderPlaced", 250, 50);
  storm_test_add_sticky (b, "t3", STORM_KIND_POLICY, "Ship", 1200, 50);
  set_text (b, "t1", STORM_PROP_CONTEXT, "k1");
  set_text (b, "t2", STORM_PROP_CONTEXT, "k1");
  storm_test_add_flow (b, "g2", "t2", "t3");
  storm_test_add_flow (b, "g1", "t1", "t2");
  storm_test_set (b, "k1", STORM_PROP_Z, g_variant_new_int64 (-1));
  assert_diff (a, b, "");

  set_text (b, "t2", STORM_PROP_CONTEXT, "k2");
  set_text (b, "g1", STORM_PROP_LABEL, "x");
  assert_diff (a, b, "~sticky s2=t2 context;~flow f1=g1 label;");

  set_text (b, "t2", STORM_PROP_KIND, "read-model");
  assert_diff (a, b, "+sticky t2;-sticky s2;+flow g2;+flow g1;-flow f1;-flow f2;");
}

/* Of several alike the one in the same context is the same; blank ones only where they lay. */
static void
test_alike (void)
{
  g_autoptr (StormBoard) a = make_board ();
  g_autoptr (StormBoard) b = make_board ();

  storm_test_add_sticky (a, "p1", STORM_KIND_EVENT, "Paid", 0, 600);
  storm_test_add_sticky (a, "p2", STORM_KIND_EVENT, "Paid", 0, 800);
  set_text (a, "p2", STORM_PROP_CONTEXT, "c2");
  storm_test_add_sticky (b, "q2", STORM_KIND_EVENT, "Paid", 0, 800);
  set_text (b, "q2", STORM_PROP_CONTEXT, "c2");
  assert_diff (a, b, "-sticky p1;");
  assert_diff (b, a, "+sticky p1;");

  set_text (b, "q2", STORM_PROP_CONTEXT, "c1");
  assert_diff (a, b, "~sticky p1=q2 rect context;-sticky p2;");

  storm_test_add_sticky (b, "p1", STORM_KIND_EVENT, "Paid", 0, 600);
  storm_test_add_sticky (b, "p2", STORM_KIND_EVENT, "Paid", 0, 800);
  set_text (b, "p2", STORM_PROP_CONTEXT, "c2");
  storm_test_add_sticky (a, "n1", STORM_KIND_NOTE, "", 0, 1000);
  storm_test_add_sticky (a, "n2", STORM_KIND_NOTE, "", 200, 1000);
  storm_test_add_sticky (b, "m1", STORM_KIND_NOTE, "", 0, 1000);
  storm_test_add_sticky (b, "m2", STORM_KIND_NOTE, "", 201, 1000);
  assert_diff (a, b, "+sticky q2;+sticky m2;-sticky n2;");
}

/* One flow of two between the same ends goes: the one with the other label. */
static void
test_flows_between_the_same (void)
{
  g_autoptr (StormBoard) a = make_board ();
  g_autoptr (StormBoard) b = make_board ();

  storm_test_add_flow (a, "x1", "s1", "s3");
  storm_test_add_flow (a, "x2", "s1", "s3");
  set_text (a, "x1", STORM_PROP_LABEL, "one");
  set_text (a, "x2", STORM_PROP_LABEL, "two");
  storm_test_add_flow (b, "y2", "s1", "s3");
  set_text (b, "y2", STORM_PROP_LABEL, "two");
  assert_diff (a, b, "-flow x1;");
}

static GPtrArray *
make_fields (const char * const *words)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func ((GDestroyNotify) storm_field_unref);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], ":", 2);

      g_ptr_array_add (fields, storm_field_new (parts[0], parts[1], FALSE, FALSE, NULL));
    }
  return fields;
}

static void
assert_fields (const char * const *a,
               const char * const *b,
               const char         *expected)
{
  g_autoptr (GPtrArray) first = make_fields (a);
  g_autoptr (GPtrArray) second = make_fields (b);
  g_autoptr (GArray) diff = storm_field_diff (first, second);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < diff->len; i++)
    {
      const StormFieldDiff *entry = &g_array_index (diff, StormFieldDiff, i);

      if (entry->a != NULL)
        g_string_append_printf (out, "-%s:%s", entry->a->name, entry->a->type);
      if (entry->b != NULL)
        g_string_append_printf (out, "+%s:%s", entry->b->name, entry->b->type);
      g_string_append_c (out, ' ');
    }
  g_assert_cmpstr (out->str, ==, expected);
}

#define F(...) ((const char *[]) { __VA_ARGS__, NULL })

static void
test_fields (void)
{
  const char * const none[] = { NULL };

  assert_fields (none, none, "");
  assert_fields (none, F ("id:Long"), "+id:Long ");
  assert_fields (F ("id:Long"), none, "-id:Long ");
  assert_fields (F ("a:", "b:"), F ("b:", "a:"), "");
  assert_fields (F ("a:X", "b:", "c:"), F ("b:", "d:", "a:Y"), "+d: -a:X+a:Y -c: ");
  /* Of two with one name the second goes. */
  assert_fields (F ("a:X", "a:Y"), F ("a:X"), "-a:Y ");
}

static void
assert_json (const char *a,
             const char *b,
             const char *expected)
{
  g_autoptr (GPtrArray) diff = storm_json_diff (a, b);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < diff->len; i++)
    {
      const StormJsonDiff *entry = g_ptr_array_index (diff, i);
      g_autofree char *old = entry->a != NULL ? json_to_string (entry->a, FALSE) : NULL;
      g_autofree char *new = entry->b != NULL ? json_to_string (entry->b, FALSE) : NULL;

      g_string_append_printf (out, "%s %s %s;", entry->path, old != NULL ? old : "-",
                              new != NULL ? new : "-");
    }
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_json (void)
{
  assert_json (NULL, NULL, "");
  assert_json (NULL, "{}", "");
  assert_json ("", "{\"a\":1}", "a - 1;");
  assert_json ("{\"b\":[1,2],\"a\":{\"x\":null}}", "{ \"a\": {\"x\":null}, \"b\": [1, 2] }", "");
  assert_json ("{\"z\":1,\"a\":{\"y\":[1],\"x\":2}}", "{\"a\":{\"y\":[1,2]},\"z\":\"1\"}",
               "a.x 2 -;a.y [1] [1,2];z 1 \"1\";");
  assert_json ("{\"a\":{}}", "{\"a\":[]}", "a {} [];");
  /* The model keeps any text; what is no JSON is still compared. */
  assert_json ("{oops", "{oops", "");
  assert_json ("{oops", "{\"a\":1}", " \"{oops\" {\"a\":1};");
}

/* What a random gesture changed is said; what undo took back is not. */
static void
test_random (void)
{
  for (guint seed = 1; seed <= 60; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (StormBoard) a = make_board ();
      g_autoptr (StormBoard) b = make_board ();
      g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (StormChange) change = NULL;
      g_autoptr (StormBoardDiff) there = NULL;
      g_autoptr (StormBoardDiff) back = NULL;
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (ids, g_strdup_printf ("s%d", g_rand_int_range (rand, 1, 4)));
      change = g_rand_boolean (rand) ? storm_edit_remove (b, ids)
                                     : storm_edit_set_kind (b, ids, STORM_KIND_HOT_SPOT);
      g_assert_true (storm_change_apply (change, b, &error));
      there = storm_board_diff_new (a, b);
      back = storm_board_diff_new (b, a);
      g_assert_false (storm_board_diff_is_same (there));
      g_assert_cmpuint (there->stickies->len, ==, 1);
      g_assert_cmpuint (back->stickies->len, ==, there->stickies->len);
      g_assert_cmpuint (back->flows->len, ==, there->flows->len);
      g_assert_true (storm_change_revert (change, b, &error));
      assert_diff (a, b, "");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-diff/same", test_same);
  g_test_add_func ("/board-diff/each-property", test_each_property);
  g_test_add_func ("/board-diff/failure-of", test_failure_of);
  g_test_add_func ("/board-diff/moved-and-renamed", test_moved_and_renamed);
  g_test_add_func ("/board-diff/order-in-the-stack", test_order_in_the_stack);
  g_test_add_func ("/board-diff/other-ids", test_other_ids);
  g_test_add_func ("/board-diff/alike", test_alike);
  g_test_add_func ("/board-diff/flows-between-the-same", test_flows_between_the_same);
  g_test_add_func ("/board-diff/fields", test_fields);
  g_test_add_func ("/board-diff/json", test_json);
  g_test_add_func ("/board-diff/random", test_random);
  return g_test_run ();
}
