#include "config.h"

#include "storm-outline.h"

#include <glib/gi18n-lib.h>

#include "storm-context.h"
#include "storm-outline-model.h"
#include "storm-swatch.h"

/* Pixels. */
#define INDENT 16

struct _StormOutline
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkSearchEntry *search;
  GtkListView *list;
  GtkStack *stack;

  StormSelection *selection;
  StormOutlineModel *model;
  GtkSingleSelection *rows;
  gboolean updating;
};

enum
{
  REVEAL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormOutline, storm_outline, GTK_TYPE_WIDGET)

/* A row is a box: swatch, words. A screen reader hears the label of the box. */
static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          StormOutline             *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), storm_swatch_new (14));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (item, box);
}

static void
show_row (GtkListItem *item)
{
  GObject *object = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *swatch = gtk_widget_get_first_child (box);
  GtkWidget *label = gtk_widget_get_last_child (box);
  g_autofree char *spoken = NULL;
  g_autofree char *line = NULL;
  const char *title;

  if (STORM_IS_STICKY (object))
    {
      StormKind kind = storm_sticky_get_kind (STORM_STICKY (object));

      title = storm_sticky_get_title (STORM_STICKY (object));
      storm_swatch_set_kind (STORM_SWATCH (swatch), kind);
      /* Translators: a sticky for a screen reader: "Event: Order placed" */
      spoken = storm_sticky_get_pivotal (STORM_STICKY (object))
               ? g_strdup_printf (_("Pivotal event: %s"), title)
               : g_strdup_printf (_("%s: %s"), storm_kind_name (kind), title);
    }
  else if (STORM_IS_CONTEXT (object))
    {
      title = storm_context_get_title (STORM_CONTEXT (object));
      spoken = g_strdup_printf (storm_context_get_kind (STORM_CONTEXT (object)) ==
                                STORM_CONTEXT_SWIMLANE ? _("Swimlane: %s")
                                                       : _("Bounded context: %s"), title);
    }
  else
    {
      title = gtk_string_object_get_string (GTK_STRING_OBJECT (object));
      spoken = g_strdup (title);
    }

  line = g_strdelimit (g_strdup (*title != '\0' ? title : _("Untitled")), "\n", ' ');
  gtk_label_set_label (GTK_LABEL (label), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* A context in another stands farther to the right, with what lies in it. */
static int
indent (StormOutline *self,
        StormObject  *object)
{
  guint depth = storm_outline_model_get_depth (self->model, object);

  if (STORM_IS_STICKY (object) && depth > 0)
    depth--;
  return INDENT * (int) depth;
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         StormOutline             *self)
{
  /* Not where it lies: a drag would write every row anew. */
  static const char * const shown[] = {
    "notify::title", "notify::kind", "notify::pivotal", "notify::context-kind"
  };
  GObject *object = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  gboolean heading = !STORM_IS_STICKY (object);

  gtk_widget_set_visible (gtk_widget_get_first_child (box), !heading);
  if (heading)
    gtk_widget_add_css_class (box, "storm-outline-heading");
  else
    gtk_widget_remove_css_class (box, "storm-outline-heading");
  gtk_list_item_set_selectable (item, STORM_IS_OBJECT (object));
  gtk_list_item_set_activatable (item, STORM_IS_OBJECT (object));

  gtk_widget_set_margin_start (box, STORM_IS_OBJECT (object)
                                    ? indent (self, STORM_OBJECT (object)) : 0);
  for (guint i = 0; STORM_IS_OBJECT (object) && i < G_N_ELEMENTS (shown); i++)
    g_signal_connect_swapped (object, shown[i], G_CALLBACK (show_row), item);
  show_row (item);
}

static void
on_unbind (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           StormOutline             *self)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_row, item);
}

static void
choose (StormOutline *self,
        GObject      *object)
{
  const char *id;

  if (!STORM_IS_OBJECT (object))
    return;

  id = storm_object_get_id (STORM_OBJECT (object));
  self->updating = TRUE;
  storm_selection_set_one (self->selection, id);
  self->updating = FALSE;
  g_signal_emit (self, signals[REVEAL], 0, id);
}

static void
on_row_selected (StormOutline *self)
{
  if (!self->updating)
    choose (self, gtk_single_selection_get_selected_item (self->rows));
}

static void
on_activate (GtkListView  *list,
             guint         position,
             StormOutline *self)
{
  g_autoptr (GObject) object = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

  choose (self, object);
}

static void
show_selection (StormOutline *self)
{
  StormObject *object = storm_selection_get_single (self->selection);
  guint position = G_MAXUINT;

  if (object != NULL)
    position = storm_outline_model_find (self->model, storm_object_get_id (object));

  self->updating = TRUE;
  gtk_single_selection_set_selected (self->rows, position != G_MAXUINT
                                                   ? position : GTK_INVALID_LIST_POSITION);
  self->updating = FALSE;
}

static void
on_selection_changed (StormOutline *self)
{
  if (!self->updating)
    show_selection (self);
}

static void
on_items_changed (StormOutline *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "list");
}

static void
on_search_changed (StormOutline *self)
{
  /* Rows that go away would move the selection to a neighbour. */
  self->updating = TRUE;
  storm_outline_model_set_filter (self->model,
                                  gtk_editable_get_text (GTK_EDITABLE (self->search)));
  self->updating = FALSE;
  show_selection (self);
}

static void
on_search_activate (StormOutline *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) object = g_list_model_get_item (G_LIST_MODEL (self->model), i);

      if (!STORM_IS_STICKY (object))
        continue;
      choose (self, object);
      show_selection (self);
      break;
    }
}

static void
storm_outline_dispose (GObject *object)
{
  StormOutline *self = STORM_OUTLINE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->rows);
  g_clear_object (&self->model);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (storm_outline_parent_class)->dispose (object);
}

static void
storm_outline_class_init (StormOutlineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_outline_dispose;

  signals[REVEAL] = g_signal_new ("reveal", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/storm-outline.ui");
  gtk_widget_class_bind_template_child (widget_class, StormOutline, box);
  gtk_widget_class_bind_template_child (widget_class, StormOutline, search);
  gtk_widget_class_bind_template_child (widget_class, StormOutline, list);
  gtk_widget_class_bind_template_child (widget_class, StormOutline, stack);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
storm_outline_init (StormOutline *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
storm_outline_new (StormSelection *selection)
{
  StormOutline *self;

  g_return_val_if_fail (STORM_IS_SELECTION (selection), NULL);

  self = g_object_new (STORM_TYPE_OUTLINE, NULL);
  self->selection = g_object_ref (selection);
  self->model = storm_outline_model_new (storm_selection_get_board (selection));
  self->rows = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->model)));
  gtk_single_selection_set_autoselect (self->rows, FALSE);
  gtk_single_selection_set_can_unselect (self->rows, TRUE);
  gtk_single_selection_set_selected (self->rows, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (self->rows, "notify::selected", G_CALLBACK (on_row_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "changed", G_CALLBACK (on_selection_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->rows));
  on_items_changed (self);
  show_selection (self);

  return GTK_WIDGET (self);
}
