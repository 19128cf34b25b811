#pragma once

#include <cairo.h>

#include "storm-picture-export.h"

G_BEGIN_DECLS

/**
 * StormPicturePlace:
 * @area: what is drawn of the picture, in board units
 * @scale: the surface's units a board unit
 * @origin: where the area's corner goes, in the surface's units
 * @raster: whether the surface is made of pixels
 */
typedef struct
{
  StormRect  area;
  double     scale;
  StormPoint origin;
  gboolean   raster;
} StormPicturePlace;

/**
 * storm_picture_paint:
 *
 * Draws the picture onto @surface. Returns %FALSE with an error when it was cancelled or cairo
 * could not do it.
 */
gboolean       storm_picture_paint  (StormPicture              *picture,
                                     const StormPictureOptions *options,
                                     cairo_surface_t           *surface,
                                     const StormPicturePlace   *place,
                                     GError                   **error);

/** storm_picture_check: turns what cairo says into an error; @output's own goes first. */
gboolean       storm_picture_check  (cairo_status_t             status,
                                     StormOutput               *output,
                                     GError                   **error);

/** storm_picture_write: a cairo_write_func_t; @data is a StormOutput. */
cairo_status_t storm_picture_write  (void                      *data,
                                     const unsigned char       *bytes,
                                     unsigned int               len);

/** storm_picture_fit_scale: @wanted, or less so that no side is longer than @max_side; says so in
 * @notice. */
double         storm_picture_fit_scale (const StormRect        *area,
                                        double                  wanted,
                                        double                  max_side,
                                        double                  max_area,
                                        char                  **notice);

G_END_DECLS
