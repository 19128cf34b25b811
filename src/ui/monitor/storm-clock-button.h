#pragma once

#include "storm-monitor-controller.h"

G_BEGIN_DECLS

#define STORM_TYPE_CLOCK_BUTTON (storm_clock_button_get_type ())

/**
 * StormClockButton:
 *
 * Seen when clocks of producers don't agree: says so, and for each producer what is known of its
 * clock.
 */
G_DECLARE_FINAL_TYPE (StormClockButton, storm_clock_button, STORM, CLOCK_BUTTON, GtkWidget)

GtkWidget *storm_clock_button_new (StormMonitorController *controller);
/** storm_clock_button_popup: says it; nothing when they agree. */
void       storm_clock_button_popup (StormClockButton *self);

G_END_DECLS
