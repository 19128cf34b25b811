#include "config.h"

#include "storm-source-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "storm-kafka-source.h"

/* Of more connections, the rest is scrolled to. */
#define MAX_HEIGHT 280
#define WIDTH_CHARS 36

struct _StormSourceList
{
  GtkWidget               parent_instance;

  StormMonitorController *controller;
  StormMultiSource       *sources;     /* whose rows are shown, nullable */
  GtkWidget              *scroller;
  GtkWidget              *box;
};

/* One row, of the source that it has as data "source". */
typedef struct
{
  GtkWidget  *dot;
  const char *dot_class;
  GtkLabel   *words;
} Row;

enum
{
  EDIT,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormSourceList, storm_source_list, GTK_TYPE_WIDGET)

const char *
storm_source_dot_class (StormSourceState state)
{
  static const char * const classes[] = {
    [STORM_SOURCE_IDLE] = "idle", [STORM_SOURCE_CONNECTING] = "busy",
    [STORM_SOURCE_READING] = "busy", [STORM_SOURCE_LIVE] = "live",
    [STORM_SOURCE_WAITING] = "warning", [STORM_SOURCE_FAILED] = "error",
    [STORM_SOURCE_ENDED] = "ended", [STORM_SOURCE_STOPPED] = "idle",
  };

  return classes[CLAMP (state, STORM_SOURCE_IDLE, STORM_SOURCE_STOPPED)];
}

char *
storm_source_dup_sentence (StormMultiSource *sources,
                           guint             i)
{
  static const char separator[] = " · ";
  StormSource *source;
  g_autofree char *name = NULL;
  char *status;

  g_return_val_if_fail (STORM_IS_MULTI_SOURCE (sources), NULL);

  source = storm_multi_source_get (sources, i);
  name = storm_source_dup_name (source);
  status = storm_source_dup_status (source);
  if (*name != '\0' && g_str_has_prefix (status, name) &&
      g_str_has_prefix (status + strlen (name), separator))
    memmove (status, status + strlen (name) + strlen (separator),
             strlen (status + strlen (name) + strlen (separator)) + 1);
  return status;
}

static void
edit_cb (GtkWidget *button,
         gpointer   user_data)
{
  g_autoptr (StormSource) source = g_object_ref (g_object_get_data (G_OBJECT (button), "source"));

  g_signal_emit (user_data, signals[EDIT], 0, source);
}

static void
remove_cb (GtkWidget *button,
           gpointer   user_data)
{
  /* The row may go with it. */
  g_autoptr (StormSource) source = g_object_ref (g_object_get_data (G_OBJECT (button), "source"));

  g_signal_emit (user_data, signals[REMOVE], 0, source);
}

static void
add_button (StormSourceList *self,
            GtkWidget       *row,
            StormSource     *source,
            const char      *icon,
            char            *label,
            GCallback        callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_free (label);
  g_object_set_data_full (G_OBJECT (button), "source", g_object_ref (source), g_object_unref);
  g_signal_connect_object (button, "clicked", callback, self, 0);
  gtk_box_append (GTK_BOX (row), button);
}

static GtkLabel *
add_label (GtkWidget  *box,
           const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), WIDTH_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDTH_CHARS);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
make_row (StormSourceList *self,
          StormSource     *source,
          const char      *name)
{
  GtkWidget *widget = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Row *row = g_new0 (Row, 1);
  GtkLabel *title;

  row->dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_valign (row->dot, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_end (row->dot, 6);
  gtk_widget_add_css_class (row->dot, "source-dot");
  gtk_box_append (GTK_BOX (widget), row->dot);
  title = add_label (texts, name);
  gtk_label_set_ellipsize (title, PANGO_ELLIPSIZE_END);
  row->words = add_label (texts, NULL);
  gtk_label_set_wrap (row->words, TRUE);
  gtk_label_set_wrap_mode (row->words, PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (GTK_WIDGET (row->words), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (row->words), "caption");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (widget), texts);
  if (STORM_IS_KAFKA_SOURCE (source))
    /* Translators: a button; the name of a connection. */
    add_button (self, widget, source, "document-edit-symbolic",
                g_strdup_printf (_("Change “%s”"), name), G_CALLBACK (edit_cb));
  /* Translators: a button; the name of a connection. */
  add_button (self, widget, source, "window-close-symbolic",
              g_strdup_printf (_("Stop Watching “%s”"), name), G_CALLBACK (remove_cb));
  gtk_widget_add_css_class (widget, "source-row");
  g_object_set_data_full (G_OBJECT (widget), "row", row, g_free);
  return widget;
}

static void
show_states (StormSourceList *self)
{
  GtkWidget *widget = gtk_widget_get_first_child (self->box);

  /* A connection that was just added or removed is told of a little later. */
  for (guint i = 0; widget != NULL && i < storm_multi_source_get_n (self->sources);
       i++, widget = gtk_widget_get_next_sibling (widget))
    {
      Row *row = g_object_get_data (G_OBJECT (widget), "row");
      StormSourceState state = storm_source_get_state (storm_multi_source_get (self->sources, i));
      g_autofree char *words = storm_source_dup_sentence (self->sources, i);

      if (row->dot_class != NULL)
        gtk_widget_remove_css_class (row->dot, row->dot_class);
      row->dot_class = storm_source_dot_class (state);
      gtk_widget_add_css_class (row->dot, row->dot_class);
      gtk_label_set_text (row->words, words);
    }
}

static void
fill (StormSourceList *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  g_set_object (&self->sources, storm_monitor_controller_get_source (self->controller));
  for (guint i = 0; self->sources != NULL && i < storm_multi_source_get_n (self->sources); i++)
    gtk_box_append (GTK_BOX (self->box),
                    make_row (self, storm_multi_source_get (self->sources, i),
                              storm_multi_source_get_name (self->sources, i)));
  show_states (self);
}

static void
storm_source_list_dispose (GObject *object)
{
  StormSourceList *self = STORM_SOURCE_LIST (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->sources);
  g_clear_object (&self->controller);

  G_OBJECT_CLASS (storm_source_list_parent_class)->dispose (object);
}

static void
storm_source_list_class_init (StormSourceListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_source_list_dispose;
  signals[EDIT] = g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, STORM_TYPE_SOURCE);
  signals[REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, STORM_TYPE_SOURCE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "sourcelist");
}

static void
storm_source_list_init (StormSourceList *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
storm_source_list_new (StormMonitorController *controller)
{
  StormSourceList *self;

  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (controller), NULL);

  self = g_object_new (STORM_TYPE_SOURCE_LIST, NULL);
  self->controller = g_object_ref (controller);
  g_signal_connect_object (controller, "notify::source", G_CALLBACK (fill), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "notify::status", G_CALLBACK (show_states), self,
                           G_CONNECT_SWAPPED);
  fill (self);
  return GTK_WIDGET (self);
}
