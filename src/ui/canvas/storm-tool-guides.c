#include "config.h"

#include "storm-tool-private.h"

#include <math.h>

#include "storm-lod.h"

/* Smaller than this nobody aims at an edge. */
#define MIN_ZOOM 0.1
/* More than this in the view are no places to look at. */
#define MAX_RECTS 20000

void
storm_tool_clear_guides (StormTool *self)
{
  g_clear_pointer (&self->guides, storm_guides_free);
  self->snap = (StormSnap) { 0 };
}

/* What moves, or is resized; a moved context carries its stickies. */
static GHashTable *
find_dragged (StormTool *self)
{
  GHashTable *dragged = g_hash_table_new (g_str_hash, g_str_equal);

  if (self->state == STORM_TOOL_RESIZE)
    g_hash_table_add (dragged, (char *) storm_item_get_id (self->grip.item));
  else
    for (guint i = 0; self->moving != NULL && i < self->moving->len; i++)
      g_hash_table_add (dragged, g_ptr_array_index (self->moving, i));

  return dragged;
}

static gboolean
is_dragged (StormTool  *self,
            GHashTable *dragged,
            StormItem  *item)
{
  const char *context = NULL;

  if (g_hash_table_contains (dragged, storm_item_get_id (item)))
    return TRUE;
  if (self->state == STORM_TOOL_MOVE && item->type == STORM_OBJECT_STICKY)
    context = storm_sticky_get_context (STORM_STICKY (item->object));
  return context != NULL && g_hash_table_contains (dragged, context);
}

static StormGuides *
make_guides (StormTool *self)
{
  StormRect visible = storm_viewport_get_visible (self->viewport);
  g_autoptr (GHashTable) dragged = find_dragged (self);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GArray) rects = g_array_new (FALSE, FALSE, sizeof (StormRect));
  static const StormObjectType types[] = { STORM_OBJECT_STICKY, STORM_OBJECT_CONTEXT };

  for (guint t = 0; t < G_N_ELEMENTS (types); t++)
    {
      storm_scene_collect (self->scene, types[t], &visible, items);
      for (guint i = 0; i < items->len && rects->len < MAX_RECTS; i++)
        {
          StormItem *item = g_ptr_array_index (items, i);

          if (!is_dragged (self, dragged, item))
            g_array_append_val (rects, item->rect);
        }
    }

  return storm_guides_new ((StormRect *) (void *) rects->data, rects->len);
}

/* Ctrl suspends them. Made again when the view went on under the drag. */
static gboolean
prepare (StormTool *self,
         StormMods  mods)
{
  if ((mods & STORM_MOD_CONTROL) != 0 || self->viewport->zoom < MIN_ZOOM)
    return FALSE;
  if (self->guides == NULL || !storm_viewport_equal (&self->guides_view, self->viewport))
    {
      g_clear_pointer (&self->guides, storm_guides_free);
      self->guides = make_guides (self);
      self->guides_view = *self->viewport;
    }

  return TRUE;
}

static gboolean
has_same_lines (const StormSnap *a,
                const StormSnap *b)
{
  if (a->n_lines != b->n_lines)
    return FALSE;
  for (guint i = 0; i < a->n_lines; i++)
    {
      const StormGuideLine *x = &a->lines[i], *y = &b->lines[i];

      if (x->from.x != y->from.x || x->from.y != y->from.y || x->to.x != y->to.x ||
          x->to.y != y->to.y || x->gap != y->gap)
        return FALSE;
    }

  return TRUE;
}

/* The board may stay as it is while the lines come or go. */
static void
set_snap (StormTool       *self,
          const StormSnap *snap)
{
  gboolean same = has_same_lines (&self->snap, snap);

  self->snap = *snap;
  if (!same)
    storm_tool_emit_changed (self);
}

double
storm_tool_to_grid (double value)
{
  return round (value / STORM_GRID_STEP) * STORM_GRID_STEP - value;
}

/* Ctrl suspends it too. */
static gboolean
keeps_to_grid (StormTool *self,
               StormMods  mods)
{
  return self->grid && (mods & STORM_MOD_CONTROL) == 0;
}

void
storm_tool_set_grid (StormTool *self,
                     gboolean   grid)
{
  g_return_if_fail (STORM_IS_TOOL (self));

  self->grid = grid;
}

void
storm_tool_snap_move (StormTool      *self,
                      StormRect      *rect,
                      StormGuideAxes  axes,
                      StormMods       mods)
{
  StormSnap snap = { 0 };

  if (prepare (self, mods))
    storm_guides_move (self->guides, rect, axes, STORM_GUIDES_REACH / self->viewport->zoom,
                       &snap);
  if (keeps_to_grid (self, mods) && !snap.snapped_x && (axes & STORM_GUIDE_ACROSS) != 0)
    snap.dx = storm_tool_to_grid (rect->x);
  if (keeps_to_grid (self, mods) && !snap.snapped_y && (axes & STORM_GUIDE_DOWN) != 0)
    snap.dy = storm_tool_to_grid (rect->y);
  rect->x += snap.dx;
  rect->y += snap.dy;
  set_snap (self, &snap);
}

/* Not with Shift, where one side follows from the other. */
void
storm_tool_snap_resize (StormTool *self,
                        StormRect *rect,
                        double     min_width,
                        double     min_height,
                        StormMods  mods)
{
  StormCorner corner = self->grip.corner;
  StormSnap snap = { 0 };
  StormRect to = *rect;
  int x, y;

  if ((mods & STORM_MOD_SHIFT) == 0 && prepare (self, mods))
    storm_guides_resize (self->guides, rect, corner,
                         STORM_GUIDES_REACH / self->viewport->zoom, &snap);
  storm_corner_pulls (corner, &x, &y);
  if ((mods & STORM_MOD_SHIFT) == 0 && keeps_to_grid (self, mods))
    {
      if (x != 0 && !snap.snapped_x)
        snap.dx = storm_tool_to_grid (x < 0 ? rect->x : rect->x + rect->width);
      if (y != 0 && !snap.snapped_y)
        snap.dy = storm_tool_to_grid (y < 0 ? rect->y : rect->y + rect->height);
    }
  to.x += x < 0 ? snap.dx : 0;
  to.y += y < 0 ? snap.dy : 0;
  to.width += x * snap.dx;
  to.height += y * snap.dy;
  if (to.width < min_width || to.height < min_height)
    snap = (StormSnap) { 0 };
  else
    *rect = to;
  set_snap (self, &snap);
}

const StormSnap *
storm_tool_get_snap (StormTool *self)
{
  g_return_val_if_fail (STORM_IS_TOOL (self), NULL);

  return &self->snap;
}
