#include "config.h"

#include "storm-guides.h"

#include <math.h>

#include "storm-tidy.h"

/* Neighbours farther off are none. */
#define NEIGHBOUR_REACH 640.0
/* Places that are shown as one. */
#define SAME 0.51

typedef enum
{
  ACROSS,
  DOWN,
  N_AXES
} Axis;

/* An edge or a centre, and whose it is. */
typedef struct
{
  double at;
  guint  rect;
} Mark;

struct _StormGuides
{
  StormRect *rects;
  guint      n;
  Mark      *edges[N_AXES];     /* 2 n, sorted */
  Mark      *centers[N_AXES];   /* n, sorted */
  StormGrid *grid;
};

static double
start_of (const StormRect *rect,
          Axis             axis)
{
  return axis == ACROSS ? rect->x : rect->y;
}

static double
size_of (const StormRect *rect,
         Axis             axis)
{
  return axis == ACROSS ? rect->width : rect->height;
}

static double
end_of (const StormRect *rect,
        Axis             axis)
{
  return start_of (rect, axis) + size_of (rect, axis);
}

static Axis
other (Axis axis)
{
  return axis == ACROSS ? DOWN : ACROSS;
}

static int
compare_marks (gconstpointer a,
               gconstpointer b)
{
  const Mark *first = a, *second = b;

  if (first->at != second->at)
    return first->at < second->at ? -1 : 1;
  return first->rect < second->rect ? -1 : first->rect > second->rect;
}

StormGuides *
storm_guides_new (const StormRect *rects,
                  guint            n)
{
  StormGuides *self = g_new0 (StormGuides, 1);

  self->rects = g_memdup2 (rects, n * sizeof *rects);
  self->n = n;
  self->grid = storm_grid_new ();
  for (guint i = 0; i < n; i++)
    storm_grid_insert (self->grid, &rects[i], &self->rects[i]);
  for (Axis axis = ACROSS; axis < N_AXES; axis++)
    {
      self->edges[axis] = g_new (Mark, 2 * n + 1);
      self->centers[axis] = g_new (Mark, n + 1);
      for (guint i = 0; i < n; i++)
        {
          double start = start_of (&rects[i], axis), size = size_of (&rects[i], axis);

          self->edges[axis][2 * i] = (Mark) { start, i };
          self->edges[axis][2 * i + 1] = (Mark) { start + size, i };
          self->centers[axis][i] = (Mark) { start + size / 2, i };
        }
      if (n > 0)
        {
          qsort (self->edges[axis], 2 * n, sizeof (Mark), compare_marks);
          qsort (self->centers[axis], n, sizeof (Mark), compare_marks);
        }
    }

  return self;
}

void
storm_guides_free (StormGuides *self)
{
  if (self == NULL)
    return;

  for (Axis axis = ACROSS; axis < N_AXES; axis++)
    {
      g_free (self->edges[axis]);
      g_free (self->centers[axis]);
    }
  storm_grid_free (self->grid);
  g_free (self->rects);
  g_free (self);
}

/* The first of @marks that is not before @at. */
static guint
find_mark (const Mark *marks,
           guint       n,
           double      at)
{
  guint low = 0, high = n;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (marks[middle].at < at)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* Takes the nearest of @marks for @delta when it is nearer than what is there. */
static void
try_marks (const Mark *marks,
           guint       n,
           double      at,
           double     *delta)
{
  guint after = find_mark (marks, n, at);

  if (after < n && fabs (marks[after].at - at) < fabs (*delta))
    *delta = marks[after].at - at;
  if (after > 0 && fabs (marks[after - 1].at - at) < fabs (*delta))
    *delta = marks[after - 1].at - at;
}

/*
 * The nearest on both sides of what is dragged, and the next ones behind them; %NULL for none.
 * @low: those before it
 * @high: those behind it
 */
typedef struct
{
  const StormRect *dragged;
  Axis             axis;
  const StormRect *low[2];
  const StormRect *high[2];
} Neighbours;

static gboolean
overlap (const StormRect *a,
         const StormRect *b,
         Axis             axis)
{
  return start_of (a, axis) < end_of (b, axis) && start_of (b, axis) < end_of (a, axis);
}

static void
find_neighbour (gpointer data,
                gpointer user_data)
{
  const StormRect *rect = data;
  Neighbours *found = user_data;
  Axis axis = found->axis;
  double middle = start_of (found->dragged, axis) + size_of (found->dragged, axis) / 2;

  if (!overlap (rect, found->dragged, other (axis)))
    return;
  if (end_of (rect, axis) <= middle)
    {
      if (found->low[0] == NULL || end_of (rect, axis) > end_of (found->low[0], axis))
        found->low[0] = rect;
    }
  else if (start_of (rect, axis) >= middle)
    {
      if (found->high[0] == NULL || start_of (rect, axis) < start_of (found->high[0], axis))
        found->high[0] = rect;
    }
}

static void
find_second (gpointer data,
             gpointer user_data)
{
  const StormRect *rect = data;
  Neighbours *found = user_data;
  Axis axis = found->axis;

  if (!overlap (rect, found->dragged, other (axis)))
    return;
  if (found->low[0] != NULL && end_of (rect, axis) <= start_of (found->low[0], axis) &&
      (found->low[1] == NULL || end_of (rect, axis) > end_of (found->low[1], axis)))
    found->low[1] = rect;
  if (found->high[0] != NULL && start_of (rect, axis) >= end_of (found->high[0], axis) &&
      (found->high[1] == NULL || start_of (rect, axis) < start_of (found->high[1], axis)))
    found->high[1] = rect;
}

static void
find_neighbours (const StormGuides *self,
                 const StormRect   *rect,
                 Axis               axis,
                 Neighbours        *out)
{
  StormRect band = *rect;

  *out = (Neighbours) { rect, axis, { NULL, NULL }, { NULL, NULL } };
  if (axis == ACROSS)
    {
      band.x -= NEIGHBOUR_REACH;
      band.width += 2 * NEIGHBOUR_REACH;
    }
  else
    {
      band.y -= NEIGHBOUR_REACH;
      band.height += 2 * NEIGHBOUR_REACH;
    }
  storm_grid_query (self->grid, &band, find_neighbour, out);
  storm_grid_query (self->grid, &band, find_second, out);
}

/* One way to stand at a gap: where it begins then, and between whom there is the gap. */
typedef struct
{
  double           start;
  const StormRect *before;
  const StormRect *after;
  const StormRect *more_before;
  const StormRect *more_after;
} Place;

/* At most five: beside each neighbour, in the middle, and going on at the gap there is. */
static guint
find_places (const Neighbours *found,
             Place             places[5])
{
  Axis axis = found->axis;
  double size = size_of (found->dragged, axis);
  const StormRect *low = found->low[0], *high = found->high[0];
  guint n = 0;

  if (low != NULL)
    places[n++] = (Place) { end_of (low, axis) + STORM_TIDY_GAP, low, NULL, NULL, NULL };
  if (high != NULL)
    places[n++] = (Place) { start_of (high, axis) - STORM_TIDY_GAP - size, NULL, high, NULL,
                            NULL };
  if (low != NULL && high != NULL && start_of (high, axis) - end_of (low, axis) >= size)
    /* Whole units: places stay readable in the text form. */
    places[n++] = (Place) { rint ((end_of (low, axis) + start_of (high, axis) - size) / 2), low,
                            high, NULL, NULL };
  if (low != NULL && found->low[1] != NULL)
    places[n++] = (Place) { 2 * end_of (low, axis) - size_of (low, axis) -
                            end_of (found->low[1], axis), low, NULL, found->low[1], NULL };
  if (high != NULL && found->high[1] != NULL)
    places[n++] = (Place) { 2 * start_of (high, axis) + size_of (high, axis) -
                            start_of (found->high[1], axis) - size, NULL, high, NULL,
                            found->high[1] };

  return n;
}

static void
add_line (StormSnap *snap,
          Axis       axis,
          double     at,
          double     from,
          double     to,
          gboolean   gap)
{
  /* A line stands across its axis, a gap lies along it. */
  StormGuideLine line = (axis == ACROSS) != gap
                        ? (StormGuideLine) { { at, from }, { at, to }, gap }
                        : (StormGuideLine) { { from, at }, { to, at }, gap };

  for (guint i = 0; i < snap->n_lines; i++)
    {
      StormGuideLine *old = &snap->lines[i];

      if (old->gap == gap && fabs (old->from.x - line.from.x) < SAME &&
          fabs (old->from.y - line.from.y) < SAME && fabs (old->to.x - line.to.x) < SAME &&
          fabs (old->to.y - line.to.y) < SAME)
        return;
    }
  if (snap->n_lines < STORM_GUIDES_MAX_LINES)
    snap->lines[snap->n_lines++] = line;
}

/* A line through @at, from @rect to the nearest that has a mark there. */
static void
show_marks (const StormGuides *self,
            const Mark        *marks,
            guint              n,
            const StormRect   *rect,
            Axis               axis,
            double             at,
            StormSnap         *snap)
{
  Axis along = other (axis);
  const StormRect *nearest = NULL;
  double best = INFINITY, line = at;

  for (guint i = find_mark (marks, n, at - SAME); i < n && marks[i].at <= at + SAME; i++)
    {
      const StormRect *other_rect = &self->rects[marks[i].rect];
      double away = MAX (start_of (other_rect, along) - end_of (rect, along),
                         start_of (rect, along) - end_of (other_rect, along));

      if (away < best)
        {
          best = away;
          nearest = other_rect;
          line = marks[i].at;
        }
    }
  if (nearest != NULL)
    add_line (snap, axis, line, MIN (start_of (rect, along), start_of (nearest, along)),
              MAX (end_of (rect, along), end_of (nearest, along)), FALSE);
}

/* The gap between @a and @b, where both are. */
static void
show_gap (const StormRect *a,
          const StormRect *b,
          Axis             axis,
          StormSnap       *snap)
{
  Axis across = other (axis);
  double from = MAX (start_of (a, across), start_of (b, across));
  double to = MIN (end_of (a, across), end_of (b, across));

  add_line (snap, axis, (from + to) / 2, end_of (a, axis), start_of (b, axis), TRUE);
}

static void
show_place (const Place     *place,
            const StormRect *rect,
            Axis             axis,
            StormSnap       *snap)
{
  if (place->before != NULL)
    show_gap (place->before, rect, axis, snap);
  if (place->after != NULL)
    show_gap (rect, place->after, axis, snap);
  if (place->more_before != NULL)
    show_gap (place->more_before, place->before, axis, snap);
  if (place->more_after != NULL)
    show_gap (place->after, place->more_after, axis, snap);
}

/* How far @rect goes along @axis to be in line; infinite when nothing is within @reach. */
static double
find_delta (const StormGuides *self,
            const StormRect   *rect,
            Axis               axis,
            double             reach)
{
  double start = start_of (rect, axis), size = size_of (rect, axis);
  double delta = INFINITY, center = INFINITY;
  Neighbours found;
  Place places[5];
  guint n;

  try_marks (self->edges[axis], 2 * self->n, start, &delta);
  try_marks (self->edges[axis], 2 * self->n, start + size, &delta);
  try_marks (self->centers[axis], self->n, start + size / 2, &center);
  if (isfinite (center))
    center = rint (start + center) - start;
  if (fabs (center) < fabs (delta))
    delta = center;
  find_neighbours (self, rect, axis, &found);
  n = find_places (&found, places);
  for (guint i = 0; i < n; i++)
    {
      if (fabs (places[i].start - start) < fabs (delta))
        delta = places[i].start - start;
    }

  return fabs (delta) <= reach ? delta : INFINITY;
}

/* Everything that is in line at the place where @rect is now. */
static void
show_all (const StormGuides *self,
          const StormRect   *rect,
          Axis               axis,
          StormSnap         *snap)
{
  double start = start_of (rect, axis), size = size_of (rect, axis);
  Neighbours found;
  Place places[5];
  guint n, n_before = snap->n_lines;

  show_marks (self, self->edges[axis], 2 * self->n, rect, axis, start, snap);
  show_marks (self, self->edges[axis], 2 * self->n, rect, axis, start + size, snap);
  /* With its edges in line the centre of most is too; that would say nothing more. */
  if (snap->n_lines == n_before)
    show_marks (self, self->centers[axis], self->n, rect, axis, start + size / 2, snap);
  find_neighbours (self, rect, axis, &found);
  n = find_places (&found, places);
  for (guint i = 0; i < n; i++)
    {
      if (fabs (places[i].start - start) < SAME)
        show_place (&places[i], rect, axis, snap);
    }
}

void
storm_guides_move (const StormGuides *self,
                   const StormRect   *rect,
                   StormGuideAxes     axes,
                   double             reach,
                   StormSnap         *out)
{
  StormRect at;
  double dx, dy;

  g_return_if_fail (self != NULL);
  g_return_if_fail (rect != NULL && out != NULL);

  *out = (StormSnap) { 0 };
  at = *rect;
  dx = (axes & STORM_GUIDE_ACROSS) != 0 ? find_delta (self, rect, ACROSS, reach) : INFINITY;
  dy = (axes & STORM_GUIDE_DOWN) != 0 ? find_delta (self, rect, DOWN, reach) : INFINITY;
  out->snapped_x = isfinite (dx);
  out->snapped_y = isfinite (dy);
  if (out->snapped_x)
    at.x += out->dx = dx;
  if (out->snapped_y)
    at.y += out->dy = dy;
  if (out->snapped_x)
    show_all (self, &at, ACROSS, out);
  if (out->snapped_y)
    show_all (self, &at, DOWN, out);
}

/* One edge of @rect; what is beyond the opposite one would turn it inside out. */
static double
find_edge (const StormGuides *self,
           const StormRect   *rect,
           Axis               axis,
           gboolean           far,
           double             reach)
{
  double at = far ? end_of (rect, axis) : start_of (rect, axis);
  double delta = INFINITY;

  try_marks (self->edges[axis], 2 * self->n, at, &delta);
  if (fabs (delta) > reach || fabs (delta) >= size_of (rect, axis))
    return INFINITY;

  return delta;
}

void
storm_guides_resize (const StormGuides *self,
                     const StormRect   *rect,
                     StormCorner        corner,
                     double             reach,
                     StormSnap         *out)
{
  StormRect at;
  double dx, dy;
  gboolean right, bottom;
  int x, y;

  g_return_if_fail (self != NULL);
  g_return_if_fail (rect != NULL && out != NULL);

  *out = (StormSnap) { 0 };
  at = *rect;
  storm_corner_pulls (corner, &x, &y);
  right = x > 0;
  bottom = y > 0;
  dx = find_edge (self, rect, ACROSS, right, reach);
  dy = find_edge (self, rect, DOWN, bottom, reach);
  out->snapped_x = x != 0 && isfinite (dx);
  out->snapped_y = y != 0 && isfinite (dy);
  if (out->snapped_x)
    {
      out->dx = dx;
      at.x += right ? 0 : dx;
      at.width += right ? dx : -dx;
    }
  if (out->snapped_y)
    {
      out->dy = dy;
      at.y += bottom ? 0 : dy;
      at.height += bottom ? dy : -dy;
    }
  if (out->snapped_x)
    show_marks (self, self->edges[ACROSS], 2 * self->n, &at, ACROSS,
                right ? at.x + at.width : at.x, out);
  if (out->snapped_y)
    show_marks (self, self->edges[DOWN], 2 * self->n, &at, DOWN,
                bottom ? at.y + at.height : at.y, out);
}
