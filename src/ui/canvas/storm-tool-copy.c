#include "config.h"

#include "storm-tool-private.h"

#include "storm-edit.h"

/* Duplicates, and how far the next one lies: as far as the last was moved from what it copied, so
 * that rows grow by one key. */

#define DUPLICATE_OFFSET 24.0

static gboolean
storm_tool_bounds (StormTool *self,
                   GPtrArray *ids,
                   StormRect *out)
{
  gboolean any = FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      StormItem *item = storm_scene_lookup (self->scene, g_ptr_array_index (ids, i));

      if (item == NULL)
        return FALSE;
      if (item->type == STORM_OBJECT_FLOW)
        continue;
      *out = any ? storm_rect_union (out, &item->rect) : item->rect;
      any = TRUE;
    }
  return any;
}

/* Only while the last copies, all of them and nothing else, are still selected. */
static StormPoint
storm_tool_copy_offset (StormTool *self)
{
  const StormPoint usual = { DUPLICATE_OFFSET, DUPLICATE_OFFSET };
  StormRect from, to;

  if (self->copies == NULL || storm_selection_get_n (self->selection) != self->copies->len)
    return usual;
  for (guint i = 0; i < self->copies->len; i++)
    if (!storm_selection_contains (self->selection, g_ptr_array_index (self->copies, i)))
      return usual;
  if (!storm_tool_bounds (self, self->originals, &from) ||
      !storm_tool_bounds (self, self->copies, &to) || (to.x == from.x && to.y == from.y))
    return usual;
  return (StormPoint) { to.x - from.x, to.y - from.y };
}

gboolean
storm_tool_copy (StormTool  *self,
                 StormPoint  by)
{
  g_autoptr (GPtrArray) originals = storm_tool_copy_selection (self);
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (StormChange) change = NULL;

  change = storm_edit_duplicate (storm_scene_get_board (self->scene), originals, by.x, by.y,
                                 &copies);
  if (copies->len == 0 || !storm_tool_do (self, change))
    return FALSE;
  g_clear_pointer (&self->originals, g_ptr_array_unref);
  g_clear_pointer (&self->copies, g_ptr_array_unref);
  self->originals = g_steal_pointer (&originals);
  self->copies = g_ptr_array_ref (copies);
  storm_selection_set (self->selection, copies);
  return TRUE;
}

gboolean
storm_tool_duplicate (StormTool *self)
{
  g_return_val_if_fail (STORM_IS_TOOL (self), FALSE);

  storm_tool_cancel (self);
  if (!storm_tool_may_edit (self))
    return FALSE;
  return storm_tool_copy (self, storm_tool_copy_offset (self));
}
