#pragma once

#include "storm-clocks.h"
#include "storm-step-spans.h"

G_BEGIN_DECLS

/** storm_clock_words: (transfer full): what is known of a producer's clock, as a translated
 * sentence. */
char    *storm_clock_words           (StormClocks  *clocks,
                                      guint         producer);
/**
 * storm_clock_words_backwards:
 * @row: an event
 *
 * Returns: (transfer full) (nullable): when the event has an earlier time than one that must have
 *   come before it, or the other way round, a translated sentence that says so; @is_skew whether a
 *   clock is wrong
 */
char    *storm_clock_words_backwards (StormClocks  *clocks,
                                      StormMonitor *monitor,
                                      guint32       row,
                                      gboolean     *is_skew);

G_END_DECLS
