#include "config.h"

#include "storm-topic-picker.h"

#include <glib/gi18n-lib.h>

struct _StormTopicPicker
{
  GtkWidget      parent_instance;

  GtkWidget     *box;
  GtkEditable   *search;
  GtkListView   *list;
  GtkStringList *topics;
  GHashTable    *chosen;     /* name, as a set */
  gboolean       filling;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormTopicPicker, storm_topic_picker, GTK_TYPE_WIDGET)

static void
toggled_cb (GtkCheckButton *button,
            GtkListItem    *item)
{
  StormTopicPicker *self;
  GtkStringObject *string = gtk_list_item_get_item (item);
  const char *topic;

  self = STORM_TOPIC_PICKER (gtk_widget_get_ancestor (GTK_WIDGET (button),
                                                      STORM_TYPE_TOPIC_PICKER));
  if (self == NULL || self->filling || string == NULL)
    return;
  topic = gtk_string_object_get_string (string);
  if (gtk_check_button_get_active (button))
    g_hash_table_add (self->chosen, g_strdup (topic));
  else
    g_hash_table_remove (self->chosen, topic);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
setup_cb (StormTopicPicker *self,
          GtkListItem      *item)
{
  GtkWidget *button = gtk_check_button_new ();

  g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), item);
  gtk_list_item_set_child (item, button);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (StormTopicPicker *self,
         GtkListItem      *item)
{
  GtkCheckButton *button = GTK_CHECK_BUTTON (gtk_list_item_get_child (item));
  const char *topic = gtk_string_object_get_string (gtk_list_item_get_item (item));

  self->filling = TRUE;
  gtk_check_button_set_label (button, topic);
  gtk_check_button_set_active (button, g_hash_table_contains (self->chosen, topic));
  self->filling = FALSE;
}

static void
storm_topic_picker_dispose (GObject *object)
{
  StormTopicPicker *self = STORM_TOPIC_PICKER (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->topics);
  g_clear_pointer (&self->chosen, g_hash_table_unref);

  G_OBJECT_CLASS (storm_topic_picker_parent_class)->dispose (object);
}

static void
storm_topic_picker_class_init (StormTopicPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = storm_topic_picker_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkFilterListModel *
make_filtered (StormTopicPicker *self)
{
  GtkExpression *name = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkStringFilter *filter = gtk_string_filter_new (name);

  gtk_string_filter_set_match_mode (filter, GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  g_object_bind_property (self->search, "text", filter, "search", G_BINDING_SYNC_CREATE);
  return gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->topics)),
                                    GTK_FILTER (filter));
}

static void
storm_topic_picker_init (StormTopicPicker *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list;

  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->topics = gtk_string_list_new (NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->search = GTK_EDITABLE (gtk_search_entry_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search topics"), -1);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->search));

  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), self);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (
    gtk_no_selection_new (G_LIST_MODEL (make_filtered (self)))), factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Topics"), -1);
  self->list = GTK_LIST_VIEW (list);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 220);
  gtk_scrolled_window_set_min_content_width (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_box_append (GTK_BOX (self->box), scroller);
}

GtkWidget *
storm_topic_picker_new (void)
{
  return g_object_new (STORM_TYPE_TOPIC_PICKER, NULL);
}

void
storm_topic_picker_set_topics (StormTopicPicker   *self,
                               const char * const *topics)
{
  g_return_if_fail (STORM_IS_TOPIC_PICKER (self));

  gtk_string_list_splice (self->topics, 0, g_list_model_get_n_items (G_LIST_MODEL (self->topics)),
                          topics);
}

void
storm_topic_picker_set_chosen (StormTopicPicker   *self,
                               const char * const *topics)
{
  g_return_if_fail (STORM_IS_TOPIC_PICKER (self));

  g_hash_table_remove_all (self->chosen);
  for (guint i = 0; topics != NULL && topics[i] != NULL; i++)
    g_hash_table_add (self->chosen, g_strdup (topics[i]));
}

char **
storm_topic_picker_get_chosen (StormTopicPicker *self)
{
  g_autoptr (GList) names = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (STORM_IS_TOPIC_PICKER (self), NULL);

  names = g_list_sort (g_hash_table_get_keys (self->chosen), (GCompareFunc) strcmp);
  for (GList *l = names; l != NULL; l = l->next)
    g_strv_builder_add (builder, l->data);
  return g_strv_builder_end (builder);
}
