#pragma once

#include "storm-board-page.h"

G_BEGIN_DECLS

/** StormPrintFailed: something to tell the user. */
typedef void (*StormPrintFailed) (GError   *error,
                                  gpointer  data);

/**
 * storm_print_run:
 *
 * Prints the board, on one page, by the desktop's print dialog. Its preview is a window of ours,
 * for which no other program is needed.
 */
void storm_print_run (GtkWindow        *parent,
                      StormBoardPage   *page,
                      StormPrintFailed  failed,
                      gpointer          data);

G_END_DECLS
