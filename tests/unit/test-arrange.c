#include "config.h"

#include "storm-edit-arrange.h"
#include "storm-edit-context.h"
#include "storm-edit-props.h"
#include "storm-edit.h"
#include "storm-error.h"
#include "storm-fold.h"
#include "storm-history.h"
#include "storm-test.h"

static void
assert_arranged (StormArrange     how,
                 const StormRect *before,
                 const StormRect *after,
                 guint            n)
{
  g_autofree StormRect *rects = g_memdup2 (before, n * sizeof *before);

  for (guint pass = 0; pass < 2; pass++)
    {
      storm_arrange (how, rects, n);
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpfloat (rects[i].x, ==, after[i].x);
          g_assert_cmpfloat (rects[i].y, ==, after[i].y);
          g_assert_cmpfloat (rects[i].width, ==, after[i].width);
          g_assert_cmpfloat (rects[i].height, ==, after[i].height);
        }
    }
}

static const StormRect three[] = {
  { 300, 10, 120, 120 }, { 0, 0, 216, 60 }, { 1000, 500, 90, 200 }
};

#define CASE(how, ...) \
  assert_arranged (how, three, (const StormRect[]) { __VA_ARGS__ }, G_N_ELEMENTS (three))

static void
test_align (void)
{
  CASE (STORM_ARRANGE_LEFT, { 0, 10, 120, 120 }, { 0, 0, 216, 60 }, { 0, 500, 90, 200 });
  CASE (STORM_ARRANGE_CENTER, { 485, 10, 120, 120 }, { 437, 0, 216, 60 }, { 500, 500, 90, 200 });
  CASE (STORM_ARRANGE_RIGHT, { 970, 10, 120, 120 }, { 874, 0, 216, 60 }, { 1000, 500, 90, 200 });
  CASE (STORM_ARRANGE_TOP, { 300, 0, 120, 120 }, { 0, 0, 216, 60 }, { 1000, 0, 90, 200 });
  CASE (STORM_ARRANGE_MIDDLE, { 300, 290, 120, 120 }, { 0, 320, 216, 60 },
        { 1000, 250, 90, 200 });
  CASE (STORM_ARRANGE_BOTTOM, { 300, 580, 120, 120 }, { 0, 640, 216, 60 },
        { 1000, 500, 90, 200 });
}

static void
test_spread (void)
{
  static const StormRect crowd[] = {
    { 0, 0, 120, 120 }, { 10, 0, 120, 120 }, { 100, 0, 120, 120 }
  };
  static const StormRect apart[] = {
    { 0, 0, 120, 120 }, { 50, 0, 120, 120 }, { 100, 0, 120, 120 }
  };

  /* 1090 - 426 = 664, two gaps of 332 */
  CASE (STORM_ARRANGE_SPREAD_ACROSS, { 548, 10, 120, 120 }, { 0, 0, 216, 60 },
        { 1000, 500, 90, 200 });
  CASE (STORM_ARRANGE_SPREAD_DOWN, { 300, 220, 120, 120 }, { 0, 0, 216, 60 },
        { 1000, 500, 90, 200 });
  assert_arranged (STORM_ARRANGE_SPREAD_ACROSS, crowd, apart, 3);
  /* Two have nothing between them. */
  assert_arranged (STORM_ARRANGE_SPREAD_ACROSS, three, three, 2);
}

static void
test_sizes (void)
{
  CASE (STORM_ARRANGE_SAME_WIDTH, { 300, 10, 216, 120 }, { 0, 0, 216, 60 },
        { 1000, 500, 216, 200 });
  CASE (STORM_ARRANGE_SAME_HEIGHT, { 300, 10, 120, 200 }, { 0, 0, 216, 200 },
        { 1000, 500, 90, 200 });
  CASE (STORM_ARRANGE_SAME_SIZE, { 300, 10, 216, 200 }, { 0, 0, 216, 200 },
        { 1000, 500, 216, 200 });
}

static void
test_stack (void)
{
  CASE (STORM_ARRANGE_ROW, { 256, 0, 120, 120 }, { 0, 0, 216, 60 }, { 416, 0, 90, 200 });
  CASE (STORM_ARRANGE_COLUMN, { 0, 100, 120, 120 }, { 0, 0, 216, 60 }, { 0, 260, 90, 200 });
}

/* "c" holds a and b; d and e stand outside. */
static StormBoard *
make_board (void)
{
  StormBoard *board = storm_board_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  const char * const all[] = { "a", "b", "d", "e" };

  storm_test_add_context (board, "c", "C", 0, 0, 500, 500);
  storm_test_add_sticky (board, "a", STORM_KIND_EVENT, "A", 30, 30);
  storm_test_add_sticky (board, "b", STORM_KIND_COMMAND, "B", 300, 300);
  storm_test_add_sticky (board, "d", STORM_KIND_EVENT, "D", 1000, 50);
  storm_test_add_sticky (board, "e", STORM_KIND_EVENT, "E", 800, 700);
  storm_test_add_flow (board, "f", "d", "e");
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_ptr_array_add (ids, (char *) all[i]);
  storm_test_apply (board, storm_edit_join (board, ids));
  return board;
}

static GPtrArray *
ids_of (const char *words)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (ids, g_strdup (parts[i]));
  return ids;
}

static void
assert_place (StormBoard *board,
              const char *id,
              double      x,
              double      y,
              const char *context)
{
  StormSticky *sticky = storm_board_lookup_sticky (board, id);

  g_assert_cmpfloat (storm_sticky_get_rect (sticky)->x, ==, x);
  g_assert_cmpfloat (storm_sticky_get_rect (sticky)->y, ==, y);
  g_assert_cmpstr (storm_sticky_get_context (sticky), ==, context);
}

/* One step of the history, taken back whole. */
static void
do_and_undo (StormBoard  *board,
             StormChange *change)
{
  g_autoptr (StormHistory) history = storm_history_new (board);
  g_autofree char *before = storm_test_board_dump (board);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  storm_history_do (history, change, &error);
  g_assert_no_error (error);
  after = storm_test_board_dump (board);
  g_assert_cmpstr (before, !=, after);
  storm_history_undo (history, &error);
  g_assert_no_error (error);
  g_assert_false (storm_history_can_undo (history));
  storm_test_assert_board (board, before);
  storm_history_redo (history, &error);
  g_assert_no_error (error);
  storm_test_assert_board (board, after);
  storm_change_unref (change);
}

static void
test_edit_joins (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) ids = ids_of ("a d e nobody");

  do_and_undo (board, storm_edit_arrange (board, ids, STORM_ARRANGE_LEFT));
  assert_place (board, "a", 30, 30, "c");
  assert_place (board, "d", 30, 50, "c");
  assert_place (board, "e", 30, 700, NULL);
}

/* A context carries its stickies, and nothing moves twice. */
static void
test_edit_carries (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) ids = ids_of ("c a d");

  do_and_undo (board, storm_edit_arrange (board, ids, STORM_ARRANGE_RIGHT));
  assert_place (board, "a", 650, 30, "c");
  assert_place (board, "b", 920, 300, "c");
  assert_place (board, "d", 1000, 50, "c");
  g_assert_cmpfloat (storm_context_get_rect (storm_board_lookup_context (board, "c"))->x, ==, 620);
}

static void
test_edit_sizes (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) mixed = ids_of ("c a b");
  g_autoptr (GPtrArray) contexts = ids_of ("c k");

  storm_test_apply (board, storm_edit_resize (board, "a", &(StormRect) { 30, 30, 200, 150 }));
  do_and_undo (board, storm_edit_arrange (board, mixed, STORM_ARRANGE_SAME_SIZE));
  g_assert_cmpfloat (storm_sticky_get_rect (storm_board_lookup_sticky (board, "b"))->width, ==,
                     200);
  g_assert_cmpfloat (storm_context_get_rect (storm_board_lookup_context (board, "c"))->width, ==,
                     500);

  /* What comes to lie in a context that grows belongs to it. */
  storm_test_add_context (board, "k", "K", 0, -2000, 2000, 1000);
  do_and_undo (board, storm_edit_arrange (board, contexts, STORM_ARRANGE_SAME_SIZE));
  assert_place (board, "d", 1000, 50, "c");
}

static void
test_edit_too_few (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) one = ids_of ("a f");
  g_autoptr (GPtrArray) two = ids_of ("a d");
  g_autoptr (GPtrArray) carried = ids_of ("c a b");

  for (StormArrange how = 0; how < STORM_N_ARRANGE; how++)
    {
      g_autoptr (StormChange) change = storm_edit_arrange (board, one, how);

      g_assert_cmpuint (storm_change_get_n_steps (change), ==, 0);
    }
  storm_test_apply (board, storm_edit_arrange (board, two, STORM_ARRANGE_SPREAD_DOWN));
  storm_test_apply (board, storm_edit_arrange (board, carried, STORM_ARRANGE_ROW));
  assert_place (board, "a", 30, 30, "c");
  assert_place (board, "d", 1000, 50, NULL);
}

static void
test_tidy_all (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GError) error = NULL;
  g_autoptr (StormChange) again = NULL;
  const StormRect *d, *e;

  do_and_undo (board, storm_edit_tidy (board, NULL, &error));
  d = storm_sticky_get_rect (storm_board_lookup_sticky (board, "d"));
  e = storm_sticky_get_rect (storm_board_lookup_sticky (board, "e"));
  g_assert_cmpfloat (d->x + d->width + 40, ==, e->x);
  g_assert_cmpfloat (d->y, ==, e->y);
  assert_place (board, "a", 40, 64, "c");
  assert_place (board, "b", 200, 64, "c");
  g_assert_cmpfloat (storm_context_get_rect (storm_board_lookup_context (board, "c"))->width, ==,
                     360);

  again = storm_edit_tidy (board, NULL, &error);
  g_assert_true (storm_change_apply (again, board, &error));
  g_assert_cmpuint (storm_change_get_n_steps (again), ==, 0);
}

/* Only what is selected moves; a context that must keep it grows. */
static void
test_tidy_some (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) ids = ids_of ("b d");
  g_autoptr (GPtrArray) context = ids_of ("c");
  g_autoptr (GError) error = NULL;

  storm_test_add_flow (board, "g", "d", "b");
  do_and_undo (board, storm_edit_tidy (board, ids, &error));
  assert_place (board, "a", 30, 30, "c");
  assert_place (board, "e", 800, 700, NULL);
  assert_place (board, "d", 300, 50, "c");
  assert_place (board, "b", 460, 50, "c");
  g_assert_cmpfloat (storm_context_get_rect (storm_board_lookup_context (board, "c"))->width, ==,
                     620);

  do_and_undo (board, storm_edit_tidy (board, context, &error));
  assert_place (board, "e", 800, 700, NULL);
  /* The frame grew upwards, to -14, and its corner stays there. */
  assert_place (board, "a", 40, -14 + 64, "c");
}

/* A context in a context goes along, and stays in it. */
static void
test_tidy_nested (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) outer = ids_of ("c");
  g_autoptr (GPtrArray) a = ids_of ("a");
  g_autoptr (GError) error = NULL;

  storm_test_add_context (board, "n", "N", 10, 10, 250, 250);
  storm_test_apply (board, storm_edit_join (board, a));
  assert_place (board, "a", 30, 30, "n");
  do_and_undo (board, storm_edit_tidy (board, outer, &error));
  assert_place (board, "a", 80, 128, "n");
  assert_place (board, "e", 800, 700, NULL);
  g_assert_true (storm_rect_encloses (
    storm_context_get_rect (storm_board_lookup_context (board, "c")),
    storm_context_get_rect (storm_board_lookup_context (board, "n"))));
}

static void
test_tidy_too_large (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("w%u", i);
      g_autofree char *flow = g_strdup_printf ("v%u", i);

      storm_test_add_sticky (board, id, STORM_KIND_EVENT, id, 0, 0);
      storm_test_apply (board, storm_edit_resize (board, id,
                                                  &(StormRect) { 0, 0, STORM_COORD_MAX, 200 }));
      storm_test_add_flow (board, flow, i == 0 ? "a" : i == 1 ? "w0" : "w1", id);
    }
  before = storm_test_board_dump (board);
  change = storm_edit_tidy (board, NULL, &error);
  g_assert_null (change);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_LIMIT);
  storm_test_assert_board (board, before);
}

/* Any arrangement of any board: one step, taken back whole; members of contexts lie in them. */
static void
test_random (void)
{
  for (guint seed = 1; seed <= 80; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (StormBoard) board = storm_board_new ();
      g_autoptr (StormHistory) history = storm_history_new (board);
      g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *before = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("seed %u", seed);
      for (guint i = 0; i < 30; i++)
        {
          g_autofree char *id = g_strdup_printf (i < 4 ? "c%u" : "s%u", i);
          double x = g_rand_double_range (rand, -2000, 2000);
          double y = g_rand_double_range (rand, -2000, 2000);

          if (i < 4)
            storm_test_add_context (board, id, id, x, y, 800, 800);
          else
            storm_test_add_sticky (board, id, g_rand_int_range (rand, 0, STORM_N_KINDS), id, x, y);
          if (g_rand_boolean (rand))
            g_ptr_array_add (ids, g_steal_pointer (&id));
        }
      storm_test_apply (board, storm_edit_join (board, ids));
      before = storm_test_board_dump (board);
      for (StormArrange how = 0; how <= STORM_N_ARRANGE; how++)
        {
          g_autoptr (StormChange) change =
            how < STORM_N_ARRANGE ? storm_edit_arrange (board, ids, how)
                                  : storm_edit_tidy (board, g_rand_boolean (rand) ? ids : NULL,
                                                     &error);

          g_assert_no_error (error);
          g_assert_true (storm_history_do (history, change, &error));
          for (guint i = 4; how == STORM_N_ARRANGE && i < 30; i++)
            {
              g_autofree char *id = g_strdup_printf ("s%u", i);
              StormSticky *sticky = storm_board_lookup_sticky (board, id);
              const char *context = storm_sticky_get_context (sticky);

              if (context != NULL && g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
                g_assert_true (storm_rect_encloses (
                  storm_context_get_rect (storm_board_lookup_context (board, context)),
                  storm_sticky_get_rect (sticky)));
            }
        }
      while (storm_history_can_undo (history))
        g_assert_true (storm_history_undo (history, &error));
      storm_test_assert_board (board, before);
    }
}

static double
frame_x (StormBoard *board,
         const char *id)
{
  return storm_context_get_rect (storm_board_lookup_context (board, id))->x;
}

/* A context that is aligned takes along those in it, with all that is in these, and bends. */
static void
test_edit_nested (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) all = ids_of ("n o");
  g_autoptr (GPtrArray) a = ids_of ("a");
  g_autoptr (GPtrArray) both = ids_of ("c n e");
  StormPoint bend = { 200, 200 };
  guint n;

  storm_test_add_context (board, "n", "N", 10, 10, 250, 250);
  storm_test_add_context (board, "o", "O", 20, 20, 200, 200);
  storm_test_apply (board, storm_edit_join (board, all));
  storm_test_apply (board, storm_edit_join (board, a));
  storm_test_add_flow (board, "g", "a", "b");
  storm_test_add_flow (board, "h", "a", "e");
  storm_test_apply (board, storm_edit_set_bends (board, "g", &bend, 1));
  storm_test_apply (board, storm_edit_set_bends (board, "h", &bend, 1));
  do_and_undo (board, storm_edit_arrange (board, both, STORM_ARRANGE_RIGHT));
  g_assert_cmpfloat (frame_x (board, "c"), ==, 420);
  g_assert_cmpfloat (frame_x (board, "n"), ==, 430);
  g_assert_cmpfloat (frame_x (board, "o"), ==, 440);
  assert_place (board, "a", 450, 30, "o");
  assert_place (board, "b", 720, 300, "c");
  assert_place (board, "e", 800, 700, NULL);
  g_assert_cmpstr (storm_context_get_parent (storm_board_lookup_context (board, "o")), ==, "n");
  g_assert_cmpfloat (storm_flow_get_bends (storm_board_lookup_flow (board, "g"), &n)->x, ==, 620);
  g_assert_cmpfloat (storm_flow_get_bends (storm_board_lookup_flow (board, "h"), &n)->x, ==, 200);
}

/* A card is aligned by what is seen of it, keeps its size, and what it hides goes along. */
static void
test_edit_card (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) both = ids_of ("c e");
  g_autoptr (GPtrArray) card = ids_of ("c");

  storm_test_apply (board, storm_edit_fold_contexts (board, card, TRUE));
  do_and_undo (board, storm_edit_arrange (board, both, STORM_ARRANGE_RIGHT));
  g_assert_cmpfloat (frame_x (board, "c"), ==, 920 - STORM_CARD_WIDTH);
  assert_place (board, "a", 30 + 720, 30, "c");
  g_assert_cmpfloat (storm_context_get_rect (storm_board_lookup_context (board, "c"))->width, ==,
                     500);
}

/* Bends of flows whose ends go different ways are dropped, those of the others go along. */
static void
test_tidy_bends (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GError) error = NULL;
  StormPoint bend = { 500, 600 };
  guint n;

  storm_test_apply (board, storm_edit_set_bends (board, "f", &bend, 1));
  do_and_undo (board, storm_edit_tidy (board, NULL, &error));
  g_assert_null (storm_flow_get_bends (storm_board_lookup_flow (board, "f"), &n));
  /* Nothing moves any more: what is bent by hand now stays. */
  storm_test_apply (board, storm_edit_set_bends (board, "f", &bend, 1));
  storm_test_apply (board, storm_edit_tidy (board, NULL, &error));
  g_assert_nonnull (storm_flow_get_bends (storm_board_lookup_flow (board, "f"), &n));
}

/* Locked stickies stay where they are, with nothing on them; pivotal events still divide. */
static void
test_tidy_locked (void)
{
  g_autoptr (StormBoard) board = make_board ();
  g_autoptr (GPtrArray) d = ids_of ("d");
  g_autoptr (GPtrArray) e = ids_of ("e");
  g_autoptr (GError) error = NULL;
  const StormRect *place;

  storm_test_add_sticky (board, "x", STORM_KIND_EVENT, "X", 60, 60);
  storm_test_apply (board, storm_edit_set_pivotal (board, d, TRUE));
  storm_test_apply (board, storm_edit_set_locked (board, d, TRUE));
  storm_test_apply (board, storm_edit_tidy (board, NULL, &error));
  assert_place (board, "d", 1000, 50, NULL);
  place = storm_sticky_get_rect (storm_board_lookup_sticky (board, "e"));
  g_assert_cmpfloat (place->x + place->width, <, 1000);

  storm_test_apply (board, storm_edit_move (board, e, 1500 - place->x, 0, TRUE));
  storm_test_apply (board, storm_edit_tidy (board, NULL, &error));
  g_assert_cmpfloat (storm_sticky_get_rect (storm_board_lookup_sticky (board, "e"))->x, >, 1120);
}

/* Of a selection across swimlanes each part stays in its lane. */
static void
test_tidy_some_lanes (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (GPtrArray) lanes = ids_of ("one two");
  g_autoptr (GPtrArray) ids = ids_of ("a b c");
  g_autoptr (GError) error = NULL;

  storm_test_add_context (board, "one", "1", 0, 0, 1000, 240);
  storm_test_add_context (board, "two", "2", 0, 240, 1000, 240);
  storm_test_apply (board, storm_edit_set_context_kind (board, lanes, STORM_CONTEXT_SWIMLANE));
  storm_test_add_sticky (board, "a", STORM_KIND_EVENT, "A", 200, 60);
  storm_test_add_sticky (board, "b", STORM_KIND_EVENT, "B", 400, 300);
  storm_test_add_sticky (board, "c", STORM_KIND_EVENT, "C", 200, 310);
  storm_test_apply (board, storm_edit_join (board, ids));
  storm_test_add_flow (board, "f", "a", "b");
  storm_test_apply (board, storm_edit_tidy (board, ids, &error));
  assert_place (board, "a", 200, 60, "one");
  assert_place (board, "c", 200, 300, "two");
  assert_place (board, "b", 360, 300, "two");

  storm_test_apply (board, storm_edit_tidy (board, NULL, &error));
  g_assert_cmpstr (storm_sticky_get_context (storm_board_lookup_sticky (board, "a")), ==, "one");
  g_assert_cmpfloat (storm_context_get_rect (storm_board_lookup_context (board, "two"))->y, ==,
                     storm_context_get_rect (storm_board_lookup_context (board, "one"))->y +
                     storm_context_get_rect (storm_board_lookup_context (board, "one"))->height);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arrange/align", test_align);
  g_test_add_func ("/arrange/spread", test_spread);
  g_test_add_func ("/arrange/sizes", test_sizes);
  g_test_add_func ("/arrange/stack", test_stack);
  g_test_add_func ("/arrange/edit/joins", test_edit_joins);
  g_test_add_func ("/arrange/edit/carries", test_edit_carries);
  g_test_add_func ("/arrange/edit/sizes", test_edit_sizes);
  g_test_add_func ("/arrange/edit/too-few", test_edit_too_few);
  g_test_add_func ("/arrange/tidy/all", test_tidy_all);
  g_test_add_func ("/arrange/tidy/some", test_tidy_some);
  g_test_add_func ("/arrange/tidy/nested", test_tidy_nested);
  g_test_add_func ("/arrange/tidy/too-large", test_tidy_too_large);
  g_test_add_func ("/arrange/edit/nested", test_edit_nested);
  g_test_add_func ("/arrange/edit/card", test_edit_card);
  g_test_add_func ("/arrange/tidy/bends", test_tidy_bends);
  g_test_add_func ("/arrange/tidy/locked", test_tidy_locked);
  g_test_add_func ("/arrange/tidy/some-lanes", test_tidy_some_lanes);
  g_test_add_func ("/arrange/random", test_random);
  return g_test_run ();
}
