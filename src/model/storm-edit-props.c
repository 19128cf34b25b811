#include "config.h"

#include "storm-edit-props.h"

#include "storm-board-private.h"
#include "storm-edit-private.h"
#include "storm-prop-private.h"

#include <glib/gi18n-lib.h>

static void
put (StormChange *change,
     StormObject *object,
     StormProp    prop,
     GVariant    *value)
{
  g_autoptr (GVariant) old = storm_object_get_value (object, prop);

  if (!g_variant_equal (old, value))
    storm_change_set (change, storm_object_get_id (object), prop, value);
}

static void
put_locked (StormChange *change,
            StormObject *object,
            gboolean     locked)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_boolean (locked != FALSE));

  put (change, object, STORM_PROP_LOCKED, value);
}

static gboolean
can_lock (StormObject *object)
{
  return STORM_IS_STICKY (object) || STORM_IS_CONTEXT (object);
}

static char *
lock_label (GPtrArray *objects,
            gboolean   locked)
{
  guint n_stickies = storm_edit_count (objects, STORM_OBJECT_STICKY);
  guint n = n_stickies + storm_edit_count (objects, STORM_OBJECT_CONTEXT);

  if (n == n_stickies)
    return locked ? g_strdup_printf (ngettext ("Lock %u sticky", "Lock %u stickies", n), n)
                  : g_strdup_printf (ngettext ("Unlock %u sticky", "Unlock %u stickies", n), n);
  return locked ? g_strdup_printf (ngettext ("Lock %u object", "Lock %u objects", n), n)
                : g_strdup_printf (ngettext ("Unlock %u object", "Unlock %u objects", n), n);
}

StormChange *
storm_edit_set_locked (StormBoard *board,
                       GPtrArray  *ids,
                       gboolean    locked)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GPtrArray) objects = NULL;
  g_autofree char *label = NULL;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  objects = storm_edit_collect (board, ids);
  label = lock_label (objects, locked);
  change = storm_change_new (label);
  for (guint i = 0; i < objects->len; i++)
    {
      StormObject *object = g_ptr_array_index (objects, i);

      if (can_lock (object))
        put_locked (change, object, locked);
    }

  return g_steal_pointer (&change);
}

StormChange *
storm_edit_unlock_all (StormBoard *board)
{
  static const StormObjectType types[] = { STORM_OBJECT_STICKY, STORM_OBJECT_CONTEXT };
  g_autoptr (StormChange) change = NULL;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  change = storm_change_new (_("Unlock all"));
  for (guint t = 0; t < G_N_ELEMENTS (types); t++)
    {
      for (guint i = 0; i < storm_board_get_n (board, types[t]); i++)
        {
          StormObject *object = storm_board_peek (board, types[t], i);

          if (storm_edit_is_locked (object))
            put_locked (change, object, FALSE);
        }
    }

  return g_steal_pointer (&change);
}

static gboolean
is_event (StormObject *object)
{
  return STORM_IS_STICKY (object) &&
         storm_sticky_get_kind (STORM_STICKY (object)) == STORM_KIND_EVENT;
}

static gboolean
is_policy (StormObject *object)
{
  return STORM_IS_STICKY (object) &&
         storm_sticky_get_kind (STORM_STICKY (object)) == STORM_KIND_POLICY;
}

static gboolean
is_context (StormObject *object)
{
  return STORM_IS_CONTEXT (object);
}

static gboolean
is_flow (StormObject *object)
{
  return STORM_IS_FLOW (object);
}

/* Sets a property to @value, which is floating, of those in @ids that have it, as @has says, and
 * aren't locked. */
static StormChange *
set_all (StormBoard *board,
         GPtrArray  *ids,
         gboolean  (*has) (StormObject *object),
         StormProp   prop,
         GVariant   *value,
         const char *label)
{
  g_autoptr (GPtrArray) objects = storm_edit_collect_free (board, ids);
  g_autoptr (GVariant) kept = g_variant_ref_sink (value);
  StormChange *change = storm_change_new (label);

  for (guint i = 0; i < objects->len; i++)
    {
      StormObject *object = g_ptr_array_index (objects, i);

      if (has (object))
        put (change, object, prop, kept);
    }

  return change;
}

StormChange *
storm_edit_set_pivotal (StormBoard *board,
                        GPtrArray  *ids,
                        gboolean    pivotal)
{
  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  return set_all (board, ids, is_event, STORM_PROP_PIVOTAL,
                  g_variant_new_boolean (pivotal != FALSE),
                  pivotal ? _("Make pivotal") : _("Make not pivotal"));
}

StormChange *
storm_edit_set_join (StormBoard *board,
                     GPtrArray  *ids,
                     StormJoin   join)
{
  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  return set_all (board, ids, is_policy, STORM_PROP_JOIN,
                  storm_text_to_variant (storm_join_nick (join)), _("Change needed events"));
}

StormChange *
storm_edit_set_context_kind (StormBoard       *board,
                             GPtrArray        *ids,
                             StormContextKind  kind)
{
  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  return set_all (board, ids, is_context, STORM_PROP_CONTEXT_KIND,
                  storm_text_to_variant (storm_context_kind_nick (kind)),
                  kind == STORM_CONTEXT_SWIMLANE ? _("Make swimlane") : _("Make bounded context"));
}

StormChange *
storm_edit_set_collapsed (StormBoard *board,
                          GPtrArray  *ids,
                          gboolean    collapsed)
{
  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  return set_all (board, ids, is_context, STORM_PROP_COLLAPSED,
                  g_variant_new_boolean (collapsed != FALSE),
                  collapsed ? _("Collapse") : _("Expand"));
}

StormChange *
storm_edit_set_parent (StormBoard *board,
                       const char *id,
                       const char *parent)
{
  g_autoptr (StormChange) change = NULL;
  StormContext *context, *around;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);

  change = storm_change_new (_("Move to bounded context"));
  context = storm_board_lookup_context (board, id);
  around = storm_board_lookup_context (board, parent);
  if (context == NULL || storm_context_get_locked (context) || (parent != NULL && around == NULL))
    return g_steal_pointer (&change);
  for (; around != NULL;
       around = storm_board_lookup_context (board, storm_context_get_parent (around)))
    {
      if (around == context)
        return g_steal_pointer (&change);
    }
  storm_edit_put_text (change, STORM_OBJECT (context), STORM_PROP_PARENT,
                       parent != NULL ? parent : "");

  return g_steal_pointer (&change);
}

StormChange *
storm_edit_set_bends (StormBoard       *board,
                      const char       *id,
                      const StormPoint *bends,
                      guint             n)
{
  g_autoptr (StormChange) change = NULL;
  StormPoint kept[STORM_FLOW_MAX_BENDS];

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (bends != NULL || n == 0, NULL);

  change = storm_change_new (n > 0 ? _("Bend flow") : _("Straighten flow"));
  n = MIN (n, STORM_FLOW_MAX_BENDS);
  for (guint i = 0; i < n; i++)
    {
      kept[i].x = CLAMP (bends[i].x, -STORM_COORD_MAX, STORM_COORD_MAX);
      kept[i].y = CLAMP (bends[i].y, -STORM_COORD_MAX, STORM_COORD_MAX);
    }
  if (storm_board_lookup_flow (board, id) != NULL)
    storm_change_set (change, id, STORM_PROP_BENDS, storm_bends_to_variant (kept, n));

  return g_steal_pointer (&change);
}

StormChange *
storm_edit_reconnect (StormBoard *board,
                      const char *id,
                      StormProp   prop,
                      const char *end)
{
  StormFlow *flow;
  StormObject *object;
  const char *from, *to;
  GPtrArray *flows;
  StormChange *change;

  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (prop == STORM_PROP_FROM || prop == STORM_PROP_TO, NULL);

  flow = storm_board_lookup_flow (board, id);
  object = storm_board_lookup (board, end);
  if (flow == NULL || object == NULL || STORM_IS_FLOW (object))
    return NULL;
  from = prop == STORM_PROP_FROM ? end : storm_flow_get_from (flow);
  to = prop == STORM_PROP_TO ? end : storm_flow_get_to (flow);
  if (g_str_equal (from, to))
    return NULL;
  flows = storm_board_get_flows_at (board, object);
  for (guint i = 0; i < flows->len; i++)
    {
      StormFlow *other = g_ptr_array_index (flows, i);

      if (other != flow && g_str_equal (storm_flow_get_from (other), from) &&
          g_str_equal (storm_flow_get_to (other), to))
        return NULL;
    }

  change = storm_change_new (_("Reconnect"));
  storm_edit_put_text (change, STORM_OBJECT (flow), prop, end);
  return change;
}

StormChange *
storm_edit_set_target (StormBoard *board,
                       GPtrArray  *ids,
                       gint64      target)
{
  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  target = CLAMP (target, 0, STORM_FLOW_MAX_TARGET);
  target -= target % 1000;

  return set_all (board, ids, is_flow, STORM_PROP_TARGET, g_variant_new_int64 (target),
                  _("Change target time"));
}

StormChange *
storm_edit_set_unchecked (StormBoard *board,
                          GPtrArray  *ids,
                          gboolean    unchecked)
{
  g_return_val_if_fail (STORM_IS_BOARD (board), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  return set_all (board, ids, is_flow, STORM_PROP_UNCHECKED,
                  g_variant_new_boolean (unchecked != FALSE),
                  unchecked ? _("Switch off rule") : _("Switch on rule"));
}
