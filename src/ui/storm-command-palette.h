#pragma once

#include <gtk/gtk.h>

#include "storm-selection.h"

G_BEGIN_DECLS

#define STORM_TYPE_COMMAND_PALETTE (storm_command_palette_get_type ())

/**
 * StormCommandPalette:
 *
 * An entry that finds every action and every sticky of the board by words, and does or shows what
 * is chosen. Signals: `reveal` (const char *id): a sticky was chosen; `closed`: it is done, or
 * Escape, or the focus went elsewhere. Activates actions on itself, so it has to be in the window.
 */
G_DECLARE_FINAL_TYPE (StormCommandPalette, storm_command_palette, STORM, COMMAND_PALETTE, GtkWidget)

GtkWidget *storm_command_palette_new   (StormSelection      *selection);
/** storm_command_palette_open: empty, with what is used most. */
void       storm_command_palette_open  (StormCommandPalette *self);
void       storm_command_palette_close (StormCommandPalette *self);

G_END_DECLS
