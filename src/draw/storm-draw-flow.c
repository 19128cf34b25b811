#include "config.h"

#include "storm-draw.h"

#include <math.h>

/* Half of the head's width, in its length. */
#define HEAD_HALF .42

double
storm_draw_flow_width (double zoom)
{
  return CLAMP (2 * zoom + .2, 1, 4);
}

double
storm_draw_head_size (double zoom,
                      double width)
{
  /* Even, so that the line meets the head's middle on whole pixels. */
  return 2 * round (CLAMP (5.5 * sqrt (zoom) + width / 2, 4, 12));
}

/* Away from the sticky that the flow enters at @side. */
static StormPoint
storm_draw_outward (StormSide side)
{
  switch (side)
    {
    case STORM_SIDE_LEFT:
      return (StormPoint) { -1, 0 };
    case STORM_SIDE_RIGHT:
      return (StormPoint) { 1, 0 };
    case STORM_SIDE_TOP:
      return (StormPoint) { 0, -1 };
    case STORM_SIDE_BOTTOM:
    default:
      return (StormPoint) { 0, 1 };
    }
}

static void
storm_draw_head (const StormDraw *self,
                 StormPoint       tip,
                 StormPoint       out,
                 double           size,
                 StormRgba        color)
{
  double half = size * HEAD_HALF;
  StormOp op = {
    .type = STORM_OP_POLYGON,
    .color = color,
    .points = {
      tip,
      { tip.x + out.x * size + out.y * half, tip.y + out.y * size + out.x * half },
      { tip.x + out.x * size - out.y * half, tip.y + out.y * size - out.x * half },
    },
    .n_points = 3,
  };

  self->sink.put (self->sink.data, &op);
}

void
storm_draw_flow (const StormDraw  *self,
                 const StormPoint *points,
                 guint             n,
                 StormSide         end,
                 StormRgba         color,
                 double            width,
                 double            head)
{
  StormOp op = {
    .type = STORM_OP_LINE,
    .color = color,
    .width = MAX (1, round (width)),
  };
  StormPoint last;

  if (n < 2)
    return;
  last = points[n - 1];
  if (head > 0)
    {
      StormPoint out = storm_draw_outward (end);

      storm_draw_head (self, last, out, head, color);
      /* The line reaches into the head by one, that no seam shows. */
      last = (StormPoint) { last.x + out.x * (head - 1), last.y + out.y * (head - 1) };
    }
  for (guint i = 0; i < n; i++)
    {
      op.points[op.n_points++] = i + 1 < n ? points[i] : last;
      if (i + 1 < n && op.n_points < STORM_OP_MAX_POINTS)
        continue;
      self->sink.put (self->sink.data, &op);
      /* The next part begins with the last run of this one, so that the bend between is whole. */
      op.points[0] = op.points[op.n_points - 2];
      op.points[1] = op.points[op.n_points - 1];
      op.n_points = 2;
    }
}

void
storm_draw_flow_label (const StormDraw *self,
                       const char      *label,
                       StormPoint       middle)
{
  double w, h;
  PangoRectangle logical;
  StormRect pill;

  if (*label == '\0')
    return;
  storm_text_fitter_line (self->fit, label, STORM_LABEL_SIZE, PANGO_WEIGHT_NORMAL, STORM_LABEL_MAX,
                          &w, &h);
  pill = (StormRect) { middle.x - w / 2 - STORM_LABEL_PAD, middle.y - h / 2 - STORM_LABEL_RIM,
                       w + 2 * STORM_LABEL_PAD, h + 2 * STORM_LABEL_RIM };
  storm_draw_fill (self, STORM_OP_FILL, &pill, h / 2 + STORM_LABEL_RIM, self->colors->pill);
  /* Words that run from right to left begin at the right end of the room they were given. */
  pango_layout_get_extents (storm_text_fitter_get_layout (self->fit), NULL, &logical);
  storm_draw_fitted (self, (StormPoint) { middle.x - w / 2 - (double) logical.x / PANGO_SCALE,
                                          middle.y - h / 2 },
                     self->colors->text);
}
