#include "config.h"

#include "storm-colors.h"

#include <math.h>

/* Of a sticky's ink, for the name of its kind; more where that could not be read. */
#define KIND_ALPHA .8f
#define ALPHA_STEP .05f
/* What WCAG 2 wants of text, and of text for those who ask for more. */
#define CONTRAST 4.5
#define HIGH_CONTRAST 7.0
#define FILL_STEP .04f

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
  self->frame = storm_rgba_hex (0x898991, 1);
  self->flow = storm_rgba_hex (0x76767e, 1);
  self->pill = storm_rgba_hex (0xffffff, 1);
  self->shadow = storm_rgba_hex (0x000000, .16f);
  self->accent = storm_rgba_hex (0x1c71d8, 1);
  self->handle = storm_rgba_hex (0xffffff, 1);
  self->guide = storm_rgba_hex (0xd3277d, 1);
  self->lit = storm_rgba_hex (0x1d804b, 1);
  self->lit_text = storm_rgba_hex (0xffffff, 1);
  self->wrong = storm_rgba_hex (0xb5121f, 1);
  self->wrong_text = storm_rgba_hex (0xffffff, 1);
  self->odd = storm_rgba_hex (0x8a5700, 1);
  self->odd_text = storm_rgba_hex (0xffffff, 1);
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
  self->lit = storm_rgba_hex (0x41c482, 1);
  self->lit_text = storm_rgba_hex (0x08200f, 1);
  self->wrong = storm_rgba_hex (0xff8a78, 1);
  self->wrong_text = storm_rgba_hex (0x2b0703, 1);
  self->odd = storm_rgba_hex (0xf5c04a, 1);
  self->odd_text = storm_rgba_hex (0x2b1d00, 1);
}

static void
storm_colors_set_heat (StormColors *self)
{
  static const guint32 heat[2][2][STORM_N_HEAT_COLORS] = {
    { { 0xc47a16, 0xc4512d, 0xa82a63, 0x6d1f80, 0x2c0f5c },
      { 0x8a4a00, 0x93290c, 0x7d0f4b, 0x4d1263, 0x1d0940 } },
    { { 0x8a6cc4, 0xc75fa8, 0xf0716f, 0xffa74f, 0xffe97d },
      { 0x987ed6, 0xd878bd, 0xff938c, 0xffbf73, 0xfff5b4 } },
  };
  const guint32 *colors = heat[self->dark != FALSE][self->high_contrast != FALSE];

  for (guint i = 0; i < STORM_N_HEAT_COLORS; i++)
    self->heat[i] = storm_rgba_hex (colors[i], 1);
  self->warning = self->dark ? storm_rgba_hex (0xf8d45c, 1) : storm_rgba_hex (0x8a4b00, 1);
}

static void
storm_colors_set_high_contrast (StormColors *self)
{
  self->text = self->dark ? storm_rgba_hex (0xffffff, 1) : storm_rgba_hex (0x000000, 1);
  self->faint_text = self->frame = self->flow = self->text;
  self->pill = self->dark ? storm_rgba_hex (0x000000, 1) : storm_rgba_hex (0xffffff, 1);
  self->accent = self->dark ? self->accent : storm_rgba_hex (0x1a5fb4, 1);
  self->lit = self->dark ? storm_rgba_hex (0x7ee0ae, 1) : storm_rgba_hex (0x0f5f35, 1);
  self->lit_text = self->dark ? storm_rgba_hex (0x000000, 1) : storm_rgba_hex (0xffffff, 1);
  self->wrong = self->dark ? storm_rgba_hex (0xffa99c, 1) : storm_rgba_hex (0x8f0010, 1);
  self->odd = self->dark ? storm_rgba_hex (0xffd680, 1) : storm_rgba_hex (0x5c3900, 1);
  self->wrong_text = self->odd_text = self->lit_text;
}

static StormRgba
storm_rgba_of (const StormColor *color)
{
  return (StormRgba) { color->red, color->green, color->blue, 1 };
}

/* The catalogue's colours; who asks for high contrast gets pure ink, and the same hue as far from
 * it as it takes. */
static void
storm_colors_set_kind (StormColors *self,
                       StormKind    kind)
{
  const StormKindInfo *info = storm_kind_info (kind);
  StormRgba fill = storm_rgba_of (self->dark ? &info->fill_dark[self->palette]
                                             : &info->fill[self->palette]);
  StormRgba ink = storm_rgba_of (self->dark ? &info->ink_dark[self->palette]
                                            : &info->ink[self->palette]);
  StormRgba black = { 0, 0, 0, 1 }, white = { 1, 1, 1, 1 };
  gboolean dark_ink = storm_rgba_contrast (ink, white) > storm_rgba_contrast (ink, black);
  StormRgba kind_ink;

  if (self->high_contrast)
    {
      ink = dark_ink ? black : white;
      while (storm_rgba_contrast (ink, fill) < HIGH_CONTRAST)
        fill = storm_rgba_mix (fill, dark_ink ? white : black, FILL_STEP);
    }
  kind_ink = ink;
  kind_ink.alpha = self->high_contrast ? 1 : KIND_ALPHA;
  while (kind_ink.alpha < 1 && storm_rgba_contrast (kind_ink, fill) < CONTRAST)
    kind_ink.alpha = MIN (kind_ink.alpha + ALPHA_STEP, 1);
  self->fill[kind] = fill;
  self->ink[kind] = ink;
  self->kind_ink[kind] = kind_ink;
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
    storm_colors_set_high_contrast (self);
  storm_colors_set_heat (self);
  self->dim = self->paper;
  self->dim.alpha = high_contrast ? .4f : .58f;
  for (guint i = 0; i < STORM_N_KINDS; i++)
    storm_colors_set_kind (self, (StormKind) i);
}

StormRgba
storm_colors_get_fill (const StormColors *self,
                       StormKind          kind)
{
  return self->fill[kind];
}

StormRgba
storm_colors_get_ink (const StormColors *self,
                      StormKind          kind)
{
  return self->ink[kind];
}

StormRgba
storm_colors_get_kind_ink (const StormColors *self,
                           StormKind          kind)
{
  return self->kind_ink[kind];
}

static double
storm_linear (float c)
{
  return c <= .04045 ? c / 12.92 : pow ((c + .055) / 1.055, 2.4);
}

static double
storm_luminance (StormRgba c)
{
  return .2126 * storm_linear (c.red) + .7152 * storm_linear (c.green) +
         .0722 * storm_linear (c.blue);
}

double
storm_rgba_contrast (StormRgba above,
                     StormRgba below)
{
  StormRgba opaque = { above.red, above.green, above.blue, 1 };
  double first = storm_luminance (storm_rgba_mix (below, opaque, above.alpha));
  double second = storm_luminance (below);

  return (MAX (first, second) + .05) / (MIN (first, second) + .05);
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
