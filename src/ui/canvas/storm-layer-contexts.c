#include "config.h"

#include "storm-painter-private.h"

#include <math.h>

#define RADIUS 8
#define DASH 6.0
#define GAP 4.0
#define TITLE_SIZE 13.0
#define TITLE_X 12.0
#define TITLE_Y 8.0
/* Titles stay readable when stickies' are not any more. */
#define TITLE_MIN_ZOOM .85
/* With more frames than this in view the dashes would be too many nodes. */
#define MAX_DASHED 16

static void
storm_dashes (GtkSnapshot   *snapshot,
              const GdkRGBA *color,
              gboolean       horizontal,
              double         from,
              double         to,
              double         across,
              double         seen)
{
  double start = from;

  /* Only what is in view; whole periods, so that dashes don't crawl. */
  if (start < -DASH)
    start += floor (-start / (DASH + GAP)) * (DASH + GAP);
  for (double at = start; at < MIN (to, seen); at += DASH + GAP)
    {
      double length = MIN (DASH, to - at);
      graphene_rect_t r = horizontal
        ? GRAPHENE_RECT_INIT ((float) at, (float) across, (float) length, 1)
        : GRAPHENE_RECT_INIT ((float) across, (float) at, 1, (float) length);

      gtk_snapshot_append_color (snapshot, color, &r);
    }
}

static void
storm_context_dashed (StormPainter    *self,
                      GtkSnapshot     *snapshot,
                      const StormRect *r)
{
  const GdkRGBA *color = &self->style.frame;
  double right = r->x + r->width - 1, bottom = r->y + r->height - 1;

  for (guint i = 0; i < 4; i++)
    {
      StormPoint at = { i % 2 == 0 ? r->x : r->x + r->width - RADIUS,
                        i < 2 ? r->y : r->y + r->height - RADIUS };
      g_autoptr (GskRenderNode) arc = NULL;

      if (at.x < -RADIUS || at.y < -RADIUS || at.x > self->view.width || at.y > self->view.height)
        continue;
      arc = storm_painter_place (self, storm_painter_get_shape (self,
                                   STORM_SHAPE_ARC_TOP_LEFT + i, RADIUS, color), at, 1);
      gtk_snapshot_append_node (snapshot, arc);
    }
  for (guint i = 0; i < 2; i++)
    {
      double y = i == 0 ? r->y : bottom, x = i == 0 ? r->x : right;

      if (y >= -1 && y <= self->view.height)
        storm_dashes (snapshot, color, TRUE, r->x + RADIUS + GAP, r->x + r->width - RADIUS, y,
                      self->view.width);
      if (x >= -1 && x <= self->view.width)
        storm_dashes (snapshot, color, FALSE, r->y + RADIUS + GAP, r->y + r->height - RADIUS, x,
                      self->view.height);
    }
}

static void
storm_context_solid (StormPainter    *self,
                     GtkSnapshot     *snapshot,
                     const StormRect *r)
{
  const GdkRGBA *c = &self->style.frame;
  graphene_rect_t rect = storm_to_graphene (r);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &rect,
                                   (float) MIN (RADIUS, MIN (r->width, r->height) / 2));
  gtk_snapshot_append_border (snapshot, &outline, (const float[]) { 1, 1, 1, 1 },
                              (const GdkRGBA[]) { *c, *c, *c, *c });
}

void
storm_context_fit_text (StormPainter *self,
                        StormItem    *item,
                        const char   *text,
                        StormTextFit *out)
{
  double w, h, max_width = CLAMP (item->rect.width - 2 * TITLE_X, 60, 400);

  storm_text_cache_measure (self->texts, text, TITLE_SIZE, PANGO_WEIGHT_BOLD, max_width,
                            PANGO_ALIGN_LEFT, &w, &h);
  w = MAX (w, 60);
  out->size = TITLE_SIZE;
  out->frame = GRAPHENE_RECT_INIT (-6, -3, (float) (w + 12), (float) (h + 6));
  out->room = GRAPHENE_RECT_INIT (0, 0, (float) max_width, (float) (h + 3));
}

StormPoint
storm_context_text_point (const StormViewport *view,
                          StormItem           *item,
                          double              *out_zoom)
{
  StormRect r = storm_viewport_rect_to_screen (view, &item->rect);
  double pad = MAX (view->zoom, .5);

  *out_zoom = MAX (view->zoom, TITLE_MIN_ZOOM);
  return (StormPoint) { round (round (r.x) + TITLE_X * pad), round (round (r.y) + TITLE_Y * pad) };
}

static void
storm_context_title (StormPainter    *self,
                     GtkSnapshot     *snapshot,
                     StormItem       *item,
                     const StormRect *r)
{
  StormPaint *paint = storm_item_get_paint (item);
  const char *title = storm_context_get_title (STORM_CONTEXT (item->object));
  g_autoptr (GskRenderNode) placed = NULL;
  StormPoint at;
  double zoom;

  if (*title == '\0' || (item == self->hidden && !self->plain))
    return;
  if (paint->text == NULL || paint->text_serial != item->text_serial ||
      paint->text_generation != self->generation)
    {
      if (!storm_painter_may_lay_out (self))
        return;
      g_clear_pointer (&paint->text, gsk_render_node_unref);
      paint->text = storm_text_cache_make_line (self->texts, title, TITLE_SIZE, PANGO_WEIGHT_BOLD,
                                                MAX (item->rect.width - 2 * TITLE_X, 10),
                                                &self->style.faint_text, &paint->text_width,
                                                &paint->text_height);
      paint->text_serial = item->text_serial;
      paint->text_generation = self->generation;
    }
  at = storm_context_text_point (&self->view, item, &zoom);
  /* Held above its natural size it may not fit any more. */
  if (paint->text == NULL || paint->text_width * zoom > r->width - 8 ||
      paint->text_height * zoom > r->height)
    return;

  placed = storm_painter_place (self, paint->text, at, zoom);
  gtk_snapshot_append_node (snapshot, placed);
}

void
storm_layer_contexts (StormPainter *self,
                      GtkSnapshot  *snapshot)
{
  gboolean dashed = self->contexts->len <= MAX_DASHED && self->lod < STORM_LOD_RECT;
  guint n = MIN (self->contexts->len, STORM_NODE_CEILING / 20);

  for (guint i = 0; i < n; i++)
    {
      StormItem *item = g_ptr_array_index (self->contexts, i);
      StormRect r = storm_viewport_rect_to_screen (&self->view, &item->rect);

      r = (StormRect) { round (r.x), round (r.y), round (r.width), round (r.height) };
      if (dashed && r.width > 4 * RADIUS && r.height > 4 * RADIUS)
        storm_context_dashed (self, snapshot, &r);
      else
        storm_context_solid (self, snapshot, &r);
      storm_context_title (self, snapshot, item, &r);
    }
}
