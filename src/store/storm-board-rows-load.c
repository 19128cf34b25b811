#include "config.h"

#include "storm-board-rows-private.h"

#include "storm-board-fill.h"
#include "storm-error.h"
#include "storm-id.h"

/* Reading: rows of a file that is not trusted; the rules of the model are the ones that decide. */

#define MAX_SETTINGS 20

typedef struct
{
  StormBoardRows *self;
  StormBoardFill *fill;
  GArray         *links;      /* of Link */
  GHashTable     *fields;     /* sticky id → GVariantBuilder */
  GHashTable     *aliases;
  guint           n_left_out;
} Load;

/* An object of the same type that the one called @id refers to: it waits until all are there. */
typedef struct
{
  char      *id;
  char      *other;
  StormProp  prop;
} Link;

/* One row, with the texts in it as long as the statement stands there. */
typedef struct
{
  const char   *id;
  const char   *other;
  StormProp     other_prop;
  gboolean      has_children;
  guint         n_settings;
  StormSetting  settings[MAX_SETTINGS];
} Row;

static void
clear_link (gpointer data)
{
  Link *link = data;

  g_free (link->id);
  g_free (link->other);
}

static StormValue *
add_value (Row       *row,
           StormProp  prop)
{
  g_assert (row->n_settings < MAX_SETTINGS);
  row->settings[row->n_settings].prop = prop;
  return &row->settings[row->n_settings++].value;
}

/* @value: (transfer floating) */
static void
add_variant (Row       *row,
             StormProp  prop,
             GVariant  *value)
{
  add_value (row, prop)->variant = g_variant_ref_sink (value);
}

static void
row_clear (Row *row)
{
  const StormProp variants = STORM_PROP_FIELDS | STORM_PROP_ALIASES | STORM_PROP_BENDS;

  for (guint i = 0; i < row->n_settings; i++)
    if ((row->settings[i].prop & variants) != 0)
      g_variant_unref (row->settings[i].value.variant);
}

/* Returns %FALSE for what is no text; NULL is "", which is the default of all of them. */
static gboolean
add_text (Row          *row,
          StormProp     prop,
          sqlite3_stmt *stmt,
          int           column)
{
  const char *text;

  if (sqlite3_column_type (stmt, column) == SQLITE_NULL)
    return TRUE;
  text = storm_column_text (stmt, column);
  if (text == NULL)
    return FALSE;
  if (*text != '\0')
    add_value (row, prop)->text = text;
  return TRUE;
}

static gboolean
add_other (Row          *row,
           StormProp     prop,
           sqlite3_stmt *stmt,
           int           column)
{
  if (sqlite3_column_type (stmt, column) == SQLITE_NULL)
    return TRUE;
  row->other = storm_column_text (stmt, column);
  row->other_prop = prop;
  return row->other != NULL;
}

static void
add_flag (Row          *row,
          StormProp     prop,
          sqlite3_stmt *stmt,
          int           column)
{
  if (sqlite3_column_int64 (stmt, column) != 0)
    add_value (row, prop)->flag = TRUE;
}

/* x and y of each point. Whether they are on the board is for the model to say. */
static gboolean
add_bends (Row          *row,
           sqlite3_stmt *stmt,
           int           column)
{
  gsize len = sqlite3_column_bytes (stmt, column);
  g_autofree guint64 *numbers = NULL;

  if (sqlite3_column_type (stmt, column) == SQLITE_NULL)
    return TRUE;
  if (sqlite3_column_type (stmt, column) != SQLITE_BLOB || len % sizeof (StormPoint) != 0 ||
      len > STORM_FLOW_MAX_BENDS * sizeof (StormPoint))
    return FALSE;
  if (len == 0)
    return TRUE;
  numbers = g_memdup2 (sqlite3_column_blob (stmt, column), len);
  for (guint i = 0; i < len / sizeof *numbers; i++)
    numbers[i] = GUINT64_FROM_LE (numbers[i]);
  add_variant (row, STORM_PROP_BENDS,
               g_variant_new_from_data (G_VARIANT_TYPE ("a(dd)"), numbers, len, TRUE, g_free,
                                        numbers));
  numbers = NULL;
  return TRUE;
}

static gboolean
add_rect_and_z (Row          *row,
                sqlite3_stmt *stmt,
                int           column)
{
  for (int i = 0; i < 5; i++)
    if (!storm_column_is_number (stmt, column + i))
      return FALSE;
  add_value (row, STORM_PROP_RECT)->rect =
    (StormRect) { sqlite3_column_double (stmt, column), sqlite3_column_double (stmt, column + 1),
                  sqlite3_column_double (stmt, column + 2),
                  sqlite3_column_double (stmt, column + 3) };
  add_value (row, STORM_PROP_Z)->number = sqlite3_column_int64 (stmt, column + 4);
  return TRUE;
}

static gboolean
read_context (Load         *load,
              sqlite3_stmt *stmt,
              Row          *row)
{
  add_flag (row, STORM_PROP_LOCKED, stmt, 11);
  add_flag (row, STORM_PROP_COLLAPSED, stmt, 12);
  return add_text (row, STORM_PROP_TITLE, stmt, 2) && add_rect_and_z (row, stmt, 3) &&
         add_text (row, STORM_PROP_EXTRA, stmt, 8) &&
         add_text (row, STORM_PROP_CONTEXT_KIND, stmt, 9) &&
         add_other (row, STORM_PROP_PARENT, stmt, 10);
}

static gboolean
read_flow (Load         *load,
           sqlite3_stmt *stmt,
           Row          *row)
{
  gint64 target = sqlite3_column_int64 (stmt, 7);

  if (target != 0)
    add_value (row, STORM_PROP_TARGET)->number = target;
  add_flag (row, STORM_PROP_UNCHECKED, stmt, 8);
  return add_text (row, STORM_PROP_FROM, stmt, 2) && add_text (row, STORM_PROP_TO, stmt, 3) &&
         add_text (row, STORM_PROP_LABEL, stmt, 4) &&
         add_text (row, STORM_PROP_EXTRA, stmt, 5) && add_bends (row, stmt, 6);
}

static void
add_children (Row        *row,
              StormProp   prop,
              GHashTable *children)
{
  GVariantBuilder *builder = NULL;
  char *key = NULL;

  /* Taken out: in a damaged file the same id can come again. */
  if (!g_hash_table_steal_extended (children, row->id, (gpointer *) &key, (gpointer *) &builder))
    return;
  add_variant (row, prop, g_variant_builder_end (builder));
  row->has_children = TRUE;
  g_variant_builder_unref (builder);
  g_free (key);
}

static gboolean
read_sticky (Load         *load,
             sqlite3_stmt *stmt,
             Row          *row)
{
  const char *kind = storm_column_text (stmt, 2);

  add_children (row, STORM_PROP_FIELDS, load->fields);
  add_children (row, STORM_PROP_ALIASES, load->aliases);
  add_flag (row, STORM_PROP_LOCKED, stmt, 16);
  add_flag (row, STORM_PROP_PIVOTAL, stmt, 18);
  return kind != NULL && *kind != '\0' && add_text (row, STORM_PROP_KIND, stmt, 2) &&
         add_text (row, STORM_PROP_TITLE, stmt, 3) && add_rect_and_z (row, stmt, 4) &&
         add_text (row, STORM_PROP_CONTEXT, stmt, 9) &&
         add_text (row, STORM_PROP_DESCRIPTION, stmt, 10) &&
         add_text (row, STORM_PROP_TOPIC, stmt, 11) &&
         add_text (row, STORM_PROP_EVENT_CLASS, stmt, 12) &&
         add_text (row, STORM_PROP_VISIBILITY, stmt, 13) &&
         add_other (row, STORM_PROP_FAIL_OF, stmt, 14) &&
         add_text (row, STORM_PROP_EXTRA, stmt, 15) &&
         add_text (row, STORM_PROP_GROUP, stmt, 17) &&
         add_text (row, STORM_PROP_JOIN, stmt, 19);
}

/* @added: the columns that version 2 added. What is older and is only read doesn't have them, and
 * reads as if nobody had set them. */
static const struct
{
  StormObjectType type;
  const char *columns;
  const char *added;
  const char *not_added;
  const char *table;
  gboolean (*read) (Load *load, sqlite3_stmt *stmt, Row *row);
} tables[] = {
  { STORM_OBJECT_CONTEXT,
    "id, place, title, x, y, width, height, z, extra",
    "kind, parent, locked, collapsed", "NULL, NULL, 0, 0", "context", read_context },
  { STORM_OBJECT_STICKY,
    "id, place, kind, title, x, y, width, height, z, context, description, topic, event_class,"
    " visibility, fail_of, extra",
    "locked, in_group, pivotal, needs", "0, NULL, 0, NULL", "sticky", read_sticky },
  { STORM_OBJECT_FLOW,
    "id, place, from_sticky, to_sticky, label, extra",
    "bends, target, unchecked", "NULL, 0, 0", "flow", read_flow },
};

static gboolean
take_row (Load            *load,
          StormObjectType  type,
          const Row       *row,
          double           place)
{
  if (!storm_board_fill_add (load->fill, type, row->id, row->settings, row->n_settings))
    return FALSE;
  storm_board_rows_set_place (load->self, type, row->id, place)->children = row->has_children;
  if (row->other != NULL)
    {
      Link link = { g_strdup (row->id), g_strdup (row->other), row->other_prop };

      g_array_append_val (load->links, link);
    }
  return TRUE;
}

/* Steps through @stmt until the end; %FALSE with an error when the file can't be read on. */
static gboolean
read_table (Load          *load,
            guint          table,
            GError       **error)
{
  StormDb *db = load->self->db;
  gboolean old = storm_db_get_int (db, "PRAGMA user_version", 0) < 2;
  g_autofree char *sql = g_strdup_printf ("SELECT %s, %s FROM %s ORDER BY place",
                                          tables[table].columns,
                                          old ? tables[table].not_added : tables[table].added,
                                          tables[table].table);
  g_autoptr (sqlite3_stmt) stmt = storm_db_prepare (db, sql, error);
  guint n = 0;

  if (stmt == NULL)
    return FALSE;
  while (sqlite3_step (stmt) == SQLITE_ROW && n++ < STORM_BOARD_MAX_OBJECTS)
    {
      Row row = { .id = storm_column_text (stmt, 0) };
      double place = sqlite3_column_double (stmt, 1);

      if (!storm_id_is_valid (row.id) || !isfinite (place) ||
          !tables[table].read (load, stmt, &row) ||
          !take_row (load, tables[table].type, &row, place))
        load->n_left_out++;
      row_clear (&row);
    }
  if (n <= STORM_BOARD_MAX_OBJECTS && sqlite3_errcode (db->handle) != SQLITE_DONE)
    {
      storm_db_set_error (db, error);
      return FALSE;
    }
  return TRUE;
}

/* Fields or aliases; they come ordered by sticky. */
static gboolean
read_children (Load          *load,
               GHashTable    *children,
               const char    *sql,
               const char    *type,
               GError       **error)
{
  StormDb *db = load->self->db;
  g_autoptr (sqlite3_stmt) stmt = storm_db_prepare (db, sql, error);
  guint n = 0;

  if (stmt == NULL)
    return FALSE;
  while (sqlite3_step (stmt) == SQLITE_ROW && n++ < STORM_BOARD_MAX_OBJECTS * 10)
    {
      const char *id = storm_column_text (stmt, 0);
      const char *name = storm_column_text (stmt, 1);
      GVariantBuilder *builder;

      if (id == NULL || (name == NULL && sqlite3_column_type (stmt, 1) != SQLITE_NULL))
        {
          load->n_left_out++;
          continue;
        }
      builder = g_hash_table_lookup (children, id);
      if (builder == NULL)
        {
          builder = g_variant_builder_new (G_VARIANT_TYPE (type));
          g_hash_table_insert (children, g_strdup (id), builder);
        }
      if (children == load->aliases)
        g_variant_builder_add (builder, "s", name != NULL ? name : "");
      else
        {
          const char *field_type = storm_column_text (stmt, 2);
          const char *extra = storm_column_text (stmt, 5);

          g_variant_builder_add (builder, "(ssbbs)", name != NULL ? name : "",
                                 field_type != NULL ? field_type : "",
                                 sqlite3_column_int (stmt, 3) != 0,
                                 sqlite3_column_int (stmt, 4) != 0, extra != NULL ? extra : "");
        }
    }
  if (sqlite3_errcode (db->handle) == SQLITE_DONE)
    return TRUE;
  storm_db_set_error (db, error);
  return FALSE;
}

static gboolean
load_board (Load    *load,
            GError **error)
{
  static const StormProp props[] = { STORM_PROP_TITLE, STORM_PROP_MAPPING, STORM_PROP_EXTRA };
  StormDb *db = load->self->db;
  g_autoptr (sqlite3_stmt) stmt = NULL;

  stmt = storm_db_prepare (db, "SELECT title, mapping, extra FROM board WHERE id = 1", error);
  if (stmt == NULL)
    return FALSE;
  if (sqlite3_step (stmt) != SQLITE_ROW)
    {
      if (sqlite3_errcode (db->handle) == SQLITE_DONE)
        load->n_left_out++;
      else
        storm_db_set_error (db, error);
      return sqlite3_errcode (db->handle) == SQLITE_DONE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (props); i++)
    {
      g_autoptr (StormChange) change = storm_change_new (NULL);
      const char *text = storm_column_text (stmt, i);

      if (sqlite3_column_type (stmt, i) == SQLITE_NULL)
        continue;
      if (text != NULL)
        storm_change_set (change, NULL, props[i], g_variant_new_string (text));
      if (text == NULL || !storm_change_apply (change, load->self->board, NULL))
        load->n_left_out++;
    }
  return TRUE;
}

static void
read_objects (Load    *load,
              GError **error)
{
  g_autoptr (GError) first = NULL;

  load->fill = storm_board_fill_new (load->self->board);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    read_table (load, i, first == NULL ? &first : NULL);
  for (guint i = 0; i < load->links->len; i++)
    {
      const Link *link = &g_array_index (load->links, Link, i);

      if (!storm_board_fill_link (load->fill, link->id, link->prop, link->other))
        load->n_left_out++;
    }
  load->n_left_out += storm_board_fill_end (load->fill);
  if (first != NULL)
    g_propagate_error (error, g_steal_pointer (&first));
}

static gboolean
read_all (Load    *load,
          GError **error)
{
  /* A part that can't be read must not keep the others from being read. */
  g_autoptr (GError) first = NULL;

  load_board (load, &first);
  read_children (load, load->fields,
                 "SELECT sticky, name, type, is_key, is_correlation, extra FROM field"
                 " ORDER BY sticky, n", "a(ssbbs)", first == NULL ? &first : NULL);
  read_children (load, load->aliases, "SELECT sticky, name FROM alias ORDER BY sticky, n", "as",
                 first == NULL ? &first : NULL);
  read_objects (load, first == NULL ? &first : NULL);
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

gboolean
storm_board_rows_load (StormBoardRows  *self,
                       guint           *n_left_out,
                       GError         **error)
{
  Load load = { .self = self };
  gboolean all;

  load.links = g_array_new (FALSE, FALSE, sizeof (Link));
  g_array_set_clear_func (load.links, clear_link);
  load.fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_variant_builder_unref);
  load.aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) g_variant_builder_unref);
  all = read_all (&load, error);
  /* What belongs to no sticky now must not get in the way of one that comes. */
  self->orphans = g_hash_table_size (load.fields) > 0 || g_hash_table_size (load.aliases) > 0;
  *n_left_out = load.n_left_out;
  g_array_unref (load.links);
  g_hash_table_unref (load.fields);
  g_hash_table_unref (load.aliases);
  return all;
}
