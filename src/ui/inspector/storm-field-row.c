#include "config.h"

#include "storm-field-row.h"

#include <glib/gi18n-lib.h>

struct _StormFieldRow
{
  GtkListBoxRow parent_instance;

  GtkEditable *name;
  GtkEditable *type;
  GtkMenuButton *types;
  GtkToggleButton *key;
  GtkToggleButton *correlation;

  StormField *field;
  gboolean updating;
};

enum
{
  CHANGED,
  MOVE,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormFieldRow, storm_field_row, GTK_TYPE_LIST_BOX_ROW)

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                StormFieldRow         *self)
{
  if (keyval != GDK_KEY_Escape || self->field == NULL)
    return GDK_EVENT_PROPAGATE;

  storm_field_row_revert (self);
  return GDK_EVENT_PROPAGATE;
}

static void
set_type (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  StormFieldRow *self = STORM_FIELD_ROW (widget);

  gtk_editable_set_text (self->type, g_variant_get_string (parameter, NULL));
  storm_field_row_flush (self);
}

static void
move_field (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  gboolean up = g_str_equal (action_name, "field.move-up");

  g_signal_emit (widget, signals[MOVE], 0, up ? -1 : 1);
}

static void
remove_field (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  g_signal_emit (widget, signals[REMOVE], 0);
}

static void
storm_field_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STORM_TYPE_FIELD_ROW);

  G_OBJECT_CLASS (storm_field_row_parent_class)->dispose (object);
}

static void
storm_field_row_finalize (GObject *object)
{
  g_clear_pointer (&STORM_FIELD_ROW (object)->field, storm_field_unref);

  G_OBJECT_CLASS (storm_field_row_parent_class)->finalize (object);
}

static void
storm_field_row_class_init (StormFieldRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = storm_field_row_dispose;
  object_class->finalize = storm_field_row_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVE] = g_signal_new ("move", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "field.set-type", "s", set_type);
  gtk_widget_class_install_action (widget_class, "field.move-up", NULL, move_field);
  gtk_widget_class_install_action (widget_class, "field.move-down", NULL, move_field);
  gtk_widget_class_install_action (widget_class, "field.remove", NULL, remove_field);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "field.move-up",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "field.move-down",
                                       NULL);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               APP_PATH "/inspector/storm-field-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StormFieldRow, name);
  gtk_widget_class_bind_template_child (widget_class, StormFieldRow, type);
  gtk_widget_class_bind_template_child (widget_class, StormFieldRow, types);
  gtk_widget_class_bind_template_child (widget_class, StormFieldRow, key);
  gtk_widget_class_bind_template_child (widget_class, StormFieldRow, correlation);
  gtk_widget_class_bind_template_callback (widget_class, storm_field_row_flush);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
}

static void
storm_field_row_init (StormFieldRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
storm_field_row_new (void)
{
  return g_object_new (STORM_TYPE_FIELD_ROW, NULL);
}

void
storm_field_row_set_field (StormFieldRow *self,
                           StormField    *field)
{
  g_autofree char *label = NULL;

  g_return_if_fail (STORM_IS_FIELD_ROW (self));
  g_return_if_fail (field != NULL);

  if (self->field != NULL && storm_field_equal (self->field, field))
    return;

  g_clear_pointer (&self->field, storm_field_unref);
  self->field = storm_field_ref (field);

  storm_field_row_revert (self);

  /* Translators: a field of a sticky, for a screen reader: "Field orderId" */
  label = g_strdup_printf (_("Field %s"), field->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
storm_field_row_revert (StormFieldRow *self)
{
  g_return_if_fail (STORM_IS_FIELD_ROW (self));
  g_return_if_fail (self->field != NULL);

  self->updating = TRUE;
  gtk_editable_set_text (self->name, self->field->name);
  gtk_editable_set_text (self->type, self->field->type);
  gtk_toggle_button_set_active (self->key, self->field->key);
  gtk_toggle_button_set_active (self->correlation, self->field->correlation);
  self->updating = FALSE;
}

StormField *
storm_field_row_dup_field (StormFieldRow *self)
{
  g_autofree char *name = NULL;
  g_autofree char *type = NULL;

  g_return_val_if_fail (STORM_IS_FIELD_ROW (self), NULL);
  g_return_val_if_fail (self->field != NULL, NULL);

  name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  type = g_strstrip (g_strdup (gtk_editable_get_text (self->type)));
  return storm_field_new (*name != '\0' ? name : self->field->name, type,
                          gtk_toggle_button_get_active (self->key),
                          gtk_toggle_button_get_active (self->correlation), self->field->extra);
}

void
storm_field_row_set_place (StormFieldRow *self,
                           gboolean       first,
                           gboolean       last)
{
  g_return_if_fail (STORM_IS_FIELD_ROW (self));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "field.move-up", !first);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "field.move-down", !last);
}

void
storm_field_row_set_types (StormFieldRow *self,
                           GMenuModel    *types)
{
  g_return_if_fail (STORM_IS_FIELD_ROW (self));

  gtk_menu_button_set_menu_model (self->types, types);
}

void
storm_field_row_flush (StormFieldRow *self)
{
  g_autoptr (StormField) field = NULL;

  g_return_if_fail (STORM_IS_FIELD_ROW (self));

  if (self->updating || self->field == NULL)
    return;

  field = storm_field_row_dup_field (self);
  g_object_ref (self);
  if (!storm_field_equal (self->field, field))
    g_signal_emit (self, signals[CHANGED], 0);
  storm_field_row_revert (self);
  g_object_unref (self);
}
