#include "config.h"

#include "storm-editor-private.h"

#include "storm-wrap.h"

/* What is seen of the editor; storm-editor.c takes the input. */

#define RADIUS 5

int
storm_editor_index (StormEditor *self,
                    int          offset)
{
  gunichar previous = 0;
  int index = 0;

  for (const char *p = self->composed; *p != '\0'; p = g_utf8_next_char (p))
    {
      const char *next = g_utf8_next_char (p);
      gunichar c = g_utf8_get_char (p);

      if (storm_wrap_place (previous, c, g_utf8_get_char (next)) != STORM_WRAP_PLAIN)
        index += STORM_WRAP_MARK_BYTES;
      if (offset-- == 0)
        break;
      /* Control characters have become spaces. */
      index += g_unichar_iscntrl (c) ? 1 : next - p;
      previous = c;
    }
  return index;
}

static void
storm_editor_snapshot_card (StormEditor *self,
                            GtkSnapshot *snapshot)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT (0, 0, self->fit.frame.size.width,
                                                        self->fit.frame.size.height), RADIUS);
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &(GdkRGBA) { 0, 0, 0, .3f }, 0, 1, 1, 6);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &self->fill, &outline.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
storm_editor_snapshot_selection (StormEditor *self,
                                 GtkSnapshot *snapshot,
                                 int          from,
                                 int          to)
{
  PangoLayoutIter *iter = pango_layout_get_iter (self->layout);

  do
    {
      PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
      PangoRectangle logical;
      g_autofree int *ranges = NULL;
      int n;

      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      if (from > line->start_index + line->length || to < line->start_index)
        continue;
      pango_layout_line_get_x_ranges (line, from, to, &ranges, &n);
      for (int i = 0; i < n; i++)
        {
          /* The ranges go on to the edge where the selection goes on to the next line. */
          int left = MAX (ranges[2 * i], logical.x);
          int right = MIN (ranges[2 * i + 1], logical.x + MAX (logical.width, 4 * PANGO_SCALE));

          if (right > left)
            gtk_snapshot_append_color (snapshot, &self->mark,
                                       &GRAPHENE_RECT_INIT ((float) left / PANGO_SCALE,
                                                            (float) logical.y / PANGO_SCALE,
                                                            (float) (right - left) / PANGO_SCALE,
                                                            (float) logical.height / PANGO_SCALE));
        }
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

static void
storm_editor_snapshot_text (StormEditor *self,
                            GtkSnapshot *snapshot)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  int n_preedit = self->preedit != NULL ? (int) g_utf8_strlen (self->preedit, -1) : 0;
  GtkTextIter cursor, start, end;
  PangoRectangle strong;

  if (gtk_text_buffer_get_selection_bounds (buffer, &start, &end) && n_preedit == 0)
    storm_editor_snapshot_selection (self, snapshot,
                                     storm_editor_index (self, gtk_text_iter_get_offset (&start)),
                                     storm_editor_index (self, gtk_text_iter_get_offset (&end)));
  gtk_snapshot_append_layout (snapshot, self->layout, &self->ink);
  if (self->dark || !gtk_widget_has_focus (self->view) ||
      !gtk_text_view_get_cursor_visible (GTK_TEXT_VIEW (self->view)))
    return;
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  pango_layout_get_cursor_pos (self->layout,
                               storm_editor_index (self, gtk_text_iter_get_offset (&cursor) +
                                                         n_preedit), &strong, NULL);
  gtk_snapshot_append_color (snapshot, &self->ink,
                             &GRAPHENE_RECT_INIT ((float) strong.x / PANGO_SCALE - .5f,
                                                  (float) strong.y / PANGO_SCALE, 1.2f,
                                                  (float) strong.height / PANGO_SCALE));
}

void
storm_editor_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  StormEditor *self = STORM_EDITOR (widget);
  const graphene_rect_t *frame = &self->fit.frame, *room = &self->fit.room;
  GtkAdjustment *scroll;

  if (self->layout == NULL)
    return;
  if (self->card)
    storm_editor_snapshot_card (self, snapshot);
  scroll = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (room->origin.x - frame->origin.x,
                                                          room->origin.y - frame->origin.y));
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (-2, 0, room->size.width + 4,
                                                         room->size.height));
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (
                                      0, (float) -gtk_adjustment_get_value (scroll)));
  storm_editor_snapshot_text (self, snapshot);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_restore (snapshot);
}
