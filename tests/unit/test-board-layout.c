#include "config.h"

#include "storm-board-layout.h"

static StormLayoutItem
sticky (int context)
{
  return (StormLayoutItem) { { 0, 0, 120, 120 }, STORM_GIVEN_SIZE, context };
}

static void
assert_apart (const StormLayoutItem *items,
              guint                  n)
{
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (storm_rect_is_valid (&items[i].rect));
      for (guint j = i + 1; j < n; j++)
        g_assert_false (storm_rect_intersects (&items[i].rect, &items[j].rect));
    }
}

static void
test_reading_order (void)
{
  StormLayoutItem items[10];

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    items[i] = sticky (-1);
  storm_board_layout (NULL, 0, items, G_N_ELEMENTS (items));
  assert_apart (items, G_N_ELEMENTS (items));
  g_assert_cmpfloat (items[0].rect.x, ==, 0);
  g_assert_cmpfloat (items[0].rect.y, ==, 0);
  for (guint i = 1; i < 8; i++)
    {
      g_assert_cmpfloat (items[i].rect.y, ==, items[0].rect.y);
      g_assert_cmpfloat (items[i].rect.x, >, items[i - 1].rect.x);
    }
  g_assert_cmpfloat (items[8].rect.y, >, items[0].rect.y);
  g_assert_cmpfloat (items[8].rect.x, ==, items[0].rect.x);
}

static void
test_given_stays (void)
{
  StormLayoutItem items[3] = { sticky (-1), sticky (-1), sticky (-1) };

  items[1].rect.x = 500;
  items[1].rect.y = 700;
  items[1].given |= STORM_GIVEN_PLACE;
  items[2].rect.x = 33;
  items[2].given |= STORM_GIVEN_X;
  storm_board_layout (NULL, 0, items, 3);
  g_assert_cmpfloat (items[1].rect.x, ==, 500);
  g_assert_cmpfloat (items[1].rect.y, ==, 700);
  g_assert_cmpfloat (items[2].rect.x, ==, 33);
  /* Below what has a place. */
  g_assert_cmpfloat (items[0].rect.y, >=, 820);
  g_assert_cmpfloat (items[2].rect.y, >=, 820);
}

static void
test_contexts_grow_around (void)
{
  StormLayoutItem contexts[3] = { { .context = -1 }, { .context = -1 }, { .context = -1 } };
  StormLayoutItem items[12];

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    items[i] = sticky (i < 7 ? 0 : 1);
  storm_board_layout (contexts, 3, items, G_N_ELEMENTS (items));
  assert_apart (contexts, 3);
  assert_apart (items, G_N_ELEMENTS (items));
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    g_assert_true (storm_rect_encloses (&contexts[items[i].context].rect, &items[i].rect));
  /* One that holds nothing is there all the same. */
  g_assert_cmpfloat (contexts[2].rect.width, >, 100);
}

static void
test_context_around_placed (void)
{
  StormLayoutItem context = { .context = -1 };
  StormLayoutItem items[2] = { sticky (0), sticky (0) };

  items[0].rect.x = 1000;
  items[0].rect.y = 2000;
  items[0].given |= STORM_GIVEN_PLACE;
  storm_board_layout (&context, 1, items, 2);
  assert_apart (items, 2);
  g_assert_cmpfloat (items[0].rect.x, ==, 1000);
  g_assert_true (storm_rect_encloses (&context.rect, &items[0].rect));
  g_assert_true (storm_rect_encloses (&context.rect, &items[1].rect));
}

static void
test_fixed_frame (void)
{
  StormLayoutItem context = { { 100, 100, 400, 1000 }, STORM_GIVEN_ALL, -1 };
  StormLayoutItem items[4] = { sticky (0), sticky (0), sticky (0), sticky (0) };

  storm_board_layout (&context, 1, items, 4);
  g_assert_cmpfloat (context.rect.width, ==, 400);
  assert_apart (items, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_true (storm_rect_encloses (&context.rect, &items[i].rect));
}

static void
test_context_at (void)
{
  const StormLayoutItem contexts[] = {
    { { 0, 0, 100, 100 }, STORM_GIVEN_ALL, -1 },
    { { 0, 0, 50, 50 }, STORM_GIVEN_ALL, -1 },
    { { 10, 0, 50, 50 }, STORM_GIVEN_ALL, -1 },
  };
  StormRect rect = { 20, 20, 2, 2 };

  g_assert_cmpint (storm_board_layout_context_at (contexts, 3, &rect), ==, 2);
  rect.x = 2;
  g_assert_cmpint (storm_board_layout_context_at (contexts, 3, &rect), ==, 1);
  rect.x = 80;
  g_assert_cmpint (storm_board_layout_context_at (contexts, 3, &rect), ==, 0);
  rect.x = 99;
  g_assert_cmpint (storm_board_layout_context_at (contexts, 3, &rect), ==, -1);
  g_assert_cmpint (storm_board_layout_context_at (contexts, 0, &rect), ==, -1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-layout/reading-order", test_reading_order);
  g_test_add_func ("/board-layout/given-stays", test_given_stays);
  g_test_add_func ("/board-layout/contexts-grow-around", test_contexts_grow_around);
  g_test_add_func ("/board-layout/context-around-placed", test_context_around_placed);
  g_test_add_func ("/board-layout/fixed-frame", test_fixed_frame);
  g_test_add_func ("/board-layout/context-at", test_context_at);
  return g_test_run ();
}
