#include "config.h"

#include "storm-checkpointer.h"

#include "storm-db.h"

struct _StormCheckpointer
{
  char     *path;
  GThread  *thread;
  GMutex    mutex;
  GCond     cond;
  gboolean  poked;
  gboolean  stopping;
};

static void
checkpoint (StormCheckpointer *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormDb) db = storm_db_open (self->path, STORM_DB_DEFAULT, &error);

  if (db == NULL)
    {
      g_debug ("no checkpoint: %s", error->message);
      return;
    }
  /* PASSIVE, because it must never make a writer wait. Failing is no loss: all is in the log, and
   * the next one tries again. */
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  sqlite3_exec (db->handle, "PRAGMA synchronous=NORMAL; SELECT 1 FROM board", NULL, NULL, NULL);
  if (sqlite3_wal_checkpoint_v2 (db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL,
                                 NULL) != SQLITE_OK)
    g_debug ("no checkpoint: %s", sqlite3_errmsg (db->handle));
}

static gpointer
run (gpointer data)
{
  StormCheckpointer *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->stopping)
    {
      if (!self->poked)
        {
          g_cond_wait (&self->cond, &self->mutex);
          continue;
        }
      self->poked = FALSE;
      g_mutex_unlock (&self->mutex);
      checkpoint (self);
      g_mutex_lock (&self->mutex);
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

StormCheckpointer *
storm_checkpointer_new (const char *path)
{
  StormCheckpointer *self = g_new0 (StormCheckpointer, 1);

  self->path = g_strdup (path);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  return self;
}

void
storm_checkpointer_free (StormCheckpointer *self)
{
  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  if (self->thread != NULL)
    g_thread_join (self->thread);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->path);
  g_free (self);
}

void
storm_checkpointer_poke (StormCheckpointer *self)
{
  /* Most boards are looked at more often than they are edited: no thread before it is needed. */
  if (self->thread == NULL)
    self->thread = g_thread_new ("checkpoint", run, self);
  g_mutex_lock (&self->mutex);
  self->poked = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}
