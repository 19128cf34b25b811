#include "config.h"

#include "storm-canvas-test.h"

static StormFlow *
join (Fixture    *f,
      const char *from,
      const char *to)
{
  g_autoptr (StormChange) change = NULL;
  g_autofree char *id = NULL;

  change = storm_edit_connect (f->board, from, to, &id);
  g_assert_true (storm_history_do (f->history, change, NULL));
  return storm_board_lookup_flow (f->board, id);
}

static void
follow (Fixture    *f,
        const char *direction,
        const char *expected)
{
  gtk_widget_activate_action (f->canvas, "canvas.follow", "s", direction);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 1);
  g_assert_true (storm_selection_contains (f->selection, expected));
}

/* Onwards, to the other ways from there and around, and back; without flows to what lies beside. */
static void
test_follow (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *a = add (f, 100, 300, "a");
  g_autofree char *high = add (f, 400, 100, "high");
  g_autofree char *middle = add (f, 400, 300, "middle");
  g_autofree char *low = add (f, 400, 500, "low");
  g_autofree char *alone = add (f, 700, 500, "alone");

  join (f, a, low);
  join (f, a, high);
  join (f, a, middle);
  storm_selection_set_one (f->selection, a);
  follow (f, "right", high);
  follow (f, "down", middle);
  follow (f, "down", low);
  follow (f, "down", high);
  follow (f, "up", low);
  follow (f, "right", low);
  follow (f, "left", a);
  /* Chosen by hand, its brothers are known too. */
  storm_selection_set_one (f->selection, middle);
  follow (f, "up", high);
  storm_selection_set_one (f->selection, alone);
  follow (f, "left", low);
}

static void
test_connect (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *a = add (f, 400, 300, "a");
  static const char * const names[] = { "canvas.connect-next", "canvas.connect-previous",
                                        "canvas.connect-above", "canvas.connect-below" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      storm_selection_set_one (f->selection, a);
      act (f, names[i]);
      g_assert_cmpuint (n_stickies (f), ==, 2 + i);
      g_assert_cmpuint (n_flows (f), ==, 1 + i);
      g_assert_nonnull (STORM_CANVAS (f->canvas)->editor);
      act (f, "canvas.cancel");
    }
  storm_selection_set (f->selection, NULL);
  act (f, "canvas.connect-next");
  g_assert_cmpuint (n_stickies (f), ==, 5);
}

/* The offer hears of it, whoever has the focus. */
static void
press_key (StormCanvas *canvas,
           guint        key)
{
  gboolean handled = FALSE;

  g_signal_emit_by_name (canvas->offer_keys, "key-pressed", key, 0, 0, &handled);
  g_assert_true (handled);
}

/* Another kind than the first is picked: still one step. */
static void
test_offer (Fixture       *f,
            gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  g_autofree char *a = add (f, 200, 300, "a");
  g_autofree char *id = NULL;
  GtkWidget *button;
  guint n = 0;

  gtk_window_present (GTK_WINDOW (f->window));
  id = g_strdup (storm_tool_connect_next (canvas->tool, storm_scene_lookup (canvas->scene, a),
                                          STORM_SIDE_BOTTOM, FALSE));
  storm_canvas_offer_kinds (canvas, id, STORM_KIND_EVENT);
  g_assert_nonnull (canvas->offer);
  button = gtk_widget_get_first_child (gtk_popover_get_child (GTK_POPOVER (canvas->offer)));
  for (GtkWidget *child = button; child != NULL; child = gtk_widget_get_next_sibling (child))
    n++;
  g_assert_cmpuint (n, >=, 3);
  press_key (canvas, GDK_KEY_Down);
  press_key (canvas, GDK_KEY_Down);
  press_key (canvas, GDK_KEY_Up);
  g_assert_true (canvas->offer_choice == gtk_widget_get_next_sibling (button));
  press_key (canvas, data != NULL ? GDK_KEY_6 : GDK_KEY_Return);
  g_assert_cmpint (storm_sticky_get_kind (storm_board_lookup_sticky (f->board, id)), ==,
                   STORM_KIND_READ_MODEL);
  while (canvas->offer != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (canvas->edit_id, ==, id);
  act (f, "canvas.cancel");
  act (f, "canvas.undo");
  g_assert_cmpuint (n_stickies (f), ==, 1);
  g_assert_cmpuint (n_flows (f), ==, 0);
}

static void
test_straighten (Fixture       *f,
                 gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  g_autofree char *a = add (f, 100, 300, "a");
  g_autofree char *b = add (f, 600, 300, "b");
  StormFlow *flow = join (f, a, b);
  guint n;

  storm_tool_motion (canvas->tool, (StormPoint) { 350, 300 }, 0);
  storm_tool_press (canvas->tool, (StormPoint) { 350, 300 }, 0);
  storm_tool_motion (canvas->tool, (StormPoint) { 350, 400 }, 0);
  storm_tool_release (canvas->tool, (StormPoint) { 350, 400 }, 0);
  g_assert_nonnull (storm_flow_get_bends (flow, &n));
  act (f, "canvas.straighten");
  g_assert_null (storm_flow_get_bends (flow, &n));
  act (f, "canvas.undo");
  g_assert_nonnull (storm_flow_get_bends (flow, &n));
}

static void
type (Fixture    *f,
      const char *text)
{
  GtkWidget *view = storm_editor_get_view (STORM_CANVAS (f->canvas)->editor);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

/* A label is typed in its place, by each of the ways to a title. */
static void
test_label (Fixture       *f,
            gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  g_autofree char *a = add (f, 100, 300, "a");
  g_autofree char *b = add (f, 600, 300, "b");
  StormFlow *flow = join (f, a, b);

  storm_tool_double_press (canvas->tool, (StormPoint) { 350, 300 });
  g_assert_nonnull (canvas->editor);
  type (f, "주문 이벤트");
  storm_canvas_end_edit (canvas, TRUE);
  g_assert_cmpstr (storm_flow_get_label (flow), ==, "주문 이벤트");
  act (f, "canvas.edit");
  g_assert_nonnull (canvas->editor);
  type (f, "");
  storm_canvas_end_edit (canvas, FALSE);
  g_assert_cmpstr (storm_flow_get_label (flow), ==, "주문 이벤트");
}

int
main (int    argc,
      char **argv)
{
  init (&argc, &argv);
  ADD ("flows/follow", test_follow);
  ADD ("flows/connect", test_connect);
  ADD ("flows/offer", test_offer);
  g_test_add ("/canvas/flows/offer-key", Fixture, "dark", set_up, test_offer, tear_down);
  ADD ("flows/straighten", test_straighten);
  ADD ("flows/label", test_label);
  return g_test_run ();
}
