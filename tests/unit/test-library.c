#include "config.h"

#include "storm-error.h"
#include "storm-library.h"
#include "storm-store-test.h"

static void
make_board (Fixture    *fixture,
            const char *name,
            const char *title)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  StormBoardFile *file = storm_test_create (path);

  if (title != NULL)
    storm_test_set_title (file, NULL, title);
  storm_test_close (file);
}

static gboolean
on_timeout (gpointer data)
{
  g_error ("the library did not change in time");
  return G_SOURCE_REMOVE;
}

/* The titles in their order, as soon as they are @expected. */
static void
wait_for_titles (StormLibrary *library,
                 const char   *expected)
{
  guint id = g_timeout_add_seconds (120, on_timeout, NULL);

  for (;;)
    {
      g_autoptr (GString) titles = g_string_new (NULL);

      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (library)); i++)
        {
          g_autoptr (StormLibraryItem) item = g_list_model_get_item (G_LIST_MODEL (library), i);

          g_string_append_printf (titles, "%s%s%s", i > 0 ? "," : "",
                                  storm_library_item_get_title (item),
                                  storm_library_item_get_error (item) != NULL ? "!" : "");
        }
      if (strcmp (titles->str, expected) == 0)
        break;
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (id);
}

static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *broken = g_build_filename (fixture->dir, "Broken.storm", NULL);
  g_autofree char *other = g_build_filename (fixture->dir, "notes.txt", NULL);
  g_autofree char *title = NULL;
  g_autoptr (StormLibraryItem) item = NULL;
  StormLibrary *library;
  StormBoardFile *file;
  guint n_stickies = 0;

  make_board (fixture, "a.storm", "First");
  make_board (fixture, "b.storm", NULL);
  library = storm_library_new (fixture->dir);
  g_assert_cmpstr (storm_library_get_directory (library), ==, fixture->dir);
  wait_for_titles (library, "b,First");

  /* It follows the directory, newest first, and says what can't be read. */
  g_assert_true (g_file_set_contents (other, "x", -1, NULL));
  g_assert_true (g_file_set_contents (broken, "not a board", -1, NULL));
  wait_for_titles (library, "Broken!,b,First");
  g_remove (broken);
  wait_for_titles (library, "b,First");

  /* A board that is open elsewhere, changed in its log alone. */
  file = storm_test_create (fixture->path);
  storm_test_set_title (file, NULL, "Open");
  storm_library_refresh (library);
  wait_for_titles (library, "Open,b,First");
  storm_test_set_title (file, NULL, "Still open");
  storm_library_refresh (library);
  wait_for_titles (library, "Still open,b,First");
  storm_test_add_sticky (storm_board_file_get_board (file), "s", STORM_KIND_EVENT, "x", 0, 0);
  storm_test_close (file);

  item = g_list_model_get_item (G_LIST_MODEL (library), 2);
  g_object_get (item, "title", &title, "n-stickies", &n_stickies, NULL);
  g_assert_cmpstr (title, ==, "First");
  g_assert_cmpuint (n_stickies, ==, 0);
  g_assert_null (storm_library_item_get_picture (item));
  g_object_unref (library);
}

static void
on_items_changed (GListModel *list,
                  guint       position,
                  guint       removed,
                  guint       added,
                  guint      *out)
{
  out[0] = position;
  out[1] = removed;
  out[2] = added;
  out[3]++;
}

/* Only what is different changes, and what is the same keeps its item. */
static void
test_minimal_changes (Fixture       *fixture,
                      gconstpointer  data)
{
  StormLibrary *library;
  guint change[4] = { 0 };
  g_autoptr (StormLibraryItem) before = NULL;
  g_autoptr (StormLibraryItem) after = NULL;

  make_board (fixture, "a.storm", "A");
  make_board (fixture, "b.storm", "B");
  library = storm_library_new (fixture->dir);
  wait_for_titles (library, "B,A");
  before = g_list_model_get_item (G_LIST_MODEL (library), 1);
  g_signal_connect (library, "items-changed", G_CALLBACK (on_items_changed), change);
  make_board (fixture, "c.storm", "C");
  storm_library_refresh (library);
  wait_for_titles (library, "C,B,A");
  after = g_list_model_get_item (G_LIST_MODEL (library), 2);
  g_assert_true (before == after);
  g_assert_cmpuint (change[0], ==, 0);
  g_assert_cmpuint (change[1] + 1, ==, change[2]);
  g_object_unref (library);
}

static void
test_new_path (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct { const char *title; const char *name; } cases[] = {
    { "Food order", "Food order.storm" },
    { "주문 모니터링", "주문 모니터링.storm" },
    { "../../etc/passwd", "etc passwd.storm" },
    { "a/b\\c:d", "a b c d.storm" },
    { "  .hidden. ", "hidden.storm" },
    { "--option", "option.storm" },
    { "line\nbreak\ttab", "line break tab.storm" },
    { "", "Board.storm" },
    { "...", "Board.storm" },
  };
  g_autofree char *long_title = g_strnfill (5000, 'x');
  g_autofree char *long_path = NULL;
  g_autofree char *taken = NULL;
  StormLibrary *library = storm_library_new (fixture->dir);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = storm_library_new_path (library, cases[i].title);
      g_autofree char *expected = g_build_filename (fixture->dir, cases[i].name, NULL);

      g_assert_cmpstr (path, ==, expected);
    }
  long_path = storm_library_new_path (library, long_title);
  make_board (fixture, strrchr (long_path, '/') + 1, "long");
  make_board (fixture, "Food order.storm", "x");
  taken = storm_library_new_path (library, "Food order");
  g_assert_true (g_str_has_suffix (taken, "/Food order 2.storm"));
  wait_for_titles (library, "x,long");
  g_object_unref (library);
}

static void
test_rename (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *old_path = g_build_filename (fixture->dir, "a.storm", NULL);
  g_autofree char *new_path = g_build_filename (fixture->dir, "New name.storm", NULL);
  g_autoptr (GError) error = NULL;
  StormLibrary *library;
  StormBoardFile *file;

  make_board (fixture, "a.storm", "Old");
  library = storm_library_new (fixture->dir);
  g_assert_true (storm_library_rename (library, old_path, "New name", &error));
  g_assert_no_error (error);
  wait_for_titles (library, "New name");
  g_assert_false (g_file_test (old_path, G_FILE_TEST_EXISTS));

  /* The same name again, and an open board, which stays what it is. */
  g_assert_true (storm_library_rename (library, new_path, "New name", &error));
  g_assert_no_error (error);
  file = storm_test_open (new_path);
  g_assert_false (storm_library_rename (library, new_path, "Newer", &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_false (storm_library_trash (library, new_path, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_READ_ONLY);
  storm_test_close (file);
  g_assert_true (g_file_test (new_path, G_FILE_TEST_EXISTS));
  wait_for_titles (library, "New name");
  g_object_unref (library);
}

static void
test_trash (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "a.storm", NULL);
  g_autoptr (GError) error = NULL;
  StormLibrary *library;

  make_board (fixture, "a.storm", "A");
  library = storm_library_new (fixture->dir);
  wait_for_titles (library, "A");
  if (storm_library_trash (library, path, &error))
    {
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
      wait_for_titles (library, "");
    }
  else
    {
      /* Some file systems have no trash: then the board stays, and a sentence says so. */
      g_assert_error (error, STORM_ERROR, STORM_ERROR_IO);
      g_assert_nonnull (strstr (error->message, "a.storm"));
      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
    }
  g_object_unref (library);
}

/* What a killed program did last is in the log beside the board: it goes with it. */
static void
test_trash_with_log (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "killed.storm", NULL);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *next = NULL;
  StormLibrary *library;

  storm_test_leave_log (path, "only in the log");
  library = storm_library_new (fixture->dir);
  wait_for_titles (library, "only in the log");
  if (storm_library_trash (library, path, NULL))
    {
      g_autofree char *trashed = g_build_filename (g_get_user_data_dir (), "Trash", "files",
                                                   "killed.storm", NULL);
      g_autoptr (StormBoardInfo) info = storm_board_info_read (trashed, NULL);

      g_assert_nonnull (info);
      g_assert_cmpstr (info->title, ==, "only in the log");
      g_assert_cmpuint (storm_test_count_files (fixture->dir), ==, 0);
    }
  g_object_unref (library);

  /* Where only a log is left, no new board is made. */
  g_assert_true (g_file_set_contents (wal, "a log", -1, NULL));
  library = storm_library_new (fixture->dir);
  next = storm_library_new_path (library, "killed");
  g_assert_true (g_str_has_suffix (next, "/killed 2.storm"));
  g_object_unref (library);
}

#define ADD(name, func) \
  g_test_add ("/library/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("storm-home-XXXXXX", NULL);
  g_autofree char *info = g_build_filename (home, "Trash", "info", NULL);
  g_autofree char *files = g_build_filename (home, "Trash", "files", NULL);
  g_autofree char *trash = g_build_filename (home, "Trash", NULL);
  int failed;

  /* What is thrown away here must not be found in anybody's trash. */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD ("list", test_list);
  ADD ("minimal-changes", test_minimal_changes);
  ADD ("new-path", test_new_path);
  ADD ("rename", test_rename);
  ADD ("trash", test_trash);
  ADD ("trash-with-log", test_trash_with_log);

  failed = g_test_run ();
  storm_test_remove_folder (info);
  storm_test_remove_folder (files);
  g_rmdir (trash);
  g_rmdir (home);
  return failed;
}
