#pragma once

#include "storm-history.h"

G_BEGIN_DECLS

/** StormHistoryState: what the properties say; for telling what became different. */
typedef struct
{
  gboolean    can_undo;
  gboolean    can_redo;
  char       *undo_label;
  char       *redo_label;
  gboolean    in_transaction;
} StormHistoryState;

/**
 * StormHistoryLast:
 * @done: what was done on the board, or undone; %NULL when nothing was since the file was opened
 * @replaced: (nullable): the step whose place an amended one took
 * @dropped: (nullable): steps that could have been redone, had this one not been done
 * @forgotten: (nullable): the oldest step, for which there was no room any more
 *
 * All that is needed to act as if the last step had never been.
 */
typedef struct
{
  StormHistoryStep  step;
  StormChange      *done;
  StormChange      *replaced;
  GPtrArray        *dropped;
  StormChange      *forgotten;
} StormHistoryLast;

struct _StormHistory
{
  GObject              parent_instance;

  StormBoard          *board;
  /* oldest first; the first n_done are done, the rest can be redone */
  GPtrArray           *steps;
  guint                n_done;
  gboolean             read_only;
  /* what the open transaction did so far */
  StormChange         *open;
  StormHistoryLast     last;

  StormHistoryPersist  persist;
  gpointer             persist_data;
  GDestroyNotify       persist_destroy;
  StormHistorySettle   settle;
  gpointer             settle_data;
};

StormHistoryState storm_history_take_state   (StormHistory      *self);
/** storm_history_notify_since: consumes the strings of @old. */
void              storm_history_notify_since (StormHistory      *self,
                                              StormHistoryState *old);
/** storm_history_fail: tells by the signal. */
void              storm_history_fail         (StormHistory      *self,
                                              GError            *error);

/* In storm-history-last.c: the last step, which may turn out not to be kept. */

/** storm_history_note_last: @done is the last step from now on. */
void              storm_history_note_last    (StormHistory      *self,
                                              StormHistoryStep   step,
                                              StormChange       *done);
void              storm_history_forget_last  (StormHistory      *self);
/** storm_history_reverse: takes a step back on the board alone. */
void              storm_history_reverse      (StormHistory      *self,
                                              StormHistoryStep   step,
                                              StormChange       *done);
/**
 * storm_history_settle:
 *
 * Sees to it that the last step is kept, before anything follows it. When it can't be, it is taken
 * back, and %FALSE is returned with the error, or told by the signal where there is no @error.
 */
gboolean          storm_history_settle       (StormHistory      *self,
                                              GError           **error);

G_END_DECLS
