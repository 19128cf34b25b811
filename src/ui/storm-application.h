#pragma once

#include <adwaita.h>

#include "storm-library.h"

G_BEGIN_DECLS

#define STORM_TYPE_APPLICATION (storm_application_get_type ())

/**
 * StormApplication:
 *
 * One process for all windows. Options: `--demo` opens the food-order board and watches the demo at
 * once; `--watch RECORDING BOARD` plays a recording on a board; `--screenshot FILE
 * --quit-after SECONDS` write a picture of the window and leave.
 */
G_DECLARE_FINAL_TYPE (StormApplication, storm_application, STORM, APPLICATION, AdwApplication)

StormApplication *storm_application_new         (void);
StormLibrary     *storm_application_get_library (StormApplication *self);

/**
 * storm_application_open_board:
 * @from: (nullable): the window that asks; it is used when it shows no board
 *
 * Shows the board at @path: in the window that has it open already, in @from, or in a new one.
 */
GtkWindow        *storm_application_open_board  (StormApplication *self,
                                                 GtkWindow        *from,
                                                 const char       *path);
/** storm_application_open_file: a board, or a text form, which becomes a new board. */
GtkWindow        *storm_application_open_file   (StormApplication *self,
                                                 GtkWindow        *from,
                                                 GFile            *file);
void              storm_application_watch_demo  (StormApplication *self,
                                                 GtkWindow        *from);
/** storm_application_is_open: whether a window shows the board at @path. */
gboolean          storm_application_is_open     (StormApplication *self,
                                                 const char       *path);
/** storm_application_get_status: the exit status: 1 when the asked-for picture failed. */
int               storm_application_get_status  (StormApplication *self);

G_END_DECLS
