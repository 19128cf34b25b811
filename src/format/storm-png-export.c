#include "config.h"

#include <math.h>

#include "storm-picture-surface-private.h"

gboolean
storm_png_export (StormPicture               *picture,
                  const StormPictureOptions  *options,
                  StormOutput                *output,
                  char                      **notice,
                  GError                    **error)
{
  const StormRect *area = storm_picture_get_area (picture);
  double wanted = options->scale > 0 ? CLAMP (options->scale, STORM_PICTURE_MIN_SCALE,
                                              STORM_PICTURE_MAX_SCALE)
                                     : 1;
  /* One less: rounding up must not be one too much. */
  double scale = storm_picture_fit_scale (area, wanted, STORM_PICTURE_MAX_SIDE - 1,
                                          STORM_PICTURE_MAX_PIXELS - STORM_PICTURE_MAX_SIDE,
                                          notice);
  int width = CLAMP ((int) ceil (area->width * scale - .001), 1, STORM_PICTURE_MAX_SIDE);
  int height = CLAMP ((int) ceil (area->height * scale - .001), 1, STORM_PICTURE_MAX_SIDE);
  StormPicturePlace place = { .area = *area, .scale = scale, .raster = TRUE };
  cairo_surface_t *surface;
  gboolean ok;

  surface = cairo_image_surface_create (options->transparent ? CAIRO_FORMAT_ARGB32
                                                             : CAIRO_FORMAT_RGB24, width, height);
  ok = storm_picture_check (cairo_surface_status (surface), NULL, error) &&
       storm_picture_paint (picture, options, surface, &place, error) &&
       storm_picture_check (cairo_surface_write_to_png_stream (surface, storm_picture_write,
                                                               output), output, error);
  cairo_surface_destroy (surface);
  return ok;
}
