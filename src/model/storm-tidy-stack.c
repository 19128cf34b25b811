#include "config.h"

#include "storm-tidy-private.h"

#include "storm-edit-context.h"

#include <math.h>

/* Nearer than the gap by less than this is far enough: places are rounded. */
#define SLACK 1.0

void
storm_tidy_plan_init (StormTidyPlan *self)
{
  StormTidyGraph *graph = self->graph;

  self->inside = g_new0 (GArray *, self->n_frames + 1);
  self->block_of = g_new (guint, graph->n_items + 1);
  self->order = g_new (guint, graph->n_items + 1);
  self->in_block = g_new0 (double, graph->n_items + 1);
  self->wanted = g_new0 (double, graph->n_items + 1);
  self->top = g_new0 (double, graph->n_items + self->n_frames + 1);
  self->left = g_new0 (double, graph->n_columns + 1);
  self->width = g_new0 (double, graph->n_columns + 1);
  for (guint i = 0; i < self->n_frames; i++)
    if (self->frames[i].lane && self->outer[i] < 0)
      self->lane_width = MAX (self->lane_width, self->frames[i].rect.width);
}

void
storm_tidy_plan_clear (StormTidyPlan *self)
{
  for (guint i = 0; self->inside != NULL && i <= self->n_frames; i++)
    g_clear_pointer (&self->inside[i], g_array_unref);
  g_clear_pointer (&self->inside, g_free);
  g_clear_pointer (&self->block_of, g_free);
  g_clear_pointer (&self->order, g_free);
  g_clear_pointer (&self->in_block, g_free);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->top, g_free);
  g_clear_pointer (&self->left, g_free);
  g_clear_pointer (&self->width, g_free);
}

void
storm_tidy_plan_add (StormTidyPlan        *self,
                     const StormTidyBlock *block)
{
  GArray **list = &self->inside[block->outer >= 0 ? (guint) block->outer : self->n_frames];

  if (*list == NULL)
    *list = g_array_new (FALSE, FALSE, sizeof (StormTidyBlock));
  g_array_append_val (*list, *block);
}

void
storm_tidy_plan_span (StormTidyPlan        *self,
                      const StormTidyBlock *block,
                      double               *left,
                      double               *right)
{
  *left = self->left[block->first] - block->before;
  *right = self->left[block->last] + self->width[block->last] + block->after;
  if (block->lane && block->outer < 0)
    *right = MAX (*right, *left + self->lane_width);
}

double
storm_tidy_plan_push (StormTidyPlan *self,
                      double         left,
                      double         right,
                      double         top,
                      double         height)
{
  const double gap = STORM_TIDY_GAP - SLACK;

  /* From above: nothing that lies higher can be met after what lies lower. */
  for (guint i = 0; self->avoid && i < self->n_fixed; i++)
    {
      const StormRect *rect = &self->fixed[i].rect;
      double x = rect->x - self->shift.x, y = rect->y - self->shift.y;

      if (x < right + gap && left < x + rect->width + gap && y < top + height + gap &&
          top < y + rect->height + gap)
        top = ceil (y + rect->height + STORM_TIDY_GAP);
    }

  return top;
}

static int
compare_blocks (gconstpointer a,
                gconstpointer b)
{
  const StormTidyBlock *first = a, *second = b;

  if (first->place != second->place)
    return first->place - second->place;
  if (first->key != second->key)
    return first->key < second->key ? -1 : 1;
  if (first->first != second->first)
    return first->first < second->first ? -1 : 1;
  return first->id < second->id ? -1 : first->id > second->id;
}

/* Swimlanes become as long as all, and equally long; nothing goes between them. */
static void
align_lanes (GArray *blocks,
             guint   first,
             guint   last)
{
  double key = INFINITY, before = 0, after = 0;

  for (guint i = 0; i < blocks->len; i++)
    {
      const StormTidyBlock *block = &g_array_index (blocks, StormTidyBlock, i);

      if (!block->lane)
        continue;
      key = MIN (key, block->key);
      before = MAX (before, block->before);
      after = MAX (after, block->after);
    }
  for (guint i = 0; i < blocks->len; i++)
    {
      StormTidyBlock *block = &g_array_index (blocks, StormTidyBlock, i);

      block->place = block->lane ? 0 : block->key < key ? -1 : 1;
      if (!block->lane)
        continue;
      block->first = first;
      block->last = last;
      block->before = before;
      block->after = after;
    }
}

/* Each block as high as the blocks above it let it. Where the free room below all begins. */
static double
stack_blocks (StormTidyPlan *self,
              GArray        *blocks,
              double        *ends)
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

      block->top = 0;
      for (guint column = block->first; column <= block->last; column++)
        block->top = MAX (block->top, ends[column]);
      /* Swimlanes lie edge to edge. */
      if (block->lane && i > 0 && block[-1].lane)
        block->top -= STORM_TIDY_GAP;
      if (block->outer < 0 && self->avoid)
        {
          double left, right;

          storm_tidy_plan_span (self, block, &left, &right);
          block->top = storm_tidy_plan_push (self, left, right, block->top, block->height);
        }
      for (guint column = block->first; column <= block->last; column++)
        ends[column] = block->top + block->height + STORM_TIDY_GAP;
      bottom = MAX (bottom, block->top + block->height + STORM_TIDY_GAP);
    }

  return bottom;
}

/* A frame around what is stacked in it, as a block of the frame around that. */
static void
lay_out_frame (StormTidyPlan *self,
               guint          frame,
               double        *ends)
{
  GArray *inside = self->inside[frame];
  gboolean lane = self->frames[frame].lane;
  double head = lane ? STORM_TIDY_MARGIN : STORM_TIDY_TITLE_ROOM;
  StormTidyBlock block = { .id = frame, .outer = self->outer[frame], .lane = lane,
                           .first = G_MAXUINT, .key = self->frames[frame].rect.y };

  for (guint i = 0; inside != NULL && i < inside->len; i++)
    {
      const StormTidyBlock *inner = &g_array_index (inside, StormTidyBlock, i);

      block.first = MIN (block.first, inner->first);
      block.last = MAX (block.last, inner->last);
      block.before = MAX (block.before, inner->before);
      block.after = MAX (block.after, inner->after);
    }
  block.before += STORM_TIDY_MARGIN + (lane ? STORM_LANE_TITLE : 0);
  block.after += STORM_TIDY_MARGIN;
  if (inside != NULL)
    {
      align_lanes (inside, block.first, block.last);
      block.height = stack_blocks (self, inside, ends) - STORM_TIDY_GAP + head +
                     STORM_TIDY_MARGIN;
      for (guint i = 0; i < inside->len; i++)
        g_array_index (inside, StormTidyBlock, i).top += head;
    }
  else if (lane && self->as_item[frame] < 0)
    {
      block.first = 0;
      block.height = self->frames[frame].rect.height;
    }
  else
    return;
  storm_tidy_plan_add (self, &block);
}

void
storm_tidy_plan_frames (StormTidyPlan *self)
{
  g_autofree double *ends = g_new0 (double, self->graph->n_columns + 1);

  for (guint i = 0; i < self->n_frames; i++)
    lay_out_frame (self, self->inward[i], ends);
  if (self->inside[self->n_frames] != NULL)
    align_lanes (self->inside[self->n_frames], 0, MAX (self->graph->n_columns, 1) - 1);
}

/* From the board inwards, each block goes where the frame around it went. */
static void
settle_blocks (StormTidyPlan *self)
{
  guint n_items = self->graph->n_items;
  g_autofree double *tops = g_new0 (double, n_items + 2 * self->n_frames + 1);

  for (guint i = self->n_frames + 1; i-- > 0;)
    {
      guint frame = i < self->n_frames ? self->inward[i] : self->n_frames;
      GArray *inside = self->inside[frame];

      for (guint j = 0; inside != NULL && j < inside->len; j++)
        {
          const StormTidyBlock *block = &g_array_index (inside, StormTidyBlock, j);

          tops[block->id] = block->top + (block->outer >= 0 ? tops[block->outer] : 0);
        }
    }
  for (guint i = 0; i < n_items; i++)
    self->top[i] = self->in_block[i] + tops[self->block_of[i]];
  for (guint i = 0; i < self->n_frames; i++)
    self->top[n_items + i] = tops[i];
}

double
storm_tidy_plan_stack (StormTidyPlan *self)
{
  g_autofree double *ends = g_new0 (double, self->graph->n_columns + 1);
  GArray *blocks = self->inside[self->n_frames];
  double bottom = blocks != NULL ? stack_blocks (self, blocks, ends) : 0;

  settle_blocks (self);

  return bottom;
}
