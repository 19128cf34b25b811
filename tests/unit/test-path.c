#include "config.h"

#include "storm-path.h"
#include "storm-test.h"

static void
add (StormBoard *board,
     const char *id,
     StormKind   kind,
     double      x,
     double      y)
{
  storm_test_add_sticky (board, id, kind, id, x, y);
}

/* Flows along "a>b>c"; each is named "a>b". */
static void
connect (StormBoard *board,
         const char *chain)
{
  g_auto (GStrv) ids = g_strsplit (chain, ">", -1);
  guint i;

  for (i = 0; ids[i + 1] != NULL; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s>%s", ids[i], ids[i + 1]);

      storm_test_add_flow (board, id, ids[i], ids[i + 1]);
    }
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static char *
join_set (GHashTable *set)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, id);
  g_ptr_array_sort (ids, compare_ids);
  g_ptr_array_add (ids, NULL);
  return g_strjoinv (" ", (char **) ids->pdata);
}

/* Walks @trace, ids of event stickies with spaces between, "a+b" for an event with two stickies. */
static StormPath *
walk (StormBoard *board,
      const char *trace)
{
  StormPath *path = storm_path_new (board);
  g_auto (GStrv) steps = g_strsplit (trace, " ", -1);
  guint i;
  guint k;

  for (i = 0; steps[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) stickies = g_ptr_array_new ();
      g_auto (GStrv) ids = g_strsplit (steps[i], "+", -1);

      for (k = 0; ids[k] != NULL; k++)
        g_ptr_array_add (stickies, storm_board_lookup_sticky (board, ids[k]));
      storm_path_step (path, stickies);
    }
  return path;
}

static void
assert_path (StormBoard *board,
             const char *trace,
             const char *stickies,
             const char *flows)
{
  g_autoptr (StormPath) path = walk (board, trace);
  g_autofree char *lit = join_set (storm_path_get_stickies (path));
  g_autofree char *lit_flows = join_set (storm_path_get_flows (path));

  g_assert_cmpstr (lit, ==, stickies);
  if (flows != NULL)
    g_assert_cmpstr (lit_flows, ==, flows);
}

/* The food order as it stands on the sample board: aggregates between command and event. */
static StormBoard *
food_order (void)
{
  StormBoard *board = storm_board_new ();

  add (board, "form", STORM_KIND_UI, 0, 200);
  add (board, "Order", STORM_KIND_COMMAND, 0, 0);
  add (board, "agg1", STORM_KIND_AGGREGATE, 200, 0);
  add (board, "Placed", STORM_KIND_EVENT, 400, 0);
  add (board, "transfer", STORM_KIND_POLICY, 600, 0);
  add (board, "screen", STORM_KIND_UI, 800, 200);
  add (board, "Process", STORM_KIND_COMMAND, 800, 0);
  add (board, "agg2", STORM_KIND_AGGREGATE, 1000, 0);
  add (board, "Accepted", STORM_KIND_EVENT, 1200, 0);
  add (board, "Rejected", STORM_KIND_EVENT, 1200, 200);
  add (board, "Start", STORM_KIND_COMMAND, 1400, 0);
  add (board, "Started", STORM_KIND_EVENT, 1600, 0);
  add (board, "who", STORM_KIND_HOT_SPOT, 1000, 300);
  connect (board, "form>Order>agg1>Placed>transfer>Process>agg2>Accepted>Start>Started");
  connect (board, "screen>Process");
  connect (board, "agg2>Rejected");
  connect (board, "who>Process");
  return board;
}

static void
test_food_order (void)
{
  g_autoptr (StormBoard) board = food_order ();

  assert_path (board, "Placed", "Order Placed agg1 form", "Order>agg1 agg1>Placed form>Order");
  assert_path (board, "Placed Accepted",
               "Accepted Order Placed Process agg1 agg2 form screen transfer",
               "Order>agg1 Placed>transfer Process>agg2 agg1>Placed agg2>Accepted form>Order "
               "screen>Process transfer>Process");
  assert_path (board, "Placed Accepted Started",
               "Accepted Order Placed Process Start Started agg1 agg2 form screen transfer", NULL);
  /* A step that is missing stays dark: nothing led to Accepted, so nothing leads from it. */
  assert_path (board, "Placed Started", "Order Placed Start Started agg1 form",
               "Order>agg1 Start>Started agg1>Placed form>Order");
}

/* The trace began before anybody watched: the policy's event did not happen here. */
static void
test_begins_in_the_middle (void)
{
  g_autoptr (StormBoard) board = food_order ();
  g_autoptr (StormBoard) plain = storm_board_new ();

  assert_path (board, "Accepted", "Accepted Process agg2 screen",
               "Process>agg2 agg2>Accepted screen>Process");

  add (plain, "A", STORM_KIND_EVENT, 0, 0);
  add (plain, "policy", STORM_KIND_POLICY, 200, 0);
  add (plain, "cmd", STORM_KIND_COMMAND, 400, 0);
  add (plain, "B", STORM_KIND_EVENT, 600, 0);
  connect (plain, "A>policy>cmd>B");
  assert_path (plain, "B", "B cmd", "cmd>B");
  assert_path (plain, "A B", "A B cmd policy", "A>policy cmd>B policy>cmd");
}

/* Three commands of one aggregate: only that which can have led to the event is on the path. */
static void
test_shared_aggregate (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();

  add (board, "chef", STORM_KIND_ACTOR, 0, 200);
  add (board, "Accept", STORM_KIND_COMMAND, 100, 0);
  add (board, "Start", STORM_KIND_COMMAND, 100, 200);
  add (board, "Finish", STORM_KIND_COMMAND, 100, 400);
  add (board, "agg", STORM_KIND_AGGREGATE, 300, 200);
  add (board, "Accepted", STORM_KIND_EVENT, 600, 0);
  add (board, "Started", STORM_KIND_EVENT, 600, 200);
  add (board, "Finished", STORM_KIND_EVENT, 600, 400);
  add (board, "Placed", STORM_KIND_EVENT, -400, 0);
  add (board, "policy", STORM_KIND_POLICY, -200, 0);
  connect (board, "chef>Accept>agg>Accepted");
  connect (board, "chef>Start>agg>Started");
  connect (board, "chef>Finish");
  storm_test_add_flow (board, "Finish>agg", "Finish", "agg");
  connect (board, "agg>Finished");
  connect (board, "Placed>policy>Accept");

  assert_path (board, "Placed Accepted", "Accept Accepted Placed agg chef policy", NULL);
  assert_path (board, "Placed Accepted Started",
               "Accept Accepted Placed Start Started agg chef policy", NULL);
  assert_path (board, "Placed Accepted Started Finished",
               "Accept Accepted Finish Finished Placed Start Started agg chef policy", NULL);
}

static StormBoard *
branches (void)
{
  StormBoard *board = storm_board_new ();

  add (board, "A", STORM_KIND_EVENT, 0, 0);
  add (board, "p1", STORM_KIND_POLICY, 200, 0);
  add (board, "c1", STORM_KIND_COMMAND, 400, 0);
  add (board, "B", STORM_KIND_EVENT, 600, 0);
  add (board, "p2", STORM_KIND_POLICY, 200, 200);
  add (board, "c2", STORM_KIND_COMMAND, 400, 200);
  add (board, "C", STORM_KIND_EVENT, 600, 200);
  add (board, "join", STORM_KIND_POLICY, 800, 0);
  add (board, "c3", STORM_KIND_COMMAND, 1000, 0);
  add (board, "D", STORM_KIND_EVENT, 1200, 0);
  connect (board, "A>p1>c1>B>join>c3>D");
  connect (board, "A>p2>c2>C>join");
  return board;
}

static void
test_parallel (void)
{
  g_autoptr (StormBoard) board = branches ();

  /* C doesn't follow B but A, an event before it. */
  assert_path (board, "A B C", "A B C c1 c2 p1 p2", "A>p1 A>p2 c1>B c2>C p1>c1 p2>c2");
  assert_path (board, "A C B", "A B C c1 c2 p1 p2", "A>p1 A>p2 c1>B c2>C p1>c1 p2>c2");
  assert_path (board, "A B C D", "A B C D c1 c2 c3 join p1 p2",
               "A>p1 A>p2 B>join C>join c1>B c2>C c3>D join>c3 p1>c1 p2>c2");
  /* Of the events that a policy listens to, only what happened is lit. */
  assert_path (board, "A B D", "A B D c1 c3 join p1", "A>p1 B>join c1>B c3>D join>c3 p1>c1");
}

/* A rollback and a customer can both cancel: the trace says who did. */
static void
test_alternatives (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();

  add (board, "customer", STORM_KIND_ACTOR, 0, 0);
  add (board, "cancel", STORM_KIND_COMMAND, 200, 0);
  add (board, "Failed", STORM_KIND_EVENT, 0, 200);
  add (board, "rollback", STORM_KIND_POLICY, 100, 200);
  add (board, "undo", STORM_KIND_COMMAND, 200, 200);
  add (board, "Canceled", STORM_KIND_EVENT, 400, 0);
  connect (board, "customer>cancel>Canceled");
  connect (board, "Failed>rollback>undo>Canceled");
  assert_path (board, "Canceled", "Canceled cancel customer", NULL);
  assert_path (board, "Failed Canceled", "Canceled Failed rollback undo", NULL);
}

/* People leave out what they don't need: policies, commands, all of it. */
static void
test_left_out (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();

  add (board, "A", STORM_KIND_EVENT, 0, 0);
  add (board, "B", STORM_KIND_EVENT, 200, 0);
  add (board, "cmd", STORM_KIND_COMMAND, 400, 0);
  add (board, "C", STORM_KIND_EVENT, 600, 0);
  add (board, "alone", STORM_KIND_EVENT, 600, 300);
  connect (board, "A>B>cmd>C");
  assert_path (board, "A B C", "A B C cmd", "A>B B>cmd cmd>C");
  assert_path (board, "B C", "B C cmd", "B>cmd cmd>C");
  assert_path (board, "alone", "alone", "");
}

static void
test_read_model (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();

  add (board, "Placed", STORM_KIND_EVENT, 0, 0);
  add (board, "Paid", STORM_KIND_EVENT, 0, 200);
  add (board, "page", STORM_KIND_READ_MODEL, 200, 0);
  add (board, "customer", STORM_KIND_ACTOR, 400, 0);
  add (board, "cancel", STORM_KIND_COMMAND, 600, 0);
  add (board, "Canceled", STORM_KIND_EVENT, 800, 0);
  connect (board, "Placed>page>customer>cancel>Canceled");
  connect (board, "Paid>page");
  assert_path (board, "Placed Canceled", "Canceled Placed cancel customer page",
               "Placed>page cancel>Canceled customer>cancel page>customer");
  /* The page shows nothing of this trace, but a customer can always act. */
  assert_path (board, "Canceled", "Canceled cancel customer",
               "cancel>Canceled customer>cancel");
}

static void
test_cycle (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();

  add (board, "try", STORM_KIND_COMMAND, 0, 0);
  add (board, "Failed", STORM_KIND_EVENT, 200, 0);
  add (board, "retry", STORM_KIND_POLICY, 400, 0);
  add (board, "left", STORM_KIND_READ_MODEL, 0, 300);
  add (board, "right", STORM_KIND_READ_MODEL, 200, 300);
  connect (board, "try>Failed>retry>try");
  connect (board, "left>right>left");
  connect (board, "right>try");
  assert_path (board, "Failed", "Failed try", "try>Failed");
  assert_path (board, "Failed Failed", "Failed retry try", "Failed>retry retry>try try>Failed");
}

static void
test_twice_on_the_board (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();

  add (board, "A1", STORM_KIND_EVENT, 0, 0);
  add (board, "A2", STORM_KIND_EVENT, 0, 300);
  add (board, "cmd", STORM_KIND_COMMAND, 200, 300);
  add (board, "B", STORM_KIND_EVENT, 400, 300);
  connect (board, "A2>cmd>B");
  storm_test_add_flow (board, "A1>A2", "A1", "A2");
  /* One event on two stickies doesn't lead to itself. */
  assert_path (board, "A1+A2 B", "A1 A2 B cmd", "A2>cmd cmd>B");
}

/* A long trace over a cyclic board ends with the same path as a short one, and soon. */
static void
test_long (void)
{
  g_autoptr (StormBoard) board = branches ();
  g_autoptr (StormPath) path = storm_path_new (board);
  const char *ids[] = { "A", "B", "C", "D" };
  g_autofree char *lit = NULL;
  guint i;

  for (i = 0; i < 100000; i++)
    {
      g_autoptr (GPtrArray) stickies = g_ptr_array_new ();

      g_ptr_array_add (stickies, storm_board_lookup_sticky (board, ids[i % 4]));
      storm_path_step (path, stickies);
    }
  lit = join_set (storm_path_get_stickies (path));
  g_assert_cmpstr (lit, ==, "A B C D c1 c2 c3 join p1 p2");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/path/food-order", test_food_order);
  g_test_add_func ("/path/begins-in-the-middle", test_begins_in_the_middle);
  g_test_add_func ("/path/shared-aggregate", test_shared_aggregate);
  g_test_add_func ("/path/parallel", test_parallel);
  g_test_add_func ("/path/alternatives", test_alternatives);
  g_test_add_func ("/path/left-out", test_left_out);
  g_test_add_func ("/path/read-model", test_read_model);
  g_test_add_func ("/path/cycle", test_cycle);
  g_test_add_func ("/path/twice-on-the-board", test_twice_on_the_board);
  g_test_add_func ("/path/long", test_long);
  return g_test_run ();
}
