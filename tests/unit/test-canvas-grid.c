#include "config.h"

#include "storm-grid.h"

#define N 400

typedef struct
{
  StormRect rect;
  gboolean  used;
  guint     slot;
  guint     seen;
} Thing;

static void
on_thing (gpointer data,
          gpointer user_data)
{
  ((Thing *) data)->seen++;
}

static double
coord (void)
{
  /* Mostly near, sometimes at the ends of the board. */
  return g_test_rand_int_range (0, 10) == 0 ? g_test_rand_double_range (-1e7, 1e7)
                                            : g_test_rand_double_range (-3000, 3000);
}

static StormRect
random_rect (void)
{
  double size = g_test_rand_int_range (0, 20) == 0 ? 2e5 : 300;

  return (StormRect) { coord (), coord (), g_test_rand_double_range (0, size),
                       g_test_rand_double_range (0, size) };
}

static gboolean
touches (const StormRect *a,
         const StormRect *b)
{
  return a->x <= b->x + b->width && b->x <= a->x + a->width && a->y <= b->y + b->height &&
         b->y <= a->y + a->height;
}

static void
check (StormGrid *grid,
       Thing     *things)
{
  StormRect rect = random_rect ();

  for (guint i = 0; i < N; i++)
    things[i].seen = 0;
  storm_grid_query (grid, &rect, on_thing, NULL);
  for (guint i = 0; i < N; i++)
    g_assert_cmpuint (things[i].seen, ==,
                      things[i].used && touches (&things[i].rect, &rect) ? 1 : 0);
}

static void
test_against_brute_force (void)
{
  g_autoptr (StormGrid) grid = storm_grid_new ();
  g_autofree Thing *things = g_new0 (Thing, N);
  guint n = 0;

  for (guint round = 0; round < 6000; round++)
    {
      Thing *thing = &things[g_test_rand_int_range (0, N)];
      int action = g_test_rand_int_range (0, 4);

      if (!thing->used)
        {
          thing->rect = random_rect ();
          thing->used = TRUE;
          thing->slot = storm_grid_insert (grid, &thing->rect, thing);
          n++;
        }
      else if (action == 0)
        {
          storm_grid_remove (grid, thing->slot);
          thing->used = FALSE;
          n--;
        }
      else
        {
          thing->rect = action == 1 ? random_rect ()
                                    : (StormRect) { thing->rect.x + 3, thing->rect.y - 2,
                                                    thing->rect.width, thing->rect.height };
          storm_grid_move (grid, thing->slot, &thing->rect);
        }
      g_assert_cmpuint (storm_grid_get_n (grid), ==, n);
      if (round % 10 == 0)
        check (grid, things);
    }
}

static void
test_beyond_board (void)
{
  g_autoptr (StormGrid) grid = storm_grid_new ();
  Thing thing = { .rect = { 9.9e6, 9.9e6, 1e7, 1e7 } };
  StormRect there = { 1.9e7, 1.9e7, 10, 10 }, elsewhere = { 0, 0, 10, 10 };
  guint slot = storm_grid_insert (grid, &thing.rect, &thing);

  storm_grid_query (grid, &there, on_thing, NULL);
  g_assert_cmpuint (thing.seen, ==, 1);
  storm_grid_query (grid, &elsewhere, on_thing, NULL);
  g_assert_cmpuint (thing.seen, ==, 1);
  storm_grid_remove (grid, slot);
  storm_grid_query (grid, &there, on_thing, NULL);
  g_assert_cmpuint (thing.seen, ==, 1);
}

static void
test_point_query (void)
{
  g_autoptr (StormGrid) grid = storm_grid_new ();
  Thing a = { .rect = { 0, 0, 100, 100 } }, flat = { .rect = { 500, 50, 200, 0 } };
  StormRect spot = { 600, 50, 0, 0 };

  storm_grid_insert (grid, &a.rect, &a);
  storm_grid_insert (grid, &flat.rect, &flat);
  storm_grid_query (grid, &spot, on_thing, NULL);
  g_assert_cmpuint (a.seen, ==, 0);
  g_assert_cmpuint (flat.seen, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas/grid/brute-force", test_against_brute_force);
  g_test_add_func ("/canvas/grid/beyond-board", test_beyond_board);
  g_test_add_func ("/canvas/grid/point", test_point_query);
  return g_test_run ();
}
