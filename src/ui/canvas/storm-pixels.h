#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StormPixels:
 * @data: (array length=width*height): 0xAARRGGBB, premultiplied, row by row
 *
 * A picture that is filled by hand: the fastest way to show very many tiny stickies.
 */
typedef struct
{
  guint32 *data;
  int      width;
  int      height;
} StormPixels;

/** storm_pixels_resize: @width and @height are clamped to 1 … 16384; contents are undefined. */
void    storm_pixels_resize (StormPixels *self,
                             int          width,
                             int          height);
void    storm_pixels_clear  (StormPixels *self,
                             guint32      color);
/** storm_pixels_fill: what of [x0, x1) × [y0, y1) lies in the picture; at least one pixel. */
void    storm_pixels_fill   (StormPixels *self,
                             double       x0,
                             double       y0,
                             double       x1,
                             double       y1,
                             guint32      color);
/** storm_pixels_steal: (transfer full): the pixels, for g_free(); leaves the picture empty. */
guint32 *storm_pixels_steal (StormPixels *self);
void    storm_pixels_free   (StormPixels *self);
/** storm_pixels_color: opaque, of components from 0 to 1. */
guint32 storm_pixels_color  (float        red,
                             float        green,
                             float        blue);

G_END_DECLS
