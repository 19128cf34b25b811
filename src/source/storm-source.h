#pragma once

#include "storm-batch-queue.h"

G_BEGIN_DECLS

#define STORM_TYPE_SOURCE (storm_source_get_type ())

/** StormSourceState: see storm_source_get_status() for the words. */
typedef enum
{
  STORM_SOURCE_IDLE,
  STORM_SOURCE_CONNECTING,
  STORM_SOURCE_READING,      /* behind the end: history is coming in */
  STORM_SOURCE_LIVE,         /* caught up with the end of everything */
  STORM_SOURCE_WAITING,      /* connection lost; it goes on by itself when the broker is back */
  STORM_SOURCE_FAILED,       /* can't go on without the user: login, unknown topic, … */
  STORM_SOURCE_ENDED,        /* a recording or a bounded read is over */
  STORM_SOURCE_STOPPED,
} StormSourceState;

#define STORM_TYPE_SOURCE_STATE (storm_source_state_get_type ())
GType storm_source_state_get_type (void);

/** StormTopicProgress: @end is -1 while it is unknown; @connection: (nullable): the name of that of
 * several over which the topic is watched. */
typedef struct
{
  char   *connection;
  char   *topic;
  gint32  partition;
  gint64  next;
  gint64  end;
} StormTopicProgress;

/**
 * StormSource:
 *
 * Where events come from: a broker, a recording, the demo. A worker thread reads and maps them and
 * pushes batches into the queue it was started with; state is reported in the main context.
 * GObject properties that notify: `state`, `status` (a translated sentence), `error` (boxed GError,
 * nullable). Main thread, except for what implementations do in their worker.
 */
G_DECLARE_INTERFACE (StormSource, storm_source, STORM, SOURCE, GObject)

struct _StormSourceInterface
{
  GTypeInterface parent_iface;

  void             (*start)        (StormSource     *self,
                                    StormBatchQueue *queue,
                                    StormStrings    *strings,
                                    StormMapping    *mapping);
  void             (*stop)         (StormSource     *self);
  void             (*set_mapping)  (StormSource     *self,
                                    StormMapping    *mapping);
  StormSourceState (*get_state)    (StormSource     *self);
  char            *(*dup_status)   (StormSource     *self);
  GPtrArray       *(*dup_progress) (StormSource     *self);
  char            *(*dup_name)     (StormSource     *self);
  char            *(*dup_identity) (StormSource     *self);
};

/** storm_source_start: once for each source. */
void              storm_source_start        (StormSource     *self,
                                             StormBatchQueue *queue,
                                             StormStrings    *strings,
                                             StormMapping    *mapping);
/**
 * storm_source_stop:
 *
 * Returns at once; connections are closed in another thread. The queue stays the caller's: close it
 * too, for a worker that waits at a full queue goes on only then.
 */
void              storm_source_stop         (StormSource     *self);
/**
 * storm_source_wait_all:
 * @limit: microseconds; a broker that doesn't answer may hold a connection for longer
 *
 * Waits until the threads of all stopped and ended sources are gone. For a program's end: what the
 * libraries take down then must not be in use any more.
 *
 * Returns: %FALSE when some were left at the limit
 */
gboolean          storm_source_wait_all     (gint64           limit);
/** storm_source_set_mapping: for the records from now on. */
void              storm_source_set_mapping  (StormSource     *self,
                                             StormMapping    *mapping);
StormSourceState  storm_source_get_state    (StormSource     *self);
/** storm_source_dup_status: (transfer full): "Demo broker · 3 topics · live". */
char             *storm_source_dup_status   (StormSource     *self);
/** storm_source_dup_progress: (transfer full) (element-type StormTopicProgress). */
GPtrArray        *storm_source_dup_progress (StormSource     *self);

/** storm_source_dup_name: (transfer full): what a user calls it; "" when it has no name. */
char             *storm_source_dup_name     (StormSource     *self);
/** storm_source_dup_identity: (transfer full) (nullable): the same for sources whose partitions and
 * offsets mean the same; %NULL: another one for each source. */
char             *storm_source_dup_identity (StormSource     *self);

void              storm_topic_progress_free (StormTopicProgress *progress);

/** StormStart: from where a source reads. */
typedef enum
{
  STORM_START_BEGINNING,
  STORM_START_NOW,
  STORM_START_LAST_N,        /* the last n of each partition */
  STORM_START_TIME,          /* since a moment */
} StormStart;

#define STORM_TYPE_START (storm_start_get_type ())
GType storm_start_get_type (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormTopicProgress, storm_topic_progress_free)

G_END_DECLS
