#include "config.h"

#include "storm-detect.h"

#include <string.h>

#include "storm-detect-private.h"

#define MAX_PER_TOPIC 200
#define MAX_SAMPLES   2000
/* Larger ones say no more about where things stand, but would be kept and parsed. */
#define MAX_BYTES     (64 * 1024)
#define MAX_ALL_BYTES (16 * 1024 * 1024)

struct _StormDetector
{
  gatomicrefcount n_refs;
  GPtrArray      *samples;     /* StormSample */
  GHashTable     *per_topic;   /* topic → count */
  GHashTable     *titles;      /* normal names, a set */
  gsize           bytes;
};

/* What a thread has found. */
typedef struct
{
  StormDetected *detected;
  GPtrArray     *topics;
} Findings;

static void
sample_free (StormSample *sample)
{
  storm_record_view_clear (&sample->view);
  g_byte_array_unref (sample->packed);
  g_free (sample->topic);
  g_free (sample);
}

StormDetector *
storm_detector_new (const char * const *titles)
{
  StormDetector *self = g_new0 (StormDetector, 1);

  g_atomic_ref_count_init (&self->n_refs);
  self->samples = g_ptr_array_new_with_free_func ((GDestroyNotify) sample_free);
  self->per_topic = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; titles != NULL && titles[i] != NULL; i++)
    g_hash_table_add (self->titles, storm_type_name_normalize (titles[i]));

  return self;
}

StormDetector *
storm_detector_ref (StormDetector *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->n_refs);
  return self;
}

void
storm_detector_unref (StormDetector *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;
  g_ptr_array_unref (self->samples);
  g_hash_table_unref (self->per_topic);
  g_hash_table_unref (self->titles);
  g_free (self);
}

gboolean
storm_detector_add (StormDetector     *self,
                    const StormRecord *record)
{
  const char *topic;
  StormSample *sample;
  guint n;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (record != NULL, FALSE);

  topic = record->topic != NULL ? record->topic : "";
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->per_topic, topic));
  if (n >= MAX_PER_TOPIC || self->samples->len >= MAX_SAMPLES || self->bytes > MAX_ALL_BYTES)
    return FALSE;
  if (record->payload_len > MAX_BYTES || record->key_len > MAX_BYTES)
    return TRUE;

  sample = g_new0 (StormSample, 1);
  sample->topic = g_strdup (topic);
  sample->packed = g_byte_array_new ();
  storm_record_pack (sample->packed, record);
  self->bytes += sample->packed->len;
  if (!storm_record_unpack (sample->packed->data, sample->packed->len, &sample->view))
    g_assert_not_reached ();
  sample->view.record.topic = sample->topic;
  sample->view.record.partition = record->partition;
  sample->view.record.offset = record->offset;
  sample->view.record.broker_time = record->broker_time;
  g_ptr_array_add (self->samples, sample);
  g_hash_table_insert (self->per_topic, g_strdup (topic), GUINT_TO_POINTER (n + 1));

  return n + 1 < MAX_PER_TOPIC;
}

guint
storm_detector_get_n_samples (StormDetector *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->samples->len;
}

GPtrArray *
storm_detector_get_samples (StormDetector *self)
{
  return self->samples;
}

const StormRecord *
storm_detector_get_sample (StormDetector *self,
                           guint          i)
{
  g_return_val_if_fail (self != NULL && i < self->samples->len, NULL);

  return &((StormSample *) g_ptr_array_index (self->samples, i))->view.record;
}

static void
topic_samples_free (StormTopicSamples *topic)
{
  g_free (topic->topic);
  g_free (topic->convention);
  g_free (topic->why);
  g_array_unref (topic->samples);
  g_free (topic);
}

static StormTopicSamples *
describe_topic (StormDetector *self,
                const char    *name)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new ();
  g_autoptr (StormDetected) detected = NULL;
  StormTopicSamples *topic = g_new0 (StormTopicSamples, 1);

  topic->topic = g_strdup (name);
  topic->samples = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < self->samples->len; i++)
    {
      StormSample *sample = g_ptr_array_index (self->samples, i);

      if (strcmp (sample->topic, name) == 0)
        {
          g_ptr_array_add (samples, sample);
          g_array_append_val (topic->samples, i);
        }
    }
  if (samples->len > 0)
    {
      detected = storm_detect_convention (samples, self->titles);
      topic->convention = g_steal_pointer (&detected->convention);
      topic->why = g_steal_pointer (&detected->why);
    }
  return topic;
}

GPtrArray *
storm_detector_describe_topics (StormDetector *self)
{
  GPtrArray *topics = g_ptr_array_new_with_free_func ((GDestroyNotify) topic_samples_free);
  g_autoptr (GList) names = NULL;
  guint n = 0;

  g_return_val_if_fail (self != NULL, topics);

  names = g_list_sort (g_hash_table_get_keys (self->per_topic), (GCompareFunc) strcmp);
  for (GList *at = names; at != NULL && n < STORM_DETECT_MAX_TOPICS; at = at->next, n++)
    g_ptr_array_add (topics, describe_topic (self, at->data));
  return topics;
}

StormDetected *
storm_detector_finish (StormDetector *self)
{
  StormDetected *detected;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->samples->len == 0)
    return NULL;

  detected = storm_detect_convention (self->samples, self->titles);
  detected->candidates = storm_detect_keys (self->samples, detected->mapping);
  detected->failed = storm_detect_failed (self->samples, detected->mapping);

  return detected;
}

void
storm_detected_free (StormDetected *detected)
{
  g_return_if_fail (detected != NULL);

  g_free (detected->convention);
  g_free (detected->why);
  g_clear_pointer (&detected->mapping, storm_mapping_unref);
  g_clear_pointer (&detected->candidates, g_ptr_array_unref);
  g_clear_pointer (&detected->failed, g_ptr_array_unref);
  g_free (detected);
}

static void
findings_free (Findings *findings)
{
  g_clear_pointer (&findings->detected, storm_detected_free);
  g_clear_pointer (&findings->topics, g_ptr_array_unref);
  g_free (findings);
}

static void
run (GTask        *task,
     gpointer      source,
     gpointer      detector,
     GCancellable *cancellable)
{
  Findings *findings = g_new0 (Findings, 1);

  findings->detected = storm_detector_finish (detector);
  if (!g_cancellable_is_cancelled (cancellable))
    findings->topics = storm_detector_describe_topics (detector);
  g_task_return_pointer (task, findings, (GDestroyNotify) findings_free);
}

void
storm_detector_run_async (StormDetector       *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (self != NULL);

  task = g_task_new (NULL, cancellable, callback, data);
  g_task_set_source_tag (task, storm_detector_run_async);
  g_task_set_task_data (task, storm_detector_ref (self), (GDestroyNotify) storm_detector_unref);
  g_task_run_in_thread (task, run);
}

gboolean
storm_detector_run_finish (GAsyncResult   *result,
                           StormDetected **detected,
                           GPtrArray     **topics,
                           GError        **error)
{
  Findings *findings;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (detected != NULL && topics != NULL, FALSE);

  *detected = NULL;
  *topics = NULL;
  findings = g_task_propagate_pointer (G_TASK (result), error);
  if (findings == NULL)
    return FALSE;
  *detected = g_steal_pointer (&findings->detected);
  *topics = g_steal_pointer (&findings->topics);
  findings_free (findings);
  return TRUE;
}
