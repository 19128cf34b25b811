#include "config.h"

#include "storm-draw.h"

/* On a grid of 20 by 20. */
#define GRID 20.0
#define GROUP_RADIUS 8.0

static StormRect
on_grid (StormPoint at,
         double     unit,
         double     x,
         double     y,
         double     width,
         double     height)
{
  return (StormRect) { at.x + x * unit, at.y + y * unit, width * unit, height * unit };
}

void
storm_draw_lock (const StormDraw *self,
                 StormPoint       at,
                 double           size)
{
  double unit = size / GRID;
  StormRect disc = on_grid (at, unit, 0, 0, GRID, GRID);
  StormRect body = on_grid (at, unit, 5, 9, 10, 7);
  StormOp rim = { .type = STORM_OP_BORDER, .color = self->colors->accent, .rect = disc,
                  .radius = size / 2, .width = 1 };
  StormOp shackle = { .type = STORM_OP_BORDER, .color = self->colors->accent,
                      .rect = on_grid (at, unit, 6, 4, 8, 10), .radius = 4 * unit,
                      .width = 2 * unit };

  storm_draw_fill (self, STORM_OP_FILL, &disc, size / 2, self->colors->handle);
  self->sink.put (self->sink.data, &rim);
  self->sink.put (self->sink.data, &shackle);
  storm_draw_fill (self, STORM_OP_FILL, &body, unit, self->colors->accent);
}

void
storm_draw_group (const StormDraw *self,
                  const StormRect *rect)
{
  StormOp op = { .type = STORM_OP_FRAME, .color = self->colors->accent, .rect = *rect,
                 .radius = GROUP_RADIUS, .width = 1 };

  if (rect->width > 4 * GROUP_RADIUS && rect->height > 4 * GROUP_RADIUS)
    self->sink.put (self->sink.data, &op);
}
