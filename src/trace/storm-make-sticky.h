#pragma once

#include "storm-change.h"
#include "storm-event-log.h"

G_BEGIN_DECLS

/**
 * storm_make_sticky:
 * @row: an event, the latest of the type that has no sticky
 * @at: where the sticky's centre goes
 *
 * A change that makes an event sticky of the type of @row: title, topic, and fields with the types
 * of the JSON in its payload, the one that gave the correlation key marked. A field that only says
 * what the envelope is for (the event's type, its time) is left out.
 *
 * Returns: (transfer full): the change
 */
StormChange *storm_make_sticky (StormBoard     *board,
                                StormEventLog  *log,
                                StormMapping   *mapping,
                                guint32         row,
                                StormPoint      at,
                                char          **out_id);

/** storm_make_sticky_place: beside everything on the board, so that it covers nothing. */
StormPoint   storm_make_sticky_place (StormBoard *board);

G_END_DECLS
