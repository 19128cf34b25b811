#include "config.h"

#include "storm-edit.h"
#include "storm-error.h"
#include "storm-history.h"
#include "storm-test.h"

typedef struct
{
  StormBoard   *board;
  StormHistory *history;
  GString      *log;
  gboolean      refuse;
  char         *failure;
} Fixture;

static gboolean
persist_cb (StormChange       *change,
            StormHistoryStep   step,
            gpointer           user_data,
            GError           **error)
{
  Fixture *fixture = user_data;

  if (fixture->refuse)
    {
      g_set_error_literal (error, STORM_ERROR, STORM_ERROR_NO_SPACE, "The disk is full.");
      return FALSE;
    }

  g_string_append_printf (fixture->log, "%c%u ",
                          "dura"[step],
                          storm_change_get_n_steps (change));
  return TRUE;
}

static void
failed_cb (StormHistory *history,
           GError       *error,
           Fixture      *fixture)
{
  g_free (fixture->failure);
  fixture->failure = g_strdup (error->message);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->board = storm_board_new ();
  storm_test_add_sticky (fixture->board, "a", STORM_KIND_EVENT, "A", 0, 0);
  fixture->history = storm_history_new (fixture->board);
  fixture->log = g_string_new (NULL);
  storm_history_set_persist (fixture->history, persist_cb, fixture, NULL);
  g_signal_connect (fixture->history, "failed", G_CALLBACK (failed_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->history);
  g_assert_finalize_object (fixture->board);
  g_string_free (fixture->log, TRUE);
  g_free (fixture->failure);
}

static gboolean
set_title (Fixture     *fixture,
           const char  *title,
           GError     **error)
{
  g_autoptr (StormChange) change =
    storm_edit_set_text (fixture->board, "a", STORM_PROP_TITLE, title);

  return storm_history_do (fixture->history, change, error);
}

static void
assert_title (Fixture    *fixture,
              const char *title)
{
  g_assert_cmpstr (storm_sticky_get_title (storm_board_lookup_sticky (fixture->board, "a")), ==,
                   title);
}

static void
test_undo_redo (Fixture       *fixture,
                gconstpointer  data)
{
  StormHistory *history = fixture->history;

  g_assert_false (storm_history_can_undo (history));
  g_assert_null (storm_history_get_undo_label (history));
  g_assert_true (set_title (fixture, "B", NULL));
  g_assert_true (set_title (fixture, "C", NULL));
  g_assert_true (set_title (fixture, "C", NULL));
  g_assert_cmpstr (storm_history_get_undo_label (history), ==, "Edit title");
  g_assert_false (storm_history_can_redo (history));

  g_assert_true (storm_history_undo (history, NULL));
  assert_title (fixture, "B");
  g_assert_true (storm_history_can_redo (history));
  g_assert_cmpstr (storm_history_get_redo_label (history), ==, "Edit title");
  g_assert_true (storm_history_redo (history, NULL));
  assert_title (fixture, "C");

  /* What was undone is gone once something else is done. */
  g_assert_true (storm_history_undo (history, NULL));
  g_assert_true (set_title (fixture, "D", NULL));
  g_assert_false (storm_history_can_redo (history));
  g_assert_true (storm_history_undo (history, NULL));
  g_assert_true (storm_history_undo (history, NULL));
  assert_title (fixture, "A");
  g_assert_cmpstr (fixture->log->str, ==, "d1 d1 u1 r1 u1 d1 u1 u1 ");
}

static void
test_nothing_to_do (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (storm_history_undo (fixture->history, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (storm_history_redo (fixture->history, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND);
  g_assert_null (fixture->failure);
}

static void
test_transaction (Fixture       *fixture,
                  gconstpointer  data)
{
  StormHistory *history = fixture->history;
  g_autoptr (GError) error = NULL;

  storm_history_begin (history, "Drag");
  g_assert_true (storm_history_in_transaction (history));
  g_assert_true (set_title (fixture, "B", NULL));
  assert_title (fixture, "B");
  g_assert_true (set_title (fixture, "C", NULL));
  g_assert_cmpstr (fixture->log->str, ==, "");
  g_assert_false (storm_history_can_undo (history));
  g_assert_false (storm_history_undo (history, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_INVALID);
  assert_title (fixture, "C");
  g_assert_true (storm_history_commit (history, NULL));
  g_assert_cmpstr (fixture->log->str, ==, "d1 ");
  g_assert_cmpstr (storm_history_get_undo_label (history), ==, "Drag");

  /* Nothing changed in the end: no trace. */
  storm_history_begin (history, "Drag");
  g_assert_true (set_title (fixture, "D", NULL));
  g_assert_true (set_title (fixture, "C", NULL));
  g_assert_true (storm_history_commit (history, NULL));
  storm_history_begin (history, "Drag");
  g_assert_true (storm_history_commit (history, NULL));
  g_assert_true (storm_history_commit (history, NULL));
  g_assert_cmpstr (fixture->log->str, ==, "d1 ");

  storm_history_begin (history, NULL);
  g_assert_true (set_title (fixture, "E", NULL));
  storm_history_cancel (history);
  storm_history_cancel (history);
  assert_title (fixture, "C");
  g_assert_false (storm_history_in_transaction (history));

  /* Beginning a second one ends the first; its name is that of what was done in it. */
  storm_history_begin (history, NULL);
  g_assert_true (set_title (fixture, "F", NULL));
  storm_history_begin (history, "Second");
  storm_history_cancel (history);
  assert_title (fixture, "F");
  g_assert_cmpstr (storm_history_get_undo_label (history), ==, "Edit title");
  g_assert_true (storm_history_undo (history, NULL));
  g_assert_true (storm_history_undo (history, NULL));
  assert_title (fixture, "A");
}

static void
test_persist_fails (Fixture       *fixture,
                    gconstpointer  data)
{
  StormHistory *history = fixture->history;
  g_autoptr (GError) error = NULL;

  g_assert_true (set_title (fixture, "B", NULL));
  g_assert_true (set_title (fixture, "C", NULL));
  g_assert_true (storm_history_undo (history, NULL));

  fixture->refuse = TRUE;
  g_assert_false (set_title (fixture, "D", &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_NO_SPACE);
  /* Who has the error tells it; the signal would tell it twice. */
  g_assert_null (fixture->failure);
  assert_title (fixture, "B");
  g_clear_error (&error);
  g_assert_false (set_title (fixture, "D", NULL));
  g_assert_cmpstr (fixture->failure, ==, "The disk is full.");
  assert_title (fixture, "B");
  g_clear_pointer (&fixture->failure, g_free);

  g_assert_false (storm_history_undo (history, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_NO_SPACE);
  g_assert_null (fixture->failure);
  assert_title (fixture, "B");
  g_clear_error (&error);

  g_assert_false (storm_history_redo (history, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_NO_SPACE);
  assert_title (fixture, "B");
  g_clear_error (&error);

  storm_history_begin (history, "Drag");
  g_assert_true (set_title (fixture, "E", NULL));
  g_assert_false (storm_history_commit (history, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_NO_SPACE);
  assert_title (fixture, "B");
  g_assert_false (storm_history_in_transaction (history));

  /* What could be undone and redone before still can. */
  fixture->refuse = FALSE;
  g_assert_true (storm_history_redo (history, NULL));
  assert_title (fixture, "C");
  g_assert_true (storm_history_undo (history, NULL));
  g_assert_true (storm_history_undo (history, NULL));
  assert_title (fixture, "A");
}

static StormChange *
title_change (Fixture    *fixture,
              const char *id,
              const char *title)
{
  return storm_edit_set_text (fixture->board, id, STORM_PROP_TITLE, title);
}

/* A new sticky and its title, each kept at once, are one step. */
static void
test_amend (Fixture       *fixture,
            gconstpointer  data)
{
  StormHistory *history = fixture->history;
  g_autofree char *id = NULL;
  g_autoptr (StormChange) add = storm_edit_add_sticky (fixture->board, STORM_KIND_EVENT,
                                                       (StormPoint) { 0, 0 }, "", &id);
  g_autoptr (StormChange) first = NULL;
  g_autoptr (StormChange) second = NULL;
  StormSticky *sticky;

  g_assert_null (storm_history_get_last (history));
  g_assert_true (storm_history_do (history, add, NULL));
  g_assert_true (storm_history_get_last (history) == add);
  g_assert_true (storm_change_inserts (add, id));
  g_assert_false (storm_change_inserts (add, "a"));
  first = title_change (fixture, id, "Paid");
  g_assert_false (storm_change_inserts (first, id));
  g_assert_true (storm_history_amend (history, add, first, NULL));
  g_assert_true (storm_change_inserts (storm_history_get_last (history), id));
  g_assert_cmpstr (fixture->log->str, ==, "d1 a1 ");
  g_assert_cmpstr (storm_history_get_undo_label (history), ==, storm_change_get_label (add));
  sticky = storm_board_lookup_sticky (fixture->board, id);
  g_assert_cmpstr (storm_sticky_get_title (sticky), ==, "Paid");
  g_assert_true (storm_history_undo (history, NULL));
  g_assert_null (storm_board_lookup_sticky (fixture->board, id));
  g_assert_false (storm_history_can_undo (history));
  /* Something to redo: no step is the last one. */
  g_assert_null (storm_history_get_last (history));
  g_assert_true (storm_history_redo (history, NULL));
  sticky = storm_board_lookup_sticky (fixture->board, id);
  g_assert_cmpstr (storm_sticky_get_title (sticky), ==, "Paid");

  /* A step that is not the last any more is left alone. */
  second = title_change (fixture, id, "Refunded");
  g_assert_true (storm_history_amend (history, add, second, NULL));
  g_assert_true (storm_history_undo (history, NULL));
  g_assert_cmpstr (storm_sticky_get_title (sticky), ==, "Paid");
}

/* What one step can't say stays two; what can't be kept leaves both as they were. */
static void
test_amend_not (Fixture       *fixture,
                gconstpointer  data)
{
  StormHistory *history = fixture->history;
  g_autoptr (StormChange) there = title_change (fixture, "a", "B");
  g_autoptr (StormChange) back = NULL;
  g_autoptr (StormChange) refused = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (storm_history_do (history, there, NULL));
  back = title_change (fixture, "a", "A");
  g_assert_true (storm_history_amend (history, there, back, NULL));
  g_assert_cmpstr (fixture->log->str, ==, "d1 d1 ");
  assert_title (fixture, "A");
  g_assert_true (storm_history_undo (history, NULL));
  assert_title (fixture, "B");
  g_assert_true (storm_history_undo (history, NULL));
  assert_title (fixture, "A");
  g_assert_true (storm_history_redo (history, NULL));
  g_assert_true (storm_history_redo (history, NULL));

  refused = title_change (fixture, "a", "C");
  fixture->refuse = TRUE;
  g_assert_false (storm_history_amend (history, storm_history_get_last (history), refused, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_NO_SPACE);
  assert_title (fixture, "A");
  fixture->refuse = FALSE;
  g_assert_true (storm_history_undo (history, NULL));
  assert_title (fixture, "B");
}

static void
test_read_only (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (set_title (fixture, "B", NULL));
  storm_history_set_read_only (fixture->history, TRUE);
  g_assert_true (storm_history_get_read_only (fixture->history));
  g_assert_false (storm_history_can_undo (fixture->history));
  g_assert_false (set_title (fixture, "C", &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_false (storm_history_undo (fixture->history, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_READ_ONLY);
  assert_title (fixture, "B");

  storm_history_set_read_only (fixture->history, FALSE);
  g_assert_true (storm_history_undo (fixture->history, NULL));
  assert_title (fixture, "A");
}

static void
test_limit (Fixture       *fixture,
            gconstpointer  data)
{
  guint n = 0;

  for (guint i = 0; i < STORM_HISTORY_MAX_STEPS + 20; i++)
    {
      g_autofree char *title = g_strdup_printf ("%u", i);

      g_assert_true (set_title (fixture, title, NULL));
    }
  while (storm_history_undo (fixture->history, NULL))
    n++;
  g_assert_cmpuint (n, ==, STORM_HISTORY_MAX_STEPS);
  assert_title (fixture, "19");
}

static void
test_load (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GPtrArray) changes =
    g_ptr_array_new_with_free_func ((GDestroyNotify) storm_change_unref);
  const char * const titles[] = { "B", "C", "D" };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      StormChange *change = storm_edit_set_text (fixture->board, "a", STORM_PROP_TITLE, titles[i]);

      g_ptr_array_add (changes, change);
      storm_test_apply (fixture->board, storm_change_ref (change));
    }
  g_assert_true (storm_change_revert (changes->pdata[2], fixture->board, NULL));

  storm_history_load (fixture->history, changes, 2);
  g_assert_true (storm_history_can_undo (fixture->history));
  g_assert_true (storm_history_redo (fixture->history, NULL));
  assert_title (fixture, "D");
  for (guint i = 0; i < 3; i++)
    g_assert_true (storm_history_undo (fixture->history, NULL));
  assert_title (fixture, "A");
  g_assert_false (storm_history_can_undo (fixture->history));
}

static void
log_notify (GObject    *object,
            GParamSpec *pspec,
            GString    *log)
{
  g_string_append_printf (log, "%s ", pspec->name);
}

static void
test_notify (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (fixture->history, "notify", G_CALLBACK (log_notify), log);
  set_title (fixture, "B", NULL);
  g_assert_cmpstr (log->str, ==, "can-undo undo-label ");
  g_string_truncate (log, 0);
  set_title (fixture, "C", NULL);
  g_assert_cmpstr (log->str, ==, "");
  storm_history_undo (fixture->history, NULL);
  g_assert_cmpstr (log->str, ==, "can-redo redo-label ");
  g_string_truncate (log, 0);
  storm_history_begin (fixture->history, NULL);
  g_assert_cmpstr (log->str, ==, "can-undo can-redo undo-label redo-label in-transaction ");
  storm_history_cancel (fixture->history);
  g_string_truncate (log, 0);
  storm_history_set_read_only (fixture->history, TRUE);
  g_assert_cmpstr (log->str, ==, "read-only can-undo can-redo undo-label redo-label ");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/history/undo-redo", test_undo_redo);
  ADD ("/history/nothing-to-do", test_nothing_to_do);
  ADD ("/history/transaction", test_transaction);
  ADD ("/history/persist-fails", test_persist_fails);
  ADD ("/history/amend", test_amend);
  ADD ("/history/amend/not", test_amend_not);
  ADD ("/history/read-only", test_read_only);
  ADD ("/history/limit", test_limit);
  ADD ("/history/load", test_load);
  ADD ("/history/notify", test_notify);
  return g_test_run ();
}
