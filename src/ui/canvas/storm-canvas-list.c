#include "config.h"

#include "storm-canvas-private.h"

#include <glib/gi18n-lib.h>

#include "storm-edit-entry.h"

/* µs of a frame that the work takes, and after which it shows how far it is. */
#define SLICE 6000
#define PATIENCE (200 * G_TIME_SPAN_MILLISECOND)
#define PART 64
#define FIT_MARGIN 68.0
/* Pixels above the lower edge. */
#define LIFT 64

struct _StormCanvasList
{
  StormCanvas    *canvas;
  StormListEntry *entry;
  gint64          began;
  guint           source;
  GtkWidget      *box;
  GtkWidget      *bar;
};

void
storm_canvas_end_list (StormCanvas *self)
{
  StormCanvasList *list = g_steal_pointer (&self->list);

  if (list == NULL)
    return;
  g_clear_handle_id (&list->source, g_source_remove);
  g_clear_pointer (&list->box, gtk_widget_unparent);
  g_clear_pointer (&list->entry, storm_list_entry_free);
  g_free (list);
  storm_canvas_update_actions (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_cancel_clicked (StormCanvas *self)
{
  storm_canvas_end_list (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
storm_canvas_show_list (StormCanvas     *self,
                        StormCanvasList *list)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Cancel"));

  list->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (list->box, "storm-floating");
  gtk_widget_add_css_class (list->box, "storm-progress");
  list->bar = gtk_progress_bar_new ();
  gtk_progress_bar_set_show_text (GTK_PROGRESS_BAR (list->bar), TRUE);
  gtk_progress_bar_set_text (GTK_PROGRESS_BAR (list->bar), _("Making stickies…"));
  gtk_widget_set_size_request (list->bar, 180, -1);
  gtk_widget_set_valign (list->bar, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (list->box), list->bar);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_cancel_clicked), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (list->box), button);
  gtk_widget_set_parent (list->box, GTK_WIDGET (self));
}

static void
storm_canvas_finish_list (StormCanvas *self)
{
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (StormChange) change = storm_list_entry_finish (self->list->entry, &ids);
  StormRect rect = *storm_list_entry_get_rect (self->list->entry);
  StormRect seen = storm_viewport_get_visible (&self->view);

  storm_canvas_end_list (self);
  if (!storm_canvas_do (self, change))
    return;
  storm_selection_set (self->selection, ids);
  if (storm_rect_encloses (&seen, &rect))
    return;
  storm_viewport_fit (&self->view, &rect, FIT_MARGIN, 1);
  storm_canvas_view_moved (self);
}

static gboolean
on_work (gpointer user_data)
{
  StormCanvas *self = user_data;
  StormCanvasList *list = self->list;
  gint64 now = g_get_monotonic_time (), until = now + SLICE;

  while (storm_list_entry_work (list->entry, PART))
    if (g_get_monotonic_time () > until)
      {
        if (list->box == NULL && now - list->began > PATIENCE)
          storm_canvas_show_list (self, list);
        if (list->bar != NULL)
          gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (list->bar),
                                         storm_list_entry_get_progress (list->entry));
        return G_SOURCE_CONTINUE;
      }
  list->source = 0;
  storm_canvas_finish_list (self);
  return G_SOURCE_REMOVE;
}

void
storm_canvas_add_list (StormCanvas *self,
                       const char  *text)
{
  g_autoptr (GPtrArray) titles = NULL;
  g_autoptr (GError) error = NULL;

  titles = storm_edit_split_lines (text, &error);
  if (titles == NULL)
    {
      storm_canvas_fail (self, error);
      return;
    }
  if (titles->len == 0)
    return;
  storm_canvas_end_list (self);
  self->list = g_new0 (StormCanvasList, 1);
  self->list->began = g_get_monotonic_time ();
  self->list->entry = storm_list_entry_new (self->board, self->last_kind,
                                            g_steal_pointer (&titles),
                                            storm_canvas_middle (self));
  /* Below the frames, so that the board goes on meanwhile. */
  self->list->source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_work, self, NULL);
}

void
storm_canvas_allocate_list (StormCanvas *self)
{
  GtkWidget *box = self->list != NULL ? self->list->box : NULL;
  int width, height;

  if (box == NULL)
    return;
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  gtk_widget_allocate (box, width, height, -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (
                         (float) (int) ((self->view.width - width) / 2),
                         (float) MAX (0, (int) self->view.height - height - LIFT))));
}

void
storm_canvas_snapshot_list (StormCanvas *self,
                            GtkSnapshot *snapshot)
{
  if (self->list != NULL && self->list->box != NULL)
    gtk_widget_snapshot_child (GTK_WIDGET (self), self->list->box, snapshot);
}
