#pragma once

#include <gtk/gtk.h>

#include "storm-kind.h"

G_BEGIN_DECLS

#define STORM_TYPE_SWATCH (storm_swatch_get_type ())

/**
 * StormSwatch:
 *
 * A small sticky in the colour of its kind, light or dark as the board is, with at most one
 * character on it. For the palette and for lists.
 */
G_DECLARE_FINAL_TYPE (StormSwatch, storm_swatch, STORM, SWATCH, GtkWidget)

/** storm_swatch_new: @size: of its sides. */
GtkWidget *storm_swatch_new         (int           size);
void       storm_swatch_set_kind    (StormSwatch  *self,
                                     StormKind     kind);
/** storm_swatch_set_frame: a bounded context's frame in place of a sticky. */
void       storm_swatch_set_frame   (StormSwatch  *self);
/** storm_swatch_set_lane: the rows of swimlanes in place of a sticky. */
void       storm_swatch_set_lane    (StormSwatch  *self);
void       storm_swatch_set_palette (StormSwatch  *self,
                                     StormPalette  palette);
/** storm_swatch_set_mark: @mark: the character, 0 for none. */
void       storm_swatch_set_mark    (StormSwatch  *self,
                                     char          mark);

G_END_DECLS
