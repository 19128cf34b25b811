#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STORM_TYPE_HEAT_SCALE (storm_heat_scale_get_type ())

/**
 * StormHeatScale:
 *
 * The lines of a board's heat beside each other, from the coolest to the hottest, as wide and as
 * coloured as on the board.
 */
G_DECLARE_FINAL_TYPE (StormHeatScale, storm_heat_scale, STORM, HEAT_SCALE, GtkWidget)

GtkWidget *storm_heat_scale_new        (void);
/** storm_heat_scale_set_single: all are equal, so there is only the middle one. */
void       storm_heat_scale_set_single (StormHeatScale *self,
                                        gboolean        single);

G_END_DECLS
