#include "config.h"

#include "storm-board-page-private.h"

#include <glib/gi18n-lib.h>

#include "storm-event-panel.h"
#include "storm-failure-panel.h"
#include "storm-monitor-bar.h"
#include "storm-panes.h"
#include "storm-tooltip.h"
#include "storm-trace-panel.h"

/* What is seen while a board is watched, and the ways between its numbers and its events. */

/* From which on titles of stickies can be read. */
#define READABLE_ZOOM 0.5

/* In the middle, and large enough to be read: it is what somebody asked for. */
static void
show_trouble (StormBoardPage *self,
              const char     *id)
{
  StormSticky *sticky = storm_board_lookup_sticky (self->board, id);
  const StormRect *rect;

  if (sticky == NULL)
    return;
  rect = storm_sticky_get_rect (sticky);
  storm_canvas_set_view (self->canvas, (StormPoint) { rect->x + rect->width / 2,
                                                      rect->y + rect->height / 2 },
                         MAX (storm_canvas_get_zoom (self->canvas), READABLE_ZOOM));
  storm_canvas_reveal (self->canvas, id);
}

/* The number on a sticky leads to its event: the last one, as that is what people ask about. */
static void
on_sticky_activated (StormBoardPage *self,
                     const char     *id)
{
  StormMonitor *monitor;
  const StormOverlaySticky *shown;

  if (!self->monitoring)
    return;

  monitor = storm_monitor_controller_get_monitor (self->controller);
  shown = storm_overlay_get_sticky (storm_monitor_get_overlay (monitor), id);
  if (shown == NULL)
    return;

  if (shown->n_badges > 0)
    storm_monitor_set_selected_row (monitor, shown->badges[shown->n_badges - 1].row);
  else if (shown->latest_n > 0)
    storm_monitor_set_selected_row (monitor, shown->latest_row);
}

/* So does what came and isn't on the board. */
static void
on_event_activated (StormBoardPage *self,
                    guint           row)
{
  if (self->monitoring)
    storm_monitor_set_selected_row (storm_monitor_controller_get_monitor (self->controller), row);
}

static void
on_show_side (StormBoardPage *self,
              const char     *name)
{
  g_object_set (self, "show-side", TRUE, NULL);
  gtk_stack_set_visible_child_name (self->side_stack, name);
}

/* The flow is selected; what its times are is told beside the board. */
static void
on_times_activated (StormBoardPage *self)
{
  on_show_side (self, "inspector");
}

static void
on_chosen (StormBoardPage *self,
           const char     *key)
{
  gtk_widget_activate_action (self->monitor_bar, "monitor.show-trace", "s", key);
}

void
storm_board_page_follow_canvas (StormBoardPage *self)
{
  g_signal_connect_object (self->canvas, "sticky-activated", G_CALLBACK (on_sticky_activated),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "times-activated", G_CALLBACK (on_times_activated), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "event-activated", G_CALLBACK (on_event_activated), self,
                           G_CONNECT_SWAPPED);
}

void
storm_board_page_add_monitor (StormBoardPage *self)
{
  GtkWidget *events;
  GtkWidget *traces;
  GtkWidget *failures;
  StormMonitor *monitor;

  if (self->controller != NULL)
    return;

  self->controller = storm_monitor_controller_new (self->file, GTK_WIDGET (self));
  storm_board_page_follow_comparison (self);
  storm_board_page_watch_moment (self);

  monitor = storm_monitor_controller_get_monitor (self->controller);
  self->monitor_bar = storm_monitor_bar_new (self->controller);
  storm_tooltip_add_keys (self->monitor_bar);
  g_signal_connect_object (self->monitor_bar, "failed", G_CALLBACK (storm_board_page_fail), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor_bar, "done", G_CALLBACK (storm_board_page_done), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor_bar, "reveal", G_CALLBACK (show_trouble), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor_bar, "show-side", G_CALLBACK (on_show_side), self,
                           G_CONNECT_SWAPPED);
  gtk_revealer_set_child (self->monitor_slot, self->monitor_bar);

  events = storm_event_panel_new (self->controller, self->history, self->selection);
  g_signal_connect_object (events, "failed", G_CALLBACK (storm_board_page_fail), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (events, "reveal", G_CALLBACK (storm_board_page_reveal), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->events_slot, events);

  traces = storm_trace_panel_new (self->controller);
  gtk_stack_add_titled (self->side_stack, traces, "traces", C_("side", "Traces"));

  failures = storm_failure_panel_new (monitor);
  g_signal_connect_object (failures, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  gtk_stack_add_titled (self->side_stack, failures, "failures", C_("side", "Failures"));
  self->notifier = storm_notifier_new (monitor, GTK_WIDGET (self));
  storm_panes_restore_end (self->events_paned, "events-height", 230);
}
