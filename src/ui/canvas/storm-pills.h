#pragma once

#include "storm-painter-private.h"

G_BEGIN_DECLS

/**
 * StormPillStyle:
 * @STORM_PILL_FILLED: a number that is settled
 * @STORM_PILL_HOLLOW: what may still change, or still has to come
 * @STORM_PILL_COUNT: what only informs
 * @STORM_PILL_WRONG: what is wrong
 * @STORM_PILL_ODD: what may be wrong
 */
typedef enum
{
  STORM_PILL_FILLED,
  STORM_PILL_HOLLOW,
  STORM_PILL_COUNT,
  STORM_PILL_WRONG,
  STORM_PILL_ODD,
} StormPillStyle;

/** STORM_PILL_GAP: between them, in pixels. */
#define STORM_PILL_GAP 3.0

/** storm_pills_new: (transfer full): room for the pills of a sticky, in pixels. */
GArray    *storm_pills_new        (void);
/** storm_pills_add: adds @text with its upper left corner at @x, @y. Returns: where the next one
 * begins. */
double     storm_pills_add        (GArray         *pills,
                                   StormPainter   *painter,
                                   const char     *text,
                                   StormPillStyle  style,
                                   double          x,
                                   double          y);
/** storm_pill_width: how wide @text would be. */
double     storm_pill_width       (StormPainter   *painter,
                                   const char     *text,
                                   StormPillStyle  style);
/** storm_pill_height: smaller where the stickies are. */
double     storm_pill_height      (StormPainter   *painter);
void       storm_pills_draw       (GArray         *pills,
                                   StormPainter   *painter,
                                   GtkSnapshot    *snapshot);
gboolean   storm_pills_contain    (GArray         *pills,
                                   StormPoint      screen);
/** storm_pills_bounds: around all of them; empty when there are none. */
graphene_rect_t storm_pills_bounds (GArray        *pills);
/** storm_pill_labels_new: (transfer full): for what is written on them. */
GHashTable *storm_pill_labels_new (void);

G_END_DECLS
