#include "config.h"

#include "storm-text-cache.h"

struct _StormTextCache
{
  StormTextFitter *fitter;
};

StormTextCache *
storm_text_cache_new (PangoContext *context)
{
  StormTextCache *self = g_new0 (StormTextCache, 1);

  self->fitter = storm_text_fitter_new (context);
  return self;
}

void
storm_text_cache_free (StormTextCache *self)
{
  storm_text_fitter_free (self->fitter);
  g_free (self);
}

StormTextFitter *
storm_text_cache_get_fitter (StormTextCache *self)
{
  return self->fitter;
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
  storm_text_fitter_paragraph (self->fitter, text, size, weight, max_width, align, out_width,
                               out_height);
}

PangoLayout *
storm_text_cache_copy_layout (StormTextCache *self)
{
  return pango_layout_copy (storm_text_fitter_get_layout (self->fitter));
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
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  storm_text_fitter_line (self->fitter, text, size, weight, max_width, out_width, out_height);
  gtk_snapshot_append_layout (snapshot, storm_text_fitter_get_layout (self->fitter), color);
  return gtk_snapshot_free_to_node (snapshot);
}
