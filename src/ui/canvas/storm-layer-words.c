#include "config.h"

#include "storm-painter-private.h"

#include <math.h>

/* The words of stickies where they are drawn as pictures, apart from the bodies. */

/* Redrawn as the zoom changes, a few in each frame; the old one is stretched until then. */
void
storm_sticky_update_picture (StormPainter *self,
                             StormPaint   *paint)
{
  if (paint->text == NULL)
    {
      storm_text_picture_clear (&paint->picture);
      return;
    }
  paint->picture_frame = self->frame;
  if (storm_text_picture_shows (&paint->picture, paint->text, self->view.zoom, self->scale,
                                self->rough) ||
      !storm_painter_may_lay_out (self))
    return;
  paint->too_large = !storm_text_picture_draw (&paint->picture, paint->text, self->view.zoom,
                                               self->scale);
  if (!paint->too_large)
    {
      g_hash_table_add (self->pictured, paint);
      paint->pictured = self->pictured;
    }
}

static void
storm_append_picture (StormPainter           *self,
                      GtkSnapshot            *snapshot,
                      const StormTextPicture *picture,
                      double                  x,
                      double                  y)
{
  double f = self->view.zoom / picture->zoom;
  graphene_rect_t b;

  gsk_render_node_get_bounds (picture->node, &b);
  gtk_snapshot_append_texture (snapshot, gsk_texture_node_get_texture (picture->node),
                               &GRAPHENE_RECT_INIT ((float) (x + b.origin.x * f),
                                                    (float) (y + b.origin.y * f),
                                                    (float) (b.size.width * f),
                                                    (float) (b.size.height * f)));
}

GskRenderNode *
storm_sticky_make_words (StormPainter *self,
                         StormItem    *item,
                         StormPaint   *paint,
                         StormMarks    marks)
{
  double zoom = self->view.zoom;
  StormPoint at = storm_viewport_to_screen (&self->view,
                                            (StormPoint) { item->rect.x, item->rect.y });
  GskRenderNode *label =
    self->lod == STORM_LOD_FULL ? storm_sticky_kind_label (self, item) : NULL;
  StormTextPicture *kind = &self->kind_pictures[item->kind];
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  gboolean dim = (marks & STORM_MARK_DIM) != 0;

  at = (StormPoint) { round (at.x), round (at.y) };
  if (dim)
    gtk_snapshot_push_opacity (snapshot, 1 - self->style.dim.alpha);
  if (label != NULL &&
      (storm_text_picture_shows (kind, label, zoom, self->scale, self->rough) ||
       storm_text_picture_draw (kind, label, zoom, self->scale)))
    storm_append_picture (self, snapshot, kind, at.x + round (STORM_KIND_X * zoom),
                          at.y + round (STORM_KIND_Y * zoom));
  if ((marks & STORM_MARK_EDITED) == 0 && paint->picture.node != NULL)
    {
      storm_append_picture (self, snapshot, &paint->picture, at.x, at.y);
    }
  else if ((marks & STORM_MARK_EDITED) == 0 && paint->text != NULL && paint->too_large)
    {
      g_autoptr (GskRenderNode) text = storm_painter_place (self, paint->text, at, zoom);

      gtk_snapshot_append_node (snapshot, text);
    }
  if (dim)
    gtk_snapshot_pop (snapshot);
  return gtk_snapshot_free_to_node (snapshot);
}

/* Words come after the bodies of many stickies, for the renderer draws equals at once; but before
 * the first that might cover one of them. */
void
storm_layer_flush_words (StormPainter *self,
                         GtkSnapshot  *snapshot,
                         guint        *first,
                         guint         end)
{
  for (; *first < end; (*first)++)
    {
      StormPaint *paint = storm_item_get_paint (g_ptr_array_index (self->stickies, *first));

      if (paint->words != NULL)
        gtk_snapshot_append_node (snapshot, paint->words);
    }
  memset (self->covered, 0, sizeof self->covered);
}

static int
storm_cover_cell (double at,
                  double size)
{
  return (int) CLAMP (at / size * STORM_COVER_CELLS, 0, STORM_COVER_CELLS - 1);
}

/* Whether something with words lies there already; then notes that @item does. */
gboolean
storm_layer_covers (StormPainter *self,
                    StormItem    *item)
{
  StormRect r = storm_viewport_rect_to_screen (&self->view, &item->rect);
  int x0 = storm_cover_cell (r.x, self->view.width);
  int x1 = storm_cover_cell (r.x + r.width, self->view.width);
  int y0 = storm_cover_cell (r.y, self->view.height);
  int y1 = storm_cover_cell (r.y + r.height, self->view.height);
  gboolean covers = FALSE;

  for (int y = y0; y <= y1; y++)
    {
      guint8 *row = self->covered[y];

      covers = covers || memchr (row + x0, 1, (gsize) (x1 - x0 + 1)) != NULL;
      memset (row + x0, 1, (gsize) (x1 - x0 + 1));
    }
  return covers;
}
