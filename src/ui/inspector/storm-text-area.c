#include "config.h"

#include "storm-text-area.h"

struct _StormTextArea
{
  AdwPreferencesRow parent_instance;

  GtkTextView *view;
  char *value;
};

enum
{
  COMMITTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormTextArea, storm_text_area, ADW_TYPE_PREFERENCES_ROW)

static char *
dup_text (StormTextArea *self)
{
  char *text;

  g_object_get (gtk_text_view_get_buffer (self->view), "text", &text, NULL);
  return text;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                StormTextArea         *self)
{
  if (keyval == GDK_KEY_Escape)
    {
      storm_text_area_revert (self);
      return GDK_EVENT_PROPAGATE;
    }

  if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter) && (state & GDK_CONTROL_MASK) != 0)
    {
      storm_text_area_flush (self);
      return GDK_EVENT_STOP;
    }

  return GDK_EVENT_PROPAGATE;
}

static void
on_title_changed (StormTextArea *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), -1);
}

static void
storm_text_area_finalize (GObject *object)
{
  StormTextArea *self = STORM_TEXT_AREA (object);

  g_free (self->value);

  G_OBJECT_CLASS (storm_text_area_parent_class)->finalize (object);
}

static void
storm_text_area_class_init (StormTextAreaClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = storm_text_area_finalize;

  signals[COMMITTED] = g_signal_new ("committed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               APP_PATH "/inspector/storm-text-area.ui");
  gtk_widget_class_bind_template_child (widget_class, StormTextArea, view);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, storm_text_area_flush);
}

static void
storm_text_area_init (StormTextArea *self)
{
  self->value = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect (self, "notify::title", G_CALLBACK (on_title_changed), NULL);
}

void
storm_text_area_set_value (StormTextArea *self,
                           const char    *value)
{
  g_return_if_fail (STORM_IS_TEXT_AREA (self));
  g_return_if_fail (value != NULL);

  if (g_strcmp0 (self->value, value) == 0)
    return;

  g_free (self->value);
  self->value = g_strdup (value);
  storm_text_area_revert (self);
}

void
storm_text_area_revert (StormTextArea *self)
{
  g_autofree char *text = NULL;

  g_return_if_fail (STORM_IS_TEXT_AREA (self));

  text = dup_text (self);
  if (g_strcmp0 (self->value, text) != 0)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), self->value, -1);
}

void
storm_text_area_flush (StormTextArea *self)
{
  g_autofree char *text = NULL;

  g_return_if_fail (STORM_IS_TEXT_AREA (self));

  text = dup_text (self);
  if (g_strcmp0 (self->value, text) == 0)
    return;

  g_object_ref (self);
  g_signal_emit (self, signals[COMMITTED], 0, text);
  storm_text_area_revert (self);
  g_object_unref (self);
}

void
storm_text_area_set_editable (StormTextArea *self,
                              gboolean       editable)
{
  g_return_if_fail (STORM_IS_TEXT_AREA (self));

  gtk_text_view_set_editable (self->view, editable);
}
