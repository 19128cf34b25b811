#include "config.h"

#include "storm-edit.h"
#include "storm-edit-arrange.h"
#include "storm-edit-context.h"
#include "storm-test.h"

/* Contexts "big" (0,0 1000×600) and beside it "far" (2000,0 300×300); stickies a, b in big and c in
 * far. */
static StormBoard *
make_board (void)
{
  StormBoard *board = storm_board_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  storm_test_add_context (board, "big", "Big", 0, 0, 1000, 600);
  storm_test_add_context (board, "far", "Far", 2000, 0, 300, 300);
  storm_test_add_sticky (board, "a", STORM_KIND_EVENT, "A", 100, 100);
  storm_test_add_sticky (board, "b", STORM_KIND_EVENT, "B", 400, 300);
  storm_test_add_sticky (board, "c", STORM_KIND_EVENT, "C", 2050, 50);
  g_ptr_array_add (ids, (char *) "a");
  g_ptr_array_add (ids, (char *) "b");
  g_ptr_array_add (ids, (char *) "c");
  storm_test_apply (board, storm_edit_join (board, ids));

  return board;
}

static const char *
home_of (StormBoard *board,
         const char *id)
{
  return storm_sticky_get_context (storm_board_lookup_sticky (board, id));
}

static const StormRect *
frame_of (StormBoard *board,
          const char *id)
{
  return storm_context_get_rect (storm_board_lookup_context (board, id));
}

/* The change as a step that can be taken back, and is here. */
static void
assert_undone (StormBoard  *board,
               StormChange *change)
{
  g_autofree char *before = storm_test_board_dump (board);
  g_autoptr (GError) error = NULL;

  g_assert_true (storm_change_apply (change, board, &error));
  g_assert_true (storm_change_revert (change, board, &error));
  storm_test_assert_board (board, before);
  storm_change_unref (change);
}

static void
test_fit (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) ids = storm_test_ids ("big", "a", "nobody", NULL);
  g_autoptr (StormChange) again = NULL;
  const StormRect *frame;

  assert_undone (board, storm_edit_fit_contexts (board, ids));
  storm_test_apply (board, storm_edit_fit_contexts (board, ids));
  frame = frame_of (board, "big");
  g_assert_cmpfloat (frame->x, ==, 100 - STORM_CONTEXT_PAD);
  g_assert_cmpfloat (frame->y, ==, 100 - STORM_CONTEXT_PAD - STORM_CONTEXT_TITLE_ROOM);
  g_assert_cmpfloat (frame->x + frame->width, ==, 400 + 120 + STORM_CONTEXT_PAD);
  g_assert_cmpfloat (frame->y + frame->height, ==, 300 + 120 + STORM_CONTEXT_PAD);
  g_assert_cmpstr (home_of (board, "a"), ==, "big");
  g_assert_cmpstr (home_of (board, "b"), ==, "big");
  g_assert_cmpfloat (frame_of (board, "far")->width, ==, 300);

  again = storm_edit_fit_contexts (board, ids);
  g_assert_cmpuint (storm_change_get_n_steps (again), ==, 0);
}

/* It grows around what hangs over its edge, and takes up what it comes to lie around. */
static void
test_fit_grows (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) big = storm_test_ids ("big", NULL);
  g_autoptr (GPtrArray) out = storm_test_ids ("b", NULL);

  /* Its centre is still inside, and the rest of it outside. */
  storm_test_apply (board, storm_edit_move (board, out, 535, 0, TRUE));
  g_assert_cmpstr (home_of (board, "b"), ==, "big");
  storm_test_add_sticky (board, "loose", STORM_KIND_ACTOR, "L", 1005, 250);
  storm_test_apply (board, storm_edit_fit_contexts (board, big));
  g_assert_cmpfloat (frame_of (board, "big")->x + frame_of (board, "big")->width, ==,
                     935 + 120 + STORM_CONTEXT_PAD);
  g_assert_cmpstr (home_of (board, "loose"), ==, "big");
}

static void
test_fit_empty (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (GPtrArray) ids = storm_test_ids ("c", NULL);
  g_autoptr (StormChange) change = NULL;

  storm_test_add_context (board, "c", "C", 0, 0, 500, 500);
  change = storm_edit_fit_contexts (board, ids);
  g_assert_cmpuint (storm_change_get_n_steps (change), ==, 0);
}

static void
test_around (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) one = storm_test_ids ("a", NULL);
  g_autofree char *id = NULL;
  const StormRect *frame;

  assert_undone (board, storm_edit_add_context_around (board, one, "New", NULL));
  storm_test_apply (board, storm_edit_add_context_around (board, one, "New", &id));
  frame = frame_of (board, id);
  g_assert_cmpfloat (frame->x, ==, 100 - STORM_CONTEXT_PAD);
  g_assert_cmpfloat (frame->width, ==, 120 + 2 * STORM_CONTEXT_PAD);
  g_assert_cmpstr (home_of (board, "a"), ==, id);
  g_assert_cmpstr (home_of (board, "b"), ==, "big");
}

/* A selection across contexts belongs to the new one, though it covers only parts of these. */
static void
test_around_across (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) both = storm_test_ids ("b", "c", NULL);
  g_autofree char *id = NULL;

  storm_test_apply (board, storm_edit_add_context_around (board, both, "New", &id));
  g_assert_false (storm_rect_encloses (frame_of (board, id), frame_of (board, "big")));
  g_assert_cmpstr (home_of (board, "b"), ==, id);
  g_assert_cmpstr (home_of (board, "c"), ==, id);
  g_assert_cmpstr (home_of (board, "a"), ==, "big");
}

static void
test_around_whole (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) ids = storm_test_ids ("far", "c", "b", NULL);
  g_autoptr (GPtrArray) none = storm_test_ids ("nobody", NULL);
  g_autofree char *id = NULL;

  /* "far" lies in the new one as a whole: its sticky stays in it. */
  storm_test_apply (board, storm_edit_add_context_around (board, ids, "New", &id));
  g_assert_true (storm_rect_encloses (frame_of (board, id), frame_of (board, "far")));
  g_assert_cmpstr (home_of (board, "c"), ==, "far");
  g_assert_cmpstr (home_of (board, "b"), ==, id);

  g_assert_null (storm_edit_add_context_around (board, none, "New", NULL));
}

static const char *
parent_of (StormBoard *board,
           const char *id)
{
  return storm_context_get_parent (storm_board_lookup_context (board, id));
}

static void
move (StormBoard *board,
      const char *id,
      double      dx,
      double      dy)
{
  g_autoptr (GPtrArray) ids = storm_test_ids (id, NULL);

  storm_test_apply (board, storm_edit_move (board, ids, dx, dy, TRUE));
}

/* Moved into another as a whole it becomes its child, is carried by it, and leaves it again. */
static void
test_nest (void)
{
  g_autoptr (StormBoard) board = make_board ();

  move (board, "far", -1500, 200);
  g_assert_cmpstr (parent_of (board, "far"), ==, "big");
  g_assert_cmpstr (home_of (board, "c"), ==, "far");
  g_assert_null (parent_of (board, "big"));

  move (board, "big", 10, 20);
  g_assert_cmpfloat (frame_of (board, "far")->x, ==, 510);
  g_assert_cmpfloat (storm_sticky_get_rect (storm_board_lookup_sticky (board, "c"))->x, ==, 560);
  g_assert_cmpstr (parent_of (board, "far"), ==, "big");

  move (board, "far", 400, 0);
  g_assert_null (parent_of (board, "far"));
  g_assert_cmpstr (home_of (board, "c"), ==, "far");
}

static void
test_nest_drawn (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) one = storm_test_ids ("a", NULL);
  g_autofree char *inner = NULL;
  g_autofree char *outer = NULL;
  const StormRect all = { -100, -100, 3000, 1000 };

  storm_test_apply (board, storm_edit_add_context_around (board, one, "In", &inner));
  g_assert_cmpstr (parent_of (board, inner), ==, "big");
  storm_test_apply (board, storm_edit_add_context (board, &all, "All", &outer));
  g_assert_cmpstr (parent_of (board, "big"), ==, outer);
  g_assert_cmpstr (parent_of (board, "far"), ==, outer);
  g_assert_cmpstr (parent_of (board, inner), ==, "big");
}

static void
test_nest_resized (void)
{
  g_autoptr (StormBoard) board = make_board ();

  storm_test_apply (board, storm_edit_resize (board, "big", &(StormRect) { 0, 0, 2400, 600 }));
  g_assert_cmpstr (parent_of (board, "far"), ==, "big");
  storm_test_apply (board, storm_edit_resize (board, "far", &(StormRect) { 2000, 0, 500, 300 }));
  g_assert_null (parent_of (board, "far"));
  storm_test_apply (board, storm_edit_resize (board, "far", &(StormRect) { 2000, 0, 300, 300 }));
  g_assert_cmpstr (parent_of (board, "far"), ==, "big");
  storm_test_apply (board, storm_edit_resize (board, "big", &(StormRect) { 0, 0, 900, 600 }));
  g_assert_null (parent_of (board, "far"));
}

/* What lay in it then lies in what was around it. */
static void
test_nest_removed (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) big = storm_test_ids ("big", NULL);
  g_autofree char *outer = NULL;
  const StormRect all = { -100, -100, 3000, 1000 };

  storm_test_apply (board, storm_edit_add_context (board, &all, "All", &outer));
  move (board, "far", -1500, 200);
  g_assert_cmpstr (parent_of (board, "far"), ==, "big");
  assert_undone (board, storm_edit_remove (board, big));
  storm_test_apply (board, storm_edit_remove (board, big));
  g_assert_cmpstr (parent_of (board, "far"), ==, outer);
  g_assert_cmpstr (home_of (board, "a"), ==, outer);
  g_assert_cmpstr (home_of (board, "c"), ==, "far");
}

/* An outer one is fitted around the inner ones as they will be. */
static void
test_fit_nested (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) both = storm_test_ids ("big", "far", NULL);
  const StormRect *far, *big;

  move (board, "far", -1500, 200);
  storm_test_apply (board, storm_edit_fit_contexts (board, both));
  far = frame_of (board, "far");
  big = frame_of (board, "big");
  g_assert_cmpfloat (far->width, ==, 120 + 2 * STORM_CONTEXT_PAD);
  g_assert_cmpfloat (big->x + big->width, ==, far->x + far->width + STORM_CONTEXT_PAD);
  g_assert_cmpstr (parent_of (board, "far"), ==, "big");
}

static void
fold (StormBoard *board,
      const char *id,
      gboolean    collapsed)
{
  g_autoptr (GPtrArray) ids = storm_test_ids (id, NULL);

  storm_test_apply (board, storm_edit_fold_contexts (board, ids, collapsed));
}

static void
test_fold (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) big = storm_test_ids ("big", NULL);
  g_autoptr (StormChange) change = NULL;
  g_autofree char *before = storm_test_board_dump (board);

  assert_undone (board, storm_edit_fold_contexts (board, big, TRUE));
  fold (board, "big", TRUE);
  g_assert_true (storm_context_get_collapsed (storm_board_lookup_context (board, "big")));
  g_assert_cmpfloat (frame_of (board, "big")->width, ==, 1000);
  /* A card has its size, and is fitted to nothing. */
  change = storm_edit_resize (board, "big", &(StormRect) { 0, 0, 50, 50 });
  g_assert_cmpuint (storm_change_get_n_steps (change), ==, 0);
  g_clear_pointer (&change, storm_change_unref);
  change = storm_edit_fit_contexts (board, big);
  g_assert_cmpuint (storm_change_get_n_steps (change), ==, 0);
  fold (board, "big", FALSE);
  storm_test_assert_board (board, before);
}

/* Where a collapsed context was is free board; what is put there it takes up when it comes back. */
static void
test_fold_place (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autofree char *id = NULL;

  fold (board, "big", TRUE);
  move (board, "c", -1500, 300);
  g_assert_null (home_of (board, "c"));
  storm_test_apply (board, storm_edit_add_sticky (board, STORM_KIND_EVENT,
                                                  (StormPoint) { 600, 500 }, "", &id));
  g_assert_null (home_of (board, id));
  move (board, "far", -1500, 50);
  g_assert_null (parent_of (board, "far"));

  /* Onto the card is into it, and it carries what is in it. */
  move (board, "c", -500, -300);
  g_assert_cmpstr (home_of (board, "c"), ==, "big");
  move (board, "big", 0, 7);
  g_assert_cmpfloat (storm_sticky_get_rect (storm_board_lookup_sticky (board, "a"))->y, ==, 107);
  g_assert_cmpstr (home_of (board, "a"), ==, "big");

  fold (board, "big", FALSE);
  g_assert_cmpstr (home_of (board, id), ==, "big");
  g_assert_cmpstr (parent_of (board, "far"), ==, "big");
}

static void
test_unfold_around (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (StormChange) nothing = NULL;

  move (board, "far", -1500, 200);
  fold (board, "far", TRUE);
  fold (board, "big", TRUE);
  nothing = storm_edit_unfold_around (board, "big");
  g_assert_cmpuint (storm_change_get_n_steps (nothing), ==, 0);
  storm_test_apply (board, storm_edit_unfold_around (board, "c"));
  g_assert_false (storm_context_get_collapsed (storm_board_lookup_context (board, "far")));
  g_assert_false (storm_context_get_collapsed (storm_board_lookup_context (board, "big")));
}

/* Copying a card copies what lies in it; a frame alone is a frame. */
static void
test_with_folded (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) big = storm_test_ids ("big", "a", NULL);
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) closed = NULL;

  move (board, "far", -1500, 200);
  open = storm_edit_with_folded (board, big);
  g_assert_cmpuint (open->len, ==, 2);
  fold (board, "big", TRUE);
  closed = storm_edit_with_folded (board, big);
  /* big, a, b, far, c */
  g_assert_cmpuint (closed->len, ==, 5);
}

/* A card is copied with what lies in it, which is hidden in the copy as well. */
static void
test_duplicate_card (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) big = storm_test_ids ("big", NULL);
  g_autoptr (GPtrArray) copies = NULL;
  StormContext *copy;

  fold (board, "big", TRUE);
  storm_test_apply (board, storm_edit_duplicate (board, big, 3000, 0, &copies));
  g_assert_cmpuint (copies->len, ==, 1);
  copy = storm_board_lookup_context (board, g_ptr_array_index (copies, 0));
  g_assert_true (storm_context_get_collapsed (copy));
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_stickies (board)), ==, 5);
}

/* A card is tidied up as one thing; what lies in it goes along, and keeps its places there. */
static void
test_tidy_card (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GError) error = NULL;
  StormRect card, b;

  storm_test_add_flow (board, "f", "a", "c");
  storm_test_add_sticky (board, "near", STORM_KIND_EVENT, "N", -100, 700);
  storm_test_add_flow (board, "g", "near", "b");
  move (board, "far", -1500, 200);
  fold (board, "big", TRUE);
  move (board, "near", 0, -5);
  storm_test_apply (board, storm_edit_tidy (board, NULL, &error));
  g_assert_no_error (error);
  card = *frame_of (board, "big");
  b = *storm_sticky_get_rect (storm_board_lookup_sticky (board, "b"));
  g_assert_cmpfloat (card.width, ==, 1000);
  g_assert_cmpfloat (card.height, ==, 600);
  g_assert_cmpfloat (b.x - card.x, ==, 400);
  g_assert_cmpfloat (b.y - card.y, ==, 300);
  g_assert_cmpfloat (frame_of (board, "far")->x - card.x, ==, 500);
  /* The flow into it is followed: the card stands right of where that begins. */
  g_assert_cmpfloat (storm_sticky_get_rect (storm_board_lookup_sticky (board, "near"))->x + 120, <,
                     card.x);
}

/* A removed card sets free what lay in it. */
static void
test_fold_removed (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) big = storm_test_ids ("big", NULL);

  move (board, "far", -1500, 200);
  fold (board, "big", TRUE);
  storm_test_apply (board, storm_edit_remove (board, big));
  g_assert_null (home_of (board, "a"));
  g_assert_null (parent_of (board, "far"));
  g_assert_cmpstr (home_of (board, "c"), ==, "far");
}

static void
test_swimlane (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  const StormRect *a, *b;

  storm_test_apply (board, storm_edit_add_swimlane (board, (StormPoint) { 2150, 150 }, "Sales",
                                                    &first));
  a = frame_of (board, first);
  g_assert_cmpint (storm_context_get_kind (storm_board_lookup_context (board, first)), ==,
                   STORM_CONTEXT_SWIMLANE);
  /* As wide as the board, with room for its title. */
  g_assert_cmpfloat (a->x, <=, -STORM_LANE_TITLE);
  g_assert_cmpfloat (a->x + a->width, >=, 2300);

  storm_test_apply (board, storm_edit_add_swimlane (board, (StormPoint) { 0, 0 }, "Shop", &second));
  b = frame_of (board, second);
  g_assert_cmpfloat (b->x, ==, a->x);
  g_assert_cmpfloat (b->width, ==, a->width);
  g_assert_cmpfloat (b->y, ==, a->y + a->height);

  /* It takes up what lies in it, also contexts, and carries them. */
  move (board, "far", -800, 0);
  storm_test_apply (board, storm_edit_resize (board, first, &(StormRect) { a->x, -50, a->width,
                                                                            500 }));
  g_assert_cmpstr (parent_of (board, "far"), ==, first);
  move (board, first, 0, -100);
  g_assert_cmpfloat (frame_of (board, "far")->y, ==, -100);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/edit-context/fit", test_fit);
  g_test_add_func ("/edit-context/fit-grows", test_fit_grows);
  g_test_add_func ("/edit-context/fit-empty", test_fit_empty);
  g_test_add_func ("/edit-context/fit-nested", test_fit_nested);
  g_test_add_func ("/edit-context/nest", test_nest);
  g_test_add_func ("/edit-context/nest-drawn", test_nest_drawn);
  g_test_add_func ("/edit-context/nest-resized", test_nest_resized);
  g_test_add_func ("/edit-context/nest-removed", test_nest_removed);
  g_test_add_func ("/edit-context/fold", test_fold);
  g_test_add_func ("/edit-context/fold-place", test_fold_place);
  g_test_add_func ("/edit-context/duplicate-card", test_duplicate_card);
  g_test_add_func ("/edit-context/tidy-card", test_tidy_card);
  g_test_add_func ("/edit-context/fold-removed", test_fold_removed);
  g_test_add_func ("/edit-context/unfold-around", test_unfold_around);
  g_test_add_func ("/edit-context/with-folded", test_with_folded);
  g_test_add_func ("/edit-context/swimlane", test_swimlane);
  g_test_add_func ("/edit-context/around", test_around);
  g_test_add_func ("/edit-context/around-across", test_around_across);
  g_test_add_func ("/edit-context/around-whole", test_around_whole);

  return g_test_run ();
}
