#include "config.h"

#include "storm-canvas-private.h"

#include <math.h>

/* The public side of the camera. */

/* The palette floats over the left edge; above and below a low board has less to give. */
#define FIT_MARGIN 68.0
#define FIT_SHARE .12
#define REVEAL_MARGIN 40.0
/* Between a sticky and the next. */
#define SPOT_GAP 24.0
#define MAX_SPOTS 200

StormPoint
storm_canvas_middle (StormCanvas *self)
{
  StormPoint p = storm_viewport_get_center (&self->view);

  return (StormPoint) { round (p.x), round (p.y) };
}

StormPoint
storm_canvas_pointer (StormCanvas *self)
{
  if (self->has_pointer)
    return self->pointer;
  return (StormPoint) { self->view.width / 2, self->view.height / 2 };
}

void
storm_canvas_set_pointer (StormCanvas *self,
                          StormPoint   at)
{
  self->pointer = at;
  self->has_pointer = TRUE;
}

StormPoint
storm_canvas_free_spot (StormCanvas *self,
                        StormKind    kind)
{
  const StormKindInfo *info = storm_kind_info (kind);
  StormItem *beside = storm_canvas_single_sticky (self);
  StormPoint p = storm_canvas_middle (self);
  g_autoptr (GPtrArray) there = g_ptr_array_new ();

  if (beside != NULL)
    p = (StormPoint) { beside->rect.x + beside->rect.width + SPOT_GAP + info->width / 2,
                       storm_rect_center (&beside->rect).y };
  for (guint i = 0; i < MAX_SPOTS; i++)
    {
      StormRect rect = { p.x - info->width / 2, p.y - info->height / 2, info->width,
                         info->height };
      double right = -G_MAXDOUBLE;

      g_ptr_array_set_size (there, 0);
      storm_scene_collect (self->scene, STORM_OBJECT_STICKY, &rect, there);
      for (guint k = 0; k < there->len; k++)
        {
          StormItem *item = g_ptr_array_index (there, k);

          if (storm_rect_intersects (&item->rect, &rect))
            right = MAX (right, item->rect.x + item->rect.width);
        }
      if (right == -G_MAXDOUBLE)
        break;
      p.x = round (right + SPOT_GAP + info->width / 2);
    }
  return p;
}

void
storm_canvas_fit (StormCanvas     *self,
                  const StormRect *rect,
                  double           max_zoom)
{
  storm_viewport_fit_margins (&self->view, rect, FIT_MARGIN,
                              MIN (FIT_MARGIN, FIT_SHARE * self->view.height), max_zoom);
  storm_canvas_view_moved (self);
}

void
storm_canvas_reveal (StormCanvas *self,
                     const char  *id)
{
  StormItem *item;

  g_return_if_fail (STORM_IS_CANVAS (self));

  id = storm_canvas_uncover (self, id);
  item = storm_scene_lookup (self->scene, id);
  if (item == NULL)
    return;
  if (storm_viewport_reveal (&self->view, &item->rect, REVEAL_MARGIN))
    storm_canvas_view_moved (self);
  if (storm_canvas_animations (self))
    {
      g_free (self->reveal_id);
      self->reveal_id = g_strdup (id);
      self->reveal_start = g_get_monotonic_time ();
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

StormPoint
storm_canvas_to_board (StormCanvas *self,
                       double       x,
                       double       y)
{
  g_return_val_if_fail (STORM_IS_CANVAS (self), ((StormPoint) { 0, 0 }));

  return storm_viewport_to_world (&self->view, (StormPoint) { x, y });
}

double
storm_canvas_get_zoom (StormCanvas *self)
{
  g_return_val_if_fail (STORM_IS_CANVAS (self), 1);

  return self->view.zoom;
}

StormPoint
storm_canvas_get_center (StormCanvas *self)
{
  g_return_val_if_fail (STORM_IS_CANVAS (self), ((StormPoint) { 0, 0 }));

  return storm_viewport_get_center (&self->view);
}

void
storm_canvas_set_view (StormCanvas *self,
                       StormPoint   center,
                       double       zoom)
{
  g_return_if_fail (STORM_IS_CANVAS (self));

  self->fit_on_size = FALSE;
  storm_viewport_zoom_at (&self->view, zoom, (StormPoint) { 0, 0 });
  storm_viewport_set_center (&self->view, center);
  storm_canvas_view_moved (self);
}

static void
on_find_changed (StormCanvas *self)
{
  storm_painter_marks_changed (self->painter);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
storm_canvas_set_show_grid (StormCanvas *self,
                            gboolean     show_grid)
{
  g_return_if_fail (STORM_IS_CANVAS (self));

  storm_tool_set_grid (self->tool, show_grid);
  storm_painter_set_grid (self->painter, show_grid);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
storm_canvas_set_find (StormCanvas *self,
                       StormFind   *find)
{
  g_return_if_fail (STORM_IS_CANVAS (self));

  if (self->find == find)
    return;
  if (self->find != NULL)
    g_signal_handlers_disconnect_by_data (self->find, self);
  g_set_object (&self->find, find);
  if (find != NULL)
    g_signal_connect_object (find, "changed", G_CALLBACK (on_find_changed), self,
                             G_CONNECT_SWAPPED);
  storm_painter_set_find (self->painter, find);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

StormRect
storm_canvas_get_view_rect (StormCanvas *self)
{
  g_return_val_if_fail (STORM_IS_CANVAS (self), ((StormRect) { 0, 0, 0, 0 }));

  return storm_viewport_get_visible (&self->view);
}

void
storm_canvas_show_rect (StormCanvas     *self,
                        const StormRect *rect)
{
  g_return_if_fail (STORM_IS_CANVAS (self));
  g_return_if_fail (rect != NULL && rect->width > 0 && rect->height > 0);

  self->fit_on_size = FALSE;
  storm_viewport_fit (&self->view, rect, 0, STORM_ZOOM_MAX);
  storm_canvas_view_moved (self);
}

void
storm_canvas_zoom_to_fit (StormCanvas *self)
{
  StormRect bounds;

  g_return_if_fail (STORM_IS_CANVAS (self));

  if (!self->has_size)
    {
      self->fit_on_size = TRUE;
      return;
    }
  if (!storm_board_get_bounds (self->board, &bounds))
    bounds = (StormRect) { -self->view.width / 2, -self->view.height / 2, self->view.width,
                           self->view.height };
  storm_canvas_fit (self, &bounds, 1);
}

GdkTexture *
storm_canvas_render_picture (StormCanvas *self,
                             int          width,
                             int          height)
{
  StormViewport view = { 0, 0, 1, width, height };
  StormRect bounds = { 0, 0, width, height };
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GBytes) bytes = NULL;
  cairo_surface_t *surface;
  GdkTexture *texture;
  cairo_t *cr;

  g_return_val_if_fail (STORM_IS_CANVAS (self), NULL);
  g_return_val_if_fail (width > 0 && width <= 8192 && height > 0 && height <= 8192, NULL);

  storm_board_get_bounds (self->board, &bounds);
  storm_viewport_fit (&view, &bounds, MIN (width, height) / 20.0, 1);
  node = storm_painter_make_picture (self->painter, &view);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cr = cairo_create (surface);
  if (node != NULL)
    gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface),
                       (gsize) height * cairo_image_surface_get_stride (surface));
  texture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes,
                                    cairo_image_surface_get_stride (surface));
  cairo_surface_destroy (surface);
  return texture;
}

cairo_surface_t *
storm_canvas_record_marked (StormCanvas     *self,
                            const StormRect *area,
                            GPtrArray       *ids,
                            gboolean         dark,
                            gboolean        *has_ghosts,
                            StormRect       *ghosts)
{
  g_return_val_if_fail (STORM_IS_CANVAS (self), NULL);
  g_return_val_if_fail (area != NULL && has_ghosts != NULL && ghosts != NULL, NULL);

  /* Where things are pointed at follows from what was drawn last. */
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return storm_painter_record_marked (self->painter, area, ids, self->palette, dark, has_ghosts,
                                      ghosts);
}
