#include "config.h"

#include "storm-draw.h"

#include <glib/gi18n-lib.h>

#include "storm-fold.h"

/* In board units. */
#define CHIPS_Y 40.0
#define CHIP_HEIGHT 20.0
#define CHIP_PAD 8.0
#define CHIP_GAP 6.0
#define CHIP_RADIUS 4.0
#define CHIP_ROWS 2
#define MIN_CONTRAST 1.1
#define NUMBER_SIZE 11.0
#define SUM_SIZE 11.0
#define SUM_BOTTOM 11.0
/* The sheets below the first one: there is more in it than is seen. */
#define SHEETS 2
#define SHEET_STEP 4.0

void
storm_draw_card (const StormDraw *self,
                 const StormRect *rect,
                 double           unit,
                 gboolean         shadow)
{
  for (guint i = SHEETS + 1; i-- > 0;)
    {
      double step = i * SHEET_STEP * unit;
      StormOp op = {
        .type = STORM_OP_BORDER,
        .color = self->colors->frame,
        .rect = { rect->x + step, rect->y + step, rect->width - 2 * step, rect->height },
        .radius = MIN (STORM_CONTEXT_RADIUS * unit, MIN (rect->width, rect->height) / 4),
        .width = 1,
      };

      /* The sheets look out below. */
      if (op.rect.width <= 0 || (i > 0 && !shadow))
        continue;
      storm_draw_fill (self, STORM_OP_FILL, &op.rect, op.radius, self->colors->pill);
      self->sink.put (self->sink.data, &op);
    }
}

/* Returns: %FALSE when there is no room for it any more. */
static gboolean
storm_draw_chip (const StormDraw *self,
                 StormKind        kind,
                 guint            n,
                 StormPoint       at,
                 StormPoint      *next,
                 guint           *row)
{
  double width, height;
  char number[16];
  StormRect chip;
  StormRgba fill;

  g_snprintf (number, sizeof number, "%u", n);
  storm_text_fitter_line (self->fit, number, NUMBER_SIZE, PANGO_WEIGHT_BOLD, 0, &width, &height);
  chip = (StormRect) { next->x, next->y, MAX (width + 2 * CHIP_PAD, 28), CHIP_HEIGHT };
  if (chip.x + chip.width > at.x + STORM_CARD_WIDTH - STORM_CARD_TITLE_X)
    {
      if (++*row >= CHIP_ROWS)
        return FALSE;
      chip.x = at.x + STORM_CARD_TITLE_X;
      chip.y += CHIP_HEIGHT + CHIP_GAP;
    }
  fill = storm_colors_get_fill (self->colors, kind);
  storm_draw_fill (self, STORM_OP_FILL, &chip, CHIP_RADIUS, fill);
  /* White on white is told by its rim. */
  if (storm_rgba_contrast (fill, self->colors->pill) < MIN_CONTRAST)
    {
      StormOp rim = { .type = STORM_OP_BORDER, .color = self->colors->frame, .rect = chip,
                      .radius = CHIP_RADIUS, .width = 1 };

      self->sink.put (self->sink.data, &rim);
    }
  storm_draw_fitted (self, (StormPoint) { chip.x + (chip.width - width) / 2,
                                          chip.y + (chip.height - height) / 2 },
                     storm_colors_get_ink (self->colors, kind));
  *next = (StormPoint) { chip.x + chip.width + CHIP_GAP, chip.y };
  return TRUE;
}

static char *
storm_card_sum (const StormCardLook *look)
{
  g_autofree char *stickies = NULL;
  g_autofree char *contexts = NULL;
  guint n = 0;

  for (guint i = 0; i < STORM_N_KINDS; i++)
    n += look->n_kinds[i];
  stickies = g_strdup_printf (ngettext ("%u sticky", "%u stickies", n), n);
  if (look->n_contexts == 0)
    return g_steal_pointer (&stickies);
  contexts = g_strdup_printf (ngettext ("%u context", "%u contexts", look->n_contexts),
                              look->n_contexts);
  /* Translators: on the card of a collapsed context: "12 stickies, 2 contexts" */
  return g_strdup_printf (C_("card", "%s, %s"), stickies, contexts);
}

void
storm_draw_card_text (const StormDraw     *self,
                      const StormCardLook *look,
                      StormPoint           at)
{
  g_autofree char *sum = storm_card_sum (look);
  double room = STORM_CARD_WIDTH - 2 * STORM_CARD_TITLE_X, height;
  StormPoint next = { at.x + STORM_CARD_TITLE_X, at.y + CHIPS_Y };
  gboolean fits = TRUE;
  guint row = 0;

  if (*look->title != '\0')
    {
      storm_text_fitter_line (self->fit, look->title, STORM_CONTEXT_TITLE_SIZE, PANGO_WEIGHT_BOLD,
                              room, NULL, NULL);
      storm_draw_fitted (self, (StormPoint) { at.x + STORM_CARD_TITLE_X,
                                              at.y + STORM_CARD_TITLE_Y }, self->colors->text);
    }
  for (guint i = 0; i < STORM_N_KINDS && fits; i++)
    if (look->n_kinds[i] > 0)
      fits = storm_draw_chip (self, (StormKind) i, look->n_kinds[i], at, &next, &row);
  storm_text_fitter_line (self->fit, sum, SUM_SIZE, PANGO_WEIGHT_NORMAL, room, NULL, &height);
  storm_draw_fitted (self, (StormPoint) { at.x + STORM_CARD_TITLE_X,
                                          at.y + STORM_CARD_HEIGHT - SUM_BOTTOM - height },
                     self->colors->faint_text);
}
