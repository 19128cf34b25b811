#include "config.h"

#include "storm-json-twice.h"

#include <string.h>

#include "storm-json-scan.h"

/* Up to so many names are compared each with each. */
#define FEW 12

typedef struct
{
  const char *start;
  gsize       len;
  gboolean    escaped;
} Name;

typedef struct
{
  gboolean is_object;
  guint    first_name;
} Level;

static int
compare_text (const Name *a,
              const Name *b)
{
  g_autofree char *plain_a = NULL;
  g_autofree char *plain_b = NULL;
  const char *text_a = a->start, *text_b = b->start;
  gsize len_a = a->len, len_b = b->len;
  int order;

  if (a->escaped)
    {
      text_a = plain_a = g_malloc (a->len + 1);
      len_a = storm_json_unescape (a->start, a->len, plain_a);
    }
  if (b->escaped)
    {
      text_b = plain_b = g_malloc (b->len + 1);
      len_b = storm_json_unescape (b->start, b->len, plain_b);
    }
  order = memcmp (text_a, text_b, MIN (len_a, len_b));
  return order != 0 ? order : (len_a > len_b) - (len_a < len_b);
}

/* Of equal names the one that comes first in the text is the smaller. */
static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const Name *first = a, *second = b;
  int order = compare_text (first, second);

  return order != 0 ? order : (first->start > second->start) - (first->start < second->start);
}

static const Name *
find_among (Name  *names,
            guint  n)
{
  if (n > FEW)
    {
      qsort (names, n, sizeof *names, compare_names);
      for (guint i = 1; i < n; i++)
        {
          if (compare_text (&names[i - 1], &names[i]) == 0)
            return &names[i];
        }
      return NULL;
    }
  for (guint i = 1; i < n; i++)
    {
      for (guint j = 0; j < i; j++)
        {
          if (names[i].escaped || names[j].escaped
                ? compare_text (&names[i], &names[j]) == 0
                : names[i].len == names[j].len &&
                  memcmp (names[i].start, names[j].start, names[i].len) == 0)
            return &names[i];
        }
    }
  return NULL;
}

/* @p is behind the opening quote. */
static const char *
end_of_string (const char *p,
               const char *end,
               gboolean   *escaped)
{
  *escaped = FALSE;
  for (; p < end && *p != '"'; p++)
    {
      if (*p == '\\')
        {
          *escaped = TRUE;
          p++;
        }
    }
  return p;
}

const char *
storm_json_find_twice (const char *data,
                       gsize       len,
                       gsize      *name_len)
{
  g_autoptr (GArray) names = g_array_new (FALSE, FALSE, sizeof (Name));
  g_autoptr (GArray) levels = g_array_new (FALSE, FALSE, sizeof (Level));
  const char *end = data + len;
  gboolean name_next = FALSE;

  for (const char *p = data; p < end; p++)
    {
      Level *top = levels->len > 0 ? &g_array_index (levels, Level, levels->len - 1) : NULL;

      if (*p == '"')
        {
          Name name = { p + 1, 0, FALSE };

          p = end_of_string (p + 1, end, &name.escaped);
          name.len = p - name.start;
          if (name_next)
            g_array_append_val (names, name);
          name_next = FALSE;
        }
      else if (*p == '{' || *p == '[')
        {
          Level level = { *p == '{', names->len };

          g_array_append_val (levels, level);
          name_next = level.is_object;
        }
      else if (*p == ',')
        name_next = top != NULL && top->is_object;
      else if ((*p == '}' || *p == ']') && top != NULL)
        {
          /* Without any name there is no array yet. */
          const Name *twice = names->len > top->first_name
                                ? find_among ((Name *) (gpointer) names->data + top->first_name,
                                              names->len - top->first_name)
                                : NULL;

          if (twice != NULL)
            {
              *name_len = twice->len;
              return twice->start;
            }
          g_array_set_size (names, top->first_name);
          g_array_set_size (levels, levels->len - 1);
        }
    }
  return NULL;
}
