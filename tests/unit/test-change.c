#include "config.h"

#include "storm-change.h"
#include "storm-error.h"
#include "storm-id.h"
#include "storm-test.h"

#include <math.h>

/* context c around a and b; flow f from a to b; b is the failure of a */
static StormBoard *
make_board (void)
{
  StormBoard *board = storm_board_new ();
  StormChange *change;

  storm_test_add_context (board, "c", "Order", 0, 0, 500, 300);
  storm_test_add_sticky (board, "a", STORM_KIND_EVENT, "OrderPlaced", 10, 10);
  storm_test_add_sticky (board, "b", STORM_KIND_EVENT, "OrderFailed", 200, 10);
  storm_test_add_sticky (board, "d", STORM_KIND_NOTE, "x", 900, 10);
  storm_test_add_flow (board, "f", "a", "b");

  change = storm_change_new (NULL);
  storm_change_set (change, "a", STORM_PROP_CONTEXT, g_variant_new_string ("c"));
  storm_change_set (change, "b", STORM_PROP_CONTEXT, g_variant_new_string ("c"));
  storm_change_set (change, "b", STORM_PROP_FAIL_OF, g_variant_new_string ("a"));
  storm_test_apply (board, change);

  return board;
}

static StormChange *
copy_by_variant (StormChange *change)
{
  g_autoptr (GVariant) variant = storm_change_to_variant (change);
  g_autoptr (GError) error = NULL;
  StormChange *copy;
  g_autoptr (GVariant) again = NULL;

  g_assert_false (g_variant_is_floating (variant));
  copy = storm_change_new_from_variant (variant, &error);
  g_assert_no_error (error);
  again = storm_change_to_variant (copy);
  g_assert_true (g_variant_equal (variant, again));

  return copy;
}

/* Apply, revert, apply, all by a change that went through the file once. */
static void
assert_there_and_back (StormBoard  *board,
                       StormChange *change)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = storm_test_board_dump (board);
  g_autofree char *after = NULL;
  g_autoptr (StormChange) copy = NULL;

  storm_change_apply (change, board, &error);
  g_assert_no_error (error);
  after = storm_test_board_dump (board);

  copy = copy_by_variant (change);
  storm_change_revert (copy, board, &error);
  g_assert_no_error (error);
  storm_test_assert_board (board, before);

  storm_change_apply (copy, board, &error);
  g_assert_no_error (error);
  storm_test_assert_board (board, after);

  storm_change_revert (change, board, &error);
  g_assert_no_error (error);
  storm_test_assert_board (board, before);
  storm_change_unref (change);
}

static void
test_set (void)
{
  g_autoptr (StormBoard) board = make_board ();
  StormChange *change = storm_change_new ("Edit");
  const char * const aliases[] = { "order.placed", "주문", NULL };

  storm_change_set (change, "a", STORM_PROP_TITLE, g_variant_new_string ("<b>&"));
  storm_change_set (change, "a", STORM_PROP_DESCRIPTION, g_variant_new_string ("text"));
  storm_change_set (change, "a", STORM_PROP_RECT, g_variant_new ("(dddd)", 1., 2., 3., 4.));
  storm_change_set (change, "a", STORM_PROP_Z, g_variant_new_int64 (-7));
  storm_change_set (change, "a", STORM_PROP_KIND, g_variant_new_string ("read-model"));
  storm_change_set (change, "a", STORM_PROP_CONTEXT, g_variant_new_string (""));
  storm_change_set (change, "a", STORM_PROP_FIELDS,
                    g_variant_new_parsed ("[('id', 'Long', true, false, ''),"
                                          " ('no', '', false, true, '{\"x\":1}')]"));
  storm_change_set (change, "a", STORM_PROP_ALIASES, g_variant_new_strv (aliases, -1));
  storm_change_set (change, "a", STORM_PROP_TOPIC, g_variant_new_string ("food.order"));
  storm_change_set (change, "a", STORM_PROP_EVENT_CLASS, g_variant_new_string ("state-transfer"));
  storm_change_set (change, "a", STORM_PROP_VISIBILITY, g_variant_new_string ("public"));
  storm_change_set (change, "a", STORM_PROP_FAIL_OF, g_variant_new_string ("d"));
  storm_change_set (change, "a", STORM_PROP_EXTRA, g_variant_new_string ("{\"color\":\"red\"}"));
  storm_change_set (change, "f", STORM_PROP_LABEL, g_variant_new_string ("then"));
  storm_change_set (change, "f", STORM_PROP_TO, g_variant_new_string ("d"));
  storm_change_set (change, "c", STORM_PROP_TITLE, g_variant_new_string ("Shop"));
  storm_change_set (change, NULL, STORM_PROP_TITLE, g_variant_new_string ("Food"));
  storm_change_set (change, NULL, STORM_PROP_MAPPING, g_variant_new_string ("{}"));
  g_assert_cmpuint (storm_change_get_n_steps (change), ==, 18);

  storm_test_apply (board, storm_change_ref (change));
  g_assert_cmpstr (storm_board_get_title (board), ==, "Food");
  g_assert_cmpstr (storm_board_get_mapping (board), ==, "{}");
  g_assert_cmpint (storm_sticky_get_kind (storm_board_lookup_sticky (board, "a")), ==,
                   STORM_KIND_READ_MODEL);
  g_assert_cmpuint (storm_sticky_get_fields (storm_board_lookup_sticky (board, "a"))->len, ==, 2);
  g_assert_cmpstr (storm_sticky_get_aliases (storm_board_lookup_sticky (board, "a"))[1], ==,
                   "주문");
  g_assert_null (storm_sticky_get_context (storm_board_lookup_sticky (board, "a")));
  g_assert_cmpstr (storm_flow_get_to (storm_board_lookup_flow (board, "f")), ==, "d");
  g_assert_true (storm_change_revert (change, board, NULL));

  assert_there_and_back (board, change);
}

static void
test_set_nothing (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (StormChange) change = storm_change_new (NULL);

  storm_change_set (change, "a", STORM_PROP_TITLE, g_variant_new_string ("OrderPlaced"));
  storm_change_set (change, "b", STORM_PROP_TITLE, g_variant_new_string ("new"));
  storm_change_set (change, "b", STORM_PROP_TOPIC, g_variant_new_string (""));
  storm_test_apply (board, storm_change_ref (change));
  g_assert_cmpuint (storm_change_get_n_steps (change), ==, 1);
}

static void
test_insert_defaults (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  StormChange *change = storm_change_new (NULL);
  GVariant *props = g_variant_new_parsed ("{'kind': <'actor'>}");
  g_autofree char *id = g_strdup (storm_change_insert (change, STORM_OBJECT_STICKY, NULL, props));
  StormSticky *sticky;

  storm_test_apply (board, change);
  sticky = storm_board_lookup_sticky (board, id);
  g_assert_nonnull (sticky);
  g_assert_cmpfloat (storm_sticky_get_rect (sticky)->width, ==, 60);
  g_assert_cmpfloat (storm_sticky_get_rect (sticky)->height, ==, 84);
  g_assert_cmpstr (storm_sticky_get_title (sticky), ==, "");
  g_assert_null (storm_sticky_get_context (sticky));
  g_assert_null (storm_sticky_get_aliases (sticky));
  g_assert_cmpuint (storm_sticky_get_fields (sticky)->len, ==, 0);
}

static void
test_remove_keeps_place (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  StormChange *change = storm_change_new (NULL);

  for (int i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%d", i);

      storm_test_add_sticky (board, id, i % STORM_N_KINDS, id, i, i);
    }
  for (int i = 19; i > 0; i -= 3)
    {
      g_autofree char *id = g_strdup_printf ("s%d", i);

      storm_change_remove (change, storm_board_lookup (board, id));
    }
  storm_change_insert (change, STORM_OBJECT_STICKY, "new", NULL);
  assert_there_and_back (board, change);
}

static void
test_remove_linked (void)
{
  g_autoptr (StormBoard) board = make_board ();
  StormChange *change = storm_change_new (NULL);

  /* The flow and the failure still point to it. */
  storm_change_remove (change, storm_board_lookup (board, "a"));
  storm_test_refuse (board, storm_change_ref (change), STORM_ERROR_INVALID);
  storm_change_remove (change, storm_board_lookup (board, "f"));
  storm_test_refuse (board, storm_change_ref (change), STORM_ERROR_INVALID);
  storm_change_set (change, "b", STORM_PROP_FAIL_OF, g_variant_new_string (""));
  assert_there_and_back (board, change);

  /* Or the flow goes elsewhere. */
  change = storm_change_new (NULL);
  storm_change_remove (change, storm_board_lookup (board, "b"));
  storm_change_set (change, "f", STORM_PROP_TO, g_variant_new_string ("d"));
  assert_there_and_back (board, change);

  change = storm_change_new (NULL);
  storm_change_remove (change, storm_board_lookup (board, "c"));
  storm_test_refuse (board, storm_change_ref (change), STORM_ERROR_INVALID);
  storm_change_set (change, "a", STORM_PROP_CONTEXT, g_variant_new_string (""));
  storm_change_set (change, "b", STORM_PROP_CONTEXT, g_variant_new_string (""));
  assert_there_and_back (board, change);
}

static void
refuse_value (StormBoard *board,
              const char *id,
              StormProp   prop,
              GVariant   *value,
              int         code)
{
  StormChange *change = storm_change_new (NULL);

  /* Something that would work comes first: nothing of it may stay. */
  storm_change_set (change, "d", STORM_PROP_TITLE, g_variant_new_string ("changed"));
  storm_change_insert (change, STORM_OBJECT_STICKY, "n", NULL);
  storm_change_set (change, id, prop, value);
  storm_test_refuse (board, change, code);
}

static void
test_refuse_values (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autofree char *title = g_strnfill (STORM_TITLE_MAX_BYTES + 1, 'x');
  g_autofree char *text = g_strnfill (STORM_TEXT_MAX_BYTES + 1, 'x');
  const double bad[] = { NAN, INFINITY, -INFINITY, 1e308, 2e7 };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      refuse_value (board, "a", STORM_PROP_RECT, g_variant_new ("(dddd)", bad[i], 0., 1., 1.),
                    STORM_ERROR_INVALID);
      refuse_value (board, "a", STORM_PROP_RECT, g_variant_new ("(dddd)", 0., 0., 1., bad[i]),
                    STORM_ERROR_INVALID);
    }
  refuse_value (board, "c", STORM_PROP_RECT, g_variant_new ("(dddd)", 0., 0., -1., 1.),
                STORM_ERROR_INVALID);
  refuse_value (board, "a", STORM_PROP_RECT, g_variant_new_string ("x"), STORM_ERROR_INVALID);
  refuse_value (board, "a", STORM_PROP_Z, g_variant_new_int64 (G_MAXINT64), STORM_ERROR_INVALID);
  refuse_value (board, "a", STORM_PROP_Z, g_variant_new_int32 (1), STORM_ERROR_INVALID);
  refuse_value (board, "a", STORM_PROP_KIND, g_variant_new_string ("evnt"), STORM_ERROR_INVALID);
  refuse_value (board, "a", STORM_PROP_EVENT_CLASS, g_variant_new_string ("x"),
                STORM_ERROR_INVALID);
  refuse_value (board, "a", STORM_PROP_VISIBILITY, g_variant_new_string ("x"),
                STORM_ERROR_INVALID);
  refuse_value (board, "a", STORM_PROP_TITLE, g_variant_new_string (title), STORM_ERROR_LIMIT);
  refuse_value (board, NULL, STORM_PROP_TITLE, g_variant_new_string (title), STORM_ERROR_LIMIT);
  refuse_value (board, "a", STORM_PROP_DESCRIPTION, g_variant_new_string (text),
                STORM_ERROR_LIMIT);
  refuse_value (board, "a", STORM_PROP_EXTRA, g_variant_new_string ("[1]"), STORM_ERROR_INVALID);
  refuse_value (board, NULL, STORM_PROP_MAPPING, g_variant_new_string ("{"), STORM_ERROR_INVALID);
  refuse_value (board, "a", STORM_PROP_FIELDS,
                g_variant_new_parsed ("[('a', '', false, false, 'x')]"), STORM_ERROR_INVALID);
  refuse_value (board, "a", STORM_PROP_LABEL, g_variant_new_string ("x"), STORM_ERROR_INVALID);
  refuse_value (board, NULL, STORM_PROP_RECT, g_variant_new ("(dddd)", 0., 0., 1., 1.),
                STORM_ERROR_INVALID);
  refuse_value (board, "nobody", STORM_PROP_TITLE, g_variant_new_string ("x"),
                STORM_ERROR_NOT_FOUND);
}

static void
test_refuse_links (void)
{
  g_autoptr (StormBoard) board = make_board ();
  const char * const wrong[] = { "nobody", "c", "f", "" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    refuse_value (board, "f", STORM_PROP_FROM, g_variant_new_string (wrong[i]),
                  STORM_ERROR_INVALID);
  refuse_value (board, "f", STORM_PROP_TO, g_variant_new_string ("a"), STORM_ERROR_INVALID);
  refuse_value (board, "a", STORM_PROP_CONTEXT, g_variant_new_string ("b"), STORM_ERROR_INVALID);
  refuse_value (board, "a", STORM_PROP_CONTEXT, g_variant_new_string ("?"), STORM_ERROR_INVALID);
  refuse_value (board, "a", STORM_PROP_FAIL_OF, g_variant_new_string ("a"), STORM_ERROR_INVALID);
  refuse_value (board, "a", STORM_PROP_FAIL_OF, g_variant_new_string ("c"), STORM_ERROR_INVALID);
}

static void
test_refuse_inserts (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autofree char *long_id = g_strnfill (STORM_ID_MAX_LENGTH + 1, 'x');
  const char * const ids[] = { "a", "f", "c", "", "x\ny", long_id };
  StormChange *change;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      change = storm_change_new (NULL);
      storm_change_insert (change, STORM_OBJECT_CONTEXT, ids[i], NULL);
      storm_test_refuse (board, change, STORM_ERROR_INVALID);
    }

  change = storm_change_new (NULL);
  storm_change_insert (change, STORM_OBJECT_STICKY, "n", NULL);
  storm_change_insert (change, STORM_OBJECT_STICKY, "n", NULL);
  storm_test_refuse (board, change, STORM_ERROR_INVALID);

  change = storm_change_new (NULL);
  storm_change_insert (change, STORM_OBJECT_STICKY, "n", g_variant_new_parsed ("{'colour': <1>}"));
  storm_test_refuse (board, change, STORM_ERROR_INVALID);

  change = storm_change_new (NULL);
  storm_change_insert (change, STORM_OBJECT_FLOW, "n", NULL);
  storm_test_refuse (board, change, STORM_ERROR_INVALID);

  change = storm_change_new (NULL);
  storm_change_remove (change, storm_board_lookup (board, "d"));
  storm_change_set (change, "d", STORM_PROP_TITLE, g_variant_new_string ("x"));
  storm_test_refuse (board, change, STORM_ERROR_INVALID);
}

static void
test_order_free (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  StormChange *change = storm_change_new (NULL);

  /* What refers comes before what it refers to. */
  storm_change_insert (change, STORM_OBJECT_FLOW, "f",
                       g_variant_new_parsed ("{'from': <'a'>, 'to': <'b'>}"));
  storm_change_insert (change, STORM_OBJECT_STICKY, "a",
                       g_variant_new_parsed ("{'context': <'c'>, 'fail-of': <'b'>}"));
  storm_change_insert (change, STORM_OBJECT_STICKY, "b", NULL);
  storm_change_insert (change, STORM_OBJECT_CONTEXT, "c", NULL);
  storm_change_set (change, "b", STORM_PROP_TITLE, g_variant_new_string ("set"));
  assert_there_and_back (board, change);
}

/* Merges the changes that each of @funcs makes, and sees whether the result does what they did. */
typedef void (*Build) (StormBoard *board, StormChange *change);

static void
assert_merged (const Build *builds,
               guint        n,
               guint        n_steps)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (StormChange) all = storm_change_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = storm_test_board_dump (board);
  g_autofree char *after = NULL;
  g_autoptr (StormChange) copy = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StormChange) change = storm_change_new ("label");
      g_autoptr (GVariant) variant = NULL;
      g_autoptr (GVariant) variant_after = NULL;

      builds[i] (board, change);
      storm_change_apply (change, board, &error);
      g_assert_no_error (error);
      variant = storm_change_to_variant (change);
      storm_change_merge (all, change);
      variant_after = storm_change_to_variant (change);
      g_assert_true (g_variant_equal (variant, variant_after));
    }
  g_assert_cmpstr (storm_change_get_label (all), ==, "label");
  g_assert_cmpuint (storm_change_get_n_steps (all), ==, n_steps);

  after = storm_test_board_dump (board);
  copy = copy_by_variant (all);
  storm_change_revert (all, board, &error);
  g_assert_no_error (error);
  storm_test_assert_board (board, before);
  storm_change_apply (copy, board, &error);
  g_assert_no_error (error);
  storm_test_assert_board (board, after);
}

static void
build_title (StormBoard  *board,
             StormChange *change)
{
  storm_change_set (change, "d", STORM_PROP_TITLE, g_variant_new_string ("y"));
}

static void
build_title_again (StormBoard  *board,
                   StormChange *change)
{
  storm_change_set (change, "d", STORM_PROP_TITLE, g_variant_new_string ("z"));
  storm_change_set (change, "d", STORM_PROP_Z, g_variant_new_int64 (5));
}

static void
build_title_back (StormBoard  *board,
                  StormChange *change)
{
  storm_change_set (change, "d", STORM_PROP_TITLE, g_variant_new_string ("x"));
}

static void
build_new (StormBoard  *board,
           StormChange *change)
{
  storm_change_insert (change, STORM_OBJECT_STICKY, "n", NULL);
}

static void
build_new_title (StormBoard  *board,
                 StormChange *change)
{
  storm_change_set (change, "n", STORM_PROP_TITLE, g_variant_new_string ("new"));
}

static void
build_new_gone (StormBoard  *board,
                StormChange *change)
{
  storm_change_remove (change, storm_board_lookup (board, "n"));
}

static void
build_d_gone (StormBoard  *board,
              StormChange *change)
{
  storm_change_remove (change, storm_board_lookup (board, "d"));
}

static void
build_d_back (StormBoard  *board,
              StormChange *change)
{
  storm_change_insert (change, STORM_OBJECT_STICKY, "d",
                       g_variant_new_parsed ("{'topic': <'back'>}"));
}

static void
build_a_gone (StormBoard  *board,
              StormChange *change)
{
  storm_change_remove (change, storm_board_lookup (board, "a"));
  storm_change_remove (change, storm_board_lookup (board, "f"));
  storm_change_set (change, "b", STORM_PROP_FAIL_OF, g_variant_new_string (""));
}

static void
build_b_gone (StormBoard  *board,
              StormChange *change)
{
  storm_change_remove (change, storm_board_lookup (board, "b"));
}

#define ASSERT_MERGED(n_steps, ...) \
  G_STMT_START { \
    const Build builds[] = { __VA_ARGS__ }; \
    assert_merged (builds, G_N_ELEMENTS (builds), n_steps); \
  } G_STMT_END

static void
test_merge (void)
{
  ASSERT_MERGED (2, build_title, build_title_again);
  ASSERT_MERGED (0, build_title, build_title_back);
  ASSERT_MERGED (1, build_title, build_title_again, build_title_back);
  ASSERT_MERGED (1, build_new, build_new_title);
  ASSERT_MERGED (0, build_new, build_new_title, build_new_gone);
  ASSERT_MERGED (1, build_title_again, build_d_gone);
  ASSERT_MERGED (1, build_d_gone, build_d_back);
  ASSERT_MERGED (1, build_title, build_d_gone, build_d_back, build_title_again);
  ASSERT_MERGED (2, build_d_gone, build_new, build_d_back);
  ASSERT_MERGED (2, build_new, build_d_gone, build_new_gone, build_d_back, build_new);
  ASSERT_MERGED (3, build_a_gone, build_b_gone);
  ASSERT_MERGED (4, build_a_gone, build_new, build_b_gone, build_d_gone, build_new_gone);
  ASSERT_MERGED (5, build_d_gone, build_a_gone, build_new, build_b_gone, build_d_back,
                 build_title);
}


static void
touched_cb (StormObjectType  type,
            const char      *id,
            gpointer         user_data)
{
  g_string_append_printf (user_data, "%d:%s ", type, id);
}

static void
test_touched (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (StormChange) change = storm_change_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  build_a_gone (board, change);
  build_title_again (board, change);
  storm_change_set (change, NULL, STORM_PROP_TITLE, g_variant_new_string ("T"));
  storm_test_apply (board, storm_change_ref (change));
  storm_change_foreach_touched (change, touched_cb, text);
  g_assert_cmpstr (text->str, ==, "1:a 2:f 1:b 1:d 0: ");
}

static void
refuse_variant (GVariant *variant)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (variant);
  g_autoptr (GError) error = NULL;

  g_assert_null (storm_change_new_from_variant (owned, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, STORM_ERROR);
}

static void
refuse_record (const char *text)
{
  g_autofree char *whole = g_strdup_printf ("@(sa(yysua{sv}a{sv})) ('x', [%s])", text);
  g_autoptr (GError) error = NULL;
  GVariant *variant = g_variant_parse (NULL, whole, NULL, NULL, &error);

  g_assert_no_error (error);
  refuse_variant (variant);
}

/* Types: 0 board, 1 sticky, 2 flow, 3 context. Flags: 1 before, 2 after, 4 whole. */
static void
test_hostile_variants (void)
{
  g_autofree char *title = g_strnfill (STORM_TITLE_MAX_BYTES + 1, 'x');
  g_autofree char *long_title = g_strdup_printf ("(1, 6, 'a', 0, {}, {'title': <'%s'>})", title);
  g_autoptr (GBytes) noise = g_bytes_new_static ("\xff\xfe\xfd\x01\x02\x03\xff\xff\xff", 9);
  const char * const records[] = {
    "(4, 6, 'a', 0, {}, {})",
    "(0, 6, '', 0, {}, {})",
    "(0, 3, 'a', 0, {'title': <'x'>}, {'title': <'y'>})",
    "(1, 3, '', 0, {'title': <'x'>}, {'title': <'y'>})",
    "(1, 8, 'a', 0, {}, {})",
    "(1, 4, 'a', 0, {}, {})",
    "(1, 3, 'a', 0, {}, {})",
    "(1, 3, 'a', 0, {'title': <'x'>}, {})",
    "(1, 1, 'a', 0, {'title': <'x'>}, {})",
    "(1, 6, 'a', 0, {'title': <'x'>}, {})",
    "(1, 5, 'a', 0, {}, {'title': <'x'>})",
    "(1, 6, 'a', 0, {}, {'title': <1>})",
    "(1, 6, 'a', 0, {}, {'colour': <'x'>})",
    "(1, 6, 'a', 0, {}, {'title': <'x'>, 'title': <'y'>})",
    "(1, 6, 'a', 0, {}, {'from': <'x'>})",
    "(1, 6, 'a', 0, {}, {'rect': <(0.0, 0.0, 1e308, 1.0)>})",
    "(1, 6, 'a', 0, {}, {'rect': <(0.0, 2e7, 1.0, 1.0)>})",
    "(1, 6, 'a', 0, {}, {'rect': <(0.0, 0.0, 1.0)>})",
    "(1, 6, 'a', 0, {}, {'kind': <'sticker'>})",
    "(1, 6, 'a', 0, {}, {'z': <int64 9223372036854775807>})",
    "(1, 6, 'a', 0, {}, {'extra': <'[]'>})",
    "(1, 6, 'a', 0, {}, {}), (1, 6, 'a', 0, {}, {})",
    "(1, 6, 'a\\nb', 0, {}, {})",
  };

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      g_test_message ("%s", records[i]);
      refuse_record (records[i]);
    }
  refuse_record (long_title);
  refuse_variant (g_variant_new_string ("x"));
  refuse_variant (g_variant_new_from_bytes (G_VARIANT_TYPE ("(sa(yysua{sv}a{sv}))"), noise,
                                            FALSE));
}

/* What is well formed but fits no board is refused by the board, which stays as it was. */
static void
test_foreign_variant (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = storm_test_board_dump (board);

  variant = g_variant_ref_sink (g_variant_new_parsed (
    "@(sa(yysua{sv}a{sv})) ('', [(1, 3, 'd', 0, {'title': <'p'>}, {'title': <'q'>}),"
    " (1, 3, 'other', 0, {'title': <'p'>}, {'title': <'q'>})])"));
  change = storm_change_new_from_variant (variant, &error);
  g_assert_no_error (error);
  g_assert_null (storm_change_get_label (change));
  g_assert_false (storm_change_revert (change, board, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND);
  storm_test_assert_board (board, before);
  g_clear_error (&error);
  g_clear_pointer (&change, storm_change_unref);
  g_clear_pointer (&variant, g_variant_unref);

  /* A place beyond the list's end is its end. */
  variant = g_variant_ref_sink (g_variant_new_parsed (
    "@(sa(yysua{sv}a{sv})) ('', [(3, 5, 'far', 4000000000, {'title': <'p'>}, {})])"));
  change = storm_change_new_from_variant (variant, &error);
  g_assert_no_error (error);
  g_assert_true (storm_change_revert (change, board, &error));
  g_assert_nonnull (storm_board_lookup_context (board, "far"));
  g_assert_true (storm_change_apply (change, board, &error));
  storm_test_assert_board (board, before);
}

/* Any cut or flipped byte is refused or gives a change that can be tried on a board. */
static void
test_broken_bytes (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (StormChange) change = storm_change_new ("label");
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  build_a_gone (board, change);
  build_title_again (board, change);
  storm_test_apply (board, storm_change_ref (change));
  variant = storm_change_to_variant (change);
  for (guint i = 0; i < 3000; i++)
    {
      gsize size = g_variant_get_size (variant);
      g_autofree guint8 *data = g_memdup2 (g_variant_get_data (variant), size);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GVariant) broken = NULL;
      g_autoptr (StormChange) read = NULL;

      if (i % 2 == 0)
        size = (gsize) g_rand_int_range (rand, 0, (gint32) size);
      else
        data[g_rand_int_range (rand, 0, (gint32) size)] ^= 1u << g_rand_int_range (rand, 0, 8);
      bytes = g_bytes_new (data, size);
      broken = g_variant_ref_sink (g_variant_new_from_bytes (g_variant_get_type (variant), bytes,
                                                             FALSE));
      read = storm_change_new_from_variant (broken, NULL);
      if (read != NULL && storm_change_revert (read, board, NULL))
        g_assert_true (storm_change_apply (read, board, NULL));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/change/set", test_set);
  g_test_add_func ("/change/set-nothing", test_set_nothing);
  g_test_add_func ("/change/insert-defaults", test_insert_defaults);
  g_test_add_func ("/change/remove-keeps-place", test_remove_keeps_place);
  g_test_add_func ("/change/remove-linked", test_remove_linked);
  g_test_add_func ("/change/refuse-values", test_refuse_values);
  g_test_add_func ("/change/refuse-links", test_refuse_links);
  g_test_add_func ("/change/refuse-inserts", test_refuse_inserts);
  g_test_add_func ("/change/order-free", test_order_free);
  g_test_add_func ("/change/merge", test_merge);
  g_test_add_func ("/change/touched", test_touched);
  g_test_add_func ("/change/hostile-variants", test_hostile_variants);
  g_test_add_func ("/change/foreign-variant", test_foreign_variant);
  g_test_add_func ("/change/broken-bytes", test_broken_bytes);
  return g_test_run ();
}
