#include "config.h"

#include "storm-error.h"
#include "storm-span.h"
#include "storm-time.h"

#define DAY (G_GINT64_CONSTANT (86400) * STORM_TIME_SECOND)

static void
test_parse (void)
{
  static const struct { const char *text; gint64 span; } cases[] = {
    { "0", 0 },
    { "0 s", 0 },
    { "2 s", 2 * STORM_TIME_SECOND },
    { "2s", 2 * STORM_TIME_SECOND },
    { "  5   min  ", 300 * STORM_TIME_SECOND },
    { "5 MIN", 300 * STORM_TIME_SECOND },
    { "1 h", 3600 * STORM_TIME_SECOND },
    { "1h30min", 5400 * STORM_TIME_SECOND },
    { "1 h 30 min", 5400 * STORM_TIME_SECOND },
    { "1.5 h", 5400 * STORM_TIME_SECOND },
    { "1,5 h", 5400 * STORM_TIME_SECOND },
    { "250 ms", 250 * STORM_TIME_MILLISECOND },
    { "0.25", 250 * STORM_TIME_MILLISECOND },
    { "7 µs", 7 * STORM_TIME_MICROSECOND },
    { "7 us", 7 * STORM_TIME_MICROSECOND },
    { "90 seconds", 90 * STORM_TIME_SECOND },
    { "12", 12 * STORM_TIME_SECOND },
    { "365 d", 365 * DAY },
    { "1 year", 365 * DAY },
    { "0.5 year", 365 * DAY / 2 },
    { "1 w 1 d", 8 * DAY },
    { "0.333333333333333333333333333333 s", 333333333 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 span = -1;

      g_test_message ("%s", cases[i].text);
      g_assert_true (storm_span_parse (cases[i].text, &span, &error));
      g_assert_no_error (error);
      g_assert_cmpint (span, ==, cases[i].span);
    }
}

static void
test_refused (void)
{
  static const char * const texts[] = {
    "", "   ", "s", "soon", "2 s soon", "2 parsec", "-2 s", "−2 s", "2 3 s", "2 s 3", "1. s",
    ".5 s", "2 s\n", "999999999999999999999999 s", "999999999999999999 d", "300 y",
    "291 y 291 y", "0x10 s", "1e9 s", "\xff s",
    "1 s 1 s 1 s 1 s 1 s 1 s 1 s 1 s 1 s 1 s 1 s 1 s 1 s 1 s 1 s 1 s 1 s",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 span = 77;

      g_assert_false (storm_span_parse (texts[i], &span, &error));
      g_assert_error (error, STORM_ERROR, STORM_ERROR_INVALID);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpint (span, ==, 77);
    }
}

static void
test_format (void)
{
  static const struct { gint64 span; const char *text; } cases[] = {
    { 0, "0 s" },
    { 999, "0 s" },
    { 2 * STORM_TIME_SECOND, "2 s" },
    { 90 * STORM_TIME_SECOND, "1 min 30 s" },
    { 1500 * STORM_TIME_MILLISECOND, "1 s 500 ms" },
    { 5400 * STORM_TIME_SECOND, "1 h 30 min" },
    { 365 * DAY, "365 d" },
    { DAY + STORM_TIME_MICROSECOND, "1 d 1 µs" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = storm_span_format (cases[i].span);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* What is shown can be typed again and is the same. */
static void
test_there_and_back (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint i = 0; i < 2000; i++)
    {
      gint64 most = G_GINT64_CONSTANT (1) << g_rand_int_range (rand, 10, 62);
      gint64 span = (gint64) (g_rand_double (rand) * (double) most);
      g_autofree char *text = NULL;
      gint64 again;

      span -= span % STORM_TIME_MICROSECOND;
      text = storm_span_format (span);
      g_assert_true (storm_span_parse (text, &again, NULL));
      g_assert_cmpint (again, ==, span);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/span/parse", test_parse);
  g_test_add_func ("/span/refused", test_refused);
  g_test_add_func ("/span/format", test_format);
  g_test_add_func ("/span/there-and-back", test_there_and_back);
  return g_test_run ();
}
