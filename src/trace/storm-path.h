#pragma once

#include "storm-board.h"

G_BEGIN_DECLS

/**
 * StormPath:
 *
 * The path that a trace took over a board: fed with the stickies of its events one after the other,
 * it finds the stickies and flows that led to each. From an event it walks back over the flows, as
 * far as the events before it, and takes only what agrees with the trace:
 *
 * - of the events that a policy listens to, those that happened before;
 * - a policy none of whose events happened is not on the path; a command stays on it when nothing
 *   else can have led to the event (the trace may have begun in the middle);
 * - actors, user interfaces and external systems act by themselves; hot spots and notes never do;
 * - of the commands that lead into one aggregate, the one that an event since the aggregate's last
 *   one led to; when that leaves several, the one that stands nearest to the event.
 *
 * The shortest way between two events that follow each other is thereby on the path, and so are
 * parallel branches and joins. Made for one trace, thrown away when board or trace change.
 */
typedef struct _StormPath StormPath;

StormPath  *storm_path_new         (StormBoard *board);
void        storm_path_free        (StormPath  *self);

/** storm_path_step: @stickies: (element-type StormSticky): those of the next event of the trace. */
void        storm_path_step        (StormPath  *self,
                                    GPtrArray  *stickies);

/* What is on the path: (transfer none) (element-type utf8): sets of ids. */
GHashTable *storm_path_get_stickies (StormPath *self);
GHashTable *storm_path_get_flows    (StormPath *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormPath, storm_path_free)

G_END_DECLS
