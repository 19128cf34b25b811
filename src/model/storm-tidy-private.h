#pragma once

#include "storm-tidy.h"

G_BEGIN_DECLS

/**
 * StormTidyGraph:
 * @frames: what the items belong to
 * @in: numbers of flows, those that end at item i from @in_start[i] to @in_start[i + 1]; @out
 *   likewise
 * @kept: whether time follows a flow; in a ring not all can be followed
 * @phase: of each item, counted along time: the odd ones stand with pivotal items; then of what is
 *   fixed
 * @component: for each item the least item that flows of its phase connect it with
 * @column: the place of each item in time, from 0
 * @column_phase: (element-type guint): the phase of each column
 */
typedef struct
{
  const StormTidyItem *items;
  guint                n_items;
  const StormTidyFrame *frames;
  const StormTidyFlow *flows;
  guint                n_flows;
  guint               *in_start;
  guint               *in;
  guint               *out_start;
  guint               *out;
  gboolean            *kept;
  guint               *phase;
  guint               *component;
  guint               *column;
  GArray              *column_phase;
  guint                n_columns;
} StormTidyGraph;

void   storm_tidy_graph_init  (StormTidyGraph       *self,
                               const StormTidyItem  *items,
                               guint                 n_items,
                               const StormTidyFlow  *flows,
                               guint                 n_flows,
                               const StormTidyFixed *fixed,
                               guint                 n_fixed);
void   storm_tidy_graph_clear (StormTidyGraph      *self);

/** storm_tidy_find_phases: (transfer full): of each item, then of each that is fixed. */
guint *storm_tidy_find_phases (const StormTidyItem  *items,
                               guint                 n_items,
                               const StormTidyFixed *fixed,
                               guint                 n_fixed);

/** storm_tidy_in_phase: whether the flow number @flow stays in one phase. */
static inline gboolean
storm_tidy_in_phase (const StormTidyGraph *self,
                     guint                 flow)
{
  return self->phase[self->flows[flow].from] == self->phase[self->flows[flow].to];
}

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

/** storm_tidy_compare_x: of two indexes (guint) into @items, from left to right. */
int    storm_tidy_compare_x   (gconstpointer        a,
                               gconstpointer        b,
                               gpointer             items);

static inline double
storm_tidy_center_y (const StormTidyItem *item)
{
  return item->rect.y + item->rect.height / 2;
}

/**
 * StormTidyBlock:
 * @outer: the frame around it, or -1
 * @lane: it is a swimlane
 * @place: above the swimlanes beside it, one of them, or below; -1, 0, 1
 * @before: the room that edges of frames need left of its columns; @after: right of them
 * @key: where it begins now, for the order from above
 * @top: where it will begin, in @outer
 *
 * What is laid out for itself and then put in one piece onto the board or into a frame: the items
 * of a frame, items without one that flows connect, or a frame with all that is in it. From column
 * @first to column @last.
 */
typedef struct
{
  guint    id;
  int      outer;
  gboolean lane;
  int      place;
  guint    first;
  guint    last;
  double   before;
  double   after;
  double   key;
  double   top;
  double   height;
} StormTidyBlock;

/**
 * StormTidyPlan:
 * @outer: for each frame the one around it, or -1
 * @as_item: for each frame the item that stands for it, as it is empty, or -1
 * @inward: the frames, inner ones before those around them
 * @block_of: the block of each item
 * @order: items by block, column and place
 * @inside: for each frame the blocks in it, and those on the board itself at the end
 * @in_block: where each item will begin, in its block
 * @wanted: the height at which an item would go straight on from those before it, or NaN
 * @top: where each item will begin, then where each frame will
 * @left, @width: of the columns
 * @lane_width: how wide the widest swimlane on the board itself is now
 * @fixed: from above
 * @shift: from the places laid out here to those on the board; only known when @avoid
 */
typedef struct
{
  StormTidyGraph       *graph;
  const StormTidyFrame *frames;
  guint                 n_frames;
  const int            *outer;
  const int            *as_item;
  const guint          *inward;
  guint                *block_of;
  guint                *order;
  GArray              **inside;
  double               *in_block;
  double               *wanted;
  double               *top;
  double               *left;
  double               *width;
  double                lane_width;
  const StormTidyFixed *fixed;
  const guint          *fixed_phase;
  guint                 n_fixed;
  StormPoint            shift;
  gboolean              avoid;
} StormTidyPlan;

void   storm_tidy_plan_init    (StormTidyPlan        *self);
void   storm_tidy_plan_clear   (StormTidyPlan        *self);

/** storm_tidy_plan_add: puts a copy of @block into the frame around it. */
void   storm_tidy_plan_add     (StormTidyPlan        *self,
                                const StormTidyBlock *block);

/** storm_tidy_plan_blocks: fills @block_of, @order, and of @in_block and @inside what stands in no
 * frame or directly in one. */
void   storm_tidy_plan_blocks  (StormTidyPlan        *self);

/** storm_tidy_plan_frames: makes blocks of the frames too, and lays out what is in each. */
void   storm_tidy_plan_frames  (StormTidyPlan        *self);

/** storm_tidy_plan_columns: fills @left and @width; when @avoid, @shift may go to the left. */
void   storm_tidy_plan_columns (StormTidyPlan        *self);

/** storm_tidy_plan_stack: lays out the board itself, and fills @top; where the free room below all
 * begins. */
double storm_tidy_plan_stack   (StormTidyPlan        *self);

/** storm_tidy_plan_span: from where to where a block reaches. */
void   storm_tidy_plan_span    (StormTidyPlan        *self,
                                const StormTidyBlock *block,
                                double               *left,
                                double               *right);

/** storm_tidy_plan_push: how far down what would begin at @top has to go, not to lie on what is
 * fixed. */
double storm_tidy_plan_push    (StormTidyPlan        *self,
                                double                left,
                                double                right,
                                double                top,
                                double                height);

/** storm_tidy_plan_place: puts all where it was laid out. */
void   storm_tidy_plan_place   (StormTidyPlan        *self,
                                StormTidyItem        *items,
                                StormTidyFrame       *frames,
                                double                bottom);

/**
 * storm_tidy_find_outer:
 *
 * Returns: (transfer full): for each frame that around it, or -1, never in a circle
 */
int   *storm_tidy_find_outer   (const StormTidyFrame *frames,
                                guint                 n_frames);
/** storm_tidy_find_inward: (transfer full): inner frames before those around them. */
guint *storm_tidy_find_inward  (const int            *outer,
                                guint                 n_frames);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StormTidyGraph, storm_tidy_graph_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StormTidyPlan, storm_tidy_plan_clear)

G_END_DECLS
