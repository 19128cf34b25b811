#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storm-store-test.h"

/* Kills a process that edits a board, at random, again and again. What it had reported as finished
 * must be there; of what it had not reported, one gesture more may be. */

#define ROUNDS 50
#define SEED 31337

/* The child: edits from @n_done on as the seed says, and reports each edit that is finished. */
static int
edit_until_killed (const char *path,
                   guint       n_done)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED + n_done);
  StormBoardFile *file = storm_test_open (path);

  g_assert_false (storm_board_file_get_read_only (file));
  for (;;)
    {
      storm_test_random_edit (storm_board_file_get_history (file), rand);
      if (write (STDOUT_FILENO, ".", 1) != 1)
        return 1;
    }
}

static pid_t
spawn_child (const char *path,
             guint       n_done,
             int        *out_fd)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *count = g_strdup_printf ("%u", n_done);
  const char *argv[] = { self, "--edit", path, count, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                            NULL, out_fd, NULL, &error);
  g_assert_no_error (error);
  return pid;
}

/* Lets it edit for a while, kills it, and returns how many edits it reported. */
static guint
kill_round (const char *path,
            guint       n_done,
            GRand      *rand)
{
  guint n_wanted = g_rand_int_range (rand, 1, 40);
  guint n_reported = 0;
  char buffer[64];
  gssize n;
  int fd, status;
  pid_t pid = spawn_child (path, n_done, &fd);

  while (n_reported < n_wanted && (n = read (fd, buffer, sizeof buffer)) > 0)
    n_reported += n;
  g_assert_cmpuint (n_reported, >, 0);
  g_usleep (g_rand_int_range (rand, 0, 3000));
  kill (pid, SIGKILL);
  while ((n = read (fd, buffer, sizeof buffer)) > 0)
    n_reported += n;
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  close (fd);
  return n_reported;
}

/* Whether the file's board is what the twin's is, also one step back and forth again. */
static void
assert_same (StormHistory *history,
             StormHistory *twin)
{
  g_autofree char *expected = storm_test_board_dump (storm_history_get_board (twin));
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;

  storm_test_assert_board (storm_history_get_board (history), expected);
  g_assert_cmpint (storm_history_can_redo (history), ==, storm_history_can_redo (twin));
  g_assert_cmpint (storm_history_can_undo (history), ==, storm_history_can_undo (twin));
  if (!storm_history_can_undo (twin))
    return;
  g_assert_true (storm_history_undo (twin, &error));
  g_assert_true (storm_history_undo (history, &error));
  before = storm_test_board_dump (storm_history_get_board (twin));
  storm_test_assert_board (storm_history_get_board (history), before);
  g_assert_true (storm_history_redo (twin, &error));
  g_assert_true (storm_history_redo (history, &error));
  storm_test_assert_board (storm_history_get_board (history), expected);
}

/* The twin does the same edits in memory: the file must be where it is after what was reported, or
 * one edit further, when the kill came between the edit and the report. */
static void
test_kill (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  g_autoptr (StormBoard) twin_board = storm_board_new ();
  g_autoptr (StormHistory) twin = storm_history_new (twin_board);
  StormBoardFile *file = storm_test_create (fixture->path);
  guint n_done = 0, n_unreported = 0;

  storm_test_close (file);
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GRand) edits = g_rand_new_with_seed (SEED + n_done);
      guint n_reported = kill_round (fixture->path, n_done, rand);
      g_autofree char *found = NULL;
      g_autofree char *expected = NULL;

      file = storm_test_open (fixture->path);
      g_assert_null (storm_board_file_get_notice (file));
      for (guint i = 0; i < n_reported; i++)
        storm_test_random_edit (twin, edits);
      found = storm_test_board_dump (storm_board_file_get_board (file));
      expected = storm_test_board_dump (twin_board);
      n_done += n_reported;
      if (strcmp (found, expected) != 0)
        {
          storm_test_random_edit (twin, edits);
          n_done++;
          n_unreported++;
        }
      assert_same (storm_board_file_get_history (file), twin);
      storm_test_close (file);
      g_assert_cmpuint (storm_test_count_files (fixture->dir), ==, 1);
    }
  g_test_message ("%u edits in %u rounds, %u kept but not reported", n_done, ROUNDS, n_unreported);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_strcmp0 (argv[1], "--edit") == 0)
    return edit_until_killed (argv[2], strtoul (argv[3], NULL, 10));

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/board-kill/rounds", Fixture, NULL, fixture_set_up, test_kill, fixture_tear_down);
  return g_test_run ();
}
