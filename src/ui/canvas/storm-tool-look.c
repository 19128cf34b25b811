#include "config.h"

#include "storm-tool-private.h"

#include <math.h>

#include "storm-edit.h"
#include "storm-route-bends.h"

gboolean
storm_tool_may_edit (StormTool *self)
{
  g_return_val_if_fail (STORM_IS_TOOL (self), FALSE);

  return !storm_history_get_read_only (self->history);
}

StormItem *
storm_tool_get_single (StormTool *self)
{
  StormObject *object;

  g_return_val_if_fail (STORM_IS_TOOL (self), NULL);

  object = storm_selection_get_single (self->selection);
  if (object == NULL || storm_object_get_object_type (object) == STORM_OBJECT_FLOW)
    return NULL;
  return storm_scene_lookup (self->scene, storm_object_get_id (object));
}

StormItem *
storm_tool_get_resizable (StormTool *self)
{
  StormItem *item = storm_tool_get_single (self);

  return item != NULL && !storm_edit_is_locked (item->object) ? item : NULL;
}

StormToolState
storm_tool_get_state (StormTool *self)
{
  g_return_val_if_fail (STORM_IS_TOOL (self), STORM_TOOL_IDLE);

  return self->state;
}

StormPoint
storm_tool_get_press (StormTool *self)
{
  g_return_val_if_fail (STORM_IS_TOOL (self), ((StormPoint) { 0, 0 }));

  return self->press;
}

StormMods
storm_tool_get_mods (StormTool *self)
{
  g_return_val_if_fail (STORM_IS_TOOL (self), 0);

  return self->mods;
}

StormItem *
storm_tool_get_hover (StormTool *self)
{
  g_return_val_if_fail (STORM_IS_TOOL (self), NULL);

  return self->hover;
}

const StormHit *
storm_tool_get_hit (StormTool *self)
{
  g_return_val_if_fail (STORM_IS_TOOL (self), NULL);

  return &self->hit;
}

gboolean
storm_tool_get_marquee (StormTool *self,
                        StormRect *out)
{
  StormPoint now;

  g_return_val_if_fail (STORM_IS_TOOL (self), FALSE);

  if (self->state != STORM_TOOL_MARQUEE)
    return FALSE;
  now = storm_viewport_to_world (self->viewport, self->last);
  *out = (StormRect) { MIN (now.x, self->origin.x), MIN (now.y, self->origin.y),
                       fabs (now.x - self->origin.x), fabs (now.y - self->origin.y) };
  return TRUE;
}

/* On the way to nothing it goes straight, lest it dance about what it passes. */
static void
storm_tool_preview (StormTool       *self,
                    const StormRect *from,
                    const StormRect *to,
                    StormRoute      *out)
{
  if (self->target != NULL)
    storm_scene_find_route (self->scene, from, to, out);
  else
    storm_route_compute (from, to, out);
}

gboolean
storm_tool_get_preview (StormTool   *self,
                        StormRoute  *out,
                        StormItem  **target)
{
  const StormRect *end;
  StormPoint now;
  StormRect spot;

  g_return_val_if_fail (STORM_IS_TOOL (self), FALSE);

  if (self->state != STORM_TOOL_CONNECT && self->state != STORM_TOOL_RECONNECT)
    return FALSE;
  now = storm_viewport_to_world (self->viewport, self->last);
  spot = (StormRect) { now.x - 1, now.y - 1, 2, 2 };
  *target = self->target;
  end = self->target != NULL ? &self->target->rect : &spot;
  if (self->state == STORM_TOOL_CONNECT)
    storm_tool_preview (self, &self->grip.item->rect, end, out);
  else if (self->grip.index == 0)
    storm_tool_preview (self, end, &self->grip.item->to->rect, out);
  else
    storm_tool_preview (self, &self->grip.item->from->rect, end, out);
  return TRUE;
}

static const char *
storm_tool_resize_cursor (StormCorner corner)
{
  int x, y;

  storm_corner_pulls (corner, &x, &y);
  if (x == 0)
    return "ns-resize";
  if (y == 0)
    return "ew-resize";
  return x == y ? "nwse-resize" : "nesw-resize";
}

/* A run moves across itself, a bend anywhere. */
static const char *
storm_tool_bend_cursor (StormTool        *self,
                        const StormHit   *hit,
                        const StormRoute *route,
                        guint             run)
{
  if (!storm_tool_may_edit (self))
    return "pointer";
  if (hit->part == STORM_HIT_BEND)
    return "move";
  return route->points[run].y == route->points[run + 1].y ? "ns-resize" : "ew-resize";
}

const char *
storm_tool_get_cursor (StormTool *self)
{
  g_return_val_if_fail (STORM_IS_TOOL (self), NULL);

  if (self->state == STORM_TOOL_PAN)
    return "grabbing";
  if (self->state == STORM_TOOL_MOVE)
    return "move";
  if (self->state == STORM_TOOL_CONNECT || self->state == STORM_TOOL_RECONNECT ||
      self->placing >= 0)
    return "crosshair";
  if (self->state == STORM_TOOL_BEND)
    return storm_tool_bend_cursor (self, &self->grip, self->route, self->run);
  if (self->state == STORM_TOOL_RESIZE)
    return storm_tool_resize_cursor (self->grip.corner);
  if (self->hit.part == STORM_HIT_RESIZE)
    return storm_tool_resize_cursor (self->hit.corner);
  if (self->hit.part == STORM_HIT_CONNECT || self->hit.part == STORM_HIT_FLOW_END)
    return "crosshair";
  if (self->hit.part == STORM_HIT_BEND ||
      (self->hit.part == STORM_HIT_FLOW && self->hit.item == storm_tool_get_flow (self)))
    return storm_tool_bend_cursor (self, &self->hit, self->hit.item->route,
                                   storm_route_nearest_run (self->hit.item->route,
                                     storm_viewport_to_world (self->viewport, self->last)));
  if (self->hit.part == STORM_HIT_FLOW)
    return "pointer";
  return "default";
}
