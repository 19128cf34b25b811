#include "config.h"

#include "storm-route-bends.h"

#include <math.h>
#include <string.h>

/* Ends keep so far from the corners. */
#define SIDE_MARGIN 8.0
/* Runs that lie apart by less than this were meant to be in line. */
#define IN_LINE 10.0

/* So many bends, each with one more between, and both ends with theirs. */
G_STATIC_ASSERT (STORM_ROUTE_MAX_POINTS >= 2 * STORM_ROUTE_MAX_BENDS + 4);

static gboolean
storm_within (double low,
              double size,
              double at)
{
  double margin = MIN (SIDE_MARGIN, size / 4);

  return at >= low + margin && at <= low + size - margin;
}

/* Where a flow between @rect and @point meets the border, and on which side; @corner is where it
 * bends between when they are in no line: level first as seen from @rect, or upright first. */
static StormSide
storm_port (const StormRect *rect,
            StormPoint       point,
            gboolean         level_first,
            StormPoint      *port,
            StormPoint      *corner)
{
  StormPoint c = storm_rect_center (rect);
  gboolean level = storm_within (rect->y, rect->height, point.y);
  gboolean upright = !level && storm_within (rect->x, rect->width, point.x);
  StormSide side;

  if (!level && !upright)
    {
      level = level_first;
      *corner = level ? (StormPoint) { point.x, c.y } : (StormPoint) { c.x, point.y };
    }
  else
    {
      c = point;
      *corner = point;
    }
  if (level)
    side = corner->x < rect->x + rect->width / 2 ? STORM_SIDE_LEFT : STORM_SIDE_RIGHT;
  else
    side = corner->y < rect->y + rect->height / 2 ? STORM_SIDE_TOP : STORM_SIDE_BOTTOM;
  *port = storm_side_point (rect, side, 0);
  if (level)
    port->y = c.y;
  else
    port->x = c.x;
  return side;
}

static StormSide
storm_opposite (StormSide side)
{
  static const StormSide opposites[] = {
    [STORM_SIDE_LEFT] = STORM_SIDE_RIGHT, [STORM_SIDE_RIGHT] = STORM_SIDE_LEFT,
    [STORM_SIDE_TOP] = STORM_SIDE_BOTTOM, [STORM_SIDE_BOTTOM] = STORM_SIDE_TOP,
  };

  return opposites[side];
}

static void
storm_route_add (StormRoute *self,
                 StormPoint  p)
{
  StormPoint *last = &self->points[MAX (self->n, 1) - 1];

  if (self->n > 0 && last->x == p.x && last->y == p.y)
    return;
  /* On in the same line. */
  if (self->n > 1 && ((last[-1].x == last->x && last->x == p.x) ||
                      (last[-1].y == last->y && last->y == p.y)))
    *last = p;
  else
    self->points[self->n++] = p;
}

static gboolean
storm_route_came_level (const StormRoute *self)
{
  const StormPoint *last = &self->points[self->n - 1];

  return self->n > 1 && last[-1].y == last->y;
}

void
storm_route_through (const StormRect  *from,
                     const StormRect  *to,
                     const StormPoint *bends,
                     guint             n,
                     StormRoute       *out)
{
  StormPoint port, corner, last;

  g_return_if_fail (n > 0 && n <= STORM_ROUTE_MAX_BENDS);

  out->n = 0;
  out->start = storm_port (from, bends[0], TRUE, &port, &corner);
  storm_route_add (out, port);
  storm_route_add (out, corner);
  storm_route_add (out, bends[0]);
  for (guint i = 1; i < n; i++)
    {
      last = out->points[out->n - 1];
      if (last.x != bends[i].x && last.y != bends[i].y)
        storm_route_add (out, storm_route_came_level (out)
                                ? (StormPoint) { last.x, bends[i].y }
                                : (StormPoint) { bends[i].x, last.y });
      storm_route_add (out, bends[i]);
    }
  last = bends[n - 1];
  out->end = storm_port (to, last, storm_route_came_level (out), &port, &corner);
  storm_route_add (out, corner);
  storm_route_add (out, port);
  /* The head comes from within a context. */
  if (storm_rect_contains (to, last.x, last.y))
    out->end = storm_opposite (out->end);
  if (out->n < 2)
    out->points[out->n++] = port;
}

guint
storm_route_nearest_run (const StormRoute *self,
                         StormPoint        at)
{
  double best = G_MAXDOUBLE;
  guint run = 0;

  for (guint i = 0; i + 1 < self->n; i++)
    {
      StormRoute one = { .points = { self->points[i], self->points[i + 1] }, .n = 2 };
      double d = storm_route_distance (&one, at);

      if (d < best)
        {
          best = d;
          run = i;
        }
    }
  return run;
}

/* The points between the ends, as many as may be kept. */
static guint
storm_route_take_bends (const StormRoute *self,
                        StormPoint       *bends)
{
  guint n = MIN (self->n - 2, STORM_ROUTE_MAX_BENDS);

  memcpy (bends, self->points + 1, n * sizeof *bends);
  return n;
}

guint
storm_route_pull_run (const StormRoute *self,
                      guint             run,
                      StormPoint        at,
                      StormPoint        by,
                      StormPoint       *bends)
{
  gboolean level;
  guint n;

  g_return_val_if_fail (self->n >= 2 && run + 1 < self->n, 0);

  level = self->points[run].y == self->points[run + 1].y;
  n = storm_route_take_bends (self, bends);
  if (n == 0)
    {
      bends[0] = level ? (StormPoint) { at.x, self->points[0].y + by.y }
                       : (StormPoint) { self->points[0].x + by.x, at.y };
      return 1;
    }
  /* Bend i is point i + 1; at the ends the sides give way by themselves. */
  for (guint i = run > 0 ? run - 1 : 0; i <= run && i < n; i++)
    *(level ? &bends[i].y : &bends[i].x) += level ? by.y : by.x;
  return n;
}

guint
storm_route_pull_bend (const StormRoute *self,
                       guint             i,
                       StormPoint        to,
                       StormPoint       *bends)
{
  const StormPoint *p = &self->points[i];
  guint n;

  g_return_val_if_fail (i > 0 && i + 1 < self->n, 0);

  n = storm_route_take_bends (self, bends);
  if (i > n)
    return n;
  bends[i - 1] = to;
  if (i > 1)
    *(p[-1].y == p->y ? &bends[i - 2].y : &bends[i - 2].x) = p[-1].y == p->y ? to.y : to.x;
  if (i < n)
    *(p[1].y == p->y ? &bends[i].y : &bends[i].x) = p[1].y == p->y ? to.y : to.x;
  return n;
}

/* A cross run so short that both sides of it were meant to be one: its bends go. */
static gboolean
storm_route_drop_jog (const StormRoute *route,
                      StormPoint       *bends,
                      guint            *n)
{
  for (guint i = 1; i + 2 < route->n && i < *n; i++)
    {
      const StormPoint *p = &route->points[i];
      gboolean level = p[0].y == p[1].y;

      if (fabs (p[0].x - p[1].x) + fabs (p[0].y - p[1].y) >= IN_LINE)
        continue;
      /* What comes after keeps to the line of what was before. */
      if (i + 1 < *n && level)
        bends[i + 1].x = p[0].x;
      else if (i + 1 < *n)
        bends[i + 1].y = p[0].y;
      memmove (bends + i - 1, bends + i + 1, (*n - i - 1) * sizeof *bends);
      *n -= 2;
      return TRUE;
    }
  return FALSE;
}

guint
storm_route_settle_bends (const StormRect *from,
                          const StormRect *to,
                          StormPoint      *bends,
                          guint            n)
{
  StormRoute route;

  while (n > 0)
    {
      storm_route_through (from, to, bends, n, &route);
      n = storm_route_take_bends (&route, bends);
      if (!storm_route_drop_jog (&route, bends, &n))
        break;
    }
  return n;
}

guint
storm_route_drop_bend (const StormRoute *self,
                       const StormRect  *from,
                       const StormRect  *to,
                       guint             i,
                       StormPoint       *bends)
{
  /* Alone, or with the one before or after: without it the runs beside it might meet there. */
  static const struct { int first; guint n; } ways[] = { { 0, 1 }, { -1, 2 }, { 0, 2 } };

  g_return_val_if_fail (i > 0 && i + 1 < self->n, 0);

  for (guint w = 0; w < G_N_ELEMENTS (ways); w++)
    {
      int first = (int) i - 1 + ways[w].first;
      guint n = storm_route_take_bends (self, bends);
      StormRoute route;

      if (first < 0 || first + ways[w].n >= n)
        continue;
      memmove (bends + first, bends + first + ways[w].n,
               (n - first - ways[w].n) * sizeof *bends);
      n = storm_route_settle_bends (from, to, bends, n - ways[w].n);
      if (n == 0)
        return 0;
      storm_route_through (from, to, bends, n, &route);
      if (route.n < self->n && !storm_route_cuts (&route, from, -1) &&
          !storm_route_cuts (&route, to, -1))
        return n;
    }
  return 0;
}
