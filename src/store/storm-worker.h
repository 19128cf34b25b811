#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*StormWorkerFunc) (gpointer data);

/**
 * storm_worker_run:
 * @work: called in a thread of its own
 * @done: called afterwards in the main context of whoever called this; frees @data
 *
 * Unlike g_task_run_in_thread(), whose thread may be the last to let go of the objects of a task,
 * this never ends the life of a main thread's object in another thread.
 */
void storm_worker_run (const char      *name,
                       StormWorkerFunc  work,
                       StormWorkerFunc  done,
                       gpointer         data);

G_END_DECLS
