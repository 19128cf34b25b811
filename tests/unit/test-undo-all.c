#include "config.h"

#include "storm-board-json.h"
#include "storm-edit-arrange.h"
#include "storm-edit-context.h"
#include "storm-edit-entry.h"
#include "storm-edit-props.h"
#include "storm-object-private.h"
#include "storm-prop-private.h"
#include "storm-store-test.h"

/* A file that is edited by every function that edits, closed and opened in between: all of it
 * undone is the board of the beginning, all of it redone the board of the end, in the text form,
 * byte by byte. */

#define N_GESTURES 150

typedef struct
{
  GRand          *rand;
  StormBoardFile *file;
  StormBoard     *board;
  StormHistory   *history;
  guint           n_refused;
} World;

/* What removal and copy rely on: an object's own properties are those without a default value. */
static void
assert_own_props (GListModel *list)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (StormObject) object = g_list_model_get_item (list, i);
      StormProp own = storm_object_get_own_props (object);
      StormProp all = storm_object_get_props (object);

      g_assert_cmpuint (own & ~all, ==, 0);
      for (guint bit = 0; bit < STORM_N_PROPS; bit++)
        {
          g_autoptr (GVariant) value = NULL;

          if ((all & (1u << bit)) == 0)
            continue;
          value = storm_object_get_value (object, 1u << bit);
          g_assert_cmpint ((own & (1u << bit)) != 0, ==, !storm_prop_is_default (1u << bit, value));
        }
    }
}

static int
below (World *world,
       int    n)
{
  return g_rand_int_range (world->rand, 0, n);
}

static const char *
a_sticky (World *world)
{
  return storm_test_pick_id (world->rand, storm_board_get_stickies (world->board));
}

static const char *
a_flow (World *world)
{
  return storm_test_pick_id (world->rand, storm_board_get_flows (world->board));
}

static const char *
a_context (World *world)
{
  return storm_test_pick_id (world->rand, storm_board_get_contexts (world->board));
}

static StormPoint
a_point (World *world)
{
  return (StormPoint) { below (world, 4000), below (world, 3000) };
}

static StormRect
a_rect (World *world)
{
  StormPoint at = a_point (world);

  return (StormRect) { at.x, at.y, 100 + below (world, 900), 100 + below (world, 900) };
}

static GPtrArray *
some_ids (World *world)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (int n = below (world, 7); n > 0; n--)
    {
      const char *id = below (world, 5) > 0 ? a_sticky (world)
                       : below (world, 2) > 0 ? a_flow (world) : a_context (world);

      if (id != NULL)
        g_ptr_array_add (ids, g_strdup (id));
    }
  return ids;
}

static StormChange *
list_entry (World *world)
{
  GPtrArray *lines = storm_edit_split_lines ("One\nTwo\n! Three\n둘", NULL);
  g_autoptr (StormListEntry) entry =
    storm_list_entry_new (world->board, STORM_KIND_EVENT, lines, a_point (world));

  while (storm_list_entry_work (entry, 2))
    ;
  return storm_list_entry_finish (entry, NULL);
}

static StormChange *
add_like (World *world)
{
  StormRect rect = a_rect (world);
  StormSticky *from = storm_board_lookup_sticky (world->board, a_sticky (world));

  return from != NULL ? storm_edit_add_like (world->board, from, &rect, NULL) : NULL;
}

static StormChange *
add_fields (World *world)
{
  g_autoptr (GPtrArray) fields =
    g_ptr_array_new_with_free_func ((GDestroyNotify) storm_field_unref);

  for (int n = below (world, 4); n > 0; n--)
    g_ptr_array_add (fields, storm_field_new (n == 1 ? "id" : "price", "Long", n == 1, FALSE,
                                              NULL));
  return storm_edit_set_fields (world->board, a_sticky (world), fields);
}

static StormChange *
add_text (World *world)
{
  g_autofree char *text = g_strdup_printf ("Text %d", below (world, 5));

  switch (below (world, 4))
    {
    case 0:
      return storm_edit_set_text (world->board, NULL, STORM_PROP_TITLE, text);
    case 1:
      return storm_edit_set_text (world->board, a_sticky (world), STORM_PROP_DESCRIPTION, text);
    case 2:
      return a_flow (world) == NULL
             ? NULL : storm_edit_set_text (world->board, a_flow (world), STORM_PROP_LABEL, text);
    default:
      return storm_edit_set_text (world->board, a_sticky (world), STORM_PROP_TITLE, text);
    }
}

static StormChange *
edit_making (World *world,
             int    which)
{
  g_autoptr (GPtrArray) ids = some_ids (world);
  StormRect rect = a_rect (world);

  switch (which)
    {
    case 0:
      return storm_edit_add_sticky (world->board, below (world, STORM_N_KINDS), a_point (world),
                                    "New", NULL);
    case 1:
      return storm_edit_add_context (world->board, &rect, "Context", NULL);
    case 2:
      return storm_edit_connect (world->board, a_sticky (world), a_sticky (world), NULL);
    case 3:
      return storm_edit_connect_new (world->board, a_sticky (world), a_point (world), NULL);
    case 4:
      return storm_edit_duplicate (world->board, ids, 30, 40, NULL);
    case 5:
      return list_entry (world);
    case 6:
      return add_like (world);
    case 7:
      return storm_edit_add_context_around (world->board, ids, "Around", NULL);
    case 8:
      return storm_edit_add_swimlane (world->board, a_point (world), "Lane", NULL);
    default:
      return storm_edit_remove (world->board, ids);
    }
}

static StormChange *
edit_placing (World *world,
              int    which)
{
  g_autoptr (GPtrArray) ids = some_ids (world);
  StormRect rect = a_rect (world);
  StormPoint bends[] = { a_point (world), a_point (world) };

  switch (which)
    {
    case 0:
      return storm_edit_move (world->board, ids, below (world, 500) - 250, below (world, 500) - 250,
                              below (world, 2));
    case 1:
      return storm_edit_join (world->board, ids);
    case 2:
      return storm_edit_resize (world->board, a_sticky (world), &rect);
    case 3:
      return storm_edit_reorder (world->board, ids, below (world, 4));
    case 4:
      return storm_edit_arrange (world->board, ids, below (world, STORM_N_ARRANGE));
    case 5:
      return storm_edit_tidy (world->board, below (world, 2) ? ids : NULL, NULL);
    case 6:
      return storm_edit_fit_contexts (world->board, ids);
    case 7:
      return storm_edit_fold_contexts (world->board, ids, below (world, 2));
    case 8:
      return a_flow (world) == NULL
             ? NULL : storm_edit_set_bends (world->board, a_flow (world), bends, below (world, 3));
    default:
      return a_flow (world) == NULL
             ? NULL : storm_edit_reconnect (world->board, a_flow (world), STORM_PROP_TO,
                                            a_sticky (world));
    }
}

static StormChange *
edit_setting (World *world,
              int    which)
{
  static const char * const aliases[] = { "PlaceOrder", "주문", NULL };
  g_autoptr (GPtrArray) ids = some_ids (world);
  StormStickyStyle style = { below (world, STORM_N_KINDS), 200, 130 };

  switch (which)
    {
    case 0:
      return storm_edit_set_kind (world->board, ids, below (world, STORM_N_KINDS));
    case 1:
      return storm_edit_set_style (world->board, ids, &style);
    case 2:
      return add_fields (world);
    case 3:
      return storm_edit_set_aliases (world->board, a_sticky (world),
                                     below (world, 2) ? aliases : NULL);
    case 4:
      return storm_edit_set_locked (world->board, ids, below (world, 2));
    case 5:
      return storm_edit_group (world->board, ids);
    case 6:
      return storm_edit_ungroup (world->board, ids);
    case 7:
      return storm_edit_set_pivotal (world->board, ids, below (world, 2));
    case 8:
      return storm_edit_set_join (world->board, ids, below (world, 2));
    case 9:
      return storm_edit_set_context_kind (world->board, ids, below (world, 2));
    case 10:
      return storm_edit_set_target (world->board, ids, below (world, 1000));
    case 11:
      return storm_edit_set_unchecked (world->board, ids, below (world, 2));
    case 12:
      return storm_edit_unlock_all (world->board);
    default:
      return add_text (world);
    }
}

/* One gesture, of one or of several edits. What can't be done is refused, and changes nothing. */
static void
gesture (World *world)
{
  int n_edits = below (world, 4) == 0 ? 3 : 1;

  if (n_edits > 1)
    storm_history_begin (world->history, "Several");
  for (int i = 0; i < n_edits; i++)
    {
      int way = below (world, 3);
      g_autoptr (StormChange) change = way == 0   ? edit_making (world, below (world, 10))
                                       : way == 1 ? edit_placing (world, below (world, 10))
                                                  : edit_setting (world, below (world, 15));
      g_autoptr (GError) error = NULL;

      if (change == NULL || !storm_history_do (world->history, change, &error))
        world->n_refused++;
    }
  if (n_edits > 1)
    {
      g_autoptr (GError) error = NULL;

      if (below (world, 5) == 0)
        storm_history_cancel (world->history);
      else
        storm_history_commit (world->history, &error);
      g_assert_no_error (error);
    }
}

static void
open_file (World   *world,
           Fixture *fixture)
{
  world->file = storm_test_open (fixture->path);
  g_assert_null (storm_board_file_get_notice (world->file));
  world->board = storm_board_file_get_board (world->file);
  world->history = storm_board_file_get_history (world->file);
}

static void
reopen (World   *world,
        Fixture *fixture)
{
  g_autofree char *before = storm_board_json_export (world->board);
  g_autofree char *after = NULL;

  storm_test_close (world->file);
  open_file (world, fixture);
  after = storm_board_json_export (world->board);
  g_assert_cmpstr (after, ==, before);
}

static void
run_seed (Fixture *fixture,
          guint32  seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (StormBoard) first = storm_board_new ();
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;
  g_autofree char *again = NULL;
  g_autofree char *redone = NULL;
  g_autoptr (GError) error = NULL;
  World world = { .rand = rand };
  guint n = 0;

  storm_test_add_context (first, "c", "Order", 0, 0, 900, 700);
  storm_test_add_sticky (first, "a", STORM_KIND_COMMAND, "Place order", 20, 60);
  storm_test_add_sticky (first, "b", STORM_KIND_EVENT, "Order placed", 300, 60);
  storm_test_add_flow (first, "f", "a", "b");
  storm_test_close (storm_board_file_create (fixture->path, first, &error));
  g_assert_no_error (error);
  open_file (&world, fixture);
  start = storm_board_json_export (world.board);

  for (guint i = 0; i < N_GESTURES; i++)
    {
      gesture (&world);
      if (below (&world, 4) == 0 && storm_history_can_undo (world.history))
        {
          g_assert_true (storm_history_undo (world.history, &error));
          if (below (&world, 2) == 0)
            g_assert_true (storm_history_redo (world.history, &error));
        }
      if (below (&world, 25) == 0)
        reopen (&world, fixture);
    }
  g_assert_cmpuint (world.n_refused, <, N_GESTURES / 2);
  end = storm_board_json_export (world.board);
  g_assert_cmpstr (end, !=, start);

  for (; storm_history_can_undo (world.history); n++)
    {
      storm_history_undo (world.history, &error);
      g_assert_no_error (error);
      if (n % 20 == 10)
        reopen (&world, fixture);
    }
  g_assert_cmpuint (n, >, N_GESTURES / 4);
  again = storm_board_json_export (world.board);
  g_assert_cmpstr (again, ==, start);

  reopen (&world, fixture);
  while (storm_history_can_redo (world.history))
    {
      storm_history_redo (world.history, &error);
      g_assert_no_error (error);
    }
  assert_own_props (storm_board_get_stickies (world.board));
  assert_own_props (storm_board_get_flows (world.board));
  assert_own_props (storm_board_get_contexts (world.board));
  redone = storm_board_json_export (world.board);
  g_assert_cmpstr (redone, ==, end);
  reopen (&world, fixture);
  storm_test_close (world.file);
  g_remove (fixture->path);
}

static void
test_random (Fixture       *fixture,
             gconstpointer  data)
{
  for (guint32 seed = 1; seed <= 8; seed++)
    {
      g_test_message ("seed %u", seed);
      run_seed (fixture, seed);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/undo-all/random", Fixture, NULL, fixture_set_up, test_random, fixture_tear_down);
  return g_test_run ();
}
