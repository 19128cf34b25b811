#pragma once

#include "storm-monitor.h"

G_BEGIN_DECLS

#define STORM_TYPE_ALERTS (storm_alerts_get_type ())

/**
 * StormAlerts:
 *
 * Which traces failed or stopped since somebody last looked, each of them told once. A trace that
 * goes on before anybody looked is taken back. Knows no desktop; main thread.
 */
G_DECLARE_FINAL_TYPE (StormAlerts, storm_alerts, STORM, ALERTS, GObject)

StormAlerts *storm_alerts_new       (StormMonitor *monitor);
/**
 * storm_alerts_look:
 *
 * Takes what has come to trouble since the last time.
 *
 * Returns: whether something has that was never told before
 */
gboolean     storm_alerts_look      (StormAlerts  *self);
/** storm_alerts_see: what has come to trouble so far was seen. */
void         storm_alerts_see       (StormAlerts  *self);
/** storm_alerts_get_n: how many are unseen and still in trouble; as of the last look. */
guint        storm_alerts_get_n     (StormAlerts  *self);
/** storm_alerts_dup_title: (transfer full): "order-4711 is stuck", "12 traces are stuck, 2 failed",
 * translated. */
char        *storm_alerts_dup_title (StormAlerts  *self);
/** storm_alerts_dup_body: (transfer full): the sentence about the only one, or names of some. */
char        *storm_alerts_dup_body  (StormAlerts  *self);
/** storm_alerts_dup_key: (transfer full) (nullable): of the worst one. */
char        *storm_alerts_dup_key   (StormAlerts  *self);

G_END_DECLS
