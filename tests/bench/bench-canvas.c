#include "config.h"

/* What a frame of the canvas costs: from the frame clock's before-paint to after-paint and back
 * from the X server, so that nobody's work is left out. Without an argument it runs itself once for
 * each renderer: ./bench-canvas [RENDERER [STICKIES [SCENE]]].
 * The scene "peers" is those that peers/run compares, with the processor time of the X server and
 * the memory too. */

#include <adwaita.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bench-board.h"
#include "bench-numbers.h"
#include "storm-canvas.h"

#define WIDTH 1280
#define HEIGHT 800
/* The first ones lay out texts and fill caches, as they do for a user; they count too. */
#define N_FRAMES 60
#define LADDER 8.0
#define WARM_UP 1000

typedef struct _Bench Bench;

typedef struct
{
  const char *name;
  void      (*start) (Bench *bench);
  void      (*step)  (Bench *bench, guint frame);
  double      budget[3];            /* ms at p95, for each size; 0 for none */
  gboolean    peers;
} Scene;

struct _Bench
{
  GMainLoop   *loop;
  GtkWidget   *window;
  StormCanvas *canvas;
  guint        n;
  guint        size;                /* index into sizes */
  const Scene *scene;
  guint        frame;
  gboolean     counting;
  gboolean     silent;
  gint64       started;
  double       started_cpu;
  const char  *server;              /* the X server's process, where its time is asked for */
  double       scene_cpu;           /* of all, when the scene began */
  GArray      *times;               /* double, ms */
  GArray      *cpu;                 /* the same of this process alone */
};

static const guint sizes[] = { 1000, 10000, 50000 };

static void
start_full (Bench *bench)
{
  storm_canvas_set_view (bench->canvas, (StormPoint) { 900, 700 }, 1);
}

static void
start_quarter (Bench *bench)
{
  storm_canvas_set_view (bench->canvas, (StormPoint) { 2600, 1700 }, .25);
}

static void
start_tenth (Bench *bench)
{
  storm_canvas_set_view (bench->canvas, (StormPoint) { 2600, 1700 }, .1);
}

static void
start_fit (Bench *bench)
{
  storm_canvas_zoom_to_fit (bench->canvas);
}

static void
step_pan (Bench *bench,
          guint  frame)
{
  StormPoint c = storm_canvas_get_center (bench->canvas);
  double zoom = storm_canvas_get_zoom (bench->canvas);

  storm_canvas_set_view (bench->canvas, (StormPoint) { c.x + 12 / zoom, c.y + 3 / zoom }, zoom);
}

/* As the wheel does: from rung to rung. */
static void
step_wheel (Bench *bench,
            guint  frame)
{
  int t = frame < N_FRAMES / 2 ? frame : N_FRAMES - frame;

  storm_canvas_set_view (bench->canvas, (StormPoint) { 2600, 1700 },
                         exp2 ((t * 2 / 3 - 16) / LADDER));
}

/* As a pinch does: every zoom is a new one. */
static void
step_pinch (Bench *bench,
            guint  frame)
{
  double t = frame < N_FRAMES / 2 ? frame : N_FRAMES - frame;

  storm_canvas_set_view (bench->canvas, (StormPoint) { 2600, 1700 },
                         .2 * pow (7.5, t / (N_FRAMES / 2.0)));
}

/* A third of a pixel: everything is drawn anew, though it looks the same. */
static void
step_jitter (Bench *bench,
             guint  frame)
{
  StormPoint c = storm_canvas_get_center (bench->canvas);
  double zoom = storm_canvas_get_zoom (bench->canvas);

  c.x += (frame % 2 == 0 ? .37 : -.37) / zoom;
  storm_canvas_set_view (bench->canvas, c, zoom);
}

static void
step_static (Bench *bench,
             guint  frame)
{
  gtk_widget_queue_draw (GTK_WIDGET (bench->canvas));
}

static const Scene scenes[] = {
  { "pan at 100 %", start_full, step_pan, { 16, 16, 16 }, TRUE },
  { "pan at 25 %", start_quarter, step_pan, { 16, 16, 16 }, TRUE },
  { "pan at 10 %", start_tenth, step_pan, { 16, 16, 16 }, TRUE },
  { "zoom by the wheel", start_quarter, step_wheel, { 16, 16, 16 } },
  { "zoom by a pinch, 20 to 150 %", start_quarter, step_pinch, { 16, 16, 16 }, TRUE },
  { "fit", start_fit, step_jitter, { 16, 16, 25 } },
  { "unchanged at 100 %", start_full, step_static, { 1, 1, 1 } },
  { "unchanged fit", start_fit, step_static, { 1, 1, 1 } },
};

static double
cpu_ms (void)
{
  struct timespec t;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1000.0 + t.tv_nsec / 1e6;
}

/* Ours and the X server's. */
static double
all_cpu_ms (Bench *bench)
{
  g_autofree char *path = g_build_filename ("/proc", bench->server, "stat", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  const char *rest;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (rest = strrchr (text, ')')) == NULL)
    return cpu_ms ();
  words = g_strsplit (rest, " ", 16);
  return cpu_ms () + (g_ascii_strtod (words[12], NULL) + g_ascii_strtod (words[13], NULL)) *
                       1000.0 / sysconf (_SC_CLK_TCK);
}

static void
report_memory (Bench *bench)
{
  g_autofree char *text = NULL;
  const char *pss;

  if (g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL) &&
      (pss = strstr (text, "\nPss:")) != NULL)
    printf ("%s, %u stickies, memory: %.1f MiB\n", g_getenv ("GSK_RENDERER"), bench->n,
            g_ascii_strtod (pss + 5, NULL) / 1024);
}

static void
report (Bench *bench)
{
  GArray *t = bench->times;
  double p50, p95, budget = bench->scene->budget[bench->size];

  g_array_sort (t, bench_compare);
  p50 = g_array_index (t, double, t->len / 2);
  p95 = g_array_index (t, double, t->len * 95 / 100);
  g_array_sort (bench->cpu, bench_compare);
  /* On a busy machine the processor time tells more than the clock. */
  printf ("%s, %u stickies, %s, p50: %.1f ms (%.1f ms of this process)\n",
          g_getenv ("GSK_RENDERER"), bench->n, bench->scene->name, p50,
          g_array_index (bench->cpu, double, t->len / 2));
  printf ("%s, %u stickies, %s, p95: %.1f ms (%.1f ms of this process)", g_getenv ("GSK_RENDERER"),
          bench->n, bench->scene->name, p95,
          g_array_index (bench->cpu, double, bench->cpu->len * 95 / 100));
  if (budget > 0)
    printf (" (budget %.0f ms%s)", budget, p95 > budget ? ", MISSED" : "");
  printf ("\n");
  if (bench->server != NULL)
    printf ("%s, %u stickies, %s, all: %.1f ms of processor time a frame\n",
            g_getenv ("GSK_RENDERER"), bench->n, bench->scene->name,
            (all_cpu_ms (bench) - bench->scene_cpu) / t->len);
  fflush (stdout);
}

static void
on_before_paint (GdkFrameClock *clock,
                 Bench         *bench)
{
  bench->started = g_get_monotonic_time ();
  bench->started_cpu = cpu_ms ();
}

static void
on_after_paint (GdkFrameClock *clock,
                Bench         *bench)
{
  double ms, cpu;

  if (!bench->counting)
    return;
  gdk_display_sync (gtk_widget_get_display (bench->window));
  ms = (g_get_monotonic_time () - bench->started) / 1000.0;
  cpu = cpu_ms () - bench->started_cpu;
  g_array_append_val (bench->times, ms);
  g_array_append_val (bench->cpu, cpu);
}

static gboolean
on_tick (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Bench *bench = user_data;

  /* The frame in which a scene begins belongs to none. */
  bench->counting = bench->frame > 0;
  if (bench->frame == 0)
    bench->scene->start (bench);
  else
    bench->scene->step (bench, bench->frame);
  bench->frame++;
  if (bench->frame <= N_FRAMES)
    return G_SOURCE_CONTINUE;

  g_main_loop_quit (bench->loop);
  return G_SOURCE_REMOVE;
}

static void
run_scene (Bench       *bench,
           const Scene *scene)
{
  bench->scene = scene;
  bench->frame = 0;
  bench->scene_cpu = bench->server != NULL ? all_cpu_ms (bench) : 0;
  gtk_widget_add_tick_callback (GTK_WIDGET (bench->canvas), on_tick, bench, NULL);
  g_main_loop_run (bench->loop);
  /* The last one is not painted yet. */
  bench->counting = FALSE;
  if (!bench->silent)
    report (bench);
  g_array_set_size (bench->times, 0);
  g_array_set_size (bench->cpu, 0);
}

static void
run_size (Bench      *bench,
          guint       n,
          guint       size,
          const char *only)
{
  g_autoptr (StormBoard) board = bench_make_board (n);
  g_autoptr (StormHistory) history = storm_history_new (board);
  g_autoptr (StormSelection) selection = storm_selection_new (board);
  GdkFrameClock *clock;

  bench->size = size;
  bench->n = n;
  bench->canvas = STORM_CANVAS (storm_canvas_new (history, selection));
  bench->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (bench->window), FALSE);
  gtk_window_set_child (GTK_WINDOW (bench->window), GTK_WIDGET (bench->canvas));
  gtk_window_set_default_size (GTK_WINDOW (bench->window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (bench->window));
  while (!gtk_widget_get_mapped (bench->window) || gtk_widget_get_width (bench->window) < WIDTH)
    g_main_context_iteration (NULL, TRUE);

  clock = gtk_widget_get_frame_clock (bench->window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), bench);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (on_after_paint), bench);
  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    if (only == NULL || strstr (scenes[i].name, only) != NULL ||
        (scenes[i].peers && g_str_equal (only, "peers")))
      run_scene (bench, &scenes[i]);
  if (bench->server != NULL && !bench->silent)
    report_memory (bench);
  g_signal_handlers_disconnect_by_data (clock, bench);
  gtk_window_destroy (GTK_WINDOW (bench->window));
}

static int
run_both (const char *self)
{
  static const char *renderers[] = { "cairo", "gl" };

  for (guint i = 0; i < G_N_ELEMENTS (renderers); i++)
    {
      g_autoptr (GError) error = NULL;
      const char *argv[] = { self, renderers[i], NULL };
      g_auto (GStrv) env = g_environ_setenv (g_get_environ (), "GSK_RENDERER", renderers[i], TRUE);
      int status;

      if (!g_spawn_sync (NULL, (char **) argv, env, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL,
                         NULL, &status, &error) ||
          !g_spawn_check_wait_status (status, &error))
        {
          fprintf (stderr, "%s: %s\n", renderers[i], error->message);
          return 1;
        }
    }
  return 0;
}

int
main (int    argc,
      char **argv)
{
  Bench bench = { NULL };

  if (argc < 2)
    return run_both (argv[0]);

  if (!gtk_init_check ())
    {
      printf ("canvas: skipped, there is no display\n");
      return 77;
    }
  adw_init ();
  bench.loop = g_main_loop_new (NULL, FALSE);
  bench.times = g_array_new (FALSE, FALSE, sizeof (double));
  bench.cpu = g_array_new (FALSE, FALSE, sizeof (double));
  /* What the GL driver compiles at the first use and keeps on disk belongs to no frame. */
  bench.silent = TRUE;
  run_size (&bench, WARM_UP, 0, NULL);
  bench.silent = FALSE;
  if (argc > 3 && g_str_equal (argv[3], "peers"))
    bench.server = g_getenv ("STORM_XSERVER");
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (argc < 3 || sizes[i] == (guint) atoi (argv[2]))
      run_size (&bench, sizes[i], i, argc > 3 ? argv[3] : NULL);
  g_array_unref (bench.times);
  g_array_unref (bench.cpu);
  g_main_loop_unref (bench.loop);
  return 0;
}
