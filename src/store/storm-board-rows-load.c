#include "config.h"

#include "storm-board-rows-private.h"

#include "storm-error.h"
#include "storm-id.h"

/* Reading: rows of a file that is not trusted become steps of one change, so that the rules of the
 * model are the ones that decide. */


/* The properties of an object are set one by one: a dictionary of them takes four times as long. */
#define MAX_VALUES 20

typedef struct
{
  StormBoardRows *self;
  GPtrArray      *inserts;    /* of Insert, in the order in which the model wants them */
  GHashTable     *fields;     /* sticky id → GVariantBuilder */
  GHashTable     *aliases;
  guint           n_left_out;
} Load;

/* One object as it will be inserted; @other, an object of the same type that @other_prop refers to,
 * waits until all of them are there. */
typedef struct
{
  StormObjectType  type;
  char            *id;
  char            *other;
  StormProp        other_prop;
  double           place;
  guint            n_values;
  struct
  {
    StormProp  prop;
    GVariant  *value;
  }                values[MAX_VALUES];
} Insert;

static void
insert_free (gpointer data)
{
  Insert *insert = data;

  for (guint i = 0; i < insert->n_values; i++)
    g_variant_unref (insert->values[i].value);
  g_free (insert->id);
  g_free (insert->other);
  g_free (insert);
}

static void
add_value (Insert    *insert,
           StormProp  prop,
           GVariant  *value)
{
  g_assert (insert->n_values < MAX_VALUES);
  insert->values[insert->n_values].prop = prop;
  insert->values[insert->n_values++].value = g_variant_ref_sink (value);
}

/* Returns %FALSE for what is no text; NULL is "", which is the default of all of them. */
static gboolean
add_text (Insert       *insert,
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
    add_value (insert, prop, g_variant_new_string (text));
  return TRUE;
}

static gboolean
add_other (Insert       *insert,
           StormProp     prop,
           sqlite3_stmt *stmt,
           int           column)
{
  if (sqlite3_column_type (stmt, column) == SQLITE_NULL)
    return TRUE;
  insert->other = g_strdup (storm_column_text (stmt, column));
  insert->other_prop = prop;
  return insert->other != NULL;
}

static void
add_flag (Insert       *insert,
          StormProp     prop,
          sqlite3_stmt *stmt,
          int           column)
{
  if (sqlite3_column_int64 (stmt, column) != 0)
    add_value (insert, prop, g_variant_new_boolean (TRUE));
}

/* x and y of each point. Whether they are on the board is for the model to say. */
static gboolean
add_bends (Insert       *insert,
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
  add_value (insert, STORM_PROP_BENDS,
             g_variant_new_from_data (G_VARIANT_TYPE ("a(dd)"), numbers, len, TRUE, g_free,
                                      numbers));
  numbers = NULL;
  return TRUE;
}

static gboolean
add_rect_and_z (Insert       *insert,
                sqlite3_stmt *stmt,
                int           column)
{
  double rect[4];
  double *copy;

  for (int i = 0; i < 5; i++)
    if (!storm_column_is_number (stmt, column + i))
      return FALSE;
  for (int i = 0; i < 4; i++)
    rect[i] = sqlite3_column_double (stmt, column + i);
  copy = g_memdup2 (rect, sizeof rect);
  /* From its bytes, which takes a fifth of the time of making it from four numbers. */
  add_value (insert, STORM_PROP_RECT,
             g_variant_new_from_data (G_VARIANT_TYPE ("(dddd)"), copy, sizeof rect,
                                      TRUE, g_free, copy));
  add_value (insert, STORM_PROP_Z, g_variant_new_int64 (sqlite3_column_int64 (stmt, column + 4)));
  return TRUE;
}

static gboolean
read_context (Load         *load,
              sqlite3_stmt *stmt,
              Insert       *insert)
{
  add_flag (insert, STORM_PROP_LOCKED, stmt, 11);
  add_flag (insert, STORM_PROP_COLLAPSED, stmt, 12);
  return add_text (insert, STORM_PROP_TITLE, stmt, 2) && add_rect_and_z (insert, stmt, 3) &&
         add_text (insert, STORM_PROP_EXTRA, stmt, 8) &&
         add_text (insert, STORM_PROP_CONTEXT_KIND, stmt, 9) &&
         add_other (insert, STORM_PROP_PARENT, stmt, 10);
}

static gboolean
read_flow (Load         *load,
           sqlite3_stmt *stmt,
           Insert       *insert)
{
  gint64 target = sqlite3_column_int64 (stmt, 7);

  if (target != 0)
    add_value (insert, STORM_PROP_TARGET, g_variant_new_int64 (target));
  add_flag (insert, STORM_PROP_UNCHECKED, stmt, 8);
  return add_text (insert, STORM_PROP_FROM, stmt, 2) && add_text (insert, STORM_PROP_TO, stmt, 3) &&
         add_text (insert, STORM_PROP_LABEL, stmt, 4) &&
         add_text (insert, STORM_PROP_EXTRA, stmt, 5) && add_bends (insert, stmt, 6);
}

static void
add_children (Insert     *insert,
              StormProp   prop,
              GHashTable *children)
{
  GVariantBuilder *builder = NULL;
  char *key = NULL;

  /* Taken out: in a damaged file the same id can come again. */
  if (!g_hash_table_steal_extended (children, insert->id, (gpointer *) &key, (gpointer *) &builder))
    return;
  add_value (insert, prop, g_variant_builder_end (builder));
  g_variant_builder_unref (builder);
  g_free (key);
}

static gboolean
read_sticky (Load         *load,
             sqlite3_stmt *stmt,
             Insert       *insert)
{
  const char *kind = storm_column_text (stmt, 2);

  add_children (insert, STORM_PROP_FIELDS, load->fields);
  add_children (insert, STORM_PROP_ALIASES, load->aliases);
  add_flag (insert, STORM_PROP_LOCKED, stmt, 16);
  add_flag (insert, STORM_PROP_PIVOTAL, stmt, 18);
  return kind != NULL && *kind != '\0' && add_text (insert, STORM_PROP_KIND, stmt, 2) &&
         add_text (insert, STORM_PROP_TITLE, stmt, 3) && add_rect_and_z (insert, stmt, 4) &&
         add_text (insert, STORM_PROP_CONTEXT, stmt, 9) &&
         add_text (insert, STORM_PROP_DESCRIPTION, stmt, 10) &&
         add_text (insert, STORM_PROP_TOPIC, stmt, 11) &&
         add_text (insert, STORM_PROP_EVENT_CLASS, stmt, 12) &&
         add_text (insert, STORM_PROP_VISIBILITY, stmt, 13) &&
         add_other (insert, STORM_PROP_FAIL_OF, stmt, 14) &&
         add_text (insert, STORM_PROP_EXTRA, stmt, 15) &&
         add_text (insert, STORM_PROP_GROUP, stmt, 17) &&
         add_text (insert, STORM_PROP_JOIN, stmt, 19);
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
  gboolean (*read) (Load *load, sqlite3_stmt *stmt, Insert *insert);
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
      Insert *insert = g_new0 (Insert, 1);

      insert->type = tables[table].type;
      insert->id = g_strdup (storm_column_text (stmt, 0));
      insert->place = sqlite3_column_double (stmt, 1);
      if (storm_id_is_valid (insert->id) && isfinite (insert->place) &&
          tables[table].read (load, stmt, insert))
        {
          g_ptr_array_add (load->inserts, insert);
          continue;
        }
      load->n_left_out++;
      insert_free (insert);
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

/* The steps that make what was read, from insert @first on, @n of them. */
static StormChange *
make_change (Load  *load,
             guint  first,
             guint  n)
{
  StormChange *change = storm_change_new (NULL);

  for (guint i = first; i < first + n; i++)
    {
      const Insert *insert = g_ptr_array_index (load->inserts, i);

      storm_change_insert (change, insert->type, insert->id, NULL);
      for (guint j = 0; j < insert->n_values; j++)
        storm_change_set (change, insert->id, insert->values[j].prop, insert->values[j].value);
    }
  for (guint i = first; i < first + n; i++)
    {
      const Insert *insert = g_ptr_array_index (load->inserts, i);

      if (insert->other != NULL && n > 1)
        storm_change_set (change, insert->id, insert->other_prop,
                          g_variant_new_string (insert->other));
    }
  return change;
}

static gboolean
has_children (const Insert *insert)
{
  for (guint i = 0; i < insert->n_values; i++)
    if (insert->values[i].prop == STORM_PROP_FIELDS || insert->values[i].prop == STORM_PROP_ALIASES)
      return TRUE;
  return FALSE;
}

/* All at once; when the model refuses that, one by one, to find out what it refuses. */
static void
apply_inserts (Load *load)
{
  StormBoardRows *self = load->self;
  g_autoptr (StormChange) all = make_change (load, 0, load->inserts->len);
  gboolean whole = storm_change_apply (all, self->board, NULL);

  for (guint i = 0; i < load->inserts->len; i++)
    {
      const Insert *insert = g_ptr_array_index (load->inserts, i);
      g_autoptr (StormChange) one = whole ? NULL : make_change (load, i, 1);

      if (one != NULL && !storm_change_apply (one, self->board, NULL))
        load->n_left_out++;
      else
        storm_board_rows_set_place (self, insert->type, insert->id,
                                    insert->place)->children = has_children (insert);
    }
  for (guint i = 0; !whole && i < load->inserts->len; i++)
    {
      const Insert *insert = g_ptr_array_index (load->inserts, i);
      g_autoptr (StormChange) one = storm_change_new (NULL);

      if (insert->other == NULL || storm_board_lookup (self->board, insert->id) == NULL)
        continue;
      storm_change_set (one, insert->id, insert->other_prop,
                        g_variant_new_string (insert->other));
      if (!storm_change_apply (one, self->board, NULL))
        load->n_left_out++;
    }
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
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    read_table (load, i, first == NULL ? &first : NULL);
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

  load.inserts = g_ptr_array_new_with_free_func (insert_free);
  load.fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_variant_builder_unref);
  load.aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) g_variant_builder_unref);
  all = read_all (&load, error);
  if (load.inserts->len > 0)
    apply_inserts (&load);
  /* What belongs to no sticky now must not get in the way of one that comes. */
  self->orphans = g_hash_table_size (load.fields) > 0 || g_hash_table_size (load.aliases) > 0;
  *n_left_out = load.n_left_out;
  g_ptr_array_unref (load.inserts);
  g_hash_table_unref (load.fields);
  g_hash_table_unref (load.aliases);
  return all;
}
