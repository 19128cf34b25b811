#include "config.h"

#include "storm-entry-box.h"

#include <glib/gi18n-lib.h>

#include "storm-edit-entry.h"

struct _StormEntryBox
{
  GtkWidget    parent_instance;

  StormCanvas *canvas;      /* not owned: its sibling */
  GtkWidget   *box;
  GtkWidget   *kind_label;
  GtkWidget   *entry;
  StormKind    kind;        /* of the lines without a prefix */
};

G_DEFINE_FINAL_TYPE (StormEntryBox, storm_entry_box, GTK_TYPE_WIDGET)

static void
storm_entry_box_close (StormEntryBox *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (self->canvas != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

/* The kind that Enter would take now. */
static void
on_changed (StormEntryBox *self)
{
  StormKind kind = self->kind;

  storm_edit_parse_entry (gtk_editable_get_text (GTK_EDITABLE (self->entry)), &kind);
  gtk_label_set_text (GTK_LABEL (self->kind_label), storm_kind_name (kind));
}

static void
on_activate (StormEntryBox *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  const char *title = storm_edit_parse_entry (text, &self->kind);

  if (self->canvas == NULL || !storm_canvas_enter (self->canvas, self->kind, title))
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  on_changed (self);
}

static gboolean
on_key_pressed (StormEntryBox *self,
                guint          keyval)
{
  if (keyval != GDK_KEY_Escape)
    return FALSE;
  storm_entry_box_close (self);
  return TRUE;
}

static void
storm_entry_box_dispose (GObject *object)
{
  StormEntryBox *self = STORM_ENTRY_BOX (object);

  g_clear_weak_pointer (&self->canvas);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (storm_entry_box_parent_class)->dispose (object);
}

static void
storm_entry_box_class_init (StormEntryBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_entry_box_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
storm_entry_box_init (StormEntryBox *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  gtk_widget_add_css_class (self->box, "storm-floating");
  gtk_widget_add_css_class (self->box, "storm-progress");
  self->kind_label = gtk_label_new (storm_kind_name (self->kind));
  gtk_widget_add_css_class (self->kind_label, "heading");
  gtk_label_set_width_chars (GTK_LABEL (self->kind_label), 10);
  gtk_label_set_ellipsize (GTK_LABEL (self->kind_label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->kind_label), 0);
  gtk_box_append (GTK_BOX (self->box), self->kind_label);

  self->entry = gtk_entry_new ();
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 28);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("Order placed, or c: Place order"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Title of the next sticky"), -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->kind_label, NULL,
                                  -1);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_activate), self);
  gtk_box_append (GTK_BOX (self->box), self->entry);

  gtk_widget_add_css_class (close, "flat");
  gtk_widget_set_tooltip_text (close, _("Close"));
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (storm_entry_box_close), self);
  gtk_box_append (GTK_BOX (self->box), close);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
storm_entry_box_new (StormCanvas *canvas)
{
  StormEntryBox *self;

  g_return_val_if_fail (STORM_IS_CANVAS (canvas), NULL);

  self = g_object_new (STORM_TYPE_ENTRY_BOX, NULL);
  g_set_weak_pointer (&self->canvas, canvas);
  return GTK_WIDGET (self);
}

void
storm_entry_box_open (StormEntryBox *self)
{
  g_return_if_fail (STORM_IS_ENTRY_BOX (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    {
      storm_entry_box_close (self);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (self->entry);
}
