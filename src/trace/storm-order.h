#pragma once

#include "storm-event-log.h"

G_BEGIN_DECLS

/** StormSplice: @removed rows from @position on were replaced by @added ones. */
typedef struct
{
  guint position;
  guint removed;
  guint added;
} StormSplice;

/**
 * StormOrder:
 *
 * Rows of a log in the order in which the events happened, repeats behind their first: all rows, or
 * those that pass a filter. Kept in sorted blocks, so that ten million rows can be added to in any
 * order. Appending what is newer than all is the fast way. Main thread.
 */
typedef struct _StormOrder StormOrder;

StormOrder *storm_order_new        (StormEventLog *log);
void        storm_order_free       (StormOrder    *self);
void        storm_order_clear      (StormOrder    *self);

/**
 * storm_order_add:
 * @rows: (array length=n_rows): new rows, in any order
 * @splice: (out): what it did to the positions; everything inside it may be new
 */
void        storm_order_add        (StormOrder    *self,
                                    const guint32 *rows,
                                    guint          n_rows,
                                    StormSplice   *splice);
/** storm_order_append_sorted: rows that are known to be in order and behind all that are held. */
void        storm_order_append_sorted (StormOrder    *self,
                                       const guint32 *rows,
                                       guint          n_rows);

guint       storm_order_get_n      (StormOrder    *self);
guint32     storm_order_get_row    (StormOrder    *self,
                                    guint          position);
/** storm_order_find: the position of @row, or %FALSE when it is not held. O(log n). */
gboolean    storm_order_find       (StormOrder    *self,
                                    guint32        row,
                                    guint         *position);
/** storm_order_find_time: the first position whose event's time is @time or later. */
guint       storm_order_find_time  (StormOrder    *self,
                                    StormTime      time);
/** storm_order_count_before: how many of its rows, repeats left out, stand before @row, which may
 * be held or not. O(log n). */
guint       storm_order_count_before (StormOrder  *self,
                                      guint32      row);
/** storm_order_get_number: the place at @position, repeats not counted; 0 for a repeat. */
guint       storm_order_get_number (StormOrder    *self,
                                    guint          position);

/**
 * storm_order_get_block:
 * @n_rows: (out): how many rows follow each other there
 *
 * For passing over all rows: blocks from 0 on.
 *
 * Returns: (transfer none) (nullable): the rows, or %NULL behind the last block
 */
const guint32 *storm_order_get_block (StormOrder *self,
                                      guint       block,
                                      guint      *n_rows);
gsize       storm_order_get_bytes  (StormOrder    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormOrder, storm_order_free)

G_END_DECLS
