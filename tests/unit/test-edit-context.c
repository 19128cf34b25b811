#include "config.h"

#include "storm-edit.h"
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

static GPtrArray *
ids_of (const char *first,
        ...)
{
  GPtrArray *ids = g_ptr_array_new ();
  va_list args;

  va_start (args, first);
  for (const char *id = first; id != NULL; id = va_arg (args, const char *))
    g_ptr_array_add (ids, (char *) id);
  va_end (args);

  return ids;
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
  g_autoptr (GPtrArray) ids = ids_of ("big", "a", "nobody", NULL);
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
  g_autoptr (GPtrArray) big = ids_of ("big", NULL);
  g_autoptr (GPtrArray) out = ids_of ("b", NULL);

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
  g_autoptr (GPtrArray) ids = ids_of ("c", NULL);
  g_autoptr (StormChange) change = NULL;

  storm_test_add_context (board, "c", "C", 0, 0, 500, 500);
  change = storm_edit_fit_contexts (board, ids);
  g_assert_cmpuint (storm_change_get_n_steps (change), ==, 0);
}

static void
test_around (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) one = ids_of ("a", NULL);
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
  g_autoptr (GPtrArray) both = ids_of ("b", "c", NULL);
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
  g_autoptr (GPtrArray) ids = ids_of ("far", "c", "b", NULL);
  g_autoptr (GPtrArray) none = ids_of ("nobody", NULL);
  g_autofree char *id = NULL;

  /* "far" lies in the new one as a whole: its sticky stays in it. */
  storm_test_apply (board, storm_edit_add_context_around (board, ids, "New", &id));
  g_assert_true (storm_rect_encloses (frame_of (board, id), frame_of (board, "far")));
  g_assert_cmpstr (home_of (board, "c"), ==, "far");
  g_assert_cmpstr (home_of (board, "b"), ==, id);

  g_assert_null (storm_edit_add_context_around (board, none, "New", NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/edit-context/fit", test_fit);
  g_test_add_func ("/edit-context/fit-grows", test_fit_grows);
  g_test_add_func ("/edit-context/fit-empty", test_fit_empty);
  g_test_add_func ("/edit-context/around", test_around);
  g_test_add_func ("/edit-context/around-across", test_around_across);
  g_test_add_func ("/edit-context/around-whole", test_around_whole);

  return g_test_run ();
}
