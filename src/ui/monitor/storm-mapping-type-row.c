#include "config.h"

#include "storm-mapping-type-row.h"

#include <glib/gi18n-lib.h>

static const StormMappingField fields[] = {
  STORM_MAPPING_TYPE, STORM_MAPPING_TIME, STORM_MAPPING_ID, STORM_MAPPING_CORRELATION
};

G_STATIC_ASSERT (G_N_ELEMENTS (fields) == STORM_MAPPING_N_COLUMNS);

struct _StormMappingTypeRow
{
  GtkListBoxRow      parent_instance;

  char              *type;
  guint              n;
  GtkLabel          *values[STORM_MAPPING_N_COLUMNS];
  GtkLabel          *rules_of[STORM_MAPPING_N_COLUMNS];
  GtkWidget         *warning;
  StormMappingRules *rules;      /* nullable */
};

G_DEFINE_FINAL_TYPE (StormMappingTypeRow, storm_mapping_type_row, GTK_TYPE_LIST_BOX_ROW)

static GtkLabel *
add_line (GtkWidget  *box,
          const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
set_text (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_text (label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), text);
}

static void
show_column (StormMappingTypeRow          *self,
             guint                         column,
             const StormMappingTypeReport *report)
{
  StormMappingField field = fields[column];
  gboolean key = field == STORM_MAPPING_CORRELATION;
  g_autofree char *rule = NULL;

  if (report->example[field] != NULL)
    set_text (self->values[column], report->example[field]);
  else
    set_text (self->values[column], key ? _("No key") : "–");

  if (report->n_found[field] > 0 && report->n_found[field] < report->n)
    /* Translators: a rule of the mapping, and in how many samples it found something. */
    rule = g_strdup_printf (_("%s · in %u of %u"),
                            report->rule[field] != NULL ? report->rule[field] : "–",
                            report->n_found[field], report->n);
  else
    rule = g_strdup (report->rule[field]);
  set_text (self->rules_of[column], rule != NULL ? rule : "");
}

static void
open_toggled_cb (GtkToggleButton *button,
                 GtkRevealer     *revealer)
{
  gtk_revealer_set_reveal_child (revealer, gtk_toggle_button_get_active (button));
}

static GtkWidget *
make_open_button (StormMappingTypeRow *self,
                  GtkWidget           *revealer)
{
  GtkWidget *button = gtk_toggle_button_new ();
  /* Translators: an event type. */
  g_autofree char *tip = g_strdup_printf (_("Rules for “%s” alone"), self->type);

  gtk_button_set_icon_name (GTK_BUTTON (button), "pan-down-symbolic");
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (button, "toggled", G_CALLBACK (open_toggled_cb), revealer);
  return button;
}

static void
storm_mapping_type_row_finalize (GObject *object)
{
  g_free (STORM_MAPPING_TYPE_ROW (object)->type);

  G_OBJECT_CLASS (storm_mapping_type_row_parent_class)->finalize (object);
}

static void
storm_mapping_type_row_class_init (StormMappingTypeRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = storm_mapping_type_row_finalize;
}

static void
storm_mapping_type_row_init (StormMappingTypeRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
}

static GtkWidget *
make_columns (StormMappingTypeRow  *self,
              GtkSizeGroup * const *columns)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  for (guint i = 0; i < STORM_MAPPING_N_COLUMNS; i++)
    {
      GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

      self->values[i] = add_line (cell, i == 0 ? "heading" : NULL);
      self->rules_of[i] = add_line (cell, "dim-label");
      gtk_widget_add_css_class (GTK_WIDGET (self->rules_of[i]), "caption");
      gtk_widget_set_hexpand (cell, i == 0 || i + 1 == STORM_MAPPING_N_COLUMNS);
      gtk_size_group_add_widget (columns[i], cell);
      gtk_box_append (GTK_BOX (line), cell);
    }
  return line;
}

GtkWidget *
storm_mapping_type_row_new (const char           *type,
                            GtkSizeGroup * const *columns)
{
  StormMappingTypeRow *self = g_object_new (STORM_TYPE_MAPPING_TYPE_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = make_columns (self, columns);
  GtkWidget *revealer = gtk_revealer_new ();
  GtkWidget *tail = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->type = g_strdup (type);
  self->warning = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_add_css_class (self->warning, "warning");
  gtk_box_append (GTK_BOX (tail), self->warning);
  if (*type != '\0')
    {
      self->rules = STORM_MAPPING_RULES (storm_mapping_rules_new (type));
      gtk_widget_set_margin_top (GTK_WIDGET (self->rules), 12);
      gtk_revealer_set_child (GTK_REVEALER (revealer), GTK_WIDGET (self->rules));
      gtk_box_append (GTK_BOX (tail), make_open_button (self, revealer));
    }
  gtk_size_group_add_widget (columns[STORM_MAPPING_N_COLUMNS], tail);
  gtk_box_append (GTK_BOX (line), tail);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), revealer);
  gtk_widget_add_css_class (box, "mapping-type");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  return GTK_WIDGET (self);
}

void
storm_mapping_type_row_update (StormMappingTypeRow          *self,
                               const StormMappingTypeReport *report,
                               StormMapping                 *mapping)
{
  g_autofree char *samples = NULL;
  gboolean lacking;

  g_return_if_fail (STORM_IS_MAPPING_TYPE_ROW (self));
  g_return_if_fail (report != NULL);

  self->n = report->n;
  for (guint i = 1; i < STORM_MAPPING_N_COLUMNS; i++)
    show_column (self, i, report);
  set_text (self->values[0], *self->type != '\0' ? self->type : _("Without a type"));
  samples = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u sample", "%u samples", report->n),
                             report->n);
  if (report->n_found[STORM_MAPPING_FAILED] > 0)
    {
      /* Translators: how many samples of an event type there are, and how many of them failed. */
      g_autofree char *failed = g_strdup_printf (_("%s · %u failed"), samples,
                                                 report->n_found[STORM_MAPPING_FAILED]);

      set_text (self->rules_of[0], failed);
    }
  else
    {
      set_text (self->rules_of[0], samples);
    }
  lacking = report->n_found[STORM_MAPPING_CORRELATION] < report->n;
  /* Hidden, it would move the columns. */
  gtk_widget_set_opacity (self->warning, lacking ? 1 : 0);
  gtk_widget_set_tooltip_text (self->warning, lacking
                               ? _("Not all events of this type have a correlation key") : NULL);
  if (self->rules != NULL)
    storm_mapping_rules_set_mapping (self->rules, mapping);
}

const char *
storm_mapping_type_row_get_type_name (StormMappingTypeRow *self)
{
  g_return_val_if_fail (STORM_IS_MAPPING_TYPE_ROW (self), NULL);

  return self->type;
}

guint
storm_mapping_type_row_get_n (StormMappingTypeRow *self)
{
  g_return_val_if_fail (STORM_IS_MAPPING_TYPE_ROW (self), 0);

  return self->n;
}

StormMappingRules *
storm_mapping_type_row_get_rules (StormMappingTypeRow *self)
{
  g_return_val_if_fail (STORM_IS_MAPPING_TYPE_ROW (self), NULL);

  return self->rules;
}
