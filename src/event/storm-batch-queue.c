#include "config.h"

#include "storm-batch-queue.h"

#include "storm-partition-book-private.h"

struct _StormBatchQueue
{
  gatomicrefcount       ref_count;
  GMainContext         *context;
  StormBatchQueueReady  ready;
  gpointer              user_data;
  gsize                 max_bytes;

  StormBatchQueue      *into;       /* of a port: whose lock holds for its book and flags, too */
  guint32               connection;
  StormPartitionBook   *book;
  gboolean              lost;

  GMutex                mutex;      /* for all below */
  GCond                 room;
  GQueue                batches;
  gsize                 bytes;
  GSource              *source;     /* that will call @ready, nullable */
  gboolean              armed;
  gboolean              closed;
};

StormBatchQueue *
storm_batch_queue_new (gsize                max_bytes,
                       StormBatchQueueReady ready,
                       gpointer             user_data)
{
  StormBatchQueue *self;

  g_return_val_if_fail (max_bytes > 0, NULL);

  self = g_new0 (StormBatchQueue, 1);
  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->room);
  g_queue_init (&self->batches);
  self->context = g_main_context_ref_thread_default ();
  self->max_bytes = max_bytes;
  self->ready = ready;
  self->user_data = user_data;
  self->armed = TRUE;

  return self;
}

StormBatchQueue *
storm_batch_queue_new_port (StormBatchQueue *into,
                            guint32          connection)
{
  StormBatchQueue *self;

  g_return_val_if_fail (into != NULL && into->into == NULL, NULL);

  self = storm_batch_queue_new (into->max_bytes, NULL, NULL);
  self->into = storm_batch_queue_ref (into);
  self->connection = connection;
  self->book = storm_partition_book_new ();

  return self;
}

guint32
storm_batch_queue_get_connection (StormBatchQueue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->connection;
}

StormBatchQueue *
storm_batch_queue_ref (StormBatchQueue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
storm_batch_queue_unref (StormBatchQueue *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  /* A source that waits holds a reference, so there is none. */
  g_assert (self->source == NULL);
  g_queue_clear_full (&self->batches, (GDestroyNotify) storm_batch_unref);
  g_clear_pointer (&self->into, storm_batch_queue_unref);
  g_clear_pointer (&self->book, storm_partition_book_free);
  g_main_context_unref (self->context);
  g_cond_clear (&self->room);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static gboolean
call_ready (gpointer user_data)
{
  StormBatchQueue *self = user_data;
  gboolean closed;

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->source, g_source_unref);
  closed = self->closed;
  g_mutex_unlock (&self->mutex);

  if (!closed)
    self->ready (self, self->user_data);

  return G_SOURCE_REMOVE;
}

/* Not g_main_context_invoke(): that could call @ready in the worker's thread. */
static void
wake_reader (StormBatchQueue *self)
{
  if (!self->armed || self->ready == NULL)
    return;

  self->armed = FALSE;
  /* One that was not called yet will do. */
  if (self->source != NULL)
    return;

  self->source = g_idle_source_new ();
  g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (self->source, "[stormwatch] batches");
  g_source_set_callback (self->source, call_ready, storm_batch_queue_ref (self),
                         (GDestroyNotify) storm_batch_queue_unref);
  g_source_attach (self->source, self->context);
}

/* With the lock. */
static void
put (StormBatchQueue *self,
     StormBatch      *batch)
{
  g_queue_push_tail (&self->batches, batch);
  self->bytes += storm_batch_get_bytes (batch);
  wake_reader (self);
}

gboolean
storm_batch_queue_push (StormBatchQueue *self,
                        StormBatch      *batch)
{
  StormBatchQueue *queue;
  gsize bytes;
  gboolean taken;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (batch != NULL, FALSE);

  queue = self->into != NULL ? self->into : self;
  bytes = storm_batch_get_bytes (batch);

  g_mutex_lock (&queue->mutex);
  /* One batch that is larger than the whole queue still has to get through. */
  while (!self->closed && !queue->closed && queue->bytes > 0 &&
         queue->bytes + bytes > queue->max_bytes)
    g_cond_wait (&queue->room, &queue->mutex);
  taken = !self->closed && !queue->closed;
  if (taken && self->book != NULL)
    storm_partition_book_take_batch (self->book, batch);
  if (taken)
    put (queue, batch);
  g_mutex_unlock (&queue->mutex);

  if (!taken)
    storm_batch_unref (batch);

  return taken;
}

void
storm_batch_queue_set_lost (StormBatchQueue *self,
                            gboolean         lost)
{
  StormBatch *batch = NULL;

  g_return_if_fail (self != NULL && self->into != NULL);

  g_mutex_lock (&self->into->mutex);
  if (self->lost != lost && !self->closed && !self->into->closed)
    batch = lost ? storm_partition_book_end (self->book) : storm_partition_book_go_on (self->book);
  self->lost = lost;
  if (batch != NULL)
    put (self->into, batch);
  g_mutex_unlock (&self->into->mutex);
}

static void
close_port (StormBatchQueue *self)
{
  StormBatch *batch = NULL;

  g_mutex_lock (&self->into->mutex);
  if (!self->closed && !self->into->closed)
    batch = storm_partition_book_end (self->book);
  self->closed = TRUE;
  if (batch != NULL)
    put (self->into, batch);
  g_cond_broadcast (&self->into->room);
  g_mutex_unlock (&self->into->mutex);
}

StormBatch *
storm_batch_queue_pop (StormBatchQueue *self)
{
  StormBatch *batch;

  g_return_val_if_fail (self != NULL, NULL);

  g_mutex_lock (&self->mutex);
  batch = g_queue_pop_head (&self->batches);
  if (batch != NULL)
    {
      self->bytes -= storm_batch_get_bytes (batch);
      g_cond_broadcast (&self->room);
    }
  else
    {
      self->armed = TRUE;
    }
  g_mutex_unlock (&self->mutex);

  return batch;
}

void
storm_batch_queue_close (StormBatchQueue *self)
{
  GSource *source;

  g_return_if_fail (self != NULL);

  if (self->into != NULL)
    {
      close_port (self);
      return;
    }

  g_mutex_lock (&self->mutex);
  self->closed = TRUE;
  source = g_steal_pointer (&self->source);
  g_cond_broadcast (&self->room);
  g_mutex_unlock (&self->mutex);

  /* Not under the lock: it gives back a reference. */
  if (source != NULL)
    {
      g_source_destroy (source);
      g_source_unref (source);
    }
}
