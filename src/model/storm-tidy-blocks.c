#include "config.h"

#include "storm-tidy-private.h"

#include <math.h>

static void
find_blocks (StormTidyPlan *tidy)
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
      sum += tidy->in_block[from] + graph->items[from].rect.height / 2;
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
      tidy->in_block[column[i]] = wanted;
    }
  for (guint i = 0; i < n; i++)
    {
      double *top = &tidy->in_block[column[i]];

      if (isnan (*top))
        *top = isnan (end) ? 0 : end;
      else if (!isnan (end))
        *top = MAX (*top, end);
      end = *top + tidy->graph->items[column[i]].rect.height + STORM_TIDY_GAP;
    }
}

static void
lay_out_items (StormTidyPlan *tidy,
               guint          start,
               guint          end)
{
  StormTidyGraph *graph = tidy->graph;
  guint first = tidy->order[start];
  StormTidyBlock block = { .id = tidy->block_of[first], .outer = graph->items[first].context,
                           .first = graph->column[first],
                           .last = graph->column[tidy->order[end - 1]], .key = INFINITY };
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
      top = MIN (top, tidy->in_block[tidy->order[i]]);
      bottom = MAX (bottom, tidy->in_block[tidy->order[i]] + rect->height);
    }
  for (guint i = start; i < end; i++)
    tidy->in_block[tidy->order[i]] -= top;
  block.height = bottom - top;
  storm_tidy_plan_add (tidy, &block);
}

void
storm_tidy_plan_blocks (StormTidyPlan *tidy)
{
  guint n = tidy->graph->n_items;

  find_blocks (tidy);
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
