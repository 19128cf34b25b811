#include "config.h"

#include "storm-painter-private.h"

#include <math.h>

#include "storm-layer-trace.h"
#include "storm-pills.h"

/* Shadows, outlines and arrow heads reach beyond what the grid knows. In pixels. */
#define OVERHANG 24.0
/* From the last change of the zoom to sharp texts, µs. */
#define SETTLE_TIME (120 * G_TIME_SPAN_MILLISECOND)

StormPainter *
storm_painter_new (StormScene     *scene,
                   StormSelection *selection)
{
  StormPainter *self = g_new0 (StormPainter, 1);

  self->scene = g_object_ref (scene);
  self->selection = g_object_ref (selection);
  self->generation = 1;
  self->scale = 1;
  storm_viewport_init (&self->view);
  self->stickies = g_ptr_array_new ();
  self->flows = g_ptr_array_new ();
  self->contexts = g_ptr_array_new ();
  self->shapes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) gsk_render_node_unref);
  self->labels = storm_pill_labels_new ();
  self->pictured = g_hash_table_new (NULL, NULL);
  storm_layer_times_init (self);
  storm_style_set (&self->style, STORM_PALETTE_CLASSIC, FALSE, FALSE);
  return self;
}

static void
storm_painter_forget (StormPainter *self)
{
  self->generation++;
  g_clear_pointer (&self->base, gsk_render_node_unref);
  for (guint i = 0; i < STORM_N_KINDS; i++)
    {
      g_clear_pointer (&self->kind_labels[i], gsk_render_node_unref);
      storm_text_picture_clear (&self->kind_pictures[i]);
    }
  g_hash_table_remove_all (self->shapes);
  g_hash_table_remove_all (self->labels);
}

/* Pictures are kept only for what is in view: they are larger than all else of a sticky. */
static void
storm_painter_drop_pictures (StormPainter *self,
                             gboolean      all)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->pictured);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      StormPaint *paint = key;

      if (!all && paint->picture_frame == self->frame)
        continue;
      storm_text_picture_clear (&paint->picture);
      paint->pictured = NULL;
      g_hash_table_iter_remove (&iter);
    }
}

void
storm_painter_free (StormPainter *self)
{
  storm_painter_forget (self);
  storm_painter_drop_pictures (self, TRUE);
  g_hash_table_unref (self->pictured);
  g_clear_pointer (&self->texts, storm_text_cache_free);
  g_clear_object (&self->overlay);
  g_clear_object (&self->find);
  storm_layer_times_clear (self);
  g_clear_object (&self->comparison);
  g_clear_pointer (&self->tags, g_hash_table_unref);
  g_object_unref (self->scene);
  g_object_unref (self->selection);
  g_ptr_array_unref (self->stickies);
  g_ptr_array_unref (self->flows);
  g_ptr_array_unref (self->contexts);
  g_hash_table_unref (self->shapes);
  g_hash_table_unref (self->labels);
  g_clear_pointer (&self->ghosts, g_array_unref);
  storm_pixels_free (&self->pixels);
  g_free (self);
}

void
storm_painter_free_paint (gpointer data)
{
  StormPaint *paint = data;

  g_clear_pointer (&paint->text, gsk_render_node_unref);
  g_clear_pointer (&paint->body, gsk_render_node_unref);
  g_clear_pointer (&paint->placed, gsk_render_node_unref);
  g_clear_pointer (&paint->words, gsk_render_node_unref);
  storm_text_picture_clear (&paint->picture);
  if (paint->pictured != NULL)
    g_hash_table_remove (paint->pictured, paint);
  g_free (paint);
}

StormPaint *
storm_item_get_paint (StormItem *item)
{
  if (item->paint == NULL)
    item->paint = g_new0 (StormPaint, 1);
  return item->paint;
}

void
storm_painter_set_fonts (StormPainter *self,
                         PangoContext *context)
{
  g_clear_pointer (&self->texts, storm_text_cache_free);
  self->texts = storm_text_cache_new (context);
  storm_painter_forget (self);
}

void
storm_painter_set_style (StormPainter *self,
                         StormPalette  palette,
                         gboolean      dark,
                         gboolean      high_contrast)
{
  storm_style_set (&self->style, palette, dark, high_contrast);
  storm_painter_forget (self);
}

const StormStyle *
storm_painter_get_style (StormPainter *self)
{
  return &self->style;
}

void
storm_painter_set_overlay (StormPainter *self,
                           StormOverlay *overlay)
{
  if (g_set_object (&self->overlay, overlay))
    self->marks++;
}

void
storm_painter_set_find (StormPainter *self,
                        StormFind    *find)
{
  if (g_set_object (&self->find, find))
    self->marks++;
}

void
storm_painter_set_grid (StormPainter *self,
                        gboolean      grid)
{
  self->marks += self->grid != grid;
  self->grid = grid;
}

void
storm_painter_marks_changed (StormPainter *self)
{
  self->marks++;
}

StormLod
storm_painter_get_lod (StormPainter *self)
{
  return self->lod;
}

gboolean
storm_painter_may_lay_out (StormPainter *self)
{
  if (self->deadline == 0 || g_get_monotonic_time () < self->deadline)
    return TRUE;
  self->missing = TRUE;
  return FALSE;
}

/* A flow is of use as long as one of its ends was found. */
static gboolean
storm_painter_is_found (StormPainter *self,
                        StormItem    *item)
{
  if (item->type == STORM_OBJECT_FLOW)
    return storm_find_contains (self->find, storm_item_get_id (item->from)) ||
           storm_find_contains (self->find, storm_item_get_id (item->to));
  return storm_find_contains (self->find, storm_item_get_id (item));
}

StormMarks
storm_painter_get_marks (StormPainter *self,
                         StormItem    *item)
{
  StormMarks marks = 0;
  const char *id = storm_item_get_id (item);

  if (self->plain)
    return 0;
  if (item == self->hidden)
    marks |= STORM_MARK_EDITED;
  if (self->overlay != NULL && storm_overlay_has_key (self->overlay))
    {
      const StormOverlaySticky *info;
      StormOverlaySticky sum;
      gboolean expected = FALSE;
      gboolean lit;

      if (item->type == STORM_OBJECT_FLOW)
        {
          lit = storm_overlay_get_flow_lit (self->overlay, id);
          for (guint i = 0; item->merged != NULL && i < item->merged->len && !lit; i++)
            lit = storm_overlay_get_flow_lit (self->overlay, storm_object_get_id (
                                                g_ptr_array_index (item->merged, i)));
        }
      else
        {
          info = storm_overlay_get_item (self->overlay, item, &sum);
          lit = info != NULL && (info->lit || info->n_badges > 0);
          expected = !lit && (storm_overlay_get_item_marks (self->overlay, item) &
                              STORM_MARK_EXPECTED) != 0;
        }
      if (lit)
        marks |= STORM_MARK_LIT;
      else if (!expected && !storm_painter_is_compared (self, item))
        marks |= STORM_MARK_DIM;
    }
  if (self->find != NULL && storm_find_is_active (self->find) &&
      item->type != STORM_OBJECT_CONTEXT && !storm_painter_is_found (self, item))
    marks |= STORM_MARK_DIM;
  if (self->lod >= STORM_LOD_BODY && item->type == STORM_OBJECT_STICKY &&
      storm_selection_has (self->selection, item->object))
    marks |= STORM_MARK_SELECTED;
  return marks | storm_painter_get_heat_level (self, item) << STORM_MARK_HEAT_SHIFT;
}

static void
storm_shape_draw (cairo_t    *cr,
                  StormShape  shape,
                  double      s)
{
  static const double angles[] = { G_PI, -G_PI / 2, G_PI / 2, 0 };

  switch (shape)
    {
    case STORM_SHAPE_HEAD_LEFT:
    case STORM_SHAPE_HEAD_RIGHT:
    case STORM_SHAPE_HEAD_UP:
    case STORM_SHAPE_HEAD_DOWN:
      /* Drawn pointing to the right, then turned about the middle. */
      cairo_translate (cr, s / 2, s / 2);
      cairo_rotate (cr, (const double[]) { G_PI, 0, -G_PI / 2, G_PI / 2 }[shape]);
      cairo_translate (cr, -s / 2, -s / 2);
      cairo_move_to (cr, s, s / 2);
      cairo_line_to (cr, 0, s * .08);
      cairo_line_to (cr, 0, s * .92);
      cairo_close_path (cr);
      cairo_fill (cr);
      break;

    case STORM_SHAPE_ARC_TOP_LEFT:
    case STORM_SHAPE_ARC_TOP_RIGHT:
    case STORM_SHAPE_ARC_BOTTOM_LEFT:
    case STORM_SHAPE_ARC_BOTTOM_RIGHT:
    default:
      {
        guint i = shape - STORM_SHAPE_ARC_TOP_LEFT;

        cairo_set_line_width (cr, 1);
        cairo_arc (cr, i % 2 == 0 ? s : 0, i < 2 ? s : 0, s - .5, angles[i],
                   angles[i] + G_PI / 2);
        cairo_stroke (cr);
      }
      break;
    }
}

GskRenderNode *
storm_painter_get_shape (StormPainter  *self,
                         StormShape     shape,
                         int            size,
                         const GdkRGBA *color)
{
  g_autofree char *name = gdk_rgba_to_string (color);
  g_autofree char *key = g_strdup_printf ("%d/%d/%s", shape, size, name);
  GskRenderNode *node = g_hash_table_lookup (self->shapes, key);

  if (node == NULL)
    {
      cairo_t *cr;

      node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, size, size));
      cr = gsk_cairo_node_get_draw_context (node);
      gdk_cairo_set_source_rgba (cr, color);
      storm_shape_draw (cr, shape, size);
      cairo_destroy (cr);
      g_hash_table_insert (self->shapes, g_steal_pointer (&key), node);
    }
  return node;
}

GskRenderNode *
storm_painter_place (StormPainter  *self,
                     GskRenderNode *node,
                     StormPoint     at,
                     double         zoom)
{
  g_autoptr (GskTransform) transform = NULL;

  transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) at.x, (float) at.y));
  if (zoom != 1)
    transform = gsk_transform_scale (g_steal_pointer (&transform), (float) zoom, (float) zoom);
  /* No transform at all is none to GSK, which then makes no node. */
  if (transform == NULL)
    return gsk_render_node_ref (node);
  return gsk_transform_node_new (node, transform);
}

gint64
storm_painter_settle (StormPainter *self)
{
  gint64 left;

  if (!self->rough)
    return -1;
  left = self->zoomed + SETTLE_TIME - g_get_monotonic_time ();
  if (left > 0)
    return left;
  self->rough = FALSE;
  self->camera++;
  return 0;
}

void
storm_painter_show_view (StormPainter        *self,
                         const StormViewport *view,
                         int                  scale,
                         gboolean             cairo)
{
  if (storm_viewport_equal (&self->view, view) && self->scale == scale && self->cairo == cairo &&
      self->base != NULL)
    return;
  /* Later ones have fractional scales, where pictures could not match the device's pixels. */
  self->pictures = !cairo && gtk_get_major_version () == 4 && gtk_get_minor_version () < 14;
  if (self->pictures && self->base != NULL && self->view.zoom != view->zoom)
    {
      self->rough = TRUE;
      self->zoomed = g_get_monotonic_time ();
    }
  self->view = *view;
  self->scale = scale;
  self->cairo = cairo;
  self->camera++;
}

static gboolean
storm_painter_is_wanted (StormPainter *self,
                         StormItem    *item)
{
  if (item->type == STORM_OBJECT_FLOW)
    return g_hash_table_contains (self->only, storm_item_get_id (item->from)) &&
           g_hash_table_contains (self->only, storm_item_get_id (item->to));
  return g_hash_table_contains (self->only, storm_item_get_id (item));
}

static void
storm_painter_leave_out (StormPainter *self)
{
  GPtrArray *lists[] = { self->contexts, self->stickies, self->flows };

  if (self->only == NULL)
    return;
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = lists[l]->len; i > 0; i--)
      if (!storm_painter_is_wanted (self, g_ptr_array_index (lists[l], i - 1)))
        g_ptr_array_remove_index (lists[l], i - 1);
}

static void
storm_painter_collect (StormPainter *self)
{
  StormRect seen = storm_viewport_get_visible (&self->view);
  double over = OVERHANG / self->view.zoom;
  StormLod lod;

  seen = (StormRect) { seen.x - over, seen.y - over, seen.width + 2 * over,
                       seen.height + 2 * over };
  storm_scene_collect (self->scene, STORM_OBJECT_CONTEXT, &seen, self->contexts);
  storm_scene_collect (self->scene, STORM_OBJECT_STICKY, &seen, self->stickies);
  storm_scene_collect (self->scene, STORM_OBJECT_FLOW, &seen, self->flows);
  storm_painter_leave_out (self);
  lod = self->finest ? STORM_LOD_FULL
                     : storm_lod_choose (self->view.zoom, self->stickies->len, self->flows->len);
  if (lod != self->lod)
    {
      self->lod = lod;
      self->camera++;
    }
}

static GskRenderNode *
storm_painter_make_base (StormPainter *self)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  if (self->lod == STORM_LOD_PIXELS)
    {
      storm_layer_pixels (self, snapshot);
    }
  else
    {
      graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, (float) self->view.width,
                                                (float) self->view.height);

      if (!self->finest)
        gtk_snapshot_append_color (snapshot, &self->style.paper, &all);
      if (self->grid && !self->plain)
        storm_layer_grid (self, snapshot);
      storm_layer_contexts (self, snapshot);
      storm_layer_pivotals (self, snapshot);
      storm_layer_flows (self, snapshot);
      storm_layer_cards (self, snapshot);
      storm_layer_stickies (self, snapshot);
    }
  return gtk_snapshot_free_to_node (snapshot);
}

gboolean
storm_painter_snapshot_base (StormPainter        *self,
                             GtkSnapshot         *snapshot,
                             const StormViewport *view,
                             int                  scale,
                             gboolean             cairo,
                             gint64               text_budget)
{
  g_return_val_if_fail (self->texts != NULL, TRUE);

  if (view->width < 1 || view->height < 1)
    return TRUE;

  storm_painter_show_view (self, view, scale, cairo);
  if (self->base == NULL || self->base_camera != self->camera || self->base_marks != self->marks ||
      self->base_scene != storm_scene_get_serial (self->scene))
    {
      g_clear_pointer (&self->base, gsk_render_node_unref);
      self->deadline = text_budget < 0 ? 0 : g_get_monotonic_time () + text_budget;
      self->missing = FALSE;
      self->frame++;
      storm_painter_collect (self);
      self->base = storm_painter_make_base (self);
      storm_painter_drop_pictures (self, FALSE);
      self->base_camera = self->camera;
      self->base_marks = self->marks;
      self->base_scene = storm_scene_get_serial (self->scene);
    }
  if (self->base != NULL)
    gtk_snapshot_append_node (snapshot, self->base);
  if (!self->missing)
    return TRUE;

  self->base_camera = 0;
  return FALSE;
}

gboolean
storm_painter_shows_nothing (StormPainter *self)
{
  return self->contexts->len == 0 && self->stickies->len == 0 && self->flows->len == 0;
}

GskRenderNode *
storm_painter_make_picture (StormPainter        *self,
                            const StormViewport *view)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  StormViewport before = self->view;
  int scale = self->scale;
  gboolean cairo = self->cairo, rough = self->rough;

  self->plain = TRUE;
  self->marks++;
  storm_painter_snapshot_base (self, snapshot, view, 1, TRUE, -1);
  self->plain = FALSE;
  self->marks++;
  storm_painter_show_view (self, &before, scale, cairo);
  self->rough = rough;
  return gtk_snapshot_free_to_node (snapshot);
}

void
storm_painter_hide_text (StormPainter *self,
                         StormItem    *item)
{
  self->hidden = item;
  self->marks++;
}

PangoLayout *
storm_painter_fit_text (StormPainter *self,
                        StormItem    *item,
                        const char   *text,
                        StormTextFit *out)
{
  if (item->type == STORM_OBJECT_STICKY)
    storm_sticky_fit_text (self, item, text, out);
  else if (item->type == STORM_OBJECT_FLOW)
    storm_flow_fit_text (self, item, text, out);
  else
    storm_context_fit_text (self, item, text, out);
  return storm_text_cache_copy_layout (self->texts);
}

StormPoint
storm_painter_text_point (const StormViewport *view,
                          StormItem           *item,
                          double              *out_zoom)
{
  StormRect r;

  if (item->type == STORM_OBJECT_CONTEXT)
    return storm_context_text_point (view, item, out_zoom);

  *out_zoom = view->zoom;
  if (item->type == STORM_OBJECT_FLOW)
    return storm_viewport_to_screen (view, storm_route_label_point (item->route, item->pair_place,
                                                                    item->n_pair));
  r = storm_viewport_rect_to_screen (view, &item->rect);
  return (StormPoint) { round (r.x), round (r.y) };
}
