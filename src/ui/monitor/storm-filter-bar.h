#pragma once

#include <gtk/gtk.h>

#include "storm-row-filter.h"

G_BEGIN_DECLS

#define STORM_TYPE_FILTER_BAR (storm_filter_bar_get_type ())

/**
 * StormFilterBar:
 *
 * The entry for an expression of jq over the events of the list, the saved ones, how far it has
 * come, and what is wrong with it. Signal `changed`: storm_filter_bar_get_expression() is another:
 * Enter was pressed, a saved one was chosen, or it was taken away.
 */
G_DECLARE_FINAL_TYPE (StormFilterBar, storm_filter_bar, STORM, FILTER_BAR, GtkWidget)

/** storm_filter_bar_get_expression: (nullable): what the list is to be filtered by. */
const char *storm_filter_bar_get_expression (StormFilterBar *self);
/** storm_filter_bar_set_expression: puts it into the entry, and emits `changed`; "" for none. */
void        storm_filter_bar_set_expression (StormFilterBar *self,
                                             const char     *expression);
/** storm_filter_bar_show: (nullable): how far @filter has come, and what is wrong with it. */
void        storm_filter_bar_show           (StormFilterBar *self,
                                             StormRowFilter *filter);
void        storm_filter_bar_popup_saved    (StormFilterBar *self);

G_END_DECLS
