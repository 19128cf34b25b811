#pragma once

#include "storm-board.h"

G_BEGIN_DECLS

/**
 * storm_match_near:
 * @type: an event type that no sticky has
 *
 * The event sticky that was probably meant: its title or an alias, by storm_type_name_normalize(),
 * differs from the type by few letters, or one is the beginning or the end of the other
 * ("OrderPlacedEvent", "Order placed").
 *
 * Returns: (transfer none) (nullable): the sticky, %NULL when none is near
 */
StormSticky *storm_match_near (StormBoard *board,
                               const char *type);

G_END_DECLS
