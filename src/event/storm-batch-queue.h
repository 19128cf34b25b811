#pragma once

#include "storm-batch.h"

G_BEGIN_DECLS

/**
 * StormBatchQueue:
 *
 * Hands batches from a source's worker thread to the main loop. Bounded in bytes: a full queue
 * makes the worker wait, so a slow window can't fill the memory. Counted by references.
 */
typedef struct _StormBatchQueue StormBatchQueue;

/** StormBatchQueueReady: called in the main context, once when the queue was empty and is not. */
typedef void (*StormBatchQueueReady)  (StormBatchQueue *queue,
                                       gpointer         user_data);

/**
 * storm_batch_queue_new:
 * @max_bytes: payload bytes held before storm_batch_queue_push() waits; 64 MiB is a good value
 * @ready: (nullable): called through the thread-default main context of the caller
 */
StormBatchQueue *storm_batch_queue_new   (gsize                 max_bytes,
                                          StormBatchQueueReady  ready,
                                          gpointer              user_data);
StormBatchQueue *storm_batch_queue_ref   (StormBatchQueue *self);
void             storm_batch_queue_unref (StormBatchQueue *self);

/**
 * storm_batch_queue_push:
 * @batch: (transfer full)
 *
 * Waits while the queue is full.
 *
 * Returns: %FALSE when the queue was closed; the batch is dropped then
 */
gboolean         storm_batch_queue_push  (StormBatchQueue *self,
                                          StormBatch      *batch);
/** storm_batch_queue_pop: (transfer full) (nullable): the oldest batch; NULL re-arms @ready. */
StormBatch      *storm_batch_queue_pop   (StormBatchQueue *self);
/** storm_batch_queue_close: no more is taken; a waiting push returns; @ready is not called
 * again. */
void             storm_batch_queue_close (StormBatchQueue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormBatchQueue, storm_batch_queue_unref)

G_END_DECLS
