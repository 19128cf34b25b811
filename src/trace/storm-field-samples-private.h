#pragma once

#include "storm-payload-fields.h"

G_BEGIN_DECLS

/* What storm_payload_fields_read() calls the types of JSON. */
#define STORM_N_SEEN_TYPES 6
extern const char * const storm_seen_types[STORM_N_SEEN_TYPES];

/**
 * StormSeenField: in how many samples a field had which type of storm_seen_types.
 */
typedef struct
{
  char  *name;
  guint  n[STORM_N_SEEN_TYPES];
  guint  n_null;
} StormSeenField;

/**
 * StormFieldSamples:
 * @fields: (element-type StormSeenField): the event's own, in order of appearance
 * @whole: (element-type StormSeenField): all that stand beside or around them too: some boards list
 *   the envelope on their stickies
 */
typedef struct
{
  guint      n;
  GPtrArray *fields;
  GPtrArray *whole;
} StormFieldSamples;

StormFieldSamples *storm_field_samples_new   (void);
void               storm_field_samples_free  (StormFieldSamples       *self);
/** storm_field_samples_add: a sample; when there are many, the old ones count half from then on. */
void               storm_field_samples_add   (StormFieldSamples       *self,
                                              GPtrArray               *fields,
                                              GPtrArray               *whole);
/** storm_field_samples_merge: adds what @from has. */
void               storm_field_samples_merge (StormFieldSamples       *self,
                                              const StormFieldSamples *from);

/** storm_seen_field_find: (nullable): the one of that name among @fields. */
StormSeenField    *storm_seen_field_find     (GPtrArray               *fields,
                                              const char              *name);
/** storm_seen_field_count: samples that have it, null or not. */
guint              storm_seen_field_count    (const StormSeenField    *field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StormFieldSamples, storm_field_samples_free)

G_END_DECLS
