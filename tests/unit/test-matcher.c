#include "config.h"

#include "storm-matcher.h"
#include "storm-test.h"

typedef struct
{
  StormBoard   *board;
  StormStrings *strings;
  StormMatcher *matcher;
  guint         n_changed;
} Fixture;

static void
on_changed (Fixture *f)
{
  f->n_changed++;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->board = storm_board_new ();
  f->strings = storm_strings_new ();
  f->matcher = storm_matcher_new (f->board, f->strings);
  f->n_changed = 0;
  g_signal_connect_swapped (f->matcher, "changed", G_CALLBACK (on_changed), f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_object_unref (f->matcher);
  storm_strings_unref (f->strings);
  g_object_unref (f->board);
}

static void
set (Fixture    *f,
     const char *id,
     StormProp   prop,
     GVariant   *value)
{
  StormChange *change = storm_change_new (NULL);

  storm_change_set (change, id, prop, value);
  storm_test_apply (f->board, change);
}

static void
set_alias (Fixture    *f,
           const char *id,
           const char *alias)
{
  set (f, id, STORM_PROP_ALIASES, g_variant_new_strv (&alias, 1));
}

static void
event (Fixture    *f,
       const char *id,
       const char *title)
{
  storm_test_add_sticky (f->board, id, STORM_KIND_EVENT, title, 0, 0);
}

static void
assert_match (Fixture       *f,
              const char    *type,
              const char    *expected,
              StormMatchWhy  expected_why)
{
  guint32 type_id = storm_strings_intern (f->strings, type, strlen (type));
  g_autoptr (GString) ids = g_string_new (NULL);
  StormMatchWhy why = 99;
  GPtrArray *stickies = storm_matcher_match (f->matcher, type_id, &why);
  guint i;

  for (i = 0; i < stickies->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "",
                            storm_object_get_id (g_ptr_array_index (stickies, i)));
  g_assert_cmpstr (ids->str, ==, expected);
  g_assert_cmpint (why, ==, expected_why);
}

static void
test_kinds_of_match (Fixture       *f,
                     gconstpointer  data)
{
  event (f, "title", "OrderPlaced");
  event (f, "words", "order placed");
  event (f, "alias", "Something else");
  storm_test_add_sticky (f->board, "cmd", STORM_KIND_COMMAND, "OrderPlaced", 0, 0);

  assert_match (f, "OrderPlaced", "title", STORM_MATCH_NAME);
  assert_match (f, "order placed", "words", STORM_MATCH_NAME);
  assert_match (f, "com.shop.Order_PlacedV2", "title words", STORM_MATCH_NORMAL_NAME);
  assert_match (f, "Other", "", STORM_MATCH_NONE);
  assert_match (f, "", "", STORM_MATCH_NONE);

  /* An alias goes before a title, a letter by letter match before a normal one. */
  set_alias (f, "alias", "OrderPlaced");
  assert_match (f, "OrderPlaced", "alias", STORM_MATCH_ALIAS);
  assert_match (f, "order placed", "words", STORM_MATCH_NAME);
  assert_match (f, "ORDER-PLACED", "alias", STORM_MATCH_NORMAL_ALIAS);
}

static void
test_twice (Fixture       *f,
            gconstpointer  data)
{
  event (f, "one", "Paid");
  event (f, "two", "Paid");
  set (f, "two", STORM_PROP_ALIASES,
       g_variant_new_strv ((const char *[]) { "paid!", "PAID!" }, 2));
  assert_match (f, "Paid", "one two", STORM_MATCH_NAME);
  assert_match (f, "paid", "one two", STORM_MATCH_NORMAL_NAME);
}

static void
test_follows_the_board (Fixture       *f,
                        gconstpointer  data)
{
  StormChange *change;

  assert_match (f, "Paid", "", STORM_MATCH_NONE);
  event (f, "a", "Paid");
  g_assert_cmpuint (f->n_changed, ==, 1);
  /* Nobody has asked since: everybody knows already. */
  event (f, "b", "Shipped");
  g_assert_cmpuint (f->n_changed, ==, 1);
  assert_match (f, "Paid", "a", STORM_MATCH_NAME);

  set (f, "b", STORM_PROP_TITLE, g_variant_new_string ("Paid"));
  g_assert_cmpuint (f->n_changed, ==, 2);
  assert_match (f, "Paid", "a b", STORM_MATCH_NAME);

  set (f, "a", STORM_PROP_KIND, g_variant_new_string ("note"));
  g_assert_cmpuint (f->n_changed, ==, 3);
  assert_match (f, "Paid", "b", STORM_MATCH_NAME);

  /* What says nothing about names is left alone. */
  set (f, "a", STORM_PROP_TITLE, g_variant_new_string ("Whatever"));
  set (f, "b", STORM_PROP_DESCRIPTION, g_variant_new_string ("…"));
  set (f, "b", STORM_PROP_RECT, g_variant_new ("(dddd)", 5.0, 5.0, 120.0, 120.0));
  g_assert_cmpuint (f->n_changed, ==, 3);

  change = storm_change_new (NULL);
  storm_change_remove (change, STORM_OBJECT (storm_board_lookup_sticky (f->board, "b")));
  storm_test_apply (f->board, change);
  g_assert_cmpuint (f->n_changed, ==, 4);
  assert_match (f, "Paid", "", STORM_MATCH_NONE);
}

static void
test_words (void)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint why;

  for (why = STORM_MATCH_NONE; why <= STORM_MATCH_NORMAL_NAME; why++)
    g_assert_true (g_hash_table_add (known, storm_match_why_words (why, "Paid")));
  g_assert_true (g_hash_table_add (known, storm_match_why_words (STORM_MATCH_NONE, NULL)));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/matcher/kinds-of-match", test_kinds_of_match);
  ADD ("/matcher/twice", test_twice);
  ADD ("/matcher/follows-the-board", test_follows_the_board);
  g_test_add_func ("/matcher/words", test_words);
  return g_test_run ();
}
