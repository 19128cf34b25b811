#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StormTime:
 *
 * A moment: nanoseconds since 1970-01-01 00:00 UTC, leap seconds not counted. Reaches from 1677
 * to 2262. Nanoseconds, because the order of events must be exact and some producers write them.
 */
typedef gint64 StormTime;

#define STORM_TIME_NONE        G_MININT64
#define STORM_TIME_MICROSECOND G_GINT64_CONSTANT (1000)
#define STORM_TIME_MILLISECOND G_GINT64_CONSTANT (1000000)
#define STORM_TIME_SECOND      G_GINT64_CONSTANT (1000000000)

/**
 * storm_time_now:
 *
 * Returns: the wall clock
 */
StormTime  storm_time_now            (void);

/**
 * storm_time_from_epoch:
 * @number: seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by magnitude:
 *   up to 1e11 seconds, up to 1e14 milliseconds, up to 1e17 microseconds, above nanoseconds
 * @out: (out): the moment
 *
 * Returns: %FALSE for zero, a negative number, or a moment outside 1971 to 2261 (an absurd time)
 */
gboolean   storm_time_from_epoch     (gint64      number,
                                      StormTime  *out);

/**
 * storm_time_from_epoch_double:
 *
 * As storm_time_from_epoch(), for a number with a fraction ("1795243306.25" seconds).
 */
gboolean   storm_time_from_epoch_double (double      number,
                                         StormTime  *out);

/**
 * storm_time_parse:
 * @text: RFC 3339 (any fraction, `T` or space, `Z` or ±hh:mm or ±hhmm), `yyyyMMddHHmmss`,
 *   `yyyy-MM-dd HH:mm:ss:ffffff Z` (NServiceBus), or a number as text
 * @len: bytes of @text, or -1 when it is nul-terminated
 * @zone: (nullable): the zone of texts that name none; %NULL is UTC
 * @out: (out): the moment
 *
 * Thread-safe. Does not allocate, except for texts without a zone when @zone is given.
 *
 * Returns: whether @text is a time that can be believed
 */
gboolean   storm_time_parse          (const char *text,
                                      gssize      len,
                                      GTimeZone  *zone,
                                      StormTime  *out);

/**
 * storm_time_from_civil:
 *
 * A Jackson array, [year, month, day, hour, minute, second, nanosecond]: the last ones may be
 * missing (@n_parts is 3 to 7), month and day count from 1.
 */
gboolean   storm_time_from_civil     (const gint64 *parts,
                                      guint         n_parts,
                                      GTimeZone    *zone,
                                      StormTime    *out);

/**
 * storm_time_format_rfc3339:
 *
 * Returns: (transfer full): "2026-11-21T10:41:07.120Z": UTC, milliseconds (rounded down)
 */
char      *storm_time_format_rfc3339 (StormTime   time);

/**
 * storm_time_format_clock:
 * @buf: at least 16 bytes
 *
 * "10:41:07.120" in the local zone. Fast: called for every visible row.
 */
void       storm_time_format_clock   (StormTime   time,
                                      char       *buf);

/**
 * storm_time_format_span:
 * @span: nanoseconds, may be negative
 *
 * Returns: (transfer full): a translated short duration, "38 s", "1.2 s", "340 ms", "3 min"
 */
char      *storm_time_format_span    (gint64      span);

G_END_DECLS
