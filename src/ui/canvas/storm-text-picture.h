#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * StormTextPicture:
 *
 * A text drawn once with cairo, for renderers to which one picture is much cheaper than its glyphs:
 * GTK's GL renderer before 4.14 uploads every glyph anew at every zoom, nine times for its borders.
 * A plain value that owns what it points to; all zero is an empty one.
 */
typedef struct
{
  GskRenderNode *source;    /* what it shows, in board units */
  GskRenderNode *node;      /* the same in pixels at @zoom */
  double         zoom;
  int            scale;     /* device pixels a pixel */
} StormTextPicture;

/** storm_text_picture_draw: %FALSE, and empty, when @source would make too large a picture. */
gboolean storm_text_picture_draw  (StormTextPicture       *self,
                                   GskRenderNode          *source,
                                   double                  zoom,
                                   int                     scale);
/** storm_text_picture_shows: whether it shows @source, and sharply enough: at its own zoom or, when
 * @rough, not too far from it. */
gboolean storm_text_picture_shows (const StormTextPicture *self,
                                   GskRenderNode          *source,
                                   double                  zoom,
                                   int                     scale,
                                   gboolean                rough);
void     storm_text_picture_clear (StormTextPicture       *self);

G_END_DECLS
