#include "config.h"

/* The window while many events come: the food-order board, its monitor, capture, lists and pulses,
 * watching a Kafka of another process that writes RATE events a second. A frame is measured from
 * the frame clock's before-paint to after-paint and back from the X server, so that nobody's work
 * is left out. Needs a display and a home of its own:
 * tests/gui/session -- bench-live [SECONDS [RATE [EVERY]]]. With EVERY it is a soak (see the
 * script): a line every so many seconds, and the events are checked at the end. */

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench-numbers.h"
#include "storm-application.h"
#include "storm-board-io.h"
#include "storm-demo-source.h"
#include "storm-event-log.h"
#include "storm-kafka-source.h"
#include "storm-soak.h"
#include "storm-window.h"

#define SECONDS 60
#define RATE 10000
#define WARM_UP 3.0
#define TOPIC "food.order"

typedef struct
{
  GtkWindow *window;
  gboolean   counting;
  gint64     started;
  gint64     painted;
  double     started_cpu;
  GArray    *frames;     /* double, ms */
  GArray    *cpu;        /* the same, of this thread alone */
  GArray    *pauses;     /* from frame to frame */
  guint64    n_events;   /* that the log has taken */
  StormEventLog *log;
} Bench;

/* A shop with a broker, for another process to watch. Nobody takes what it watches itself, so its
 * own reader stops at the first batch. It ends when its standard input does. */
static int
run_shop (double rate)
{
  g_autoptr (StormSource) shop = NULL;
  g_autoptr (StormBatchQueue) queue = storm_batch_queue_new (1, NULL, NULL);
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (StormMapping) mapping = storm_mapping_new_default ();
  char byte;

  /* About three events an order. */
  shop = storm_demo_source_new (1, rate / 2.9);
  storm_source_start (shop, queue, strings, mapping);
  printf ("%s\n", storm_demo_source_get_servers (STORM_DEMO_SOURCE (shop)));
  fflush (stdout);
  while (read (STDIN_FILENO, &byte, 1) > 0)
    ;
  storm_source_stop (shop);
  storm_batch_queue_close (queue);
  g_assert_true (storm_source_wait_all (G_TIME_SPAN_MINUTE));
  return 0;
}

static double
cpu_ms (clockid_t clock)
{
  struct timespec t;

  clock_gettime (clock, &t);
  return t.tv_sec * 1000.0 + t.tv_nsec / 1e6;
}

static void
on_before_paint (GdkFrameClock *clock,
                 Bench         *bench)
{
  bench->started = g_get_monotonic_time ();
  bench->started_cpu = cpu_ms (CLOCK_THREAD_CPUTIME_ID);
}

static void
on_after_paint (GdkFrameClock *clock,
                Bench         *bench)
{
  gint64 now;
  double ms, cpu, pause;

  gdk_display_sync (gtk_widget_get_display (GTK_WIDGET (bench->window)));
  now = g_get_monotonic_time ();
  ms = (now - bench->started) / 1000.0;
  cpu = cpu_ms (CLOCK_THREAD_CPUTIME_ID) - bench->started_cpu;
  pause = (now - bench->painted) / 1000.0;
  bench->painted = now;
  if (!bench->counting)
    return;
  g_array_append_val (bench->frames, ms);
  g_array_append_val (bench->cpu, cpu);
  g_array_append_val (bench->pauses, pause);
}

static gboolean
on_appended (GSignalInvocationHint *hint,
             guint                  n_values,
             const GValue          *values,
             gpointer               user_data)
{
  Bench *bench = user_data;

  bench->n_events += g_value_get_uint (&values[2]);
  bench->log = g_value_get_object (&values[0]);
  return TRUE;
}

static gboolean
on_time (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (double seconds)
{
  gboolean over = FALSE;

  g_timeout_add ((guint) (seconds * 1000), on_time, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* Of sorted ones: so many of them are not longer. */
static double
get_share (GArray *times,
           double  share)
{
  return times->len > 0 ? g_array_index (times, double, (guint) (times->len * share)) : 0;
}

static double
print_times (const char *what,
             GArray     *times)
{
  double p95;

  g_array_sort (times, bench_compare);
  p95 = get_share (times, .95);
  printf ("%s: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms\n", what, get_share (times, .5),
          p95, get_share (times, .99), g_array_index (times, double, times->len - 1));
  return p95;
}

static void
measure (Bench  *bench,
         double  seconds)
{
  double resident[3], p95;
  guint64 first = bench->n_events;
  gint64 start = g_get_monotonic_time ();
  double cpu = cpu_ms (CLOCK_PROCESS_CPUTIME_ID);

  resident[0] = bench_resident_mb ();
  bench->counting = TRUE;
  run_for (seconds / 2);
  resident[1] = bench_resident_mb ();
  run_for (seconds / 2);
  resident[2] = bench_resident_mb ();
  bench->counting = FALSE;

  seconds = (g_get_monotonic_time () - start) / 1e6;
  printf ("events shown: %.0f/s for %.0f s, in %u frames\n",
          (bench->n_events - first) / seconds, seconds, bench->frames->len);
  if (bench->frames->len == 0)
    return;
  p95 = print_times ("frame", bench->frames);
  printf ("frame, p95: %.1f ms (budget 16 ms%s)\n", p95, p95 > 16 ? ", MISSED" : "");
  /* On a busy machine the processor time tells more than the clock. */
  print_times ("processor time of the main thread in a frame", bench->cpu);
  print_times ("from frame to frame", bench->pauses);
  printf ("processor time of all threads: %.0f %% of one core\n",
          (cpu_ms (CLOCK_PROCESS_CPUTIME_ID) - cpu) / seconds / 10);
  printf ("resident at start, middle, end: %.0f, %.0f, %.0f MB (%.0f bytes/event)\n", resident[0],
          resident[1], resident[2],
          (resident[2] - resident[0]) * 1e6 / MAX (1, bench->n_events - first));
}

/* A line for each interval. Frame times are printed, not judged: the machine may be busy. */
static gboolean
soak (Bench  *bench,
      double  seconds,
      double  every)
{
  gint64 end = g_get_monotonic_time () + (gint64) (seconds * 1e6);
  guint64 first = bench->n_events;
  double start_mb = bench_resident_mb ();
  double last_mb = start_mb;
  gboolean good;

  bench->counting = TRUE;
  while (g_get_monotonic_time () < end)
    {
      guint64 before = bench->n_events;
      gint64 began = g_get_monotonic_time ();

      run_for (MIN (every, (end - began) / 1e6));
      g_array_sort (bench->frames, bench_compare);
      g_array_sort (bench->cpu, bench_compare);
      last_mb = bench_resident_mb ();
      printf ("%10" G_GUINT64_FORMAT " events, %6.0f/s; frames %5u, p95 %5.1f ms; processor time "
              "p50 %5.1f, p95 %5.1f, p99 %5.1f ms; %5.0f MB\n", bench->n_events,
              (bench->n_events - before) * 1e6 / (g_get_monotonic_time () - began),
              bench->frames->len, get_share (bench->frames, .95), get_share (bench->cpu, .5),
              get_share (bench->cpu, .95), get_share (bench->cpu, .99), last_mb);
      fflush (stdout);
      g_array_set_size (bench->frames, 0);
      g_array_set_size (bench->cpu, 0);
      g_array_set_size (bench->pauses, 0);
    }
  bench->counting = FALSE;

  good = bench->log != NULL && storm_soak_check_log (bench->log);
  return storm_soak_check_memory (start_mb, last_mb, bench->n_events - first) && good;
}

/* The servers of a shop in a process of its own, so that neither its work nor memory is ours. */
static char *
start_shop (const char   *self,
            const char   *rate,
            GSubprocess **shop)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  char *servers = NULL;

  *shop = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                            G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                            self, "--shop", rate, NULL);
  if (*shop != NULL)
    {
      lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (*shop));
      servers = g_data_input_stream_read_line (lines, NULL, NULL, &error);
    }
  if (servers == NULL)
    {
      fprintf (stderr, "live: %s\n", error != NULL ? error->message : "the shop didn't open");
      exit (1);
    }
  return servers;
}

static GtkWindow *
open_window (StormApplication *app)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  g_application_set_flags (G_APPLICATION (app), G_APPLICATION_NON_UNIQUE);
  if (g_application_register (G_APPLICATION (app), NULL, &error))
    path = storm_board_io_ensure_demo (storm_application_get_library (app), &error);
  if (path == NULL)
    {
      fprintf (stderr, "live: %s\n", error->message);
      exit (1);
    }
  return storm_application_open_board (app, NULL, path);
}

int
main (int    argc,
      char **argv)
{
  double seconds = argc > 1 ? g_ascii_strtod (argv[1], NULL) : SECONDS;
  const char *rate = argc > 2 ? argv[2] : G_STRINGIFY (RATE);
  double every = argc > 3 ? g_ascii_strtod (argv[3], NULL) : 0;
  gboolean good = TRUE;
  const char *topics[] = { TOPIC, NULL };
  g_autoptr (StormApplication) app = NULL;
  g_autoptr (StormConnection) connection = NULL;
  g_autoptr (StormSource) source = NULL;
  g_autoptr (GSubprocess) shop = NULL;
  g_autofree char *servers = NULL;
  GdkFrameClock *clock;
  Bench bench = { NULL };

  if (argc == 3 && g_str_equal (argv[1], "--shop"))
    return run_shop (g_ascii_strtod (argv[2], NULL));
  /* As in the program: it decides what stays resident. */
  mallopt (M_MMAP_THRESHOLD, 4 * 1024 * 1024);
  if (!gtk_init_check ())
    {
      printf ("live: skipped, there is no display\n");
      return 77;
    }

  bench.frames = g_array_new (FALSE, FALSE, sizeof (double));
  bench.cpu = g_array_new (FALSE, FALSE, sizeof (double));
  bench.pauses = g_array_new (FALSE, FALSE, sizeof (double));
  app = storm_application_new ();
  bench.window = open_window (app);
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (bench.window));
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), &bench);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (on_after_paint), &bench);
  /* So that its signals are known. */
  g_type_class_unref (g_type_class_ref (STORM_TYPE_EVENT_LOG));
  g_signal_add_emission_hook (g_signal_lookup ("appended", STORM_TYPE_EVENT_LOG), 0, on_appended,
                              &bench, NULL);

  servers = start_shop (argv[0], rate, &shop);
  connection = g_object_new (STORM_TYPE_CONNECTION, "servers", servers, "topics", topics,
                             "start", STORM_START_NOW, NULL);
  source = storm_kafka_source_new (connection, NULL);
  storm_window_watch (STORM_WINDOW (bench.window), source);
  /* All that follows from events is looked at: times on the flows, and their heat. */
  gtk_widget_activate_action (GTK_WIDGET (bench.window), "win.heat", "s", "p95");
  run_for (WARM_UP);
  if (every > 0)
    good = soak (&bench, seconds, every);
  else
    measure (&bench, seconds);

  storm_source_stop (source);
  gtk_window_destroy (bench.window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_output_stream_close (g_subprocess_get_stdin_pipe (shop), NULL, NULL);
  g_subprocess_wait (shop, NULL, NULL);
  g_assert_true (storm_source_wait_all (G_TIME_SPAN_MINUTE));
  g_array_unref (bench.frames);
  g_array_unref (bench.cpu);
  g_array_unref (bench.pauses);
  return bench.n_events > 0 && good ? 0 : 1;
}
