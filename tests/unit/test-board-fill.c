#include "config.h"

#include "storm-board-fill.h"
#include "storm-test.h"

static gboolean
add_context (StormBoardFill *fill,
             const char     *id)
{
  const StormSetting settings[] = {
    { STORM_PROP_TITLE, { .text = id } },
    { STORM_PROP_RECT, { .rect = { 0, 0, 800, 600 } } },
  };

  return storm_board_fill_add (fill, STORM_OBJECT_CONTEXT, id, settings, G_N_ELEMENTS (settings));
}

static gboolean
add_sticky (StormBoardFill *fill,
            const char     *id,
            const char     *context)
{
  const StormSetting settings[] = {
    { STORM_PROP_KIND, { .text = "command" } },
    { STORM_PROP_TITLE, { .text = id } },
    { STORM_PROP_RECT, { .rect = { 10, 20, 120, 90 } } },
    { STORM_PROP_Z, { .number = 7 } },
    { STORM_PROP_LOCKED, { .flag = TRUE } },
    { STORM_PROP_CONTEXT, { .text = context } },
  };

  return storm_board_fill_add (fill, STORM_OBJECT_STICKY, id, settings, G_N_ELEMENTS (settings));
}

static gboolean
add_flow (StormBoardFill *fill,
          const char     *id,
          const char     *from,
          const char     *to)
{
  const StormSetting settings[] = {
    { STORM_PROP_FROM, { .text = from } },
    { STORM_PROP_TO, { .text = to } },
  };

  return storm_board_fill_add (fill, STORM_OBJECT_FLOW, id, settings, G_N_ELEMENTS (settings));
}

static void
count_update (StormBoard            *board,
              const StormBoardDelta *delta,
              guint                 *n)
{
  g_assert_cmpuint (delta->added->len, ==, 5);
  g_assert_cmpuint (delta->removed->len + delta->changed->len, ==, 0);
  g_assert_cmpuint (delta->n_listed[STORM_OBJECT_STICKY], ==, 2);
  (*n)++;
}

/* What is put in is there with its values, known by its flows and bounds, and told once. */
static void
test_whole (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  StormBoardFill *fill;
  StormSticky *sticky;
  StormRect bounds;
  guint n = 0;

  g_signal_connect (board, "updated", G_CALLBACK (count_update), &n);
  fill = storm_board_fill_new (board);
  g_assert_true (add_context (fill, "c"));
  g_assert_true (add_context (fill, "d"));
  g_assert_true (add_sticky (fill, "a", "c"));
  g_assert_true (add_sticky (fill, "b", ""));
  g_assert_true (add_flow (fill, "f", "a", "c"));
  g_assert_true (storm_board_fill_link (fill, "d", STORM_PROP_PARENT, "c"));
  g_assert_true (storm_board_fill_link (fill, "a", STORM_PROP_FAIL_OF, "b"));
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (storm_board_fill_end (fill), ==, 0);
  g_assert_cmpuint (n, ==, 1);

  sticky = storm_board_lookup_sticky (board, "a");
  g_assert_cmpint (storm_sticky_get_kind (sticky), ==, STORM_KIND_COMMAND);
  g_assert_cmpstr (storm_sticky_get_title (sticky), ==, "a");
  g_assert_cmpstr (storm_sticky_get_description (sticky), ==, "");
  g_assert_cmpstr (storm_sticky_get_context (sticky), ==, "c");
  g_assert_cmpstr (storm_sticky_get_fail_of (sticky), ==, "b");
  g_assert_cmpint (storm_sticky_get_z (sticky), ==, 7);
  g_assert_true (storm_sticky_get_locked (sticky));
  g_assert_cmpstr (storm_context_get_parent (storm_board_lookup_context (board, "d")), ==, "c");
  g_assert_null (storm_sticky_get_context (storm_board_lookup_sticky (board, "b")));
  g_assert_cmpuint (storm_board_get_flows_of (board, sticky)->len, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_stickies (board)), ==, 2);
  g_assert_true (storm_board_get_bounds (board, &bounds));
  g_assert_cmpfloat (bounds.width, ==, 800);
  g_assert_cmpint (storm_board_get_top_z (board), ==, 7);
}

static void
test_refused (void)
{
  const StormSetting far[] = { { STORM_PROP_RECT, { .rect = { 1e9, 0, 10, 10 } } } };
  const StormSetting kind[] = { { STORM_PROP_KIND, { .text = "elephant" } } };
  const StormSetting label[] = { { STORM_PROP_LABEL, { .text = "flows have labels" } } };
  g_autoptr (StormBoard) board = storm_board_new ();
  StormBoardFill *fill = storm_board_fill_new (board);

  g_assert_true (add_context (fill, "c"));
  g_assert_true (add_sticky (fill, "a", "c"));
  g_assert_true (add_sticky (fill, "b", "c"));
  g_assert_false (add_sticky (fill, "a", "c"));
  g_assert_false (add_sticky (fill, "c", "c"));
  g_assert_false (add_sticky (fill, "x\ny", "c"));
  g_assert_false (add_sticky (fill, "x", "none"));
  g_assert_false (add_sticky (fill, "x", "a"));
  g_assert_false (storm_board_fill_add (fill, STORM_OBJECT_STICKY, "x", far, 1));
  g_assert_false (storm_board_fill_add (fill, STORM_OBJECT_STICKY, "x", kind, 1));
  g_assert_false (storm_board_fill_add (fill, STORM_OBJECT_STICKY, "x", label, 1));
  g_assert_false (add_flow (fill, "f", "a", "a"));
  g_assert_false (add_flow (fill, "f", "a", "none"));
  g_assert_false (add_flow (fill, "f", "", "a"));
  g_assert_false (storm_board_fill_link (fill, "none", STORM_PROP_FAIL_OF, "a"));
  g_assert_false (storm_board_fill_link (fill, "a", STORM_PROP_FAIL_OF, "a"));
  g_assert_false (storm_board_fill_link (fill, "a", STORM_PROP_FAIL_OF, "c"));
  g_assert_false (storm_board_fill_link (fill, "c", STORM_PROP_FAIL_OF, "a"));
  g_assert_false (storm_board_fill_link (fill, "c", STORM_PROP_PARENT, "c"));
  g_assert_false (storm_board_fill_link (fill, "c", STORM_PROP_PARENT, "a"));
  g_assert_cmpuint (storm_board_fill_end (fill), ==, 0);

  g_assert_null (storm_board_lookup (board, "x"));
  g_assert_null (storm_board_lookup (board, "f"));
  g_assert_null (storm_sticky_get_fail_of (storm_board_lookup_sticky (board, "a")));
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_stickies (board)), ==, 2);
}

/* Also one through very many contexts, which is opened once and not walked over again for each. */
static void
test_circles (void)
{
  const guint n = 20000;
  g_autoptr (StormBoard) board = storm_board_new ();
  StormBoardFill *fill = storm_board_fill_new (board);
  guint n_outer = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", i);

      g_assert_true (add_context (fill, id));
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", i);
      g_autofree char *parent = g_strdup_printf ("c%u", (i + 1) % n);

      g_assert_true (storm_board_fill_link (fill, id, STORM_PROP_PARENT, parent));
    }
  g_assert_cmpuint (storm_board_fill_end (fill), ==, 1);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", i);

      n_outer += storm_context_get_parent (storm_board_lookup_context (board, id)) == NULL;
    }
  g_assert_cmpuint (n_outer, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-fill/whole", test_whole);
  g_test_add_func ("/board-fill/refused", test_refused);
  g_test_add_func ("/board-fill/circles", test_circles);
  return g_test_run ();
}
