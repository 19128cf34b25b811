#include "config.h"

#include "storm-frame-pump.h"

/* As often as frames come, in ms. */
#define TIMER 16

struct _StormFramePump
{
  GtkWidget          *widget;       /* weak */
  StormFramePumpFunc  func;
  gpointer            user_data;
  guint               tick_id;      /* on the widget */
  guint               timer_id;     /* in place of a tick */
  gulong              unmap_id;
};

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  StormFramePump *self = data;

  if (self->func (self->user_data))
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
timer_cb (gpointer data)
{
  StormFramePump *self = data;

  if (self->func (self->user_data))
    return G_SOURCE_CONTINUE;
  self->timer_id = 0;
  return G_SOURCE_REMOVE;
}

/* A widget that leaves the screen gets no more frames; the timer takes over. */
static void
unmap_cb (StormFramePump *self)
{
  if (self->tick_id == 0)
    return;
  storm_frame_pump_stop (self);
  self->timer_id = g_timeout_add (TIMER, timer_cb, self);
}

StormFramePump *
storm_frame_pump_new (GtkWidget          *widget,
                      StormFramePumpFunc  func,
                      gpointer            user_data)
{
  StormFramePump *self = g_new0 (StormFramePump, 1);

  self->func = func;
  self->user_data = user_data;
  g_set_weak_pointer (&self->widget, widget);
  if (widget != NULL)
    self->unmap_id = g_signal_connect_swapped (widget, "unmap", G_CALLBACK (unmap_cb), self);
  return self;
}

void
storm_frame_pump_free (StormFramePump *self)
{
  storm_frame_pump_stop (self);
  if (self->widget != NULL)
    g_signal_handler_disconnect (self->widget, self->unmap_id);
  g_clear_weak_pointer (&self->widget);
  g_free (self);
}

void
storm_frame_pump_start (StormFramePump *self)
{
  if (self->tick_id != 0 || self->timer_id != 0)
    return;
  if (self->widget != NULL && gtk_widget_get_mapped (self->widget))
    self->tick_id = gtk_widget_add_tick_callback (self->widget, tick_cb, self, NULL);
  else
    self->timer_id = g_timeout_add (TIMER, timer_cb, self);
}

void
storm_frame_pump_stop (StormFramePump *self)
{
  if (self->tick_id != 0 && self->widget != NULL)
    gtk_widget_remove_tick_callback (self->widget, self->tick_id);
  self->tick_id = 0;
  g_clear_handle_id (&self->timer_id, g_source_remove);
}
