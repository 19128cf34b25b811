#include "config.h"

#include "storm-arrange.h"

#include <math.h>

/* One direction, so that everything is written once: down is across with x and y swapped. */
typedef struct
{
  double start;
  double size;
  guint  index;
} Span;

guint
storm_arrange_min_n (StormArrange how)
{
  return how == STORM_ARRANGE_SPREAD_ACROSS || how == STORM_ARRANGE_SPREAD_DOWN ? 3 : 2;
}

static gboolean
is_down (StormArrange how)
{
  switch (how)
    {
    case STORM_ARRANGE_TOP:
    case STORM_ARRANGE_MIDDLE:
    case STORM_ARRANGE_BOTTOM:
    case STORM_ARRANGE_SPREAD_DOWN:
    case STORM_ARRANGE_SAME_HEIGHT:
    case STORM_ARRANGE_COLUMN:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
get_spans (const StormRect *rects,
           guint            n,
           gboolean         down,
           Span            *spans)
{
  for (guint i = 0; i < n; i++)
    spans[i] = (Span) { down ? rects[i].y : rects[i].x, down ? rects[i].height : rects[i].width,
                        i };
}

static void
set_spans (StormRect  *rects,
           guint       n,
           gboolean    down,
           const Span *spans)
{
  for (guint i = 0; i < n; i++)
    {
      StormRect *rect = &rects[spans[i].index];

      *(down ? &rect->y : &rect->x) = spans[i].start;
      *(down ? &rect->height : &rect->width) = spans[i].size;
    }
}

static double
center_of (const Span *span)
{
  return span->start + span->size / 2;
}

static int
compare_centers (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  double first = center_of (a), second = center_of (b);

  return (first > second) - (first < second);
}

static void
get_ends (const Span *spans,
          guint       n,
          double     *start,
          double     *end)
{
  *start = INFINITY;
  *end = -INFINITY;
  for (guint i = 0; i < n; i++)
    {
      *start = MIN (*start, spans[i].start);
      *end = MAX (*end, spans[i].start + spans[i].size);
    }
}

/* @at: how much of what is left over is before it: 0, a half, or 1. */
static void
align (Span   *spans,
       guint   n,
       double  at)
{
  double start, end;

  get_ends (spans, n, &start, &end);
  for (guint i = 0; i < n; i++)
    spans[i].start = start + (end - start - spans[i].size) * at;
}

static void
spread (Span  *spans,
        guint  n)
{
  double start, end, gap;
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += spans[i].size;
  get_ends (spans, n, &start, &end);
  gap = (end - start - sum) / (n - 1);
  if (gap >= 0)
    {
      for (guint i = 0; i < n; i++)
        {
          spans[i].start = start;
          start += spans[i].size + gap;
        }
      return;
    }

  start = center_of (&spans[0]);
  end = center_of (&spans[n - 1]);
  for (guint i = 1; i + 1 < n; i++)
    spans[i].start = start + (end - start) * i / (n - 1) - spans[i].size / 2;
}

static void
stack (Span  *spans,
       guint  n)
{
  double start, end;

  get_ends (spans, n, &start, &end);
  for (guint i = 0; i < n; i++)
    {
      spans[i].start = start;
      start += spans[i].size + STORM_ARRANGE_GAP;
    }
}

static void
equal_sizes (Span  *spans,
             guint  n)
{
  double size = 0;

  for (guint i = 0; i < n; i++)
    size = MAX (size, spans[i].size);
  for (guint i = 0; i < n; i++)
    spans[i].size = size;
}

static void
arrange_spans (StormArrange  how,
               Span         *spans,
               guint         n)
{
  switch (how)
    {
    case STORM_ARRANGE_LEFT:
    case STORM_ARRANGE_TOP:
      align (spans, n, 0);
      break;
    case STORM_ARRANGE_CENTER:
    case STORM_ARRANGE_MIDDLE:
      align (spans, n, 0.5);
      break;
    case STORM_ARRANGE_RIGHT:
    case STORM_ARRANGE_BOTTOM:
      align (spans, n, 1);
      break;
    case STORM_ARRANGE_SPREAD_ACROSS:
    case STORM_ARRANGE_SPREAD_DOWN:
      spread (spans, n);
      break;
    case STORM_ARRANGE_ROW:
    case STORM_ARRANGE_COLUMN:
      stack (spans, n);
      break;
    case STORM_ARRANGE_SAME_WIDTH:
    case STORM_ARRANGE_SAME_HEIGHT:
    case STORM_ARRANGE_SAME_SIZE:
    case STORM_N_ARRANGE:
    default:
      equal_sizes (spans, n);
      break;
    }
}

void
storm_arrange (StormArrange  how,
               StormRect    *rects,
               guint         n)
{
  g_autofree Span *spans = NULL;
  gboolean down = is_down (how);

  g_return_if_fail ((guint) how < STORM_N_ARRANGE);

  if (n < storm_arrange_min_n (how))
    return;

  spans = g_new (Span, n);
  get_spans (rects, n, down, spans);
  /* Stable: what is level keeps the order in which it was given. */
  g_qsort_with_data (spans, (int) n, sizeof (Span), compare_centers, NULL);
  arrange_spans (how, spans, n);
  set_spans (rects, n, down, spans);

  /* The other direction, for what works in both. */
  if (how == STORM_ARRANGE_SAME_SIZE)
    storm_arrange (STORM_ARRANGE_SAME_HEIGHT, rects, n);
  else if (how == STORM_ARRANGE_ROW)
    storm_arrange (STORM_ARRANGE_TOP, rects, n);
  else if (how == STORM_ARRANGE_COLUMN)
    storm_arrange (STORM_ARRANGE_LEFT, rects, n);
}
