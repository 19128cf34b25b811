#include "config.h"

#include "storm-rates-view.h"

#include <glib/gi18n-lib.h>

#include "storm-rates-row.h"

/* Of more topics only so many have a row: those first seen first. */
#define MAX_ROWS 100
#define WIDTH 420
#define MAX_HEIGHT 460

struct _StormRatesView
{
  GtkWidget               parent_instance;

  StormMonitorController *controller;
  StormMonitor           *monitor;    /* held, for what is counted is its */
  StormTopicRates        *rates;
  GtkWidget              *box;
  GtkLabel               *title;
  GtkLabel               *source;
  GtkWidget              *scroller;
  GtkBox                 *list;
  GtkLabel               *more;
  GHashTable             *rows;       /* topic → StormRatesRow, which the list owns */
  GtkWidget              *rest;       /* nullable: the row of all topics above the counted ones */
  guint                   tick_id;
};

G_DEFINE_FINAL_TYPE (StormRatesView, storm_rates_view, GTK_TYPE_WIDGET)

static gboolean
tick_cb (gpointer data)
{
  storm_rates_view_update (data);
  return G_SOURCE_CONTINUE;
}

static void
storm_rates_view_map (GtkWidget *widget)
{
  StormRatesView *self = STORM_RATES_VIEW (widget);

  GTK_WIDGET_CLASS (storm_rates_view_parent_class)->map (widget);
  storm_rates_view_update (self);
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
}

static void
storm_rates_view_unmap (GtkWidget *widget)
{
  StormRatesView *self = STORM_RATES_VIEW (widget);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (storm_rates_view_parent_class)->unmap (widget);
}

static void
storm_rates_view_dispose (GObject *object)
{
  StormRatesView *self = STORM_RATES_VIEW (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->controller);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (storm_rates_view_parent_class)->dispose (object);
}

static void
storm_rates_view_class_init (StormRatesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_rates_view_dispose;
  widget_class->map = storm_rates_view_map;
  widget_class->unmap = storm_rates_view_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "ratesview");
}

static GtkLabel *
add_label (StormRatesView *self,
           const char     *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 50);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self->box), label);
  return GTK_LABEL (label);
}

static void
storm_rates_view_init (StormRatesView *self)
{
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->title = add_label (self, "heading");
  self->source = add_label (self, "dim-label");
  self->list = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->list));
  gtk_widget_set_size_request (self->scroller, WIDTH, -1);
  gtk_box_append (GTK_BOX (self->box), self->scroller);
  self->more = add_label (self, "dim-label");
}

static void
partitions_free (gpointer data)
{
  g_ptr_array_unref (data);
}

/* (transfer full): topic → its partitions, which @progress owns; in @order the topics. */
static GHashTable *
sort_by_topic (GPtrArray *progress,
               GPtrArray *order)
{
  GHashTable *topics = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, partitions_free);

  for (guint i = 0; i < progress->len; i++)
    {
      StormTopicProgress *partition = g_ptr_array_index (progress, i);
      GPtrArray *its = g_hash_table_lookup (topics, partition->topic);

      if (its == NULL)
        {
          its = g_ptr_array_new ();
          g_hash_table_insert (topics, partition->topic, its);
          g_ptr_array_add (order, partition->topic);
        }
      g_ptr_array_add (its, partition);
    }
  return topics;
}

static StormRatesRow *
add_row (StormRatesView *self,
         const char     *topic)
{
  GtkWidget *row = storm_rates_row_new (topic);

  gtk_box_append (self->list, row);
  return STORM_RATES_ROW (row);
}

static StormRatesRow *
ensure_row (StormRatesView *self,
            const char     *topic)
{
  StormRatesRow *row = g_hash_table_lookup (self->rows, topic);

  if (row == NULL && g_hash_table_size (self->rows) < MAX_ROWS)
    {
      row = add_row (self, topic);
      g_hash_table_insert (self->rows, g_strdup (topic), row);
    }
  return row;
}

static void
remove_rows (StormRatesView *self,
             GHashTable     *shown)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (!g_hash_table_contains (shown, row))
      {
        gtk_box_remove (self->list, row);
        g_hash_table_iter_remove (&iter);
      }
}

static void
show_rest (StormRatesView *self,
           gint64          now)
{
  guint n = storm_topic_rates_get_n (self->rates);
  StormTopicRate *rate = n > 0 ? storm_topic_rates_get (self->rates, n - 1) : NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  if (rate != NULL && rate->topic != NULL)
    rate = NULL;
  if (rate == NULL && self->rest != NULL)
    {
      gtk_box_remove (self->list, self->rest);
      self->rest = NULL;
    }
  if (rate == NULL)
    return;
  if (self->rest == NULL)
    self->rest = GTK_WIDGET (add_row (self, NULL));
  storm_rates_row_update (STORM_RATES_ROW (self->rest), rate, none, now);
}

static void
show_title (StormRatesView *self,
            guint           n_topics,
            gint64          now)
{
  double per_second = 0;
  g_autofree char *topics = NULL, *words = NULL, *status = NULL;

  for (guint i = 0; i < storm_topic_rates_get_n (self->rates); i++)
    per_second += storm_topic_rate_get (storm_topic_rates_get (self->rates, i), now);
  topics = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u topic", "%'u topics", n_topics),
                            n_topics);
  /* Translators: how many topics there are, and how many events come each second. */
  words = g_strdup_printf (per_second >= 10 ? _("%s · %'.0f events/s") : _("%s · %.1f events/s"),
                           topics, per_second);
  gtk_label_set_text (self->title, n_topics == 0 ? _("No topic is watched")
                                   : per_second > 0 ? words : topics);
  g_object_get (self->controller, "status", &status, NULL);
  gtk_label_set_text (self->source, status);
}

void
storm_rates_view_update (StormRatesView *self)
{
  StormSource *source;
  g_autoptr (GPtrArray) progress = NULL;
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GHashTable) topics = NULL;
  g_autoptr (GHashTable) shown = g_hash_table_new (NULL, NULL);
  g_autofree char *more = NULL;
  gint64 now = g_get_monotonic_time ();
  guint n_left_out = 0;

  g_return_if_fail (STORM_IS_RATES_VIEW (self));

  source = storm_monitor_controller_get_source (self->controller);
  progress = source != NULL ? storm_source_dup_progress (source) : g_ptr_array_new ();
  topics = sort_by_topic (progress, order);
  for (guint i = 0; i < storm_topic_rates_get_n (self->rates); i++)
    {
      const char *topic = storm_topic_rates_get (self->rates, i)->topic;

      if (topic != NULL && !g_hash_table_contains (topics, topic))
        g_ptr_array_add (order, (char *) topic);
    }
  for (guint i = 0; i < order->len; i++)
    {
      const char *topic = g_ptr_array_index (order, i);
      GPtrArray *partitions = g_hash_table_lookup (topics, topic);
      StormRatesRow *row = ensure_row (self, topic);

      if (row != NULL)
        storm_rates_row_update (row, storm_topic_rates_lookup (self->rates, topic),
                                partitions != NULL ? partitions : none, now);
      if (row != NULL)
        g_hash_table_add (shown, row);
      else
        n_left_out++;
    }
  remove_rows (self, shown);
  show_rest (self, now);
  show_title (self, order->len, now);
  more = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "… and %u more topic", "… and %u more topics",
                                       n_left_out), n_left_out);
  gtk_label_set_text (self->more, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n_left_out > 0);
  gtk_widget_set_visible (self->scroller, order->len > 0);
}

GtkWidget *
storm_rates_view_new (StormMonitorController *controller)
{
  StormRatesView *self;

  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (controller), NULL);

  self = g_object_new (STORM_TYPE_RATES_VIEW, NULL);
  self->controller = g_object_ref (controller);
  self->monitor = g_object_ref (storm_monitor_controller_get_monitor (controller));
  self->rates = storm_monitor_get_rates (self->monitor);
  return GTK_WIDGET (self);
}
