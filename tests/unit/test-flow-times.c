#include "config.h"

#include "storm-times-test.h"

static void
test_chain (void)
{
  g_auto (Shop) shop = { 0 };

  shop_init (&shop, "eA>pX>cY>eB eQ>eR");
  shop_tell (&shop, "1", "A@0 B@2");
  shop_tell (&shop, "2", "A@0 B@4 A@10 B@14");
  /* Each flow of the way has the figures, one of them shows them. */
  assert_stats (&shop, "eA>pX", "3 4.0 4.0");
  assert_stats (&shop, "pX>cY", "3 4.0 4.0");
  assert_stats (&shop, "cY>eB", "3 4.0 4.0 *");
  assert_stats (&shop, "eQ>eR", "-");
  assert_stats (&shop, "nothing", "-");

  assert_spans (&shop, "cY>eB", "-");
  storm_monitor_set_key (shop.monitor, "1");
  assert_spans (&shop, "cY>eB", "1 2.0 2.0 0");
  assert_spans (&shop, "eA>pX", "-");
  shop_tell (&shop, "1", "A@5 B@8.5");
  assert_spans (&shop, "cY>eB", "2 2.0 3.5 0");
  storm_monitor_set_key (shop.monitor, "nobody");
  assert_spans (&shop, "cY>eB", "-");
  storm_monitor_set_key (shop.monitor, NULL);
  assert_spans (&shop, "cY>eB", "-");
  assert_stats (&shop, "cY>eB", "4 3.5 4.0 *");
}

/* The longest flow has room to write on. */
static void
test_longest (void)
{
  g_auto (Shop) shop = { 0 };

  shop_init (&shop, "eA>pX>cY>eB");
  storm_flow_times_update (shop.times, TRUE);
  storm_test_set (shop.board, "eB", STORM_PROP_RECT,
                  g_variant_new ("(dddd)", 1100., 0., 120., 120.));
  shop_tell (&shop, "1", "A@0 B@2");
  assert_stats (&shop, "cY>eB", "1 2.0 2.0");
  assert_stats (&shop, "eA>pX", "1 2.0 2.0 *");
}

static void
test_ways (void)
{
  g_auto (Shop) shop = { 0 };

  shop_init (&shop, "eA>pX>cY>eB eC>pX cY>eD");
  shop_tell (&shop, "1", "A@0 B@1");
  shop_tell (&shop, "2", "A@0 D@2");
  shop_tell (&shop, "3", "C@0 B@4");
  shop_tell (&shop, "4", "C@0 B@4");
  assert_stats (&shop, "eA>pX", "2 1.0 2.0 *");
  assert_stats (&shop, "eC>pX", "2 4.0 4.0 *");
  assert_stats (&shop, "pX>cY", "4 2.0 4.0");
  assert_stats (&shop, "cY>eB", "3 4.0 4.0 *");
  assert_stats (&shop, "cY>eD", "1 2.0 2.0 *");

  /* A trace that went one way has room on all of it. */
  storm_test_set (shop.board, "eC", STORM_PROP_RECT,
                  g_variant_new ("(dddd)", -900., 0., 120., 120.));
  storm_monitor_set_key (shop.monitor, "3");
  assert_spans (&shop, "eC>pX", "1 4.0 4.0 0");
  assert_spans (&shop, "cY>eB", "-");
  /* Where it went several, each is written once, behind the parting. */
  shop_tell (&shop, "3", "A@10 D@16 C@20 D@28");
  assert_spans (&shop, "eC>pX", "-");
  assert_spans (&shop, "eA>pX", "-");
  assert_spans (&shop, "pX>cY", "-");
  assert_spans (&shop, "cY>eB", "1 4.0 4.0 0");
  assert_spans (&shop, "cY>eD", "2 6.0 8.0 0");
}

/* Two inputs, one outcome: before the policy. */
static void
test_inputs (void)
{
  g_auto (Shop) shop = { 0 };

  shop_init (&shop, "eA>pX>cY>eB eC>pX");
  shop_tell (&shop, "1", "A@0 B@1");
  shop_tell (&shop, "2", "C@0 B@7");
  assert_stats (&shop, "eA>pX", "1 1.0 1.0 *");
  assert_stats (&shop, "eC>pX", "1 7.0 7.0 *");
  assert_stats (&shop, "cY>eB", "2 1.0 7.0");
  storm_monitor_set_key (shop.monitor, "2");
  assert_spans (&shop, "eC>pX", "1 7.0 7.0 0");
  assert_spans (&shop, "eA>pX", "-");
}

static void
test_moment (void)
{
  g_auto (Shop) shop = { 0 };
  StormMoment moment = { AT (3000), G_MAXUINT32 };

  shop_init (&shop, "eA>pX>cY>eB>pZ>cU>eC");
  shop_tell (&shop, "1", "A@0 B@2 C@5");
  storm_monitor_set_key (shop.monitor, "1");
  assert_spans (&shop, "cY>eB", "1 2.0 2.0 0");
  assert_spans (&shop, "cU>eC", "1 3.0 3.0 0");
  storm_monitor_set_moment (shop.monitor, &moment);
  assert_spans (&shop, "cY>eB", "1 2.0 2.0 0");
  assert_spans (&shop, "cU>eC", "-");
  /* All traces tell of all that was seen. */
  assert_stats (&shop, "cU>eC", "1 3.0 3.0 *");
  storm_monitor_set_moment (shop.monitor, NULL);
  assert_spans (&shop, "cU>eC", "1 3.0 3.0 0");
}

static void
test_late (void)
{
  g_auto (Shop) shop = { 0 };

  shop_init (&shop, "eA>pX>cY>eB");
  storm_monitor_set_key (shop.monitor, "1");
  shop_tell (&shop, "1", "B@6");
  assert_stats (&shop, "cY>eB", "-");
  shop_tell (&shop, "1", "A@1");
  assert_stats (&shop, "cY>eB", "1 5.0 5.0 *");
  assert_spans (&shop, "cY>eB", "1 5.0 5.0 0");
}

/* What follows has the earlier time. */
static void
test_reversed (void)
{
  g_auto (Shop) shop = { 0 };

  shop_init (&shop, "eA>pX>cY>eB");
  /* Read first, or before it in their partition, and yet later: a clock. */
  shop_tell (&shop, "read", "A@3600 B@2");
  shop_tell (&shop, "partition", "A@3600/1 B@2/1");
  /* The other way round it did come early. */
  shop_tell (&shop, "early", "B@2 A@10");
  shop_tell (&shop, "early-partition", "B@2/2 A@10/2");
  storm_monitor_set_key (shop.monitor, "read");
  assert_spans (&shop, "cY>eB", "1 -3598.0 -3598.0 1");
  storm_monitor_set_key (shop.monitor, "partition");
  assert_spans (&shop, "cY>eB", "1 -3598.0 -3598.0 1");
  storm_monitor_set_key (shop.monitor, "early");
  assert_spans (&shop, "cY>eB", "1 -8.0 -8.0 0");
  storm_monitor_set_key (shop.monitor, "early-partition");
  assert_spans (&shop, "cY>eB", "1 -8.0 -8.0 0");
  /* No figure of all traces is made of it. */
  assert_stats (&shop, "cY>eB", "-");
}

/* Each of the early ones is taken once. */
static void
test_reversed_twice (void)
{
  g_auto (Shop) shop = { 0 };
  GArray *steps;

  shop_init (&shop, "eA>pX>cY>eB");
  shop_tell (&shop, "1", "A@10 B@2 A@20 B@3 A@30");
  storm_monitor_set_key (shop.monitor, "1");
  steps = storm_flow_times_get_steps (shop.times);
  g_assert_cmpuint (steps->len, ==, 2);
  g_assert_cmpint (g_array_index (steps, StormStepSpan, 0).span, ==, -8 * STORM_TIME_SECOND);
  g_assert_cmpint (g_array_index (steps, StormStepSpan, 1).span, ==, -17 * STORM_TIME_SECOND);
}

static void
test_board_changes (void)
{
  g_auto (Shop) shop = { 0 };
  StormChange *change;

  shop_init (&shop, "eA>pX>cY>eB");
  shop_tell (&shop, "1", "A@0 B@2");
  storm_test_add_flow (shop.board, "other", "eA", "pX");
  shop_tell (&shop, "2", "A@0 B@4");
  assert_stats (&shop, "other", "2 2.0 4.0");
  assert_stats (&shop, "eA>pX", "2 2.0 4.0");
  change = storm_change_new (NULL);
  storm_change_remove (change, storm_board_lookup (shop.board, "pX>cY"));
  storm_test_apply (shop.board, change);
  shop_tell (&shop, "3", "A@0 B@4");
  assert_stats (&shop, "pX>cY", "-");
  assert_stats (&shop, "cY>eB", "-");
  storm_monitor_clear (shop.monitor);
  storm_flow_times_update (shop.times, TRUE);
  assert_stats (&shop, "eA>pX", "-");
}

static void
test_range (void)
{
  g_auto (Shop) shop = { 0 };
  StormFlowStats least;
  StormFlowStats most;

  shop_init (&shop, "eA>pX>cY>eB>pZ>cU>eC");
  g_assert_false (storm_flow_times_get_range (shop.times, &least, &most));
  shop_tell (&shop, "1", "A@0 B@2 C@5");
  shop_tell (&shop, "2", "A@0 B@2");
  g_assert_true (storm_flow_times_get_range (shop.times, &least, &most));
  g_assert_cmpuint (least.n, ==, 1);
  g_assert_cmpuint (most.n, ==, 2);
  g_assert_cmpint ((least.p95 + STORM_TIME_SECOND / 2) / STORM_TIME_SECOND, ==, 2);
  g_assert_cmpint ((most.p95 + STORM_TIME_SECOND / 2) / STORM_TIME_SECOND, ==, 3);
}

/* A trace that never ends is looked at from its end only. */
static void
test_long_trace (void)
{
  g_auto (Shop) shop = { 0 };
  g_autoptr (GString) text = g_string_new ("A@0 B@5");
  const StormFlowSpans *spans;

  shop_init (&shop, "eA>pX>cY>eB");
  for (guint i = 1; i < 5000; i++)
    g_string_append_printf (text, " A@%u B@%u", i * 10, i * 10 + 1);
  shop_tell (&shop, "1", text->str);
  storm_monitor_set_key (shop.monitor, "1");
  spans = storm_flow_times_get_spans (shop.times, "cY>eB");
  g_assert_nonnull (spans);
  g_assert_cmpuint (spans->n, ==, STORM_SPANS_MAX_ROWS / 2);
  g_assert_cmpint (spans->longest, ==, STORM_TIME_SECOND);
}

/* Whatever the order in which events arrive, the figures are those of their order in time. */
static void
test_random (void)
{
  static const char flows[][8] = { "eA>pX", "eC>pX", "pX>cY", "cY>eB", "cY>eD", "eB>pZ", "pZ>cU",
                                   "cU>eA" };
  const char *board = "eA>pX>cY>eB eC>pX cY>eD eB>pZ>cU>eA";
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261121);

  for (guint round = 0; round < 30; round++)
    {
      g_auto (Shop) mixed = { 0 };
      g_auto (Shop) sorted = { 0 };
      char *words[40];

      shop_init (&mixed, board);
      shop_init (&sorted, board);
      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        words[i] = g_strdup_printf ("%c@%u/%u", 'A' + g_rand_int_range (rand, 0, 4), i, i);
      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        shop_tell (&sorted, i % 3 == 0 ? "x" : "y", words[i]);
      for (guint n = 0; n < G_N_ELEMENTS (words); n++)
        {
          guint i = g_rand_int_range (rand, 0, G_N_ELEMENTS (words));

          while (words[i] == NULL)
            i = (i + 1) % G_N_ELEMENTS (words);
          shop_tell (&mixed, i % 3 == 0 ? "x" : "y", words[i]);
          g_clear_pointer (&words[i], g_free);
        }
      for (guint i = 0; i < G_N_ELEMENTS (flows); i++)
        {
          g_autofree char *want = shop_stats (&sorted, flows[i]);

          assert_stats (&mixed, flows[i], want);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow-times/chain", test_chain);
  g_test_add_func ("/flow-times/longest", test_longest);
  g_test_add_func ("/flow-times/ways", test_ways);
  g_test_add_func ("/flow-times/inputs", test_inputs);
  g_test_add_func ("/flow-times/moment", test_moment);
  g_test_add_func ("/flow-times/late", test_late);
  g_test_add_func ("/flow-times/reversed", test_reversed);
  g_test_add_func ("/flow-times/reversed-twice", test_reversed_twice);
  g_test_add_func ("/flow-times/board-changes", test_board_changes);
  g_test_add_func ("/flow-times/range", test_range);
  g_test_add_func ("/flow-times/long-trace", test_long_trace);
  g_test_add_func ("/flow-times/random", test_random);
  return g_test_run ();
}
