#include "config.h"

#include "storm-failed-chooser.h"

#include <glib/gi18n-lib.h>

struct _StormFailedChooser
{
  AdwBin               parent_instance;

  StormMapping        *mapping;   /* nullable */
  gboolean             filling;
  GPtrArray           *buttons;   /* GtkCheckButton, with its rule as data */
  AdwPreferencesGroup *group;
};

enum
{
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormFailedChooser, storm_failed_chooser, ADW_TYPE_BIN)

static const char *
get_rule (GtkCheckButton *button)
{
  return g_object_get_data (G_OBJECT (button), "rule");
}

/* The rules of the mapping without that of @button, and with it at the end when it is chosen. */
static char **
collect_rules (StormFailedChooser *self,
               GtkCheckButton     *button)
{
  const char * const *rules = storm_mapping_get_entries (self->mapping, NULL, STORM_MAPPING_FAILED);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (; *rules != NULL; rules++)
    if (!g_str_equal (*rules, get_rule (button)))
      g_strv_builder_add (builder, *rules);
  if (gtk_check_button_get_active (button))
    g_strv_builder_add (builder, get_rule (button));
  return g_strv_builder_end (builder);
}

static void
toggled_cb (StormFailedChooser *self,
            GtkCheckButton     *button)
{
  g_auto (GStrv) rules = NULL;
  g_autoptr (StormMapping) made = NULL;

  if (self->filling || self->mapping == NULL)
    return;
  rules = collect_rules (self, button);
  /* More rules than a mapping may have are refused; then nothing is chosen. */
  made = storm_mapping_with (self->mapping, NULL, STORM_MAPPING_FAILED,
                             (const char * const *) rules, NULL);
  g_signal_emit (self, signals[EDITED], 0, made != NULL ? made : self->mapping);
}

static void
add_candidate (StormFailedChooser         *self,
               const StormFailedCandidate *candidate)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), candidate->rule);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), candidate->words);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "rule", g_strdup (candidate->rule), g_free);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->buttons, g_object_ref (button));
}

static void
storm_failed_chooser_dispose (GObject *object)
{
  StormFailedChooser *self = STORM_FAILED_CHOOSER (object);

  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->mapping, storm_mapping_unref);

  G_OBJECT_CLASS (storm_failed_chooser_parent_class)->dispose (object);
}

static void
storm_failed_chooser_class_init (StormFailedChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = storm_failed_chooser_dispose;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, STORM_TYPE_MAPPING);
}

static void
storm_failed_chooser_init (StormFailedChooser *self)
{
  self->buttons = g_ptr_array_new_with_free_func (g_object_unref);
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _("Failed Events"));
  adw_preferences_group_set_description (
    self->group, _("What a payload may say of itself. An event for which one of the chosen rules "
                   "holds has failed."));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
}

GtkWidget *
storm_failed_chooser_new (GPtrArray *candidates)
{
  StormFailedChooser *self = g_object_new (STORM_TYPE_FAILED_CHOOSER, NULL);

  g_return_val_if_fail (candidates != NULL, GTK_WIDGET (self));

  for (guint i = 0; i < candidates->len; i++)
    add_candidate (self, g_ptr_array_index (candidates, i));
  return GTK_WIDGET (self);
}

void
storm_failed_chooser_set_mapping (StormFailedChooser *self,
                                  StormMapping       *mapping)
{
  const char * const *rules;

  g_return_if_fail (STORM_IS_FAILED_CHOOSER (self));
  g_return_if_fail (mapping != NULL);

  storm_mapping_ref (mapping);
  g_clear_pointer (&self->mapping, storm_mapping_unref);
  self->mapping = mapping;
  rules = storm_mapping_get_entries (mapping, NULL, STORM_MAPPING_FAILED);
  self->filling = TRUE;
  for (guint i = 0; i < self->buttons->len; i++)
    {
      GtkCheckButton *button = g_ptr_array_index (self->buttons, i);

      gtk_check_button_set_active (button, g_strv_contains (rules, get_rule (button)));
    }
  self->filling = FALSE;
}
