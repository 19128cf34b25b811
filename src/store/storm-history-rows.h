#pragma once

#include "storm-db.h"
#include "storm-history.h"

G_BEGIN_DECLS

/**
 * StormHistoryRows:
 *
 * The undo steps of a board as rows of its file, numbered without gaps. The caller holds the
 * transaction.
 */
typedef struct _StormHistoryRows StormHistoryRows;

StormHistoryRows *storm_history_rows_new    (StormDb           *db);
void              storm_history_rows_free   (StormHistoryRows  *self);

/**
 * storm_history_rows_load:
 * @n_done: (out): how many of the steps are done
 *
 * Returns: (transfer full) (element-type StormChange): all steps, oldest first, or %NULL with an
 *   error: one of them can't be read
 */
GPtrArray        *storm_history_rows_load   (StormHistoryRows  *self,
                                             guint             *n_done,
                                             GError           **error);
/** storm_history_rows_write: a new step, the last one anew, or where undo and redo have moved
 * to. */
gboolean          storm_history_rows_write  (StormHistoryRows  *self,
                                             StormChange       *change,
                                             StormHistoryStep   step,
                                             GError           **error);
/** storm_history_rows_finish: the transaction of the write before was kept, or not. */
void              storm_history_rows_finish (StormHistoryRows  *self,
                                             gboolean           kept);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormHistoryRows, storm_history_rows_free)

G_END_DECLS
