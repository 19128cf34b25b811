#include "config.h"

#include "storm-tool-private.h"

#include <math.h>

#include "storm-edit.h"
#include "storm-edit-entry.h"

/* How far a sticky that is made from a handle lies from the first. */
#define NEXT_GAP 80.0
/* Several after the same one lie beside each other, as far apart as this. */
#define BRANCH_GAP 40.0
#define MAX_BRANCHES 20

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

static gboolean
storm_tool_is_free (StormTool       *self,
                    const StormRect *rect)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  storm_scene_collect (self->scene, STORM_OBJECT_STICKY, rect, items);
  for (guint i = 0; i < items->len; i++)
    if (storm_rect_intersects (&((StormItem *) g_ptr_array_index (items, i))->rect, rect))
      return FALSE;
  return TRUE;
}

/* Beside @from on @side; where that is taken, further along the row or column: a branch. */
static StormPoint
storm_tool_find_next_place (StormTool           *self,
                            const StormItem     *from,
                            StormSide            side,
                            const StormKindInfo *info)
{
  gboolean level = side == STORM_SIDE_LEFT || side == STORM_SIDE_RIGHT;
  StormPoint at = storm_side_point (&from->rect, side,
                                    NEXT_GAP + (level ? info->width : info->height) / 2);
  StormPoint first = at = (StormPoint) { round (at.x), round (at.y) };

  for (guint i = 0; i < MAX_BRANCHES; i++)
    {
      StormRect rect = { at.x - info->width / 2, at.y - info->height / 2, info->width,
                         info->height };

      if (storm_tool_is_free (self, &rect))
        return at;
      if (level)
        at.y += info->height + BRANCH_GAP;
      else
        at.x += info->width + BRANCH_GAP;
    }
  return first;
}

const char *
storm_tool_connect_next (StormTool *self,
                         StormItem *from,
                         StormSide  side,
                         gboolean   before)
{
  StormKind kind;
  StormPoint at;
  g_autoptr (StormChange) change = NULL;
  g_autofree char *id = NULL;

  g_return_val_if_fail (STORM_IS_TOOL (self), NULL);
  g_return_val_if_fail (from != NULL && from->type == STORM_OBJECT_STICKY, NULL);

  kind = before ? storm_kind_get_previous (from->kind) : storm_kind_info (from->kind)->next;
  at = storm_tool_find_next_place (self, from, side, storm_kind_info (kind));
  change = storm_edit_connect_kind (storm_scene_get_board (self->scene), storm_item_get_id (from),
                                    kind, before, at, &id);
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
