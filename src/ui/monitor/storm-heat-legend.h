#pragma once

#include "storm-canvas.h"

G_BEGIN_DECLS

#define STORM_TYPE_HEAT_LEGEND (storm_heat_legend_get_type ())

/**
 * StormHeatLegend:
 *
 * What a canvas shows of times, and over it the scale of the colours of its flows, as long as they
 * have any. GObject properties that notify: `heat` (string: "off", "count", "p95") and `show-times`
 * (boolean: whether times are written on the flows).
 */
G_DECLARE_FINAL_TYPE (StormHeatLegend, storm_heat_legend, STORM, HEAT_LEGEND, GtkWidget)

GtkWidget *storm_heat_legend_new       (StormCanvas     *canvas);
/** storm_heat_legend_set_times: (nullable): %NULL while nobody watches the board. */
void       storm_heat_legend_set_times (StormHeatLegend *self,
                                        StormFlowTimes  *times);
/** storm_heat_legend_set_looking_back: the board shows another moment than the colours do. */
void       storm_heat_legend_set_looking_back (StormHeatLegend *self,
                                               gboolean         looking_back);

G_END_DECLS
