#pragma once

#include "storm-kafka-config-private.h"
#include "storm-worker-private.h"

G_BEGIN_DECLS

/* The worker thread's side of a Kafka source, shared by four .c files: storm-kafka-client.c
 * connects, runs the loop and reports; storm-kafka-topics.c finds topics and partitions and starts
 * them; storm-kafka-resume.c finds where one goes on that was stopped; storm-kafka-consume.c takes
 * what comes. Everything here belongs to the worker thread. */

typedef enum
{
  STORM_KAFKA_PENDING,         /* where to start is not known yet */
  STORM_KAFKA_RUNNING,
  STORM_KAFKA_ENDED,
} StormKafkaPartitionState;

typedef struct
{
  gint32                    id;
  StormKafkaPartitionState  state;
  gboolean                  is_new;     /* came after the start: from its beginning */
  gboolean                  resume;     /* at @next, or at the first that is still there */
  gboolean                  caught_up;  /* its end was reached once */
  gboolean                  fresh;      /* events came since its end was reached */
  gboolean                  suspect;    /* its topic was gone: it may be another one */
  gboolean                  listed;     /* by the last metadata */
  gboolean                  damaged;    /* records were skipped, because their checksum is wrong */
  gint64                    start;
  gint64                    next;
  gint64                    end;        /* as it was at the start; -1: not known */
  gint64                    first;      /* the offset of the first event that was taken… */
  char                     *first_print;  /* …and what to know it by; NULL before it */
  gint64                    restarted;  /* where it went on when its position was gone */
  guint                     n_gone;     /* its position was gone so often soon after that */
} StormKafkaPartition;

typedef struct
{
  char                *name;
  rd_kafka_topic_t    *handle;
  gboolean             listed;          /* by name, not by the pattern */
  rd_kafka_resp_err_t  err;             /* why it can't be watched */
  GPtrArray           *partitions;      /* (element-type StormKafkaPartition): index = id */
} StormKafkaTopic;

typedef struct
{
  StormWorker       *worker;
  StormConnection   *connection;        /* a copy; nobody else has it */
  StormSecrets      *secrets;           /* kept as long only for a login */
  GRegex            *pattern;
  char              *title;

  rd_kafka_t        *rk;
  rd_kafka_queue_t  *queue;
  StormKafkaTrouble  trouble;
  GPtrArray         *topics;            /* (element-type StormKafkaTopic) */
  StormBatchBuilder *builder;
  GArray            *headers;           /* (element-type StormHeader): used again and again */

  gboolean           started;           /* topics found from now on are new */
  gboolean           lost;
  gboolean           taken;             /* from the queue, since @woken */
  guint64            n_events;
  guint64            n_missing;         /* gone from the broker before they could be read */
  gint64             woken;             /* monotonic times */
  gint64             pushed;
  gint64             ticked;
  gint64             refreshed;
  gint64             retried;
  gint64             tried;
  GError            *failure;           /* can't go on */
} StormKafkaClient;

/** storm_kafka_client_new: for storm_worker_start() with storm_kafka_client_run(). */
StormKafkaClient *storm_kafka_client_new      (StormWorker        *worker,
                                               StormConnection    *connection,
                                               const StormSecrets *secrets);
void              storm_kafka_client_free     (gpointer            data);
void              storm_kafka_client_run      (StormWorker        *worker,
                                               gpointer            data);

/**
 * storm_kafka_topics_refresh:
 *
 * Asks for the metadata; adds what is new to the topics, with its ASSIGNED marks.
 */
rd_kafka_resp_err_t storm_kafka_topics_refresh (StormKafkaClient  *self,
                                                int                timeout_ms);
/** storm_kafka_topics_check: FALSE with the client's failure when nothing can be watched. */
gboolean          storm_kafka_topics_check    (StormKafkaClient   *self);
/** storm_kafka_topics_start: starts all partitions whose start can be found out. */
void              storm_kafka_topics_start    (StormKafkaClient   *self);
/** storm_kafka_topic_leave: it is gone from the broker; its partitions end until it is back. */
void              storm_kafka_topic_leave     (StormKafkaClient   *self,
                                               StormKafkaTopic    *topic);
void              storm_kafka_topics_stop     (StormKafkaClient   *self);
gboolean          storm_kafka_topics_all_ended (StormKafkaClient  *self);
guint             storm_kafka_topics_count    (StormKafkaClient   *self);
/** storm_kafka_partition_end: the partition delivers nothing more. */
void              storm_kafka_partition_end   (StormKafkaClient    *self,
                                               StormKafkaTopic     *topic,
                                               StormKafkaPartition *partition);
void              storm_kafka_topic_free      (gpointer            data);

void              storm_kafka_partition_free  (gpointer             data);
/** storm_kafka_partition_note: keeps what the first event is to be known by. */
void              storm_kafka_partition_note  (StormKafkaPartition *partition,
                                               const rd_kafka_message_t *message);
/** storm_kafka_partition_gap: from @from to @to (exclusive) is gone from the broker. */
void              storm_kafka_partition_gap   (StormKafkaClient    *self,
                                               StormKafkaTopic     *topic,
                                               StormKafkaPartition *partition,
                                               gint64               from,
                                               gint64               to);
/**
 * storm_kafka_partition_resume:
 *
 * Sets where @partition, which holds @low to @high now, goes on; with its GAP or ANEW mark. FALSE
 * when that can't be found out at the moment.
 */
gboolean          storm_kafka_partition_resume (StormKafkaClient   *self,
                                               StormKafkaTopic     *topic,
                                               StormKafkaPartition *partition,
                                               gint64               low,
                                               gint64               high);

/** storm_kafka_consume: takes what is there, waits up to @timeout_ms; the number of messages. */
gssize            storm_kafka_consume         (StormKafkaClient   *self,
                                               int                 timeout_ms);

G_END_DECLS
