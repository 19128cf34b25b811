#include "config.h"

#include "storm-drift-box.h"

#include <glib/gi18n-lib.h>

#include "storm-monitor-controller-private.h"

/* So many are read; a sticky that differs in more is another sticky. */
#define MAX_ROWS 30

struct _StormDriftBox
{
  GtkBox                  parent_instance;

  StormMonitorController *controller;
  guint32                 type_id;
  char                   *shown;    /* what the rows say, one a line */
  GtkWidget              *rows;
  GtkWidget              *all;
};

G_DEFINE_FINAL_TYPE (StormDriftBox, storm_drift_box, GTK_TYPE_BOX)

static StormHistory *
get_history (StormDriftBox *self)
{
  return storm_board_file_get_history (storm_monitor_controller_get_file (self->controller));
}

/* (nullable): the first sticky of the type whose fields differ. */
static StormSticky *
find_sticky (StormDriftBox  *self,
             GPtrArray     **drifts)
{
  StormMonitor *monitor = storm_monitor_controller_get_monitor (self->controller);
  GPtrArray *stickies;

  if (self->type_id == 0)
    return NULL;
  stickies = storm_matcher_match (storm_monitor_get_matcher (monitor), self->type_id, NULL);
  for (guint i = 0; i < stickies->len; i++)
    {
      StormSticky *sticky = g_ptr_array_index (stickies, i);
      g_autoptr (GPtrArray) found =
        storm_field_drift_get (storm_monitor_controller_get_drift (self->controller), sticky);

      if (found->len == 0)
        continue;
      *drifts = g_steal_pointer (&found);
      return sticky;
    }
  return NULL;
}

static void
take_over (StormDriftBox *self,
           const char    *name)
{
  StormHistory *history = get_history (self);
  g_autoptr (GPtrArray) drifts = NULL;
  StormSticky *sticky = find_sticky (self, &drifts);
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GError) error = NULL;

  if (sticky != NULL)
    change = storm_field_drift_take_over (storm_monitor_controller_get_drift (self->controller),
                                          sticky, name);
  if (change != NULL && !storm_history_do (history, change, &error))
    storm_monitor_controller_fail (self->controller, error);
}

static void
on_take_over (StormDriftBox *self,
              GtkWidget     *button)
{
  g_autofree char *name = g_strdup (gtk_widget_get_name (button));

  take_over (self, name);
}

static void
on_take_over_all (StormDriftBox *self)
{
  take_over (self, NULL);
}

static void
add_row (StormDriftBox    *self,
         const StormDrift *drift,
         const char       *words,
         gboolean          writable)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (words);
  GtkWidget *button = gtk_button_new_from_icon_name ("object-select-symbolic");
  g_autofree char *tip = g_strdup_printf (_("Take over “%s” onto the sticky"), drift->name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), label);

  gtk_widget_set_name (button, drift->name);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, writable);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_take_over), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (self->rows), row);
}

static void
show_drift (StormDriftBox *self)
{
  StormHistory *history = get_history (self);
  gboolean writable = !storm_history_get_read_only (history);
  g_autoptr (GString) text = g_string_new (writable ? "w" : "r");
  g_autoptr (GPtrArray) drifts = NULL;
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  GtkWidget *row;

  find_sticky (self, &drifts);
  for (guint i = 0; drifts != NULL && i < MIN (drifts->len, MAX_ROWS); i++)
    {
      g_ptr_array_add (words, storm_drift_words (g_ptr_array_index (drifts, i)));
      g_string_append_printf (text, "\n%s", (char *) g_ptr_array_index (words, i));
    }

  /* Counts change with each event; a button must not go away under the pointer for nothing. */
  if (g_strcmp0 (text->str, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (text->str);

  while ((row = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_box_remove (GTK_BOX (self->rows), row);
  for (guint i = 0; i < words->len; i++)
    add_row (self, g_ptr_array_index (drifts, i), g_ptr_array_index (words, i), writable);
  gtk_widget_set_sensitive (self->all, writable);
  gtk_widget_set_visible (self->all, drifts != NULL && drifts->len > 1);
  gtk_widget_set_visible (GTK_WIDGET (self), words->len > 0);
}

static void
storm_drift_box_finalize (GObject *object)
{
  StormDriftBox *self = STORM_DRIFT_BOX (object);

  g_free (self->shown);
  g_object_unref (self->controller);

  G_OBJECT_CLASS (storm_drift_box_parent_class)->finalize (object);
}

static void
storm_drift_box_class_init (StormDriftBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_drift_box_finalize;
}

static void
storm_drift_box_init (StormDriftBox *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (_("Fields differ from the sticky"));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 4);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (head), title);

  self->all = gtk_button_new_with_label (_("Take Over All"));
  gtk_widget_set_valign (self->all, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->all, "clicked", G_CALLBACK (on_take_over_all), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (head), self->all);
  gtk_box_append (GTK_BOX (self), head);

  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self), self->rows);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
storm_drift_box_new (StormMonitorController *controller)
{
  StormDriftBox *self;

  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (controller), NULL);

  self = g_object_new (STORM_TYPE_DRIFT_BOX, NULL);
  self->controller = g_object_ref (controller);
  g_signal_connect_object (storm_monitor_controller_get_drift (controller), "changed",
                           G_CALLBACK (show_drift), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (storm_history_get_board (get_history (self)), "updated",
                           G_CALLBACK (show_drift), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
storm_drift_box_set_type (StormDriftBox *self,
                          guint32        type_id)
{
  g_return_if_fail (STORM_IS_DRIFT_BOX (self));

  self->type_id = type_id;
  show_drift (self);
}
