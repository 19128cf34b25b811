#include "config.h"

#include "storm-canvas-private.h"

#include <glib/gi18n-lib.h>

#include "storm-edit.h"

/* A sticky that was made by a flow has the first kind that may follow; the others are offered at
 * once, beside it. */

static gboolean
on_offer_done (gpointer data)
{
  StormCanvas *self = data;
  g_autofree char *id = g_steal_pointer (&self->offer_id);

  self->offer_source = 0;
  storm_canvas_close_offer (self);
  if (id != NULL && storm_scene_lookup (self->scene, id) != NULL)
    storm_canvas_edit (self, id);
  return G_SOURCE_REMOVE;
}

static void
on_offer_closed (GtkWidget *popover,
                 gpointer   data)
{
  StormCanvas *self = data;

  /* Not within its own signal. */
  g_clear_handle_id (&self->offer_source, g_source_remove);
  self->offer_source = g_idle_add (on_offer_done, self);
}

static void
on_offer_picked (GtkButton *button,
                 gpointer   data)
{
  StormCanvas *self = data;
  StormKind kind = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "kind"));
  StormItem *item = storm_scene_lookup (self->scene, self->offer_id);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (StormChange) step = NULL;
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GError) error = NULL;

  if (item != NULL && item->kind != kind)
    {
      step = storm_canvas_made_by (self, item);
      g_ptr_array_add (ids, self->offer_id);
      change = storm_edit_set_kind (self->board, ids, kind);
      if (change != NULL && !storm_history_amend (self->history, step, change, &error))
        storm_canvas_fail (self, error);
    }
  gtk_popover_popdown (GTK_POPOVER (self->offer));
}

/* Shown as under the pointer, wherever the focus is. */
static void
storm_canvas_choose_offer (StormCanvas *self,
                           GtkWidget   *button)
{
  if (button == NULL)
    return;
  if (self->offer_choice != NULL)
    gtk_widget_unset_state_flags (self->offer_choice, GTK_STATE_FLAG_PRELIGHT);
  self->offer_choice = button;
  gtk_widget_set_state_flags (button, GTK_STATE_FLAG_PRELIGHT, FALSE);
  gtk_widget_grab_focus (button);
}

static GtkWidget *
storm_canvas_find_offer (StormCanvas *self,
                         guint        key)
{
  GtkWidget *button = gtk_widget_get_first_child (gtk_widget_get_parent (self->offer_choice));

  for (; button != NULL; button = gtk_widget_get_next_sibling (button))
    {
      StormKind kind = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "kind"));

      if ((guint) storm_kind_info (kind)->key == gdk_keyval_to_unicode (key))
        return button;
    }
  return NULL;
}

/* Arrows go from kind to kind, Enter takes one, a kind's own key picks it: wherever in the
 * popover the focus is. */
static gboolean
on_offer_key (StormCanvas *self,
              guint        key)
{
  GtkWidget *picked = NULL;

  if (self->offer_id == NULL)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      storm_canvas_choose_offer (self, gtk_widget_get_next_sibling (self->offer_choice));
      return TRUE;

    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      storm_canvas_choose_offer (self, gtk_widget_get_prev_sibling (self->offer_choice));
      return TRUE;

    case GDK_KEY_Escape:
      gtk_popover_popdown (GTK_POPOVER (self->offer));
      return TRUE;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      picked = self->offer_choice;
      break;

    default:
      picked = storm_canvas_find_offer (self, key);
      break;
    }
  if (picked != NULL)
    g_signal_emit_by_name (picked, "clicked");
  return picked != NULL;
}

static GtkWidget *
storm_canvas_make_offer_button (StormCanvas *self,
                                StormKind    kind)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (storm_kind_name (kind));

  gtk_box_append (GTK_BOX (box),
                  gtk_image_new_from_icon_name (storm_kind_info (kind)->icon_name));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, storm_kind_hint (kind));
  g_object_set_data (G_OBJECT (button), "kind", GUINT_TO_POINTER (kind));
  g_signal_connect (button, "clicked", G_CALLBACK (on_offer_picked), self);
  return button;
}

void
storm_canvas_offer_kinds (StormCanvas *self,
                          const char  *id,
                          StormKind    after)
{
  StormItem *item = storm_scene_lookup (self->scene, id);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const StormKind *kinds;
  GdkRectangle spot;
  StormRect r;
  guint n;

  kinds = storm_kind_get_nexts (after, &n);
  if (item == NULL || n < 2)
    {
      g_object_ref_sink (box);
      g_object_unref (box);
      storm_canvas_edit (self, id);
      return;
    }
  storm_canvas_close_offer (self);
  for (guint i = 0; i < n; i++)
    gtk_box_append (GTK_BOX (box), storm_canvas_make_offer_button (self, kinds[i]));
  r = storm_viewport_rect_to_screen (&self->view, &item->rect);
  spot = (GdkRectangle) { (int) r.x, (int) r.y, (int) r.width, (int) r.height };
  self->offer_id = g_strdup (id);
  self->offer = gtk_popover_new ();
  self->offer_keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->offer_keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (self->offer_keys, "key-pressed", G_CALLBACK (on_offer_key), self);
  gtk_widget_add_controller (self->offer, self->offer_keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->offer), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Kind of the new sticky"), -1);
  gtk_popover_set_child (GTK_POPOVER (self->offer), box);
  gtk_popover_set_position (GTK_POPOVER (self->offer), GTK_POS_RIGHT);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->offer), &spot);
  gtk_widget_set_parent (self->offer, GTK_WIDGET (self));
  g_signal_connect (self->offer, "closed", G_CALLBACK (on_offer_closed), self);
  gtk_popover_popup (GTK_POPOVER (self->offer));
  storm_canvas_choose_offer (self, gtk_widget_get_first_child (box));
}

void
storm_canvas_close_offer (StormCanvas *self)
{
  g_clear_handle_id (&self->offer_source, g_source_remove);
  g_clear_pointer (&self->offer_id, g_free);
  self->offer_keys = NULL;
  self->offer_choice = NULL;
  g_clear_pointer (&self->offer, gtk_widget_unparent);
}
