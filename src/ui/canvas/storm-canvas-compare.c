#include "config.h"

#include "storm-canvas-private.h"

void
storm_canvas_set_comparison (StormCanvas     *self,
                             StormComparison *comparison)
{
  g_return_if_fail (STORM_IS_CANVAS (self));

  storm_painter_set_comparison (self->painter, comparison);
  storm_canvas_a11y_queue (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
