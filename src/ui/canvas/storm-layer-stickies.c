#include "config.h"

#include "storm-painter-private.h"

#include <math.h>

#define RADIUS 5.f
#define KIND_SIZE 10.0
#define TITLE_TOP 22.f
#define TITLE_PAD 8.f
#define FIELD_SIZE 10.0
#define FIELD_LINE 14.0
#define MAX_FIELDS 8
/* A sticky that is so high has room for its fields below the title. */
#define FIELDS_MIN_HEIGHT 150.0
#define LIT_WIDTH 3.f
#define HALO 2.0
/* Pixels of a corner; below it nobody sees that it is round. */
#define FLAT_RADIUS 3.f

GskRenderNode *
storm_sticky_kind_label (StormPainter *self,
                         StormItem    *item)
{
  StormKind kind = item->kind;

  if (self->kind_labels[kind] == NULL)
    {
      GdkRGBA ink;

      storm_style_get_ink (&self->style, kind, &ink);
      ink.alpha = self->style.high_contrast ? 1 : .8f;
      self->kind_labels[kind] =
        storm_text_cache_make_line (self->texts, storm_kind_name (kind), KIND_SIZE,
                                    PANGO_WEIGHT_NORMAL, 0, &ink, &self->kind_widths[kind], NULL);
    }
  if (self->kind_widths[kind] + 2 * STORM_KIND_X > item->rect.width || item->rect.height < 2 * TITLE_TOP)
    return NULL;
  return self->kind_labels[kind];
}

static guint
storm_sticky_n_fields (StormItem *item)
{
  GPtrArray *fields = storm_sticky_get_fields (STORM_STICKY (item->object));
  double room = item->rect.height - TITLE_TOP - 50;

  if (fields == NULL || item->rect.height < FIELDS_MIN_HEIGHT)
    return 0;
  return MIN (MIN (fields->len, MAX_FIELDS), (guint) MAX (room / FIELD_LINE, 0));
}

static void
storm_sticky_append_fields (StormPainter  *self,
                            GtkSnapshot   *snapshot,
                            StormItem     *item,
                            guint          n,
                            const GdkRGBA *ink)
{
  GPtrArray *fields = storm_sticky_get_fields (STORM_STICKY (item->object));
  double y = item->rect.height - TITLE_PAD - n * FIELD_LINE;

  for (guint i = 0; i < n; i++, y += FIELD_LINE)
    {
      StormField *field = g_ptr_array_index (fields, i);
      g_autofree char *text =
        g_strconcat (field->name, *field->type != '\0' ? ": " : "", field->type, NULL);
      g_autoptr (GskRenderNode) line = NULL;
      g_autoptr (GskRenderNode) placed = NULL;

      line = storm_text_cache_make_line (self->texts, text, FIELD_SIZE,
                                         field->key ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL,
                                         item->rect.width - 2 * STORM_KIND_X, ink, NULL, NULL);
      if (line == NULL)
        continue;
      placed = storm_painter_place (self, line, (StormPoint) { STORM_KIND_X, y }, 1);
      gtk_snapshot_append_node (snapshot, placed);
    }
}

/* Where the title must fit, from the sticky's corner; the height at which its middle stands. */
static double
storm_sticky_title_box (StormItem       *item,
                        guint            n_fields,
                        graphene_rect_t *box)
{
  *box = GRAPHENE_RECT_INIT (TITLE_PAD, TITLE_TOP, (float) item->rect.width - 2 * TITLE_PAD,
                             (float) (item->rect.height - TITLE_TOP - TITLE_PAD -
                                      n_fields * FIELD_LINE));
  return (item->rect.height - n_fields * FIELD_LINE) / 2;
}

void
storm_sticky_fit_text (StormPainter *self,
                       StormItem    *item,
                       const char   *text,
                       StormTextFit *out)
{
  graphene_rect_t box;
  double middle = storm_sticky_title_box (item, storm_sticky_n_fields (item), &box);

  storm_text_cache_fit_title (self->texts, text, &box, middle, out);
  out->frame = GRAPHENE_RECT_INIT (0, 0, (float) item->rect.width, (float) item->rect.height);
}

/* Title and fields, in board units from the sticky's corner. */
static void
storm_sticky_update_text (StormPainter *self,
                          StormItem    *item,
                          StormPaint   *paint)
{
  const char *title = storm_sticky_get_title (STORM_STICKY (item->object));
  guint n_fields = storm_sticky_n_fields (item);
  GtkSnapshot *snapshot;
  g_autoptr (GskRenderNode) node = NULL;
  graphene_rect_t box;
  double middle;
  GdkRGBA ink;

  if (paint->text_serial == item->text_serial && paint->text_generation == self->generation)
    return;
  if (!storm_painter_may_lay_out (self))
    return;

  storm_style_get_ink (&self->style, item->kind, &ink);
  middle = storm_sticky_title_box (item, n_fields, &box);
  snapshot = gtk_snapshot_new ();
  node = storm_text_cache_make_title (self->texts, title, &box, middle, &ink);
  if (node != NULL)
    gtk_snapshot_append_node (snapshot, node);
  storm_sticky_append_fields (self, snapshot, item, n_fields, &ink);
  g_clear_pointer (&paint->text, gsk_render_node_unref);
  paint->text = gtk_snapshot_free_to_node (snapshot);
  paint->text_serial = item->text_serial;
  paint->text_generation = self->generation;
}

/* While the title is in the editor. */
static void
storm_sticky_append_all_fields (StormPainter *self,
                                GtkSnapshot  *snapshot,
                                StormItem    *item)
{
  GdkRGBA ink;

  storm_style_get_ink (&self->style, item->kind, &ink);
  storm_sticky_append_fields (self, snapshot, item, storm_sticky_n_fields (item), &ink);
}

static void
storm_append_round (GtkSnapshot           *snapshot,
                    const graphene_rect_t *r,
                    float                  radius,
                    const GdkRGBA         *color)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, r, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, color, &outline.bounds);
  gtk_snapshot_pop (snapshot);
}

/* A part of the rounded body; the renderers shade only what the strip covers. */
static void
storm_append_strip (GtkSnapshot          *snapshot,
                    const GskRoundedRect *outline,
                    float                 y,
                    float                 height,
                    const GdkRGBA        *color)
{
  gtk_snapshot_push_rounded_clip (snapshot, outline);
  gtk_snapshot_append_color (snapshot, color,
                             &GRAPHENE_RECT_INIT (outline->bounds.origin.x, y,
                                                  outline->bounds.size.width, height));
  gtk_snapshot_pop (snapshot);
}

/* Rounding is dear by the area: so only a strip at the top and one at the bottom are rounded, and
 * overlap the plain middle, that no seam shows at any zoom. Of the shadow only what looks out. */
static void
storm_append_body (GtkSnapshot           *snapshot,
                   const graphene_rect_t *r,
                   float                  radius,
                   const GdkRGBA         *fill,
                   const GdkRGBA         *shadow)
{
  float x = r->origin.x, y = r->origin.y, w = r->size.width, h = r->size.height;
  float strip = radius + 2, drop = radius * .4f;
  GskRoundedRect outline;

  if (h < 3 * strip)
    {
      storm_append_round (snapshot, r, radius, fill);
      return;
    }
  if (shadow != NULL)
    {
      gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (x, y + drop, w, h), radius);
      storm_append_strip (snapshot, &outline, y + h - strip, strip + drop, shadow);
    }
  gsk_rounded_rect_init_from_rect (&outline, r, radius);
  storm_append_strip (snapshot, &outline, y, strip, fill);
  storm_append_strip (snapshot, &outline, y + h - strip, strip, fill);
  gtk_snapshot_append_color (snapshot, fill, &GRAPHENE_RECT_INIT (x, y + radius, w,
                                                                  h - 2 * radius));
}

static GskRenderNode *
storm_sticky_make_body (StormPainter *self,
                        StormItem    *item,
                        StormPaint   *paint,
                        StormMarks    marks,
                        StormLod      lod)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  graphene_rect_t r = GRAPHENE_RECT_INIT (0, 0, (float) item->rect.width,
                                          (float) item->rect.height);
  GdkRGBA fill;

  storm_style_get_fill (&self->style, item->kind, &fill);
  /* A translucent edge instead of a blur, which each renderer is slow at in its own way. */
  storm_append_body (snapshot, &r, RADIUS, &fill,
                     lod == STORM_LOD_FULL ? &self->style.shadow : NULL);
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
  if (lod <= STORM_LOD_TEXT && (marks & STORM_MARK_EDITED) != 0)
    storm_sticky_append_all_fields (self, snapshot, item);
  else if (lod <= STORM_LOD_TEXT && paint->text != NULL)
    gtk_snapshot_append_node (snapshot, paint->text);
  if ((marks & STORM_MARK_DIM) != 0)
    storm_append_round (snapshot, &r, RADIUS, &self->style.dim);
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
      storm_append_body (snapshot, &GRAPHENE_RECT_INIT (x, y, w, h), radius, &fill,
                         full ? &self->style.shadow : NULL);
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
