#include "config.h"

#include "storm-saved-filters-button.h"

#include <glib/gi18n-lib.h>

#include "storm-saved-filters.h"

struct _StormSavedFiltersButton
{
  GtkWidget      parent_instance;

  char          *expression;
  GPtrArray     *filters;      /* StormSavedFilter, as the rows show them */

  GtkMenuButton *button;
  GtkPopover    *popover;
  GtkWidget     *none;
  GtkWidget     *scroller;
  GtkListBox    *list;
  GtkEditable   *name;
  GtkWidget     *save;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormSavedFiltersButton, storm_saved_filters_button, GTK_TYPE_WIDGET)

static void fill_cb (StormSavedFiltersButton *self);

static char *
get_name (StormSavedFiltersButton *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
}

static void
name_changed_cb (StormSavedFiltersButton *self)
{
  g_autofree char *name = get_name (self);

  gtk_widget_set_sensitive (self->save, *name != '\0' && *self->expression != '\0');
}

static void
remove_cb (StormSavedFiltersButton *self,
           GtkWidget               *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);
  guint index = (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  const StormSavedFilter *filter = g_ptr_array_index (self->filters, index);

  storm_saved_filters_remove (filter->name);
  fill_cb (self);
  /* What had the focus is gone. */
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

static GtkWidget *
make_line (const char *text,
           const char *class_name)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  if (class_name != NULL)
    {
      gtk_widget_add_css_class (label, class_name);
      gtk_widget_add_css_class (label, "dim-label");
    }
  return label;
}

static GtkWidget *
make_row (StormSavedFiltersButton *self,
          const StormSavedFilter  *filter)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: %s is the name of a saved filter. */
  g_autofree char *words = g_strdup_printf (_("Delete “%s”"), filter->name);

  gtk_box_append (GTK_BOX (lines), make_line (filter->name, NULL));
  gtk_box_append (GTK_BOX (lines), make_line (filter->expression, "saved-expression"));
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_tooltip_text (lines, filter->expression);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (remove, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), remove);
  return box;
}

static void
fill_cb (StormSavedFiltersButton *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  g_clear_pointer (&self->filters, g_ptr_array_unref);
  self->filters = storm_saved_filters_get ();
  for (guint i = 0; i < self->filters->len; i++)
    {
      const StormSavedFilter *filter = g_ptr_array_index (self->filters, i);

      gtk_list_box_append (self->list, make_row (self, filter));
    }
  gtk_widget_set_visible (self->none, self->filters->len == 0);
  gtk_widget_set_visible (self->scroller, self->filters->len > 0);
  name_changed_cb (self);
}

static void
row_activated_cb (StormSavedFiltersButton *self,
                  GtkListBoxRow           *row)
{
  const StormSavedFilter *filter;

  filter = g_ptr_array_index (self->filters, (guint) gtk_list_box_row_get_index (row));
  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[CHOSEN], 0, filter->expression);
}

static void
save_cb (StormSavedFiltersButton *self)
{
  g_autofree char *name = get_name (self);

  if (*name == '\0' || *self->expression == '\0' ||
      !storm_saved_filters_put (name, self->expression))
    {
      gtk_widget_error_bell (GTK_WIDGET (self->name));
      return;
    }
  gtk_editable_set_text (self->name, "");
  fill_cb (self);
}

static void
storm_saved_filters_button_dispose (GObject *object)
{
  StormSavedFiltersButton *self = STORM_SAVED_FILTERS_BUTTON (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), STORM_TYPE_SAVED_FILTERS_BUTTON);
  g_clear_pointer (&self->filters, g_ptr_array_unref);
  G_OBJECT_CLASS (storm_saved_filters_button_parent_class)->dispose (object);
}

static void
storm_saved_filters_button_finalize (GObject *object)
{
  g_free (STORM_SAVED_FILTERS_BUTTON (object)->expression);
  G_OBJECT_CLASS (storm_saved_filters_button_parent_class)->finalize (object);
}

static void
storm_saved_filters_button_class_init (StormSavedFiltersButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = storm_saved_filters_button_dispose;
  object_class->finalize = storm_saved_filters_button_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               APP_PATH "/monitor/saved-filters-button.ui");
  gtk_widget_class_bind_template_child (widget_class, StormSavedFiltersButton, button);
  gtk_widget_class_bind_template_child (widget_class, StormSavedFiltersButton, popover);
  gtk_widget_class_bind_template_child (widget_class, StormSavedFiltersButton, none);
  gtk_widget_class_bind_template_child (widget_class, StormSavedFiltersButton, scroller);
  gtk_widget_class_bind_template_child (widget_class, StormSavedFiltersButton, list);
  gtk_widget_class_bind_template_child (widget_class, StormSavedFiltersButton, name);
  gtk_widget_class_bind_template_child (widget_class, StormSavedFiltersButton, save);
  gtk_widget_class_bind_template_callback (widget_class, fill_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
storm_saved_filters_button_init (StormSavedFiltersButton *self)
{
  self->expression = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
storm_saved_filters_button_set_expression (StormSavedFiltersButton *self,
                                           const char              *expression)
{
  g_return_if_fail (STORM_IS_SAVED_FILTERS_BUTTON (self));
  g_return_if_fail (expression != NULL);

  g_free (self->expression);
  self->expression = g_strdup (expression);
  name_changed_cb (self);
}

void
storm_saved_filters_button_popup (StormSavedFiltersButton *self)
{
  g_return_if_fail (STORM_IS_SAVED_FILTERS_BUTTON (self));

  gtk_menu_button_popup (self->button);
}
