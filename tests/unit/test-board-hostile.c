#include "config.h"

#include <sys/stat.h>
#include <unistd.h>

#include "storm-error.h"
#include "storm-schema.h"
#include "storm-sql-test.h"
#include "storm-store-test.h"

/* A board with some of everything, closed. */
static void
make_board (Fixture *fixture)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (99);
  StormBoardFile *file = storm_test_create (fixture->path);

  for (guint i = 0; i < 120; i++)
    storm_test_random_edit (storm_board_file_get_history (file), rand);
  storm_board_file_set_setting (file, "view", "1 2 3");
  storm_test_set_title (file, NULL, "Board");
  storm_test_close (file);
}

/* It must be refused with @code, by every way in, and the message must name the file. */
static void
assert_refused (Fixture *fixture,
                int      code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) read_error = NULL;

  g_assert_null (storm_board_file_open (fixture->path, &error));
  g_assert_error (error, STORM_ERROR, code);
  g_assert_nonnull (strstr (error->message, "board.storm"));
  g_assert_null (storm_board_file_open_read_only (fixture->path, &read_error));
  g_assert_error (read_error, STORM_ERROR, code);
}

static void
test_other_files (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  static const char header[600] = "SQLite format 3";

  assert_refused (fixture, STORM_ERROR_NOT_FOUND);

  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  assert_refused (fixture, STORM_ERROR_INVALID);
  g_assert_null (storm_board_info_read (fixture->path, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_INVALID);
  g_assert_true (g_file_set_contents (fixture->path, "{\"format\":\"stormwatch-board\"}", -1,
                                      NULL));
  assert_refused (fixture, STORM_ERROR_INVALID);
  g_assert_true (g_file_set_contents (fixture->path, header, 60, NULL));
  assert_refused (fixture, STORM_ERROR_DAMAGED);
  g_assert_true (g_file_set_contents (fixture->path, header, sizeof header, NULL));
  assert_refused (fixture, STORM_ERROR_DAMAGED);
  g_remove (fixture->path);

  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  assert_refused (fixture, STORM_ERROR_INVALID);
  g_rmdir (fixture->path);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_refused (fixture, STORM_ERROR_INVALID);
}

static void
test_other_application (Fixture       *fixture,
                        gconstpointer  data)
{
  run_sql (fixture->path, "CREATE TABLE board (id, title); INSERT INTO board VALUES (1, 'x')");
  assert_refused (fixture, STORM_ERROR_INVALID);
  run_sql (fixture->path, "PRAGMA application_id = 252006673; PRAGMA user_version = 1");
  assert_refused (fixture, STORM_ERROR_INVALID);
}

static void
test_versions (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize len_before, len_after;

  make_board (fixture);
  run_sql (fixture->path, "PRAGMA user_version = 99");
  g_assert_true (g_file_get_contents (fixture->path, &before, &len_before, NULL));
  assert_refused (fixture, STORM_ERROR_TOO_NEW);
  g_assert_null (storm_board_info_read (fixture->path, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_TOO_NEW);
  g_assert_nonnull (strstr (error->message, "newer version of Stormwatch"));
  g_assert_true (g_file_get_contents (fixture->path, &after, &len_after, NULL));
  g_assert_cmpmem (before, len_before, after, len_after);

  run_sql (fixture->path, "PRAGMA user_version = 0");
  assert_refused (fixture, STORM_ERROR_DAMAGED);
  run_sql (fixture->path, "PRAGMA user_version = -1");
  assert_refused (fixture, STORM_ERROR_DAMAGED);
}

/* What somebody built into the file to be run by us, or left out. */
static void
test_strange_tables (Fixture       *fixture,
                     gconstpointer  data)
{
  static const char *tricks[] = {
    "CREATE TRIGGER t AFTER INSERT ON history BEGIN DELETE FROM sticky; END",
    "CREATE VIEW v AS SELECT 1",
    "CREATE TABLE extra (x)",
    "CREATE VIRTUAL TABLE extra USING fts5(x)",
    "CREATE INDEX i ON sticky (upper(title))",
    "DROP TABLE setting",
    "ALTER TABLE sticky ADD COLUMN more INTEGER AS (length(title))",
    "ALTER TABLE board RENAME COLUMN title TO name",
    "DROP TABLE sticky; CREATE VIEW sticky AS WITH RECURSIVE r(id) AS"
    " (SELECT 1 UNION ALL SELECT id + 1 FROM r) SELECT * FROM r",
    "DROP TABLE setting; CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL"
    " CHECK (length(value) < 0)) STRICT, WITHOUT ROWID",
  };

  for (guint i = 0; i < G_N_ELEMENTS (tricks); i++)
    {
      make_board (fixture);
      run_sql (fixture->path, tricks[i]);
      g_test_message ("%s", tricks[i]);
      assert_refused (fixture, STORM_ERROR_DAMAGED);
      g_remove (fixture->path);
    }
}

/* Opens what @trick made of the board: read-only, with a notice, and all but @n objects. */
static void
assert_left_out (Fixture    *fixture,
                 const char *trick,
                 guint       n)
{
  StormBoardFile *file;
  GListModel *stickies, *flows;
  guint n_before;

  make_board (fixture);
  file = storm_test_open (fixture->path);
  g_assert_null (storm_board_file_get_notice (file));
  stickies = storm_board_get_stickies (storm_board_file_get_board (file));
  flows = storm_board_get_flows (storm_board_file_get_board (file));
  n_before = g_list_model_get_n_items (stickies) + g_list_model_get_n_items (flows);
  g_assert_cmpuint (n_before, >, 10);
  storm_test_close (file);

  g_test_message ("%s", trick);
  run_sql (fixture->path, trick);
  file = storm_test_open (fixture->path);
  g_assert_true (storm_board_file_get_read_only (file));
  g_assert_nonnull (storm_board_file_get_notice (file));
  stickies = storm_board_get_stickies (storm_board_file_get_board (file));
  flows = storm_board_get_flows (storm_board_file_get_board (file));
  g_assert_cmpuint (g_list_model_get_n_items (stickies) + g_list_model_get_n_items (flows) + n, ==,
                    n_before);
  storm_test_close (file);
  g_remove (fixture->path);
}

#define LONE " WHERE id = (SELECT id FROM sticky WHERE id NOT IN (SELECT from_sticky FROM flow)" \
  " AND id NOT IN (SELECT to_sticky FROM flow) AND id NOT IN" \
  " (SELECT fail_of FROM sticky WHERE fail_of NOT NULL) ORDER BY place LIMIT 1)"

static void
test_values (Fixture       *fixture,
             gconstpointer  data)
{
  assert_left_out (fixture, "UPDATE sticky SET x = 1e308" LONE, 1);
  assert_left_out (fixture, "UPDATE sticky SET y = -9e999" LONE, 1);
  assert_left_out (fixture, "UPDATE sticky SET width = -1" LONE, 1);
  assert_left_out (fixture, "UPDATE sticky SET place = 9e999" LONE, 1);
  assert_left_out (fixture, "UPDATE sticky SET kind = 'dragon'" LONE, 1);
  assert_left_out (fixture, "UPDATE sticky SET kind = ''" LONE, 1);
  assert_left_out (fixture, "UPDATE sticky SET event_class = 'x'" LONE, 1);
  assert_left_out (fixture, "UPDATE sticky SET title = CAST(x'ff41' AS TEXT)" LONE, 1);
  assert_left_out (fixture, "UPDATE sticky SET title = CAST(x'410042' AS TEXT)" LONE, 1);
  assert_left_out (fixture, "UPDATE sticky SET title = CAST(zeroblob(10485760) AS TEXT)" LONE, 1);
  assert_left_out (fixture, "UPDATE sticky SET context = 'nowhere'" LONE, 1);
  assert_left_out (fixture, "UPDATE sticky SET id = char(10)" LONE, 1);
  assert_left_out (fixture, "UPDATE flow SET to_sticky = 'nowhere' WHERE id ="
                            " (SELECT id FROM flow LIMIT 1)", 1);
  assert_left_out (fixture, "UPDATE flow SET to_sticky = from_sticky WHERE id ="
                            " (SELECT id FROM flow LIMIT 1)", 1);
  assert_left_out (fixture, "UPDATE sticky SET fail_of = 'nowhere'" LONE, 0);
  assert_left_out (fixture, "UPDATE board SET mapping = '[' || replace(hex(zeroblob(50000)), '0',"
                            " '[')", 0);
  assert_left_out (fixture, "DELETE FROM board", 0);
}

static void
test_history (Fixture       *fixture,
              gconstpointer  data)
{
  assert_left_out (fixture, "UPDATE history SET change = x'0011223344' WHERE step ="
                            " (SELECT max(step) FROM history)", 0);
  assert_left_out (fixture, "UPDATE history SET change = zeroblob(0)", 0);
  assert_left_out (fixture, "UPDATE history SET change = randomblob(300)", 0);
  assert_left_out (fixture, "DELETE FROM history WHERE step = 5", 0);
  assert_left_out (fixture, "UPDATE board SET step = 9223372036854775807", 0);
  assert_left_out (fixture, "UPDATE board SET step = -5", 0);
}

/* Opens whatever it is; what can be read must be a board that works. Returns whether it opened. */
static gboolean
survive (Fixture *fixture,
         guint   *n_sound)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoardInfo) info = storm_board_info_read (fixture->path, NULL);
  g_autoptr (StormBoardFile) file = storm_board_file_open (fixture->path, &error);
  g_autofree char *dump = NULL;
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);

  if (file == NULL)
    {
      g_assert_nonnull (error);
      g_assert_cmpuint (strlen (error->message), >, 10);
      return FALSE;
    }
  dump = storm_test_board_dump (storm_board_file_get_board (file));
  if (storm_board_file_get_read_only (file))
    g_assert_nonnull (storm_board_file_get_notice (file));
  else
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (1);
      g_autoptr (StormChange) change = storm_change_new (NULL);

      (*n_sound)++;
      storm_test_edit_add (storm_board_file_get_board (file), rand, change);
      storm_history_do (storm_board_file_get_history (file), change, NULL);
      storm_history_undo (storm_board_file_get_history (file), NULL);
      storm_history_undo (storm_board_file_get_history (file), NULL);
    }
  storm_board_file_close (file, NULL);
  g_unlink (wal);
  return TRUE;
}

static void
test_bit_flips (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261121);
  g_autofree char *sound = NULL;
  guint n_opened = 0, n_sound = 0;
  gsize len;

  make_board (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &sound, &len, NULL));
  for (guint i = 0; i < 220; i++)
    {
      g_autofree char *bytes = g_memdup2 (sound, len);
      guint n_flips = i % 4 == 3 ? 20 : 1;

      for (guint j = 0; j < n_flips; j++)
        {
          /* Half of them where the structure is: the heads of pages. */
          gsize place = i % 2 == 0 ? (gsize) g_rand_int_range (rand, 0, len)
            : (gsize) g_rand_int_range (rand, 0, len / 4096) * 4096 +
              g_rand_int_range (rand, 0, 128);

          bytes[place] ^= 1 << g_rand_int_range (rand, 0, 8);
        }
      g_assert_true (g_file_set_contents (fixture->path, bytes, len, NULL));
      n_opened += survive (fixture, &n_sound);
    }
  g_test_message ("%u of 220 opened, %u of them without a finding", n_opened, n_sound);
  /* Otherwise the test would show nothing of reading damaged files. */
  g_assert_cmpuint (n_opened, >, 60);
  g_assert_cmpuint (n_sound, <, 220);
}

static void
test_truncated (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *sound = NULL;
  guint n_sound = 0;
  gsize len;

  make_board (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &sound, &len, NULL));
  for (gsize n = 0; n < len; n += n < 4096 ? 509 : 4096 + 1021)
    {
      g_assert_true (g_file_set_contents (fixture->path, sound, n, NULL));
      survive (fixture, &n_sound);
    }
  /* Of a page that is cut SQLite reads the rest as zeros. */
  for (gsize missing = 1; missing < 4096; missing += 455)
    {
      g_assert_true (g_file_set_contents (fixture->path, sound, len - missing, NULL));
      g_assert_true (survive (fixture, &n_sound));
    }
  g_assert_cmpuint (n_sound, ==, 0);
}

/* What is left of a damaged board can be saved as a sound one. */
static void
test_rescue (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *copy = g_build_filename (fixture->dir, "copy.storm", NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *dump = NULL;
  g_autoptr (GError) error = NULL;
  StormBoardFile *file;
  gsize len;

  make_board (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &len, NULL));
  g_assert_true (g_file_set_contents (fixture->path, bytes, len - 4096, NULL));
  file = storm_test_open (fixture->path);
  g_assert_true (storm_board_file_get_read_only (file));
  g_assert_nonnull (strstr (storm_board_file_get_notice (file), "damaged"));
  dump = storm_test_board_dump (storm_board_file_get_board (file));
  storm_board_file_save_copy (file, copy, &error);
  g_assert_no_error (error);
  storm_test_close (file);

  file = storm_test_open (copy);
  g_assert_null (storm_board_file_get_notice (file));
  g_assert_false (storm_board_file_get_read_only (file));
  storm_test_assert_board (storm_board_file_get_board (file), dump);
  storm_test_close (file);
}

/* A file of an older version goes through the steps that it has not gone through. */
static void
test_upgrade (Fixture       *fixture,
              gconstpointer  data)
{
  static const StormSchemaStep steps[] = {
    { 1, "CREATE TABLE thing (a INTEGER)" },
    { 2, "ALTER TABLE thing ADD COLUMN b TEXT DEFAULT 'two'" },
    { 3, "CREATE TABLE other (c); INSERT INTO other SELECT a FROM thing" },
  };
  static const StormSchemaStep broken[] = {
    { 4, "INSERT INTO other VALUES (9)" },
    { 5, "INSERT INTO nowhere VALUES (1)" },
  };
  g_autoptr (StormDb) db = storm_db_open_memory (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (storm_schema_upgrade (db, steps, 1, &error));
  g_assert_cmpint (storm_db_get_int (db, "PRAGMA user_version", -1), ==, 1);
  g_assert_true (storm_db_exec (db, "INSERT INTO thing VALUES (7)", &error));
  g_assert_true (storm_schema_upgrade (db, steps, 3, &error));
  g_assert_cmpint (storm_db_get_int (db, "PRAGMA user_version", -1), ==, 3);
  text = storm_db_get_text (db, "SELECT b FROM thing");
  g_assert_cmpstr (text, ==, "two");
  g_assert_cmpint (storm_db_get_int (db, "SELECT c FROM other", -1), ==, 7);
  g_assert_true (storm_schema_upgrade (db, steps, 3, &error));
  g_assert_cmpint (storm_db_get_int (db, "SELECT count(*) FROM other", -1), ==, 1);
  g_assert_no_error (error);

  /* A step that fails leaves the file as it was. */
  g_assert_false (storm_schema_upgrade (db, broken, 2, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (storm_db_get_int (db, "PRAGMA user_version", -1), ==, 3);
  g_assert_cmpint (storm_db_get_int (db, "SELECT count(*) FROM other", -1), ==, 1);
}

#define ADD(name, func) \
  g_test_add ("/board-hostile/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("other-files", test_other_files);
  ADD ("other-application", test_other_application);
  ADD ("versions", test_versions);
  ADD ("strange-tables", test_strange_tables);
  ADD ("values", test_values);
  ADD ("history", test_history);
  ADD ("bit-flips", test_bit_flips);
  ADD ("truncated", test_truncated);
  ADD ("rescue", test_rescue);
  ADD ("upgrade", test_upgrade);

  return g_test_run ();
}
