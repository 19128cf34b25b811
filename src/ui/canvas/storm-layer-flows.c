#include "config.h"

#include "storm-painter-private.h"

#include <math.h>

#define LABEL_SIZE 11.0
#define LABEL_PAD 8.0
#define LABEL_MAX 160.0
/* Room to type in. */
#define LABEL_MIN 40.0
#define MAX_SMALL_HEAD 8

static StormShape
storm_flow_head_shape (StormSide end)
{
  switch (end)
    {
    case STORM_SIDE_LEFT:
      return STORM_SHAPE_HEAD_RIGHT;
    case STORM_SIDE_RIGHT:
      return STORM_SHAPE_HEAD_LEFT;
    case STORM_SIDE_TOP:
      return STORM_SHAPE_HEAD_DOWN;
    case STORM_SIDE_BOTTOM:
    default:
      return STORM_SHAPE_HEAD_UP;
    }
}

/* Takes @length off the end of the last run, for the head. */
static StormPoint
storm_flow_shorten (StormPoint end,
                    StormSide  side,
                    double     length)
{
  switch (side)
    {
    case STORM_SIDE_LEFT:
      return (StormPoint) { end.x - length, end.y };
    case STORM_SIDE_RIGHT:
      return (StormPoint) { end.x + length, end.y };
    case STORM_SIDE_TOP:
      return (StormPoint) { end.x, end.y - length };
    case STORM_SIDE_BOTTOM:
    default:
      return (StormPoint) { end.x, end.y + length };
    }
}

/* A small head of a few plain rectangles: by the hundreds they cost a fraction of a shape. */
static void
storm_flow_small_head (GtkSnapshot   *snapshot,
                       StormPoint     tip,
                       StormSide      side,
                       int            size,
                       const GdkRGBA *color)
{
  gboolean horizontal = side == STORM_SIDE_LEFT || side == STORM_SIDE_RIGHT;

  for (int i = 0; i < size; i += 2)
    {
      /* From the tip: two pixels deep, and wider by two each time. */
      StormPoint near = storm_flow_shorten (tip, side, i);
      StormPoint far = storm_flow_shorten (tip, side, i + 2);
      double half = 1 + i / 2.0;
      graphene_rect_t r = horizontal
        ? GRAPHENE_RECT_INIT ((float) MIN (near.x, far.x), (float) (tip.y - half), 2,
                              (float) (2 * half))
        : GRAPHENE_RECT_INIT ((float) (tip.x - half), (float) MIN (near.y, far.y),
                              (float) (2 * half), 2);

      gtk_snapshot_append_color (snapshot, color, &r);
    }
}

static void
storm_flow_head (StormPainter  *self,
                 GtkSnapshot   *snapshot,
                 StormPoint     tip,
                 StormSide      side,
                 int            size,
                 const GdkRGBA *color)
{
  StormPoint back = storm_flow_shorten (tip, side, size);
  gboolean horizontal = side == STORM_SIDE_LEFT || side == STORM_SIDE_RIGHT;
  StormPoint at = { MIN (tip.x, back.x) - (horizontal ? 0 : size / 2.0),
                    MIN (tip.y, back.y) - (horizontal ? size / 2.0 : 0) };
  g_autoptr (GskRenderNode) node = NULL;

  if (size <= MAX_SMALL_HEAD)
    {
      storm_flow_small_head (snapshot, tip, side, size, color);
      return;
    }
  node = storm_painter_place (self, storm_painter_get_shape (self, storm_flow_head_shape (side),
                                                             size, color), at, 1);
  gtk_snapshot_append_node (snapshot, node);
}

void
storm_layer_route (StormPainter     *self,
                   GtkSnapshot      *snapshot,
                   const StormRoute *route,
                   const GdkRGBA    *color,
                   double            width,
                   gboolean          head)
{
  StormPoint p[STORM_ROUTE_MAX_POINTS];
  /* Even, so that the line meets the head's middle on whole pixels. */
  int size = 2 * (int) round (CLAMP (5.5 * sqrt (self->view.zoom) + width / 2, 4, 12));
  double w = MAX (1, round (width));

  if (route->n < 2)
    return;
  for (guint i = 0; i < route->n; i++)
    {
      p[i] = storm_viewport_to_screen (&self->view, route->points[i]);
      p[i] = (StormPoint) { round (p[i].x), round (p[i].y) };
    }
  if (head)
    {
      storm_flow_head (self, snapshot, p[route->n - 1], route->end, size, color);
      p[route->n - 1] = storm_flow_shorten (p[route->n - 1], route->end, size - 1);
    }
  for (guint i = 1; i < route->n; i++)
    {
      StormPoint a = p[i - 1], b = p[i];
      gboolean bend = i < route->n - 1;
      double half = floor (w / 2);
      graphene_rect_t r;

      /* Each run reaches to the outside of its bend. */
      if (a.y == b.y)
        r = GRAPHENE_RECT_INIT ((float) (MIN (a.x, b.x) - (bend || i > 1 ? half : 0)),
                                (float) (a.y - half),
                                (float) (fabs (b.x - a.x) + (bend || i > 1 ? w : 0)), (float) w);
      else
        r = GRAPHENE_RECT_INIT ((float) (a.x - half),
                                (float) (MIN (a.y, b.y) - (bend || i > 1 ? half : 0)), (float) w,
                                (float) (fabs (b.y - a.y) + (bend || i > 1 ? w : 0)));
      gtk_snapshot_append_color (snapshot, color, &r);
    }
}

static GskRenderNode *
storm_flow_make_label (StormPainter *self,
                       const char   *text)
{
  g_autoptr (GskRenderNode) line = NULL;
  g_autoptr (GskRenderNode) placed = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRoundedRect outline;
  double w, h;

  line = storm_text_cache_make_line (self->texts, text, LABEL_SIZE, PANGO_WEIGHT_NORMAL, LABEL_MAX,
                                     &self->style.text, &w, &h);
  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT ((float) (-w / 2 - LABEL_PAD),
                                                        (float) (-h / 2 - 2),
                                                        (float) (w + 2 * LABEL_PAD),
                                                        (float) (h + 4)), (float) (h / 2 + 2));
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &self->style.pill, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  if (line != NULL)
    {
      placed = storm_painter_place (self, line, (StormPoint) { -w / 2, -h / 2 }, 1);
      gtk_snapshot_append_node (snapshot, placed);
    }
  return gtk_snapshot_free_to_node (snapshot);
}

void
storm_flow_fit_text (StormPainter *self,
                     StormItem    *item,
                     const char   *text,
                     StormTextFit *out)
{
  double w, h;

  storm_text_cache_measure (self->texts, text, LABEL_SIZE, PANGO_WEIGHT_NORMAL, LABEL_MAX,
                            PANGO_ALIGN_CENTER, &w, &h);
  w = MAX (w, LABEL_MIN);
  out->size = LABEL_SIZE;
  out->frame = GRAPHENE_RECT_INIT ((float) (-w / 2 - LABEL_PAD), (float) (-h / 2 - 2),
                                   (float) (w + 2 * LABEL_PAD), (float) (h + 4));
  out->room = GRAPHENE_RECT_INIT (-LABEL_MAX / 2, (float) (-h / 2), LABEL_MAX, (float) (h + 2));
}

static void
storm_flow_label (StormPainter *self,
                  GtkSnapshot  *snapshot,
                  StormItem    *item)
{
  StormPaint *paint = storm_item_get_paint (item);
  const char *text = storm_flow_get_label (STORM_FLOW (item->object));
  g_autoptr (GskRenderNode) placed = NULL;

  if (*text == '\0')
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
                                  storm_route_label_point (&item->route)),
                                self->view.zoom);
  gtk_snapshot_append_node (snapshot, placed);
}

static GskRenderNode *
storm_flow_make (StormPainter *self,
                 StormItem    *item,
                 StormMarks    marks)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  double width = CLAMP (2 * self->view.zoom + .2, 1, 4);
  GdkRGBA color = self->style.flow;

  if ((marks & STORM_MARK_LIT) != 0)
    {
      color = self->style.lit;
      width = MAX (2, width * 1.75);
    }
  else if ((marks & STORM_MARK_DIM) != 0)
    {
      color = storm_style_mix (&color, &self->style.paper, self->style.dim.alpha);
    }
  storm_layer_route (self, snapshot, &item->route, &color, width,
                     storm_lod_has_heads (self->lod, self->view.zoom));
  if (self->lod <= STORM_LOD_TEXT && (marks & STORM_MARK_EDITED) == 0)
    storm_flow_label (self, snapshot, item);
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
