#include "config.h"

#include "storm-tool-private.h"

#include <math.h>

#include "storm-edit-props.h"

static StormPoint
storm_tool_world (StormTool  *self,
                  StormPoint  at)
{
  return storm_viewport_to_world (self->viewport, at);
}

GPtrArray *
storm_tool_copy_selection (StormTool *self)
{
  GPtrArray *ids = storm_selection_get_ids (self->selection);
  GPtrArray *copy = g_ptr_array_new_full (ids->len, g_free);

  for (guint i = 0; i < ids->len; i++)
    g_ptr_array_add (copy, g_strdup (g_ptr_array_index (ids, i)));
  return copy;
}

static StormRect
storm_tool_bounds_of_moving (StormTool *self)
{
  StormRect bounds = { 0, 0, 0, 0 };

  for (guint i = 0; i < self->moving->len; i++)
    {
      StormItem *item = storm_scene_lookup (self->scene, g_ptr_array_index (self->moving, i));

      if (item != NULL && item->type != STORM_OBJECT_FLOW && !storm_edit_is_locked (item->object))
        bounds = storm_rect_union (&bounds, &item->rect);
    }
  return bounds;
}

/* Nothing that could be moved is selected: the press is over, and the user is told why. */
static gboolean
storm_tool_refuse_locked (StormTool *self)
{
  g_autoptr (GPtrArray) ids = storm_tool_copy_selection (self);
  gboolean any = FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      StormItem *item = storm_scene_lookup (self->scene, g_ptr_array_index (ids, i));

      if (item == NULL || item->type == STORM_OBJECT_FLOW)
        continue;
      if (!storm_edit_is_locked (item->object))
        return FALSE;
      any = TRUE;
    }
  if (!any)
    return FALSE;
  storm_tool_set_state (self, STORM_TOOL_IDLE);
  storm_tool_emit_locked (self, ids);
  return TRUE;
}

static void
storm_tool_begin_move (StormTool *self,
                       StormMods  mods)
{
  if ((mods & STORM_MOD_ALT) == 0 && storm_tool_refuse_locked (self))
    return;
  storm_history_begin (self->history, NULL);
  self->applied = (StormPoint) { 0, 0 };
  storm_tool_set_state (self, STORM_TOOL_MOVE);

  if ((mods & STORM_MOD_ALT) != 0 && !storm_tool_copy (self, (StormPoint) { 0, 0 }))
    return;
  g_clear_pointer (&self->moving, g_ptr_array_unref);
  self->moving = storm_tool_copy_selection (self);
  self->before = storm_tool_bounds_of_moving (self);
}

void
storm_tool_drag_begin (StormTool *self,
                       StormMods  mods)
{
  gboolean read_only = storm_history_get_read_only (self->history);

  g_clear_pointer (&self->selected, g_ptr_array_unref);
  self->selected = storm_tool_copy_selection (self);
  switch (self->grip.part)
    {
    case STORM_HIT_NONE:
      self->extend = (mods & STORM_MOD_SHIFT) != 0;
      storm_tool_set_state (self, STORM_TOOL_MARQUEE);
      break;

    case STORM_HIT_CONNECT:
      if (!read_only)
        storm_tool_set_state (self, STORM_TOOL_CONNECT);
      break;

    case STORM_HIT_RESIZE:
      if (read_only)
        break;
      self->before = self->grip.item->rect;
      storm_history_begin (self->history, NULL);
      storm_tool_set_state (self, STORM_TOOL_RESIZE);
      break;

    case STORM_HIT_STICKY:
    case STORM_HIT_CONTEXT:
      if (!read_only)
        storm_tool_begin_move (self, mods);
      break;

    case STORM_HIT_FLOW:
    case STORM_HIT_BEND:
    case STORM_HIT_FLOW_END:
      if (!read_only)
        storm_tool_begin_flow (self);
      break;

    default:
      break;
    }
}

static void
storm_tool_update_move (StormTool  *self,
                        StormPoint  at,
                        StormMods   mods)
{
  StormPoint now = storm_tool_world (self, at);
  double dx = now.x - self->origin.x, dy = now.y - self->origin.y;
  StormGuideAxes axes = STORM_GUIDE_BOTH;
  StormRect rect = self->before;
  g_autoptr (StormChange) change = NULL;

  if ((mods & STORM_MOD_SHIFT) != 0)
    {
      axes = fabs (dx) >= fabs (dy) ? STORM_GUIDE_ACROSS : STORM_GUIDE_DOWN;
      if (axes == STORM_GUIDE_ACROSS)
        dy = 0;
      else
        dx = 0;
    }
  /* Whole units: places stay readable in the text form. */
  rect.x += round (dx);
  rect.y += round (dy);
  storm_tool_snap_move (self, &rect, axes, mods);
  dx = rect.x - self->before.x;
  dy = rect.y - self->before.y;
  if (dx == self->applied.x && dy == self->applied.y)
    return;

  change = storm_edit_move (storm_scene_get_board (self->scene), self->moving,
                            dx - self->applied.x, dy - self->applied.y, FALSE);
  if (storm_tool_do (self, change))
    self->applied = (StormPoint) { dx, dy };
}

/* All sides grow alike, about the corner or the edge that stays. */
static void
storm_tool_keep_shape (const StormRect *before,
                       int              x,
                       int              y,
                       double           min_w,
                       double           min_h,
                       StormRect       *r)
{
  double scale;

  if (before->width <= 0 || before->height <= 0)
    return;
  if (x == 0)
    scale = r->height / before->height;
  else if (y == 0)
    scale = r->width / before->width;
  else
    scale = MAX (r->width / before->width, r->height / before->height);
  scale = MAX (scale, MAX (min_w / before->width, min_h / before->height));
  r->width = round (before->width * scale);
  r->height = round (before->height * scale);
}

/* The corner that is not pulled stays where it is; with Shift the proportions stay too. */
static StormRect
storm_tool_resized (StormTool  *self,
                    StormPoint  at,
                    StormMods   mods)
{
  const StormRect *before = &self->before;
  StormPoint now = storm_tool_world (self, at);
  double dx = round (now.x - self->origin.x), dy = round (now.y - self->origin.y);
  double min_w = STORM_CONTEXT_MIN_SIZE, min_h = STORM_CONTEXT_MIN_SIZE;
  StormRect r = *before;
  int x, y;

  if (self->grip.item->type == STORM_OBJECT_STICKY)
    storm_kind_min_size (self->grip.item->kind, &min_w, &min_h);

  storm_corner_pulls (self->grip.corner, &x, &y);
  if (x != 0)
    r.width = MAX (r.width + x * dx, min_w);
  if (y != 0)
    r.height = MAX (r.height + y * dy, min_h);
  if ((mods & STORM_MOD_SHIFT) != 0)
    storm_tool_keep_shape (before, x, y, min_w, min_h, &r);
  r.x += x < 0 ? before->width - r.width : x == 0 ? round ((before->width - r.width) / 2) : 0;
  r.y += y < 0 ? before->height - r.height : y == 0 ? round ((before->height - r.height) / 2) : 0;
  storm_tool_snap_resize (self, &r, min_w, min_h, mods);
  return r;
}

static void
storm_tool_update_resize (StormTool  *self,
                          StormPoint  at,
                          StormMods   mods)
{
  StormRect rect = storm_tool_resized (self, at, mods);
  g_autoptr (StormChange) change = NULL;

  if (storm_rect_equal (&rect, &self->grip.item->rect))
    return;

  change = storm_edit_resize (storm_scene_get_board (self->scene),
                              storm_item_get_id (self->grip.item), &rect);
  storm_tool_do (self, change);
}

static void
storm_tool_select_in (StormTool       *self,
                      StormObjectType  type,
                      const StormRect *rect,
                      gboolean         whole,
                      GPtrArray       *ids)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  storm_scene_collect (self->scene, type, rect, items);
  for (guint i = 0; i < items->len; i++)
    {
      StormItem *item = g_ptr_array_index (items, i);

      if ((!whole || storm_rect_encloses (rect, &item->rect)) &&
          !storm_edit_is_locked (item->object))
        g_ptr_array_add (ids, g_strdup (storm_item_get_id (item)));
    }
}

static void
storm_tool_update_marquee (StormTool *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) grouped = NULL;
  StormRect rect;

  if (!storm_tool_get_marquee (self, &rect))
    return;

  for (guint i = 0; self->extend && i < self->selected->len; i++)
    g_ptr_array_add (ids, g_strdup (g_ptr_array_index (self->selected, i)));
  /* What it touches; but frames and flows, which are large, only when all of them is inside. */
  storm_tool_select_in (self, STORM_OBJECT_CONTEXT, &rect, TRUE, ids);
  storm_tool_select_in (self, STORM_OBJECT_STICKY, &rect, FALSE, ids);
  storm_tool_select_in (self, STORM_OBJECT_FLOW, &rect, TRUE, ids);
  grouped = storm_edit_with_groups (storm_scene_get_board (self->scene), ids);
  storm_selection_set (self->selection, grouped);
}

void
storm_tool_drag_update (StormTool  *self,
                        StormPoint  at,
                        StormMods   mods)
{
  switch (self->state)
    {
    case STORM_TOOL_MOVE:
      storm_tool_update_move (self, at, mods);
      break;

    case STORM_TOOL_RESIZE:
      storm_tool_update_resize (self, at, mods);
      break;

    case STORM_TOOL_MARQUEE:
      storm_tool_update_marquee (self);
      storm_tool_emit_changed (self);
      break;

    case STORM_TOOL_CONNECT:
      self->target = storm_tool_find_end (self, at, self->grip.item);
      storm_tool_emit_changed (self);
      break;

    case STORM_TOOL_RECONNECT:
    case STORM_TOOL_BEND:
      storm_tool_update_flow (self, at, mods);
      break;

    case STORM_TOOL_PAN:
    case STORM_TOOL_IDLE:
    case STORM_TOOL_PRESSED:
    default:
      break;
    }
}

/* The stickies whose membership a drag may have changed: those moved, and those that a context's
 * frame was pulled over or away from. */
static GPtrArray *
storm_tool_joining (StormTool *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  StormRect both;

  if (self->state == STORM_TOOL_MOVE)
    return g_ptr_array_ref (self->moving);

  g_ptr_array_add (ids, g_strdup (storm_item_get_id (self->grip.item)));
  if (self->grip.item->type == STORM_OBJECT_CONTEXT)
    {
      both = storm_rect_union (&self->before, &self->grip.item->rect);
      storm_tool_select_in (self, STORM_OBJECT_STICKY, &both, FALSE, ids);
    }
  return g_steal_pointer (&ids);
}

static void
storm_tool_end_edit (StormTool *self)
{
  g_autoptr (GPtrArray) ids = storm_tool_joining (self);
  g_autoptr (StormChange) join = storm_edit_join (storm_scene_get_board (self->scene), ids);

  if (join != NULL && !storm_tool_do (self, join))
    return;
  if (self->state == STORM_TOOL_MOVE && (self->applied.x != 0 || self->applied.y != 0))
    storm_tool_emit_locked (self, ids);
  storm_tool_finish (self);
}

static void
storm_tool_end_connect (StormTool  *self,
                        StormPoint  at)
{
  StormBoard *board = storm_scene_get_board (self->scene);
  const char *from = storm_item_get_id (self->grip.item);
  StormKind kind = self->grip.item->kind;
  StormPoint world = storm_tool_world (self, at);
  g_autoptr (StormChange) change = NULL;
  g_autofree char *id = NULL;

  if (self->target != NULL)
    change = storm_edit_connect (board, from, storm_item_get_id (self->target), &id);
  else if (!storm_rect_contains (&self->grip.item->rect, world.x, world.y))
    change = storm_edit_connect_new (board, from, world, &id);

  storm_tool_set_state (self, STORM_TOOL_IDLE);
  if (change == NULL || !storm_tool_do (self, change))
    return;
  storm_selection_set_one (self->selection, id);
  if (storm_board_lookup_sticky (board, id) != NULL)
    g_signal_emit_by_name (self, "offer", id, kind);
}

void
storm_tool_drag_end (StormTool  *self,
                     StormPoint  at)
{
  switch (self->state)
    {
    case STORM_TOOL_MOVE:
    case STORM_TOOL_RESIZE:
      storm_tool_end_edit (self);
      break;

    case STORM_TOOL_CONNECT:
      storm_tool_end_connect (self, at);
      break;

    case STORM_TOOL_RECONNECT:
    case STORM_TOOL_BEND:
      storm_tool_end_flow (self);
      break;

    case STORM_TOOL_MARQUEE:
    case STORM_TOOL_PAN:
    case STORM_TOOL_IDLE:
    case STORM_TOOL_PRESSED:
    default:
      storm_tool_set_state (self, STORM_TOOL_IDLE);
      break;
    }
}
