#include "config.h"

#include "storm-viewport.h"

#include <math.h>

#define RUNGS_PER_OCTAVE 8.0
/* Pixels from the border, and pixels a second at it; twice as many well beyond it. */
#define PUSH_ZONE 28.0
#define PUSH_SPEED 700.0

static void
storm_viewport_clamp (StormViewport *self)
{
  double half_w = self->width / self->zoom / 2;
  double half_h = self->height / self->zoom / 2;

  /* The middle stays on the board's plane, so that nobody gets lost beyond it. */
  self->x = CLAMP (self->x + half_w, -STORM_COORD_MAX, STORM_COORD_MAX) - half_w;
  self->y = CLAMP (self->y + half_h, -STORM_COORD_MAX, STORM_COORD_MAX) - half_h;
}

void
storm_viewport_init (StormViewport *self)
{
  *self = (StormViewport) { .zoom = 1 };
}

gboolean
storm_viewport_set_size (StormViewport *self,
                         double         width,
                         double         height)
{
  if (self->width == width && self->height == height)
    return FALSE;

  self->width = MAX (width, 0);
  self->height = MAX (height, 0);
  return TRUE;
}

StormPoint
storm_viewport_to_world (const StormViewport *self,
                         StormPoint           screen)
{
  return (StormPoint) { self->x + screen.x / self->zoom, self->y + screen.y / self->zoom };
}

StormPoint
storm_viewport_to_screen (const StormViewport *self,
                          StormPoint           world)
{
  return (StormPoint) { (world.x - self->x) * self->zoom, (world.y - self->y) * self->zoom };
}

StormRect
storm_viewport_rect_to_screen (const StormViewport *self,
                               const StormRect     *world)
{
  return (StormRect) { (world->x - self->x) * self->zoom, (world->y - self->y) * self->zoom,
                       world->width * self->zoom, world->height * self->zoom };
}

StormRect
storm_viewport_get_visible (const StormViewport *self)
{
  return (StormRect) { self->x, self->y, self->width / self->zoom, self->height / self->zoom };
}

StormPoint
storm_viewport_get_center (const StormViewport *self)
{
  StormRect visible = storm_viewport_get_visible (self);

  return storm_rect_center (&visible);
}

void
storm_viewport_set_center (StormViewport *self,
                           StormPoint     world)
{
  if (!isfinite (world.x) || !isfinite (world.y))
    return;

  self->x = world.x - self->width / self->zoom / 2;
  self->y = world.y - self->height / self->zoom / 2;
  storm_viewport_clamp (self);
}

void
storm_viewport_pan (StormViewport *self,
                    double         dx,
                    double         dy)
{
  if (!isfinite (dx) || !isfinite (dy))
    return;

  self->x += dx / self->zoom;
  self->y += dy / self->zoom;
  storm_viewport_clamp (self);
}

void
storm_viewport_zoom_at (StormViewport *self,
                        double         zoom,
                        StormPoint     screen)
{
  StormPoint world;

  /* X11 scroll events have NaN for a position. */
  if (!isfinite (zoom) || !isfinite (screen.x) || !isfinite (screen.y))
    return;

  world = storm_viewport_to_world (self, screen);
  self->zoom = CLAMP (zoom, STORM_ZOOM_MIN, STORM_ZOOM_MAX);
  self->x = world.x - screen.x / self->zoom;
  self->y = world.y - screen.y / self->zoom;
  storm_viewport_clamp (self);
}

double
storm_zoom_step (double zoom,
                 int    steps)
{
  double rung = log2 (zoom) * RUNGS_PER_OCTAVE;
  double base;

  /* From between two rungs (after a pinch or a fit) the first step leads to the neighbour. */
  if (steps > 0)
    base = floor (rung + 1e-6);
  else
    base = ceil (rung - 1e-6);

  return CLAMP (exp2 ((base + steps) / RUNGS_PER_OCTAVE), STORM_ZOOM_MIN, STORM_ZOOM_MAX);
}

void
storm_viewport_zoom_step (StormViewport *self,
                          int            steps,
                          StormPoint     screen)
{
  if (steps != 0)
    storm_viewport_zoom_at (self, storm_zoom_step (self->zoom, steps), screen);
}

void
storm_viewport_fit (StormViewport   *self,
                    const StormRect *rect,
                    double           margin,
                    double           max_zoom)
{
  storm_viewport_fit_margins (self, rect, margin, margin, max_zoom);
}

void
storm_viewport_fit_margins (StormViewport   *self,
                            const StormRect *rect,
                            double           beside,
                            double           above,
                            double           max_zoom)
{
  double w = MAX (self->width - 2 * beside, 1);
  double h = MAX (self->height - 2 * above, 1);
  double zoom = MIN (w / MAX (rect->width, 1), h / MAX (rect->height, 1));

  self->zoom = CLAMP (MIN (zoom, max_zoom), STORM_ZOOM_MIN, STORM_ZOOM_MAX);
  storm_viewport_set_center (self, storm_rect_center (rect));
}

/* How far [from, from + size) must move to show [lo, hi); the start wins when it is too long. */
static double
storm_reveal_shift (double from,
                    double size,
                    double lo,
                    double hi)
{
  if (lo < from || hi - lo > size)
    return lo - from;
  if (hi > from + size)
    return hi - (from + size);
  return 0;
}

gboolean
storm_viewport_reveal (StormViewport   *self,
                       const StormRect *rect,
                       double           margin)
{
  StormRect seen = storm_viewport_get_visible (self);
  double m = margin / self->zoom;
  double dx = storm_reveal_shift (seen.x, seen.width, rect->x - m, rect->x + rect->width + m);
  double dy = storm_reveal_shift (seen.y, seen.height, rect->y - m, rect->y + rect->height + m);

  if (dx == 0 && dy == 0)
    return FALSE;

  self->x += dx;
  self->y += dy;
  storm_viewport_clamp (self);
  return TRUE;
}

/* The zone lies inside the widget: a full screen has nothing outside. */
static double
storm_viewport_push_along (double at,
                           double size)
{
  double zone = MIN (PUSH_ZONE, size / 4);

  if (at < zone)
    return -MIN ((zone - at) / zone, 2) * PUSH_SPEED;
  if (at > size - zone)
    return MIN ((at - (size - zone)) / zone, 2) * PUSH_SPEED;
  return 0;
}

StormPoint
storm_viewport_push (const StormViewport *self,
                     StormPoint           screen)
{
  g_return_val_if_fail (self != NULL, ((StormPoint) { 0, 0 }));

  if (self->width <= 0 || self->height <= 0)
    return (StormPoint) { 0, 0 };
  return (StormPoint) { storm_viewport_push_along (screen.x, self->width),
                        storm_viewport_push_along (screen.y, self->height) };
}

gboolean
storm_viewport_equal (const StormViewport *a,
                      const StormViewport *b)
{
  return a->x == b->x && a->y == b->y && a->zoom == b->zoom && a->width == b->width &&
         a->height == b->height;
}
