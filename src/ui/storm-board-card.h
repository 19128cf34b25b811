#pragma once

#include <gtk/gtk.h>

#include "storm-library.h"

G_BEGIN_DECLS

#define STORM_TYPE_BOARD_CARD (storm_board_card_get_type ())

/**
 * StormBoardCard:
 *
 * A board of the library on the start page: picture, title, last change in words, and a menu. Its
 * buttons activate `win.open-board`, `win.save-copy-of` and `win.trash-board` with the path;
 * renaming is done in a popover of its own. Signal `rename` (const char *title).
 */
G_DECLARE_FINAL_TYPE (StormBoardCard, storm_board_card, STORM, BOARD_CARD, GtkWidget)

GtkWidget        *storm_board_card_new      (StormLibraryItem *item);
StormLibraryItem *storm_board_card_get_item (StormBoardCard   *self);

/** storm_words_for_change: (transfer full): "5 minutes ago", "yesterday", "3 November 2026". */
char             *storm_words_for_change    (StormTime         changed,
                                             StormTime         now);

G_END_DECLS
