#include "config.h"

#include "storm-change-private.h"

#include "storm-board-private.h"
#include "storm-error.h"
#include "storm-id.h"
#include "storm-prop-private.h"

#include <glib/gi18n-lib.h>

/* All checks are made before anything is written, so that a change never has to be taken back half
 * done. What the board will be like afterwards is asked through final_exists() and final_text(). */
typedef struct
{
  StormChange *change;
  StormBoard  *board;
  StormSide    to;
} Check;

static gboolean
check_existence (StormRecord  *record,
                 StormSide     to,
                 GError      **error)
{
  StormSide from = to == STORM_SIDE_AFTER ? STORM_SIDE_BEFORE : STORM_SIDE_AFTER;

  if (record->exists[from] && record->object == NULL && *record->id != '\0')
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND,
                   _("There is nothing with the id “%s” on the board."), record->id);
      return FALSE;
    }
  if (!record->exists[from] && record->object != NULL)
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("The id “%s” is on the board already; every id may be used once."),
                   record->id);
      return FALSE;
    }
  if (record->whole && !storm_id_is_valid (record->id))
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("An id must have 1 to %d bytes and no control characters."),
                   STORM_ID_MAX_LENGTH);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_values (StormRecord  *record,
              StormSide     to,
              GError      **error)
{
  if (record->checked[to])
    return TRUE;

  for (guint i = 0; i < record->n_pairs; i++)
    {
      GVariant *value = record->pairs[i].value[to];

      if (value != NULL &&
          !storm_prop_check (record->type, record->pairs[i].prop, value, error))
        return FALSE;
    }
  record->checked[to] = TRUE;

  return TRUE;
}

static gboolean
check_record (Check        *check,
              StormRecord  *record,
              GError      **error)
{
  record->object = storm_board_lookup (check->board, record->id);

  if (!check_existence (record, check->to, error))
    return FALSE;

  if (record->object != NULL)
    {
      StormObjectType type = storm_object_get_object_type (record->object);

      if (record->type_known && record->type != type)
        {
          g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                       _("“%s” is another type of object than the change expects."), record->id);
          return FALSE;
        }
      record->type = type;
      record->type_known = TRUE;
    }

  return check_values (record, check->to, error);
}

static gboolean
final_exists (Check           *check,
              StormObjectType  type,
              const char      *id)
{
  StormRecord *record = storm_change_lookup (check->change, id);
  StormObject *object;

  if (record != NULL)
    return record->exists[check->to] && record->type == type;

  object = storm_board_lookup (check->board, id);
  return object != NULL && storm_object_get_object_type (object) == type;
}

/* What @record will say for @prop: what it sets, else what the object has. */
static char *
final_text (Check       *check,
            StormRecord *record,
            StormProp    prop)
{
  StormPair *pair = storm_record_find (record, prop);
  g_autoptr (GVariant) value = NULL;

  if (pair != NULL && pair->value[check->to] != NULL)
    return g_variant_dup_string (pair->value[check->to], NULL);
  if (record->whole)
    return g_strdup ("");

  value = storm_object_get_value (record->object, prop);
  return g_variant_dup_string (value, NULL);
}

static gboolean
can_end_flow (Check      *check,
              const char *id)
{
  return final_exists (check, STORM_OBJECT_STICKY, id) ||
         final_exists (check, STORM_OBJECT_CONTEXT, id);
}

static gboolean
check_flow (Check        *check,
            StormRecord  *record,
            GError      **error)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (!record->whole && storm_record_find (record, STORM_PROP_FROM) == NULL &&
      storm_record_find (record, STORM_PROP_TO) == NULL)
    return TRUE;

  from = final_text (check, record, STORM_PROP_FROM);
  to = final_text (check, record, STORM_PROP_TO);
  if (!can_end_flow (check, from) || !can_end_flow (check, to))
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("The flow “%s” must begin and end at a sticky or a bounded context of the "
                     "board."), record->id);
      return FALSE;
    }
  if (g_str_equal (from, to))
    {
      g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                   _("The flow “%s” must not end where it begins."), record->id);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_reference (Check            *check,
                 StormRecord      *record,
                 StormProp         prop,
                 StormObjectType   type,
                 GError          **error)
{
  StormPair *pair = storm_record_find (record, prop);
  const char *id;

  if (pair == NULL || pair->value[check->to] == NULL)
    return TRUE;

  id = g_variant_get_string (pair->value[check->to], NULL);
  if (*id == '\0' || (final_exists (check, type, id) && !g_str_equal (id, record->id)))
    return TRUE;

  if (prop == STORM_PROP_CONTEXT)
    g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                 _("The sticky “%s” lies in a bounded context, “%s”, that is not on the board."),
                 record->id, id);
  else if (prop == STORM_PROP_PARENT)
    g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                 _("The bounded context “%s” lies in “%s”, which is no other bounded context of "
                   "the board."),
                 record->id, id);
  else
    g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                 _("The sticky “%s” is the failure of “%s”, which is no other sticky of the "
                   "board."),
                 record->id, id);
  return FALSE;
}

static gboolean
check_links (Check        *check,
             StormRecord  *record,
             GError      **error)
{
  if (!record->exists[check->to])
    return TRUE;
  if (record->type == STORM_OBJECT_FLOW)
    return check_flow (check, record, error);
  if (record->type == STORM_OBJECT_STICKY)
    return check_reference (check, record, STORM_PROP_CONTEXT, STORM_OBJECT_CONTEXT, error) &&
           check_reference (check, record, STORM_PROP_FAIL_OF, STORM_OBJECT_STICKY, error);

  return check_reference (check, record, STORM_PROP_PARENT, STORM_OBJECT_CONTEXT, error);
}

/* The context around @id as it will be, %NULL for none. */
static const char *
final_parent (Check      *check,
              const char *id)
{
  StormRecord *record = storm_change_lookup (check->change, id);
  StormPair *pair = record != NULL ? storm_record_find (record, STORM_PROP_PARENT) : NULL;
  StormContext *context;

  if (pair != NULL && pair->value[check->to] != NULL)
    {
      const char *parent = g_variant_get_string (pair->value[check->to], NULL);

      return *parent != '\0' ? parent : NULL;
    }
  if (record != NULL && record->whole)
    return NULL;

  context = storm_board_lookup_context (check->board, id);
  return context != NULL ? storm_context_get_parent (context) : NULL;
}

/* Every context is walked over once, however deep they lie in one another. */
static gboolean
check_circles (Check   *check,
               GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < check->change->records->len; i++)
    {
      StormRecord *record = g_ptr_array_index (check->change->records, i);
      gpointer walk = GUINT_TO_POINTER (i + 1);

      if (record->type != STORM_OBJECT_CONTEXT || !record->exists[check->to] ||
          storm_record_find (record, STORM_PROP_PARENT) == NULL)
        continue;
      for (const char *id = record->id; id != NULL; id = final_parent (check, id))
        {
          gpointer before = g_hash_table_lookup (seen, id);

          if (before == walk)
            {
              g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
                           _("The bounded context “%s” would lie in itself."), id);
              return FALSE;
            }
          if (before != NULL)
            break;
          g_hash_table_insert (seen, (char *) id, walk);
        }
    }

  return TRUE;
}

/* Whether @id, which leaves the board, is still what @holder points to. */
static gboolean
still_points (Check       *check,
              StormObject *holder,
              StormProp    prop,
              const char  *id)
{
  StormRecord *record = storm_change_lookup (check->change, storm_object_get_id (holder));
  g_autofree char *text = NULL;

  if (record == NULL)
    return TRUE;
  if (!record->exists[check->to])
    return FALSE;

  text = final_text (check, record, prop);
  return g_str_equal (text, id);
}

static gboolean
refuse_orphan (StormObject  *holder,
               const char   *id,
               GError      **error)
{
  g_set_error (error, STORM_ERROR, STORM_ERROR_INVALID,
               _("“%s” can't be removed, since “%s” still refers to it."),
               id, storm_object_get_id (holder));
  return FALSE;
}

static gboolean
check_orphan_flows (Check        *check,
                    StormRecord  *record,
                    GError      **error)
{
  GPtrArray *flows = storm_board_get_flows_at (check->board, record->object);

  for (guint i = 0; i < flows->len; i++)
    {
      StormFlow *flow = g_ptr_array_index (flows, i);
      gboolean is_from = g_str_equal (storm_flow_get_from (flow), record->id);

      if (still_points (check, STORM_OBJECT (flow), is_from ? STORM_PROP_FROM : STORM_PROP_TO,
                        record->id))
        return refuse_orphan (STORM_OBJECT (flow), record->id, error);
    }

  return TRUE;
}

static gboolean
is_removed (Check      *check,
            const char *id)
{
  StormRecord *record = id != NULL ? storm_change_lookup (check->change, id) : NULL;

  return record != NULL && !record->exists[check->to];
}

/* One look at all that can refer to another, however many objects go; and none at what refers to
 * a type of which none goes. */
static gboolean
check_orphan_references (Check           *check,
                         const gboolean  *goes,
                         GError         **error)
{
  gboolean contexts = goes[STORM_OBJECT_CONTEXT];

  for (guint i = 0; i < storm_board_get_n (check->board, STORM_OBJECT_STICKY); i++)
    {
      StormObject *object = storm_board_peek (check->board, STORM_OBJECT_STICKY, i);
      const char *context = contexts ? storm_sticky_get_context (STORM_STICKY (object)) : NULL;
      const char *fail_of = storm_sticky_get_fail_of (STORM_STICKY (object));

      if (is_removed (check, context) &&
          still_points (check, object, STORM_PROP_CONTEXT, context))
        return refuse_orphan (object, context, error);
      if (is_removed (check, fail_of) &&
          still_points (check, object, STORM_PROP_FAIL_OF, fail_of))
        return refuse_orphan (object, fail_of, error);
    }
  for (guint i = 0; contexts && i < storm_board_get_n (check->board, STORM_OBJECT_CONTEXT); i++)
    {
      StormObject *object = storm_board_peek (check->board, STORM_OBJECT_CONTEXT, i);
      const char *parent = storm_context_get_parent (STORM_CONTEXT (object));

      if (is_removed (check, parent) && still_points (check, object, STORM_PROP_PARENT, parent))
        return refuse_orphan (object, parent, error);
    }

  return TRUE;
}

static gboolean
check_orphans (Check   *check,
               GError **error)
{
  gboolean goes[STORM_OBJECT_CONTEXT + 1] = { FALSE };

  for (guint i = 0; i < check->change->records->len; i++)
    {
      StormRecord *record = g_ptr_array_index (check->change->records, i);

      if (record->exists[check->to] || record->type == STORM_OBJECT_FLOW)
        continue;
      goes[record->type] = TRUE;
      if (record->object != NULL && !check_orphan_flows (check, record, error))
        return FALSE;
    }

  return (!goes[STORM_OBJECT_STICKY] && !goes[STORM_OBJECT_CONTEXT]) ||
         check_orphan_references (check, goes, error);
}

static gboolean
check_counts (Check   *check,
              GError **error)
{
  gint64 n[STORM_OBJECT_CONTEXT + 1] = { 0 };

  for (guint i = 0; i < check->change->records->len; i++)
    {
      StormRecord *record = g_ptr_array_index (check->change->records, i);

      n[record->type] += (gint64) record->exists[check->to] - (record->object != NULL);
    }

  for (guint i = STORM_OBJECT_STICKY; i <= STORM_OBJECT_CONTEXT; i++)
    {
      if (n[i] > 0 && n[i] + storm_board_get_n (check->board, i) > STORM_BOARD_MAX_OBJECTS)
        {
          g_set_error (error, STORM_ERROR, STORM_ERROR_LIMIT,
                       _("The board is full: it can hold %d objects of each type."),
                       STORM_BOARD_MAX_OBJECTS);
          return FALSE;
        }
    }

  return TRUE;
}

gboolean
storm_change_check (StormChange  *self,
                    StormBoard   *board,
                    StormSide     to,
                    GError      **error)
{
  Check check = { self, board, to };

  if (self->mistake != NULL)
    {
      g_propagate_error (error, g_error_copy (self->mistake));
      return FALSE;
    }

  for (guint i = 0; i < self->records->len; i++)
    {
      if (!check_record (&check, g_ptr_array_index (self->records, i), error))
        return FALSE;
    }
  for (guint i = 0; i < self->records->len; i++)
    {
      if (!check_links (&check, g_ptr_array_index (self->records, i), error))
        return FALSE;
    }

  return check_circles (&check, error) && check_orphans (&check, error) &&
         check_counts (&check, error);
}
