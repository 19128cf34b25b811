#pragma once

#include "storm-change.h"
#include "storm-event-log.h"
#include "storm-matcher.h"

G_BEGIN_DECLS

#define STORM_TYPE_FIELD_DRIFT (storm_field_drift_get_type ())

/** StormDriftKind: how a field of the payloads and a field of the sticky differ. */
typedef enum
{
  STORM_DRIFT_MISSING,   /* the sticky has it, no payload does */
  STORM_DRIFT_EXTRA,     /* payloads have it, the sticky doesn't */
  STORM_DRIFT_TYPE,      /* payloads have another type of JSON than the sticky says */
} StormDriftKind;

/**
 * StormDrift:
 * @name: as the payload writes it; of a missing field, as the sticky does
 * @board_type: what the sticky says, "" for an extra field
 * @seen_type: what payloads have most, "" for a missing field
 * @n_seen: samples in which it was so
 * @n_samples: samples that were looked at
 */
typedef struct
{
  StormDriftKind  kind;
  char           *name;
  char           *board_type;
  const char     *seen_type;
  guint           n_seen;
  guint           n_samples;
} StormDrift;

/** storm_drift_words: (transfer full): translated: "“note” is in 12 of 40 events, not on the
 * sticky". */
char *storm_drift_words (const StormDrift *drift);

/**
 * StormFieldDrift:
 *
 * Compares the fields of the events that arrive with the fields on their stickies: whether the
 * board still says what the system sends. It looks at samples, so many a tick and no more, whatever
 * arrives; old ones count less and less. A sticky without fields promises none and has no drift.
 *
 * Signal `changed`: from storm_field_drift_tick(), when samples or stickies changed. Main thread.
 */
G_DECLARE_FINAL_TYPE (StormFieldDrift, storm_field_drift, STORM, FIELD_DRIFT, GObject)

/** storm_field_drift_new: @matcher: of @board and of @log's strings. */
StormFieldDrift *storm_field_drift_new           (StormBoard      *board,
                                                  StormEventLog   *log,
                                                  StormMatcher    *matcher);
/** storm_field_drift_set_mapping: what events are read with; all samples are forgotten. */
void             storm_field_drift_set_mapping   (StormFieldDrift *self,
                                                  StormMapping    *mapping);
/**
 * storm_field_drift_look_back:
 * @max: samples of each type
 *
 * Samples what the log holds already, the latest first.
 */
void             storm_field_drift_look_back     (StormFieldDrift *self,
                                                  guint            max);
/** storm_field_drift_tick: once or twice a second: allows for more samples, tells of changes. */
void             storm_field_drift_tick          (StormFieldDrift *self);

/** storm_field_drift_get_n_samples: of all types that belong to @sticky. */
guint            storm_field_drift_get_n_samples (StormFieldDrift *self,
                                                  StormSticky     *sticky);
/**
 * storm_field_drift_get:
 *
 * Returns: (transfer full) (element-type StormDrift): how @sticky differs; in the order of its
 *   fields, then of the payloads'; empty when it doesn't
 */
GPtrArray       *storm_field_drift_get           (StormFieldDrift *self,
                                                  StormSticky     *sticky);
/** storm_field_drift_get_ids: (transfer full) (element-type utf8): of all stickies that differ. */
GPtrArray       *storm_field_drift_get_ids       (StormFieldDrift *self);
/**
 * storm_field_drift_take_over:
 * @name: (nullable): only the field of this name, else all that differ
 *
 * A change that makes the sticky say what the payloads have: adds, retypes or removes fields. Keys
 * and order of what stays stay.
 *
 * Returns: (transfer full) (nullable): the change, %NULL when nothing differs
 */
StormChange     *storm_field_drift_take_over     (StormFieldDrift *self,
                                                  StormSticky     *sticky,
                                                  const char      *name);

G_END_DECLS
