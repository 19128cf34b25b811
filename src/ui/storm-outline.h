#pragma once

#include <gtk/gtk.h>

#include "storm-selection.h"

G_BEGIN_DECLS

#define STORM_TYPE_OUTLINE (storm_outline_get_type ())

/**
 * StormOutline:
 *
 * All stickies of a board as a list, by context and kind, with a filter; the way over the board for
 * the keyboard and for screen readers. Shares the selection with the canvas. Signal `reveal` (const
 * char *id): the user chose this one here.
 */
G_DECLARE_FINAL_TYPE (StormOutline, storm_outline, STORM, OUTLINE, GtkWidget)

GtkWidget *storm_outline_new          (StormSelection *selection);

G_END_DECLS
