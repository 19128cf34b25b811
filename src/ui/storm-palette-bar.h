#pragma once

#include <gtk/gtk.h>

#include "storm-kind.h"

G_BEGIN_DECLS

#define STORM_TYPE_PALETTE_BAR (storm_palette_bar_get_type ())

/**
 * StormPaletteBar:
 *
 * The kinds of sticker, the bounded context and the swimlane, in a column over the board. A click
 * picks one for the next click on the board, a drag carries one there. GObject property `placing`
 * (nullable string): the nick of the picked kind. Signals `add-context`, `add-swimlane`: these were
 * clicked.
 */
G_DECLARE_FINAL_TYPE (StormPaletteBar, storm_palette_bar, STORM, PALETTE_BAR, GtkWidget)

/**
 * STORM_TYPE_PALETTE_DRAG:
 *
 * What a drag from the palette carries: a boxed string, the kind's nick, %STORM_PALETTE_CONTEXT or
 * %STORM_PALETTE_SWIMLANE. A type of its own, so that dragged text is not taken for it.
 */
#define STORM_TYPE_PALETTE_DRAG (storm_palette_drag_get_type ())
#define STORM_PALETTE_CONTEXT "context"
#define STORM_PALETTE_SWIMLANE "swimlane"

GType      storm_palette_drag_get_type     (void);

GtkWidget *storm_palette_bar_new           (void);
void       storm_palette_bar_set_palette   (StormPaletteBar *self,
                                            StormPalette     palette);
const char *storm_palette_bar_get_placing  (StormPaletteBar *self);
void       storm_palette_bar_set_placing   (StormPaletteBar *self,
                                            const char      *nick);

G_END_DECLS
