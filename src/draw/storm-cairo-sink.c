#include "config.h"

#include "storm-cairo-sink.h"

#include <pango/pangocairo.h>

#define FAR 20000.0
/* Around a frame that is longer the dashes could not be seen anyhow, and would be too many. */
#define MAX_DASHES 10000

static void
storm_cairo_round (cairo_t         *cr,
                   const StormRect *r,
                   double           radius)
{
  double right = r->x + r->width, bottom = r->y + r->height;

  radius = MIN (radius, MIN (r->width, r->height) / 2);
  if (radius <= 0)
    {
      cairo_rectangle (cr, r->x, r->y, r->width, r->height);
      return;
    }
  cairo_new_sub_path (cr);
  cairo_arc (cr, r->x + radius, r->y + radius, radius, G_PI, -G_PI / 2);
  cairo_arc (cr, right - radius, r->y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, r->x + radius, bottom - radius, radius, G_PI / 2, G_PI);
  cairo_close_path (cr);
}

static void
storm_cairo_border (cairo_t       *cr,
                    const StormOp *op)
{
  double half = op->width / 2;
  StormRect inside = { op->rect.x + half, op->rect.y + half, MAX (op->rect.width - op->width, 0),
                       MAX (op->rect.height - op->width, 0) };

  storm_cairo_round (cr, &inside, MAX (op->radius - half, 0));
  cairo_set_line_width (cr, op->width);
  cairo_stroke (cr);
}

static void
storm_cairo_corners (cairo_t       *cr,
                     const StormOp *op)
{
  static const double angles[] = { G_PI, -G_PI / 2, G_PI / 2, 0 };
  double right = op->rect.x + op->rect.width, bottom = op->rect.y + op->rect.height;

  for (guint i = 0; i < 4; i++)
    {
      cairo_new_sub_path (cr);
      cairo_arc (cr, i % 2 == 0 ? op->rect.x + op->radius : right - op->radius,
                 i < 2 ? op->rect.y + op->radius : bottom - op->radius,
                 op->radius - op->width / 2, angles[i], angles[i] + G_PI / 2);
    }
  cairo_stroke (cr);
}

static void
storm_cairo_frame (cairo_t       *cr,
                   const StormOp *op)
{
  static const double dashes[] = { STORM_FRAME_DASH, STORM_FRAME_GAP };
  const StormRect *r = &op->rect;
  double half = op->width / 2, start = op->radius + STORM_FRAME_GAP;
  double right = r->x + r->width, bottom = r->y + r->height;

  cairo_set_line_width (cr, op->width);
  storm_cairo_corners (cr, op);
  cairo_save (cr);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  for (guint i = 0; i < 2; i++)
    {
      double y = i == 0 ? r->y + half : bottom - half, x = i == 0 ? r->x + half : right - half;

      cairo_move_to (cr, r->x + start, y);
      cairo_line_to (cr, right - op->radius, y);
      cairo_move_to (cr, x, r->y + start);
      cairo_line_to (cr, x, bottom - op->radius);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
storm_cairo_rule (cairo_t       *cr,
                  const StormOp *op)
{
  static const double dashes[] = { STORM_RULE_DASH, STORM_RULE_GAP };
  double x = op->rect.x + op->rect.width / 2;

  cairo_save (cr);
  cairo_set_line_width (cr, op->rect.width);
  if (op->rect.height / (STORM_RULE_DASH + STORM_RULE_GAP) <= MAX_DASHES)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, x, op->rect.y);
  cairo_line_to (cr, x, op->rect.y + op->rect.height);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
storm_cairo_points (cairo_t       *cr,
                    const StormOp *op)
{
  cairo_new_path (cr);
  for (guint i = 0; i < op->n_points; i++)
    cairo_line_to (cr, op->points[i].x, op->points[i].y);
}

/* Cairo's coordinates wrap beyond some millions: what lies far outside is brought nearer, still far
 * enough away that nobody sees it. */
static void
storm_cairo_near (cairo_t *cr,
                  StormOp *op)
{
  double x0, y0, x1, y1, right, bottom;

  cairo_clip_extents (cr, &x0, &y0, &x1, &y1);
  x0 -= FAR;
  y0 -= FAR;
  x1 += FAR;
  y1 += FAR;
  right = CLAMP (op->rect.x + op->rect.width, x0, x1);
  bottom = CLAMP (op->rect.y + op->rect.height, y0, y1);
  op->rect.x = CLAMP (op->rect.x, x0, x1);
  op->rect.y = CLAMP (op->rect.y, y0, y1);
  op->rect.width = right - op->rect.x;
  op->rect.height = bottom - op->rect.y;
  for (guint i = 0; i < op->n_points; i++)
    op->points[i] = (StormPoint) { CLAMP (op->points[i].x, x0, x1),
                                   CLAMP (op->points[i].y, y0, y1) };
}

static void
storm_cairo_put (gpointer       data,
                 const StormOp *given)
{
  cairo_t *cr = data;
  StormOp near = *given, *op = &near;

  if (op->type != STORM_OP_PUSH_CLIP && op->type != STORM_OP_POP_CLIP)
    storm_cairo_near (cr, op);
  cairo_set_source_rgba (cr, op->color.red, op->color.green, op->color.blue, op->color.alpha);
  switch (op->type)
    {
    case STORM_OP_FILL:
    case STORM_OP_SHADOW:
      storm_cairo_round (cr, &op->rect, op->radius);
      cairo_fill (cr);
      break;

    case STORM_OP_BORDER:
      storm_cairo_border (cr, op);
      break;

    case STORM_OP_FRAME:
      if (2 * (op->rect.width + op->rect.height) / (STORM_FRAME_DASH + STORM_FRAME_GAP) <=
          MAX_DASHES)
        storm_cairo_frame (cr, op);
      else
        storm_cairo_border (cr, op);
      break;

    case STORM_OP_RULE:
      storm_cairo_rule (cr, op);
      break;

    case STORM_OP_LINE:
      storm_cairo_points (cr, op);
      cairo_set_line_width (cr, op->width);
      cairo_stroke (cr);
      break;

    case STORM_OP_POLYGON:
      storm_cairo_points (cr, op);
      cairo_close_path (cr);
      cairo_fill (cr);
      break;

    case STORM_OP_TEXT:
      cairo_move_to (cr, op->points[0].x, op->points[0].y);
      pango_cairo_show_layout (cr, op->layout);
      cairo_new_path (cr);
      break;

    case STORM_OP_PUSH_CLIP:
      cairo_save (cr);
      cairo_rectangle (cr, op->rect.x, op->rect.y, op->rect.width, op->rect.height);
      cairo_clip (cr);
      break;

    case STORM_OP_POP_CLIP:
    default:
      cairo_restore (cr);
      break;
    }
}

void
storm_cairo_sink_init (StormSink *self,
                       cairo_t   *cr)
{
  g_return_if_fail (cr != NULL);

  *self = (StormSink) { .put = storm_cairo_put, .data = cr };
}
