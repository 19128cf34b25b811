#include "config.h"

#include "storm-canvas-private.h"

#include <math.h>

/* A stutter must not throw the board away. */
#define MAX_STEP .1

static gboolean
storm_canvas_may_push (StormCanvas *self)
{
  switch (storm_tool_get_state (self->tool))
    {
    case STORM_TOOL_MOVE:
    case STORM_TOOL_MARQUEE:
    case STORM_TOOL_RESIZE:
    case STORM_TOOL_CONNECT:
      return TRUE;

    case STORM_TOOL_IDLE:
    case STORM_TOOL_PRESSED:
    case STORM_TOOL_PAN:
    default:
      return FALSE;
    }
}

/* None where the drag began: what lies by the border can be taken without the board running off. */
static StormPoint
storm_canvas_push_speed (StormCanvas *self)
{
  StormPoint speed = storm_viewport_push (&self->view, self->pointer);
  StormPoint first = storm_viewport_push (&self->view, storm_tool_get_press (self->tool));

  if (speed.x * first.x > 0 && fabs (speed.x) <= fabs (first.x))
    speed.x = 0;
  if (speed.y * first.y > 0 && fabs (speed.y) <= fabs (first.y))
    speed.y = 0;
  return speed;
}

static gboolean
on_push_tick (GtkWidget     *widget,
              GdkFrameClock *clock,
              gpointer       user_data)
{
  StormCanvas *self = STORM_CANVAS (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double seconds = (double) (now - self->push_time) / G_TIME_SPAN_SECOND;
  StormPoint speed = storm_canvas_push_speed (self);

  if (!storm_canvas_may_push (self) || (speed.x == 0 && speed.y == 0))
    {
      self->push_tick = 0;
      return G_SOURCE_REMOVE;
    }
  self->push_time = now;
  seconds = CLAMP (seconds, 0, MAX_STEP);
  storm_viewport_pan (&self->view, speed.x * seconds, speed.y * seconds);
  storm_canvas_view_moved (self);
  /* What is dragged stays under the pointer, which did not move itself. */
  storm_tool_motion (self->tool, self->pointer, storm_tool_get_mods (self->tool));
  return G_SOURCE_CONTINUE;
}

/* Begins to move the view when what is dragged comes near the border. */
void
storm_canvas_push (StormCanvas *self)
{
  StormPoint speed = storm_canvas_push_speed (self);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (self->push_tick != 0 || clock == NULL || (speed.x == 0 && speed.y == 0) ||
      !storm_canvas_may_push (self))
    return;
  self->push_time = gdk_frame_clock_get_frame_time (clock);
  self->push_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_push_tick, NULL, NULL);
}

void
storm_canvas_push_stop (StormCanvas *self)
{
  if (self->push_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->push_tick);
  self->push_tick = 0;
}
