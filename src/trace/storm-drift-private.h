#pragma once

#include "storm-field-drift.h"
#include "storm-field-samples-private.h"

G_BEGIN_DECLS

/**
 * storm_drift_compare:
 * @fields: (element-type StormField): of a sticky
 *
 * Returns: (transfer full) (element-type StormDrift): in the order of @fields, then of the
 *   payloads'
 */
GPtrArray *storm_drift_compare   (GPtrArray               *fields,
                                  const StormFieldSamples *seen);
/** storm_drift_same_name: but for case, underscores, dashes and spaces: "order_id" is "orderId". */
gboolean   storm_drift_same_name (const char              *a,
                                  const char              *b);

G_END_DECLS
