#pragma once

#include <gtk/gtk.h>

#include "storm-monitor.h"

G_BEGIN_DECLS

#define STORM_TYPE_KEY_ENTRY (storm_key_entry_get_type ())

/**
 * StormKeyEntry:
 *
 * Where the correlation key is typed: proposes keys that were seen while one types, Down walks
 * them, Enter chooses, Escape or the cross goes back to the live stream.
 */
G_DECLARE_FINAL_TYPE (StormKeyEntry, storm_key_entry, STORM, KEY_ENTRY, GtkWidget)

GtkWidget *storm_key_entry_new (StormMonitor *monitor);

G_END_DECLS
