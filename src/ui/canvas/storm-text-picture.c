#include "config.h"

#include "storm-text-picture.h"

#include <math.h>

/* Device pixels; beyond it, only very large stickies seen from very near, glyphs cost less. */
#define MAX_PIXELS (2 * 1024 * 1024)
/* While the zoom changes a picture may be stretched and shrunk as far as that. */
#define MAX_STRETCH 1.4
#define MAX_SHRINK 2.0

gboolean
storm_text_picture_draw (StormTextPicture *self,
                         GskRenderNode    *source,
                         double            zoom,
                         int               scale)
{
  double s = zoom * scale;
  graphene_rect_t b;
  double x, y, w, h;
  cairo_surface_t *surface;
  cairo_t *cr;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  storm_text_picture_clear (self);
  gsk_render_node_get_bounds (source, &b);
  x = floor (b.origin.x * s);
  y = floor (b.origin.y * s);
  w = ceil ((b.origin.x + b.size.width) * s) - x;
  h = ceil ((b.origin.y + b.size.height) * s) - y;
  if (!(w >= 1 && h >= 1 && w * h <= MAX_PIXELS))
    return FALSE;

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) w, (int) h);
  cr = cairo_create (surface);
  cairo_translate (cr, -x, -y);
  cairo_scale (cr, s, s);
  gsk_render_node_draw (source, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      (gsize) cairo_image_surface_get_stride (surface) * (gsize) h,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  texture = gdk_memory_texture_new ((int) w, (int) h, GDK_MEMORY_DEFAULT, bytes,
                                    (gsize) cairo_image_surface_get_stride (surface));
  self->node = gsk_texture_node_new (texture,
                                     &GRAPHENE_RECT_INIT ((float) (x / scale), (float) (y / scale),
                                                          (float) (w / scale),
                                                          (float) (h / scale)));
  self->source = gsk_render_node_ref (source);
  self->zoom = zoom;
  self->scale = scale;
  return TRUE;
}

gboolean
storm_text_picture_shows (const StormTextPicture *self,
                          GskRenderNode          *source,
                          double                  zoom,
                          int                     scale,
                          gboolean                rough)
{
  if (self->node == NULL || self->source != source || self->scale != scale)
    return FALSE;
  if (self->zoom == zoom)
    return TRUE;
  return rough && zoom <= self->zoom * MAX_STRETCH && zoom >= self->zoom / MAX_SHRINK;
}

void
storm_text_picture_clear (StormTextPicture *self)
{
  g_clear_pointer (&self->source, gsk_render_node_unref);
  g_clear_pointer (&self->node, gsk_render_node_unref);
}
