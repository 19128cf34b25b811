#include "config.h"

#include "storm-canvas-private.h"

#include "storm-layer-trace.h"

/* What the monitor shows on the board. */

static void
on_overlay_changed (StormCanvas *self)
{
  storm_painter_marks_changed (self->painter);
  storm_canvas_a11y_queue (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
storm_canvas_set_overlay (StormCanvas  *self,
                          StormOverlay *overlay)
{
  g_return_if_fail (STORM_IS_CANVAS (self));

  if (self->overlay == overlay)
    return;
  if (self->overlay != NULL)
    g_signal_handlers_disconnect_by_data (self->overlay, self);
  g_set_object (&self->overlay, overlay);
  if (overlay != NULL)
    g_signal_connect_object (overlay, "changed", G_CALLBACK (on_overlay_changed), self,
                             G_CONNECT_SWAPPED);
  storm_painter_set_overlay (self->painter, overlay);
  storm_canvas_a11y_queue (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
storm_canvas_press_ghost (StormCanvas *self,
                          StormPoint   at)
{
  const StormGhost *ghost = storm_painter_ghost_at (self->painter, at);

  if (ghost == NULL)
    return FALSE;
  g_signal_emit_by_name (self, "event-activated", ghost->row);
  return TRUE;
}

gboolean
storm_canvas_shows_trace (StormCanvas *self)
{
  g_return_val_if_fail (STORM_IS_CANVAS (self), FALSE);

  return self->overlay != NULL && storm_overlay_has_key (self->overlay);
}
