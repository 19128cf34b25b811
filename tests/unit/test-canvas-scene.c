#include "config.h"

#include <math.h>

#include "storm-edit.h"
#include "storm-hit.h"
#include "storm-selection.h"
#include "storm-test.h"

typedef struct
{
  StormBoard   *board;
  StormHistory *history;
  StormScene   *scene;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->board = storm_board_new ();
  f->history = storm_history_new (f->board);
  f->scene = storm_scene_new (f->board, NULL);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_object_unref (f->scene);
  g_object_unref (f->history);
  g_object_unref (f->board);
}

static char *
add (Fixture *f,
     double   x,
     double   y)
{
  char *id;

  storm_test_run (f->history, storm_edit_add_sticky (f->board, STORM_KIND_EVENT,
                                                      (StormPoint) { x, y }, "s", &id));
  return id;
}

static char *
join (Fixture    *f,
      const char *from,
      const char *to)
{
  char *id;

  storm_test_run (f->history, storm_edit_connect (f->board, from, to, &id));
  return id;
}

static GPtrArray *
ids_of (const char *first,
        const char *second)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (ids, g_strdup (first));
  if (second != NULL)
    g_ptr_array_add (ids, g_strdup (second));
  return ids;
}

static void
test_follows_board (Fixture       *f,
                    gconstpointer  data)
{
  g_autofree char *a = add (f, 0, 0);
  g_autofree char *b = add (f, 400, 0);
  g_autofree char *flow = join (f, a, b);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GPtrArray) ids = ids_of (a, NULL);
  StormRect near_a = { -10, -10, 20, 20 }, far = { 0, 900, 100, 100 };
  StormItem *item = storm_scene_lookup (f->scene, flow);
  guint serial = storm_scene_get_serial (f->scene);

  storm_scene_collect (f->scene, STORM_OBJECT_STICKY, &near_a, items);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_cmpstr (storm_item_get_id (g_ptr_array_index (items, 0)), ==, a);

  storm_test_run (f->history, storm_edit_move (f->board, ids, 0, 900, FALSE));
  g_assert_cmpuint (storm_scene_get_serial (f->scene), >, serial);
  storm_scene_collect (f->scene, STORM_OBJECT_STICKY, &near_a, items);
  g_assert_cmpuint (items->len, ==, 0);
  storm_scene_collect (f->scene, STORM_OBJECT_STICKY, &far, items);
  g_assert_cmpuint (items->len, ==, 1);
  /* Its flow has found another way. */
  g_assert_cmpfloat (item->rect.height, ==, 900);

  storm_test_run (f->history, storm_edit_remove (f->board, ids));
  g_assert_null (storm_scene_lookup (f->scene, a));
  g_assert_null (storm_scene_lookup (f->scene, flow));
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_nonnull (storm_scene_lookup (f->scene, flow));
}

static void
test_order (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *a = add (f, 0, 0);
  g_autofree char *b = add (f, 10, 0);
  g_autofree char *c = add (f, 20, 0);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GPtrArray) some = g_ptr_array_new ();
  g_autoptr (GPtrArray) ids = ids_of (a, NULL);
  StormRect view = { -100, -100, 300, 300 };

  storm_test_run (f->history, storm_edit_reorder (f->board, ids, STORM_Z_TO_FRONT));
  storm_scene_collect (f->scene, STORM_OBJECT_STICKY, NULL, all);
  storm_scene_collect (f->scene, STORM_OBJECT_STICKY, &view, some);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpuint (some->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_true (g_ptr_array_index (all, i) == g_ptr_array_index (some, i));
  g_assert_cmpstr (storm_item_get_id (g_ptr_array_index (all, 2)), ==, a);
  /* The uppermost is hit. */
  g_assert_cmpstr (storm_item_get_id (storm_hit_sticky (f->scene, (StormPoint) { 15, 0 })), ==, a);
  g_assert_cmpstr (storm_item_get_id (storm_hit_sticky (f->scene, (StormPoint) { 75, 0 })), ==, c);
  g_assert_null (storm_hit_sticky (f->scene, (StormPoint) { 200, 0 }));
  g_assert_nonnull (b);
}

/* Both ways of collecting, by cells and by one pass, agree. */
static void
test_collect_agrees (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; i < 300; i++)
    g_free (add (f, g_test_rand_double_range (-8000, 8000),
                 g_test_rand_double_range (-8000, 8000)));
  storm_scene_collect (f->scene, STORM_OBJECT_STICKY, NULL, all);
  g_assert_cmpuint (all->len, ==, 300);
  for (guint round = 0; round < 200; round++)
    {
      double size = g_test_rand_double_range (10, 12000);
      StormRect r = { g_test_rand_double_range (-9000, 9000),
                      g_test_rand_double_range (-9000, 9000), size, size };
      guint n = 0;

      storm_scene_collect (f->scene, STORM_OBJECT_STICKY, &r, items);
      for (guint i = 0; i < all->len; i++)
        {
          StormItem *item = g_ptr_array_index (all, i);

          if (!storm_rect_intersects (&item->rect, &r))
            continue;
          g_assert_cmpuint (n, <, items->len);
          g_assert_true (g_ptr_array_index (items, n) == item);
          n++;
        }
      g_assert_cmpuint (n, ==, items->len);
    }
}

static StormHitPart
hit (Fixture             *f,
     const StormViewport *view,
     const StormHitState *state,
     double               x,
     double               y)
{
  StormHit out;

  storm_hit_test (f->scene, view, state, (StormPoint) { x, y }, &out);
  return out.part;
}

static void
test_hit (Fixture       *f,
          gconstpointer  data)
{
  g_autofree char *a = add (f, 160, 160);
  g_autofree char *b = add (f, 460, 160);
  g_autofree char *flow = join (f, a, b);
  g_autofree char *frame = NULL;
  StormRect rect = { 20, 40, 700, 400 };
  StormHitState none = { NULL, NULL }, state;
  StormViewport view = { 0, 0, 1, 800, 600 };

  storm_test_run (f->history, storm_edit_add_context (f->board, &rect, "c", &frame));
  state = (StormHitState) { storm_scene_lookup (f->scene, a), storm_scene_lookup (f->scene, a) };

  g_assert_cmpint (hit (f, &view, &none, 160, 160), ==, STORM_HIT_STICKY);
  g_assert_cmpint (hit (f, &view, &none, 310, 163), ==, STORM_HIT_FLOW);
  g_assert_cmpint (hit (f, &view, &none, 310, 190), ==, STORM_HIT_NONE);
  g_assert_cmpint (hit (f, &view, &none, 20, 300), ==, STORM_HIT_CONTEXT);
  g_assert_cmpint (hit (f, &view, &none, 120, 55), ==, STORM_HIT_CONTEXT);
  g_assert_cmpint (hit (f, &view, &none, 120, 300), ==, STORM_HIT_NONE);
  g_assert_cmpint (hit (f, &view, &none, 790, 590), ==, STORM_HIT_NONE);

  /* Handles exist only where they are shown, and lie above everything. */
  g_assert_cmpint (hit (f, &view, &none, 100, 100), ==, STORM_HIT_STICKY);
  g_assert_cmpint (hit (f, &view, &state, 100, 100), ==, STORM_HIT_RESIZE);
  g_assert_cmpint (hit (f, &view, &state, 220 + STORM_CONNECT_OUT, 160), ==, STORM_HIT_CONNECT);
  g_assert_cmpint (hit (f, &view, &none, 220 + STORM_CONNECT_OUT, 160), ==, STORM_HIT_FLOW);

  /* From far away they would only be in the way. */
  storm_viewport_zoom_at (&view, .2, (StormPoint) { 0, 0 });
  g_assert_cmpint (hit (f, &view, &state, 100 * .2, 100 * .2), ==, STORM_HIT_STICKY);
}

static void
on_changed (guint *n)
{
  (*n)++;
}

static void
test_selection (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *a = add (f, 0, 0);
  g_autofree char *b = add (f, 400, 0);
  g_autoptr (StormSelection) selection = storm_selection_new (f->board);
  g_autoptr (GPtrArray) both = ids_of (b, a);
  g_autoptr (GPtrArray) one = ids_of (a, NULL);
  guint n = 0;

  g_signal_connect_swapped (selection, "changed", G_CALLBACK (on_changed), &n);
  storm_selection_set (selection, both);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (storm_selection_get_n (selection), ==, 2);
  g_assert_cmpstr (g_ptr_array_index (storm_selection_get_ids (selection), 0), ==, b);
  g_assert_null (storm_selection_get_single (selection));
  storm_selection_set (selection, both);
  g_assert_cmpuint (n, ==, 1);

  storm_selection_toggle (selection, b);
  g_assert_cmpuint (n, ==, 2);
  g_assert_false (storm_selection_contains (selection, b));
  g_assert_cmpstr (storm_object_get_id (storm_selection_get_single (selection)), ==, a);
  storm_selection_add (selection, a);
  storm_selection_add (selection, "no such thing");
  g_assert_cmpuint (n, ==, 2);

  /* Its own array may be handed back; what is removed leaves by itself. */
  storm_selection_set (selection, storm_selection_get_ids (selection));
  g_assert_cmpuint (storm_selection_get_n (selection), ==, 1);
  storm_test_run (f->history, storm_edit_remove (f->board, one));
  g_assert_cmpuint (storm_selection_get_n (selection), ==, 0);
  g_assert_cmpuint (n, ==, 3);
  storm_selection_set_one (selection, b);
  storm_selection_set_one (selection, NULL);
  g_assert_cmpuint (n, ==, 5);
}

static double
height_of (Fixture    *f,
           const char *id)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  /* Collecting is when a board that changed its flows' ends is looked at again. */
  storm_scene_collect (f->scene, STORM_OBJECT_FLOW, NULL, items);
  return storm_scene_lookup (f->scene, id)->route->points[0].y;
}

/* There and back again: two lines, 20 apart; alone each is in the middle. */
static void
test_flows_beside (Fixture       *f,
                   gconstpointer  data)
{
  g_autofree char *a = add (f, 100, 100);
  g_autofree char *b = add (f, 400, 100);
  g_autofree char *c = add (f, 700, 100);
  g_autofree char *there = join (f, a, b);
  g_autofree char *on = join (f, b, c);
  g_autofree char *back = NULL;
  StormChange *change;

  g_assert_cmpfloat (height_of (f, there), ==, 100);
  back = join (f, b, a);
  g_assert_cmpfloat (fabs (height_of (f, there) - height_of (f, back)), ==, 20);
  g_assert_cmpfloat (height_of (f, there) + height_of (f, back), ==, 200);
  g_assert_cmpfloat (height_of (f, on), ==, 100);

  /* They go on beside each other when a sticky moves. */
  change = storm_change_new (NULL);
  storm_change_set (change, b, STORM_PROP_RECT, g_variant_new ("(dddd)", 340., 60., 120., 120.));
  storm_test_run (f->history, change);
  g_assert_cmpfloat (height_of (f, there) + height_of (f, back), ==, 220);

  /* Another end: nothing is beside the first, and two are beside each other elsewhere. */
  change = storm_change_new (NULL);
  storm_change_set (change, back, STORM_PROP_TO, g_variant_new_string (c));
  storm_test_run (f->history, change);
  g_assert_cmpfloat (height_of (f, there), ==, 110);
  g_assert_cmpfloat (fabs (height_of (f, on) - height_of (f, back)), ==, 20);

  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_cmpfloat (height_of (f, there) + height_of (f, back), ==, 220);
  g_assert_cmpfloat (height_of (f, on), ==, 110);
  change = storm_change_new (NULL);
  storm_change_remove (change, storm_board_lookup (f->board, back));
  storm_test_run (f->history, change);
  g_assert_cmpfloat (height_of (f, there), ==, 110);

  /* With a sticky go all its flows. */
  change = storm_change_new (NULL);
  storm_change_remove (change, storm_board_lookup (f->board, there));
  storm_change_remove (change, storm_board_lookup (f->board, a));
  storm_test_run (f->history, change);
  g_assert_null (storm_scene_lookup (f->scene, there));
  g_assert_cmpfloat (height_of (f, on), ==, 110);
}

/* What goes in one step is told once, or a large undo would cost its square. */
static void
test_once (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr (StormSelection) selection = storm_selection_new (f->board);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *kept = add (f, -500, 0);
  guint n_selection = 0, n_scene = 0;

  for (guint i = 0; i < 9; i++)
    g_ptr_array_add (ids, add (f, i * 200, 0));
  storm_selection_set (selection, ids);
  storm_selection_add (selection, kept);
  g_signal_connect_swapped (selection, "changed", G_CALLBACK (on_changed), &n_selection);
  g_signal_connect_swapped (f->scene, "changed", G_CALLBACK (on_changed), &n_scene);

  storm_test_run (f->history, storm_edit_move (f->board, ids, 10, 0, FALSE));
  g_assert_cmpuint (n_scene, ==, 1);
  g_assert_cmpuint (n_selection, ==, 0);
  storm_test_run (f->history, storm_edit_remove (f->board, ids));
  g_assert_cmpuint (n_scene, ==, 2);
  g_assert_cmpuint (n_selection, ==, 1);
  g_assert_cmpuint (storm_selection_get_n (selection), ==, 1);
  g_assert_cmpstr (g_ptr_array_index (storm_selection_get_ids (selection), 0), ==, kept);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/canvas/scene/follows-board", Fixture, NULL, set_up, test_follows_board, tear_down);
  g_test_add ("/canvas/scene/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/canvas/scene/collect", Fixture, NULL, set_up, test_collect_agrees, tear_down);
  g_test_add ("/canvas/scene/flows-beside", Fixture, NULL, set_up, test_flows_beside, tear_down);
  g_test_add ("/canvas/hit", Fixture, NULL, set_up, test_hit, tear_down);
  g_test_add ("/canvas/once", Fixture, NULL, set_up, test_once, tear_down);
  g_test_add ("/canvas/selection", Fixture, NULL, set_up, test_selection, tear_down);
  return g_test_run ();
}
