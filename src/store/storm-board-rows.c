#include "config.h"

#include "storm-board-rows-private.h"

#include <string.h>

#include <string.h>

/* Writing: the final states of objects, and their place in the order of creation. */

static const struct
{
  const char *remove;
  const char *move;
  const char *order;
} sql_of_type[STORM_N_ROW_TYPES] = {
  [STORM_OBJECT_STICKY] = {
    "DELETE FROM sticky WHERE id = ?1",
    "UPDATE sticky SET place = ?2 WHERE id = ?1",
    "SELECT id, place FROM sticky",
  },
  [STORM_OBJECT_FLOW] = {
    "DELETE FROM flow WHERE id = ?1",
    "UPDATE flow SET place = ?2 WHERE id = ?1",
    "SELECT id, place FROM flow",
  },
  [STORM_OBJECT_CONTEXT] = {
    "DELETE FROM context WHERE id = ?1",
    "UPDATE context SET place = ?2 WHERE id = ?1",
    "SELECT id, place FROM context",
  },
};

static const char *sql_of_write[STORM_N_WRITES] = {
  [STORM_WRITE_BOARD] = "UPDATE board SET title = ?1, mapping = ?2, extra = ?3 WHERE id = 1",
  [STORM_WRITE_STICKY] =
    "REPLACE INTO sticky (id, place, kind, title, x, y, width, height, z, context, description,"
    " topic, event_class, visibility, fail_of, extra, locked, in_group, pivotal, needs)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
    " ?19, ?20)",
  [STORM_WRITE_FLOW] =
    "REPLACE INTO flow (id, place, from_sticky, to_sticky, label, extra, bends, target, unchecked)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
  [STORM_WRITE_CONTEXT] =
    "REPLACE INTO context (id, place, title, x, y, width, height, z, extra, kind, parent, locked,"
    " collapsed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
  [STORM_WRITE_FIELD] =
    "INSERT INTO field (sticky, n, name, type, is_key, is_correlation, extra)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
  [STORM_WRITE_ALIAS] = "INSERT INTO alias (sticky, n, name) VALUES (?1, ?2, ?3)",
  [STORM_WRITE_NO_FIELDS] = "DELETE FROM field WHERE sticky = ?1",
  [STORM_WRITE_NO_ALIASES] = "DELETE FROM alias WHERE sticky = ?1",
};

StormBoardRows *
storm_board_rows_new (StormDb    *db,
                      StormBoard *board)
{
  StormBoardRows *self = g_new0 (StormBoardRows, 1);

  self->db = db;
  self->board = g_object_ref (board);
  for (guint i = 0; i < STORM_N_ROW_TYPES; i++)
    {
      self->places[i] = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
      self->added[i] = g_ptr_array_new ();
      self->removed[i] = g_ptr_array_new ();
    }
  return self;
}

void
storm_board_rows_free (StormBoardRows *self)
{
  for (guint i = 0; i < STORM_N_WRITES; i++)
    sqlite3_finalize (self->writes[i]);
  for (guint i = 0; i < STORM_N_ROW_TYPES; i++)
    {
      sqlite3_finalize (self->removes[i]);
      g_hash_table_unref (self->places[i]);
      g_ptr_array_unref (self->added[i]);
      g_ptr_array_unref (self->removed[i]);
    }
  g_object_unref (self->board);
  g_free (self);
}

StormRowPlace *
storm_board_rows_set_place (StormBoardRows  *self,
                            StormObjectType  type,
                            const char      *id,
                            double           place)
{
  StormRowPlace *known = g_hash_table_lookup (self->places[type], id);

  if (known == NULL)
    {
      gsize size = strlen (id) + 1;

      known = g_malloc0 (sizeof *known + size);
      memcpy (known->id, id, size);
      g_hash_table_insert (self->places[type], known->id, known);
    }
  known->place = place;
  return known;
}

GListModel *
storm_board_rows_get_list (StormBoardRows  *self,
                           StormObjectType  type)
{
  switch (type)
    {
    case STORM_OBJECT_STICKY:
      return storm_board_get_stickies (self->board);
    case STORM_OBJECT_FLOW:
      return storm_board_get_flows (self->board);
    case STORM_OBJECT_CONTEXT:
      return storm_board_get_contexts (self->board);
    case STORM_OBJECT_BOARD:
    default:
      g_return_val_if_reached (NULL);
    }
}

/* After many undos in one spot the numbers between two neighbours are used up. */
static gboolean
number_anew (StormBoardRows   *self,
             StormObjectType   type,
             GError          **error)
{
  g_autoptr (sqlite3_stmt) stmt = storm_db_prepare (self->db, sql_of_type[type].move, error);
  GListModel *list = storm_board_rows_get_list (self, type);
  guint n = g_list_model_get_n_items (list);

  if (stmt == NULL)
    return FALSE;
  self->renumbered = TRUE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StormObject) object = g_list_model_get_item (list, i);
      const char *id = storm_object_get_id (object);

      storm_board_rows_set_place (self, type, id, i + 1);
      sqlite3_bind_text (stmt, 1, id, -1, SQLITE_TRANSIENT);
      sqlite3_bind_double (stmt, 2, i + 1);
      if (!storm_db_run (self->db, stmt, error))
        return FALSE;
    }
  return TRUE;
}

/* Gives the run of @n objects from @first on places between @before and @after. */
static gboolean
place_run (StormBoardRows  *self,
           StormObjectType  type,
           guint            first,
           guint            n,
           double           before,
           double           after)
{
  GListModel *list = storm_board_rows_get_list (self, type);
  double last = before;
  double step = isfinite (after) ? (after - before) / (n + 1) : 1;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StormObject) object = g_list_model_get_item (list, first + i);
      const char *id = storm_object_get_id (object);
      double place = before + step * (i + 1);

      if (!(place > last && place < after))
        return FALSE;
      last = place;
      g_ptr_array_add (self->added[type], storm_board_rows_set_place (self, type, id, place));
    }
  return TRUE;
}

/* New objects stand at the end of their list, and what an undo brings back in the middle of it.
 * From the end, because that is where nearly all of them are; when @id is not there, all the
 * list. */
static gboolean
place_new_objects (StormBoardRows   *self,
                   StormObjectType   type,
                   const char       *id,
                   GError          **error)
{
  GListModel *list = storm_board_rows_get_list (self, type);
  double after = INFINITY;
  guint end = g_list_model_get_n_items (list);

  for (guint i = end; i > 0; i--)
    {
      g_autoptr (StormObject) object = g_list_model_get_item (list, i - 1);
      const char *this_id = storm_object_get_id (object);
      const StormRowPlace *known = g_hash_table_lookup (self->places[type], this_id);
      double before;

      if (known == NULL)
        continue;
      before = known->place;
      if (end > i && !place_run (self, type, i, end - i, before, after))
        return number_anew (self, type, error);
      if (!isfinite (after) && g_hash_table_contains (self->places[type], id))
        return TRUE;
      after = before;
      end = i - 1;
    }
  if (end > 0 && !place_run (self, type, 0, end, isfinite (after) ? after - end - 1 : 0, after))
    return number_anew (self, type, error);
  return TRUE;
}

static sqlite3_stmt *
get_write (StormBoardRows  *self,
           StormWrite       write,
           GError         **error)
{
  if (self->writes[write] == NULL)
    self->writes[write] = storm_db_prepare (self->db, sql_of_write[write], error);
  return self->writes[write];
}

static gboolean
run_with_id (StormBoardRows  *self,
             sqlite3_stmt    *stmt,
             const char      *id,
             GError         **error)
{
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_TRANSIENT);
  return storm_db_run (self->db, stmt, error);
}

static gboolean
clear_children (StormBoardRows  *self,
                const char      *id,
                GError         **error)
{
  return run_with_id (self, get_write (self, STORM_WRITE_NO_FIELDS, error), id, error) &&
         run_with_id (self, get_write (self, STORM_WRITE_NO_ALIASES, error), id, error);
}

static gboolean
write_children (StormBoardRows  *self,
                StormSticky     *sticky,
                const char      *id,
                GError         **error)
{
  GPtrArray *fields = storm_sticky_get_fields (sticky);
  const char * const *aliases = storm_sticky_get_aliases (sticky);
  sqlite3_stmt *stmt = get_write (self, STORM_WRITE_FIELD, error);

  for (guint i = 0; stmt != NULL && fields != NULL && i < fields->len; i++)
    {
      const StormField *field = g_ptr_array_index (fields, i);

      sqlite3_bind_text (stmt, 1, id, -1, SQLITE_TRANSIENT);
      sqlite3_bind_int64 (stmt, 2, i + 1);
      storm_bind_text (stmt, 3, field->name);
      storm_bind_text (stmt, 4, field->type);
      sqlite3_bind_int (stmt, 5, field->key != FALSE);
      sqlite3_bind_int (stmt, 6, field->correlation != FALSE);
      storm_bind_text (stmt, 7, field->extra);
      if (!storm_db_run (self->db, stmt, error))
        return FALSE;
    }
  if (stmt == NULL || (stmt = get_write (self, STORM_WRITE_ALIAS, error)) == NULL)
    return FALSE;
  for (guint i = 0; aliases != NULL && aliases[i] != NULL; i++)
    {
      sqlite3_bind_text (stmt, 1, id, -1, SQLITE_TRANSIENT);
      sqlite3_bind_int64 (stmt, 2, i + 1);
      storm_bind_text (stmt, 3, aliases[i]);
      if (!storm_db_run (self->db, stmt, error))
        return FALSE;
    }
  return TRUE;
}

static int
bind_rect (sqlite3_stmt    *stmt,
           int              index,
           const StormRect *rect)
{
  sqlite3_bind_double (stmt, index++, rect->x);
  sqlite3_bind_double (stmt, index++, rect->y);
  sqlite3_bind_double (stmt, index++, rect->width);
  sqlite3_bind_double (stmt, index++, rect->height);
  return index;
}

static gboolean
write_sticky (StormBoardRows  *self,
              StormSticky     *sticky,
              double           place,
              gboolean         clear,
              GError         **error)
{
  const char *id = storm_object_get_id (STORM_OBJECT (sticky));
  sqlite3_stmt *stmt = get_write (self, STORM_WRITE_STICKY, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, id, -1, SQLITE_TRANSIENT);
  sqlite3_bind_double (stmt, 2, place);
  storm_bind_text (stmt, 3, storm_kind_info (storm_sticky_get_kind (sticky))->nick);
  storm_bind_text (stmt, 4, storm_sticky_get_title (sticky));
  bind_rect (stmt, 5, storm_sticky_get_rect (sticky));
  sqlite3_bind_int64 (stmt, 9, storm_sticky_get_z (sticky));
  storm_bind_text (stmt, 10, storm_sticky_get_context (sticky));
  storm_bind_text (stmt, 11, storm_sticky_get_description (sticky));
  storm_bind_text (stmt, 12, storm_sticky_get_topic (sticky));
  storm_bind_text (stmt, 13, storm_event_class_nick (storm_sticky_get_event_class (sticky)));
  storm_bind_text (stmt, 14, storm_visibility_nick (storm_sticky_get_visibility (sticky)));
  storm_bind_text (stmt, 15, storm_sticky_get_fail_of (sticky));
  storm_bind_text (stmt, 16, storm_object_get_extra (STORM_OBJECT (sticky)));
  sqlite3_bind_int (stmt, 17, storm_sticky_get_locked (sticky));
  storm_bind_text (stmt, 18, storm_sticky_get_group (sticky));
  sqlite3_bind_int (stmt, 19, storm_sticky_is_marked_pivotal (sticky));
  storm_bind_text (stmt, 20, storm_join_nick (storm_sticky_get_join (sticky)));
  return storm_db_run (self->db, stmt, error) &&
         (!clear || clear_children (self, id, error)) &&
         write_children (self, sticky, id, error);
}

static void
bind_bends (sqlite3_stmt *stmt,
            int           index,
            StormFlow    *flow)
{
  guint n;
  const StormPoint *bends = storm_flow_get_bends (flow, &n);
  guint64 numbers[2 * STORM_FLOW_MAX_BENDS];

  if (n == 0)
    {
      sqlite3_bind_null (stmt, index);
      return;
    }
  memcpy (numbers, bends, n * sizeof *bends);
  for (guint i = 0; i < 2 * n; i++)
    numbers[i] = GUINT64_TO_LE (numbers[i]);
  sqlite3_bind_blob (stmt, index, numbers, n * sizeof *bends, SQLITE_TRANSIENT);
}

static gboolean
write_flow (StormBoardRows  *self,
            StormFlow       *flow,
            double           place,
            GError         **error)
{
  sqlite3_stmt *stmt = get_write (self, STORM_WRITE_FLOW, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, storm_object_get_id (STORM_OBJECT (flow)), -1, SQLITE_TRANSIENT);
  sqlite3_bind_double (stmt, 2, place);
  storm_bind_text (stmt, 3, storm_flow_get_from (flow));
  storm_bind_text (stmt, 4, storm_flow_get_to (flow));
  storm_bind_text (stmt, 5, storm_flow_get_label (flow));
  storm_bind_text (stmt, 6, storm_object_get_extra (STORM_OBJECT (flow)));
  bind_bends (stmt, 7, flow);
  sqlite3_bind_int64 (stmt, 8, storm_flow_get_target (flow));
  sqlite3_bind_int (stmt, 9, storm_flow_get_unchecked (flow) != FALSE);
  return storm_db_run (self->db, stmt, error);
}

static gboolean
write_context (StormBoardRows  *self,
               StormContext    *context,
               double           place,
               GError         **error)
{
  sqlite3_stmt *stmt = get_write (self, STORM_WRITE_CONTEXT, error);
  int index;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, storm_object_get_id (STORM_OBJECT (context)), -1, SQLITE_TRANSIENT);
  sqlite3_bind_double (stmt, 2, place);
  storm_bind_text (stmt, 3, storm_context_get_title (context));
  index = bind_rect (stmt, 4, storm_context_get_rect (context));
  sqlite3_bind_int64 (stmt, index++, storm_context_get_z (context));
  storm_bind_text (stmt, index++, storm_object_get_extra (STORM_OBJECT (context)));
  storm_bind_text (stmt, index++, storm_context_kind_nick (storm_context_get_kind (context)));
  storm_bind_text (stmt, index++, storm_context_get_parent (context));
  sqlite3_bind_int (stmt, index++, storm_context_get_locked (context));
  sqlite3_bind_int (stmt, index, storm_context_get_collapsed (context));
  return storm_db_run (self->db, stmt, error);
}

static gboolean
write_board (StormBoardRows  *self,
             GError         **error)
{
  sqlite3_stmt *stmt = get_write (self, STORM_WRITE_BOARD, error);

  if (stmt == NULL)
    return FALSE;
  storm_bind_text (stmt, 1, storm_board_get_title (self->board));
  storm_bind_text (stmt, 2, storm_board_get_mapping (self->board));
  storm_bind_text (stmt, 3, storm_board_get_extra (self->board));
  return storm_db_run (self->db, stmt, error);
}

static gboolean
remove_row (StormBoardRows   *self,
            StormObjectType   type,
            const char       *id,
            GError          **error)
{
  StormRowPlace *known = g_hash_table_lookup (self->places[type], id);

  if (known == NULL)
    return TRUE;
  if (self->removes[type] == NULL)
    self->removes[type] = storm_db_prepare (self->db, sql_of_type[type].remove, error);
  if (!run_with_id (self, self->removes[type], id, error))
    return FALSE;
  g_ptr_array_add (self->removed[type], known);
  return !(known->children || self->orphans) || clear_children (self, id, error);
}

static gboolean
has_children (StormSticky *sticky)
{
  const char * const *aliases = storm_sticky_get_aliases (sticky);

  return storm_sticky_get_fields (sticky)->len > 0 || (aliases != NULL && aliases[0] != NULL);
}

static gboolean
write_object (StormBoardRows  *self,
              StormObject     *object,
              double           place,
              gboolean         clear,
              GError         **error)
{
  if (STORM_IS_STICKY (object))
    return write_sticky (self, STORM_STICKY (object), place, clear, error);
  if (STORM_IS_FLOW (object))
    return write_flow (self, STORM_FLOW (object), place, error);
  return write_context (self, STORM_CONTEXT (object), place, error);
}

gboolean
storm_board_rows_write (StormBoardRows   *self,
                        StormObjectType   type,
                        const char       *id,
                        GError          **error)
{
  StormObject *object;
  StormRowPlace *known;
  gboolean clear;

  if (type == STORM_OBJECT_BOARD)
    return write_board (self, error);
  object = storm_board_lookup (self->board, id);
  if (object == NULL || storm_object_get_object_type (object) != type)
    return remove_row (self, type, id, error);
  known = g_hash_table_lookup (self->places[type], id);
  if (known == NULL)
    {
      if (!place_new_objects (self, type, id, error))
        return FALSE;
      known = g_hash_table_lookup (self->places[type], id);
      g_assert (known != NULL);
    }
  clear = known->children || self->orphans;
  /* Never back to no: the transaction can still fail, and then the old ones are there again. */
  known->children |= type == STORM_OBJECT_STICKY && has_children (STORM_STICKY (object));
  return write_object (self, object, known->place, clear, error);
}

gboolean
storm_board_rows_write_all (StormBoardRows  *self,
                            GError         **error)
{
  static const StormObjectType types[] = {
    STORM_OBJECT_CONTEXT, STORM_OBJECT_STICKY, STORM_OBJECT_FLOW
  };

  if (!write_board (self, error))
    return FALSE;
  for (guint t = 0; t < G_N_ELEMENTS (types); t++)
    {
      GListModel *list = storm_board_rows_get_list (self, types[t]);
      guint n = g_list_model_get_n_items (list);

      for (guint i = 0; i < n; i++)
        {
          g_autoptr (StormObject) object = g_list_model_get_item (list, i);

          if (!write_object (self, object, i + 1, FALSE, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* The places as they are in the file. */
static void
read_places (StormBoardRows *self)
{
  self->orphans = TRUE;   /* whose children they are is not read again */
  for (guint t = STORM_OBJECT_STICKY; t < STORM_N_ROW_TYPES; t++)
    {
      g_autoptr (sqlite3_stmt) stmt = storm_db_prepare (self->db, sql_of_type[t].order, NULL);

      g_hash_table_remove_all (self->places[t]);
      while (stmt != NULL && sqlite3_step (stmt) == SQLITE_ROW)
        {
          const char *id = storm_column_text (stmt, 0);

          if (id != NULL)
            storm_board_rows_set_place (self, t, id, sqlite3_column_double (stmt, 1));
        }
    }
}

void
storm_board_rows_finish (StormBoardRows *self,
                         gboolean        kept)
{
  for (guint t = 0; t < STORM_N_ROW_TYPES; t++)
    {
      GPtrArray *gone = kept ? self->removed[t] : self->added[t];

      for (guint i = 0; i < gone->len; i++)
        g_hash_table_remove (self->places[t], ((StormRowPlace *) g_ptr_array_index (gone, i))->id);
      g_ptr_array_set_size (self->added[t], 0);
      g_ptr_array_set_size (self->removed[t], 0);
    }
  if (!kept && self->renumbered)
    read_places (self);
  self->renumbered = FALSE;
}
