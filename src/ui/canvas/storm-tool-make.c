#include "config.h"

#include "storm-tool-private.h"

#include <math.h>

#include "storm-edit.h"
#include "storm-edit-entry.h"

/* How far a sticky that is made from a handle lies from the first. */
#define NEXT_GAP 80.0

const char *
storm_tool_place (StormTool  *self,
                  StormKind   kind,
                  StormPoint  world)
{
  const StormKindInfo *info = storm_kind_info (kind);
  g_autoptr (StormChange) change = NULL;
  g_autofree char *id = NULL;

  g_return_val_if_fail (STORM_IS_TOOL (self), NULL);

  world = (StormPoint) { round (world.x), round (world.y) };
  if (self->grid)
    {
      world.x += storm_tool_to_grid (world.x - info->width / 2);
      world.y += storm_tool_to_grid (world.y - info->height / 2);
    }
  change = storm_edit_add_sticky (storm_scene_get_board (self->scene), kind, world, "", &id);
  if (!storm_tool_do (self, change))
    return NULL;
  storm_selection_set_one (self->selection, id);
  return storm_item_get_id (storm_scene_lookup (self->scene, id));
}

const char *
storm_tool_connect_next (StormTool *self,
                         StormItem *from,
                         StormSide  side)
{
  const StormKindInfo *next;
  StormPoint at;
  g_autoptr (StormChange) change = NULL;
  g_autofree char *id = NULL;

  g_return_val_if_fail (STORM_IS_TOOL (self), NULL);
  g_return_val_if_fail (from != NULL && from->type == STORM_OBJECT_STICKY, NULL);

  next = storm_kind_info (storm_kind_info (from->kind)->next);
  at = storm_side_point (&from->rect, side,
                         NEXT_GAP + (side == STORM_SIDE_LEFT || side == STORM_SIDE_RIGHT
                                     ? next->width : next->height) / 2);
  change = storm_edit_connect_new (storm_scene_get_board (self->scene), storm_item_get_id (from),
                                   (StormPoint) { round (at.x), round (at.y) }, &id);
  if (change == NULL || !storm_tool_do (self, change))
    return NULL;
  storm_selection_set_one (self->selection, id);
  return storm_item_get_id (storm_scene_lookup (self->scene, id));
}

const char *
storm_tool_step (StormTool *self,
                 StormItem *from,
                 StormSide  side)
{
  static const struct { int dx, dy; } ways[] = {
    [STORM_SIDE_LEFT] = { -1, 0 },
    [STORM_SIDE_RIGHT] = { 1, 0 },
    [STORM_SIDE_TOP] = { 0, -1 },
    [STORM_SIDE_BOTTOM] = { 0, 1 },
  };
  StormBoard *board;
  StormSticky *there;
  StormRect slot;
  g_autoptr (StormChange) change = NULL;
  g_autofree char *id = NULL;

  g_return_val_if_fail (STORM_IS_TOOL (self), NULL);
  g_return_val_if_fail (from != NULL && from->type == STORM_OBJECT_STICKY, NULL);
  g_return_val_if_fail ((guint) side < G_N_ELEMENTS (ways), NULL);

  board = storm_scene_get_board (self->scene);
  there = storm_edit_slot (board, STORM_STICKY (from->object), ways[side].dx, ways[side].dy, &slot);
  if (there != NULL)
    {
      id = g_strdup (storm_object_get_id (STORM_OBJECT (there)));
    }
  else
    {
      change = storm_edit_add_like (board, STORM_STICKY (from->object), &slot, &id);
      if (!storm_tool_do (self, change))
        return NULL;
    }
  storm_selection_set_one (self->selection, id);
  return storm_item_get_id (storm_scene_lookup (self->scene, id));
}
