#include "config.h"

#include "storm-heat.h"

#include <math.h>

static const char * const nicks[] = { "off", "count", "p95" };

const char *
storm_heat_nick (StormHeat heat)
{
  g_return_val_if_fail (heat < G_N_ELEMENTS (nicks), NULL);

  return nicks[heat];
}

gboolean
storm_heat_from_nick (const char *nick,
                      StormHeat  *heat)
{
  g_return_val_if_fail (heat != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (nicks); i++)
    if (g_strcmp0 (nick, nicks[i]) == 0)
      {
        *heat = (StormHeat) i;
        return TRUE;
      }
  return FALSE;
}

gint64
storm_heat_get_value (StormHeat             heat,
                      const StormFlowStats *stats)
{
  g_return_val_if_fail (stats != NULL, 0);

  if (heat == STORM_HEAT_COUNT)
    return (gint64) MIN (stats->n, (guint64) G_MAXINT64);
  return heat == STORM_HEAT_P95 ? stats->p95 : 0;
}

gint64
storm_heat_get_limit (guint  level,
                      gint64 least,
                      gint64 most)
{
  double low = MAX (least, 1);
  double high = MAX (most, MAX (least, 1));

  g_return_val_if_fail (level >= 1 && level <= STORM_N_HEATS, 0);

  if (level == STORM_N_HEATS)
    return MAX (most, least);
  return (gint64) (low * pow (high / low, (double) level / STORM_N_HEATS));
}

guint
storm_heat_get_level (gint64 value,
                      gint64 least,
                      gint64 most)
{
  guint level = 1;

  if (most <= least)
    return (STORM_N_HEATS + 1) / 2;
  while (level < STORM_N_HEATS && value > storm_heat_get_limit (level, least, most))
    level++;
  return level;
}
