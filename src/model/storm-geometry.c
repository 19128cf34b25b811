#include "config.h"

#include "storm-geometry.h"

#include <math.h>

static StormRect *
storm_rect_copy (const StormRect *r)
{
  return g_memdup2 (r, sizeof *r);
}

G_DEFINE_BOXED_TYPE (StormRect, storm_rect, storm_rect_copy, g_free)

StormRect
storm_rect_union (const StormRect *a,
                  const StormRect *b)
{
  StormRect r;

  if (a->width == 0 && a->height == 0)
    return *b;

  r.x = MIN (a->x, b->x);
  r.y = MIN (a->y, b->y);
  r.width = MAX (a->x + a->width, b->x + b->width) - r.x;
  r.height = MAX (a->y + a->height, b->y + b->height) - r.y;
  return r;
}

gboolean
storm_rect_is_valid (const StormRect *r)
{
  if (!isfinite (r->x) || !isfinite (r->y) || !isfinite (r->width) || !isfinite (r->height))
    return FALSE;

  return r->width >= 0 && r->height >= 0 &&
         r->x >= -STORM_COORD_MAX && r->y >= -STORM_COORD_MAX &&
         r->x + r->width <= STORM_COORD_MAX && r->y + r->height <= STORM_COORD_MAX;
}
