#include "config.h"

/* What editing a large board costs in the whole page, with its file: dragging many stickies,
 * typing, and undoing a large paste. A frame is all that the main loop did from one frame's end to
 * the next's, the input and what the display server had to do included:
 * ./bench-edit [STICKIES [open]]. With "open" only how long the first frame takes. */

#include <adwaita.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "bench-board.h"
#include "storm-board-page.h"
#include "storm-canvas-private.h"
#include "storm-edit.h"

#define WIDTH 1366
#define HEIGHT 768
#define N_SELECTED 2000
#define N_STEPS 60
#define BUDGET 32.0

typedef struct
{
  GtkWidget    *window;
  StormCanvas  *canvas;
  StormHistory *history;
  StormBoard   *board;
  GArray       *frames;     /* double, ms */
  double        busy;       /* since the last frame's end */
  gboolean      painted;
  StormPoint    at;         /* of the pointer */
  StormBoard   *pasted;
  GtkTextView  *text;
} Bench;

typedef void (*Step) (Bench *bench,
                      guint  step);

static double
now_ms (void)
{
  return g_get_monotonic_time () / 1000.0;
}

static void
after_paint_cb (GdkFrameClock *clock,
                Bench         *bench)
{
  gdk_display_sync (gtk_widget_get_display (bench->window));
  bench->painted = TRUE;
}

/* One turn of the main loop, without the time in which it only waits. */
static void
turn (Bench *bench)
{
  double start = now_ms ();

  if (g_main_context_iteration (NULL, FALSE))
    bench->busy += now_ms () - start;
  else
    g_usleep (200);
}

static void
next_frame (Bench *bench)
{
  gtk_widget_queue_draw (GTK_WIDGET (bench->canvas));
  while (!bench->painted)
    turn (bench);
  bench->painted = FALSE;
  g_array_append_val (bench->frames, bench->busy);
  bench->busy = 0;
}

static void
settle (Bench *bench)
{
  double end = now_ms () + 400;

  while (now_ms () < end)
    turn (bench);
  bench->busy = 0;
  bench->painted = FALSE;
  g_array_set_size (bench->frames, 0);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static void
report (Bench      *bench,
        const char *name)
{
  GArray *t = bench->frames;
  double max;

  g_array_sort (t, compare_doubles);
  max = g_array_index (t, double, t->len - 1);
  printf ("%s, %s: p50 %.1f p95 %.1f max %.1f ms a frame (budget %.0f ms%s)\n",
          g_getenv ("GSK_RENDERER"), name, g_array_index (t, double, t->len / 2),
          g_array_index (t, double, t->len * 95 / 100), max, BUDGET,
          max > BUDGET ? ", MISSED" : "");
  fflush (stdout);
}

static void
run (Bench      *bench,
     const char *name,
     Step        step,
     guint       n)
{
  settle (bench);
  for (guint i = 0; i < n; i++)
    {
      double start = now_ms ();

      step (bench, i);
      bench->busy += now_ms () - start;
      next_frame (bench);
    }
  /* What comes late belongs to it too. */
  for (guint i = 0; i < 6; i++)
    next_frame (bench);
  report (bench, name);
}

static void
select_many (Bench *bench,
             guint  n)
{
  GListModel *stickies = storm_board_get_stickies (bench->board);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StormObject) sticky = g_list_model_get_item (stickies, i);

      g_ptr_array_add (ids, g_strdup (storm_object_get_id (sticky)));
    }
  storm_selection_set (bench->canvas->selection, ids);
}

static void
step_select (Bench *bench,
             guint  step)
{
  if (step % 2 == 0)
    select_many (bench, N_SELECTED);
  else
    storm_selection_set_one (bench->canvas->selection, NULL);
}

static void
step_press (Bench *bench,
            guint  step)
{
  bench->at = storm_viewport_to_screen (&bench->canvas->view, (StormPoint) { 480, 220 });
  storm_tool_press (bench->canvas->tool, bench->at, 0);
  bench->at.x += 12;
  storm_tool_motion (bench->canvas->tool, bench->at, 0);
}

static void
step_drag (Bench *bench,
           guint  step)
{
  bench->at.x += 5;
  bench->at.y += step % 2 == 0 ? 3 : -1;
  storm_tool_motion (bench->canvas->tool, bench->at, 0);
}

static void
step_drop (Bench *bench,
           guint  step)
{
  storm_tool_release (bench->canvas->tool, bench->at, 0);
}

static void
step_undo (Bench *bench,
           guint  step)
{
  gtk_widget_activate_action (GTK_WIDGET (bench->canvas), "canvas.undo", NULL);
}

static void
step_redo (Bench *bench,
           guint  step)
{
  gtk_widget_activate_action (GTK_WIDGET (bench->canvas), "canvas.redo", NULL);
}

static void
step_paste (Bench *bench,
            guint  step)
{
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (StormChange) change =
    storm_edit_merge_board (bench->board, bench->pasted, 100, 100, &ids);

  storm_canvas_do (bench->canvas, change);
  storm_selection_set (bench->canvas->selection, ids);
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
step_edit (Bench *bench,
           guint  step)
{
  g_autoptr (StormObject) sticky =
    g_list_model_get_item (storm_board_get_stickies (bench->board), 20);

  storm_selection_set_one (bench->canvas->selection, storm_object_get_id (sticky));
  storm_canvas_edit (bench->canvas, storm_object_get_id (sticky));
  bench->text = GTK_TEXT_VIEW (find (GTK_WIDGET (bench->canvas->editor), GTK_TYPE_TEXT_VIEW));
}

static void
step_type (Bench *bench,
           guint  step)
{
  static const char words[] = "the customer waits for the kitchen and then pays the whole bill ";
  char letter[2] = { words[step % (sizeof words - 1)], '\0' };

  gtk_text_buffer_insert_interactive_at_cursor (gtk_text_view_get_buffer (bench->text), letter, -1,
                                                TRUE);
}

static void
step_end (Bench *bench,
          guint  step)
{
  storm_canvas_end_edit (bench->canvas, TRUE);
}

static void
run_all (Bench *bench)
{
  storm_canvas_set_view (bench->canvas, (StormPoint) { 2400, 1600 }, .25);
  run (bench, "select 2,000 stickies, and none", step_select, 6);
  select_many (bench, N_SELECTED);
  run (bench, "take 2,000 selected stickies", step_press, 1);
  run (bench, "drag them", step_drag, N_STEPS);
  run (bench, "drop them", step_drop, 1);
  run (bench, "undo the drag", step_undo, 1);

  storm_canvas_set_view (bench->canvas, (StormPoint) { 4000, 300 }, 1);
  run (bench, "begin to edit", step_edit, 1);
  run (bench, "type", step_type, N_STEPS);
  run (bench, "keep what was typed", step_end, 1);

  storm_canvas_set_view (bench->canvas, (StormPoint) { 2400, 1600 }, .25);
  run (bench, "paste 2,000 stickies with their flows", step_paste, 1);
  run (bench, "undo the paste", step_undo, 1);
  run (bench, "redo the paste", step_redo, 1);
}

static void
open_page (Bench          *bench,
           StormBoardFile *file)
{
  GtkWidget *page = storm_board_page_new (file);

  bench->canvas = storm_board_page_get_canvas (STORM_BOARD_PAGE (page));
  bench->board = storm_board_file_get_board (file);
  bench->history = storm_board_file_get_history (file);
  bench->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (bench->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (bench->window), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (bench->window), page);
  gtk_window_present (GTK_WINDOW (bench->window));
  while (!gtk_widget_get_mapped (bench->window) || gtk_widget_get_width (bench->window) < WIDTH)
    g_main_context_iteration (NULL, TRUE);
  g_signal_connect_after (gtk_widget_get_frame_clock (bench->window), "after-paint",
                          G_CALLBACK (after_paint_cb), bench);
}

int
main (int    argc,
      char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 10000;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("storm-bench-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "edit.storm", NULL);
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (StormBoardFile) file = NULL;
  Bench bench = { NULL };
  double start;

  if (!gtk_init_check ())
    {
      printf ("edit: skipped, there is no display\n");
      return 77;
    }
  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  adw_init ();
  board = bench_make_board (n);
  file = storm_board_file_create (path, board, &error);
  if (file == NULL)
    {
      fprintf (stderr, "edit: %s\n", error->message);
      return 1;
    }
  storm_board_file_close (file, NULL);
  g_clear_object (&file);
  start = now_ms ();
  file = storm_board_file_open (path, &error);
  if (file == NULL)
    {
      fprintf (stderr, "edit: %s\n", error->message);
      return 1;
    }
  bench.frames = g_array_new (FALSE, FALSE, sizeof (double));
  bench.pasted = bench_make_board (N_SELECTED);
  open_page (&bench, file);
  next_frame (&bench);
  printf ("open a board of %u: %.0f ms to the first frame\n", n, now_ms () - start);
  if (argc < 3 || !g_str_equal (argv[2], "open"))
    run_all (&bench);

  gtk_window_destroy (GTK_WINDOW (bench.window));
  g_object_unref (bench.pasted);
  g_array_unref (bench.frames);
  storm_board_file_close (file, NULL);
  g_remove (path);
  g_rmdir (folder);
  return 0;
}
