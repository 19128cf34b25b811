#pragma once

#include <gtk/gtk.h>

#include "storm-event-list-model.h"
#include "storm-monitor.h"

G_BEGIN_DECLS

/**
 * storm_event_columns_add:
 *
 * Adds the columns of the event list to @view: number, time, type, key, from, payload, remarks. The
 * cells are #GtkInscription (8 times faster than labels on jumps) and follow the monitor: numbers
 * that settle or change do so in place.
 */
void storm_event_columns_add (GtkColumnView       *view,
                              StormMonitor        *monitor,
                              StormEventListModel *rows);

G_END_DECLS
