#include "config.h"

#include "storm-heat.h"

static void
test_nicks (void)
{
  StormHeat heat = STORM_HEAT_OFF;

  for (guint i = STORM_HEAT_OFF; i <= STORM_HEAT_P95; i++)
    {
      g_assert_true (storm_heat_from_nick (storm_heat_nick ((StormHeat) i), &heat));
      g_assert_cmpuint (heat, ==, i);
    }
  g_assert_false (storm_heat_from_nick ("hot", &heat));
  g_assert_false (storm_heat_from_nick (NULL, &heat));
}

static void
test_value (void)
{
  StormFlowStats stats = { .n = 7, .p50 = 30, .p95 = 90 };

  g_assert_cmpint (storm_heat_get_value (STORM_HEAT_OFF, &stats), ==, 0);
  g_assert_cmpint (storm_heat_get_value (STORM_HEAT_COUNT, &stats), ==, 7);
  g_assert_cmpint (storm_heat_get_value (STORM_HEAT_P95, &stats), ==, 90);
}

static void
test_levels (void)
{
  /* 1, 10, 100, … up to a hundred thousand: five steps of ten times. */
  g_assert_cmpuint (storm_heat_get_level (1, 1, 100000), ==, 1);
  g_assert_cmpuint (storm_heat_get_level (9, 1, 100000), ==, 1);
  g_assert_cmpuint (storm_heat_get_level (50, 1, 100000), ==, 2);
  g_assert_cmpuint (storm_heat_get_level (500, 1, 100000), ==, 3);
  g_assert_cmpuint (storm_heat_get_level (5000, 1, 100000), ==, 4);
  g_assert_cmpuint (storm_heat_get_level (50000, 1, 100000), ==, 5);
  g_assert_cmpuint (storm_heat_get_level (100000, 1, 100000), ==, 5);
  /* All the same. */
  g_assert_cmpuint (storm_heat_get_level (5, 5, 5), ==, 3);
  g_assert_cmpuint (storm_heat_get_level (0, 0, 0), ==, 3);
  /* A step that took no time, and one of three hundred years. */
  g_assert_cmpuint (storm_heat_get_level (0, 0, G_MAXINT64), ==, 1);
  g_assert_cmpuint (storm_heat_get_level (G_MAXINT64, 0, G_MAXINT64), ==, 5);
}

/* What is a limit is still of that level, and the largest value of all is the last limit. */
static void
test_limits (void)
{
  const gint64 ranges[][2] = { { 1, 2 }, { 0, 7 }, { 3, 1000 }, { 1000, G_MAXINT64 } };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      gint64 before = G_MININT64;

      for (guint level = 1; level <= STORM_N_HEATS; level++)
        {
          gint64 limit = storm_heat_get_limit (level, ranges[i][0], ranges[i][1]);

          g_assert_cmpint (limit, >=, before);
          g_assert_cmpuint (storm_heat_get_level (limit, ranges[i][0], ranges[i][1]), <=, level);
          before = limit;
        }
      g_assert_cmpint (before, ==, ranges[i][1]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heat/nicks", test_nicks);
  g_test_add_func ("/heat/value", test_value);
  g_test_add_func ("/heat/levels", test_levels);
  g_test_add_func ("/heat/limits", test_limits);
  return g_test_run ();
}
