#pragma once

#include "storm-geometry.h"

G_BEGIN_DECLS

/** STORM_ZOOM_MIN, STORM_ZOOM_MAX: ends of the ladder: 2^-8 (a million stickies fit) and 2^2. */
#define STORM_ZOOM_MIN (1.0 / 256)
#define STORM_ZOOM_MAX 4.0

/**
 * StormViewport:
 * @x: board x at the left edge of the widget
 * @y: board y at its top
 * @zoom: pixels a board unit
 * @width: of the widget, in pixels
 * @height: of the widget, in pixels
 *
 * The camera: what of the board is seen, and how large. A plain value without GTK.
 */
typedef struct
{
  double x;
  double y;
  double zoom;
  double width;
  double height;
} StormViewport;

void       storm_viewport_init        (StormViewport       *self);
/** storm_viewport_set_size: keeps the top left corner in place; %FALSE when nothing changed. */
gboolean   storm_viewport_set_size    (StormViewport       *self,
                                       double               width,
                                       double               height);

StormPoint storm_viewport_to_world    (const StormViewport *self,
                                       StormPoint           screen);
StormPoint storm_viewport_to_screen   (const StormViewport *self,
                                       StormPoint           world);
StormRect  storm_viewport_rect_to_screen (const StormViewport *self,
                                          const StormRect     *world);
/** storm_viewport_get_visible: what is seen, in board units. */
StormRect  storm_viewport_get_visible (const StormViewport *self);
StormPoint storm_viewport_get_center  (const StormViewport *self);
void       storm_viewport_set_center  (StormViewport       *self,
                                       StormPoint           world);

/** storm_viewport_pan: moves the camera by pixels; right and down are positive. */
void       storm_viewport_pan         (StormViewport       *self,
                                       double               dx,
                                       double               dy);

/** storm_viewport_zoom_at: what lies under @screen stays under it. */
void       storm_viewport_zoom_at     (StormViewport       *self,
                                       double               zoom,
                                       StormPoint           screen);
/** storm_viewport_zoom_step: @steps rungs of the ladder 2^(k/8) up or down, about @screen. */
void       storm_viewport_zoom_step   (StormViewport       *self,
                                       int                  steps,
                                       StormPoint           screen);
/** storm_zoom_step: the rung @steps away from @zoom; from between two, the next that way. */
double     storm_zoom_step            (double               zoom,
                                       int                  steps);

/**
 * storm_viewport_fit:
 * @margin: pixels that stay free around @rect
 * @max_zoom: not larger than this
 */
void       storm_viewport_fit         (StormViewport       *self,
                                       const StormRect     *rect,
                                       double               margin,
                                       double               max_zoom);
/** storm_viewport_fit_margins: so much free on the left and right, and above and below. */
void       storm_viewport_fit_margins (StormViewport       *self,
                                       const StormRect     *rect,
                                       double               beside,
                                       double               above,
                                       double               max_zoom);

/** storm_viewport_reveal: pans just as far as needed to see @rect; %FALSE when it is in view. */
gboolean   storm_viewport_reveal      (StormViewport       *self,
                                       const StormRect     *rect,
                                       double               margin);

/**
 * storm_viewport_push:
 *
 * Returns: pixels a second that the camera moves while something is dragged at @screen: none in the
 *   middle, more the nearer the border, or beyond it
 */
StormPoint storm_viewport_push        (const StormViewport *self,
                                       StormPoint           screen);

gboolean   storm_viewport_equal       (const StormViewport *a,
                                       const StormViewport *b);

G_END_DECLS
