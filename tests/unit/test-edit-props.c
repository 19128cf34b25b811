#include "config.h"

#include <math.h>

#include "storm-edit-arrange.h"
#include "storm-edit-props.h"
#include "storm-error.h"
#include "storm-test.h"

/* out holds in, in holds a; b beside; flow f from a to b, g from in to b */
static StormBoard *
make_board (void)
{
  StormBoard *board = storm_board_new ();
  StormChange *change;

  storm_test_add_context (board, "out", "Out", 0, 0, 1000, 1000);
  storm_test_add_context (board, "in", "In", 10, 10, 400, 400);
  storm_test_add_sticky (board, "a", STORM_KIND_EVENT, "A", 50, 50);
  storm_test_add_sticky (board, "b", STORM_KIND_POLICY, "B", 2000, 50);
  storm_test_add_flow (board, "f", "a", "b");
  storm_test_add_flow (board, "g", "in", "b");
  change = storm_change_new (NULL);
  storm_change_set (change, "in", STORM_PROP_PARENT, g_variant_new_string ("out"));
  storm_change_set (change, "a", STORM_PROP_CONTEXT, g_variant_new_string ("in"));
  storm_test_apply (board, change);

  return board;
}

static void
refuse (StormBoard *board,
        const char *id,
        StormProp   prop,
        GVariant   *value,
        int         code)
{
  StormChange *change = storm_change_new (NULL);

  storm_change_set (change, id, prop, value);
  storm_test_refuse (board, change, code);
}

static void
lock (StormBoard *board,
      const char *id)
{
  g_autoptr (GPtrArray) ids = storm_test_ids (id, NULL);

  storm_test_apply (board, storm_edit_set_locked (board, ids, TRUE));
}

/* Applies @change, which must do nothing, and consumes it. */
static void
assert_nothing (StormBoard  *board,
                StormChange *change)
{
  g_autofree char *before = storm_test_board_dump (board);

  storm_test_apply (board, change);
  storm_test_assert_board (board, before);
}

static double
x_of (StormBoard *board,
      const char *id)
{
  StormObject *object = storm_board_lookup (board, id);

  return STORM_IS_STICKY (object) ? storm_sticky_get_rect (STORM_STICKY (object))->x
                                  : storm_context_get_rect (STORM_CONTEXT (object))->x;
}

static void
test_parents (void)
{
  g_autoptr (StormBoard) board = make_board ();
  StormChange *change;

  refuse (board, "in", STORM_PROP_PARENT, g_variant_new_string ("in"), STORM_ERROR_INVALID);
  refuse (board, "in", STORM_PROP_PARENT, g_variant_new_string ("a"), STORM_ERROR_INVALID);
  refuse (board, "in", STORM_PROP_PARENT, g_variant_new_string ("gone"), STORM_ERROR_INVALID);
  refuse (board, "out", STORM_PROP_PARENT, g_variant_new_string ("in"), STORM_ERROR_INVALID);
  refuse (board, "a", STORM_PROP_PARENT, g_variant_new_string ("in"), STORM_ERROR_INVALID);

  /* Both at once can change places, but not both be in the other. */
  change = storm_change_new (NULL);
  storm_change_set (change, "out", STORM_PROP_PARENT, g_variant_new_string ("in"));
  storm_change_set (change, "in", STORM_PROP_PARENT, g_variant_new_string (""));
  storm_test_apply (board, change);
  assert_nothing (board, storm_edit_set_parent (board, "in", "out"));
  assert_nothing (board, storm_edit_set_parent (board, "in", "gone"));
  change = storm_change_new (NULL);
  storm_change_insert (change, STORM_OBJECT_CONTEXT, "x", NULL);
  storm_change_insert (change, STORM_OBJECT_CONTEXT, "y", NULL);
  storm_change_set (change, "x", STORM_PROP_PARENT, g_variant_new_string ("y"));
  storm_change_set (change, "y", STORM_PROP_PARENT, g_variant_new_string ("x"));
  storm_test_refuse (board, change, STORM_ERROR_INVALID);

  /* What something lies in can't go alone. */
  change = storm_change_new (NULL);
  storm_change_remove (change, storm_board_lookup (board, "in"));
  storm_test_refuse (board, change, STORM_ERROR_INVALID);
}

/* A long row of contexts, each in the next: the check passes each once. */
static void
test_deep (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  StormChange *change = storm_change_new (NULL);
  g_autoptr (GPtrArray) ids = storm_test_ids ("c0", NULL);

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", i);
      g_autofree char *parent = g_strdup_printf ("c%u", i + 1);

      storm_change_insert (change, STORM_OBJECT_CONTEXT, id, NULL);
      if (i < 19999)
        storm_change_set (change, id, STORM_PROP_PARENT, g_variant_new_string (parent));
    }
  storm_test_apply (board, change);
  refuse (board, "c19999", STORM_PROP_PARENT, g_variant_new_string ("c0"), STORM_ERROR_INVALID);
  ids->pdata[0] = (char *) "c19999";
  storm_test_apply (board, storm_edit_move (board, ids, 5, 0, TRUE));
  g_assert_cmpfloat (x_of (board, "c0"), ==, 5);
}

static void
test_values (void)
{
  g_autoptr (StormBoard) board = make_board ();
  GVariantBuilder builder;

  refuse (board, "a", STORM_PROP_JOIN, g_variant_new_string ("some"), STORM_ERROR_INVALID);
  refuse (board, "a", STORM_PROP_LOCKED, g_variant_new_string ("yes"), STORM_ERROR_INVALID);
  refuse (board, "a", STORM_PROP_GROUP, g_variant_new_string ("\n"), STORM_ERROR_INVALID);
  refuse (board, "f", STORM_PROP_LOCKED, g_variant_new_boolean (TRUE), STORM_ERROR_INVALID);
  refuse (board, "in", STORM_PROP_CONTEXT_KIND, g_variant_new_string ("pool"),
          STORM_ERROR_INVALID);
  refuse (board, "f", STORM_PROP_TARGET, g_variant_new_int64 (-1000), STORM_ERROR_INVALID);
  refuse (board, "f", STORM_PROP_TARGET, g_variant_new_int64 (1500), STORM_ERROR_INVALID);
  refuse (board, "f", STORM_PROP_TARGET, g_variant_new_int64 (G_MAXINT64), STORM_ERROR_INVALID);
  refuse (board, "f", STORM_PROP_BENDS, g_variant_new_parsed ("[(1.0, %d)]", (double) NAN),
          STORM_ERROR_INVALID);
  refuse (board, "f", STORM_PROP_BENDS, g_variant_new_parsed ("[(%d, 1.0)]", -INFINITY),
          STORM_ERROR_INVALID);
  refuse (board, "f", STORM_PROP_BENDS, g_variant_new_parsed ("[(1.0, 1.1e7)]"),
          STORM_ERROR_INVALID);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(dd)"));
  for (guint i = 0; i <= STORM_FLOW_MAX_BENDS; i++)
    g_variant_builder_add (&builder, "(dd)", 1.0, 2.0);
  refuse (board, "f", STORM_PROP_BENDS, g_variant_builder_end (&builder), STORM_ERROR_LIMIT);
}

static guint
n_flows_at (StormBoard *board,
            const char *id)
{
  return storm_board_get_flows_at (board, storm_board_lookup (board, id))->len;
}

static void
test_flows_at_contexts (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (StormChange) none = NULL;
  g_autoptr (GPtrArray) ids = storm_test_ids ("in", NULL);
  g_autofree char *before = storm_test_board_dump (board);
  StormChange *change;

  g_assert_cmpuint (n_flows_at (board, "in"), ==, 1);
  g_assert_cmpuint (n_flows_at (board, "out"), ==, 0);
  g_assert_cmpuint (n_flows_at (board, "f"), ==, 0);
  refuse (board, "f", STORM_PROP_FROM, g_variant_new_string ("g"), STORM_ERROR_INVALID);
  none = storm_edit_connect (board, "in", "b", NULL);
  g_assert_null (none);
  none = storm_edit_connect (board, "f", "b", NULL);
  g_assert_null (none);
  none = storm_edit_reconnect (board, "f", STORM_PROP_FROM, "in");
  g_assert_null (none);
  none = storm_edit_reconnect (board, "f", STORM_PROP_TO, "a");
  g_assert_null (none);
  none = storm_edit_reconnect (board, "f", STORM_PROP_TO, "f");
  g_assert_null (none);

  /* With the context its flow goes, and what lay in it belongs to what is around it. */
  change = storm_edit_remove (board, ids);
  storm_change_ref (change);
  storm_test_apply (board, change);
  g_assert_null (storm_board_lookup (board, "g"));
  g_assert_cmpstr (storm_sticky_get_context (storm_board_lookup_sticky (board, "a")), ==, "out");
  g_assert_true (storm_change_revert (change, board, NULL));
  storm_test_assert_board (board, before);
  storm_change_unref (change);

  storm_test_apply (board, storm_edit_reconnect (board, "f", STORM_PROP_TO, "out"));
  g_assert_cmpuint (n_flows_at (board, "out"), ==, 1);
}

static void
test_remove_middle (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) ids = storm_test_ids ("in", "mid", NULL);

  storm_test_add_context (board, "mid", "Mid", 5, 5, 500, 500);
  storm_test_add_context (board, "deep", "Deep", 20, 20, 100, 100);
  storm_test_set (board, "deep", STORM_PROP_PARENT, g_variant_new_string ("in"));
  storm_test_set (board, "in", STORM_PROP_PARENT, g_variant_new_string ("mid"));
  storm_test_set (board, "mid", STORM_PROP_PARENT, g_variant_new_string ("out"));
  storm_test_apply (board, storm_edit_remove (board, ids));
  g_assert_cmpstr (storm_context_get_parent (storm_board_lookup_context (board, "deep")), ==,
                   "out");
}

static void
test_move_nested (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) ids = storm_test_ids ("out", NULL);
  g_autoptr (GPtrArray) all = storm_test_ids ("out", "b", NULL);
  const StormPoint bends[] = { { 500, 50 }, { 9999999, 60 } };
  const StormPoint *moved;
  guint n;

  storm_test_apply (board, storm_edit_set_bends (board, "f", bends, 2));
  storm_test_apply (board, storm_edit_move (board, ids, 100, 0, TRUE));
  g_assert_cmpfloat (x_of (board, "out"), ==, 100);
  g_assert_cmpfloat (x_of (board, "in"), ==, 110);
  g_assert_cmpfloat (x_of (board, "a"), ==, 150);
  g_assert_cmpstr (storm_sticky_get_context (storm_board_lookup_sticky (board, "a")), ==, "in");
  moved = storm_flow_get_bends (storm_board_lookup_flow (board, "f"), &n);
  g_assert_cmpfloat (moved[0].x, ==, 500);

  /* Both ends: the bends go along, as far as the board goes. */
  storm_test_apply (board, storm_edit_move (board, all, 100, 7, TRUE));
  moved = storm_flow_get_bends (storm_board_lookup_flow (board, "f"), &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpfloat (moved[0].x, ==, 600);
  g_assert_cmpfloat (moved[0].y, ==, 57);
  g_assert_cmpfloat (moved[1].x, ==, STORM_COORD_MAX);
}

static void
test_locked_stays (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) a = storm_test_ids ("a", NULL);
  g_autoptr (GPtrArray) both = storm_test_ids ("a", "b", NULL);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  const StormStickyStyle look = { STORM_KIND_NOTE, 300, 300 };
  const StormRect rect = { 0, 0, 500, 500 };
  const char * const aliases[] = { "x", NULL };

  lock (board, "a");
  assert_nothing (board, storm_edit_move (board, a, 9, 9, TRUE));
  assert_nothing (board, storm_edit_resize (board, "a", &rect));
  assert_nothing (board, storm_edit_remove (board, a));
  assert_nothing (board, storm_edit_set_kind (board, a, STORM_KIND_NOTE));
  assert_nothing (board, storm_edit_set_style (board, a, &look));
  assert_nothing (board, storm_edit_set_text (board, "a", STORM_PROP_TITLE, "x"));
  assert_nothing (board, storm_edit_set_text (board, "a", STORM_PROP_DESCRIPTION, "x"));
  assert_nothing (board, storm_edit_set_aliases (board, "a", aliases));
  assert_nothing (board, storm_edit_set_fields (board, "a", none));
  assert_nothing (board, storm_edit_reorder (board, a, STORM_Z_TO_FRONT));
  assert_nothing (board, storm_edit_set_pivotal (board, a, TRUE));
  assert_nothing (board, storm_edit_group (board, both));
  assert_nothing (board, storm_edit_arrange (board, both, STORM_ARRANGE_TOP));
  assert_nothing (board, storm_edit_set_locked (board, a, TRUE));

  storm_test_apply (board, storm_edit_move (board, both, 9, 0, TRUE));
  g_assert_cmpfloat (x_of (board, "a"), ==, 50);
  g_assert_cmpfloat (x_of (board, "b"), ==, 2009);
  lock (board, "in");
  assert_nothing (board, storm_edit_set_text (board, "in", STORM_PROP_TITLE, "x"));
  assert_nothing (board, storm_edit_resize (board, "in", &rect));
  assert_nothing (board, storm_edit_set_parent (board, "in", NULL));
  storm_test_apply (board, storm_edit_unlock_all (board));
  storm_test_apply (board, storm_edit_move (board, a, 9, 0, TRUE));
  g_assert_cmpfloat (x_of (board, "a"), ==, 59);
  assert_nothing (board, storm_edit_unlock_all (board));
}

/* A context that moves leaves behind what is locked in it, and it is no longer its own. */
static void
test_locked_in_context (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) a = storm_test_ids ("a", NULL);
  g_autoptr (GPtrArray) out = storm_test_ids ("out", NULL);
  g_autoptr (GPtrArray) in = storm_test_ids ("in", NULL);

  lock (board, "a");
  storm_test_apply (board, storm_edit_move (board, out, 5000, 0, FALSE));
  g_assert_cmpfloat (x_of (board, "a"), ==, 50);
  g_assert_cmpfloat (x_of (board, "in"), ==, 5010);
  g_assert_cmpstr (storm_sticky_get_context (storm_board_lookup_sticky (board, "a")), ==, "in");
  storm_test_apply (board, storm_edit_join (board, out));
  g_assert_null (storm_sticky_get_context (storm_board_lookup_sticky (board, "a")));
  storm_test_apply (board, storm_edit_move (board, out, -5000, 0, TRUE));
  storm_test_apply (board, storm_edit_join (board, a));
  g_assert_cmpstr (storm_sticky_get_context (storm_board_lookup_sticky (board, "a")), ==, "in");

  storm_test_apply (board, storm_edit_unlock_all (board));
  lock (board, "in");
  storm_test_apply (board, storm_edit_move (board, out, 100, 0, TRUE));
  g_assert_cmpfloat (x_of (board, "out"), ==, 100);
  g_assert_cmpfloat (x_of (board, "in"), ==, 10);
  g_assert_cmpfloat (x_of (board, "a"), ==, 50);
  assert_nothing (board, storm_edit_remove (board, in));
}

static void
test_tidy_locked (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) all = storm_test_ids ("b", "c", "d", NULL);
  StormChange *change;

  storm_test_add_sticky (board, "c", STORM_KIND_EVENT, "C", 2010, 60);
  storm_test_add_sticky (board, "d", STORM_KIND_EVENT, "D", 2020, 70);
  lock (board, "a");
  lock (board, "c");
  change = storm_edit_tidy (board, NULL, NULL);
  storm_test_apply (board, change);
  g_assert_cmpfloat (x_of (board, "a"), ==, 50);
  g_assert_cmpfloat (x_of (board, "in"), ==, 10);
  g_assert_cmpfloat (x_of (board, "out"), ==, 0);
  g_assert_cmpfloat (x_of (board, "c"), ==, 2010);
  change = storm_edit_tidy (board, all, NULL);
  storm_test_apply (board, change);
  g_assert_cmpfloat (x_of (board, "c"), ==, 2010);
}

static void
test_groups (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (GPtrArray) ab = storm_test_ids ("a", "b", "nobody", NULL);
  g_autoptr (GPtrArray) bc = storm_test_ids ("c", "b", NULL);
  g_autoptr (GPtrArray) a = storm_test_ids ("a", NULL);
  g_autoptr (GPtrArray) members = NULL;
  g_autoptr (GPtrArray) copies = NULL;
  const char *group, *copied;

  for (guint i = 0; i < 4; i++)
    {
      const char id[2] = { "abcd"[i], '\0' };

      storm_test_add_sticky (board, id, STORM_KIND_EVENT, id, i * 200, 0);
    }
  assert_nothing (board, storm_edit_group (board, a));
  storm_test_apply (board, storm_edit_group (board, ab));
  group = storm_sticky_get_group (storm_board_lookup_sticky (board, "a"));
  g_assert_nonnull (group);
  g_assert_cmpstr (storm_sticky_get_group (storm_board_lookup_sticky (board, "b")), ==, group);
  assert_nothing (board, storm_edit_group (board, ab));

  /* One of a group and another sticky: all of them are one. */
  storm_test_apply (board, storm_edit_group (board, bc));
  members = storm_edit_with_groups (board, bc);
  g_assert_cmpuint (members->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (members, 0), ==, "c");
  g_assert_cmpstr (g_ptr_array_index (members, 2), ==, "a");

  /* Copies are another group, and are free. */
  lock (board, "a");
  storm_test_apply (board, storm_edit_duplicate (board, members, 0, 300, &copies));
  group = storm_sticky_get_group (storm_board_lookup_sticky (board, "a"));
  copied = storm_sticky_get_group (storm_board_lookup_sticky (board,
                                                              g_ptr_array_index (copies, 0)));
  g_assert_nonnull (copied);
  g_assert_cmpstr (copied, !=, group);
  for (guint i = 0; i < copies->len; i++)
    {
      StormSticky *copy = storm_board_lookup_sticky (board, g_ptr_array_index (copies, i));

      g_assert_cmpstr (storm_sticky_get_group (copy), ==, copied);
      g_assert_false (storm_sticky_get_locked (copy));
    }

  storm_test_apply (board, storm_edit_unlock_all (board));
  storm_test_apply (board, storm_edit_ungroup (board, a));
  g_assert_null (storm_sticky_get_group (storm_board_lookup_sticky (board, "c")));
}

static void
test_copy_nested (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (StormBoard) other = storm_board_new ();
  g_autoptr (GPtrArray) in = storm_test_ids ("in", NULL);
  g_autoptr (GPtrArray) all = storm_test_ids ("in", "out", "a", "b", NULL);
  g_autoptr (GPtrArray) copies = NULL;
  StormFlow *flow;
  const StormPoint *bends;
  guint n;

  storm_test_apply (board, storm_edit_set_bends (board, "f", &(StormPoint) { 1, 2 }, 1));
  storm_test_apply (board, storm_edit_duplicate (board, in, 50, 0, &copies));
  g_assert_cmpstr (storm_context_get_parent (
                     storm_board_lookup_context (board, g_ptr_array_index (copies, 0))), ==, "out");
  g_clear_pointer (&copies, g_ptr_array_unref);

  storm_test_apply (other, storm_edit_merge_board (other, board, 100, 0, &copies));
  for (guint i = 0; i < g_list_model_get_n_items (storm_board_get_contexts (other)); i++)
    {
      g_autoptr (StormContext) context = g_list_model_get_item (storm_board_get_contexts (other),
                                                                i);

      g_assert_cmpint (storm_context_get_parent (context) == NULL, ==,
                       g_str_equal (storm_context_get_title (context), "Out"));
    }
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_flows (other)), ==, 2);
  g_clear_pointer (&copies, g_ptr_array_unref);

  storm_test_apply (board, storm_edit_duplicate (board, all, 10, 20, &copies));
  flow = g_list_model_get_item (storm_board_get_flows (board), 2);
  bends = storm_flow_get_bends (flow, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpfloat (bends[0].x, ==, 11);
  g_assert_cmpfloat (bends[0].y, ==, 22);
  g_object_unref (flow);
}

static void
test_flags (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) all = storm_test_ids ("a", "b", "in", "f", NULL);
  g_autoptr (GPtrArray) a = storm_test_ids ("a", NULL);
  StormSticky *event = storm_board_lookup_sticky (board, "a");
  StormSticky *policy = storm_board_lookup_sticky (board, "b");
  StormContext *context = storm_board_lookup_context (board, "in");
  StormFlow *flow = storm_board_lookup_flow (board, "f");

  storm_test_apply (board, storm_edit_set_pivotal (board, all, TRUE));
  g_assert_true (storm_sticky_get_pivotal (event));
  g_assert_false (storm_sticky_is_marked_pivotal (policy));
  storm_test_apply (board, storm_edit_set_kind (board, a, STORM_KIND_NOTE));
  g_assert_false (storm_sticky_get_pivotal (event));
  storm_test_apply (board, storm_edit_set_kind (board, a, STORM_KIND_EVENT));
  g_assert_true (storm_sticky_get_pivotal (event));

  storm_test_apply (board, storm_edit_set_join (board, all, STORM_JOIN_ALL));
  g_assert_cmpint (storm_sticky_get_join (policy), ==, STORM_JOIN_ALL);
  g_assert_cmpint (storm_sticky_get_join (event), ==, STORM_JOIN_ANY);
  storm_test_apply (board, storm_edit_set_join (board, all, STORM_JOIN_ANY));
  g_assert_cmpint (storm_sticky_get_join (policy), ==, STORM_JOIN_ANY);

  storm_test_apply (board, storm_edit_set_context_kind (board, all, STORM_CONTEXT_SWIMLANE));
  g_assert_cmpint (storm_context_get_kind (context), ==, STORM_CONTEXT_SWIMLANE);
  storm_test_apply (board, storm_edit_set_context_kind (board, all, STORM_CONTEXT_BOUNDED));
  g_assert_cmpint (storm_context_get_kind (context), ==, STORM_CONTEXT_BOUNDED);
  storm_test_apply (board, storm_edit_set_collapsed (board, all, TRUE));
  g_assert_true (storm_context_get_collapsed (context));

  storm_test_apply (board, storm_edit_set_target (board, all, 1234567));
  g_assert_cmpint (storm_flow_get_target (flow), ==, 1234000);
  storm_test_apply (board, storm_edit_set_target (board, all, G_MAXINT64));
  g_assert_cmpint (storm_flow_get_target (flow), ==, STORM_FLOW_MAX_TARGET);
  storm_test_apply (board, storm_edit_set_target (board, all, -5));
  g_assert_cmpint (storm_flow_get_target (flow), ==, 0);
  storm_test_apply (board, storm_edit_set_unchecked (board, all, TRUE));
  g_assert_true (storm_flow_get_unchecked (flow));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit-props/parents", test_parents);
  g_test_add_func ("/edit-props/deep", test_deep);
  g_test_add_func ("/edit-props/values", test_values);
  g_test_add_func ("/edit-props/flows-at-contexts", test_flows_at_contexts);
  g_test_add_func ("/edit-props/remove-middle", test_remove_middle);
  g_test_add_func ("/edit-props/move-nested", test_move_nested);
  g_test_add_func ("/edit-props/locked-stays", test_locked_stays);
  g_test_add_func ("/edit-props/locked-in-context", test_locked_in_context);
  g_test_add_func ("/edit-props/tidy-locked", test_tidy_locked);
  g_test_add_func ("/edit-props/groups", test_groups);
  g_test_add_func ("/edit-props/copy-nested", test_copy_nested);
  g_test_add_func ("/edit-props/flags", test_flags);
  return g_test_run ();
}
