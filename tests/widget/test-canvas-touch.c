#include "config.h"

#include "storm-canvas-test.h"

static void
press (Fixture     *f,
       StormDevice  device,
       double       x,
       double       y)
{
  StormCanvas *self = STORM_CANVAS (f->canvas);

  storm_canvas_set_pointer (self, (StormPoint) { x, y });
  if (!storm_canvas_press_device (self, device, (StormPoint) { x, y }))
    storm_tool_press (self->tool, (StormPoint) { x, y }, 0);
}

static void
drag (Fixture *f,
      double   x,
      double   y,
      gint64   time)
{
  StormCanvas *self = STORM_CANVAS (f->canvas);

  if (!storm_canvas_drag_device (self, (StormPoint) { x, y }, time))
    storm_tool_motion (self->tool, (StormPoint) { x, y }, 0);
}

static void
lift (Fixture *f,
      double   moved,
      double   x,
      double   y,
      gint64   time)
{
  StormCanvas *self = STORM_CANVAS (f->canvas);

  if (!storm_canvas_release_device (self, moved, time))
    storm_tool_release (self->tool, (StormPoint) { x, y }, 0);
}

/* One finger moves the board, and a sticky when it is on one; the pen selects. */
static void
test_finger (Fixture       *f,
             gconstpointer  data)
{
  StormCanvas *self = STORM_CANVAS (f->canvas);
  g_autofree char *a = add (f, 100, 100, "a");
  StormRect before = storm_canvas_get_view_rect (self), after;

  storm_selection_set_one (f->selection, a);
  press (f, STORM_DEVICE_TOUCH, 400, 400);
  drag (f, 450, 420, 10000);
  g_assert_cmpint (storm_tool_get_state (self->tool), ==, STORM_TOOL_PAN);
  lift (f, 54, 450, 420, 500000);
  after = storm_canvas_get_view_rect (self);
  g_assert_cmpfloat (before.x - after.x, ==, 50);
  g_assert_cmpfloat (before.y - after.y, ==, 20);
  g_assert_true (storm_selection_contains (f->selection, a));
  g_assert_cmpuint (self->glide_tick, ==, 0);

  /* A tap on empty board selects nothing, as a click does. */
  press (f, STORM_DEVICE_TOUCH, 400, 400);
  lift (f, 1, 400, 401, 510000);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 0);

  press (f, STORM_DEVICE_TOUCH, 150, 120);
  drag (f, 190, 120, 20000);
  g_assert_cmpint (storm_tool_get_state (self->tool), ==, STORM_TOOL_MOVE);
  lift (f, 40, 190, 120, 30000);
  g_assert_cmpfloat (storm_sticky_get_rect (storm_board_lookup_sticky (f->board, a))->x, ==, 80);

  press (f, STORM_DEVICE_PEN, 400, 400);
  drag (f, 420, 420, 10000);
  g_assert_cmpint (storm_tool_get_state (self->tool), ==, STORM_TOOL_MARQUEE);
  lift (f, 28, 420, 420, 20000);
}

/* The pen's other end takes away what it touches, in one step. */
static void
test_eraser (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *a = add (f, 100, 100, "a");
  g_autofree char *b = add (f, 300, 100, "b");
  g_autofree char *c = add (f, 500, 100, "c");

  press (f, STORM_DEVICE_ERASER, 100, 100);
  g_assert_cmpuint (n_stickies (f), ==, 2);
  drag (f, 300, 100, 10000);
  drag (f, 300, 400, 20000);
  lift (f, 300, 300, 400, 30000);
  g_assert_cmpuint (n_stickies (f), ==, 1);
  g_assert_nonnull (storm_board_lookup (f->board, c));
  act (f, "canvas.undo");
  g_assert_cmpuint (n_stickies (f), ==, 3);

  /* Broken off, it was nothing. */
  press (f, STORM_DEVICE_ERASER, 100, 100);
  storm_canvas_cancel_device (STORM_CANVAS (f->canvas));
  g_assert_cmpuint (n_stickies (f), ==, 3);
  storm_history_set_read_only (f->history, TRUE);
  press (f, STORM_DEVICE_ERASER, 100, 100);
  lift (f, 0, 100, 100, 0);
  g_assert_cmpuint (n_stickies (f), ==, 3);
  g_assert_nonnull (b);
}

/* Two fingers: the first of them drags nothing any more, and takes back what it did. */
static void
test_pinch (Fixture       *f,
            gconstpointer  data)
{
  StormCanvas *self = STORM_CANVAS (f->canvas);
  GObject *pinch = controller (f, GTK_TYPE_GESTURE_ZOOM);
  GObject *finger = controller (f, GTK_TYPE_GESTURE_DRAG);
  g_autofree char *a = add (f, 100, 100, "a");
  StormRect before;

  press (f, STORM_DEVICE_TOUCH, 150, 120);
  drag (f, 190, 120, 20000);
  g_signal_emit_by_name (pinch, "begin", NULL);
  g_assert_cmpint (storm_tool_get_state (self->tool), ==, STORM_TOOL_IDLE);
  g_assert_cmpfloat (storm_sticky_get_rect (storm_board_lookup_sticky (f->board, a))->x, ==, 40);
  before = storm_canvas_get_view_rect (self);
  g_signal_emit_by_name (finger, "drag-update", 30., 40.);
  g_assert_cmpfloat (storm_canvas_get_view_rect (self).x, ==, before.x);
  g_signal_emit_by_name (pinch, "scale-changed", 2.);
  g_assert_cmpfloat (storm_canvas_get_zoom (self), ==, 2);
  g_signal_emit_by_name (pinch, "end", NULL);
  g_assert_false (self->pinching);
}

/* A touchpad that is let go moves on; but not after it zoomed, and not when it comes to rest. */
static void
test_momentum (Fixture       *f,
               gconstpointer  data)
{
  StormCanvas *self = STORM_CANVAS (f->canvas);
  GObject *scroll = controller (f, GTK_TYPE_EVENT_CONTROLLER_SCROLL);
  gboolean handled = FALSE;

  g_signal_emit_by_name (scroll, "scroll", 0., 1., &handled);
  g_assert_true (handled);
  g_signal_emit_by_name (scroll, "decelerate", 0., 20.);
  g_assert_cmpfloat (self->glide.velocity.y, >, 500);
  g_signal_emit_by_name (scroll, "scroll-begin");
  g_assert_cmpfloat (self->glide.velocity.y, ==, 0);
  self->scroll_zooms = TRUE;
  g_signal_emit_by_name (scroll, "decelerate", 0., 20.);
  g_assert_cmpfloat (self->glide.velocity.y, ==, 0);
  g_assert_cmpuint (self->glide_tick, ==, 0);
}

static void
test_long_press (Fixture       *f,
                 gconstpointer  data)
{
  GObject *hold = controller (f, GTK_TYPE_GESTURE_LONG_PRESS);
  g_autofree char *a = add (f, 100, 100, "a");

  gtk_window_present (GTK_WINDOW (f->window));
  g_assert_true (gtk_gesture_single_get_touch_only (GTK_GESTURE_SINGLE (hold)));
  g_signal_emit_by_name (hold, "pressed", 100., 100.);
  g_assert_true (storm_selection_contains (f->selection, a));
  g_assert_true (gtk_widget_get_visible (STORM_CANVAS (f->canvas)->menu));
}

/* Where no pointer ever was, the wheel zooms about the middle. */
static void
test_no_pointer (Fixture       *f,
                 gconstpointer  data)
{
  StormCanvas *self = STORM_CANVAS (f->canvas);
  StormPoint at = storm_canvas_pointer (self);

  g_assert_cmpfloat (at.x, ==, self->view.width / 2);
  g_assert_cmpfloat (at.y, ==, self->view.height / 2);
  storm_canvas_set_pointer (self, (StormPoint) { 3, 4 });
  g_assert_cmpfloat (storm_canvas_pointer (self).x, ==, 3);
}

int
main (int    argc,
      char **argv)
{
  init (&argc, &argv);
  ADD ("touch/finger", test_finger);
  ADD ("touch/eraser", test_eraser);
  ADD ("touch/pinch", test_pinch);
  ADD ("touch/momentum", test_momentum);
  ADD ("touch/long-press", test_long_press);
  ADD ("touch/no-pointer", test_no_pointer);
  return g_test_run ();
}
