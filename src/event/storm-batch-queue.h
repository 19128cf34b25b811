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
/**
 * storm_batch_queue_new_port:
 * @connection: number of the name of what comes through it, in the strings of its batches; 0 for
 *   none
 *
 * A queue whose batches go into @into, in which several sources' batches come one after the other.
 * It knows which partitions its batches are about. Closing it closes nothing else, and tells by
 * marks that its partitions have ended.
 */
StormBatchQueue *storm_batch_queue_new_port (StormBatchQueue *into,
                                             guint32          connection);
guint32          storm_batch_queue_get_connection (StormBatchQueue *self);
/**
 * storm_batch_queue_set_lost:
 *
 * Of a port: for as long as its source can't reach what it reads, nobody waits for its partitions.
 * Doesn't wait for room.
 */
void             storm_batch_queue_set_lost (StormBatchQueue *self,
                                             gboolean         lost);
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
