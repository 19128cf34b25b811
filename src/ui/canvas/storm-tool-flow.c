#include "config.h"

#include "storm-tool-private.h"

#include <math.h>

#include "storm-edit.h"
#include "storm-edit-props.h"
#include "storm-route-bends.h"

/* Leading a flow by its runs and bends, and taking its ends to somewhere else. */

StormItem *
storm_tool_get_flow (StormTool *self)
{
  StormObject *object;
  StormItem *item;

  g_return_val_if_fail (STORM_IS_TOOL (self), NULL);

  object = storm_selection_get_single (self->selection);
  if (object == NULL || storm_object_get_object_type (object) != STORM_OBJECT_FLOW)
    return NULL;
  item = storm_scene_lookup (self->scene, storm_object_get_id (object));
  /* What it runs between in truth is in a card. */
  return item != NULL && !item->folded ? item : NULL;
}

StormItem *
storm_tool_find_end (StormTool       *self,
                     StormPoint       at,
                     const StormItem *not_this)
{
  StormItem *item = storm_hit_end (self->scene, self->viewport, at);

  return item != not_this ? item : NULL;
}

static StormItem *
storm_tool_other_end (StormTool *self)
{
  return self->grip.index == 0 ? self->grip.item->to : self->grip.item->from;
}

void
storm_tool_begin_flow (StormTool *self)
{
  if (self->grip.part == STORM_HIT_FLOW_END)
    {
      storm_tool_set_state (self, STORM_TOOL_RECONNECT);
      return;
    }
  g_free (self->route);
  self->route = storm_route_dup (self->grip.item->route);
  self->run = storm_route_nearest_run (self->route, self->origin);
  storm_history_begin (self->history, NULL);
  storm_tool_set_state (self, STORM_TOOL_BEND);
}

static gboolean
storm_tool_set_bends (StormTool        *self,
                      const StormPoint *bends,
                      guint             n)
{
  g_autoptr (StormChange) change = NULL;

  change = storm_edit_set_bends (storm_scene_get_board (self->scene),
                                 storm_item_get_id (self->grip.item), bends, n);
  return storm_tool_do (self, change);
}

/* Runs move across themselves, bends anywhere. Whole units: places stay readable in the text
 * form. */
static StormPoint
storm_tool_snap_bend (StormTool  *self,
                      StormPoint  now,
                      StormMods   mods)
{
  const StormPoint *a = &self->route->points[self->run], *b = a + 1;
  StormRect spot = { round (now.x), round (now.y), 0, 0 };
  StormGuideAxes axes = STORM_GUIDE_BOTH;

  if (self->grip.part != STORM_HIT_BEND && a->y == b->y)
    {
      axes = STORM_GUIDE_DOWN;
      spot.y = round (a->y + now.y - self->origin.y);
    }
  else if (self->grip.part != STORM_HIT_BEND)
    {
      axes = STORM_GUIDE_ACROSS;
      spot.x = round (a->x + now.x - self->origin.x);
    }
  storm_tool_snap_move (self, &spot, axes, mods);
  return (StormPoint) { spot.x, spot.y };
}

void
storm_tool_update_flow (StormTool  *self,
                        StormPoint  at,
                        StormMods   mods)
{
  StormPoint now = storm_viewport_to_world (self->viewport, at), by;
  StormPoint bends[STORM_ROUTE_MAX_POINTS];
  guint n;

  if (self->state == STORM_TOOL_RECONNECT)
    {
      self->target = storm_tool_find_end (self, at, storm_tool_other_end (self));
      storm_tool_emit_changed (self);
      return;
    }
  now = storm_tool_snap_bend (self, now, mods);
  by = (StormPoint) { now.x - self->route->points[self->run].x,
                      now.y - self->route->points[self->run].y };
  if (self->grip.part == STORM_HIT_BEND)
    n = storm_route_pull_bend (self->route, self->grip.index, now, bends);
  else
    n = storm_route_pull_run (self->route, self->run,
                              (StormPoint) { round (self->origin.x), round (self->origin.y) }, by,
                              bends);
  storm_tool_set_bends (self, bends, n);
}

/* The bend that was dragged is the selected one, unless it went into line. */
static void
storm_tool_pick_bend_near (StormTool  *self,
                           StormItem  *flow,
                           StormPoint  at)
{
  guint n_bends;

  storm_flow_get_bends (STORM_FLOW (flow->object), &n_bends);
  for (guint i = 1; n_bends > 0 && i + 1 < flow->route->n; i++)
    if (hypot (flow->route->points[i].x - at.x, flow->route->points[i].y - at.y) <
        STORM_GUIDES_REACH * 2 / self->viewport->zoom)
      {
        storm_tool_pick_bend (self, flow, i);
        return;
      }
}

static void
storm_tool_end_bend (StormTool *self)
{
  StormItem *flow = self->grip.item;
  gboolean one = self->grip.part == STORM_HIT_BEND;
  StormPoint kept[STORM_ROUTE_MAX_POINTS];
  const StormPoint *bends;
  guint n, n_kept;

  bends = storm_flow_get_bends (STORM_FLOW (flow->object), &n);
  n = MIN (n, STORM_ROUTE_MAX_BENDS);
  for (guint i = 0; i < n; i++)
    kept[i] = bends[i];
  n_kept = storm_route_settle_bends (&flow->from->rect, &flow->to->rect, kept, n);
  if (!storm_tool_set_bends (self, kept, n_kept))
    return;
  storm_tool_finish (self);
  if (one)
    storm_tool_pick_bend_near (self, flow, storm_viewport_to_world (self->viewport, self->last));
}

/* The way it was led was between other ends. */
static void
storm_tool_end_reconnect (StormTool *self)
{
  StormBoard *board = storm_scene_get_board (self->scene);
  g_autofree char *id = g_strdup (storm_item_get_id (self->grip.item));
  StormProp prop = self->grip.index == 0 ? STORM_PROP_FROM : STORM_PROP_TO;
  g_autoptr (StormChange) change = NULL;
  g_autoptr (StormChange) straight = NULL;
  guint n_bends;

  if (self->target != NULL)
    change = storm_edit_reconnect (board, id, prop, storm_item_get_id (self->target));
  storm_flow_get_bends (STORM_FLOW (self->grip.item->object), &n_bends);
  storm_tool_set_state (self, STORM_TOOL_IDLE);
  if (change == NULL)
    return;
  storm_history_begin (self->history, NULL);
  if (n_bends > 0)
    straight = storm_edit_set_bends (board, id, NULL, 0);
  if (!storm_tool_do (self, change) || (straight != NULL && !storm_tool_do (self, straight)))
    {
      storm_history_cancel (self->history);
      return;
    }
  storm_tool_finish (self);
}

void
storm_tool_end_flow (StormTool *self)
{
  if (self->state == STORM_TOOL_RECONNECT)
    storm_tool_end_reconnect (self);
  else
    storm_tool_end_bend (self);
}

StormItem *
storm_tool_get_bend (StormTool *self,
                     guint     *index)
{
  StormItem *flow;

  g_return_val_if_fail (STORM_IS_TOOL (self), NULL);

  flow = storm_tool_get_flow (self);
  if (flow == NULL || g_strcmp0 (self->bend_of, storm_item_get_id (flow)) != 0 ||
      !storm_tool_is_led (flow->object) || self->bend + 1 >= flow->route->n)
    return NULL;
  *index = self->bend;
  return flow;
}

void
storm_tool_pick_bend (StormTool *self,
                      StormItem *flow,
                      guint      bend)
{
  storm_tool_clear_bend (self);
  self->bend_of = g_strdup (storm_item_get_id (flow));
  self->bend = bend;
  storm_tool_emit_changed (self);
}

void
storm_tool_clear_bend (StormTool *self)
{
  g_return_if_fail (STORM_IS_TOOL (self));

  if (self->bend_of == NULL)
    return;
  g_clear_pointer (&self->bend_of, g_free);
  storm_tool_emit_changed (self);
}

gboolean
storm_tool_delete_bend (StormTool *self)
{
  StormHit hit = { STORM_HIT_BEND, NULL };

  g_return_val_if_fail (STORM_IS_TOOL (self), FALSE);

  hit.item = storm_tool_get_bend (self, &hit.index);
  if (hit.item == NULL || !storm_tool_may_edit (self))
    return FALSE;
  storm_tool_clear_bend (self);
  storm_tool_drop_bend (self, &hit);
  return TRUE;
}

void
storm_tool_drop_bend (StormTool      *self,
                      const StormHit *hit)
{
  StormPoint bends[STORM_ROUTE_MAX_POINTS];
  g_autoptr (StormChange) change = NULL;
  guint n = storm_route_drop_bend (hit->item->route, &hit->item->from->rect, &hit->item->to->rect,
                                   hit->index, bends);

  change = storm_edit_set_bends (storm_scene_get_board (self->scene),
                                 storm_item_get_id (hit->item), bends, n);
  storm_tool_do (self, change);
}

gboolean
storm_tool_straighten (StormTool *self)
{
  StormBoard *board;
  GPtrArray *ids;

  g_return_val_if_fail (STORM_IS_TOOL (self), FALSE);

  board = storm_scene_get_board (self->scene);
  ids = storm_selection_get_ids (self->selection);
  storm_history_begin (self->history, NULL);
  for (guint i = 0; i < ids->len; i++)
    {
      StormObject *object = storm_board_lookup (board, g_ptr_array_index (ids, i));
      g_autoptr (StormChange) change = NULL;

      if (!storm_tool_is_led (object))
        continue;
      change = storm_edit_set_bends (board, storm_object_get_id (object), NULL, 0);
      if (!storm_tool_do (self, change))
        {
          storm_history_cancel (self->history);
          return FALSE;
        }
    }
  return storm_history_commit (self->history, NULL);
}

gboolean
storm_tool_is_led (StormObject *object)
{
  guint n = 0;

  if (object != NULL && STORM_IS_FLOW (object))
    storm_flow_get_bends (STORM_FLOW (object), &n);
  return n > 0;
}
