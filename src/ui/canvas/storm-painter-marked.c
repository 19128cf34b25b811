#include "config.h"

#include "storm-painter-private.h"

/* What the window shows of a watched board, as a drawing that pictures are made of. */

/* Numbers and ghosts lie beside what they belong to, in board units. */
#define REACH 240.0
#define GHOST_MARGIN 16.0

typedef struct
{
  StormViewport view;
  StormStyle    style;
  StormFind    *find;
  StormItem    *hidden;
  int           scale;
  gboolean      cairo;
  gboolean      rough;
  gboolean      grid;
} Kept;

static Kept
begin (StormPainter    *self,
       const StormRect *area,
       GPtrArray       *ids,
       StormPalette     palette,
       gboolean         dark)
{
  Kept kept = { self->view, self->style, g_steal_pointer (&self->find), self->hidden, self->scale,
                self->cairo, self->rough, self->grid };

  self->hidden = NULL;
  self->grid = FALSE;
  self->finest = TRUE;
  if (ids != NULL)
    {
      self->only = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < ids->len; i++)
        g_hash_table_add (self->only, g_ptr_array_index (ids, i));
    }
  storm_painter_set_style (self, palette, dark, FALSE);
  self->marks++;
  storm_viewport_init (&self->view);
  self->view = (StormViewport) { area->x - REACH, area->y - REACH, 1, area->width + 2 * REACH,
                                 area->height + 2 * REACH };
  return kept;
}

static void
end (StormPainter *self,
     const Kept   *kept)
{
  g_clear_pointer (&self->only, g_hash_table_unref);
  self->finest = FALSE;
  self->find = kept->find;
  self->hidden = kept->hidden;
  self->grid = kept->grid;
  storm_painter_set_style (self, kept->style.colors.palette, kept->style.dark,
                           kept->style.high_contrast);
  self->marks++;
  storm_painter_show_view (self, &kept->view, kept->scale, kept->cairo);
  self->rough = kept->rough;
}

/* Where the ghosts lie, with some room; FALSE when there are none. */
static gboolean
get_ghosts (StormPainter *self,
            StormRect    *out)
{
  GPtrArray *ghosts = self->overlay != NULL ? storm_overlay_get_ghosts (self->overlay) : NULL;
  StormRect all = { 0, 0, 0, 0 };

  if (ghosts == NULL || ghosts->len == 0 || self->ghosts == NULL || self->ghosts->len == 0)
    return FALSE;
  for (guint i = 0; i < self->ghosts->len; i++)
    all = storm_rect_union (&all, &g_array_index (self->ghosts, StormRect, i));
  *out = (StormRect) { all.x - GHOST_MARGIN, all.y - GHOST_MARGIN, all.width + 2 * GHOST_MARGIN,
                       all.height + 2 * GHOST_MARGIN };
  return TRUE;
}

cairo_surface_t *
storm_painter_record_marked (StormPainter    *self,
                             const StormRect *area,
                             GPtrArray       *ids,
                             StormPalette     palette,
                             gboolean         dark,
                             gboolean        *has_ghosts,
                             StormRect       *ghosts)
{
  Kept kept = begin (self, area, ids, palette, dark);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  StormViewport view = self->view;
  /* With an end: cairo 1.16 leaks those without when they are painted into a PDF. From nothing on:
   * it shifts all others by where they begin when they are painted into an SVG. */
  cairo_rectangle_t bounds = { 0, 0, view.width, view.height };
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &bounds);
  g_autoptr (GskRenderNode) node = NULL;
  cairo_t *cr;

  cairo_surface_set_device_offset (surface, -view.x, -view.y);
  cr = cairo_create (surface);
  storm_painter_snapshot_base (self, snapshot, &view, 1, TRUE, -1);
  storm_painter_snapshot_overlay (self, snapshot, 0);
  node = gtk_snapshot_free_to_node (snapshot);
  cairo_translate (cr, view.x, view.y);
  if (node != NULL)
    gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  *has_ghosts = get_ghosts (self, ghosts);
  end (self, &kept);
  return surface;
}
