#pragma once

#include "storm-kind.h"

G_BEGIN_DECLS

/** StormRgba: sRGB, 0 to 1, not premultiplied. */
typedef struct
{
  float red;
  float green;
  float blue;
  float alpha;
} StormRgba;

/** STORM_N_HEAT_COLORS: from the coolest to the hottest. */
#define STORM_N_HEAT_COLORS 5

/**
 * StormColors:
 * @paper: the board
 * @text: on paper
 * @frame: of contexts
 * @pill: under a flow's label, and behind a count
 * @handle: the inside of a handle
 * @guide: lines that show what stands in line
 * @wrong: what is not as it should be; @wrong_text on it
 * @odd: what needn’t be wrong, but is not on the board in that way; @odd_text on it
 * @dim: laid over what is not lit
 * @warning: a sign that something is doubtful; on paper and on a pill
 * @heat: of flows, on paper. Their lightness changes evenly, so that who sees no hues, or prints in
 *   grey, can tell them apart too
 *
 * The colours of a board: by light or dark, contrast and palette. The window and the pictures have
 * them from here.
 */
typedef struct
{
  StormPalette palette;
  gboolean     dark;
  gboolean     high_contrast;

  StormRgba    paper;
  StormRgba    text;
  StormRgba    faint_text;
  StormRgba    frame;
  StormRgba    flow;
  StormRgba    pill;
  StormRgba    shadow;
  StormRgba    accent;
  StormRgba    handle;
  StormRgba    guide;
  StormRgba    lit;
  StormRgba    lit_text;
  StormRgba    wrong;
  StormRgba    wrong_text;
  StormRgba    odd;
  StormRgba    odd_text;
  StormRgba    dim;
  StormRgba    warning;
  StormRgba    heat[STORM_N_HEAT_COLORS];

  StormRgba    fill[STORM_N_KINDS];
  StormRgba    ink[STORM_N_KINDS];
  StormRgba    kind_ink[STORM_N_KINDS];
} StormColors;

void      storm_colors_set      (StormColors       *self,
                                 StormPalette       palette,
                                 gboolean           dark,
                                 gboolean           high_contrast);
/** storm_colors_get_fill, storm_colors_get_ink: a sticky's paper, and what is written on it. */
StormRgba storm_colors_get_fill (const StormColors *self,
                                 StormKind          kind);
StormRgba storm_colors_get_ink  (const StormColors *self,
                                 StormKind          kind);
/** storm_colors_get_kind_ink: for the name of the kind, which stands back behind the title. */
StormRgba storm_colors_get_kind_ink (const StormColors *self,
                                     StormKind          kind);
/** storm_rgba_mix: @amount of @b in @a. */
StormRgba storm_rgba_mix        (StormRgba          a,
                                 StormRgba          b,
                                 float              amount);
/** storm_rgba_contrast: 1 to 21, as WCAG 2 defines it, of what is seen of @above on @below, which
 * is opaque. */
double    storm_rgba_contrast   (StormRgba          above,
                                 StormRgba          below);

G_END_DECLS
