#include "config.h"

#include "storm-span.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "storm-error.h"
#include "storm-time.h"

#define MAX_BYTES 64
#define MAX_DIGITS 18

#define MINUTE (60 * STORM_TIME_SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* From the longest to the shortest: what a span is written with. */
static const struct
{
  gint64      length;
  const char *format;
} units[] = {
  { DAY, N_("%d d") },
  { HOUR, N_("%d h") },
  { MINUTE, N_("%d min") },
  { STORM_TIME_SECOND, N_("%d s") },
  { STORM_TIME_MILLISECOND, N_("%d ms") },
  { STORM_TIME_MICROSECOND, N_("%d µs") },
};

/* What people also write, in any language. */
static const struct
{
  const char *word;
  gint64      length;
} words[] = {
  { "ns", 1 },
  { "us", STORM_TIME_MICROSECOND }, { "µs", STORM_TIME_MICROSECOND },
  { "μs", STORM_TIME_MICROSECOND },
  { "ms", STORM_TIME_MILLISECOND }, { "msec", STORM_TIME_MILLISECOND },
  { "s", STORM_TIME_SECOND }, { "sec", STORM_TIME_SECOND }, { "second", STORM_TIME_SECOND },
  { "seconds", STORM_TIME_SECOND },
  { "m", MINUTE }, { "min", MINUTE }, { "mins", MINUTE }, { "minute", MINUTE },
  { "minutes", MINUTE },
  { "h", HOUR }, { "hr", HOUR }, { "hour", HOUR }, { "hours", HOUR },
  { "d", DAY }, { "day", DAY }, { "days", DAY },
  { "w", 7 * DAY }, { "week", 7 * DAY }, { "weeks", 7 * DAY },
  { "y", 365 * DAY }, { "year", 365 * DAY }, { "years", 365 * DAY },
};

/* What stands behind the number in a format, which is the unit's word in this language. */
static const char *
get_word (const char *format)
{
  const char *at = strstr (format, "%d");

  at = at != NULL ? at + 2 : format;
  while (*at == ' ')
    at++;
  return at;
}

static gint64
find_unit (const char *word)
{
  g_autofree char *folded = g_utf8_casefold (word, -1);

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autofree char *translated = g_utf8_casefold (get_word (_(units[i].format)), -1);

      if (g_str_equal (translated, folded))
        return units[i].length;
    }
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *known = g_utf8_casefold (words[i].word, -1);

      if (g_str_equal (known, folded))
        return words[i].length;
    }
  return 0;
}

/* Reads digits and a fraction from *@at; the value is *@whole + *@part / *@scale. */
static gboolean
read_number (const char **at,
             gint64      *whole,
             gint64      *part,
             gint64      *scale)
{
  guint n = 0;

  *whole = 0;
  *part = 0;
  *scale = 1;
  for (; g_ascii_isdigit (**at); (*at)++)
    {
      if (++n > MAX_DIGITS)
        return FALSE;
      *whole = *whole * 10 + (**at - '0');
    }
  if (n == 0 || (**at != '.' && **at != ','))
    return n > 0;
  (*at)++;
  if (!g_ascii_isdigit (**at))
    return FALSE;
  for (; g_ascii_isdigit (**at); (*at)++)
    {
      /* What is behind the ninth digit is less than a nanosecond of any second. */
      if (*scale >= STORM_TIME_SECOND)
        continue;
      *part = *part * 10 + (**at - '0');
      *scale *= 10;
    }
  return TRUE;
}

/* The word at *@at, up to the next digit or space. */
static char *
read_word (const char **at)
{
  const char *start = *at;

  while (**at != '\0' && !g_ascii_isdigit (**at) && **at != ' ')
    (*at)++;
  return g_strndup (start, (gsize) (*at - start));
}

static gboolean
add (gint64 *sum,
     gint64  whole,
     gint64  part,
     gint64  scale,
     gint64  unit)
{
  gint64 product;

  if (__builtin_mul_overflow (whole, unit, &product) ||
      __builtin_add_overflow (*sum, product, sum))
    return FALSE;
  /* In two steps: a fraction of a year has more digits than there is room for. */
  product = unit / scale * part + (gint64) ((double) (unit % scale) * (double) part /
                                            (double) scale);
  return !__builtin_add_overflow (*sum, product, sum);
}

static gboolean
fail (const char  *text,
      GError     **error)
{
  g_autofree char *start = g_utf8_make_valid (text, (gssize) MIN (strlen (text), MAX_BYTES));

  g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
               _("“%s” is no span of time. Write for example 2 s, 5 min or 1 h."), start);
  return FALSE;
}

gboolean
storm_span_parse (const char  *text,
                  gint64      *out,
                  GError     **error)
{
  const char *at = text;
  gint64 sum = 0;
  guint n_parts = 0;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (out != NULL, FALSE);

  if (strlen (text) > MAX_BYTES || !g_utf8_validate (text, -1, NULL))
    return fail (text, error);
  for (;;)
    {
      g_autofree char *word = NULL;
      gint64 whole, part, scale, unit;

      while (*at == ' ')
        at++;
      if (*at == '\0')
        break;
      if (!read_number (&at, &whole, &part, &scale))
        return fail (text, error);
      while (*at == ' ')
        at++;
      word = read_word (&at);
      unit = find_unit (word);
      /* A number without a unit, if it is all that there is. */
      if (*word == '\0' && n_parts == 0 && *at == '\0')
        unit = STORM_TIME_SECOND;
      if (unit == 0 || !add (&sum, whole, part, scale, unit))
        return fail (text, error);
      n_parts++;
    }
  if (n_parts == 0)
    return fail (text, error);
  *out = sum;
  return TRUE;
}

char *
storm_span_format (gint64 span)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (span >= 0, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      gint64 n = span / units[i].length;

      if (n == 0)
        continue;
      span -= n * units[i].length;
      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append_printf (text, "%" G_GINT64_FORMAT, n);
      /* The formats are those of single numbers; the words in them are all that is needed. */
      if (strstr (_(units[i].format), "%d ") != NULL)
        g_string_append_c (text, ' ');
      g_string_append (text, get_word (_(units[i].format)));
    }
  if (text->len == 0)
    return g_strdup_printf (_("%d s"), 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
