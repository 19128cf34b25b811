#include "config.h"

#include "storm-field-list.h"

#include <glib/gi18n-lib.h>

#include "storm-field-row.h"
#include "storm-text-row.h"

struct _StormFieldList
{
  AdwBin parent_instance;

  GtkListBox *list;
  StormTextRow *add_row;
  GPtrArray *rows;
  GMenuModel *types;
};

enum
{
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char * const common_types[] = {
  "String", "Integer", "Long", "Double", "Boolean", "Date", "Money", "Address", NULL
};

G_DEFINE_FINAL_TYPE (StormFieldList, storm_field_list, ADW_TYPE_BIN)

static GPtrArray *
dup_fields (StormFieldList *self)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func ((GDestroyNotify) storm_field_unref);

  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (fields, storm_field_row_dup_field (self->rows->pdata[i]));

  return fields;
}

static void
emit_edited (StormFieldList *self,
             GPtrArray      *fields)
{
  g_signal_emit (self, signals[EDITED], 0, fields);
}

static void
on_changed (StormFieldList *self)
{
  g_autoptr (GPtrArray) fields = dup_fields (self);

  emit_edited (self, fields);
}

static void
on_move (StormFieldRow  *row,
         int             delta,
         StormFieldList *self)
{
  g_autoptr (GPtrArray) fields = dup_fields (self);
  gpointer field;
  guint from;

  if (!g_ptr_array_find (self->rows, row, &from))
    return;
  if ((delta < 0 && from == 0) || (delta > 0 && from + 1 >= fields->len))
    return;

  field = g_ptr_array_steal_index (fields, from);
  g_ptr_array_insert (fields, (int) from + delta, field);
  emit_edited (self, fields);
  gtk_widget_grab_focus (self->rows->pdata[from + delta]);
}

static void
on_remove (StormFieldRow  *row,
           StormFieldList *self)
{
  g_autoptr (GPtrArray) fields = dup_fields (self);
  guint position;

  if (!g_ptr_array_find (self->rows, row, &position))
    return;

  g_ptr_array_remove_index (fields, position);
  /* The row goes away in this; it must not be asked again while it loses the focus. */
  g_object_ref (row);
  emit_edited (self, fields);
  g_object_unref (row);
}

/* "name", or "name: Type" as people write it on paper. */
static void
on_add (StormFieldList *self,
        const char     *text)
{
  g_autoptr (GPtrArray) fields = NULL;
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  const char *type = "";

  if (parts[0] == NULL || *g_strstrip (parts[0]) == '\0')
    {
      storm_text_row_revert (self->add_row);
      return;
    }
  if (parts[1] != NULL)
    type = g_strstrip (parts[1]);

  fields = dup_fields (self);
  g_ptr_array_add (fields, storm_field_new (parts[0], type, FALSE, FALSE, NULL));
  storm_text_row_revert (self->add_row);
  emit_edited (self, fields);
}

static StormFieldRow *
append_row (StormFieldList *self)
{
  StormFieldRow *row = STORM_FIELD_ROW (storm_field_row_new ());

  storm_field_row_set_types (row, self->types);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (row, "move", G_CALLBACK (on_move), self);
  g_signal_connect (row, "remove", G_CALLBACK (on_remove), self);
  gtk_list_box_insert (self->list, GTK_WIDGET (row), self->rows->len);
  g_ptr_array_add (self->rows, row);

  return row;
}

static void
drop_last_row (StormFieldList *self)
{
  StormFieldRow *row = g_ptr_array_steal_index (self->rows, self->rows->len - 1);

  /* Losing the focus in the removal must not bring the field back. */
  g_signal_handlers_disconnect_by_data (row, self);
  gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static void
storm_field_list_dispose (GObject *object)
{
  StormFieldList *self = STORM_FIELD_LIST (object);

  while (self->rows->len > 0)
    drop_last_row (self);
  g_clear_object (&self->types);

  G_OBJECT_CLASS (storm_field_list_parent_class)->dispose (object);
}

static void
storm_field_list_finalize (GObject *object)
{
  g_ptr_array_unref (STORM_FIELD_LIST (object)->rows);

  G_OBJECT_CLASS (storm_field_list_parent_class)->finalize (object);
}

static void
storm_field_list_class_init (StormFieldListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = storm_field_list_dispose;
  object_class->finalize = storm_field_list_finalize;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
storm_field_list_init (StormFieldList *self)
{
  self->rows = g_ptr_array_new ();
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Fields"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));

  self->add_row = STORM_TEXT_ROW (storm_text_row_new (_("Add a field")));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->add_row),
                               _("Its name, or name and type: “orderId: Long”"));
  g_signal_connect_swapped (self->add_row, "committed", G_CALLBACK (on_add), self);
  gtk_list_box_append (self->list, GTK_WIDGET (self->add_row));

  storm_field_list_set_types (self, NULL);
}

void
storm_field_list_set_fields (StormFieldList *self,
                             GPtrArray      *fields)
{
  g_return_if_fail (STORM_IS_FIELD_LIST (self));
  g_return_if_fail (fields != NULL);

  while (self->rows->len > fields->len)
    drop_last_row (self);

  for (guint i = 0; i < fields->len; i++)
    {
      StormFieldRow *row = i < self->rows->len ? self->rows->pdata[i] : append_row (self);

      storm_field_row_set_field (row, fields->pdata[i]);
      storm_field_row_set_place (row, i == 0, i + 1 == fields->len);
    }
}

void
storm_field_list_set_types (StormFieldList     *self,
                            const char * const *types)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  const char * const *groups[] = { types, common_types };

  g_return_if_fail (STORM_IS_FIELD_LIST (self));

  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    {
      g_autoptr (GMenu) section = g_menu_new ();

      for (guint i = 0; groups[g] != NULL && groups[g][i] != NULL; i++)
        {
          g_autoptr (GMenuItem) item = g_menu_item_new (groups[g][i], NULL);

          g_menu_item_set_action_and_target (item, "field.set-type", "s", groups[g][i]);
          g_menu_append_item (section, item);
        }
      g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
    }

  g_clear_object (&self->types);
  self->types = G_MENU_MODEL (g_steal_pointer (&menu));
  for (guint i = 0; i < self->rows->len; i++)
    storm_field_row_set_types (self->rows->pdata[i], self->types);
}

void
storm_field_list_set_editable (StormFieldList *self,
                               gboolean        editable)
{
  g_return_if_fail (STORM_IS_FIELD_LIST (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self), editable);
}

void
storm_field_list_flush (StormFieldList *self)
{
  g_return_if_fail (STORM_IS_FIELD_LIST (self));

  for (guint i = 0; i < self->rows->len; i++)
    storm_field_row_flush (self->rows->pdata[i]);
  storm_text_row_flush (self->add_row);
}
