#include "config.h"

#include "storm-route-find.h"

#include <math.h>

typedef struct
{
  StormGrid *grid;
  StormRect  rects[64];
  guint      n;
} Board;

static void
board_add (Board     *board,
           StormRect  rect)
{
  board->rects[board->n++] = rect;
  storm_grid_insert (board->grid, &rect, NULL);
}

static gboolean
board_is_free (Board           *board,
               const StormRect *rect,
               double           gap)
{
  StormRect grown = { rect->x - gap, rect->y - gap, rect->width + 2 * gap, rect->height + 2 * gap };

  for (guint i = 0; i < board->n; i++)
    if (storm_rect_intersects (&board->rects[i], &grown))
      return FALSE;
  return TRUE;
}

/* Stickies with lanes between them, as people lay them; the first two are the ends. */
static void
board_scatter (Board  *board,
               guint   n,
               double  spread,
               double  gap)
{
  *board = (Board) { .grid = storm_grid_new () };
  for (guint tries = 0; board->n < n && tries < 2000; tries++)
    {
      StormRect rect = { round (g_test_rand_double_range (0, spread)),
                         round (g_test_rand_double_range (0, spread)),
                         g_test_rand_bit () ? 120 : 216, 120 };

      if (board_is_free (board, &rect, gap))
        board_add (board, rect);
    }
}

static void
board_clear (Board *board)
{
  storm_grid_free (board->grid);
}

static guint
board_cuts (Board            *board,
            const StormRoute *route,
            double            clear)
{
  guint cuts = 0;

  for (guint i = 2; i < board->n; i++)
    cuts += storm_route_cuts (route, &board->rects[i], clear);
  return cuts;
}

static StormRouteEnds
board_ends (Board *board)
{
  return (StormRouteEnds) { board->rects[0], board->rects[1], 0, 1 };
}

static gboolean
on_side (const StormRect *r,
         StormSide        side,
         StormPoint       p)
{
  gboolean beside = p.y >= r->y && p.y <= r->y + r->height;
  gboolean over = p.x >= r->x && p.x <= r->x + r->width;

  return side == STORM_SIDE_LEFT    ? beside && p.x == r->x
         : side == STORM_SIDE_RIGHT ? beside && p.x == r->x + r->width
         : side == STORM_SIDE_TOP   ? over && p.y == r->y
                                    : over && p.y == r->y + r->height;
}

/* From border to border, axis-aligned, outwards at both ends, and not through the ends. */
static void
check_shape (const StormRouteEnds *ends,
             const StormRoute     *route)
{
  const StormPoint *p = route->points;
  StormPoint a = p[0], b = p[1], y = p[route->n - 2], z = p[route->n - 1];
  StormPoint out = storm_side_point (&ends->from, route->start, 1);
  StormPoint in = storm_side_point (&ends->to, route->end, 1);
  StormPoint from = storm_side_point (&ends->from, route->start, 0);
  StormPoint to = storm_side_point (&ends->to, route->end, 0);

  g_assert_cmpuint (route->n, >=, 2);
  g_assert_cmpuint (route->n, <=, STORM_ROUTE_MAX_POINTS);
  g_assert_true (on_side (&ends->from, route->start, a));
  g_assert_true (on_side (&ends->to, route->end, z));
  for (guint i = 1; i < route->n; i++)
    g_assert_true ((p[i].x == p[i - 1].x) != (p[i].y == p[i - 1].y));
  g_assert_cmpfloat ((b.x - a.x) * (out.x - from.x) + (b.y - a.y) * (out.y - from.y), >, 0);
  g_assert_cmpfloat ((y.x - z.x) * (in.x - to.x) + (y.y - z.y) * (in.y - to.y), >, 0);
  g_assert_false (storm_route_cuts (route, &ends->from, -1));
  g_assert_false (storm_route_cuts (route, &ends->to, -1));
}

static void
test_plain_when_free (void)
{
  Board board = { .grid = storm_grid_new () };
  StormRouteEnds ends;
  StormRoute route, plain;

  board_add (&board, (StormRect) { 0, 0, 120, 120 });
  board_add (&board, (StormRect) { 400, 200, 120, 120 });
  board_add (&board, (StormRect) { 160, 300, 120, 120 });
  ends = board_ends (&board);
  g_assert_false (storm_route_find (board.grid, &ends, NULL, &route));
  storm_route_plain (&ends, &plain);
  g_assert_true (storm_route_equal (&route, &plain));
  board_clear (&board);
}

/* Past the one in the middle, and not further than needed. */
static void
test_past_one (void)
{
  Board board = { .grid = storm_grid_new () };
  StormRouteEnds ends;
  StormRoute route;
  StormRect bounds;

  board_add (&board, (StormRect) { 0, 0, 120, 120 });
  board_add (&board, (StormRect) { 400, 0, 120, 120 });
  board_add (&board, (StormRect) { 200, 0, 120, 120 });
  ends = board_ends (&board);
  g_assert_true (storm_route_find (board.grid, &ends, NULL, &route));
  check_shape (&ends, &route);
  g_assert_cmpuint (board_cuts (&board, &route, STORM_ROUTE_CLEAR), ==, 0);
  g_assert_cmpuint (route.n, ==, 4);
  bounds = storm_route_bounds (&route);
  g_assert_cmpfloat (bounds.height, <=, 60);
  board_clear (&board);
}

/* In a gap that is narrower than a lane should be, the flow keeps to its middle. */
static void
test_narrow_gap (void)
{
  Board board = { .grid = storm_grid_new () };
  StormRouteEnds ends;
  StormRoute route;
  gboolean in_the_middle = FALSE;

  board_add (&board, (StormRect) { 0, 0, 120, 120 });
  board_add (&board, (StormRect) { 420, 0, 120, 120 });
  for (guint i = 0; i < 4; i++)
    {
      board_add (&board, (StormRect) { 140 * i, -140, 120, 120 });
      board_add (&board, (StormRect) { 140 * i, 140, 120, 120 });
    }
  board_add (&board, (StormRect) { 140, 0, 120, 120 });
  board_add (&board, (StormRect) { 280, 0, 120, 120 });
  ends = board_ends (&board);
  storm_route_find (board.grid, &ends, NULL, &route);
  check_shape (&ends, &route);
  g_assert_cmpuint (board_cuts (&board, &route, STORM_ROUTE_CLEAR), ==, 0);
  for (guint i = 1; i < route.n; i++)
    in_the_middle |= fabs (route.points[i].y - -10) < .5 || fabs (route.points[i].y - 130) < .5;
  g_assert_true (in_the_middle);
  board_clear (&board);
}

/* Stickies in rows and columns with lanes between them, some places empty, ends anywhere. */
static void
board_lay_out (Board  *board,
               double  gap)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (StormRect));

  *board = (Board) { .grid = storm_grid_new () };
  for (guint i = 0; i < 36; i++)
    {
      StormRect rect = { i % 6 * (120 + gap), i / 6 * (120 + gap), 120, 120 };
      guint at = (guint) g_test_rand_int_range (0, (int) places->len + 1);

      g_array_insert_val (places, at, rect);
    }
  for (guint i = 0; i < 28; i++)
    board_add (board, g_array_index (places, StormRect, i));
}

/* Where there are lanes, there is always a free way. */
static void
test_rows_free (void)
{
  for (guint i = 0; i < 1000; i++)
    {
      Board board;
      StormRouteEnds ends;
      StormRoute route;

      board_lay_out (&board, 20 + i % 60);
      ends = board_ends (&board);
      storm_route_find (board.grid, &ends, NULL, &route);
      check_shape (&ends, &route);
      g_assert_cmpuint (board_cuts (&board, &route, STORM_ROUTE_CLEAR), ==, 0);
      board_clear (&board);
    }
}

/* Scattered ones leave hardly a case in which five runs are not enough. */
static void
test_random_free (void)
{
  guint around = 0, cut = 0;

  for (guint i = 0; i < 2000; i++)
    {
      Board board;
      StormRouteEnds ends;
      StormRoute route, again;

      board_scatter (&board, 3 + i % 20, 300 + 40 * (i % 20), 50);
      ends = board_ends (&board);
      around += storm_route_find (board.grid, &ends, NULL, &route);
      check_shape (&ends, &route);
      cut += board_cuts (&board, &route, STORM_ROUTE_CLEAR) > 0;
      storm_route_find (board.grid, &ends, NULL, &again);
      g_assert_true (storm_route_equal (&route, &again));
      board_clear (&board);
    }
  g_assert_cmpuint (around, >, 500);
  g_assert_cmpuint (cut, <=, around / 50);
}

/* However crowded: never worse than the plain one, and within its reach. */
static void
test_random_crowded (void)
{
  for (guint i = 0; i < 1000; i++)
    {
      Board board;
      StormRouteEnds ends;
      StormRoute route, plain;
      StormRect reach, bounds;

      board_scatter (&board, 30, 600, -30);
      ends = board_ends (&board);
      storm_route_find (board.grid, &ends, NULL, &route);
      storm_route_plain (&ends, &plain);
      g_assert_cmpuint (board_cuts (&board, &route, STORM_ROUTE_CLEAR), <=,
                        board_cuts (&board, &plain, STORM_ROUTE_CLEAR) +
                        storm_route_cuts (&plain, &ends.from, -1) +
                        storm_route_cuts (&plain, &ends.to, -1));
      reach = storm_route_reach (&ends);
      bounds = storm_route_bounds (&route);
      g_assert_true (storm_rect_encloses (&reach, &bounds));
      board_clear (&board);
    }
}

/* The order in which the stickies came to the board says nothing. */
static void
test_order (void)
{
  for (guint i = 0; i < 300; i++)
    {
      Board board;
      StormGrid *other = storm_grid_new ();
      StormRouteEnds ends;
      StormRoute a, b;

      board_scatter (&board, 16, 700, 20);
      for (guint r = board.n; r > 0; r--)
        storm_grid_insert (other, &board.rects[r - 1], NULL);
      ends = board_ends (&board);
      storm_route_find (board.grid, &ends, NULL, &a);
      storm_route_find (other, &ends, NULL, &b);
      g_assert_true (storm_route_equal (&a, &b));
      storm_grid_free (other);
      board_clear (&board);
    }
}

/* An unsteady hand: within few units the shape changes once at most, then it stays. */
static void
test_calm (void)
{
  guint changes = 0, changes_without = 0, restless = 0;

  for (guint i = 0; i < 400; i++)
    {
      Board board;
      StormRoute route, before, canonical, canonical_before;
      StormRouteEnds ends;
      StormRect home;
      guint here = 0;

      board_scatter (&board, 3 + i % 12, 700, 40);
      ends = board_ends (&board);
      home = ends.to;
      storm_route_find (board.grid, &ends, NULL, &route);
      canonical = route;
      for (guint step = 0; step < 40; step++)
        {
          ends.to.x = home.x + g_test_rand_int_range (-2, 3);
          ends.to.y = home.y + g_test_rand_int_range (-2, 3);
          storm_grid_move (board.grid, 1, &ends.to);
          before = route;
          canonical_before = canonical;
          storm_route_find (board.grid, &ends, &before, &route);
          storm_route_find (board.grid, &ends, NULL, &canonical);
          here += !storm_route_same_shape (&before, &route);
          changes_without += !storm_route_same_shape (&canonical_before, &canonical);
        }
      restless += here > 1;
      changes += here;
      board_clear (&board);
    }
  g_assert_cmpuint (restless, <=, 2);
  /* Without memory it would have flickered. */
  g_assert_cmpuint (changes_without, >, 5 * MAX (changes, 1));
}

/* Calm is not stubborn: what was free and is cut now goes around; far away all is as if new. */
static void
test_gives_way (void)
{
  Board board = { .grid = storm_grid_new () };
  StormRouteEnds ends;
  StormRoute route, now, fresh;
  guint slot;

  board_add (&board, (StormRect) { 0, 0, 120, 120 });
  board_add (&board, (StormRect) { 400, 0, 120, 120 });
  board_add (&board, (StormRect) { 200, -400, 120, 120 });
  ends = board_ends (&board);
  slot = 2;
  g_assert_false (storm_route_find (board.grid, &ends, NULL, &route));
  for (double y = -400; y <= 400; y += 8)
    {
      StormRect rect = { 200, y, 120, 120 };

      storm_grid_move (board.grid, slot, &rect);
      board.rects[2] = rect;
      storm_route_find (board.grid, &ends, &route, &now);
      g_assert_cmpuint (board_cuts (&board, &now, -5), ==, 0);
      route = now;
    }
  storm_route_find (board.grid, &ends, NULL, &fresh);
  g_assert_true (storm_route_same_shape (&route, &fresh));
  board_clear (&board);
}

/* Several between the same two stay apart on the way around, in either direction. */
static void
test_apart (void)
{
  Board board = { .grid = storm_grid_new () };
  StormRoute routes[4];

  board_add (&board, (StormRect) { 0, 0, 120, 120 });
  board_add (&board, (StormRect) { 600, 0, 120, 120 });
  board_add (&board, (StormRect) { 200, -60, 120, 120 });
  board_add (&board, (StormRect) { 400, 60, 120, 120 });
  for (guint i = 0; i < 4; i++)
    {
      StormRouteEnds ends = board_ends (&board);
      StormRect from = ends.from;

      ends.place = i;
      ends.n = 4;
      if (i % 2 == 1)
        {
          ends.from = ends.to;
          ends.to = from;
        }
      storm_route_find (board.grid, &ends, NULL, &routes[i]);
      check_shape (&ends, &routes[i]);
      for (guint j = 0; j < i; j++)
        {
          StormPoint a = routes[i].points[0], b = routes[j].points[0];
          StormPoint c = routes[j].points[routes[j].n - 1];

          if (i % 2 == j % 2)
            g_assert_cmpfloat (hypot (a.x - b.x, a.y - b.y), >=, 5);
          else
            g_assert_cmpfloat (hypot (a.x - c.x, a.y - c.y), >=, 5);
        }
    }
  board_clear (&board);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/route-find/plain-when-free", test_plain_when_free);
  g_test_add_func ("/draw/route-find/past-one", test_past_one);
  g_test_add_func ("/draw/route-find/narrow-gap", test_narrow_gap);
  g_test_add_func ("/draw/route-find/rows-free", test_rows_free);
  g_test_add_func ("/draw/route-find/random-free", test_random_free);
  g_test_add_func ("/draw/route-find/random-crowded", test_random_crowded);
  g_test_add_func ("/draw/route-find/order", test_order);
  g_test_add_func ("/draw/route-find/calm", test_calm);
  g_test_add_func ("/draw/route-find/gives-way", test_gives_way);
  g_test_add_func ("/draw/route-find/apart", test_apart);
  return g_test_run ();
}
