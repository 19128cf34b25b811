#include "config.h"

#include "storm-snapshot-sink.h"

#include <math.h>

#define RADIUS ((float) STORM_STICKY_RADIUS)
#define LIT_WIDTH 3.f
#define HALO 2.0
/* Pixels of a corner; below it nobody sees that it is round. */
#define FLAT_RADIUS 3.f

static StormStickyLook
storm_sticky_look (StormItem *item)
{
  StormSticky *sticky = STORM_STICKY (item->object);

  return (StormStickyLook) { item->kind, item->rect.width, item->rect.height,
                             storm_sticky_get_title (sticky), storm_sticky_get_fields (sticky),
                             item->pivotal };
}

GskRenderNode *
storm_sticky_kind_label (StormPainter *self,
                         StormItem    *item)
{
  StormStickyLook look = storm_sticky_look (item);
  StormKind kind = item->kind;

  if (self->kind_labels[kind] == NULL)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();
      StormSnapshotSink sink;
      StormDraw draw = storm_snapshot_sink_init (&sink, self, snapshot);

      self->kind_widths[kind] = storm_draw_kind (&draw, kind, (StormPoint) { 0, 0 });
      self->kind_labels[kind] = gtk_snapshot_free_to_node (snapshot);
    }
  return storm_sticky_look_has_kind (&look, self->kind_widths[kind]) ? self->kind_labels[kind]
                                                                     : NULL;
}

void
storm_sticky_fit_text (StormPainter *self,
                       StormItem    *item,
                       const char   *text,
                       StormTextFit *out)
{
  StormTextFitter *fitter = storm_text_cache_get_fitter (self->texts);
  StormStickyLook look = storm_sticky_look (item);
  StormRect box;
  StormPoint at;

  storm_sticky_look_fit_title (&look, fitter, text, &box, &at);
  out->size = storm_text_fitter_get_size (fitter);
  out->frame = GRAPHENE_RECT_INIT (0, 0, (float) item->rect.width, (float) item->rect.height);
  out->room = GRAPHENE_RECT_INIT ((float) at.x, (float) at.y, (float) box.width,
                                  (float) (box.height - (at.y - box.y)));
}

/* Title and fields, in board units from the sticky's corner. */
static void
storm_sticky_update_text (StormPainter *self,
                          StormItem    *item,
                          StormPaint   *paint)
{
  StormStickyLook look = storm_sticky_look (item);
  GtkSnapshot *snapshot;
  StormSnapshotSink sink;
  StormDraw draw;

  if (paint->text_serial == item->text_serial && paint->text_generation == self->generation)
    return;
  if (!storm_painter_may_lay_out (self))
    return;

  snapshot = gtk_snapshot_new ();
  draw = storm_snapshot_sink_init (&sink, self, snapshot);
  storm_draw_sticky_text (&draw, &look, (StormPoint) { 0, 0 });
  g_clear_pointer (&paint->text, gsk_render_node_unref);
  paint->text = gtk_snapshot_free_to_node (snapshot);
  paint->text_serial = item->text_serial;
  paint->text_generation = self->generation;
}

/* In one piece: what is translucent must not lie on itself. */
static void
storm_append_dim (StormPainter *self,
                  GtkSnapshot  *snapshot,
                  StormItem    *item)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT (0, 0, (float) item->rect.width,
                                                        (float) item->rect.height), RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &self->style.dim, &outline.bounds);
  gtk_snapshot_pop (snapshot);
}

static GskRenderNode *
storm_sticky_make_body (StormPainter *self,
                        StormItem    *item,
                        StormPaint   *paint,
                        StormMarks    marks,
                        StormLod      lod)
{
  const StormPoint corner = { 0, 0 };
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  StormStickyLook look = storm_sticky_look (item);
  StormSnapshotSink sink;
  StormDraw draw = storm_snapshot_sink_init (&sink, self, snapshot);

  storm_draw_sticky_body (&draw, &look, corner, lod == STORM_LOD_FULL);
  if (lod == STORM_LOD_FULL)
    {
      GskRenderNode *label = storm_sticky_kind_label (self, item);

      if (label != NULL)
        {
          g_autoptr (GskRenderNode) placed =
            storm_painter_place (self, label, (StormPoint) { STORM_KIND_X, STORM_KIND_Y }, 1);

          gtk_snapshot_append_node (snapshot, placed);
        }
    }
  /* While the title is in the editor, the fields stay. */
  if (lod <= STORM_LOD_TEXT && (marks & STORM_MARK_EDITED) != 0)
    storm_draw_sticky_fields (&draw, &look, corner);
  else if (lod <= STORM_LOD_TEXT && paint->text != NULL)
    gtk_snapshot_append_node (snapshot, paint->text);
  if ((marks & STORM_MARK_DIM) != 0)
    storm_append_dim (self, snapshot, item);
  return gtk_snapshot_free_to_node (snapshot);
}

static void
storm_sticky_update_body (StormPainter *self,
                          StormItem    *item,
                          StormPaint   *paint,
                          StormMarks    marks)
{
  guint look = self->lod | (guint) marks << 8;
  gboolean has_text;

  if (self->lod <= STORM_LOD_TEXT)
    storm_sticky_update_text (self, item, paint);
  has_text = paint->text_serial == item->text_serial && paint->text_generation == self->generation;
  if (paint->body != NULL && paint->body_look == look && paint->body_serial == item->text_serial &&
      paint->body_generation == self->generation && paint->body_has_text == has_text)
    return;

  g_clear_pointer (&paint->body, gsk_render_node_unref);
  paint->body = storm_sticky_make_body (self, item, paint, marks, self->lod);
  paint->body_look = look;
  paint->body_serial = item->text_serial;
  paint->body_generation = self->generation;
  paint->body_has_text = has_text;
}

static void
storm_append_outline (GtkSnapshot     *snapshot,
                      const StormRect *r,
                      float            radius,
                      float            width,
                      const GdkRGBA   *c)
{
  graphene_rect_t bounds = storm_to_graphene (r);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &bounds, radius);
  gtk_snapshot_append_border (snapshot, &outline, (const float[]) { width, width, width, width },
                              (const GdkRGBA[]) { *c, *c, *c, *c });
}

/* The body under its own transform, with the outlines that don't grow with the zoom. */
static GskRenderNode *
storm_sticky_make_placed (StormPainter *self,
                          StormItem    *item,
                          StormPaint   *paint,
                          StormMarks    marks)
{
  StormRect r = storm_viewport_rect_to_screen (&self->view, &item->rect);
  GtkSnapshot *snapshot;
  g_autoptr (GskRenderNode) body = NULL;
  float radius = RADIUS * (float) self->view.zoom;

  r.x = round (r.x);
  r.y = round (r.y);
  body = storm_painter_place (self, paint->body, (StormPoint) { r.x, r.y }, self->view.zoom);
  if ((marks & STORM_MARK_LIT) == 0 && !self->style.high_contrast)
    return g_steal_pointer (&body);

  snapshot = gtk_snapshot_new ();
  gtk_snapshot_append_node (snapshot, body);
  if ((marks & STORM_MARK_LIT) != 0)
    storm_append_outline (snapshot, &r, radius, self->lod == STORM_LOD_FULL ? LIT_WIDTH : 2,
                          &self->style.lit);
  else if (self->style.high_contrast)
    storm_append_outline (snapshot, &r, radius, 1, &self->style.text);
  return gtk_snapshot_free_to_node (snapshot);
}

/* The coarse levels: flat rectangles (nobody sees a round corner of one pixel), with a rim for what
 * is lit or selected. */
static GskRenderNode *
storm_sticky_make_rect (StormPainter *self,
                        StormItem    *item,
                        StormMarks    marks)
{
  StormRect r = storm_viewport_rect_to_screen (&self->view, &item->rect);
  graphene_rect_t rect, rim;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GdkRGBA fill;

  rect = GRAPHENE_RECT_INIT ((float) round (r.x), (float) round (r.y),
                             (float) MAX (round (r.width), 1), (float) MAX (round (r.height), 1));
  rim = rect;
  graphene_rect_inset (&rim, -HALO, -HALO);
  storm_style_get_fill (&self->style, item->kind, &fill);
  if ((marks & STORM_MARK_DIM) != 0)
    fill = storm_style_mix (&fill, &self->style.paper, self->style.dim.alpha);
  if ((marks & STORM_MARK_SELECTED) != 0)
    gtk_snapshot_append_color (snapshot, &self->style.accent, &rim);
  else if ((marks & STORM_MARK_LIT) != 0)
    gtk_snapshot_append_color (snapshot, &self->style.lit, &rim);
  gtk_snapshot_append_color (snapshot, &fill, &rect);
  return gtk_snapshot_free_to_node (snapshot);
}

/* Where texts are pictures: all in pixels, without any transform, so that the renderer draws many
 * stickies at once. */
static GskRenderNode *
storm_sticky_make_flat (StormPainter *self,
                        StormItem    *item,
                        StormMarks    marks)
{
  StormRect r = storm_viewport_rect_to_screen (&self->view, &item->rect);
  float x = (float) round (r.x), y = (float) round (r.y);
  float w = (float) round (r.width), h = (float) round (r.height);
  float radius = RADIUS * (float) self->view.zoom;
  gboolean full = self->lod == STORM_LOD_FULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GdkRGBA fill;

  r = (StormRect) { x, y, w, h };
  storm_style_get_fill (&self->style, item->kind, &fill);
  if ((marks & STORM_MARK_DIM) != 0)
    fill = storm_style_mix (&fill, &self->style.paper, self->style.dim.alpha);
  if (radius >= FLAT_RADIUS)
    {
      StormSnapshotSink sink;
      StormDraw draw = storm_snapshot_sink_init (&sink, self, snapshot);

      storm_draw_body (&draw, &r, self->view.zoom,
                       (StormRgba) { fill.red, fill.green, fill.blue, fill.alpha }, full);
      if (item->pivotal)
        storm_draw_sticky_frame (&draw, item->kind, &r, self->view.zoom);
    }
  else
    {
      /* So small a corner is one pixel. */
      gtk_snapshot_append_color (snapshot, &fill, &GRAPHENE_RECT_INIT (x + 1, y, w - 2, h));
      gtk_snapshot_append_color (snapshot, &fill, &GRAPHENE_RECT_INIT (x, y + 1, 1, h - 2));
      gtk_snapshot_append_color (snapshot, &fill, &GRAPHENE_RECT_INIT (x + w - 1, y + 1, 1, h - 2));
      if (full)
        gtk_snapshot_append_color (snapshot, &self->style.shadow,
                                   &GRAPHENE_RECT_INIT (x + 1, y + h, w - 2, 1));
    }
  if ((marks & STORM_MARK_LIT) != 0)
    storm_append_outline (snapshot, &r, radius, full ? LIT_WIDTH : 2, &self->style.lit);
  else if (self->style.high_contrast)
    storm_append_outline (snapshot, &r, radius, 1, &self->style.text);
  return gtk_snapshot_free_to_node (snapshot);
}

static void
storm_sticky_update_placed (StormPainter *self,
                            StormItem    *item,
                            StormPaint   *paint,
                            StormMarks    marks)
{
  gboolean fine = self->lod < STORM_LOD_BODY;

  if (fine && self->pictures)
    {
      storm_sticky_update_text (self, item, paint);
      storm_sticky_update_picture (self, paint);
    }
  else if (fine)
    {
      storm_sticky_update_body (self, item, paint, marks);
    }
  if (paint->placed != NULL && paint->placed_camera == self->camera &&
      paint->placed_serial == item->place_serial && paint->placed_marks == marks &&
      (!fine || (paint->placed_body == paint->body &&
                 paint->placed_picture == paint->picture.node)))
    return;

  g_clear_pointer (&paint->placed, gsk_render_node_unref);
  g_clear_pointer (&paint->words, gsk_render_node_unref);
  if (fine && self->pictures)
    {
      paint->placed = storm_sticky_make_flat (self, item, marks);
      paint->words = storm_sticky_make_words (self, item, paint, marks);
    }
  else if (fine)
    {
      paint->placed = storm_sticky_make_placed (self, item, paint, marks);
    }
  else
    {
      paint->placed = storm_sticky_make_rect (self, item, marks);
    }
  paint->placed_body = paint->body;
  paint->placed_picture = paint->picture.node;
  paint->placed_camera = self->camera;
  paint->placed_serial = item->place_serial;
  paint->placed_marks = marks;
}

void
storm_layer_stickies (StormPainter *self,
                      GtkSnapshot  *snapshot)
{
  guint first = 0;
  gboolean apart = self->pictures && self->lod < STORM_LOD_BODY;

  memset (self->covered, 0, sizeof self->covered);
  for (guint i = 0; i < self->stickies->len; i++)
    {
      StormItem *item = g_ptr_array_index (self->stickies, i);
      StormPaint *paint = storm_item_get_paint (item);

      storm_sticky_update_placed (self, item, paint, storm_painter_get_marks (self, item));
      if (apart && storm_layer_covers (self, item))
        {
          storm_layer_flush_words (self, snapshot, &first, i);
          storm_layer_covers (self, item);
        }
      if (paint->placed != NULL)
        gtk_snapshot_append_node (snapshot, paint->placed);
    }
  storm_layer_flush_words (self, snapshot, &first, self->stickies->len);
}
