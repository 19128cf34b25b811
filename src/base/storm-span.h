#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SECTION:storm-span
 *
 * Spans of time that people type: "2 s", "1 h 30 min". For those that are only to be read there is
 * storm_time_format_span(), which rounds.
 */

/**
 * storm_span_parse:
 * @text: numbers and units, as "250 ms", "1.5 h" or "1 d 12 h", also with the translated units; a
 *   number alone is seconds; up to 64 bytes
 * @out: (out): nanoseconds, 0 or more
 *
 * Returns: %FALSE when @text is nothing of the kind, or a span that is longer than the times that
 *   can be told
 */
gboolean  storm_span_parse  (const char  *text,
                             gint64      *out,
                             GError     **error);

/**
 * storm_span_format:
 * @span: nanoseconds, 0 or more
 *
 * Returns: (transfer full): what storm_span_parse() reads as the same span, in whole microseconds:
 *   "1 h 30 min"; translated
 */
char     *storm_span_format (gint64       span);

G_END_DECLS
