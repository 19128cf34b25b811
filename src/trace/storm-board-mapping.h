#pragma once

#include "storm-board.h"
#include "storm-mapping.h"

G_BEGIN_DECLS

/**
 * storm_board_mapping_new:
 *
 * The mapping that holds for a board: the board's own profile, or, without one, the default. For
 * event types whose correlation the profile doesn't say, a field of the sticky that is flagged as
 * correlation key is tried first (`json:/NAME`), under the title and all aliases.
 *
 * Returns: (transfer full): the mapping, or %NULL with an error when the board's profile is wrong
 */
StormMapping *storm_board_mapping_new        (StormBoard  *board,
                                              GError     **error);

/** storm_board_mapping_has_key: whether board or profile say anywhere what the correlation key
 * is. */
gboolean      storm_board_mapping_has_key    (StormBoard  *board);

/** storm_board_event_names: (transfer full): titles and aliases of event stickies, for
 * detection. */
char        **storm_board_event_names        (StormBoard  *board);

G_END_DECLS
