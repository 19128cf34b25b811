#include "config.h"

#include "storm-tidy-private.h"

#include <math.h>

/* Narrower columns would be taken for one column the next time. */
#define MIN_COLUMN_WIDTH 80.0

/*
 * What is laid out for itself and then put onto the board in one piece: a frame with its items, or
 * items without a frame that flows connect. From column @first to column @last.
 */
typedef struct
{
  guint    id;
  gboolean framed;
  guint    first;
  guint    last;
  double   key;
  double   top;
  double   height;
} Block;

/*
 * @block_of: the block of each item
 * @order: items by block, column and place
 * @top: where each item will begin, in its block
 * @wanted: the height at which an item would go straight on from those before it, or NaN
 * @left, @width: of the columns
 */
typedef struct
{
  StormTidyGraph *graph;
  const StormRect *frames;
  guint           n_frames;
  guint          *block_of;
  guint          *order;
  GArray         *blocks;
  double         *top;
  double         *wanted;
  double         *left;
  double         *width;
} Tidy;

static void
find_blocks_of (Tidy *tidy)
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
                        ? (guint) graph->items[i].context
                        : tidy->n_frames + storm_tidy_find (parents, i);
}

static int
compare_in_blocks (gconstpointer a,
                   gconstpointer b,
                   gpointer      user_data)
{
  const Tidy *tidy = user_data;
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
mean_before (Tidy  *tidy,
             guint  item)
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
  const Tidy *tidy = user_data;
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
order_column (Tidy  *tidy,
              guint *column,
              guint  n)
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
place_column (Tidy        *tidy,
              const guint *column,
              guint        n)
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
lay_out_block (Tidy  *tidy,
               guint  start,
               guint  end)
{
  StormTidyGraph *graph = tidy->graph;
  guint first = tidy->order[start];
  Block block = { tidy->block_of[first], graph->items[first].context >= 0,
                  graph->column[first], graph->column[tidy->order[end - 1]], INFINITY,
                  0, 0 };
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
  if (block.framed)
    {
      block.key = tidy->frames[block.id].y;
      top -= STORM_TIDY_TITLE_ROOM;
      bottom += STORM_TIDY_MARGIN;
    }
  for (guint i = start; i < end; i++)
    tidy->top[tidy->order[i]] -= top;
  block.height = bottom - top;
  g_array_append_val (tidy->blocks, block);
}

static void
lay_out_blocks (Tidy *tidy)
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
      lay_out_block (tidy, i, end);
      i = end;
    }
}

static int
compare_blocks (gconstpointer a,
                gconstpointer b)
{
  const Block *first = a, *second = b;

  if (first->key != second->key)
    return first->key < second->key ? -1 : 1;
  if (first->first != second->first)
    return first->first < second->first ? -1 : 1;
  return first->id < second->id ? -1 : first->id > second->id;
}

/* Each block as high as the blocks above it let it. Where the free room below all begins. */
static double
stack_blocks (Tidy *tidy)
{
  g_autofree double *ends = g_new0 (double, tidy->graph->n_columns + 1);
  g_autofree double *tops = g_new0 (double, tidy->graph->n_items + tidy->n_frames + 1);
  double bottom = 0;

  g_array_sort (tidy->blocks, compare_blocks);
  for (guint i = 0; i < tidy->blocks->len; i++)
    {
      Block *block = &g_array_index (tidy->blocks, Block, i);

      for (guint column = block->first; column <= block->last; column++)
        block->top = MAX (block->top, ends[column]);
      for (guint column = block->first; column <= block->last; column++)
        ends[column] = block->top + block->height + STORM_TIDY_GAP;
      bottom = MAX (bottom, block->top + block->height + STORM_TIDY_GAP);
      tops[block->id] = block->top;
    }
  for (guint i = 0; i < tidy->graph->n_items; i++)
    tidy->top[i] += tops[tidy->block_of[i]];

  return bottom;
}

/* Between columns there is room for the edges of the frames that begin and end there. */
static void
place_columns (Tidy *tidy)
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
  for (guint i = 0; i < tidy->blocks->len; i++)
    {
      const Block *block = &g_array_index (tidy->blocks, Block, i);

      if (!block->framed)
        continue;
      before[block->first] = STORM_TIDY_MARGIN;
      after[block->last] = STORM_TIDY_MARGIN;
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

/* The frame around what belongs to it; the empty ones in a row below all. */
static void
place_frames (const StormTidyItem *items,
              guint                n_items,
              StormRect           *frames,
              guint                n_frames,
              double               bottom)
{
  g_autofree gboolean *filled = g_new0 (gboolean, n_frames + 1);
  g_autofree StormTidyItem *empty = g_new0 (StormTidyItem, n_frames + 1);
  double x = 0;
  guint n = 0;

  for (guint i = 0; i < n_items; i++)
    {
      int frame = items[i].context;

      if (frame < 0)
        continue;
      frames[frame] = filled[frame] ? storm_rect_union (&frames[frame], &items[i].rect)
                                    : items[i].rect;
      filled[frame] = TRUE;
    }
  for (guint i = 0; i < n_frames; i++)
    {
      if (filled[i])
        frames[i] = (StormRect) { frames[i].x - STORM_TIDY_MARGIN,
                                  frames[i].y - STORM_TIDY_TITLE_ROOM,
                                  frames[i].width + 2 * STORM_TIDY_MARGIN,
                                  frames[i].height + STORM_TIDY_TITLE_ROOM + STORM_TIDY_MARGIN };
      else
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
place_items (Tidy          *tidy,
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

gboolean
storm_tidy (StormTidyItem       *items,
            guint                n_items,
            StormRect           *frames,
            guint                n_frames,
            const StormTidyFlow *flows,
            guint                n_flows)
{
  g_auto (StormTidyGraph) graph = { 0 };
  g_autofree StormTidyItem *new_items = g_memdup2 (items, n_items * sizeof *items);
  g_autofree StormRect *new_frames = g_memdup2 (frames, n_frames * sizeof *frames);
  g_autofree guint *block_of = g_new (guint, n_items + 1);
  g_autofree guint *order = g_new (guint, n_items + 1);
  g_autofree double *top = g_new0 (double, n_items + 1);
  g_autofree double *wanted = g_new0 (double, n_items + 1);
  g_autofree double *left = NULL;
  g_autofree double *width = NULL;
  g_autoptr (GArray) blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  Tidy tidy = { &graph, frames, n_frames, block_of, order, blocks, top, wanted, NULL, NULL };
  StormRect old;
  double bottom;

  if (n_items + n_frames == 0)
    return TRUE;

  storm_tidy_graph_init (&graph, items, n_items, flows, n_flows);
  storm_tidy_graph_columns (&graph);
  tidy.left = left = g_new0 (double, graph.n_columns + 1);
  tidy.width = width = g_new0 (double, graph.n_columns + 1);
  find_blocks_of (&tidy);
  lay_out_blocks (&tidy);
  bottom = stack_blocks (&tidy);
  place_columns (&tidy);
  place_items (&tidy, new_items);
  place_frames (new_items, n_items, new_frames, n_frames, rint (bottom));
  old = bounds_of (items, n_items, frames, n_frames);
  if (!move_to (new_items, n_items, new_frames, n_frames, &old))
    return FALSE;

  for (guint i = 0; i < n_items; i++)
    items[i] = new_items[i];
  for (guint i = 0; i < n_frames; i++)
    frames[i] = new_frames[i];

  return TRUE;
}
