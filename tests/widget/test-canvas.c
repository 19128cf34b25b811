#include "config.h"

#include "storm-canvas-test.h"
#include "storm-held-frame.h"
#include "storm-sticky-proxy.h"

static void
test_a11y (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *a = add (f, 100, 100, "Order <b>Placed</b>");
  GtkAccessible *canvas = GTK_ACCESSIBLE (f->canvas);
  /* Not in the macro, that would take the % for its own. */
  const char *description = "1 sticky, zoom 100 %, 1 selected";
  GtkWidget *proxy;

  storm_selection_set_one (f->selection, a);
  storm_canvas_a11y_update (STORM_CANVAS (f->canvas));
  gtk_test_accessible_assert_role (canvas, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_property (canvas, GTK_ACCESSIBLE_PROPERTY_LABEL, "Board");
  gtk_test_accessible_assert_property (canvas, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       description);

  proxy = gtk_widget_get_first_child (f->canvas);
  g_assert_true (STORM_IS_STICKY_PROXY (proxy));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (proxy), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (proxy), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Event: Order <b>Placed</b>");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (proxy), GTK_ACCESSIBLE_STATE_SELECTED, TRUE);

  storm_selection_set (f->selection, NULL);
  storm_canvas_a11y_update (STORM_CANVAS (f->canvas));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (proxy), GTK_ACCESSIBLE_STATE_SELECTED, FALSE);
  g_assert_true (gtk_widget_activate_action (proxy, "sticky.select", NULL));
  g_assert_true (storm_selection_contains (f->selection, a));
  g_assert_true (gtk_widget_activate_action (proxy, "sticky.delete", NULL));
  g_assert_cmpuint (n_stickies (f), ==, 0);
  storm_canvas_a11y_update (STORM_CANVAS (f->canvas));
  g_assert_null (gtk_widget_get_first_child (f->canvas));
}

static void
assert_words (Fixture    *f,
              const char *id,
              const char *expected)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  g_autofree char *words = storm_canvas_dup_words (canvas, storm_scene_lookup (canvas->scene, id));

  g_assert_cmpstr (words, ==, expected);
}

/* Where it lies and leads to, in words. */
static void
test_words (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *a = add (f, 100, 100, "Placed"), *context = NULL;
  g_autoptr (StormChange) frame = NULL;

  assert_words (f, a, "");
  frame = storm_edit_add_context (f->board, &(StormRect) { 0, 0, 2000, 2000 }, "Kitchen", &context);
  g_assert_true (storm_history_do (f->history, frame, NULL));
  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *title = i == 0 ? g_strdup ("") : g_strdup_printf ("%u", i);
      g_autofree char *b = add (f, 300 + 160 * i, 400, title);
      g_autoptr (StormChange) flow = storm_edit_connect (f->board, a, b, NULL);

      g_assert_true (storm_history_do (f->history, flow, NULL));
      if (i == 0)
        assert_words (f, b, "in Kitchen");
      if (i == 2)
        assert_words (f, a, "in Kitchen; leads to Event, 1, 2");
    }
  assert_words (f, a, "in Kitchen; leads to Event, 1, 2, 3, 4 and 2 more");
}

/* What came back is selected: the stickies, but a flow only when it is all. */
static void
test_undo_selects (Fixture       *f,
                   gconstpointer  data)
{
  g_autofree char *a = add (f, 100, 100, "a"), *b = add (f, 500, 100, "b"), *id = NULL;
  g_autoptr (StormChange) flow = storm_edit_connect (f->board, a, b, &id);

  g_assert_true (storm_history_do (f->history, flow, NULL));
  storm_selection_set_one (f->selection, a);
  act (f, "canvas.delete");
  g_assert_cmpuint (n_flows (f), ==, 0);
  storm_selection_set_one (f->selection, b);
  act (f, "canvas.undo");
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 1);
  g_assert_true (storm_selection_contains (f->selection, a));

  storm_selection_set_one (f->selection, id);
  act (f, "canvas.delete");
  act (f, "canvas.undo");
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 1);
  g_assert_true (storm_selection_contains (f->selection, id));

  storm_selection_set_one (f->selection, b);
  act (f, "canvas.undo");
  g_assert_true (storm_selection_contains (f->selection, b));
  act (f, "canvas.redo");
  g_assert_true (storm_selection_contains (f->selection, id));
}

/* Stickies that are added without a place stand side by side. */
static void
test_free_spot (Fixture       *f,
                gconstpointer  data)
{
  GListModel *stickies = storm_board_get_stickies (f->board);

  for (guint i = 0; i < 4; i++)
    {
      if (i == 2)
        storm_selection_set (f->selection, NULL);
      g_assert_true (gtk_widget_activate_action (f->canvas, "canvas.add", "s",
                                                 i % 2 == 0 ? "event" : "policy"));
      act (f, "canvas.cancel");
      storm_canvas_end_edit (STORM_CANVAS (f->canvas), TRUE);
    }
  g_assert_cmpuint (n_stickies (f), ==, 4);
  for (guint i = 0; i < 4; i++)
    for (guint k = 0; k < i; k++)
      {
        g_autoptr (StormSticky) one = g_list_model_get_item (stickies, i);
        g_autoptr (StormSticky) other = g_list_model_get_item (stickies, k);

        g_assert_false (storm_rect_intersects (storm_sticky_get_rect (one),
                                               storm_sticky_get_rect (other)));
      }
}

static int
count_rows (GMenuModel *menu)
{
  int rows = 0;

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      rows += section != NULL ? g_menu_model_get_n_items (section) : 1;
    }
  return rows;
}

/* It has to fit on a screen of 768 pixels, with 30 a row. */
static void
test_menu_height (Fixture       *f,
                  gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  GMenuModel *menu;

  storm_canvas_popup_menu (canvas, (StormPoint) { 100, 100 });
  menu = gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (canvas->menu));
  g_assert_cmpint (count_rows (menu), >=, 10);
  g_assert_cmpint (count_rows (menu), <=, 20);
  gtk_popover_popdown (GTK_POPOVER (canvas->menu));
}

/* The window may read from right to left; time on a board doesn't. */
static void
test_direction (Fixture       *f,
                gconstpointer  data)
{
  GtkTextDirection before = gtk_widget_get_default_direction ();
  GtkWidget *canvas;
  PangoDirection base;
  PangoContext *fonts;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  canvas = g_object_ref_sink (storm_canvas_new (f->history, f->selection));
  fonts = gtk_widget_create_pango_context (canvas);
  base = pango_context_get_base_dir (fonts);
  g_assert_cmpint (gtk_widget_get_direction (canvas), ==, GTK_TEXT_DIR_LTR);
  g_assert_cmpint (base, ==, PANGO_DIRECTION_LTR);
  g_object_unref (fonts);
  g_object_unref (canvas);
  gtk_widget_set_default_direction (before);
}

/* One more with each step, from the one before. */
static void
test_extend (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *a = add (f, 100, 100, "a"), *b = add (f, 300, 100, "b");
  g_autofree char *c = add (f, 500, 100, "c");
  GPtrArray *ids;

  storm_selection_set_one (f->selection, a);
  for (guint i = 0; i < 3; i++)
    gtk_widget_activate_action (f->canvas, "canvas.extend", "s", "right");
  ids = storm_selection_get_ids (f->selection);
  g_assert_cmpuint (ids->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (ids, 0), ==, a);
  g_assert_cmpstr (g_ptr_array_index (ids, 1), ==, b);
  g_assert_cmpstr (g_ptr_array_index (ids, 2), ==, c);
}

static guint
n_proxies (Fixture *f)
{
  guint n = 0;

  for (GtkWidget *w = gtk_widget_get_first_child (f->canvas); w != NULL;
       w = gtk_widget_get_next_sibling (w))
    n += STORM_IS_STICKY_PROXY (w);
  return n;
}

/* Bounded, recycled, in reading order. */
static void
test_proxies (Fixture       *f,
              gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  GtkWidget *first;

  for (guint i = 0; i < 300; i++)
    g_free (add (f, 200.0 * (19 - i % 20), 160.0 * (i / 20), "x"));
  storm_canvas_zoom_to_fit (canvas);
  storm_canvas_a11y_update (canvas);
  g_assert_cmpuint (n_proxies (f), ==, 200);
  first = gtk_widget_get_first_child (f->canvas);
  g_assert_cmpfloat (storm_sticky_get_rect (storm_board_lookup_sticky (
                       f->board, storm_sticky_proxy_get_id (STORM_STICKY_PROXY (first))))->x, ==,
                     -60);
  storm_canvas_set_view (canvas, (StormPoint) { 3800, 2240 }, 1);
  storm_canvas_a11y_update (canvas);
  g_assert_cmpuint (n_proxies (f), >, 0);
  g_assert_cmpuint (n_proxies (f), <, 30);
}

static void
test_actions (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *a = add (f, 100, 100, "a");
  g_autofree char *b = add (f, 500, 100, "b");
  StormSticky *sticky = storm_board_lookup_sticky (f->board, a);

  act (f, "canvas.select-all");
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 2);
  act (f, "canvas.connect-selected");
  g_assert_cmpuint (n_flows (f), ==, 1);
  act (f, "canvas.duplicate");
  g_assert_cmpuint (n_stickies (f), ==, 4);
  g_assert_cmpuint (n_flows (f), ==, 2);
  act (f, "canvas.delete");
  g_assert_cmpuint (n_stickies (f), ==, 2);
  act (f, "canvas.undo");
  act (f, "canvas.undo");
  g_assert_cmpuint (n_stickies (f), ==, 2);
  act (f, "canvas.redo");
  g_assert_cmpuint (n_stickies (f), ==, 4);
  act (f, "canvas.undo");

  storm_selection_set_one (f->selection, a);
  gtk_widget_activate_action (f->canvas, "canvas.nudge", "(dd)", 10.0, -1.0);
  g_assert_cmpfloat (storm_sticky_get_rect (sticky)->x, ==, 50);
  gtk_widget_activate_action (f->canvas, "canvas.set-kind", "s", "policy");
  g_assert_cmpint (storm_sticky_get_kind (sticky), ==, STORM_KIND_POLICY);
  gtk_widget_activate_action (f->canvas, "canvas.set-kind", "s", "no such kind");
  g_assert_cmpint (storm_sticky_get_kind (sticky), ==, STORM_KIND_POLICY);
  act (f, "canvas.to-front");
  g_assert_cmpint (storm_sticky_get_z (sticky), ==, storm_board_get_top_z (f->board));
  act (f, "canvas.add-context");
  act (f, "canvas.cancel");
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_contexts (f->board)), ==, 1);
  g_assert_nonnull (storm_sticky_get_context (sticky));
  gtk_widget_activate_action (f->canvas, "canvas.focus", "s", "next");
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 1);
}

static GtkWidget *
find_item (GtkWidget  *widget,
           const char *words)
{
  g_autofree char *text = NULL;

  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton"))
    g_object_get (widget, "text", &text, NULL);
  if (g_strcmp0 (text, words) == 0)
    return widget;
  for (GtkWidget *w = gtk_widget_get_first_child (widget); w != NULL;
       w = gtk_widget_get_next_sibling (w))
    {
      GtkWidget *found = find_item (w, words);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* What only a sticky has is offered for stickies. */
static void
test_menu (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *a = add (f, 100, 100, "a");
  g_autofree char *b = add (f, 500, 100, "b");
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  GtkWidget *kind, *next;

  storm_canvas_popup_menu (canvas, (StormPoint) { 10, 10 });
  kind = find_item (canvas->menu, "Change Kind");
  next = find_item (canvas->menu, "Connect to Next Sticky");
  g_assert_nonnull (kind);
  g_assert_nonnull (next);
  g_assert_false (gtk_widget_get_sensitive (kind));
  act (f, "canvas.select-all");
  g_assert_true (gtk_widget_get_sensitive (kind));
  g_assert_false (gtk_widget_get_sensitive (next));
  storm_selection_set_one (f->selection, a);
  g_assert_true (gtk_widget_get_sensitive (kind));
  g_assert_true (gtk_widget_get_sensitive (next));
  storm_selection_set (f->selection, NULL);
  act (f, "canvas.add-context");
  act (f, "canvas.cancel");
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 1);
  g_assert_false (gtk_widget_get_sensitive (kind));
  g_assert_false (gtk_widget_get_sensitive (next));
  gtk_popover_popdown (GTK_POPOVER (canvas->menu));
}

static void
test_walk (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *a = add (f, 100, 100, "a");
  g_autofree char *b = add (f, 300, 110, "b");
  g_autofree char *c = add (f, 110, 300, "c");

  gtk_widget_activate_action (f->canvas, "canvas.focus", "s", "right");
  g_assert_true (storm_selection_contains (f->selection, a));
  gtk_widget_activate_action (f->canvas, "canvas.focus", "s", "right");
  g_assert_true (storm_selection_contains (f->selection, b));
  gtk_widget_activate_action (f->canvas, "canvas.focus", "s", "down");
  g_assert_true (storm_selection_contains (f->selection, c));
  gtk_widget_activate_action (f->canvas, "canvas.focus", "s", "next");
  g_assert_true (storm_selection_contains (f->selection, a));
  gtk_widget_activate_action (f->canvas, "canvas.focus", "s", "left");
  g_assert_true (storm_selection_contains (f->selection, a));
}

static double
left_of (Fixture    *f,
         const char *id)
{
  return storm_sticky_get_rect (storm_board_lookup_sticky (f->board, id))->x;
}

static double
top_of (Fixture    *f,
        const char *id)
{
  return storm_sticky_get_rect (storm_board_lookup_sticky (f->board, id))->y;
}

static void
test_arrange (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *a = add (f, 560, 60, "a");
  g_autofree char *b = add (f, 160, 90, "b");
  g_autofree char *c = add (f, 260, 260, "c");

  /* Two have nothing to spread. */
  storm_selection_set_one (f->selection, a);
  act (f, "canvas.align-left");
  g_assert_cmpfloat (left_of (f, a), ==, 500);
  act (f, "canvas.select-all");
  act (f, "canvas.align-top");
  g_assert_cmpfloat (top_of (f, c), ==, 0);
  act (f, "canvas.distribute-horizontally");
  g_assert_cmpfloat (left_of (f, c), ==, 300);
  act (f, "canvas.stack-row");
  g_assert_cmpfloat (left_of (f, c), ==, 260);
  g_assert_cmpfloat (left_of (f, a), ==, 420);
  act (f, "canvas.stack-column");
  g_assert_cmpfloat (left_of (f, a), ==, 100);
  for (guint i = 0; i < 4; i++)
    act (f, "canvas.undo");
  g_assert_cmpfloat (left_of (f, a), ==, 500);
  g_assert_cmpfloat (top_of (f, c), ==, 200);

  /* Of one selected sticky all is tidied, along the flows. */
  storm_selection_set_one (f->selection, a);
  storm_selection_add (f->selection, b);
  storm_selection_add (f->selection, c);
  act (f, "canvas.connect-selected");
  storm_selection_set_one (f->selection, c);
  act (f, "canvas.tidy-up");
  g_assert_cmpfloat (left_of (f, a), ==, 100);
  g_assert_cmpfloat (left_of (f, b), ==, 260);
  g_assert_cmpfloat (left_of (f, c), ==, 420);
  g_assert_cmpfloat (top_of (f, c), ==, top_of (f, a));
}

static void
test_read_only (Fixture       *f,
                gconstpointer  data)
{
  static const char *names[] = { "canvas.delete", "canvas.duplicate", "canvas.cut", "canvas.paste",
                                 "canvas.edit", "canvas.undo", "canvas.add-context",
                                 "canvas.connect-next", "canvas.to-front", "canvas.tidy-up" };
  g_autofree char *a = add (f, 100, 100, "a");

  storm_history_set_read_only (f->history, TRUE);
  storm_selection_set_one (f->selection, a);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gtk_widget_activate_action (f->canvas, names[i], NULL);
      g_assert_cmpuint (n_stickies (f), ==, 1);
    }
  gtk_widget_activate_action (f->canvas, "canvas.add", "s", "event");
  gtk_widget_activate_action (f->canvas, "canvas.nudge", "(dd)", 5.0, 5.0);
  g_assert_cmpuint (n_stickies (f), ==, 1);
  g_assert_cmpfloat (storm_sticky_get_rect (storm_board_lookup_sticky (f->board, a))->x, ==, 40);
  g_assert_null (STORM_CANVAS (f->canvas)->editor);
}

/* Handles show where they do something, and only there. */
static void
test_handles (Fixture       *f,
              gconstpointer  data)
{
  const StormStyle *style = storm_painter_get_style (STORM_CANVAS (f->canvas)->painter);
  GObject *motion = controller (f, GTK_TYPE_EVENT_CONTROLLER_MOTION);
  g_autofree char *a = add (f, 200, 200, "");
  int x = 260 + (int) STORM_CONNECT_OUT - 7;

  assert_pixel (f, x, 200, &style->paper);
  g_signal_emit_by_name (motion, "motion", 200.0, 200.0);
  assert_pixel (f, x, 200, &style->accent);
  storm_history_set_read_only (f->history, TRUE);
  assert_pixel (f, x, 200, &style->paper);
  storm_history_set_read_only (f->history, FALSE);
  g_signal_emit_by_name (motion, "leave");
  assert_pixel (f, x, 200, &style->paper);
  g_assert_nonnull (a);
}

static void
test_gestures (Fixture       *f,
               gconstpointer  data)
{
  GObject *motion = controller (f, GTK_TYPE_EVENT_CONTROLLER_MOTION);
  GObject *drag = controller (f, GTK_TYPE_GESTURE_DRAG);
  GObject *click = controller (f, GTK_TYPE_GESTURE_CLICK);
  GObject *scroll = controller (f, GTK_TYPE_EVENT_CONTROLLER_SCROLL);
  g_autofree char *a = add (f, 100, 100, "a");
  gboolean handled = FALSE;

  g_signal_emit_by_name (motion, "motion", 100.0, 100.0);
  g_assert_nonnull (storm_tool_get_hover (STORM_CANVAS (f->canvas)->tool));
  g_signal_emit_by_name (drag, "drag-begin", 100.0, 100.0);
  g_assert_true (storm_selection_contains (f->selection, a));
  g_signal_emit_by_name (drag, "drag-end", 0.0, 0.0);
  g_assert_cmpint (storm_tool_get_state (STORM_CANVAS (f->canvas)->tool), ==, STORM_TOOL_IDLE);

  g_signal_emit_by_name (click, "pressed", 2, 400.0, 400.0);
  g_assert_cmpuint (n_stickies (f), ==, 2);
  g_assert_nonnull (STORM_CANVAS (f->canvas)->editor);
  act (f, "canvas.cancel");
  g_assert_null (STORM_CANVAS (f->canvas)->editor);

  g_signal_emit_by_name (scroll, "scroll", 0.0, 1.0, &handled);
  g_assert_true (handled);
  g_assert_cmpfloat (storm_canvas_get_view_rect (STORM_CANVAS (f->canvas)).y, >, 20);
}

static void
test_keys (Fixture       *f,
           gconstpointer  data)
{
  GObject *keys = controller (f, GTK_TYPE_EVENT_CONTROLLER_KEY);
  g_autofree char *placing = NULL;
  g_autofree char *a = NULL;
  gboolean handled = FALSE;
  guint digit = (guint) storm_kind_info (STORM_KIND_POLICY)->key;

  g_signal_emit_by_name (keys, "key-pressed", digit, 0, 0, &handled);
  g_assert_true (handled);
  g_object_get (f->canvas, "placing", &placing, NULL);
  g_assert_cmpstr (placing, ==, "policy");
  act (f, "canvas.cancel");
  g_clear_pointer (&placing, g_free);
  g_object_get (f->canvas, "placing", &placing, NULL);
  g_assert_null (placing);

  /* Typing edits what is selected; without a selection it is nothing. */
  g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_x, 0, 0, &handled);
  g_assert_false (handled);
  a = add (f, 100, 100, "a");
  storm_selection_set_one (f->selection, a);
  g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_x, 0, 0, &handled);
  g_assert_true (handled);
  g_assert_nonnull (STORM_CANVAS (f->canvas)->editor);
}

/* What keeps the memory of the frames is as large as they are, and is made once for each size. */
static void
test_held_frame (Fixture       *f,
                 gconstpointer  data)
{
  static const char key[] = "storm-held-frame";
  GdkSurface *surface;
  cairo_surface_t *held;

  if (!g_str_equal (G_OBJECT_TYPE_NAME (gdk_display_get_default ()), "GdkX11Display"))
    {
      g_test_skip ("frames go through shared memory on X11 alone");
      return;
    }
  gtk_widget_realize (f->window);
  surface = gtk_native_get_surface (GTK_NATIVE (f->window));
  g_object_set_data_full (G_OBJECT (surface), key,
                          cairo_image_surface_create (CAIRO_FORMAT_RGB24, 7, 7),
                          (GDestroyNotify) cairo_surface_destroy);
  storm_held_frame_update (surface);
  held = g_object_get_data (G_OBJECT (surface), key);
  g_assert_cmpint (cairo_surface_status (held), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (held), ==,
                   gdk_surface_get_width (surface) * gdk_surface_get_scale_factor (surface));
  g_assert_cmpint (cairo_image_surface_get_height (held), ==,
                   gdk_surface_get_height (surface) * gdk_surface_get_scale_factor (surface));
  storm_held_frame_update (surface);
  g_assert_true (held == g_object_get_data (G_OBJECT (surface), key));
}

int
main (int    argc,
      char **argv)
{
  init (&argc, &argv);
  ADD ("a11y", test_a11y);
  ADD ("words", test_words);
  ADD ("undo-selects", test_undo_selects);
  ADD ("free-spot", test_free_spot);
  ADD ("menu-height", test_menu_height);
  ADD ("direction", test_direction);
  ADD ("extend", test_extend);
  ADD ("proxies", test_proxies);
  ADD ("actions", test_actions);
  ADD ("arrange", test_arrange);
  ADD ("menu", test_menu);
  ADD ("walk", test_walk);
  ADD ("read-only", test_read_only);
  ADD ("handles", test_handles);
  ADD ("gestures", test_gestures);
  ADD ("keys", test_keys);
  ADD ("held-frame", test_held_frame);
  return g_test_run ();
}
