#include "config.h"

#include "storm-route-bends.h"

#include <math.h>

static const StormRect left = { 0, 0, 120, 120 };
static const StormRect right = { 600, 0, 120, 120 };

static gboolean
passes (const StormRoute *route,
        StormPoint        p)
{
  return storm_route_distance (route, p) < 1e-9;
}

static void
check_runs (const StormRoute *route)
{
  g_assert_cmpuint (route->n, >=, 2);
  g_assert_cmpuint (route->n, <=, STORM_ROUTE_MAX_POINTS);
  for (guint i = 1; i < route->n; i++)
    g_assert_true (route->points[i].x == route->points[i - 1].x ||
                   route->points[i].y == route->points[i - 1].y);
}

static gboolean
on_border (const StormRect *r,
           StormPoint       p)
{
  return ((p.x == r->x || p.x == r->x + r->width) && p.y >= r->y && p.y <= r->y + r->height) ||
         ((p.y == r->y || p.y == r->y + r->height) && p.x >= r->x && p.x <= r->x + r->width);
}

/* From border to border, through all of them, whatever they are. */
static void
test_through (void)
{
  guint missed = 0, all = 0;

  for (guint i = 0; i < 5000; i++)
    {
      StormPoint bends[STORM_ROUTE_MAX_BENDS];
      guint n = (guint) g_test_rand_int_range (1, i % 50 == 0 ? STORM_ROUTE_MAX_BENDS + 1 : 6);
      StormRoute route;

      for (guint b = 0; b < n; b++)
        bends[b] = (StormPoint) { g_test_rand_int_range (-400, 1100),
                                  g_test_rand_int_range (-400, 500) };
      storm_route_through (&left, &right, bends, n, &route);
      check_runs (&route);
      g_assert_true (on_border (&left, route.points[0]));
      g_assert_true (on_border (&right, route.points[route.n - 1]));
      /* A spur that leads there and back in one line is left out. */
      for (guint b = 0; b < n; b++)
        missed += !passes (&route, bends[b]);
      all += n;
    }
  g_assert_cmpuint (missed, <=, all / 20);
}

static void
test_one (void)
{
  const StormPoint above = { 360, -200 }, level = { 360, 90 };
  StormRoute route;

  /* Up to it, along, and down: out of the side, and in from the top. */
  storm_route_through (&left, &right, &above, 1, &route);
  check_runs (&route);
  g_assert_true (passes (&route, above));
  g_assert_cmpint (route.start, ==, STORM_SIDE_RIGHT);
  g_assert_cmpint (route.end, ==, STORM_SIDE_TOP);
  /* Straight across where the sides reach. */
  storm_route_through (&left, &right, &level, 1, &route);
  g_assert_cmpuint (route.n, ==, 2);
  g_assert_cmpfloat (route.points[0].y, ==, 90);
}

/* A route led by its own bends is the same; its ends give way when a sticky moves. */
static void
test_own_bends (void)
{
  StormRect to = { 600, 300, 120, 120 }, moved = { 630, 300, 120, 120 };
  StormPoint bends[STORM_ROUTE_MAX_POINTS];
  StormRoute plain, led;
  guint n;

  storm_route_compute (&left, &to, &plain);
  n = storm_route_pull_run (&plain, 1, plain.points[1], (StormPoint) { 0, 0 }, bends);
  g_assert_cmpuint (n, ==, 2);
  storm_route_through (&left, &to, bends, n, &led);
  g_assert_true (storm_route_equal (&plain, &led));
  storm_route_through (&left, &moved, bends, n, &led);
  check_runs (&led);
  g_assert_cmpuint (led.n, ==, 4);
  g_assert_cmpfloat (led.points[3].x, ==, plain.points[3].x);
}

static void
test_pull_run (void)
{
  StormRect to = { 260, 300, 120, 120 };
  StormPoint bends[STORM_ROUTE_MAX_POINTS];
  StormRoute route, led;
  guint n;

  storm_route_compute (&left, &to, &route);
  n = storm_route_pull_run (&route, 1, (StormPoint) { route.points[1].x, 180 },
                            (StormPoint) { -50, 33 }, bends);
  storm_route_through (&left, &to, bends, n, &led);
  check_runs (&led);
  g_assert_cmpuint (led.n, ==, 4);
  g_assert_cmpfloat (led.points[1].x, ==, route.points[1].x - 50);
  g_assert_cmpfloat (led.points[0].y, ==, route.points[0].y);
  /* A straight one bends out. */
  storm_route_compute (&left, &right, &route);
  g_assert_cmpuint (route.n, ==, 2);
  n = storm_route_pull_run (&route, 0, (StormPoint) { 300, 60 }, (StormPoint) { 7, 200 }, bends);
  g_assert_cmpuint (n, ==, 1);
  storm_route_through (&left, &right, bends, n, &led);
  check_runs (&led);
  g_assert_true (passes (&led, (StormPoint) { 300, 260 }));
}

static void
test_pull_bend (void)
{
  StormRect to = { 260, 300, 120, 120 };
  StormPoint bends[STORM_ROUTE_MAX_POINTS];
  StormRoute route, led;
  guint n;

  storm_route_compute (&left, &to, &route);
  n = storm_route_pull_bend (&route, 1, (StormPoint) { 180, 100 }, bends);
  storm_route_through (&left, &to, bends, n, &led);
  check_runs (&led);
  g_assert_true (passes (&led, (StormPoint) { 180, 100 }));
  g_assert_cmpuint (led.n, ==, 4);
  /* Of two bends none can go alone. */
  g_assert_cmpuint (storm_route_drop_bend (&led, &left, &to, 1, bends), ==, 0);
}

/* Pulled into line, bends go; the last ones, and the flow runs by itself again. */
static void
test_settle (void)
{
  StormPoint jog[] = { { 300, 60 }, { 300, 66 } };
  StormPoint corner[] = { { 200, 60 }, { 200, -200 }, { 660, -200 } };
  StormPoint many[] = { { 150, 60 }, { 150, -200 }, { 300, -200 }, { 300, -205 }, { 660, -205 } };
  StormRoute route;
  guint n;

  g_assert_cmpuint (storm_route_settle_bends (&left, &right, jog, 2), ==, 0);
  g_assert_cmpuint (storm_route_settle_bends (&left, &right, corner, 3), ==, 3);
  n = storm_route_settle_bends (&left, &right, many, 5);
  g_assert_cmpuint (n, ==, 3);
  storm_route_through (&left, &right, many, n, &route);
  check_runs (&route);
  g_assert_cmpuint (route.n, ==, 5);
}

/* One bend less, or two, and never through the ends. */
static void
test_drop (void)
{
  const StormPoint bends[] = { { 200, 60 }, { 200, -200 }, { 400, -200 }, { 400, -300 },
                               { 660, -300 } };
  StormPoint left_over[STORM_ROUTE_MAX_POINTS];
  StormRoute route, now;

  storm_route_through (&left, &right, bends, 5, &route);
  g_assert_cmpuint (route.n, ==, 7);
  for (guint i = 1; i < 6; i++)
    {
      guint n = storm_route_drop_bend (&route, &left, &right, i, left_over);

      if (n == 0)
        continue;
      storm_route_through (&left, &right, left_over, n, &now);
      check_runs (&now);
      g_assert_cmpuint (now.n, <, route.n);
      g_assert_false (storm_route_cuts (&now, &left, -1));
      g_assert_false (storm_route_cuts (&now, &right, -1));
    }
  g_assert_cmpuint (storm_route_drop_bend (&route, &left, &right, 3, left_over), >, 0);
}

/* From a context to what lies in it, and back. */
static void
test_within (void)
{
  StormRect outer = { -300, -300, 1000, 600 };
  StormRoute route;

  storm_route_within (&outer, &left, TRUE, &route);
  check_runs (&route);
  g_assert_cmpint (route.end, ==, STORM_SIDE_BOTTOM);
  g_assert_cmpfloat (route.points[0].y, ==, 300);
  g_assert_cmpfloat (route.points[1].y, ==, 120);
  storm_route_within (&outer, &left, FALSE, &route);
  /* Its head comes from above, from within. */
  g_assert_cmpint (route.end, ==, STORM_SIDE_TOP);
  g_assert_cmpfloat (route.points[1].y, ==, 300);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/route-bends/through", test_through);
  g_test_add_func ("/draw/route-bends/one", test_one);
  g_test_add_func ("/draw/route-bends/own-bends", test_own_bends);
  g_test_add_func ("/draw/route-bends/pull-run", test_pull_run);
  g_test_add_func ("/draw/route-bends/pull-bend", test_pull_bend);
  g_test_add_func ("/draw/route-bends/settle", test_settle);
  g_test_add_func ("/draw/route-bends/drop", test_drop);
  g_test_add_func ("/draw/route-bends/within", test_within);
  return g_test_run ();
}
