#include "config.h"

#include "storm-canvas-test.h"
#include "storm-edit-props.h"
#include "storm-sticky-proxy.h"

/* Locks and groups by the actions of the canvas. */

typedef struct
{
  guint  n;
  char  *words;
} Said;

static void
on_done (Said       *said,
         const char *words)
{
  said->n++;
  g_free (said->words);
  said->words = g_strdup (words);
}

static void
select_both (Fixture    *f,
             const char *a,
             const char *b)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_ptr_array_add (ids, (gpointer) a);
  g_ptr_array_add (ids, (gpointer) b);
  storm_selection_set (f->selection, ids);
}

static gboolean
is_locked (Fixture    *f,
           const char *id)
{
  return storm_sticky_get_locked (storm_board_lookup_sticky (f->board, id));
}

static double
left_of (Fixture    *f,
         const char *id)
{
  return storm_sticky_get_rect (storm_board_lookup_sticky (f->board, id))->x;
}

/* Each time as if it were long after the last. */
static void
act_later (Fixture    *f,
           const char *action)
{
  STORM_CANVAS (f->canvas)->told_locked = 0;
  act (f, action);
}

static void
test_lock (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *a = add (f, 100, 100, "a");
  g_autofree char *b = add (f, 500, 100, "b");
  Said said = { 0, NULL };

  g_signal_connect_swapped (f->canvas, "done", G_CALLBACK (on_done), &said);
  storm_selection_set_one (f->selection, a);
  act (f, "canvas.lock");
  g_assert_true (is_locked (f, a));
  g_assert_cmpuint (said.n, ==, 0);

  /* All of them: what is locked isn't among them. */
  act (f, "canvas.select-all");
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 1);
  g_assert_true (storm_selection_contains (f->selection, b));

  select_both (f, a, b);
  gtk_widget_activate_action (f->canvas, "canvas.nudge", "(dd)", 10.0, 0.0);
  g_assert_cmpfloat (left_of (f, a), ==, 40);
  g_assert_cmpfloat (left_of (f, b), ==, 450);
  g_assert_cmpuint (said.n, ==, 1);
  g_assert_cmpstr (said.words, ==, "1 locked sticky was left as it is");
  /* A key that is held down says it once. */
  gtk_widget_activate_action (f->canvas, "canvas.nudge", "(dd)", 10.0, 0.0);
  g_assert_cmpuint (said.n, ==, 1);

  act_later (f, "canvas.delete");
  g_assert_cmpuint (n_stickies (f), ==, 1);
  g_assert_true (is_locked (f, a));
  g_assert_cmpuint (said.n, ==, 2);
  act_later (f, "canvas.edit");
  g_assert_null (STORM_CANVAS (f->canvas)->editor);
  g_assert_cmpuint (said.n, ==, 3);
  act_later (f, "canvas.tidy-up");
  g_assert_cmpuint (said.n, ==, 4);

  act (f, "canvas.unlock-all");
  g_assert_false (is_locked (f, a));
  g_assert_cmpstr (said.words, ==, "1 object was unlocked");
  act (f, "canvas.unlock-all");
  g_assert_cmpstr (said.words, ==, "Nothing is locked on this board");
  g_free (said.words);
}

static void
test_both (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *a = add (f, 100, 100, "a");
  g_autofree char *b = add (f, 500, 100, "b");

  select_both (f, a, b);
  act (f, "canvas.lock");
  g_assert_true (is_locked (f, a) && is_locked (f, b));
  act (f, "canvas.unlock");
  g_assert_false (is_locked (f, a) || is_locked (f, b));
  act (f, "canvas.undo");
  g_assert_true (is_locked (f, a) && is_locked (f, b));
  storm_history_set_read_only (f->history, TRUE);
  act (f, "canvas.unlock");
  act (f, "canvas.unlock-all");
  g_assert_true (is_locked (f, a) && is_locked (f, b));
}

static void
test_group (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *a = add (f, 100, 100, "a");
  g_autofree char *b = add (f, 500, 100, "b");
  g_autofree char *c = add (f, 300, 300, "c");
  const char *group;

  storm_selection_set_one (f->selection, a);
  act (f, "canvas.group");
  g_assert_null (storm_sticky_get_group (storm_board_lookup_sticky (f->board, a)));
  select_both (f, a, b);
  act (f, "canvas.group");
  group = storm_sticky_get_group (storm_board_lookup_sticky (f->board, a));
  g_assert_nonnull (group);
  /* With another one: the group and that are one. */
  select_both (f, a, c);
  act (f, "canvas.group");
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 3);
  act (f, "canvas.duplicate");
  g_assert_cmpuint (n_stickies (f), ==, 6);
  act (f, "canvas.ungroup");
  g_assert_nonnull (storm_sticky_get_group (storm_board_lookup_sticky (f->board, b)));
  storm_selection_set_one (f->selection, b);
  act (f, "canvas.ungroup");
  g_assert_null (storm_sticky_get_group (storm_board_lookup_sticky (f->board, a)));
}

static void
test_read (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *a = add (f, 100, 100, "Order");

  storm_selection_set_one (f->selection, a);
  act (f, "canvas.lock");
  storm_canvas_a11y_update (STORM_CANVAS (f->canvas));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (f->canvas)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Event: Order, locked");
}

/* What the marks add to a frame: they must be drawn where something is locked, or in a group. */
static guint
count_nodes (GskRenderNode *node)
{
  guint n = 1;

  if (gsk_render_node_get_node_type (node) == GSK_CONTAINER_NODE)
    for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
      n += count_nodes (gsk_container_node_get_child (node, i));
  return n;
}

static guint
draw (Fixture *f)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  GTK_WIDGET_GET_CLASS (f->canvas)->snapshot (f->canvas, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  return count_nodes (node);
}

static void
test_marks (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *a = add (f, 100, 100, "a");
  g_autofree char *b = add (f, 500, 100, "b");
  guint plain, grouped, locked;

  select_both (f, a, b);
  draw (f);
  plain = draw (f);
  act (f, "canvas.group");
  grouped = draw (f);
  g_assert_cmpuint (grouped, >, plain);
  act (f, "canvas.lock");
  locked = draw (f);
  g_assert_cmpuint (locked, >, grouped);
  storm_selection_set (f->selection, NULL);
  g_assert_cmpuint (draw (f), <, plain);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("locks/lock", test_lock);
  ADD ("locks/both", test_both);
  ADD ("locks/group", test_group);
  ADD ("locks/read", test_read);
  ADD ("locks/marks", test_marks);
  return g_test_run ();
}
