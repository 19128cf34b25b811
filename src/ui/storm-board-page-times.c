#include "config.h"

#include "storm-board-page-private.h"

#include "storm-inspector.h"
#include "storm-settings.h"
#include "storm-times-group.h"

static void
on_heat (StormHeatLegend *legend)
{
  g_autofree char *nick = NULL;
  StormHeat heat;

  g_object_get (legend, "heat", &nick, NULL);
  if (storm_heat_from_nick (nick, &heat))
    storm_settings_set_enum ("heat", heat);
}

static void
on_show_times (StormHeatLegend *legend)
{
  gboolean show_times;

  g_object_get (legend, "show-times", &show_times, NULL);
  storm_settings_set_boolean ("show-times", show_times);
}

static void
on_moment (StormMonitor    *monitor,
           StormHeatLegend *legend)
{
  storm_heat_legend_set_looking_back (legend, storm_monitor_get_moment (monitor, NULL));
}

void
storm_board_page_add_times (StormBoardPage *self)
{
  int heat = CLAMP (storm_settings_get_enum ("heat", STORM_HEAT_OFF), STORM_HEAT_OFF,
                    STORM_HEAT_P95);

  self->heat_legend = storm_heat_legend_new (self->canvas);
  g_object_set (self->heat_legend, "heat", storm_heat_nick ((StormHeat) heat),
                "show-times", storm_settings_get_boolean ("show-times", TRUE), NULL);
  g_signal_connect (self->heat_legend, "notify::heat", G_CALLBACK (on_heat), NULL);
  g_signal_connect (self->heat_legend, "notify::show-times", G_CALLBACK (on_show_times), NULL);
  gtk_overlay_add_overlay (self->overlay, self->heat_legend);
}

void
storm_board_page_watch_moment (StormBoardPage *self)
{
  g_signal_connect_object (storm_monitor_controller_get_monitor (self->controller),
                           "moment-changed", G_CALLBACK (on_moment), self->heat_legend, 0);
}

void
storm_board_page_update_times (StormBoardPage *self)
{
  StormFlowTimes *times = self->monitoring
                          ? storm_monitor_controller_get_times (self->controller) : NULL;
  GObject *group;

  storm_heat_legend_set_times (STORM_HEAT_LEGEND (self->heat_legend), times);
  group = gtk_widget_get_template_child (self->inspector, STORM_TYPE_INSPECTOR, "times_group");
  storm_times_group_set_times (STORM_TIMES_GROUP (group), times);
}

GtkWidget *
storm_board_page_get_heat_legend (StormBoardPage *self)
{
  g_return_val_if_fail (STORM_IS_BOARD_PAGE (self), NULL);

  return self->heat_legend;
}
