#pragma once

#include <gtk/gtk.h>

#include "storm-history.h"

G_BEGIN_DECLS

/**
 * storm_board_hint_new:
 *
 * What an empty board says about how to begin. Takes no input, and is gone as soon as there is
 * something on the board, or the board can't be changed.
 */
GtkWidget *storm_board_hint_new (StormHistory *history);

G_END_DECLS
