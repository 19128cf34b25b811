#include "config.h"

#include "storm-disk-test.h"
#include "storm-error.h"
#include "storm-store-test.h"

/* New files and copies in places that are full, missing, or where another board lay. */

static void
assert_error (GError     **error,
              StormError   code,
              const char  *says)
{
  g_assert_error (*error, STORM_ERROR, (int) code);
  if (strstr ((*error)->message, says) == NULL)
    g_error ("“%s” doesn't say “%s”", (*error)->message, says);
  g_clear_error (error);
}

static void
assert_title (const char *path,
              const char *title)
{
  StormBoardFile *file = storm_test_open (path);

  g_assert_null (storm_board_file_get_notice (file));
  g_assert_cmpstr (storm_board_get_title (storm_board_file_get_board (file)), ==, title);
  storm_test_close (file);
}

/* The sentence names the file that was asked for, not one that was made on the way there. */
static void
test_no_such_folder (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "no", "shop.storm", NULL);
  StormBoardFile *file = storm_test_create (fixture->path);
  g_autoptr (GError) error = NULL;

  g_assert_null (storm_board_file_create (path, NULL, &error));
  assert_error (&error, STORM_ERROR_IO, "“shop.storm” can't be written: No such file");
  g_assert_false (storm_board_file_save_copy (file, path, &error));
  assert_error (&error, STORM_ERROR_IO, "“shop.storm” can't be written: No such file");
  storm_test_close (file);
  g_assert_cmpuint (storm_test_count_files (fixture->dir), ==, 1);
}

static void
test_no_space (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "full.storm", NULL);
  StormBoardFile *file = storm_test_create (fixture->path);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "was there before", -1, NULL));
  storm_test_limit_files (20000);
  g_assert_false (storm_board_file_save_copy (file, path, &error));
  storm_test_limit_files (RLIM_INFINITY);
  assert_error (&error, STORM_ERROR_NO_SPACE, "“full.storm” can't be written");
  storm_test_close (file);
  g_assert_cmpuint (storm_test_count_files (fixture->dir), ==, 2);

  g_unlink (path);
  storm_test_limit_files (20000);
  g_assert_null (storm_board_file_create (path, NULL, &error));
  storm_test_limit_files (RLIM_INFINITY);
  /* Of a limit SQLite doesn't always hear why a write failed; on a full disk it does. */
  assert_error (&error, error->code == STORM_ERROR_IO ? STORM_ERROR_IO : STORM_ERROR_NO_SPACE,
                "“full.storm”");
  g_assert_cmpuint (storm_test_count_files (fixture->dir), ==, 1);
}

/* SQLite would read the log of the board that lay there into the one that comes. */
static void
test_old_log (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *old = g_build_filename (fixture->dir, "old.storm", NULL);
  g_autofree char *wal = g_strconcat (old, "-wal", NULL);
  StormBoardFile *file;
  g_autoptr (GError) error = NULL;

  storm_test_leave_log (old, "only in the log");
  g_unlink (old);
  g_assert_null (storm_board_file_create (old, NULL, &error));
  assert_error (&error, STORM_ERROR_INVALID, "“old.storm-wal”");
  g_assert_true (g_file_test (wal, G_FILE_TEST_EXISTS));
  g_unlink (wal);

  storm_test_leave_log (old, "only in the log");
  file = storm_test_create (fixture->path);
  storm_test_set_title (file, NULL, "copied");
  storm_board_file_save_copy (file, old, &error);
  g_assert_no_error (error);
  storm_test_close (file);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
  assert_title (old, "copied");
}

/* And what a killed process left is there again. */
static void
test_killed (Fixture       *fixture,
             gconstpointer  data)
{
  storm_test_leave_log (fixture->path, "only in the log");
  g_assert_cmpuint (storm_test_count_files (fixture->dir), ==, 2);
  assert_title (fixture->path, "only in the log");
  g_assert_cmpuint (storm_test_count_files (fixture->dir), ==, 1);
}

#define ADD(name, func) \
  g_test_add ("/board-copy/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("no-such-folder", test_no_such_folder);
  ADD ("no-space", test_no_space);
  ADD ("old-log", test_old_log);
  ADD ("killed", test_killed);

  return g_test_run ();
}
