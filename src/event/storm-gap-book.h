#pragma once

#include "storm-batch.h"

G_BEGIN_DECLS

/**
 * StormEventGap: what is known to be missing in front of @row
 * @topic: a number in the strings of the batches
 * @from: the first offset that was never seen
 * @to: the one behind the last; the same as @from when nothing is missing
 * @anew: the partition was made anew in front of @row: its offsets begin again
 */
typedef struct
{
  guint32  row;
  guint32  topic;
  gint32   partition;
  gboolean anew;
  gint64   from;
  gint64   to;
} StormEventGap;

/**
 * StormGapBook:
 *
 * Which of the events that arrive one after the other have a gap in front of them: a gap is known
 * before the event behind it has come, and that of another partition may come first. Keeps the
 * first 10,000 of them. One thread at a time.
 */
typedef struct _StormGapBook StormGapBook;

StormGapBook *storm_gap_book_new       (void);
void          storm_gap_book_free      (StormGapBook    *self);
void          storm_gap_book_clear     (StormGapBook    *self);

/** storm_gap_book_take_mark: @row: the one that comes next, whatever its partition. */
void          storm_gap_book_take_mark (StormGapBook    *self,
                                        const StormMark *mark,
                                        guint32          row);
/** storm_gap_book_is_open: whether a gap waits for its event. Cheap. */
gboolean      storm_gap_book_is_open   (StormGapBook    *self);
/** storm_gap_book_take_row: @row, the next of all events, is of this partition. */
void          storm_gap_book_take_row  (StormGapBook    *self,
                                        guint32          row,
                                        guint32          topic,
                                        gint32           partition);
/** storm_gap_book_take_batch: its marks and rows, the first of which is @first_row. */
void          storm_gap_book_take_batch (StormGapBook   *self,
                                         StormBatch     *batch,
                                         guint32         first_row);

/**
 * storm_gap_book_find:
 *
 * Returns: (transfer none) (nullable): what is missing in front of @row, until the next is taken
 */
const StormEventGap *storm_gap_book_find (StormGapBook *self,
                                          guint32       row);
/** storm_gap_book_get_closed: (transfer none) (array length=n): those that have a row behind them,
 * by their rows. */
const StormEventGap *storm_gap_book_get_closed (StormGapBook *self,
                                                guint        *n);
/** storm_gap_book_list_open: adds those behind which nothing has come yet, in the order in which
 * they were found. */
void          storm_gap_book_list_open (StormGapBook    *self,
                                        GArray          *gaps);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormGapBook, storm_gap_book_free)

G_END_DECLS
