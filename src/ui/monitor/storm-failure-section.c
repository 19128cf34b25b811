#include "config.h"

#include "storm-failure-section.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* More open traces of one fail event are counted. */
#define MAX_ROWS 50

struct _StormFailureSection
{
  GtkWidget   parent_instance;

  GtkWidget  *box;
  GtkLabel   *name;
  GtkLabel   *rule;
  GtkLabel   *counts;
  GtkListBox *list;
  GtkLabel   *more;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormFailureSection, storm_failure_section, GTK_TYPE_WIDGET)

static GQuark
key_quark (void)
{
  return g_quark_from_static_string ("storm-failure-key");
}

static const char *
row_get_key (GtkListBoxRow *row)
{
  return g_object_get_qdata (G_OBJECT (row), key_quark ());
}

static void
activated_cb (StormFailureSection *self,
              GtkListBoxRow       *row)
{
  g_autofree char *key = g_strdup (row_get_key (row));

  g_signal_emit (self, signals[CHOSEN], 0, key);
}

static char *
dup_rule (const StormFailureKind *kind)
{
  if (kind->of == NULL)
    return g_strdup (_("Says itself that it failed; the board has no fail event for it."));
  if (kind->follows == NULL)
    /* Translators: the event that a fail event stands in for */
    return g_strdup_printf (_("Instead of %s. Nothing must follow."), kind->of);
  /* Translators: the event that a fail event stands in for, and what must follow then */
  return g_strdup_printf (_("Instead of %s. To compensate it: %s."), kind->of,
                          kind->follows);
}

static void
add_count (GString    *text,
           const char *format,
           guint       n)
{
  g_autofree char *number = g_strdup_printf ("%'u", n);
  g_auto (GStrv) parts = NULL;

  if (n == 0)
    return;
  parts = g_strsplit (format, "%s", 2);
  g_string_append_printf (text, "%s%s%s%s", text->len > 0 ? " · " : "", parts[0], number,
                          parts[1] != NULL ? parts[1] : "");
}

static char *
dup_counts (const StormFailureKind *kind)
{
  GString *text = g_string_new (NULL);

  /* Translators: how many events of one kind failed, and in how many traces that came to what */
  add_count (text, _("%s in all"), kind->n_events);
  add_count (text, _("%s not compensated"), kind->n_overdue);
  add_count (text, _("%s open"), kind->n_open - kind->n_overdue);
  add_count (text, _("%s compensated"), kind->n_compensated);
  add_count (text, _("%s ended"), kind->n_final);
  /* Translators: traces in which the event came after all */
  add_count (text, _("%s made good later"), kind->n_recovered);
  if (text->len == 0)
    g_string_append (text, _("Has not happened"));
  return g_string_free (text, FALSE);
}

static char *
dup_case (const StormOpenFailure *open,
          StormTime               now)
{
  g_autofree char *span = storm_time_format_span (MAX (now - open->since, 0));

  if (open->waits_for == NULL)
    /* Translators: how long ago it failed */
    return g_strdup_printf (_("For %s; the compensation failed too"), span);
  /* Translators: since how long a failure waits, and for which event */
  return g_strdup_printf (open->overdue ? _("For %s; %s is overdue") : _("For %s; waits for %s"),
                          span, open->waits_for);
}

static GtkWidget *
make_row (const StormOpenFailure *open)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), open->key);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_qdata_full (G_OBJECT (row), key_quark (), g_strdup (open->key), g_free);
  return row;
}

static void
update_row (GtkListBoxRow          *row,
            const StormOpenFailure *open,
            StormTime               now)
{
  g_autofree char *words = dup_case (open, now);

  if (g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), words) != 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row),
                                open->overdue ? "dialog-error-symbolic"
                                              : "document-open-recent-symbolic");
  if (open->overdue)
    gtk_widget_add_css_class (GTK_WIDGET (row), "trace-wrong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "trace-wrong");
}

/* The row of @key at @i: those before it that are no more go, for it may have the keyboard. */
static GtkListBoxRow *
ensure_row (StormFailureSection    *self,
            const StormOpenFailure *open,
            int                     i)
{
  GtkListBoxRow *row;
  GtkWidget *made;

  for (int k = i; (row = gtk_list_box_get_row_at_index (self->list, k)) != NULL; k++)
    {
      if (!g_str_equal (row_get_key (row), open->key))
        continue;
      for (; k > i; k--)
        gtk_list_box_remove (self->list,
                             GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, i)));
      return row;
    }
  made = make_row (open);
  gtk_list_box_insert (self->list, made, i);
  return GTK_LIST_BOX_ROW (made);
}

static void
storm_failure_section_dispose (GObject *object)
{
  StormFailureSection *self = STORM_FAILURE_SECTION (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (storm_failure_section_parent_class)->dispose (object);
}

static void
storm_failure_section_class_init (StormFailureSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_failure_section_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "failuresection");

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkLabel *
add_label (StormFailureSection *self,
           const char          *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  /* The side is as wide as it was, whatever is written there. */
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self->box), label);
  return GTK_LABEL (label);
}

static void
storm_failure_section_init (StormFailureSection *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->name = add_label (self, "heading");
  self->rule = add_label (self, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->rule), "dim-label");
  self->counts = add_label (self, "failure-counts");
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_margin_top (GTK_WIDGET (self->list), 4);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->list));
  self->more = add_label (self, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "dim-label");
}

GtkWidget *
storm_failure_section_new (void)
{
  return g_object_new (STORM_TYPE_FAILURE_SECTION, NULL);
}

void
storm_failure_section_update (StormFailureSection    *self,
                              const StormFailureKind *kind,
                              StormTime               now)
{
  g_autofree char *rule = dup_rule (kind);
  g_autofree char *counts = dup_counts (kind);
  g_autofree char *more = NULL;
  guint n = MIN (kind->open->len, MAX_ROWS);
  GtkListBoxRow *row;

  g_return_if_fail (STORM_IS_FAILURE_SECTION (self));
  g_return_if_fail (kind != NULL);

  gtk_label_set_text (self->name, kind->name);
  gtk_label_set_text (self->rule, rule);
  gtk_label_set_text (self->counts, counts);
  for (guint i = 0; i < n; i++)
    {
      const StormOpenFailure *open = g_ptr_array_index (kind->open, i);

      update_row (ensure_row (self, open, (int) i), open, now);
    }
  while ((row = gtk_list_box_get_row_at_index (self->list, (int) n)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  more = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "and %'u more", "and %'u more",
                                       kind->n_open - n), kind->n_open - n);
  gtk_label_set_text (self->more, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more), kind->n_open > n);
}
