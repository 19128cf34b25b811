#include "config.h"

#include "storm-board-mapping.h"

#include "storm-json.h"

/* What the board's fields say of one event type; @entries are ready for the mapping. */
typedef struct
{
  char      *name;
  GPtrArray *entries;
} TypeKeys;

static void
type_keys_free (gpointer data)
{
  TypeKeys *keys = data;

  g_free (keys->name);
  g_ptr_array_unref (keys->entries);
  g_free (keys);
}

/* RFC 6901: a name is one step of a pointer, whatever stands in it. */
static char *
make_entry (const char *field_name)
{
  GString *entry = g_string_new ("json:/");
  const char *p;

  for (p = field_name; *p != '\0'; p++)
    {
      if (*p == '~')
        g_string_append (entry, "~0");
      else if (*p == '/')
        g_string_append (entry, "~1");
      else
        g_string_append_c (entry, *p);
    }
  return g_string_free (entry, FALSE);
}

static StormMapping *
load_profile (StormBoard  *board,
              GError     **error)
{
  const char *json = storm_board_get_mapping (board);

  if (json == NULL || *json == '\0')
    return storm_mapping_new_default ();
  return storm_mapping_new_from_json (json, error);
}

static void
add_type_keys (GHashTable  *types,
               GPtrArray   *order,
               const char  *name,
               StormSticky *sticky)
{
  GPtrArray *fields = storm_sticky_get_fields (sticky);
  g_autofree char *normal = storm_type_name_normalize (name);
  guint i;

  if (normal == NULL || *normal == '\0')
    return;
  for (i = 0; i < fields->len; i++)
    {
      StormField *field = g_ptr_array_index (fields, i);
      TypeKeys *keys = g_hash_table_lookup (types, normal);
      g_autofree char *entry = NULL;

      if (!field->correlation || *field->name == '\0')
        continue;
      if (keys == NULL)
        {
          keys = g_new0 (TypeKeys, 1);
          keys->name = g_strdup (name);
          keys->entries = g_ptr_array_new_with_free_func (g_free);
          g_hash_table_insert (types, g_strdup (normal), keys);
          g_ptr_array_add (order, keys);
        }
      entry = make_entry (field->name);
      if (!g_ptr_array_find_with_equal_func (keys->entries, entry, g_str_equal, NULL))
        g_ptr_array_add (keys->entries, g_steal_pointer (&entry));
    }
}

/* (transfer container): TypeKeys in order of the board; @types owns them. */
static GPtrArray *
collect_type_keys (StormBoard *board,
                   GHashTable *types)
{
  GListModel *stickies = storm_board_get_stickies (board);
  GPtrArray *order = g_ptr_array_new ();
  guint n = g_list_model_get_n_items (stickies);
  guint i;

  for (i = 0; i < n; i++)
    {
      g_autoptr (StormSticky) sticky = g_list_model_get_item (stickies, i);
      const char * const *alias = storm_sticky_get_aliases (sticky);

      if (storm_sticky_get_kind (sticky) != STORM_KIND_EVENT)
        continue;
      add_type_keys (types, order, storm_sticky_get_title (sticky), sticky);
      for (; alias != NULL && *alias != NULL; alias++)
        add_type_keys (types, order, *alias, sticky);
    }
  return order;
}

/* Names of the types, in normal form, of which the profile itself says the correlation. */
static GHashTable *
collect_decided (JsonObject *per_type)
{
  GHashTable *decided = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GList) names = json_object_get_members (per_type);
  GList *l;

  for (l = names; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (per_type, l->data);

      if (JSON_NODE_HOLDS_OBJECT (node) &&
          json_object_has_member (json_node_get_object (node), "correlation"))
        g_hash_table_add (decided, storm_type_name_normalize (l->data));
    }
  return decided;
}

/* The member of @per_type that is the same type as @name, made when there is none. */
static JsonObject *
ensure_type (JsonObject *per_type,
             const char *name,
             GHashTable *members)
{
  g_autofree char *normal = storm_type_name_normalize (name);
  const char *member = g_hash_table_lookup (members, normal);
  JsonObject *type;

  if (member != NULL)
    return json_object_get_object_member (per_type, member);
  type = json_object_new ();
  json_object_set_object_member (per_type, name, type);
  g_hash_table_insert (members, g_steal_pointer (&normal), g_strdup (name));
  return type;
}

static GHashTable *
collect_members (JsonObject *per_type)
{
  GHashTable *members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GList) names = json_object_get_members (per_type);
  GList *l;

  for (l = names; l != NULL; l = l->next)
    g_hash_table_insert (members, storm_type_name_normalize (l->data), g_strdup (l->data));
  return members;
}

static void
add_lists (JsonObject         *per_type,
           GPtrArray          *types,
           const char * const *general)
{
  g_autoptr (GHashTable) decided = collect_decided (per_type);
  g_autoptr (GHashTable) members = collect_members (per_type);
  guint i;

  for (i = 0; i < types->len; i++)
    {
      TypeKeys *keys = g_ptr_array_index (types, i);
      g_autofree char *normal = storm_type_name_normalize (keys->name);
      const char * const *entry;
      JsonArray *list;
      guint k;

      if (g_hash_table_contains (decided, normal))
        continue;
      list = json_array_new ();
      for (k = 0; k < keys->entries->len; k++)
        json_array_add_string_element (list, g_ptr_array_index (keys->entries, k));
      /* What holds for all types is still tried behind it. */
      for (entry = general; entry != NULL && *entry != NULL; entry++)
        {
          if (!g_ptr_array_find_with_equal_func (keys->entries, *entry, g_str_equal, NULL))
            json_array_add_string_element (list, *entry);
        }
      json_object_set_array_member (ensure_type (per_type, keys->name, members),
                                    "correlation", list);
    }
}

static gboolean
says_correlation (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "correlation");

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) &&
         json_array_get_length (json_node_get_array (node)) > 0;
}

static gboolean
profile_says_correlation (StormBoard *board)
{
  const char *json = storm_board_get_mapping (board);
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;
  JsonNode *per_type;
  g_autoptr (GList) types = NULL;
  GList *l;

  if (json == NULL || *json == '\0')
    return FALSE;
  root = storm_json_parse (json, strlen (json), "mapping", NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;
  object = json_node_get_object (root);
  if (says_correlation (object))
    return TRUE;

  per_type = json_object_get_member (object, "perType");
  if (per_type == NULL || !JSON_NODE_HOLDS_OBJECT (per_type))
    return FALSE;
  types = json_object_get_values (json_node_get_object (per_type));
  for (l = types; l != NULL; l = l->next)
    {
      if (JSON_NODE_HOLDS_OBJECT ((JsonNode *) l->data) &&
          says_correlation (json_node_get_object (l->data)))
        return TRUE;
    }
  return FALSE;
}

StormMapping *
storm_board_mapping_new (StormBoard  *board,
                         GError     **error)
{
  g_autoptr (StormMapping) profile = NULL;
  g_autoptr (GHashTable) keys = NULL;
  g_autoptr (GPtrArray) types = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *json = NULL;
  g_autofree char *result = NULL;
  JsonObject *object;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  profile = load_profile (board, error);
  if (profile == NULL)
    return NULL;
  keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, type_keys_free);
  types = collect_type_keys (board, keys);
  if (types->len == 0)
    return g_steal_pointer (&profile);

  json = storm_mapping_to_json (profile);
  root = storm_json_parse (json, strlen (json), "mapping", error);
  if (root == NULL)
    return NULL;
  object = json_node_get_object (root);
  if (!json_object_has_member (object, "perType"))
    json_object_set_object_member (object, "perType", json_object_new ());
  add_lists (json_object_get_object_member (object, "perType"), types,
             storm_mapping_get_entries (profile, NULL, STORM_MAPPING_CORRELATION));
  result = json_to_string (root, FALSE);
  return storm_mapping_new_from_json (result, error);
}

gboolean
storm_board_mapping_has_key (StormBoard *board)
{
  g_autoptr (GHashTable) keys = NULL;
  g_autoptr (GPtrArray) types = NULL;

  g_return_val_if_fail (STORM_IS_BOARD (board), FALSE);

  keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, type_keys_free);
  types = collect_type_keys (board, keys);
  return types->len > 0 || profile_says_correlation (board);
}

char **
storm_board_event_names (StormBoard *board)
{
  GListModel *stickies;
  g_autoptr (GStrvBuilder) builder = NULL;
  g_autoptr (GHashTable) known = NULL;
  guint n;
  guint i;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  builder = g_strv_builder_new ();
  known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  stickies = storm_board_get_stickies (board);
  n = g_list_model_get_n_items (stickies);
  for (i = 0; i < n; i++)
    {
      g_autoptr (StormSticky) sticky = g_list_model_get_item (stickies, i);
      const char * const *alias = storm_sticky_get_aliases (sticky);
      const char *title = storm_sticky_get_title (sticky);

      if (storm_sticky_get_kind (sticky) != STORM_KIND_EVENT)
        continue;
      if (*title != '\0' && g_hash_table_add (known, g_strdup (title)))
        g_strv_builder_add (builder, title);
      for (; alias != NULL && *alias != NULL; alias++)
        {
          if (**alias != '\0' && g_hash_table_add (known, g_strdup (*alias)))
            g_strv_builder_add (builder, *alias);
        }
    }
  return g_strv_builder_end (builder);
}
