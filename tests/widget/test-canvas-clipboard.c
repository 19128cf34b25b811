#include "config.h"

#include "storm-canvas-test.h"
#include "storm-board-json.h"
#include "storm-error.h"
#include "storm-picture-export.h"

static gboolean
on_deadline (gpointer user_data)
{
  g_error ("Nothing was pasted");
  return G_SOURCE_REMOVE;
}

static void
wait_for_stickies (Fixture *f,
                   guint    n)
{
  guint deadline = g_timeout_add_seconds (60, on_deadline, NULL);

  while (n_stickies (f) < n)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

static void
test_clipboard (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *a = add (f, 100, 100, "a");
  g_autofree char *b = add (f, 500, 100, "b");
  GdkClipboard *clipboard = gtk_widget_get_clipboard (f->canvas);

  act (f, "canvas.select-all");
  act (f, "canvas.connect-selected");
  act (f, "canvas.copy");
  act (f, "canvas.paste");
  wait_for_stickies (f, 4);
  g_assert_cmpuint (n_flows (f), ==, 2);
  g_assert_false (storm_selection_contains (f->selection, a));
  /* Two stickies and their flow, in one step. */
  act (f, "canvas.undo");
  g_assert_cmpuint (n_stickies (f), ==, 2);
  act (f, "canvas.select-all");
  act (f, "canvas.cut");
  g_assert_cmpuint (n_stickies (f), ==, 0);

  gdk_clipboard_set_text (clipboard, "  Order <b>Placed</b>\n");
  act (f, "canvas.paste");
  wait_for_stickies (f, 1);
  g_assert_cmpstr (storm_sticky_get_title (STORM_STICKY (
                     storm_selection_get_single (f->selection))), ==, "Order <b>Placed</b>");
}

/* What comes from another board goes into the middle of the view, wherever it lay there; what was
 * copied here, a little aside. */
static void
test_clipboard_places (Fixture       *f,
                       gconstpointer  data)
{
  StormRect seen = storm_canvas_get_view_rect (STORM_CANVAS (f->canvas));
  StormPoint middle = storm_rect_center (&seen);
  g_autofree char *a = add (f, 100, 100, "a");
  g_autofree char *b = NULL;
  const StormRect *rect;
  Fixture other;

  act (f, "canvas.select-all");
  act (f, "canvas.copy");
  act (f, "canvas.paste");
  wait_for_stickies (f, 2);
  rect = storm_sticky_get_rect (STORM_STICKY (storm_selection_get_single (f->selection)));
  g_assert_cmpfloat (storm_rect_center (rect).x, ==, 124);

  set_up (&other, NULL);
  b = add (&other, 130, 90, "b");
  act (&other, "canvas.select-all");
  act (&other, "canvas.copy");
  tear_down (&other, NULL);
  act (f, "canvas.paste");
  wait_for_stickies (f, 3);
  rect = storm_sticky_get_rect (STORM_STICKY (storm_selection_get_single (f->selection)));
  g_assert_cmpfloat (ABS (storm_rect_center (rect).x - middle.x), <=, 1);
  g_assert_cmpfloat (ABS (storm_rect_center (rect).y - middle.y), <=, 1);
  g_assert_nonnull (a);
  g_assert_nonnull (b);
}

/* Lines go into the middle of the view; dropped ones to where they were dropped. */
static void
test_list_places (Fixture       *f,
                  gconstpointer  data)
{
  StormRect seen = storm_canvas_get_view_rect (STORM_CANVAS (f->canvas));
  StormPoint middle = storm_rect_center (&seen);
  StormPoint there = storm_canvas_to_board (STORM_CANVAS (f->canvas), 700, 100);
  StormRect bounds;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (f->canvas), "One\nTwo");
  act (f, "canvas.paste");
  wait_for_stickies (f, 2);
  g_assert_true (storm_board_get_bounds (f->board, &bounds));
  g_assert_cmpfloat (ABS (storm_rect_center (&bounds).x - middle.x), <=, 1);
  g_assert_cmpfloat (ABS (storm_rect_center (&bounds).y - middle.y), <=, 1);
  act (f, "canvas.undo");

  storm_canvas_add_list (STORM_CANVAS (f->canvas), "Three", &there);
  wait_for_stickies (f, 1);
  g_assert_true (storm_board_get_bounds (f->board, &bounds));
  g_assert_cmpfloat (storm_rect_center (&bounds).x, ==, 700);
  g_assert_cmpfloat (storm_rect_center (&bounds).y, ==, 100);
}

static void
on_files (guint  *n,
          GSList *files)
{
  *n = g_slist_length (files);
}

/* Files that were copied in a file manager come with their names as text, which nobody means. */
static void
test_clipboard_files (Fixture       *f,
                      gconstpointer  data)
{
  static const char uris[] = "file:///tmp/a.storm\r\nfile:///tmp/b.txt\r\n";
  g_autoptr (GBytes) list = g_bytes_new_static (uris, strlen (uris));
  GdkContentProvider *both[2] = {
    gdk_content_provider_new_for_bytes ("text/uri-list", list),
    gdk_content_provider_new_typed (G_TYPE_STRING, "/tmp/a.storm\n/tmp/b.txt"),
  };
  g_autoptr (GdkContentProvider) provider = gdk_content_provider_new_union (both, 2);
  guint deadline = g_timeout_add_seconds (60, on_deadline, NULL), n = 0;

  g_signal_connect_swapped (f->canvas, "files", G_CALLBACK (on_files), &n);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (f->canvas), provider);
  act (f, "canvas.paste");
  while (n == 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (n_stickies (f), ==, 0);
}

static void
on_failed (GError    **place,
           GError     *error)
{
  g_set_error_literal (place, error->domain, error->code, error->message);
}

/* What calls itself a board on the clipboard is not believed. */
static void
test_clipboard_hostile (Fixture       *f,
                        gconstpointer  data)
{
  static const char bad[] =
    "{\"format\":\"stormwatch-board\",\"version\":1,\"title\":\"t\",\"stickies\":[{\"kind\":7}]}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (bad, strlen (bad));
  g_autoptr (GdkContentProvider) provider =
    gdk_content_provider_new_for_bytes (STORM_BOARD_MIME, bytes);
  g_autoptr (GError) error = NULL;
  guint deadline = g_timeout_add_seconds (60, on_deadline, NULL);

  g_signal_connect_swapped (f->canvas, "failed", G_CALLBACK (on_failed), &error);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (f->canvas), provider);
  act (f, "canvas.paste");
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "stickies[0]"));
  g_assert_cmpuint (n_stickies (f), ==, 0);
}

static void
wait_for_failure (Fixture *f,
                  GError **error)
{
  guint deadline = g_timeout_add_seconds (60, on_deadline, NULL);
  gulong handler = g_signal_connect_swapped (f->canvas, "failed", G_CALLBACK (on_failed), error);

  act (f, "canvas.paste");
  while (*error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  g_signal_handler_disconnect (f->canvas, handler);
  g_test_message ("%s", (*error)->message);
}

/* An SVG that was made of a board gives it back; any other says what it lacks. */
static void
test_clipboard_svg (Fixture       *f,
                    gconstpointer  data)
{
  static const char plain[] = "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>";
  g_autofree char *a = add (f, 100, 100, "Placed");
  g_autofree char *b = add (f, 500, 100, "Paid");
  g_autofree char *text = storm_board_json_export (f->board);
  g_autoptr (StormPicture) picture = storm_picture_new (f->board, NULL, NULL);
  StormPictureOptions options = { .board_text = text };
  GdkClipboard *clipboard = gtk_widget_get_clipboard (f->canvas);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
    storm_picture_export_bytes (picture, STORM_PICTURE_SVG, &options, NULL, &error);
  g_autoptr (GBytes) other = g_bytes_new_static (plain, strlen (plain));
  g_autoptr (GdkContentProvider) provider = NULL, foreign = NULL;

  g_assert_no_error (error);
  provider = gdk_content_provider_new_for_bytes ("image/svg+xml", bytes);
  gdk_clipboard_set_content (clipboard, provider);
  act (f, "canvas.paste");
  wait_for_stickies (f, 4);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 2);

  foreign = gdk_content_provider_new_for_bytes ("image/svg+xml", other);
  gdk_clipboard_set_content (clipboard, foreign);
  wait_for_failure (f, &error);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND);
  g_assert_cmpuint (n_stickies (f), ==, 4);
}

/* A list becomes stickies: one of each line, in one step, in view and selected. */
static void
test_clipboard_list (Fixture       *f,
                     gconstpointer  data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (f->canvas);
  g_autoptr (GString) many = g_string_new (NULL);
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  StormRect seen, bounds;
  guint deadline;

  gdk_clipboard_set_text (clipboard, "- Placed\n- Paid\n\n- <b>Cooked</b>\n");
  act (f, "canvas.paste");
  wait_for_stickies (f, 3);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 3);
  act (f, "canvas.undo");
  g_assert_cmpuint (n_stickies (f), ==, 0);

  for (guint i = 0; i < 2500; i++)
    g_string_append_printf (many, "Event %u\n", i);
  gdk_clipboard_set_text (clipboard, many->str);
  act (f, "canvas.paste");
  wait_for_stickies (f, 2500);
  seen = storm_canvas_get_view_rect (canvas);
  g_assert_true (storm_board_get_bounds (f->board, &bounds));
  g_assert_true (storm_rect_encloses (&seen, &bounds));
  act (f, "canvas.undo");
  g_assert_cmpuint (n_stickies (f), ==, 0);

  /* Given up on the way, it leaves nothing. */
  act (f, "canvas.paste");
  deadline = g_timeout_add_seconds (60, on_deadline, NULL);
  while (canvas->list == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  act (f, "canvas.cancel");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (canvas->list);
  g_assert_cmpuint (n_stickies (f), ==, 0);
}

/* Line by line: in rows as wide as the view, over nothing that lies there already. */
static void
test_enter (Fixture       *f,
            gconstpointer  data)
{
  StormCanvas *canvas = STORM_CANVAS (f->canvas);
  g_autofree char *a = add (f, WIDTH / 2 + 170, HEIGHT / 2, "in the way");
  GListModel *stickies = storm_board_get_stickies (f->board);
  guint n_rows = 1;

  g_assert_false (storm_canvas_enter (canvas, STORM_KIND_EVENT, "  "));
  for (guint i = 0; i < 8; i++)
    g_assert_true (storm_canvas_enter (canvas, STORM_KIND_EVENT, "Paid"));
  g_assert_cmpuint (n_stickies (f), ==, 9);
  for (guint i = 0; i < 9; i++)
    {
      g_autoptr (StormSticky) one = g_list_model_get_item (stickies, i);
      g_autoptr (StormSticky) before = g_list_model_get_item (stickies, i > 0 ? i - 1 : 0);

      n_rows += i > 1 && storm_sticky_get_rect (one)->y > storm_sticky_get_rect (before)->y;
      for (guint k = 0; k < i; k++)
        {
          g_autoptr (StormSticky) other = g_list_model_get_item (stickies, k);

          g_assert_false (storm_rect_intersects (storm_sticky_get_rect (one),
                                                 storm_sticky_get_rect (other)));
        }
    }
  g_assert_cmpuint (n_rows, >=, 3);
  act (f, "canvas.undo");
  g_assert_cmpuint (n_stickies (f), ==, 8);
  g_assert_nonnull (a);
}

/* What can't become stickies is refused with a word, and nothing is lost. */
static void
test_clipboard_refused (Fixture       *f,
                        gconstpointer  data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (f->canvas);
  g_autofree char *line = g_strnfill (1024 * 1024, 'x');
  g_autofree char *a = add (f, 100, 100, "a");
  g_autoptr (GBytes) pixels = g_bytes_new_static ("abcd", 4);
  g_autoptr (GdkTexture) picture = gdk_memory_texture_new (1, 1, GDK_MEMORY_DEFAULT, pixels, 4);
  g_autoptr (GdkContentProvider) page = NULL;
  g_autoptr (GError) error = NULL;
  gulong handler;

  gdk_clipboard_set_text (clipboard, line);
  wait_for_failure (f, &error);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_LIMIT);
  g_clear_error (&error);
  gdk_clipboard_set_texture (clipboard, picture);
  wait_for_failure (f, &error);
  g_assert_nonnull (strstr (error->message, "picture"));
  g_clear_error (&error);
  page = gdk_content_provider_new_for_bytes ("text/html", pixels);
  gdk_clipboard_set_content (clipboard, page);
  wait_for_failure (f, &error);
  g_assert_nonnull (strstr (error->message, "formatting"));
  g_clear_error (&error);
  gdk_clipboard_set_content (clipboard, NULL);
  wait_for_failure (f, &error);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_INVALID);
  g_clear_error (&error);
  storm_history_set_read_only (f->history, TRUE);
  handler = g_signal_connect_swapped (f->canvas, "failed", G_CALLBACK (on_failed), &error);
  storm_canvas_add_list (STORM_CANVAS (f->canvas), "One\nTwo", NULL);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_READ_ONLY);
  g_signal_handler_disconnect (f->canvas, handler);
  g_assert_cmpuint (n_stickies (f), ==, 1);
  g_assert_nonnull (a);
}

static void
wait_for_selected (Fixture *f,
                   guint    n)
{
  guint deadline = g_timeout_add_seconds (60, on_deadline, NULL);

  while (storm_selection_get_n (f->selection) != n)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

/* Hundreds take several turns of the main loop; it is one step all the same, with all that belongs
 * to it, and what came is selected, unless the person was faster. */
static void
test_clipboard_many (Fixture       *f,
                     gconstpointer  data)
{
  const guint n = 400;
  g_autofree char *one = NULL;
  g_autoptr (StormChange) change = storm_change_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = add (f, 200.0 * i, 100, "many");

      storm_change_set (change, id, STORM_PROP_DESCRIPTION, g_variant_new_string ("said"));
      storm_change_set (change, id, STORM_PROP_ALIASES, g_variant_new_parsed ("['other', %s]", id));
      storm_change_set (change, id, STORM_PROP_GROUP, g_variant_new_string ("group"));
    }
  g_assert_true (storm_history_do (f->history, change, NULL));
  act (f, "canvas.select-all");
  act (f, "canvas.connect-selected");
  act (f, "canvas.copy");
  storm_selection_set_one (f->selection, NULL);
  act (f, "canvas.paste");
  wait_for_stickies (f, 2 * n);
  g_assert_cmpuint (n_flows (f), ==, 2 * (n - 1));
  wait_for_selected (f, n);
  for (guint i = 0; i < n; i++)
    {
      GListModel *stickies = storm_board_get_stickies (f->board);
      g_autoptr (StormSticky) from = g_list_model_get_item (stickies, i);
      g_autoptr (StormSticky) to = g_list_model_get_item (stickies, n + i);

      g_assert_true (storm_selection_contains (f->selection,
                                               storm_object_get_id (STORM_OBJECT (to))));
      g_assert_cmpstr (storm_sticky_get_title (to), ==, "many");
      g_assert_cmpstr (storm_sticky_get_description (to), ==, "said");
      g_assert_true (g_strv_equal (storm_sticky_get_aliases (from),
                                   storm_sticky_get_aliases (to)));
      g_assert_cmpstr (storm_sticky_get_group (to), !=, "group");
      g_assert_cmpuint (storm_board_get_flows_of (f->board, to)->len, ==,
                        storm_board_get_flows_of (f->board, from)->len);
    }
  act (f, "canvas.undo");
  g_assert_cmpuint (n_stickies (f), ==, n);
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 0);
  act (f, "canvas.redo");
  wait_for_selected (f, n);

  /* Somebody selects another one before the pasted ones are. */
  act (f, "canvas.undo");
  act (f, "canvas.redo");
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 0);
  one = add (f, 0, 500, "one");
  storm_selection_set_one (f->selection, one);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (storm_selection_get_n (f->selection), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  init (&argc, &argv);
  ADD ("clipboard", test_clipboard);
  ADD ("clipboard/hostile", test_clipboard_hostile);
  ADD ("clipboard/svg", test_clipboard_svg);
  ADD ("clipboard/list", test_clipboard_list);
  ADD ("clipboard/many", test_clipboard_many);
  ADD ("enter", test_enter);
  ADD ("clipboard/refused", test_clipboard_refused);
  ADD ("clipboard/places", test_clipboard_places);
  ADD ("clipboard/files", test_clipboard_files);
  ADD ("list/places", test_list_places);
  return g_test_run ();
}
