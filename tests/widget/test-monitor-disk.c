#include <glib/gstdio.h>

#include "storm-board-test.h"
#include "storm-monitor-controller.h"
#include "storm-replay-source.h"
#include "../unit/storm-disk-test.h"

/* The window's session on a disk that fills up while it captures. */

#define N_EVENTS 40000
#define PADDING 400

static StormSource *
make_source (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "long.jsonl", NULL);
  g_autofree char *padding = g_strnfill (PADDING, 'x');
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (StormRecordReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_EVENTS; i++)
    g_string_append_printf (lines, "{\"eventType\":\"OrderPlaced\",\"timestamp\":%" G_GINT64_FORMAT
                            ",\"orderId\":\"order-%u\",\"memo\":\"%s\"}\n",
                            G_GINT64_CONSTANT (1795243267120) + i, i, padding);
  g_file_set_contents (path, lines->str, lines->len, &error);
  g_assert_no_error (error);
  reader = storm_jsonl_reader_new (file, &error);
  g_assert_no_error (error);
  return storm_replay_source_new (reader, "long.jsonl", 0);
}

static void
count_failures (StormMonitorController *controller,
                GError                 *error,
                guint                  *n)
{
  g_assert_nonnull (strstr (error->message, "spool"));
  (*n)++;
}

static void
assert_board (const char *path,
              guint       n_stickies)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoardFile) file = storm_board_file_open (path, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (
                      storm_board_get_stickies (storm_board_file_get_board (file))), ==,
                    n_stickies);
  g_assert_true (storm_board_file_close (file, &error));
}

/* It is said once, capturing stops, watching goes on to the end, and the board can still be edited
 * and is whole afterwards. */
static void
test_disk_full (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (StormBoardFile) file = create_board (&folder);
  g_autofree char *path = g_build_filename (folder, "board.storm", NULL);
  g_autoptr (StormSource) source = NULL;
  StormMonitorController *controller;
  StormEventLog *log;
  StormSourceState state = STORM_SOURCE_IDLE;
  gboolean capturing = TRUE;
  guint n_failures = 0;

  g_free (add_titled (storm_board_file_get_history (file), STORM_KIND_EVENT, 0, "First"));
  controller = storm_monitor_controller_new (file, NULL);
  log = storm_monitor_get_log (storm_monitor_controller_get_monitor (controller));
  g_signal_connect (controller, "failed", G_CALLBACK (count_failures), &n_failures);
  source = make_source (folder);

  storm_test_limit_files (2 * 1024 * 1024);
  storm_monitor_controller_watch (controller, source);
  while (state != STORM_SOURCE_ENDED || storm_event_log_get_n (log) < N_EVENTS || n_failures == 0)
    {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (controller, "state", &state, NULL);
    }
  g_free (add_titled (storm_board_file_get_history (file), STORM_KIND_EVENT, 0, "Second"));
  storm_test_limit_files (RLIM_INFINITY);

  g_object_get (controller, "capturing", &capturing, NULL);
  g_assert_false (capturing);
  g_assert_cmpuint (n_failures, ==, 1);
  g_assert_cmpuint (storm_event_log_get_n (log), ==, N_EVENTS);
  g_assert_cmpstr (storm_event_log_get_type_name (log, N_EVENTS - 1), ==, "OrderPlaced");
  g_assert_cmpint (storm_event_log_get_offset (log, N_EVENTS - 1), ==,
                   storm_event_log_get_offset (log, 0) + N_EVENTS - 1);
  g_assert_cmpuint (storm_event_log_get_flags (log, N_EVENTS - 1), ==, 0);

  g_assert_finalize_object (controller);
  g_assert_true (storm_board_file_close (file, &error));
  assert_board (path, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/monitor/disk-full", test_disk_full);
  return g_test_run ();
}
