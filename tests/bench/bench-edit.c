#include "config.h"

/* What editing a large board costs in the whole page, with its file: dragging many stickies,
 * typing, and undoing a large paste. A frame is all that the main loop did from one frame's end to
 * the next's, the input and what the display server had to do included. Each gesture is made some
 * times; of each the longest frame counts, and of those the median and the longest are told, with
 * the processor time that the main thread had in the median one:
 * ./bench-edit [STICKIES [open|WORD [TIMES]]]. With "open" only how long the first frame takes,
 * with another word only the gestures that have it in their name. "entry" is the way from 60 lines
 * on the clipboard to a connected, tidied flow, by the actions that a person calls, with what the
 * program itself takes from the first to the last frame. */

#include <adwaita.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "bench-board.h"
#include "storm-board-page.h"
#include "storm-canvas-private.h"
#include "storm-board-json.h"
#include "../widget/storm-widget-test.h"

#define WIDTH 1366
#define HEIGHT 768
#define N_SELECTED 2000
#define N_STEPS 60
#define N_TIMES 5
#define N_LINES 60
#define BUDGET 32.0

typedef struct
{
  double wall;
  double cpu;
} Cost;

typedef struct
{
  GtkWidget    *window;
  StormCanvas  *canvas;
  StormHistory *history;
  StormBoard   *board;
  GArray       *frames;     /* Cost, ms */
  Cost          busy;       /* since the last frame's end */
  gboolean      painted;
  StormPoint    at;         /* of the pointer */
  guint         n_wanted;   /* so many are selected when the paste is through */
  GtkTextView  *text;
  const char   *only;
  guint         n_times;
} Bench;

typedef void (*Step) (Bench *bench,
                      guint  step);

static Cost
now (void)
{
  struct timespec cpu;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &cpu);
  return (Cost) { g_get_monotonic_time () / 1000.0, cpu.tv_sec * 1000.0 + cpu.tv_nsec / 1e6 };
}

static void
add_since (Bench *bench,
           Cost   start)
{
  Cost end = now ();

  bench->busy.wall += end.wall - start.wall;
  bench->busy.cpu += end.cpu - start.cpu;
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
  Cost start = now ();

  if (g_main_context_iteration (NULL, FALSE))
    add_since (bench, start);
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
  bench->busy = (Cost) { 0, 0 };
}

static void
settle (Bench *bench)
{
  double end = now ().wall + 400;

  while (now ().wall < end)
    turn (bench);
  bench->busy = (Cost) { 0, 0 };
  bench->painted = FALSE;
  g_array_set_size (bench->frames, 0);
}

static int
compare_costs (gconstpointer a,
               gconstpointer b)
{
  double x = ((const Cost *) a)->wall, y = ((const Cost *) b)->wall;

  return x < y ? -1 : x > y;
}

static void
report (GArray     *worst,
        const char *name)
{
  const Cost *middle, *last;

  if (worst->len == 0)
    return;
  g_array_sort (worst, compare_costs);
  middle = &g_array_index (worst, Cost, worst->len / 2);
  last = &g_array_index (worst, Cost, worst->len - 1);
  printf ("%s, %s: longest frame %.1f ms (cpu %.1f), of %u times at most %.1f (budget %.0f ms%s)\n",
          g_getenv ("GSK_RENDERER"), name, middle->wall, middle->cpu, worst->len, last->wall,
          BUDGET, middle->wall > BUDGET ? ", MISSED" : "");
  fflush (stdout);
}

/* The longest frame of @n steps goes to @worst. */
static void
run (Bench  *bench,
     GArray *worst,
     Step    step,
     guint   n)
{
  settle (bench);
  for (guint i = 0; i < n; i++)
    {
      Cost start = now ();

      step (bench, i);
      add_since (bench, start);
      next_frame (bench);
    }
  /* What comes late belongs to it too. */
  while (bench->n_wanted != 0 &&
         storm_selection_get_n (bench->canvas->selection) != bench->n_wanted)
    next_frame (bench);
  bench->n_wanted = 0;
  for (guint i = 0; i < 6; i++)
    next_frame (bench);
  g_array_sort (bench->frames, compare_costs);
  g_array_append_val (worst, g_array_index (bench->frames, Cost, bench->frames->len - 1));
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
  select_many (bench, N_SELECTED);
}

static void
step_unselect (Bench *bench,
               guint  step)
{
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
  gtk_widget_activate_action (GTK_WIDGET (bench->canvas), "canvas.paste", NULL);
  bench->n_wanted = N_SELECTED;
}

static void
step_edit (Bench *bench,
           guint  step)
{
  g_autoptr (StormObject) sticky =
    g_list_model_get_item (storm_board_get_stickies (bench->board), 20);

  storm_selection_set_one (bench->canvas->selection, storm_object_get_id (sticky));
  storm_canvas_edit (bench->canvas, storm_object_get_id (sticky));
  bench->text = GTK_TEXT_VIEW (find_widget (GTK_WIDGET (bench->canvas->editor),
                                            GTK_TYPE_TEXT_VIEW));
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

typedef struct
{
  const char *name;
  Step        step;
  guint       n;
} Gesture;

/* Makes the gestures one after the other, as often as asked for. */
static void
run_in_turn (Bench         *bench,
             const Gesture *gestures,
             guint          n)
{
  g_autoptr (GPtrArray) worst = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  gboolean wanted = bench->only == NULL;

  for (guint i = 0; i < n; i++)
    {
      wanted |= bench->only != NULL && strstr (gestures[i].name, bench->only) != NULL;
      g_ptr_array_add (worst, g_array_new (FALSE, FALSE, sizeof (Cost)));
    }
  for (guint t = 0; wanted && t < bench->n_times; t++)
    for (guint i = 0; i < n; i++)
      run (bench, g_ptr_array_index (worst, i), gestures[i].step, gestures[i].n);
  for (guint i = 0; i < n; i++)
    report (g_ptr_array_index (worst, i), gestures[i].name);
}

static void
do_action (Bench      *bench,
           const char *name)
{
  Cost start = now ();

  if (!gtk_widget_activate_action (GTK_WIDGET (bench->canvas), name, NULL))
    g_error ("there is no action %s", name);
  add_since (bench, start);
}

/* What happened to the board since the list of lines was copied; one frame after each action, as
 * somebody would see it who has the keys ready. */
static void
step_entry (Bench *bench,
            guint  step)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  guint n_stickies = g_list_model_get_n_items (storm_board_get_stickies (bench->board));
  guint n_flows = g_list_model_get_n_items (storm_board_get_flows (bench->board));

  for (guint i = 0; i < N_LINES; i++)
    g_string_append_printf (lines, "Step %u of the order was done\n", i + 1);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (bench->canvas)), lines->str);
  do_action (bench, "canvas.paste");
  while (storm_selection_get_n (bench->canvas->selection) != N_LINES)
    turn (bench);
  next_frame (bench);
  do_action (bench, "canvas.connect-selected");
  next_frame (bench);
  do_action (bench, "canvas.tidy-up");
  next_frame (bench);
  if (g_list_model_get_n_items (storm_board_get_stickies (bench->board)) != n_stickies + N_LINES ||
      g_list_model_get_n_items (storm_board_get_flows (bench->board)) != n_flows + N_LINES - 1)
    g_error ("the lines did not become a flow");
}

static void
run_entry (Bench *bench)
{
  g_autoptr (GArray) whole = g_array_new (FALSE, FALSE, sizeof (Cost));
  g_autoptr (GArray) worst = g_array_new (FALSE, FALSE, sizeof (Cost));

  for (guint t = 0; t < bench->n_times; t++)
    {
      g_autoptr (GArray) rest = g_array_new (FALSE, FALSE, sizeof (Cost));
      Cost start, end, all;

      storm_selection_set_one (bench->canvas->selection, NULL);
      settle (bench);
      start = now ();
      step_entry (bench, 0);
      end = now ();
      all = (Cost) { end.wall - start.wall, end.cpu - start.cpu };
      g_array_append_val (whole, all);
      g_array_sort (bench->frames, compare_costs);
      g_array_append_val (worst, g_array_index (bench->frames, Cost, bench->frames->len - 1));
      for (guint i = 0; i < 3; i++)
        run (bench, rest, step_undo, 1);
    }
  report (worst, "entry of 60 lines to a connected, tidied flow");
  g_array_sort (whole, compare_costs);
  printf ("%s, all of that entry: %.0f ms (cpu %.0f)\n", g_getenv ("GSK_RENDERER"),
          g_array_index (whole, Cost, whole->len / 2).wall,
          g_array_index (whole, Cost, whole->len / 2).cpu);
}

/* As if the stickies had been copied from another board. */
static void
fill_clipboard (Bench *bench)
{
  g_autoptr (StormBoard) board = bench_make_board (N_SELECTED);
  g_autofree char *json = storm_board_json_export (board);
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GdkContentProvider) provider =
    gdk_content_provider_new_for_bytes (STORM_BOARD_MIME, bytes);

  gdk_clipboard_set_content (gtk_widget_get_clipboard (bench->window), provider);
}

static void
run_all (Bench *bench)
{
  static const Gesture selecting[] = {
    { "select 2,000 stickies", step_select, 1 }, { "select none", step_unselect, 1 },
  };
  static const Gesture dragging[] = {
    { "select them again", step_select, 1 },
    { "take 2,000 selected stickies", step_press, 1 }, { "drag them", step_drag, N_STEPS },
    { "drop them", step_drop, 1 }, { "undo the drag", step_undo, 1 },
  };
  static const Gesture typing[] = {
    { "begin to edit", step_edit, 1 }, { "type", step_type, N_STEPS },
    { "keep what was typed", step_end, 1 }, { "undo the typing", step_undo, 1 },
  };
  static const Gesture pasting[] = {
    { "paste 2,000 stickies with their flows", step_paste, 1 },
    { "undo the paste", step_undo, 1 }, { "redo the paste", step_redo, 1 },
    { "undo the paste again", step_undo, 1 },
  };

  storm_canvas_set_view (bench->canvas, (StormPoint) { 2400, 1600 }, .25);
  run_in_turn (bench, selecting, G_N_ELEMENTS (selecting));
  run_in_turn (bench, dragging, G_N_ELEMENTS (dragging));
  storm_canvas_set_view (bench->canvas, (StormPoint) { 4000, 300 }, 1);
  run_in_turn (bench, typing, G_N_ELEMENTS (typing));
  storm_canvas_set_view (bench->canvas, (StormPoint) { 2400, 1600 }, .25);
  run_in_turn (bench, pasting, G_N_ELEMENTS (pasting));
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
  Cost start, end;

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
  start = now ();
  file = storm_board_file_open (path, &error);
  if (file == NULL)
    {
      fprintf (stderr, "edit: %s\n", error->message);
      return 1;
    }
  bench.frames = g_array_new (FALSE, FALSE, sizeof (Cost));
  open_page (&bench, file);
  next_frame (&bench);
  end = now ();
  printf ("open a board of %u: %.0f ms to the first frame (cpu %.0f)\n", n, end.wall - start.wall,
          end.cpu - start.cpu);
  fill_clipboard (&bench);
  bench.only = argc > 2 ? argv[2] : NULL;
  bench.n_times = argc > 3 ? (guint) atoi (argv[3]) : N_TIMES;
  if (g_strcmp0 (bench.only, "entry") == 0)
    run_entry (&bench);
  else if (g_strcmp0 (bench.only, "open") != 0)
    run_all (&bench);

  gtk_window_destroy (GTK_WINDOW (bench.window));
  g_array_unref (bench.frames);
  storm_board_file_close (file, NULL);
  g_remove (path);
  g_rmdir (folder);
  return 0;
}
