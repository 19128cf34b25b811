#include "config.h"

#include "storm-payload-fields.h"

#include <string.h>

#include "storm-board.h"
#include "storm-json.h"

/* Where the fields of the mapping stand in the payload: the pointers of those that were found. */
typedef struct
{
  char *pointers[STORM_MAPPING_N_FIELDS];
} Places;

static void
places_clear (Places *places)
{
  guint i;

  for (i = 0; i < STORM_MAPPING_N_FIELDS; i++)
    g_clear_pointer (&places->pointers[i], g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Places, places_clear)

static void
find_places (Places            *places,
             StormMapping      *mapping,
             const char        *type,
             const StormRecord *record)
{
  StormReading reading;
  guint field;

  storm_reading_init (&reading);
  storm_mapping_read (mapping, record, &reading);
  for (field = 0; field < STORM_MAPPING_N_FIELDS; field++)
    {
      const char * const *entries;

      if (reading.entry[field] < 0)
        continue;
      entries = storm_mapping_get_entries (mapping, reading.per_type[field] ? type : NULL, field);
      if (entries != NULL && reading.entry[field] < (int) g_strv_length ((char **) entries) &&
          g_str_has_prefix (entries[reading.entry[field]], "json:"))
        places->pointers[field] = g_strdup (entries[reading.entry[field]] + strlen ("json:"));
    }
  storm_reading_clear (&reading);
}

/* One step of an RFC 6901 pointer as the member's name. */
static char *
unescape_step (const char *step,
               gsize       len)
{
  GString *name = g_string_new (NULL);
  gsize i;

  for (i = 0; i < len; i++)
    {
      if (step[i] == '~' && i + 1 < len)
        g_string_append_c (name, step[++i] == '1' ? '/' : '~');
      else
        g_string_append_c (name, step[i]);
    }
  return g_string_free (name, FALSE);
}

/* The object in which the value at @pointer stands, and its name there. */
static JsonObject *
follow (JsonObject  *root,
        const char  *pointer,
        char       **name)
{
  JsonObject *object = root;

  while (pointer != NULL && *pointer == '/')
    {
      const char *end = strchr (pointer + 1, '/');
      gsize len = end != NULL ? (gsize) (end - pointer - 1) : strlen (pointer + 1);
      g_autofree char *step = unescape_step (pointer + 1, len);
      JsonNode *node = json_object_get_member (object, step);

      if (node == NULL)
        return NULL;
      if (end == NULL)
        {
          *name = g_steal_pointer (&step);
          return object;
        }
      if (!JSON_NODE_HOLDS_OBJECT (node))
        return NULL;
      object = json_node_get_object (node);
      pointer = end;
    }
  return NULL;
}

/* The object that holds the event's own fields: where the correlation key stands, or the body of
 * an envelope, or the whole payload. */
static JsonObject *
find_body (JsonObject  *root,
           Places      *places,
           char       **key_name)
{
  static const char * const bodies[] = { "data", "payload" };
  JsonObject *body = follow (root, places->pointers[STORM_MAPPING_CORRELATION], key_name);
  guint i;

  /* A key in the envelope (txId) says nothing of where the body stands. */
  if (body != NULL && body != root)
    return body;
  for (i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      JsonNode *node = json_object_get_member (root, bodies[i]);

      if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
        continue;
      g_clear_pointer (key_name, g_free);
      return json_node_get_object (node);
    }
  return root;
}

static const char *
type_words (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return "Object";
  if (JSON_NODE_HOLDS_ARRAY (node))
    return "List";
  if (JSON_NODE_HOLDS_NULL (node))
    return "";
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return "String";
    case G_TYPE_INT64:
      return "Long";
    case G_TYPE_DOUBLE:
      return "Double";
    case G_TYPE_BOOLEAN:
      return "Boolean";
    default:
      return "";
    }
}

/* Whether @name says the type once more, which the mapping has read elsewhere, in a header for
 * example. */
static gboolean
repeats_type (StormMapping *mapping,
              const char   *type,
              JsonObject   *root,
              JsonObject   *body,
              const char   *name)
{
  const char * const *entries = storm_mapping_get_entries (mapping, NULL, STORM_MAPPING_TYPE);
  JsonNode *node = json_object_get_member (body, name);
  guint i;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING ||
      g_strcmp0 (json_node_get_string (node), type) != 0)
    return FALSE;
  for (i = 0; entries != NULL && entries[i] != NULL; i++)
    {
      g_autofree char *its = NULL;

      if (g_str_has_prefix (entries[i], "json:") &&
          follow (root, entries[i] + strlen ("json:"), &its) == body && g_strcmp0 (its, name) == 0)
        return TRUE;
    }
  return FALSE;
}

static StormPayloadField *
payload_field_new (const char *name,
                   JsonNode   *value,
                   gboolean    correlation)
{
  StormPayloadField *field = g_new (StormPayloadField, 1);

  field->name = g_strdup (name);
  field->type = type_words (value);
  field->correlation = correlation;
  return field;
}

static void
payload_field_free (gpointer data)
{
  StormPayloadField *field = data;

  g_free (field->name);
  g_free (field);
}

/* All that stand at the top of the payload, the envelope's too. */
static GPtrArray *
read_whole (JsonObject *root)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (payload_field_free);
  g_autoptr (GList) names = json_object_get_members (root);

  for (GList *l = names; l != NULL && fields->len < STORM_PAYLOAD_FIELDS_MAX; l = l->next)
    if (strlen (l->data) <= STORM_TITLE_MAX_BYTES)
      g_ptr_array_add (fields, payload_field_new (l->data, json_object_get_member (root, l->data),
                                                  FALSE));
  return fields;
}

GPtrArray *
storm_payload_fields_read (const StormRecord  *record,
                           StormMapping       *mapping,
                           const char         *type,
                           GPtrArray         **whole)
{
  g_auto (Places) places = { { NULL } };
  g_autoptr (GPtrArray) fields = NULL;
  g_autofree char *key_name = NULL;
  g_autofree char *type_name = NULL;
  g_autofree char *time_name = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GList) names = NULL;
  JsonObject *body;
  JsonObject *type_at;
  JsonObject *time_at;

  g_return_val_if_fail (record != NULL && mapping != NULL && type != NULL, NULL);

  if (record->payload != NULL && record->payload_len > 0)
    root = storm_json_parse ((const char *) record->payload, record->payload_len, type, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  fields = g_ptr_array_new_with_free_func (payload_field_free);
  find_places (&places, mapping, type, record);
  body = find_body (json_node_get_object (root), &places, &key_name);
  type_at = follow (json_node_get_object (root), places.pointers[STORM_MAPPING_TYPE], &type_name);
  time_at = follow (json_node_get_object (root), places.pointers[STORM_MAPPING_TIME], &time_name);

  names = json_object_get_members (body);
  for (GList *l = names; l != NULL && fields->len < STORM_PAYLOAD_FIELDS_MAX; l = l->next)
    {
      const char *name = l->data;

      if (*name == '\0' || strlen (name) > STORM_TITLE_MAX_BYTES ||
          (type_at == body && g_strcmp0 (name, type_name) == 0) ||
          (time_at == body && g_strcmp0 (name, time_name) == 0) ||
          repeats_type (mapping, type, json_node_get_object (root), body, name))
        continue;
      g_ptr_array_add (fields, payload_field_new (name, json_object_get_member (body, name),
                                                  g_strcmp0 (name, key_name) == 0));
    }
  if (whole != NULL)
    *whole = read_whole (json_node_get_object (root));
  return g_steal_pointer (&fields);
}
