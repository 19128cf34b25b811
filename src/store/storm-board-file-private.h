#pragma once

#include "storm-board-file.h"
#include "storm-board-open.h"
#include "storm-board-rows.h"
#include "storm-checkpointer.h"
#include "storm-history-rows.h"

G_BEGIN_DECLS

/**
 * StormLateStep:
 * @change: %NULL when everything is written
 * @source: (nullable): what will write the next piece
 *
 * The step that is being written, or about to be.
 */
typedef struct
{
  StormChange      *change;
  StormHistoryStep  step;
  GSource          *source;
  guint             n_written;
  gboolean          begun;
  gboolean          has_history;
  gboolean          committed;
} StormLateStep;

/* @db is NULL in a read-only file: it was read when it was opened, and a reader that lingers would
 * keep the writer from making one file of it again. */
struct _StormBoardFile
{
  GObject parent_instance;

  char              *path;
  char              *name;
  StormBoard        *board;
  StormHistory      *history;
  StormBoardOpen     opened;
  StormBoardRows    *rows;
  StormHistoryRows  *history_rows;
  StormCheckpointer *checkpointer;
  StormLateStep      late;
  GHashTable        *settings;
  char              *notice;
  gboolean           damaged;
  gboolean           closed;
  gboolean           wal;

  GMutex             mutex;
  GCond              cond;
  GCancellable      *jobs;
  guint              n_jobs;
};

/**
 * storm_board_file_begin_job:
 *
 * For a thread that is about to write into the file over a connection of its own.
 *
 * Returns: (transfer full): cancelled when the file is closed, which then waits for the job's end;
 *   or %NULL with an error: it is read-only
 */
GCancellable *storm_board_file_begin_job (StormBoardFile  *self,
                                          GError         **error);
/** storm_board_file_end_job: any thread. */
void          storm_board_file_end_job   (StormBoardFile  *self);

/** storm_board_file_borrow: a connection to read with; @opened is to be cleared afterwards. */
StormDb      *storm_board_file_borrow    (StormBoardFile  *self,
                                          StormBoardOpen  *opened,
                                          GError         **error);

/** storm_board_file_refuse_read_only: %TRUE with an error when the file may not be written. */
gboolean      storm_board_file_refuse_read_only (StormBoardFile  *self,
                                                 GError         **error);

/* In storm-board-file-late.c; persist and settle are what the history calls. */
gboolean      storm_board_file_persist      (StormChange       *change,
                                             StormHistoryStep   step,
                                             gpointer           data,
                                             GError           **error);
gboolean      storm_board_file_settle       (gpointer           data,
                                             GError           **error);
/** storm_board_file_settle_first: to be called before the file is used for anything else; what
 * could not be kept is taken back, and the history tells it. */
void          storm_board_file_settle_first (StormBoardFile    *self);

G_END_DECLS
