#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** STORM_COORD_MAX: coordinates and sizes of a board lie within ± this many board units. */
#define STORM_COORD_MAX 1e7

/** StormPoint: a place on the board, in board units (1 unit is 1 pixel at 100 %), y down. */
typedef struct
{
  double x;
  double y;
} StormPoint;

/** StormRect: top left corner and size, in board units. Width and height are never negative. */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} StormRect;

#define STORM_TYPE_RECT (storm_rect_get_type ())
GType     storm_rect_get_type   (void);

static inline gboolean
storm_rect_contains (const StormRect *r,
                     double           x,
                     double           y)
{
  return x >= r->x && y >= r->y && x < r->x + r->width && y < r->y + r->height;
}

static inline gboolean
storm_rect_intersects (const StormRect *a,
                       const StormRect *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width &&
         a->y < b->y + b->height && b->y < a->y + a->height;
}

static inline gboolean
storm_rect_encloses (const StormRect *outer,
                     const StormRect *inner)
{
  return inner->x >= outer->x && inner->y >= outer->y &&
         inner->x + inner->width <= outer->x + outer->width &&
         inner->y + inner->height <= outer->y + outer->height;
}

static inline gboolean
storm_rect_equal (const StormRect *a,
                  const StormRect *b)
{
  return a->x == b->x && a->y == b->y && a->width == b->width && a->height == b->height;
}

static inline StormPoint
storm_rect_center (const StormRect *r)
{
  return (StormPoint) { r->x + r->width / 2, r->y + r->height / 2 };
}

/** storm_rect_union: around both; when @a is empty (no width and no height) it is @b. */
StormRect storm_rect_union      (const StormRect *a,
                                 const StormRect *b);

/** storm_rect_is_valid: finite, within ±%STORM_COORD_MAX, sizes not negative. */
gboolean  storm_rect_is_valid   (const StormRect *r);

G_END_DECLS
