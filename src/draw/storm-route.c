#include "config.h"

#include "storm-route.h"

#include <math.h>
#include <string.h>

/* Two stickies that face each other over this much get a straight flow. */
#define MIN_FACING 24.0
/* A run with two bends needs this much room between the stickies; else one bend, or around. */
#define MIN_GAP 28.0
/* An arrow head must have this much of a run before it. */
#define MIN_HEAD 14.0
/* A straight flow shorter than this could not be seen. */
#define MIN_STRAIGHT 8.0
/* As far as this, a flow to the right leaves sideways: boards are read from left to right. */
#define NEXT_COLUMN 160.0
/* The cross run keeps so far from the second sticky: in its lane, with other flows to it. */
#define LANE 40.0
/* From each other, for several flows between the same two: a head's width and some room. */
#define APART 20.0
/* With more than so many there is not always that room. */
#define MANY_BESIDE 5
/* Ends keep so far from the corners. */
#define SIDE_MARGIN 8.0
/* Ways around pass through lanes of which half the width is as much. */
#define MAX_ASIDE 14.0
/* A bend that is this far from where it was, with the ends where they were, is another shape. */
#define SAME_SHAPE 48.0

StormPoint
storm_side_point (const StormRect *rect,
                  StormSide        side,
                  double           out)
{
  StormPoint c = storm_rect_center (rect);

  switch (side)
    {
    case STORM_SIDE_LEFT:
      return (StormPoint) { rect->x - out, c.y };
    case STORM_SIDE_RIGHT:
      return (StormPoint) { rect->x + rect->width + out, c.y };
    case STORM_SIDE_TOP:
      return (StormPoint) { c.x, rect->y - out };
    case STORM_SIDE_BOTTOM:
    default:
      return (StormPoint) { c.x, rect->y + rect->height + out };
    }
}

static void
storm_route_set (StormRoute *out,
                 StormSide   start,
                 StormSide   end,
                 StormPoint  first,
                 StormPoint  last)
{
  out->start = start;
  out->end = end;
  out->points[0] = first;
  out->n = 1;
  out->points[out->n++] = last;
}

/* Puts the two bends of a Z or a U between the ends: @at is the place of the cross run. */
static void
storm_route_bend (StormRoute *out,
                  gboolean    horizontal,
                  double      at)
{
  StormPoint first = out->points[0], last = out->points[1];

  if (horizontal)
    {
      out->points[1] = (StormPoint) { at, first.y };
      out->points[2] = (StormPoint) { at, last.y };
    }
  else
    {
      out->points[1] = (StormPoint) { first.x, at };
      out->points[2] = (StormPoint) { last.x, at };
    }
  out->points[3] = last;
  out->n = 4;
}

static gboolean
storm_route_straight (const StormRect *from,
                      const StormRect *to,
                      StormRoute      *out)
{
  double top = MAX (from->y, to->y);
  double bottom = MIN (from->y + from->height, to->y + to->height);
  double left = MAX (from->x, to->x);
  double right = MIN (from->x + from->width, to->x + to->width);

  if (bottom - top >= MIN_FACING && left - right >= MIN_STRAIGHT)
    {
      StormSide side = from->x < to->x ? STORM_SIDE_RIGHT : STORM_SIDE_LEFT;
      StormSide end = side == STORM_SIDE_RIGHT ? STORM_SIDE_LEFT : STORM_SIDE_RIGHT;
      double y = (top + bottom) / 2;

      storm_route_set (out, side, end, (StormPoint) { storm_side_point (from, side, 0).x, y },
                       (StormPoint) { storm_side_point (to, end, 0).x, y });
      return TRUE;
    }
  if (right - left >= MIN_FACING && top - bottom >= MIN_STRAIGHT)
    {
      StormSide side = from->y < to->y ? STORM_SIDE_BOTTOM : STORM_SIDE_TOP;
      StormSide end = side == STORM_SIDE_BOTTOM ? STORM_SIDE_TOP : STORM_SIDE_BOTTOM;
      double x = (left + right) / 2;

      storm_route_set (out, side, end, (StormPoint) { x, storm_side_point (from, side, 0).y },
                       (StormPoint) { x, storm_side_point (to, end, 0).y });
      return TRUE;
    }
  return FALSE;
}

static gboolean
storm_route_two_bends (const StormRect *from,
                       const StormRect *to,
                       StormRoute      *out)
{
  double gap_x = MAX (to->x - (from->x + from->width), from->x - (to->x + to->width));
  double gap_y = MAX (to->y - (from->y + from->height), from->y - (to->y + to->height));
  gboolean horizontal;
  StormSide start, end;
  StormPoint a, b;

  if (gap_x < MIN_GAP && gap_y < MIN_GAP)
    return FALSE;

  /* The cross run lies in the lane between two columns or two rows, whichever is nearer; what goes
   * back to the left keeps to the rows, out of the way of what comes from there. */
  horizontal = gap_x >= MIN_GAP &&
               (gap_y < MIN_GAP || (from->x < to->x && (gap_x <= gap_y || gap_x <= NEXT_COLUMN)));
  if (horizontal)
    {
      start = from->x < to->x ? STORM_SIDE_RIGHT : STORM_SIDE_LEFT;
      end = start == STORM_SIDE_RIGHT ? STORM_SIDE_LEFT : STORM_SIDE_RIGHT;
    }
  else
    {
      start = from->y < to->y ? STORM_SIDE_BOTTOM : STORM_SIDE_TOP;
      end = start == STORM_SIDE_BOTTOM ? STORM_SIDE_TOP : STORM_SIDE_BOTTOM;
    }
  a = storm_side_point (from, start, 0);
  b = storm_side_point (to, end, 0);
  storm_route_set (out, start, end, a, b);
  if (horizontal)
    storm_route_bend (out, TRUE, b.x + CLAMP ((a.x - b.x) / 2, -LANE, LANE));
  else
    storm_route_bend (out, FALSE, b.y + CLAMP ((a.y - b.y) / 2, -LANE, LANE));
  return TRUE;
}

/* Sideways out of the first, then straight into the second from above or below. */
static gboolean
storm_route_one_bend (const StormRect *from,
                      const StormRect *to,
                      StormRoute      *out)
{
  StormPoint c = storm_rect_center (to);
  StormSide start = c.x > from->x + from->width / 2 ? STORM_SIDE_RIGHT : STORM_SIDE_LEFT;
  StormPoint a = storm_side_point (from, start, 0);
  StormSide end = a.y < c.y ? STORM_SIDE_TOP : STORM_SIDE_BOTTOM;
  StormPoint b = storm_side_point (to, end, 0);
  double run = start == STORM_SIDE_RIGHT ? c.x - a.x : a.x - c.x;
  double drop = end == STORM_SIDE_TOP ? b.y - a.y : a.y - b.y;

  if (run < MIN_HEAD || drop < MIN_HEAD)
    return FALSE;

  storm_route_set (out, start, end, a, b);
  out->points[2] = b;
  out->points[1] = (StormPoint) { b.x, a.y };
  out->n = 3;
  return TRUE;
}

/* Around, for stickies that overlap or nearly touch: above both, or past their right sides. */
static void
storm_route_around (const StormRect *from,
                    const StormRect *to,
                    StormRoute      *out)
{
  StormPoint a = storm_rect_center (from), b = storm_rect_center (to);

  if (fabs (a.x - b.x) >= MIN_FACING)
    {
      storm_route_set (out, STORM_SIDE_TOP, STORM_SIDE_TOP,
                       storm_side_point (from, STORM_SIDE_TOP, 0),
                       storm_side_point (to, STORM_SIDE_TOP, 0));
      storm_route_bend (out, FALSE, MIN (from->y, to->y) - STORM_ROUTE_STUB);
    }
  else
    {
      storm_route_set (out, STORM_SIDE_RIGHT, STORM_SIDE_RIGHT,
                       storm_side_point (from, STORM_SIDE_RIGHT, 0),
                       storm_side_point (to, STORM_SIDE_RIGHT, 0));
      storm_route_bend (out, TRUE,
                        MAX (from->x + from->width, to->x + to->width) + STORM_ROUTE_STUB);
    }
}

void
storm_route_within (const StormRect *outer,
                    const StormRect *inner,
                    gboolean         inwards,
                    StormRoute      *out)
{
  double gaps[] = {
    [STORM_SIDE_LEFT] = inner->x - outer->x,
    [STORM_SIDE_RIGHT] = outer->x + outer->width - inner->x - inner->width,
    [STORM_SIDE_TOP] = inner->y - outer->y,
    [STORM_SIDE_BOTTOM] = outer->y + outer->height - inner->y - inner->height,
  };
  StormSide side = STORM_SIDE_LEFT;
  StormPoint border;

  for (guint i = 0; i < G_N_ELEMENTS (gaps); i++)
    if (gaps[i] < gaps[side])
      side = i;
  border = storm_side_point (inner, side, gaps[side]);
  if (inwards)
    storm_route_set (out, side, side, border, storm_side_point (inner, side, 0));
  else
    storm_route_set (out, side, (const StormSide[]) { STORM_SIDE_RIGHT, STORM_SIDE_LEFT,
                                                      STORM_SIDE_BOTTOM, STORM_SIDE_TOP }[side],
                     storm_side_point (inner, side, 0), border);
}

void
storm_route_compute (const StormRect *from,
                     const StormRect *to,
                     StormRoute      *out)
{
  out->n = 0;
  if (!storm_route_straight (from, to, out) && !storm_route_two_bends (from, to, out) &&
      !storm_route_one_bend (from, to, out))
    storm_route_around (from, to, out);
}

static gboolean
storm_side_is_level (StormSide side)
{
  return side == STORM_SIDE_LEFT || side == STORM_SIDE_RIGHT;
}

/* How much of the sides is free for ends beside each other. */
static double
storm_route_room (const StormRoute *self,
                  const StormRect  *from,
                  const StormRect  *to)
{
  double room;

  if (self->n == 2 && storm_side_is_level (self->start))
    room = MIN (from->y + from->height, to->y + to->height) - MAX (from->y, to->y);
  else if (self->n == 2)
    room = MIN (from->x + from->width, to->x + to->width) - MAX (from->x, to->x);
  else
    room = MIN (storm_side_is_level (self->start) ? from->height : from->width,
                storm_side_is_level (self->end) ? to->height : to->width);

  return MAX (room - 2 * SIDE_MARGIN, 0);
}

/* How far the cross run may go to each side, so that both heads keep their room. */
static double
storm_route_lane (const StormRoute *self,
                  gboolean          level)
{
  const StormPoint *p = self->points;
  double before = level ? fabs (p[1].x - p[0].x) : fabs (p[1].y - p[0].y);
  double after = level ? fabs (p[3].x - p[2].x) : fabs (p[3].y - p[2].y);

  return MAX (MIN (before, after) - MIN_HEAD, 0);
}

/* Moves run @i, which is level or not, across itself. */
static void
storm_route_shift_run (StormRoute *self,
                       guint       i,
                       gboolean    level,
                       double      by)
{
  *(level ? &self->points[i].y : &self->points[i].x) += by;
  *(level ? &self->points[i + 1].y : &self->points[i + 1].x) += by;
}

/* Ways around have lanes with stickies on both sides: each run moves to its own left, so that they
 * stay beside each other at all bends; one that comes the other way has its left on the right. */
static void
storm_route_aside (StormRoute *self,
                   double      by)
{
  StormPoint p[STORM_ROUTE_MAX_POINTS];
  StormPoint first = self->points[0], last = self->points[self->n - 1];

  if (last.x < first.x || (last.x == first.x && last.y < first.y))
    by = -by;
  memcpy (p, self->points, self->n * sizeof *p);
  for (guint i = 0; i + 1 < self->n; i++)
    {
      gboolean level = p[i].y == p[i + 1].y;
      double way = level ? p[i + 1].x - p[i].x : p[i].y - p[i + 1].y;

      storm_route_shift_run (self, i, level, way > 0 ? -by : by);
    }
}

void
storm_route_tell_apart (StormRoute      *self,
                        const StormRect *from,
                        const StormRect *to,
                        guint            place,
                        guint            n)
{
  gboolean level = storm_side_is_level (self->start);
  StormPoint first = self->points[0], last = self->points[MAX (self->n, 1) - 1];
  double by, turn, most;

  if (n < 2 || self->n < 2)
    return;

  most = MIN (APART * (n - 1), storm_route_room (self, from, to)) / 2;
  by = most * (2.0 * place / (n - 1) - 1);
  if (self->n > 4)
    {
      storm_route_aside (self, CLAMP (by, -MAX_ASIDE, MAX_ASIDE));
      return;
    }
  if (self->start == self->end && self->n == 4)
    {
      /* Around: one within the other. */
      gboolean onward = level ? first.y < last.y : first.x < last.x;
      gboolean outward = self->start == STORM_SIDE_RIGHT || self->start == STORM_SIDE_BOTTOM;

      storm_route_shift_run (self, 0, level, onward ? -by : by);
      storm_route_shift_run (self, 1, !level, outward ? by : -by);
      storm_route_shift_run (self, 2, level, onward ? by : -by);
      return;
    }
  /* What leaves lower turns down earlier, and turns up later. */
  turn = (last.x - first.x) * (last.y - first.y) > 0 ? -1 : 1;
  if (self->n == 4 && most > 0)
    turn *= MIN (1, storm_route_lane (self, level) / most);
  for (guint i = 0; i + 1 < self->n; i++)
    storm_route_shift_run (self, i, (i % 2 == 0) == level, i % 2 == 0 ? by : turn * by);
}

StormRoute *
storm_route_dup (const StormRoute *self)
{
  return g_memdup2 (self, G_STRUCT_OFFSET (StormRoute, points) + self->n * sizeof *self->points);
}

gboolean
storm_route_equal (const StormRoute *a,
                   const StormRoute *b)
{
  return a->n == b->n && a->start == b->start && a->end == b->end &&
         memcmp (a->points, b->points, a->n * sizeof *a->points) == 0;
}

gboolean
storm_route_same_shape (const StormRoute *a,
                        const StormRoute *b)
{
  const StormPoint *p = a->points, *q = b->points;
  double moved;

  if (a->n != b->n || a->n < 2 || a->start != b->start || a->end != b->end)
    return FALSE;
  moved = MAX (hypot (p[0].x - q[0].x, p[0].y - q[0].y),
               hypot (p[a->n - 1].x - q[a->n - 1].x, p[a->n - 1].y - q[a->n - 1].y));
  for (guint i = 1; i + 1 < a->n; i++)
    if (hypot (p[i].x - q[i].x, p[i].y - q[i].y) > moved + SAME_SHAPE)
      return FALSE;
  return TRUE;
}

static gboolean
storm_run_cuts (const StormPoint *a,
                const StormPoint *b,
                const StormRect  *r,
                double            clear)
{
  return MIN (a->x, b->x) < r->x + r->width + clear && MAX (a->x, b->x) > r->x - clear &&
         MIN (a->y, b->y) < r->y + r->height + clear && MAX (a->y, b->y) > r->y - clear;
}

gboolean
storm_route_cuts (const StormRoute *self,
                  const StormRect  *rect,
                  double            clear)
{
  for (guint i = 1; i < self->n; i++)
    if (storm_run_cuts (&self->points[i - 1], &self->points[i], rect, clear))
      return TRUE;
  return FALSE;
}

double
storm_route_length (const StormRoute *self)
{
  double length = 0;

  for (guint i = 1; i < self->n; i++)
    length += fabs (self->points[i].x - self->points[i - 1].x) +
              fabs (self->points[i].y - self->points[i - 1].y);
  return length;
}

StormRect
storm_route_bounds (const StormRoute *self)
{
  StormPoint lo = self->points[0], hi = self->points[0];

  for (guint i = 1; i < self->n; i++)
    {
      lo.x = MIN (lo.x, self->points[i].x);
      lo.y = MIN (lo.y, self->points[i].y);
      hi.x = MAX (hi.x, self->points[i].x);
      hi.y = MAX (hi.y, self->points[i].y);
    }
  return (StormRect) { lo.x, lo.y, hi.x - lo.x, hi.y - lo.y };
}

StormPoint
storm_route_label_point (const StormRoute *self,
                         guint             place,
                         guint             n)
{
  double best = -1, share;
  StormPoint p = self->points[0];

  for (guint i = 1; i < self->n; i++)
    {
      const StormPoint *a = &self->points[i - 1], *b = &self->points[i];
      double length = fabs (b->x - a->x) + fabs (b->y - a->y);

      if (length > best)
        {
          best = length;
          /* Level runs lie one below the other, as far apart as a line of text while they are few;
           * upright ones never as far as a word is wide. */
          share = a->x == b->x || n > MANY_BESIDE ? (place + 1.0) / (n + 1) : .5;
          /* The same end of the way for all, whichever way each leads. */
          if (b->x + b->y < a->x + a->y)
            share = 1 - share;
          p = (StormPoint) { a->x + (b->x - a->x) * share, a->y + (b->y - a->y) * share };
        }
    }
  return p;
}

double
storm_route_distance (const StormRoute *self,
                      StormPoint        point)
{
  double best = G_MAXDOUBLE;

  for (guint i = 1; i < self->n; i++)
    {
      const StormPoint *a = &self->points[i - 1], *b = &self->points[i];
      double x = CLAMP (point.x, MIN (a->x, b->x), MAX (a->x, b->x));
      double y = CLAMP (point.y, MIN (a->y, b->y), MAX (a->y, b->y));

      best = MIN (best, hypot (point.x - x, point.y - y));
    }
  return best;
}
