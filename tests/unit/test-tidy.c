#include "config.h"

#include "storm-tidy-test.h"

static void
test_chain (void)
{
  g_auto (Case) c = new_case (4, 0);

  /* From right to left, askew, one over the other; the widest in the middle. */
  put (&c, 0, 900, 10, 120, 120, -1);
  put (&c, 1, 850, 33, 216, 120, -1);
  put (&c, 2, 100, -40, 120, 60, -1);
  put (&c, 3, 0, 90, 120, 120, -1);
  flow (&c, 0, 1);
  flow (&c, 1, 2);
  flow (&c, 2, 3);
  g_assert_true (tidy (&c));
  for (guint i = 0; i < 3; i++)
    {
      const StormRect *a = &c.items[i].rect, *b = &c.items[i + 1].rect;

      g_assert_cmpfloat (b->x - (a->x + a->width), ==, STORM_TIDY_GAP);
      g_assert_cmpfloat (a->y + a->height / 2, ==, b->y + b->height / 2);
    }
  g_assert_cmpfloat (c.items[0].rect.x, ==, 0);
  g_assert_cmpfloat (c.items[0].rect.y, ==, -40);
  assert_stable (&c);
}

/* What happens at the same time stands below each other, in the order in which it stood. */
static void
test_fork (void)
{
  g_auto (Case) c = new_case (5, 0);

  put (&c, 0, 0, 0, 120, 120, -1);
  put (&c, 1, 400, 500, 120, 120, -1);
  put (&c, 2, 300, 0, 120, 120, -1);
  put (&c, 3, 200, 250, 120, 120, -1);
  put (&c, 4, 200, 0, 120, 120, -1);
  flow (&c, 0, 1);
  flow (&c, 0, 2);
  flow (&c, 0, 3);
  flow (&c, 3, 4);
  g_assert_true (tidy (&c));
  g_assert_cmpfloat (c.items[1].rect.x, ==, c.items[2].rect.x);
  g_assert_cmpfloat (c.items[1].rect.x, ==, c.items[3].rect.x);
  g_assert_cmpfloat (c.items[2].rect.y, ==, 0);
  g_assert_cmpfloat (c.items[3].rect.y, ==, 160);
  g_assert_cmpfloat (c.items[1].rect.y, ==, 320);
  g_assert_cmpfloat (c.items[4].rect.y, ==, 160);
  g_assert_cmpfloat (c.items[4].rect.x, >, c.items[3].rect.x + 120);
  assert_stable (&c);
}

/* A beginning stands next to what it leads to, not at the beginning of time. */
static void
test_late_beginning (void)
{
  g_auto (Case) c = new_case (5, 0);

  for (guint i = 0; i < 5; i++)
    put (&c, i, 0, 200 * i, 120, 120, -1);
  flow (&c, 0, 1);
  flow (&c, 1, 2);
  flow (&c, 2, 3);
  flow (&c, 4, 3);
  g_assert_true (tidy (&c));
  g_assert_cmpfloat (c.items[4].rect.x, ==, c.items[2].rect.x);
  assert_stable (&c);
}

/* Without flows the order of place stays: columns of what stood about below each other. */
static void
test_no_flows (void)
{
  g_auto (Case) c = new_case (5, 0);

  put (&c, 0, 300, 0, 120, 120, -1);
  put (&c, 1, 10, 300, 120, 120, -1);
  put (&c, 2, 0, 50, 120, 120, -1);
  put (&c, 3, 330, 90, 120, 120, -1);
  put (&c, 4, 900, 900, 120, 120, -1);
  g_assert_true (tidy (&c));
  g_assert_cmpfloat (c.items[2].rect.x, ==, 0);
  g_assert_cmpfloat (c.items[2].rect.y, ==, 0);
  g_assert_cmpfloat (c.items[1].rect.x, ==, 0);
  g_assert_cmpfloat (c.items[1].rect.y, ==, 160);
  g_assert_cmpfloat (c.items[0].rect.x, ==, 160);
  g_assert_cmpfloat (c.items[3].rect.x, ==, 160);
  g_assert_cmpfloat (c.items[3].rect.y, ==, 160);
  g_assert_cmpfloat (c.items[4].rect.x, ==, 320);
  g_assert_cmpfloat (c.items[4].rect.y, ==, 0);
  assert_stable (&c);
}

/* A ring goes on beginning where it began: at its left. */
static void
test_ring (void)
{
  g_auto (Case) c = new_case (3, 0);

  put (&c, 0, 500, 0, 120, 120, -1);
  put (&c, 1, 0, 0, 120, 120, -1);
  put (&c, 2, 250, 0, 120, 120, -1);
  flow (&c, 0, 1);
  flow (&c, 1, 2);
  flow (&c, 2, 0);
  flow (&c, 2, 2);
  g_assert_true (tidy (&c));
  g_assert_cmpfloat (c.items[1].rect.x, ==, 0);
  g_assert_cmpfloat (c.items[2].rect.x, ==, 160);
  g_assert_cmpfloat (c.items[0].rect.x, ==, 320);
  assert_stable (&c);
}

/* Frames hold their own only; the actor stays above its command; the empty frame goes below. */
static void
test_contexts (void)
{
  g_auto (Case) c = new_case (5, 3);

  frame (&c, 0, 0, 0, 100, 100);
  frame (&c, 1, 50, 50, 100, 100);
  frame (&c, 2, 2000, 20, 300, 200);
  put (&c, 0, 10, 70, 120, 120, 0);
  put (&c, 1, 40, 70, 120, 120, 0);
  put (&c, 2, 60, 60, 120, 120, 1);
  put (&c, 3, 65, 20, 90, 60, 0);
  put (&c, 4, 20, 99, 120, 120, -1);
  flow (&c, 0, 1);
  flow (&c, 1, 2);
  flow (&c, 2, 4);
  g_assert_true (tidy (&c));
  assert_no_overlap (&c);
  assert_fitted (&c);
  g_assert_cmpfloat (center_x (&c, 3), ==, center_x (&c, 1));
  g_assert_cmpfloat (c.items[3].rect.y + 60 + STORM_TIDY_GAP, ==, c.items[1].rect.y);
  g_assert_cmpfloat (c.items[0].rect.y, ==, c.items[1].rect.y);
  g_assert_cmpfloat (center_x (&c, 2), >, c.frames[0].rect.x + c.frames[0].rect.width);
  g_assert_cmpfloat (c.frames[2].rect.y, >=, c.frames[1].rect.y + c.frames[1].rect.height);
  g_assert_cmpfloat (c.frames[2].rect.width, ==, 300);
  assert_stable (&c);
}

/* A frame in a frame stays in it, with its items, and apart from the other items there. */
static void
test_nested (void)
{
  g_auto (Case) c = new_case (6, 4);

  frame (&c, 0, 100, 100, 300, 300);
  frame (&c, 1, 0, 0, 1000, 1000);
  frame (&c, 2, 150, 150, 200, 200);
  frame (&c, 3, 900, 900, 400, 400);
  put (&c, 0, 160, 160, 120, 120, 2);
  put (&c, 1, 110, 360, 120, 120, 0);
  put (&c, 2, 500, 100, 120, 120, 1);
  put (&c, 3, 500, 500, 120, 120, 1);
  put (&c, 4, 950, 950, 120, 120, 3);
  put (&c, 5, 2000, 0, 120, 120, -1);
  flow (&c, 0, 1);
  flow (&c, 1, 2);
  flow (&c, 2, 4);
  flow (&c, 4, 5);
  g_assert_true (tidy (&c));
  assert_no_overlap (&c);
  assert_fitted (&c);
  g_assert_true (is_within (&c, 2, 0));
  g_assert_true (is_within (&c, 0, 1));
  g_assert_false (is_within (&c, 3, 1));
  g_assert_cmpfloat (center_x (&c, 0), <, center_x (&c, 1));
  g_assert_cmpfloat (center_x (&c, 4), <, center_x (&c, 5));
  assert_stable (&c);
}

static void
test_nothing (void)
{
  g_auto (Case) c = new_case (0, 0);

  g_assert_true (tidy (&c));
}

/* What would reach beyond the board is left as it is; what only stands at its end is moved in. */
static void
test_too_large (void)
{
  g_auto (Case) c = new_case (3, 0);
  g_auto (Case) far = new_case (2, 0);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  for (guint i = 0; i < 3; i++)
    put (&c, i, i, 0, STORM_COORD_MAX - 10, 10, -1);
  flow (&c, 0, 1);
  flow (&c, 1, 2);
  before = dump (&c);
  g_assert_false (tidy (&c));
  after = dump (&c);
  g_assert_cmpstr (after, ==, before);

  put (&far, 0, STORM_COORD_MAX - 120, STORM_COORD_MAX - 120, 120, 120, -1);
  put (&far, 1, STORM_COORD_MAX - 120, STORM_COORD_MAX - 120, 120, 120, -1);
  flow (&far, 0, 1);
  g_assert_true (tidy (&far));
  g_assert_true (storm_rect_is_valid (&far.items[1].rect));
  assert_no_overlap (&far);
  assert_stable (&far);
}

static Case
random_case (GRand    *rand,
             gboolean  acyclic)
{
  guint n_items = (guint) g_rand_int_range (rand, 1, 120);
  guint n_frames = (guint) g_rand_int_range (rand, 0, 6);
  guint n_flows = (guint) g_rand_int_range (rand, 0, (int) n_items * 2);
  double spread = g_rand_boolean (rand) ? 300 : 6000;
  gboolean fractions = g_rand_boolean (rand);
  Case c = new_case (n_items, n_frames);

  for (guint i = 0; i < n_items; i++)
    {
      double grow = fractions ? g_rand_double_range (rand, 0.5, 1.7) : 1;

      put (&c, i, g_rand_double_range (rand, -spread, spread),
           g_rand_double_range (rand, -spread, spread),
           (g_rand_boolean (rand) ? 120 : 216) * grow, (g_rand_boolean (rand) ? 120 : 60) * grow,
           n_frames > 0 ? g_rand_int_range (rand, -1, (int) n_frames) : -1);
    }
  /* Some of them in others. */
  for (guint i = 0; i < n_frames; i++)
    frame (&c, i, g_rand_double_range (rand, -spread, spread),
           g_rand_double_range (rand, -spread, spread), g_rand_double_range (rand, 80, 900),
           g_rand_double_range (rand, 80, 900));
  for (guint i = 1; i < n_frames; i++)
    if (g_rand_boolean (rand))
      {
        const StormRect *outer = &c.frames[g_rand_int_range (rand, 0, (int) i)].rect;

        frame (&c, i, outer->x + outer->width * g_rand_double_range (rand, 0, .5),
               outer->y + outer->height * g_rand_double_range (rand, 0, .5),
               outer->width * g_rand_double_range (rand, .1, .5),
               outer->height * g_rand_double_range (rand, .1, .5));
      }
  for (guint i = 0; i < n_flows; i++)
    {
      guint a = (guint) g_rand_int_range (rand, 0, (int) n_items);
      guint b = (guint) g_rand_int_range (rand, 0, (int) n_items);

      if (acyclic && a == b)
        continue;
      if (acyclic)
        flow (&c, MIN (a, b), MAX (a, b));
      else
        flow (&c, a, b);
    }
  return c;
}

static void
check_random (gboolean acyclic)
{
  for (guint seed = 1; seed <= 400; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_auto (Case) c = random_case (rand, acyclic);

      g_test_message ("seed %u", seed);
      g_assert_true (tidy (&c));
      assert_no_overlap (&c);
      assert_fitted (&c);
      for (guint i = 0; acyclic && i < c.flows->len; i++)
        {
          const StormTidyFlow *f = &g_array_index (c.flows, StormTidyFlow, i);

          g_assert_cmpfloat (c.items[f->from].rect.x + c.items[f->from].rect.width, <,
                             c.items[f->to].rect.x);
        }
      assert_stable (&c);
    }
}

static void
test_random_acyclic (void)
{
  check_random (TRUE);
}

static void
test_random_rings (void)
{
  check_random (FALSE);
}

/* The size the brief of the board names, and a chain that no recursion would survive. */
static void
test_large (void)
{
  g_auto (Case) c = new_case (10000, 20);
  g_auto (Case) chain = new_case (40000, 0);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  gint64 start;

  for (guint i = 0; i < 10000; i++)
    put (&c, i, g_rand_double_range (rand, 0, 20000), g_rand_double_range (rand, 0, 20000), 120,
         120, (int) (i % 25) < 20 ? (int) (i % 25) : -1);
  for (guint i = 0; i < 20; i++)
    frame (&c, i, 1000 * i, 0, 900, 900);
  for (guint i = 0; i < 10000; i++)
    flow (&c, (guint) g_rand_int_range (rand, 0, 10000), (guint) g_rand_int_range (rand, 0, 10000));
  start = g_get_monotonic_time ();
  g_assert_true (tidy (&c));
  g_test_message ("10,000 stickies: %.0f ms", (g_get_monotonic_time () - start) / 1000.0);
  assert_fitted (&c);
  assert_stable (&c);

  for (guint i = 0; i < 40000; i++)
    {
      put (&chain, i, 0, 0, 120, 120, -1);
      flow (&chain, i, (i + 1) % 40000);
    }
  g_assert_true (tidy (&chain));
  g_assert_cmpfloat (chain.items[39999].rect.x, ==, 39999 * 160.0);
  assert_stable (&chain);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tidy/chain", test_chain);
  g_test_add_func ("/tidy/fork", test_fork);
  g_test_add_func ("/tidy/late-beginning", test_late_beginning);
  g_test_add_func ("/tidy/no-flows", test_no_flows);
  g_test_add_func ("/tidy/ring", test_ring);
  g_test_add_func ("/tidy/contexts", test_contexts);
  g_test_add_func ("/tidy/nested", test_nested);
  g_test_add_func ("/tidy/nothing", test_nothing);
  g_test_add_func ("/tidy/too-large", test_too_large);
  g_test_add_func ("/tidy/random-acyclic", test_random_acyclic);
  g_test_add_func ("/tidy/random-rings", test_random_rings);
  g_test_add_func ("/tidy/large", test_large);
  return g_test_run ();
}
