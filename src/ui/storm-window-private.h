#pragma once

#include "storm-board-page.h"
#include "storm-window.h"

G_BEGIN_DECLS

/** storm_window_get_page: (nullable): the board that is shown. */
StormBoardPage *storm_window_get_page         (StormWindow *self);
/** storm_window_toast: @words: a sentence, shown for a while. */
void            storm_window_toast            (StormWindow *self,
                                               const char  *words);
/** storm_window_add_forwarded_actions: those that canvas and monitor bar do. */
void            storm_window_add_forwarded_actions (StormWindow *self);
/** storm_window_update_actions: which actions make sense now. */
void            storm_window_update_actions   (StormWindow *self);
/** storm_window_add_file_actions: what opens a file chooser. */
void            storm_window_add_file_actions (StormWindow *self);
/** storm_window_add_drop_target: for files and texts that are dropped on it. */
void            storm_window_add_drop_target  (StormWindow *self);
/** storm_window_take_files: @files: (element-type GFile): as if they had been dropped on it. */
void            storm_window_take_files       (StormWindow *self,
                                               GSList      *files);
/** storm_window_add_picture_actions: export, copy and print. */
void            storm_window_add_picture_actions (StormWindow *self);

G_END_DECLS
