#include "config.h"

#include "storm-draw.h"

#define TITLE_SIZE 13.0
#define TITLE_X 12.0
#define TITLE_Y 8.0
#define TITLE_MARGIN 8.0
#define MIN_TITLE_WIDTH 10.0
/* Around a frame that is longer the dashes could not be seen anyhow, and would be too many. */
#define MAX_DASHES 10000

void
storm_draw_context_frame (const StormDraw *self,
                          const StormRect *rect,
                          gboolean         dashed)
{
  double around = 2 * (rect->width + rect->height);
  StormOp op = {
    .type = STORM_OP_BORDER,
    .color = self->colors->frame,
    .rect = *rect,
    .radius = MIN (STORM_CONTEXT_RADIUS, MIN (rect->width, rect->height) / 2),
    .width = 1,
  };

  if (dashed && rect->width > 4 * STORM_CONTEXT_RADIUS && rect->height > 4 * STORM_CONTEXT_RADIUS &&
      around / (STORM_FRAME_DASH + STORM_FRAME_GAP) <= MAX_DASHES)
    op.type = STORM_OP_FRAME;
  self->sink.put (self->sink.data, &op);
}

void
storm_draw_context_title (const StormDraw *self,
                          const StormRect *rect,
                          const char      *title)
{
  double w, h;

  if (*title == '\0')
    return;
  storm_text_fit_line (self->fit, title, TITLE_SIZE, PANGO_WEIGHT_BOLD,
                       MAX (rect->width - 2 * TITLE_X, MIN_TITLE_WIDTH), &w, &h);
  if (w > rect->width - TITLE_MARGIN || h > rect->height)
    return;
  storm_draw_fitted (self, (StormPoint) { rect->x + TITLE_X, rect->y + TITLE_Y },
                     self->colors->faint_text);
}
