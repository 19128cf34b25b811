#include "config.h"

#include "storm-canvas-private.h"

#include <glib/gi18n-lib.h>

/* How long steps take, on the flows. */

static void
on_times_changed (StormCanvas *self)
{
  storm_painter_times_changed (self->painter);
  storm_canvas_a11y_queue (self);
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

gboolean
storm_canvas_press_times (StormCanvas *self,
                          StormPoint   at)
{
  StormItem *flow = storm_painter_time_at (self->painter, at);
  g_autofree char *id = flow != NULL ? g_strdup (storm_item_get_id (flow)) : NULL;

  if (id == NULL)
    return FALSE;
  storm_selection_set_one (self->selection, id);
  g_signal_emit_by_name (self, "times-activated", id);
  return TRUE;
}

char *
storm_canvas_dup_times (StormCanvas *self,
                        StormFlow   *flow)
{
  const char *id = storm_object_get_id (STORM_OBJECT (flow));
  const StormFlowSpans *spans =
    self->times != NULL ? storm_flow_times_get_spans (self->times, id) : NULL;
  const StormFlowStats *stats =
    self->times != NULL ? storm_flow_times_get_stats (self->times, id) : NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (spans != NULL)
    {
      first = storm_time_format_span (spans->shortest);
      second = storm_time_format_span (spans->longest);
      if (spans->n_skewed > 0)
        /* Translators: with a screen reader: a time below zero, because a clock is wrong. */
        return g_strdup_printf (_("%s, clock skew"), first);
      if (spans->n == 1)
        return g_steal_pointer (&first);
      /* Translators: with a screen reader: how long steps took, from the shortest to the
       * longest. */
      return g_strdup_printf (_("%s to %s"), first, second);
    }
  if (stats == NULL || !stats->labelled || storm_canvas_shows_trace (self))
    return NULL;
  first = storm_time_format_span (stats->p50);
  second = storm_time_format_span (stats->p95);
  /* Translators: with a screen reader: how often a way was gone, and how long it took. */
  return g_strdup_printf (ngettext ("%llu time, half within %s, 95 %% within %s",
                                    "%llu times, half within %s, 95 %% within %s",
                                    (gulong) MIN (stats->n, G_MAXLONG)),
                          (unsigned long long) stats->n, first, second);
}
