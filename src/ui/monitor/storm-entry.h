#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STORM_TYPE_ENTRY (storm_entry_get_type ())

/**
 * StormEntry:
 *
 * An entry that assistive technology can activate, too. GtkEntry offers it the action `activate`
 * and answers that it was done; but no signal of its class stands behind it, so that only the Enter
 * key ever emits #GtkEntry::activate.
 */
G_DECLARE_FINAL_TYPE (StormEntry, storm_entry, STORM, ENTRY, GtkEntry)

GtkWidget *storm_entry_new (void);

G_END_DECLS
