#include "config.h"

#include "storm-route-find.h"

#include <math.h>
#include <stdlib.h>

#include "storm-route-bends.h"

/* A way around stays within this distance of both ends: one sticky and its lanes. */
#define REACH 200.0
/* With more than so many in reach the plain route must do: the work for a flow is bounded. */
#define MAX_RECTS 160
/* Two lanes, free or squeezed, at each of the two edges of each rect, and of both ends. */
#define MAX_LANES (4 * (MAX_RECTS + 2))
/* A lane keeps so far from the sticky that it passes, where there is room: as plain routes do. */
#define LANE_OUT 40.0
/* In a narrower gap it keeps to the middle, but no nearer than this. */
#define LANE_MIN (STORM_ROUTE_CLEAR + 2)
/* Lanes as near as this are one. */
#define LANE_SAME 4.0
/* An arrow head should have this much of a run before it; it costs to give it less. */
#define MIN_HEAD 14.0
#define TIGHT_COST 100.0
/* Of the lanes beside an end, so many are tried with all the others. */
#define NEAR_LANES 3
/* What a bend and a cut cost, in board units of way. */
#define BEND_COST 40.0
#define CUT_COST 2000.0
/* Boards are read to the right: what leaves to the left or enters from the right runs against the
 * others there, and lies on top of them. */
#define AGAINST_COST 120.0
/* A straight flow needs so much of what two sides share; a kept one less. */
#define MIN_FACING 24.0
#define KEEP_FACING 10.0
/* The same of the room beside its ends. */
#define KEEP_ROOM 2.0
/* The shape before is kept while it is longer by no more than this. */
#define KEEP_SHARE 1.15
#define KEEP_MORE 60.0
/* It may come so far into a sticky before it gives way. */
#define KEEP_DEPTH 4.0

typedef struct
{
  double at[MAX_LANES];
  guint  n;
} StormLanes;

typedef struct
{
  StormRouteEnds    ends;
  double            clear;
  const StormRoute *like;      /* only what has this shape */
  StormRect         rects[MAX_RECTS];
  guint             n_rects;
  gboolean          too_many;
  StormLanes        x;
  StormLanes        y;
  StormRoute        best;
  double            best_cost;
  gboolean          found;     /* @best is no longer what the search began with */
} StormSearch;

StormRect
storm_route_reach (const StormRouteEnds *ends)
{
  StormRect r = storm_rect_union (&ends->from, &ends->to);

  return (StormRect) { r.x - REACH, r.y - REACH, r.width + 2 * REACH, r.height + 2 * REACH };
}

void
storm_route_plain (const StormRouteEnds *ends,
                   StormRoute           *out)
{
  if (ends->n_bends > 0)
    {
      storm_route_through (&ends->from, &ends->to, ends->bends, ends->n_bends, out);
      return;
    }
  if (ends->framed && storm_rect_encloses (&ends->from, &ends->to))
    storm_route_within (&ends->from, &ends->to, TRUE, out);
  else if (ends->framed && storm_rect_encloses (&ends->to, &ends->from))
    storm_route_within (&ends->to, &ends->from, FALSE, out);
  else
    storm_route_compute (&ends->from, &ends->to, out);
  storm_route_tell_apart (out, &ends->from, &ends->to, ends->place, ends->n);
}

static void
storm_search_gather (const StormRect *rect,
                     gpointer         user_data)
{
  StormSearch *self = user_data;

  /* The ends themselves; and what covers one exactly, which no way could avoid. */
  if (storm_rect_equal (rect, &self->ends.from) || storm_rect_equal (rect, &self->ends.to))
    return;
  if (self->n_rects == MAX_RECTS)
    self->too_many = TRUE;
  else
    self->rects[self->n_rects++] = *rect;
}

static void
storm_search_gather_in (StormSearch     *self,
                        StormGrid       *stickies,
                        const StormRect *area)
{
  self->n_rects = 0;
  self->too_many = FALSE;
  storm_grid_query_rects (stickies, area, storm_search_gather, self);
  if (self->ends.cards != NULL)
    storm_grid_query_rects (self->ends.cards, area, storm_search_gather, self);
}

static guint
storm_search_count_cuts (const StormSearch *self,
                         const StormRoute  *route,
                         double             clear,
                         guint              enough)
{
  guint cuts = storm_route_cuts (route, &self->ends.from, -1) +
               storm_route_cuts (route, &self->ends.to, -1);

  for (guint i = 0; i < self->n_rects && cuts < enough; i++)
    cuts += storm_route_cuts (route, &self->rects[i], clear);
  return cuts;
}

static int
storm_lane_compare (gconstpointer a,
                    gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static const StormRect *
storm_search_rect (const StormSearch *self,
                   guint              i)
{
  return i == 0 ? &self->ends.from : i == 1 ? &self->ends.to : &self->rects[i - 2];
}

/* Beside the edge of one rect at @edge, on the side of @sign: as far as is usual, and in the middle
 * of the gap to the next one there. */
static void
storm_search_add_lanes (StormSearch *self,
                        StormLanes  *lanes,
                        gboolean     across,
                        double       edge,
                        int          sign,
                        guint        of)
{
  double gap = G_MAXDOUBLE;

  for (guint i = 0; i < self->n_rects + 2; i++)
    {
      const StormRect *r = storm_search_rect (self, i);
      double near = across ? (sign > 0 ? r->x : r->x + r->width)
                           : (sign > 0 ? r->y : r->y + r->height);
      double d = (near - edge) * sign;

      if (i != of && d > 0)
        gap = MIN (gap, d);
    }
  lanes->at[lanes->n++] = edge + sign * LANE_OUT;
  if (gap < 2 * LANE_OUT && gap >= 2 * LANE_MIN)
    lanes->at[lanes->n++] = edge + sign * gap / 2;
}

/* Only within reach: what lies further away nobody asked. */
static void
storm_search_make_lanes (StormSearch *self,
                         StormLanes  *lanes,
                         gboolean     across)
{
  StormRect reach = storm_route_reach (&self->ends);
  double begin = across ? reach.x : reach.y, end = begin + (across ? reach.width : reach.height);
  guint n = 0;

  lanes->n = 0;
  for (guint i = 0; i < self->n_rects + 2; i++)
    {
      const StormRect *r = storm_search_rect (self, i);
      double low = across ? r->x : r->y, high = low + (across ? r->width : r->height);

      storm_search_add_lanes (self, lanes, across, low, -1, i);
      storm_search_add_lanes (self, lanes, across, high, 1, i);
    }
  qsort (lanes->at, lanes->n, sizeof (double), storm_lane_compare);
  for (guint i = 0; i < lanes->n; i++)
    if (lanes->at[i] > begin && lanes->at[i] < end &&
        (n == 0 || lanes->at[i] - lanes->at[n - 1] >= LANE_SAME))
      lanes->at[n++] = lanes->at[i];
  lanes->n = n;
}

/* Whether a run to @at leaves or enters @side with some room. */
static gboolean
storm_search_faces (const StormSearch *self,
                    StormSide          side,
                    StormPoint         port,
                    double             at)
{
  double room = self->like != NULL ? KEEP_ROOM : LANE_MIN;

  switch (side)
    {
    case STORM_SIDE_LEFT:
      return at <= port.x - room;
    case STORM_SIDE_RIGHT:
      return at >= port.x + room;
    case STORM_SIDE_TOP:
      return at <= port.y - room;
    case STORM_SIDE_BOTTOM:
    default:
      return at >= port.y + room;
    }
}

static gboolean
storm_side_level (StormSide side)
{
  return side == STORM_SIDE_LEFT || side == STORM_SIDE_RIGHT;
}

static double
storm_search_cost (const StormSearch *self,
                   const StormRoute  *route)
{
  const StormPoint *end = &route->points[route->n - 1];
  double cost = storm_route_length (route) + BEND_COST * (route->n - 2);
  guint enough;

  if (fabs (end[0].x - end[-1].x) + fabs (end[0].y - end[-1].y) < MIN_HEAD)
    cost += TIGHT_COST;
  cost += AGAINST_COST * ((route->start == STORM_SIDE_LEFT) + (route->end == STORM_SIDE_RIGHT));
  if (cost >= self->best_cost)
    return G_MAXDOUBLE;
  enough = (guint) MIN ((self->best_cost - cost) / CUT_COST + 1, 1e6);
  return cost + CUT_COST * storm_search_count_cuts (self, route, self->clear, enough);
}

/* A lane may lie where an end is: then a run of the way has no length, and the next one leads back
 * over the one before. */
static gboolean
storm_route_has_empty_run (const StormRoute *route)
{
  const StormPoint *p = route->points;

  for (guint i = 1; i < route->n; i++)
    if (p[i].x == p[i - 1].x && p[i].y == p[i - 1].y)
      return TRUE;
  return FALSE;
}

static void
storm_search_try (StormSearch *self,
                  StormRoute  *route)
{
  double cost;

  if (storm_route_has_empty_run (route))
    return;
  if (self->like != NULL && !storm_route_same_shape (self->like, route))
    return;
  cost = storm_search_cost (self, route);
  if (cost >= self->best_cost)
    return;
  self->best = *route;
  self->best_cost = cost;
  self->found = TRUE;
}

static void
storm_search_set (StormRoute       *route,
                  StormPoint        a,
                  StormPoint        b,
                  const StormPoint *bends,
                  guint             n)
{
  route->points[0] = a;
  for (guint i = 0; i < n; i++)
    route->points[i + 1] = bends[i];
  route->points[n + 1] = b;
  route->n = n + 2;
}

/* Straight over what two sides share, where the plain route would bend already. */
static void
storm_search_straight (StormSearch *self,
                       StormRoute  *route)
{
  const StormRect *f = &self->ends.from, *t = &self->ends.to;
  gboolean level = storm_side_level (route->start);
  double low = level ? MAX (f->y, t->y) : MAX (f->x, t->x);
  double high = level ? MIN (f->y + f->height, t->y + t->height)
                      : MIN (f->x + f->width, t->x + t->width);
  StormPoint a = storm_side_point (f, route->start, 0), b = storm_side_point (t, route->end, 0);

  if (high - low < (self->like != NULL ? KEEP_FACING : MIN_FACING) ||
      !storm_search_faces (self, route->start, a, level ? b.x : b.y))
    return;
  if (level)
    a.y = b.y = (low + high) / 2;
  else
    a.x = b.x = (low + high) / 2;
  storm_search_set (route, a, b, NULL, 0);
  storm_search_try (self, route);
}

/* Both sides level or both upright: one cross run in any lane. */
static void
storm_search_cross (StormSearch *self,
                    StormRoute  *route,
                    StormPoint   a,
                    StormPoint   b)
{
  gboolean level = storm_side_level (route->start);
  const StormLanes *cross = level ? &self->x : &self->y;

  for (guint i = 0; i < cross->n; i++)
    {
      double at = cross->at[i];
      StormPoint z[] = { level ? (StormPoint) { at, a.y } : (StormPoint) { a.x, at },
                         level ? (StormPoint) { at, b.y } : (StormPoint) { b.x, at } };

      if (!storm_search_faces (self, route->start, a, at) ||
          !storm_search_faces (self, route->end, b, at))
        continue;
      storm_search_set (route, a, b, z, 2);
      storm_search_try (self, route);
    }
}

/* The lanes next to @port, outside of @side. */
static void
storm_search_near_lanes (const StormSearch *self,
                         const StormLanes  *all,
                         StormSide          side,
                         StormPoint         port,
                         StormLanes        *near)
{
  gboolean up = side == STORM_SIDE_RIGHT || side == STORM_SIDE_BOTTOM;

  near->n = 0;
  for (guint i = 0; i < all->n && near->n < NEAR_LANES; i++)
    {
      double at = all->at[up ? i : all->n - 1 - i];

      if (storm_search_faces (self, side, port, at))
        near->at[near->n++] = at;
    }
}

/* The same with two cross runs, beside both ends, and any lane between them. */
static void
storm_search_detour (StormSearch *self,
                     StormRoute  *route,
                     StormPoint   a,
                     StormPoint   b)
{
  gboolean level = storm_side_level (route->start);
  const StormLanes *cross = level ? &self->x : &self->y, *along = level ? &self->y : &self->x;
  StormLanes first, second;

  storm_search_near_lanes (self, cross, route->start, a, &first);
  storm_search_near_lanes (self, cross, route->end, b, &second);
  for (guint i = 0; i < first.n; i++)
    for (guint j = 0; j < second.n; j++)
      for (guint k = 0; k < along->n && first.at[i] != second.at[j]; k++)
        {
          double u = first.at[i], v = second.at[j], w = along->at[k];
          const StormPoint across[] = { { u, a.y }, { u, w }, { v, w }, { v, b.y } };
          const StormPoint upright[] = { { a.x, u }, { w, u }, { w, v }, { b.x, v } };

          storm_search_set (route, a, b, level ? across : upright, 4);
          storm_search_try (self, route);
        }
}

/* One side level, the other upright: one bend. */
static void
storm_search_corner (StormSearch *self,
                     StormRoute  *route,
                     StormPoint   a,
                     StormPoint   b)
{
  gboolean level = storm_side_level (route->start);
  StormPoint l = level ? (StormPoint) { b.x, a.y } : (StormPoint) { a.x, b.y };

  if (!storm_search_faces (self, route->start, a, level ? l.x : l.y) ||
      !storm_search_faces (self, route->end, b, level ? l.y : l.x))
    return;
  storm_search_set (route, a, b, &l, 1);
  storm_search_try (self, route);
}

static void
storm_search_corners_in (StormSearch      *self,
                         StormRoute       *route,
                         StormPoint        a,
                         StormPoint        b,
                         const StormLanes *first,
                         const StormLanes *second)
{
  gboolean level = storm_side_level (route->start);

  for (guint i = 0; i < first->n; i++)
    for (guint j = 0; j < second->n; j++)
      {
        double u = first->at[i], v = second->at[j];
        const StormPoint across[] = { { u, a.y }, { u, v }, { b.x, v } };
        const StormPoint upright[] = { { a.x, u }, { v, u }, { v, b.y } };

        if (!storm_search_faces (self, route->start, a, u) ||
            !storm_search_faces (self, route->end, b, v))
          continue;
        storm_search_set (route, a, b, level ? across : upright, 3);
        storm_search_try (self, route);
      }
}

/* The same with three bends, the first or the last of them near its end. */
static void
storm_search_corners (StormSearch *self,
                      StormRoute  *route,
                      StormPoint   a,
                      StormPoint   b)
{
  gboolean level = storm_side_level (route->start);
  const StormLanes *first = level ? &self->x : &self->y, *second = level ? &self->y : &self->x;
  StormLanes near;

  storm_search_near_lanes (self, first, route->start, a, &near);
  storm_search_corners_in (self, route, a, b, &near, second);
  storm_search_near_lanes (self, second, route->end, b, &near);
  storm_search_corners_in (self, route, a, b, first, &near);
}

static void
storm_search_sides (StormSearch *self,
                    StormSide    start,
                    StormSide    end,
                    gboolean     winding)
{
  StormRoute route = { .start = start, .end = end };
  StormPoint a = storm_side_point (&self->ends.from, start, 0);
  StormPoint b = storm_side_point (&self->ends.to, end, 0);
  gboolean parallel = storm_side_level (start) == storm_side_level (end);

  if (!winding && parallel && start != end)
    storm_search_straight (self, &route);
  if (!winding && parallel)
    storm_search_cross (self, &route, a, b);
  else if (!winding)
    storm_search_corner (self, &route, a, b);
  else if (parallel)
    storm_search_detour (self, &route, a, b);
  else
    storm_search_corners (self, &route, a, b);
}

static void
storm_search_run (StormSearch *self)
{
  static const StormSide sides[] = { STORM_SIDE_RIGHT, STORM_SIDE_TOP, STORM_SIDE_BOTTOM,
                                     STORM_SIDE_LEFT };

  self->found = FALSE;
  storm_search_make_lanes (self, &self->x, TRUE);
  storm_search_make_lanes (self, &self->y, FALSE);
  if (self->like != NULL)
    {
      storm_search_sides (self, self->like->start, self->like->end, self->like->n > 4);
      return;
    }
  /* The ones with few bends first, so that most of the others are given up by their length. */
  for (guint w = 0; w < 2; w++)
    for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
      for (guint j = 0; j < G_N_ELEMENTS (sides); j++)
        storm_search_sides (self, sides[i], sides[j], w == 1);
}

/* Whether the plain route is good: nothing near it, or nothing that could be helped. */
static gboolean
storm_search_plain_is_free (StormSearch *self,
                            StormGrid   *stickies)
{
  StormRect near = storm_route_bounds (&self->best);

  near = (StormRect) { near.x - STORM_ROUTE_CLEAR, near.y - STORM_ROUTE_CLEAR,
                       near.width + 2 * STORM_ROUTE_CLEAR, near.height + 2 * STORM_ROUTE_CLEAR };
  storm_search_gather_in (self, stickies, &near);
  for (guint i = 0; i < self->n_rects; i++)
    if (storm_route_cuts (&self->best, &self->rects[i], STORM_ROUTE_CLEAR))
      return FALSE;
  return !self->too_many;
}

/* Whether the shape of @previous fits the new places and @better is not much better. */
static gboolean
storm_search_keep (StormSearch      *self,
                   const StormRoute *previous,
                   const StormRoute *better)
{
  double cost = storm_route_length (better) + BEND_COST * (better->n - 2);
  guint cuts = storm_search_count_cuts (self, better, STORM_ROUTE_CLEAR, G_MAXUINT);

  self->like = previous;
  self->best_cost = G_MAXDOUBLE;
  self->clear = -KEEP_DEPTH;
  storm_search_run (self);
  return self->found &&
         storm_search_count_cuts (self, &self->best, -KEEP_DEPTH, G_MAXUINT) <= cuts &&
         storm_route_length (&self->best) + BEND_COST * (self->best.n - 2) <=
           cost * KEEP_SHARE + KEEP_MORE;
}

static void
storm_search_take (StormSearch *self,
                   StormRoute  *out)
{
  *out = self->best;
  storm_route_tell_apart (out, &self->ends.from, &self->ends.to, self->ends.place, self->ends.n);
}

gboolean
storm_route_find (StormGrid            *stickies,
                  const StormRouteEnds *ends,
                  const StormRoute     *previous,
                  StormRoute           *out)
{
  StormSearch self;
  StormRect reach;
  gboolean is_free;

  g_return_val_if_fail (stickies != NULL, FALSE);
  g_return_val_if_fail (ends != NULL && out != NULL, FALSE);

  if (ends->n_bends > 0)
    {
      storm_route_plain (ends, out);
      return FALSE;
    }
  /* Not all of it at once: most flows need none of the lanes. */
  self.ends = *ends;
  self.clear = STORM_ROUTE_CLEAR;
  self.like = NULL;
  storm_route_plain (ends, &self.best);
  *out = self.best;
  is_free = storm_search_plain_is_free (&self, stickies);
  if (previous != NULL && (previous->n < 2 || (is_free && storm_route_same_shape (previous, out))))
    previous = NULL;
  if ((is_free && previous == NULL) || storm_rect_intersects (&ends->from, &ends->to))
    return !is_free;

  reach = storm_route_reach (ends);
  storm_search_gather_in (&self, stickies, &reach);
  if (self.too_many)
    return TRUE;
  if (!is_free)
    {
      self.best_cost = G_MAXDOUBLE;
      self.best_cost = storm_search_cost (&self, &self.best);
      storm_search_run (&self);
      if (self.found)
        storm_search_take (&self, out);
    }
  if (previous != NULL && !storm_route_same_shape (previous, out) &&
      storm_search_keep (&self, previous, out))
    storm_search_take (&self, out);
  return TRUE;
}
