#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storm-board-page.h"
#include "storm-dropped.h"
#include "storm-error.h"
#include "storm-window-private.h"
#include "../unit/storm-folder-test.h"

typedef struct
{
  char *folder;
  StormDropped *dropped;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->folder = g_dir_make_tmp ("storm-dropped-XXXXXX", NULL);
  f->dropped = storm_dropped_new ();
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  storm_test_remove_folder (f->folder);
  g_free (f->folder);
  storm_dropped_free (f->dropped);
}

static GFile *
write_file (Fixture    *f,
            const char *name,
            const char *bytes,
            gssize      len)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, bytes, len, NULL));
  return g_file_new_for_path (path);
}

static void
take (Fixture    *f,
      const char *name,
      const char *bytes,
      gssize      len)
{
  g_autoptr (GFile) file = write_file (f, name, bytes, len);

  storm_dropped_take (f->dropped, file, NULL);
}

/* The last refusal, which must name the file and say @words. */
static void
assert_refused (Fixture    *f,
                const char *name,
                int         code,
                const char *words)
{
  g_assert_cmpuint (f->dropped->n_refused, ==, 1);
  g_test_message ("%s", f->dropped->refusal->message);
  g_assert_error (f->dropped->refusal, STORM_ERROR, code);
  g_assert_nonnull (strstr (f->dropped->refusal->message, name));
  g_assert_nonnull (strstr (f->dropped->refusal->message, words));
  g_clear_error (&f->dropped->refusal);
  f->dropped->n_refused = 0;
}

static void
test_kinds (Fixture       *f,
            gconstpointer  data)
{
  take (f, "a.storm", "SQLite", -1);
  take (f, "B.JSON", "{}", -1);
  take (f, "c.svg", "<svg/>", -1);
  take (f, "d.jsonl", "{}\n", -1);
  take (f, "e.txt", "One\nTwo\n", -1);
  take (f, "f.md", "\357\273\277- Three", -1);
  take (f, "g", "\377\376F\0o\0\343\205", 8);
  g_assert_cmpuint (f->dropped->n_refused, ==, 0);
  g_assert_cmpuint (f->dropped->boards->len, ==, 3);
  g_assert_nonnull (f->dropped->recording);
  g_assert_cmpstr (f->dropped->text->str, ==, "One\nTwo\n\n- Three\nFo\350\227\243");
  g_assert_null (storm_dropped_get_refusal (f->dropped));
}

static void
test_refused (Fixture       *f,
              gconstpointer  data)
{
  static const char png[] = "\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\2\0\0\0";
  static const char zip[] = "PK\3\4\24\0\0\0\0\0";

  take (f, "photo.png", png, sizeof png - 1);
  assert_refused (f, "photo.png", STORM_ERROR_UNSUPPORTED, "picture");
  take (f, "page.html", "<html><body>One</body></html>", -1);
  assert_refused (f, "page.html", STORM_ERROR_UNSUPPORTED, "formatting");
  take (f, "letter.docx", zip, sizeof zip - 1);
  assert_refused (f, "letter.docx", STORM_ERROR_UNSUPPORTED, "UTF-8");
  take (f, "latin.txt", "caf\351", -1);
  assert_refused (f, "latin.txt", STORM_ERROR_UNSUPPORTED, "UTF-8");
  take (f, "zero.txt", "One\0Two", 7);
  assert_refused (f, "zero.txt", STORM_ERROR_UNSUPPORTED, "UTF-8");
  take (f, "half.txt", "\377\376F", 3);
  assert_refused (f, "half.txt", STORM_ERROR_UNSUPPORTED, "UTF-8");
  take (f, "blank.txt", " \n\t\r\n", -1);
  assert_refused (f, "blank.txt", STORM_ERROR_INVALID, "empty");
  take (f, "one.jsonl", "", 0);
  take (f, "two.jsonl", "", 0);
  assert_refused (f, "two.jsonl", STORM_ERROR_LIMIT, "one recording");
  g_assert_cmpuint (f->dropped->text->len, ==, 0);
}

static void
test_places (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (f->folder);
  g_autoptr (GFile) missing = g_file_get_child (folder, "gone.txt");
  g_autoptr (GFile) pipe = g_file_get_child (folder, "pipe.txt");
  g_autoptr (GFile) page = g_file_new_for_uri ("nonsense://example.org/a.txt");
  g_autoptr (GFile) locked = NULL;
  g_autofree char *base = g_file_get_basename (folder);

  storm_dropped_take (f->dropped, folder, NULL);
  assert_refused (f, base, STORM_ERROR_UNSUPPORTED, "folder");
  storm_dropped_take (f->dropped, missing, NULL);
  assert_refused (f, "gone.txt", STORM_ERROR_IO, "could not be read");
  g_assert_cmpint (mkfifo (g_file_peek_path (pipe), 0600), ==, 0);
  storm_dropped_take (f->dropped, pipe, NULL);
  assert_refused (f, "pipe.txt", STORM_ERROR_UNSUPPORTED, "not a file");
  storm_dropped_take (f->dropped, page, NULL);
  assert_refused (f, "a.txt", STORM_ERROR_IO, "could not be read");
  /* To root nothing is unreadable. */
  if (geteuid () == 0)
    return;
  locked = write_file (f, "locked.txt", "One", -1);
  g_assert_cmpint (g_chmod (g_file_peek_path (locked), 0), ==, 0);
  storm_dropped_take (f->dropped, locked, NULL);
  assert_refused (f, "locked.txt", STORM_ERROR_IO, "could not be read");
}

/* Too much is refused, one by one or together, and what was read before stays. */
static void
test_huge (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr (GFile) large = write_file (f, "large.txt", "", 0);
  g_autoptr (GFile) rest = write_file (f, "rest.txt", "", 0);
  g_autofree char *half = g_strnfill (STORM_DROPPED_MAX_TEXT / 2 + 1, 'x');

  g_assert_cmpint (truncate (g_file_peek_path (large), 1024LL * 1024 * 1024), ==, 0);
  storm_dropped_take (f->dropped, large, NULL);
  assert_refused (f, "large.txt", STORM_ERROR_LIMIT, "32 MiB");
  take (f, "half.txt", half, -1);
  g_assert_cmpuint (f->dropped->n_refused, ==, 0);
  take (f, "other.txt", half, -1);
  assert_refused (f, "other.txt", STORM_ERROR_LIMIT, "32 MiB");
  g_assert_cmpuint (f->dropped->text->len, ==, STORM_DROPPED_MAX_TEXT / 2 + 1);
  for (guint i = 0; i <= STORM_DROPPED_MAX_BOARDS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.storm", i);

      take (f, name, "", 0);
    }
  assert_refused (f, "10.storm", STORM_ERROR_LIMIT, "at most 10 boards");
  g_assert_cmpuint (f->dropped->boards->len, ==, STORM_DROPPED_MAX_BOARDS);
}

static void
on_sorted (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  StormDropped **out = data;

  *out = storm_dropped_sort_finish (result);
}

/* Several at once: each goes where it belongs, and one sentence tells of what was left out. */
static void
test_several (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (GFile) board = write_file (f, "a.storm", "", 0);
  g_autoptr (GFile) text = write_file (f, "b.txt", "One", -1);
  g_autoptr (GFile) zero = write_file (f, "c.bin", "\0", 1);
  g_autoptr (GFile) none = write_file (f, "d.txt", "", 0);
  g_autoptr (GSList) files = NULL;
  StormDropped *dropped = NULL;
  g_autofree char *words = NULL;
  GFile *all[] = { none, zero, text, board };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    files = g_slist_prepend (files, all[i]);
  storm_dropped_sort_async (files, NULL, on_sorted, &dropped);
  while (dropped == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (dropped->boards->len, ==, 1);
  g_assert_cmpstr (dropped->text->str, ==, "One");
  words = storm_dropped_get_refusal (dropped);
  g_assert_true (g_str_has_prefix (words, "“c.bin”"));
  g_assert_true (g_str_has_suffix (words, " 1 more file was left out."));
  storm_dropped_free (dropped);
}

static gboolean
on_deadline (gpointer data)
{
  g_error ("Nothing came of the drop");
  return G_SOURCE_REMOVE;
}

static GListModel *
stickies_of (StormBoardFile *file)
{
  return storm_board_get_stickies (storm_board_file_get_board (file));
}

static void
drop (GtkWidget    *window,
      const GValue *value)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", value, 400., 300., &taken);
    }
  g_assert_true (taken);
}

static void
drop_files (GtkWidget *window,
            GFile     *first,
            GFile     *second)
{
  g_auto (GValue) value = G_VALUE_INIT;
  GSList *files = g_slist_append (NULL, first);

  if (second != NULL)
    files = g_slist_append (files, second);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, files);
  g_slist_free (files);
  drop (window, &value);
}

/* On the start page a board opens, in the window itself; on the board, lines become stickies, in
 * one step. */
static void
test_window (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (StormApplication) app = storm_application_new ();
  g_autofree char *path = g_build_filename (f->folder, "a.storm", NULL);
  g_autoptr (StormBoardFile) made = storm_board_file_create (path, NULL, NULL);
  g_autoptr (GFile) board = g_file_new_for_path (path);
  g_autoptr (GFile) text = write_file (f, "lines.txt", "One\nTwo\n\n- Three\n", -1);
  g_autoptr (GFile) zero = write_file (f, "zero.bin", "\0", 1);
  g_auto (GValue) words = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;
  guint deadline = g_timeout_add_seconds (120, on_deadline, NULL);
  GtkWidget *window;
  StormBoardFile *file;
  StormBoardPage *page;

  g_assert_true (storm_board_file_close (made, NULL));
  g_application_set_flags (G_APPLICATION (app), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (app), NULL, &error));
  g_assert_no_error (error);
  window = storm_window_new (app);

  drop_files (window, zero, board);
  while (storm_window_get_path (STORM_WINDOW (window)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (storm_window_get_path (STORM_WINDOW (window)), ==, path);

  page = storm_window_get_page (STORM_WINDOW (window));
  file = storm_board_page_get_file (page);
  drop_files (window, text, NULL);
  while (g_list_model_get_n_items (stickies_of (file)) < 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (storm_history_undo (storm_board_file_get_history (file), NULL));
  g_assert_cmpuint (g_list_model_get_n_items (stickies_of (file)), ==, 0);

  g_value_init (&words, G_TYPE_STRING);
  g_value_set_static_string (&words, "Four\nFive");
  drop (window, &words);
  while (g_list_model_get_n_items (stickies_of (file)) < 2)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("storm-dropped-home-XXXXXX", NULL);
  int status;

  /* The user's own boards are left alone. */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  gtk_test_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/dropped/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("kinds", test_kinds);
  ADD ("refused", test_refused);
  ADD ("places", test_places);
  ADD ("huge", test_huge);
  ADD ("several", test_several);
  ADD ("window", test_window);
  status = g_test_run ();
  storm_test_remove_folder (home);
  return status;
}
