#include "config.h"

#include "storm-spool-writer.h"

#include <string.h>

#include "storm-spool.h"

/* A transaction is written when it has so many rows, or when its first row has waited so long;
 * what stands in the queue already goes with it, up to the upper bound. */
#define ROWS_OF_TRANSACTION 500
#define MAX_ROWS_OF_TRANSACTION 20000
#define WAIT_US (250 * 1000)

typedef enum
{
  JOB_APPEND,
  JOB_CLEAR,
  JOB_FLUSH,
  JOB_STOP,
} JobKind;

typedef struct
{
  JobKind     kind;
  StormBatch *batch;
  guint32     first_row;
} Job;

struct _StormSpoolWriter
{
  GAsyncQueue        *queue;
  GThread            *thread;
  GMainContext       *context;
  StormStrings       *topics;
  StormSpoolProgress  progress;
  gpointer            user_data;

  /* of the thread */
  StormDb            *db;
  sqlite3_stmt       *insert;
  StormStrings       *last_strings;
  GArray             *topic_ids;     /* number in last_strings → number in topics, 0 unknown */
  guint32             end_row;

  /* both */
  GMutex              mutex;
  GCond               cond;
  GSource            *source;
  guint32             n_rows;
  guint32             told_rows;
  guint               n_clears;
  guint               n_flushes;
  guint               n_flushed;
  GError             *error;
  gboolean            told_error;
  gboolean            stopping;
};

static void
job_free (Job *job)
{
  g_clear_pointer (&job->batch, storm_batch_unref);
  g_free (job);
}

static void
tell (StormSpoolWriter *self)
{
  g_autoptr (GError) error = NULL;
  gboolean news;
  guint32 n_rows;

  g_mutex_lock (&self->mutex);
  n_rows = self->n_rows;
  news = self->n_clears == 0 && n_rows != self->told_rows;
  if (news)
    self->told_rows = n_rows;
  if (self->error != NULL && !self->told_error)
    {
      self->told_error = TRUE;
      error = g_error_copy (self->error);
    }
  g_mutex_unlock (&self->mutex);
  if (news || error != NULL)
    self->progress (n_rows, error, self->user_data);
}

static gboolean
on_source (gpointer data)
{
  StormSpoolWriter *self = data;

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->source, g_source_unref);
  g_mutex_unlock (&self->mutex);
  tell (self);
  return G_SOURCE_REMOVE;
}

/* With the mutex. */
static void
schedule_progress (StormSpoolWriter *self)
{
  if (self->source != NULL || self->stopping)
    return;
  self->source = g_idle_source_new ();
  g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->source, on_source, self, NULL);
  g_source_attach (self->source, self->context);
}

static void
fail (StormSpoolWriter *self,
      GError           *error)
{
  storm_db_rollback (self->db);
  g_mutex_lock (&self->mutex);
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
  schedule_progress (self);
  g_mutex_unlock (&self->mutex);
}

static gint64
topic_id (StormSpoolWriter *self,
          StormStrings     *strings,
          guint32           topic)
{
  guint32 *id;

  if (strings != self->last_strings)
    {
      g_clear_pointer (&self->last_strings, storm_strings_unref);
      self->last_strings = storm_strings_ref (strings);
      g_array_set_size (self->topic_ids, 0);
    }
  if (topic == 0)
    return 0;
  if (topic >= self->topic_ids->len)
    g_array_set_size (self->topic_ids, topic + 1);
  id = &g_array_index (self->topic_ids, guint32, topic);
  if (*id == 0)
    {
      const char *name = storm_strings_get (strings, topic);

      guint32 connection = storm_strings_get_connection (strings, topic);
      const char *of = connection != 0 ? storm_strings_get (strings, connection) : "";

      connection = storm_strings_intern (self->topics, of, strlen (of));
      *id = storm_strings_intern_in (self->topics, connection, name, strlen (name));
    }
  return *id;
}

static gboolean
write_batch (StormSpoolWriter  *self,
             const Job         *job,
             GError           **error)
{
  StormStrings *strings = storm_batch_get_strings (job->batch);
  const StormEventRow *rows;
  guint n_rows;

  /* The first connection gets its name only when there is a second one. */
  storm_strings_set_home (self->topics, storm_strings_get_connection_name (strings, 0));
  rows = storm_batch_get_rows (job->batch, &n_rows);
  for (guint i = 0; i < n_rows; i++)
    {
      gsize len;
      const guint8 *packed = storm_batch_get_packed (job->batch, i, &len);

      sqlite3_bind_int64 (self->insert, 1, (gint64) job->first_row + i);
      sqlite3_bind_int64 (self->insert, 2, topic_id (self, strings, rows[i].topic));
      sqlite3_bind_int (self->insert, 3, rows[i].partition);
      sqlite3_bind_int64 (self->insert, 4, rows[i].offset);
      sqlite3_bind_int64 (self->insert, 5, rows[i].broker_time);
      sqlite3_bind_blob64 (self->insert, 6, packed != NULL ? (const void *) packed : "", len,
                           SQLITE_STATIC);
      if (!storm_db_run (self->db, self->insert, error))
        return FALSE;
    }
  self->end_row = job->first_row + n_rows;
  return TRUE;
}

/* Writes @jobs as one transaction. */
static void
write_jobs (StormSpoolWriter *self,
            GPtrArray        *jobs)
{
  GError *error = NULL;
  gboolean ok;

  if (jobs->len == 0)
    return;
  ok = self->error == NULL && storm_db_exec (self->db, "BEGIN", &error);
  for (guint i = 0; ok && i < jobs->len; i++)
    ok = write_batch (self, g_ptr_array_index (jobs, i), &error);
  ok = ok && storm_db_exec (self->db, "COMMIT", &error);
  g_ptr_array_set_size (jobs, 0);
  if (ok)
    {
      g_mutex_lock (&self->mutex);
      self->n_rows = self->end_row;
      schedule_progress (self);
      g_mutex_unlock (&self->mutex);
    }
  else if (error != NULL)
    fail (self, error);
}

static void
clear_rows (StormSpoolWriter *self)
{
  GError *error = NULL;

  if (self->error == NULL && !storm_db_exec (self->db, "DELETE FROM spool", &error))
    fail (self, error);
  g_mutex_lock (&self->mutex);
  self->n_rows = 0;
  self->told_rows = 0;
  self->n_clears--;
  g_mutex_unlock (&self->mutex);
}

static void
report_flush (StormSpoolWriter *self)
{
  g_mutex_lock (&self->mutex);
  self->n_flushed++;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static Job *
wait_for_job (StormSpoolWriter *self,
              guint             n_rows,
              gint64            since)
{
  gint64 left = since + WAIT_US - g_get_monotonic_time ();

  if (since == 0)
    return g_async_queue_pop (self->queue);
  if (n_rows >= MAX_ROWS_OF_TRANSACTION)
    return NULL;
  if (n_rows >= ROWS_OF_TRANSACTION || left <= 0)
    return g_async_queue_try_pop (self->queue);
  return g_async_queue_timeout_pop (self->queue, left);
}

static gpointer
run (gpointer data)
{
  StormSpoolWriter *self = data;
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) job_free);
  gboolean stop = FALSE;
  gint64 since = 0;
  guint n_rows = 0;

  while (!stop)
    {
      Job *job = wait_for_job (self, n_rows, since);

      if (job != NULL && job->kind == JOB_APPEND)
        {
          guint n;

          storm_batch_get_rows (job->batch, &n);
          n_rows += n;
          if (since == 0)
            since = g_get_monotonic_time ();
          g_ptr_array_add (jobs, job);
          continue;
        }
      if (job != NULL && job->kind == JOB_STOP)
        g_ptr_array_set_size (jobs, 0);
      write_jobs (self, jobs);
      n_rows = 0;
      since = 0;
      if (job == NULL)
        continue;
      if (job->kind == JOB_CLEAR)
        clear_rows (self);
      else if (job->kind == JOB_FLUSH)
        report_flush (self);
      stop = job->kind == JOB_STOP;
      job_free (job);
    }
  return NULL;
}

static void
push (StormSpoolWriter *self,
      JobKind           kind,
      StormBatch       *batch,
      guint32           first_row)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->batch = batch != NULL ? storm_batch_ref (batch) : NULL;
  job->first_row = first_row;
  if (kind == JOB_STOP)
    g_async_queue_push_front (self->queue, job);
  else
    g_async_queue_push (self->queue, job);
}

StormSpoolWriter *
storm_spool_writer_new (const char          *path,
                        StormStrings        *topics,
                        StormSpoolProgress   progress,
                        gpointer             user_data,
                        GError             **error)
{
  g_autoptr (StormDb) db = storm_spool_create (path, error);
  sqlite3_stmt *insert = NULL;
  StormSpoolWriter *self;

  if (db == NULL)
    return NULL;
  insert = storm_db_prepare (db, "INSERT OR REPLACE INTO spool (" STORM_SPOOL_COLUMNS ")"
                                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6)", error);
  if (insert == NULL)
    return NULL;
  self = g_new0 (StormSpoolWriter, 1);
  self->db = g_steal_pointer (&db);
  self->insert = insert;
  self->queue = g_async_queue_new_full ((GDestroyNotify) job_free);
  self->context = g_main_context_ref_thread_default ();
  self->topics = storm_strings_ref (topics);
  self->topic_ids = g_array_new (FALSE, TRUE, sizeof (guint32));
  self->progress = progress;
  self->user_data = user_data;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->thread = g_thread_new ("spool", run, self);
  return self;
}

void
storm_spool_writer_free (StormSpoolWriter *self)
{
  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  g_mutex_unlock (&self->mutex);
  push (self, JOB_STOP, NULL, 0);
  g_thread_join (self->thread);
  if (self->source != NULL)
    {
      g_source_destroy (self->source);
      g_source_unref (self->source);
    }
  sqlite3_finalize (self->insert);
  storm_db_free (self->db);
  g_async_queue_unref (self->queue);
  g_clear_pointer (&self->last_strings, storm_strings_unref);
  storm_strings_unref (self->topics);
  g_array_unref (self->topic_ids);
  g_main_context_unref (self->context);
  g_clear_error (&self->error);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

void
storm_spool_writer_append (StormSpoolWriter *self,
                           StormBatch       *batch,
                           guint32           first_row)
{
  gboolean failed;

  /* After a failure, what could never be written must not heap up. */
  g_mutex_lock (&self->mutex);
  failed = self->error != NULL;
  g_mutex_unlock (&self->mutex);
  if (!failed)
    push (self, JOB_APPEND, batch, first_row);
}

void
storm_spool_writer_clear (StormSpoolWriter *self)
{
  g_mutex_lock (&self->mutex);
  self->n_clears++;
  g_mutex_unlock (&self->mutex);
  push (self, JOB_CLEAR, NULL, 0);
}

gboolean
storm_spool_writer_flush (StormSpoolWriter  *self,
                          GError           **error)
{
  guint ticket;

  g_mutex_lock (&self->mutex);
  ticket = ++self->n_flushes;
  g_mutex_unlock (&self->mutex);
  push (self, JOB_FLUSH, NULL, 0);
  g_mutex_lock (&self->mutex);
  while (self->n_flushed < ticket)
    g_cond_wait (&self->cond, &self->mutex);
  if (self->error != NULL && error != NULL)
    *error = g_error_copy (self->error);
  g_mutex_unlock (&self->mutex);
  tell (self);
  return self->error == NULL;
}
