#include "config.h"

#include "storm-alias-list.h"

#include <glib/gi18n-lib.h>

#include "storm-text-row.h"

struct _StormAliasList
{
  AdwBin parent_instance;

  GtkListBox *list;
  StormTextRow *add_row;
  GPtrArray *rows;
};

enum
{
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormAliasList, storm_alias_list, ADW_TYPE_BIN)

/* What is kept, with @text in place of the row at @position; an empty @text leaves that one out. */
static void
emit_edited (StormAliasList *self,
             guint           position,
             const char     *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) aliases = NULL;

  for (guint i = 0; i <= self->rows->len; i++)
    {
      g_autofree char *alias = NULL;

      if (i == position)
        alias = g_strstrip (g_strdup (text));
      else if (i < self->rows->len)
        alias = g_strdup (storm_text_row_get_value (self->rows->pdata[i]));
      if (alias != NULL && *alias != '\0')
        g_strv_builder_add (builder, alias);
    }

  aliases = g_strv_builder_end (builder);
  g_signal_emit (self, signals[EDITED], 0, aliases);
}

static void
on_committed (StormTextRow   *row,
              const char     *text,
              StormAliasList *self)
{
  guint position;

  if (g_ptr_array_find (self->rows, row, &position))
    emit_edited (self, position, text);
}

static void
on_add (StormAliasList *self,
        const char     *text)
{
  g_autofree char *alias = g_strstrip (g_strdup (text));

  storm_text_row_revert (self->add_row);
  if (*alias != '\0')
    emit_edited (self, self->rows->len, alias);
}

static void
on_remove_clicked (GtkButton      *button,
                   StormAliasList *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), STORM_TYPE_TEXT_ROW);
  guint position;

  if (g_ptr_array_find (self->rows, row, &position))
    emit_edited (self, position, "");
}

static StormTextRow *
append_row (StormAliasList *self)
{
  StormTextRow *row = STORM_TEXT_ROW (storm_text_row_new (_("Name")));
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Remove the Name"));
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove_clicked), self);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
  g_signal_connect (row, "committed", G_CALLBACK (on_committed), self);
  gtk_list_box_insert (self->list, GTK_WIDGET (row), self->rows->len);
  g_ptr_array_add (self->rows, row);

  return row;
}

static void
drop_last_row (StormAliasList *self)
{
  StormTextRow *row = g_ptr_array_steal_index (self->rows, self->rows->len - 1);

  g_signal_handlers_disconnect_by_data (row, self);
  gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static void
storm_alias_list_dispose (GObject *object)
{
  StormAliasList *self = STORM_ALIAS_LIST (object);

  while (self->rows->len > 0)
    drop_last_row (self);

  G_OBJECT_CLASS (storm_alias_list_parent_class)->dispose (object);
}

static void
storm_alias_list_finalize (GObject *object)
{
  g_ptr_array_unref (STORM_ALIAS_LIST (object)->rows);

  G_OBJECT_CLASS (storm_alias_list_parent_class)->finalize (object);
}

static void
storm_alias_list_class_init (StormAliasListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = storm_alias_list_dispose;
  object_class->finalize = storm_alias_list_finalize;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
}

static void
storm_alias_list_init (StormAliasList *self)
{
  self->rows = g_ptr_array_new ();
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Other names"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));

  self->add_row = STORM_TEXT_ROW (storm_text_row_new (_("Add a name")));
  g_signal_connect_swapped (self->add_row, "committed", G_CALLBACK (on_add), self);
  gtk_list_box_append (self->list, GTK_WIDGET (self->add_row));
}

void
storm_alias_list_set_aliases (StormAliasList     *self,
                              const char * const *aliases)
{
  guint n = aliases != NULL ? g_strv_length ((char **) aliases) : 0;

  g_return_if_fail (STORM_IS_ALIAS_LIST (self));

  while (self->rows->len > n)
    drop_last_row (self);

  for (guint i = 0; i < n; i++)
    {
      StormTextRow *row = i < self->rows->len ? self->rows->pdata[i] : append_row (self);

      storm_text_row_set_value (row, aliases[i]);
      storm_text_row_revert (row);
    }
}

void
storm_alias_list_set_editable (StormAliasList *self,
                               gboolean        editable)
{
  g_return_if_fail (STORM_IS_ALIAS_LIST (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self), editable);
}

void
storm_alias_list_flush (StormAliasList *self)
{
  g_return_if_fail (STORM_IS_ALIAS_LIST (self));

  for (guint i = 0; i < self->rows->len; i++)
    storm_text_row_flush (self->rows->pdata[i]);
  storm_text_row_flush (self->add_row);
}
