#include "config.h"

#include <string.h>

#include "storm-clock-skew.h"

#include "storm-time.h"

#define S STORM_TIME_SECOND
#define HOUR (3600 * S)

static StormProducerClock *
get (GArray *clocks,
     guint   i)
{
  g_assert_nonnull (clocks);
  g_assert_cmpuint (i, <, clocks->len);
  return &g_array_index (clocks, StormProducerClock, i);
}

static void
test_agree (void)
{
  g_autoptr (StormClockSkew) skew = storm_clock_skew_new ();
  g_autoptr (GArray) clocks = NULL;

  storm_clock_skew_add (skew, 0, 1, 2 * S, 5);
  storm_clock_skew_add (skew, 1, 2, 0, 5);
  storm_clock_skew_add (skew, 2, 0, S, 5);
  clocks = storm_clock_skew_solve (skew, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (get (clocks, i)->ahead, ==, 0);
      g_assert_cmpuint (get (clocks, i)->n_backwards, ==, 0);
      g_assert_cmpint (get (clocks, i)->worst, ==, 0);
    }
}

/* An hour apart, and three others that agree with the one. */
static void
test_behind (void)
{
  g_autoptr (StormClockSkew) skew = storm_clock_skew_new ();
  g_autoptr (GArray) clocks = NULL;

  storm_clock_skew_add (skew, 0, 1, 2 * S, 5);
  storm_clock_skew_add (skew, 0, 2, -HOUR + 2 * S, 3);
  storm_clock_skew_add (skew, 1, 2, -HOUR + 5 * S, 4);
  storm_clock_skew_add (skew, 2, 3, HOUR + S, 2);
  clocks = storm_clock_skew_solve (skew, 4);
  g_assert_cmpint (get (clocks, 2)->ahead, ==, -HOUR + 2 * S);
  g_assert_cmpuint (get (clocks, 2)->n_backwards, ==, 7);
  g_assert_cmpint (get (clocks, 2)->worst, ==, -HOUR + 2 * S);
  g_assert_cmpuint (get (clocks, 2)->other, ==, 0);
  for (guint i = 0; i < 4; i++)
    if (i != 2)
      g_assert_cmpint (get (clocks, i)->ahead, ==, 0);
  /* Whom it was seen against is told too. */
  g_assert_cmpuint (get (clocks, 0)->n_backwards, ==, 3);
  g_assert_cmpuint (get (clocks, 1)->n_backwards, ==, 4);
}

/* What all others contradict is ahead of them; not all of them behind it. */
static void
test_ahead (void)
{
  g_autoptr (StormClockSkew) skew = storm_clock_skew_new ();
  g_autoptr (GArray) clocks = NULL;

  for (guint i = 1; i < 5; i++)
    storm_clock_skew_add (skew, 0, i, -HOUR + (gint64) i * S, 10);
  clocks = storm_clock_skew_solve (skew, 5);
  g_assert_cmpint (get (clocks, 0)->ahead, ==, HOUR - S);
  for (guint i = 1; i < 5; i++)
    g_assert_cmpint (get (clocks, i)->ahead, ==, 0);
}

/* The other direction limits it from above, and is kept. */
static void
test_both_ways (void)
{
  g_autoptr (StormClockSkew) skew = storm_clock_skew_new ();
  g_autoptr (GArray) clocks = NULL;
  gint64 difference;

  storm_clock_skew_add (skew, 0, 1, -HOUR, 10);
  storm_clock_skew_add (skew, 1, 0, HOUR + 3 * S, 10);
  clocks = storm_clock_skew_solve (skew, 2);
  difference = get (clocks, 0)->ahead - get (clocks, 1)->ahead;
  g_assert_cmpint (difference, >=, HOUR);
  g_assert_cmpint (difference, <=, HOUR + 3 * S);
}

/* A way over others counts: 0 and 2 never met. */
static void
test_chain (void)
{
  g_autoptr (StormClockSkew) skew = storm_clock_skew_new ();
  g_autoptr (GArray) clocks = NULL;

  storm_clock_skew_add (skew, 0, 1, -10 * S, 1);
  storm_clock_skew_add (skew, 1, 2, -20 * S, 1);
  clocks = storm_clock_skew_solve (skew, 3);
  g_assert_cmpint (get (clocks, 0)->ahead - get (clocks, 1)->ahead, >=, 10 * S);
  g_assert_cmpint (get (clocks, 1)->ahead - get (clocks, 2)->ahead, >=, 20 * S);
}

static void
test_unsteady (void)
{
  g_autoptr (StormClockSkew) skew = storm_clock_skew_new ();
  StormProducerClock clock;

  storm_clock_skew_add (skew, 0, 1, -HOUR, 2);
  storm_clock_skew_add (skew, 1, 0, -S, 3);
  g_assert_null (storm_clock_skew_solve (skew, 2));
  storm_clock_skew_count (skew, 0, 2, &clock);
  g_assert_cmpuint (clock.n_backwards, ==, 5);
  g_assert_cmpint (clock.worst, ==, -HOUR);
  storm_clock_skew_clear (skew);
  storm_clock_skew_count (skew, 0, 2, &clock);
  g_assert_cmpuint (clock.n_backwards, ==, 0);
}

static void
test_extremes (void)
{
  g_autoptr (StormClockSkew) skew = storm_clock_skew_new ();
  g_autoptr (GArray) none = storm_clock_skew_solve (skew, 0);
  g_autoptr (GArray) clocks = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  /* A clock agrees with itself, whatever the times say. */
  storm_clock_skew_add (skew, 3, 3, -HOUR, 1);
  for (guint i = 0; i + 1 < STORM_SKEW_MAX_PRODUCERS; i++)
    storm_clock_skew_add (skew, i, i + 1, G_MININT64 + 1, 1);
  clocks = storm_clock_skew_solve (skew, STORM_SKEW_MAX_PRODUCERS);
  g_assert_cmpuint (clocks->len, ==, STORM_SKEW_MAX_PRODUCERS);
}

/* Clocks that are really apart: what is told keeps all that was seen, and is never more than what
 * it can be at all. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (41);

  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (StormClockSkew) skew = storm_clock_skew_new ();
      g_autoptr (GArray) clocks = NULL;
      guint n = g_rand_int_range (rand, 2, 9);
      gint64 truth[9] = { 0 };
      gint64 shortest[9][9];

      memset (shortest, 0, sizeof shortest);
      for (guint i = 0; i < n; i++)
        truth[i] = g_rand_boolean (rand) ? 0 : g_rand_int_range (rand, -3600, 3600) * S;
      for (guint k = 0; k < 30; k++)
        {
          guint from = g_rand_int_range (rand, 0, n);
          guint to = g_rand_int_range (rand, 0, n);
          gint64 span = g_rand_int_range (rand, 1, 20) * S + truth[to] - truth[from];

          storm_clock_skew_add (skew, from, to, span, 1);
          if (from != to && (shortest[from][to] == 0 || span < shortest[from][to]))
            shortest[from][to] = span;
        }
      clocks = storm_clock_skew_solve (skew, n);
      for (guint i = 0; i < n; i++)
        for (guint j = 0; j < n; j++)
          if (shortest[i][j] != 0)
            g_assert_cmpint (get (clocks, j)->ahead - get (clocks, i)->ahead, <=, shortest[i][j]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock-skew/agree", test_agree);
  g_test_add_func ("/clock-skew/behind", test_behind);
  g_test_add_func ("/clock-skew/ahead", test_ahead);
  g_test_add_func ("/clock-skew/both-ways", test_both_ways);
  g_test_add_func ("/clock-skew/chain", test_chain);
  g_test_add_func ("/clock-skew/unsteady", test_unsteady);
  g_test_add_func ("/clock-skew/extremes", test_extremes);
  g_test_add_func ("/clock-skew/random", test_random);
  return g_test_run ();
}
