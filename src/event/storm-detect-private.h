#pragma once

#include "storm-batch-private.h"
#include "storm-detect.h"
#include "storm-mapping-private.h"

G_BEGIN_DECLS

/* A copy of a record. */
typedef struct
{
  char            *topic;
  GByteArray      *packed;
  StormRecordView  view;
} StormSample;

/* storm_detector_get_samples: (transfer none) (element-type StormSample). */
GPtrArray     *storm_detector_get_samples (StormDetector *self);

/* storm_detect_convention: (transfer full): the convention that most of @samples follow; its
 * candidates are empty. */
StormDetected *storm_detect_convention (GPtrArray          *samples,
                                        GHashTable         *normal_titles);

/* storm_detect_keys: (transfer full) (element-type StormKeyCandidate): best first. */
GPtrArray     *storm_detect_keys       (GPtrArray          *samples,
                                        StormMapping       *mapping);

/* storm_detect_failed: (transfer full) (element-type StormFailedCandidate): most events first. */
GPtrArray     *storm_detect_failed     (GPtrArray          *samples,
                                        StormMapping       *mapping);

/* storm_detect_plain: (transfer full) (nullable): the JSON of a mapping of generic names, as far as
 * they occur in @samples. */
char          *storm_detect_plain      (GPtrArray          *samples);

G_END_DECLS
