#include "config.h"

#include <string.h>

#include "storm-json.h"
#include "storm-mapping-private.h"

static void
append_name (GString    *out,
             const char *name)
{
  if (out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');
  storm_json_append_string (out, name, -1);
  g_string_append_c (out, ':');
}

static void
append_lists (GString              *out,
              const StormEntryList *lists)
{
  for (guint i = 0; i < STORM_MAPPING_N_FIELDS; i++)
    {
      if (lists[i].texts == NULL)
        continue;

      append_name (out, storm_mapping_field_names[i]);
      g_string_append_c (out, '[');
      for (guint j = 0; j < lists[i].n; j++)
        {
          if (j > 0)
            g_string_append_c (out, ',');
          storm_json_append_string (out, lists[i].texts[j], -1);
        }
      g_string_append_c (out, ']');
    }
}

static gboolean
is_known (const char *name,
          gboolean    general)
{
  for (guint i = 0; i < STORM_MAPPING_N_FIELDS; i++)
    {
      if (strcmp (name, storm_mapping_field_names[i]) == 0)
        return TRUE;
    }

  return general && (strcmp (name, "zone") == 0 || strcmp (name, "perType") == 0);
}

static void
append_unknown (GString    *out,
                JsonObject *object,
                gboolean    general)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *text = NULL;

      if (is_known (name, general))
        continue;
      text = json_to_string (node, FALSE);
      append_name (out, name);
      g_string_append (out, text);
    }
}

char *
storm_mapping_to_json (StormMapping *self)
{
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  out = g_string_new ("{");
  append_lists (out, self->lists);
  if (self->zone_name != NULL)
    {
      append_name (out, "zone");
      storm_json_append_string (out, self->zone_name, -1);
    }
  if (self->rules->len > 0)
    {
      append_name (out, "perType");
      g_string_append_c (out, '{');
      for (guint i = 0; i < self->rules->len; i++)
        {
          StormTypeRule *rule = g_ptr_array_index (self->rules, i);

          append_name (out, rule->name);
          g_string_append_c (out, '{');
          append_lists (out, rule->lists);
          append_unknown (out, rule->object, FALSE);
          g_string_append_c (out, '}');
        }
      g_string_append_c (out, '}');
    }
  append_unknown (out, self->object, TRUE);
  g_string_append_c (out, '}');

  return g_string_free (out, FALSE);
}
