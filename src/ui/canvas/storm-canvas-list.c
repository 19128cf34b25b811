#include "config.h"

#include "storm-canvas-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "storm-arrange.h"
#include "storm-edit-entry.h"
#include "storm-error.h"

/* µs of a frame that the work takes, and after which it shows how far it is. */
#define SLICE 6000
#define PATIENCE (200 * G_TIME_SPAN_MILLISECOND)
#define PART 64
/* Pixels above the lower edge. */
#define LIFT 64
/* Pixels from the view's edges to what is entered first, and below what is entered: what floats
 * over the board keeps them. */
#define LEFT 100
#define TOP 60
#define BELOW 120

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
  storm_canvas_fit (self, &rect, 1);
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
storm_canvas_add_list (StormCanvas      *self,
                       const char       *text,
                       const StormPoint *at)
{
  g_autoptr (GPtrArray) titles = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (STORM_IS_CANVAS (self));
  g_return_if_fail (text != NULL);

  if (storm_history_get_read_only (self->history))
    {
      g_set_error_literal (&error, STORM_ERROR, STORM_ERROR_READ_ONLY,
                           _("This board can only be read. Save a copy to change it."));
      storm_canvas_fail (self, error);
      return;
    }
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
                                            at != NULL ? (StormPoint) { round (at->x),
                                                                        round (at->y) }
                                                       : storm_canvas_middle (self));
  /* Below the frames, so that the board goes on meanwhile. */
  self->list->source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_work, self, NULL);
}

/* Where the next one comes to lie: to the right of the last, or at the beginning of a row below it
 * where the view ends; beyond what lies there already. */
static StormPoint
storm_canvas_next_entry (StormCanvas *self,
                         StormKind    kind)
{
  const StormKindInfo *info = storm_kind_info (kind);
  StormSticky *last = self->entered != NULL
                      ? storm_board_lookup_sticky (self->board, self->entered) : NULL;
  StormRect seen = storm_viewport_get_visible (&self->view);
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();
  StormRect spot = { round (seen.x + LEFT / self->view.zoom),
                     round (seen.y + TOP / self->view.zoom), info->width, info->height };

  if (last != NULL && storm_rect_intersects (&seen, storm_sticky_get_rect (last)))
    {
      const StormRect *rect = storm_sticky_get_rect (last);

      spot.x = rect->x + rect->width + STORM_ARRANGE_GAP;
      spot.y = rect->y;
      if (spot.x + spot.width > seen.x + seen.width)
        {
          spot.x = self->entered_x;
          spot.y = rect->y + rect->height + STORM_ARRANGE_GAP;
        }
    }
  else
    {
      self->entered_x = spot.x;
    }
  for (;;)
    {
      double right = spot.x;

      storm_scene_collect (self->scene, STORM_OBJECT_STICKY, &spot, taken);
      for (guint i = 0; i < taken->len; i++)
        {
          StormItem *item = g_ptr_array_index (taken, i);

          if (storm_rect_intersects (&spot, &item->rect))
            right = MAX (right, item->rect.x + item->rect.width + STORM_ARRANGE_GAP);
        }
      if (right <= spot.x)
        break;
      spot.x = right;
    }
  return storm_rect_center (&spot);
}

gboolean
storm_canvas_enter (StormCanvas *self,
                    StormKind    kind,
                    const char  *text)
{
  g_autoptr (GPtrArray) titles = NULL;
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  StormRect rect;

  g_return_val_if_fail (STORM_IS_CANVAS (self), FALSE);
  g_return_val_if_fail ((guint) kind < STORM_N_KINDS, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  self->last_kind = kind;
  titles = storm_edit_split_lines (text, &error);
  if (titles == NULL)
    storm_canvas_fail (self, error);
  if (titles == NULL || titles->len == 0)
    return FALSE;
  if (titles->len > 1)
    {
      storm_canvas_add_list (self, text, NULL);
      return TRUE;
    }
  storm_canvas_end_edit (self, TRUE);
  change = storm_edit_add_sticky (self->board, kind, storm_canvas_next_entry (self, kind),
                                  g_ptr_array_index (titles, 0), &id);
  if (!storm_canvas_do (self, change))
    return FALSE;
  storm_selection_set_one (self->selection, id);
  rect = *storm_sticky_get_rect (storm_board_lookup_sticky (self->board, id));
  rect.height += BELOW / self->view.zoom;
  if (storm_viewport_reveal (&self->view, &rect, TOP))
    storm_canvas_view_moved (self);
  g_free (self->entered);
  self->entered = g_steal_pointer (&id);
  return TRUE;
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
