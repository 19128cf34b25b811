#include "config.h"

#include "storm-board-layout.h"

#include <math.h>

/* Between stickies; a flow with its arrow head fits in. */
#define GAP 40.0
/* From a context's edge to its stickies; above them its title has room. */
#define MARGIN 40.0
#define TITLE_ROOM 64.0
#define EMPTY_WIDTH 400.0
#define EMPTY_HEIGHT 300.0
/* A screen at 100 % shows about this many stickies beside each other. */
#define MIN_COLUMNS 8
/* Beyond this a row of frames goes on below. */
#define MAX_ROW_WIDTH 4000.0

/* Where the next frame goes: rows of frames, each row below the last. */
typedef struct
{
  double x;
  double y;
  double row_bottom;
} Cursor;

/* The rows of one group of stickies that have no place. */
typedef struct
{
  double left;
  double top;
  double cell_width;
  double cell_height;
  guint  n_columns;
  guint  n;
} Grid;

static gboolean
has_place (const StormLayoutItem *item)
{
  return (item->given & STORM_GIVEN_PLACE) == STORM_GIVEN_PLACE;
}

static void
grid_init (Grid            *grid,
           double           left,
           double           top,
           const GPtrArray *items)
{
  *grid = (Grid) { left, top, 0, 0, 1, 0 };
  for (guint i = 0; i < items->len; i++)
    {
      const StormLayoutItem *item = g_ptr_array_index (items, i);

      grid->cell_width = MAX (grid->cell_width, item->rect.width);
      grid->cell_height = MAX (grid->cell_height, item->rect.height);
    }
  /* Wider than high, as boards are. */
  grid->n_columns = MAX ((guint) ceil (sqrt (items->len * 2.0)), 1);
}

static void
grid_put (Grid            *grid,
          StormLayoutItem *item)
{
  guint column = grid->n % grid->n_columns;
  guint row = grid->n / grid->n_columns;

  if (!(item->given & STORM_GIVEN_X))
    item->rect.x = grid->left + column * (grid->cell_width + GAP);
  if (!(item->given & STORM_GIVEN_Y))
    item->rect.y = grid->top + row * (grid->cell_height + GAP);
  item->given |= STORM_GIVEN_PLACE;
  grid->n++;
}

static void
grid_fill (Grid      *grid,
           GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    grid_put (grid, g_ptr_array_index (items, i));
}

static double
lowest_end (const StormLayoutItem *items,
            guint                  n_items,
            double                 bottom)
{
  for (guint i = 0; i < n_items; i++)
    {
      if (has_place (&items[i]))
        bottom = MAX (bottom, items[i].rect.y + items[i].rect.height);
    }
  return bottom;
}

/* Where free room begins: below everything that has a place, at 0 on an empty board. */
static double
free_room (const StormLayoutItem *contexts,
           guint                  n_contexts,
           const StormLayoutItem *stickies,
           guint                  n_stickies)
{
  double bottom = lowest_end (contexts, n_contexts, -INFINITY);

  bottom = lowest_end (stickies, n_stickies, bottom);
  return isinf (bottom) ? 0 : bottom + 2 * GAP;
}

/* The frame around the stickies of a context that says nothing about its own place. */
static gboolean
frame_around (const GPtrArray *members,
              StormRect       *out)
{
  StormRect bounds = { 0, 0, 0, 0 };
  gboolean any = FALSE;

  for (guint i = 0; i < members->len; i++)
    {
      const StormLayoutItem *item = g_ptr_array_index (members, i);

      if (!has_place (item))
        continue;
      bounds = any ? storm_rect_union (&bounds, &item->rect) : item->rect;
      any = TRUE;
    }
  if (any)
    *out = (StormRect) { bounds.x - MARGIN, bounds.y - TITLE_ROOM, bounds.width + 2 * MARGIN,
                         bounds.height + TITLE_ROOM + MARGIN };
  return any;
}

static void
complete_rect (StormLayoutItem *item,
               const StormRect *wanted)
{
  if (!(item->given & STORM_GIVEN_X))
    item->rect.x = wanted->x;
  if (!(item->given & STORM_GIVEN_Y))
    item->rect.y = wanted->y;
  if (!(item->given & STORM_GIVEN_WIDTH))
    item->rect.width = wanted->width;
  if (!(item->given & STORM_GIVEN_HEIGHT))
    item->rect.height = wanted->height;
  item->given = STORM_GIVEN_ALL;
}

static void
split_members (GPtrArray  *members,
               GPtrArray  *unplaced,
               gboolean   *any_placed)
{
  *any_placed = FALSE;
  for (guint i = 0; i < members->len; i++)
    {
      StormLayoutItem *item = g_ptr_array_index (members, i);

      if (has_place (item))
        *any_placed = TRUE;
      else
        g_ptr_array_add (unplaced, item);
    }
}

/* Rows below the lowest sticky that lies in the frame already, as wide as the frame. */
static void
fill_frame (StormLayoutItem *context,
            GPtrArray       *members,
            GPtrArray       *unplaced)
{
  double top = context->rect.y + TITLE_ROOM;
  Grid grid;

  for (guint i = 0; i < members->len; i++)
    {
      const StormLayoutItem *item = g_ptr_array_index (members, i);

      if (has_place (item))
        top = MAX (top, item->rect.y + item->rect.height + GAP);
    }
  grid_init (&grid, context->rect.x + MARGIN, top, unplaced);
  if (context->given & STORM_GIVEN_WIDTH)
    {
      double room = context->rect.width - 2 * MARGIN + GAP;

      grid.n_columns = CLAMP (room / (grid.cell_width + GAP), 1, 1000);
    }
  grid_fill (&grid, unplaced);
}

static void
layout_context (StormLayoutItem *context,
                GPtrArray       *members,
                Cursor          *cursor)
{
  g_autoptr (GPtrArray) unplaced = g_ptr_array_new ();
  StormRect frame = { cursor->x, cursor->y, EMPTY_WIDTH, EMPTY_HEIGHT };
  gboolean any_placed;

  split_members (members, unplaced, &any_placed);
  if (any_placed)
    frame_around (members, &frame);
  if (!(context->given & STORM_GIVEN_X))
    context->rect.x = frame.x;
  if (!(context->given & STORM_GIVEN_Y))
    context->rect.y = frame.y;
  fill_frame (context, members, unplaced);
  if (frame_around (members, &frame))
    {
      /* From its own corner to the far end of what it holds. */
      frame.width = MAX (frame.width, frame.x + frame.width - context->rect.x);
      frame.height = MAX (frame.height, frame.y + frame.height - context->rect.y);
    }
  if ((context->given & STORM_GIVEN_PLACE) != STORM_GIVEN_PLACE && !any_placed)
    {
      cursor->x = context->rect.x + frame.width + 2 * GAP;
      cursor->row_bottom = MAX (cursor->row_bottom, context->rect.y + frame.height);
      if (cursor->x > MAX_ROW_WIDTH)
        {
          cursor->x = 0;
          cursor->y = cursor->row_bottom + 2 * GAP;
        }
    }
  frame.x = context->rect.x;
  frame.y = context->rect.y;
  complete_rect (context, &frame);
}

void
storm_board_layout (StormLayoutItem *contexts,
                    guint            n_contexts,
                    StormLayoutItem *stickies,
                    guint            n_stickies)
{
  g_autoptr (GPtrArray) members =
    g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) loose = g_ptr_array_new ();
  Cursor cursor = { 0 };

  for (guint i = 0; i < n_contexts; i++)
    g_ptr_array_add (members, g_ptr_array_new ());
  for (guint i = 0; i < n_stickies; i++)
    {
      if (stickies[i].context >= 0)
        g_ptr_array_add (g_ptr_array_index (members, stickies[i].context), &stickies[i]);
      else if (!has_place (&stickies[i]))
        g_ptr_array_add (loose, &stickies[i]);
    }

  cursor.y = free_room (contexts, n_contexts, stickies, n_stickies);
  cursor.row_bottom = cursor.y;
  for (guint i = 0; i < n_contexts; i++)
    layout_context (&contexts[i], g_ptr_array_index (members, i), &cursor);

  if (loose->len > 0)
    {
      Grid grid;

      grid_init (&grid, 0, free_room (contexts, n_contexts, stickies, n_stickies), loose);
      grid.n_columns = MAX (grid.n_columns, MIN (loose->len, MIN_COLUMNS));
      grid_fill (&grid, loose);
    }
}

int
storm_board_layout_context_at (const StormLayoutItem *contexts,
                               guint                  n_contexts,
                               const StormRect       *rect)
{
  StormPoint center = storm_rect_center (rect);
  double best_area = 0;
  int best = -1;

  for (guint i = 0; i < n_contexts; i++)
    {
      const StormRect *frame = &contexts[i].rect;
      double area = frame->width * frame->height;

      if (storm_rect_contains (frame, center.x, center.y) && (best < 0 || area <= best_area))
        {
          best = i;
          best_area = area;
        }
    }
  return best;
}
