#include "config.h"

#include "storm-quantile.h"

#include "storm-time.h"

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static void
test_empty (void)
{
  g_autoptr (StormQuantile) quantile = storm_quantile_new ();

  g_assert_cmpuint (storm_quantile_get_n (quantile), ==, 0);
  g_assert_cmpint (storm_quantile_get (quantile, 0.95), ==, 0);
}

/* Spans of all sizes: every quantile lies within a sixteenth of the true one. */
static void
test_near (void)
{
  g_autoptr (StormQuantile) quantile = storm_quantile_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  const double shares[] = { 0.0, 0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 1.0 };
  gint64 spans[5000];

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      guint bits = g_rand_int_range (rand, 14, 60);

      spans[i] = ((gint64) g_rand_int (rand) << 30 | g_rand_int (rand)) & ((1ull << bits) - 1);
      spans[i] += STORM_TIME_MICROSECOND;
      storm_quantile_add (quantile, spans[i]);
    }
  qsort (spans, G_N_ELEMENTS (spans), sizeof spans[0], compare_spans);
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      guint rank = MAX ((guint) (shares[i] * G_N_ELEMENTS (spans) + 0.999999), 1);
      double want = spans[rank - 1];
      double have = storm_quantile_get (quantile, shares[i]);

      g_assert_cmpfloat (ABS (have - want), <=, want / 16 + STORM_TIME_MICROSECOND);
    }
}

static void
test_extremes (void)
{
  g_autoptr (StormQuantile) quantile = storm_quantile_new ();

  storm_quantile_add (quantile, -5 * STORM_TIME_SECOND);
  storm_quantile_add (quantile, G_MININT64);
  g_assert_cmpint (storm_quantile_get (quantile, 1.0), <, STORM_TIME_MICROSECOND);
  storm_quantile_add (quantile, G_MAXINT64);
  g_assert_cmpint (storm_quantile_get (quantile, 1.0), >, G_MAXINT64 / 16 * 15);
  g_assert_cmpint (storm_quantile_get (quantile, 0.5), <, STORM_TIME_MICROSECOND);
}

/* What is taken out was never there, and the order of coming makes no difference. */
static void
test_remove (void)
{
  g_autoptr (StormQuantile) a = storm_quantile_new ();
  g_autoptr (StormQuantile) b = storm_quantile_new ();

  for (gint64 i = 1; i <= 1000; i++)
    {
      storm_quantile_add (a, i * STORM_TIME_MILLISECOND);
      storm_quantile_add (b, (1001 - i) * STORM_TIME_MILLISECOND);
      storm_quantile_add (b, i * STORM_TIME_SECOND);
    }
  g_assert_cmpint (storm_quantile_get (a, 0.95), !=, storm_quantile_get (b, 0.95));
  for (gint64 i = 1; i <= 1000; i++)
    storm_quantile_remove (b, i * STORM_TIME_SECOND);
  g_assert_cmpuint (storm_quantile_get_n (b), ==, 1000);
  for (double q = 0; q <= 1; q += 0.05)
    g_assert_cmpint (storm_quantile_get (a, q), ==, storm_quantile_get (b, q));
  storm_quantile_clear (a);
  g_assert_cmpuint (storm_quantile_get_n (a), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quantile/empty", test_empty);
  g_test_add_func ("/quantile/near", test_near);
  g_test_add_func ("/quantile/extremes", test_extremes);
  g_test_add_func ("/quantile/remove", test_remove);
  return g_test_run ();
}
