#pragma once

#include <gio/gio.h>

#include "storm-board-file.h"
#include "storm-connection.h"

G_BEGIN_DECLS

/** STORM_SOURCE_MENU_SAMPLE: the setting of a board file that names the sample that it is a copy
 * of. */
#define STORM_SOURCE_MENU_SAMPLE "sample"

/** storm_source_menu_get_connections: (transfer full): the saved connections, one list for all. */
StormConnectionList *storm_source_menu_get_connections (void);

/**
 * storm_source_menu_new:
 *
 * Returns: (transfer full): what can be watched: saved connections, the demo, the board's
 *   recordings, a file; with the `monitor.*` actions of the monitor bar
 */
GMenuModel          *storm_source_menu_new             (StormConnectionList *connections,
                                                        StormBoardFile      *file);

/** storm_source_menu_add_recordings: the board's recordings, and those of its sample. @play takes
 * the id of a recording, @play_sample two strings. */
void                 storm_source_menu_add_recordings  (GMenu               *section,
                                                        StormBoardFile      *file,
                                                        const char          *play,
                                                        const char          *play_sample);
/** storm_source_menu_open_recording: (transfer full) (nullable): the reader for @play's target. */
StormRecordReader   *storm_source_menu_open_recording  (StormBoardFile      *file,
                                                        gint64               id,
                                                        char               **title,
                                                        GError             **error);
/** storm_source_menu_open_sample: (transfer full) (nullable): the reader for @play_sample's target;
 * %NULL without an error when there is no such sample. */
StormRecordReader   *storm_source_menu_open_sample     (GVariant            *target,
                                                        char               **title,
                                                        GError             **error);

G_END_DECLS
