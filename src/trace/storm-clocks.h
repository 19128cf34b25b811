#pragma once

#include "storm-clock-skew.h"
#include "storm-monitor.h"
#include "storm-producers.h"

G_BEGIN_DECLS

#define STORM_TYPE_CLOCKS (storm_clocks_get_type ())

/**
 * StormClocks:
 *
 * How far the clocks of those that produce a monitor's events are apart (#StormClockSkew), by what
 * the board says of which event leads to which. It looks at up to 4,000 traces, spread over all, a
 * few in each frame, and again while events come. Nothing is corrected by it. Signal `changed`: the
 * answer is another. Main thread.
 */
G_DECLARE_FINAL_TYPE (StormClocks, storm_clocks, STORM, CLOCKS, GObject)

StormClocks *storm_clocks_new          (StormMonitor *monitor);
/** storm_clocks_update: looks at all at once. */
void         storm_clocks_update       (StormClocks  *self);
/** storm_clocks_get_n: how many producers are known. */
guint        storm_clocks_get_n        (StormClocks  *self);
const char  *storm_clocks_get_name     (StormClocks  *self,
                                        guint         producer);
/** storm_clocks_get_producer: of the event in @row, or %STORM_NO_PRODUCER. */
guint        storm_clocks_get_producer (StormClocks  *self,
                                        guint32       row);
/**
 * storm_clocks_get_clock:
 *
 * Returns: (transfer none) (nullable): what is known of the clock of @producer; %NULL when no
 *   events of it were compared yet; valid until `changed`
 */
const StormProducerClock *storm_clocks_get_clock (StormClocks *self,
                                                  guint        producer);
/** storm_clocks_has_skew: some step went back in time because a clock is wrong. */
gboolean     storm_clocks_has_skew     (StormClocks  *self);
/** storm_clocks_is_unsteady: no differences explain it: a clock was set meanwhile. What went
 * backwards is told all the same. */
gboolean     storm_clocks_is_unsteady  (StormClocks  *self);

G_END_DECLS
