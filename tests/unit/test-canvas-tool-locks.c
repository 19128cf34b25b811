#include "config.h"

#include "storm-edit-props.h"
#include "storm-tool-test.h"

/* What the tool does with stickies that are locked, or in a group. */

typedef struct
{
  guint n_told;
  guint n_ids;
} Told;

static void
on_locked (Told      *told,
           GPtrArray *ids)
{
  told->n_told++;
  told->n_ids = ids->len;
}

static GPtrArray *
ids_of (const char *first,
        const char *second)
{
  GPtrArray *ids = g_ptr_array_new ();

  g_ptr_array_add (ids, (gpointer) first);
  if (second != NULL)
    g_ptr_array_add (ids, (gpointer) second);
  return ids;
}

static void
lock (Fixture    *f,
      const char *id)
{
  g_autoptr (GPtrArray) ids = ids_of (id, NULL);

  storm_test_run (f->history, storm_edit_set_locked (f->board, ids, TRUE));
}

static void
group (Fixture *f)
{
  g_autoptr (GPtrArray) ids = ids_of (f->a, f->b);

  storm_test_run (f->history, storm_edit_group (f->board, ids));
}

static void
test_drag_locked (Fixture       *f,
                  gconstpointer  data)
{
  Told told = { 0, 0 };

  g_signal_connect_swapped (f->tool, "locked", G_CALLBACK (on_locked), &told);
  lock (f, f->a);
  drag (f, 210, 210, 400, 240, 0);
  g_assert_cmpint (storm_tool_get_state (f->tool), ==, STORM_TOOL_IDLE);
  g_assert_false (storm_history_in_transaction (f->history));
  drop (f, 400, 240, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 140);
  g_assert_true (storm_selection_contains (f->selection, f->a));
  g_assert_cmpuint (told.n_told, ==, 1);

  /* With Alt it is copied, and the copy is free. */
  drag (f, 210, 210, 210, 500, STORM_MOD_ALT);
  drop (f, 210, 500, STORM_MOD_ALT);
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_stickies (f->board)), ==, 3);
  g_assert_cmpfloat (rect_of (f, f->a)->y, ==, 140);
  g_assert_cmpuint (told.n_told, ==, 1 + 1);
}

static void
test_drag_both (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr (GPtrArray) both = ids_of (f->a, f->b);
  Told told = { 0, 0 };

  g_signal_connect_swapped (f->tool, "locked", G_CALLBACK (on_locked), &told);
  lock (f, f->a);
  storm_selection_set (f->selection, both);
  drag (f, 610, 210, 650, 210, 0);
  drop (f, 650, 210, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 140);
  g_assert_cmpfloat (rect_of (f, f->b)->x, ==, 540 + 40);
  g_assert_cmpuint (told.n_told, ==, 1);
  g_assert_cmpuint (told.n_ids, ==, 2);
}

static void
test_no_handles (Fixture       *f,
                 gconstpointer  data)
{
  click (f, 210, 210, 0);
  g_assert_nonnull (storm_tool_get_resizable (f->tool));
  lock (f, f->a);
  g_assert_nonnull (storm_tool_get_single (f->tool));
  g_assert_null (storm_tool_get_resizable (f->tool));
  drag (f, 140, 140, 100, 100, 0);
  drop (f, 100, 100, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->width, ==, 120);
}

static void
test_edit_locked (Fixture       *f,
                  gconstpointer  data)
{
  Told told = { 0, 0 };

  g_signal_connect_swapped (f->tool, "locked", G_CALLBACK (on_locked), &told);
  lock (f, f->a);
  storm_tool_double_press (f->tool, (StormPoint) { 210, 210 });
  g_assert_null (f->edited);
  g_assert_cmpuint (told.n_told, ==, 1);
  storm_tool_double_press (f->tool, (StormPoint) { 610, 210 });
  g_assert_cmpstr (f->edited, ==, f->b);
}

static void
test_marquee (Fixture       *f,
              gconstpointer  data)
{
  lock (f, f->a);
  drag (f, 50, 50, 900, 700, 0);
  drop (f, 900, 700, 0);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 1);
  g_assert_true (storm_selection_contains (f->selection, f->b));
}

static void
test_group (Fixture       *f,
            gconstpointer  data)
{
  group (f);
  click (f, 210, 210, 0);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 2);
  /* Another click leaves it so; with Shift the group goes as one. */
  click (f, 610, 210, 0);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 2);
  click (f, 610, 210, STORM_MOD_SHIFT);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 0);
  drag (f, 210, 210, 230, 210, 0);
  drop (f, 230, 210, 0);
  g_assert_cmpfloat (rect_of (f, f->a)->x, ==, 160);
  g_assert_cmpfloat (rect_of (f, f->b)->x, ==, 560);
  /* The marquee touches one of them. */
  storm_selection_set (f->selection, NULL);
  drag (f, 50, 50, 300, 300, 0);
  drop (f, 300, 300, 0);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 2);
}

static void
test_into_group (Fixture       *f,
                 gconstpointer  data)
{
  group (f);
  click (f, 210, 210, STORM_MOD_CONTROL);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 1);
  g_assert_true (storm_selection_contains (f->selection, f->a));
  /* Inside, the others are picked one by one too. */
  click (f, 610, 210, 0);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 1);
  g_assert_true (storm_selection_contains (f->selection, f->b));
  click (f, 900, 700, 0);
  click (f, 610, 210, 0);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 2);

  /* The first double press goes in, the second edits. */
  storm_tool_double_press (f->tool, (StormPoint) { 610, 210 });
  g_assert_null (f->edited);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 1);
  storm_tool_double_press (f->tool, (StormPoint) { 610, 210 });
  g_assert_cmpstr (f->edited, ==, f->b);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("drag-locked", test_drag_locked);
  ADD ("drag-both", test_drag_both);
  ADD ("no-handles", test_no_handles);
  ADD ("edit-locked", test_edit_locked);
  ADD ("marquee-locked", test_marquee);
  ADD ("group", test_group);
  ADD ("into-group", test_into_group);
  return g_test_run ();
}
