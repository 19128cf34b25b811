#include "config.h"

#include "storm-clock-button.h"

#include <glib/gi18n-lib.h>

#include "storm-clock-words.h"

/* Of more producers nobody reads all; those whose clocks are wrong come first. */
#define MAX_ROWS 20
#define WIDTH_CHARS 44

struct _StormClockButton
{
  GtkWidget    parent_instance;

  StormClocks *clocks;
  GtkWidget   *button;
  GtkWidget   *popover;
  GtkWidget   *rows;
};

G_DEFINE_FINAL_TYPE (StormClockButton, storm_clock_button, GTK_TYPE_WIDGET)

static GtkWidget *
add_label (GtkWidget  *box,
           const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDTH_CHARS);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
add_producer (StormClockButton *self,
              guint             producer,
              gboolean          is_wrong)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name (is_wrong ? "dialog-warning-symbolic"
                                                           : "object-select-symbolic");
  g_autofree char *words = storm_clock_words (self->clocks, producer);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  if (is_wrong)
    gtk_widget_add_css_class (icon, "warning");
  gtk_box_append (GTK_BOX (line), icon);
  add_label (texts, storm_clocks_get_name (self->clocks, producer), "heading");
  add_label (texts, words, NULL);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (self->rows), line);
}

static gboolean
is_wrong (StormClockButton *self,
          guint             producer)
{
  const StormProducerClock *clock = storm_clocks_get_clock (self->clocks, producer);

  return clock != NULL &&
         (clock->ahead != 0 ||
          (storm_clocks_is_unsteady (self->clocks) && clock->n_backwards > 0));
}

static void
fill (StormClockButton *self)
{
  guint n = storm_clocks_get_n (self->clocks);
  guint n_shown = 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_box_remove (GTK_BOX (self->rows), child);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < n && n_shown < MAX_ROWS; i++)
      {
        if (is_wrong (self, i) != (pass == 0))
          continue;
        add_producer (self, i, pass == 0);
        n_shown++;
      }
}

static void
refresh (StormClockButton *self)
{
  gboolean visible = storm_clocks_has_skew (self->clocks);

  gtk_widget_set_visible (GTK_WIDGET (self), visible);
  if (gtk_widget_get_visible (self->popover))
    fill (self);
}

static void
storm_clock_button_dispose (GObject *object)
{
  StormClockButton *self = STORM_CLOCK_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->clocks);

  G_OBJECT_CLASS (storm_clock_button_parent_class)->dispose (object);
}

static void
storm_clock_button_class_init (StormClockButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_clock_button_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "clockbutton");
}

static void
make_popover (StormClockButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  g_object_set (box, "margin-top", 12, "margin-bottom", 12, "margin-start", 12, "margin-end", 12,
                NULL);
  add_label (box, _("Clocks of the producers"), "title-4");
  add_label (box, _("Some events have an earlier time than those that led to them. Nothing is "
                    "corrected: the order and all times shown are those of the events."),
             "dim-label");
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_box_append (GTK_BOX (box), self->rows);
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  g_signal_connect_object (self->popover, "show", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
}

static void
storm_clock_button_init (StormClockButton *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  make_popover (self);
  gtk_box_append (GTK_BOX (content), icon);
  gtk_box_append (GTK_BOX (content), gtk_label_new (_("Clock skew")));
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), content);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  gtk_widget_set_tooltip_text (self->button, _("Clocks of the producers don’t agree"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Clock skew"), -1);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "warning");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
storm_clock_button_new (StormMonitorController *controller)
{
  StormClockButton *self;

  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (controller), NULL);

  self = g_object_new (STORM_TYPE_CLOCK_BUTTON, NULL);
  self->clocks = g_object_ref (storm_monitor_controller_get_clocks (controller));
  g_signal_connect_object (self->clocks, "changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}

void
storm_clock_button_popup (StormClockButton *self)
{
  g_return_if_fail (STORM_IS_CLOCK_BUTTON (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}
