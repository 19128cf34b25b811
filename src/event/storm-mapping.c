#include "config.h"

#include "storm-mapping.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "storm-error.h"
#include "storm-json.h"
#include "storm-mapping-private.h"

/* More places in payloads than any mapping needs; they are looked for in every event. */
#define MAX_SLOTS 1024

const char * const storm_mapping_field_names[STORM_MAPPING_N_FIELDS] = {
  "type", "id", "time", "correlation", "causation", "failed",
};

G_DEFINE_BOXED_TYPE (StormMapping, storm_mapping, storm_mapping_ref, storm_mapping_unref)

static void
entry_list_clear (StormEntryList *list)
{
  for (guint i = 0; i < list->n; i++)
    {
      g_free (list->entries[i].place);
      g_strfreev (list->entries[i].values);
    }
  g_strfreev (list->texts);
  g_free (list->entries);
}

static void
type_rule_free (StormTypeRule *rule)
{
  for (guint i = 0; i < STORM_MAPPING_N_FIELDS; i++)
    entry_list_clear (&rule->lists[i]);
  g_free (rule->name);
  g_free (rule->normal);
  g_free (rule);
}

static gboolean
parse_place (StormEntry         *entry,
             const char         *text,
             StormMappingField   field,
             GHashTable         *slots,
             GError            **error)
{
  if (strcmp (text, "key") == 0)
    {
      entry->kind = STORM_ENTRY_KEY;
    }
  else if (strcmp (text, "topic") == 0)
    {
      entry->kind = STORM_ENTRY_TOPIC;
    }
  else if (strcmp (text, "kafka:timestamp") == 0 && field == STORM_MAPPING_TIME)
    {
      entry->kind = STORM_ENTRY_BROKER_TIME;
    }
  else if (g_str_has_prefix (text, "header:") && text[7] != '\0')
    {
      entry->kind = STORM_ENTRY_HEADER;
      entry->name = text + 7;
      entry->name_len = strlen (entry->name);
    }
  else if (g_str_has_prefix (text, "json:"))
    {
      const char *pointer = text + 5;
      g_autoptr (StormScanSet) check = storm_scan_set_new (&pointer, 1, error);
      gpointer slot;

      if (check == NULL)
        {
          g_prefix_error (error, _("Entry “%s” of “%s” in the mapping: "), text,
                          storm_mapping_field_names[field]);
          return FALSE;
        }
      if (!g_hash_table_lookup_extended (slots, pointer, NULL, &slot))
        {
          slot = GUINT_TO_POINTER (g_hash_table_size (slots));
          g_hash_table_insert (slots, g_strdup (pointer), slot);
        }
      entry->kind = STORM_ENTRY_JSON;
      entry->name = pointer;
      entry->name_len = strlen (pointer);
      entry->slot = GPOINTER_TO_UINT (slot);
    }
  else
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("Entry “%s” of “%s” in the mapping can’t be used. Write “header:NAME”, "
                     "“json:/POINTER”, “key” or “topic”, and for the time also "
                     "“kafka:timestamp”."), text, storm_mapping_field_names[field]);
      return FALSE;
    }

  return TRUE;
}

static gboolean
parse_entry (StormEntry         *entry,
             const char         *text,
             StormMappingField   field,
             GHashTable         *slots,
             GError            **error)
{
  if (field != STORM_MAPPING_FAILED)
    return parse_place (entry, text, field, slots, error);

  return storm_entry_parse_rule (entry, text, error)
         && parse_place (entry, entry->place, field, slots, error);
}

static gboolean
parse_list (StormEntryList     *list,
            JsonNode           *node,
            StormMappingField   field,
            GHashTable         *slots,
            GError            **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 0;

  if (array == NULL || n > STORM_MAPPING_MAX_ENTRIES)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("“%s” in the mapping must be a list of at most %d entries."),
                   storm_mapping_field_names[field], STORM_MAPPING_MAX_ENTRIES);
      return FALSE;
    }

  list->texts = g_new0 (char *, n + 1);
  list->entries = g_new0 (StormEntry, n);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
        {
          g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                       _("Entry %u of “%s” in the mapping is not a text."), i + 1,
                       storm_mapping_field_names[field]);
          return FALSE;
        }
      list->texts[i] = json_node_dup_string (element);
      list->n++;
      if (!parse_entry (&list->entries[i], list->texts[i], field, slots, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
parse_lists (StormEntryList  *lists,
             JsonObject      *object,
             GHashTable      *slots,
             GError         **error)
{
  for (guint i = 0; i < STORM_MAPPING_N_FIELDS; i++)
    {
      JsonNode *node = json_object_get_member (object, storm_mapping_field_names[i]);

      if (node != NULL && !parse_list (&lists[i], node, (StormMappingField) i, slots, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
parse_rule (StormMapping  *self,
            const char    *name,
            JsonNode      *node,
            GHashTable    *slots,
            GError       **error)
{
  StormTypeRule *rule;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("“%s” in “perType” of the mapping must be an object with lists of entries."),
                   name);
      return FALSE;
    }
  if (json_object_has_member (json_node_get_object (node), "type"))
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("“%s” in “perType” of the mapping has a list “type”, but where the type "
                     "stands can’t depend on the type. Put it into the general list."), name);
      return FALSE;
    }

  rule = g_new0 (StormTypeRule, 1);
  g_ptr_array_add (self->rules, rule);
  rule->name = g_strdup (name);
  rule->normal = storm_type_name_normalize (name);
  rule->object = json_node_get_object (node);
  if (!parse_lists (rule->lists, rule->object, slots, error))
    {
      g_prefix_error (error, _("For the event type “%s”: "), name);
      return FALSE;
    }
  /* A title and its alias may be the same name in the end; the first one holds. */
  if (!g_hash_table_contains (self->by_normal, rule->normal))
    g_hash_table_insert (self->by_normal, rule->normal, rule);

  return TRUE;
}

static gboolean
parse_per_type (StormMapping  *self,
                GHashTable    *slots,
                GError       **error)
{
  JsonNode *node = json_object_get_member (self->object, "perType");
  JsonObjectIter iter;
  const char *name;

  if (node == NULL)
    return TRUE;

  if (!JSON_NODE_HOLDS_OBJECT (node)
      || json_object_get_size (json_node_get_object (node)) > STORM_MAPPING_MAX_PER_TYPE)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("“perType” in the mapping must be an object of at most %d event types."),
                   STORM_MAPPING_MAX_PER_TYPE);
      return FALSE;
    }

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (!parse_rule (self, name, node, slots, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
parse_zone (StormMapping  *self,
            GError       **error)
{
  JsonNode *node = json_object_get_member (self->object, "zone");

  if (node == NULL)
    return TRUE;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      self->zone_name = json_node_dup_string (node);
      self->zone = g_time_zone_new_identifier (self->zone_name);
    }
  if (self->zone == NULL)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("The time zone “%s” in the mapping is not known. Write it as “Asia/Seoul” or "
                     "“+09:00”."), self->zone_name != NULL ? self->zone_name : "");
      return FALSE;
    }

  return TRUE;
}

static gboolean
compile_sets (StormMapping  *self,
              GHashTable    *slots,
              GError       **error)
{
  g_autofree const char **pointers = NULL;
  GHashTableIter iter;
  gpointer pointer, slot;

  self->n_slots = g_hash_table_size (slots);
  if (self->n_slots > MAX_SLOTS)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                   _("The mapping names more than %d different places in payloads."), MAX_SLOTS);
      return FALSE;
    }

  pointers = g_new0 (const char *, self->n_slots);
  g_hash_table_iter_init (&iter, slots);
  while (g_hash_table_iter_next (&iter, &pointer, &slot))
    pointers[GPOINTER_TO_UINT (slot)] = pointer;

  self->n_sets = (self->n_slots + STORM_SCAN_MAX_POINTERS - 1) / STORM_SCAN_MAX_POINTERS;
  self->sets = g_new0 (StormScanSet *, self->n_sets);
  for (guint i = 0; i < self->n_sets; i++)
    {
      guint first = i * STORM_SCAN_MAX_POINTERS;

      self->sets[i] = storm_scan_set_new (pointers + first,
                                          MIN (self->n_slots - first, STORM_SCAN_MAX_POINTERS),
                                          error);
      if (self->sets[i] == NULL)
        return FALSE;
    }

  return TRUE;
}

/* Takes @object over. */
static StormMapping *
new_from_object (JsonObject  *object,
                 GError     **error)
{
  static guint64 last_serial;
  static GMutex mutex;
  g_autoptr (StormMapping) self = g_new0 (StormMapping, 1);
  g_autoptr (GHashTable) slots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_atomic_ref_count_init (&self->ref_count);
  self->object = object;
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) type_rule_free);
  self->by_normal = g_hash_table_new (g_str_hash, g_str_equal);
  g_mutex_lock (&mutex);
  self->serial = ++last_serial;
  g_mutex_unlock (&mutex);

  g_hash_table_insert (slots, g_strdup (""), GUINT_TO_POINTER (0));
  if (!parse_lists (self->lists, object, slots, error)
      || !parse_zone (self, error)
      || !parse_per_type (self, slots, error)
      || !compile_sets (self, slots, error))
    return NULL;

  return g_steal_pointer (&self);
}

static JsonObject *
parse_object (const char  *json,
              GError     **error)
{
  g_autoptr (JsonNode) root = storm_json_parse (json, strlen (json), _("mapping"), error);

  if (root == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("The mapping must be a JSON object with lists such as “type” and "
                     "“correlation”."));
      return NULL;
    }

  return json_node_dup_object (root);
}

StormMapping *
storm_mapping_new_from_json (const char  *json,
                             GError     **error)
{
  JsonObject *object;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  object = parse_object (json, error);

  return object != NULL ? new_from_object (object, error) : NULL;
}

StormMapping *
storm_mapping_ref (StormMapping *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
storm_mapping_unref (StormMapping *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < STORM_MAPPING_N_FIELDS; i++)
    entry_list_clear (&self->lists[i]);
  for (guint i = 0; i < self->n_sets; i++)
    g_clear_pointer (&self->sets[i], storm_scan_set_unref);
  g_free (self->sets);
  g_hash_table_unref (self->by_normal);
  g_ptr_array_unref (self->rules);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->zone_name);
  json_object_unref (self->object);
  g_free (self);
}

const char * const *
storm_mapping_get_entries (StormMapping      *self,
                           const char        *type_name,
                           StormMappingField  field)
{
  static const char * const none[] = { NULL };
  const StormEntryList *list;

  g_return_val_if_fail (self != NULL, none);
  g_return_val_if_fail (field < STORM_MAPPING_N_FIELDS, none);

  list = &self->lists[field];
  if (type_name != NULL)
    {
      g_autofree char *normal = storm_type_name_normalize (type_name);
      StormTypeRule *rule = g_hash_table_lookup (self->by_normal, normal);

      if (rule == NULL)
        return NULL;
      list = &rule->lists[field];
      if (list->texts == NULL)
        return NULL;
    }

  return list->texts != NULL ? (const char * const *) list->texts : none;
}

static JsonObject *
ensure_object (JsonObject *parent,
               const char *name)
{
  JsonNode *node = json_object_get_member (parent, name);

  if (node == NULL)
    json_object_set_object_member (parent, name, json_object_new ());

  return json_object_get_object_member (parent, name);
}

/* The object of one event type, under the name that it has already, if only in another spelling. */
static JsonObject *
ensure_rule_object (StormMapping *self,
                    JsonObject   *object,
                    const char   *type_name)
{
  g_autofree char *normal = storm_type_name_normalize (type_name);
  StormTypeRule *rule = g_hash_table_lookup (self->by_normal, normal);

  return ensure_object (ensure_object (object, "perType"),
                        rule != NULL ? rule->name : type_name);
}

static void
set_list (JsonObject         *object,
          StormMappingField   field,
          const char * const *entries)
{
  JsonArray *array;

  if (entries == NULL)
    {
      json_object_remove_member (object, storm_mapping_field_names[field]);
      return;
    }

  array = json_array_new ();
  for (guint i = 0; entries[i] != NULL; i++)
    json_array_add_string_element (array, entries[i]);
  json_object_set_array_member (object, storm_mapping_field_names[field], array);
}

static void
remove_empty_rules (JsonObject *object)
{
  JsonObject *per_type;
  g_autoptr (GList) names = NULL;

  if (!json_object_has_member (object, "perType"))
    return;

  per_type = json_object_get_object_member (object, "perType");
  names = json_object_get_members (per_type);
  for (GList *l = names; l != NULL; l = l->next)
    {
      if (json_object_get_size (json_object_get_object_member (per_type, l->data)) == 0)
        json_object_remove_member (per_type, l->data);
    }
  if (json_object_get_size (per_type) == 0)
    json_object_remove_member (object, "perType");
}

StormMapping *
storm_mapping_with (StormMapping        *self,
                    const char          *type_name,
                    StormMappingField    field,
                    const char * const  *entries,
                    GError             **error)
{
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (field < STORM_MAPPING_N_FIELDS, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  /* By way of the text, because what json-glib shares is not counted atomically. */
  json = storm_mapping_to_json (self);
  root = json_from_string (json, error);
  if (root == NULL)
    return NULL;
  object = json_node_dup_object (root);

  if (type_name != NULL)
    set_list (ensure_rule_object (self, object, type_name), field, entries);
  else
    set_list (object, field, entries);
  remove_empty_rules (object);

  return new_from_object (object, error);
}

static gboolean
lists_equal (const StormEntryList *a,
             const StormEntryList *b,
             gboolean              missing_is_empty)
{
  if (!missing_is_empty && (a->texts == NULL) != (b->texts == NULL))
    return FALSE;
  if (a->n != b->n)
    return FALSE;

  for (guint i = 0; i < a->n; i++)
    {
      if (strcmp (a->texts[i], b->texts[i]) != 0)
        return FALSE;
    }

  return TRUE;
}

gboolean
storm_mapping_equal (StormMapping *a,
                     StormMapping *b)
{
  GHashTableIter iter;
  gpointer normal, rule;

  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  if (g_strcmp0 (a->zone_name, b->zone_name) != 0
      || g_hash_table_size (a->by_normal) != g_hash_table_size (b->by_normal))
    return FALSE;

  for (guint i = 0; i < STORM_MAPPING_N_FIELDS; i++)
    {
      if (!lists_equal (&a->lists[i], &b->lists[i], TRUE))
        return FALSE;
    }

  g_hash_table_iter_init (&iter, a->by_normal);
  while (g_hash_table_iter_next (&iter, &normal, &rule))
    {
      StormTypeRule *other = g_hash_table_lookup (b->by_normal, normal);

      if (other == NULL)
        return FALSE;
      for (guint i = 0; i < STORM_MAPPING_N_FIELDS; i++)
        {
          if (!lists_equal (&((StormTypeRule *) rule)->lists[i], &other->lists[i], FALSE))
            return FALSE;
        }
    }

  return TRUE;
}
