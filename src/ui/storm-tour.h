#pragma once

#include "storm-board.h"

G_BEGIN_DECLS

/**
 * storm_tour_make_board:
 *
 * Returns: (transfer full): a board for newcomers, in their language: eight short notes that
 *   explain themselves, stickies of a small flow among them
 */
StormBoard *storm_tour_make_board (void);

G_END_DECLS
