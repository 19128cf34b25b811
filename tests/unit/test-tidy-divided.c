#include "config.h"

#include "storm-tidy-test.h"

/* What stands farther apart than this is before or after one another. */
#define APART 30.0

/* What stands before a pivotal item stays before it, wherever flows lead. */
static void
test_pivotal (void)
{
  g_auto (Case) c = new_case (6, 0);

  for (guint i = 0; i < 6; i++)
    put (&c, i, 200 * i, 130 * (i % 2), 120, 120, -1);
  c.items[2].pivotal = TRUE;
  /* A long chain before it, none after; and one that leads back. */
  flow (&c, 0, 1);
  flow (&c, 5, 0);
  flow (&c, 1, 4);
  g_assert_true (tidy (&c));
  assert_no_overlap (&c);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpfloat (center_x (&c, i), <, center_x (&c, 2));
  for (guint i = 3; i < 6; i++)
    g_assert_cmpfloat (center_x (&c, i), >, center_x (&c, 2));
  g_assert_cmpfloat (center_x (&c, 0), <, center_x (&c, 1));
  assert_stable (&c);
}

/* All in one heap: then flows say what stands before it. */
static void
test_pivotal_heap (void)
{
  g_auto (Case) c = new_case (5, 0);

  for (guint i = 0; i < 5; i++)
    put (&c, i, 0, 0, 120, 120, -1);
  c.items[2].pivotal = TRUE;
  for (guint i = 0; i < 4; i++)
    flow (&c, i, i + 1);
  g_assert_true (tidy (&c));
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat (c.items[i + 1].rect.x - c.items[i].rect.x, ==, 120 + STORM_TIDY_GAP);
  assert_stable (&c);
}

/* Three lanes: rows from edge to edge, equally long, in their order, the empty one too. */
static void
test_lanes (void)
{
  g_auto (Case) c = new_case (5, 4);

  frame (&c, 0, 0, 600, 900, 240);
  frame (&c, 1, 0, 0, 1200, 240);
  frame (&c, 2, 0, 300, 700, 200);
  frame (&c, 3, 300, 620, 300, 200);
  for (guint i = 0; i < 3; i++)
    c.frames[i].lane = TRUE;
  c.frames[3].outer = 0;
  put (&c, 0, 150, 50, 120, 120, 1);
  put (&c, 1, 320, 650, 120, 120, 3);
  put (&c, 2, 700, 650, 120, 120, 0);
  put (&c, 3, 100, -300, 120, 120, -1);
  put (&c, 4, 100, 250, 120, 120, -1);
  flow (&c, 0, 1);
  flow (&c, 1, 2);
  g_assert_true (tidy (&c));
  assert_no_overlap (&c);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpfloat (c.frames[i].rect.x, ==, c.frames[0].rect.x);
      g_assert_cmpfloat (c.frames[i].rect.width, ==, 1200);
    }
  g_assert_cmpfloat (c.frames[2].rect.y, ==, c.frames[1].rect.y + c.frames[1].rect.height);
  g_assert_cmpfloat (c.frames[0].rect.y, ==, c.frames[2].rect.y + c.frames[2].rect.height);
  g_assert_cmpfloat (c.frames[2].rect.height, ==, 200);
  g_assert_true (storm_rect_encloses (&c.frames[0].rect, &c.frames[3].rect));
  /* There is room for a lane's title. */
  g_assert_cmpfloat (c.items[0].rect.x - c.frames[1].rect.x, >=, 120 + STORM_TIDY_MARGIN);
  /* What is in no lane goes above them or below. */
  g_assert_cmpfloat (c.items[3].rect.y + 120, <, c.frames[1].rect.y);
  g_assert_cmpfloat (c.items[4].rect.y, >, c.frames[0].rect.y + c.frames[0].rect.height);
  assert_stable (&c);
}

/* An empty context in another stays in it. */
static void
test_empty_nested (void)
{
  g_auto (Case) c = new_case (2, 2);

  frame (&c, 0, 0, 0, 900, 600);
  frame (&c, 1, 400, 100, 300, 200);
  c.frames[1].outer = 0;
  put (&c, 0, 50, 100, 120, 120, 0);
  put (&c, 1, 2000, 100, 120, 120, -1);
  flow (&c, 0, 1);
  g_assert_true (tidy (&c));
  assert_no_overlap (&c);
  g_assert_true (storm_rect_encloses (&c.frames[0].rect, &c.frames[1].rect));
  g_assert_cmpfloat (c.frames[1].rect.width, ==, 300);
  g_assert_cmpfloat (c.frames[1].rect.height, ==, 200);
  assert_stable (&c);
}

/* Nothing is laid on what is fixed, and a pivotal one divides time where it stands. */
static void
test_fixed (void)
{
  g_auto (Case) c = new_case (4, 0);

  put (&c, 0, 0, 0, 120, 120, -1);
  put (&c, 1, 20, 300, 120, 120, -1);
  put (&c, 2, 1000, 0, 120, 120, -1);
  put (&c, 3, 1300, 0, 120, 120, -1);
  flow (&c, 0, 1);
  flow (&c, 2, 3);
  fix (&c, 150, 20, 120, 120, FALSE);
  fix (&c, 400, 0, 120, 120, TRUE);
  g_assert_true (tidy (&c));
  assert_no_overlap (&c);
  assert_nothing_covered (&c);
  g_assert_cmpfloat (c.items[0].rect.y, >=, 140 + STORM_TIDY_GAP);
  g_assert_cmpfloat (c.items[1].rect.x + 120, <, 400);
  g_assert_cmpfloat (c.items[2].rect.x, >=, 520 + STORM_TIDY_GAP);
  assert_stable (&c);
}

/* More stands before a fixed pivotal one than there is room: that moves to the left. */
static void
test_fixed_crowd (void)
{
  g_auto (Case) c = new_case (4, 0);

  for (guint i = 0; i < 4; i++)
    put (&c, i, 10 * i, 0, 120, 120, -1);
  for (guint i = 0; i < 3; i++)
    flow (&c, i, i + 1);
  fix (&c, 250, 0, 120, 120, TRUE);
  g_assert_true (tidy (&c));
  assert_nothing_covered (&c);
  g_assert_cmpfloat (c.items[3].rect.x + 120 + STORM_TIDY_GAP, <=, 250);
  g_assert_cmpfloat (c.items[0].rect.x, <, 0);
  assert_stable (&c);
}

static Case
random_case (GRand *rand)
{
  guint n_items = (guint) g_rand_int_range (rand, 1, 90);
  guint n_lanes = (guint) g_rand_int_range (rand, 0, 4);
  guint n_frames = n_lanes + (guint) g_rand_int_range (rand, 0, 6);
  double spread = g_rand_boolean (rand) ? 600 : 4000;
  Case c = new_case (n_items, n_frames);

  for (guint i = 0; i < n_frames; i++)
    {
      c.frames[i].lane = i < n_lanes;
      frame (&c, i, g_rand_double_range (rand, -spread, spread),
             g_rand_double_range (rand, -spread, spread), g_rand_double_range (rand, 80, 900),
             g_rand_double_range (rand, 80, 900));
      if (i >= n_lanes && g_rand_boolean (rand))
        c.frames[i].outer = g_rand_int_range (rand, -1, (int) i);
    }
  for (guint i = 0; i < n_items; i++)
    {
      put (&c, i, g_rand_double_range (rand, -spread, spread),
           g_rand_double_range (rand, -spread, spread), g_rand_boolean (rand) ? 120 : 216, 120,
           n_frames > 0 ? g_rand_int_range (rand, -1, (int) n_frames) : -1);
      c.items[i].pivotal = g_rand_int_range (rand, 0, 15) == 0;
    }
  for (guint i = 0; i < n_items; i++)
    flow (&c, (guint) g_rand_int_range (rand, 0, (int) n_items),
          (guint) g_rand_int_range (rand, 0, (int) n_items));
  return c;
}

static void
add_fixed (Case  *c,
           GRand *rand)
{
  guint n = (guint) g_rand_int_range (rand, 1, 6);

  for (guint i = 0; i < n; i++)
    fix (c, g_rand_double_range (rand, -2000, 4000), g_rand_double_range (rand, -2000, 4000),
         g_rand_double_range (rand, 100, 600), g_rand_double_range (rand, 100, 600), FALSE);
}

static void
assert_lanes (Case *c)
{
  const StormTidyFrame *lane = NULL;

  for (guint i = 0; i < c->n_frames; i++)
    {
      gboolean nested = FALSE;

      /* Also one that only lay in another belongs to that. */
      for (guint j = 0; j < c->n_frames; j++)
        nested |= j != i && is_within (c, i, j);
      if (!c->frames[i].lane || nested)
        continue;
      if (lane != NULL)
        {
          g_assert_cmpfloat (c->frames[i].rect.x, ==, lane->rect.x);
          g_assert_cmpfloat (c->frames[i].rect.width, ==, lane->rect.width);
        }
      lane = &c->frames[i];
    }
}

/* Lanes, nested contexts, pivotal items, and what is fixed: whatever the board. */
static void
test_random (void)
{
  for (guint seed = 1; seed <= 400; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_auto (Case) c = random_case (rand);
      g_autofree double *before = g_new (double, c.n_items);

      g_test_message ("seed %u", seed);
      if (seed % 2 == 0)
        add_fixed (&c, rand);
      for (guint i = 0; i < c.n_items; i++)
        before[i] = center_x (&c, i);
      g_assert_true (tidy (&c));
      assert_no_overlap (&c);
      assert_nothing_covered (&c);
      assert_lanes (&c);
      for (guint i = 0; i < c.n_frames; i++)
        if (c.frames[i].outer >= 0)
          g_assert_true (storm_rect_encloses (&c.frames[c.frames[i].outer].rect,
                                              &c.frames[i].rect));
      for (guint i = 0; i < c.n_items; i++)
        for (guint j = 0; j < c.n_items; j++)
          if (c.items[j].pivotal && before[i] < before[j] - 2 * APART)
            g_assert_cmpfloat (center_x (&c, i), <, center_x (&c, j));
          else if (c.items[j].pivotal && before[i] > before[j] + 2 * APART)
            g_assert_cmpfloat (center_x (&c, i), >, center_x (&c, j));
      assert_stable (&c);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tidy-divided/pivotal", test_pivotal);
  g_test_add_func ("/tidy-divided/pivotal-heap", test_pivotal_heap);
  g_test_add_func ("/tidy-divided/lanes", test_lanes);
  g_test_add_func ("/tidy-divided/empty-nested", test_empty_nested);
  g_test_add_func ("/tidy-divided/fixed", test_fixed);
  g_test_add_func ("/tidy-divided/fixed-crowd", test_fixed_crowd);
  g_test_add_func ("/tidy-divided/random", test_random);
  return g_test_run ();
}
