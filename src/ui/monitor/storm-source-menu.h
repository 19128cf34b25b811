#pragma once

#include <gtk/gtk.h>

#include "storm-board-file.h"
#include "storm-connection.h"
#include "storm-multi-source.h"

G_BEGIN_DECLS

/** STORM_SOURCE_MENU_SAMPLE: the setting of a board file that names the sample that it is a copy
 * of. */
#define STORM_SOURCE_MENU_SAMPLE "sample"

/** storm_source_menu_get_connections: (transfer full): the saved connections, one list for all. */
StormConnectionList *storm_source_menu_get_connections (void);

/** STORM_SOURCE_MENU_LIST: the custom item of the menu that shows what is being watched. */
#define STORM_SOURCE_MENU_LIST "sources"

/**
 * storm_source_menu_new:
 * @running: something is being watched
 *
 * Returns: (transfer full): what can be watched, instead of what is or also: saved connections, the
 *   demo, the board's recordings, a file; with the `monitor.*` actions of the monitor bar
 */
GMenuModel          *storm_source_menu_new             (StormConnectionList *connections,
                                                        StormBoardFile      *file,
                                                        gboolean             running);

/** storm_source_menu_keep: writes into the board which saved connections are watched together; no
 * secrets. */
void                 storm_source_menu_keep            (StormBoardFile      *file,
                                                        StormMultiSource    *sources);
/** storm_source_menu_list_kept: (transfer full) (element-type StormConnection): those that are
 * still saved; none where only one is. */
GPtrArray           *storm_source_menu_list_kept       (StormConnectionList *connections,
                                                        StormBoardFile      *file);

/** storm_source_menu_add_recordings: the board's recordings, and those of its sample. @play takes
 * the id of a recording, @play_sample two strings. */
void                 storm_source_menu_add_recordings  (GMenu               *section,
                                                        StormBoardFile      *file,
                                                        const char          *play,
                                                        const char          *play_sample);
/** storm_source_menu_open: (transfer full) (nullable): the reader for the target of @action, which
 * is @play or @play_sample and tells so by its ending; %NULL without an error when there is no such
 * sample. */
StormRecordReader   *storm_source_menu_open            (StormBoardFile      *file,
                                                        const char          *action,
                                                        GVariant            *target,
                                                        char               **title,
                                                        GError             **error);
/** storm_source_menu_choose_async: asks for a recording in a file. */
void                 storm_source_menu_choose_async    (GtkWindow           *parent,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             user_data);
/** storm_source_menu_choose_finish: (transfer full) (nullable): its reader; @title is the name of
 * the file. */
StormRecordReader   *storm_source_menu_choose_finish   (GAsyncResult        *result,
                                                        char               **title,
                                                        GError             **error);

G_END_DECLS
