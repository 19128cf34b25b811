#include "config.h"

#include "storm-watermark.h"

#define S STORM_TIME_SECOND
#define T(s) ((StormTime) (1000 + (s)) * S)

static void
test_lowest_partition (void)
{
  g_autoptr (StormWatermark) mark = storm_watermark_new (2 * S);

  g_assert_cmpint (storm_watermark_get (mark, T (0)), ==, STORM_TIME_NONE);
  storm_watermark_assigned (mark, 1, 0);
  storm_watermark_assigned (mark, 1, 1);
  g_assert_false (storm_watermark_event (mark, 1, 0, T (100), T (200)));
  /* Partition 1 has not said anything yet. */
  g_assert_cmpint (storm_watermark_get (mark, T (200)), ==, STORM_TIME_NONE);
  g_assert_false (storm_watermark_event (mark, 1, 1, T (50), T (200)));
  g_assert_cmpint (storm_watermark_get (mark, T (200)), ==, T (48));
  g_assert_false (storm_watermark_event (mark, 1, 1, T (120), T (200)));
  g_assert_cmpint (storm_watermark_get (mark, T (200)), ==, T (98));
  /* However long a partition with a backlog is silent, it holds back. */
  g_assert_cmpint (storm_watermark_get (mark, T (100000)), ==, T (98));
}

static void
test_late (void)
{
  g_autoptr (StormWatermark) mark = storm_watermark_new (2 * S);

  g_assert_false (storm_watermark_event (mark, 1, 0, T (10), T (0)));
  g_assert_false (storm_watermark_event (mark, 1, 0, T (8), T (0)));
  g_assert_true (storm_watermark_event (mark, 1, 0, T (8) - 1, T (0)));
  g_assert_cmpint (storm_watermark_get (mark, T (0)), ==, T (8));
  /* The late event of a partition that nobody knew doesn't move the mark back. */
  g_assert_true (storm_watermark_event (mark, 1, 5, T (1), T (0)));
  g_assert_cmpint (storm_watermark_get (mark, T (0)), ==, T (8));
  /* An event without a time is neither late nor does it settle anything. */
  g_assert_false (storm_watermark_event (mark, 1, 0, STORM_TIME_NONE, T (0)));
}

static void
test_idle (void)
{
  g_autoptr (StormWatermark) mark = storm_watermark_new (2 * S);

  storm_watermark_assigned (mark, 1, 0);
  storm_watermark_assigned (mark, 1, 1);
  storm_watermark_event (mark, 1, 0, T (10), T (10));
  storm_watermark_event (mark, 1, 1, T (20), T (10));
  g_assert_true (storm_watermark_caught_up (mark, 1, 0));
  g_assert_false (storm_watermark_caught_up (mark, 1, 0));
  storm_watermark_caught_up (mark, 1, 1);
  g_assert_cmpint (storm_watermark_get (mark, T (12)), ==, T (8));
  storm_watermark_event (mark, 1, 1, T (30), T (12));
  /* Partition 0 is idle for longer than the lateness: partition 1 alone counts. */
  g_assert_cmpint (storm_watermark_get (mark, T (13)), ==, T (28));
  /* A lateness after the last arrival everything is settled, the newest event too. */
  g_assert_cmpint (storm_watermark_get (mark, T (14)), ==, T (28));
  g_assert_cmpint (storm_watermark_get (mark, T (14) + 1), ==, T (30) + 1);
  /* A clock that jumps back takes nothing back. */
  g_assert_cmpint (storm_watermark_get (mark, T (0)), ==, T (30) + 1);
}

static void
test_caught_up_without_events (void)
{
  g_autoptr (StormWatermark) mark = storm_watermark_new (2 * S);

  storm_watermark_assigned (mark, 1, 0);
  storm_watermark_assigned (mark, 1, 1);
  storm_watermark_event (mark, 1, 0, T (10), T (0));
  g_assert_cmpint (storm_watermark_get (mark, T (0)), ==, STORM_TIME_NONE);
  storm_watermark_caught_up (mark, 1, 1);
  g_assert_cmpint (storm_watermark_get (mark, T (0)), ==, T (8));
  /* Assigned anew after a lost connection: there may be a backlog again. */
  g_assert_true (storm_watermark_assigned (mark, 1, 1));
  storm_watermark_event (mark, 1, 0, T (50), T (0));
  g_assert_cmpint (storm_watermark_get (mark, T (0)), ==, T (8));
}

static void
test_ended (void)
{
  g_autoptr (StormWatermark) mark = storm_watermark_new (2 * S);

  storm_watermark_event (mark, 1, 0, T (10), T (0));
  storm_watermark_event (mark, 1, 1, T (40), T (0));
  storm_watermark_ended (mark, 1, 0);
  g_assert_cmpint (storm_watermark_get (mark, T (0)), ==, T (38));
  storm_watermark_ended (mark, 1, 1);
  g_assert_cmpint (storm_watermark_get (mark, T (0)), ==, T (40) + 1);
}

/* The mark never goes back, and is what a plain count over all partitions gives. */
static void
test_property (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint round;

  for (round = 0; round < 200; round++)
    {
      g_autoptr (StormWatermark) mark = storm_watermark_new (2 * S);
      StormTime newest[5];
      StormTime before = STORM_TIME_NONE;
      guint p;
      guint i;

      for (p = 0; p < 5; p++)
        {
          newest[p] = STORM_TIME_NONE;
          storm_watermark_assigned (mark, 3, p);
        }
      for (i = 0; i < 100; i++)
        {
          StormTime time = T (g_rand_int_range (rand, 0, 50) + (int) i);
          StormTime lowest = G_MAXINT64;
          gboolean late;

          p = g_rand_int_range (rand, 0, 5);
          late = storm_watermark_event (mark, 3, p, time, T (0));
          g_assert_cmpint (late, ==, time < before);
          newest[p] = MAX (newest[p], time);
          for (p = 0; p < 5; p++)
            lowest = MIN (lowest, newest[p]);
          if (lowest != STORM_TIME_NONE)
            before = MAX (before, lowest - 2 * S);
          g_assert_cmpint (storm_watermark_get (mark, T (0)), ==, before);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/watermark/lowest-partition", test_lowest_partition);
  g_test_add_func ("/watermark/late", test_late);
  g_test_add_func ("/watermark/idle", test_idle);
  g_test_add_func ("/watermark/caught-up-without-events", test_caught_up_without_events);
  g_test_add_func ("/watermark/ended", test_ended);
  g_test_add_func ("/watermark/property", test_property);
  return g_test_run ();
}
