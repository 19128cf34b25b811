#pragma once

#include "storm-canvas.h"

G_BEGIN_DECLS

#define STORM_TYPE_ENTRY_BOX (storm_entry_box_get_type ())

/**
 * StormEntryBox:
 *
 * A line in which each Enter makes a sticky. What stands before a colon picks the kind, also
 * abbreviated: "command: Place order", "c: Place order", "2: Place order"; it is shown while
 * typing, and stays for the lines after it. Escape closes it.
 */
G_DECLARE_FINAL_TYPE (StormEntryBox, storm_entry_box, STORM, ENTRY_BOX, GtkWidget)

GtkWidget *storm_entry_box_new  (StormCanvas   *canvas);
/** storm_entry_box_open: shows it and takes the focus; the same again closes it. */
void       storm_entry_box_open (StormEntryBox *self);

G_END_DECLS
