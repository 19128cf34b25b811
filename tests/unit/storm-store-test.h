#pragma once

/* What the tests of the store share: a folder of their own, and edits as a person might make
 * them. */

#include "storm-board-file.h"
#include "storm-folder-test.h"
#include "storm-props-test.h"

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static inline void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("storm-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->dir, "board.storm", NULL);
}

static inline void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  storm_test_remove_folder (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->path);
}

static inline StormBoardFile *
storm_test_create (const char *path)
{
  g_autoptr (GError) error = NULL;
  StormBoardFile *file = storm_board_file_create (path, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (file);
  g_assert_null (storm_board_file_get_notice (file));
  g_assert_false (storm_board_file_get_read_only (file));
  return file;
}

static inline StormBoardFile *
storm_test_open (const char *path)
{
  g_autoptr (GError) error = NULL;
  StormBoardFile *file = storm_board_file_open (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (file);
  return file;
}

static inline void
storm_test_close (StormBoardFile *file)
{
  g_autoptr (GError) error = NULL;

  storm_board_file_close (file, &error);
  g_assert_no_error (error);
  g_object_unref (file);
}

/* Does @change, which must succeed, as one gesture, and consumes it. */
static inline void
storm_test_do (StormBoardFile *file,
               StormChange    *change)
{
  g_autoptr (GError) error = NULL;

  storm_history_do (storm_board_file_get_history (file), change, &error);
  g_assert_no_error (error);
  storm_change_unref (change);
}

static inline void
storm_test_set_title (StormBoardFile *file,
                      const char     *id,
                      const char     *title)
{
  StormChange *change = storm_change_new ("Title");

  storm_change_set (change, id, STORM_PROP_TITLE, g_variant_new_string (title));
  storm_test_do (file, change);
}

/* A board at @path as a killed process leaves it: @title is in the log beside it alone. */
static inline void
storm_test_leave_log (const char *path,
                      const char *title)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  StormBoardFile *file = storm_test_create (path);
  const char *names[] = { path, wal };
  char *data[2];
  gsize len[2];

  storm_test_set_title (file, NULL, title);
  for (guint i = 0; i < 2; i++)
    g_assert_true (g_file_get_contents (names[i], &data[i], &len[i], NULL));
  storm_test_close (file);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (g_file_set_contents (names[i], data[i], len[i], NULL));
      g_free (data[i]);
    }
}

static inline StormObject *
storm_test_pick (GRand      *rand,
                 GListModel *list)
{
  guint n = g_list_model_get_n_items (list);
  g_autoptr (StormObject) object = n > 0
    ? g_list_model_get_item (list, g_rand_int_range (rand, 0, n)) : NULL;

  return object;
}

static inline const char *
storm_test_pick_id (GRand      *rand,
                    GListModel *list)
{
  StormObject *object = storm_test_pick (rand, list);

  return object != NULL ? storm_object_get_id (object) : NULL;
}

/* Ids that depend on @rand alone, so that two histories can do the same. */
static inline char *
storm_test_make_id (GRand *rand)
{
  return g_strdup_printf ("%08x-%08x", g_rand_int (rand), g_rand_int (rand));
}

static inline void
storm_test_edit_add (StormBoard  *board,
                     GRand       *rand,
                     StormChange *change)
{
  const char *context = storm_test_pick_id (rand, storm_board_get_contexts (board));
  g_autofree char *title = g_strdup_printf ("Grüße <b>&%u", g_rand_int (rand));
  guint n = g_rand_int_range (rand, 1, 4);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = storm_test_make_id (rand);
      GVariantDict dict;

      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, "kind", "s",
                             storm_kind_info (g_rand_int_range (rand, 0, STORM_N_KINDS))->nick);
      g_variant_dict_insert (&dict, "title", "s", title);
      g_variant_dict_insert (&dict, "rect", "(dddd)", g_rand_double_range (rand, -1e4, 1e4), 0.25,
                             120.0, 120.0);
      g_variant_dict_insert (&dict, "z", "x", (gint64) g_rand_int_range (rand, -9, 9));
      if (context != NULL)
        g_variant_dict_insert (&dict, "context", "s", context);
      storm_change_insert (change, STORM_OBJECT_STICKY, id, g_variant_dict_end (&dict));
    }
}

static inline void
storm_test_edit_link (StormBoard  *board,
                      GRand       *rand,
                      StormChange *change)
{
  const char *from = storm_test_pick_id (rand, storm_board_get_stickies (board));
  const char *to = storm_test_pick_id (rand, storm_board_get_stickies (board));
  g_autofree char *id = storm_test_make_id (rand);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  if (from == NULL || g_strcmp0 (from, to) == 0)
    {
      g_variant_dict_insert (&dict, "title", "s", "Context");
      g_variant_dict_insert (&dict, "rect", "(dddd)", 1.0, 2.0, 300.0, 400.5);
      storm_change_insert (change, STORM_OBJECT_CONTEXT, id, g_variant_dict_end (&dict));
      return;
    }
  g_variant_dict_insert (&dict, "from", "s", from);
  g_variant_dict_insert (&dict, "to", "s", to);
  g_variant_dict_insert (&dict, "label", "s", "whenever");
  storm_change_insert (change, STORM_OBJECT_FLOW, id, g_variant_dict_end (&dict));
}

static inline void
storm_test_edit_remove (StormBoard  *board,
                        GRand       *rand,
                        StormChange *change)
{
  StormObject *object = storm_test_pick (rand, storm_board_get_stickies (board));
  GListModel *stickies = storm_board_get_stickies (board);
  GPtrArray *flows;

  if (object == NULL)
    return;
  flows = storm_board_get_flows_of (board, STORM_STICKY (object));
  for (guint i = 0; i < flows->len; i++)
    storm_change_remove (change, g_ptr_array_index (flows, i));
  for (guint i = 0; i < g_list_model_get_n_items (stickies); i++)
    {
      g_autoptr (StormSticky) other = g_list_model_get_item (stickies, i);

      if (g_strcmp0 (storm_sticky_get_fail_of (other), storm_object_get_id (object)) == 0)
        storm_change_set (change, storm_object_get_id (STORM_OBJECT (other)), STORM_PROP_FAIL_OF,
                          g_variant_new_string (""));
    }
  storm_change_remove (change, object);
}

static inline void
storm_test_edit_props (StormHistory *history,
                       GRand        *rand)
{
  g_autoptr (StormChange) change = storm_test_random_props (rand,
                                                            storm_history_get_board (history));
  g_autoptr (GError) error = NULL;

  storm_history_do (history, change, &error);
  g_assert_no_error (error);
}

static inline void
storm_test_edit_set (StormBoard  *board,
                     GRand       *rand,
                     StormChange *change)
{
  const char *id = storm_test_pick_id (rand, storm_board_get_stickies (board));
  const char *other = storm_test_pick_id (rand, storm_board_get_stickies (board));
  g_autofree char *text = g_strdup_printf ("text %u", g_rand_int (rand));

  if (id == NULL || g_rand_int_range (rand, 0, 8) == 0)
    {
      storm_change_set (change, NULL, STORM_PROP_TITLE, g_variant_new_string (text));
      storm_change_set (change, NULL, STORM_PROP_MAPPING,
                        g_variant_new_string ("{\"type\":[\"json:/eventType\"]}"));
      return;
    }
  storm_change_set (change, id, STORM_PROP_DESCRIPTION, g_variant_new_string (text));
  storm_change_set (change, id, STORM_PROP_FIELDS,
                    g_variant_new_parsed ("[(%s, 'Long', true, false, ''),"
                                          " ('orderId', '', false, true, '{\"x\":1}')]", text));
  storm_change_set (change, id, STORM_PROP_ALIASES, g_variant_new_parsed ("['a', %s]", text));
  storm_change_set (change, id, STORM_PROP_EVENT_CLASS, g_variant_new_string ("domain"));
  storm_change_set (change, id, STORM_PROP_VISIBILITY, g_variant_new_string ("public"));
  if (strcmp (id, other) != 0)
    storm_change_set (change, id, STORM_PROP_FAIL_OF, g_variant_new_string (other));
}

/* One gesture that depends on nothing but @rand and the board; sometimes an undo or a redo. */
static inline void
storm_test_random_edit (StormHistory *history,
                        GRand        *rand)
{
  StormBoard *board = storm_history_get_board (history);
  g_autoptr (StormChange) change = storm_change_new ("Edit");
  g_autoptr (GError) error = NULL;
  guint what = g_rand_int_range (rand, 0, 13);

  if (what == 0 && storm_history_can_undo (history))
    storm_history_undo (history, &error);
  else if (what == 1 && storm_history_can_redo (history))
    storm_history_redo (history, &error);
  else if (what >= 10)
    storm_test_edit_props (history, rand);
  else
    {
      if (what < 4)
        storm_test_edit_add (board, rand, change);
      else if (what < 6)
        storm_test_edit_link (board, rand, change);
      else if (what < 8)
        storm_test_edit_remove (board, rand, change);
      else
        storm_test_edit_set (board, rand, change);
      /* Some belong to the step before, as a title belongs to its new sticky. */
      if (g_rand_int_range (rand, 0, 4) == 0)
        storm_history_amend (history, storm_history_get_last (history), change, &error);
      else
        storm_history_do (history, change, &error);
    }
  g_assert_no_error (error);
}
