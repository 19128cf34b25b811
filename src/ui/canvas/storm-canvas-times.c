#include "config.h"

#include "storm-canvas-private.h"

/* How long steps take, on the flows. */

static void
on_times_changed (StormCanvas *self)
{
  storm_painter_times_changed (self->painter);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
storm_canvas_set_times (StormCanvas    *self,
                        StormFlowTimes *times)
{
  g_return_if_fail (STORM_IS_CANVAS (self));
  g_return_if_fail (times == NULL || STORM_IS_FLOW_TIMES (times));

  if (self->times == times)
    return;
  if (self->times != NULL)
    g_signal_handlers_disconnect_by_func (self->times, on_times_changed, self);
  g_set_object (&self->times, times);
  if (times != NULL)
    g_signal_connect_object (times, "changed", G_CALLBACK (on_times_changed), self,
                             G_CONNECT_SWAPPED);
  storm_painter_set_times (self->painter, times);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
storm_canvas_set_heat (StormCanvas *self,
                       StormHeat    heat)
{
  g_return_if_fail (STORM_IS_CANVAS (self));

  storm_painter_set_heat (self->painter, heat);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
storm_canvas_set_show_times (StormCanvas *self,
                             gboolean     show_times)
{
  g_return_if_fail (STORM_IS_CANVAS (self));

  storm_painter_set_show_times (self->painter, show_times);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
