#pragma once

#include "storm-event-log.h"

G_BEGIN_DECLS

/**
 * StormEventText:
 *
 * A text to be looked for in types, keys, headers and payloads of events, ASCII case ignored. Main
 * thread.
 */
typedef struct _StormEventText StormEventText;

StormEventText *storm_event_text_new  (StormEventLog  *log,
                                       const char     *text);
void            storm_event_text_free (StormEventText *self);
/** storm_event_text_scan: adds those of @rows that hold the text to @out, in no order. */
void            storm_event_text_scan (StormEventText *self,
                                       const guint32  *rows,
                                       guint           n_rows,
                                       GArray         *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormEventText, storm_event_text_free)

G_END_DECLS
