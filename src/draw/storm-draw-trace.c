#include "config.h"

#include "storm-draw-trace.h"

#include <math.h>

/* Of dashed outlines. */
#define DASH 9.0
#define GAP 6.0
#define THICK 2.0

#define GHOST_PAD 8.0
/* Where its mark is. */
#define GHOST_FOOT 8.0
#define GHOST_GAP 16.0
/* So far a ghost lies over its sticky where nothing around that is free. */
#define GHOST_OVERLAP 36.0
#define GHOST_SHIFT 18.0
/* Places that are tried below a sticky, and then beside it. */
#define N_BELOW 3

static void
draw_bar (const StormDraw *self,
          double           x,
          double           y,
          double           width,
          double           height,
          StormRgba        color)
{
  StormRect bar = { x, y, width, height };

  storm_draw_fill (self, STORM_OP_FILL, &bar, 0, color);
}

/* Dashes between two corners, which are as long as these and whole. */
static void
draw_side (const StormDraw *self,
           double           x,
           double           y,
           double           length,
           gboolean         horizontal,
           StormRgba        color)
{
  double room = length - 2 * DASH;
  double n = floor ((room - GAP) / (DASH + GAP));
  double gap = n > 0 ? (room - n * DASH) / (n + 1) : 0;

  for (double i = 0; i < n; i++)
    {
      double at = round (DASH + gap + i * (DASH + gap));

      if (horizontal)
        draw_bar (self, x + at, y, DASH, THICK, color);
      else
        draw_bar (self, x, y + at, THICK, DASH, color);
    }
}

void
storm_draw_dashes (const StormDraw *self,
                   const StormRect *rect,
                   StormRgba        color)
{
  double right = rect->x + rect->width, bottom = rect->y + rect->height;

  for (guint i = 0; i < 4; i++)
    {
      double x = i % 2 == 0 ? rect->x : right - DASH;
      double y = i < 2 ? rect->y : bottom - DASH;

      draw_bar (self, x, i < 2 ? y : bottom - THICK, DASH, THICK, color);
      /* Without what the first one has drawn: colours may let others through. */
      draw_bar (self, i % 2 == 0 ? x : right - THICK, i < 2 ? y + THICK : y, THICK, DASH - THICK,
                color);
    }
  draw_side (self, rect->x, rect->y, rect->width, TRUE, color);
  draw_side (self, rect->x, bottom - THICK, rect->width, TRUE, color);
  draw_side (self, rect->x, rect->y, rect->height, FALSE, color);
  draw_side (self, right - THICK, rect->y, rect->height, FALSE, color);
}

void
storm_draw_ghost (const StormDraw *self,
                  const StormRect *rect)
{
  storm_draw_fill (self, STORM_OP_FILL, rect, 0, self->colors->pill);
  storm_draw_dashes (self, rect, self->colors->odd);
}

void
storm_draw_ghost_text (const StormDraw *self,
                       const char      *name)
{
  StormRect box = { GHOST_PAD, GHOST_PAD, STORM_GHOST_WIDTH - 2 * GHOST_PAD,
                    STORM_GHOST_HEIGHT - 2 * GHOST_PAD - GHOST_FOOT };
  StormPoint at;

  storm_text_fitter_title (self->fit, name, &box, box.y + box.height / 2, &at);
  storm_draw_fitted (self, at, self->colors->text);
}

static StormRect
ghost_at (double x,
          double y)
{
  return (StormRect) { x, y, STORM_GHOST_WIDTH, STORM_GHOST_HEIGHT };
}

StormRect
storm_ghost_place (const StormRect *after,
                   guint            n_there,
                   StormGhostTaken  taken,
                   gpointer         data)
{
  double step = STORM_GHOST_HEIGHT + GHOST_GAP;
  double right = after->x + after->width, bottom = after->y + after->height;
  double shift = GHOST_SHIFT * n_there;
  StormRect places[N_BELOW + 3];

  for (guint i = 0; i < N_BELOW; i++)
    places[i] = ghost_at (after->x, bottom + GHOST_GAP + i * step);
  places[N_BELOW] = ghost_at (right + GHOST_GAP, bottom - STORM_GHOST_HEIGHT);
  places[N_BELOW + 1] = ghost_at (after->x, after->y - step);
  places[N_BELOW + 2] = ghost_at (after->x - GHOST_GAP - STORM_GHOST_WIDTH, bottom -
                                  STORM_GHOST_HEIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (!taken (&places[i], data))
      return places[i];
  return ghost_at (right - GHOST_OVERLAP + shift, bottom - GHOST_OVERLAP + shift);
}
