#pragma once

#include <gtk/gtk.h>

#include "storm-colors.h"

G_BEGIN_DECLS

/**
 * StormStyle:
 *
 * The colours of the board as GTK takes them; which they are, storm-colors.h says.
 */
typedef struct
{
  StormColors  colors;
  gboolean     dark;
  gboolean     high_contrast;

  GdkRGBA      paper;
  GdkRGBA      text;        /* on paper */
  GdkRGBA      faint_text;
  GdkRGBA      frame;       /* of contexts */
  GdkRGBA      flow;
  GdkRGBA      pill;        /* under a flow's label, and behind a count */
  GdkRGBA      shadow;
  GdkRGBA      accent;
  GdkRGBA      handle;      /* the inside of a handle */
  GdkRGBA      guide;       /* lines that show what stands in line */
  GdkRGBA      lit;
  GdkRGBA      lit_text;
  GdkRGBA      wrong;       /* what is not as it should be */
  GdkRGBA      wrong_text;
  GdkRGBA      odd;         /* what needn’t be wrong */
  GdkRGBA      odd_text;
  GdkRGBA      dim;         /* laid over what is not lit */
} StormStyle;

void     storm_style_set       (StormStyle       *self,
                                StormPalette      palette,
                                gboolean          dark,
                                gboolean          high_contrast);
void     storm_style_get_fill  (const StormStyle *self,
                                StormKind         kind,
                                GdkRGBA          *out);
void     storm_style_get_ink   (const StormStyle *self,
                                StormKind         kind,
                                GdkRGBA          *out);
GdkRGBA  storm_style_rgba      (StormRgba         color);
/** storm_style_mix: @amount of @b in @a. */
GdkRGBA  storm_style_mix       (const GdkRGBA    *a,
                                const GdkRGBA    *b,
                                float             amount);

G_END_DECLS
