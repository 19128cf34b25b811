#include "config.h"

#include "storm-worker.h"

typedef struct
{
  GMainContext    *context;
  StormWorkerFunc  work;
  StormWorkerFunc  done;
  gpointer         data;
} Worker;

static gboolean
finish (gpointer data)
{
  Worker *worker = data;

  worker->done (worker->data);
  g_main_context_unref (worker->context);
  g_free (worker);
  return G_SOURCE_REMOVE;
}

static gpointer
run (gpointer data)
{
  Worker *worker = data;
  g_autoptr (GMainContext) context = g_main_context_ref (worker->context);
  g_autoptr (GSource) source = g_idle_source_new ();

  worker->work (worker->data);
  /* Not g_main_context_invoke(), which would call it here while nobody iterates the context. */
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, finish, worker, NULL);
  g_source_attach (source, context);
  return NULL;
}

void
storm_worker_run (const char      *name,
                  StormWorkerFunc  work,
                  StormWorkerFunc  done,
                  gpointer         data)
{
  Worker *worker = g_new0 (Worker, 1);

  worker->context = g_main_context_ref_thread_default ();
  worker->work = work;
  worker->done = done;
  worker->data = data;
  g_thread_unref (g_thread_new (name, run, worker));
}
