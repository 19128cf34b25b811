#include "config.h"

#include "storm-edit.h"
#include "storm-error.h"
#include "storm-test.h"

/* contexts "c" (0,0 500×500) and in it "i" (0,0 200×200); stickies a in i, b in c, d outside */
static StormBoard *
make_board (void)
{
  StormBoard *board = storm_board_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  storm_test_add_context (board, "c", "C", 0, 0, 500, 500);
  storm_test_add_context (board, "i", "I", 0, 0, 200, 200);
  storm_test_add_sticky (board, "a", STORM_KIND_EVENT, "A", 10, 10);
  storm_test_add_sticky (board, "b", STORM_KIND_COMMAND, "B", 300, 300);
  storm_test_add_sticky (board, "d", STORM_KIND_ACTOR, "D", 1000, 0);
  storm_test_add_flow (board, "f", "a", "b");
  g_ptr_array_add (ids, (char *) "a");
  g_ptr_array_add (ids, (char *) "b");
  g_ptr_array_add (ids, (char *) "d");
  storm_test_apply (board, storm_edit_join (board, ids));

  return board;
}

static const StormRect *
rect_of (StormBoard *board,
         const char *id)
{
  StormSticky *sticky = storm_board_lookup_sticky (board, id);

  return sticky != NULL ? storm_sticky_get_rect (sticky)
                        : storm_context_get_rect (storm_board_lookup_context (board, id));
}

static void
assert_context (StormBoard *board,
                const char *id,
                const char *context)
{
  g_assert_cmpstr (storm_sticky_get_context (storm_board_lookup_sticky (board, id)), ==, context);
}

static void
assert_label (StormChange *change,
              const char  *label)
{
  g_assert_cmpstr (storm_change_get_label (change), ==, label);
}

static void
test_add (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autofree char *id = NULL;
  g_autofree char *far_id = NULL;
  StormChange *change = storm_edit_add_sticky (board, STORM_KIND_POLICY, (StormPoint) { 100, 100 },
                                               "bad \xff text", &id);
  StormSticky *sticky;

  assert_label (change, "Add “Policy”");
  storm_test_apply (board, change);
  sticky = storm_board_lookup_sticky (board, id);
  g_assert_cmpint (storm_sticky_get_kind (sticky), ==, STORM_KIND_POLICY);
  g_assert_true (storm_rect_equal (rect_of (board, id), &(StormRect) { -8, 40, 216, 120 }));
  g_assert_cmpstr (storm_sticky_get_title (sticky), ==, "bad \xef\xbf\xbd text");
  g_assert_cmpint (storm_sticky_get_z (sticky), ==, 1);
  assert_context (board, id, "i");

  storm_test_apply (board, storm_edit_add_sticky (board, STORM_KIND_EVENT,
                                                  (StormPoint) { 1e9, -1e300 }, NULL, &far_id));
  g_assert_true (storm_rect_is_valid (rect_of (board, far_id)));
  assert_context (board, far_id, NULL);
}

static void
test_add_context (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autofree char *id = NULL;
  const StormRect rect = { 40, 40, 60, 60 };
  const StormRect big = { -1000, -1000, 5000, 5000 };
  StormContext *context;

  storm_test_apply (board, storm_edit_add_context (board, &rect, "New", &id));
  context = storm_board_lookup_context (board, id);
  g_assert_cmpstr (storm_context_get_title (context), ==, "New");
  g_assert_cmpfloat (storm_context_get_rect (context)->width, ==, STORM_CONTEXT_MIN_SIZE);
  g_assert_cmpint (storm_context_get_z (context), ==, 1);
  assert_context (board, "a", id);
  assert_context (board, "b", "c");
  g_clear_pointer (&id, g_free);

  /* Larger than the others: only what lies in none of them. */
  storm_test_apply (board, storm_edit_add_context (board, &big, "", &id));
  assert_context (board, "b", "c");
  assert_context (board, "d", id);
}

static void
test_connect (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autofree char *id = NULL;
  g_autofree char *sticky_id = NULL;
  StormFlow *flow;
  StormSticky *sticky;

  g_assert_null (storm_edit_connect (board, "a", "b", NULL));
  g_assert_null (storm_edit_connect (board, "a", "a", NULL));
  g_assert_null (storm_edit_connect (board, "c", "c", NULL));
  g_assert_null (storm_edit_connect (board, "f", "a", NULL));
  g_assert_null (storm_edit_connect (board, "nobody", "a", NULL));

  storm_test_apply (board, storm_edit_connect (board, "b", "a", &id));
  flow = storm_board_lookup_flow (board, id);
  g_assert_cmpstr (storm_flow_get_from (flow), ==, "b");
  g_assert_cmpstr (storm_flow_get_to (flow), ==, "a");

  g_assert_null (storm_edit_connect_new (board, "c", (StormPoint) { 0, 0 }, NULL));
  storm_test_apply (board, storm_edit_connect_new (board, "a", (StormPoint) { 700, 700 },
                                                   &sticky_id));
  sticky = storm_board_lookup_sticky (board, sticky_id);
  g_assert_cmpint (storm_sticky_get_kind (sticky), ==, STORM_KIND_POLICY);
  flow = g_ptr_array_index (storm_board_get_flows_of (board, sticky), 0);
  g_assert_cmpstr (storm_flow_get_from (flow), ==, "a");
}

static void
test_remove (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) ids = storm_test_ids ("a", "a", "nobody", NULL);
  g_autoptr (GPtrArray) flow = storm_test_ids ("f", NULL);
  g_autoptr (GPtrArray) inner = storm_test_ids ("i", NULL);
  g_autoptr (GPtrArray) all = storm_test_ids ("a", "b", "c", "d", "f", "i", NULL);
  g_autofree char *before = NULL;
  StormChange *change = storm_change_new (NULL);
  StormRect bounds;

  storm_change_set (change, "b", STORM_PROP_FAIL_OF, g_variant_new_string ("a"));
  storm_test_apply (board, change);
  before = storm_test_board_dump (board);

  change = storm_edit_remove (board, ids);
  assert_label (change, "Delete 1 sticky");
  storm_test_apply (board, storm_change_ref (change));
  g_assert_null (storm_board_lookup (board, "a"));
  g_assert_null (storm_board_lookup (board, "f"));
  g_assert_null (storm_sticky_get_fail_of (storm_board_lookup_sticky (board, "b")));
  g_assert_true (storm_change_revert (change, board, NULL));
  storm_test_assert_board (board, before);
  storm_change_unref (change);

  change = storm_edit_remove (board, flow);
  assert_label (change, "Delete 1 flow");
  storm_change_unref (change);

  /* What lay in the inner context lies in the outer one now. */
  change = storm_edit_remove (board, inner);
  assert_label (change, "Delete 1 bounded context");
  storm_test_apply (board, change);
  assert_context (board, "a", "c");

  change = storm_edit_remove (board, all);
  assert_label (change, "Delete 5 objects");
  storm_test_apply (board, change);
  g_assert_false (storm_board_get_bounds (board, &bounds));
}

static void
test_move (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) a = storm_test_ids ("a", NULL);
  g_autoptr (GPtrArray) c = storm_test_ids ("c", "b", "c", "f", NULL);
  g_autoptr (GPtrArray) d = storm_test_ids ("d", "a", NULL);
  StormChange *change;

  change = storm_edit_move (board, a, 300, 5, FALSE);
  assert_label (change, "Move 1 sticky");
  storm_test_apply (board, change);
  g_assert_true (storm_rect_equal (rect_of (board, "a"), &(StormRect) { 310, 15, 120, 120 }));
  assert_context (board, "a", "i");
  storm_test_apply (board, storm_edit_move (board, a, 0, 0, TRUE));
  assert_context (board, "a", "c");

  /* The context carries its stickies, and each moves once. */
  change = storm_edit_move (board, c, 1000, 1000, TRUE);
  assert_label (change, "Move 2 objects");
  storm_test_apply (board, change);
  g_assert_cmpfloat (rect_of (board, "c")->x, ==, 1000);
  g_assert_cmpfloat (rect_of (board, "a")->x, ==, 1310);
  g_assert_cmpfloat (rect_of (board, "b")->x, ==, 1300);
  assert_context (board, "a", "c");
  assert_context (board, "b", "c");

  /* The group stops at the edge of the board as one. */
  change = storm_edit_move (board, d, 1e9, 0, TRUE);
  assert_label (change, "Move 2 stickies");
  storm_test_apply (board, change);
  g_assert_cmpfloat_with_epsilon (rect_of (board, "a")->x + 120, STORM_COORD_MAX, 1e-6);
  g_assert_cmpfloat_with_epsilon (rect_of (board, "a")->x - rect_of (board, "d")->x, 310, 1e-6);
  assert_context (board, "a", NULL);
}

static void
test_resize (void)
{
  g_autoptr (StormBoard) board = make_board ();
  StormRect rect = { -10, -10, 40, 500 };
  g_autoptr (StormChange) change = NULL;

  storm_test_apply (board, storm_edit_resize (board, "a", &(StormRect) { 10, 10, 1, 200 }));
  g_assert_true (storm_rect_equal (rect_of (board, "a"), &(StormRect) { 10, 10, 40, 200 }));
  /* The left edge is dragged beyond the right one. */
  storm_test_apply (board, storm_edit_resize (board, "a", &(StormRect) { 60, 10, 0, 200 }));
  g_assert_true (storm_rect_equal (rect_of (board, "a"), &(StormRect) { 10, 10, 40, 200 }));

  storm_test_apply (board, storm_edit_resize (board, "i", &rect));
  g_assert_true (storm_rect_equal (rect_of (board, "i"), &(StormRect) { -80 + 200, -10, 80, 500 }));
  assert_context (board, "a", "c");
  rect = (StormRect) { 0, 0, 450, 450 };
  storm_test_apply (board, storm_edit_resize (board, "i", &rect));
  assert_context (board, "a", "i");
  assert_context (board, "b", "i");

  change = storm_edit_resize (board, "f", &rect);
  g_assert_cmpuint (storm_change_get_n_steps (change), ==, 0);
}

static void
test_texts (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autofree char *too_long = g_strnfill (STORM_TITLE_MAX_BYTES + 1, 'x');
  g_autoptr (GPtrArray) fields =
    g_ptr_array_new_with_free_func ((GDestroyNotify) storm_field_unref);
  const char * const aliases[] = { "x.y", "z", NULL };
  StormSticky *a = storm_board_lookup_sticky (board, "a");

  storm_test_apply (board, storm_edit_set_text (board, NULL, STORM_PROP_TITLE, "Food"));
  storm_test_apply (board, storm_edit_set_text (board, "c", STORM_PROP_TITLE, "Order"));
  storm_test_apply (board, storm_edit_set_text (board, "a", STORM_PROP_DESCRIPTION, "<b>&"));
  storm_test_apply (board, storm_edit_set_text (board, "a", STORM_PROP_TOPIC, "food"));
  storm_test_apply (board, storm_edit_set_text (board, "f", STORM_PROP_LABEL, "then"));
  storm_test_apply (board, storm_edit_set_text (board, "nobody", STORM_PROP_TITLE, "x"));
  storm_test_refuse (board, storm_edit_set_text (board, "a", STORM_PROP_TITLE, too_long),
                     STORM_ERROR_LIMIT);
  g_assert_cmpstr (storm_board_get_title (board), ==, "Food");
  g_assert_cmpstr (storm_sticky_get_description (a), ==, "<b>&");
  g_assert_cmpstr (storm_sticky_get_topic (a), ==, "food");
  g_assert_cmpstr (storm_flow_get_label (storm_board_lookup_flow (board, "f")), ==, "then");

  g_ptr_array_add (fields, storm_field_new ("id", "Long", TRUE, TRUE, "{\"x\":1}"));
  storm_test_apply (board, storm_edit_set_fields (board, "a", fields));
  g_assert_cmpuint (storm_sticky_get_fields (a)->len, ==, 1);
  g_assert_true (storm_field_equal (storm_sticky_get_fields (a)->pdata[0], fields->pdata[0]));
  g_ptr_array_set_size (fields, 0);
  storm_test_apply (board, storm_edit_set_fields (board, "a", fields));
  g_assert_cmpuint (storm_sticky_get_fields (a)->len, ==, 0);

  storm_test_apply (board, storm_edit_set_aliases (board, "a", aliases));
  g_assert_true (g_strv_equal (storm_sticky_get_aliases (a), aliases));
  storm_test_apply (board, storm_edit_set_aliases (board, "a", NULL));
  g_assert_null (storm_sticky_get_aliases (a));
}

static void
test_set_kind (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) ids = storm_test_ids ("a", "b", "c", NULL);

  storm_test_apply (board, storm_edit_resize (board, "b", &(StormRect) { 300, 300, 300, 300 }));
  storm_test_apply (board, storm_edit_set_kind (board, ids, STORM_KIND_POLICY));
  g_assert_cmpint (storm_sticky_get_kind (storm_board_lookup_sticky (board, "b")), ==,
                   STORM_KIND_POLICY);
  g_assert_true (storm_rect_equal (rect_of (board, "a"), &(StormRect) { -38, 10, 216, 120 }));
  g_assert_cmpfloat (rect_of (board, "b")->width, ==, 300);
}

/* The stickies as they are painted, lowest first. */
static char *
painted (StormBoard *board)
{
  GString *out = g_string_new (NULL);
  GListModel *stickies = storm_board_get_stickies (board);
  guint n = g_list_model_get_n_items (stickies);

  g_assert_cmpint (storm_board_get_top_z (board) - storm_board_get_bottom_z (board), <, 100);
  for (gint64 z = storm_board_get_bottom_z (board); z <= storm_board_get_top_z (board); z++)
    {
      for (guint i = 0; i < n; i++)
        {
          g_autoptr (StormSticky) sticky = g_list_model_get_item (stickies, i);

          if (storm_sticky_get_z (sticky) == z)
            g_string_append (out, storm_object_get_id (STORM_OBJECT (sticky)));
        }
    }

  return g_string_free (out, FALSE);
}

static void
assert_reorder (StormBoard  *board,
                GPtrArray   *ids,
                StormZOrder  order,
                const char  *expected)
{
  g_autofree char *result = NULL;

  storm_test_apply (board, storm_edit_reorder (board, ids, order));
  result = painted (board);
  g_assert_cmpstr (result, ==, expected);
}

static void
test_reorder (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (GPtrArray) p = storm_test_ids ("p", NULL);
  g_autoptr (GPtrArray) rp = storm_test_ids ("r", "p", NULL);
  g_autoptr (GPtrArray) q = storm_test_ids ("q", NULL);

  /* p, q, s lie over each other; r is far away. All have z 0. */
  storm_test_add_sticky (board, "p", STORM_KIND_EVENT, "", 0, 0);
  storm_test_add_sticky (board, "q", STORM_KIND_EVENT, "", 10, 0);
  storm_test_add_sticky (board, "r", STORM_KIND_EVENT, "", 900, 0);
  storm_test_add_sticky (board, "s", STORM_KIND_EVENT, "", 20, 0);

  assert_reorder (board, p, STORM_Z_FORWARD, "qprs");
  assert_reorder (board, p, STORM_Z_FORWARD, "qrsp");
  assert_reorder (board, p, STORM_Z_FORWARD, "qrsp");
  assert_reorder (board, p, STORM_Z_BACKWARD, "qrps");
  assert_reorder (board, rp, STORM_Z_TO_FRONT, "qsrp");
  assert_reorder (board, rp, STORM_Z_TO_BACK, "rpqs");
  assert_reorder (board, q, STORM_Z_BACKWARD, "rqps");
  assert_reorder (board, q, STORM_Z_BACKWARD, "rqps");
  assert_reorder (board, q, STORM_Z_TO_FRONT, "rpsq");
}

static void
test_reorder_at_the_limit (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (GPtrArray) p = storm_test_ids ("p", NULL);
  StormChange *change = storm_change_new (NULL);

  storm_test_add_sticky (board, "p", STORM_KIND_EVENT, "", 0, 0);
  storm_test_add_sticky (board, "q", STORM_KIND_EVENT, "", 10, 0);
  storm_change_set (change, "q", STORM_PROP_Z, g_variant_new_int64 (STORM_Z_MAX));
  storm_test_apply (board, change);
  assert_reorder (board, p, STORM_Z_TO_FRONT, "qp");
}

static void
test_duplicate (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) ids = storm_test_ids ("i", "a", "b", "f", NULL);
  g_autoptr (GPtrArray) copies = NULL;
  StormChange *change = storm_change_new (NULL);
  const char *context, *a, *b;
  StormFlow *flow;

  storm_change_set (change, "a", STORM_PROP_FAIL_OF, g_variant_new_string ("b"));
  storm_change_set (change, "b", STORM_PROP_FAIL_OF, g_variant_new_string ("d"));
  storm_change_set (change, "a", STORM_PROP_EXTRA, g_variant_new_string ("{\"k\":1}"));
  storm_change_set (change, "f", STORM_PROP_LABEL, g_variant_new_string ("then"));
  storm_test_apply (board, change);

  change = storm_edit_duplicate (board, ids, 1000, 0, &copies);
  assert_label (change, "Duplicate 3 objects");
  storm_test_apply (board, change);
  g_assert_cmpuint (copies->len, ==, 3);
  context = copies->pdata[0];
  a = copies->pdata[1];
  b = copies->pdata[2];
  g_assert_cmpstr (storm_context_get_title (storm_board_lookup_context (board, context)), ==, "I");
  g_assert_cmpfloat (rect_of (board, a)->x, ==, 1010);
  assert_context (board, a, context);
  assert_context (board, b, NULL);
  g_assert_cmpstr (storm_sticky_get_fail_of (storm_board_lookup_sticky (board, a)), ==, b);
  g_assert_cmpstr (storm_sticky_get_fail_of (storm_board_lookup_sticky (board, b)), ==, "d");
  g_assert_cmpstr (storm_object_get_extra (storm_board_lookup (board, a)), ==, "{\"k\":1}");
  g_assert_cmpint (storm_sticky_get_z (storm_board_lookup_sticky (board, a)), ==, 1);
  flow = storm_board_get_flows_of (board, storm_board_lookup_sticky (board, a))->pdata[0];
  g_assert_cmpstr (storm_flow_get_to (flow), ==, b);
  g_assert_cmpstr (storm_flow_get_label (flow), ==, "then");
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_flows (board)), ==, 2);
}

static void
test_merge_board (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (StormBoard) other = make_board ();
  g_autoptr (StormBoard) empty = storm_board_new ();
  g_autoptr (GPtrArray) copies = NULL;
  StormChange *change;

  /* The same ids on both: the copies have new ones. */
  change = storm_edit_merge_board (board, other, 5000, 0, &copies);
  assert_label (change, "Paste 5 objects");
  storm_test_apply (board, change);
  g_assert_cmpuint (copies->len, ==, 5);
  for (guint i = 0; i < copies->len; i++)
    g_assert_null (storm_board_lookup (other, copies->pdata[i]));
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_flows (board)), ==, 2);
  g_clear_pointer (&copies, g_ptr_array_unref);

  change = storm_edit_merge_board (board, empty, 0, 0, &copies);
  g_assert_cmpuint (storm_change_get_n_steps (change), ==, 0);
  g_assert_cmpuint (copies->len, ==, 0);
  storm_test_apply (board, change);
}

static void
test_style (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) ids = storm_test_ids ("a", "b", "c", "f", "gone", NULL);
  StormStickyStyle look = { STORM_KIND_POLICY, 200, 90 };
  StormPoint a = storm_rect_center (rect_of (board, "a"));
  StormPoint b = storm_rect_center (rect_of (board, "b"));
  StormRect frame = *rect_of (board, "c");
  StormPoint now;
  double width, height;

  storm_test_apply (board, storm_edit_set_style (board, ids, &look));
  for (guint i = 0; i < 2; i++)
    {
      const char *id = i == 0 ? "a" : "b";

      g_assert_cmpint (storm_sticky_get_kind (storm_board_lookup_sticky (board, id)), ==,
                       STORM_KIND_POLICY);
      g_assert_cmpfloat (rect_of (board, id)->width, ==, 200);
      g_assert_cmpfloat (rect_of (board, id)->height, ==, 90);
      now = storm_rect_center (rect_of (board, id));
      g_assert_cmpfloat (ABS (now.x - (i == 0 ? a.x : b.x)), <=, .5);
      g_assert_cmpfloat (ABS (now.y - (i == 0 ? a.y : b.y)), <=, .5);
    }
  g_assert_true (storm_rect_equal (rect_of (board, "c"), &frame));
  g_assert_cmpint (storm_sticky_get_kind (storm_board_lookup_sticky (board, "d")), ==,
                   STORM_KIND_ACTOR);

  /* Not smaller than the kind may be; and once more changes nothing. */
  look = (StormStickyStyle) { STORM_KIND_EVENT, 1, 1 };
  storm_kind_min_size (STORM_KIND_EVENT, &width, &height);
  storm_test_apply (board, storm_edit_set_style (board, ids, &look));
  g_assert_cmpfloat (rect_of (board, "a")->width, ==, width);
  g_assert_cmpfloat (rect_of (board, "a")->height, ==, height);
  {
    g_autoptr (StormChange) again = storm_edit_set_style (board, ids, &look);

    g_assert_cmpuint (storm_change_get_n_steps (again), ==, 0);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit/add", test_add);
  g_test_add_func ("/edit/add-context", test_add_context);
  g_test_add_func ("/edit/connect", test_connect);
  g_test_add_func ("/edit/remove", test_remove);
  g_test_add_func ("/edit/move", test_move);
  g_test_add_func ("/edit/resize", test_resize);
  g_test_add_func ("/edit/texts", test_texts);
  g_test_add_func ("/edit/set-kind", test_set_kind);
  g_test_add_func ("/edit/reorder", test_reorder);
  g_test_add_func ("/edit/reorder-at-the-limit", test_reorder_at_the_limit);
  g_test_add_func ("/edit/duplicate", test_duplicate);
  g_test_add_func ("/edit/merge-board", test_merge_board);
  g_test_add_func ("/edit/style", test_style);
  return g_test_run ();
}
