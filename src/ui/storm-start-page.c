#include "config.h"

#include "storm-start-page.h"

#include <adwaita.h>

#include "storm-board-card.h"
#include "storm-sample-card.h"
#include "storm-tooltip.h"

struct _StormStartPage
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkBox *sections;
  GtkWidget *boards_section;
  GtkWidget *demo_section;
  GtkStack *boards_stack;
  GtkFlowBox *boards;
  GtkFlowBox *samples;

  StormLibrary *library;
  GHashTable *hidden;
  GtkFilter *filter;
  GListModel *shown;
};

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormStartPage, storm_start_page, GTK_TYPE_WIDGET)

static gboolean
is_shown (gpointer item,
          gpointer data)
{
  StormStartPage *self = data;

  return !g_hash_table_contains (self->hidden, storm_library_item_get_path (item));
}

static void
on_rename (StormBoardCard *card,
           const char     *title,
           StormStartPage *self)
{
  g_autoptr (GError) error = NULL;
  const char *path = storm_library_item_get_path (storm_board_card_get_item (card));

  if (!storm_library_rename (self->library, path, title, &error))
    g_signal_emit (self, signals[FAILED], 0, error);
  storm_library_refresh (self->library);
}

/* The card's own buttons take the focus, not a frame around them. */
static GtkWidget *
wrap (GtkWidget *widget)
{
  GtkWidget *child = gtk_flow_box_child_new ();

  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), widget);
  gtk_widget_set_focusable (child, FALSE);
  return child;
}

static GtkWidget *
create_card (gpointer item,
             gpointer data)
{
  GtkWidget *card = storm_board_card_new (item);

  g_signal_connect_object (card, "rename", G_CALLBACK (on_rename), data, 0);
  gtk_widget_set_halign (card, GTK_ALIGN_START);
  return wrap (card);
}

/* Who has boards wants to see them; who has none is here for the first time. */
static void
on_boards_changed (StormStartPage *self)
{
  gboolean empty = g_list_model_get_n_items (self->shown) == 0;

  gtk_stack_set_visible_child_name (self->boards_stack, empty ? "empty" : "boards");
  if (empty)
    gtk_box_reorder_child_after (self->sections, self->boards_section, self->demo_section);
  else
    gtk_box_reorder_child_after (self->sections, self->boards_section, NULL);
}

static void
storm_start_page_dispose (GObject *object)
{
  StormStartPage *self = STORM_START_PAGE (object);

  if (self->shown != NULL)
    g_signal_handlers_disconnect_by_data (self->shown, self);
  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (GTK_CUSTOM_FILTER (self->filter), NULL, NULL, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (storm_start_page_parent_class)->dispose (object);
}

static void
storm_start_page_finalize (GObject *object)
{
  g_hash_table_unref (STORM_START_PAGE (object)->hidden);

  G_OBJECT_CLASS (storm_start_page_parent_class)->finalize (object);
}

static void
storm_start_page_class_init (StormStartPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = storm_start_page_dispose;
  object_class->finalize = storm_start_page_finalize;

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/storm-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StormStartPage, box);
  gtk_widget_class_bind_template_child (widget_class, StormStartPage, sections);
  gtk_widget_class_bind_template_child (widget_class, StormStartPage, boards_section);
  gtk_widget_class_bind_template_child (widget_class, StormStartPage, demo_section);
  gtk_widget_class_bind_template_child (widget_class, StormStartPage, boards_stack);
  gtk_widget_class_bind_template_child (widget_class, StormStartPage, boards);
  gtk_widget_class_bind_template_child (widget_class, StormStartPage, samples);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
storm_start_page_init (StormStartPage *self)
{
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  storm_tooltip_add_keys (GTK_WIDGET (self));

  for (guint i = 0; i < storm_samples_get_n (); i++)
    gtk_flow_box_insert (self->samples, wrap (storm_sample_card_new (storm_samples_get (i))), -1);
}

GtkWidget *
storm_start_page_new (StormLibrary *library)
{
  StormStartPage *self;

  g_return_val_if_fail (STORM_IS_LIBRARY (library), NULL);

  self = g_object_new (STORM_TYPE_START_PAGE, NULL);
  self->library = g_object_ref (library);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  self->shown = G_LIST_MODEL (gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (library)),
                                                         g_object_ref (self->filter)));
  g_signal_connect_swapped (self->shown, "items-changed", G_CALLBACK (on_boards_changed), self);
  gtk_flow_box_bind_model (self->boards, self->shown, create_card, self, NULL);
  on_boards_changed (self);

  return GTK_WIDGET (self);
}

void
storm_start_page_set_hidden (StormStartPage *self,
                             const char     *path,
                             gboolean        hidden)
{
  g_return_if_fail (STORM_IS_START_PAGE (self));
  g_return_if_fail (path != NULL);

  if (hidden)
    g_hash_table_add (self->hidden, g_strdup (path));
  else
    g_hash_table_remove (self->hidden, path);
  gtk_filter_changed (self->filter, hidden ? GTK_FILTER_CHANGE_MORE_STRICT
                                           : GTK_FILTER_CHANGE_LESS_STRICT);
}

GListModel *
storm_start_page_get_boards (StormStartPage *self)
{
  g_return_val_if_fail (STORM_IS_START_PAGE (self), NULL);

  return self->shown;
}
