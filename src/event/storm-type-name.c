#include "config.h"

#include "storm-mapping.h"

#include <string.h>

/* Where a name is cut at the end: spaces, and for .NET the assembly behind the type
 * ("Shop.OrderPlaced, Shop, Version=1.0.0.0"). */
static const char *
trim (const char **name,
      const char  *end)
{
  const char *at = *name;
  const char *assembly = g_strstr_len (at, end - at, ", Version=");

  if (assembly != NULL)
    end = memchr (at, ',', (gsize) (end - at));
  while (at < end && g_ascii_isspace (*at))
    at++;
  while (end > at && (g_ascii_isspace (end[-1]) || end[-1] == '.'))
    end--;
  *name = at;

  return end;
}

/* Without "V2", ".v2", "-v1", "_v1.2". A small v needs something in front of it that is no letter,
 * because words end in v. */
static const char *
strip_version (const char *name,
               const char *end)
{
  const char *at = end;

  while (at > name && (g_ascii_isdigit (at[-1]) || (at[-1] == '.' && at < end)))
    at--;
  if (at == end || at == name || (at[-1] != 'v' && at[-1] != 'V'))
    return end;
  at--;
  if (at == name || (*at == 'v' && g_ascii_isalpha (at[-1])) || g_ascii_isupper (at[-1]))
    return end;
  while (at > name && strchr (".-_ :/", at[-1]) != NULL)
    at--;

  return at > name ? at : end;
}

static gboolean
is_uri (const char *name,
        const char *end)
{
  gsize len = (gsize) (end - name);

  return (len > 4 && g_ascii_strncasecmp (name, "urn:", 4) == 0)
         || g_strstr_len (name, (gssize) len, "://") != NULL;
}

static const char *
last_part (const char *name,
           const char *end,
           const char *separators)
{
  for (const char *at = end - 1; at > name; at--)
    {
      if (strchr (separators, at[-1]) != NULL)
        return at;
    }

  return name;
}

static gboolean
is_one_small_word (const char *name,
                   const char *end)
{
  for (; name < end; name++)
    {
      if (!g_ascii_islower (*name))
        return FALSE;
    }

  return TRUE;
}

/* Behind the package. "com.shop.OrderPlaced" is a class in a package, but "com.shop.order.placed"
 * says its name in two words, and only the first two are its package. */
static const char *
skip_package (const char *name,
              const char *end)
{
  static const char *tops[] = { "com", "org", "net", "io", "de", "kr", "co", "dev", "app", "eu" };
  const char *last, *before, *first;

  for (const char *at = name; at < end; at++)
    {
      if (g_ascii_isspace (*at))
        return name;
    }

  last = last_part (name, end, ".+$");
  if (last == name || !is_one_small_word (last, end))
    return last;

  before = last_part (name, last - 1, ".+$");
  for (guint i = 0; i < G_N_ELEMENTS (tops); i++)
    {
      gsize len = strlen (tops[i]);

      if ((gsize) (end - name) > len && strncmp (name, tops[i], len) == 0 && name[len] == '.')
        {
          first = memchr (name + len + 1, '.', (gsize) (end - name) - len - 1);
          return first == NULL || first + 1 == last ? last : before;
        }
    }

  return before;
}

/* Case, spaces, underscores, dashes and dots away. */
static char *
fold (const char *name,
      const char *end)
{
  g_autofree char *valid = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *composed = NULL;
  GString *out;

  valid = g_utf8_make_valid (name, end - name);
  folded = g_utf8_casefold (valid, -1);
  composed = g_utf8_normalize (folded, -1, G_NORMALIZE_NFC);
  out = g_string_sized_new (strlen (composed) + 1);

  for (const char *at = composed; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c) || c == '_' || c == '-' || c == '.' || c == 0x200b || c == 0xa0)
        continue;
      g_string_append_unichar (out, c);
    }

  return g_string_free (out, FALSE);
}

char *
storm_type_name_normalize (const char *name)
{
  const char *at = name;
  const char *end, *cut;
  char *normal;

  g_return_val_if_fail (name != NULL, NULL);

  end = trim (&at, name + strlen (name));
  cut = strip_version (at, end);
  if (is_uri (at, cut))
    at = last_part (at, cut, "/:#?");
  at = skip_package (at, cut);

  normal = fold (at, cut);
  if (*normal == '\0')
    {
      g_free (normal);
      normal = fold (name, name + strlen (name));
    }

  return normal;
}
