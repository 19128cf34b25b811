#pragma once

#include "storm-painter-private.h"

G_BEGIN_DECLS

/* From afar: numbers and signs where stickies are too small for words, as many as have room. */

/** storm_layer_far: draws them. */
void              storm_layer_far              (StormPainter      *self,
                                                GtkSnapshot       *snapshot);
/** storm_far_badge_at: (nullable): whose number is at @screen, in pixels. */
StormItem        *storm_far_badge_at           (StormPainter      *self,
                                                StormPoint         screen);

/* What the report of the chosen trace says, on the board: pills with a sign and words, outlines of
 * what should come, ghosts of what isn't on the board. */

/** storm_overlay_get_item_marks: of a card, those of all that it stands for. */
StormOverlayMarks storm_overlay_get_item_marks (StormOverlay      *self,
                                                StormItem         *item);
/** storm_marks_add_pills: along the lower edge of the sticky at @r, in pixels; with @words, or only
 * signs. */
void              storm_marks_add_pills        (StormPainter      *self,
                                                const StormRect   *r,
                                                StormOverlayMarks  marks,
                                                gboolean           words,
                                                GArray            *pills);
/** storm_marks_outline: around what should come next. */
void              storm_marks_outline          (StormPainter      *self,
                                                GtkSnapshot       *snapshot,
                                                StormItem         *item,
                                                gboolean           overdue);
void              storm_layer_ghosts           (StormPainter      *self,
                                                GtkSnapshot       *snapshot);
/** storm_painter_ghost_at: (nullable): at @screen, in pixels. */
const StormGhost *storm_painter_ghost_at       (StormPainter      *self,
                                                StormPoint         screen);

G_END_DECLS
