#pragma once

#include "storm-source.h"

G_BEGIN_DECLS

/**
 * StormWorker:
 *
 * What a source shares with its worker thread: where batches go, how they are mapped, whether to
 * stop, and what to report. The thread keeps it alive beyond the source; the source may go away at
 * any time. Counted by references, any thread.
 */
typedef struct _StormWorker StormWorker;

/** StormWorkerFunc: the thread's body; returns soon after storm_worker_is_stopped(). */
typedef void (*StormWorkerFunc) (StormWorker *worker,
                                 gpointer     user_data);

/** storm_worker_new: @source is held weakly; it notifies in the caller's thread-default context. */
StormWorker      *storm_worker_new            (GObject         *source);
StormWorker      *storm_worker_ref            (StormWorker     *self);
void              storm_worker_unref          (StormWorker     *self);

/** storm_worker_start: runs @func in a thread of its own; @destroy is called in that thread. */
void              storm_worker_start          (StormWorker     *self,
                                               const char      *name,
                                               StormBatchQueue *queue,
                                               StormStrings    *strings,
                                               StormMapping    *mapping,
                                               StormWorkerFunc  func,
                                               gpointer         user_data,
                                               GDestroyNotify   destroy);
/** storm_worker_new_builder: (transfer full): for storm_worker_push(), in the thread. */
StormBatchBuilder *storm_worker_new_builder   (StormWorker     *self,
                                               StormMapping    *mapping);
/** storm_worker_stop: doesn't wait. The state is STOPPED, unless it failed or ended before. */
void              storm_worker_stop           (StormWorker     *self);
gboolean          storm_worker_is_stopped     (StormWorker     *self);
/** storm_worker_get_cancellable: (transfer none): cancelled by storm_worker_stop(). */
GCancellable     *storm_worker_get_cancellable (StormWorker    *self);
/** storm_worker_sleep_until: until the monotonic time @deadline, or until stopped. */
void              storm_worker_sleep_until    (StormWorker     *self,
                                               gint64           deadline);

void              storm_worker_set_mapping    (StormWorker     *self,
                                               StormMapping    *mapping);
/** storm_worker_steal_mapping: (transfer full) (nullable): a mapping not yet taken. */
StormMapping     *storm_worker_steal_mapping  (StormWorker     *self);

/** storm_worker_push: hands over what @builder has; FALSE when nobody takes it any more. */
gboolean          storm_worker_push           (StormWorker       *self,
                                               StormBatchBuilder *builder);

/**
 * storm_worker_report:
 * @status: (transfer full): a translated sentence
 * @error: (transfer full) (nullable)
 *
 * Ignored once the state is one that lasts (failed, ended, stopped). Notifications are coalesced.
 */
void              storm_worker_report         (StormWorker      *self,
                                               StormSourceState  state,
                                               char             *status,
                                               GError           *error);
StormSourceState  storm_worker_get_state      (StormWorker      *self);
char             *storm_worker_dup_status     (StormWorker      *self);
GError           *storm_worker_dup_error      (StormWorker      *self);

/** storm_worker_set_progress: (transfer full) (element-type StormTopicProgress). */
void              storm_worker_set_progress   (StormWorker      *self,
                                               GPtrArray        *progress);
GPtrArray        *storm_worker_dup_progress   (StormWorker      *self);

/** storm_source_format_number: (transfer full): @number with the locale's thousands separators. */
char             *storm_source_format_number  (guint64           number);

/** The properties `state`, `status` and `error`, from 1 to 3, for a class with a worker. */
enum
{
  STORM_SOURCE_PROP_STATE = 1,
  STORM_SOURCE_PROP_STATUS,
  STORM_SOURCE_PROP_ERROR,
};
void              storm_worker_override_properties (GObjectClass *klass);
void              storm_worker_get_property   (StormWorker      *self,
                                               guint             prop_id,
                                               GValue           *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormWorker, storm_worker_unref)

G_END_DECLS
