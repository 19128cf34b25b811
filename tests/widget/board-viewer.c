/* Shows one board in a bare window, or writes a picture of it: to look at the canvas alone.
 *   board-viewer BOARD.json [--shot OUT.png] [--dark] [--palette N] [--select] [--zoom Z]
 *                [--events PAYLOADS.jsonl [--key KEY]] */
#include "config.h"

#include <adwaita.h>

#include "storm-board-json.h"
#include "storm-canvas.h"
#include "storm-monitor.h"

static char *shot, *out_zoom, *events, *key;
static StormMonitor *monitor;
static gboolean dark, select_all;
static int palette, after = 600;
static int width = 1366, height = 768;
static char **files;

static const GOptionEntry entries[] = {
  { "shot", 0, 0, G_OPTION_ARG_FILENAME, &shot, "Write a picture and leave", "FILE" },
  { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Dark style", NULL },
  { "select", 0, 0, G_OPTION_ARG_NONE, &select_all, "Select all", NULL },
  { "palette", 0, 0, G_OPTION_ARG_INT, &palette, "Palette", "N" },
  { "zoom", 0, 0, G_OPTION_ARG_STRING, &out_zoom, "Zoom instead of fitting", "Z" },
  { "events", 0, 0, G_OPTION_ARG_FILENAME, &events, "Payloads to show on it, one a line", "FILE" },
  { "key", 0, 0, G_OPTION_ARG_STRING, &key, "Correlation key", "KEY" },
  { "after", 0, 0, G_OPTION_ARG_INT, &after, "When the picture is taken", "MS" },
  { "width", 0, 0, G_OPTION_ARG_INT, &width, "Window width", "PX" },
  { "height", 0, 0, G_OPTION_ARG_INT, &height, "Window height", "PX" },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "BOARD.json" },
  { NULL }
};

static gboolean
on_shot (gpointer user_data)
{
  GtkWidget *window = user_data;
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  gdk_texture_save_to_png (texture, shot);
  gtk_window_destroy (GTK_WINDOW (window));
  return G_SOURCE_REMOVE;
}

static void
watch (StormBoard  *board,
       StormCanvas *canvas)
{
  g_autoptr (StormMapping) mapping = storm_mapping_new_default ();
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  g_auto (GStrv) lines = NULL;
  StormBatchBuilder *builder;
  StormBatch *batch;

  if (storm_board_get_mapping (board) != NULL)
    {
      g_clear_pointer (&mapping, storm_mapping_unref);
      mapping = storm_mapping_new_from_json (storm_board_get_mapping (board), &error);
    }
  if (mapping == NULL || !g_file_get_contents (events, &data, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return;
    }
  monitor = storm_monitor_new (board);
  builder = storm_batch_builder_new (storm_monitor_get_strings (monitor), mapping);
  lines = g_strsplit (data, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      StormRecord record = { .topic = "shop", .offset = i, .broker_time = STORM_TIME_NONE,
                             .payload = (const guint8 *) lines[i],
                             .payload_len = strlen (lines[i]) };

      storm_batch_builder_add (builder, &record);
    }
  batch = storm_batch_builder_take (builder);
  if (batch != NULL)
    {
      storm_monitor_take (monitor, batch);
      storm_batch_unref (batch);
    }
  storm_batch_builder_free (builder);
  storm_monitor_set_key (monitor, key);
  storm_monitor_flush (monitor);
  storm_canvas_set_overlay (canvas, storm_monitor_get_overlay (monitor));
}

static void
on_failed (StormCanvas  *canvas,
           const GError *error)
{
  g_printerr ("%s\n", error->message);
}

static GtkWidget *
make_window (StormBoard *board)
{
  g_autoptr (StormHistory) history = storm_history_new (board);
  g_autoptr (StormSelection) selection = storm_selection_new (board);
  GtkWidget *canvas = storm_canvas_new (history, selection);
  GtkWidget *window = adw_window_new ();

  g_signal_connect (canvas, "failed", G_CALLBACK (on_failed), NULL);
  storm_canvas_set_palette (STORM_CANVAS (canvas), palette);
  adw_window_set_content (ADW_WINDOW (window), canvas);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  if (out_zoom != NULL)
    storm_canvas_set_view (STORM_CANVAS (canvas), (StormPoint) { 0, 0 },
                           g_ascii_strtod (out_zoom, NULL));
  else
    storm_canvas_zoom_to_fit (STORM_CANVAS (canvas));
  if (select_all)
    gtk_widget_activate_action (canvas, "canvas.select-all", NULL);
  if (events != NULL)
    watch (board, STORM_CANVAS (canvas));
  gtk_widget_grab_focus (canvas);
  return window;
}

static void
on_destroy (GMainLoop *loop)
{
  g_main_loop_quit (loop);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoard) board = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autofree char *data = NULL;
  gsize length;
  GtkWidget *window;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || files == NULL ||
      !g_file_get_contents (files[0], &data, &length, &error))
    {
      g_printerr ("%s\n", error != NULL ? error->message : "Name a board.");
      return 2;
    }
  adw_init ();
  board = storm_board_json_import (data, length, files[0], &error);
  if (board == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
  window = make_window (board);
  g_signal_connect_swapped (window, "destroy", G_CALLBACK (on_destroy), loop);
  gtk_window_present (GTK_WINDOW (window));
  if (shot != NULL)
    g_timeout_add (after, on_shot, window);
  g_main_loop_run (loop);
  g_clear_object (&monitor);
  return 0;
}
