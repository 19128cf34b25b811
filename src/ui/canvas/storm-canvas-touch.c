#include "config.h"

#include "storm-canvas-private.h"

#include "storm-edit.h"

/* Fingers, pens and touchpads: momentum, pinch, long press, the pen's other end. */

/* A frame that took longer shall not make the board jump. */
#define MAX_STEP .05

StormDevice
storm_canvas_device (GtkEventController *controller)
{
  GdkEvent *event = GTK_IS_GESTURE (controller)
                      ? gtk_gesture_get_last_event (
                          GTK_GESTURE (controller),
                          gtk_gesture_get_last_updated_sequence (GTK_GESTURE (controller)))
                      : gtk_event_controller_get_current_event (controller);
  GdkDevice *device = event != NULL ? gdk_event_get_device (event) : NULL;
  GdkDeviceTool *tool = event != NULL ? gdk_event_get_device_tool (event) : NULL;

  if (tool != NULL && gdk_device_tool_get_tool_type (tool) == GDK_DEVICE_TOOL_TYPE_ERASER)
    return STORM_DEVICE_ERASER;
  switch (device != NULL ? gdk_device_get_source (device) : GDK_SOURCE_MOUSE)
    {
    case GDK_SOURCE_TOUCHSCREEN:
      return STORM_DEVICE_TOUCH;

    case GDK_SOURCE_TOUCHPAD:
      return STORM_DEVICE_TOUCHPAD;

    case GDK_SOURCE_PEN:
      return STORM_DEVICE_PEN;

    case GDK_SOURCE_MOUSE:
    case GDK_SOURCE_KEYBOARD:
    case GDK_SOURCE_TRACKPOINT:
    case GDK_SOURCE_TABLET_PAD:
    default:
      return STORM_DEVICE_MOUSE;
    }
}

static gboolean
on_glide_tick (GtkWidget     *widget,
               GdkFrameClock *clock,
               gpointer       user_data)
{
  StormCanvas *self = STORM_CANVAS (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double seconds = CLAMP ((double) (now - self->glide_time) / G_TIME_SPAN_SECOND, 0, MAX_STEP);
  StormPoint by;
  gboolean more = storm_glide_step (&self->glide, seconds, &by);

  self->glide_time = now;
  storm_viewport_pan (&self->view, by.x, by.y);
  storm_canvas_view_moved (self);
  if (more)
    return G_SOURCE_CONTINUE;
  self->glide_tick = 0;
  return G_SOURCE_REMOVE;
}

void
storm_canvas_glide_stop (StormCanvas *self)
{
  if (self->glide_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->glide_tick);
  self->glide_tick = 0;
  storm_glide_press (&self->glide);
}

/* Not for those who want less motion. */
static void
storm_canvas_glide (StormCanvas *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (self->glide_tick != 0 || clock == NULL || !storm_canvas_animations (self))
    return;
  self->glide_time = gdk_frame_clock_get_frame_time (clock);
  self->glide_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_glide_tick, NULL, NULL);
}

static void
on_decelerate (StormCanvas *self,
               double       x,
               double       y)
{
  StormScroll scroll;
  double rest = 0;

  if (self->scroll_zooms)
    return;
  storm_input_scroll (self->scroll_device, x, y, self->scroll_steps, 0, &rest, &scroll);
  if (storm_glide_set (&self->glide, scroll.pan))
    storm_canvas_glide (self);
}

void
storm_canvas_init_scroll (StormCanvas        *self,
                          GtkEventController *scroll)
{
  g_signal_connect_swapped (scroll, "scroll-begin", G_CALLBACK (storm_canvas_glide_stop), self);
  g_signal_connect_swapped (scroll, "decelerate", G_CALLBACK (on_decelerate), self);
}

static void
storm_canvas_erase (StormCanvas *self,
                    StormPoint   at)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (StormChange) change = NULL;
  const StormHit *hit;

  storm_tool_motion (self->tool, at, 0);
  hit = storm_tool_get_hit (self->tool);
  if (hit->part != STORM_HIT_STICKY && hit->part != STORM_HIT_FLOW)
    return;
  g_ptr_array_add (ids, (char *) storm_item_get_id (hit->item));
  change = storm_edit_remove (self->board, ids);
  if (change != NULL)
    storm_canvas_do (self, change);
}

gboolean
storm_canvas_press_device (StormCanvas *self,
                           StormDevice  device,
                           StormPoint   at)
{
  self->press = STORM_PRESS_TOOL;
  storm_canvas_glide_stop (self);
  if (device == STORM_DEVICE_MOUSE || device == STORM_DEVICE_TOUCHPAD)
    return FALSE;
  storm_tool_motion (self->tool, at, 0);
  self->press = storm_input_press (device, storm_tool_get_hit (self->tool)->part,
                                   storm_tool_get_placing (self->tool) >= 0,
                                   storm_history_get_read_only (self->history));
  if (self->press == STORM_PRESS_PAN)
    storm_tool_press_pan (self->tool, at);
  else if (self->press == STORM_PRESS_ERASE)
    {
      /* However far it goes, it is one step. */
      storm_history_begin (self->history, NULL);
      storm_canvas_erase (self, at);
    }
  return self->press != STORM_PRESS_TOOL;
}

gboolean
storm_canvas_drag_device (StormCanvas *self,
                          StormPoint   at,
                          gint64       time)
{
  if (self->press == STORM_PRESS_PAN)
    storm_glide_note (&self->glide, at, time);
  if (self->press == STORM_PRESS_ERASE)
    storm_canvas_erase (self, at);
  return self->press == STORM_PRESS_ERASE;
}

gboolean
storm_canvas_release_device (StormCanvas *self,
                             double       moved,
                             gint64       time)
{
  StormPress press = self->press;

  self->press = STORM_PRESS_TOOL;
  if (press == STORM_PRESS_ERASE)
    {
      storm_history_commit (self->history, NULL);
      return TRUE;
    }
  if (press != STORM_PRESS_PAN)
    return FALSE;
  if (moved < STORM_DRAG_THRESHOLD)
    storm_selection_set (self->selection, NULL);
  else if (!self->pinching && storm_glide_release (&self->glide, time))
    storm_canvas_glide (self);
  return FALSE;
}

void
storm_canvas_cancel_device (StormCanvas *self)
{
  if (self->press == STORM_PRESS_ERASE)
    storm_history_cancel (self->history);
  self->press = STORM_PRESS_TOOL;
}

static void
storm_canvas_pinch_center (StormCanvas *self,
                           GtkGesture  *pinch,
                           StormPoint  *at)
{
  *at = storm_canvas_pointer (self);
  if (gtk_gesture_is_active (pinch))
    gtk_gesture_get_bounding_box_center (pinch, &at->x, &at->y);
}

static void
on_pinch_begin (StormCanvas      *self,
                GdkEventSequence *sequence,
                GtkGesture       *pinch)
{
  storm_canvas_glide_stop (self);
  storm_canvas_cancel_device (self);
  storm_tool_cancel (self->tool);
  self->pinching = TRUE;
  self->pinch_zoom = self->view.zoom;
  storm_canvas_pinch_center (self, pinch, &self->pinch_at);
}

static void
on_pinch_end (StormCanvas *self)
{
  self->pinching = FALSE;
}

/* Two fingers move the board too. */
static void
on_pinch (StormCanvas *self,
          double       scale,
          GtkGesture  *pinch)
{
  StormPoint at;

  storm_canvas_pinch_center (self, pinch, &at);
  storm_viewport_pan (&self->view, self->pinch_at.x - at.x, self->pinch_at.y - at.y);
  self->pinch_at = at;
  storm_viewport_zoom_at (&self->view, self->pinch_zoom * scale, at);
  storm_canvas_view_moved (self);
}

/* What the right button is to a mouse. */
static void
on_long_press (StormCanvas *self,
               double       x,
               double       y,
               GtkGesture  *gesture)
{
  /* The drag that the finger began gives way, and takes back what it did. */
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  storm_canvas_cancel_device (self);
  storm_canvas_context_menu (self, (StormPoint) { x, y });
}

void
storm_canvas_init_touch (StormCanvas *self)
{
  GtkGesture *pinch = gtk_gesture_zoom_new (), *hold = gtk_gesture_long_press_new ();

  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (on_pinch), self);
  g_signal_connect_swapped (pinch, "end", G_CALLBACK (on_pinch_end), self);
  g_signal_connect_swapped (pinch, "cancel", G_CALLBACK (on_pinch_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  g_signal_connect_swapped (hold, "pressed", G_CALLBACK (on_long_press), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (hold));
}
