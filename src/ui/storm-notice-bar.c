#include "config.h"

#include "storm-notice-bar.h"

#include <glib/gi18n-lib.h>

struct _StormNoticeBar
{
  GtkWidget parent_instance;

  GtkRevealer *revealer;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (StormNoticeBar, storm_notice_bar, GTK_TYPE_WIDGET)

static void
on_close (StormNoticeBar *self)
{
  storm_notice_bar_set_words (self, NULL);
}

static void
storm_notice_bar_dispose (GObject *object)
{
  StormNoticeBar *self = STORM_NOTICE_BAR (object);
  GtkWidget *revealer = GTK_WIDGET (g_steal_pointer (&self->revealer));

  g_clear_pointer (&revealer, gtk_widget_unparent);

  G_OBJECT_CLASS (storm_notice_bar_parent_class)->dispose (object);
}

static void
storm_notice_bar_class_init (StormNoticeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_notice_bar_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
storm_notice_bar_init (StormNoticeBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-information-symbolic");
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Close the Notice"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_close), self);

  gtk_widget_add_css_class (box, "storm-notice");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);

  self->label = GTK_LABEL (label);
  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_child (self->revealer, box);
  gtk_widget_set_parent (GTK_WIDGET (self->revealer), GTK_WIDGET (self));
}

void
storm_notice_bar_set_words (StormNoticeBar *self,
                            const char     *words)
{
  g_return_if_fail (STORM_IS_NOTICE_BAR (self));

  if (words != NULL)
    gtk_label_set_label (self->label, words);
  gtk_revealer_set_reveal_child (self->revealer, words != NULL);
}
