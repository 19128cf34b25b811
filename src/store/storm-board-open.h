#pragma once

#include "storm-db.h"
#include "storm-file-guard.h"

G_BEGIN_DECLS

/**
 * StormBoardOpen:
 * @guard: freed after @db
 * @db: checked and, when it may be written, of the current version
 * @writable: this is the one writer
 * @damaged: not all of it is as SQLite wrote it; read what there is
 * @notice: why it may not be written; %NULL when that was not asked for
 *
 * A board file that has passed all checks that need no model.
 */
typedef struct
{
  StormFileGuard *guard;
  StormDb        *db;
  gboolean        writable;
  gboolean        damaged;
  char           *notice;
} StormBoardOpen;

gboolean storm_board_open       (const char      *path,
                                 gboolean         want_write,
                                 StormBoardOpen  *out,
                                 GError         **error);
void     storm_board_open_clear (StormBoardOpen  *opened);

/** storm_board_open_unchecked: for a look at a few values; nothing of the content was checked. */
gboolean storm_board_open_unchecked (const char      *path,
                                     StormBoardOpen  *out,
                                     GError         **error);

/**
 * storm_board_start_writing:
 * @wal: (out): whether a log is in use; without one (some network file systems) each gesture is
 *   written to the file itself
 *
 * Puts a writable connection into the mode in which it stays while the board is open.
 */
gboolean storm_board_start_writing  (StormDb   *db,
                                     gboolean  *wal,
                                     GError   **error);
/** storm_board_stop_writing: all into the one file. */
gboolean storm_board_stop_writing   (StormDb   *db,
                                     GError   **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StormBoardOpen, storm_board_open_clear)

G_END_DECLS
