#pragma once

#include "storm-board.h"
#include "storm-change.h"
#include "storm-db.h"

G_BEGIN_DECLS

/**
 * StormBoardRows:
 *
 * The objects of a board as rows of its file. What is written is the final state of an object,
 * whatever was done to it. The caller holds the transaction.
 */
typedef struct _StormBoardRows StormBoardRows;

StormBoardRows *storm_board_rows_new    (StormDb         *db,
                                         StormBoard      *board);
void            storm_board_rows_free   (StormBoardRows  *self);

/**
 * storm_board_rows_load:
 * @n_left_out: how many rows could not be made objects, because they break a rule of the model or
 *   can't be read
 *
 * Fills the empty board. Reads as much as there is; an error says what stopped it.
 */
gboolean        storm_board_rows_load   (StormBoardRows  *self,
                                         guint           *n_left_out,
                                         GError         **error);

/** storm_board_rows_write: the row of one object, or its removal when it is no longer there. */
gboolean        storm_board_rows_write  (StormBoardRows  *self,
                                         StormObjectType  type,
                                         const char      *id,
                                         GError         **error);
/** storm_board_rows_write_all: the rows of all objects, into an empty file. */
gboolean        storm_board_rows_write_all (StormBoardRows *self,
                                            GError        **error);
/** storm_board_rows_finish: the transaction of the writes before was kept, or not. */
void            storm_board_rows_finish (StormBoardRows  *self,
                                         gboolean         kept);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormBoardRows, storm_board_rows_free)

G_END_DECLS
