#include "storm-filter-tokens-private.h"

#include <string.h>

int
storm_filter_is_name (char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

uint32_t
storm_filter_skip_space (const char *text,
                         uint32_t    at,
                         uint32_t    len)
{
  while (at < len && (text[at] == '#' || strchr (" \t\r\n", text[at]) != NULL))
    {
      if (text[at] == '#')
        while (at < len && text[at] != '\n')
          at++;
      else
        at++;
    }
  return at;
}

/* What an interpolation holds is not looked at: up to the quote that ends the outermost string. */
static uint32_t
skip_string (const char *text,
             uint32_t    at,
             uint32_t    len)
{
  unsigned depth = 0;

  for (at++; at < len; at++)
    {
      if (text[at] == '\\' && at + 1 < len)
        depth += text[++at] == '(';
      else if (depth > 0 && text[at] == '(')
        depth++;
      else if (depth > 0 && text[at] == ')')
        depth--;
      else if (depth == 0 && text[at] == '"')
        return at + 1;
    }
  return len;
}

uint32_t
storm_filter_skip_token (const char *text,
                         uint32_t    at,
                         uint32_t    len)
{
  static const char *const operators[] = {
    "?//", "//=", "==", "!=", "<=", ">=", "|=", "+=", "-=", "*=", "/=", "%=", "//", "..",
  };

  at = storm_filter_skip_space (text, at, len);
  if (at >= len)
    return len;
  if (text[at] == '"')
    return skip_string (text, at, len);
  for (unsigned i = 0; i < sizeof operators / sizeof operators[0]; i++)
    if (strlen (operators[i]) <= len - at &&
        strncmp (text + at, operators[i], strlen (operators[i])) == 0)
      return at + strlen (operators[i]);
  /* ".name", "$name", "@format" and "name" are one each. */
  at++;
  if (storm_filter_is_name (text[at - 1]) || strchr (".$@", text[at - 1]) != NULL)
    while (at < len && (storm_filter_is_name (text[at]) ||
                        (text[at] == ':' && at + 1 < len && text[at + 1] == ':') ||
                        (text[at] == ':' && text[at - 1] == ':')))
      at++;
  /* All of a character that takes several bytes. */
  while (at < len && (text[at] & 0xc0) == 0x80)
    at++;
  return at;
}
