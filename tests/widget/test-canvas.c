#include "config.h"

#include <adwaita.h>
#include <math.h>

#include "storm-canvas-private.h"
#include "storm-board-json.h"
#include "storm-editor-private.h"
#include "storm-edit.h"
#include "storm-error.h"
#include "storm-monitor.h"
#include "storm-pixels.h"
#include "storm-sticky-proxy.h"

#include <gtk/gtkimmodule.h>

#define WIDTH 800
#define HEIGHT 600

typedef struct
{
  StormBoard     *board;
  StormHistory   *history;
  StormSelection *selection;
  GtkWidget      *window;
  GtkWidget      *canvas;
} Fixture;

static void
allocate (GtkWidget *canvas)
{
  int minimum;

  gtk_widget_measure (canvas, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (canvas, WIDTH, HEIGHT, -1, NULL);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      data != NULL ? ADW_COLOR_SCHEME_FORCE_DARK
                                                   : ADW_COLOR_SCHEME_FORCE_LIGHT);
  f->board = storm_board_new ();
  f->history = storm_history_new (f->board);
  f->selection = storm_selection_new (f->board);
  f->canvas = storm_canvas_new (f->history, f->selection);
  f->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (f->window), f->canvas);
  allocate (f->canvas);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  GtkWidget *canvas = f->canvas;

  g_object_add_weak_pointer (G_OBJECT (canvas), (gpointer *) &f->canvas);
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_assert_null (f->canvas);
  g_object_unref (f->selection);
  g_object_unref (f->history);
  g_object_unref (f->board);
}

static char *
add (Fixture    *f,
     double      x,
     double      y,
     const char *title)
{
  g_autoptr (StormChange) change = NULL;
  char *id;

  change = storm_edit_add_sticky (f->board, STORM_KIND_EVENT, (StormPoint) { x, y }, title, &id);
  g_assert_true (storm_history_do (f->history, change, NULL));
  return id;
}

static guint
n_stickies (Fixture *f)
{
  return g_list_model_get_n_items (storm_board_get_stickies (f->board));
}

static guint
n_flows (Fixture *f)
{
  return g_list_model_get_n_items (storm_board_get_flows (f->board));
}

static void
act (Fixture    *f,
     const char *name)
{
  g_assert_true (gtk_widget_activate_action (f->canvas, name, NULL));
}

/* As often as it takes for all titles to be there. */
static GskRenderNode *
snapshot (GtkWidget *canvas)
{
  StormCanvas *self = STORM_CANVAS (canvas);
  GskRenderNode *node = NULL;

  do
    {
      GtkSnapshot *s = gtk_snapshot_new ();

      g_clear_pointer (&node, gsk_render_node_unref);
      if (self->tick != 0)
        {
          gtk_widget_remove_tick_callback (canvas, self->tick);
          self->tick = 0;
        }
      GTK_WIDGET_GET_CLASS (canvas)->snapshot (canvas, s);
      node = gtk_snapshot_free_to_node (s);
    }
  while (self->tick != 0);
  return node;
}

static guint
pixel (GskRenderNode *node,
       int            x,
       int            y)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  guint32 value;

  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  value = *(const guint32 *) (void *) (cairo_image_surface_get_data (surface) +
                                       y * cairo_image_surface_get_stride (surface) + 4 * x);
  cairo_surface_destroy (surface);
  return value & 0xffffff;
}

static void
assert_pixel (Fixture       *f,
              int            x,
              int            y,
              const GdkRGBA *expected)
{
  g_autoptr (GskRenderNode) node = snapshot (f->canvas);
  guint got = pixel (node, x, y);
  int red = (int) (expected->red * 255 + .5), green = (int) (expected->green * 255 + .5);
  int blue = (int) (expected->blue * 255 + .5);

  g_test_message ("at %d,%d: #%06x, expected #%02x%02x%02x", x, y, got, red, green, blue);
  g_assert_cmpint (ABS ((int) (got >> 16) - red), <=, 2);
  g_assert_cmpint (ABS ((int) ((got >> 8) & 0xff) - green), <=, 2);
  g_assert_cmpint (ABS ((int) (got & 0xff) - blue), <=, 2);
}

/* Render nodes of the tree, a repeated one as often as it is drawn; glyphs if asked for. */
static guint
count_nodes (GskRenderNode *node,
             guint         *glyphs)
{
  guint n = 1;

  switch ((int) gsk_render_node_get_node_type (node))
    {
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        n += count_nodes (gsk_container_node_get_child (node, i), glyphs);
      break;
    case GSK_TRANSFORM_NODE:
      n += count_nodes (gsk_transform_node_get_child (node), glyphs);
      break;
    case GSK_CLIP_NODE:
      n += count_nodes (gsk_clip_node_get_child (node), glyphs);
      break;
    case GSK_ROUNDED_CLIP_NODE:
      n += count_nodes (gsk_rounded_clip_node_get_child (node), glyphs);
      break;
    case GSK_DEBUG_NODE:
      n += count_nodes (gsk_debug_node_get_child (node), glyphs);
      break;
    case GSK_TEXT_NODE:
      if (glyphs != NULL)
        *glyphs += gsk_text_node_get_num_glyphs (node);
      break;
    case GSK_COLOR_NODE:
    case GSK_BORDER_NODE:
    case GSK_CAIRO_NODE:
    case GSK_TEXTURE_NODE:
      break;
    default:
      g_error ("Unexpected node %s", g_type_name_from_instance ((GTypeInstance *) node));
    }
  return n;
}

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

static gpointer
controller (Fixture *f,
            GType    type)
{
  g_autoptr (GListModel) all = gtk_widget_observe_controllers (f->canvas);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GObject) one = g_list_model_get_item (all, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (one, type) &&
          (!GTK_IS_GESTURE_SINGLE (one) ||
           gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (one)) == GDK_BUTTON_PRIMARY))
        return one;
    }
  g_assert_not_reached ();
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
  GObject *drop = controller (f, GTK_TYPE_DROP_TARGET);
  g_autofree char *a = add (f, 100, 100, "a");
  g_auto (GValue) value = G_VALUE_INIT;
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

  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, "storm-kind:policy");
  g_signal_emit_by_name (drop, "drop", &value, 600.0, 300.0, &handled);
  g_assert_true (handled);
  g_assert_cmpuint (n_stickies (f), ==, 3);
  g_value_set_string (&value, "something else");
  g_signal_emit_by_name (drop, "drop", &value, 600.0, 300.0, &handled);
  g_assert_false (handled);
  g_assert_cmpuint (n_stickies (f), ==, 3);
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

static void
test_editor (Fixture       *f,
             gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  g_autofree char *a = add (f, 100, 100, "before");
  StormSticky *sticky = storm_board_lookup_sticky (f->board, a);
  GtkTextBuffer *buffer;

  storm_selection_set_one (f->selection, a);
  act (f, "canvas.edit");
  g_assert_nonnull (canvas->editor);
  /* While there is an editor its keys are its own. */
  gtk_widget_activate_action (f->canvas, "canvas.delete", NULL);
  g_assert_cmpuint (n_stickies (f), ==, 1);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (storm_editor_get_view (canvas->editor)));
  gtk_text_buffer_set_text (buffer, "<i>after</i>", -1);
  g_signal_emit_by_name (canvas->editor, "done", TRUE);
  g_assert_null (canvas->editor);
  g_assert_cmpstr (storm_sticky_get_title (sticky), ==, "<i>after</i>");
  act (f, "canvas.undo");
  g_assert_cmpstr (storm_sticky_get_title (sticky), ==, "before");

  /* A new one and its first title are one step; a second title is a step of its own. */
  gtk_widget_activate_action (f->canvas, "canvas.add", "s", "policy");
  g_assert_cmpuint (n_stickies (f), ==, 2);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (storm_editor_get_view (canvas->editor)));
  gtk_text_buffer_set_text (buffer, "first", -1);
  act (f, "canvas.cancel");
  act (f, "canvas.edit");
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (storm_editor_get_view (canvas->editor)));
  gtk_text_buffer_set_text (buffer, "second", -1);
  act (f, "canvas.cancel");
  act (f, "canvas.undo");
  g_assert_cmpstr (storm_sticky_get_title (STORM_STICKY (
                     storm_selection_get_single (f->selection))), ==, "first");
  act (f, "canvas.undo");
  g_assert_cmpuint (n_stickies (f), ==, 1);
  act (f, "canvas.add-context");
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (storm_editor_get_view (canvas->editor)));
  gtk_text_buffer_set_text (buffer, "Orders", -1);
  act (f, "canvas.cancel");
  act (f, "canvas.undo");
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_contexts (f->board)), ==, 0);
  /* One without a title stays, as a sticky on the wall would. */
  gtk_widget_activate_action (f->canvas, "canvas.add", "s", "policy");
  act (f, "canvas.cancel");
  g_assert_cmpuint (n_stickies (f), ==, 2);
  act (f, "canvas.undo");

  /* What is edited may go away. */
  storm_selection_set_one (f->selection, a);
  act (f, "canvas.edit");
  storm_history_undo (f->history, NULL);
  g_assert_cmpuint (n_stickies (f), ==, 0);
  g_assert_null (canvas->editor);
}

/* Lets the window be drawn as it is now. */
static void
settle (Fixture *f)
{
  GdkFrameClock *clock;
  gint64 counter;

  gtk_window_present (GTK_WINDOW (f->window));
  while (!gtk_widget_get_mapped (f->canvas))
    g_main_context_iteration (NULL, TRUE);
  /* Idle sources wait for a frame, and one more is what they asked for. */
  clock = gtk_widget_get_frame_clock (f->canvas);
  for (guint i = 0; i < 3; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      counter = gdk_frame_clock_get_frame_counter (clock);
      gtk_widget_queue_draw (f->canvas);
      while (gdk_frame_clock_get_frame_counter (clock) == counter)
        g_main_context_iteration (NULL, TRUE);
    }
}

static GtkTextView *
editor_view (Fixture *f)
{
  g_assert_nonnull (STORM_CANVAS (f->canvas)->editor);
  return GTK_TEXT_VIEW (storm_editor_get_view (STORM_CANVAS (f->canvas)->editor));
}

/* Which pixels inside the sticky have ink: those that are darker than half of its colour. */
static guint8 *
ink_of (Fixture         *f,
        const StormRect *r,
        const char      *picture)
{
  g_autoptr (GskRenderNode) node = snapshot (f->canvas);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  guint8 *ink = g_malloc0 (WIDTH * HEIGHT);

  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (g_getenv ("STORM_TEST_PICTURES") != NULL)
    {
      g_autofree char *path = g_build_filename (g_getenv ("STORM_TEST_PICTURES"), picture, NULL);

      cairo_surface_write_to_png (surface, path);
    }
  for (int y = MAX (0, (int) r->y); y < MIN (HEIGHT, (int) (r->y + r->height)); y++)
    for (int x = MAX (0, (int) r->x); x < MIN (WIDTH, (int) (r->x + r->width)); x++)
      {
        guint32 p = *(const guint32 *) (void *) (cairo_image_surface_get_data (surface) + 4 * x +
                                                 y * cairo_image_surface_get_stride (surface));

        ink[y * WIDTH + x] = ((p >> 16) & 0xff) < 0x90;
      }
  cairo_surface_destroy (surface);
  return ink;
}

/* Pixels of @a that have none of @b beside them. */
static guint
n_astray (const guint8 *a,
          const guint8 *b,
          guint        *out_all)
{
  guint n = 0;

  *out_all = 0;
  for (int y = 1; y < HEIGHT - 1; y++)
    for (int x = 1; x < WIDTH - 1; x++)
      if (a[y * WIDTH + x])
        {
          gboolean near = FALSE;

          for (int i = 0; i < 9; i++)
            near |= b[(y - 1 + i / 3) * WIDTH + x - 1 + i % 3];
          n += !near;
          ++*out_all;
        }
  return n;
}

/* The text view that takes the input has the lines that are seen, and shows them all. */
static void
assert_all_lines (Fixture *f)
{
  StormEditor *editor = STORM_CANVAS (f->canvas)->editor;
  GtkAdjustment *scroll =
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (editor->scroller));
  GtkTextIter iter;
  int n_lines = 1;

  gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (editor_view (f)), &iter);
  while (gtk_text_view_forward_display_line (editor_view (f), &iter) &&
         !gtk_text_iter_is_end (&iter))
    n_lines++;
  /* The smallest letters it measures with hints. */
  g_assert_cmpint (ABS (n_lines - pango_layout_get_line_count (editor->layout)), <=,
                   editor->fit.size < 12 ? 1 : 0);
  g_assert_cmpfloat (gtk_adjustment_get_value (scroll), ==, 0);
  g_assert_cmpfloat (gtk_adjustment_get_upper (scroll), <=,
                     gtk_adjustment_get_page_size (scroll));
}

/* Opening the editor moves no letter: it lies over the painted title, line by line, at every size,
 * also where lines end within names and where Korean words stay whole. */
static void
test_editor_place (Fixture       *f,
                   gconstpointer  data)
{
  static const struct { const char *title; double zoom; } cases[] = {
    { "Paid", 1 },
    { "Order placed", 1 },
    { "The customer was told that the order is on its way", 1 },
    { "OrderPlacedAgain order.delivery_started", 1 },
    { "주문이 접수되었습니다 배달이시작됨", 1 },
    { "one\ntwo\nthree\n\nfive", 1 },
    { "Payment authorised, and if it was not, then the customer is asked for another card, twice, "
      "before the order is given up", 1 },
    { "Order placed", 2.3 },
    { "OrderPlacedAgain order.delivery_started", 1.7 },
    { "Order placed", .6 },
  };
  StormCanvas *canvas = STORM_CANVAS (f->canvas);

  settle (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = add (f, 200, 200, cases[i].title);
      g_autofree char *name = g_strdup_printf ("%u-painted.png", i);
      g_autofree char *name2 = g_strdup_printf ("%u-edited.png", i);
      g_autofree guint8 *painted = NULL;
      g_autofree guint8 *edited = NULL;
      guint n_painted, n_edited, n_gone, n_new;
      StormItem *item = storm_scene_lookup (canvas->scene, id);
      GtkTextIter end;
      StormRect r;

      storm_canvas_set_view (canvas, (StormPoint) { 200, 200 }, cases[i].zoom);
      storm_selection_set_one (f->selection, id);
      settle (f);
      /* Without its rim, where the handles are. */
      r = storm_viewport_rect_to_screen (&canvas->view, &item->rect);
      r = (StormRect) { r.x + 9, r.y + 9, r.width - 18, r.height - 18 };
      painted = ink_of (f, &r, name);
      act (f, "canvas.edit");
      gtk_text_view_set_cursor_visible (editor_view (f), FALSE);
      gtk_text_buffer_get_end_iter (gtk_text_view_get_buffer (editor_view (f)), &end);
      gtk_text_buffer_place_cursor (gtk_text_view_get_buffer (editor_view (f)), &end);
      settle (f);
      edited = ink_of (f, &r, name2);
      n_gone = n_astray (painted, edited, &n_painted);
      n_new = n_astray (edited, painted, &n_edited);
      g_test_message ("%u: %u of %u are gone, %u of %u are new", i, n_gone, n_painted, n_new,
                      n_edited);
      g_assert_cmpuint (n_painted, >, 50);
      g_assert_cmpuint (n_gone, ==, 0);
      g_assert_cmpuint (n_new, ==, 0);
      assert_all_lines (f);
      act (f, "canvas.cancel");
      act (f, "canvas.delete");
    }
}

/* Letters get smaller as more of them must fit, down to a floor, and grow back. */
static void
test_editor_shrinks (Fixture       *f,
                     gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  g_autofree char *id = add (f, 200, 200, "");
  g_autoptr (GString) words = g_string_new (NULL);
  GtkTextBuffer *buffer;
  GtkAdjustment *scroll;
  double size = 22;

  storm_selection_set_one (f->selection, id);
  act (f, "canvas.edit");
  settle (f);
  buffer = gtk_text_view_get_buffer (editor_view (f));
  g_assert_cmpfloat (storm_editor_get_fit (canvas->editor)->size, ==, 22);
  for (guint i = 0; i < 60; i++)
    {
      g_string_append (words, "payment ");
      gtk_text_buffer_insert_at_cursor (buffer, "payment ", -1);
      /* The space at the end may or may not still count. */
      g_assert_cmpfloat (storm_editor_get_fit (canvas->editor)->size, <=, size + 1);
      size = storm_editor_get_fit (canvas->editor)->size;
    }
  g_assert_cmpfloat (size, ==, 8);
  /* Now it scrolls, to where the cursor is. */
  settle (f);
  scroll = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (canvas->editor->scroller));
  g_assert_cmpfloat (gtk_adjustment_get_upper (scroll), >, gtk_adjustment_get_page_size (scroll));
  gtk_text_view_scroll_mark_onscreen (editor_view (f), gtk_text_buffer_get_insert (buffer));
  settle (f);
  g_assert_cmpfloat (gtk_adjustment_get_value (scroll), >, 0);
  gtk_text_buffer_set_text (buffer, "Order\nplaced\nby me", -1);
  g_assert_cmpfloat (storm_editor_get_fit (canvas->editor)->size, >, 12);
  settle (f);
  assert_all_lines (f);
}

/* Where a title could not be read, its editor is as large as at 100 %, and in view. */
static void
test_editor_readable (Fixture       *f,
                      gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  g_autofree char *id = add (f, 200, 200, "Order placed");
  graphene_rect_t bounds;

  storm_selection_set_one (f->selection, id);
  storm_canvas_set_view (canvas, (StormPoint) { -3790, 200 }, .1);
  settle (f);
  act (f, "canvas.edit");
  settle (f);
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (canvas->editor), f->canvas, &bounds));
  g_assert_cmpfloat (bounds.size.width, ==, 120);
  g_assert_cmpfloat (bounds.origin.x, >=, 0);
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (f->canvas));
  /* Nearer, it goes back to its place. */
  storm_canvas_set_view (canvas, (StormPoint) { 200, 200 }, .8);
  settle (f);
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (canvas->editor), f->canvas, &bounds));
  g_assert_cmpfloat_with_epsilon (bounds.size.width, 96, .01);
}

/* An input method that knows the letter "y", and composes one syllable with "x". Enter ends it, and means the editor after that,
 * as Korean ones do; Escape takes it back and means nothing more. */
typedef struct
{
  GtkIMContext  parent;
  char         *preedit;
} TestIm;

typedef struct
{
  GtkIMContextClass parent;
} TestImClass;

GType test_im_get_type (void);
G_DEFINE_TYPE (TestIm, test_im, GTK_TYPE_IM_CONTEXT)

#define SYLLABLE "\353\220\250"

static void
test_im_set (TestIm     *self,
             const char *preedit)
{
  g_free (self->preedit);
  self->preedit = g_strdup (preedit);
  g_signal_emit_by_name (self, preedit != NULL ? "preedit-start" : "preedit-end");
  g_signal_emit_by_name (self, "preedit-changed");
}

static gboolean
test_im_filter (GtkIMContext *context,
                GdkEvent     *event)
{
  TestIm *self = (TestIm *) context;
  guint key = gdk_key_event_get_keyval (event);

  if (gdk_event_get_event_type (event) != GDK_KEY_PRESS)
    return FALSE;
  if (key == GDK_KEY_x)
    {
      test_im_set (self, SYLLABLE);
      return TRUE;
    }
  if (self->preedit == NULL && key == GDK_KEY_y)
    {
      g_signal_emit_by_name (self, "commit", "y");
      return TRUE;
    }
  if (self->preedit == NULL)
    return FALSE;
  if (key == GDK_KEY_Return)
    {
      test_im_set (self, NULL);
      g_signal_emit_by_name (self, "commit", SYLLABLE);
      return FALSE;
    }
  test_im_set (self, NULL);
  return key == GDK_KEY_Escape;
}

static void
test_im_get_preedit (GtkIMContext   *context,
                     char          **text,
                     PangoAttrList **attrs,
                     int            *cursor)
{
  TestIm *self = (TestIm *) context;

  if (text != NULL)
    *text = g_strdup (self->preedit != NULL ? self->preedit : "");
  if (attrs != NULL)
    *attrs = pango_attr_list_new ();
  if (cursor != NULL)
    *cursor = self->preedit != NULL ? 1 : 0;
}

static void
test_im_finalize (GObject *object)
{
  g_free (((TestIm *) object)->preedit);
  G_OBJECT_CLASS (test_im_parent_class)->finalize (object);
}

static void
test_im_class_init (TestImClass *klass)
{
  GTK_IM_CONTEXT_CLASS (klass)->filter_keypress = test_im_filter;
  GTK_IM_CONTEXT_CLASS (klass)->get_preedit_string = test_im_get_preedit;
  G_OBJECT_CLASS (klass)->finalize = test_im_finalize;
}

static void
test_im_init (TestIm *self)
{
}

static void
press (Fixture    *f,
       const char *key)
{
  const char *argv[] = { "xdotool", "key", key, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  settle (f);
}

static void
focus_window (Fixture *f)
{
  g_autofree char *id = NULL;
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");
  const char *search[] = { "sh", "-c", "xdotool windowfocus --sync $(xdotool search --sync "
                                       "--onlyvisible --pid $PPID | tail -1)", NULL };
  int status;

  if (xdotool == NULL)
    return;
  settle (f);
  g_assert_true (g_spawn_sync (NULL, (char **) search, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, &status, NULL));
  settle (f);
}

/* What is composed is seen in its place, and its keys are the input method's own. */
static void
test_editor_composes (Fixture       *f,
                      gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  g_autofree char *id = add (f, 200, 200, "");
  StormSticky *sticky = storm_board_lookup_sticky (f->board, id);
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");
  g_autofree char *im = NULL;
  g_autofree char *typed = NULL;

  if (xdotool == NULL)
    {
      g_test_skip ("xdotool is not there to press keys");
      return;
    }
  g_object_get (gtk_settings_get_default (), "gtk-im-module", &im, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-im-module", "storm-test", NULL);
  focus_window (f);
  storm_selection_set_one (f->selection, id);
  act (f, "canvas.edit");
  settle (f);
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (editor_view (f))));

  press (f, "x");
  g_assert_cmpstr (pango_layout_get_text (canvas->editor->layout), ==, SYLLABLE);
  typed = storm_editor_get_text (canvas->editor);
  g_assert_cmpstr (typed, ==, "");
  press (f, "Escape");
  g_assert_nonnull (canvas->editor);
  g_assert_cmpstr (pango_layout_get_text (canvas->editor->layout), ==, "");
  press (f, "x");
  press (f, "Return");
  g_assert_null (canvas->editor);
  g_assert_cmpstr (storm_sticky_get_title (sticky), ==, SYLLABLE);
  g_object_set (gtk_settings_get_default (), "gtk-im-module", im, NULL);
}

/* Tab and its like, from the editor and from the board; what was typed before is kept. */
static void
test_step (Fixture       *f,
           gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  g_autofree char *a = add (f, 200, 200, "a");
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");
  g_autofree char *im = NULL;
  StormSticky *sticky;

  storm_selection_set_one (f->selection, a);
  act (f, "canvas.next-right");
  g_assert_cmpuint (n_stickies (f), ==, 2);
  g_assert_nonnull (canvas->editor);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (editor_view (f)), "b", -1);
  g_signal_emit_by_name (canvas->editor, "step", STORM_SIDE_BOTTOM);
  g_assert_cmpuint (n_stickies (f), ==, 3);
  g_assert_nonnull (canvas->editor);
  act (f, "canvas.next-above");
  g_assert_cmpuint (n_stickies (f), ==, 3);
  act (f, "canvas.cancel");
  sticky = STORM_STICKY (storm_selection_get_single (f->selection));
  g_assert_cmpstr (storm_sticky_get_title (sticky), ==, "b");
  /* The third, then the second with its title. */
  act (f, "canvas.undo");
  act (f, "canvas.undo");
  g_assert_cmpuint (n_stickies (f), ==, 1);
  if (xdotool == NULL)
    return;

  g_object_get (gtk_settings_get_default (), "gtk-im-module", &im, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-im-module", "storm-test", NULL);
  focus_window (f);
  gtk_widget_grab_focus (f->canvas);
  storm_selection_set_one (f->selection, a);
  press (f, "Tab");
  g_assert_cmpuint (n_stickies (f), ==, 2);
  press (f, "y");
  press (f, "shift+Tab");
  g_assert_cmpuint (n_stickies (f), ==, 2);
  g_assert_true (storm_selection_contains (f->selection, a));
  g_assert_cmpstr (canvas->edit_id, ==, a);
  press (f, "ctrl+Return");
  press (f, "ctrl+shift+Return");
  g_assert_cmpuint (n_stickies (f), ==, 3);
  g_assert_cmpstr (canvas->edit_id, ==, a);
  press (f, "Escape");
  g_assert_null (canvas->editor);
  press (f, "Tab");
  sticky = STORM_STICKY (storm_selection_get_single (f->selection));
  g_assert_cmpstr (storm_sticky_get_title (sticky), ==, "y");
  g_assert_nonnull (canvas->editor);

  /* A letter on a selected one begins its new title; Undo brings the old one back. */
  act (f, "canvas.cancel");
  storm_selection_set_one (f->selection, a);
  press (f, "y");
  g_assert_cmpstr (canvas->edit_id, ==, a);
  press (f, "Return");
  g_assert_cmpstr (storm_sticky_get_title (storm_board_lookup_sticky (f->board, a)), ==, "y");
  act (f, "canvas.undo");
  g_assert_cmpstr (storm_sticky_get_title (storm_board_lookup_sticky (f->board, a)), ==, "a");
  g_object_set (gtk_settings_get_default (), "gtk-im-module", im, NULL);
}

static void
test_pixels (Fixture       *f,
             gconstpointer  data)
{
  const StormStyle *style = storm_painter_get_style (STORM_CANVAS (f->canvas)->painter);
  g_autofree char *a = add (f, 200, 200, "");
  GdkRGBA fill;

  g_assert_cmpint (style->dark, ==, data != NULL);
  storm_style_get_fill (style, STORM_KIND_EVENT, &fill);
  assert_pixel (f, 20, 20, &style->paper);
  assert_pixel (f, 200, 200, &fill);
  assert_pixel (f, 138, 200, &style->paper);
  storm_selection_set_one (f->selection, a);
  assert_pixel (f, 138, 220, &style->accent);
  storm_canvas_set_palette (STORM_CANVAS (f->canvas), STORM_PALETTE_MSAEZ);
  storm_style_get_fill (style, STORM_KIND_EVENT, &fill);
  assert_pixel (f, 200, 200, &fill);
  /* The same colours when it is filled by hand. */
  storm_selection_set (f->selection, NULL);
  storm_canvas_set_view (STORM_CANVAS (f->canvas), (StormPoint) { 200, 200 }, .05);
  g_assert_cmpint (storm_painter_get_lod (STORM_CANVAS (f->canvas)->painter), >=, STORM_LOD_FULL);
  assert_pixel (f, WIDTH / 2, HEIGHT / 2, &fill);
  g_assert_cmpint (storm_painter_get_lod (STORM_CANVAS (f->canvas)->painter), ==,
                   STORM_LOD_PIXELS);
  assert_pixel (f, WIDTH / 2 + 20, HEIGHT / 2, &style->paper);
}

/* A title is what it says, whatever it looks like. */
static void
test_markup (Fixture       *f,
             gconstpointer  data)
{
  const char *titles[] = { "<b>x</b>&amp;", "%s&lt;", "</span>" };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *a = add (f, 200, 200, "");
      g_autoptr (StormChange) change = NULL;
      guint without = 0, with = 0;
      g_autoptr (GskRenderNode) before = snapshot (f->canvas);
      g_autoptr (GskRenderNode) after = NULL;

      count_nodes (before, &without);
      change = storm_edit_set_text (f->board, a, STORM_PROP_TITLE, titles[i]);
      g_assert_true (storm_history_do (f->history, change, NULL));
      after = snapshot (f->canvas);
      count_nodes (after, &with);
      g_assert_cmpuint (with - without, >=, strlen (titles[i]));
      act (f, "canvas.select-all");
      act (f, "canvas.delete");
    }
}

/* Newer GTK leaves out a clip that takes nothing away. */
static GskRenderNode *
without_clip (GskRenderNode *node)
{
  return gsk_render_node_get_node_type (node) == GSK_CLIP_NODE ? gsk_clip_node_get_child (node)
                                                               : node;
}

static void
test_same_nodes (Fixture       *f,
                 gconstpointer  data)
{
  g_autofree char *a = add (f, 200, 200, "a");
  g_autofree char *b = add (f, 400, 200, "b");
  g_autoptr (GskRenderNode) first = snapshot (f->canvas);
  g_autoptr (GskRenderNode) second = snapshot (f->canvas);
  g_autoptr (GskRenderNode) third = NULL;
  GskRenderNode *base[3];
  StormItem *item = storm_scene_lookup (STORM_CANVAS (f->canvas)->scene, a);
  gpointer kept;

  /* The base is one child of the clip, the rest is the chrome. */
  base[0] = without_clip (first);
  base[1] = without_clip (second);
  g_assert_true (base[0] == base[1]);

  /* A moved sticky leaves the others' nodes alone. */
  kept = item->paint;
  storm_selection_set_one (f->selection, b);
  gtk_widget_activate_action (f->canvas, "canvas.nudge", "(dd)", 10.0, 0.0);
  third = snapshot (f->canvas);
  base[2] = without_clip (third);
  g_assert_true (base[2] != base[0]);
  g_assert_true (item->paint == kept);
}

static void
fill_board (Fixture *f,
            guint    n,
            double   pitch)
{
  g_autoptr (StormChange) change = storm_change_new (NULL);
  g_autofree char *previous = NULL;
  guint columns = (guint) sqrt (n);

  for (guint i = 0; i < n; i++)
    {
      GVariantDict props, flow;
      const char *id;

      g_variant_dict_init (&props, NULL);
      g_variant_dict_insert (&props, "title", "s", "Order placed again");
      g_variant_dict_insert (&props, "rect", "(dddd)", i % columns * pitch, i / columns * pitch,
                             120.0, 120.0);
      id = storm_change_insert (change, STORM_OBJECT_STICKY, NULL, g_variant_dict_end (&props));
      if (previous != NULL)
        {
          g_variant_dict_init (&flow, NULL);
          g_variant_dict_insert (&flow, "from", "s", previous);
          g_variant_dict_insert (&flow, "to", "s", id);
          storm_change_insert (change, STORM_OBJECT_FLOW, NULL, g_variant_dict_end (&flow));
        }
      g_free (previous);
      previous = g_strdup (id);
    }
  g_assert_true (storm_history_do (f->history, change, NULL));
}

/* GTK 4.8's GL renderer aborts the process beyond its limit: at no zoom, however crowded. */
static void
test_ceiling (Fixture       *f,
              gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);

  fill_board (f, 50000, 160);
  act (f, "canvas.select-all");
  storm_canvas_zoom_to_fit (canvas);
  for (double zoom = storm_canvas_get_zoom (canvas); zoom <= 4; zoom = storm_zoom_step (zoom, 4))
    {
      g_autoptr (GskRenderNode) node = NULL;
      guint n;

      storm_canvas_set_view (canvas, (StormPoint) { 8000, 8000 }, zoom);
      node = snapshot (f->canvas);
      n = count_nodes (node, NULL);
      g_test_message ("zoom %.3f: %u nodes", zoom, n);
      g_assert_cmpuint (n, <, STORM_NODE_CEILING);
      if (zoom >= STORM_ZOOM_MAX)
        break;
    }
}

static void
test_ceiling_heap (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr (GskRenderNode) node = NULL;

  /* All in one heap, at full size. */
  fill_board (f, 20000, 1);
  act (f, "canvas.select-all");
  storm_canvas_set_view (STORM_CANVAS (f->canvas), (StormPoint) { 100, 100 }, 1);
  node = snapshot (f->canvas);
  g_assert_cmpuint (count_nodes (node, NULL), <, STORM_NODE_CEILING);
}

static void
test_picture (Fixture       *f,
              gconstpointer  data)
{
  const StormStyle *style = storm_painter_get_style (STORM_CANVAS (f->canvas)->painter);
  g_autofree char *a = add (f, 5000, 5000, "");
  g_autoptr (GdkTexture) picture = NULL;
  g_autofree guint32 *data32 = g_new (guint32, 200 * 120);
  GdkRGBA fill;

  storm_selection_set_one (f->selection, a);
  picture = storm_canvas_render_picture (STORM_CANVAS (f->canvas), 200, 120);
  g_assert_cmpint (gdk_texture_get_width (picture), ==, 200);
  gdk_texture_download (picture, (guchar *) data32, 200 * 4);
  storm_style_get_fill (style, STORM_KIND_EVENT, &fill);
  g_assert_cmphex (data32[60 * 200 + 100], ==,
                   storm_pixels_color (fill.red, fill.green, fill.blue));
  g_assert_cmphex (data32[2 * 200 + 2], ==,
                   storm_pixels_color (style->paper.red, style->paper.green, style->paper.blue));
  /* It changes nothing of the view. */
  assert_pixel (f, 20, 20, &style->paper);
}

static gboolean
on_deadline (gpointer user_data)
{
  g_error ("Nothing was pasted");
  return G_SOURCE_REMOVE;
}

static void
wait_for_stickies (Fixture *f,
                   guint    n)
{
  guint deadline = g_timeout_add_seconds (10, on_deadline, NULL);

  while (n_stickies (f) < n)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

static void
test_clipboard (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *a = add (f, 100, 100, "a");
  g_autofree char *b = add (f, 500, 100, "b");
  GdkClipboard *clipboard = gtk_widget_get_clipboard (f->canvas);

  act (f, "canvas.select-all");
  act (f, "canvas.connect-selected");
  act (f, "canvas.copy");
  act (f, "canvas.paste");
  wait_for_stickies (f, 4);
  g_assert_cmpuint (n_flows (f), ==, 2);
  g_assert_false (storm_selection_contains (f->selection, a));
  /* Two stickies and their flow, in one step. */
  act (f, "canvas.undo");
  g_assert_cmpuint (n_stickies (f), ==, 2);
  act (f, "canvas.select-all");
  act (f, "canvas.cut");
  g_assert_cmpuint (n_stickies (f), ==, 0);

  gdk_clipboard_set_text (clipboard, "  Order <b>Placed</b>\n");
  act (f, "canvas.paste");
  wait_for_stickies (f, 1);
  g_assert_cmpstr (storm_sticky_get_title (STORM_STICKY (
                     storm_selection_get_single (f->selection))), ==, "Order <b>Placed</b>");
}

static void
on_failed (GError    **place,
           GError     *error)
{
  g_set_error_literal (place, error->domain, error->code, error->message);
}

/* What calls itself a board on the clipboard is not believed. */
static void
test_clipboard_hostile (Fixture       *f,
                        gconstpointer  data)
{
  static const char bad[] =
    "{\"format\":\"stormwatch-board\",\"version\":1,\"title\":\"t\",\"stickies\":[{\"kind\":7}]}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (bad, strlen (bad));
  g_autoptr (GdkContentProvider) provider =
    gdk_content_provider_new_for_bytes (STORM_BOARD_MIME, bytes);
  g_autoptr (GError) error = NULL;
  guint deadline = g_timeout_add_seconds (10, on_deadline, NULL);

  g_signal_connect_swapped (f->canvas, "failed", G_CALLBACK (on_failed), &error);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (f->canvas), provider);
  act (f, "canvas.paste");
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "stickies[0]"));
  g_assert_cmpuint (n_stickies (f), ==, 0);
}

static void
wait_for_failure (Fixture *f,
                  GError **error)
{
  guint deadline = g_timeout_add_seconds (10, on_deadline, NULL);
  gulong handler = g_signal_connect_swapped (f->canvas, "failed", G_CALLBACK (on_failed), error);

  act (f, "canvas.paste");
  while (*error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  g_signal_handler_disconnect (f->canvas, handler);
  g_test_message ("%s", (*error)->message);
}

/* A list becomes stickies: one of each line, in one step, in view and selected. */
static void
test_clipboard_list (Fixture       *f,
                     gconstpointer  data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (f->canvas);
  g_autoptr (GString) many = g_string_new (NULL);
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  StormRect seen, bounds;
  guint deadline;

  gdk_clipboard_set_text (clipboard, "- Placed\n- Paid\n\n- <b>Cooked</b>\n");
  act (f, "canvas.paste");
  wait_for_stickies (f, 3);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 3);
  act (f, "canvas.undo");
  g_assert_cmpuint (n_stickies (f), ==, 0);

  for (guint i = 0; i < 2500; i++)
    g_string_append_printf (many, "Event %u\n", i);
  gdk_clipboard_set_text (clipboard, many->str);
  act (f, "canvas.paste");
  wait_for_stickies (f, 2500);
  seen = storm_canvas_get_view_rect (canvas);
  g_assert_true (storm_board_get_bounds (f->board, &bounds));
  g_assert_true (storm_rect_encloses (&seen, &bounds));
  act (f, "canvas.undo");
  g_assert_cmpuint (n_stickies (f), ==, 0);

  /* Given up on the way, it leaves nothing. */
  act (f, "canvas.paste");
  deadline = g_timeout_add_seconds (10, on_deadline, NULL);
  while (canvas->list == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  act (f, "canvas.cancel");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (canvas->list);
  g_assert_cmpuint (n_stickies (f), ==, 0);
}

/* Line by line: in rows as wide as the view, over nothing that lies there already. */
static void
test_enter (Fixture       *f,
            gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  g_autofree char *a = add (f, WIDTH / 2 + 170, HEIGHT / 2, "in the way");
  GListModel *stickies = storm_board_get_stickies (f->board);
  guint n_rows = 1;

  g_assert_false (storm_canvas_enter (canvas, STORM_KIND_EVENT, "  "));
  for (guint i = 0; i < 8; i++)
    g_assert_true (storm_canvas_enter (canvas, STORM_KIND_EVENT, "Paid"));
  g_assert_cmpuint (n_stickies (f), ==, 9);
  for (guint i = 0; i < 9; i++)
    {
      g_autoptr (StormSticky) one = g_list_model_get_item (stickies, i);
      g_autoptr (StormSticky) before = g_list_model_get_item (stickies, i > 0 ? i - 1 : 0);

      n_rows += i > 1 && storm_sticky_get_rect (one)->y > storm_sticky_get_rect (before)->y;
      for (guint k = 0; k < i; k++)
        {
          g_autoptr (StormSticky) other = g_list_model_get_item (stickies, k);

          g_assert_false (storm_rect_intersects (storm_sticky_get_rect (one),
                                                 storm_sticky_get_rect (other)));
        }
    }
  g_assert_cmpuint (n_rows, >=, 3);
  act (f, "canvas.undo");
  g_assert_cmpuint (n_stickies (f), ==, 8);
  g_assert_nonnull (a);
}

/* What can't become stickies is refused with a word, and nothing is lost. */
static void
test_clipboard_refused (Fixture       *f,
                        gconstpointer  data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (f->canvas);
  g_autofree char *line = g_strnfill (1024 * 1024, 'x');
  g_autofree char *a = add (f, 100, 100, "a");
  g_autoptr (GBytes) pixels = g_bytes_new_static ("abcd", 4);
  g_autoptr (GdkTexture) picture = gdk_memory_texture_new (1, 1, GDK_MEMORY_DEFAULT, pixels, 4);
  g_autoptr (GError) error = NULL;

  gdk_clipboard_set_text (clipboard, line);
  wait_for_failure (f, &error);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_LIMIT);
  g_clear_error (&error);
  gdk_clipboard_set_texture (clipboard, picture);
  wait_for_failure (f, &error);
  g_assert_nonnull (strstr (error->message, "picture"));
  g_clear_error (&error);
  gdk_clipboard_set_content (clipboard, NULL);
  wait_for_failure (f, &error);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_INVALID);
  g_assert_cmpuint (n_stickies (f), ==, 1);
  g_assert_nonnull (a);
}

static void
take_event (StormMonitor *monitor,
            const char   *payload,
            gint64        offset)
{
  g_autoptr (StormMapping) mapping = storm_mapping_new_default ();
  StormBatchBuilder *builder = storm_batch_builder_new (storm_monitor_get_strings (monitor),
                                                        mapping);
  StormRecord record = { .topic = "shop", .offset = offset, .broker_time = STORM_TIME_NONE,
                         .payload = (const guint8 *) payload, .payload_len = strlen (payload) };
  StormBatch *batch;

  storm_batch_builder_add (builder, &record);
  batch = storm_batch_builder_take (builder);
  storm_monitor_take (monitor, batch);
  storm_monitor_flush (monitor);
  storm_batch_unref (batch);
  storm_batch_builder_free (builder);
}

static void
on_activated (char      **place,
              const char *id)
{
  g_free (*place);
  *place = g_strdup (id);
}

static void
test_overlay (Fixture       *f,
              gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  const StormStyle *style = storm_painter_get_style (canvas->painter);
  g_autofree char *a = add (f, 200, 200, "OrderPlaced");
  g_autofree char *b = add (f, 500, 200, "OrderCanceled");
  g_autoptr (StormMonitor) monitor = storm_monitor_new (f->board);
  g_autofree char *activated = NULL;
  GdkRGBA fill;

  storm_canvas_set_overlay (canvas, storm_monitor_get_overlay (monitor));
  take_event (monitor,
              "{\"eventType\":\"OrderPlaced\",\"timestamp\":1795171267120,\"correlationId\":7}", 0);
  storm_monitor_set_key (monitor, "7");
  storm_monitor_flush (monitor);
  g_assert_true (storm_overlay_has_key (storm_monitor_get_overlay (monitor)));

  /* Lit: a rim and a number at the corner; the other one is dimmed. */
  assert_pixel (f, 141, 230, &style->lit);
  storm_style_get_fill (style, STORM_KIND_EVENT, &fill);
  assert_pixel (f, 200, 240, &fill);
  fill = storm_style_mix (&fill, &style->paper, style->dim.alpha);
  assert_pixel (f, 500, 240, &fill);
  g_assert_nonnull (storm_painter_badge_at (canvas->painter, (StormPoint) { 139, 137 }));

  storm_canvas_a11y_update (canvas);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (g_hash_table_lookup (canvas->proxies, a)),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "number 1, provisional");
  g_signal_connect_swapped (canvas, "sticky-activated", G_CALLBACK (on_activated), &activated);
  g_signal_emit_by_name (controller (f, GTK_TYPE_GESTURE_DRAG), "drag-begin", 139.0, 137.0);
  g_assert_cmpstr (activated, ==, a);

  storm_canvas_set_overlay (canvas, NULL);
  storm_style_get_fill (style, STORM_KIND_EVENT, &fill);
  assert_pixel (f, 500, 240, &fill);
}

#define ADD(name, func) g_test_add ("/canvas/" name, Fixture, NULL, set_up, func, tear_down)

static cairo_surface_t *
draw_base (Fixture *f,
           double   zoom,
           gboolean cairo)
{
  StormViewport view = { -100, -60, zoom, WIDTH, HEIGHT };
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GskRenderNode) node = NULL;

  g_assert_true (storm_painter_snapshot_base (STORM_CANVAS (f->canvas)->painter, snapshot, &view,
                                              1, cairo, -1));
  node = gtk_snapshot_free_to_node (snapshot);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* How many of all the pixels differ by more than @tolerance in a colour, in ten thousandths. */
static guint
difference (cairo_surface_t *a,
            cairo_surface_t *b,
            int              tolerance)
{
  const guchar *x = cairo_image_surface_get_data (a), *y = cairo_image_surface_get_data (b);
  guint n = 0;

  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    for (guint c = 0; c < 3; c++)
      if (ABS (x[4 * i + c] - y[4 * i + c]) > tolerance)
        {
          n++;
          break;
        }
  return (guint) ((guint64) n * 10000 / (WIDTH * HEIGHT));
}

/* GTK's old GL renderer gets texts as pictures: they look as they do elsewhere, above each other
 * too; while the zoom changes they may be blurred, and then are sharp. */
static void
test_pictures (Fixture       *f,
               gconstpointer  data)
{
  StormPainter *painter = STORM_CANVAS (f->canvas)->painter;
  double zooms[] = { .4, .55, 1, 2 };

  if (gtk_get_minor_version () >= 14)
    {
      g_test_skip ("this GTK draws texts well itself");
      return;
    }
  g_free (add (f, 100, 100, "Order placed"));
  g_free (add (f, 170, 150, "Payment received long ago"));
  g_free (add (f, 400, 100, "CookStarted"));
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    {
      cairo_surface_t *expected = draw_base (f, zooms[i], TRUE);
      cairo_surface_t *rough = draw_base (f, zooms[i] * .9, FALSE);
      cairo_surface_t *zoomed = draw_base (f, zooms[i], FALSE);
      cairo_surface_t *sharp, *none;

      g_usleep (130 * 1000);
      g_assert_cmpint (storm_painter_settle (painter), ==, 0);
      g_assert_cmpint (storm_painter_settle (painter), <, 0);
      sharp = draw_base (f, zooms[i], FALSE);
      storm_painter_marks_changed (painter);
      none = draw_base (f, zooms[i], FALSE);
      g_test_message ("zoom %g: %u rough, %u sharp", zooms[i], difference (expected, zoomed, 48),
                      difference (expected, sharp, 48));
      g_assert_cmpuint (difference (expected, sharp, 48), <=, 5);
      g_assert_cmpuint (difference (expected, rough, 48), >, 100);
      g_assert_cmpuint (difference (sharp, none, 0), ==, 0);
      cairo_surface_destroy (expected);
      cairo_surface_destroy (rough);
      cairo_surface_destroy (zoomed);
      cairo_surface_destroy (sharp);
      cairo_surface_destroy (none);
    }
  /* Each picture goes with what it shows. */
  act (f, "canvas.select-all");
  act (f, "canvas.delete");
  cairo_surface_destroy (draw_base (f, 1, FALSE));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_io_extension_point_implement (GTK_IM_MODULE_EXTENSION_POINT_NAME, test_im_get_type (),
                                  "storm-test", 0);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  ADD ("a11y", test_a11y);
  ADD ("proxies", test_proxies);
  ADD ("actions", test_actions);
  ADD ("arrange", test_arrange);
  ADD ("walk", test_walk);
  ADD ("read-only", test_read_only);
  ADD ("handles", test_handles);
  ADD ("gestures", test_gestures);
  ADD ("keys", test_keys);
  ADD ("editor", test_editor);
  ADD ("editor/place", test_editor_place);
  ADD ("editor/shrinks", test_editor_shrinks);
  ADD ("editor/composes", test_editor_composes);
  ADD ("editor/readable", test_editor_readable);
  ADD ("step", test_step);
  ADD ("pixels/light", test_pixels);
  ADD ("pictures", test_pictures);
  g_test_add ("/canvas/pixels/dark", Fixture, "dark", set_up, test_pixels, tear_down);
  ADD ("markup", test_markup);
  ADD ("same-nodes", test_same_nodes);
  ADD ("ceiling/fit", test_ceiling);
  ADD ("ceiling/heap", test_ceiling_heap);
  ADD ("picture", test_picture);
  ADD ("clipboard", test_clipboard);
  ADD ("clipboard/hostile", test_clipboard_hostile);
  ADD ("clipboard/list", test_clipboard_list);
  ADD ("enter", test_enter);
  ADD ("clipboard/refused", test_clipboard_refused);
  ADD ("overlay", test_overlay);
  return g_test_run ();
}
