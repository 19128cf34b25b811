#include "config.h"

#include "storm-find-bar.h"

#include <glib/gi18n-lib.h>

#include "storm-context.h"

/* Longer titles would push the buttons out of a small window. */
#define TITLE_CHARS 20

struct _StormFindBar
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkSearchEntry *entry;
  GtkLabel *count;
  GtkDropDown *kinds;
  GtkDropDown *contexts;
  GtkWidget *previous;
  GtkWidget *next;

  StormFind *find;
  StormSelection *selection;
  /* Ids of the contexts in their drop-down, after "all" and "none". */
  GPtrArray *context_ids;
  gboolean updating;
};

enum
{
  REVEAL,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormFindBar, storm_find_bar, GTK_TYPE_WIDGET)

/* Where the selected sticky is among the results. */
static guint
get_position (StormFindBar *self)
{
  StormObject *object = storm_selection_get_single (self->selection);

  return object != NULL ? storm_find_get_position (self->find, storm_object_get_id (object))
                        : G_MAXUINT;
}

static void
show_count (StormFindBar *self)
{
  guint n = storm_find_get_n (self->find);
  guint position = get_position (self);
  gboolean nothing = n == 0 && storm_find_is_active (self->find);
  g_autofree char *words = NULL;

  if (nothing)
    words = g_strdup (C_("find", "None"));
  else if (n > 0 && position != G_MAXUINT)
    /* Translators: of the stickies that were found, which one is shown */
    words = g_strdup_printf (_("%u of %u"), position + 1, n);
  else if (n > 0)
    /* Translators: how many stickies were found */
    words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u found", "%u found", n), n);

  gtk_label_set_label (self->count, words != NULL ? words : "");
  gtk_widget_set_sensitive (self->previous, n > 0);
  gtk_widget_set_sensitive (self->next, n > 0);
  if (nothing)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
}

static void
show_result (StormFindBar *self,
             guint         position)
{
  g_autofree char *id = g_strdup (storm_find_get_id (self->find, position));

  storm_selection_set_one (self->selection, id);
  g_signal_emit (self, signals[REVEAL], 0, id);
}

static void
step (StormFindBar *self,
      int           by)
{
  guint n = storm_find_get_n (self->find);
  guint position = get_position (self);

  if (n == 0)
    return;
  if (position == G_MAXUINT)
    show_result (self, by > 0 ? 0 : n - 1);
  else
    show_result (self, (position + n + (guint) by) % n);
}

/* While somebody types, the view stays where it is as long as what it shows is still a result. */
static void
keep_result (StormFindBar *self)
{
  if (storm_find_get_n (self->find) > 0 && get_position (self) == G_MAXUINT)
    show_result (self, 0);
}

static void
on_next (StormFindBar *self)
{
  step (self, 1);
}

static void
on_previous (StormFindBar *self)
{
  step (self, -1);
}

static gboolean
on_shift_enter (GtkWidget *widget,
                GVariant  *args,
                gpointer   data)
{
  on_previous (STORM_FIND_BAR (widget));
  return TRUE;
}

static void
on_close (StormFindBar *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
on_search_changed (StormFindBar *self)
{
  /* The entry speaks up some time later: then the bar may be closed again. */
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;

  storm_find_set_text (self->find, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  keep_result (self);
}

static void
on_kind_selected (StormFindBar *self)
{
  guint selected = gtk_drop_down_get_selected (self->kinds);

  if (self->updating || selected == GTK_INVALID_LIST_POSITION)
    return;
  storm_find_set_kind (self->find, (int) selected - 1);
  keep_result (self);
}

static void
on_context_selected (StormFindBar *self)
{
  guint selected = gtk_drop_down_get_selected (self->contexts);

  if (self->updating || selected >= self->context_ids->len)
    return;
  storm_find_set_context (self->find, g_ptr_array_index (self->context_ids, selected));
  keep_result (self);
}

static void
fill_kinds (StormFindBar *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _("All kinds"));
  for (guint i = 0; i < STORM_N_KINDS; i++)
    gtk_string_list_append (names, storm_kind_name ((StormKind) i));
  gtk_drop_down_set_model (self->kinds, G_LIST_MODEL (names));
}

static char *
shorten (const char *title)
{
  g_autofree char *start = NULL;

  if (*title == '\0')
    return g_strdup (_("Untitled"));
  if (g_utf8_strlen (title, -1) <= TITLE_CHARS)
    return g_strdelimit (g_strdup (title), "\n", ' ');

  start = g_utf8_substring (title, 0, TITLE_CHARS - 1);
  return g_strconcat (g_strdelimit (start, "\n", ' '), "…", NULL);
}

static void
fill_contexts (StormFindBar *self)
{
  GListModel *contexts = storm_board_get_contexts (storm_selection_get_board (self->selection));
  guint n = g_list_model_get_n_items (contexts);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->updating = TRUE;
  g_ptr_array_set_size (self->context_ids, 0);
  g_ptr_array_add (self->context_ids, NULL);
  g_ptr_array_add (self->context_ids, g_strdup (""));
  gtk_string_list_append (names, _("All contexts"));
  gtk_string_list_append (names, _("In no context"));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StormContext) context = g_list_model_get_item (contexts, i);
      g_autofree char *title = shorten (storm_context_get_title (context));

      g_ptr_array_add (self->context_ids,
                       g_strdup (storm_object_get_id (STORM_OBJECT (context))));
      gtk_string_list_append (names, title);
    }
  gtk_drop_down_set_model (self->contexts, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->contexts, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->contexts), n > 0);
  self->updating = FALSE;
}

static void
storm_find_bar_dispose (GObject *object)
{
  StormFindBar *self = STORM_FIND_BAR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->find);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (storm_find_bar_parent_class)->dispose (object);
}

static void
storm_find_bar_finalize (GObject *object)
{
  g_ptr_array_unref (STORM_FIND_BAR (object)->context_ids);

  G_OBJECT_CLASS (storm_find_bar_parent_class)->finalize (object);
}

static void
storm_find_bar_class_init (StormFindBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = storm_find_bar_dispose;
  object_class->finalize = storm_find_bar_finalize;

  signals[REVEAL] = g_signal_new ("reveal", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, APP_PATH "/storm-find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, StormFindBar, box);
  gtk_widget_class_bind_template_child (widget_class, StormFindBar, entry);
  gtk_widget_class_bind_template_child (widget_class, StormFindBar, count);
  gtk_widget_class_bind_template_child (widget_class, StormFindBar, kinds);
  gtk_widget_class_bind_template_child (widget_class, StormFindBar, contexts);
  gtk_widget_class_bind_template_child (widget_class, StormFindBar, previous);
  gtk_widget_class_bind_template_child (widget_class, StormFindBar, next);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_previous);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_context_selected);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_SHIFT_MASK, on_shift_enter,
                                NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, GDK_SHIFT_MASK, on_shift_enter,
                                NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEARCH);
}

static void
storm_find_bar_init (StormFindBar *self)
{
  self->context_ids = g_ptr_array_new_with_free_func (g_free);
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_kinds (self);
  self->updating = FALSE;
}

GtkWidget *
storm_find_bar_new (StormSelection *selection)
{
  StormFindBar *self;

  g_return_val_if_fail (STORM_IS_SELECTION (selection), NULL);

  self = g_object_new (STORM_TYPE_FIND_BAR, "visible", FALSE, NULL);
  self->selection = g_object_ref (selection);
  self->find = storm_find_new (storm_selection_get_board (selection));
  g_signal_connect_object (self->find, "changed", G_CALLBACK (show_count), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "changed", G_CALLBACK (show_count), self,
                           G_CONNECT_SWAPPED);
  show_count (self);

  return GTK_WIDGET (self);
}

StormFind *
storm_find_bar_get_find (StormFindBar *self)
{
  g_return_val_if_fail (STORM_IS_FIND_BAR (self), NULL);

  return self->find;
}

void
storm_find_bar_open (StormFindBar *self)
{
  g_return_if_fail (STORM_IS_FIND_BAR (self));

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    {
      fill_contexts (self);
      gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
      on_kind_selected (self);
      on_search_changed (self);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

void
storm_find_bar_close (StormFindBar *self)
{
  g_return_if_fail (STORM_IS_FIND_BAR (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  storm_find_set_text (self->find, NULL);
  storm_find_set_kind (self->find, -1);
  storm_find_set_context (self->find, NULL);
}
