#pragma once

#include "storm-draw.h"

G_BEGIN_DECLS

/* What is said of a trace on the board, beside numbers. */

/** storm_draw_dashes: a dashed outline along the inside of @rect; in whole pixels or board
 * units. */
void      storm_draw_dashes     (const StormDraw *self,
                                 const StormRect *rect,
                                 StormRgba        color);

/** STORM_GHOST_WIDTH, _HEIGHT: of an event that is not on the board, in board units. */
#define STORM_GHOST_WIDTH 112.0
#define STORM_GHOST_HEIGHT 80.0

/** storm_draw_ghost: in pixels or board units, without its text. */
void      storm_draw_ghost      (const StormDraw *self,
                                 const StormRect *rect);
/** storm_draw_ghost_text: in board units, from its corner. */
void      storm_draw_ghost_text (const StormDraw *self,
                                 const char      *name);

/** StormGhostTaken: whether something lies in @rect. */
typedef gboolean (*StormGhostTaken) (const StormRect *rect,
                                     gpointer         data);

/**
 * storm_ghost_place:
 * @after: the sticky at whose edge it belongs
 * @n_there: so many others have found no free place at that sticky
 *
 * Returns: a free place next to @after, in board units; where there is none, over its corner
 */
StormRect storm_ghost_place     (const StormRect *after,
                                 guint            n_there,
                                 StormGhostTaken  taken,
                                 gpointer         data);

G_END_DECLS
