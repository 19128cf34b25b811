#include "config.h"

#include <adwaita.h>

#include "storm-board-test.h"
#include "storm-rates-row.h"
#include "storm-rates-view.h"
#include "storm-sparkline.h"
#include "../unit/storm-trace-test.h"

/* What is said of each topic that is watched. */

/* A source that has got as far as the test says. */
#define TEST_TYPE_SOURCE (test_source_get_type ())
G_DECLARE_FINAL_TYPE (TestSource, test_source, TEST, SOURCE, GObject)

struct _TestSource
{
  GObject          parent_instance;

  StormBatchQueue *queue;
  StormStrings    *strings;
  GArray          *progress;   /* of StormTopicProgress; their names are constant */
};

static void
test_source_start (StormSource     *source,
                   StormBatchQueue *queue,
                   StormStrings    *strings,
                   StormMapping    *mapping)
{
  TestSource *self = TEST_SOURCE (source);

  self->queue = storm_batch_queue_ref (queue);
  self->strings = storm_strings_ref (strings);
}

static void
test_source_stop (StormSource *source)
{
}

static void
test_source_set_mapping (StormSource  *source,
                         StormMapping *mapping)
{
}

static StormSourceState
test_source_get_state (StormSource *source)
{
  return STORM_SOURCE_LIVE;
}

static char *
test_source_dup_status (StormSource *source)
{
  return g_strdup ("Test broker");
}

static GPtrArray *
test_source_dup_progress (StormSource *source)
{
  TestSource *self = TEST_SOURCE (source);
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) storm_topic_progress_free);

  for (guint i = 0; i < self->progress->len; i++)
    {
      StormTopicProgress *from = &g_array_index (self->progress, StormTopicProgress, i);
      StormTopicProgress *to = g_memdup2 (from, sizeof *from);

      to->topic = g_strdup (from->topic);
      g_ptr_array_add (copy, to);
    }
  return copy;
}

static void
test_source_iface_init (StormSourceInterface *iface)
{
  iface->start = test_source_start;
  iface->stop = test_source_stop;
  iface->set_mapping = test_source_set_mapping;
  iface->get_state = test_source_get_state;
  iface->dup_status = test_source_dup_status;
  iface->dup_progress = test_source_dup_progress;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestSource, test_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (STORM_TYPE_SOURCE, test_source_iface_init))

static void
test_source_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  if (g_str_equal (pspec->name, "state"))
    g_value_set_enum (value, STORM_SOURCE_LIVE);
  else if (g_str_equal (pspec->name, "status"))
    g_value_set_string (value, "Test broker");
}

static void
test_source_finalize (GObject *object)
{
  TestSource *self = TEST_SOURCE (object);

  g_clear_pointer (&self->queue, storm_batch_queue_unref);
  g_clear_pointer (&self->strings, storm_strings_unref);
  g_array_unref (self->progress);
  G_OBJECT_CLASS (test_source_parent_class)->finalize (object);
}

static void
test_source_class_init (TestSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = test_source_get_property;
  object_class->finalize = test_source_finalize;
  g_object_class_override_property (object_class, 1, "state");
  g_object_class_override_property (object_class, 2, "status");
  g_object_class_override_property (object_class, 3, "error");
}

static void
test_source_init (TestSource *self)
{
  self->progress = g_array_new (FALSE, FALSE, sizeof (StormTopicProgress));
}

static void
set_partition (TestSource *self,
               const char *topic,
               gint32      partition,
               gint64      next,
               gint64      end)
{
  StormTopicProgress progress = { .topic = (char *) topic, .partition = partition, .next = next,
                                  .end = end };

  g_array_append_val (self->progress, progress);
}

/* The texts of all labels that are seen, one a line. */
static void
add_texts (GtkWidget *in,
           GString   *out)
{
  for (GtkWidget *w = gtk_widget_get_first_child (in); w != NULL;
       w = gtk_widget_get_next_sibling (w))
    {
      if (!gtk_widget_get_visible (w))
        continue;
      if (GTK_IS_LABEL (w) && gtk_label_get_text (GTK_LABEL (w))[0] != '\0')
        g_string_append_printf (out, "%s\n", gtk_label_get_text (GTK_LABEL (w)));
      add_texts (w, out);
    }
}

static void
assert_says (GtkWidget  *widget,
             const char *words,
             gboolean    says)
{
  g_autoptr (GString) text = g_string_new (NULL);

  add_texts (widget, text);
  if ((strstr (text->str, words) != NULL) != says)
    {
      g_test_message ("%s “%s” in:\n%s", says ? "no" : "there is", words, text->str);
      g_test_fail ();
    }
}

static void
test_words (void)
{
  static const struct
  {
    guint n, behind, unknown;
    guint64 lag;
    const char *words;
  } lags[] = {
    { 0, 0, 0, 0, "Nothing is read from it now." },
    { 1, 0, 0, 0, "Read to the end of its 1 partition." },
    { 3, 0, 0, 0, "Read to the end of all 3 partitions." },
    { 3, 0, 2, 0, "Where 2 of 3 partitions end is not known yet." },
    { 3, 2, 1, 4711, "4711 events behind the end, in 2 of 3 partitions: what is shown is older "
                     "than what the topic holds." },
  };
  StormTopicRate rate = { .n = 20000, .n_late = 3, .n_undecodable = 5000, .last = G_USEC_PER_SEC };
  g_autofree char *late = storm_late_words (&rate);
  g_autofree char *undecodable = storm_undecodable_words (&rate);
  g_autofree char *last = storm_rate_words (&rate, 181 * G_USEC_PER_SEC);

  for (guint i = 0; i < G_N_ELEMENTS (lags); i++)
    {
      StormTopicLag lag = { lags[i].n, lags[i].behind, lags[i].unknown, lags[i].lag };
      g_autofree char *words = storm_lag_words (&lag);

      g_assert_cmpstr (words, ==, lags[i].words);
    }
  g_assert_true (g_str_has_prefix (late, "3 of 20000 came late (less than 0.1 %)"));
  g_assert_true (g_str_has_prefix (undecodable, "5000 of 20000 could not be read (25 %)"));
  g_assert_cmpstr (last, ==, "Last event 3 min ago");
}

static void
test_lag (void)
{
  static const struct { gint64 next, end, lag; } cases[] = {
    { 5, 7, 2 }, { 7, 7, 0 }, { 9, 7, 0 }, { -1, 7, 7 }, { 5, -1, -1 }, { 0, 0, 0 },
    { -1001, G_MAXINT64, G_MAXINT64 },
  };
  StormTopicLag sum = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      StormTopicProgress partition = { .next = cases[i].next, .end = cases[i].end };

      g_assert_cmpint (storm_partition_get_lag (&partition), ==, cases[i].lag);
      if (i < 5)
        storm_topic_lag_add (&sum, &partition);
    }
  g_assert_cmpuint (sum.n_partitions, ==, 5);
  g_assert_cmpuint (sum.n_behind, ==, 2);
  g_assert_cmpuint (sum.n_unknown, ==, 1);
  g_assert_cmpuint (sum.lag, ==, 9);
}

static void
bring (TestSource *source,
       guint       n)
{
  g_autoptr (StormBatchBuilder) builder = test_builder (source->strings);

  storm_batch_builder_set_connection (builder, storm_batch_queue_get_connection (source->queue));
  for (guint i = 0; i < n; i++)
    {
      TestEvent event = { i == 0 ? NULL : "E", "k", NULL, i, 0, i };

      test_add (builder, &event);
    }
  storm_batch_queue_push (source->queue, storm_batch_builder_take (builder));
}

static void
test_view (void)
{
  g_autofree char *folder = NULL;
  g_autoptr (StormBoardFile) file = create_board (&folder);
  g_autoptr (TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);
  g_autoptr (TestSource) other = g_object_new (TEST_TYPE_SOURCE, NULL);
  StormMonitorController *controller;
  StormTopicRates *rates;
  GtkWidget *view;
  gint64 end_time = g_get_monotonic_time () + TIMEOUT;

  controller = storm_monitor_controller_new (file, NULL);
  rates = storm_monitor_get_rates (storm_monitor_controller_get_monitor (controller));
  view = g_object_ref_sink (storm_rates_view_new (controller));
  storm_rates_view_update (STORM_RATES_VIEW (view));
  assert_says (view, "No topic is watched", TRUE);

  set_partition (source, "shop", 0, 10, 10);
  set_partition (source, "shop", 1, 3, 45);
  set_partition (source, "quiet", 0, 0, 0);
  storm_monitor_controller_watch (controller, STORM_SOURCE (source));
  bring (source, 10);
  while (storm_topic_rates_get_n (rates) == 0 && g_get_monotonic_time () < end_time)
    g_main_context_iteration (NULL, FALSE);
  storm_rates_view_update (STORM_RATES_VIEW (view));
  assert_says (view, "2 topics", TRUE);
  assert_says (view, "Test broker", TRUE);
  assert_says (view, "42 events behind the end, in 1 of 2 partitions", TRUE);
  assert_says (view, "1 of 10 could not be read (10 %)", TRUE);
  assert_says (view, "No event so far", TRUE);
  assert_says (view, "Read to the end of its 1 partition.", TRUE);

  /* A topic that is gone has nothing to be told of any more, unless events of it are there. */
  g_array_set_size (source->progress, 0);
  storm_rates_view_update (STORM_RATES_VIEW (view));
  assert_says (view, "1 topic", TRUE);
  assert_says (view, "quiet", FALSE);
  assert_says (view, "Nothing is read from it now.", TRUE);

  /* The same topic on another connection has a row of its own, below that connection's name. */
  assert_says (view, "Connection", FALSE);
  set_partition (source, "shop", 0, 10, 10);
  set_partition (other, "shop", 0, 7, 10);
  set_partition (other, "evening", 0, 5, 5);
  storm_monitor_controller_add (controller, STORM_SOURCE (other));
  storm_rates_view_update (STORM_RATES_VIEW (view));
  assert_says (view, "3 topics", TRUE);
  assert_says (view, "Connection\n", TRUE);
  assert_says (view, "Connection (2)\n", TRUE);
  assert_says (view, "3 events behind the end", TRUE);
  bring (other, 4);
  while (storm_topic_rates_get_n (rates) == 1 && g_get_monotonic_time () < end_time)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (storm_topic_rates_get_n (rates), ==, 2);
  storm_rates_view_update (STORM_RATES_VIEW (view));
  assert_says (view, "1 of 4 could not be read (25 %)", TRUE);
  assert_says (view, "1 of 10 could not be read (10 %)", TRUE);

  /* What it brought stays, with its name. */
  storm_monitor_controller_remove (controller, STORM_SOURCE (other));
  storm_rates_view_update (STORM_RATES_VIEW (view));
  assert_says (view, "2 topics", TRUE);
  assert_says (view, "Connection (2)\n", TRUE);
  assert_says (view, "evening", FALSE);

  storm_monitor_controller_stop (controller);
  g_object_unref (view);
  g_assert_finalize_object (controller);
  g_assert_true (storm_board_file_close (file, NULL));
}

/* As many partitions and topics as anybody thinks of. */
static void
test_many (void)
{
  g_autoptr (GPtrArray) partitions = g_ptr_array_new ();
  GtkWidget *row = g_object_ref_sink (storm_rates_row_new (NULL));
  StormTopicProgress *all = g_new0 (StormTopicProgress, 5000);

  for (guint i = 0; i < 5000; i++)
    {
      all[i] = (StormTopicProgress) { .partition = (gint32) i, .end = 1 };
      g_ptr_array_add (partitions, &all[i]);
    }
  storm_rates_row_update (STORM_RATES_ROW (row), NULL, partitions, 0);
  assert_says (row, "All other topics", TRUE);
  assert_says (row, "5000 events behind the end, in 5000 of 5000 partitions", TRUE);
  g_ptr_array_set_size (partitions, 1);
  storm_rates_row_update (STORM_RATES_ROW (row), NULL, partitions, 0);
  assert_says (row, "1 event behind the end, in 1 of 1 partitions", TRUE);
  g_free (all);
  g_assert_finalize_object (row);
}

static void
test_sparkline (void)
{
  const guint32 counts[] = { 0, 7, 3 };
  StormSparkline *line = g_object_ref_sink (STORM_SPARKLINE (storm_sparkline_new ()));

  g_assert_cmpuint (storm_sparkline_get_most (line), ==, 0);
  storm_sparkline_set_counts (line, counts, 3);
  g_assert_cmpuint (storm_sparkline_get_most (line), ==, 7);
  storm_sparkline_set_counts (line, counts, 1);
  g_assert_cmpuint (storm_sparkline_get_most (line), ==, 0);
  storm_sparkline_set_words (line, "at most 7");
  gtk_test_accessible_assert_property (line, GTK_ACCESSIBLE_PROPERTY_LABEL, "at most 7");
  g_assert_finalize_object (line);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/rates/words", test_words);
  g_test_add_func ("/rates/lag", test_lag);
  g_test_add_func ("/rates/view", test_view);
  g_test_add_func ("/rates/many", test_many);
  g_test_add_func ("/rates/sparkline", test_sparkline);
  return g_test_run ();
}
