#include "config.h"

#include "storm-snapshot-sink.h"

#include <math.h>

/* Beyond the corners, that no seam shows at any zoom. */
#define STRIP 2.f
#define MAX_SMALL_HEAD 8

static void
storm_sink_round (GtkSnapshot           *snapshot,
                  const graphene_rect_t *r,
                  float                  radius,
                  const GdkRGBA         *color)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, r, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, color, &outline.bounds);
  gtk_snapshot_pop (snapshot);
}

/* A part of a rounded body; the renderers shade only what the strip covers. */
static void
storm_sink_strip (GtkSnapshot          *snapshot,
                  const GskRoundedRect *outline,
                  float                 y,
                  float                 height,
                  const GdkRGBA        *color)
{
  gtk_snapshot_push_rounded_clip (snapshot, outline);
  gtk_snapshot_append_color (snapshot, color,
                             &GRAPHENE_RECT_INIT (outline->bounds.origin.x, y,
                                                  outline->bounds.size.width, height));
  gtk_snapshot_pop (snapshot);
}

/* Rounding is dear by the area: so only a strip at the top and one at the bottom are rounded, and
 * overlap the plain middle. */
static void
storm_sink_fill (GtkSnapshot   *snapshot,
                 const StormOp *op,
                 const GdkRGBA *color)
{
  graphene_rect_t r = storm_to_graphene (&op->rect);
  float y = r.origin.y, h = r.size.height, radius = (float) op->radius, strip = radius + STRIP;
  GskRoundedRect outline;

  if (radius <= 0)
    {
      gtk_snapshot_append_color (snapshot, color, &r);
      return;
    }
  if (h < 3 * strip)
    {
      storm_sink_round (snapshot, &r, radius, color);
      return;
    }
  gsk_rounded_rect_init_from_rect (&outline, &r, radius);
  storm_sink_strip (snapshot, &outline, y, strip, color);
  storm_sink_strip (snapshot, &outline, y + h - strip, strip, color);
  gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (r.origin.x, y + radius,
                                                                   r.size.width, h - 2 * radius));
}

/* Of the shadow only what looks out below, and under the corners. */
static void
storm_sink_shadow (GtkSnapshot   *snapshot,
                   const StormOp *op,
                   const GdkRGBA *color)
{
  graphene_rect_t r = storm_to_graphene (&op->rect);
  float strip = 1.4f * (float) op->radius + STRIP;
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &r, (float) op->radius);
  storm_sink_strip (snapshot, &outline, r.origin.y + r.size.height - strip, strip, color);
}

static void
storm_sink_border (GtkSnapshot   *snapshot,
                   const StormOp *op,
                   const GdkRGBA *c)
{
  graphene_rect_t r = storm_to_graphene (&op->rect);
  float w = (float) op->width;
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &r, (float) op->radius);
  gtk_snapshot_append_border (snapshot, &outline, (const float[]) { w, w, w, w },
                              (const GdkRGBA[]) { *c, *c, *c, *c });
}

static void
storm_sink_dashes (GtkSnapshot   *snapshot,
                   const GdkRGBA *color,
                   gboolean       horizontal,
                   double         from,
                   double         to,
                   double         across,
                   double         seen)
{
  const double period = STORM_FRAME_DASH + STORM_FRAME_GAP;
  double start = from;

  /* Only what is in view; whole periods, so that dashes don't crawl. */
  if (start < -STORM_FRAME_DASH)
    start += floor (-start / period) * period;
  for (double at = start; at < MIN (to, seen); at += period)
    {
      double length = MIN (STORM_FRAME_DASH, to - at);
      graphene_rect_t r = horizontal
        ? GRAPHENE_RECT_INIT ((float) at, (float) across, (float) length, 1)
        : GRAPHENE_RECT_INIT ((float) across, (float) at, 1, (float) length);

      gtk_snapshot_append_color (snapshot, color, &r);
    }
}

/* In pixels of the view. */
static void
storm_sink_frame (StormSnapshotSink *self,
                  const StormOp     *op,
                  const GdkRGBA     *color)
{
  StormPainter *painter = self->painter;
  const StormRect *r = &op->rect;
  double radius = op->radius, right = r->x + r->width, bottom = r->y + r->height;

  for (guint i = 0; i < 4; i++)
    {
      StormPoint at = { i % 2 == 0 ? r->x : right - radius, i < 2 ? r->y : bottom - radius };
      g_autoptr (GskRenderNode) arc = NULL;

      if (at.x < -radius || at.y < -radius || at.x > painter->view.width ||
          at.y > painter->view.height)
        continue;
      arc = storm_painter_place (painter, storm_painter_get_shape (painter,
                                   STORM_SHAPE_ARC_TOP_LEFT + i, (int) radius, color), at, 1);
      gtk_snapshot_append_node (self->snapshot, arc);
    }
  for (guint i = 0; i < 2; i++)
    {
      double y = i == 0 ? r->y : bottom - 1, x = i == 0 ? r->x : right - 1;

      if (y >= -1 && y <= painter->view.height)
        storm_sink_dashes (self->snapshot, color, TRUE, r->x + radius + STORM_FRAME_GAP,
                           right - radius, y, painter->view.width);
      if (x >= -1 && x <= painter->view.width)
        storm_sink_dashes (self->snapshot, color, FALSE, r->y + radius + STORM_FRAME_GAP,
                           bottom - radius, x, painter->view.height);
    }
}

/* In pixels of the view, of which only what is seen is drawn; whole periods, so that dashes don't
 * crawl. */
static void
storm_sink_rule (StormSnapshotSink *self,
                 const StormOp     *op,
                 const GdkRGBA     *color)
{
  const double period = STORM_RULE_DASH + STORM_RULE_GAP;
  const StormRect *r = &op->rect;
  double bottom = r->y + r->height, at = r->y;

  if (r->x + r->width < 0 || r->x > self->painter->view.width)
    return;
  if (at < -STORM_RULE_DASH)
    at += floor (-at / period) * period;
  for (; at < MIN (bottom, self->painter->view.height); at += period)
    gtk_snapshot_append_color (self->snapshot, color,
                               &GRAPHENE_RECT_INIT ((float) r->x, (float) at, (float) r->width,
                                                    (float) MIN (STORM_RULE_DASH, bottom - at)));
}

static void
storm_sink_line (GtkSnapshot   *snapshot,
                 const StormOp *op,
                 const GdkRGBA *color)
{
  double w = op->width, half = floor (w / 2);

  for (guint i = 1; i < op->n_points; i++)
    {
      StormPoint a = op->points[i - 1], b = op->points[i];
      /* Each run reaches to the outside of its bend. */
      gboolean bend = i < op->n_points - 1 || i > 1;
      graphene_rect_t r;

      if (a.y == b.y)
        r = GRAPHENE_RECT_INIT ((float) (MIN (a.x, b.x) - (bend ? half : 0)), (float) (a.y - half),
                                (float) (fabs (b.x - a.x) + (bend ? w : 0)), (float) w);
      else
        r = GRAPHENE_RECT_INIT ((float) (a.x - half), (float) (MIN (a.y, b.y) - (bend ? half : 0)),
                                (float) w, (float) (fabs (b.y - a.y) + (bend ? w : 0)));
      gtk_snapshot_append_color (snapshot, color, &r);
    }
}

/* A small head of a few plain rectangles: by the hundreds they cost a fraction of a shape. */
static void
storm_sink_small_head (GtkSnapshot   *snapshot,
                       StormPoint     tip,
                       StormPoint     out,
                       int            size,
                       const GdkRGBA *color)
{
  for (int i = 0; i < size; i += 2)
    {
      /* From the tip: two pixels deep, and wider by two each time. */
      StormPoint near = { tip.x + out.x * i, tip.y + out.y * i };
      StormPoint far = { tip.x + out.x * (i + 2), tip.y + out.y * (i + 2) };
      double half = 1 + i / 2.0;
      graphene_rect_t r = out.x != 0
        ? GRAPHENE_RECT_INIT ((float) MIN (near.x, far.x), (float) (tip.y - half), 2,
                              (float) (2 * half))
        : GRAPHENE_RECT_INIT ((float) (tip.x - half), (float) MIN (near.y, far.y),
                              (float) (2 * half), 2);

      gtk_snapshot_append_color (snapshot, color, &r);
    }
}

/* The only polygons of a board are heads of arrows: a tip, and two corners across a side. */
static void
storm_sink_head (StormSnapshotSink *self,
                 const StormOp     *op,
                 const GdkRGBA     *color)
{
  StormPoint tip = op->points[0];
  StormPoint back = { (op->points[1].x + op->points[2].x) / 2,
                      (op->points[1].y + op->points[2].y) / 2 };
  int size = (int) round (fabs (back.x - tip.x) + fabs (back.y - tip.y));
  gboolean horizontal = fabs (back.x - tip.x) > fabs (back.y - tip.y);
  StormPoint out = { horizontal ? (back.x > tip.x ? 1 : -1) : 0,
                     horizontal ? 0 : (back.y > tip.y ? 1 : -1) };
  StormPoint at = { MIN (tip.x, back.x) - (horizontal ? 0 : size / 2.0),
                    MIN (tip.y, back.y) - (horizontal ? size / 2.0 : 0) };
  StormShape shape = horizontal ? (out.x > 0 ? STORM_SHAPE_HEAD_LEFT : STORM_SHAPE_HEAD_RIGHT)
                                : (out.y > 0 ? STORM_SHAPE_HEAD_UP : STORM_SHAPE_HEAD_DOWN);
  g_autoptr (GskRenderNode) node = NULL;

  if (size <= MAX_SMALL_HEAD)
    {
      storm_sink_small_head (self->snapshot, tip, out, size, color);
      return;
    }
  node = storm_painter_place (self->painter,
                              storm_painter_get_shape (self->painter, shape, size, color), at, 1);
  gtk_snapshot_append_node (self->snapshot, node);
}

static void
storm_sink_text (GtkSnapshot   *snapshot,
                 const StormOp *op,
                 const GdkRGBA *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) op->points[0].x,
                                                          (float) op->points[0].y));
  gtk_snapshot_append_layout (snapshot, op->layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
storm_sink_put (gpointer       data,
                const StormOp *op)
{
  StormSnapshotSink *self = data;
  GdkRGBA color = storm_style_rgba (op->color);
  graphene_rect_t rect = storm_to_graphene (&op->rect);

  switch (op->type)
    {
    case STORM_OP_FILL:
      storm_sink_fill (self->snapshot, op, &color);
      break;

    case STORM_OP_SHADOW:
      storm_sink_shadow (self->snapshot, op, &color);
      break;

    case STORM_OP_BORDER:
      storm_sink_border (self->snapshot, op, &color);
      break;

    case STORM_OP_FRAME:
      storm_sink_frame (self, op, &color);
      break;

    case STORM_OP_RULE:
      storm_sink_rule (self, op, &color);
      break;

    case STORM_OP_LINE:
      storm_sink_line (self->snapshot, op, &color);
      break;

    case STORM_OP_POLYGON:
      storm_sink_head (self, op, &color);
      break;

    case STORM_OP_TEXT:
      storm_sink_text (self->snapshot, op, &color);
      break;

    case STORM_OP_PUSH_CLIP:
      gtk_snapshot_push_clip (self->snapshot, &rect);
      break;

    case STORM_OP_POP_CLIP:
    default:
      gtk_snapshot_pop (self->snapshot);
      break;
    }
}

StormDraw
storm_snapshot_sink_init (StormSnapshotSink *self,
                          StormPainter      *painter,
                          GtkSnapshot       *snapshot)
{
  *self = (StormSnapshotSink) { .painter = painter, .snapshot = snapshot };
  return (StormDraw) {
    .colors = &painter->style.colors,
    .fit = storm_text_cache_get_fitter (painter->texts),
    .sink = { .put = storm_sink_put, .data = self },
  };
}
