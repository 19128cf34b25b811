#include "config.h"

/* The event list with a million rows in the real panel: ./bench-list [EVENTS]. A frame's work is
 * the time from the frame clock's before-paint to its after-paint. */

#include <adwaita.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "bench-numbers.h"
#include "storm-event-panel.h"
#include "storm-filter-bar.h"
#include "storm-filter.h"
#include "../widget/storm-widget-test.h"

#define BATCH 5000
#define FRAMES 60

typedef struct
{
  GtkWidget              *window;
  GtkWidget              *panel;
  GtkAdjustment          *adjustment;
  StormMonitorController *controller;
  StormMonitor           *monitor;
  StormBatchBuilder      *builder;
  guint                   n_events;    /* made so far */
  gint64                  painting;    /* when the frame began, µs */
  GArray                 *frames;      /* double, ms */
  gboolean                measuring;
} Bench;

static void
before_paint_cb (GdkFrameClock *clock,
                 Bench         *bench)
{
  bench->painting = g_get_monotonic_time ();
}

static void
after_paint_cb (GdkFrameClock *clock,
                Bench         *bench)
{
  double ms;

  /* What the display server has to do belongs to the frame. */
  gdk_display_sync (gtk_widget_get_display (bench->window));
  ms = (g_get_monotonic_time () - bench->painting) / 1000.0;
  if (bench->measuring)
    g_array_append_val (bench->frames, ms);
}

static void
report (Bench      *bench,
        const char *name)
{
  guint n = bench->frames->len;

  g_array_sort (bench->frames, bench_compare);
  g_print ("%s: p50 %.1f p95 %.1f max %.1f ms a frame (budget 16 ms)\n", name,
           g_array_index (bench->frames, double, n / 2),
           g_array_index (bench->frames, double, n * 95 / 100),
           g_array_index (bench->frames, double, n - 1));
  g_array_set_size (bench->frames, 0);
}

static void
add_batch (Bench *bench,
           guint  n)
{
  static const char * const types[] = { "OrderPlaced", "OrderAccepted", "CookStarted",
                                        "CookFinished" };
  StormBatch *batch;

  for (guint i = 0; i < n; i++, bench->n_events++)
    {
      gint64 ms = G_GINT64_CONSTANT (1795000000000) + bench->n_events;
      g_autofree char *payload = g_strdup_printf (
        "{\"eventType\":\"%s\",\"timestamp\":%" G_GINT64_FORMAT ",\"orderId\":\"order-%u\","
        "\"menu\":\"bibimbap\",\"qty\":2,\"address\":\"12 Long Street, behind the market\"}",
        types[bench->n_events % 4], ms, bench->n_events / 4);
      StormRecord record = {
        .topic = "food.order", .partition = bench->n_events % 3, .offset = bench->n_events / 3,
        .broker_time = ms * STORM_TIME_MILLISECOND, .payload = (const guint8 *) payload,
        .payload_len = strlen (payload),
      };

      storm_batch_builder_add (bench->builder, &record);
    }
  batch = storm_batch_builder_take (bench->builder);
  storm_monitor_take (bench->monitor, batch);
  storm_batch_unref (batch);
}

static void
wait_frame (Bench *bench)
{
  guint n = bench->frames->len;

  gtk_widget_queue_draw (bench->panel);
  while (bench->frames->len == n)
    g_main_context_iteration (NULL, TRUE);
}

static void
settle (Bench *bench)
{
  gint64 end = g_get_monotonic_time () + 300 * 1000;

  bench->measuring = FALSE;
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  bench->measuring = TRUE;
}

/* The toggle that follows the newest event is the panel's only flat one. */
static void
set_follow (Bench    *bench,
            gboolean  follow)
{
  GtkWidget *box = gtk_widget_get_first_child (bench->panel);
  GtkWidget *last = gtk_widget_get_last_child (box);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (last), follow);
}

static void
bench_jumps (Bench *bench)
{
  GRand *rand = g_rand_new_with_seed (1);

  set_follow (bench, FALSE);
  settle (bench);
  for (guint i = 0; i < FRAMES; i++)
    {
      double upper = gtk_adjustment_get_upper (bench->adjustment);

      gtk_adjustment_set_value (bench->adjustment, g_rand_double (rand) * upper);
      wait_frame (bench);
    }
  report (bench, "jump among rows");
  for (guint i = 0; i < FRAMES; i++)
    {
      gtk_adjustment_set_value (bench->adjustment,
                                gtk_adjustment_get_value (bench->adjustment) + 60);
      wait_frame (bench);
    }
  report (bench, "scroll 60 px");
  g_rand_free (rand);
}

static void
bench_follow (Bench      *bench,
              const char *name,
              guint       events)
{
  set_follow (bench, TRUE);
  settle (bench);
  for (guint i = 0; i < FRAMES; i++)
    {
      add_batch (bench, events);
      storm_monitor_flush (bench->monitor);
      wait_frame (bench);
    }
  report (bench, name);
}

static void
report_longest (Bench *bench)
{
  double longest = 0;

  for (guint i = 0; i < 4; i++)
    wait_frame (bench);
  for (guint i = 0; i < bench->frames->len; i++)
    longest = MAX (longest, g_array_index (bench->frames, double, i));
  g_print (" %.1f ms\n", longest);
  g_array_set_size (bench->frames, 0);
  settle (bench);
}

static void
bench_filter (Bench *bench)
{
  gint64 start;

  settle (bench);
  start = g_get_monotonic_time ();

  storm_monitor_set_key (bench->monitor, "order-4711");
  g_print ("choose a key among %u events: %.1f ms (budget 20 ms), and in the list the next frame's",
           bench->n_events, (g_get_monotonic_time () - start) / 1000.0);
  report_longest (bench);
  start = g_get_monotonic_time ();
  storm_monitor_set_key (bench->monitor, NULL);
  g_print ("back to all events: %.1f ms, and in the list the next frame's",
           (g_get_monotonic_time () - start) / 1000.0);
  report_longest (bench);
}

/* One of a thousand events, found in the background: the frames meanwhile, and all of the time. */
static void
bench_expression (Bench      *bench,
                  const char *expression)
{
  StormEventView *view = storm_monitor_get_view (bench->monitor);
  gint64 start, longest = 0, turn;
  StormRowFilter *filter;
  GtkWidget *bar;

  bar = find_widget (bench->panel, STORM_TYPE_FILTER_BAR);
  settle (bench);
  start = g_get_monotonic_time ();
  storm_filter_bar_set_expression (STORM_FILTER_BAR (bar), expression);
  filter = storm_event_view_get_expression (view);
  while (storm_row_filter_get_error (filter) == NULL &&
         (!storm_row_filter_is_compiled (filter) ||
          storm_row_filter_get_progress (filter, NULL, NULL)))
    {
      turn = g_get_monotonic_time ();
      if (g_main_context_iteration (NULL, FALSE))
        longest = MAX (longest, g_get_monotonic_time () - turn);
      else
        g_usleep (200);
    }
  g_print ("%s over %u events: %u found in %.2f s, longest turn of the main loop %.1f ms\n",
           expression, bench->n_events, storm_event_view_get_n (view),
           (g_get_monotonic_time () - start) / 1e6, longest / 1000.0);
  report (bench, "frames meanwhile");
  storm_filter_bar_set_expression (STORM_FILTER_BAR (bar), "");
}

static StormBoardFile *
make_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("storm-bench-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "bench.storm", NULL);

  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  return storm_board_file_create (path, NULL, &error);
}

static void
open_window (Bench          *bench,
             StormBoardFile *file)
{
  g_autoptr (StormSelection) selection = storm_selection_new (storm_board_file_get_board (file));
  GdkFrameClock *clock;
  GtkWidget *list;

  bench->window = gtk_window_new ();
  bench->controller = storm_monitor_controller_new (file, bench->window);
  bench->monitor = storm_monitor_controller_get_monitor (bench->controller);
  bench->panel = storm_event_panel_new (bench->controller, storm_board_file_get_history (file),
                                        selection);
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 1100, 320);
  gtk_window_set_child (GTK_WINDOW (bench->window), bench->panel);
  gtk_window_present (GTK_WINDOW (bench->window));
  while (!gtk_widget_get_mapped (bench->window))
    g_main_context_iteration (NULL, TRUE);
  list = find_widget (bench->panel, GTK_TYPE_COLUMN_VIEW);
  bench->adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  clock = gtk_widget_get_frame_clock (bench->window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), bench);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (after_paint_cb), bench);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (StormBoardFile) file = NULL;
  g_autoptr (StormMapping) mapping = NULL;
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 1000000;
  Bench bench = { 0, };

  if (!gtk_init_check ())
    {
      g_print ("list: skipped, there is no display\n");
      return 77;
    }
  adw_init ();
  mapping = storm_mapping_new_from_json ("{\"type\":[\"json:/eventType\"],\"time\":"
                                         "[\"json:/timestamp\"],\"correlation\":"
                                         "[\"json:/orderId\"]}", NULL);
  file = make_file ();
  bench.frames = g_array_new (FALSE, FALSE, sizeof (double));
  open_window (&bench, file);
  bench.builder = storm_batch_builder_new (storm_monitor_get_strings (bench.monitor), mapping);
  while (bench.n_events < n)
    add_batch (&bench, MIN (BATCH, n - bench.n_events));
  storm_monitor_flush (bench.monitor);
  g_print ("list: %u rows, renderer %s\n", bench.n_events,
           G_OBJECT_TYPE_NAME (gtk_native_get_renderer (GTK_NATIVE (bench.window))));

  bench_jumps (&bench);
  bench_follow (&bench, "follow at 5,000 events/s", 83);
  bench_follow (&bench, "follow at 50,000 events/s", 833);
  bench_filter (&bench);
  if (storm_filter_is_available ())
    {
      gtk_widget_activate_action (bench.panel, "events.filter", NULL);
      bench_expression (&bench, ".offset < 333");
      bench_expression (&bench, ".offset % 1000 == 0");
    }

  gtk_window_destroy (GTK_WINDOW (bench.window));
  storm_batch_builder_free (bench.builder);
  g_object_unref (bench.controller);
  g_array_unref (bench.frames);
  return 0;
}
