#include "config.h"

#include "storm-viewport.h"

#include <math.h>

static StormViewport
make (void)
{
  StormViewport v;

  storm_viewport_init (&v);
  storm_viewport_set_size (&v, 800, 600);
  return v;
}

static void
assert_near (double a,
             double b)
{
  g_assert_cmpfloat_with_epsilon (a, b, 1e-6 * MAX (1, fabs (a)));
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < 500; i++)
    {
      StormViewport v = make ();
      StormPoint at = { g_test_rand_double_range (0, 800), g_test_rand_double_range (0, 600) };
      StormPoint back;

      storm_viewport_zoom_at (&v, exp2 (g_test_rand_double_range (-8, 2)), at);
      storm_viewport_pan (&v, g_test_rand_double_range (-5000, 5000), 17);
      back = storm_viewport_to_screen (&v, storm_viewport_to_world (&v, at));
      assert_near (back.x, at.x);
      assert_near (back.y, at.y);
    }
}

static void
test_zoom_keeps_pointer (void)
{
  for (guint i = 0; i < 500; i++)
    {
      StormViewport v = make ();
      StormPoint at = { g_test_rand_double_range (0, 800), g_test_rand_double_range (0, 600) };
      StormPoint before, after;

      storm_viewport_pan (&v, g_test_rand_double_range (-1e4, 1e4), 0);
      before = storm_viewport_to_world (&v, at);
      storm_viewport_zoom_step (&v, g_test_rand_int_range (-20, 10), at);
      after = storm_viewport_to_world (&v, at);
      g_assert_cmpfloat_with_epsilon (before.x, after.x, 1e-6);
      g_assert_cmpfloat_with_epsilon (before.y, after.y, 1e-6);
    }
}

static void
test_ladder (void)
{
  double zoom = 1;

  for (guint i = 0; i < 8; i++)
    zoom = storm_zoom_step (zoom, 1);
  assert_near (zoom, 2);
  for (guint i = 0; i < 16; i++)
    zoom = storm_zoom_step (zoom, -1);
  assert_near (zoom, .5);
  assert_near (storm_zoom_step (1, 8), 2);

  /* From between two rungs, to the neighbours. */
  assert_near (storm_zoom_step (1.01, 1), exp2 (1 / 8.0));
  assert_near (storm_zoom_step (1.01, -1), 1);
  assert_near (storm_zoom_step (.99, 1), 1);
  assert_near (storm_zoom_step (.99, -1), exp2 (-1 / 8.0));

  assert_near (storm_zoom_step (STORM_ZOOM_MAX, 1), STORM_ZOOM_MAX);
  assert_near (storm_zoom_step (STORM_ZOOM_MIN, -1), STORM_ZOOM_MIN);
}

static void
test_bad_numbers (void)
{
  StormViewport v = make (), before = v;

  storm_viewport_zoom_at (&v, 2, (StormPoint) { NAN, NAN });
  storm_viewport_zoom_at (&v, NAN, (StormPoint) { 1, 1 });
  storm_viewport_pan (&v, NAN, INFINITY);
  storm_viewport_set_center (&v, (StormPoint) { NAN, 0 });
  g_assert_true (storm_viewport_equal (&v, &before));
}

static void
test_limits (void)
{
  StormViewport v = make ();
  StormPoint c;

  storm_viewport_zoom_at (&v, 1000, (StormPoint) { 0, 0 });
  assert_near (v.zoom, STORM_ZOOM_MAX);
  storm_viewport_zoom_at (&v, 1e-9, (StormPoint) { 0, 0 });
  assert_near (v.zoom, STORM_ZOOM_MIN);
  storm_viewport_pan (&v, 1e30, -1e30);
  c = storm_viewport_get_center (&v);
  assert_near (c.x, STORM_COORD_MAX);
  assert_near (c.y, -STORM_COORD_MAX);
}

static void
test_fit (void)
{
  StormViewport v = make ();
  StormRect rect = { 1000, 2000, 4000, 300 }, seen;
  StormPoint c;

  storm_viewport_fit (&v, &rect, 50, 1);
  seen = storm_viewport_get_visible (&v);
  g_assert_true (storm_rect_encloses (&seen, &rect));
  c = storm_viewport_get_center (&v);
  assert_near (c.x, 3000);
  assert_near (c.y, 2150);
  assert_near (v.zoom, 700.0 / 4000);

  rect = (StormRect) { 0, 0, 10, 10 };
  storm_viewport_fit (&v, &rect, 50, 1);
  assert_near (v.zoom, 1);
}

static void
test_fit_margins (void)
{
  StormViewport v = make ();
  StormRect wide = { 0, 0, 4000, 300 }, high = { 0, 0, 300, 4000 };

  storm_viewport_fit_margins (&v, &wide, 100, 20, 1);
  assert_near (v.zoom, 600.0 / 4000);
  storm_viewport_fit_margins (&v, &high, 100, 20, 1);
  assert_near (v.zoom, 560.0 / 4000);
}

static void
test_reveal (void)
{
  StormViewport v = make ();
  StormRect inside = { 300, 200, 100, 100 }, right = { 900, 200, 100, 100 };
  StormRect wide = { -500, 200, 3000, 100 };

  g_assert_false (storm_viewport_reveal (&v, &inside, 20));
  assert_near (v.x, 0);
  g_assert_true (storm_viewport_reveal (&v, &right, 20));
  assert_near (v.x, 1000 + 20 - 800);
  assert_near (v.y, 0);
  /* Of what is too wide, its beginning. */
  g_assert_true (storm_viewport_reveal (&v, &wide, 0));
  assert_near (v.x, -500);
}

static void
test_push (void)
{
  StormViewport v = make ();
  double at_border = storm_viewport_push (&v, (StormPoint) { v.width, v.height / 2 }).x;
  StormPoint p;

  p = storm_viewport_push (&v, (StormPoint) { v.width / 2, v.height / 2 });
  assert_near (p.x, 0);
  assert_near (p.y, 0);
  g_assert_cmpfloat (at_border, >, 0);
  p = storm_viewport_push (&v, (StormPoint) { 0, v.height });
  assert_near (p.x, -at_border);
  assert_near (p.y, at_border);
  /* Faster beyond it, but only so far. */
  p = storm_viewport_push (&v, (StormPoint) { v.width + 10, v.height / 2 });
  g_assert_cmpfloat (p.x, >, at_border);
  p = storm_viewport_push (&v, (StormPoint) { v.width + 1e6, v.height / 2 });
  assert_near (p.x, 2 * at_border);
  /* A strip has a still middle yet, and nothing has none. */
  storm_viewport_set_size (&v, 20, 600);
  assert_near (storm_viewport_push (&v, (StormPoint) { 10, 300 }).x, 0);
  v.width = 0;
  assert_near (storm_viewport_push (&v, (StormPoint) { 5, 5 }).x, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas/viewport/round-trip", test_round_trip);
  g_test_add_func ("/canvas/viewport/zoom-keeps-pointer", test_zoom_keeps_pointer);
  g_test_add_func ("/canvas/viewport/ladder", test_ladder);
  g_test_add_func ("/canvas/viewport/bad-numbers", test_bad_numbers);
  g_test_add_func ("/canvas/viewport/limits", test_limits);
  g_test_add_func ("/canvas/viewport/fit", test_fit);
  g_test_add_func ("/canvas/viewport/fit-margins", test_fit_margins);
  g_test_add_func ("/canvas/viewport/reveal", test_reveal);
  g_test_add_func ("/canvas/viewport/push", test_push);
  return g_test_run ();
}
