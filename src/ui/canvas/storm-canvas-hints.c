#include "config.h"

#include "storm-canvas-private.h"

#include <math.h>

/* What is told on the board for a while, beside the things themselves. */

#define REVEAL_TIME (900 * G_TIME_SPAN_MILLISECOND)
/* Which way it is stands below its end, clear of the handles of a selected one. */
#define WAY_GAP 12.0

static void
storm_canvas_reveal_pulse (StormCanvas *self,
                           GtkSnapshot *snapshot)
{
  StormItem *item = storm_scene_lookup (self->scene, self->reveal_id);
  double t = (double) (g_get_monotonic_time () - self->reveal_start) / REVEAL_TIME;
  GskRoundedRect outline;
  graphene_rect_t rect;
  GdkRGBA c = storm_painter_get_style (self->painter)->accent;
  StormRect r;

  if (item == NULL || t >= 1)
    {
      g_clear_pointer (&self->reveal_id, g_free);
      return;
    }
  r = storm_viewport_rect_to_screen (&self->view, &item->rect);
  rect = GRAPHENE_RECT_INIT ((float) r.x, (float) r.y, (float) r.width, (float) r.height);
  graphene_rect_inset (&rect, (float) (-4 - 12 * t), (float) (-4 - 12 * t));
  gsk_rounded_rect_init_from_rect (&outline, &rect, (float) (8 + 8 * t));
  c.alpha = (float) (1 - t);
  gtk_snapshot_append_border (snapshot, &outline, (const float[]) { 4, 4, 4, 4 },
                              (const GdkRGBA[]) { c, c, c, c });
  storm_canvas_animate (self);
}

void
storm_canvas_forget_hint (StormCanvas *self)
{
  StormObject *object = storm_selection_get_single (self->selection);

  if (self->way_at == NULL ||
      (object != NULL && g_str_equal (self->way_at, storm_object_get_id (object))))
    return;
  g_clear_pointer (&self->way_at, g_free);
  g_clear_pointer (&self->way_words, g_free);
}

void
storm_canvas_forget_way (StormCanvas *self)
{
  g_clear_pointer (&self->way_from, g_free);
  g_clear_pointer (&self->way_at, g_free);
  g_clear_pointer (&self->way_words, g_free);
}

void
storm_canvas_show_way (StormCanvas *self,
                       StormItem   *at,
                       const char  *words)
{
  g_free (self->way_at);
  g_free (self->way_words);
  self->way_at = g_strdup (storm_item_get_id (at));
  self->way_words = g_strdup (words);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
storm_canvas_snapshot_hints (StormCanvas *self,
                             GtkSnapshot *snapshot)
{
  StormItem *item = self->way_at != NULL ? storm_scene_lookup (self->scene, self->way_at) : NULL;

  if (item != NULL && !item->hidden && self->editor == NULL)
    {
      StormRect r = storm_viewport_rect_to_screen (&self->view, &item->rect);

      storm_painter_snapshot_words (self->painter, snapshot, self->way_words,
                                    (StormPoint) { round (r.x + r.width / 2),
                                                   round (r.y + r.height + WAY_GAP) });
    }
  if (self->reveal_id != NULL)
    storm_canvas_reveal_pulse (self, snapshot);
}
