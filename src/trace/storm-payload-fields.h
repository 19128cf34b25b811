#pragma once

#include "storm-mapping.h"

G_BEGIN_DECLS

/** STORM_PAYLOAD_FIELDS_MAX: a sticky with more can't be read; a payload with more is a data
 * set. */
#define STORM_PAYLOAD_FIELDS_MAX 100

/**
 * StormPayloadField:
 * @type: in the words of fields on a board: "String", "Long", "Double", "Boolean", "Object",
 *   "List", "" for null
 * @correlation: it gave the correlation key
 */
typedef struct
{
  char       *name;
  const char *type;
  gboolean    correlation;
} StormPayloadField;

/**
 * storm_payload_fields_read:
 * @type: the event type that @mapping read from @record
 * @whole: (out) (optional) (transfer full): set when something is returned: all members of the
 *   payload as it is, envelope and all
 *
 * The event's own fields: those of the object in which the correlation key stands, or of an
 * envelope's body, or of the whole payload, without those that only say what the envelope is for
 * (the event's type, its time).
 *
 * Returns: (transfer full) (nullable) (element-type StormPayloadField): in the payload's order;
 *   %NULL when the payload is no JSON object
 */
GPtrArray *storm_payload_fields_read (const StormRecord  *record,
                                      StormMapping       *mapping,
                                      const char         *type,
                                      GPtrArray         **whole);

G_END_DECLS
