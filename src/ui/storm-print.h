#pragma once

#include "storm-board-page.h"

G_BEGIN_DECLS

/** StormPrintFailed: something to tell the user. */
typedef void (*StormPrintFailed) (GError   *error,
                                  gpointer  data);

/**
 * storm_print_operation_new:
 *
 * Returns: (transfer full): ready to print the board on one page. Its preview is a window of ours,
 *   for which no other program is needed.
 */
GtkPrintOperation *storm_print_operation_new (GtkWindow        *parent,
                                              StormBoardPage   *page,
                                              StormPrintFailed  failed,
                                              gpointer          data);

/** storm_print_run: prints the board by the desktop's print dialog. */
void storm_print_run (GtkWindow        *parent,
                      StormBoardPage   *page,
                      StormPrintFailed  failed,
                      gpointer          data);

G_END_DECLS
