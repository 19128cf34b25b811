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

GtkWidget  *storm_key_entry_new       (StormMonitor  *monitor);

/**
 * storm_key_entry_new_apart: proposes the keys of @monitor without choosing one there; signal
 * `chosen`: another one, or none.
 */
GtkWidget  *storm_key_entry_new_apart (StormMonitor  *monitor);
/** storm_key_entry_get_key: (nullable): what was chosen. */
const char *storm_key_entry_get_key   (StormKeyEntry *self);
/** storm_key_entry_set_key: of one that is apart; doesn't emit `chosen`. */
void        storm_key_entry_set_key   (StormKeyEntry *self,
                                       const char    *key);

G_END_DECLS
