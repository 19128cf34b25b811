#pragma once

#include <gtk/gtk.h>

#include "storm-monitor-controller.h"

G_BEGIN_DECLS

#define STORM_TYPE_RATES_VIEW (storm_rates_view_get_type ())

/**
 * StormRatesView:
 *
 * The topics that are watched, one below the other, each with its rate, its lag and what is wrong
 * with its events. Brought up to date every second while it is on the screen, and never else.
 */
G_DECLARE_FINAL_TYPE (StormRatesView, storm_rates_view, STORM, RATES_VIEW, GtkWidget)

GtkWidget *storm_rates_view_new    (StormMonitorController *controller);
/** storm_rates_view_update: at once. */
void       storm_rates_view_update (StormRatesView         *self);

G_END_DECLS
