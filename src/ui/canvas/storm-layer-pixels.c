#include "config.h"

#include "storm-painter-private.h"

#include <math.h>

/* On the screen shorter flows than this are only noise. */
#define MIN_FLOW 6.0

static guint32
storm_pixels_of (const GdkRGBA *color)
{
  return storm_pixels_color (color->red, color->green, color->blue);
}

static void
storm_pixels_frame (StormPainter *self,
                    StormItem    *item)
{
  StormRect r = storm_viewport_rect_to_screen (&self->view, &item->rect);
  double s = self->scale;
  double x0 = r.x * s, y0 = r.y * s, x1 = (r.x + r.width) * s, y1 = (r.y + r.height) * s;
  guint32 color = storm_pixels_of (&self->style.frame);

  storm_pixels_fill (&self->pixels, x0, y0, x1, y0 + 1, color);
  storm_pixels_fill (&self->pixels, x0, y1 - 1, x1, y1, color);
  storm_pixels_fill (&self->pixels, x0, y0, x0 + 1, y1, color);
  storm_pixels_fill (&self->pixels, x1 - 1, y0, x1, y1, color);
}

static void
storm_pixels_flow (StormPainter *self,
                   StormItem    *item,
                   guint32       plain,
                   guint32       lit)
{
  double s = self->scale;
  const StormRoute *route = item->route;
  gboolean is_lit = (storm_painter_get_marks (self, item) & STORM_MARK_LIT) != 0;

  if (!is_lit && MAX (item->rect.width, item->rect.height) * self->view.zoom < MIN_FLOW)
    return;
  for (guint i = 1; i < route->n; i++)
    {
      StormPoint a = storm_viewport_to_screen (&self->view, route->points[i - 1]);
      StormPoint b = storm_viewport_to_screen (&self->view, route->points[i]);

      storm_pixels_fill (&self->pixels, MIN (a.x, b.x) * s, MIN (a.y, b.y) * s,
                         MAX (a.x, b.x) * s, MAX (a.y, b.y) * s, is_lit ? lit : plain);
    }
}

static void
storm_pixels_stickies (StormPainter *self)
{
  guint32 plain[STORM_N_KINDS], dim[STORM_N_KINDS];
  guint32 lit = storm_pixels_of (&self->style.lit), accent = storm_pixels_of (&self->style.accent);
  double s = self->scale;
  /* Without an overlay, a selection and a search nothing has to be looked up. */
  gboolean marked = self->overlay != NULL || self->find != NULL ||
                    storm_selection_get_n (self->selection) > 0;

  for (guint i = 0; i < STORM_N_KINDS; i++)
    {
      GdkRGBA fill;

      storm_style_get_fill (&self->style, i, &fill);
      plain[i] = storm_pixels_of (&fill);
      fill = storm_style_mix (&fill, &self->style.paper, self->style.dim.alpha);
      dim[i] = storm_pixels_of (&fill);
    }
  for (guint i = 0; i < self->stickies->len; i++)
    {
      StormItem *item = g_ptr_array_index (self->stickies, i);
      StormRect r = storm_viewport_rect_to_screen (&self->view, &item->rect);
      StormMarks marks = marked ? storm_painter_get_marks (self, item) : 0;

      if ((marks & (STORM_MARK_LIT | STORM_MARK_SELECTED)) != 0)
        storm_pixels_fill (&self->pixels, (r.x - 1) * s, (r.y - 1) * s, (r.x + r.width + 1) * s,
                           (r.y + r.height + 1) * s,
                           (marks & STORM_MARK_SELECTED) != 0 ? accent : lit);
      storm_pixels_fill (&self->pixels, r.x * s, r.y * s, (r.x + r.width) * s,
                         (r.y + r.height) * s,
                         (marks & STORM_MARK_DIM) != 0 ? dim[item->kind] : plain[item->kind]);
    }
}

static const cairo_user_data_key_t pixels_key;

/* One to one with the device's pixels: scaled, the cairo renderer would resample it each frame. The
 * node outlives this frame, so the buffer goes with it. */
static void
storm_pixels_append (StormPainter *self,
                     GtkSnapshot  *snapshot)
{
  int width = self->pixels.width, height = self->pixels.height;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width / self->scale,
                                               (float) height / self->scale);
  guint32 *data = storm_pixels_steal (&self->pixels);

  if (self->cairo)
    {
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);
      cairo_surface_t *surface;

      surface = cairo_image_surface_create_for_data ((guchar *) data, CAIRO_FORMAT_RGB24, width,
                                                     height, width * 4);
      if (cairo_surface_set_user_data (surface, &pixels_key, data, g_free) != CAIRO_STATUS_SUCCESS)
        g_free (data);
      cairo_surface_set_device_scale (surface, self->scale, self->scale);
      cairo_set_source_surface (cr, surface, 0, 0);
      cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
      cairo_paint (cr);
      cairo_surface_destroy (surface);
      cairo_destroy (cr);
    }
  else
    {
      g_autoptr (GBytes) bytes = g_bytes_new_take (data, (gsize) width * height * 4);
      g_autoptr (GdkTexture) texture = NULL;

      texture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes,
                                        (gsize) width * 4);
      gtk_snapshot_append_texture (snapshot, texture, &bounds);
    }
}

void
storm_layer_pixels (StormPainter *self,
                    GtkSnapshot  *snapshot)
{
  GdkRGBA flow = storm_style_mix (&self->style.flow, &self->style.paper, .5f);
  guint32 plain = storm_pixels_of (&flow), lit = storm_pixels_of (&self->style.lit);

  storm_pixels_resize (&self->pixels, (int) ceil (self->view.width * self->scale),
                       (int) ceil (self->view.height * self->scale));
  storm_pixels_clear (&self->pixels, storm_pixels_of (&self->style.paper));
  for (guint i = 0; i < self->contexts->len; i++)
    storm_pixels_frame (self, g_ptr_array_index (self->contexts, i));
  for (guint i = 0; i < self->flows->len; i++)
    storm_pixels_flow (self, g_ptr_array_index (self->flows, i), plain, lit);
  storm_pixels_stickies (self);
  storm_pixels_append (self, snapshot);
}
