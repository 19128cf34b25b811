#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "storm-board-json.h"
#include "storm-board-page-private.h"
#include "storm-edit.h"
#include "storm-event-log.h"
#include "storm-failure-panel.h"
#include "storm-overlay-marks.h"
#include "storm-replay-source.h"
#include "storm-timeline.h"
#include "storm-trace-list-model.h"
#include "storm-trace-panel.h"
#include "storm-trouble-bar.h"
#include "storm-widget-test.h"

/* The five cases of each sample: what the window's first sentence says of them, and that the way
 * through the troubles comes by each of them. */

#define N_TROUBLES 4

typedef struct
{
  const char *sample;
  const char *sentences[N_TROUBLES];
  const char *stickies[N_TROUBLES];     /* what stands in the middle of the board then */
} Case;

static const Case cases[] = {
  { "food-order",
    { "order-4804 failed with OrderRejected ? min ago; OrderCanceled usually follows within 1.1 s.",
      "order-4802 stopped after OrderAccepted ? min ago; CookStarted usually follows within 17 s.",
      "order-4805, ? min ago: CouponGranted came, which is not on the board.",
      "order-4803 failed ? min ago and was compensated: OrderRejected came instead of "
      "OrderAccepted." },
    { "OrderRejected", "OrderAccepted", "OrderAccepted", "OrderRejected" } },
  { "mobile-beverage",
    { "2104 failed with OrderRejected ? min ago; PaymentCanceled usually follows within 790 ms.",
      "2102 stopped after Paid ? min ago; CafeOrderAdded usually follows within 500 ms.",
      "2105, ? min ago: LoyaltyPointsAdded came, which is not on the board.",
      "2103 failed ? min ago and was compensated: OrderRejected came instead of OrderAccepted." },
    { "OrderRejected", "Paid", "OrderAccepted", "OrderRejected" } },
  { "awesome-shopping",
    { "tx124004 failed with ProductSubtractFailed ? min ago; OrderCanceled usually follows within "
      "2.0 s.",
      "tx124002 stopped after OrderCreated ? min ago; PaymentCreated usually follows within 3.0 s.",
      "tx124005, ? min ago: CouponUsed came, which is not on the board.",
      "tx124003 failed ? min ago and was compensated: ProductSubtractFailed came instead of "
      "ProductSubtracted." },
    { "ProductSubtractFailed", "OrderCreated", "OrderCreated", "ProductSubtractFailed" } },
};

static char *
data_path (const char *folder,
           const char *sample,
           const char *ending)
{
  g_autofree char *name = g_strconcat (sample, ending, NULL);

  return g_test_build_filename (G_TEST_DIST, "..", "data", folder, name, NULL);
}

static StormBoardFile *
open_sample (const char *folder,
             const char *sample)
{
  g_autofree char *from = data_path ("samples", sample, ".json");
  g_autofree char *path = g_build_filename (folder, "board.storm", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (StormChange) change = NULL;
  StormBoardFile *file;
  gsize length;

  g_file_get_contents (from, &text, &length, &error);
  g_assert_no_error (error);
  board = storm_board_json_import (text, length, sample, &error);
  g_assert_no_error (error);
  file = storm_board_file_create (path, NULL, &error);
  g_assert_no_error (error);
  change = storm_edit_merge_board (storm_board_file_get_board (file), board, 0, 0, &ids);
  storm_change_set (change, NULL, STORM_PROP_MAPPING,
                    g_variant_new_string (storm_board_get_mapping (board)));
  g_assert_true (storm_history_do (storm_board_file_get_history (file), change, &error));
  g_assert_no_error (error);
  return file;
}

static StormSource *
open_recording (const char *sample)
{
  g_autofree char *path = data_path ("recordings", sample, "-cases.jsonl");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (StormRecordReader) reader = storm_jsonl_reader_new (file, &error);

  g_assert_no_error (error);
  return storm_replay_source_new (reader, sample, 0);
}

static void
wait_for (StormTroubleBar *bar,
          const char      *words)
{
  gint64 end_time = g_get_monotonic_time () + TIMEOUT;

  while (!g_pattern_match_simple (words, storm_trouble_bar_get_words (bar)) &&
         g_get_monotonic_time () < end_time)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  if (g_pattern_match_simple (words, storm_trouble_bar_get_words (bar)))
    return;
  g_test_message ("the sentence is %s", storm_trouble_bar_get_words (bar));
  g_test_fail ();
}

static gboolean
frame_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       data)
{
  guint *n = data;

  return --*n > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Lists scroll only to rows that have had their place. */
static void
wait_for_frames (GtkWidget *widget)
{
  guint n = 3;

  gtk_widget_add_tick_callback (widget, frame_cb, &n, NULL);
  while (n > 0)
    g_main_context_iteration (NULL, TRUE);
}

/* Whether the sticky of that title lies in the middle of the view. */
static void
assert_middle (StormBoardPage *page,
               const char     *title)
{
  StormPoint middle = storm_canvas_get_center (storm_board_page_get_canvas (page));
  StormBoard *board = storm_board_file_get_board (storm_board_page_get_file (page));
  GListModel *stickies = storm_board_get_stickies (board);

  for (guint i = 0; title != NULL && i < g_list_model_get_n_items (stickies); i++)
    {
      g_autoptr (StormSticky) sticky = g_list_model_get_item (stickies, i);
      const StormRect *rect = storm_sticky_get_rect (sticky);

      if (g_str_equal (storm_sticky_get_title (sticky), title))
        {
          g_assert_true (storm_rect_contains (rect, middle.x, middle.y));
          return;
        }
    }
  g_assert_null (title);
}

static guint
get_marks (StormMonitor *monitor,
           const char   *title)
{
  StormBoard *board = storm_monitor_get_board (monitor);
  GListModel *stickies = storm_board_get_stickies (board);
  guint marks = 0;

  for (guint i = 0; i < g_list_model_get_n_items (stickies); i++)
    {
      g_autoptr (StormSticky) sticky = g_list_model_get_item (stickies, i);

      if (g_str_equal (storm_sticky_get_title (sticky), title) &&
          storm_sticky_get_kind (sticky) == STORM_KIND_EVENT)
        marks |= storm_overlay_get_marks (storm_monitor_get_overlay (monitor),
                                          storm_object_get_id (STORM_OBJECT (sticky)));
    }
  return marks;
}

/* What the board says of each of the cases, beside the sentence. */
static void
assert_marked (StormBoardPage *page,
               const char     *sticky,
               guint           trouble)
{
  static const guint marks[N_TROUBLES] = {
    STORM_MARK_FAILED | STORM_MARK_UNCOMPENSATED, STORM_MARK_STUCK, STORM_MARK_NONE,
    STORM_MARK_FAILED | STORM_MARK_COMPENSATED,
  };
  StormMonitor *monitor = storm_monitor_controller_get_monitor (page->controller);
  GPtrArray *ghosts = storm_overlay_get_ghosts (storm_monitor_get_overlay (monitor));

  g_assert_cmpuint (get_marks (monitor, sticky), ==, marks[trouble]);
  g_assert_cmpuint (ghosts->len, ==, trouble == 2);
}

/* The list of what failed names the one that is still open, and leads to it. */
static void
check_failures (GtkWidget  *page,
                const char *first)
{
  g_autofree char *key = g_strdup (first);
  gint64 end_time = g_get_monotonic_time () + TIMEOUT;
  GtkWidget *panel;
  GtkWidget *row = NULL;
  StormMonitor *monitor =
    storm_monitor_controller_get_monitor (STORM_BOARD_PAGE (page)->controller);

  gtk_widget_activate_action (storm_board_page_get_monitor_bar (STORM_BOARD_PAGE (page)),
                              "monitor.show-failures", NULL);
  panel = find_widget (page, STORM_TYPE_FAILURE_PANEL);
  while (row == NULL && g_get_monotonic_time () < end_time)
    {
      g_main_context_iteration (NULL, FALSE);
      row = find_widget (panel, ADW_TYPE_ACTION_ROW);
    }
  g_assert_true (gtk_widget_get_mapped (panel));
  g_assert_nonnull (row);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, key);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "overdue"));
  gtk_widget_activate (row);
  g_assert_cmpstr (storm_monitor_get_key (monitor), ==, key);
}

/* Looking back, the sentence and the list are those of then. */
static void
check_past (GtkWidget       *page,
            StormTroubleBar *sentence,
            const char      *now)
{
  StormMonitor *monitor =
    storm_monitor_controller_get_monitor (STORM_BOARD_PAGE (page)->controller);
  g_autoptr (StormTimeline) timeline = storm_timeline_new (monitor);
  GtkWidget *panel = find_widget (page, STORM_TYPE_TRACE_PANEL);
  GObject *list = gtk_widget_get_template_child (panel, STORM_TYPE_TRACE_PANEL, "list");
  GListModel *rows = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
  guint n_all = g_list_model_get_n_items (rows);
  gboolean ready = FALSE;

  g_assert_cmpuint (n_all, >, 1);
  while (!ready)
    {
      g_main_context_iteration (NULL, FALSE);
      g_object_get (timeline, "ready", &ready, NULL);
    }
  storm_timeline_go_first (timeline);
  wait_for (sentence, "At ??:??:??.???: *1 trace *as the board says.");
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
  g_assert_null (storm_trouble_bar_get_key (sentence));
  storm_timeline_go_live (timeline);
  wait_for (sentence, now);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, n_all);
}

static void
test_sample (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("storm-trouble-XXXXXX", &error);
  g_autoptr (StormBoardFile) file = NULL;
  g_autoptr (StormSource) source = NULL;
  GtkWidget *window = adw_window_new ();
  GtkWidget *page;
  GtkWidget *bar;
  StormTroubleBar *sentence;

  g_assert_no_error (error);
  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  file = open_sample (folder, c->sample);
  page = storm_board_page_new (file);
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 700);
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  g_object_set (page, "monitoring", TRUE, NULL);
  bar = storm_board_page_get_monitor_bar (STORM_BOARD_PAGE (page));
  sentence = STORM_TROUBLE_BAR (find_widget (bar, STORM_TYPE_TROUBLE_BAR));
  wait_for (sentence, "No events yet. What goes wrong will be named here first.");
  g_assert_null (storm_trouble_bar_get_key (sentence));

  source = open_recording (c->sample);
  storm_board_page_watch (STORM_BOARD_PAGE (page), source);
  wait_for (sentence, c->sentences[0]);
  wait_for_frames (page);
  for (guint i = 0; i < N_TROUBLES; i++)
    {
      gtk_widget_activate_action (bar, "monitor.next-trouble", NULL);
      wait_for (sentence, c->sentences[i]);
      assert_middle (STORM_BOARD_PAGE (page), c->stickies[i]);
      assert_marked (STORM_BOARD_PAGE (page), c->stickies[i], i);
      wait_for_frames (page);
    }
  gtk_widget_activate_action (bar, "monitor.next-trouble", NULL);
  wait_for (sentence, c->sentences[0]);
  gtk_widget_activate_action (bar, "monitor.previous-trouble", NULL);
  wait_for (sentence, c->sentences[N_TROUBLES - 1]);
  gtk_widget_activate_action (bar, "monitor.set-key", "s", "");
  wait_for (sentence, c->sentences[0]);
  check_past (page, sentence, c->sentences[0]);
  gtk_widget_activate_action (bar, "monitor.show-trouble", NULL);
  wait_for (sentence, c->sentences[0]);
  check_failures (page, storm_trouble_bar_get_key (sentence));
  gtk_widget_activate_action (bar, "monitor.clear", NULL);
  gtk_widget_activate_action (bar, "monitor.set-key", "s", "");
  wait_for (sentence, "No events yet. What goes wrong will be named here first.");

  g_assert_true (storm_board_page_close (STORM_BOARD_PAGE (page), &error));
  g_assert_no_error (error);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/trouble/", cases[i].sample, NULL);

      g_test_add_data_func (path, &cases[i], test_sample);
    }
  return g_test_run ();
}
