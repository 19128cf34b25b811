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
  GHashTable             *rows;       /* connection and topic → StormRatesRow, of the list */
  GHashTable             *headings;   /* connection → GtkLabel, of the list */
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
  g_clear_pointer (&self->headings, g_hash_table_unref);
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
  self->headings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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

/* What is known of one topic of one connection. */
typedef struct
{
  const char           *connection;   /* nullable */
  const char           *topic;
  const StormTopicRate *rate;         /* nullable */
  GPtrArray            *partitions;   /* (element-type StormTopicProgress), not owned */
} Topic;

static void
topic_free (gpointer data)
{
  Topic *topic = data;

  g_ptr_array_unref (topic->partitions);
  g_free (topic);
}

/* A name holds no such byte. */
static char *
make_key (const char *connection,
          const char *topic)
{
  return g_strconcat (connection != NULL ? connection : "", "\n", topic, NULL);
}

static Topic *
ensure_topic (GHashTable *known,
              GPtrArray  *topics,
              const char *connection,
              const char *topic)
{
  g_autofree char *key = make_key (connection, topic);
  Topic *found = g_hash_table_lookup (known, key);

  if (found == NULL)
    {
      found = g_new0 (Topic, 1);
      found->connection = connection;
      found->topic = topic;
      found->partitions = g_ptr_array_new ();
      g_ptr_array_add (topics, found);
      g_hash_table_insert (known, g_steal_pointer (&key), found);
    }
  return found;
}

/* (transfer full) (element-type Topic): those that are watched, then those of which something came;
 * those of one connection together. They borrow from @progress. */
static GPtrArray *
list_topics (StormRatesView *self,
             GPtrArray      *progress)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) topics = g_ptr_array_new_with_free_func (topic_free);
  GPtrArray *sorted = g_ptr_array_new_with_free_func (topic_free);

  for (guint i = 0; i < progress->len; i++)
    {
      StormTopicProgress *partition = g_ptr_array_index (progress, i);

      g_ptr_array_add (ensure_topic (known, topics, partition->connection,
                                     partition->topic)->partitions, partition);
    }
  for (guint i = 0; i < storm_topic_rates_get_n (self->rates); i++)
    {
      StormTopicRate *rate = storm_topic_rates_get (self->rates, i);

      if (rate->topic != NULL)
        ensure_topic (known, topics, storm_topic_rates_get_connection (self->rates, rate),
                      rate->topic)->rate = rate;
    }

  for (guint i = 0; i < topics->len; i++)
    {
      Topic *topic = g_ptr_array_index (topics, i);
      const char *connection = topic->connection != NULL ? topic->connection : "";

      if (!g_hash_table_add (places, (char *) connection))
        continue;
      for (guint j = i; j < topics->len; j++)
        {
          Topic *other = g_ptr_array_index (topics, j);

          if (g_strcmp0 (other->connection, topic->connection) == 0)
            g_ptr_array_add (sorted, other);
        }
    }
  g_ptr_array_set_free_func (topics, NULL);
  return sorted;
}

/* Below the row before it: what comes later belongs to a connection that has rows already. */
static void
place_row (StormRatesView *self,
           GtkWidget      *row,
           GtkWidget      *before)
{
  if (gtk_widget_get_parent (row) == NULL)
    gtk_box_insert_child_after (self->list, row, before);
  else if (gtk_widget_get_prev_sibling (row) != before)
    gtk_box_reorder_child_after (self->list, row, before);
}

static GtkWidget *
ensure_heading (StormRatesView *self,
                const char     *connection)
{
  GtkWidget *heading = g_hash_table_lookup (self->headings, connection);

  if (heading != NULL)
    return heading;
  heading = gtk_label_new (connection);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_label_set_ellipsize (GTK_LABEL (heading), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (heading, connection);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (heading, "connection");
  g_hash_table_insert (self->headings, g_strdup (connection), heading);
  return heading;
}

static GtkWidget *
ensure_row (StormRatesView *self,
            const Topic    *topic)
{
  g_autofree char *key = make_key (topic->connection, topic->topic);
  GtkWidget *row = g_hash_table_lookup (self->rows, key);

  if (row == NULL && g_hash_table_size (self->rows) < MAX_ROWS)
    {
      row = storm_rates_row_new (topic->topic);
      g_hash_table_insert (self->rows, g_steal_pointer (&key), row);
    }
  return row;
}

static void
remove_rows (StormRatesView *self,
             GHashTable     *rows,
             GHashTable     *shown)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, rows);
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
    {
      self->rest = storm_rates_row_new (NULL);
      gtk_box_append (self->list, self->rest);
    }
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

static gboolean
has_connections (GPtrArray *topics)
{
  for (guint i = 1; i < topics->len; i++)
    if (g_strcmp0 (((Topic *) g_ptr_array_index (topics, i))->connection,
                   ((Topic *) g_ptr_array_index (topics, 0))->connection) != 0)
      return TRUE;
  return FALSE;
}

/* Returns how many topics have no row. */
static guint
show_topics (StormRatesView *self,
             GPtrArray      *topics,
             gint64          now)
{
  g_autoptr (GHashTable) shown = g_hash_table_new (NULL, NULL);
  gboolean headings = has_connections (topics);
  const char *connection = NULL;
  GtkWidget *before = NULL;
  guint n_left_out = 0;

  for (guint i = 0; i < topics->len; i++)
    {
      Topic *topic = g_ptr_array_index (topics, i);
      GtkWidget *row = ensure_row (self, topic);

      if (row == NULL)
        {
          n_left_out++;
          continue;
        }
      if (headings && topic->connection != NULL && g_strcmp0 (connection, topic->connection) != 0)
        {
          GtkWidget *heading = ensure_heading (self, topic->connection);

          place_row (self, heading, before);
          g_hash_table_add (shown, heading);
          before = heading;
        }
      connection = topic->connection;
      place_row (self, row, before);
      storm_rates_row_update (STORM_RATES_ROW (row), topic->rate, topic->partitions, now);
      g_hash_table_add (shown, row);
      before = row;
    }
  remove_rows (self, self->headings, shown);
  remove_rows (self, self->rows, shown);
  return n_left_out;
}

void
storm_rates_view_update (StormRatesView *self)
{
  StormMultiSource *source;
  g_autoptr (GPtrArray) progress = NULL;
  g_autoptr (GPtrArray) topics = NULL;
  g_autofree char *more = NULL;
  gint64 now = g_get_monotonic_time ();
  guint n_left_out;

  g_return_if_fail (STORM_IS_RATES_VIEW (self));

  source = storm_monitor_controller_get_source (self->controller);
  progress = source != NULL ? storm_source_dup_progress (STORM_SOURCE (source))
                            : g_ptr_array_new ();
  topics = list_topics (self, progress);
  n_left_out = show_topics (self, topics, now);
  show_rest (self, now);
  show_title (self, topics->len, now);
  more = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "… and %u more topic",
                                       "… and %u more topics", n_left_out), n_left_out);
  gtk_label_set_text (self->more, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n_left_out > 0);
  gtk_widget_set_visible (self->scroller, topics->len > 0);
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
