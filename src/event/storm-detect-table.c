#include "config.h"

#include "storm-detect-table-private.h"

#include <string.h>

#include <json-glib/json-glib.h>

#include "storm-json.h"

#define MAX_FIELDS     200
#define MAX_DEPTH      3
#define MAX_VALUE      200

static void
cell_free (StormDetectCell *cell)
{
  if (cell == NULL)
    return;

  g_hash_table_unref (cell->values);
  g_free (cell);
}

StormDetectCell *
storm_detect_table_get (StormDetectTable *table,
                        guint             field,
                        guint             type)
{
  GPtrArray *row = g_ptr_array_index (table->cells, field);

  return type < row->len ? g_ptr_array_index (row, type) : NULL;
}

static StormDetectCell *
ensure_cell (StormDetectTable *table,
             const char       *entry)
{
  gpointer id = g_hash_table_lookup (table->field_ids, entry);
  GPtrArray *row;
  StormDetectCell *cell;

  if (id == NULL)
    {
      if (table->fields->len == MAX_FIELDS)
        return NULL;
      g_ptr_array_add (table->fields, g_strdup (entry));
      g_ptr_array_add (table->cells,
                       g_ptr_array_new_with_free_func ((GDestroyNotify) cell_free));
      id = GUINT_TO_POINTER (table->fields->len);
      g_hash_table_insert (table->field_ids, g_ptr_array_index (table->fields,
                                                                table->fields->len - 1), id);
    }

  row = g_ptr_array_index (table->cells, GPOINTER_TO_UINT (id) - 1);
  if (row->len <= table->type)
    g_ptr_array_set_size (row, (int) table->type + 1);
  cell = g_ptr_array_index (row, table->type);
  if (cell == NULL)
    {
      cell = g_new0 (StormDetectCell, 1);
      cell->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      row->pdata[table->type] = cell;
    }

  return cell;
}

static void
add_value (StormDetectTable *table,
           const char       *entry,
           const char       *text,
           gsize             len)
{
  g_autofree char *value = NULL;
  StormDetectCell *cell;
  guint n;

  if (len == 0 || len > MAX_VALUE || g_hash_table_contains (table->taken, entry))
    return;
  cell = ensure_cell (table, entry);
  if (cell == NULL)
    return;

  value = g_utf8_make_valid (text, (gssize) len);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (cell->values, value));
  g_hash_table_insert (cell->values, g_steal_pointer (&value), GUINT_TO_POINTER (n + 1));
  cell->n++;
}

static void
add_object (StormDetectTable *table,
            JsonObject       *object,
            const char       *prefix,
            guint             depth)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_auto (GStrv) tildes = g_strsplit (name, "~", -1);
      g_autofree char *no_tilde = g_strjoinv ("~0", tildes);
      g_auto (GStrv) slashes = g_strsplit (no_tilde, "/", -1);
      g_autofree char *escaped = g_strjoinv ("~1", slashes);
      g_autofree char *entry = g_strconcat (prefix, "/", escaped, NULL);

      if (strlen (entry) > 200)
        continue;
      if (JSON_NODE_HOLDS_OBJECT (node) && depth < MAX_DEPTH)
        {
          add_object (table, json_node_get_object (node), entry, depth + 1);
        }
      else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        {
          const char *text = json_node_get_string (node);

          add_value (table, entry, text, strlen (text));
        }
      else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
        {
          g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

          add_value (table, entry, text, strlen (text));
        }
    }
}

JsonNode *
storm_detect_parse_payload (const StormRecord *record)
{
  const char *text = (const char *) record->payload;
  gsize len = record->payload_len;
  JsonNode *root;

  if (len > 5 && text[0] == 0)
    text += 5, len -= 5;
  else if (len >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    text += 3, len -= 3;
  if (len == 0)
    return NULL;

  root = storm_json_parse (text, len, "", NULL);
  if (root != NULL && JSON_NODE_HOLDS_VALUE (root)
      && json_node_get_value_type (root) == G_TYPE_STRING)
    {
      g_autoptr (JsonNode) outer = root;
      const char *inner = json_node_get_string (outer);

      root = storm_json_parse (inner, strlen (inner), "", NULL);
    }

  return root;
}

void
storm_detect_table_add (StormDetectTable  *table,
                        StormMapping      *mapping,
                        const StormRecord *record,
                        StormReading      *reading)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *name = NULL;
  gpointer id;

  storm_mapping_read (mapping, record, reading);
  if (reading->text[STORM_MAPPING_TYPE] == NULL)
    return;

  name = g_utf8_make_valid (reading->text[STORM_MAPPING_TYPE],
                            (gssize) reading->len[STORM_MAPPING_TYPE]);
  id = g_hash_table_lookup (table->type_ids, name);
  if (id == NULL)
    {
      g_ptr_array_add (table->types, g_strdup (name));
      id = GUINT_TO_POINTER (table->types->len);
      g_hash_table_insert (table->type_ids, g_steal_pointer (&name), id);
    }
  table->type = GPOINTER_TO_UINT (id) - 1;
  table->n++;

  root = storm_detect_parse_payload (record);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    add_object (table, json_node_get_object (root), "json:", 1);
  add_value (table, "key", (const char *) record->key, record->key_len);
  for (guint i = 0; i < record->n_headers; i++)
    {
      const StormHeader *header = &record->headers[i];
      g_autofree char *valid = g_utf8_make_valid (header->name, (gssize) header->name_len);
      g_autofree char *entry = g_strconcat ("header:", valid, NULL);

      if (header->value != NULL && header->name_len <= 200)
        add_value (table, entry, (const char *) header->value, header->value_len);
    }
}

void
storm_detect_table_init (StormDetectTable *table,
                         StormMapping     *mapping)
{
  memset (table, 0, sizeof *table);
  table->types = g_ptr_array_new_with_free_func (g_free);
  table->type_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  table->fields = g_ptr_array_new_with_free_func (g_free);
  table->field_ids = g_hash_table_new (g_str_hash, g_str_equal);
  table->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  table->taken = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint field = STORM_MAPPING_TYPE; field <= STORM_MAPPING_TIME; field++)
    {
      const char * const *entries = storm_mapping_get_entries (mapping, NULL,
                                                               (StormMappingField) field);

      for (; *entries != NULL; entries++)
        g_hash_table_add (table->taken, (gpointer) *entries);
    }
}

void
storm_detect_table_clear (StormDetectTable *table)
{
  g_ptr_array_unref (table->types);
  g_hash_table_unref (table->type_ids);
  g_hash_table_unref (table->field_ids);
  g_ptr_array_unref (table->fields);
  g_ptr_array_unref (table->cells);
  g_hash_table_unref (table->taken);
}
