#include "config.h"

#include "storm-batch-queue.h"

struct _StormBatchQueue
{
  gatomicrefcount       ref_count;
  GMainContext         *context;
  StormBatchQueueReady  ready;
  gpointer              user_data;
  gsize                 max_bytes;

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

gboolean
storm_batch_queue_push (StormBatchQueue *self,
                        StormBatch      *batch)
{
  gsize bytes;
  gboolean taken;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (batch != NULL, FALSE);

  bytes = storm_batch_get_bytes (batch);

  g_mutex_lock (&self->mutex);
  /* One batch that is larger than the whole queue still has to get through. */
  while (!self->closed && self->bytes > 0 && self->bytes + bytes > self->max_bytes)
    g_cond_wait (&self->room, &self->mutex);
  taken = !self->closed;
  if (taken)
    {
      g_queue_push_tail (&self->batches, batch);
      self->bytes += bytes;
      wake_reader (self);
    }
  g_mutex_unlock (&self->mutex);

  if (!taken)
    storm_batch_unref (batch);

  return taken;
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
