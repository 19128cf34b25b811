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
  if (self->offer_source == 0)
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

/* Arrows go from kind to kind; a kind's own key picks it. */
static gboolean
on_offer_key (GtkEventControllerKey *controller,
              guint                  key,
              guint                  code,
              GdkModifierType        mods,
              gpointer               data)
{
  GtkWidget *box = data, *focus = gtk_widget_get_focus_child (box), *to = NULL;

  if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    to = focus != NULL ? gtk_widget_get_next_sibling (focus) : gtk_widget_get_first_child (box);
  else if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up)
    to = focus != NULL ? gtk_widget_get_prev_sibling (focus) : gtk_widget_get_last_child (box);
  if (to != NULL)
    {
      gtk_widget_grab_focus (to);
      gtk_window_set_focus_visible (GTK_WINDOW (gtk_widget_get_root (box)), TRUE);
      return TRUE;
    }
  for (to = gtk_widget_get_first_child (box); to != NULL; to = gtk_widget_get_next_sibling (to))
    {
      StormKind kind = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (to), "kind"));

      if ((guint) storm_kind_info (kind)->key != gdk_keyval_to_unicode (key))
        continue;
      g_signal_emit_by_name (to, "clicked");
      return TRUE;
    }
  return FALSE;
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
  GtkEventController *keys;
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
  keys = gtk_event_controller_key_new ();
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_offer_key), box);
  gtk_widget_add_controller (box, keys);
  r = storm_viewport_rect_to_screen (&self->view, &item->rect);
  spot = (GdkRectangle) { (int) r.x, (int) r.y, (int) r.width, (int) r.height };
  self->offer_id = g_strdup (id);
  self->offer = gtk_popover_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->offer), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Kind of the new sticky"), -1);
  gtk_popover_set_child (GTK_POPOVER (self->offer), box);
  gtk_popover_set_position (GTK_POPOVER (self->offer), GTK_POS_RIGHT);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->offer), &spot);
  gtk_widget_set_parent (self->offer, GTK_WIDGET (self));
  g_signal_connect (self->offer, "closed", G_CALLBACK (on_offer_closed), self);
  gtk_popover_popup (GTK_POPOVER (self->offer));
  gtk_widget_grab_focus (gtk_widget_get_first_child (box));
}

void
storm_canvas_close_offer (StormCanvas *self)
{
  g_clear_handle_id (&self->offer_source, g_source_remove);
  g_clear_pointer (&self->offer_id, g_free);
  g_clear_pointer (&self->offer, gtk_widget_unparent);
}
