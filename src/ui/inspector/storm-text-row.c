#include "config.h"

#include "storm-text-row.h"

struct _StormTextRow
{
  AdwEntryRow parent_instance;

  char *value;
};

enum
{
  COMMITTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormTextRow, storm_text_row, ADW_TYPE_ENTRY_ROW)

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                StormTextRow          *self)
{
  if (keyval != GDK_KEY_Escape ||
      g_strcmp0 (self->value, gtk_editable_get_text (GTK_EDITABLE (self))) == 0)
    return GDK_EVENT_PROPAGATE;

  storm_text_row_revert (self);
  return GDK_EVENT_STOP;
}

static void
storm_text_row_finalize (GObject *object)
{
  StormTextRow *self = STORM_TEXT_ROW (object);

  g_free (self->value);

  G_OBJECT_CLASS (storm_text_row_parent_class)->finalize (object);
}

static void
storm_text_row_class_init (StormTextRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_text_row_finalize;

  signals[COMMITTED] = g_signal_new ("committed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
storm_text_row_init (StormTextRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  self->value = g_strdup ("");

  g_signal_connect_swapped (focus, "leave", G_CALLBACK (storm_text_row_flush), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect (key, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  g_signal_connect (self, "entry-activated", G_CALLBACK (storm_text_row_flush), NULL);
}

GtkWidget *
storm_text_row_new (const char *title)
{
  return g_object_new (STORM_TYPE_TEXT_ROW, "title", title, NULL);
}

void
storm_text_row_set_value (StormTextRow *self,
                          const char   *value)
{
  g_return_if_fail (STORM_IS_TEXT_ROW (self));
  g_return_if_fail (value != NULL);

  if (g_strcmp0 (self->value, value) == 0)
    return;

  g_free (self->value);
  self->value = g_strdup (value);
  storm_text_row_revert (self);
}

const char *
storm_text_row_get_value (StormTextRow *self)
{
  g_return_val_if_fail (STORM_IS_TEXT_ROW (self), NULL);

  return self->value;
}

void
storm_text_row_revert (StormTextRow *self)
{
  g_return_if_fail (STORM_IS_TEXT_ROW (self));

  if (g_strcmp0 (self->value, gtk_editable_get_text (GTK_EDITABLE (self))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self), self->value);
}

void
storm_text_row_flush (StormTextRow *self)
{
  g_autofree char *text = NULL;

  g_return_if_fail (STORM_IS_TEXT_ROW (self));

  text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self)));
  if (g_strcmp0 (self->value, text) == 0)
    return;

  /* Whoever listens sets the new value, or refuses it; either way that is what is shown then. */
  g_object_ref (self);
  g_signal_emit (self, signals[COMMITTED], 0, text);
  storm_text_row_revert (self);
  g_object_unref (self);
}
