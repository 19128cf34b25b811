#pragma once

#include "storm-board-file.h"

G_BEGIN_DECLS

#define STORM_TYPE_LIBRARY (storm_library_get_type ())

/**
 * StormLibrary:
 *
 * The boards in the user's data directory, newest first: a #GListModel of #StormLibraryItem that
 * follows the directory. Main thread; files are looked at in a worker thread.
 */
G_DECLARE_FINAL_TYPE (StormLibrary, storm_library, STORM, LIBRARY, GObject)

#define STORM_TYPE_LIBRARY_ITEM (storm_library_item_get_type ())
G_DECLARE_FINAL_TYPE (StormLibraryItem, storm_library_item, STORM, LIBRARY_ITEM, GObject)

/* GObject properties of an item, read-only: path, title, changed (gint64), picture (GBytes),
 * n-stickies, error (nullable string: why it can't be opened). */
const char   *storm_library_item_get_path    (StormLibraryItem *self);
const char   *storm_library_item_get_title   (StormLibraryItem *self);
StormTime     storm_library_item_get_changed (StormLibraryItem *self);
GBytes       *storm_library_item_get_picture (StormLibraryItem *self);
const char   *storm_library_item_get_error   (StormLibraryItem *self);

/** storm_library_new: @directory: (nullable): %NULL for the user's data directory. */
StormLibrary *storm_library_new              (const char    *directory);
const char   *storm_library_get_directory    (StormLibrary  *self);
/** storm_library_refresh: looks at the directory again, for example after a board was closed. */
void          storm_library_refresh          (StormLibrary  *self);
/** storm_library_new_path: (transfer full): a free file name for a board of this title. */
char         *storm_library_new_path         (StormLibrary  *self,
                                              const char    *title);
/** storm_library_rename: sets the title in the file, and the file's name after it. */
gboolean      storm_library_rename           (StormLibrary  *self,
                                              const char    *path,
                                              const char    *title,
                                              GError       **error);
/** storm_library_trash: into the desktop's trash, from where it can be restored. */
gboolean      storm_library_trash            (StormLibrary  *self,
                                              const char    *path,
                                              GError       **error);

G_END_DECLS
