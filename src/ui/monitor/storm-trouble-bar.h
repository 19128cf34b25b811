#pragma once

#include <gtk/gtk.h>

#include "storm-monitor.h"

G_BEGIN_DECLS

#define STORM_TYPE_TROUBLE_BAR (storm_trouble_bar_get_type ())

/**
 * StormTroubleBar:
 *
 * The window's first sentence: what is wrong with the chosen trace, else with the worst of all; or
 * that all is well; or why nothing can be said yet. Beside it how many traces are in trouble, and
 * the fitness over all. A click on the sentence is `monitor.show-trouble`; the buttons beside are
 * `monitor.previous-trouble` and `monitor.next-trouble`.
 */
G_DECLARE_FINAL_TYPE (StormTroubleBar, storm_trouble_bar, STORM, TROUBLE_BAR, GtkWidget)

GtkWidget  *storm_trouble_bar_new     (StormMonitor    *monitor);
/** storm_trouble_bar_get_key: (nullable): of the trace in trouble that the sentence is about. */
const char *storm_trouble_bar_get_key (StormTroubleBar *self);
/** storm_trouble_bar_get_words: (transfer none): the sentence. */
const char *storm_trouble_bar_get_words (StormTroubleBar *self);

G_END_DECLS
