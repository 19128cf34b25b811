#include "config.h"

#include <math.h>

#include "storm-guides.h"

static char *
describe (const StormSnap *snap)
{
  GString *out = g_string_new (NULL);

  if (snap->snapped_x)
    g_string_append_printf (out, "x%+g ", snap->dx);
  if (snap->snapped_y)
    g_string_append_printf (out, "y%+g ", snap->dy);
  for (guint i = 0; i < snap->n_lines; i++)
    g_string_append_printf (out, "%s(%g,%g %g,%g) ", snap->lines[i].gap ? "gap" : "line",
                            snap->lines[i].from.x, snap->lines[i].from.y, snap->lines[i].to.x,
                            snap->lines[i].to.y);
  return g_string_free (out, FALSE);
}

#define ASSERT_MOVE(guides, expected, ...) \
  G_STMT_START { \
    StormSnap snap_; \
    g_autofree char *text_ = NULL; \
    storm_guides_move (guides, &(StormRect) { __VA_ARGS__ }, STORM_GUIDE_BOTH, 6, &snap_); \
    text_ = describe (&snap_); \
    g_assert_cmpstr (text_, ==, expected); \
  } G_STMT_END

static void
test_edges (void)
{
  const StormRect one[] = { { 100, 100, 120, 120 } };
  g_autoptr (StormGuides) guides = storm_guides_new (one, 1);

  /* Below it and a little to the right: left and right edges are the same, which is enough. */
  ASSERT_MOVE (guides, "x-4 line(100,100 100,520) line(220,100 220,520) ",
               104, 400, 120, 120);
  /* Left edge on its right edge, for a wider one. */
  ASSERT_MOVE (guides, "x+5 line(220,100 220,460) ", 215, 400, 216, 60);
  ASSERT_MOVE (guides, "", 227, 400, 216, 60);
  ASSERT_MOVE (guides, "y+6 line(100,220 600,220) ", 500, 214, 100, 33);
  /* The centre of a wider one, in whole units. */
  ASSERT_MOVE (guides, "x-3 line(160,100 160,460) ", 55, 400, 216, 60);
  ASSERT_MOVE (guides, "x-3 line(160,100 160,460) ", 55, 400, 217, 60);
}

static void
test_slots (void)
{
  const StormRect one[] = { { 100, 100, 120, 120 } };
  g_autoptr (StormGuides) guides = storm_guides_new (one, 1);

  /* 220 + 40, the same height */
  ASSERT_MOVE (guides, "x+3 y-2 gap(220,160 260,160) line(100,100 380,100) "
               "line(100,220 380,220) ", 257, 102, 120, 120);
  /* On the left, of another height. */
  ASSERT_MOVE (guides, "x-1 gap(60,190 100,190) ", -59, 160, 120, 100);
  /* Below. */
  ASSERT_MOVE (guides, "y-1 gap(180,220 180,260) ", 140, 261, 300, 50);
  /* Not beside it at all: no slot. */
  ASSERT_MOVE (guides, "", 257, 1000, 117, 117);
}

static void
test_equal_gaps (void)
{
  const StormRect two[] = { { 0, 0, 100, 100 }, { 400, 0, 100, 100 } };
  const StormRect row[] = { { 0, 0, 100, 100 }, { 163, 0, 100, 100 } };
  g_autoptr (StormGuides) between = storm_guides_new (two, 2);
  g_autoptr (StormGuides) onward = storm_guides_new (row, 2);

  /* In the middle between two: 110 on both sides. */
  ASSERT_MOVE (between, "x-2 gap(100,65 210,65) gap(290,65 400,65) ", 212, 30, 80, 200);
  /* On at the gap of 63; and to the left of both. */
  ASSERT_MOVE (onward, "x+1 gap(263,65 326,65) gap(100,50 163,50) ", 325, 30, 80, 200);
  ASSERT_MOVE (onward, "x+2 gap(-63,65 0,65) gap(100,50 163,50) ", -145, 30, 80, 200);
}

static void
test_resize (void)
{
  const StormRect one[] = { { 500, 100, 120, 120 } };
  g_autoptr (StormGuides) guides = storm_guides_new (one, 1);
  StormSnap snap;
  g_autofree char *grow = NULL;
  g_autofree char *shrink = NULL;
  g_autofree char *tiny = NULL;

  storm_guides_resize (guides, &(StormRect) { 100, 90, 395, 127 }, STORM_CORNER_BOTTOM_RIGHT, 6,
                       &snap);
  grow = describe (&snap);
  g_assert_cmpstr (grow, ==, "x+5 y+3 line(500,90 500,220) line(100,220 620,220) ");
  storm_guides_resize (guides, &(StormRect) { 623, 96, 100, 300 }, STORM_CORNER_TOP_LEFT, 6,
                       &snap);
  shrink = describe (&snap);
  g_assert_cmpstr (shrink, ==, "x-3 y+4 line(620,100 620,396) line(500,100 723,100) ");
  /* An edge never passes the one that stays. */
  storm_guides_resize (guides, &(StormRect) { 497, 300, 2, 50 }, STORM_CORNER_TOP_LEFT, 6, &snap);
  tiny = describe (&snap);
  g_assert_cmpstr (tiny, ==, "");
}

static void
test_one_axis (void)
{
  const StormRect one[] = { { 100, 100, 120, 120 } };
  g_autoptr (StormGuides) guides = storm_guides_new (one, 1);
  StormSnap snap;

  storm_guides_move (guides, &(StormRect) { 102, 223, 120, 120 }, STORM_GUIDE_DOWN, 6, &snap);
  g_assert_false (snap.snapped_x);
  g_assert_true (snap.snapped_y);
  g_assert_cmpfloat (snap.dx, ==, 0);
  g_assert_cmpfloat (snap.dy, ==, -3);
  g_assert_cmpuint (snap.n_lines, ==, 1);
  storm_guides_move (guides, &(StormRect) { 102, 223, 120, 120 }, 0, 6, &snap);
  g_assert_cmpuint (snap.n_lines, ==, 0);
}

static void
test_nothing (void)
{
  g_autoptr (StormGuides) guides = storm_guides_new (NULL, 0);
  StormSnap snap;

  ASSERT_MOVE (guides, "", 0, 0, 120, 120);
  storm_guides_resize (guides, &(StormRect) { 0, 0, 9, 9 }, STORM_CORNER_TOP_LEFT, 6, &snap);
  g_assert_false (snap.snapped_x || snap.snapped_y);
}

/* The nearest of many wins; never farther than the reach; doing it again changes nothing. */
static void
test_random (void)
{
  for (guint seed = 1; seed <= 200; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      guint n = (guint) g_rand_int_range (rand, 1, 60);
      g_autofree StormRect *rects = g_new (StormRect, n);
      g_autoptr (StormGuides) guides = NULL;
      StormRect rect = { g_rand_int_range (rand, 0, 2000), g_rand_int_range (rand, 0, 2000), 120,
                         120 };
      double nearest = INFINITY;
      StormSnap snap, again;

      for (guint i = 0; i < n; i++)
        {
          rects[i] = (StormRect) { g_rand_int_range (rand, 0, 2000),
                                   g_rand_int_range (rand, 0, 2000),
                                   g_rand_int_range (rand, 20, 150) * 2,
                                   g_rand_int_range (rand, 20, 150) * 2 };
          nearest = MIN (nearest, fabs (rects[i].x - rect.x));
          nearest = MIN (nearest, fabs (rects[i].x - rect.x - 120));
          nearest = MIN (nearest, fabs (rects[i].x + rects[i].width - rect.x));
          nearest = MIN (nearest, fabs (rects[i].x + rects[i].width - rect.x - 120));
          nearest = MIN (nearest, fabs (rects[i].x + rects[i].width / 2 - rect.x - 60));
        }
      guides = storm_guides_new (rects, n);
      storm_guides_move (guides, &rect, STORM_GUIDE_BOTH, 8, &snap);
      g_assert_cmpfloat (fabs (snap.dx), <=, MIN (nearest, 8));
      g_assert_cmpfloat (fabs (snap.dy), <=, 8);
      if (nearest <= 8)
        g_assert_true (snap.snapped_x);
      g_assert_true (snap.n_lines > 0 || !(snap.snapped_x || snap.snapped_y));
      rect.x += snap.dx;
      rect.y += snap.dy;
      storm_guides_move (guides, &rect, STORM_GUIDE_BOTH, 8, &again);
      if (snap.snapped_x && !snap.snapped_y)
        g_assert_cmpfloat (fabs (again.dx), <, 1);
    }
}

static void
test_many (void)
{
  const guint n = 10000;
  g_autofree StormRect *rects = g_new (StormRect, n);
  g_autoptr (StormGuides) guides = NULL;
  gint64 start;
  StormSnap snap;

  for (guint i = 0; i < n; i++)
    rects[i] = (StormRect) { 160 * (i % 100), 160 * (i / 100), 120, 120 };
  start = g_get_monotonic_time ();
  guides = storm_guides_new (rects, n);
  g_test_message ("made in %" G_GINT64_FORMAT " µs", g_get_monotonic_time () - start);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 100; i++)
    storm_guides_move (guides, &(StormRect) { 803 + i, 797, 120, 120 }, STORM_GUIDE_BOTH, 6,
                       &snap);
  g_test_message ("moved in %" G_GINT64_FORMAT " µs",
                  (g_get_monotonic_time () - start) / 100);
  storm_guides_move (guides, &(StormRect) { 803, 797, 120, 120 }, STORM_GUIDE_BOTH, 6, &snap);
  g_assert_cmpfloat (snap.dx, ==, -3);
  g_assert_cmpfloat (snap.dy, ==, 3);
  g_assert_cmpuint (snap.n_lines, <=, STORM_GUIDES_MAX_LINES);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas-guides/edges", test_edges);
  g_test_add_func ("/canvas-guides/slots", test_slots);
  g_test_add_func ("/canvas-guides/equal-gaps", test_equal_gaps);
  g_test_add_func ("/canvas-guides/resize", test_resize);
  g_test_add_func ("/canvas-guides/one-axis", test_one_axis);
  g_test_add_func ("/canvas-guides/nothing", test_nothing);
  g_test_add_func ("/canvas-guides/random", test_random);
  g_test_add_func ("/canvas-guides/many", test_many);
  return g_test_run ();
}
