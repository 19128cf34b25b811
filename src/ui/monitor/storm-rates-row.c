#include "config.h"

#include "storm-rates-row.h"

#include <glib/gi18n-lib.h>

#include "storm-sparkline.h"

/* Of more partitions only the first are listed. */
#define MAX_PARTITIONS 100
#define N_COLUMNS 4

struct _StormRatesRow
{
  GtkWidget       parent_instance;

  char           *topic;
  GtkWidget      *box;
  GtkLabel       *rate;
  StormSparkline *sparkline;
  GtkLabel       *most;
  GtkWidget      *lag;
  GtkWidget      *late;
  GtkWidget      *undecodable;
  GtkWidget      *expander;
  GtkGrid        *grid;
  GtkLabel       *more;
  guint           n_rows;      /* of the grid, below its titles */
};

G_DEFINE_FINAL_TYPE (StormRatesRow, storm_rates_row, GTK_TYPE_WIDGET)

static void
storm_rates_row_dispose (GObject *object)
{
  StormRatesRow *self = STORM_RATES_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->topic, g_free);

  G_OBJECT_CLASS (storm_rates_row_parent_class)->dispose (object);
}

static void
storm_rates_row_class_init (StormRatesRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = storm_rates_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "ratesrow");
}

static void
storm_rates_row_init (StormRatesRow *self)
{
}

static GtkLabel *
add_label (GtkWidget  *box,
           const char *text,
           double      xalign,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), (float) xalign);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

/* A sentence with a sign before it: whether it is to worry about. */
static GtkWidget *
add_sentence (StormRatesRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new ();
  GtkLabel *label;

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), icon);
  label = add_label (line, NULL, 0, "rates-sentence");
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_max_width_chars (label, 56);
  gtk_widget_set_hexpand (GTK_WIDGET (label), TRUE);
  gtk_box_append (GTK_BOX (self->box), line);
  return line;
}

static void
set_sentence (GtkWidget  *line,
              const char *words,
              gboolean    is_trouble)
{
  GtkWidget *icon = gtk_widget_get_first_child (line);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), is_trouble ? "dialog-warning-symbolic"
                                                             : "object-select-symbolic");
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (icon)), words);
  if (is_trouble)
    gtk_widget_remove_css_class (line, "dim-label");
  else
    gtk_widget_add_css_class (line, "dim-label");
  if (is_trouble)
    gtk_widget_add_css_class (icon, "warning");
  else
    gtk_widget_remove_css_class (icon, "warning");
}

static GtkLabel *
get_cell (StormRatesRow *self,
          guint          column,
          guint          row)
{
  GtkWidget *cell = gtk_grid_get_child_at (self->grid, (int) column, (int) row);

  if (cell == NULL)
    {
      cell = gtk_label_new (NULL);
      gtk_label_set_xalign (GTK_LABEL (cell), 1);
      gtk_widget_set_hexpand (cell, column > 0);
      gtk_widget_add_css_class (cell, row == 0 ? "dim-label" : "numeric");
      gtk_widget_add_css_class (cell, "caption");
      gtk_grid_attach (self->grid, cell, (int) column, (int) row, 1, 1);
    }
  return GTK_LABEL (cell);
}

static void
set_number (GtkLabel *cell,
            gint64    number)
{
  g_autofree char *words = number < 0 ? g_strdup ("–")
                                      : g_strdup_printf ("%'" G_GINT64_FORMAT, number);

  gtk_label_set_text (cell, words);
}

static void
show_partitions (StormRatesRow *self,
                 GPtrArray     *partitions)
{
  guint n = MIN (partitions->len, MAX_PARTITIONS);
  g_autofree char *more = NULL;

  for (guint i = 0; i < n; i++)
    {
      const StormTopicProgress *partition = g_ptr_array_index (partitions, i);

      set_number (get_cell (self, 0, i + 1), partition->partition);
      set_number (get_cell (self, 1, i + 1), partition->next);
      set_number (get_cell (self, 2, i + 1), partition->end);
      set_number (get_cell (self, 3, i + 1), storm_partition_get_lag (partition));
    }
  for (; self->n_rows > n; self->n_rows--)
    gtk_grid_remove_row (self->grid, (int) self->n_rows);
  self->n_rows = n;
  more = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "… and %u more", "… and %u more",
                                       partitions->len - n), partitions->len - n);
  gtk_label_set_text (self->more, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more), partitions->len > n);
  gtk_widget_set_visible (self->expander, n > 0);
}

static void
fill_box (StormRatesRow *self)
{
  const char *titles[N_COLUMNS] = { _("Partition"), _("Next"), _("End"), _("Behind") };
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *axis = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *details = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkLabel *name;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  name = add_label (line, self->topic != NULL ? self->topic : _("All other topics"), 0, "heading");
  gtk_label_set_ellipsize (name, PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (name), self->topic);
  gtk_widget_set_hexpand (GTK_WIDGET (name), TRUE);
  self->rate = add_label (line, NULL, 1, "numeric");
  gtk_box_append (GTK_BOX (self->box), line);

  self->sparkline = STORM_SPARKLINE (storm_sparkline_new ());
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->sparkline));
  add_label (axis, _("a minute ago"), 0, "caption");
  self->most = add_label (axis, NULL, 0.5, "caption");
  gtk_widget_set_hexpand (GTK_WIDGET (self->most), TRUE);
  add_label (axis, _("now"), 1, "caption");
  gtk_widget_add_css_class (axis, "dim-label");
  gtk_box_append (GTK_BOX (self->box), axis);

  self->lag = add_sentence (self);
  self->late = add_sentence (self);
  self->undecodable = add_sentence (self);

  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 18);
  for (guint i = 0; i < N_COLUMNS; i++)
    gtk_label_set_text (get_cell (self, i, 0), titles[i]);
  gtk_box_append (GTK_BOX (details), GTK_WIDGET (self->grid));
  self->more = add_label (details, NULL, 0, "caption");
  self->expander = gtk_expander_new (_("Partitions"));
  gtk_expander_set_child (GTK_EXPANDER (self->expander), details);
  gtk_box_append (GTK_BOX (self->box), self->expander);
}

GtkWidget *
storm_rates_row_new (const char *topic)
{
  StormRatesRow *self = g_object_new (STORM_TYPE_RATES_ROW, NULL);

  self->topic = g_strdup (topic);
  fill_box (self);
  return GTK_WIDGET (self);
}

const char *
storm_rates_row_get_topic (StormRatesRow *self)
{
  g_return_val_if_fail (STORM_IS_RATES_ROW (self), NULL);

  return self->topic;
}

void
storm_rates_row_update (StormRatesRow        *self,
                        const StormTopicRate *rate,
                        GPtrArray            *partitions,
                        gint64                now)
{
  static const StormTopicRate none;
  guint32 counts[STORM_RATE_SECONDS];
  StormTopicLag lag = { 0 };
  g_autofree char *rate_words = NULL, *most = NULL, *lag_words = NULL, *late = NULL;
  g_autofree char *undecodable = NULL;

  g_return_if_fail (STORM_IS_RATES_ROW (self));
  g_return_if_fail (partitions != NULL);

  rate = rate != NULL ? rate : &none;
  for (guint i = 0; i < partitions->len; i++)
    storm_topic_lag_add (&lag, g_ptr_array_index (partitions, i));
  storm_topic_rate_fill (rate, now, counts);
  storm_sparkline_set_counts (self->sparkline, counts, STORM_RATE_SECONDS);
  rate_words = storm_rate_words (rate, now);
  gtk_label_set_text (self->rate, rate_words);
  most = g_strdup_printf (_("at most %'u in a second"), storm_sparkline_get_most (self->sparkline));
  gtk_label_set_text (self->most, most);
  storm_sparkline_set_words (self->sparkline, most);

  lag_words = storm_lag_words (&lag);
  late = storm_late_words (rate);
  undecodable = storm_undecodable_words (rate);
  set_sentence (self->lag, lag_words, lag.n_behind > 0 || lag.n_unknown > 0);
  set_sentence (self->late, late, rate->n_late > 0);
  set_sentence (self->undecodable, undecodable, rate->n_undecodable > 0);
  gtk_widget_set_visible (self->late, rate->n > 0);
  gtk_widget_set_visible (self->undecodable, rate->n > 0);
  show_partitions (self, partitions);
}
