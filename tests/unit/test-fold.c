#include "config.h"

#include "storm-edit.h"
#include "storm-edit-context.h"
#include "storm-edit-props.h"
#include "storm-fold.h"
#include "storm-test.h"

/* Context "out" with a sticky o, in it "in" with stickies a and b; outside stickies x and y.
 * Flows: a → x and b → x (1, 2), x → a (3), a → b (4), x → y (5), o → a (6). */
static StormBoard *
make_board (void)
{
  StormBoard *board = storm_board_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  static const char *members[] = { "o", "a", "b", "x", "y", "in" };

  storm_test_add_context (board, "out", "Outer", 0, 0, 1000, 600);
  storm_test_add_context (board, "in", "Inner", 300, 100, 500, 400);
  storm_test_add_sticky (board, "o", STORM_KIND_ACTOR, "O", 50, 200);
  storm_test_add_sticky (board, "a", STORM_KIND_EVENT, "A", 350, 200);
  storm_test_add_sticky (board, "b", STORM_KIND_EVENT, "B", 550, 200);
  storm_test_add_sticky (board, "x", STORM_KIND_POLICY, "X", 1200, 0);
  storm_test_add_sticky (board, "y", STORM_KIND_POLICY, "Y", 1600, 0);
  storm_test_add_flow (board, "1", "a", "x");
  storm_test_add_flow (board, "2", "b", "x");
  storm_test_add_flow (board, "3", "x", "a");
  storm_test_add_flow (board, "4", "a", "b");
  storm_test_add_flow (board, "5", "x", "y");
  storm_test_add_flow (board, "6", "o", "a");
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_ptr_array_add (ids, (char *) members[i]);
  storm_test_apply (board, storm_edit_join (board, ids));

  return board;
}

static void
fold (StormBoard *board,
      const char *id,
      gboolean    collapsed)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_ptr_array_add (ids, (char *) id);
  storm_test_apply (board, storm_edit_fold_contexts (board, ids, collapsed));
}

static const StormCard *
card_of (StormFold  *fold,
         StormBoard *board,
         const char *id)
{
  return storm_fold_get_card_of (fold, storm_board_lookup (board, id));
}

static const StormFoldFlow *
flow_of (StormFold  *fold,
         StormBoard *board,
         const char *id)
{
  return storm_fold_get_flow (fold, storm_board_lookup_flow (board, id));
}

static void
test_nothing (void)
{
  g_autoptr (StormBoard) board = make_board ();

  g_assert_null (storm_fold_new (board));
  g_assert_cmpstr (storm_context_get_parent (storm_board_lookup_context (board, "in")), ==, "out");
}

static void
test_card (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (StormFold) folded = NULL;
  StormContext *in = storm_board_lookup_context (board, "in");
  const StormCard *card;
  StormRect shown;

  fold (board, "in", TRUE);
  folded = storm_fold_new (board);
  card = storm_fold_get_card (folded, in);
  g_assert_nonnull (card);
  g_assert_true (card_of (folded, board, "a") == card);
  g_assert_true (card_of (folded, board, "b") == card);
  g_assert_null (card_of (folded, board, "o"));
  g_assert_null (card_of (folded, board, "in"));
  g_assert_cmpuint (card->n_kinds[STORM_KIND_EVENT], ==, 2);
  g_assert_cmpuint (card->n_kinds[STORM_KIND_ACTOR], ==, 0);
  g_assert_cmpuint (card->stickies->len, ==, 2);
  g_assert_cmpuint (card->n_contexts, ==, 0);

  shown = storm_context_get_shown (in);
  g_assert_cmpfloat (shown.x, ==, 300);
  g_assert_cmpfloat (shown.width, ==, STORM_CARD_WIDTH);
  g_assert_cmpfloat (storm_context_get_rect (in)->width, ==, 500);
}

/* The outermost card is seen; an inner one stays collapsed in it. */
static void
test_nested (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (StormFold) folded = NULL;
  const StormCard *card;

  fold (board, "in", TRUE);
  fold (board, "out", TRUE);
  folded = storm_fold_new (board);
  card = storm_fold_get_card (folded, storm_board_lookup_context (board, "out"));
  g_assert_null (storm_fold_get_card (folded, storm_board_lookup_context (board, "in")));
  g_assert_true (card_of (folded, board, "a") == card);
  g_assert_true (card_of (folded, board, "in") == card);
  g_assert_cmpuint (card->stickies->len, ==, 3);
  g_assert_cmpuint (card->n_contexts, ==, 1);
  g_assert_true (storm_board_get_card_of (board, storm_board_lookup (board, "a")) ==
                 storm_board_lookup_context (board, "out"));

  fold (board, "out", FALSE);
  g_assert_true (storm_board_get_card_of (board, storm_board_lookup (board, "a")) ==
                 storm_board_lookup_context (board, "in"));
}

static void
test_flows (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (StormFold) folded = NULL;
  StormObject *in = storm_board_lookup (board, "in"), *x = storm_board_lookup (board, "x");
  const StormFoldFlow *there, *back;

  fold (board, "in", TRUE);
  folded = storm_fold_new (board);
  there = flow_of (folded, board, "1");
  g_assert_true (there->shown && there->from == in && there->to == x);
  g_assert_cmpuint (there->n_merged, ==, 2);
  g_assert_false (flow_of (folded, board, "2")->shown);
  back = flow_of (folded, board, "3");
  g_assert_true (back->shown && back->from == x && back->to == in);
  g_assert_cmpuint (back->n_merged, ==, 1);
  g_assert_cmpuint (there->n_beside, ==, 2);
  g_assert_cmpuint (back->n_beside, ==, 2);
  g_assert_cmpuint (there->place + back->place, ==, 1);
  /* Inside, and outside. */
  g_assert_false (flow_of (folded, board, "4")->shown);
  g_assert_null (flow_of (folded, board, "5"));
  g_assert_cmpuint (flow_of (folded, board, "6")->n_beside, ==, 1);
}

static void
count (StormObject *object,
       gpointer     user_data)
{
  (*(guint *) user_data)++;
}

static void
test_foreach (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (StormFold) folded = NULL;
  guint n = 0;

  fold (board, "out", TRUE);
  folded = storm_fold_new (board);
  storm_fold_foreach (folded, count, &n);
  /* "in", o, a, b, and all flows but x → y. */
  g_assert_cmpuint (n, ==, 4 + 5);
}

static void
test_rank (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autofree char *lane = NULL;
  guint out, in;

  storm_test_apply (board, storm_edit_add_swimlane (board, (StormPoint) { 0, 2000 }, "L", &lane));
  out = storm_board_get_rank (board, storm_board_lookup_context (board, "out"));
  in = storm_board_get_rank (board, storm_board_lookup_context (board, "in"));
  g_assert_cmpuint (out, <, in);
  g_assert_cmpuint (storm_board_get_rank (board, storm_board_lookup_context (board, lane)), <, out);
}

/* A board that somebody made by hand, with contexts very deep in one another. */
static void
test_deep (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormFold) folded = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  StormChange *change = storm_change_new (NULL);

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", i);
      GVariantDict dict;

      g_variant_dict_init (&dict, NULL);
      if (i > 0)
        g_variant_dict_insert (&dict, "parent", "s", g_ptr_array_index (ids, i - 1));
      storm_change_insert (change, STORM_OBJECT_CONTEXT, id, g_variant_dict_end (&dict));
      g_ptr_array_add (ids, g_steal_pointer (&id));
    }
  storm_test_apply (board, change);
  change = storm_change_new (NULL);
  storm_change_set (change, "c0", STORM_PROP_COLLAPSED, g_variant_new_boolean (TRUE));
  storm_test_apply (board, change);
  folded = storm_fold_new (board);
  g_assert_cmpuint (storm_fold_get_card (folded, storm_board_lookup_context (board, "c0"))
                    ->n_contexts, ==, 19999);
  g_assert_cmpuint (storm_board_get_rank (board, storm_board_lookup_context (board, "c19999")), >,
                    storm_board_get_rank (board, storm_board_lookup_context (board, "c10")));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fold/nothing", test_nothing);
  g_test_add_func ("/fold/card", test_card);
  g_test_add_func ("/fold/nested", test_nested);
  g_test_add_func ("/fold/flows", test_flows);
  g_test_add_func ("/fold/foreach", test_foreach);
  g_test_add_func ("/fold/rank", test_rank);
  g_test_add_func ("/fold/deep", test_deep);

  return g_test_run ();
}
