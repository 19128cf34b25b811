#include "config.h"

#include "storm-snapshot-sink.h"

#include <math.h>

/* Titles stay readable when stickies' are not any more. */
#define TITLE_MIN_ZOOM .85
/* Smaller than this nobody reads it. */
#define TITLE_LEAST_ZOOM .45
/* Of the frame’s width, on both sides of the title. */
#define TITLE_ROOM 14
/* With more frames than this in view the dashes would be too many nodes. */
#define MAX_DASHED 16

static gboolean
storm_item_is_lane (StormItem *item)
{
  return item->card == NULL &&
         storm_context_get_kind (STORM_CONTEXT (item->object)) == STORM_CONTEXT_SWIMLANE;
}

/* From the lane's corner, as those of a sticky from its. */
static void
storm_lane_fit_text (StormPainter *self,
                     StormItem    *item,
                     const char   *text,
                     StormTextFit *out)
{
  StormDraw draw = { &self->style.colors, storm_text_cache_get_fitter (self->texts), { 0 } };
  StormRect box = { 0, 0, 60, 20 };
  StormPoint at = { 0, 0 };

  if (!storm_draw_fit_lane_title (&draw, item->rect.width, item->rect.height, text, &box, &at))
    storm_text_fitter_line (draw.fit, text, STORM_CONTEXT_TITLE_SIZE, PANGO_WEIGHT_BOLD, 60, NULL,
                            NULL);
  out->size = storm_text_fitter_get_size (draw.fit);
  out->frame = GRAPHENE_RECT_INIT ((float) box.x, (float) box.y, (float) box.width,
                                   (float) box.height);
  out->room = GRAPHENE_RECT_INIT ((float) at.x, (float) at.y, (float) box.width,
                                  (float) (box.height - (at.y - box.y)));
}

void
storm_context_fit_text (StormPainter *self,
                        StormItem    *item,
                        const char   *text,
                        StormTextFit *out)
{
  double w, h, max_width = CLAMP (item->rect.width - 2 * STORM_CONTEXT_TITLE_X, 60, 400);

  if (storm_item_is_lane (item))
    {
      storm_lane_fit_text (self, item, text, out);
      return;
    }
  storm_text_cache_measure (self->texts, text, STORM_CONTEXT_TITLE_SIZE, PANGO_WEIGHT_BOLD,
                            max_width, PANGO_ALIGN_LEFT, &w, &h);
  w = MAX (w, 60);
  out->size = STORM_CONTEXT_TITLE_SIZE;
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

  if (item->card != NULL || storm_item_is_lane (item))
    {
      *out_zoom = view->zoom;
      pad = item->card != NULL ? view->zoom : 0;
      return (StormPoint) { round (r.x) + STORM_CARD_TITLE_X * pad,
                            round (r.y) + STORM_CARD_TITLE_Y * pad };
    }
  *out_zoom = MAX (view->zoom, TITLE_MIN_ZOOM);
  return (StormPoint) { round (round (r.x) + STORM_CONTEXT_TITLE_X * pad),
                        round (round (r.y) + STORM_CONTEXT_TITLE_Y * pad) };
}

static void
storm_context_make_title (StormPainter *self,
                          StormItem    *item,
                          const char   *title,
                          StormPaint   *paint)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  StormSnapshotSink sink;
  StormDraw draw = storm_snapshot_sink_init (&sink, self, snapshot);
  StormPoint at = { 0, 0 };
  StormRect box;

  if (storm_item_is_lane (item))
    {
      paint->text_width = paint->text_height = 0;
      if (storm_draw_fit_lane_title (&draw, item->rect.width, item->rect.height, title, &box, &at))
        storm_draw_fitted (&draw, at, self->style.colors.text);
    }
  else
    {
      storm_draw_fit_context_title (&draw, item->rect.width, title, &paint->text_width,
                                    &paint->text_height);
      storm_draw_fitted (&draw, at, self->style.colors.faint_text);
    }
  g_clear_pointer (&paint->text, gsk_render_node_unref);
  paint->text = gtk_snapshot_free_to_node (snapshot);
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
      storm_context_make_title (self, item, title, paint);
      paint->text_serial = item->text_serial;
      paint->text_generation = self->generation;
    }
  at = storm_context_text_point (&self->view, item, &zoom);
  /* Held above its natural size it may not fit any more: then only as far as it does. */
  if (!storm_item_is_lane (item) && paint->text_width > 0)
    zoom = MAX (MIN (zoom, (r->width - TITLE_ROOM) / paint->text_width),
                MIN (zoom, TITLE_LEAST_ZOOM));
  if (paint->text == NULL || paint->text_width * zoom > r->width - TITLE_ROOM ||
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
  StormSnapshotSink sink;
  StormDraw draw = storm_snapshot_sink_init (&sink, self, snapshot);

  for (guint i = 0; i < n; i++)
    {
      StormItem *item = g_ptr_array_index (self->contexts, i);
      StormRect r = storm_viewport_rect_to_screen (&self->view, &item->rect);

      r = (StormRect) { round (r.x), round (r.y), round (r.width), round (r.height) };
      if (item->card != NULL)
        continue;
      if (storm_item_is_lane (item))
        storm_draw_lane (&draw, &r, self->view.zoom);
      else
        storm_draw_context_frame (&draw, &r, dashed);
      storm_context_title (self, snapshot, item, &r);
    }
}
