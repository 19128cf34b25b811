#include "config.h"

#include "storm-draw-trace.h"

#include <math.h>

typedef struct
{
  const StormRect *rects;
  guint            n;
} Taken;

static gboolean
overlaps (const StormRect *a,
          const StormRect *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
         b->y < a->y + a->height;
}

static gboolean
is_taken (const StormRect *rect,
          gpointer         data)
{
  Taken *taken = data;

  for (guint i = 0; i < taken->n; i++)
    if (overlaps (rect, &taken->rects[i]))
      return TRUE;
  return FALSE;
}

static gboolean
always (const StormRect *rect,
        gpointer         data)
{
  return TRUE;
}

/* The nearest free place around the sticky; where there is none, each its own at the corner. */
static void
test_places (void)
{
  const StormRect after = { 100, 100, 120, 120 };
  const StormRect around[] = {
    after,
    { 0, 230, 400, 1000 },     /* below */
    { 225, 0, 400, 500 },      /* right */
    { 0, -400, 400, 490 },     /* above */
  };
  Taken free_below = { around, 1 };
  Taken free_right = { around, 2 };
  Taken free_above = { around, 3 };
  Taken free_left = { around, 4 };
  StormRect place;
  StormRect next;

  place = storm_ghost_place (&after, 0, is_taken, &free_below);
  g_assert_cmpfloat (place.x, ==, after.x);
  g_assert_cmpfloat (place.y, >, after.y + after.height);
  place = storm_ghost_place (&after, 0, is_taken, &free_right);
  g_assert_cmpfloat (place.x, >, after.x + after.width);
  g_assert_cmpfloat (place.y, >=, after.y);
  place = storm_ghost_place (&after, 0, is_taken, &free_above);
  g_assert_cmpfloat (place.y + place.height, <, after.y);
  place = storm_ghost_place (&after, 0, is_taken, &free_left);
  g_assert_cmpfloat (place.x + place.width, <, after.x);
  g_assert_false (is_taken (&place, &free_left));

  place = storm_ghost_place (&after, 0, always, NULL);
  next = storm_ghost_place (&after, 1, always, NULL);
  g_assert_true (overlaps (&place, &after));
  g_assert_cmpfloat (next.x, >, place.x);
  g_assert_cmpfloat (next.y, >, place.y);
}

static void
collect (gpointer       data,
         const StormOp *op)
{
  g_assert_cmpint (op->type, ==, STORM_OP_FILL);
  g_array_append_val ((GArray *) data, op->rect);
}

static gboolean
covers (GArray *bars,
        double  x,
        double  y)
{
  for (guint i = 0; i < bars->len; i++)
    {
      const StormRect *bar = &g_array_index (bars, StormRect, i);

      if (x >= bar->x && x < bar->x + bar->width && y >= bar->y && y < bar->y + bar->height)
        return TRUE;
    }
  return FALSE;
}

/* Whole corners, gaps between, on whole pixels, nothing drawn twice or outside. */
static void
check_dashes (double width,
              double height)
{
  g_autoptr (GArray) bars = g_array_new (FALSE, FALSE, sizeof (StormRect));
  StormColors colors;
  StormDraw draw = { .colors = &colors, .sink = { collect, bars } };
  StormRect rect = { 10, 20, width, height };
  gboolean any_gap = FALSE;

  storm_colors_set (&colors, STORM_PALETTE_CLASSIC, FALSE, FALSE);
  storm_draw_dashes (&draw, &rect, colors.wrong);
  for (guint i = 0; i < bars->len; i++)
    {
      const StormRect *bar = &g_array_index (bars, StormRect, i);

      g_assert_cmpfloat (bar->x, ==, round (bar->x));
      g_assert_cmpfloat (bar->y, ==, round (bar->y));
      g_assert_cmpfloat (bar->x, >=, rect.x);
      g_assert_cmpfloat (bar->y, >=, rect.y);
      g_assert_cmpfloat (bar->x + bar->width, <=, rect.x + rect.width);
      g_assert_cmpfloat (bar->y + bar->height, <=, rect.y + rect.height);
      for (guint k = 0; k < i; k++)
        g_assert_false (overlaps (bar, &g_array_index (bars, StormRect, k)));
    }
  g_assert_true (covers (bars, rect.x, rect.y));
  g_assert_true (covers (bars, rect.x + width - 1, rect.y));
  g_assert_true (covers (bars, rect.x, rect.y + height - 1));
  g_assert_true (covers (bars, rect.x + width - 1, rect.y + height - 1));
  for (double x = rect.x; x < rect.x + width; x++)
    any_gap |= !covers (bars, x, rect.y);
  g_assert_true (any_gap);
}

static void
test_dashes (void)
{
  for (double width = 24; width < 400; width += 7)
    check_dashes (width, 24 + fmod (width * 3, 200));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw-trace/places", test_places);
  g_test_add_func ("/draw-trace/dashes", test_dashes);
  return g_test_run ();
}
