#include "config.h"

#include "storm-canvas-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "storm-edit.h"

/* Pixels. Smaller letters nobody could read while they type. */
#define MIN_LETTERS 8.0
/* What floats over the board keeps the edges. */
#define EDGE 60.0

static void
on_done (StormCanvas *self,
         gboolean     keep)
{
  storm_canvas_end_edit (self, keep);
}

static void
on_step (StormCanvas *self,
         int          side)
{
  storm_canvas_step (self, side);
}

static StormProp
storm_canvas_edit_prop (StormItem *item)
{
  return item->type == STORM_OBJECT_FLOW ? STORM_PROP_LABEL : STORM_PROP_TITLE;
}

static const char *
storm_canvas_edit_text (StormItem *item)
{
  switch (item->type)
    {
    case STORM_OBJECT_STICKY:
      return storm_sticky_get_title (STORM_STICKY (item->object));
    case STORM_OBJECT_CONTEXT:
      return storm_context_get_title (STORM_CONTEXT (item->object));
    case STORM_OBJECT_FLOW:
      return storm_flow_get_label (STORM_FLOW (item->object));
    case STORM_OBJECT_BOARD:
    default:
      g_assert_not_reached ();
    }
}

static PangoLayout *
storm_canvas_fit_editor (const char   *text,
                         StormTextFit *out,
                         gpointer      user_data)
{
  StormCanvas *self = user_data;
  StormItem *item = storm_scene_lookup (self->scene, self->edit_id);

  if (item == NULL)
    return NULL;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  return storm_painter_fit_text (self->painter, item, text, out);
}

static GtkWidget *
storm_canvas_make_editor (StormCanvas *self,
                          StormItem   *item)
{
  const StormStyle *style = storm_painter_get_style (self->painter);
  StormEditorLook look = { _("Title"), style->text, style->pill, style->accent, TRUE,
                           GTK_JUSTIFY_CENTER };
  GtkWidget *editor;

  look.mark.alpha = .35f;
  if (item->type == STORM_OBJECT_STICKY)
    {
      storm_style_get_ink (style, item->kind, &look.ink);
      storm_style_get_fill (style, item->kind, &look.fill);
    }
  else if (item->type == STORM_OBJECT_FLOW)
    {
      look.label = _("Label");
      look.bold = FALSE;
    }
  else
    {
      look.ink = style->faint_text;
      look.justify = GTK_JUSTIFY_LEFT;
    }
  editor = storm_editor_new (&look, storm_canvas_edit_text (item), storm_canvas_fit_editor, self);
  storm_editor_set_card (STORM_EDITOR (editor), item->type != STORM_OBJECT_STICKY);
  return editor;
}

/* The step that made @item, when that was the last one and this is its first title: the two are one
 * step for the user. */
StormChange *
storm_canvas_made_by (StormCanvas *self,
                      StormItem   *item)
{
  StormChange *step = storm_history_get_last (self->history);
  const char *text = storm_canvas_edit_text (item);
  gboolean first = *text == '\0' ||
                   (item->type == STORM_OBJECT_CONTEXT && g_str_equal (text, _("Context")));

  return first && step != NULL && storm_change_inserts (step, storm_item_get_id (item))
         ? storm_change_ref (step) : NULL;
}

void
storm_canvas_edit (StormCanvas *self,
                   const char  *id)
{
  StormItem *item;
  GtkWidget *editor;

  storm_canvas_end_edit (self, TRUE);
  item = storm_scene_lookup (self->scene, id);
  if (item == NULL || storm_history_get_read_only (self->history))
    return;

  storm_selection_set_one (self->selection, id);
  if (storm_edit_is_locked (item->object))
    {
      storm_canvas_tell_locked (self, storm_selection_get_ids (self->selection));
      return;
    }
  if (storm_viewport_reveal (&self->view, &item->rect, 8) && item->type == STORM_OBJECT_STICKY)
    storm_canvas_view_moved (self);
  self->edit_id = g_strdup (id);
  self->edit_zoom = 0;
  self->edit_step = storm_canvas_made_by (self, item);
  editor = storm_canvas_make_editor (self, item);
  self->editor = STORM_EDITOR (editor);
  gtk_widget_set_parent (editor, GTK_WIDGET (self));
  g_signal_connect_object (editor, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "step", G_CALLBACK (on_step), self, G_CONNECT_SWAPPED);
  storm_painter_hide_text (self->painter, item);
  storm_canvas_update_actions (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_grab_focus (editor);
}

void
storm_canvas_end_edit (StormCanvas *self,
                       gboolean     keep)
{
  g_autofree char *id = g_steal_pointer (&self->edit_id);
  g_autoptr (StormChange) step = g_steal_pointer (&self->edit_step);
  g_autofree char *text = NULL;
  StormEditor *editor = g_steal_pointer (&self->editor);
  StormItem *item;
  gboolean had_keys;

  /* Taking the focus away ends the editor again: by then there is none any more. */
  if (editor == NULL)
    return;

  text = storm_editor_get_text (editor);
  storm_painter_hide_text (self->painter, NULL);
  had_keys = gtk_widget_get_focus_child (GTK_WIDGET (self)) == GTK_WIDGET (editor);
  if (had_keys)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_unparent (GTK_WIDGET (editor));
  storm_canvas_update_actions (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));

  item = storm_scene_lookup (self->scene, id);
  if (keep && item != NULL && !g_str_equal (text, storm_canvas_edit_text (item)))
    {
      g_autoptr (StormChange) change =
        storm_edit_set_text (self->board, id, storm_canvas_edit_prop (item), text);
      g_autoptr (GError) error = NULL;

      if (change != NULL && !storm_history_amend (self->history, step, change, &error))
        storm_canvas_fail (self, error);
    }
  /* So that a screen reader says which one it was, and what it is called now. */
  if (had_keys && item != NULL && item->type == STORM_OBJECT_STICKY)
    storm_canvas_a11y_focus (self, id);
}

void
storm_canvas_step (StormCanvas *self,
                   StormSide    side)
{
  StormItem *from;
  const char *id;

  storm_canvas_end_edit (self, TRUE);
  from = storm_tool_get_single (self->tool);
  if (from == NULL || from->type != STORM_OBJECT_STICKY)
    return;
  id = storm_tool_step (self->tool, from, side);
  if (id != NULL)
    storm_canvas_edit (self, id);
}

/* At the painted text's own zoom; but where that could not be read, at 100 %. From then on it stays
 * so, that nothing jumps while somebody types. */
static gboolean
storm_canvas_magnify_editor (StormCanvas *self,
                             double       size,
                             double       zoom)
{
  if (self->edit_zoom != self->view.zoom)
    {
      self->edit_zoom = self->view.zoom;
      self->edit_magnified = FALSE;
    }
  if (size * zoom < MIN_LETTERS)
    self->edit_magnified = TRUE;
  return self->edit_magnified;
}

void
storm_canvas_allocate_editor (StormCanvas *self)
{
  StormItem *item = storm_scene_lookup (self->scene, self->edit_id);
  const StormTextFit *fit;
  GskTransform *transform;
  StormPoint at;
  double zoom, scale, width, height;
  int minimum;

  if (item == NULL || self->editor == NULL)
    return;

  fit = storm_editor_get_fit (self->editor);
  at = storm_painter_text_point (&self->view, item, &zoom);
  at = (StormPoint) { at.x + fit->frame.origin.x * zoom, at.y + fit->frame.origin.y * zoom };
  width = fit->frame.size.width;
  height = fit->frame.size.height;
  scale = zoom;
  if (storm_canvas_magnify_editor (self, fit->size, zoom))
    {
      scale = MAX (zoom, 1);
      /* About the same middle, in view. */
      at.x = CLAMP (at.x - width * (scale - zoom) / 2, EDGE,
                    MAX (EDGE, self->view.width - width * scale - EDGE));
      at.y = CLAMP (at.y - height * (scale - zoom) / 2, EDGE,
                    MAX (EDGE, self->view.height - height * scale - EDGE));
    }
  storm_editor_set_card (self->editor, self->edit_magnified || item->type != STORM_OBJECT_STICKY);
  transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) at.x, (float) at.y));
  transform = gsk_transform_scale (transform, (float) scale, (float) scale);
  gtk_widget_measure (GTK_WIDGET (self->editor), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  gtk_widget_allocate (GTK_WIDGET (self->editor), (int) ceil (width), (int) ceil (height), -1,
                       transform);
}
