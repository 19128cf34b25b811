#include "config.h"

#include "storm-draw.h"

#include <math.h>

#include "storm-edit-context.h"
#include "storm-fold.h"

#define TITLE_MARGIN 8.0
#define MIN_TITLE_WIDTH 10.0
/* The band, and on it the column, by so much of the text's colour. */
#define LANE_TINT .035f
#define COLUMN_TINT .05f
#define LANE_TITLE_PAD 10.0
#define PIVOTAL_WIDTH 2.0
/* Above and below all that is on the board. */
#define PIVOTAL_OVERHANG 40.0

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

StormRect
storm_lane_column (const StormRect *rect,
                   double           unit)
{
  return (StormRect) { rect->x, rect->y, MIN (round (STORM_LANE_TITLE * unit), rect->width / 2),
                       rect->height };
}

void
storm_draw_lane (const StormDraw *self,
                 const StormRect *rect,
                 double           unit)
{
  StormRect column = storm_lane_column (rect, unit);
  StormRgba band = self->colors->text, head = self->colors->text;
  StormOp frame = {
    .type = STORM_OP_BORDER,
    .color = self->colors->frame,
    .rect = *rect,
    .width = self->colors->high_contrast ? 2 : 1,
  };

  band.alpha = LANE_TINT;
  head.alpha = COLUMN_TINT;
  storm_draw_fill (self, STORM_OP_FILL, rect, 0, band);
  storm_draw_fill (self, STORM_OP_FILL, &column, 0, head);
  self->sink.put (self->sink.data, &frame);
  frame.rect = (StormRect) { column.x + column.width - 1, column.y, 1, column.height };
  storm_draw_fill (self, STORM_OP_FILL, &frame.rect, 0, self->colors->frame);
}

gboolean
storm_draw_fit_lane_title (const StormDraw *self,
                           double           width,
                           double           height,
                           const char      *title,
                           StormRect       *box,
                           StormPoint      *out)
{
  StormRect rect = { 0, 0, width, height };
  StormRect column = storm_lane_column (&rect, 1);

  *box = (StormRect) { LANE_TITLE_PAD, LANE_TITLE_PAD, column.width - 2 * LANE_TITLE_PAD,
                       height - 2 * LANE_TITLE_PAD };
  if (box->width < MIN_TITLE_WIDTH || box->height < MIN_TITLE_WIDTH)
    return FALSE;
  storm_text_fitter_title (self->fit, title, box, height / 2, out);
  return TRUE;
}

void
storm_pivotal_reach (StormBoard      *board,
                     StormSticky     *sticky,
                     const StormRect *bounds,
                     StormRect       *out)
{
  StormContext *context = storm_board_get_context_around (board, STORM_OBJECT (sticky));
  StormPoint middle = storm_rect_center (storm_sticky_get_rect (sticky));
  StormRect around = *bounds;

  if (context != NULL)
    around = storm_context_get_shown (context);
  else
    {
      around.y -= PIVOTAL_OVERHANG;
      around.height += 2 * PIVOTAL_OVERHANG;
    }
  *out = (StormRect) { middle.x, around.y, 0, around.height };
}

void
storm_draw_pivotal (const StormDraw *self,
                    double           x,
                    double           top,
                    double           bottom)
{
  StormRect rule = { x - PIVOTAL_WIDTH / 2, top, PIVOTAL_WIDTH, MAX (bottom - top, 0) };

  storm_draw_fill (self, STORM_OP_RULE, &rule, 0, self->colors->faint_text);
}
