#pragma once

#include "storm-flow-times.h"

G_BEGIN_DECLS

/** STORM_N_HEATS: steps from the coolest to the hottest. */
#define STORM_N_HEATS 5

/** StormHeat: what flows are coloured by. */
typedef enum
{
  STORM_HEAT_OFF,
  STORM_HEAT_COUNT,
  STORM_HEAT_P95,
} StormHeat;

/** storm_heat_nick: "off", "count", "p95". */
const char *storm_heat_nick       (StormHeat             heat);
/** storm_heat_from_nick: @heat: (out); %FALSE for anything else. */
gboolean    storm_heat_from_nick  (const char           *nick,
                                   StormHeat            *heat);
/** storm_heat_get_value: the figure of @stats that @heat goes by. */
gint64      storm_heat_get_value  (StormHeat             heat,
                                   const StormFlowStats *stats);
/**
 * storm_heat_get_level:
 * @least: the smallest value of all
 * @most: the largest
 *
 * Each step is so many times the one before it, because a step that takes a second and one that
 * takes a minute are seen on one board.
 *
 * Returns: 1 to %STORM_N_HEATS; the middle when all are equal
 */
guint       storm_heat_get_level  (gint64                value,
                                   gint64                least,
                                   gint64                most);
/** storm_heat_get_limit: the largest value of @level, 1 to %STORM_N_HEATS. */
gint64      storm_heat_get_limit  (guint                 level,
                                   gint64                least,
                                   gint64                most);

G_END_DECLS
