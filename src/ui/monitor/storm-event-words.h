#pragma once

#include "storm-monitor.h"

G_BEGIN_DECLS

/** storm_event_words_flags: (transfer full): translated, "late · broker time", "" for none. */
char *storm_event_words_flags   (StormMonitor *monitor,
                                 guint32       row);
/** storm_event_words_gap: (transfer full): "offsets 3 to 11 are gone", as a row of its own says
 * it. */
char *storm_event_words_gap     (const StormEventGap *gap);
/** storm_event_words_gap_place: (transfer full): "food.order/1 @ 3–11". */
char *storm_event_words_gap_place (StormMonitor        *monitor,
                                   const StormEventGap *gap);
/** storm_event_words_place: (transfer full): "food.order/1 @ 102". */
char *storm_event_words_place   (StormMonitor *monitor,
                                 guint32       row);
/**
 * storm_event_words_payload:
 * @max: bytes that are looked at
 *
 * Returns: (transfer full): the payload's beginning on one line, or a translated word for what is
 *   no text ("tombstone", "binary, 512 bytes")
 */
char *storm_event_words_payload (StormMonitor *monitor,
                                 guint32       row,
                                 gsize         max);
/** storm_event_words_time_source: (transfer none): translated: where the time of @row is from. */
const char *storm_event_words_time_source (StormMonitor *monitor,
                                           guint32       row);

G_END_DECLS
