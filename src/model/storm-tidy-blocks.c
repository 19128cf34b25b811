#include "config.h"

#include "storm-tidy-private.h"

#include <math.h>

void
storm_tidy_plan_blocks (StormTidyPlan *tidy)
{
  StormTidyGraph *graph = tidy->graph;
  g_autofree guint *parents = g_new (guint, graph->n_items + 1);

  for (guint i = 0; i < graph->n_items; i++)
    parents[i] = i;
  for (guint i = 0; i < graph->n_flows; i++)
    {
      const StormTidyFlow *flow = &graph->flows[i];

      if (graph->items[flow->from].context < 0 && graph->items[flow->to].context < 0)
        storm_tidy_join (parents, flow->from, flow->to);
    }
  for (guint i = 0; i < graph->n_items; i++)
    tidy->block_of[i] = graph->items[i].context >= 0
                        ? tidy->n_frames + graph->n_items + (guint) graph->items[i].context
                        : tidy->n_frames + storm_tidy_find (parents, i);
}

static int
compare_in_blocks (gconstpointer a,
                   gconstpointer b,
                   gpointer      user_data)
{
  const StormTidyPlan *tidy = user_data;
  guint first = *(const guint *) a, second = *(const guint *) b;
  const guint *column = tidy->graph->column;
  double first_y = storm_tidy_center_y (&tidy->graph->items[first]);
  double second_y = storm_tidy_center_y (&tidy->graph->items[second]);

  if (tidy->block_of[first] != tidy->block_of[second])
    return tidy->block_of[first] < tidy->block_of[second] ? -1 : 1;
  if (column[first] != column[second])
    return column[first] < column[second] ? -1 : 1;
  if (first_y != second_y)
    return first_y < second_y ? -1 : 1;
  return first < second ? -1 : first > second;
}

/* The mean of the centres of those that lead to @item in its block; NaN when there are none. */
static double
mean_before (StormTidyPlan *tidy,
             guint          item)
{
  StormTidyGraph *graph = tidy->graph;
  double sum = 0;
  guint n = 0;

  for (guint i = graph->in_start[item]; i < graph->in_start[item + 1]; i++)
    {
      guint from = graph->flows[graph->in[i]].from;

      if (!graph->kept[graph->in[i]] || tidy->block_of[from] != tidy->block_of[item])
        continue;
      sum += tidy->top[from] + graph->items[from].rect.height / 2;
      n++;
    }

  return n > 0 ? sum / n : NAN;
}

static int
compare_wanted (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const StormTidyPlan *tidy = user_data;
  guint first = *(const guint *) a, second = *(const guint *) b;

  if (tidy->wanted[first] != tidy->wanted[second])
    return tidy->wanted[first] < tidy->wanted[second] ? -1 : 1;
  return compare_in_blocks (a, b, user_data);
}

/*
 * Orders one column of one block, that comes ordered by place: what follows something goes where
 * that stands; the rest goes in between, before the first that lies lower now.
 */
static void
order_column (StormTidyPlan *tidy,
              guint         *column,
              guint          n)
{
  g_autofree guint *following = g_new (guint, n);
  g_autofree guint *others = g_new (guint, n);
  guint n_following = 0, n_others = 0, next = 0, k = 0;

  for (guint i = 0; i < n; i++)
    {
      tidy->wanted[column[i]] = mean_before (tidy, column[i]);
      if (isnan (tidy->wanted[column[i]]))
        others[n_others++] = column[i];
      else
        following[n_following++] = column[i];
    }
  g_qsort_with_data (following, (int) n_following, sizeof (guint), compare_wanted, tidy);
  for (guint i = 0; i < n_following; i++)
    {
      double y = storm_tidy_center_y (&tidy->graph->items[following[i]]);

      while (next < n_others && storm_tidy_center_y (&tidy->graph->items[others[next]]) < y)
        column[k++] = others[next++];
      column[k++] = following[i];
    }
  while (next < n_others)
    column[k++] = others[next++];
}

/* Straight on where there is room, else as near below as possible. */
static void
place_column (StormTidyPlan *tidy,
              const guint   *column,
              guint          n)
{
  double end = NAN;
  double wanted = NAN;

  /* What follows nothing stands right above what does: an actor above its command. */
  for (guint i = n; i-- > 0;)
    {
      double height = tidy->graph->items[column[i]].rect.height;

      if (!isnan (tidy->wanted[column[i]]))
        wanted = tidy->wanted[column[i]] - height / 2;
      else
        wanted -= height + STORM_TIDY_GAP;
      tidy->top[column[i]] = wanted;
    }
  for (guint i = 0; i < n; i++)
    {
      double *top = &tidy->top[column[i]];

      if (isnan (*top))
        *top = isnan (end) ? 0 : end;
      else if (!isnan (end))
        *top = MAX (*top, end);
      end = *top + tidy->graph->items[column[i]].rect.height + STORM_TIDY_GAP;
    }
}

static void
put_inside (StormTidyPlan        *tidy,
            const StormTidyBlock *block)
{
  GArray **list = &tidy->inside[block->outer >= 0 ? (guint) block->outer : tidy->n_frames];

  if (*list == NULL)
    *list = g_array_new (FALSE, FALSE, sizeof (StormTidyBlock));
  g_array_append_val (*list, *block);
}

static void
lay_out_items (StormTidyPlan *tidy,
               guint          start,
               guint          end)
{
  StormTidyGraph *graph = tidy->graph;
  guint first = tidy->order[start];
  StormTidyBlock block = { tidy->block_of[first], graph->items[first].context, 0,
                  graph->column[first], graph->column[tidy->order[end - 1]], INFINITY, 0, 0 };
  double top = INFINITY, bottom = -INFINITY;

  for (guint i = start; i < end;)
    {
      guint n = 1;

      while (i + n < end &&
             graph->column[tidy->order[i + n]] == graph->column[tidy->order[i]])
        n++;
      order_column (tidy, tidy->order + i, n);
      place_column (tidy, tidy->order + i, n);
      i += n;
    }
  for (guint i = start; i < end; i++)
    {
      const StormRect *rect = &graph->items[tidy->order[i]].rect;

      block.key = MIN (block.key, rect->y);
      top = MIN (top, tidy->top[tidy->order[i]]);
      bottom = MAX (bottom, tidy->top[tidy->order[i]] + rect->height);
    }
  for (guint i = start; i < end; i++)
    tidy->top[tidy->order[i]] -= top;
  block.height = bottom - top;
  put_inside (tidy, &block);
}

static void
lay_out_blocks (StormTidyPlan *tidy)
{
  guint n = tidy->graph->n_items;

  for (guint i = 0; i < n; i++)
    tidy->order[i] = i;
  g_qsort_with_data (tidy->order, (int) n, sizeof (guint), compare_in_blocks, tidy);
  for (guint i = 0; i < n;)
    {
      guint end = i + 1;

      while (end < n &&
             tidy->block_of[tidy->order[end]] == tidy->block_of[tidy->order[i]])
        end++;
      lay_out_items (tidy, i, end);
      i = end;
    }
}

static int
compare_blocks (gconstpointer a,
                gconstpointer b)
{
  const StormTidyBlock *first = a, *second = b;

  if (first->key != second->key)
    return first->key < second->key ? -1 : 1;
  if (first->first != second->first)
    return first->first < second->first ? -1 : 1;
  return first->id < second->id ? -1 : first->id > second->id;
}

/* Each block as high as the blocks above it let it. Where the free room below all begins. */
static double
stack_blocks (GArray *blocks,
              double *ends)
{
  double bottom = 0;

  for (guint i = 0; i < blocks->len; i++)
    {
      const StormTidyBlock *block = &g_array_index (blocks, StormTidyBlock, i);

      for (guint column = block->first; column <= block->last; column++)
        ends[column] = 0;
    }
  g_array_sort (blocks, compare_blocks);
  for (guint i = 0; i < blocks->len; i++)
    {
      StormTidyBlock *block = &g_array_index (blocks, StormTidyBlock, i);

      for (guint column = block->first; column <= block->last; column++)
        block->top = MAX (block->top, ends[column]);
      for (guint column = block->first; column <= block->last; column++)
        ends[column] = block->top + block->height + STORM_TIDY_GAP;
      bottom = MAX (bottom, block->top + block->height + STORM_TIDY_GAP);
    }

  return bottom;
}

/* A frame around what is stacked in it, as a block of the frame around that. */
static void
lay_out_frame (StormTidyPlan *tidy,
               guint          frame,
               double        *ends)
{
  GArray *inside = tidy->inside[frame];
  StormTidyBlock block = { frame, tidy->outer[frame], 1, G_MAXUINT, 0, tidy->frames[frame].y };

  if (inside == NULL)
    return;

  block.height = stack_blocks (inside, ends) - STORM_TIDY_GAP + STORM_TIDY_TITLE_ROOM +
                 STORM_TIDY_MARGIN;
  for (guint i = 0; i < inside->len; i++)
    {
      StormTidyBlock *inner = &g_array_index (inside, StormTidyBlock, i);

      inner->top += STORM_TIDY_TITLE_ROOM;
      block.first = MIN (block.first, inner->first);
      block.last = MAX (block.last, inner->last);
      block.levels = MAX (block.levels, inner->levels + 1);
    }
  put_inside (tidy, &block);
}

/* From the board inwards, each block goes where the frame around it went. */
static void
settle_blocks (StormTidyPlan *tidy)
{
  g_autofree double *tops = g_new0 (double, tidy->graph->n_items + 2 * tidy->n_frames + 1);

  for (guint i = tidy->n_frames + 1; i-- > 0;)
    {
      guint frame = i < tidy->n_frames ? tidy->inward[i] : tidy->n_frames;
      GArray *inside = tidy->inside[frame];

      for (guint j = 0; inside != NULL && j < inside->len; j++)
        {
          const StormTidyBlock *block = &g_array_index (inside, StormTidyBlock, j);

          tops[block->id] = block->top + (block->outer >= 0 ? tops[block->outer] : 0);
        }
    }
  for (guint i = 0; i < tidy->graph->n_items; i++)
    tidy->top[i] += tops[tidy->block_of[i]];
}

/* Lays all out from the innermost frames outwards. Where the free room below all begins. */
double
storm_tidy_plan_stack (StormTidyPlan *tidy)
{
  g_autofree double *ends = g_new0 (double, tidy->graph->n_columns + 1);
  double bottom = 0;

  lay_out_blocks (tidy);
  for (guint i = 0; i < tidy->n_frames; i++)
    lay_out_frame (tidy, tidy->inward[i], ends);
  if (tidy->inside[tidy->n_frames] != NULL)
    bottom = stack_blocks (tidy->inside[tidy->n_frames], ends);
  settle_blocks (tidy);

  return bottom;
}
