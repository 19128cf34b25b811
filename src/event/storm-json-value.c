#include "config.h"

#include "storm-json-scan.h"

#include <string.h>

static gunichar
read_hex (const char *at)
{
  gunichar value = 0;

  for (guint i = 0; i < 4; i++)
    value = value << 4 | (gunichar) g_ascii_xdigit_value (at[i]);

  return value;
}

static gboolean
is_unicode_escape (const char *at,
                   const char *end)
{
  if (end - at < 6 || at[0] != '\\' || at[1] != 'u')
    return FALSE;

  for (guint i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return FALSE;
    }

  return TRUE;
}

/* A \u escape, or two of them that make one character. What can't be in a text (half a pair, nul)
 * becomes U+FFFD. */
static const char *
unescape_unicode (const char  *at,
                  const char  *end,
                  char       **out)
{
  gunichar c = read_hex (at + 2);

  at += 6;
  if (c >= 0xd800 && c <= 0xdbff && is_unicode_escape (at, end))
    {
      gunichar low = read_hex (at + 2);

      if (low >= 0xdc00 && low <= 0xdfff)
        {
          c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
          at += 6;
        }
    }
  if (c == 0 || (c >= 0xd800 && c <= 0xdfff))
    c = 0xfffd;

  *out += g_unichar_to_utf8 (c, *out);

  return at;
}

gsize
storm_json_unescape (const char *escaped,
                     gsize       len,
                     char       *out)
{
  const char *at = escaped;
  const char *end = escaped + len;
  char *to = out;

  g_return_val_if_fail (escaped != NULL || len == 0, 0);
  g_return_val_if_fail (out != NULL || len == 0, 0);

  while (at < end)
    {
      const char *backslash = memchr (at, '\\', (gsize) (end - at));
      gsize plain = (gsize) ((backslash != NULL ? backslash : end) - at);

      memmove (to, at, plain);
      to += plain;
      at += plain;
      if (end - at < 2)
        break;

      if (is_unicode_escape (at, end))
        {
          at = unescape_unicode (at, end, &to);
          continue;
        }

      switch (at[1])
        {
        case 'b': *to++ = '\b'; break;
        case 'f': *to++ = '\f'; break;
        case 'n': *to++ = '\n'; break;
        case 'r': *to++ = '\r'; break;
        case 't': *to++ = '\t'; break;
        default:  *to++ = at[1]; break;
        }
      at += 2;
    }

  return (gsize) (to - out);
}

char *
storm_json_value_dup (const StormJsonValue *value)
{
  g_return_val_if_fail (value != NULL, NULL);

  if (value->type == STORM_JSON_MISSING || value->type == STORM_JSON_NULL)
    return NULL;

  if (value->type == STORM_JSON_STRING && value->escaped)
    {
      char *text = g_malloc (value->len + 1);
      gsize len = storm_json_unescape (value->start, value->len, text);

      text[len] = '\0';
      return text;
    }

  return g_strndup (value->start, value->len);
}
