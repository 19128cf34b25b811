#include "config.h"

#include "storm-snapshot-sink.h"

#include <math.h>

/* Room to type in. */
#define LABEL_MIN 40.0

void
storm_layer_route (StormPainter     *self,
                   GtkSnapshot      *snapshot,
                   const StormRoute *route,
                   const GdkRGBA    *color,
                   double            width,
                   gboolean          head)
{
  StormRgba rgba = { color->red, color->green, color->blue, color->alpha };
  StormPoint p[STORM_ROUTE_MAX_POINTS];
  StormSnapshotSink sink;
  StormDraw draw = storm_snapshot_sink_init (&sink, self, snapshot);

  for (guint i = 0; i < route->n; i++)
    {
      p[i] = storm_viewport_to_screen (&self->view, route->points[i]);
      p[i] = (StormPoint) { round (p[i].x), round (p[i].y) };
    }
  storm_draw_flow (&draw, p, route->n, route->end, rgba, width,
                   head ? storm_draw_head_size (self->view.zoom, width) : 0);
}

static GskRenderNode *
storm_flow_make_label (StormPainter *self,
                       const char   *text)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  StormSnapshotSink sink;
  StormDraw draw = storm_snapshot_sink_init (&sink, self, snapshot);

  storm_draw_flow_label (&draw, text, (StormPoint) { 0, 0 });
  return gtk_snapshot_free_to_node (snapshot);
}

void
storm_flow_fit_text (StormPainter *self,
                     StormItem    *item,
                     const char   *text,
                     StormTextFit *out)
{
  double w, h;

  storm_text_cache_measure (self->texts, text, STORM_LABEL_SIZE, PANGO_WEIGHT_NORMAL,
                            STORM_LABEL_MAX, PANGO_ALIGN_CENTER, &w, &h);
  w = MAX (w, LABEL_MIN);
  out->size = STORM_LABEL_SIZE;
  out->frame = GRAPHENE_RECT_INIT ((float) (-w / 2 - STORM_LABEL_PAD),
                                   (float) (-h / 2 - STORM_LABEL_RIM),
                                   (float) (w + 2 * STORM_LABEL_PAD),
                                   (float) (h + 2 * STORM_LABEL_RIM));
  out->room = GRAPHENE_RECT_INIT (-STORM_LABEL_MAX / 2, (float) (-h / 2), STORM_LABEL_MAX,
                                  (float) (h + 2));
}

void
storm_layer_flow_label (StormPainter *self,
                        GtkSnapshot  *snapshot,
                        StormItem    *item)
{
  StormPaint *paint = storm_item_get_paint (item);
  /* Of several in one line the words of one would be said of all. */
  const char *text = item->n_merged > 1 ? "" : storm_flow_get_label (STORM_FLOW (item->object));
  g_autoptr (GskRenderNode) placed = NULL;

  if (*text == '\0' || self->lod > STORM_LOD_TEXT ||
      (item == self->hidden && !self->plain))
    return;
  if (paint->text == NULL || paint->text_serial != item->text_serial ||
      paint->text_generation != self->generation)
    {
      if (!storm_painter_may_lay_out (self))
        return;
      g_clear_pointer (&paint->text, gsk_render_node_unref);
      paint->text = storm_flow_make_label (self, text);
      paint->text_serial = item->text_serial;
      paint->text_generation = self->generation;
    }
  placed = storm_painter_place (self, paint->text,
                                storm_viewport_to_screen (&self->view,
                                  storm_route_label_point (item->route, item->pair_place,
                                                           item->n_pair)),
                                self->view.zoom);
  gtk_snapshot_append_node (snapshot, placed);
}

static GskRenderNode *
storm_flow_make (StormPainter *self,
                 StormItem    *item,
                 StormMarks    marks)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  double width = storm_draw_flow_width (self->view.zoom);
  GdkRGBA color = self->style.flow;
  guint heat = (marks & STORM_MARK_HEAT) >> STORM_MARK_HEAT_SHIFT;

  if (heat > 0)
    {
      color = storm_style_rgba (self->style.colors.heat[heat - 1]);
      width = storm_draw_heat_width (width, heat);
      if ((marks & STORM_MARK_DIM) != 0)
        color = storm_style_mix (&color, &self->style.paper, self->style.dim.alpha);
    }
  else if ((marks & STORM_MARK_LIT) != 0)
    {
      color = self->style.lit;
      width = MAX (2, width * 1.75);
    }
  else if ((marks & STORM_MARK_DIM) != 0)
    {
      color = storm_style_mix (&color, &self->style.paper, self->style.dim.alpha);
    }
  storm_layer_route (self, snapshot, item->route, &color, width,
                     storm_lod_has_heads (self->lod, self->view.zoom));
  storm_layer_flow_label (self, snapshot, item);
  return gtk_snapshot_free_to_node (snapshot);
}

static void
storm_layer_flow (StormPainter *self,
                  GtkSnapshot  *snapshot,
                  StormItem    *item,
                  StormMarks    marks)
{
  StormPaint *paint = storm_item_get_paint (item);

  if (paint->placed == NULL || paint->placed_camera != self->camera ||
      paint->placed_serial != item->place_serial || paint->placed_marks != marks)
    {
      gboolean missing = self->missing;

      g_clear_pointer (&paint->placed, gsk_render_node_unref);
      self->missing = FALSE;
      paint->placed = storm_flow_make (self, item, marks);
      /* Without its label it is made again in the next frame. */
      paint->placed_camera = self->missing ? 0 : self->camera;
      paint->placed_serial = item->place_serial;
      paint->placed_marks = marks;
      self->missing |= missing;
    }
  if (paint->placed != NULL)
    gtk_snapshot_append_node (snapshot, paint->placed);
}

void
storm_layer_flows (StormPainter *self,
                   GtkSnapshot  *snapshot)
{
  gboolean key = self->overlay != NULL && storm_overlay_has_key (self->overlay);

  for (guint i = 0; i < self->flows->len; i++)
    {
      StormItem *item = g_ptr_array_index (self->flows, i);
      StormMarks marks = storm_painter_get_marks (self, item);

      if ((marks & STORM_MARK_LIT) == 0)
        storm_layer_flow (self, snapshot, item, marks);
    }
  /* The lit path lies above the others. */
  for (guint i = 0; key && i < self->flows->len; i++)
    {
      StormItem *item = g_ptr_array_index (self->flows, i);
      StormMarks marks = storm_painter_get_marks (self, item);

      if ((marks & STORM_MARK_LIT) != 0)
        storm_layer_flow (self, snapshot, item, marks);
    }
}
