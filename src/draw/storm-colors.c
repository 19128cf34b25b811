#include "config.h"

#include "storm-colors.h"

static StormRgba
storm_rgba_hex (guint32 rgb,
                float   alpha)
{
  return (StormRgba) { ((rgb >> 16) & 0xff) / 255.f, ((rgb >> 8) & 0xff) / 255.f,
                       (rgb & 0xff) / 255.f, alpha };
}

static void
storm_colors_set_light (StormColors *self)
{
  self->paper = storm_rgba_hex (0xf2f1ef, 1);
  self->text = storm_rgba_hex (0x2e2e32, 1);
  self->faint_text = storm_rgba_hex (0x63636a, 1);
  self->frame = storm_rgba_hex (0x8c8c94, 1);
  self->flow = storm_rgba_hex (0x76767e, 1);
  self->pill = storm_rgba_hex (0xffffff, 1);
  self->shadow = storm_rgba_hex (0x000000, .16f);
  self->accent = storm_rgba_hex (0x1c71d8, 1);
  self->handle = storm_rgba_hex (0xffffff, 1);
  self->guide = storm_rgba_hex (0xd3277d, 1);
  self->lit = storm_rgba_hex (0x208a52, 1);
  self->lit_text = storm_rgba_hex (0xffffff, 1);
}

static void
storm_colors_set_dark (StormColors *self)
{
  self->paper = storm_rgba_hex (0x1e1e20, 1);
  self->text = storm_rgba_hex (0xdeddda, 1);
  self->faint_text = storm_rgba_hex (0xa5a5ad, 1);
  self->frame = storm_rgba_hex (0x77777f, 1);
  self->flow = storm_rgba_hex (0x9a9aa2, 1);
  self->pill = storm_rgba_hex (0x38383c, 1);
  self->shadow = storm_rgba_hex (0x000000, .4f);
  self->accent = storm_rgba_hex (0x78aeed, 1);
  self->handle = storm_rgba_hex (0x2a2a2e, 1);
  self->guide = storm_rgba_hex (0xff7ebb, 1);
  self->lit = storm_rgba_hex (0x2ea86a, 1);
  self->lit_text = storm_rgba_hex (0x08200f, 1);
}

void
storm_colors_set (StormColors  *self,
                  StormPalette  palette,
                  gboolean      dark,
                  gboolean      high_contrast)
{
  *self = (StormColors) { .palette = palette, .dark = dark, .high_contrast = high_contrast };
  if (dark)
    storm_colors_set_dark (self);
  else
    storm_colors_set_light (self);
  if (high_contrast)
    {
      self->text = dark ? storm_rgba_hex (0xffffff, 1) : storm_rgba_hex (0x000000, 1);
      self->faint_text = self->frame = self->flow = self->text;
    }
  self->dim = self->paper;
  self->dim.alpha = high_contrast ? .4f : .58f;
}

static StormRgba
storm_rgba_of (const StormColor *color)
{
  return (StormRgba) { color->red, color->green, color->blue, 1 };
}

StormRgba
storm_colors_get_fill (const StormColors *self,
                       StormKind          kind)
{
  const StormKindInfo *info = storm_kind_info (kind);

  return storm_rgba_of (self->dark ? &info->fill_dark[self->palette] : &info->fill[self->palette]);
}

StormRgba
storm_colors_get_ink (const StormColors *self,
                      StormKind          kind)
{
  const StormKindInfo *info = storm_kind_info (kind);

  return storm_rgba_of (self->dark ? &info->ink_dark[self->palette] : &info->ink[self->palette]);
}

StormRgba
storm_rgba_mix (StormRgba a,
                StormRgba b,
                float     amount)
{
  return (StormRgba) { a.red + (b.red - a.red) * amount, a.green + (b.green - a.green) * amount,
                       a.blue + (b.blue - a.blue) * amount,
                       a.alpha + (b.alpha - a.alpha) * amount };
}
