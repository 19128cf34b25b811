#pragma once

#include "storm-event-log.h"
#include "storm-history.h"

G_BEGIN_DECLS

#define STORM_TYPE_BOARD_FILE (storm_board_file_get_type ())

/** STORM_BOARD_FILE_APPLICATION_ID: SQLite's application_id of a board, "Strm". */
#define STORM_BOARD_FILE_APPLICATION_ID 0x5374726d
/** STORM_BOARD_FILE_SUFFIX: what board files end in. */
#define STORM_BOARD_FILE_SUFFIX ".storm"

/**
 * StormBoardFile:
 *
 * One board in one SQLite file, open. Owns the #StormBoard and its #StormHistory, and keeps every
 * finished gesture in one transaction before storm_history_commit() returns; one of more than 500
 * objects is written within moments after that, in pieces from the main loop, and in any case
 * before the next gesture and before the file is used for anything else. The file is in WAL mode
 * while open and one single file again after storm_board_file_close(). A second opener, in this
 * process or another, gets it read-only, and so does a file that can't be written or is damaged;
 * storm_board_file_get_notice() says why. Main thread.
 */
G_DECLARE_FINAL_TYPE (StormBoardFile, storm_board_file, STORM, BOARD_FILE, GObject)

/**
 * storm_board_file_create:
 * @path: must not exist
 * @template: (nullable): a board whose objects are copied, ids included
 */
StormBoardFile *storm_board_file_create      (const char  *path,
                                              StormBoard  *template_board,
                                              GError     **error);

/**
 * storm_board_file_open:
 *
 * Opens a file from anywhere, as if it were hostile (design §4).
 *
 * Returns: (transfer full): the file, or %NULL with an error: not a board, too new, damaged beyond
 *   reading, not found
 */
StormBoardFile *storm_board_file_open        (const char  *path,
                                              GError     **error);

/** storm_board_file_open_read_only: as above, never writes and takes no lock. For the cli. */
StormBoardFile *storm_board_file_open_read_only (const char  *path,
                                                 GError     **error);

StormBoard     *storm_board_file_get_board   (StormBoardFile *self);
StormHistory   *storm_board_file_get_history (StormBoardFile *self);
const char     *storm_board_file_get_path    (StormBoardFile *self);
gboolean        storm_board_file_get_read_only (StormBoardFile *self);
/** storm_board_file_get_notice: (nullable): a translated sentence to show: why it is read-only. */
const char     *storm_board_file_get_notice  (StormBoardFile *self);

/**
 * storm_board_file_settle_all:
 *
 * Writes what open boards have put off, before a board is read by its path. Main thread.
 */
void            storm_board_file_settle_all  (void);

/**
 * storm_board_file_close:
 *
 * Back to one single file. Called by dispose too; then errors are logged. The object is of no use
 * afterwards.
 */
gboolean        storm_board_file_close       (StormBoardFile  *self,
                                              GError         **error);

/** storm_board_file_save_copy: the board as it is, with history and recordings, into another
 * file. */
gboolean        storm_board_file_save_copy   (StormBoardFile  *self,
                                              const char      *path,
                                              GError         **error);

/* Settings of this board that are no edits: the view, the last source. Keys are short words. */
char           *storm_board_file_dup_setting (StormBoardFile *self,
                                              const char     *key);
void            storm_board_file_set_setting (StormBoardFile *self,
                                              const char     *key,
                                              const char     *value);

/** storm_board_file_set_picture: @png: a small picture of the board for the start page. */
void            storm_board_file_set_picture (StormBoardFile *self,
                                              GBytes         *png);

/** StormRecordingInfo: a recording that was kept in the board. */
typedef struct
{
  gint64    id;
  char     *title;
  StormTime made;
  guint64   n_events;
} StormRecordingInfo;

void            storm_recording_info_free    (StormRecordingInfo *info);

/** storm_board_file_list_recordings: (transfer full) (element-type StormRecordingInfo). */
GPtrArray      *storm_board_file_list_recordings (StormBoardFile *self);
/** storm_board_file_open_recording: (transfer full): its records, for a replay; another
 * connection. */
StormRecordReader *storm_board_file_open_recording (StormBoardFile  *self,
                                                    gint64           id,
                                                    GError         **error);
gboolean        storm_board_file_remove_recording (StormBoardFile  *self,
                                                   gint64           id,
                                                   GError         **error);

/* Without opening the board: for the start page and `stormwatch-cli info`. */

/** StormBoardInfo: @picture may be NULL. */
typedef struct
{
  char     *path;
  char     *title;
  StormTime changed;
  GBytes   *picture;
  guint     n_stickies;
  guint     n_flows;
  guint     n_contexts;
  guint     n_recordings;
  guint     n_steps;
} StormBoardInfo;

StormBoardInfo *storm_board_info_read        (const char      *path,
                                              GError         **error);
void            storm_board_info_free        (StormBoardInfo  *info);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormBoardInfo, storm_board_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormRecordingInfo, storm_recording_info_free)

G_END_DECLS
