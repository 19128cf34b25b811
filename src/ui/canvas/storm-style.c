#include "config.h"

#include "storm-style.h"

GdkRGBA
storm_style_rgba (StormRgba color)
{
  return (GdkRGBA) { color.red, color.green, color.blue, color.alpha };
}

void
storm_style_set (StormStyle   *self,
                 StormPalette  palette,
                 gboolean      dark,
                 gboolean      high_contrast)
{
  const StormColors *colors = &self->colors;

  self->dark = dark;
  self->high_contrast = high_contrast;
  storm_colors_set (&self->colors, palette, dark, high_contrast);
  self->paper = storm_style_rgba (colors->paper);
  self->text = storm_style_rgba (colors->text);
  self->faint_text = storm_style_rgba (colors->faint_text);
  self->frame = storm_style_rgba (colors->frame);
  self->flow = storm_style_rgba (colors->flow);
  self->pill = storm_style_rgba (colors->pill);
  self->shadow = storm_style_rgba (colors->shadow);
  self->accent = storm_style_rgba (colors->accent);
  self->handle = storm_style_rgba (colors->handle);
  self->guide = storm_style_rgba (colors->guide);
  self->lit = storm_style_rgba (colors->lit);
  self->lit_text = storm_style_rgba (colors->lit_text);
  self->wrong = storm_style_rgba (colors->wrong);
  self->wrong_text = storm_style_rgba (colors->wrong_text);
  self->odd = storm_style_rgba (colors->odd);
  self->odd_text = storm_style_rgba (colors->odd_text);
  self->dim = storm_style_rgba (colors->dim);
}

void
storm_style_get_fill (const StormStyle *self,
                      StormKind         kind,
                      GdkRGBA          *out)
{
  *out = storm_style_rgba (storm_colors_get_fill (&self->colors, kind));
}

void
storm_style_get_ink (const StormStyle *self,
                     StormKind         kind,
                     GdkRGBA          *out)
{
  *out = storm_style_rgba (storm_colors_get_ink (&self->colors, kind));
}

GdkRGBA
storm_style_mix (const GdkRGBA *a,
                 const GdkRGBA *b,
                 float          amount)
{
  return (GdkRGBA) { a->red + (b->red - a->red) * amount, a->green + (b->green - a->green) * amount,
                     a->blue + (b->blue - a->blue) * amount,
                     a->alpha + (b->alpha - a->alpha) * amount };
}
