#include "config.h"

#include "storm-tidy-private.h"

#include <math.h>
#include <string.h>

/* With more frames than this none is looked for in another. */
#define MAX_NESTED 4000
/* What moves aside for what is fixed can come to stand elsewhere in time; then it is laid out again
 * from there, until that changes nothing. */
#define MAX_PASSES 24

static gboolean
reaches (const int *outer,
         guint      from,
         guint      to)
{
  for (int i = (int) from; i >= 0; i = outer[i])
    if ((guint) i == to)
      return TRUE;

  return FALSE;
}

static double
area_of (const StormTidyFrame *frame)
{
  return frame->rect.width * frame->rect.height;
}

static int
compare_area (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  const StormTidyFrame *frames = user_data;
  guint first = *(const guint *) a, second = *(const guint *) b;
  double first_area = area_of (&frames[first]), second_area = area_of (&frames[second]);

  if (first_area != second_area)
    return first_area < second_area ? -1 : 1;
  return first < second ? -1 : first > second;
}

/* For each without one the smallest frame around it that is larger itself; what only overlaps is
 * not around it. */
static void
find_around (const StormTidyFrame *frames,
             guint                 n_frames,
             int                  *outer)
{
  g_autofree guint *by_area = g_new (guint, n_frames + 1);

  for (guint i = 0; i < n_frames; i++)
    by_area[i] = i;
  g_qsort_with_data (by_area, (int) n_frames, sizeof *by_area, compare_area, (gpointer) frames);
  for (guint k = 0; k < n_frames; k++)
    {
      guint i = by_area[k];

      for (guint next = k + 1; next < n_frames && outer[i] < 0; next++)
        {
          guint j = by_area[next];

          if (area_of (&frames[j]) > area_of (&frames[i]) &&
              storm_rect_encloses (&frames[j].rect, &frames[i].rect) && !reaches (outer, j, i))
            outer[i] = (int) j;
        }
    }
}

int *
storm_tidy_find_outer (const StormTidyFrame *frames,
                       guint                 n_frames)
{
  int *outer = g_new (int, n_frames + 1);

  for (guint i = 0; i < n_frames; i++)
    outer[i] = -1;
  for (guint i = 0; i < n_frames; i++)
    if (frames[i].outer >= 0 && !reaches (outer, (guint) frames[i].outer, i))
      outer[i] = frames[i].outer;
  if (n_frames <= MAX_NESTED)
    find_around (frames, n_frames, outer);

  return outer;
}

/* By how many frames are around each: the most first. */
guint *
storm_tidy_find_inward (const int *outer,
                        guint      n_frames)
{
  guint *inward = g_new0 (guint, n_frames + 1);
  g_autofree guint *depth = g_new0 (guint, n_frames + 1);
  g_autofree guint *ends = g_new0 (guint, n_frames + 2);

  /* 1 for what lies in none; up to the first of which it is known, and back. */
  for (guint i = 0; i < n_frames; i++)
    {
      guint n = 0;
      int around = (int) i;

      for (; around >= 0 && depth[around] == 0; around = outer[around])
        n++;
      if (around >= 0)
        n += depth[around];
      for (around = (int) i; around >= 0 && depth[around] == 0; around = outer[around])
        depth[around] = n--;
    }
  for (guint i = 0; i < n_frames; i++)
    ends[n_frames - depth[i]]++;
  for (guint i = 1; i <= n_frames; i++)
    ends[i] += ends[i - 1];
  for (guint i = n_frames; i-- > 0;)
    inward[--ends[n_frames - depth[i]]] = i;

  return inward;
}

/*
 * A board while it is laid out.
 * @board: with items of its own, more of them than its user knows
 * @fixed: those of the board, from above
 */
typedef struct
{
  StormTidyBoard  board;
  int            *outer;
  int            *as_item;
  guint          *inward;
  StormTidyFixed *fixed;
} Work;

static void
clear_work (Work *work)
{
  g_free (work->board.items);
  g_free (work->board.frames);
  g_free (work->outer);
  g_free (work->as_item);
  g_free (work->inward);
  g_free (work->fixed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, clear_work)

static int
compare_top (gconstpointer a,
             gconstpointer b,
             gpointer      user_data)
{
  const StormTidyFixed *first = a, *second = b;

  return (first->rect.y > second->rect.y) - (first->rect.y < second->rect.y);
}

/* An empty frame in another is laid out as an item of that. */
static void
add_empty (Work *work)
{
  StormTidyBoard *board = &work->board;
  g_autofree gboolean *filled = g_new0 (gboolean, board->n_frames + 1);
  guint n_items = board->n_items;

  for (guint i = 0; i < n_items; i++)
    if (board->items[i].context >= 0)
      filled[board->items[i].context] = TRUE;
  for (guint i = 0; i < board->n_frames; i++)
    if (work->outer[i] >= 0)
      filled[work->outer[i]] = TRUE;
  for (guint i = 0; i < board->n_frames; i++)
    {
      work->as_item[i] = -1;
      if (filled[i] || work->outer[i] < 0)
        continue;
      work->as_item[i] = (int) board->n_items;
      board->items[board->n_items++] = (StormTidyItem) { board->frames[i].rect, work->outer[i],
                                                         FALSE };
    }
}

static void
init_work (Work                 *work,
           const StormTidyBoard *board)
{
  *work = (Work) { *board, storm_tidy_find_outer (board->frames, board->n_frames),
                   g_new (int, board->n_frames + 1), NULL,
                   g_memdup2 (board->fixed, board->n_fixed * sizeof *board->fixed) };
  work->board.items = g_new0 (StormTidyItem, board->n_items + board->n_frames + 1);
  if (board->n_items > 0)
    memcpy (work->board.items, board->items, board->n_items * sizeof *board->items);
  work->board.frames = g_memdup2 (board->frames, board->n_frames * sizeof *board->frames);
  work->inward = storm_tidy_find_inward (work->outer, board->n_frames);
  g_qsort_with_data (work->fixed, (int) board->n_fixed, sizeof *work->fixed, compare_top, NULL);
  work->board.fixed = work->fixed;
  add_empty (work);
}

static StormRect *
rect_of (const StormTidyBoard *board,
         guint                 i)
{
  return i < board->n_items ? &board->items[i].rect : &board->frames[i - board->n_items].rect;
}

static StormRect
bounds_of (const StormTidyBoard *board)
{
  double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;

  for (guint i = 0; i < board->n_items + board->n_frames; i++)
    {
      const StormRect *rect = rect_of (board, i);

      left = MIN (left, rect->x);
      top = MIN (top, rect->y);
      right = MAX (right, rect->x + rect->width);
      bottom = MAX (bottom, rect->y + rect->height);
    }

  return (StormRect) { left, top, right - left, bottom - top };
}

static gboolean
move_by (const StormTidyBoard *board,
         StormPoint            shift)
{
  gboolean fits = TRUE;

  for (guint i = 0; i < board->n_items + board->n_frames; i++)
    {
      StormRect *rect = rect_of (board, i);

      rect->x += shift.x;
      rect->y += shift.y;
      fits &= storm_rect_is_valid (rect);
    }

  return fits;
}

static void
lay_out (StormTidyPlan  *plan,
         StormTidyBoard *out)
{
  double bottom;

  storm_tidy_plan_columns (plan);
  bottom = storm_tidy_plan_stack (plan);
  storm_tidy_plan_place (plan, out->items, out->frames, bottom);
}

/* Where the corner goes: where it was, as near as the board allows. %FALSE without room. */
static gboolean
find_shift (const StormRect *old,
            const StormRect *now,
            StormPoint      *out)
{
  if (now->width > 2 * STORM_COORD_MAX - 2 || now->height > 2 * STORM_COORD_MAX - 2)
    return FALSE;
  out->x = rint (CLAMP (old->x, -STORM_COORD_MAX, floor (STORM_COORD_MAX - now->width))) - now->x;
  out->y = rint (CLAMP (old->y, -STORM_COORD_MAX, floor (STORM_COORD_MAX - now->height))) - now->y;

  return TRUE;
}

/* Once, from @work to @out. */
static gboolean
tidy_once (Work           *work,
           StormTidyBoard *out)
{
  const StormTidyBoard *board = &work->board;
  g_auto (StormTidyGraph) graph = { 0 };
  g_auto (StormTidyPlan) plan = { 0 };
  StormRect old = bounds_of (board), now;

  storm_tidy_graph_init (&graph, board->items, board->n_items, board->flows, board->n_flows,
                         board->fixed, board->n_fixed);
  graph.frames = board->frames;
  storm_tidy_graph_columns (&graph);
  plan = (StormTidyPlan) { .graph = &graph, .frames = board->frames, .n_frames = board->n_frames,
                           .outer = work->outer, .as_item = work->as_item,
                           .inward = work->inward, .fixed = board->fixed,
                           .fixed_phase = graph.phase + board->n_items,
                           .n_fixed = board->n_fixed };
  storm_tidy_plan_init (&plan);
  storm_tidy_plan_blocks (&plan);
  storm_tidy_plan_frames (&plan);
  lay_out (&plan, out);
  now = bounds_of (out);
  if (!find_shift (&old, &now, &plan.shift))
    return FALSE;

  /* Only now it is known what would lie on what is fixed. */
  plan.avoid = board->n_fixed > 0;
  if (plan.avoid)
    lay_out (&plan, out);
  return move_by (out, plan.shift);
}

static gboolean
is_same (const StormTidyBoard *a,
         const StormTidyBoard *b)
{
  for (guint i = 0; i < a->n_items + a->n_frames; i++)
    if (!storm_rect_equal (rect_of (a, i), rect_of (b, i)))
      return FALSE;

  return TRUE;
}

gboolean
storm_tidy (StormTidyBoard *board)
{
  g_auto (Work) work = { 0 };
  g_autofree StormTidyItem *items = NULL;
  g_autofree StormTidyFrame *frames = NULL;
  StormTidyBoard out;

  if (board->n_items + board->n_frames == 0)
    return TRUE;

  init_work (&work, board);
  items = g_memdup2 (work.board.items, (work.board.n_items + 1) * sizeof *items);
  frames = g_memdup2 (board->frames, board->n_frames * sizeof *frames);
  out = work.board;
  out.items = items;
  out.frames = frames;
  for (guint pass = 0; pass < MAX_PASSES; pass++)
    {
      if (!tidy_once (&work, &out))
        return FALSE;
      if (is_same (&work.board, &out))
        break;
      memcpy (work.board.items, out.items, out.n_items * sizeof *out.items);
      if (out.n_frames > 0)
        memcpy (work.board.frames, out.frames, out.n_frames * sizeof *out.frames);
    }
  for (guint i = 0; i < board->n_items; i++)
    board->items[i].rect = items[i].rect;
  for (guint i = 0; i < board->n_frames; i++)
    board->frames[i].rect = frames[i].rect;

  return TRUE;
}
