#include "config.h"

#include "storm-board-diff.h"

#include <string.h>

#include "storm-json.h"

/* The first field of @name that isn't taken yet. */
static int
take_field (GPtrArray  *fields,
            gboolean   *taken,
            const char *name)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const StormField *field = g_ptr_array_index (fields, i);

      if (!taken[i] && g_str_equal (field->name, name))
        {
          taken[i] = TRUE;
          return (int) i;
        }
    }

  return -1;
}

GArray *
storm_field_diff (GPtrArray *a,
                  GPtrArray *b)
{
  GArray *diff;
  g_autofree gboolean *taken = NULL;

  g_return_val_if_fail (a != NULL, NULL);
  g_return_val_if_fail (b != NULL, NULL);

  diff = g_array_new (FALSE, FALSE, sizeof (StormFieldDiff));
  taken = g_new0 (gboolean, a->len + 1);
  for (guint i = 0; i < b->len; i++)
    {
      StormFieldDiff entry = { NULL, g_ptr_array_index (b, i) };
      int old = take_field (a, taken, entry.b->name);

      if (old >= 0)
        entry.a = g_ptr_array_index (a, old);
      if (old < 0 || !storm_field_equal (entry.a, entry.b))
        g_array_append_val (diff, entry);
    }
  for (guint i = 0; i < a->len; i++)
    {
      StormFieldDiff entry = { g_ptr_array_index (a, i), NULL };

      if (!taken[i])
        g_array_append_val (diff, entry);
    }

  return diff;
}

static void
json_diff_free (gpointer data)
{
  StormJsonDiff *diff = data;

  g_free (diff->path);
  g_clear_pointer (&diff->a, json_node_unref);
  g_clear_pointer (&diff->b, json_node_unref);
  g_free (diff);
}

static void
add_diff (GPtrArray  *out,
          const char *path,
          JsonNode   *a,
          JsonNode   *b)
{
  StormJsonDiff *diff = g_new0 (StormJsonDiff, 1);

  diff->path = g_strdup (path);
  diff->a = a != NULL ? json_node_ref (a) : NULL;
  diff->b = b != NULL ? json_node_ref (b) : NULL;
  g_ptr_array_add (out, diff);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static void
add_members (GPtrArray  *names,
             JsonObject *object,
             JsonObject *unless)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    {
      if (unless == NULL || !json_object_has_member (unless, l->data))
        g_ptr_array_add (names, l->data);
    }
}

/* As deep as the document: storm_json_parse() bounds that. */
static void
compare_nodes (GPtrArray  *out,
               const char *path,
               JsonNode   *a,
               JsonNode   *b)
{
  g_autoptr (GPtrArray) names = NULL;
  JsonObject *first, *second;

  if (a == NULL || b == NULL || !JSON_NODE_HOLDS_OBJECT (a) || !JSON_NODE_HOLDS_OBJECT (b))
    {
      if (a == NULL || b == NULL || !json_node_equal (a, b))
        add_diff (out, path, a, b);
      return;
    }

  first = json_node_get_object (a);
  second = json_node_get_object (b);
  names = g_ptr_array_new ();
  add_members (names, first, NULL);
  add_members (names, second, first);
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *inner = *path != '\0' ? g_strconcat (path, ".", name, NULL)
                                             : g_strdup (name);

      compare_nodes (out, inner, json_object_get_member (first, name),
                     json_object_get_member (second, name));
    }
}

static JsonNode *
parse (const char *text)
{
  JsonNode *node;

  if (text == NULL || *text == '\0')
    text = "{}";
  node = storm_json_parse (text, strlen (text), "", NULL);
  if (node == NULL)
    node = json_node_init_string (json_node_alloc (), text);

  return node;
}

GPtrArray *
storm_json_diff (const char *a,
                 const char *b)
{
  GPtrArray *out = g_ptr_array_new_with_free_func (json_diff_free);
  g_autoptr (JsonNode) first = NULL;
  g_autoptr (JsonNode) second = NULL;

  if (g_strcmp0 (a, b) == 0)
    return out;

  first = parse (a);
  second = parse (b);
  compare_nodes (out, "", first, second);

  return out;
}
