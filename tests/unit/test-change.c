#include "config.h"

#include "storm-change-test.h"
#include "storm-id.h"

#include <math.h>

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

  /* A context that lies in another points to it too. */
  storm_test_add_context (board, "outer", "Shop", 2000, 0, 500, 300);
  storm_test_add_context (board, "inner", "Cart", 2100, 50, 100, 100);
  change = storm_change_new (NULL);
  storm_change_set (change, "inner", STORM_PROP_PARENT, g_variant_new_string ("outer"));
  storm_test_apply (board, change);
  change = storm_change_new (NULL);
  storm_change_remove (change, storm_board_lookup (board, "outer"));
  storm_test_refuse (board, storm_change_ref (change), STORM_ERROR_INVALID);
  storm_change_set (change, "inner", STORM_PROP_PARENT, g_variant_new_string (""));
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
  const char * const wrong[] = { "nobody", "f", "g", "" };

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
  return g_test_run ();
}
