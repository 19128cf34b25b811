#pragma once

#include <gtk/gtk.h>

#include "storm-monitor.h"

G_BEGIN_DECLS

#define STORM_TYPE_TIMELINE_BAR (storm_timeline_bar_get_type ())

/**
 * StormTimelineBar:
 *
 * The time line under the board: steps and plays, and what is drawn of the time. As long as it
 * lives, any moment can be looked at; when it goes, everything is shown again. Actions:
 * `timeline.play`, `.previous`, `.next`, `.first`, `.live`, `.fit`, `.zoom-in`, `.zoom-out`.
 */
G_DECLARE_FINAL_TYPE (StormTimelineBar, storm_timeline_bar, STORM, TIMELINE_BAR, GtkWidget)

GtkWidget *storm_timeline_bar_new (StormMonitor *monitor);

G_END_DECLS
