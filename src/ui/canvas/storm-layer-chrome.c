#include "config.h"

#include "storm-painter-private.h"

#include <math.h>

/* Outlines of what is selected, in one frame; the coarse levels show the rest by rims. */
#define MAX_OUTLINES 1500
#define OUTLINE_GAP 3.0
/* At both ends of a measured gap, to each side. */
#define GUIDE_TICK 4.0

static void
storm_chrome_outline (GtkSnapshot     *snapshot,
                      const StormRect *r,
                      double           gap,
                      float            radius,
                      float            width,
                      const GdkRGBA   *c)
{
  StormRect grown = { round (r->x) - gap, round (r->y) - gap, round (r->width) + 2 * gap,
                      round (r->height) + 2 * gap };
  graphene_rect_t bounds = storm_to_graphene (&grown);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &bounds, radius);
  gtk_snapshot_append_border (snapshot, &outline, (const float[]) { width, width, width, width },
                              (const GdkRGBA[]) { *c, *c, *c, *c });
}

static void
storm_chrome_dot (GtkSnapshot   *snapshot,
                  StormPoint     at,
                  double         radius,
                  const GdkRGBA *fill,
                  const GdkRGBA *c,
                  float          rounding)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT ((float) round (at.x - radius),
                                                        (float) round (at.y - radius),
                                                        (float) (2 * radius), (float) (2 * radius)),
                                   rounding);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, fill, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, (const float[]) { 2, 2, 2, 2 },
                              (const GdkRGBA[]) { *c, *c, *c, *c });
}

static void
storm_chrome_selected (StormPainter *self,
                       GtkSnapshot  *snapshot)
{
  GPtrArray *lists[] = { self->contexts, self->stickies };
  guint n = 0;

  if (storm_selection_get_n (self->selection) == 0)
    return;

  for (guint i = 0; i < self->flows->len && n < MAX_OUTLINES; i++)
    {
      StormItem *item = g_ptr_array_index (self->flows, i);

      if (!storm_selection_has (self->selection, item->object))
        continue;
      storm_layer_route (self, snapshot, item->route, &self->style.accent,
                         CLAMP (3 * self->view.zoom, 2, 5),
                         storm_lod_has_heads (self->lod, self->view.zoom));
      /* The line of the selection would strike through it. */
      storm_layer_flow_label (self, snapshot, item);
      n++;
    }
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len && n < MAX_OUTLINES; i++)
      {
        StormItem *item = g_ptr_array_index (lists[l], i);
        StormRect r;

        if (item->type == STORM_OBJECT_STICKY && self->lod >= STORM_LOD_BODY)
          break;
        if (!storm_selection_has (self->selection, item->object))
          continue;
        r = storm_viewport_rect_to_screen (&self->view, &item->rect);
        if (item->type == STORM_OBJECT_CONTEXT)
          storm_chrome_outline (snapshot, &r, .5, 8.5f, 2, &self->style.accent);
        else
          storm_chrome_outline (snapshot, &r, OUTLINE_GAP,
                                (float) (5 * self->view.zoom + OUTLINE_GAP), 2,
                                &self->style.accent);
        n++;
      }
}

static void
storm_chrome_corners (StormPainter *self,
                      GtkSnapshot  *snapshot,
                      StormItem    *item)
{
  StormRect r = storm_viewport_rect_to_screen (&self->view, &item->rect);

  r = (StormRect) { r.x - 2, r.y - 2, r.width + 4, r.height + 4 };
  for (guint i = 0; i < STORM_N_CORNERS; i++)
    storm_chrome_dot (snapshot, storm_corner_point (&r, i), STORM_RESIZE_RADIUS,
                      &self->style.handle, &self->style.accent, 2);
}

/* Dots at the middle of each side, with an arrow that points away. */
static void
storm_chrome_connect (StormPainter   *self,
                      GtkSnapshot    *snapshot,
                      StormItem      *item,
                      const StormHit *hit)
{
  static const StormShape heads[] = { STORM_SHAPE_HEAD_LEFT, STORM_SHAPE_HEAD_RIGHT,
                                      STORM_SHAPE_HEAD_UP, STORM_SHAPE_HEAD_DOWN };
  StormRect r = storm_viewport_rect_to_screen (&self->view, &item->rect);
  const int size = 8;

  for (guint i = 0; i < 4; i++)
    {
      StormPoint at = storm_side_point (&r, i, STORM_CONNECT_OUT);
      gboolean hot = hit->part == STORM_HIT_CONNECT && hit->item == item && hit->side == i;
      g_autoptr (GskRenderNode) arrow = NULL;

      at = (StormPoint) { round (at.x), round (at.y) };
      storm_chrome_dot (snapshot, at, STORM_CONNECT_RADIUS,
                        hot ? &self->style.accent : &self->style.handle, &self->style.accent,
                        STORM_CONNECT_RADIUS);
      arrow = storm_painter_place (self,
                                   storm_painter_get_shape (self, heads[i], size,
                                                            hot ? &self->style.handle
                                                                : &self->style.accent),
                                   (StormPoint) { at.x - size / 2, at.y - size / 2 }, 1);
      gtk_snapshot_append_node (snapshot, arrow);
    }
}

static void
storm_chrome_marquee (StormPainter *self,
                      GtkSnapshot  *snapshot,
                      StormRect     marquee)
{
  StormRect r = storm_viewport_rect_to_screen (&self->view, &marquee);
  graphene_rect_t rect = storm_to_graphene (&r);
  GdkRGBA fill = self->style.accent;

  fill.alpha = .15f;
  gtk_snapshot_append_color (snapshot, &fill, &rect);
  storm_chrome_outline (snapshot, &r, 0, 0, 1, &self->style.accent);
}

/* From @a to @b, level or upright, one pixel wide. */
static void
storm_chrome_guide_line (StormPainter *self,
                         GtkSnapshot  *snapshot,
                         StormPoint    a,
                         StormPoint    b)
{
  graphene_rect_t rect;

  graphene_rect_init (&rect, (float) round (a.x), (float) round (a.y),
                      (float) MAX (round (b.x - a.x), 1), (float) MAX (round (b.y - a.y), 1));
  gtk_snapshot_append_color (snapshot, &self->style.guide, &rect);
}

static void
storm_chrome_guides (StormPainter    *self,
                     GtkSnapshot     *snapshot,
                     const StormSnap *snap)
{
  for (guint i = 0; i < snap->n_lines; i++)
    {
      const StormGuideLine *line = &snap->lines[i];
      StormPoint a = storm_viewport_to_screen (&self->view, line->from);
      StormPoint b = storm_viewport_to_screen (&self->view, line->to);
      gboolean level = line->from.y == line->to.y;
      double dx = level ? 0 : GUIDE_TICK, dy = level ? GUIDE_TICK : 0;

      storm_chrome_guide_line (self, snapshot, a, b);
      if (!line->gap)
        continue;
      storm_chrome_guide_line (self, snapshot, (StormPoint) { a.x - dx, a.y - dy },
                               (StormPoint) { a.x + dx, a.y + dy });
      storm_chrome_guide_line (self, snapshot, (StormPoint) { b.x - dx, b.y - dy },
                               (StormPoint) { b.x + dx, b.y + dy });
    }
}

/* Rings where its ends can be taken, dots where it was led through. */
static void
storm_chrome_flow (StormPainter *self,
                   GtkSnapshot  *snapshot,
                   StormTool    *tool,
                   StormItem    *flow)
{
  const StormRoute *route = flow->route;
  guint n_bends, bend = 0;
  gboolean picked = storm_tool_get_bend (tool, &bend) == flow;

  storm_flow_get_bends (STORM_FLOW (flow->object), &n_bends);
  for (guint i = 0; i < route->n; i++)
    {
      gboolean end = i == 0 || i + 1 == route->n;

      if (!end && n_bends == 0)
        continue;
      storm_chrome_dot (snapshot, storm_viewport_to_screen (&self->view, route->points[i]),
                        end ? STORM_RESIZE_RADIUS : STORM_BEND_RADIUS,
                        picked && i == bend ? &self->style.accent : &self->style.handle,
                        &self->style.accent, end ? STORM_RESIZE_RADIUS : 1);
    }
}

static void
storm_chrome_handles (StormPainter *self,
                      GtkSnapshot  *snapshot,
                      StormTool    *tool)
{
  StormToolState state = storm_tool_get_state (tool);
  StormItem *single = storm_tool_get_resizable (tool), *hover = storm_tool_get_hover (tool);
  StormItem *flow = storm_tool_get_flow (tool);

  if (single != NULL && storm_item_can_resize (single) && single != self->hidden &&
      state != STORM_TOOL_MOVE && storm_hit_has_handles (&self->view, single))
    storm_chrome_corners (self, snapshot, single);
  if (flow != NULL && flow != self->hidden && state != STORM_TOOL_RECONNECT &&
      storm_hit_flow_has_handles (&self->view, flow))
    storm_chrome_flow (self, snapshot, tool, flow);
  if (hover != NULL && self->hidden == NULL && storm_tool_get_placing (tool) < 0 &&
      (state == STORM_TOOL_IDLE || state == STORM_TOOL_PRESSED) &&
      storm_hit_has_handles (&self->view, hover))
    storm_chrome_connect (self, snapshot, hover, storm_tool_get_hit (tool));
}

void
storm_painter_snapshot_chrome (StormPainter *self,
                               GtkSnapshot  *snapshot,
                               StormTool    *tool)
{
  StormItem *target = NULL;
  StormRoute route;
  StormRect rect;

  storm_chrome_selected (self, snapshot);
  storm_layer_marks (self, snapshot, tool);
  if (storm_tool_may_edit (tool))
    storm_chrome_handles (self, snapshot, tool);
  if (storm_tool_get_preview (tool, &route, &target))
    {
      if (target != NULL)
        {
          rect = storm_viewport_rect_to_screen (&self->view, &target->rect);
          storm_chrome_outline (snapshot, &rect, OUTLINE_GAP,
                                (float) (5 * self->view.zoom + OUTLINE_GAP), 3,
                                &self->style.accent);
        }
      storm_layer_route (self, snapshot, &route, &self->style.accent,
                         CLAMP (2 * self->view.zoom, 2, 4), TRUE);
    }
  storm_chrome_guides (self, snapshot, storm_tool_get_snap (tool));
  if (storm_tool_get_marquee (tool, &rect))
    storm_chrome_marquee (self, snapshot, rect);
}
