#include "config.h"

#include "storm-glide.h"
#include "storm-input.h"

#include <math.h>

static void
test_press (void)
{
  /* A finger moves the board where nothing lies; mouse and pen select there. */
  g_assert_cmpint (storm_input_press (STORM_DEVICE_TOUCH, STORM_HIT_NONE, FALSE, FALSE), ==,
                   STORM_PRESS_PAN);
  g_assert_cmpint (storm_input_press (STORM_DEVICE_TOUCH, STORM_HIT_STICKY, FALSE, FALSE), ==,
                   STORM_PRESS_TOOL);
  g_assert_cmpint (storm_input_press (STORM_DEVICE_TOUCH, STORM_HIT_NONE, TRUE, FALSE), ==,
                   STORM_PRESS_TOOL);
  g_assert_cmpint (storm_input_press (STORM_DEVICE_PEN, STORM_HIT_NONE, FALSE, FALSE), ==,
                   STORM_PRESS_TOOL);
  g_assert_cmpint (storm_input_press (STORM_DEVICE_MOUSE, STORM_HIT_NONE, FALSE, FALSE), ==,
                   STORM_PRESS_TOOL);
  /* An eraser erases, but not what may only be read. */
  g_assert_cmpint (storm_input_press (STORM_DEVICE_ERASER, STORM_HIT_STICKY, FALSE, FALSE), ==,
                   STORM_PRESS_ERASE);
  g_assert_cmpint (storm_input_press (STORM_DEVICE_ERASER, STORM_HIT_STICKY, FALSE, TRUE), ==,
                   STORM_PRESS_TOOL);
}

static StormScroll
scroll (StormDevice  device,
        double       dx,
        double       dy,
        gboolean     in_steps,
        StormMods    mods,
        double      *rest)
{
  StormScroll out;

  storm_input_scroll (device, dx, dy, in_steps, mods, rest, &out);
  return out;
}

static void
test_wheel (void)
{
  double rest = 0;
  StormScroll s = scroll (STORM_DEVICE_MOUSE, 0, 1, TRUE, 0, &rest);

  g_assert_cmpfloat (s.pan.y, ==, 56);
  g_assert_cmpfloat (s.pan.x, ==, 0);
  s = scroll (STORM_DEVICE_MOUSE, 0, 1, TRUE, STORM_MOD_SHIFT, &rest);
  g_assert_cmpfloat (s.pan.x, ==, 56);
  g_assert_cmpfloat (s.pan.y, ==, 0);

  /* A click of the wheel is two rungs; a fine wheel adds up to them, and nothing else moves. */
  s = scroll (STORM_DEVICE_MOUSE, 0, -1, TRUE, STORM_MOD_CONTROL, &rest);
  g_assert_cmpint (s.steps, ==, 2);
  g_assert_cmpfloat (s.factor, ==, 1);
  g_assert_cmpfloat (s.pan.y, ==, 0);
  g_assert_cmpint (scroll (STORM_DEVICE_MOUSE, 0, -.375, TRUE, STORM_MOD_CONTROL, &rest).steps, ==,
                   0);
  g_assert_cmpint (scroll (STORM_DEVICE_MOUSE, 0, -.375, TRUE, STORM_MOD_CONTROL, &rest).steps, ==,
                   1);
  g_assert_cmpfloat (rest, ==, .5);
  /* What was begun in one zoom is not finished in the next. */
  scroll (STORM_DEVICE_MOUSE, 0, 1, TRUE, 0, &rest);
  g_assert_cmpfloat (rest, ==, 0);
}

static void
test_touchpad (void)
{
  double rest = 0;
  StormScroll s = scroll (STORM_DEVICE_TOUCHPAD, 3, -7, FALSE, 0, &rest);

  g_assert_cmpfloat (s.pan.x, ==, 3);
  g_assert_cmpfloat (s.pan.y, ==, -7);
  s = scroll (STORM_DEVICE_TOUCHPAD, 0, -160, FALSE, STORM_MOD_CONTROL, &rest);
  g_assert_cmpint (s.steps, ==, 0);
  g_assert_cmpfloat (s.factor, ==, 2);
  /* Where it says that it scrolls in steps, it is smooth nevertheless. */
  s = scroll (STORM_DEVICE_TOUCHPAD, 0, .1, TRUE, 0, &rest);
  g_assert_cmpfloat_with_epsilon (s.pan.y, 5.6, 1e-9);
  s = scroll (STORM_DEVICE_TOUCHPAD, 0, .1, TRUE, STORM_MOD_CONTROL, &rest);
  g_assert_cmpint (s.steps, ==, 0);
  g_assert_cmpfloat (s.factor, <, 1);
  g_assert_cmpfloat (s.factor, >, .9);
}

/* Whatever a driver sends, the camera stays where numbers are. */
static void
test_hostile (void)
{
  double bad[] = { NAN, INFINITY, -INFINITY, 1e300, -1e300 }, rest = 0;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    for (guint control = 0; control < 2; control++)
      {
        StormMods mods = control ? STORM_MOD_CONTROL : 0;
        StormScroll a = scroll (STORM_DEVICE_MOUSE, bad[i], bad[i], TRUE, mods, &rest);
        StormScroll b = scroll (STORM_DEVICE_TOUCHPAD, bad[i], bad[i], FALSE, mods, &rest);

        g_assert_true (isfinite (a.pan.x) && isfinite (a.pan.y) && isfinite (rest));
        g_assert_true (isfinite (b.factor) && b.factor >= 1. / 16 && b.factor <= 16);
        g_assert_cmpint (ABS (a.steps), <=, 21);
      }
}

static void
test_glide (void)
{
  StormGlide glide = { .n_samples = 0 };
  StormPoint by, sum = { 0, 0 };
  guint n = 0;
  double last = INFINITY;

  /* 10 pixels each 10 ms: 1000 a second, to the left; the camera goes to the right. */
  storm_glide_press (&glide);
  for (guint i = 0; i < 20; i++)
    storm_glide_note (&glide, (StormPoint) { 500 - 10. * i, 40 }, 10000 * (gint64) i);
  g_assert_true (storm_glide_release (&glide, 195000));
  g_assert_cmpfloat_with_epsilon (glide.velocity.x, 1000, 1e-6);
  g_assert_cmpfloat_with_epsilon (glide.velocity.y, 0, 1e-6);
  while (storm_glide_step (&glide, 1 / 60., &by))
    {
      g_assert_cmpfloat (by.x, >, 0);
      g_assert_cmpfloat (by.x, <, last);
      last = by.x;
      sum.x += by.x;
      g_assert_cmpuint (n++, <, 600);
    }
  g_assert_cmpfloat (sum.x, >, 250);
  g_assert_cmpfloat (sum.x, <, 300);
}

/* However the frames come, it goes equally far. */
static void
test_glide_frames (void)
{
  StormGlide a = { .n_samples = 0 }, b = { .n_samples = 0 };
  StormPoint by;
  double a_sum = 0, b_sum = 0;

  g_assert_true (storm_glide_set (&a, (StormPoint) { 0, 800 }));
  g_assert_true (storm_glide_set (&b, (StormPoint) { 0, 800 }));
  for (guint i = 0; i < 120; i++)
    {
      storm_glide_step (&a, .01, &by);
      a_sum += by.y;
      if (i % 4 == 0)
        {
          storm_glide_step (&b, .04, &by);
          b_sum += by.y;
        }
    }
  g_assert_cmpfloat_with_epsilon (a_sum, b_sum, 1e-6);
}

static void
test_glide_rests (void)
{
  StormGlide glide = { .n_samples = 0 };

  storm_glide_press (&glide);
  g_assert_false (storm_glide_release (&glide, 0));
  storm_glide_note (&glide, (StormPoint) { 0, 0 }, 0);
  g_assert_false (storm_glide_release (&glide, 0));
  /* Two at one moment have no speed. */
  storm_glide_note (&glide, (StormPoint) { 100, 0 }, 0);
  g_assert_false (storm_glide_release (&glide, 0));
  /* Moved, and then held still. */
  storm_glide_note (&glide, (StormPoint) { 200, 0 }, 10000);
  storm_glide_note (&glide, (StormPoint) { 300, 0 }, 20000);
  g_assert_false (storm_glide_release (&glide, 500000));
  g_assert_false (storm_glide_set (&glide, (StormPoint) { 5, 5 }));
  g_assert_false (storm_glide_set (&glide, (StormPoint) { NAN, 5 }));
  g_assert_true (storm_glide_set (&glide, (StormPoint) { 3e6, 4e6 }));
  g_assert_cmpfloat_with_epsilon (hypot (glide.velocity.x, glide.velocity.y), 6000, 1e-6);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/input/press", test_press);
  g_test_add_func ("/input/wheel", test_wheel);
  g_test_add_func ("/input/touchpad", test_touchpad);
  g_test_add_func ("/input/hostile", test_hostile);
  g_test_add_func ("/glide/slows", test_glide);
  g_test_add_func ("/glide/frames", test_glide_frames);
  g_test_add_func ("/glide/rests", test_glide_rests);
  return g_test_run ();
}
