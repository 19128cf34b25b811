#include "config.h"

#include "storm-colors.h"

#include <math.h>

/* WCAG 2.2, 1.4.3 and 1.4.11: text, and what has to be seen without words. 1.4.6 is what who asks
 * for high contrast gets. */
#define TEXT_MIN 4.5
#define SHAPE_MIN 3.0
#define HIGH_MIN 7.0

typedef struct
{
  StormPalette palette;
  gboolean     dark;
  gboolean     high_contrast;
} Look;

static const Look looks[] = {
  { STORM_PALETTE_CLASSIC, FALSE, FALSE }, { STORM_PALETTE_CLASSIC, FALSE, TRUE },
  { STORM_PALETTE_CLASSIC, TRUE, FALSE },  { STORM_PALETTE_CLASSIC, TRUE, TRUE },
  { STORM_PALETTE_MSAEZ, FALSE, FALSE },   { STORM_PALETTE_MSAEZ, FALSE, TRUE },
  { STORM_PALETTE_MSAEZ, TRUE, FALSE },    { STORM_PALETTE_MSAEZ, TRUE, TRUE },
};

static double
linear (float c)
{
  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static double
luminance (StormRgba c)
{
  return 0.2126 * linear (c.red) + 0.7152 * linear (c.green) + 0.0722 * linear (c.blue);
}

/* Of what is seen: @above may let @below through. */
static double
contrast (StormRgba above,
          StormRgba below)
{
  StormRgba opaque = above;
  double first, second;

  opaque.alpha = 1;
  g_assert_cmpfloat (below.alpha, ==, 1);
  first = luminance (storm_rgba_mix (below, opaque, above.alpha));
  second = luminance (below);
  return (MAX (first, second) + 0.05) / (MIN (first, second) + 0.05);
}

static void
check (const Look *look,
       const char *what,
       StormRgba   above,
       StormRgba   below,
       double      least)
{
  double got = contrast (above, below);

  if (got < least)
    {
      g_test_message ("%s: %.2f, not %.1f (palette %u, %s, %s contrast)", what, got, least,
                      look->palette, look->dark ? "dark" : "light",
                      look->high_contrast ? "high" : "normal");
      g_test_fail ();
    }
}

static void
test_known_contrasts (void)
{
  StormRgba black = { 0, 0, 0, 1 }, white = { 1, 1, 1, 1 };
  StormRgba grey = { 119 / 255.f, 119 / 255.f, 119 / 255.f, 1 }, half = { 0, 0, 0, .5f };

  g_assert_cmpfloat_with_epsilon (contrast (black, white), 21, 1e-6);
  g_assert_cmpfloat_with_epsilon (contrast (white, black), 21, 1e-6);
  g_assert_cmpfloat_with_epsilon (contrast (white, white), 1, 1e-6);
  g_assert_cmpfloat_with_epsilon (contrast (grey, white), 4.478, 1e-3);
  g_assert_cmpfloat_with_epsilon (contrast (half, white), 3.977, 1e-3);
  g_assert_cmpfloat_with_epsilon (storm_rgba_contrast (white, black), 21, 1e-6);
  g_assert_cmpfloat_with_epsilon (storm_rgba_contrast (grey, white), 4.478, 1e-3);
  g_assert_cmpfloat_with_epsilon (storm_rgba_contrast (half, white), 3.977, 1e-3);
}

static void
test_stickies (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      double least = looks[i].high_contrast ? HIGH_MIN : TEXT_MIN;
      StormColors colors;

      storm_colors_set (&colors, looks[i].palette, looks[i].dark, looks[i].high_contrast);
      for (guint kind = 0; kind < STORM_N_KINDS; kind++)
        {
          const char *nick = storm_kind_info ((StormKind) kind)->nick;
          StormRgba fill = storm_colors_get_fill (&colors, (StormKind) kind);

          check (&looks[i], nick, storm_colors_get_ink (&colors, (StormKind) kind), fill, least);
          check (&looks[i], nick, storm_colors_get_kind_ink (&colors, (StormKind) kind), fill,
                 least);
        }
    }
}

/* Degrees, or -1 of what is rather grey. */
static double
hue (StormRgba c)
{
  double max = MAX (c.red, MAX (c.green, c.blue)), d = max - MIN (c.red, MIN (c.green, c.blue));

  if (d < .1 * max)
    return -1;
  if (max == c.red)
    return fmod ((c.green - c.blue) / d + 6, 6) * 60;
  return max == c.green ? ((c.blue - c.red) / d + 2) * 60 : ((c.red - c.green) / d + 4) * 60;
}

/* Orange stays an event's colour, whatever else is asked for. */
static void
test_hues (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      StormColors colors;

      storm_colors_set (&colors, looks[i].palette, looks[i].dark, looks[i].high_contrast);
      for (guint kind = 0; kind < STORM_N_KINDS; kind++)
        {
          const StormColor *named = &storm_kind_info ((StormKind) kind)->fill[looks[i].palette];
          StormRgba fill = storm_colors_get_fill (&colors, (StormKind) kind);
          double is = hue (fill);
          double was = hue ((StormRgba) { named->red, named->green, named->blue, 1 });
          double apart = fabs (is - was);

          if (was >= 0)
            g_assert_cmpfloat (MIN (apart, 360 - apart), <, is >= 0 ? 10 : 0);
        }
    }
}

static void
test_board (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      const Look *look = &looks[i];
      double least = look->high_contrast ? HIGH_MIN : TEXT_MIN;
      StormColors c;

      storm_colors_set (&c, look->palette, look->dark, look->high_contrast);
      check (look, "text on paper", c.text, c.paper, least);
      check (look, "title of a context", c.faint_text, c.paper, least);
      check (look, "label of a flow", c.text, c.pill, least);
      check (look, "count", c.text, c.pill, least);
      check (look, "settled number", c.lit_text, c.lit, least);
      check (look, "provisional number", c.lit, c.pill, least);
      check (look, "mark of what is wrong", c.wrong_text, c.wrong, least);
      check (look, "mark of what is odd", c.odd_text, c.odd, least);
    }
}

static void
test_shapes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      const Look *look = &looks[i];
      double least = look->high_contrast ? TEXT_MIN : SHAPE_MIN;
      StormColors c;

      storm_colors_set (&c, look->palette, look->dark, look->high_contrast);
      check (look, "flow", c.flow, c.paper, least);
      check (look, "frame of a context", c.frame, c.paper, SHAPE_MIN);
      check (look, "what is selected", c.accent, c.paper, least);
      check (look, "rim of a handle", c.accent, c.handle, SHAPE_MIN);
      check (look, "guide", c.guide, c.paper, SHAPE_MIN);
      check (look, "lit flow", c.lit, c.paper, SHAPE_MIN);
      check (look, "outline of what is overdue", c.wrong, c.paper, SHAPE_MIN);
      check (look, "frame of a ghost", c.odd, c.pill, SHAPE_MIN);
    }
}

/* The colours of heat are told apart without their hues, and each from the paper. */
static void
test_heat (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      const Look *look = &looks[i];
      StormColors c;

      storm_colors_set (&c, look->palette, look->dark, look->high_contrast);
      check (look, "sign of a warning", c.warning, c.pill, TEXT_MIN);
      check (look, "rim of a warning", c.warning, c.paper, SHAPE_MIN);
      for (guint k = 0; k < STORM_N_HEAT_COLORS; k++)
        {
          check (look, "heat", c.heat[k], c.paper, look->high_contrast ? TEXT_MIN : 2.8);
          if (k == 0)
            continue;
          /* Hotter is farther from the paper. */
          g_assert_cmpfloat (contrast (c.heat[k], c.paper), >, contrast (c.heat[k - 1], c.paper));
          check (look, "step of heat", c.heat[k], c.heat[k - 1], 1.1);
        }
      check (look, "all steps of heat", c.heat[STORM_N_HEAT_COLORS - 1], c.heat[0], 2.5);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/colors/known-contrasts", test_known_contrasts);
  g_test_add_func ("/colors/stickies", test_stickies);
  g_test_add_func ("/colors/hues", test_hues);
  g_test_add_func ("/colors/board", test_board);
  g_test_add_func ("/colors/shapes", test_shapes);
  g_test_add_func ("/colors/heat", test_heat);

  return g_test_run ();
}
