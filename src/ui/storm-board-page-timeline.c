#include "config.h"

#include "storm-board-page-private.h"

#include "storm-settings.h"
#include "storm-timeline-bar.h"
#include "storm-tooltip.h"

void
storm_board_page_update_timeline (StormBoardPage *self)
{
  gboolean visible = self->show_timeline && self->monitoring && !self->focus_mode;
  gboolean there = adw_bin_get_child (self->timeline_slot) != NULL;

  /* Not hidden but taken away: what it collects takes memory, and everything is shown again. */
  if (visible && !there)
    {
      GtkWidget *bar = storm_timeline_bar_new (
        storm_monitor_controller_get_monitor (self->controller));

      storm_tooltip_add_keys (bar);
      adw_bin_set_child (self->timeline_slot, bar);
    }
  else if (!visible && there)
    {
      adw_bin_set_child (self->timeline_slot, NULL);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->timeline_slot), visible);
}

void
storm_board_page_set_show_timeline (StormBoardPage *self,
                                    gboolean        show_timeline)
{
  g_return_if_fail (STORM_IS_BOARD_PAGE (self));

  if (self->show_timeline == show_timeline)
    return;
  self->show_timeline = show_timeline;
  storm_settings_set_boolean ("show-timeline", show_timeline);
  storm_board_page_update_timeline (self);
  g_object_notify (G_OBJECT (self), "show-timeline");
}

GtkWidget *
storm_board_page_get_timeline_bar (StormBoardPage *self)
{
  g_return_val_if_fail (STORM_IS_BOARD_PAGE (self), NULL);

  return adw_bin_get_child (self->timeline_slot);
}

GtkWidget *
storm_board_page_get_event_panel (StormBoardPage *self)
{
  g_return_val_if_fail (STORM_IS_BOARD_PAGE (self), NULL);

  return adw_bin_get_child (self->events_slot);
}
