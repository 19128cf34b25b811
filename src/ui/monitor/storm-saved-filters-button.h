#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STORM_TYPE_SAVED_FILTERS_BUTTON (storm_saved_filters_button_get_type ())

/**
 * StormSavedFiltersButton:
 *
 * Opens the list of saved filters: to choose one, to take one away, to save what stands in the
 * entry. Signal `chosen` (const char *expression).
 */
G_DECLARE_FINAL_TYPE (StormSavedFiltersButton, storm_saved_filters_button, STORM,
                      SAVED_FILTERS_BUTTON, GtkWidget)

/** storm_saved_filters_button_set_expression: what would be saved; "" for nothing. */
void storm_saved_filters_button_set_expression (StormSavedFiltersButton *self,
                                                const char              *expression);
void storm_saved_filters_button_popup          (StormSavedFiltersButton *self);

G_END_DECLS
