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

G_END_DECLS
