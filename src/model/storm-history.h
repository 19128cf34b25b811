#pragma once

#include "storm-change.h"

G_BEGIN_DECLS

#define STORM_TYPE_HISTORY (storm_history_get_type ())

/**
 * StormHistory:
 *
 * The only way in which a board is edited. One gesture is one change, one undo step and one
 * transaction in the file. A gesture that lasts (a drag) opens a transaction with
 * storm_history_begin(); every change done in it shows on the board at once and is merged into one,
 * which storm_history_commit() finishes or storm_history_cancel() takes back.
 *
 * GObject properties that notify: `can-undo`, `can-redo`, `undo-label`, `redo-label`, `read-only`,
 * `in-transaction`. Signal `failed` (GError *error): a finished gesture could not be kept, and was
 * undone on the board; the window tells the user. It is emitted only where nobody asked for the
 * error: a caller that gives a #GError tells it itself. Main thread.
 */
G_DECLARE_FINAL_TYPE (StormHistory, storm_history, STORM, HISTORY, GObject)

/** STORM_HISTORY_MAX_STEPS: older steps are forgotten. */
#define STORM_HISTORY_MAX_STEPS 1000

/**
 * StormHistoryStep:
 * @STORM_HISTORY_AMEND: the change takes the place of the last step, which it contains
 */
typedef enum
{
  STORM_HISTORY_DO,
  STORM_HISTORY_UNDO,
  STORM_HISTORY_REDO,
  STORM_HISTORY_AMEND,
} StormHistoryStep;

/**
 * StormHistoryPersist:
 * @change: already applied (or reverted) on the board
 *
 * Keeps a finished step in the file, as one transaction. When it returns %FALSE with an error, the
 * history takes the step back on the board.
 */
typedef gboolean (*StormHistoryPersist) (StormChange       *change,
                                         StormHistoryStep   step,
                                         gpointer           user_data,
                                         GError           **error);

/**
 * StormHistorySettle:
 *
 * A persist function that returns %TRUE may have put the writing off. Before anything else is done
 * the history asks for its end by this: when it returns %FALSE with an error, the step is taken
 * back on the board, and what was to follow is not done.
 */
typedef gboolean (*StormHistorySettle)  (gpointer   user_data,
                                         GError   **error);

StormHistory *storm_history_new            (StormBoard *board);
StormBoard   *storm_history_get_board      (StormHistory *self);

void          storm_history_set_persist    (StormHistory        *self,
                                            StormHistoryPersist  func,
                                            gpointer             user_data,
                                            GDestroyNotify       destroy);

void          storm_history_set_settle     (StormHistory        *self,
                                            StormHistorySettle   func,
                                            gpointer             user_data);

/**
 * storm_history_take_back:
 * @error: why
 *
 * The step that was done last, and put off, could not be kept: takes it back on the board, with all
 * that it had pushed aside, and tells by `failed`. Not in a transaction.
 */
void          storm_history_take_back      (StormHistory *self,
                                            GError       *error);

/**
 * storm_history_load:
 * @changes: (element-type StormChange): oldest first, as they were kept
 * @n_done: how many of them are done; the rest can be redone
 *
 * Puts the history of a reopened file in place.
 */
void          storm_history_load           (StormHistory *self,
                                            GPtrArray    *changes,
                                            guint         n_done);

/** storm_history_set_read_only: a read-only history refuses changes with %STORM_ERROR_READ_ONLY. */
void          storm_history_set_read_only  (StormHistory *self,
                                            gboolean      read_only);
gboolean      storm_history_get_read_only  (StormHistory *self);

/**
 * storm_history_begin:
 * @label: (nullable): translated, the undo step's name
 *
 * Opens a transaction; they don't nest, opening a second one commits the first.
 */
void          storm_history_begin          (StormHistory  *self,
                                            const char    *label);
gboolean      storm_history_in_transaction (StormHistory  *self);

/**
 * storm_history_do:
 *
 * Applies @change. In a transaction it becomes part of it, otherwise it is a gesture of its own and
 * kept at once.
 */
gboolean      storm_history_do             (StormHistory  *self,
                                            StormChange   *change,
                                            GError       **error);

/**
 * storm_history_get_last:
 *
 * Returns: (transfer none) (nullable): the step that was done last, unless something can be redone
 *   or a transaction is open; what storm_history_amend() takes
 */
StormChange  *storm_history_get_last       (StormHistory  *self);

/**
 * storm_history_amend:
 * @step: (nullable): from storm_history_get_last()
 *
 * Does @change as storm_history_do() does, kept at once in a transaction of its own; but when @step
 * is still the last one, both are one step from now on: a new sticky and its first title.
 */
gboolean      storm_history_amend          (StormHistory  *self,
                                            StormChange   *step,
                                            StormChange   *change,
                                            GError       **error);

/** storm_history_commit: ends the transaction; an empty one leaves no trace. */
gboolean      storm_history_commit         (StormHistory  *self,
                                            GError       **error);

/** storm_history_cancel: ends the transaction and takes all of it back. */
void          storm_history_cancel         (StormHistory  *self);

gboolean      storm_history_can_undo       (StormHistory  *self);
gboolean      storm_history_can_redo       (StormHistory  *self);
gboolean      storm_history_undo           (StormHistory  *self,
                                            GError       **error);
gboolean      storm_history_redo           (StormHistory  *self,
                                            GError       **error);
const char   *storm_history_get_undo_label (StormHistory  *self);
const char   *storm_history_get_redo_label (StormHistory  *self);

G_END_DECLS
