#include "config.h"

#include "storm-replay-source.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "storm-error.h"
#include "storm-worker-private.h"

#define BATCH_ROWS 4096
#define BATCH_BYTES (1024 * 1024)
/* A batch waits no longer than this for more records. */
#define BATCH_AGE (10 * G_TIME_SPAN_MILLISECOND)
#define REPORT_EVERY (100 * G_TIME_SPAN_MILLISECOND)

struct _StormReplaySource
{
  GObject            parent_instance;

  StormRecordReader *reader;
  char              *name;
  double             speed;
  StormWorker       *worker;
};

typedef struct
{
  char   *connection;          /* NULL for none */
  char   *topic;
  gint32  partition;
  gint64  first;               /* offsets */
  gint64  last;
  guint64 n;                   /* records counted beforehand, or played so far */
  guint64 played;
  gint64  next;
} Partition;

/* All that the thread owns. */
typedef struct
{
  StormRecordReader *reader;
  char              *name;
  double             speed;
  StormWorker       *worker;
  StormBatchBuilder *builder;
  StormMapping      *mapping;
  StormReading       reading;
  GHashTable        *partitions;
  GPtrArray         *order;    /* (element-type Partition): as they were found */
  gboolean           counted;
  guint64            total;
  guint64            played;
  StormTime          first_time;
  gint64             start;    /* monotonic, of @first_time */
  gint64             pushed;   /* monotonic */
  gint64             reported;
} Replay;

static guint
partition_hash (gconstpointer key)
{
  const Partition *partition = key;

  return g_str_hash (partition->topic) * 31 + partition->partition;
}

static gboolean
partition_equal (gconstpointer a,
                 gconstpointer b)
{
  const Partition *pa = a, *pb = b;

  return pa->partition == pb->partition && g_str_equal (pa->topic, pb->topic) &&
         g_strcmp0 (pa->connection, pb->connection) == 0;
}

static void
partition_free (gpointer data)
{
  Partition *partition = data;

  g_free (partition->connection);
  g_free (partition->topic);
  g_free (partition);
}

static Partition *
get_partition (Replay            *replay,
               const StormRecord *record,
               gboolean          *is_new)
{
  Partition key = { .connection = (char *) record->connection, .topic = (char *) record->topic,
                    .partition = record->partition };
  Partition *partition = g_hash_table_lookup (replay->partitions, &key);

  *is_new = partition == NULL;
  if (partition == NULL)
    {
      partition = g_new0 (Partition, 1);
      partition->connection = g_strdup (record->connection);
      partition->topic = g_strdup (record->topic);
      partition->partition = record->partition;
      partition->first = partition->last = partition->next = record->offset;
      g_hash_table_add (replay->partitions, partition);
      g_ptr_array_add (replay->order, partition);
    }
  return partition;
}

static void
mark (Replay          *replay,
      StormMarkKind    kind,
      const Partition *partition,
      gint64           from,
      gint64           to)
{
  storm_batch_builder_mark_for (replay->builder, partition->connection);
  storm_batch_builder_mark (replay->builder, kind, partition->topic, partition->partition, from,
                            to);
}

/* Learns which partitions there are and where they end. An error here is left for the second time
 * at its place, after everything before it was played. */
static gboolean
count (Replay *replay)
{
  g_autoptr (GError) error = NULL;
  GCancellable *cancellable = storm_worker_get_cancellable (replay->worker);
  StormRecord record;
  gboolean is_new;

  if (!storm_record_reader_rewind (replay->reader, NULL))
    return FALSE;

  while (!storm_worker_is_stopped (replay->worker) &&
         storm_record_reader_next (replay->reader, &record, cancellable, &error))
    {
      Partition *partition = get_partition (replay, &record, &is_new);

      partition->n++;
      partition->last = record.offset;
      replay->total++;
    }
  g_clear_error (&error);
  if (!storm_record_reader_rewind (replay->reader, &error))
    {
      storm_worker_report (replay->worker, STORM_SOURCE_FAILED, g_strdup (error->message),
                           g_error_copy (error));
      return FALSE;
    }

  replay->counted = TRUE;
  return TRUE;
}

static void
report (Replay   *replay,
        gboolean  force)
{
  gint64 now = g_get_monotonic_time ();
  g_autofree char *played = NULL;
  g_autofree char *total = NULL;
  GPtrArray *progress;

  if (!force && now - replay->reported < REPORT_EVERY)
    return;
  replay->reported = now;

  progress = g_ptr_array_new_with_free_func ((GDestroyNotify) storm_topic_progress_free);
  for (guint i = 0; i < replay->order->len; i++)
    {
      Partition *partition = g_ptr_array_index (replay->order, i);
      StormTopicProgress *item = g_new0 (StormTopicProgress, 1);

      item->connection = g_strdup (partition->connection);
      item->topic = g_strdup (partition->topic);
      item->partition = partition->partition;
      item->next = partition->next;
      item->end = replay->counted ? partition->last + 1 : -1;
      g_ptr_array_add (progress, item);
    }
  storm_worker_set_progress (replay->worker, progress);

  played = storm_source_format_number (replay->played);
  total = storm_source_format_number (replay->total);
  if (replay->counted)
    storm_worker_report (replay->worker, STORM_SOURCE_READING,
                         g_strdup_printf (_("%s · playing %s of %s"), replay->name, played, total),
                         NULL);
  else
    storm_worker_report (replay->worker, STORM_SOURCE_READING,
                         g_strdup_printf (_("%s · %s events"), replay->name, played), NULL);
}

static gboolean
push (Replay *replay)
{
  replay->pushed = g_get_monotonic_time ();
  return storm_worker_push (replay->worker, replay->builder);
}

/* Waits until the record is due. What is mapped as its time decides, so that a recording without
 * usable broker times plays as it happened, too. */
static gboolean
wait_for (Replay            *replay,
          const StormRecord *record)
{
  gint64 due, now;

  storm_mapping_read (replay->mapping, record, &replay->reading);
  if (replay->reading.time == STORM_TIME_NONE)
    return TRUE;
  if (replay->first_time == STORM_TIME_NONE)
    {
      replay->first_time = replay->reading.time;
      replay->start = g_get_monotonic_time ();
    }

  due = replay->start + (gint64) (((double) replay->reading.time - (double) replay->first_time) /
                                  STORM_TIME_MICROSECOND / replay->speed);
  now = g_get_monotonic_time ();
  if (due <= now)
    return TRUE;

  if (due - now > G_TIME_SPAN_MILLISECOND && !push (replay))
    return FALSE;
  report (replay, due - now > REPORT_EVERY);
  storm_worker_sleep_until (replay->worker, due);
  return !storm_worker_is_stopped (replay->worker);
}

static void
take_mapping (Replay *replay)
{
  StormMapping *mapping = storm_worker_steal_mapping (replay->worker);

  if (mapping == NULL)
    return;
  g_clear_pointer (&replay->mapping, storm_mapping_unref);
  replay->mapping = mapping;
  storm_batch_builder_set_mapping (replay->builder, mapping);
}

static gboolean
play_record (Replay            *replay,
             const StormRecord *record)
{
  gboolean is_new;
  Partition *partition = get_partition (replay, record, &is_new);

  if (is_new)
    mark (replay, STORM_MARK_ASSIGNED, partition, partition->first, partition->first);
  if (replay->speed > 0 && !wait_for (replay, record))
    return FALSE;
  if (record->anew)
    mark (replay, STORM_MARK_ANEW, partition, partition->next, record->offset);
  if (record->gap_to > record->gap_from)
    mark (replay, STORM_MARK_GAP, partition, record->gap_from, record->gap_to);

  storm_batch_builder_add (replay->builder, record);
  replay->played++;
  partition->played++;
  partition->next = record->offset + 1;
  if (replay->counted && partition->played == partition->n)
    mark (replay, STORM_MARK_ENDED, partition, partition->next, partition->next);

  if (storm_batch_builder_get_n (replay->builder) >= BATCH_ROWS ||
      storm_batch_builder_get_bytes (replay->builder) >= BATCH_BYTES ||
      (replay->played % 64 == 0 || !replay->counted || replay->speed > 0
         ? g_get_monotonic_time () - replay->pushed >= BATCH_AGE : FALSE))
    {
      take_mapping (replay);
      report (replay, FALSE);
      return push (replay);
    }
  return TRUE;
}

static void
finish (Replay *replay,
        GError *error)
{
  g_autofree char *played = storm_source_format_number (replay->played);

  for (guint i = 0; i < replay->order->len; i++)
    {
      Partition *partition = g_ptr_array_index (replay->order, i);

      if (!replay->counted || partition->played < partition->n)
        mark (replay, STORM_MARK_ENDED, partition, partition->next, partition->next);
    }
  if (!push (replay))
    {
      g_clear_error (&error);
      return;
    }

  report (replay, TRUE);
  if (error != NULL)
    storm_worker_report (replay->worker, STORM_SOURCE_FAILED, g_strdup (error->message), error);
  else
    storm_worker_report (replay->worker, STORM_SOURCE_ENDED,
                         g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s · %s event, at the end",
                                                       "%s · %s events, at the end",
                                                       replay->played),
                                          replay->name, played), NULL);
}

static void
run (StormWorker *worker,
     gpointer     data)
{
  Replay *replay = data;
  GError *error = NULL;
  StormRecord record;

  storm_worker_report (worker, STORM_SOURCE_READING,
                       g_strdup_printf (_("Opening %s…"), replay->name), NULL);
  replay->builder = storm_worker_new_builder (worker, replay->mapping);
  if (!count (replay) && storm_worker_get_state (worker) == STORM_SOURCE_FAILED)
    return;

  for (guint i = 0; i < replay->order->len; i++)
    {
      Partition *partition = g_ptr_array_index (replay->order, i);

      mark (replay, STORM_MARK_ASSIGNED, partition, partition->first, partition->last + 1);
    }
  replay->pushed = g_get_monotonic_time ();

  while (!storm_worker_is_stopped (worker))
    {
      if (!storm_record_reader_next (replay->reader, &record,
                                     storm_worker_get_cancellable (worker), &error))
        {
          if (!storm_worker_is_stopped (worker))
            finish (replay, g_steal_pointer (&error));
          break;
        }
      if (!play_record (replay, &record))
        break;
    }
  g_clear_error (&error);
}

static void
replay_free (gpointer data)
{
  Replay *replay = data;

  g_object_unref (replay->reader);
  g_free (replay->name);
  g_clear_pointer (&replay->builder, storm_batch_builder_free);
  g_clear_pointer (&replay->mapping, storm_mapping_unref);
  storm_reading_clear (&replay->reading);
  g_hash_table_unref (replay->partitions);
  g_ptr_array_unref (replay->order);
  g_free (replay);
}

static void
replay_source_start (StormSource     *source,
                     StormBatchQueue *queue,
                     StormStrings    *strings,
                     StormMapping    *mapping)
{
  StormReplaySource *self = STORM_REPLAY_SOURCE (source);
  Replay *replay;

  g_return_if_fail (storm_worker_get_state (self->worker) == STORM_SOURCE_IDLE);

  replay = g_new0 (Replay, 1);
  replay->reader = g_object_ref (self->reader);
  replay->name = g_strdup (self->name);
  replay->speed = self->speed;
  replay->worker = self->worker;
  replay->mapping = storm_mapping_ref (mapping);
  replay->partitions = g_hash_table_new_full (partition_hash, partition_equal, partition_free,
                                              NULL);
  replay->order = g_ptr_array_new ();
  replay->first_time = STORM_TIME_NONE;
  storm_reading_init (&replay->reading);

  storm_worker_report (self->worker, STORM_SOURCE_CONNECTING,
                       g_strdup_printf (_("Opening %s…"), self->name), NULL);
  storm_worker_start (self->worker, "storm-replay", queue, strings, mapping, run, replay,
                      replay_free);
}

static void
replay_source_stop (StormSource *source)
{
  storm_worker_stop (STORM_REPLAY_SOURCE (source)->worker);
}

static void
replay_source_set_mapping (StormSource  *source,
                           StormMapping *mapping)
{
  storm_worker_set_mapping (STORM_REPLAY_SOURCE (source)->worker, mapping);
}

static StormSourceState
replay_source_get_state (StormSource *source)
{
  return storm_worker_get_state (STORM_REPLAY_SOURCE (source)->worker);
}

static char *
replay_source_dup_status (StormSource *source)
{
  return storm_worker_dup_status (STORM_REPLAY_SOURCE (source)->worker);
}

static GPtrArray *
replay_source_dup_progress (StormSource *source)
{
  return storm_worker_dup_progress (STORM_REPLAY_SOURCE (source)->worker);
}

static char *
replay_source_dup_name (StormSource *source)
{
  return g_strdup (STORM_REPLAY_SOURCE (source)->name);
}

static void
source_iface_init (StormSourceInterface *iface)
{
  iface->start = replay_source_start;
  iface->stop = replay_source_stop;
  iface->set_mapping = replay_source_set_mapping;
  iface->get_state = replay_source_get_state;
  iface->dup_status = replay_source_dup_status;
  iface->dup_progress = replay_source_dup_progress;
  iface->dup_name = replay_source_dup_name;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StormReplaySource, storm_replay_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (STORM_TYPE_SOURCE, source_iface_init))

static void
storm_replay_source_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  storm_worker_get_property (STORM_REPLAY_SOURCE (object)->worker, prop_id, value);
}

static void
storm_replay_source_dispose (GObject *object)
{
  storm_worker_stop (STORM_REPLAY_SOURCE (object)->worker);

  G_OBJECT_CLASS (storm_replay_source_parent_class)->dispose (object);
}

static void
storm_replay_source_finalize (GObject *object)
{
  StormReplaySource *self = STORM_REPLAY_SOURCE (object);

  g_clear_object (&self->reader);
  g_free (self->name);
  storm_worker_unref (self->worker);

  G_OBJECT_CLASS (storm_replay_source_parent_class)->finalize (object);
}

static void
storm_replay_source_class_init (StormReplaySourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = storm_replay_source_get_property;
  object_class->dispose = storm_replay_source_dispose;
  object_class->finalize = storm_replay_source_finalize;
  storm_worker_override_properties (object_class);
}

static void
storm_replay_source_init (StormReplaySource *self)
{
  self->worker = storm_worker_new (G_OBJECT (self));
}

StormSource *
storm_replay_source_new (StormRecordReader *reader,
                         const char        *name,
                         double             speed)
{
  StormReplaySource *self;

  g_return_val_if_fail (STORM_IS_RECORD_READER (reader), NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (speed >= 0, NULL);

  self = g_object_new (STORM_TYPE_REPLAY_SOURCE, NULL);
  self->reader = g_object_ref (reader);
  self->name = g_strdup (name);
  self->speed = speed;

  return STORM_SOURCE (self);
}
