#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "storm-detect-private.h"
#include "storm-json.h"

/* Looks for fields whose values tie events of several types together in small groups. The order's
 * number may have different names: "id" in the event of the order itself, "orderId" in all others.
 * So each field is tried as the main one, and for the types that lack it the field whose values are
 * found among the main one's. */

#define MAX_FIELDS     200
#define MAX_DEPTH      3
#define MAX_VALUE      200
#define MAX_CANDIDATES 8
#define MAX_SAMPLES    1000
/* A field of another name has to share so many of its values. */
#define MIN_OVERLAP    0.5

/* The values that one field has in the events of one type. */
typedef struct
{
  GHashTable *values;    /* text → how often */
  guint       n;
} Cell;

typedef struct
{
  GPtrArray  *types;     /* names */
  GHashTable *type_ids;
  GPtrArray  *fields;    /* entries */
  GHashTable *field_ids;
  GPtrArray  *cells;     /* GPtrArray of Cell, one for each field: by type, may hold NULL */
  GHashTable *taken;     /* entries that are type, id or time already */
  guint       type;      /* of the sample that is being looked at */
  guint       n;
} Table;

static void
cell_free (Cell *cell)
{
  if (cell == NULL)
    return;

  g_hash_table_unref (cell->values);
  g_free (cell);
}

static Cell *
get_cell (Table *table,
          guint  field,
          guint  type)
{
  GPtrArray *row = g_ptr_array_index (table->cells, field);

  return type < row->len ? g_ptr_array_index (row, type) : NULL;
}

static Cell *
ensure_cell (Table      *table,
             const char *entry)
{
  gpointer id = g_hash_table_lookup (table->field_ids, entry);
  GPtrArray *row;
  Cell *cell;

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
      cell = g_new0 (Cell, 1);
      cell->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      row->pdata[table->type] = cell;
    }

  return cell;
}

static void
add_value (Table      *table,
           const char *entry,
           const char *text,
           gsize       len)
{
  g_autofree char *value = NULL;
  Cell *cell;
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
add_object (Table      *table,
            JsonObject *object,
            const char *prefix,
            guint       depth)
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

/* The payload as an object: framed, with a byte order mark, or as a string that holds JSON. */
static JsonNode *
parse_payload (const StormRecord *record)
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

static void
add_sample (Table             *table,
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

  root = parse_payload (record);
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

/* What a name says about whether it is the number of a business case. */
static double
weigh_name (const char *entry)
{
  static const char *known[] = { "correlationid", "correlation_id", "correlation-id", "txid",
                                 "tx_id", "sagaid", "processid", "caseid" };
  static const char *ends[] = { "id", "_id", "key", "no", "number", "code", "uuid" };
  const char *slash = strrchr (entry, '/');
  const char *last = slash != NULL ? slash : strchr (entry, ':');
  g_autofree char *name = g_utf8_strdown (last != NULL ? last + 1 : entry, -1);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (g_str_has_suffix (name, known[i]))
        return 1.5;
    }
  if (strcmp (name, "key") == 0)
    return 1.1;
  /* Everything has an "id"; that two kinds of things have the same one is chance. */
  if (strcmp (name, "id") == 0 || strcmp (name, "uuid") == 0)
    return 0.4;
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      if (g_str_has_suffix (name, ends[i]))
        return 1.2;
    }

  return 0.5;
}

/* A main field with the fields that stand in for it; @fields by type, -1 for none. */
typedef struct
{
  guint   main;
  GArray *fields;
  guint   n_types;
  guint   n_keys;
  double  mean_size;
  double  weight;
} Choice;

static guint
count_shared (Cell       *cell,
              GHashTable *values)
{
  GHashTableIter iter;
  gpointer value;
  guint n = 0;

  g_hash_table_iter_init (&iter, cell->values);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    n += g_hash_table_contains (values, value);

  return n;
}

static int
find_substitute (Table      *table,
                 GHashTable *values,
                 guint       type)
{
  int best = -1;
  double best_weight = 0.0;

  for (guint field = 0; field < table->fields->len; field++)
    {
      Cell *cell = get_cell (table, field, type);
      guint n_distinct, n_shared;
      double weight;

      if (cell == NULL)
        continue;
      n_distinct = g_hash_table_size (cell->values);
      n_shared = count_shared (cell, values);
      if (n_shared < MIN (2, g_hash_table_size (values)) || n_shared < n_distinct * MIN_OVERLAP)
        continue;
      /* Of two that fit, a number of pieces has few different values, a number of orders many. */
      weight = (double) n_shared / cell->n;
      if (weight > best_weight)
        {
          best_weight = weight;
          best = (int) field;
        }
    }

  return best;
}

static GHashTable *
collect_values (Table *table,
                guint  field)
{
  GHashTable *values = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint type = 0; type < table->types->len; type++)
    {
      Cell *cell = get_cell (table, field, type);
      GHashTableIter iter;
      gpointer value;

      if (cell == NULL)
        continue;
      g_hash_table_iter_init (&iter, cell->values);
      while (g_hash_table_iter_next (&iter, &value, NULL))
        g_hash_table_add (values, value);
    }

  return values;
}

/* Groups the events by key: how many there are, how large, and how many types they tie together. */
static void
measure (Table  *table,
         Choice *choice)
{
  g_autoptr (GHashTable) sizes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) kinds = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer value, n;
  guint n_events = 0, n_tied = 0;
  double size;

  for (guint type = 0; type < table->types->len; type++)
    {
      int field = g_array_index (choice->fields, int, type);
      Cell *cell = field >= 0 ? get_cell (table, (guint) field, type) : NULL;

      if (cell == NULL)
        continue;
      n_events += cell->n;
      g_hash_table_iter_init (&iter, cell->values);
      while (g_hash_table_iter_next (&iter, &value, &n))
        {
          g_hash_table_insert (sizes, value, GUINT_TO_POINTER (
            GPOINTER_TO_UINT (g_hash_table_lookup (sizes, value)) + GPOINTER_TO_UINT (n)));
          g_hash_table_insert (kinds, value, GUINT_TO_POINTER (
            GPOINTER_TO_UINT (g_hash_table_lookup (kinds, value)) + 1));
        }
    }

  /* A type is tied when one of its keys has an event of another type. */
  for (guint type = 0; type < table->types->len; type++)
    {
      int field = g_array_index (choice->fields, int, type);
      Cell *cell = field >= 0 ? get_cell (table, (guint) field, type) : NULL;
      gboolean tied = FALSE;

      if (cell == NULL)
        continue;
      g_hash_table_iter_init (&iter, cell->values);
      while (!tied && g_hash_table_iter_next (&iter, &value, NULL))
        tied = GPOINTER_TO_UINT (g_hash_table_lookup (kinds, value)) > 1;
      choice->n_types += tied;
    }

  choice->n_keys = g_hash_table_size (sizes);
  if (choice->n_keys == 0)
    return;

  g_hash_table_iter_init (&iter, kinds);
  while (g_hash_table_iter_next (&iter, NULL, &n))
    n_tied += GPOINTER_TO_UINT (n) > 1;
  choice->mean_size = (double) n_events / choice->n_keys;

  /* One event of each type is what a case looks like; far more of them is a customer or a
   * quantity. */
  size = choice->mean_size / MAX (choice->n_types, 1);
  choice->weight = (double) n_events / table->n * n_tied / choice->n_keys
                   * choice->n_types / table->types->len
                   * (size > 1.5 ? 1.5 / size : 1.0)
                   * weigh_name (g_ptr_array_index (table->fields, choice->main));
}

static Choice *
choose (Table *table,
        guint  main)
{
  g_autoptr (GHashTable) values = collect_values (table, main);
  Choice *choice = g_new0 (Choice, 1);

  choice->main = main;
  choice->fields = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint type = 0; type < table->types->len; type++)
    {
      Cell *cell = get_cell (table, main, type);
      int field = cell != NULL ? (int) main : find_substitute (table, values, type);

      g_array_append_val (choice->fields, field);
    }
  measure (table, choice);

  return choice;
}

static void
choice_free (Choice *choice)
{
  g_array_unref (choice->fields);
  g_free (choice);
}

static int
compare_choices (gconstpointer a,
                 gconstpointer b)
{
  const Choice *first = *(Choice * const *) a;
  const Choice *second = *(Choice * const *) b;

  if (first->weight != second->weight)
    return first->weight > second->weight ? -1 : 1;

  return first->main < second->main ? -1 : 1;
}

static const char *
show_entry (const char *entry)
{
  if (g_str_has_prefix (entry, "json:/"))
    return entry + strlen ("json:/");
  if (strcmp (entry, "key") == 0)
    return _("record key");

  return entry;
}

/* "orderId in OrderAccepted, CookStarted; id in OrderPlaced" */
static char *
make_words (Table        *table,
            const Choice *choice)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i <= table->fields->len; i++)
    {
      /* The main one first. */
      int field = i == 0 ? (int) choice->main : (int) i - 1;
      g_autoptr (GString) types = g_string_new (NULL);
      guint n = 0;

      if (i > 0 && field == (int) choice->main)
        continue;
      for (guint type = 0; type < table->types->len; type++)
        {
          if (g_array_index (choice->fields, int, type) != field)
            continue;
          if (n < 3)
            g_string_append_printf (types, "%s%s", n > 0 ? ", " : "",
                                    (char *) g_ptr_array_index (table->types, type));
          n++;
        }
      if (n == 0)
        continue;
      if (n > 3)
        g_string_append (types, ", …");
      if (words->len > 0)
        g_string_append (words, "; ");
      /* Translators: a field, and the event types that have it: “orderId in OrderAccepted”. */
      g_string_append_printf (words, _("%s in %s"),
                              show_entry (g_ptr_array_index (table->fields, field)), types->str);
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

static StormMapping *
make_mapping (Table        *table,
              const Choice *choice,
              StormMapping *mapping)
{
  const char *entries[] = { g_ptr_array_index (table->fields, choice->main), NULL };
  StormMapping *made = storm_mapping_with (mapping, NULL, STORM_MAPPING_CORRELATION, entries, NULL);

  for (guint type = 0; made != NULL && type < table->types->len; type++)
    {
      int field = g_array_index (choice->fields, int, type);
      StormMapping *next;

      if (field < 0 || field == (int) choice->main)
        continue;
      entries[0] = g_ptr_array_index (table->fields, field);
      next = storm_mapping_with (made, g_ptr_array_index (table->types, type),
                                 STORM_MAPPING_CORRELATION, entries, NULL);
      storm_mapping_unref (made);
      made = next;
    }

  return made;
}

static void
candidate_free (StormKeyCandidate *candidate)
{
  g_clear_pointer (&candidate->mapping, storm_mapping_unref);
  g_free (candidate->words);
  g_free (candidate);
}

static void
table_init (Table        *table,
            StormMapping *mapping)
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

static void
table_clear (Table *table)
{
  g_ptr_array_unref (table->types);
  g_hash_table_unref (table->type_ids);
  g_hash_table_unref (table->field_ids);
  g_ptr_array_unref (table->fields);
  g_ptr_array_unref (table->cells);
  g_hash_table_unref (table->taken);
}

GPtrArray *
storm_detect_keys (GPtrArray    *samples,
                   StormMapping *mapping)
{
  GPtrArray *candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) candidate_free);
  g_autoptr (GPtrArray) choices =
    g_ptr_array_new_with_free_func ((GDestroyNotify) choice_free);
  StormReading reading;
  Table table;

  table_init (&table, mapping);
  storm_reading_init (&reading);
  for (guint i = 0; i < MIN (samples->len, MAX_SAMPLES); i++)
    {
      StormSample *sample = g_ptr_array_index (samples, i);

      add_sample (&table, mapping, &sample->view.record, &reading);
    }
  storm_reading_clear (&reading);

  for (guint field = 0; field < table.fields->len; field++)
    {
      Choice *choice = choose (&table, field);

      /* One value for everything, or none that ties anything, is no key. */
      if (choice->n_types >= 2 && (choice->n_keys >= 2 || choice->mean_size <= choice->n_types))
        g_ptr_array_add (choices, choice);
      else
        choice_free (choice);
    }

  g_ptr_array_sort (choices, compare_choices);
  for (guint i = 0; i < MIN (choices->len, MAX_CANDIDATES); i++)
    {
      Choice *choice = g_ptr_array_index (choices, i);
      StormKeyCandidate *candidate = g_new0 (StormKeyCandidate, 1);

      candidate->mapping = make_mapping (&table, choice, mapping);
      candidate->words = make_words (&table, choice);
      candidate->n_types = choice->n_types;
      candidate->n_keys = choice->n_keys;
      candidate->mean_size = choice->mean_size;
      if (candidate->mapping != NULL)
        g_ptr_array_add (candidates, candidate);
      else
        candidate_free (candidate);
    }
  table_clear (&table);

  return candidates;
}
