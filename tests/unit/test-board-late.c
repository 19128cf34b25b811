#include "config.h"

#include <sys/wait.h>
#include <unistd.h>

#include "storm-board-file-private.h"
#include "storm-error.h"
#include "storm-store-test.h"

/* Steps of thousands of objects are written after the frame that shows them. Until then nothing may
 * come between, and a step that can't be written must be taken back as if it had failed at once. */

#define MANY 1500
#define FEW 3

typedef struct
{
  Fixture         base;
  StormBoardFile *file;
  StormHistory   *history;
  StormBoard     *board;
  guint           n_failed;
  char           *failure;
} Late;

static void
on_failed (StormHistory *history,
           GError       *error,
           Late         *late)
{
  late->n_failed++;
  g_free (late->failure);
  late->failure = g_strdup (error->message);
}

static void
use_file (Late           *late,
          StormBoardFile *file)
{
  late->file = file;
  late->history = storm_board_file_get_history (file);
  late->board = storm_board_file_get_board (file);
  g_signal_connect (late->history, "failed", G_CALLBACK (on_failed), late);
}

static void
set_up (Late          *late,
        gconstpointer  data)
{
  fixture_set_up (&late->base, data);
  use_file (late, storm_test_create (late->base.path));
  storm_test_set_title (late->file, NULL, "first");
}

static void
tear_down (Late          *late,
           gconstpointer  data)
{
  storm_test_close (late->file);
  g_free (late->failure);
  fixture_tear_down (&late->base, data);
}

static void
reopen (Late *late)
{
  storm_test_close (late->file);
  use_file (late, storm_test_open (late->base.path));
}

/* @n stickies in one step, named after @prefix. */
static StormChange *
make_stickies (const char *prefix,
               guint       n)
{
  StormChange *change = storm_change_new (prefix);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%u", prefix, i);

      storm_change_insert (change, STORM_OBJECT_STICKY, id,
                           g_variant_new_parsed ("{'title': <%s>}", id));
    }
  return change;
}

static StormChange *
make_titles (Late       *late,
             const char *prefix,
             const char *title,
             guint       n)
{
  StormChange *change = storm_change_new (title);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%u", prefix, i);

      storm_change_set (change, id, STORM_PROP_TITLE, g_variant_new_string (title));
    }
  return change;
}

static void
run_loop (Late *late)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (late->file->late.change != NULL && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (late->file->late.change);
}

/* What somebody else finds in the file at this moment. */
static char *
dump_file (Late *late)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormBoardFile) reader =
    storm_board_file_open_read_only (late->base.path, &error);

  g_assert_no_error (error);
  return storm_test_board_dump (storm_board_file_get_board (reader));
}

static void
assert_in_file (Late     *late,
                gboolean  same)
{
  g_autofree char *dump = storm_test_board_dump (late->board);
  g_autofree char *in_file = dump_file (late);

  if (same)
    g_assert_cmpstr (in_file, ==, dump);
  else
    g_assert_cmpstr (in_file, !=, dump);
}

static void
no_room (Late     *late,
         gboolean  on)
{
  sqlite3_exec (late->file->opened.db->handle,
                on ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1000000",
                NULL, NULL, NULL);
}

/* The state that a failed step has to lead back to. */
typedef struct
{
  char *board;
  char *undo;
  char *redo;
} Before;

static Before
look (Late *late)
{
  return (Before) { storm_test_board_dump (late->board),
                    g_strdup (storm_history_get_undo_label (late->history)),
                    g_strdup (storm_history_get_redo_label (late->history)) };
}

static void
assert_as_before (Late   *late,
                  Before *before)
{
  storm_test_assert_board (late->board, before->board);
  g_assert_cmpstr (storm_history_get_undo_label (late->history), ==, before->undo);
  g_assert_cmpstr (storm_history_get_redo_label (late->history), ==, before->redo);
  g_free (before->board);
  g_free (before->undo);
  g_free (before->redo);
}

static void
test_loop_writes (Late          *late,
                  gconstpointer  data)
{
  storm_test_do (late->file, make_stickies ("few", FEW));
  assert_in_file (late, TRUE);

  storm_test_do (late->file, make_stickies ("many", MANY));
  assert_in_file (late, FALSE);
  run_loop (late);
  assert_in_file (late, TRUE);

  g_assert_true (storm_history_undo (late->history, NULL));
  assert_in_file (late, FALSE);
  run_loop (late);
  assert_in_file (late, TRUE);

  g_assert_true (storm_history_redo (late->history, NULL));
  run_loop (late);
  assert_in_file (late, TRUE);
  g_assert_cmpuint (late->n_failed, ==, 0);
}

static void
test_close_writes (Late          *late,
                   gconstpointer  data)
{
  g_autofree char *dump = NULL;

  storm_test_do (late->file, make_stickies ("many", MANY));
  dump = storm_test_board_dump (late->board);
  reopen (late);
  storm_test_assert_board (late->board, dump);
  g_assert_cmpstr (storm_history_get_undo_label (late->history), ==, "many");
}

/* Large and small steps in a row, without a moment for the loop. */
static void
test_order_is_kept (Late          *late,
                    gconstpointer  data)
{
  g_autofree char *dump = NULL;
  g_autoptr (GError) error = NULL;

  storm_test_do (late->file, make_stickies ("a", MANY));
  storm_test_do (late->file, make_titles (late, "a", "one", MANY));
  storm_test_do (late->file, make_titles (late, "a", "two", FEW));
  assert_in_file (late, TRUE);
  storm_history_begin (late->history, "gesture");
  storm_test_do (late->file, make_titles (late, "a", "three", MANY));
  storm_test_do (late->file, make_titles (late, "a", "four", MANY));
  g_assert_true (storm_history_commit (late->history, &error));
  storm_history_begin (late->history, "gesture 2");
  assert_in_file (late, TRUE);
  storm_test_do (late->file, make_titles (late, "a", "five", FEW));
  g_assert_true (storm_history_commit (late->history, &error));
  g_assert_true (storm_history_undo (late->history, &error));
  g_assert_true (storm_history_undo (late->history, &error));
  g_assert_true (storm_history_redo (late->history, &error));
  storm_test_do (late->file, make_stickies ("b", MANY));
  dump = storm_test_board_dump (late->board);
  reopen (late);
  storm_test_assert_board (late->board, dump);
  for (guint i = 0; i < 6; i++)
    g_assert_true (storm_history_undo (late->history, &error));
  g_assert_false (storm_history_can_undo (late->history));
  reopen (late);
  for (guint i = 0; i < 6; i++)
    g_assert_true (storm_history_redo (late->history, &error));
  storm_test_assert_board (late->board, dump);
}

static void
test_amend_after (Late          *late,
                  gconstpointer  data)
{
  g_autoptr (StormChange) few = NULL, many = NULL;
  g_autofree char *dump = NULL;
  g_autoptr (GError) error = NULL;

  storm_test_do (late->file, make_stickies ("a", MANY));
  few = make_titles (late, "a", "few", FEW);
  g_assert_true (storm_history_amend (late->history, storm_history_get_last (late->history), few,
                                      &error));
  many = make_titles (late, "a", "many", MANY);
  g_assert_true (storm_history_amend (late->history, storm_history_get_last (late->history), many,
                                      &error));
  dump = storm_test_board_dump (late->board);
  reopen (late);
  storm_test_assert_board (late->board, dump);
  g_assert_true (storm_history_undo (late->history, &error));
  g_assert_cmpuint (g_list_model_get_n_items (storm_board_get_stickies (late->board)), ==, 0);
}

/* Whatever else is done with the file finds the step in it. */
static void
test_others_wait (Late          *late,
                  gconstpointer  data)
{
  g_autofree char *copy = g_build_filename (late->base.dir, "copy.storm", NULL);
  g_autoptr (GBytes) png = g_bytes_new_static ("png", 3);
  g_autoptr (GPtrArray) recordings = NULL;
  g_autoptr (StormBoardFile) copied = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *dump = NULL;

  storm_test_do (late->file, make_stickies ("a", MANY));
  storm_board_file_set_setting (late->file, "key", "value");
  assert_in_file (late, TRUE);
  storm_test_do (late->file, make_stickies ("b", MANY));
  storm_board_file_set_picture (late->file, png);
  assert_in_file (late, TRUE);
  storm_test_do (late->file, make_stickies ("c", MANY));
  recordings = storm_board_file_list_recordings (late->file);
  assert_in_file (late, TRUE);
  storm_test_do (late->file, make_stickies ("d", MANY));
  storm_board_file_settle_all ();
  assert_in_file (late, TRUE);
  storm_test_do (late->file, make_stickies ("e", MANY));
  g_assert_true (storm_board_file_save_copy (late->file, copy, &error));
  dump = storm_test_board_dump (late->board);
  copied = storm_board_file_open_read_only (copy, &error);
  g_assert_no_error (error);
  storm_test_assert_board (storm_board_file_get_board (copied), dump);
}

/* The step fails while nobody asks: the signal tells it. */
static void
test_late_failure (Late          *late,
                   gconstpointer  data)
{
  Before before;

  storm_test_do (late->file, make_stickies ("a", MANY));
  storm_test_do (late->file, make_titles (late, "a", "undone", FEW));
  g_assert_true (storm_history_undo (late->history, NULL));
  before = look (late);
  no_room (late, TRUE);
  storm_test_do (late->file, make_stickies ("b", MANY));
  g_assert_cmpuint (late->n_failed, ==, 0);
  g_assert_null (storm_history_get_redo_label (late->history));
  run_loop (late);
  no_room (late, FALSE);
  g_assert_cmpuint (late->n_failed, ==, 1);
  g_assert_nonnull (strstr (late->failure, "taken back"));
  assert_as_before (late, &before);
  assert_in_file (late, TRUE);

  /* And it goes on as if nothing had been. */
  g_assert_true (storm_history_redo (late->history, NULL));
  storm_test_do (late->file, make_stickies ("b", MANY));
  run_loop (late);
  assert_in_file (late, TRUE);
  g_assert_cmpuint (late->n_failed, ==, 1);
}

/* Another step comes at once: it is told that the one before failed, and is not done itself. */
static void
test_next_is_refused (Late          *late,
                      gconstpointer  data)
{
  g_autoptr (StormChange) next = storm_change_new ("next");
  g_autoptr (GError) error = NULL;
  Before before = look (late);

  storm_change_set (next, NULL, STORM_PROP_TITLE, g_variant_new_string ("next"));
  no_room (late, TRUE);
  storm_test_do (late->file, make_stickies ("a", MANY));
  g_assert_false (storm_history_do (late->history, next, &error));
  no_room (late, FALSE);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_NO_SPACE);
  g_assert_cmpuint (late->n_failed, ==, 0);
  assert_as_before (late, &before);
  g_clear_error (&error);

  /* A gesture that lasts can't be refused when it begins; it goes on without that step. */
  before = look (late);
  no_room (late, TRUE);
  storm_test_do (late->file, make_stickies ("a", MANY));
  storm_history_begin (late->history, "gesture");
  g_assert_cmpuint (late->n_failed, ==, 1);
  no_room (late, FALSE);
  storm_history_cancel (late->history);
  assert_as_before (late, &before);
  assert_in_file (late, TRUE);
}

/* An undo and a redo find room in what the file had already, so it is made to refuse them. */
static void
refuse (Late     *late,
        gboolean  on)
{
  sqlite3_exec (late->file->opened.db->handle,
                on ? "PRAGMA query_only = 1" : "PRAGMA query_only = 0", NULL, NULL, NULL);
}

static void
test_undo_fails (Late          *late,
                 gconstpointer  data)
{
  Before before;

  storm_test_do (late->file, make_stickies ("a", MANY));
  run_loop (late);
  before = look (late);
  refuse (late, TRUE);
  g_assert_true (storm_history_undo (late->history, NULL));
  run_loop (late);
  refuse (late, FALSE);
  g_assert_cmpuint (late->n_failed, ==, 1);
  assert_as_before (late, &before);

  g_assert_true (storm_history_undo (late->history, NULL));
  run_loop (late);
  before = look (late);
  refuse (late, TRUE);
  g_assert_true (storm_history_redo (late->history, NULL));
  run_loop (late);
  refuse (late, FALSE);
  g_assert_cmpuint (late->n_failed, ==, 2);
  assert_as_before (late, &before);
  assert_in_file (late, TRUE);
}

static void
test_amend_fails (Late          *late,
                  gconstpointer  data)
{
  g_autoptr (StormChange) many = NULL;
  g_autoptr (GError) error = NULL;
  Before before;

  storm_test_do (late->file, make_stickies ("a", MANY));
  run_loop (late);
  before = look (late);
  many = make_titles (late, "a", "many", MANY);
  no_room (late, TRUE);
  g_assert_true (storm_history_amend (late->history, storm_history_get_last (late->history), many,
                                      &error));
  run_loop (late);
  no_room (late, FALSE);
  g_assert_cmpuint (late->n_failed, ==, 1);
  assert_as_before (late, &before);
  assert_in_file (late, TRUE);
  g_assert_true (storm_history_undo (late->history, &error));
  run_loop (late);
  assert_in_file (late, TRUE);
}

/* When the list of steps is full, the oldest one comes back too. */
static void
test_failure_when_full (Late          *late,
                        gconstpointer  data)
{
  guint n = 0;

  for (guint i = 0; i < STORM_HISTORY_MAX_STEPS; i++)
    {
      g_autofree char *title = g_strdup_printf ("%u", i);

      storm_test_set_title (late->file, NULL, title);
    }
  no_room (late, TRUE);
  storm_test_do (late->file, make_stickies ("a", MANY));
  run_loop (late);
  no_room (late, FALSE);
  g_assert_cmpuint (late->n_failed, ==, 1);
  for (; storm_history_can_undo (late->history); n++)
    g_assert_true (storm_history_undo (late->history, NULL));
  g_assert_cmpuint (n, ==, STORM_HISTORY_MAX_STEPS);
  g_assert_cmpstr (storm_board_get_title (late->board), ==, "first");
}

/* A process that ends between the frame and the file: the board is as it was before the step. */
static void
test_crash (Late          *late,
            gconstpointer  data)
{
  g_autofree char *dump = storm_test_board_dump (late->board);
  pid_t pid;
  int status;

  storm_test_close (late->file);
  pid = fork ();
  if (pid == 0)
    {
      late->file = storm_test_open (late->base.path);
      storm_test_do (late->file, make_stickies ("a", MANY));
      /* Some of it is written. */
      while (late->file->late.n_written == 0)
        g_main_context_iteration (NULL, TRUE);
      _exit (late->file->late.change != NULL ? 0 : 1);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
  use_file (late, storm_test_open (late->base.path));
  storm_test_assert_board (late->board, dump);
  g_assert_cmpstr (storm_history_get_undo_label (late->history), ==, "Title");
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *name;
    void      (*func) (Late *late, gconstpointer data);
  } tests[] = {
    { "/board-late/loop-writes", test_loop_writes },
    { "/board-late/close-writes", test_close_writes },
    { "/board-late/order-is-kept", test_order_is_kept },
    { "/board-late/amend-after", test_amend_after },
    { "/board-late/others-wait", test_others_wait },
    { "/board-late/late-failure", test_late_failure },
    { "/board-late/next-is-refused", test_next_is_refused },
    { "/board-late/undo-fails", test_undo_fails },
    { "/board-late/amend-fails", test_amend_fails },
    { "/board-late/failure-when-full", test_failure_when_full },
    { "/board-late/crash", test_crash },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Late, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
