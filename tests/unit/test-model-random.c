#include "config.h"

#include "storm-edit.h"
#include "storm-history.h"
#include "storm-props-test.h"

/* Random edits of every kind, in and out of transactions; undoing all of them must lead to the
 * first board, redoing to the last one, and every change must survive the file. */

typedef struct
{
  GRand        *rand;
  StormBoard   *board;
  StormBoard   *clipboard;
  StormHistory *history;
  GPtrArray    *kept;
} World;

static guint
below (World *world,
       guint  n)
{
  return g_rand_int_range (world->rand, 0, (gint32) n);
}

static GListModel *
some_list (World *world)
{
  switch (below (world, 6))
    {
    case 0:
      return storm_board_get_flows (world->board);
    case 1:
      return storm_board_get_contexts (world->board);
    default:
      return storm_board_get_stickies (world->board);
    }
}

static char *
some_id (World      *world,
         GListModel *list)
{
  guint n = g_list_model_get_n_items (list);
  g_autoptr (StormObject) object = n > 0 ? g_list_model_get_item (list, below (world, n)) : NULL;

  return g_strdup (object != NULL ? storm_object_get_id (object) : "nobody");
}

static GPtrArray *
some_ids (World *world)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint n = below (world, 6); n > 0; n--)
    g_ptr_array_add (ids, some_id (world, some_list (world)));

  return ids;
}

static StormPoint
some_point (World *world)
{
  return (StormPoint) {
    g_rand_double_range (world->rand, -1000, 1000),
    g_rand_double_range (world->rand, -1000, 1000),
  };
}

static StormRect
some_rect (World *world)
{
  StormPoint at = some_point (world);

  return (StormRect) { at.x, at.y, g_rand_double_range (world->rand, 0, 900),
                       g_rand_double_range (world->rand, 0, 900) };
}

static StormChange *
some_text (World *world)
{
  g_autofree char *sticky = some_id (world, storm_board_get_stickies (world->board));
  g_autofree char *flow = some_id (world, storm_board_get_flows (world->board));
  g_autofree char *text = g_strdup_printf ("t%u", below (world, 4));

  switch (below (world, 5))
    {
    case 0:
      return storm_edit_set_text (world->board, NULL, STORM_PROP_TITLE, text);
    case 1:
      return storm_edit_set_text (world->board, sticky, STORM_PROP_DESCRIPTION, text);
    case 2:
      return storm_edit_set_text (world->board, flow, STORM_PROP_LABEL, text);
    case 3:
      return storm_edit_set_text (world->board, sticky, STORM_PROP_TOPIC, text);
    default:
      return storm_edit_set_text (world->board, sticky, STORM_PROP_TITLE, text);
    }
}

static StormChange *
some_details (World *world)
{
  g_autofree char *id = some_id (world, storm_board_get_stickies (world->board));
  g_autofree char *other = some_id (world, storm_board_get_stickies (world->board));
  g_autoptr (GPtrArray) fields =
    g_ptr_array_new_with_free_func ((GDestroyNotify) storm_field_unref);
  const char * const aliases[] = { "a", below (world, 2) ? "b" : NULL, NULL };
  StormChange *change;

  switch (below (world, 3))
    {
    case 0:
      for (guint i = below (world, 3); i > 0; i--)
        g_ptr_array_add (fields, storm_field_new ("id", "Long", i == 1, i == 2, NULL));
      return storm_edit_set_fields (world->board, id, fields);
    case 1:
      return storm_edit_set_aliases (world->board, id, below (world, 2) ? aliases : NULL);
    default:
      change = storm_change_new ("Fail of");
      if (!g_str_equal (id, other) && storm_board_lookup (world->board, id) != NULL)
        storm_change_set (change, id, STORM_PROP_FAIL_OF, g_variant_new_string (other));
      return change;
    }
}

static StormChange *
some_link (World *world)
{
  g_autofree char *from = some_id (world, storm_board_get_stickies (world->board));
  g_autofree char *to = some_id (world, storm_board_get_stickies (world->board));
  StormChange *change = below (world, 3) == 0
                        ? storm_edit_connect_new (world->board, from, some_point (world), NULL)
                        : storm_edit_connect (world->board, from, to, NULL);

  return change != NULL ? change : storm_change_new (NULL);
}

static StormChange *
some_change (World *world)
{
  g_autoptr (GPtrArray) ids = some_ids (world);
  g_autofree char *id = some_id (world, some_list (world));
  StormRect rect = some_rect (world);
  StormPoint by = some_point (world);

  switch (below (world, 18))
    {
    case 13:
    case 14:
    case 15:
    case 16:
      return below (world, 6) == 0 ? storm_edit_group (world->board, ids)
                                   : storm_test_random_props (world->rand, world->board);
    case 0:
    case 1:
      return storm_edit_add_sticky (world->board, below (world, STORM_N_KINDS),
                                    some_point (world), "new", NULL);
    case 2:
      return storm_edit_add_context (world->board, &rect, "context", NULL);
    case 3:
    case 4:
      return some_link (world);
    case 5:
      return storm_edit_remove (world->board, ids);
    case 6:
      return storm_edit_move (world->board, ids, by.x, by.y, below (world, 2));
    case 7:
      return storm_edit_join (world->board, ids);
    case 8:
      return storm_edit_resize (world->board, id, &rect);
    case 9:
      return some_text (world);
    case 10:
      return some_details (world);
    case 11:
      return storm_edit_reorder (world->board, ids, below (world, 4));
    case 12:
      return storm_edit_set_kind (world->board, ids, below (world, STORM_N_KINDS));
    default:
      return below (world, 8) == 0
             ? storm_edit_merge_board (world->board, world->clipboard, by.x, by.y, NULL)
             : storm_edit_duplicate (world->board, ids, by.x, by.y, NULL);
    }
}

/* What the file would keep, in the place of what is in memory. */
static gboolean
keep_cb (StormChange       *change,
         StormHistoryStep   step,
         gpointer           user_data,
         GError           **error)
{
  World *world = user_data;

  if (step == STORM_HISTORY_DO)
    g_ptr_array_add (world->kept, storm_change_to_variant (change));

  return TRUE;
}

static void
do_some (World *world)
{
  g_autoptr (StormChange) change = some_change (world);
  g_autoptr (GError) error = NULL;

  storm_history_do (world->history, change, &error);
  if (change != NULL && error != NULL && error->code == 0)
    {
      /* Only a made-up failure link may be refused, and nothing of it stays. */
      g_assert_cmpstr (storm_change_get_label (change), ==, "Fail of");
      return;
    }
  g_assert_no_error (error);
}

static void
do_gesture (World *world)
{
  g_autofree char *before = NULL;

  if (below (world, 3) > 0)
    {
      do_some (world);
      return;
    }

  before = storm_test_board_dump (world->board);
  storm_history_begin (world->history, "Gesture");
  for (guint n = below (world, 8); n > 0; n--)
    do_some (world);

  if (below (world, 3) == 0)
    {
      storm_history_cancel (world->history);
      storm_test_assert_board (world->board, before);
    }
  else
    g_assert_true (storm_history_commit (world->history, NULL));
}

static void
undo_all (StormHistory *history)
{
  g_autoptr (GError) error = NULL;

  while (storm_history_can_undo (history))
    {
      storm_history_undo (history, &error);
      g_assert_no_error (error);
    }
}

static void
redo_all (StormHistory *history)
{
  g_autoptr (GError) error = NULL;

  while (storm_history_can_redo (history))
    {
      storm_history_redo (history, &error);
      g_assert_no_error (error);
    }
}

/* Every context lies in one that is there, and none in itself. */
static guint
check_contexts (StormBoard *board)
{
  GListModel *contexts = storm_board_get_contexts (board);
  guint n = g_list_model_get_n_items (contexts);
  guint n_ends = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StormObject) object = g_list_model_get_item (contexts, i);
      const char *parent = storm_context_get_parent (STORM_CONTEXT (object));
      guint depth = 0;

      for (; parent != NULL; depth++)
        {
          StormContext *around = storm_board_lookup_context (board, parent);

          g_assert_nonnull (around);
          g_assert_cmpuint (depth, <, n);
          parent = storm_context_get_parent (around);
        }
      n_ends += storm_board_get_flows_at (board, object)->len;
    }

  return n_ends;
}

/* The board's links and lookups agree with its lists. */
static void
check_board (StormBoard *board)
{
  GListModel *flows = storm_board_get_flows (board);
  GListModel *stickies = storm_board_get_stickies (board);
  guint n_ends = check_contexts (board);

  for (guint i = 0; i < g_list_model_get_n_items (flows); i++)
    {
      g_autoptr (StormFlow) flow = g_list_model_get_item (flows, i);
      StormObject *from = storm_board_lookup (board, storm_flow_get_from (flow));
      StormObject *to = storm_board_lookup (board, storm_flow_get_to (flow));

      g_assert_nonnull (from);
      g_assert_nonnull (to);
      g_assert_true (from != to);
      g_assert_true (g_ptr_array_find (storm_board_get_flows_at (board, from), flow, NULL));
      g_assert_true (g_ptr_array_find (storm_board_get_flows_at (board, to), flow, NULL));
    }
  for (guint i = 0; i < g_list_model_get_n_items (stickies); i++)
    {
      g_autoptr (StormSticky) sticky = g_list_model_get_item (stickies, i);
      const char *context = storm_sticky_get_context (sticky);
      const char *fail_of = storm_sticky_get_fail_of (sticky);

      g_assert_true (storm_board_lookup_sticky (
                       board, storm_object_get_id (STORM_OBJECT (sticky))) == sticky);
      g_assert_true (context == NULL || storm_board_lookup_context (board, context) != NULL);
      g_assert_true (fail_of == NULL || storm_board_lookup_sticky (board, fail_of) != NULL);
      n_ends += storm_board_get_flows_of (board, sticky)->len;
    }
  g_assert_cmpuint (n_ends, ==, 2 * g_list_model_get_n_items (flows));
}

/* As after a restart: another history, made of what the file kept. */
static void
check_reopened (World      *world,
                const char *first,
                const char *last)
{
  g_autoptr (StormHistory) history = storm_history_new (world->board);
  g_autoptr (GPtrArray) changes =
    g_ptr_array_new_with_free_func ((GDestroyNotify) storm_change_unref);

  for (guint i = 0; i < world->kept->len; i++)
    {
      g_autoptr (GError) error = NULL;
      StormChange *change = storm_change_new_from_variant (world->kept->pdata[i], &error);
      g_autoptr (GVariant) again = NULL;

      g_assert_no_error (error);
      again = storm_change_to_variant (change);
      g_assert_true (g_variant_equal (again, world->kept->pdata[i]));
      g_ptr_array_add (changes, change);
    }

  storm_history_load (history, changes, changes->len);
  undo_all (history);
  storm_test_assert_board (world->board, first);
  redo_all (history);
  storm_test_assert_board (world->board, last);
}

static void
run_seed (guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormBoard) clipboard = storm_board_new ();
  g_autoptr (StormHistory) history = storm_history_new (board);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  World world = { rand, board, clipboard, history, kept };
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  storm_test_add_context (clipboard, "c", "Pasted", 0, 0, 300, 300);
  storm_test_add_sticky (clipboard, "a", STORM_KIND_EVENT, "A", 10, 10);
  storm_test_add_sticky (clipboard, "b", STORM_KIND_POLICY, "B", 400, 10);
  storm_test_add_flow (clipboard, "f", "a", "b");
  storm_test_add_context (clipboard, "d", "Inside", 10, 10, 100, 100);
  storm_test_apply (clipboard, storm_edit_set_parent (clipboard, "d", "c"));
  storm_test_apply (clipboard, storm_edit_set_bends (clipboard, "f", &(StormPoint) { 5, 6 }, 1));
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);

      storm_test_add_sticky (board, id, i, id, i * 150, 0);
    }
  storm_test_add_flow (board, "f", "s0", "s1");

  storm_history_set_persist (history, keep_cb, &world, NULL);
  first = storm_test_board_dump (board);
  for (guint i = 0; i < 120; i++)
    {
      do_gesture (&world);
      check_board (board);
    }
  last = storm_test_board_dump (board);

  undo_all (history);
  storm_test_assert_board (board, first);
  check_board (board);
  redo_all (history);
  storm_test_assert_board (board, last);
  check_board (board);
  check_reopened (&world, first, last);
}

static void
test_random (gconstpointer data)
{
  for (guint32 seed = 0; seed < 8; seed++)
    run_seed (GPOINTER_TO_UINT (data) * 1000 + seed);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *path = g_strdup_printf ("/model/random/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_random);
    }
  return g_test_run ();
}
