#include "config.h"

#include "storm-draw.h"

#define TITLE_MARGIN 8.0
#define MIN_TITLE_WIDTH 10.0

void
storm_draw_context_frame (const StormDraw *self,
                          const StormRect *rect,
                          gboolean         dashed)
{
  StormOp op = {
    .type = STORM_OP_BORDER,
    .color = self->colors->frame,
    .rect = *rect,
    .radius = MIN (STORM_CONTEXT_RADIUS, MIN (rect->width, rect->height) / 2),
    .width = 1,
  };

  if (dashed && rect->width > 4 * STORM_CONTEXT_RADIUS && rect->height > 4 * STORM_CONTEXT_RADIUS)
    op.type = STORM_OP_FRAME;
  self->sink.put (self->sink.data, &op);
}

void
storm_draw_fit_context_title (const StormDraw *self,
                              double           width,
                              const char      *title,
                              double          *out_width,
                              double          *out_height)
{
  storm_text_fitter_line (self->fit, title, STORM_CONTEXT_TITLE_SIZE, PANGO_WEIGHT_BOLD,
                          MAX (width - 2 * STORM_CONTEXT_TITLE_X, MIN_TITLE_WIDTH), out_width,
                          out_height);
}

void
storm_draw_context_title (const StormDraw *self,
                          const StormRect *rect,
                          const char      *title)
{
  double w, h;

  if (*title == '\0')
    return;
  storm_draw_fit_context_title (self, rect->width, title, &w, &h);
  if (w > rect->width - TITLE_MARGIN || h > rect->height)
    return;
  storm_draw_fitted (self, (StormPoint) { rect->x + STORM_CONTEXT_TITLE_X,
                                          rect->y + STORM_CONTEXT_TITLE_Y },
                     self->colors->faint_text);
}
