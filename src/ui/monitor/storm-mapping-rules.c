#include "config.h"

#include "storm-mapping-rules.h"

#include <glib/gi18n-lib.h>

struct _StormMappingRules
{
  GtkBox        parent_instance;

  char         *type;       /* nullable */
  StormMapping *mapping;
  gboolean      filling;
  GtkWidget    *entries[STORM_MAPPING_N_FIELDS];   /* NULL where there is none */
  GtkWidget    *problem;
};

enum
{
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormMappingRules, storm_mapping_rules, GTK_TYPE_BOX)

static const char *
get_label (StormMappingField field)
{
  switch (field)
    {
    case STORM_MAPPING_TYPE:
      return _("Event type");
    case STORM_MAPPING_ID:
      return _("Event id");
    case STORM_MAPPING_TIME:
      return _("Time");
    case STORM_MAPPING_CAUSATION:
      return _("Causation");
    case STORM_MAPPING_FAILED:
      return _("Failed when");
    case STORM_MAPPING_CORRELATION:
    case STORM_MAPPING_N_FIELDS:
    default:
      return _("Correlation key");
    }
}

/* Commas stand between entries; one that has a comma itself can be written as text only. */
static gboolean
is_plain (const char * const *entries)
{
  for (; entries != NULL && *entries != NULL; entries++)
    if (strchr (*entries, ',') != NULL)
      return FALSE;
  return TRUE;
}

static char **
split (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (builder, parts[i]);
  return g_strv_builder_end (builder);
}

static void
set_wrong (StormMappingRules *self,
           GtkWidget         *entry,
           const char        *words)
{
  if (words != NULL)
    gtk_widget_add_css_class (entry, "error");
  else
    gtk_widget_remove_css_class (entry, "error");
  gtk_label_set_text (GTK_LABEL (self->problem), words != NULL ? words : "");
  gtk_widget_set_visible (self->problem, words != NULL);
}

static void
changed_cb (StormMappingRules *self,
            GtkWidget         *entry)
{
  StormMappingField field = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (entry), "field"));
  g_auto (GStrv) entries = split (gtk_editable_get_text (GTK_EDITABLE (entry)));
  const char * const *list = (const char * const *) entries;
  g_autoptr (StormMapping) made = NULL;
  g_autoptr (GError) error = NULL;

  if (self->filling || self->mapping == NULL)
    return;
  /* A type without rules of its own is read as all are. */
  if (self->type != NULL && *list == NULL)
    list = NULL;
  made = storm_mapping_with (self->mapping, self->type, field, list, &error);
  set_wrong (self, entry, error != NULL ? error->message : NULL);
  if (made == NULL)
    {
      g_signal_emit (self, signals[EDITED], 0, NULL);
      return;
    }
  storm_mapping_unref (self->mapping);
  self->mapping = storm_mapping_ref (made);
  g_signal_emit (self, signals[EDITED], 0, made);
}

static void
show_field (StormMappingRules *self,
            StormMappingField  field)
{
  GtkWidget *entry = self->entries[field];
  const char * const *own = storm_mapping_get_entries (self->mapping, self->type, field);
  const char * const *all = storm_mapping_get_entries (self->mapping, NULL, field);
  gboolean standard = self->type == NULL && storm_mapping_is_default_list (field, own);
  g_auto (GStrv) written = split (gtk_editable_get_text (GTK_EDITABLE (entry)));
  g_autofree char *text = NULL;
  g_autofree char *hint = NULL;

  if (own == NULL || standard)
    text = g_strdup ("");
  else
    text = g_strjoinv (", ", (char **) own);
  if (self->type != NULL)
    {
      g_autofree char *general = g_strjoinv (", ", (char **) all);

      /* Translators: the rules that hold for all event types. */
      hint = *general == '\0'            ? g_strdup (_("As for all types: none"))
             : storm_mapping_is_default_list (field, all)
               ? g_strdup (_("As for all types: the known conventions"))
                                        : g_strdup_printf (_("As for all types: %s"), general);
    }
  else
    {
      hint = g_strdup (standard ? _("As all known conventions have it") : _("No rule"));
    }
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), hint);
  gtk_widget_set_sensitive (entry, is_plain (own));
  /* Whoever is just writing keeps his spaces and commas. */
  if (own == NULL || standard || !g_strv_equal ((const char * const *) written, own))
    {
      if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry)), text) != 0)
        gtk_editable_set_text (GTK_EDITABLE (entry), text);
      gtk_widget_remove_css_class (entry, "error");
    }
}

static void
storm_mapping_rules_finalize (GObject *object)
{
  StormMappingRules *self = STORM_MAPPING_RULES (object);

  g_free (self->type);
  g_clear_pointer (&self->mapping, storm_mapping_unref);

  G_OBJECT_CLASS (storm_mapping_rules_parent_class)->finalize (object);
}

static void
storm_mapping_rules_class_init (StormMappingRulesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_mapping_rules_finalize;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, STORM_TYPE_MAPPING);
}

static void
storm_mapping_rules_init (StormMappingRules *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

GtkWidget *
storm_mapping_rules_new (const char *type)
{
  static const StormMappingField fields[] = {
    STORM_MAPPING_TYPE, STORM_MAPPING_CORRELATION, STORM_MAPPING_TIME, STORM_MAPPING_ID,
    STORM_MAPPING_CAUSATION, STORM_MAPPING_FAILED
  };
  StormMappingRules *self = g_object_new (STORM_TYPE_MAPPING_RULES, NULL);
  GtkWidget *grid = gtk_grid_new ();

  self->type = g_strdup (type);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (int i = type != NULL ? 1 : 0; i < (int) G_N_ELEMENTS (fields); i++)
    {
      GtkWidget *label = gtk_label_new (get_label (fields[i]));
      GtkWidget *entry = gtk_entry_new ();

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_set_hexpand (entry, TRUE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      get_label (fields[i]), -1);
      g_object_set_data (G_OBJECT (entry), "field", GINT_TO_POINTER (fields[i]));
      g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      gtk_grid_attach (GTK_GRID (grid), label, 0, i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), entry, 1, i, 1, 1);
      self->entries[fields[i]] = entry;
    }
  gtk_box_append (GTK_BOX (self), grid);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_box_append (GTK_BOX (self), self->problem);
  return GTK_WIDGET (self);
}

void
storm_mapping_rules_set_mapping (StormMappingRules *self,
                                 StormMapping      *mapping)
{
  g_return_if_fail (STORM_IS_MAPPING_RULES (self));
  g_return_if_fail (mapping != NULL);

  storm_mapping_ref (mapping);
  g_clear_pointer (&self->mapping, storm_mapping_unref);
  self->mapping = mapping;
  self->filling = TRUE;
  for (guint field = 0; field < STORM_MAPPING_N_FIELDS; field++)
    if (self->entries[field] != NULL)
      show_field (self, (StormMappingField) field);
  self->filling = FALSE;
  gtk_widget_set_visible (self->problem, storm_mapping_rules_is_wrong (self));
}

gboolean
storm_mapping_rules_is_wrong (StormMappingRules *self)
{
  g_return_val_if_fail (STORM_IS_MAPPING_RULES (self), FALSE);

  for (guint field = 0; field < STORM_MAPPING_N_FIELDS; field++)
    if (self->entries[field] != NULL &&
        gtk_widget_has_css_class (self->entries[field], "error"))
      return TRUE;
  return FALSE;
}
