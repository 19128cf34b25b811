#include "config.h"

#include "storm-route.h"

#include <math.h>
#include <string.h>

static StormRect
random_rect (double spread)
{
  return (StormRect) { g_test_rand_double_range (-spread, spread),
                       g_test_rand_double_range (-spread, spread),
                       g_test_rand_double_range (40, 240), g_test_rand_double_range (40, 240) };
}

static gboolean
on_side (const StormRect *r,
         StormSide        side,
         StormPoint       p)
{
  switch (side)
    {
    case STORM_SIDE_LEFT:
      return p.x == r->x && p.y >= r->y && p.y <= r->y + r->height;
    case STORM_SIDE_RIGHT:
      return p.x == r->x + r->width && p.y >= r->y && p.y <= r->y + r->height;
    case STORM_SIDE_TOP:
      return p.y == r->y && p.x >= r->x && p.x <= r->x + r->width;
    case STORM_SIDE_BOTTOM:
    default:
      return p.y == r->y + r->height && p.x >= r->x && p.x <= r->x + r->width;
    }
}

/* Whether the run from @a to @b passes through the inside of @r. */
static gboolean
crosses (const StormRect *r,
         StormPoint       a,
         StormPoint       b)
{
  const double e = 1e-6;

  return MIN (a.x, b.x) < r->x + r->width - e && MAX (a.x, b.x) > r->x + e &&
         MIN (a.y, b.y) < r->y + r->height - e && MAX (a.y, b.y) > r->y + e;
}

static void
check_shape (const StormRect  *from,
             const StormRect  *to,
             const StormRoute *route)
{
  StormPoint last = route->points[route->n - 1], before = route->points[route->n - 2];
  gboolean sideways = route->end == STORM_SIDE_LEFT || route->end == STORM_SIDE_RIGHT;

  g_assert_cmpuint (route->n, >=, 2);
  g_assert_cmpuint (route->n, <=, STORM_ROUTE_MAX_POINTS);
  g_assert_true (on_side (from, route->start, route->points[0]));
  g_assert_true (on_side (to, route->end, last));
  for (guint i = 1; i < route->n; i++)
    g_assert_true (route->points[i].x == route->points[i - 1].x ||
                   route->points[i].y == route->points[i - 1].y);
  /* The head stands upright on the side that it enters, and comes from outside. */
  if (sideways)
    g_assert_true (before.y == last.y);
  else
    g_assert_true (before.x == last.x);
  if (route->end == STORM_SIDE_LEFT)
    g_assert_cmpfloat (before.x, <, last.x);
  else if (route->end == STORM_SIDE_RIGHT)
    g_assert_cmpfloat (before.x, >, last.x);
  else if (route->end == STORM_SIDE_TOP)
    g_assert_cmpfloat (before.y, <, last.y);
  else
    g_assert_cmpfloat (before.y, >, last.y);
}

static void
test_properties (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      StormRect from = random_rect (400), to = random_rect (400);
      StormRoute route, again;

      storm_route_compute (&from, &to, &route);
      storm_route_compute (&from, &to, &again);
      g_assert_true (storm_route_equal (&route, &again));
      check_shape (&from, &to, &route);
      /* A flow that goes around leaves and enters on the same side, and may pass over an end. */
      if (storm_rect_intersects (&from, &to) || route.start == route.end)
        continue;
      for (guint p = 1; p < route.n; p++)
        {
          g_assert_false (crosses (&from, route.points[p - 1], route.points[p]));
          g_assert_false (crosses (&to, route.points[p - 1], route.points[p]));
        }
    }
}

static void
test_straight (void)
{
  StormRect from = { 0, 0, 120, 120 }, to = { 200, 20, 120, 120 };
  StormRoute route;

  storm_route_compute (&from, &to, &route);
  g_assert_cmpuint (route.n, ==, 2);
  g_assert_cmpint (route.start, ==, STORM_SIDE_RIGHT);
  g_assert_cmpint (route.end, ==, STORM_SIDE_LEFT);
  g_assert_cmpfloat (route.points[0].y, ==, 70);

  to = (StormRect) { 20, -300, 120, 120 };
  storm_route_compute (&from, &to, &route);
  g_assert_cmpuint (route.n, ==, 2);
  g_assert_cmpint (route.start, ==, STORM_SIDE_TOP);
  g_assert_cmpint (route.end, ==, STORM_SIDE_BOTTOM);
}

static void
test_reading_direction (void)
{
  StormRect from = { 400, 0, 120, 120 }, next = { 600, 200, 120, 120 };
  StormRect back = { 200, 200, 120, 120 };
  StormRoute route;

  /* To the next column through the lane between the columns. */
  storm_route_compute (&from, &next, &route);
  g_assert_cmpint (route.start, ==, STORM_SIDE_RIGHT);
  g_assert_cmpint (route.end, ==, STORM_SIDE_LEFT);
  g_assert_cmpfloat (route.points[1].x, ==, 560);
  /* Back through the lane between the rows. */
  storm_route_compute (&from, &back, &route);
  g_assert_cmpint (route.start, ==, STORM_SIDE_BOTTOM);
  g_assert_cmpint (route.end, ==, STORM_SIDE_TOP);
  g_assert_cmpfloat (route.points[1].y, ==, 160);
}

static void
test_around (void)
{
  StormRect from = { 0, 0, 120, 120 }, to = { 100, 10, 120, 120 }, same = { 5, 5, 120, 120 };
  StormRoute route;

  storm_route_compute (&from, &to, &route);
  g_assert_cmpint (route.start, ==, STORM_SIDE_TOP);
  g_assert_cmpfloat (route.points[1].y, ==, -STORM_ROUTE_STUB);
  storm_route_compute (&from, &same, &route);
  g_assert_cmpint (route.start, ==, STORM_SIDE_RIGHT);
  g_assert_cmpfloat (route.points[1].x, ==, 125 + STORM_ROUTE_STUB);
}

static gboolean
runs_cross (const StormRoute *a,
            const StormRoute *b)
{
  for (guint i = 1; i < a->n; i++)
    for (guint j = 1; j < b->n; j++)
      {
        StormPoint p = a->points[i - 1], q = a->points[i], r = b->points[j - 1], s = b->points[j];

        /* Closed: what only touches or lies on the other is as bad. */
        if (MIN (p.x, q.x) <= MAX (r.x, s.x) && MIN (r.x, s.x) <= MAX (p.x, q.x) &&
            MIN (p.y, q.y) <= MAX (r.y, s.y) && MIN (r.y, s.y) <= MAX (p.y, q.y))
          return TRUE;
      }
  return FALSE;
}

static void
test_apart (void)
{
  StormRect from = { 0, 0, 120, 120 };
  const StormRect ends[] = {
    { 300, 0, 120, 120 }, { 300, 300, 120, 120 }, { 300, -300, 120, 120 },
    { -300, 300, 120, 120 }, { -300, -300, 120, 120 }, { 0, 300, 120, 120 },
    { 140, 300, 120, 120 }, { 60, 10, 120, 120 }, { -60, 10, 120, 120 }, { 5, 30, 120, 120 },
  };

  for (guint e = 0; e < G_N_ELEMENTS (ends); e++)
    {
      StormRoute routes[3];

      for (guint i = 0; i < 3; i++)
        {
          storm_route_compute (&from, &ends[e], &routes[i]);
          storm_route_tell_apart (&routes[i], &from, &ends[e], i, 3);
          check_shape (&from, &ends[e], &routes[i]);
          for (guint j = 0; j < i; j++)
            g_assert_false (runs_cross (&routes[i], &routes[j]));
        }
    }
}

/* Alone it stays; many share what room there is, and none leaves the sides. */
static void
test_apart_room (void)
{
  StormRect from = { 0, 0, 120, 120 }, to = { 300, 80, 120, 120 };
  StormRoute alone, route;

  storm_route_compute (&from, &to, &alone);
  route = alone;
  storm_route_tell_apart (&route, &from, &to, 0, 1);
  g_assert_true (storm_route_equal (&route, &alone));
  for (guint i = 0; i < 50; i++)
    {
      route = alone;
      storm_route_tell_apart (&route, &from, &to, i, 50);
      g_assert_cmpfloat (route.points[0].y, >=, 80 + 8);
      g_assert_cmpfloat (route.points[0].y, <=, 120 - 8);
      check_shape (&from, &to, &route);
    }
  route = alone;
  storm_route_tell_apart (&route, &from, &to, 1, 2);
  g_assert_cmpfloat (route.points[0].y, ==, alone.points[0].y + 10);
}

static void
test_measures (void)
{
  StormRect from = { 0, 0, 100, 100 }, to = { 200, 300, 100, 100 }, bounds;
  StormRoute route;
  StormPoint label;

  storm_route_compute (&from, &to, &route);
  bounds = storm_route_bounds (&route);
  g_assert_cmpfloat (bounds.x, ==, 100);
  g_assert_cmpfloat (bounds.width, ==, 100);
  g_assert_cmpfloat (bounds.height, ==, 300);
  label = storm_route_label_point (&route, 0, 1);
  g_assert_cmpfloat (label.x, ==, 160);
  g_assert_cmpfloat (label.y, ==, 200);
  g_assert_cmpfloat (storm_route_distance (&route, label), ==, 0);
  g_assert_cmpfloat (storm_route_distance (&route, (StormPoint) { 164, 200 }), ==, 4);
  g_assert_cmpfloat (storm_route_distance (&route, (StormPoint) { 97, 54 }), ==, 5);
}

/* Words are about as wide as three stickies' gaps, and as high as a line. */
static void
test_labels_apart (void)
{
  const StormRect above = { 0, 0, 120, 120 }, below = { 0, 300, 120, 120 };
  const StormRect right = { 400, 0, 120, 120 };
  StormRoute route;
  StormPoint first, second;

  storm_route_compute (&above, &below, &route);
  storm_route_tell_apart (&route, &above, &below, 0, 2);
  first = storm_route_label_point (&route, 0, 2);
  /* The other one leads back: up, in the lane beside it. */
  storm_route_compute (&below, &above, &route);
  storm_route_tell_apart (&route, &below, &above, 1, 2);
  second = storm_route_label_point (&route, 1, 2);
  g_assert_cmpfloat (fabs (second.y - first.y), >, 20);
  g_assert_cmpfloat (storm_route_distance (&route, second), ==, 0);

  /* Side by side they are in lines of their own already. */
  storm_route_compute (&above, &right, &route);
  storm_route_tell_apart (&route, &above, &right, 0, 2);
  first = storm_route_label_point (&route, 0, 2);
  storm_route_compute (&above, &right, &route);
  storm_route_tell_apart (&route, &above, &right, 1, 2);
  second = storm_route_label_point (&route, 1, 2);
  g_assert_cmpfloat (first.x, ==, second.x);
  g_assert_cmpfloat (second.y - first.y, ==, 20);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/route/properties", test_properties);
  g_test_add_func ("/draw/route/straight", test_straight);
  g_test_add_func ("/draw/route/reading-direction", test_reading_direction);
  g_test_add_func ("/draw/route/around", test_around);
  g_test_add_func ("/draw/route/apart", test_apart);
  g_test_add_func ("/draw/route/apart-room", test_apart_room);
  g_test_add_func ("/draw/route/measures", test_measures);
  g_test_add_func ("/draw/route/labels-apart", test_labels_apart);
  return g_test_run ();
}
