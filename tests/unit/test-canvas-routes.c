#include "config.h"

#include <math.h>

#include "storm-edit-context.h"
#include "storm-edit.h"
#include "storm-history.h"
#include "storm-scene.h"

typedef struct
{
  StormBoard   *board;
  StormHistory *history;
  StormScene   *scene;
  GPtrArray    *ids;      /* of stickies */
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->board = storm_board_new ();
  f->history = storm_history_new (f->board);
  f->scene = storm_scene_new (f->board, NULL);
  f->ids = g_ptr_array_new_with_free_func (g_free);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_ptr_array_unref (f->ids);
  g_object_unref (f->scene);
  g_object_unref (f->history);
  g_object_unref (f->board);
}

static void
run (Fixture     *f,
     StormChange *change)
{
  g_autoptr (GError) error = NULL;

  /* A random one may have nothing to do. */
  if (change == NULL)
    return;
  storm_history_do (f->history, change, &error);
  g_assert_no_error (error);
  storm_change_unref (change);
}

static const char *
add (Fixture *f,
     double   x,
     double   y)
{
  char *id;

  run (f, storm_edit_add_sticky (f->board, STORM_KIND_EVENT, (StormPoint) { x, y }, "s", &id));
  g_ptr_array_add (f->ids, id);
  return id;
}

static StormItem *
join (Fixture    *f,
      const char *from,
      const char *to)
{
  g_autofree char *id = NULL;

  run (f, storm_edit_connect (f->board, from, to, &id));
  return id != NULL ? storm_scene_lookup (f->scene, id) : NULL;
}

static void
move (Fixture    *f,
      const char *id,
      double      dx,
      double      dy)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_ptr_array_add (ids, (gpointer) id);
  run (f, storm_edit_move (f->board, ids, dx, dy, FALSE));
}

static gboolean
cuts (StormScene *scene,
      StormItem  *flow,
      const char *id)
{
  return storm_route_cuts (flow->route, &storm_scene_lookup (scene, id)->rect, STORM_ROUTE_CLEAR);
}

/* Until the ways of many flows are found, which is done between frames. */
static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE));
}

/* However the board became what it is: its flows run as on one that was opened so. */
static void
check_as_new (Fixture *f)
{
  g_autoptr (StormScene) fresh = storm_scene_new (f->board, NULL);
  g_autoptr (GPtrArray) flows = g_ptr_array_new ();

  settle ();
  storm_scene_collect (f->scene, STORM_OBJECT_FLOW, NULL, flows);
  for (guint i = 0; i < flows->len; i++)
    {
      StormItem *item = g_ptr_array_index (flows, i);
      StormItem *other = storm_scene_lookup (fresh, storm_item_get_id (item));
      StormRect bounds = storm_route_bounds (item->route);

      g_assert_true (storm_route_equal (item->route, other->route));
      g_assert_true (storm_rect_equal (&item->rect, &bounds));
    }
}

static void
test_around (Fixture       *f,
             gconstpointer  data)
{
  const char *a = add (f, 0, 0), *b = add (f, 600, 0), *c = add (f, 300, 400);
  StormItem *flow = join (f, a, b);
  guint before = flow->place_serial;

  g_assert_cmpuint (flow->route->n, ==, 2);
  move (f, c, 0, -400);
  g_assert_false (cuts (f->scene, flow, c));
  g_assert_cmpuint (flow->place_serial, !=, before);
  before = flow->place_serial;
  /* What happens elsewhere leaves it alone. */
  add (f, 300, 3000);
  g_assert_cmpuint (flow->place_serial, ==, before);
  move (f, c, 0, 400);
  g_assert_cmpuint (flow->route->n, ==, 2);
  check_as_new (f);
}

/* A sticky that comes, goes, or comes back by an undo. */
static void
test_comes_and_goes (Fixture       *f,
                     gconstpointer  data)
{
  const char *a = add (f, 0, 0), *b = add (f, 600, 0), *c;
  StormItem *flow = join (f, a, b);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  c = add (f, 300, 0);
  g_assert_false (cuts (f->scene, flow, c));
  g_ptr_array_add (ids, (gpointer) c);
  run (f, storm_edit_remove (f->board, ids));
  g_assert_cmpuint (flow->route->n, ==, 2);
  g_assert_true (storm_history_undo (f->history, NULL));
  g_assert_false (cuts (f->scene, flow, c));
}

static void
test_random (Fixture       *f,
             gconstpointer  data)
{
  for (guint i = 0; i < 40; i++)
    add (f, g_test_rand_int_range (0, 1600), g_test_rand_int_range (0, 1200));
  for (guint i = 0; i < 400; i++)
    {
      const char *one = g_ptr_array_index (f->ids, g_test_rand_int_range (0, f->ids->len));
      const char *two = g_ptr_array_index (f->ids, g_test_rand_int_range (0, f->ids->len));
      gboolean there = storm_scene_lookup (f->scene, one) != NULL &&
                       storm_scene_lookup (f->scene, two) != NULL;
      g_autoptr (GPtrArray) ids = g_ptr_array_new ();

      g_ptr_array_add (ids, (gpointer) one);
      switch (g_test_rand_int_range (0, 8))
        {
        case 0:
        case 1:
          if (there && one != two)
            join (f, one, two);
          break;
        case 2:
          add (f, g_test_rand_int_range (0, 1600), g_test_rand_int_range (0, 1200));
          break;
        case 3:
          if (there)
            run (f, storm_edit_remove (f->board, ids));
          break;
        case 4:
          storm_history_undo (f->history, NULL);
          break;
        case 5:
          storm_scene_set_moving (f->scene, TRUE);
          for (guint step = 0; there && step < 5; step++)
            move (f, one, g_test_rand_int_range (-60, 60), g_test_rand_int_range (-60, 60));
          storm_scene_set_moving (f->scene, FALSE);
          break;
        default:
          if (there)
            move (f, one, g_test_rand_int_range (-300, 300), g_test_rand_int_range (-300, 300));
          break;
        }
      check_as_new (f);
    }
}

static guint
count_cut (Fixture   *f,
           GPtrArray *from)
{
  guint cut = 0;

  for (guint i = 0; i < from->len; i++)
    {
      StormSticky *a = storm_board_lookup_sticky (f->board, g_ptr_array_index (from, i));
      GPtrArray *flows = storm_board_get_flows_of (f->board, a);
      StormItem *flow = storm_scene_lookup (f->scene, storm_object_get_id (flows->pdata[0]));

      cut += cuts (f->scene, flow, g_ptr_array_index (f->ids, 3 * i + 2));
    }
  return cut;
}

static void
on_changed (guint *n)
{
  (*n)++;
}

/* Very many at once go straight while they move, and settle when they are let go. */
static void
test_mass (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr (GPtrArray) moving = g_ptr_array_new ();
  const char *wall = NULL;
  guint n_changed = 0;

  for (guint i = 0; i < 300; i++)
    {
      const char *a = add (f, 0, i * 200), *b = add (f, 600, i * 200);

      wall = add (f, 300, i * 200 + 20);
      join (f, a, b);
      g_ptr_array_add (moving, (gpointer) a);
    }
  g_assert_nonnull (wall);
  check_as_new (f);
  storm_scene_set_moving (f->scene, TRUE);
  run (f, storm_edit_move (f->board, moving, 0, 10, FALSE));
  g_assert_cmpuint (count_cut (f, moving), ==, 300);
  storm_scene_set_moving (f->scene, FALSE);
  check_as_new (f);

  /* A change that is complete at once, undo for example: straight first, its ends in place; the
   * ways around are found and shown soon after. */
  run (f, storm_edit_move (f->board, moving, 0, 10, FALSE));
  g_assert_cmpuint (count_cut (f, moving), ==, 300);
  g_signal_connect_swapped (f->scene, "changed", G_CALLBACK (on_changed), &n_changed);
  check_as_new (f);
  g_assert_cmpuint (n_changed, >, 0);
  g_assert_cmpuint (count_cut (f, moving), ==, 0);
  g_signal_handlers_disconnect_by_data (f->scene, &n_changed);

  /* The board may be closed before all are found. */
  run (f, storm_edit_move (f->board, moving, 0, 10, FALSE));
}

/* Whether the route of the first flow at @id leads there. */
static gboolean
leads_to (Fixture    *f,
          const char *id)
{
  GPtrArray *flows = storm_board_get_flows_of (f->board, storm_board_lookup_sticky (f->board, id));
  StormItem *flow = storm_scene_lookup (f->scene, storm_object_get_id (flows->pdata[0]));
  const StormRect *rect = &storm_scene_lookup (f->scene, id)->rect;
  const StormPoint *p = &flow->route->points[0];

  return p->x >= rect->x && p->x <= rect->x + rect->width && p->y >= rect->y &&
         p->y <= rect->y + rect->height;
}

/* While the ways of many wait to be found, the flows of each further change follow it at once, and
 * those that go away leave the others waiting. */
static void
test_waiting (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) from = g_ptr_array_new ();
  g_autoptr (GPtrArray) some = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100; i++)
    {
      const char *a = add (f, 0, i * 200), *b = add (f, 600, i * 200);

      add (f, 300, i * 200 + 20);
      join (f, a, b);
      g_ptr_array_add (from, (gpointer) a);
      if (i % 3 == 0)
        g_ptr_array_add (some, (gpointer) a);
    }
  check_as_new (f);
  run (f, storm_edit_move (f->board, from, 0, 10, FALSE));
  g_assert_cmpuint (count_cut (f, from), ==, 100);

  move (f, from->pdata[50], -900, 700);
  g_assert_true (leads_to (f, from->pdata[50]));
  g_assert_true (leads_to (f, from->pdata[51]));
  run (f, storm_edit_remove (f->board, some));
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_flows (f->board)), ==, 66);
  move (f, from->pdata[50], 200, 90);
  g_assert_true (leads_to (f, from->pdata[50]));
  check_as_new (f);

  for (guint i = 0; i < 4; i++)
    storm_history_undo (f->history, &error);
  g_assert_no_error (error);
  g_assert_true (leads_to (f, from->pdata[0]));
  check_as_new (f);
}

/* The card of a collapsed context stands in the way as a sticky does: while it is there. */
static void
test_cards (Fixture       *f,
            gconstpointer  data)
{
  const char *a = add (f, 100, 200), *b = add (f, 1100, 200), *in = add (f, 560, 700);
  StormItem *flow = join (f, a, b), *card;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  const StormRect rect = { 450, 140, 300, 700 };
  g_autofree char *context = NULL;

  run (f, storm_edit_add_context (f->board, &rect, "Kitchen", &context));
  g_ptr_array_add (ids, (char *) in);
  run (f, storm_edit_join (f->board, ids));
  check_as_new (f);
  g_assert_cmpuint (flow->route->n, ==, 2);

  g_ptr_array_index (ids, 0) = context;
  run (f, storm_edit_fold_contexts (f->board, ids, TRUE));
  card = storm_scene_lookup (f->scene, context);
  g_assert_nonnull (card->card);
  g_assert_cmpuint (flow->route->n, >, 2);
  g_assert_false (storm_route_cuts (flow->route, &card->rect, STORM_ROUTE_CLEAR));
  check_as_new (f);

  move (f, context, 0, 400);
  g_assert_cmpuint (flow->route->n, ==, 2);
  check_as_new (f);
  g_assert_true (storm_history_undo (f->history, &error));
  g_assert_cmpuint (flow->route->n, >, 2);
  check_as_new (f);
  run (f, storm_edit_fold_contexts (f->board, ids, FALSE));
  g_assert_cmpuint (flow->route->n, ==, 2);
  check_as_new (f);
  g_assert_true (storm_history_undo (f->history, &error));
  g_assert_cmpuint (flow->route->n, >, 2);
  run (f, storm_edit_remove (f->board, ids));
  g_assert_cmpuint (flow->route->n, ==, 2);
  check_as_new (f);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/canvas/routes/around", Fixture, NULL, set_up, test_around, tear_down);
  g_test_add ("/canvas/routes/comes-and-goes", Fixture, NULL, set_up, test_comes_and_goes,
              tear_down);
  g_test_add ("/canvas/routes/random", Fixture, NULL, set_up, test_random, tear_down);
  g_test_add ("/canvas/routes/waiting", Fixture, NULL, set_up, test_waiting, tear_down);
  g_test_add ("/canvas/routes/cards", Fixture, NULL, set_up, test_cards, tear_down);
  g_test_add ("/canvas/routes/mass", Fixture, NULL, set_up, test_mass, tear_down);
  return g_test_run ();
}
