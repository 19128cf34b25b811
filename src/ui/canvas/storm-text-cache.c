#include "config.h"

#include "storm-text-cache.h"

#include "storm-wrap.h"

#define MAX_SIZE 22
#define MIN_SIZE 8
/* More would not fit in any sticky at the smallest size. */
#define MAX_CHARS 600

struct _StormTextCache
{
  PangoLayout          *layout;
  PangoFontDescription *font;
};

StormTextCache *
storm_text_cache_new (PangoContext *context)
{
  StormTextCache *self = g_new0 (StormTextCache, 1);
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

void
storm_text_cache_free (StormTextCache *self)
{
  pango_font_description_free (self->font);
  g_object_unref (self->layout);
  g_free (self);
}

static void
storm_text_cache_set_font (StormTextCache *self,
                           double          size,
                           PangoWeight     weight)
{
  pango_font_description_set_absolute_size (self->font, size * PANGO_SCALE);
  pango_font_description_set_weight (self->font, weight);
  pango_layout_set_font_description (self->layout, self->font);
}

static gboolean
storm_text_cache_fits (StormTextCache *self,
                       double          size,
                       int             width,
                       int             height)
{
  PangoRectangle logical;

  storm_text_cache_set_font (self, size, PANGO_WEIGHT_BOLD);
  pango_layout_get_extents (self->layout, NULL, &logical);
  return logical.width <= width && logical.height <= height;
}

/* The largest size at which it fits, else the smallest. */
static int
storm_text_cache_shrink (StormTextCache *self,
                         int             width,
                         int             height)
{
  int lo = MIN_SIZE, hi = MAX_SIZE;

  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD);
  if (storm_text_cache_fits (self, hi, width, height))
    return hi;
  if (!storm_text_cache_fits (self, lo, width, height))
    {
      pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_height (self->layout, height);
      pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
      return lo;
    }
  while (hi - lo > 1)
    {
      int middle = (lo + hi) / 2;

      if (storm_text_cache_fits (self, middle, width, height))
        lo = middle;
      else
        hi = middle;
    }
  storm_text_cache_set_font (self, lo, PANGO_WEIGHT_BOLD);
  return lo;
}

static GskRenderNode *
storm_text_cache_to_node (StormTextCache *self,
                          double          x,
                          double          y,
                          const GdkRGBA  *color)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, self->layout, color);
  return gtk_snapshot_free_to_node (snapshot);
}

void
storm_text_cache_fit_title (StormTextCache        *self,
                            const char            *text,
                            const graphene_rect_t *box,
                            double                 middle,
                            StormTextFit          *out)
{
  g_autofree char *prepared = storm_wrap_prepare (text, MAX_CHARS);
  int width = (int) (CLAMP (box->size.width, 1, 1e5f) * PANGO_SCALE);
  int height = (int) (CLAMP (box->size.height, 1, 1e5f) * PANGO_SCALE);
  PangoRectangle logical;
  double lines, top;

  pango_layout_set_text (self->layout, prepared, -1);
  pango_layout_set_alignment (self->layout, PANGO_ALIGN_CENTER);
  pango_layout_set_single_paragraph_mode (self->layout, FALSE);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_NONE);
  pango_layout_set_height (self->layout, -1);
  pango_layout_set_width (self->layout, width);
  out->size = storm_text_cache_shrink (self, width, height);
  pango_layout_get_extents (self->layout, NULL, &logical);
  lines = (double) logical.height / PANGO_SCALE;
  top = CLAMP (middle - box->origin.y - lines / 2, 0, MAX (0, box->size.height - lines));
  out->frame = *box;
  out->room = GRAPHENE_RECT_INIT (box->origin.x, (float) (box->origin.y + top), box->size.width,
                                  (float) (box->size.height - top));
}

GskRenderNode *
storm_text_cache_make_title (StormTextCache        *self,
                             const char            *text,
                             const graphene_rect_t *box,
                             double                 middle,
                             const GdkRGBA         *color)
{
  StormTextFit fit;

  if (*text == '\0' || box->size.width < 1 || box->size.height < 1)
    return NULL;

  storm_text_cache_fit_title (self, text, box, middle, &fit);
  return storm_text_cache_to_node (self, fit.room.origin.x, fit.room.origin.y, color);
}

void
storm_text_cache_measure (StormTextCache *self,
                          const char     *text,
                          double          size,
                          PangoWeight     weight,
                          double          max_width,
                          PangoAlignment  align,
                          double         *out_width,
                          double         *out_height)
{
  g_autofree char *prepared = storm_wrap_prepare (text, MAX_CHARS);
  PangoRectangle logical;

  pango_layout_set_text (self->layout, prepared, -1);
  pango_layout_set_alignment (self->layout, align);
  pango_layout_set_single_paragraph_mode (self->layout, FALSE);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_NONE);
  pango_layout_set_height (self->layout, -1);
  pango_layout_set_width (self->layout, (int) (MIN (max_width, 1e5) * PANGO_SCALE));
  storm_text_cache_set_font (self, size, weight);
  pango_layout_get_extents (self->layout, NULL, &logical);
  *out_width = (double) logical.width / PANGO_SCALE;
  *out_height = (double) logical.height / PANGO_SCALE;
}

PangoLayout *
storm_text_cache_copy_layout (StormTextCache *self)
{
  return pango_layout_copy (self->layout);
}

GskRenderNode *
storm_text_cache_make_line (StormTextCache *self,
                            const char     *text,
                            double          size,
                            PangoWeight     weight,
                            double          max_width,
                            const GdkRGBA  *color,
                            double         *out_width,
                            double         *out_height)
{
  g_autofree char *prepared = storm_wrap_prepare (text, MAX_CHARS);
  PangoRectangle logical;

  pango_layout_set_text (self->layout, prepared, -1);
  pango_layout_set_alignment (self->layout, PANGO_ALIGN_LEFT);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD);
  pango_layout_set_height (self->layout, -1);
  pango_layout_set_width (self->layout,
                          max_width > 0 ? (int) (MIN (max_width, 1e5) * PANGO_SCALE) : -1);
  pango_layout_set_ellipsize (self->layout,
                              max_width > 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  storm_text_cache_set_font (self, size, weight);
  pango_layout_get_extents (self->layout, NULL, &logical);
  if (out_width != NULL)
    *out_width = (double) logical.width / PANGO_SCALE;
  if (out_height != NULL)
    *out_height = (double) logical.height / PANGO_SCALE;
  return storm_text_cache_to_node (self, 0, 0, color);
}
