#pragma once

#include "storm-monitor.h"
#include "storm-order.h"

G_BEGIN_DECLS

/** storm_monitor_get_order: (transfer none): all rows that the list holds, in the order of
 * events. */
StormOrder *storm_monitor_get_order (StormMonitor *self);

G_END_DECLS
