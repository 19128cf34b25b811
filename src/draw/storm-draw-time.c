#include "config.h"

#include "storm-draw.h"

#include <math.h>

/* Pixels. */
#define TEXT_SIZE 11.0
#define PAD 6.0
#define RIM 2.0
#define SIGN 12.0
#define SIGN_GAP 4.0

/* A triangle with an exclamation mark; its corner at @at. */
static void
storm_draw_sign (const StormDraw *self,
                 StormPoint       at)
{
  double middle = at.x + SIGN / 2;
  StormRect bar = { middle - .75, at.y + 4, 1.5, 4 };
  StormRect dot = { middle - .75, at.y + 9, 1.5, 1.5 };
  StormOp triangle = {
    .type = STORM_OP_POLYGON,
    .color = self->colors->warning,
    .points = { { middle, at.y }, { at.x + SIGN, at.y + SIGN }, { at.x, at.y + SIGN } },
    .n_points = 3,
  };

  self->sink.put (self->sink.data, &triangle);
  storm_draw_fill (self, STORM_OP_FILL, &bar, 0, self->colors->pill);
  storm_draw_fill (self, STORM_OP_FILL, &dot, 0, self->colors->pill);
}

static void
storm_draw_rim (const StormDraw *self,
                const StormRect *pill,
                StormRgba        color,
                double           width)
{
  StormOp op = { .type = STORM_OP_BORDER, .color = color, .rect = *pill,
                 .radius = pill->height / 2, .width = width };

  storm_draw_fill (self, STORM_OP_FILL, pill, pill->height / 2, self->colors->pill);
  self->sink.put (self->sink.data, &op);
}

void
storm_draw_time (const StormDraw *self,
                 const char      *text,
                 StormTimeLook    look,
                 StormPoint       middle)
{
  double sign = look == STORM_TIME_SKEWED ? SIGN + SIGN_GAP : 0;
  PangoWeight weight = look == STORM_TIME_ALL ? PANGO_WEIGHT_NORMAL : PANGO_WEIGHT_BOLD;
  PangoRectangle logical;
  StormRect pill;
  double w, h;

  storm_text_fitter_line (self->fit, text, TEXT_SIZE, weight, 0, &w, &h);
  pill.width = ceil (w + sign + 2 * PAD);
  pill.height = ceil (h + 2 * RIM);
  pill.x = round (middle.x - pill.width / 2);
  pill.y = round (middle.y - pill.height / 2);
  if (look == STORM_TIME_ALL)
    storm_draw_rim (self, &pill, self->colors->frame, 1);
  else
    storm_draw_rim (self, &pill, look == STORM_TIME_SKEWED ? self->colors->warning
                                                           : self->colors->lit, 1.5);
  if (sign > 0)
    storm_draw_sign (self, (StormPoint) { pill.x + PAD,
                                          round (pill.y + (pill.height - SIGN) / 2) });
  /* Words that run from right to left begin at the right end of the room they were given. */
  pango_layout_get_extents (storm_text_fitter_get_layout (self->fit), NULL, &logical);
  storm_draw_fitted (self, (StormPoint) { pill.x + PAD + sign - (double) logical.x / PANGO_SCALE,
                                          pill.y + (pill.height - h) / 2 },
                     self->colors->text);
}

double
storm_draw_heat_width (double width,
                       guint  level)
{
  return MAX (1, width * (.75 + .45 * (level - 1))) + (level - 1) * .5;
}
