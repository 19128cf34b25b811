#pragma once

#include "storm-application.h"
#include "storm-board-file.h"
#include "storm-source.h"

G_BEGIN_DECLS

#define STORM_TYPE_WINDOW (storm_window_get_type ())

/**
 * StormWindow:
 *
 * Shows the start page, or one board. Has an action for every operation (`win.*`); those of the
 * canvas and of the monitor are handed on under the same names.
 */
G_DECLARE_FINAL_TYPE (StormWindow, storm_window, STORM, WINDOW, AdwApplicationWindow)

GtkWidget  *storm_window_new         (StormApplication *app);
/** storm_window_get_path: (nullable): of the board that is shown. */
const char *storm_window_get_path    (StormWindow      *self);
void        storm_window_show_board  (StormWindow      *self,
                                      StormBoardFile   *file);
void        storm_window_watch       (StormWindow      *self,
                                      StormSource      *source);
/** storm_window_play: a recording, on the board that is shown. */
gboolean    storm_window_play        (StormWindow      *self,
                                      GFile            *recording,
                                      GError          **error);
void        storm_window_set_palette (StormWindow      *self,
                                      StormPalette      palette);
/** storm_window_report: tells the user of @error. */
void        storm_window_report      (StormWindow      *self,
                                      const GError     *error);

G_END_DECLS
