#include "config.h"

#include "storm-conformance-test.h"

#define N_TYPES 8
#define N_KEYS 6

/* A board of a few events and whatever leads from one to the other. */
static StormBoard *
random_board (GRand *rand)
{
  static const char kinds[] = "eeeeeepppcccaxmr";
  StormBoard *board = storm_board_new ();
  guint n = g_rand_int_range (rand, 2, 20);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      StormKind kind = test_kind_of (kinds[g_rand_int_range (rand, 0, sizeof kinds - 1)]);
      char *id = g_strdup_printf ("s%u", i);
      g_autofree char *title = g_strdup_printf ("T%d", g_rand_int_range (rand, 0, N_TYPES - 1));

      g_ptr_array_add (ids, id);
      storm_test_add_sticky (board, id, kind, title, g_rand_int_range (rand, 0, 12) * 60.0,
                             g_rand_int_range (rand, 0, 12) * 60.0);
      if (kind == STORM_KIND_POLICY && g_rand_boolean (rand))
        storm_test_set (board, id, STORM_PROP_JOIN, g_variant_new_string ("all"));
    }
  for (guint i = 0; i < 2 * n; i++)
    {
      g_autofree char *id = g_strdup_printf ("f%u", i);
      const char *from = g_ptr_array_index (ids, g_rand_int_range (rand, 0, n));
      const char *to = g_ptr_array_index (ids, g_rand_int_range (rand, 0, n));

      if (from == to)
        continue;
      if (g_rand_int_range (rand, 0, 6) == 0 &&
          storm_sticky_get_kind (storm_board_lookup_sticky (board, from)) == STORM_KIND_EVENT &&
          storm_sticky_get_kind (storm_board_lookup_sticky (board, to)) == STORM_KIND_EVENT)
        test_set_fail (board, from, to);
      storm_test_add_flow (board, id, from, to);
      if (g_rand_int_range (rand, 0, 8) == 0)
        storm_test_set (board, id, STORM_PROP_UNCHECKED, g_variant_new_boolean (TRUE));
      if (g_rand_int_range (rand, 0, 8) == 0)
        storm_test_set (board, id, STORM_PROP_TARGET,
                        g_variant_new_int64 (g_rand_int_range (rand, 1, 50) * STORM_TIME_SECOND));
    }
  return board;
}

/* No two at the same time, so that any order of arrival has the same order of events. */
static TestEvent *
random_events (GRand *rand,
               guint  n)
{
  static const char * const types[N_TYPES] = { "T0", "T1", "T2", "T3", "T4", "T5", "T6", "T7" };
  static const char * const keys[N_KEYS] = { "a", "b", "c", "d", "e", "f" };
  TestEvent *events = g_new0 (TestEvent, n);
  gint64 ms = 0;

  for (guint i = 0; i < n; i++)
    {
      guint which = g_rand_int_range (rand, 0, 4) == 0 ? 0 : g_rand_int_range (rand, 0, N_KEYS);

      ms += g_rand_int_range (rand, 1, 20000);
      events[i] = (TestEvent) { types[g_rand_int_range (rand, 0, N_TYPES)], keys[which], NULL, ms,
                                0, i };
    }
  return events;
}

static void
shuffle (GRand     *rand,
         TestEvent *events,
         guint      n)
{
  for (guint i = n; i > 1; i--)
    {
      guint k = g_rand_int_range (rand, 0, i);
      TestEvent event = events[k];

      events[k] = events[i - 1];
      events[i - 1] = event;
    }
}

static void
assert_same (Shop *a,
             Shop *b)
{
  static const char * const keys[N_KEYS] = { "a", "b", "c", "d", "e", "f" };
  guint n_rules = storm_rule_set_get_n_rules (a->rules);

  for (guint i = 0; i < N_KEYS; i++)
    {
      g_autofree char *expected = NULL;

      if (storm_trace_index_lookup (a->index, keys[i]) == NULL)
        continue;
      expected = shop_report (a, keys[i]);
      assert_report (b, keys[i], expected);
      g_assert_cmpstr (shop_state (a, keys[i]), ==, shop_state (b, keys[i]));
    }
  g_assert_cmpfloat (storm_conformance_get_fitness (a->conformance), ==,
                     storm_conformance_get_fitness (b->conformance));
  for (guint state = 0; state < STORM_N_TRACE_STATES; state++)
    g_assert_cmpuint (storm_conformance_count (a->conformance, state), ==,
                      storm_conformance_count (b->conformance, state));
  g_assert_cmpuint (n_rules, ==, storm_rule_set_get_n_rules (b->rules));
  for (guint32 rule = 0; rule < n_rules; rule++)
    {
      StormStepTimes x;
      StormStepTimes y;

      storm_conformance_get_times (a->conformance, rule, &x);
      storm_conformance_get_times (b->conformance, rule, &y);
      g_assert_cmpuint (x.n, ==, y.n);
      g_assert_cmpint (x.p50, ==, y.p50);
      g_assert_cmpint (x.p95, ==, y.p95);
      g_assert_cmpint (x.limit, ==, y.limit);
    }
}

/* Fitness of the whole is that of the traces together, and lies between nothing and all. */
static void
check_bounds (Shop *shop)
{
  double fitness = storm_conformance_get_fitness (shop->conformance);
  guint n = 0;

  g_assert_cmpfloat (fitness, >=, 0);
  g_assert_cmpfloat (fitness, <=, 1);
  for (guint state = 0; state < STORM_N_TRACE_STATES; state++)
    n += storm_conformance_count (shop->conformance, state);
  g_assert_cmpuint (n, ==, g_list_model_get_n_items (G_LIST_MODEL (shop->index)));
}

static void
change_board (GRand      *rand,
              StormBoard *board)
{
  GListModel *flows = storm_board_get_flows (board);
  guint n = g_list_model_get_n_items (flows);
  g_autoptr (StormFlow) flow = NULL;

  if (n == 0)
    return;
  flow = g_list_model_get_item (flows, g_rand_int_range (rand, 0, n));
  storm_test_set (board, storm_object_get_id (STORM_OBJECT (flow)), STORM_PROP_UNCHECKED,
                  g_variant_new_boolean (!storm_flow_get_unchecked (flow)));
}

/* Events in any order of arrival, in any portions, with the board changing and time passing in
 * between: the end is that of somebody who sees all at once. */
static void
play_game (guint32 seed,
           guint   n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (StormBoard) board = random_board (rand);
  g_autofree TestEvent *events = random_events (rand, n);
  g_auto (Shop) little = { 0 };
  g_auto (Shop) whole = { 0 };
  guint taken = 0;

  g_test_message ("seed %u", seed);
  shop_init_board (&little, board);
  shop_init_board (&whole, board);
  shop_add (&whole, events, n);
  if (seed % 3 > 0)
    shuffle (rand, events, n);
  while (taken < n)
    {
      guint portion = g_rand_int_range (rand, 1, 30);

      portion = MIN (portion, n - taken);
      shop_add (&little, events + taken, portion);
      taken += portion;
      if (g_rand_int_range (rand, 0, 20) == 0)
        change_board (rand, board);
      if (g_rand_boolean (rand))
        storm_conformance_settle (little.conformance, AT (0));
      else
        storm_conformance_flush (little.conformance, AT (0));
    }
  storm_trace_index_flush_at (little.index, AT (0));
  storm_trace_index_flush_at (whole.index, AT (0));
  if (seed % 2 == 0)
    {
      storm_conformance_settle (whole.conformance, AT (0));
      storm_conformance_settle (little.conformance, AT (0));
    }
  else
    {
      double seconds = g_rand_double_range (rand, 0, 100000);

      shop_wait (&little, 1e6);
      shop_wait (&little, seconds);
      shop_wait (&whole, seconds);
    }
  g_assert_true (storm_conformance_is_settled (little.conformance));
  check_bounds (&little);
  assert_same (&whole, &little);
}

static void
test_short (void)
{
  for (guint32 seed = 0; seed < 150; seed++)
    play_game (seed, 60);
}

static void
test_long (void)
{
  for (guint32 seed = 1000; seed < 1012; seed++)
    play_game (seed, 2000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/conformance-random/short", test_short);
  g_test_add_func ("/conformance-random/long", test_long);
  return g_test_run ();
}
