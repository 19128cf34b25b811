#include "config.h"

#include "storm-wrap.h"

#define ZERO_WIDTH_SPACE "\342\200\213"
#define WORD_JOINER "\342\201\240"
#define ELLIPSIS "\342\200\246"

static gboolean
storm_wrap_is_hangul (gunichar c)
{
  return c >= 0xac00 && c <= 0xd7a3;
}

static gboolean
storm_wrap_is_joint (gunichar c)
{
  return c == '_' || c == '.' || c == '/' || c == ':';
}

/* Whether a line may end between @a and @b; @c follows @b. */
static gboolean
storm_wrap_breaks (gunichar a,
                   gunichar b,
                   gunichar c)
{
  if (g_unichar_islower (a) && g_unichar_isupper (b))
    return TRUE;
  /* "HTTPServer": before the S, that begins the next word. */
  if (g_unichar_isupper (a) && g_unichar_isupper (b) && g_unichar_islower (c))
    return TRUE;
  if (g_unichar_isdigit (a) && g_unichar_isupper (b) && g_unichar_islower (c))
    return TRUE;
  return storm_wrap_is_joint (a) && g_unichar_isalnum (b);
}

StormWrapPlace
storm_wrap_place (gunichar a,
                  gunichar b,
                  gunichar c)
{
  if (storm_wrap_breaks (a, b, c))
    return STORM_WRAP_BREAK;
  return storm_wrap_is_hangul (a) && storm_wrap_is_hangul (b) ? STORM_WRAP_JOIN : STORM_WRAP_PLAIN;
}

char *
storm_wrap_prepare (const char *text,
                    guint       max_chars)
{
  GString *out;
  gunichar previous = 0;
  guint n = 0;

  g_return_val_if_fail (text != NULL, NULL);

  out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gunichar next = g_utf8_get_char (g_utf8_next_char (p));
      StormWrapPlace place;

      if (n++ == max_chars)
        {
          g_string_append (out, ELLIPSIS);
          break;
        }
      if (c != '\n' && g_unichar_iscntrl (c))
        c = ' ';
      place = storm_wrap_place (previous, c, next);
      if (place != STORM_WRAP_PLAIN)
        g_string_append (out, place == STORM_WRAP_BREAK ? ZERO_WIDTH_SPACE : WORD_JOINER);
      g_string_append_unichar (out, c);
      previous = c;
    }
  return g_string_free (out, FALSE);
}
