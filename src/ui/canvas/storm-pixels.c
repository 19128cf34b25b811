#include "config.h"

#include "storm-pixels.h"

#include <math.h>

#define MAX_SIDE 16384

void
storm_pixels_resize (StormPixels *self,
                     int          width,
                     int          height)
{
  width = CLAMP (width, 1, MAX_SIDE);
  height = CLAMP (height, 1, MAX_SIDE);
  if (self->data != NULL && self->width == width && self->height == height)
    return;

  g_free (self->data);
  self->data = g_new (guint32, (gsize) width * height);
  self->width = width;
  self->height = height;
}

void
storm_pixels_clear (StormPixels *self,
                    guint32      color)
{
  gsize n = (gsize) self->width * self->height;

  for (gsize i = 0; i < n; i++)
    self->data[i] = color;
}

void
storm_pixels_fill (StormPixels *self,
                   double       x0,
                   double       y0,
                   double       x1,
                   double       y1,
                   guint32      color)
{
  /* Clamped before the conversion: a double beyond int is undefined there. lrint() is one
   * instruction where round() is a call, and this runs a hundred thousand times a frame. */
  int left = (int) lrint (CLAMP (x0, -1, self->width));
  int top = (int) lrint (CLAMP (y0, -1, self->height));
  int right = (int) lrint (CLAMP (x1, -1, self->width));
  int bottom = (int) lrint (CLAMP (y1, -1, self->height));

  right = MIN (MAX (right, left + 1), self->width);
  bottom = MIN (MAX (bottom, top + 1), self->height);
  left = MAX (left, 0);
  top = MAX (top, 0);
  for (int y = top; y < bottom; y++)
    {
      guint32 *row = self->data + (gsize) y * self->width;

      for (int x = left; x < right; x++)
        row[x] = color;
    }
}

guint32 *
storm_pixels_steal (StormPixels *self)
{
  self->width = self->height = 0;
  return g_steal_pointer (&self->data);
}

void
storm_pixels_free (StormPixels *self)
{
  g_clear_pointer (&self->data, g_free);
  self->width = self->height = 0;
}

guint32
storm_pixels_color (float red,
                    float green,
                    float blue)
{
  return 0xff000000u | (guint32) lroundf (CLAMP (red, 0, 1) * 255) << 16 |
         (guint32) lroundf (CLAMP (green, 0, 1) * 255) << 8 |
         (guint32) lroundf (CLAMP (blue, 0, 1) * 255);
}
