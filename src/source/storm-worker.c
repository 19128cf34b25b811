#include "config.h"

#include "storm-worker-private.h"

#include <glib/gi18n-lib.h>

enum
{
  CHANGED_STATE  = 1 << 0,
  CHANGED_STATUS = 1 << 1,
  CHANGED_ERROR  = 1 << 2,
};

struct _StormWorker
{
  gatomicrefcount   ref_count;
  GMainContext     *context;
  GWeakRef          source;
  GCancellable     *cancellable;
  int               stopped;       /* atomic, so that the hot loop takes no lock */

  GMutex            lock;
  GCond             wake;
  StormSourceState  state;
  char             *status;
  GError           *error;
  guint             changed;
  gboolean          notifying;
  StormMapping     *mapping;       /* not yet taken by the thread */
  GPtrArray        *progress;

  StormBatchQueue  *queue;
  StormStrings     *strings;
};

typedef struct
{
  StormWorker     *worker;
  StormWorkerFunc  func;
  gpointer         data;
  GDestroyNotify   destroy;
} Run;

static GMutex all_lock;
static GCond all_done;
static guint n_running;
static GSList *ended;   /* threads with nothing left to do, to be joined */

static gboolean
lasts (StormSourceState state)
{
  return state == STORM_SOURCE_FAILED || state == STORM_SOURCE_ENDED ||
         state == STORM_SOURCE_STOPPED;
}

static gboolean
notify_in_context (gpointer data)
{
  StormWorker *self = data;
  g_autoptr (GObject) source = g_weak_ref_get (&self->source);
  guint changed;

  g_mutex_lock (&self->lock);
  changed = self->changed;
  self->changed = 0;
  self->notifying = FALSE;
  g_mutex_unlock (&self->lock);

  if (source == NULL)
    return G_SOURCE_REMOVE;

  g_object_freeze_notify (source);
  if (changed & CHANGED_ERROR)
    g_object_notify (source, "error");
  if (changed & CHANGED_STATUS)
    g_object_notify (source, "status");
  if (changed & CHANGED_STATE)
    g_object_notify (source, "state");
  g_object_thaw_notify (source);

  return G_SOURCE_REMOVE;
}

/* With the lock held. One source at a time: many reports between two turns of the main loop are
 * one notification. */
static void
queue_notify (StormWorker *self,
              guint        changed)
{
  g_autoptr (GSource) idle = NULL;

  self->changed |= changed;
  if (self->changed == 0 || self->notifying)
    return;

  self->notifying = TRUE;
  idle = g_idle_source_new ();
  g_source_set_priority (idle, G_PRIORITY_DEFAULT);
  g_source_set_static_name (idle, "[stormwatch] source report");
  g_source_set_callback (idle, notify_in_context, storm_worker_ref (self),
                         (GDestroyNotify) storm_worker_unref);
  g_source_attach (idle, self->context);
}

StormWorker *
storm_worker_new (GObject *source)
{
  StormWorker *self;

  g_return_val_if_fail (STORM_IS_SOURCE (source), NULL);

  self = g_new0 (StormWorker, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->context = g_main_context_ref_thread_default ();
  g_weak_ref_init (&self->source, source);
  self->cancellable = g_cancellable_new ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->wake);
  self->state = STORM_SOURCE_IDLE;
  self->status = g_strdup (_("Not started"));
  self->progress = g_ptr_array_new_with_free_func ((GDestroyNotify) storm_topic_progress_free);

  return self;
}

StormWorker *
storm_worker_ref (StormWorker *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
storm_worker_unref (StormWorker *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_main_context_unref (self->context);
  g_weak_ref_clear (&self->source);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->wake);
  g_free (self->status);
  g_clear_error (&self->error);
  g_clear_pointer (&self->mapping, storm_mapping_unref);
  g_ptr_array_unref (self->progress);
  g_clear_pointer (&self->queue, storm_batch_queue_unref);
  g_clear_pointer (&self->strings, storm_strings_unref);
  g_free (self);
}

/* With the lock held, which such a thread doesn't take again. */
static void
join_ended (void)
{
  g_slist_free_full (g_steal_pointer (&ended), (GDestroyNotify) g_thread_join);
}

static gpointer
run_thread (gpointer data)
{
  Run *run = data;

  run->func (run->worker, run->data);
  if (run->destroy != NULL)
    run->destroy (run->data);
  storm_worker_unref (run->worker);
  g_free (run);

  g_mutex_lock (&all_lock);
  n_running--;
  ended = g_slist_prepend (ended, g_thread_ref (g_thread_self ()));
  g_cond_broadcast (&all_done);
  g_mutex_unlock (&all_lock);

  return NULL;
}

void
storm_worker_start (StormWorker     *self,
                    const char      *name,
                    StormBatchQueue *queue,
                    StormStrings    *strings,
                    StormMapping    *mapping,
                    StormWorkerFunc  func,
                    gpointer         user_data,
                    GDestroyNotify   destroy)
{
  Run *run;

  g_return_if_fail (self != NULL && self->queue == NULL);

  self->queue = storm_batch_queue_ref (queue);
  self->strings = storm_strings_ref (strings);
  storm_worker_set_mapping (self, mapping);

  run = g_new0 (Run, 1);
  run->worker = storm_worker_ref (self);
  run->func = func;
  run->data = user_data;
  run->destroy = destroy;

  g_mutex_lock (&all_lock);
  join_ended ();
  n_running++;
  g_mutex_unlock (&all_lock);
  g_thread_unref (g_thread_new (name, run_thread, run));
}

StormBatchBuilder *
storm_worker_new_builder (StormWorker  *self,
                          StormMapping *mapping)
{
  StormBatchBuilder *builder = storm_batch_builder_new (self->strings, mapping);

  storm_batch_builder_set_connection (builder, storm_batch_queue_get_connection (self->queue));
  return builder;
}

void
storm_worker_stop (StormWorker *self)
{
  g_return_if_fail (self != NULL);

  storm_worker_report (self, STORM_SOURCE_STOPPED, g_strdup (_("Stopped")), NULL);
  g_atomic_int_set (&self->stopped, TRUE);
  g_cancellable_cancel (self->cancellable);
  g_mutex_lock (&self->lock);
  g_cond_broadcast (&self->wake);
  g_mutex_unlock (&self->lock);
}

gboolean
storm_worker_is_stopped (StormWorker *self)
{
  return g_atomic_int_get (&self->stopped);
}

GCancellable *
storm_worker_get_cancellable (StormWorker *self)
{
  return self->cancellable;
}

void
storm_worker_sleep_until (StormWorker *self,
                          gint64       deadline)
{
  g_mutex_lock (&self->lock);
  while (!g_atomic_int_get (&self->stopped))
    if (!g_cond_wait_until (&self->wake, &self->lock, deadline))
      break;
  g_mutex_unlock (&self->lock);
}

void
storm_worker_set_mapping (StormWorker  *self,
                          StormMapping *mapping)
{
  g_return_if_fail (self != NULL && mapping != NULL);

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->mapping, storm_mapping_unref);
  self->mapping = storm_mapping_ref (mapping);
  g_mutex_unlock (&self->lock);
}

StormMapping *
storm_worker_steal_mapping (StormWorker *self)
{
  StormMapping *mapping;

  g_mutex_lock (&self->lock);
  mapping = g_steal_pointer (&self->mapping);
  g_mutex_unlock (&self->lock);

  return mapping;
}

gboolean
storm_worker_push (StormWorker       *self,
                   StormBatchBuilder *builder)
{
  StormBatch *batch = storm_batch_builder_take (builder);

  return batch == NULL || storm_batch_queue_push (self->queue, batch);
}

void
storm_worker_report (StormWorker      *self,
                     StormSourceState  state,
                     char             *status,
                     GError           *error)
{
  guint changed = 0;

  g_return_if_fail (self != NULL && status != NULL);

  g_mutex_lock (&self->lock);
  if (lasts (self->state))
    {
      g_mutex_unlock (&self->lock);
      g_free (status);
      g_clear_error (&error);
      return;
    }

  if (self->state != state)
    changed |= CHANGED_STATE;
  if (g_strcmp0 (self->status, status) != 0)
    changed |= CHANGED_STATUS;
  if (error != NULL || self->error != NULL)
    changed |= CHANGED_ERROR;

  self->state = state;
  g_free (self->status);
  self->status = status;
  g_clear_error (&self->error);
  self->error = error;
  queue_notify (self, changed);
  g_mutex_unlock (&self->lock);
}

StormSourceState
storm_worker_get_state (StormWorker *self)
{
  StormSourceState state;

  g_mutex_lock (&self->lock);
  state = self->state;
  g_mutex_unlock (&self->lock);

  return state;
}

char *
storm_worker_dup_status (StormWorker *self)
{
  char *status;

  g_mutex_lock (&self->lock);
  status = g_strdup (self->status);
  g_mutex_unlock (&self->lock);

  return status;
}

GError *
storm_worker_dup_error (StormWorker *self)
{
  GError *error = NULL;

  g_mutex_lock (&self->lock);
  if (self->error != NULL)
    error = g_error_copy (self->error);
  g_mutex_unlock (&self->lock);

  return error;
}

static gpointer
copy_progress (gconstpointer src,
               gpointer      data)
{
  const StormTopicProgress *from = src;
  StormTopicProgress *copy = g_memdup2 (from, sizeof *from);

  copy->connection = g_strdup (from->connection);
  copy->topic = g_strdup (from->topic);
  return copy;
}

void
storm_worker_set_progress (StormWorker *self,
                           GPtrArray   *progress)
{
  GPtrArray *old;

  g_mutex_lock (&self->lock);
  old = self->progress;
  self->progress = progress;
  g_mutex_unlock (&self->lock);
  g_ptr_array_unref (old);
}

GPtrArray *
storm_worker_dup_progress (StormWorker *self)
{
  GPtrArray *copy;

  g_mutex_lock (&self->lock);
  copy = g_ptr_array_copy (self->progress, copy_progress, NULL);
  g_mutex_unlock (&self->lock);
  g_ptr_array_set_free_func (copy, (GDestroyNotify) storm_topic_progress_free);

  return copy;
}

gboolean
storm_source_wait_all (gint64 limit)
{
  gint64 deadline = g_get_monotonic_time () + limit;
  gboolean all;

  g_mutex_lock (&all_lock);
  while (n_running > 0 && g_cond_wait_until (&all_done, &all_lock, deadline))
    ;
  join_ended ();
  all = n_running == 0;
  g_mutex_unlock (&all_lock);

  return all;
}

char *
storm_source_format_number (guint64 number)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, number);
}

void
storm_worker_override_properties (GObjectClass *klass)
{
  g_object_class_override_property (klass, STORM_SOURCE_PROP_STATE, "state");
  g_object_class_override_property (klass, STORM_SOURCE_PROP_STATUS, "status");
  g_object_class_override_property (klass, STORM_SOURCE_PROP_ERROR, "error");
}

void
storm_worker_get_property (StormWorker *self,
                           guint        prop_id,
                           GValue      *value)
{
  switch (prop_id)
    {
    case STORM_SOURCE_PROP_STATE:
      g_value_set_enum (value, storm_worker_get_state (self));
      break;
    case STORM_SOURCE_PROP_STATUS:
      g_value_take_string (value, storm_worker_dup_status (self));
      break;
    case STORM_SOURCE_PROP_ERROR:
      g_value_take_boxed (value, storm_worker_dup_error (self));
      break;
    default:
      g_assert_not_reached ();
    }
}
