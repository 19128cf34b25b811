#pragma once

#include "storm-mapping.h"

G_BEGIN_DECLS

/**
 * StormDetector:
 *
 * Looks at samples (at most 200 a topic) and says which convention they follow, and which fields
 * could be the correlation key. It proposes; the user decides. Order and conventions:
 * kafka-and-events §3.2 of the reference. Any one thread; once all samples are added, any number.
 */
typedef struct _StormDetector StormDetector;

/**
 * StormDetected:
 * @convention: translated name, "CloudEvents (headers)"
 * @why: translated: on what the finding rests, with counts
 * @mapping: the proposed mapping, without a guessed correlation
 * @score: 0 to 1, the share of samples in which type and time were found
 * @candidates: (element-type StormKeyCandidate): possible correlation keys, best first
 * @failed: (element-type StormFailedCandidate): what could say that an event failed; none of it is
 *   in @mapping
 */
typedef struct
{
  char         *convention;
  char         *why;
  StormMapping *mapping;
  double        score;
  GPtrArray    *candidates;
  GPtrArray    *failed;
} StormDetected;

/**
 * StormKeyCandidate:
 * @mapping: @detected's mapping with this correlation (with lists per type where names differ)
 * @words: translated: "orderId in OrderAccepted, id in OrderPlaced"
 * @n_types: event types that it ties together
 * @n_keys: different values seen
 * @mean_size: events for one value
 */
typedef struct
{
  StormMapping *mapping;
  char         *words;
  guint         n_types;
  guint         n_keys;
  double        mean_size;
} StormKeyCandidate;

/**
 * StormFailedCandidate:
 * @rule: for the list "failed" of a mapping
 * @words: translated evidence: "FAILED in 12, REJECTED in 3 of 240 samples · 4 event types"
 * @n: samples that it would make failed
 */
typedef struct
{
  char *rule;
  char *words;
  guint n;
} StormFailedCandidate;

/**
 * storm_detector_new:
 * @titles: (nullable): titles and aliases of the board's event stickies; a convention whose types
 *   match them is preferred
 */
StormDetector *storm_detector_new    (const char * const *titles);
StormDetector *storm_detector_ref    (StormDetector      *self);
void           storm_detector_unref  (StormDetector      *self);

/** storm_detector_add: a sample. Returns %FALSE once this topic has enough of them. */
gboolean       storm_detector_add    (StormDetector      *self,
                                      const StormRecord  *record);
guint          storm_detector_get_n_samples (StormDetector *self);

/** storm_detector_get_sample: (transfer none): below storm_detector_get_n_samples(). */
const StormRecord *storm_detector_get_sample (StormDetector *self,
                                              guint          i);

/** STORM_DETECT_MAX_TOPICS: so many topics are described one by one. */
#define STORM_DETECT_MAX_TOPICS 50

/**
 * StormTopicSamples:
 * @convention: (nullable): what the samples of this topic alone follow
 * @why: (nullable): on what that rests
 * @samples: (element-type guint): for storm_detector_get_sample(), in the order in which they came
 */
typedef struct
{
  char   *topic;
  char   *convention;
  char   *why;
  GArray *samples;
} StormTopicSamples;

/** storm_detector_describe_topics: (transfer full) (element-type StormTopicSamples): by name. */
GPtrArray     *storm_detector_describe_topics (StormDetector *self);

/** storm_detector_finish: (transfer full) (nullable): the finding, NULL without samples. */
StormDetected *storm_detector_finish (StormDetector      *self);
void           storm_detected_free   (StormDetected      *detected);

/**
 * storm_detector_run_async:
 *
 * storm_detector_finish() and storm_detector_describe_topics() in a thread: two thousand samples
 * take some tenths of a second. No sample may be added any more.
 */
void           storm_detector_run_async  (StormDetector       *self,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             data);
/**
 * storm_detector_run_finish:
 * @detected: (out) (nullable): as of storm_detector_finish()
 * @topics: (out): as of storm_detector_describe_topics()
 *
 * Returns: %FALSE when it was cancelled; then both are %NULL
 */
gboolean       storm_detector_run_finish (GAsyncResult        *result,
                                          StormDetected      **detected,
                                          GPtrArray          **topics,
                                          GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormDetector, storm_detector_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormDetected, storm_detected_free)

G_END_DECLS
