#include "config.h"

#include "storm-time.h"

#include <string.h>
#include <time.h>

#include <glib/gi18n-lib.h>

/* What can be believed: 1971 to 2261. Zero and small numbers are unset fields and counters, and the
 * year 2262 is where 64 bits of nanoseconds end. */
#define FIRST_SECOND G_GINT64_CONSTANT (31536000)
#define LAST_SECOND  G_GINT64_CONSTANT (9214646399)

/* More digits than this don't change a nanosecond. */
#define MAX_DIGITS 18

static const gint64 powers[] = {
  G_GINT64_CONSTANT (1), G_GINT64_CONSTANT (10), G_GINT64_CONSTANT (100),
  G_GINT64_CONSTANT (1000), G_GINT64_CONSTANT (10000), G_GINT64_CONSTANT (100000),
  G_GINT64_CONSTANT (1000000), G_GINT64_CONSTANT (10000000), G_GINT64_CONSTANT (100000000),
  G_GINT64_CONSTANT (1000000000), G_GINT64_CONSTANT (10000000000),
  G_GINT64_CONSTANT (100000000000), G_GINT64_CONSTANT (1000000000000),
  G_GINT64_CONSTANT (10000000000000), G_GINT64_CONSTANT (100000000000000),
  G_GINT64_CONSTANT (1000000000000000), G_GINT64_CONSTANT (10000000000000000),
  G_GINT64_CONSTANT (100000000000000000), G_GINT64_CONSTANT (1000000000000000000),
};

/* Days since 1970 of a date in the proleptic Gregorian calendar, and back. Years begin in March
 * here, so that the leap day is the last of its year. */
static gint64
days_from_date (gint64 year,
                gint64 month,
                gint64 day)
{
  gint64 y = month <= 2 ? year - 1 : year;
  gint64 era = (y >= 0 ? y : y - 399) / 400;
  gint64 year_of_era = y - era * 400;
  gint64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
         - 719468;
}

static void
date_from_days (gint64  days,
                gint64 *year,
                int    *month,
                int    *day)
{
  gint64 z = days + 719468;
  gint64 era = (z >= 0 ? z : z - 146096) / 146097;
  gint64 doe = z - era * 146097;
  gint64 yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  gint64 doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  gint64 mp = (5 * doy + 2) / 153;

  *day = (int) (doy - (153 * mp + 2) / 5 + 1);
  *month = (int) (mp < 10 ? mp + 3 : mp - 9);
  *year = yoe + era * 400 + (*month <= 2 ? 1 : 0);
}

static gint64
days_in_month (gint64 year,
               gint64 month)
{
  static const guint8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
    return 29;

  return days[month - 1];
}

static gboolean
from_seconds (gint64     seconds,
              gint64     nanoseconds,
              StormTime *out)
{
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND)
    return FALSE;

  *out = seconds * STORM_TIME_SECOND + nanoseconds;
  return TRUE;
}

/* A civil date and time of @zone, or at @offset seconds east of UTC when @has_offset. */
static gboolean
from_civil (const gint64 *p,
            gint64        nanoseconds,
            gboolean      has_offset,
            gint64        offset,
            GTimeZone    *zone,
            StormTime    *out)
{
  gint64 seconds;

  if (p[0] < 1970 || p[0] > 2262 || p[1] < 1 || p[1] > 12 || p[2] < 1
      || p[2] > days_in_month (p[0], p[1])
      || p[3] < 0 || p[3] > 23 || p[4] < 0 || p[4] > 59 || p[5] < 0 || p[5] > 60
      || nanoseconds < 0 || nanoseconds >= STORM_TIME_SECOND)
    return FALSE;

  seconds = days_from_date (p[0], p[1], p[2]) * 86400 + p[3] * 3600 + p[4] * 60 + p[5];

  if (has_offset)
    {
      seconds -= offset;
    }
  else if (zone != NULL)
    {
      gint64 local = seconds;
      int interval = g_time_zone_adjust_time (zone, G_TIME_TYPE_STANDARD, &local);

      seconds = local - g_time_zone_get_offset (zone, interval);
    }

  return from_seconds (seconds, nanoseconds, out);
}

static gboolean
read_digits (const char **at,
             const char  *end,
             guint        n,
             gint64      *out)
{
  gint64 value = 0;

  if ((gsize) (end - *at) < n)
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      char c = (*at)[i];

      if (c < '0' || c > '9')
        return FALSE;
      value = value * 10 + (c - '0');
    }

  *at += n;
  *out = value;
  return TRUE;
}

static gboolean
read_char (const char **at,
           const char  *end,
           char         a,
           char         b)
{
  if (*at == end || (**at != a && **at != b))
    return FALSE;

  (*at)++;
  return TRUE;
}

/* The digits behind the point, rounded down to nanoseconds. */
static gboolean
read_fraction (const char **at,
               const char  *end,
               gint64      *nanoseconds)
{
  guint n = 0;
  gint64 value = 0;

  while (*at < end && **at >= '0' && **at <= '9')
    {
      if (n < 9)
        value = value * 10 + (**at - '0');
      n++;
      (*at)++;
    }

  if (n == 0)
    return FALSE;

  *nanoseconds = n < 9 ? value * powers[9 - n] : value;
  return TRUE;
}

static gboolean
read_offset (const char **at,
             const char  *end,
             gint64      *offset)
{
  gint64 hours, minutes = 0;
  gint64 sign;

  if (read_char (at, end, 'Z', 'z'))
    {
      *offset = 0;
      return TRUE;
    }

  if (*at == end || (**at != '+' && **at != '-'))
    return FALSE;
  sign = **at == '-' ? -1 : 1;
  (*at)++;

  if (!read_digits (at, end, 2, &hours))
    return FALSE;
  if (*at < end)
    {
      read_char (at, end, ':', ':');
      if (!read_digits (at, end, 2, &minutes))
        return FALSE;
    }
  if (hours > 23 || minutes > 59)
    return FALSE;

  *offset = sign * (hours * 3600 + minutes * 60);
  return TRUE;
}

/* "2026-11-21T10:41:07.120Z" and its relatives. Java leaves out seconds that are zero. */
static gboolean
parse_civil (const char *at,
             const char *end,
             GTimeZone  *zone,
             StormTime  *out)
{
  gint64 p[6] = { 0, };
  gint64 nanoseconds = 0;
  gint64 offset = 0;
  gboolean has_offset = FALSE;

  if (!read_digits (&at, end, 4, &p[0]) || !read_char (&at, end, '-', '-')
      || !read_digits (&at, end, 2, &p[1]) || !read_char (&at, end, '-', '-')
      || !read_digits (&at, end, 2, &p[2])
      || !(read_char (&at, end, 'T', 't') || read_char (&at, end, ' ', ' '))
      || !read_digits (&at, end, 2, &p[3]) || !read_char (&at, end, ':', ':')
      || !read_digits (&at, end, 2, &p[4]))
    return FALSE;

  if (read_char (&at, end, ':', ':'))
    {
      if (!read_digits (&at, end, 2, &p[5]))
        return FALSE;
      /* NServiceBus writes a colon before the fraction. */
      if ((read_char (&at, end, '.', ',') || read_char (&at, end, ':', ':'))
          && !read_fraction (&at, end, &nanoseconds))
        return FALSE;
    }

  if (at < end)
    {
      read_char (&at, end, ' ', ' ');
      if (!read_offset (&at, end, &offset) || at != end)
        return FALSE;
      has_offset = TRUE;
    }

  return from_civil (p, nanoseconds, has_offset, offset, zone, out);
}

static gboolean
parse_compact (const char *at,
               const char *end,
               GTimeZone  *zone,
               StormTime  *out)
{
  static const guint8 widths[] = { 4, 2, 2, 2, 2, 2 };
  gint64 p[6];

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      if (!read_digits (&at, end, widths[i], &p[i]))
        return FALSE;
    }

  return at == end && from_civil (p, 0, FALSE, 0, zone, out);
}

/* @digits × 10^@exponent since 1970, without going through a double: nanoseconds need 19 digits. */
static gboolean
from_decimal (guint64    digits,
              int        exponent,
              StormTime *out)
{
  gint64 whole, seconds, nanoseconds;
  int unit;

  if (digits == 0 || exponent > MAX_DIGITS || exponent < -MAX_DIGITS)
    return FALSE;

  if (exponent >= 0)
    {
      if (digits > (guint64) (G_MAXINT64 / powers[exponent]))
        return FALSE;
      whole = (gint64) digits * powers[exponent];
    }
  else
    {
      whole = (gint64) (digits / (guint64) powers[-exponent]);
    }

  if (whole <= G_GINT64_CONSTANT (100000000000))
    unit = 9;
  else if (whole <= G_GINT64_CONSTANT (100000000000000))
    unit = 6;
  else if (whole <= G_GINT64_CONSTANT (100000000000000000))
    unit = 3;
  else
    unit = 0;

  seconds = whole / powers[9 - unit];
  nanoseconds = (whole % powers[9 - unit]) * powers[unit];
  if (exponent < 0)
    {
      guint64 rest = digits % (guint64) powers[-exponent];
      int shift = unit + exponent;

      nanoseconds += shift >= 0 ? (gint64) rest * powers[shift]
                                : (gint64) (rest / (guint64) powers[-shift]);
    }

  return from_seconds (seconds, nanoseconds, out);
}

/* A number as JSON and Java write it: digits, fraction, exponent ("1.795243306002E9"). */
static gboolean
parse_number (const char *at,
              const char *end,
              StormTime  *out)
{
  guint64 digits = 0;
  guint n = 0;
  int exponent = 0;
  gboolean fraction = FALSE, any = FALSE;

  for (; at < end; at++)
    {
      if (*at == '.' && !fraction)
        {
          fraction = TRUE;
          continue;
        }
      if (*at < '0' || *at > '9')
        break;
      any = TRUE;
      if (n < MAX_DIGITS + 1 && digits <= (G_MAXINT64 - 9) / 10)
        {
          digits = digits * 10 + (guint64) (*at - '0');
          n += digits != 0;
          exponent -= fraction;
        }
      else if (!fraction)
        {
          exponent++;
        }
    }

  if (!any)
    return FALSE;

  if (at < end && (*at == 'e' || *at == 'E'))
    {
      gboolean negative = FALSE;
      gint64 value = 0;

      at++;
      if (at < end && (*at == '+' || *at == '-'))
        negative = *at++ == '-';
      if (at == end || end - at > 4 || !read_digits (&at, end, (guint) (end - at), &value))
        return FALSE;
      exponent += negative ? (int) -value : (int) value;
    }

  /* Zeros at the end carry nothing, but would overrun the table of powers. */
  while (digits != 0 && digits % 10 == 0 && exponent < 0)
    {
      digits /= 10;
      exponent++;
    }

  return at == end && from_decimal (digits, exponent, out);
}

StormTime
storm_time_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);

  return (StormTime) now.tv_sec * STORM_TIME_SECOND + now.tv_nsec;
}

gboolean
storm_time_from_epoch (gint64     number,
                       StormTime *out)
{
  g_return_val_if_fail (out != NULL, FALSE);

  return number > 0 && from_decimal ((guint64) number, 0, out);
}

gboolean
storm_time_from_epoch_double (double     number,
                              StormTime *out)
{
  gint64 whole;
  StormTime time;

  g_return_val_if_fail (out != NULL, FALSE);

  /* Also false for NaN. */
  if (!(number >= 1.0 && number < 9.3e18))
    return FALSE;

  whole = (gint64) number;
  if (!storm_time_from_epoch (whole, &time))
    return FALSE;

  /* A double holds about a quarter of a microsecond of today's seconds; less of larger units. */
  if (whole <= G_GINT64_CONSTANT (100000000000))
    time += (gint64) ((number - (double) whole) * 1e6) * STORM_TIME_MICROSECOND;
  else if (whole <= G_GINT64_CONSTANT (100000000000000))
    time += (gint64) ((number - (double) whole) * 1e3) * STORM_TIME_MICROSECOND;

  *out = time;
  return TRUE;
}

gboolean
storm_time_parse (const char *text,
                  gssize      len,
                  GTimeZone  *zone,
                  StormTime  *out)
{
  const char *at = text;
  const char *end;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (out != NULL, FALSE);

  end = text + (len >= 0 ? (gsize) len : strlen (text));
  while (at < end && *at == ' ')
    at++;
  while (end > at && end[-1] == ' ')
    end--;

  /* The longest that is allowed is far shorter; a megabyte of digits is not a time. */
  if (end - at > 64)
    return FALSE;

  /* 14 digits are a date: as milliseconds they would lie in the years 2286 to 5138. */
  if (end - at == 14 && parse_compact (at, end, zone, out))
    return TRUE;
  if (end - at > 4 && at[4] == '-')
    return parse_civil (at, end, zone, out);

  return parse_number (at, end, out);
}

gboolean
storm_time_from_civil (const gint64 *parts,
                       guint         n_parts,
                       GTimeZone    *zone,
                       StormTime    *out)
{
  gint64 p[7] = { 0, };

  g_return_val_if_fail (parts != NULL || n_parts == 0, FALSE);
  g_return_val_if_fail (out != NULL, FALSE);

  if (n_parts < 3 || n_parts > 7)
    return FALSE;

  for (guint i = 0; i < n_parts; i++)
    p[i] = parts[i];

  return from_civil (p, p[6], FALSE, 0, zone, out);
}

char *
storm_time_format_rfc3339 (StormTime time)
{
  gint64 milliseconds = time / STORM_TIME_MILLISECOND;
  gint64 days, rest, year;
  int month, day;

  if (time % STORM_TIME_MILLISECOND < 0)
    milliseconds--;
  days = milliseconds / 86400000;
  rest = milliseconds % 86400000;
  if (rest < 0)
    {
      days--;
      rest += 86400000;
    }
  date_from_days (days, &year, &month, &day);

  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", (int) year, month, day,
                          (int) (rest / 3600000), (int) (rest / 60000 % 60),
                          (int) (rest / 1000 % 60), (int) (rest % 1000));
}

void
storm_time_format_clock (StormTime  time,
                         char      *buf)
{
  gint64 seconds = time / STORM_TIME_SECOND;
  gint64 nanoseconds = time % STORM_TIME_SECOND;
  time_t t;
  struct tm tm = { 0, };

  g_return_if_fail (buf != NULL);

  if (nanoseconds < 0)
    {
      seconds--;
      nanoseconds += STORM_TIME_SECOND;
    }
  t = (time_t) seconds;
  localtime_r (&t, &tm);

  g_snprintf (buf, 16, "%02d:%02d:%02d.%03d", tm.tm_hour, tm.tm_min, tm.tm_sec,
              (int) (nanoseconds / STORM_TIME_MILLISECOND));
}

static char *
format_positive_span (guint64 span)
{
  guint64 seconds = span / STORM_TIME_SECOND;

  if (span != 0 && span < STORM_TIME_MILLISECOND)
    return g_strdup_printf (_("%d µs"), (int) (span / STORM_TIME_MICROSECOND));
  if (seconds == 0)
    return g_strdup_printf (_("%d ms"), (int) (span / STORM_TIME_MILLISECOND));
  if (seconds < 10)
    return g_strdup_printf (_("%.1f s"), (double) (span / (STORM_TIME_SECOND / 10)) / 10.0);
  if (seconds < 60)
    return g_strdup_printf (_("%d s"), (int) seconds);
  if (seconds < 3600)
    return g_strdup_printf (_("%d min"), (int) (seconds / 60));
  if (seconds < 48 * 3600)
    return g_strdup_printf (_("%d h %d min"), (int) (seconds / 3600), (int) (seconds / 60 % 60));

  return g_strdup_printf (_("%d d"), (int) (seconds / 86400));
}

char *
storm_time_format_span (gint64 span)
{
  g_autofree char *text = NULL;

  if (span >= 0)
    return format_positive_span ((guint64) span);

  text = format_positive_span (span == G_MININT64 ? (guint64) G_MAXINT64 : (guint64) -span);

  /* Translators: a negative duration; the character is a minus sign, not a hyphen. */
  return g_strdup_printf (_("−%s"), text);
}
