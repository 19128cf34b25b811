#pragma once

#include "storm-batch.h"

G_BEGIN_DECLS

/**
 * StormPartitionBook:
 *
 * Which partitions the batches of one source are about, and how far each of them is: what has to be
 * said for all of them at once when the source is lost, comes back, or goes. Whoever owns it locks.
 */
typedef struct _StormPartitionBook StormPartitionBook;

StormPartitionBook *storm_partition_book_new        (void);
void                storm_partition_book_free       (StormPartitionBook *self);
void                storm_partition_book_take_batch (StormPartitionBook *self,
                                                     StormBatch         *batch);
/** storm_partition_book_end: (transfer full) (nullable): a batch with a mark ENDED for each that
 * has not ended; %NULL when there is none. */
StormBatch         *storm_partition_book_end        (StormPartitionBook *self);
/** storm_partition_book_go_on: (transfer full) (nullable): the marks that make up for those of
 * storm_partition_book_end(). */
StormBatch         *storm_partition_book_go_on      (StormPartitionBook *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormPartitionBook, storm_partition_book_free)

G_END_DECLS
