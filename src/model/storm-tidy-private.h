#pragma once

#include "storm-tidy.h"

G_BEGIN_DECLS

/**
 * StormTidyGraph:
 * @in: numbers of flows, those that end at item i from @in_start[i] to @in_start[i + 1]; @out
 *   likewise
 * @kept: whether time follows a flow; in a ring not all can be followed
 * @component: for each item the least item that flows connect it with
 * @column: the place of each item in time, from 0
 */
typedef struct
{
  const StormTidyItem *items;
  guint                n_items;
  const StormTidyFlow *flows;
  guint                n_flows;
  guint               *in_start;
  guint               *in;
  guint               *out_start;
  guint               *out;
  gboolean            *kept;
  guint               *component;
  guint               *column;
  guint                n_columns;
} StormTidyGraph;

void   storm_tidy_graph_init  (StormTidyGraph      *self,
                               const StormTidyItem *items,
                               guint                n_items,
                               const StormTidyFlow *flows,
                               guint                n_flows);
void   storm_tidy_graph_clear (StormTidyGraph      *self);

/** storm_tidy_graph_layers: (transfer full): decides which flows are kept, and how far each item
 * is from the beginning of its component. */
guint *storm_tidy_graph_layers (StormTidyGraph     *self);

/** storm_tidy_graph_columns: puts the components on one line of time: fills @column. */
void   storm_tidy_graph_columns (StormTidyGraph    *self);

/** storm_tidy_find: the least member of the set of @i, in @parents that point to smaller ones. */
guint  storm_tidy_find        (guint               *parents,
                               guint                i);
void   storm_tidy_join        (guint               *parents,
                               guint                a,
                               guint                b);

static inline double
storm_tidy_center_x (const StormTidyItem *item)
{
  return item->rect.x + item->rect.width / 2;
}

static inline double
storm_tidy_center_y (const StormTidyItem *item)
{
  return item->rect.y + item->rect.height / 2;
}

/**
 * StormTidyBlock:
 * @outer: the frame around it, or -1
 * @levels: of a frame, how many frames it is deep
 * @key: where it begins now, for the order from above
 * @top: where it will begin, in @outer
 *
 * What is laid out for itself and then put in one piece onto the board or into a frame: the items
 * of a frame, items without one that flows connect, or a frame with all that is in it. From column
 * @first to column @last.
 */
typedef struct
{
  guint  id;
  int    outer;
  guint  levels;
  guint  first;
  guint  last;
  double key;
  double top;
  double height;
} StormTidyBlock;

/**
 * StormTidyPlan:
 * @outer: for each frame the one around it, or -1
 * @inward: the frames, inner ones before those around them
 * @block_of: the block of each item
 * @order: items by block, column and place
 * @inside: for each frame the blocks in it, and those on the board itself at the end
 * @top: where each item will begin, in its block
 * @wanted: the height at which an item would go straight on from those before it, or NaN
 * @left, @width: of the columns
 */
typedef struct
{
  StormTidyGraph *graph;
  const StormRect *frames;
  guint           n_frames;
  int            *outer;
  guint          *inward;
  guint          *block_of;
  guint          *order;
  GArray        **inside;
  double         *top;
  double         *wanted;
  double         *left;
  double         *width;
} StormTidyPlan;

/** storm_tidy_plan_blocks: fills @block_of: who is laid out with whom. */
void   storm_tidy_plan_blocks (StormTidyPlan       *self);

/** storm_tidy_plan_stack: fills @inside and @top, which is on the board then; where the free room
 * below all begins. */
double storm_tidy_plan_stack  (StormTidyPlan       *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StormTidyGraph, storm_tidy_graph_clear)

G_END_DECLS
