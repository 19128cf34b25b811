#include "config.h"

#include "storm-tidy-private.h"

#include <math.h>

/* Narrower columns would be taken for one column the next time. */
#define MIN_COLUMN_WIDTH 80.0
/* With more frames than this none is looked for in another. */
#define MAX_NESTED 4000

/* Between columns there is room for the edges of the frames that begin and end there. */
static void
place_columns (StormTidyPlan *tidy)
{
  guint n = tidy->graph->n_columns;
  g_autofree double *before = g_new0 (double, n + 1);
  g_autofree double *after = g_new0 (double, n + 1);
  double x = 0;

  for (guint i = 0; i < n; i++)
    tidy->width[i] = MIN_COLUMN_WIDTH;
  for (guint i = 0; i < tidy->graph->n_items; i++)
    {
      double *width = &tidy->width[tidy->graph->column[i]];

      *width = MAX (*width, tidy->graph->items[i].rect.width);
    }
  for (guint i = 0; i <= tidy->n_frames; i++)
    for (guint j = 0; tidy->inside[i] != NULL && j < tidy->inside[i]->len; j++)
      {
        const StormTidyBlock *block = &g_array_index (tidy->inside[i], StormTidyBlock, j);
        double room = STORM_TIDY_MARGIN * block->levels;

        before[block->first] = MAX (before[block->first], room);
        after[block->last] = MAX (after[block->last], room);
      }
  for (guint i = 0; i < n; i++)
    {
      tidy->left[i] = x + before[i];
      x = tidy->left[i] + tidy->width[i] + after[i] + STORM_TIDY_GAP;
    }
}

static int
compare_left (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  const StormTidyItem *first = a, *second = b;

  return (first->rect.x > second->rect.x) - (first->rect.x < second->rect.x);
}

/* What has nothing in it goes into a row below all. */
static void
place_empty (StormTidyPlan  *tidy,
             const gboolean *filled,
             StormRect      *frames,
             double          bottom)
{
  g_autofree StormTidyItem *empty = g_new0 (StormTidyItem, tidy->n_frames + 1);
  double x = 0;
  guint n = 0;

  for (guint i = 0; i < tidy->n_frames; i++)
    {
      if (!filled[i])
        empty[n++] = (StormTidyItem) { frames[i], (int) i };
    }
  g_qsort_with_data (empty, (int) n, sizeof *empty, compare_left, NULL);
  for (guint i = 0; i < n; i++)
    {
      frames[empty[i].context].x = x;
      frames[empty[i].context].y = bottom;
      x += rint (empty[i].rect.width) + STORM_TIDY_GAP;
    }
}

static void
take_in (StormRect       *frame,
         gboolean        *filled,
         const StormRect *rect)
{
  *frame = *filled ? storm_rect_union (frame, rect) : *rect;
  *filled = TRUE;
}

/* Each frame around what belongs to it, the inner ones first. */
static void
place_frames (StormTidyPlan       *tidy,
              const StormTidyItem *items,
              StormRect           *frames,
              double               bottom)
{
  g_autofree gboolean *filled = g_new0 (gboolean, tidy->n_frames + 1);

  for (guint i = 0; i < tidy->graph->n_items; i++)
    {
      int frame = items[i].context;

      if (frame >= 0)
        take_in (&frames[frame], &filled[frame], &items[i].rect);
    }
  for (guint i = 0; i < tidy->n_frames; i++)
    {
      guint frame = tidy->inward[i];
      StormRect *rect = &frames[frame];
      int outer = tidy->outer[frame];

      if (!filled[frame])
        continue;
      *rect = (StormRect) { rect->x - STORM_TIDY_MARGIN, rect->y - STORM_TIDY_TITLE_ROOM,
                            rect->width + 2 * STORM_TIDY_MARGIN,
                            rect->height + STORM_TIDY_TITLE_ROOM + STORM_TIDY_MARGIN };
      if (outer >= 0)
        take_in (&frames[outer], &filled[outer], rect);
    }
  place_empty (tidy, filled, frames, bottom);
}

/* The smallest frame around each that is larger itself; what only overlaps is not around it. */
static void
find_outer (StormTidyPlan *tidy)
{
  if (tidy->n_frames > MAX_NESTED)
    return;

  for (guint i = 0; i < tidy->n_frames; i++)
    {
      const StormRect *inner = &tidy->frames[i];
      double best = INFINITY;

      for (guint j = 0; j < tidy->n_frames; j++)
        {
          const StormRect *rect = &tidy->frames[j];
          double area = rect->width * rect->height;

          if (area > inner->width * inner->height && area < best &&
              storm_rect_encloses (rect, inner))
            {
              best = area;
              tidy->outer[i] = (int) j;
            }
        }
    }
}

/* By how many frames are around each: the most first. */
static void
find_inward (StormTidyPlan *tidy)
{
  g_autofree guint *depth = g_new0 (guint, tidy->n_frames + 1);
  g_autofree guint *ends = g_new0 (guint, tidy->n_frames + 2);

  for (guint i = 0; i < tidy->n_frames; i++)
    for (int outer = tidy->outer[i]; outer >= 0; outer = tidy->outer[outer])
      depth[i]++;
  for (guint i = 0; i < tidy->n_frames; i++)
    ends[tidy->n_frames - depth[i]]++;
  for (guint i = 1; i <= tidy->n_frames; i++)
    ends[i] += ends[i - 1];
  for (guint i = tidy->n_frames; i-- > 0;)
    tidy->inward[--ends[tidy->n_frames - depth[i]]] = i;
}

static StormRect
bounds_of (const StormTidyItem *items,
           guint                n_items,
           const StormRect     *frames,
           guint                n_frames)
{
  double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;

  for (guint i = 0; i < n_items + n_frames; i++)
    {
      const StormRect *rect = i < n_items ? &items[i].rect : &frames[i - n_items];

      left = MIN (left, rect->x);
      top = MIN (top, rect->y);
      right = MAX (right, rect->x + rect->width);
      bottom = MAX (bottom, rect->y + rect->height);
    }

  return (StormRect) { left, top, right - left, bottom - top };
}

/* Moves all so that its corner is at that of @old, as near as the board allows. */
static gboolean
move_to (StormTidyItem   *items,
         guint            n_items,
         StormRect       *frames,
         guint            n_frames,
         const StormRect *old)
{
  StormRect now = bounds_of (items, n_items, frames, n_frames);
  double x, y;

  if (now.width > 2 * STORM_COORD_MAX - 2 || now.height > 2 * STORM_COORD_MAX - 2)
    return FALSE;
  x = rint (CLAMP (old->x, -STORM_COORD_MAX, floor (STORM_COORD_MAX - now.width)));
  y = rint (CLAMP (old->y, -STORM_COORD_MAX, floor (STORM_COORD_MAX - now.height)));
  for (guint i = 0; i < n_items + n_frames; i++)
    {
      StormRect *rect = i < n_items ? &items[i].rect : &frames[i - n_items];

      rect->x = rect->x - now.x + x;
      rect->y = rect->y - now.y + y;
    }

  return TRUE;
}

static void
place_items (StormTidyPlan *tidy,
             StormTidyItem *items)
{
  for (guint i = 0; i < tidy->graph->n_items; i++)
    {
      guint column = tidy->graph->column[i];

      items[i].rect.x = rint (tidy->left[column] +
                              (tidy->width[column] - items[i].rect.width) / 2);
      items[i].rect.y = rint (tidy->top[i]);
    }
}

/* (transfer full): what is laid out where, with room for all of it. */
static void
tidy_init (StormTidyPlan   *tidy,
           StormTidyGraph  *graph,
           const StormRect *frames,
           guint            n_frames)
{
  *tidy = (StormTidyPlan) { .graph = graph, .frames = frames, .n_frames = n_frames };
  tidy->outer = g_new (int, n_frames + 1);
  tidy->inward = g_new0 (guint, n_frames + 1);
  tidy->inside = g_new0 (GArray *, n_frames + 1);
  tidy->block_of = g_new (guint, graph->n_items + 1);
  tidy->order = g_new (guint, graph->n_items + 1);
  tidy->top = g_new0 (double, graph->n_items + 1);
  tidy->wanted = g_new0 (double, graph->n_items + 1);
  tidy->left = g_new0 (double, graph->n_columns + 1);
  tidy->width = g_new0 (double, graph->n_columns + 1);
  for (guint i = 0; i < n_frames; i++)
    tidy->outer[i] = -1;
  find_outer (tidy);
  find_inward (tidy);
  storm_tidy_plan_blocks (tidy);
}

static void
tidy_clear (StormTidyPlan *tidy)
{
  for (guint i = 0; i <= tidy->n_frames; i++)
    g_clear_pointer (&tidy->inside[i], g_array_unref);
  g_free (tidy->outer);
  g_free (tidy->inward);
  g_free (tidy->inside);
  g_free (tidy->block_of);
  g_free (tidy->order);
  g_free (tidy->top);
  g_free (tidy->wanted);
  g_free (tidy->left);
  g_free (tidy->width);
}

gboolean
storm_tidy (StormTidyItem       *items,
            guint                n_items,
            StormRect           *frames,
            guint                n_frames,
            const StormTidyFlow *flows,
            guint                n_flows)
{
  g_auto (StormTidyGraph) graph = { 0 };
  g_autofree StormTidyItem *new_items = NULL;
  g_autofree StormRect *new_frames = NULL;
  StormRect old;
  double bottom;
  StormTidyPlan tidy;

  if (n_items + n_frames == 0)
    return TRUE;

  new_items = g_memdup2 (items, n_items * sizeof *items);
  new_frames = g_memdup2 (frames, n_frames * sizeof *frames);
  storm_tidy_graph_init (&graph, items, n_items, flows, n_flows);
  storm_tidy_graph_columns (&graph);
  tidy_init (&tidy, &graph, frames, n_frames);
  bottom = storm_tidy_plan_stack (&tidy);
  place_columns (&tidy);
  place_items (&tidy, new_items);
  place_frames (&tidy, new_items, new_frames, rint (bottom));
  tidy_clear (&tidy);
  old = bounds_of (items, n_items, frames, n_frames);
  if (!move_to (new_items, n_items, new_frames, n_frames, &old))
    return FALSE;

  for (guint i = 0; i < n_items; i++)
    items[i] = new_items[i];
  for (guint i = 0; i < n_frames; i++)
    frames[i] = new_frames[i];

  return TRUE;
}
