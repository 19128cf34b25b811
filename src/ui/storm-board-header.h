#pragma once

#include <adwaita.h>

#include "storm-history.h"
#include "storm-selection.h"

G_BEGIN_DECLS

#define STORM_TYPE_BOARD_HEADER (storm_board_header_get_type ())

/**
 * StormBoardHeader:
 *
 * The header of a board: back, undo and redo with the names of the steps, the title, which can be
 * changed there, how much is selected, the toggles and the menu. Signal `failed` (GError *error).
 */
G_DECLARE_FINAL_TYPE (StormBoardHeader, storm_board_header, STORM, BOARD_HEADER, AdwBin)

void storm_board_header_set_history (StormBoardHeader *self,
                                     StormHistory     *history,
                                     StormSelection   *selection);
/** storm_board_header_rename: opens the entry for the title. */
void storm_board_header_rename      (StormBoardHeader *self);
/** storm_board_header_set_narrow: its buttons without words, and without the one for the outline,
 * which the menu has too. */
void storm_board_header_set_narrow  (StormBoardHeader *self,
                                     gboolean          narrow);

G_END_DECLS
