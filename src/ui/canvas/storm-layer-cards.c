#include "config.h"

#include "storm-snapshot-sink.h"

#include <math.h>

static GskRenderNode *
storm_card_make_text (StormPainter *self,
                      StormItem    *item,
                      const char   *title)
{
  StormCardLook look = { title, item->card->n_kinds, item->card->n_contexts };
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  StormSnapshotSink sink;
  StormDraw draw = storm_snapshot_sink_init (&sink, self, snapshot);

  storm_draw_card_text (&draw, &look, (StormPoint) { 0, 0 });
  return gtk_snapshot_free_to_node (snapshot);
}

static void
storm_card_text (StormPainter    *self,
                 GtkSnapshot     *snapshot,
                 StormItem       *item,
                 const StormRect *r)
{
  StormPaint *paint = storm_item_get_paint (item);
  StormPoint at = { r->x, r->y };
  g_autoptr (GskRenderNode) typed = NULL;
  g_autoptr (GskRenderNode) placed = NULL;

  /* While the title is in the editor, all else stays. */
  if (item == self->hidden && !self->plain)
    {
      typed = storm_card_make_text (self, item, "");
    }
  else if (paint->text == NULL || paint->text_serial != item->text_serial ||
           paint->text_generation != self->generation)
    {
      if (!storm_painter_may_lay_out (self))
        return;
      g_clear_pointer (&paint->text, gsk_render_node_unref);
      paint->text = storm_card_make_text (self, item,
                                          storm_context_get_title (STORM_CONTEXT (item->object)));
      paint->text_serial = item->text_serial;
      paint->text_generation = self->generation;
    }
  placed = storm_painter_place (self, typed != NULL ? typed : paint->text, at, self->view.zoom);
  gtk_snapshot_append_node (snapshot, placed);
}

/* Above flows, which end at them, and run below the others. */
void
storm_layer_cards (StormPainter *self,
                   GtkSnapshot  *snapshot)
{
  StormSnapshotSink sink;
  StormDraw draw = storm_snapshot_sink_init (&sink, self, snapshot);

  for (guint i = 0; i < self->contexts->len; i++)
    {
      StormItem *item = g_ptr_array_index (self->contexts, i);
      StormRect r;

      if (item->card == NULL)
        continue;
      r = storm_viewport_rect_to_screen (&self->view, &item->rect);
      r = (StormRect) { round (r.x), round (r.y), round (r.width), round (r.height) };
      storm_draw_card (&draw, &r, self->view.zoom, self->lod == STORM_LOD_FULL);
      if (self->lod <= STORM_LOD_TEXT)
        storm_card_text (self, snapshot, item, &r);
      if ((storm_painter_get_marks (self, item) & STORM_MARK_LIT) != 0)
        {
          StormOp rim = { .type = STORM_OP_BORDER, .color = self->style.colors.lit, .rect = r,
                          .radius = STORM_CONTEXT_RADIUS * self->view.zoom, .width = 3 };

          draw.sink.put (draw.sink.data, &rim);
        }
    }
}

void
storm_layer_pivotals (StormPainter *self,
                      GtkSnapshot  *snapshot)
{
  GPtrArray *pivotals = storm_scene_get_pivotals (self->scene);
  StormBoard *board = storm_scene_get_board (self->scene);
  StormRect bounds = { 0, 0, 0, 0 };
  StormSnapshotSink sink;
  StormDraw draw;

  if (pivotals->len == 0)
    return;
  draw = storm_snapshot_sink_init (&sink, self, snapshot);
  storm_board_get_bounds (board, &bounds);
  for (guint i = 0; i < pivotals->len; i++)
    {
      StormItem *item = g_ptr_array_index (pivotals, i);
      StormRect reach;

      if (item->hidden)
        continue;
      storm_pivotal_reach (board, STORM_STICKY (item->object), &bounds, &reach);
      reach = storm_viewport_rect_to_screen (&self->view, &reach);
      storm_draw_pivotal (&draw, round (reach.x), round (reach.y),
                          round (reach.y + reach.height));
    }
}
