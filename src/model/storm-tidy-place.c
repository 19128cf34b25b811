#include "config.h"

#include "storm-tidy-private.h"

#include <math.h>

/* Narrower columns would be taken for one column the next time. */
#define MIN_COLUMN_WIDTH 80.0

/* What is fixed, divides time, and stands below each other. */
typedef struct
{
  guint  phase;
  double left;
  double right;
} Divide;

/* The last one that stands before @phase or in it; %FALSE when there is none. */
static gboolean
find_divide (StormTidyPlan *self,
             guint          phase,
             Divide        *out)
{
  gboolean found = FALSE;

  *out = (Divide) { 0 };
  for (guint i = 0; i < self->n_fixed; i++)
    {
      const StormRect *rect = &self->fixed[i].rect;
      guint own = self->fixed_phase[i];

      if (!self->fixed[i].pivotal || own > phase || (found && own < out->phase))
        continue;
      if (!found || own > out->phase)
        *out = (Divide) { own, INFINITY, -INFINITY };
      out->left = MIN (out->left, rect->x - self->shift.x);
      out->right = MAX (out->right, rect->x + rect->width - self->shift.x);
      found = TRUE;
    }

  return found;
}

/* Between columns there is room for the edges of the frames that begin and end there. */
static void
find_room (StormTidyPlan *self,
           double        *before,
           double        *after)
{
  for (guint i = 0; i < self->graph->n_columns; i++)
    self->width[i] = MIN_COLUMN_WIDTH;
  for (guint i = 0; i < self->graph->n_items; i++)
    {
      double *width = &self->width[self->graph->column[i]];

      *width = MAX (*width, self->graph->items[i].rect.width);
    }
  for (guint i = 0; i <= self->n_frames; i++)
    for (guint j = 0; self->inside[i] != NULL && j < self->inside[i]->len; j++)
      {
        const StormTidyBlock *block = &g_array_index (self->inside[i], StormTidyBlock, j);

        before[block->first] = MAX (before[block->first], block->before);
        after[block->last] = MAX (after[block->last], block->after);
      }
}

/* Where the column with nothing before it but @x may begin, beside what is fixed in time. Grows
 * @over by how far all before it reaches too far for that. */
static double
keep_divides (StormTidyPlan *self,
              guint          column,
              double         x,
              double         room,
              double        *over)
{
  guint phase = g_array_index (self->graph->column_phase, guint, column);
  Divide divide;
  double limit;

  if (!self->avoid || !find_divide (self, phase, &divide))
    return x + room;

  if (divide.phase == phase)
    {
      limit = (divide.left + divide.right - self->width[column]) / 2;
      if (column > 0 && g_array_index (self->graph->column_phase, guint, column - 1) < phase)
        *over = MAX (*over, x + room - limit);
      return MAX (x + room, limit);
    }
  if (column > 0 && g_array_index (self->graph->column_phase, guint, column - 1) < divide.phase)
    *over = MAX (*over, x - divide.left);
  return MAX (x, divide.right + STORM_TIDY_GAP) + room;
}

/* The same where nothing stands behind it any more. */
static void
keep_last (StormTidyPlan *self,
           guint          n,
           double         x,
           double        *over)
{
  Divide last;

  if (self->avoid && n > 0 && find_divide (self, G_MAXUINT, &last) &&
      g_array_index (self->graph->column_phase, guint, n - 1) < last.phase)
    *over = MAX (*over, x - last.left);
}

void
storm_tidy_plan_columns (StormTidyPlan *self)
{
  guint n = self->graph->n_columns;
  g_autofree double *before = g_new0 (double, n + 1);
  g_autofree double *after = g_new0 (double, n + 1);
  double over = 0;

  find_room (self, before, after);
  /* Once more when all has to go farther to the left. */
  for (guint pass = 0; pass < 2; pass++)
    {
      double x = 0;

      self->shift.x -= ceil (over);
      over = 0;
      for (guint i = 0; i < n; i++)
        {
          self->left[i] = keep_divides (self, i, x, before[i], &over);
          x = self->left[i] + self->width[i] + after[i] + STORM_TIDY_GAP;
        }
      keep_last (self, n, x, &over);
      if (over <= 0)
        break;
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
place_empty (StormTidyPlan  *self,
             const gboolean *filled,
             StormTidyFrame *frames,
             double          bottom)
{
  g_autofree StormTidyItem *empty = g_new0 (StormTidyItem, self->n_frames + 1);
  double x = 0, width = 0, height = 0;
  guint n = 0;

  for (guint i = 0; i < self->n_frames; i++)
    {
      if (filled[i])
        continue;
      width += rint (frames[i].rect.width) + STORM_TIDY_GAP;
      height = MAX (height, frames[i].rect.height);
      empty[n++] = (StormTidyItem) { frames[i].rect, (int) i, FALSE };
    }
  if (n == 0)
    return;
  bottom = storm_tidy_plan_push (self, 0, width - STORM_TIDY_GAP, bottom, height);
  g_qsort_with_data (empty, (int) n, sizeof *empty, compare_left, NULL);
  for (guint i = 0; i < n; i++)
    {
      frames[empty[i].context].rect.x = x;
      frames[empty[i].context].rect.y = bottom;
      x += rint (empty[i].rect.width) + STORM_TIDY_GAP;
    }
}

static void
take_in (StormTidyFrame  *frame,
         gboolean        *filled,
         const StormRect *rect)
{
  frame->rect = *filled ? storm_rect_union (&frame->rect, rect) : *rect;
  *filled = TRUE;
}

static void
place_lanes (StormTidyPlan  *self,
             GArray         *blocks,
             StormTidyFrame *frames,
             gboolean       *filled)
{
  for (guint i = 0; blocks != NULL && i < blocks->len; i++)
    {
      const StormTidyBlock *block = &g_array_index (blocks, StormTidyBlock, i);
      StormRect *rect;
      double left, right, top;

      if (!block->lane)
        continue;
      rect = &frames[block->id].rect;
      storm_tidy_plan_span (self, block, &left, &right);
      left = floor (left);
      top = self->top[self->graph->n_items + block->id];
      *rect = (StormRect) { left, rint (top), ceil (right) - left, 0 };
      rect->height = rint (top + block->height) - rect->y;
      filled[block->id] = TRUE;
    }
}

/* Each frame around what belongs to it, the inner ones first. */
static void
place_frames (StormTidyPlan       *self,
              const StormTidyItem *items,
              StormTidyFrame      *frames,
              double               bottom)
{
  g_autofree gboolean *filled = g_new0 (gboolean, self->n_frames + 1);

  for (guint i = 0; i < self->graph->n_items; i++)
    {
      int frame = items[i].context;

      if (frame >= 0)
        take_in (&frames[frame], &filled[frame], &items[i].rect);
    }
  for (guint i = 0; i < self->n_frames; i++)
    {
      guint frame = self->inward[i];
      StormRect *rect = &frames[frame].rect;
      int outer = self->outer[frame];

      place_lanes (self, self->inside[frame], frames, filled);
      if (self->as_item[frame] >= 0)
        {
          *rect = items[self->as_item[frame]].rect;
          filled[frame] = TRUE;
          continue;
        }
      if (self->frames[frame].lane)
        continue;
      for (guint j = 0; self->inside[frame] != NULL && j < self->inside[frame]->len; j++)
        {
          const StormTidyBlock *block = &g_array_index (self->inside[frame], StormTidyBlock, j);

          if (block->lane)
            take_in (&frames[frame], &filled[frame], &frames[block->id].rect);
        }
      if (!filled[frame])
        continue;
      *rect = (StormRect) { rect->x - STORM_TIDY_MARGIN, rect->y - STORM_TIDY_TITLE_ROOM,
                            rect->width + 2 * STORM_TIDY_MARGIN,
                            rect->height + STORM_TIDY_TITLE_ROOM + STORM_TIDY_MARGIN };
      if (outer >= 0)
        take_in (&frames[outer], &filled[outer], rect);
    }
  place_lanes (self, self->inside[self->n_frames], frames, filled);
  place_empty (self, filled, frames, bottom);
}

void
storm_tidy_plan_place (StormTidyPlan  *self,
                       StormTidyItem  *items,
                       StormTidyFrame *frames,
                       double          bottom)
{
  for (guint i = 0; i < self->graph->n_items; i++)
    {
      guint column = self->graph->column[i];

      items[i].rect.x = rint (self->left[column] +
                              (self->width[column] - items[i].rect.width) / 2);
      items[i].rect.y = rint (self->top[i]);
    }
  place_frames (self, items, frames, rint (bottom));
}
