#include "config.h"

#include "storm-text-fitter.h"

#include <pango/pangocairo.h>

#include "storm-wrap.h"

#define MAX_SIZE 22
#define MIN_SIZE 8
/* More would not fit in any sticky at the smallest size. */
#define MAX_CHARS 600
#define MAX_LENGTH 1e5

struct _StormTextFitter
{
  PangoLayout          *layout;
  PangoFontDescription *font;
  double                size;
};

StormTextFitter *
storm_text_fitter_new (PangoContext *context)
{
  StormTextFitter *self = g_new0 (StormTextFitter, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  /* Advances that scale with the zoom: a line never breaks elsewhere because of it. */
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  self->font = pango_font_description_copy (pango_context_get_font_description (context));
  self->layout = pango_layout_new (context);
  return self;
}

StormTextFitter *
storm_text_fitter_new_for_family (const char *family)
{
  g_autoptr (PangoFontMap) map = pango_cairo_font_map_new ();
  PangoContext *context = pango_font_map_create_context (map);
  PangoFontDescription *font = pango_font_description_new ();
  StormTextFitter *self;

  pango_font_description_set_family (font, family != NULL ? family : "Sans");
  pango_context_set_font_description (context, font);
  pango_font_description_free (font);
  self = storm_text_fitter_new (context);
  g_object_unref (context);
  return self;
}

void
storm_text_fitter_free (StormTextFitter *self)
{
  pango_font_description_free (self->font);
  g_object_unref (self->layout);
  g_free (self);
}

static void
storm_text_fitter_set_font (StormTextFitter *self,
                         double        size,
                         PangoWeight   weight)
{
  self->size = size;
  pango_font_description_set_absolute_size (self->font, size * PANGO_SCALE);
  pango_font_description_set_weight (self->font, weight);
  pango_layout_set_font_description (self->layout, self->font);
}

static gboolean
storm_text_fitter_fits (StormTextFitter *self,
                     double        size,
                     int           width,
                     int           height)
{
  PangoRectangle logical;

  storm_text_fitter_set_font (self, size, PANGO_WEIGHT_BOLD);
  pango_layout_get_extents (self->layout, NULL, &logical);
  return logical.width <= width && logical.height <= height;
}

static void
storm_text_fitter_shrink (StormTextFitter *self,
                       int           width,
                       int           height)
{
  int lo = MIN_SIZE, hi = MAX_SIZE;

  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD);
  if (storm_text_fitter_fits (self, hi, width, height))
    return;
  if (!storm_text_fitter_fits (self, lo, width, height))
    {
      pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_height (self->layout, height);
      pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
      return;
    }
  while (hi - lo > 1)
    {
      int middle = (lo + hi) / 2;

      if (storm_text_fitter_fits (self, middle, width, height))
        lo = middle;
      else
        hi = middle;
    }
  storm_text_fitter_set_font (self, lo, PANGO_WEIGHT_BOLD);
}

static void
storm_text_fitter_measure (StormTextFitter *self,
                           double          *out_width,
                           double          *out_height)
{
  PangoRectangle logical;

  pango_layout_get_extents (self->layout, NULL, &logical);
  if (out_width != NULL)
    *out_width = (double) logical.width / PANGO_SCALE;
  if (out_height != NULL)
    *out_height = (double) logical.height / PANGO_SCALE;
}

void
storm_text_fitter_title (StormTextFitter *self,
                         const char      *text,
                         const StormRect *box,
                         double           middle,
                         StormPoint      *out)
{
  g_autofree char *prepared = storm_wrap_prepare (text, MAX_CHARS);
  int width = (int) (CLAMP (box->width, 1, MAX_LENGTH) * PANGO_SCALE);
  int height = (int) (CLAMP (box->height, 1, MAX_LENGTH) * PANGO_SCALE);
  double lines;

  pango_layout_set_text (self->layout, prepared, -1);
  pango_layout_set_alignment (self->layout, PANGO_ALIGN_CENTER);
  pango_layout_set_single_paragraph_mode (self->layout, FALSE);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_NONE);
  pango_layout_set_height (self->layout, -1);
  pango_layout_set_width (self->layout, width);
  storm_text_fitter_shrink (self, width, height);
  storm_text_fitter_measure (self, NULL, &lines);
  out->x = box->x;
  out->y = box->y + CLAMP (middle - box->y - lines / 2, 0, MAX (0, box->height - lines));
}

void
storm_text_fitter_line (StormTextFitter *self,
                        const char      *text,
                        double           size,
                        PangoWeight      weight,
                        double           max_width,
                        double          *out_width,
                        double          *out_height)
{
  g_autofree char *prepared = storm_wrap_prepare (text, MAX_CHARS);

  pango_layout_set_text (self->layout, prepared, -1);
  pango_layout_set_alignment (self->layout, PANGO_ALIGN_LEFT);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD);
  pango_layout_set_height (self->layout, -1);
  pango_layout_set_width (self->layout, max_width > 0
                                          ? (int) (MIN (max_width, MAX_LENGTH) * PANGO_SCALE)
                                          : -1);
  pango_layout_set_ellipsize (self->layout,
                              max_width > 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  storm_text_fitter_set_font (self, size, weight);
  storm_text_fitter_measure (self, out_width, out_height);
}

void
storm_text_fitter_paragraph (StormTextFitter *self,
                             const char      *text,
                             double           size,
                             PangoWeight      weight,
                             double           max_width,
                             PangoAlignment   align,
                             double          *out_width,
                             double          *out_height)
{
  g_autofree char *prepared = storm_wrap_prepare (text, MAX_CHARS);

  pango_layout_set_text (self->layout, prepared, -1);
  pango_layout_set_alignment (self->layout, align);
  pango_layout_set_single_paragraph_mode (self->layout, FALSE);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_NONE);
  pango_layout_set_height (self->layout, -1);
  pango_layout_set_width (self->layout, (int) (MIN (max_width, MAX_LENGTH) * PANGO_SCALE));
  storm_text_fitter_set_font (self, size, weight);
  storm_text_fitter_measure (self, out_width, out_height);
}

PangoLayout *
storm_text_fitter_get_layout (StormTextFitter *self)
{
  return self->layout;
}

double
storm_text_fitter_get_size (StormTextFitter *self)
{
  return self->size;
}
