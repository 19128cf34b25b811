#include "config.h"

#include <time.h>

#include "storm-time.h"

#define MOMENT "2026-11-21T10:41:07.120Z"

static void
assert_parses (const char *text,
               GTimeZone  *zone,
               const char *expected)
{
  g_autofree char *formatted = NULL;
  StormTime time = 0;

  if (!storm_time_parse (text, -1, zone, &time))
    g_error ("“%s” was refused", text);
  formatted = storm_time_format_rfc3339 (time);
  g_assert_cmpstr (formatted, ==, expected);
}

static void
test_accepted (void)
{
  static const struct { const char *text, *expected; } rows[] = {
    { "2026-11-21T10:41:07.120Z", MOMENT },
    { "2026-11-21t10:41:07.120z", MOMENT },
    { "2026-11-21 10:41:07.120Z", MOMENT },
    { "2026-11-21T10:41:07,120Z", MOMENT },
    { "2026-11-21T10:41:07.120", MOMENT },
    { "2026-11-21T10:41:07.120000000001Z", MOMENT },
    { "2026-11-21T19:41:07.12+09:00", MOMENT },
    { "2026-11-21T19:41:07.12+0900", MOMENT },
    { "2026-11-21T19:41:07.12+09", MOMENT },
    { "2026-11-21T05:11:07.12-05:30", MOMENT },
    { "2026-11-21 10:41:07:120000 Z", MOMENT },
    { " 2026-11-21T10:41:07.120Z ", MOMENT },
    { "2026-11-21T10:41", "2026-11-21T10:41:00.000Z" },
    { "2026-11-21T10:41Z", "2026-11-21T10:41:00.000Z" },
    { "2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z" },
    { "2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z" },
    { "20261121104107", "2026-11-21T10:41:07.000Z" },
    { "1795257667", "2026-11-21T10:41:07.000Z" },
    { "1795257667.12", MOMENT },
    { "1.79525766712E9", MOMENT },
    { "1.79525766712E+9", MOMENT },
    { "179525766712e-2", MOMENT },
    { "1795257667120", MOMENT },
    { "1795257667120.5", MOMENT },
    { "1.79525766712e12", MOMENT },
    { "1795257667120000", MOMENT },
    { "1795257667120000000", MOMENT },
    { "1795257667.120000000000000000000000000", MOMENT },
    { "31536000", "1971-01-01T00:00:00.000Z" },
    { "9214646399", "2261-12-31T23:59:59.000Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_parses (rows[i].text, NULL, rows[i].expected);
}

static void
test_refused (void)
{
  static const char *rows[] = {
    "", " ", "now", "-", ".", "e", "1e", "1e+", "0", "-1", "-1795257667", "42", "+1795257667",
    "31535999", "9214646400", "99999999999", "9300000000000", "999999999999999999999999999",
    "1e300", "1e99999", "1795257667x", "1795257667.1.2", "0x6b015043", "NaN", "Infinity",
    "2026-11-21", "2026-11-21T", "2026-11-21T10", "2026-13-21T10:41:07Z", "2026-00-21T10:41:07Z",
    "2026-11-31T10:41:07Z", "2026-02-29T10:41:07Z", "2026-11-21T24:00:00Z", "2026-11-21T10:60:00Z",
    "2026-11-21T10:41:61Z", "2026-11-21T10:41:07.Z", "2026-11-21T10:41:07+25:00",
    "2026-11-21T10:41:07+9", "2026-11-21T10:41:07ZZ", "2026-11-21X10:41:07Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z", "1969-12-31T23:59:59Z", "1970-06-01T00:00:00Z", "20261321104107",
    "00000000000000",
  };
  g_autofree char *digits = g_strnfill (1000000, '1');
  StormTime time = 7;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (storm_time_parse (rows[i], -1, NULL, &time))
        g_error ("“%s” was accepted", rows[i]);
    }
  g_assert_false (storm_time_parse (digits, -1, NULL, &time));
  g_assert_cmpint (time, ==, 7);
}

static void
test_length (void)
{
  StormTime time;

  /* Bytes behind the length, such as the quote that ends a JSON string, don't count. */
  g_assert_true (storm_time_parse ("1795257667\",", 10, NULL, &time));
  g_assert_cmpint (time, ==, 1795257667 * STORM_TIME_SECOND);
  g_assert_true (storm_time_parse ("20261121104107999", 14, NULL, &time));
  g_assert_cmpint (time, ==, 1795257667 * STORM_TIME_SECOND);
}

static void
test_exact (void)
{
  StormTime time;

  g_assert_true (storm_time_parse ("1795243306.002000001", -1, NULL, &time));
  g_assert_cmpint (time, ==, G_GINT64_CONSTANT (1795243306002000001));
  g_assert_true (storm_time_parse ("1795243306002000001", -1, NULL, &time));
  g_assert_cmpint (time, ==, G_GINT64_CONSTANT (1795243306002000001));
  g_assert_true (storm_time_parse ("2026-11-21T10:41:07.123456789Z", -1, NULL, &time));
  g_assert_cmpint (time, ==, G_GINT64_CONSTANT (1795257667123456789));
}

static void
test_zone (void)
{
  g_autoptr (GTimeZone) seoul = g_time_zone_new_identifier ("Asia/Seoul");
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");

  if (seoul == NULL || berlin == NULL)
    {
      g_test_skip ("no time zone data");
      return;
    }

  assert_parses ("20261121194107", seoul, "2026-11-21T10:41:07.000Z");
  assert_parses ("2026-11-21T19:41:07", seoul, "2026-11-21T10:41:07.000Z");
  /* A zone in the text goes before the mapping's. */
  assert_parses ("2026-11-21T10:41:07Z", seoul, "2026-11-21T10:41:07.000Z");
  assert_parses ("1795257667", seoul, "2026-11-21T10:41:07.000Z");
  assert_parses ("20260721114107", berlin, "2026-07-21T09:41:07.000Z");
  assert_parses ("20261121114107", berlin, "2026-11-21T10:41:07.000Z");
  /* The hour that is skipped in spring is still some moment, not an error. */
  assert_parses ("20260329023000", berlin, "2026-03-29T01:00:00.000Z");
}

static void
test_civil (void)
{
  static const gint64 full[] = { 2026, 11, 21, 10, 41, 7, 120000000 };
  static const gint64 wrong[] = { 2026, 11, 21, 10, 41, 7, 1000000000 };
  static const gint64 month[] = { 2026, 13, 21 };
  static const gint64 huge[] = { G_MAXINT64, 1, 1 };
  StormTime time;

  g_assert_true (storm_time_from_civil (full, 7, NULL, &time));
  g_assert_cmpint (time, ==, G_GINT64_CONSTANT (1795257667120000000));
  g_assert_true (storm_time_from_civil (full, 6, NULL, &time));
  g_assert_cmpint (time, ==, G_GINT64_CONSTANT (1795257667000000000));
  g_assert_true (storm_time_from_civil (full, 5, NULL, &time));
  g_assert_cmpint (time, ==, G_GINT64_CONSTANT (1795257660000000000));
  g_assert_true (storm_time_from_civil (full, 3, NULL, &time));
  g_assert_false (storm_time_from_civil (full, 2, NULL, &time));
  g_assert_false (storm_time_from_civil (wrong, 7, NULL, &time));
  g_assert_false (storm_time_from_civil (month, 3, NULL, &time));
  g_assert_false (storm_time_from_civil (huge, 3, NULL, &time));
}

static void
test_epoch (void)
{
  StormTime time;

  g_assert_false (storm_time_from_epoch (0, &time));
  g_assert_false (storm_time_from_epoch (-5, &time));
  g_assert_false (storm_time_from_epoch (G_MININT64, &time));
  g_assert_true (storm_time_from_epoch (1795257667120, &time));
  g_assert_cmpint (time, ==, G_GINT64_CONSTANT (1795257667120000000));
  g_assert_false (storm_time_from_epoch (G_MAXINT64, &time));

  g_assert_true (storm_time_from_epoch_double (1795243306.25, &time));
  g_assert_cmpint (time, ==, G_GINT64_CONSTANT (1795243306250000000));
  g_assert_true (storm_time_from_epoch_double (1795243306250.5, &time));
  g_assert_cmpint (time, ==, G_GINT64_CONSTANT (1795243306250500000));
  g_assert_false (storm_time_from_epoch_double (-1.0, &time));
  g_assert_false (storm_time_from_epoch_double (0.0 / 0.0, &time));
  g_assert_false (storm_time_from_epoch_double (1e300, &time));
}

/* Against the C library, over the whole range. */
static void
test_dates (void)
{
  for (gint64 day = 365; day < 106000; day += 13)
    {
      time_t seconds = (time_t) (day * 86400 + day % 86400);
      struct tm tm;
      char text[64];
      g_autofree char *formatted = NULL;
      StormTime time;

      gmtime_r (&seconds, &tm);
      strftime (text, sizeof text, "%Y-%m-%dT%H:%M:%S.000Z", &tm);
      g_assert_true (storm_time_parse (text, -1, NULL, &time));
      g_assert_cmpint (time / STORM_TIME_SECOND, ==, seconds);
      formatted = storm_time_format_rfc3339 (time);
      g_assert_cmpstr (formatted, ==, text);
    }
}

static void
test_format (void)
{
  static const struct { gint64 span; const char *text; } spans[] = {
    { 0, "0 ms" },
    { 900, "0 µs" },
    { 340 * STORM_TIME_MICROSECOND, "340 µs" },
    { 340 * STORM_TIME_MILLISECOND, "340 ms" },
    { 1290 * STORM_TIME_MILLISECOND, "1.2 s" },
    { 9999 * STORM_TIME_MILLISECOND, "9.9 s" },
    { 38 * STORM_TIME_SECOND, "38 s" },
    { 200 * STORM_TIME_SECOND, "3 min" },
    { 3900 * STORM_TIME_SECOND, "1 h 5 min" },
    { 200000 * STORM_TIME_SECOND, "2 d" },
    { -1290 * STORM_TIME_MILLISECOND, "−1.2 s" },
    { G_MININT64, "−106751 d" },
  };
  g_autofree char *before = storm_time_format_rfc3339 (-1);
  g_autofree char *none = storm_time_format_rfc3339 (STORM_TIME_NONE);
  char clock[16];

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autofree char *text = storm_time_format_span (spans[i].span);

      g_assert_cmpstr (text, ==, spans[i].text);
    }

  g_assert_cmpstr (before, ==, "1969-12-31T23:59:59.999Z");
  g_assert_cmpstr (none, ==, "1677-09-21T00:12:43.145Z");
  storm_time_format_clock (G_GINT64_CONSTANT (1795257667120999999), clock);
  g_assert_cmpstr (clock, ==, "10:41:07.120");
  storm_time_format_clock (-1, clock);
  g_assert_cmpstr (clock, ==, "23:59:59.999");
  g_assert_cmpint (storm_time_now (), >, 1700000000 * STORM_TIME_SECOND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/time/accepted", test_accepted);
  g_test_add_func ("/time/refused", test_refused);
  g_test_add_func ("/time/length", test_length);
  g_test_add_func ("/time/exact", test_exact);
  g_test_add_func ("/time/zone", test_zone);
  g_test_add_func ("/time/civil", test_civil);
  g_test_add_func ("/time/epoch", test_epoch);
  g_test_add_func ("/time/dates", test_dates);
  g_test_add_func ("/time/format", test_format);

  return g_test_run ();
}
