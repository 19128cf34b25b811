#include "config.h"

#include <sqlite3.h>
#include <unistd.h>

#include "storm-board-file-private.h"
#include "storm-disk-test.h"
#include "storm-error.h"
#include "storm-store-test.h"

/* Whether the file is by itself, in the mode in which one file is all there is. */
static void
assert_one_file (Fixture *fixture)
{
  g_autofree char *data = NULL;
  gsize len;

  g_assert_cmpuint (storm_test_count_files (fixture->dir), ==, 1);
  g_assert_true (g_file_get_contents (fixture->path, &data, &len, NULL));
  g_assert_cmpuint (len, >, 100);
  g_assert_cmpint (data[18], ==, 1);
  g_assert_cmpint (data[19], ==, 1);
  g_assert_cmpmem (data + 68, 4, "Strm", 4);
}

static void
test_create (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (StormBoard) template = storm_board_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *dump = NULL;
  StormBoardFile *file;

  storm_test_add_context (template, "c", "Order", 0, 0, 500, 400);
  storm_test_add_sticky (template, "b", STORM_KIND_EVENT, "Order placed", 10, 20);
  storm_test_add_sticky (template, "a", STORM_KIND_POLICY, "", -1e7, 20);
  storm_test_add_flow (template, "f", "b", "a");
  dump = storm_test_board_dump (template);

  file = storm_board_file_create (fixture->path, template, &error);
  g_assert_no_error (error);
  storm_test_assert_board (storm_board_file_get_board (file), dump);
  storm_test_close (file);
  assert_one_file (fixture);

  file = storm_test_open (fixture->path);
  storm_test_assert_board (storm_board_file_get_board (file), dump);
  g_assert_false (storm_history_can_undo (storm_board_file_get_history (file)));
  storm_test_close (file);

  g_assert_null (storm_board_file_create (fixture->path, template, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_IO);
  assert_one_file (fixture);
}

/* All that was done, and the way back and forth, is there after every reopening. */
static void
test_random_edits (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4711);
  StormBoardFile *file = storm_test_create (fixture->path);

  for (guint round = 0; round < 20; round++)
    {
      g_autofree char *after = NULL;
      g_autofree char *before = NULL;
      StormHistory *history = storm_board_file_get_history (file);
      g_autoptr (GError) error = NULL;
      guint n_undos = 0;

      for (guint i = 0; i < 25; i++)
        storm_test_random_edit (history, rand);
      after = storm_test_board_dump (storm_board_file_get_board (file));
      storm_test_close (file);
      assert_one_file (fixture);

      file = storm_test_open (fixture->path);
      history = storm_board_file_get_history (file);
      storm_test_assert_board (storm_board_file_get_board (file), after);
      while (n_undos < 10 && storm_history_can_undo (history))
        {
          storm_history_undo (history, &error);
          g_assert_no_error (error);
          n_undos++;
        }
      g_assert_cmpuint (n_undos, >, 0);
      before = storm_test_board_dump (storm_board_file_get_board (file));
      storm_test_close (file);

      file = storm_test_open (fixture->path);
      history = storm_board_file_get_history (file);
      storm_test_assert_board (storm_board_file_get_board (file), before);
      for (; n_undos > 0; n_undos--)
        {
          storm_history_redo (history, &error);
          g_assert_no_error (error);
        }
      storm_test_assert_board (storm_board_file_get_board (file), after);
    }
  storm_test_close (file);
}

static void
test_gesture (Fixture       *fixture,
              gconstpointer  data)
{
  StormBoardFile *file = storm_test_create (fixture->path);
  StormHistory *history = storm_board_file_get_history (file);
  g_autoptr (GError) error = NULL;
  StormBoardFile *reader;

  /* A gesture that lasts is in the file when it is finished, and not before. */
  storm_history_begin (history, "Type");
  storm_test_set_title (file, NULL, "A");
  storm_test_set_title (file, NULL, "AB");
  reader = storm_board_file_open_read_only (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (storm_board_get_title (storm_board_file_get_board (reader)), ==, "");
  g_object_unref (reader);
  storm_history_commit (history, &error);
  g_assert_no_error (error);
  reader = storm_board_file_open_read_only (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (storm_board_get_title (storm_board_file_get_board (reader)), ==, "AB");
  g_assert_null (storm_board_file_get_notice (reader));
  g_assert_true (storm_board_file_get_read_only (reader));
  g_object_unref (reader);

  storm_history_begin (history, "Type");
  storm_test_set_title (file, NULL, "C");
  storm_history_cancel (history);
  storm_test_close (file);

  file = storm_test_open (fixture->path);
  history = storm_board_file_get_history (file);
  g_assert_cmpstr (storm_board_get_title (storm_board_file_get_board (file)), ==, "AB");
  g_assert_cmpstr (storm_history_get_undo_label (history), ==, "Type");
  storm_history_undo (history, &error);
  g_assert_no_error (error);
  g_assert_false (storm_history_can_undo (history));
  storm_test_close (file);
}

/* There is no room in the middle of an edit: as if it had not been made, everywhere. Once SQLite
 * says so itself, as on a full disk, and once the kernel refuses a write. */
static void
limit_room (StormBoardFile *file,
            gboolean        by_kernel,
            gboolean        on)
{
  if (!by_kernel)
    {
      sqlite3_exec (file->opened.db->handle,
                    on ? "PRAGMA max_page_count = 100" : "PRAGMA max_page_count = 1000000",
                    NULL, NULL, NULL);
      return;
    }
  storm_test_limit_files (on ? 1024 * 1024 : RLIM_INFINITY);
}

/* A new sticky and its title are each in the file at once, and one step, also after reopening. */
static void
test_amend (Fixture       *fixture,
            gconstpointer  data)
{
  StormBoardFile *file = storm_test_create (fixture->path);
  StormHistory *history = storm_board_file_get_history (file);
  g_autoptr (StormChange) add = storm_change_new ("Add");
  g_autoptr (StormChange) title = storm_change_new ("Title");
  g_autoptr (StormChange) long_title = storm_change_new ("Title");
  g_autofree char *text = g_strnfill (900000, 'x');
  g_autoptr (GError) error = NULL;
  StormBoardFile *reader;

  storm_test_set_title (file, NULL, "board");
  storm_change_insert (add, STORM_OBJECT_STICKY, "s", NULL);
  g_assert_true (storm_history_do (history, add, NULL));
  storm_change_set (title, "s", STORM_PROP_TITLE, g_variant_new_string ("Paid"));
  g_assert_true (storm_history_amend (history, add, title, NULL));
  reader = storm_board_file_open_read_only (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (storm_sticky_get_title (storm_board_lookup_sticky (
                     storm_board_file_get_board (reader), "s")), ==, "Paid");
  g_object_unref (reader);

  /* One that can't be kept leaves the step as it was. */
  storm_change_set (long_title, "s", STORM_PROP_DESCRIPTION, g_variant_new_string (text));
  limit_room (file, FALSE, TRUE);
  g_assert_false (storm_history_amend (history, storm_history_get_last (history), long_title,
                                       &error));
  limit_room (file, FALSE, FALSE);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_NO_SPACE);
  g_clear_error (&error);
  storm_test_close (file);

  file = storm_test_open (fixture->path);
  history = storm_board_file_get_history (file);
  g_assert_cmpstr (storm_history_get_undo_label (history), ==, "Add");
  g_assert_true (storm_history_undo (history, NULL));
  g_assert_null (storm_board_lookup_sticky (storm_board_file_get_board (file), "s"));
  g_assert_cmpstr (storm_history_get_undo_label (history), ==, "Title");
  g_assert_true (storm_history_redo (history, NULL));
  storm_test_close (file);

  file = storm_test_open (fixture->path);
  g_assert_cmpstr (storm_sticky_get_title (storm_board_lookup_sticky (
                     storm_board_file_get_board (file), "s")), ==, "Paid");
  storm_test_close (file);
}

static void
test_history_limit (Fixture       *fixture,
                    gconstpointer  data)
{
  StormBoardFile *file = storm_test_create (fixture->path);
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoardInfo) info = NULL;
  StormHistory *history;
  guint n = 0;

  for (guint i = 0; i < STORM_HISTORY_MAX_STEPS + 20; i++)
    {
      g_autofree char *title = g_strdup_printf ("%u", i);

      storm_test_set_title (file, NULL, title);
    }
  storm_test_close (file);

  info = storm_board_info_read (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (info->n_steps, ==, STORM_HISTORY_MAX_STEPS);

  file = storm_test_open (fixture->path);
  history = storm_board_file_get_history (file);
  for (; storm_history_can_undo (history); n++)
    {
      storm_history_undo (history, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (n, ==, STORM_HISTORY_MAX_STEPS);
  g_assert_cmpstr (storm_board_get_title (storm_board_file_get_board (file)), ==, "19");
  storm_test_close (file);
}

/* The order of creation comes back when things in its middle are undone, however often. */
static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  StormBoardFile *file = storm_test_create (fixture->path);
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = NULL;

  for (guint i = 0; i < 6; i++)
    {
      StormChange *change = storm_change_new (NULL);
      g_autofree char *id = g_strdup_printf ("s%u", i);

      storm_change_insert (change, STORM_OBJECT_STICKY, id, NULL);
      storm_test_do (file, change);
    }
  expected = storm_test_board_dump (storm_board_file_get_board (file));

  for (guint round = 0; round < 80; round++)
    {
      StormHistory *history = storm_board_file_get_history (file);
      StormBoard *board = storm_board_file_get_board (file);
      static const char *orders[][4] = { { "s1", "s2", "s3", "s0" }, { "s4", "s3", "s2", "s5" },
                                         { "s2", "s1", "s4", "s3" } };

      for (guint i = 0; i < 4; i++)
        {
          StormChange *change = storm_change_new (NULL);

          storm_change_remove (change, storm_board_lookup (board, orders[round % 3][i]));
          storm_test_do (file, change);
        }
      for (guint i = 0; i < 4; i++)
        {
          storm_history_undo (history, &error);
          g_assert_no_error (error);
        }
      storm_test_assert_board (board, expected);
      if (round % 9 == 0)
        {
          storm_test_close (file);
          file = storm_test_open (fixture->path);
          storm_test_assert_board (storm_board_file_get_board (file), expected);
        }
    }
  storm_test_close (file);
  file = storm_test_open (fixture->path);
  storm_test_assert_board (storm_board_file_get_board (file), expected);
  storm_test_close (file);
}

static void
test_settings (Fixture       *fixture,
               gconstpointer  data)
{
  StormBoardFile *file = storm_test_create (fixture->path);
  g_autoptr (GBytes) png = g_bytes_new_static ("\x89PNG\0picture", 12);
  g_autoptr (StormBoardInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;

  g_assert_null (storm_board_file_dup_setting (file, "view"));
  storm_board_file_set_setting (file, "view", "1 2 3");
  storm_board_file_set_setting (file, "view", "4 5 6");
  storm_board_file_set_picture (file, png);
  storm_test_set_title (file, NULL, "Title");
  g_assert_cmpuint (storm_test_count_files (fixture->dir), >, 1);

  /* While it is open elsewhere. */
  info = storm_board_info_read (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (info->title, ==, "Title");
  g_assert_true (g_bytes_equal (info->picture, png));
  g_assert_cmpint (info->changed, >, storm_time_now () - 600 * STORM_TIME_SECOND);
  g_assert_cmpuint (info->n_steps, ==, 1);
  storm_test_close (file);

  file = storm_test_open (fixture->path);
  value = storm_board_file_dup_setting (file, "view");
  g_assert_cmpstr (value, ==, "4 5 6");
  storm_test_close (file);
}

static void
test_second_opener (Fixture       *fixture,
                    gconstpointer  data)
{
  StormBoardFile *first = storm_test_create (fixture->path);
  StormBoardFile *second = storm_test_open (fixture->path);
  g_autoptr (StormChange) change = storm_change_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (storm_board_file_get_read_only (second));
  g_assert_nonnull (strstr (storm_board_file_get_notice (second), "board.storm"));
  storm_change_set (change, NULL, STORM_PROP_TITLE, g_variant_new_string ("x"));
  g_assert_false (storm_history_do (storm_board_file_get_history (second), change, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_READ_ONLY);

  /* It doesn't get in the way of the first, which is one file again when it is closed. */
  storm_test_set_title (first, NULL, "first");
  storm_test_close (first);
  assert_one_file (fixture);
  storm_board_file_set_setting (second, "view", "1");
  storm_test_close (second);

  first = storm_test_open (fixture->path);
  g_assert_false (storm_board_file_get_read_only (first));
  g_assert_cmpstr (storm_board_get_title (storm_board_file_get_board (first)), ==, "first");
  storm_test_close (first);
}

static void
test_save_copy (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autofree char *copy = g_build_filename (fixture->dir, "copy.storm", NULL);
  g_autofree char *dump = NULL;
  g_autoptr (GError) error = NULL;
  StormBoardFile *file = storm_test_create (fixture->path);
  StormBoardFile *other;

  for (guint i = 0; i < 40; i++)
    storm_test_random_edit (storm_board_file_get_history (file), rand);
  dump = storm_test_board_dump (storm_board_file_get_board (file));
  g_assert_true (g_file_set_contents (copy, "was there before", -1, NULL));
  storm_board_file_save_copy (file, copy, &error);
  g_assert_no_error (error);
  g_assert_false (storm_board_file_save_copy (file, fixture->path, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_INVALID);
  storm_test_set_title (file, NULL, "later");

  other = storm_test_open (copy);
  g_assert_null (storm_board_file_get_notice (other));
  storm_test_assert_board (storm_board_file_get_board (other), dump);
  g_assert_true (storm_history_can_undo (storm_board_file_get_history (other)));
  storm_test_close (other);
  storm_test_close (file);
  g_assert_cmpuint (storm_test_count_files (fixture->dir), ==, 2);

  /* A reader can make a copy too. */
  file = storm_board_file_open_read_only (fixture->path, NULL);
  g_clear_error (&error);
  storm_board_file_save_copy (file, copy, &error);
  g_assert_no_error (error);
  storm_test_close (file);
  other = storm_test_open (copy);
  g_assert_cmpstr (storm_board_get_title (storm_board_file_get_board (other)), ==, "later");
  storm_test_close (other);
}

static void
test_no_space (Fixture       *fixture,
               gconstpointer  by_kernel)
{
  StormBoardFile *file = storm_test_create (fixture->path);
  StormHistory *history = storm_board_file_get_history (file);
  g_autofree char *before = NULL;
  g_autofree char *text = g_strnfill (900000, 'x');
  g_autoptr (StormChange) change = storm_change_new ("Big");
  g_autoptr (GError) error = NULL;

  storm_test_set_title (file, NULL, "small");
  before = storm_test_board_dump (storm_board_file_get_board (file));
  for (guint i = 0; i < 4; i++)
    storm_change_insert (change, STORM_OBJECT_STICKY, NULL,
                         g_variant_new_parsed ("{'description': <%s>}", text));

  limit_room (file, by_kernel != NULL, TRUE);
  g_assert_false (storm_history_do (history, change, &error));
  limit_room (file, by_kernel != NULL, FALSE);

  if (by_kernel == NULL || error->code != STORM_ERROR_IO)
    g_assert_error (error, STORM_ERROR, STORM_ERROR_NO_SPACE);
  g_assert_nonnull (strstr (error->message, "board.storm"));
  storm_test_assert_board (storm_board_file_get_board (file), before);
  g_assert_cmpstr (storm_history_get_undo_label (history), ==, "Title");

  /* With room again it goes on, and the undo steps are what they would be without the failure. */
  storm_test_set_title (file, NULL, "later");
  storm_test_close (file);
  file = storm_test_open (fixture->path);
  g_assert_null (storm_board_file_get_notice (file));
  g_assert_cmpstr (storm_board_get_title (storm_board_file_get_board (file)), ==, "later");
  g_clear_error (&error);
  storm_history_undo (storm_board_file_get_history (file), &error);
  g_assert_no_error (error);
  storm_test_assert_board (storm_board_file_get_board (file), before);
  storm_test_close (file);
}

static void
test_read_only_folder (Fixture       *fixture,
                       gconstpointer  data)
{
  StormBoardFile *file = storm_test_create (fixture->path);
  g_autoptr (StormBoardInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  storm_test_set_title (file, NULL, "kept");
  storm_test_close (file);
  g_chmod (fixture->path, data != NULL ? 0666 : 0444);
  g_chmod (fixture->dir, 0555);
  /* Permissions don't bind root. */
  if (geteuid () == 0)
    g_assert_cmpint (seteuid (65534), ==, 0);

  file = storm_test_open (fixture->path);
  g_assert_true (storm_board_file_get_read_only (file));
  g_assert_nonnull (storm_board_file_get_notice (file));
  g_assert_cmpstr (storm_board_get_title (storm_board_file_get_board (file)), ==, "kept");
  storm_test_close (file);
  file = storm_board_file_open_read_only (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_null (storm_board_file_get_notice (file));
  g_assert_cmpstr (storm_board_get_title (storm_board_file_get_board (file)), ==, "kept");
  storm_test_close (file);
  info = storm_board_info_read (fixture->path, &error);
  g_assert_no_error (error);

  if (getuid () == 0)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_chmod (fixture->dir, 0755);
  assert_one_file (fixture);
}

/* A board stays readable with what everybody has. */
static void
test_shell_readable (Fixture       *fixture,
                     gconstpointer  data)
{
  StormBoardFile *file = storm_test_create (fixture->path);
  StormChange *change = storm_change_new (NULL);
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;

  storm_change_insert (change, STORM_OBJECT_STICKY, "s",
                       g_variant_new_parsed ("{'title': <'Order placed'>, 'kind': <'event'>,"
                                             " 'aliases': <['OrderPlaced']>,"
                                             " 'fields': <[('id', 'Long', true, false, '')]>}"));
  storm_test_do (file, change);
  storm_test_close (file);

  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db,
    "SELECT sticky.title || '|' || kind || '|' || field.name || '|' || is_key || '|' || alias.name"
    "  FROM sticky JOIN field ON field.sticky = sticky.id JOIN alias ON alias.sticky = sticky.id",
    -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *) sqlite3_column_text (stmt, 0), ==,
                   "Order placed|event|id|1|OrderPlaced");
  sqlite3_finalize (stmt);
  sqlite3_close (db);
}

#define ADD(name, func, data) \
  g_test_add ("/board-file/" name, Fixture, data, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("create", test_create, NULL);
  ADD ("gesture", test_gesture, NULL);
  ADD ("amend", test_amend, NULL);
  ADD ("random-edits", test_random_edits, NULL);
  ADD ("history-limit", test_history_limit, NULL);
  ADD ("order", test_order, NULL);
  ADD ("settings", test_settings, NULL);
  ADD ("second-opener", test_second_opener, NULL);
  ADD ("save-copy", test_save_copy, NULL);
  ADD ("no-space", test_no_space, NULL);
  ADD ("write-refused", test_no_space, "by kernel");
  ADD ("read-only-folder", test_read_only_folder, NULL);
  ADD ("writable-file-in-read-only-folder", test_read_only_folder, "writable");
  ADD ("shell-readable", test_shell_readable, NULL);

  return g_test_run ();
}
