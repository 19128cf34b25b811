#pragma once

#include <gtk/gtk.h>

#include "storm-monitor-controller.h"

G_BEGIN_DECLS

#define STORM_TYPE_DRIFT_BOX (storm_drift_box_get_type ())

/**
 * StormDriftBox:
 *
 * How the fields of an event differ from those on its sticky, each with a way to take it over.
 * Hidden when nothing differs.
 */
G_DECLARE_FINAL_TYPE (StormDriftBox, storm_drift_box, STORM, DRIFT_BOX, GtkBox)

GtkWidget *storm_drift_box_new      (StormMonitorController *controller);
/** storm_drift_box_set_type: @type_id: an event type, 0 for none. */
void       storm_drift_box_set_type (StormDriftBox          *self,
                                     guint32                 type_id);

G_END_DECLS
