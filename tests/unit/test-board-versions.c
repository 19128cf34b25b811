#include "config.h"

#include <sqlite3.h>
#include <string.h>

#include "storm-edit-props.h"
#include "storm-error.h"
#include "storm-schema.h"
#include "storm-sql-test.h"
#include "storm-store-test.h"

/* Files of older versions, made by the steps that those versions had. */

static gint64
read_int (const char *path,
          const char *sql)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;
  gint64 value;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return value;
}

/* The change that added sticky b, as version 1 kept it. */
static void
add_step (const char *path)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormChange) change = storm_change_new ("Add “Policy”");
  g_autoptr (GVariant) outer = NULL;
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;

  storm_change_insert (change, STORM_OBJECT_STICKY, "b",
                       g_variant_new_parsed ("{'kind': <'policy'>, 'title': <'B'>,"
                                             " 'rect': <(300.0, 40.0, 120.0, 120.0)>,"
                                             " 'z': <int64 2>}"));
  g_assert_true (storm_change_apply (change, board, NULL));
  outer = g_variant_ref_sink (g_variant_new_variant (storm_change_to_variant (change)));
  if (G_BYTE_ORDER != G_LITTLE_ENDIAN)
    {
      GVariant *swapped = g_variant_byteswap (outer);

      g_variant_unref (outer);
      outer = swapped;
    }
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "INSERT INTO history (step, made, label, change)"
                                           " VALUES (1, 1, 'Add', ?1)", -1, &stmt, NULL),
                   ==, SQLITE_OK);
  sqlite3_bind_blob (stmt, 1, g_variant_get_data (outer), g_variant_get_size (outer),
                     SQLITE_TRANSIENT);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_DONE);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
}

static void
make_version_1 (Fixture *fixture)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = 1",
                                             STORM_BOARD_FILE_APPLICATION_ID);
  guint n_steps;

  run_sql (fixture->path, storm_schema_get_steps (&n_steps)[0].sql);
  run_sql (fixture->path, pragma);
  run_sql (fixture->path,
           "INSERT INTO board (id, title, made, changed, step) VALUES (1, 'Old', 1, 1, 1);"
           "INSERT INTO context VALUES ('c', 1, 'C', 0, 0, 200, 200, 1, NULL);"
           "INSERT INTO sticky VALUES ('a', 1, 'event', 'A', 10, 10, 120, 120, 1, 'c', 'said',"
           "                           NULL, 'domain', NULL, NULL, '{\"colour\":1}'),"
           "                          ('b', 2, 'policy', 'B', 300, 40, 120, 120, 2, NULL, NULL,"
           "                           NULL, NULL, NULL, NULL, NULL);"
           "INSERT INTO flow VALUES ('f', 1, 'a', 'b', 'then', NULL)");
  add_step (fixture->path);
}

static void
assert_old_board (StormBoard *board)
{
  StormSticky *a = storm_board_lookup_sticky (board, "a");
  StormContext *c = storm_board_lookup_context (board, "c");
  StormFlow *f = storm_board_lookup_flow (board, "f");
  guint n;

  g_assert_cmpstr (storm_board_get_title (board), ==, "Old");
  g_assert_cmpstr (storm_sticky_get_description (a), ==, "said");
  g_assert_cmpstr (storm_object_get_extra (STORM_OBJECT (a)), ==, "{\"colour\":1}");
  g_assert_cmpstr (storm_sticky_get_context (a), ==, "c");
  g_assert_false (storm_sticky_get_locked (a));
  g_assert_null (storm_sticky_get_group (a));
  g_assert_false (storm_sticky_is_marked_pivotal (a));
  g_assert_cmpint (storm_sticky_get_join (a), ==, STORM_JOIN_ANY);
  g_assert_cmpint (storm_context_get_kind (c), ==, STORM_CONTEXT_BOUNDED);
  g_assert_null (storm_context_get_parent (c));
  g_assert_false (storm_context_get_locked (c) || storm_context_get_collapsed (c));
  g_assert_cmpstr (storm_flow_get_label (f), ==, "then");
  g_assert_null (storm_flow_get_bends (f, &n));
  g_assert_cmpint (storm_flow_get_target (f), ==, 0);
  g_assert_false (storm_flow_get_unchecked (f));
}

static void
test_read_only (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoardFile) file = NULL;
  g_autoptr (StormBoardInfo) info = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize len_before, len_after;

  make_version_1 (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &before, &len_before, NULL));
  file = storm_board_file_open_read_only (fixture->path, &error);
  g_assert_no_error (error);
  assert_old_board (storm_board_file_get_board (file));
  g_assert_null (storm_board_file_get_notice (file));
  info = storm_board_info_read (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (info->n_stickies, ==, 2);
  g_clear_object (&file);
  g_assert_true (g_file_get_contents (fixture->path, &after, &len_after, NULL));
  g_assert_cmpmem (before, len_before, after, len_after);
}

/* A recording of a version that kept nothing of what was missing is read all the same. */
static void
test_recording (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  make_version_1 (fixture);
  run_sql (fixture->path,
           "INSERT INTO recording (id, title, made, n_events, complete)"
           " VALUES (7, 'Friday', 1, 1, 1);"
           "INSERT INTO recorded_event (recording, n, topic, partition, offset, n_headers)"
           " VALUES (7, 1, 'shop', 2, 5, 0)");
  /* Only looked at first, which changes nothing; then brought to this version. */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (StormRecordReader) reader = NULL;
      g_autoptr (StormBoardFile) file = NULL;
      StormRecord record;

      file = i == 0 ? storm_board_file_open_read_only (fixture->path, &error)
                    : storm_test_open (fixture->path);
      g_assert_no_error (error);
      reader = storm_board_file_open_recording (file, 7, &error);
      g_assert_no_error (error);
      g_assert_true (storm_record_reader_next (reader, &record, NULL, &error));
      g_assert_cmpstr (record.topic, ==, "shop");
      g_assert_cmpint (record.offset, ==, 5);
      g_assert_true (record.gap_from == 0 && record.gap_to == 0 && !record.anew);
      g_assert_false (storm_record_reader_next (reader, &record, NULL, &error));
      g_clear_object (&reader);
      g_assert_cmpint (read_int (fixture->path, "PRAGMA user_version"), ==,
                       i == 0 ? 1 : STORM_SCHEMA_VERSION);
      if (i == 1)
        storm_test_close (g_steal_pointer (&file));
    }
}

/* Of the version before recordings knew of connections: what it knew of gaps is there. */
static void
test_recording_3 (Fixture       *fixture,
                  gconstpointer  data)
{
  const StormSchemaStep *steps;
  guint n_steps;

  make_version_1 (fixture);
  steps = storm_schema_get_steps (&n_steps);
  run_sql (fixture->path, steps[1].sql);
  run_sql (fixture->path, steps[2].sql);
  run_sql (fixture->path, "PRAGMA user_version = 3");
  run_sql (fixture->path,
           "INSERT INTO recording (id, title, made, n_events, complete)"
           " VALUES (7, 'Friday', 1, 1, 1);"
           "INSERT INTO recorded_event (recording, n, topic, partition, offset, n_headers,"
           " gap_from, gap_to) VALUES (7, 1, 'shop', 2, 5, 0, 3, 5)");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StormRecordReader) reader = NULL;
      g_autoptr (StormBoardFile) file = NULL;
      StormRecord record;

      file = i == 0 ? storm_board_file_open_read_only (fixture->path, &error)
                    : storm_test_open (fixture->path);
      g_assert_no_error (error);
      reader = storm_board_file_open_recording (file, 7, &error);
      g_assert_no_error (error);
      g_assert_true (storm_record_reader_next (reader, &record, NULL, &error));
      g_assert_null (record.connection);
      g_assert_cmpint (record.gap_from, ==, 3);
      g_assert_cmpint (record.gap_to, ==, 5);
      g_clear_object (&reader);
      g_assert_cmpint (read_int (fixture->path, "PRAGMA user_version"), ==,
                       i == 0 ? 3 : STORM_SCHEMA_VERSION);
      if (i == 1)
        storm_test_close (g_steal_pointer (&file));
    }
}

/* What is opened to be edited is of this version from then on, with its history. */
static void
test_writable (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  StormBoardFile *file;
  StormHistory *history;

  make_version_1 (fixture);
  file = storm_test_open (fixture->path);
  g_assert_false (storm_board_file_get_read_only (file));
  assert_old_board (storm_board_file_get_board (file));
  g_ptr_array_add (ids, (char *) "a");
  storm_test_do (file, storm_edit_set_locked (storm_board_file_get_board (file), ids, TRUE));
  storm_test_close (file);
  g_assert_cmpint (read_int (fixture->path, "PRAGMA user_version"), ==, STORM_SCHEMA_VERSION);

  file = storm_test_open (fixture->path);
  history = storm_board_file_get_history (file);
  g_assert_true (storm_sticky_get_locked (
                   storm_board_lookup_sticky (storm_board_file_get_board (file), "a")));
  g_assert_true (storm_history_undo (history, &error));
  assert_old_board (storm_board_file_get_board (file));
  /* The step of the old version. Its flow was drawn by nobody, and keeps it from going. */
  g_assert_true (storm_history_can_undo (history));
  g_assert_false (storm_history_undo (history, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_INVALID);
  g_clear_error (&error);
  run_sql (fixture->path, "SELECT 1");
  storm_test_close (file);

  run_sql (fixture->path, "DELETE FROM flow");
  file = storm_test_open (fixture->path);
  g_assert_true (storm_history_undo (storm_board_file_get_history (file), &error));
  g_assert_null (storm_board_lookup (storm_board_file_get_board (file), "b"));
  g_assert_true (storm_history_redo (storm_board_file_get_history (file), &error));
  g_assert_nonnull (storm_board_lookup (storm_board_file_get_board (file), "b"));
  g_assert_no_error (error);
  storm_test_close (file);
}

/* An old file doesn't hide what a new one must not have either. */
static void
test_strange (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (StormBoardFile) file = NULL;
  g_autoptr (GError) error = NULL;

  make_version_1 (fixture);
  run_sql (fixture->path, "ALTER TABLE sticky ADD COLUMN locked INTEGER");
  file = storm_board_file_open (fixture->path, &error);
  g_assert_null (file);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_DAMAGED);
}

/* What a file claims that no board can be is left out; the rest is there. */
static void
test_hostile (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoardFile) file = NULL;
  StormBoard *board;
  guint n;

  make_version_1 (fixture);
  storm_test_close (storm_test_open (fixture->path));
  run_sql (fixture->path,
           "INSERT INTO context VALUES"
           " ('x', 2, 'X', 0, 0, 9, 9, 1, NULL, NULL, 'y', 0, 0),"
           " ('y', 3, 'Y', 0, 0, 9, 9, 1, NULL, 'swimlane', 'x', 5, 1),"
           " ('z', 4, 'Z', 0, 0, 9, 9, 1, NULL, NULL, 'nobody', 0, 0),"
           " ('p', 5, 'P', 0, 0, 9, 9, 1, NULL, 'pool', NULL, 0, 0);"
           "UPDATE sticky SET in_group = char(10) WHERE id = 'b';"
           "INSERT INTO flow VALUES ('g', 2, 'a', 'c', NULL, NULL,"
           "  x'0000000000000040000000000000f03f', 2000, 1),"
           " ('h', 3, 'a', 'c', NULL, NULL, x'000000000000f07f000000000000f03f', 0, 0),"
           " ('i', 4, 'a', 'c', NULL, NULL, x'00', 0, 0),"
           " ('j', 5, 'a', 'c', NULL, NULL, zeroblob(1040), 0, 0),"
           " ('k', 6, 'a', 'c', NULL, NULL, NULL, -1, 0),"
           " ('l', 7, 'a', 'g', NULL, NULL, NULL, 0, 0)");
  file = storm_board_file_open (fixture->path, &error);
  g_assert_no_error (error);
  board = storm_board_file_get_board (file);
  g_assert_nonnull (storm_board_file_get_notice (file));
  g_assert_null (storm_board_lookup (board, "b"));
  g_assert_null (storm_board_lookup (board, "p"));
  /* One of the two can lie in the other. */
  g_assert_cmpint (storm_context_get_parent (storm_board_lookup_context (board, "x")) == NULL, !=,
                   storm_context_get_parent (storm_board_lookup_context (board, "y")) == NULL);
  g_assert_true (storm_context_get_locked (storm_board_lookup_context (board, "y")));
  g_assert_null (storm_context_get_parent (storm_board_lookup_context (board, "z")));
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_flows (board)), ==, 1);
  g_assert_cmpfloat (storm_flow_get_bends (storm_board_lookup_flow (board, "g"), &n)->x, ==, 2);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (storm_flow_get_target (storm_board_lookup_flow (board, "g")), ==, 2000);
}

#define ADD(name, func) \
  g_test_add ("/board-versions/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("read-only", test_read_only);
  ADD ("recording", test_recording);
  ADD ("recording-3", test_recording_3);
  ADD ("writable", test_writable);
  ADD ("strange", test_strange);
  ADD ("hostile", test_hostile);
  return g_test_run ();
}
