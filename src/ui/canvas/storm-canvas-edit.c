#include "config.h"

#include "storm-canvas-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "storm-edit.h"

/* Smaller than this on the screen nobody could read what they type. */
#define MIN_EDIT_ZOOM .75
#define TITLE_SIZE 16.0
#define SMALL_SIZE 13.0
#define LABEL_WIDTH 170.0
#define LINE_HEIGHT 30.0

static void
on_done (StormCanvas *self,
         gboolean     keep)
{
  storm_canvas_end_edit (self, keep);
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

static GtkWidget *
storm_canvas_make_editor (StormCanvas *self,
                          StormItem   *item)
{
  const StormStyle *style = storm_painter_get_style (self->painter);
  const char *text = storm_canvas_edit_text (item);
  GdkRGBA ink, fill;

  if (item->type != STORM_OBJECT_STICKY)
    return storm_editor_new (item->type == STORM_OBJECT_FLOW ? _("Label") : _("Title"), text,
                             SMALL_SIZE, &style->text, &style->pill);

  storm_style_get_ink (style, item->kind, &ink);
  storm_style_get_fill (style, item->kind, &fill);
  return storm_editor_new (_("Title"), text, TITLE_SIZE, &ink, &fill);
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
  if (storm_viewport_reveal (&self->view, &item->rect, 8) && item->type == STORM_OBJECT_STICKY)
    storm_canvas_view_moved (self);
  editor = storm_canvas_make_editor (self, item);
  self->edit_id = g_strdup (id);
  self->editor = STORM_EDITOR (editor);
  gtk_widget_set_parent (editor, GTK_WIDGET (self));
  g_signal_connect_object (editor, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
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
  g_autofree char *text = NULL;
  StormEditor *editor = g_steal_pointer (&self->editor);
  StormItem *item;

  /* Taking the focus away ends the editor again: by then there is none any more. */
  if (editor == NULL)
    return;

  text = storm_editor_get_text (editor);
  storm_painter_hide_text (self->painter, NULL);
  if (gtk_widget_get_focus_child (GTK_WIDGET (self)) == GTK_WIDGET (editor))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_unparent (GTK_WIDGET (editor));
  storm_canvas_update_actions (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));

  item = storm_scene_lookup (self->scene, id);
  if (keep && item != NULL && !g_str_equal (text, storm_canvas_edit_text (item)))
    {
      g_autoptr (StormChange) change =
        storm_edit_set_text (self->board, id, storm_canvas_edit_prop (item), text);

      storm_canvas_do (self, change);
    }
}

/* Where the editor lies, in board units. */
static StormRect
storm_canvas_edit_rect (StormItem *item)
{
  StormPoint p;

  switch (item->type)
    {
    case STORM_OBJECT_FLOW:
      p = storm_route_label_point (&item->route);
      return (StormRect) { p.x - LABEL_WIDTH / 2, p.y - LINE_HEIGHT / 2, LABEL_WIDTH, LINE_HEIGHT };
    case STORM_OBJECT_CONTEXT:
      return (StormRect) { item->rect.x + 4, item->rect.y + 2,
                           CLAMP (item->rect.width - 8, 60, 260), LINE_HEIGHT };
    case STORM_OBJECT_STICKY:
    case STORM_OBJECT_BOARD:
    default:
      return item->rect;
    }
}

void
storm_canvas_allocate_editor (StormCanvas *self)
{
  StormItem *item = storm_scene_lookup (self->scene, self->edit_id);
  double zoom = MAX (self->view.zoom, MIN_EDIT_ZOOM);
  GskTransform *transform;
  StormRect rect, screen;
  StormPoint middle;
  int minimum_width, minimum_height;

  if (item == NULL || self->editor == NULL)
    return;

  rect = storm_canvas_edit_rect (item);
  screen = storm_viewport_rect_to_screen (&self->view, &rect);
  middle = storm_rect_center (&screen);
  gtk_widget_measure (GTK_WIDGET (self->editor), GTK_ORIENTATION_HORIZONTAL, -1, &minimum_width,
                      NULL, NULL, NULL);
  rect.width = MAX (ceil (rect.width), minimum_width);
  gtk_widget_measure (GTK_WIDGET (self->editor), GTK_ORIENTATION_VERTICAL, (int) rect.width,
                      &minimum_height, NULL, NULL, NULL);
  rect.height = MAX (ceil (rect.height), minimum_height);
  transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (
                                         (float) round (middle.x - rect.width * zoom / 2),
                                         (float) round (middle.y - rect.height * zoom / 2)));
  transform = gsk_transform_scale (transform, (float) zoom, (float) zoom);
  gtk_widget_allocate (GTK_WIDGET (self->editor), (int) rect.width, (int) rect.height, -1,
                       transform);
}
