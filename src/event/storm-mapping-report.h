#pragma once

#include "storm-detect.h"

G_BEGIN_DECLS

/**
 * StormMappingTypeReport: how the samples of one event type are read
 * @type: as it is written, "" for samples that have none
 * @n: samples
 * @n_found: in how many of them the field was found; of the time, in how many in the event itself
 * @example: (nullable): what was read from the latest sample that has it; a time as RFC 3339
 * @rule: (nullable): the entry of the mapping that gave the example
 * @per_type: whether that was an entry for this type alone
 */
typedef struct
{
  char     *type;
  guint     n;
  guint     n_found[STORM_MAPPING_N_FIELDS];
  char     *example[STORM_MAPPING_N_FIELDS];
  char     *rule[STORM_MAPPING_N_FIELDS];
  gboolean  per_type[STORM_MAPPING_N_FIELDS];
} StormMappingTypeReport;

/**
 * StormMappingProblem:
 * @type: (nullable): the event type whose own list is meant, or which yields nothing
 * @field: what can't be read
 * @words: translated sentences: what is wrong, and what to do
 */
typedef struct
{
  char              *type;
  StormMappingField  field;
  char              *words;
} StormMappingProblem;

/**
 * StormMappingReport:
 * @types: (element-type StormMappingTypeReport): most samples first, at most 200
 * @problems: (element-type StormMappingProblem): in the order of the fields, at most 50
 *
 * How samples would be read with a mapping, and what is wrong with it: rules that match nothing or
 * point at an object, times that are none, event types without a key. Made again after every edit,
 * which takes a few milliseconds for all the samples that a detector keeps.
 */
typedef struct
{
  GPtrArray *types;
  GPtrArray *problems;
  guint      n_samples;
} StormMappingReport;

/** storm_mapping_report_new: (transfer full): @mapping on the samples of @detector. Any one
 * thread. */
StormMappingReport *storm_mapping_report_new  (StormDetector      *detector,
                                               StormMapping       *mapping);
void                storm_mapping_report_free (StormMappingReport *report);

/** storm_mapping_field_words: (transfer none): translated: "correlation key", "time". */
const char         *storm_mapping_field_words (StormMappingField   field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormMappingReport, storm_mapping_report_free)

G_END_DECLS
