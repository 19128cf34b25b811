#include "config.h"

#include "storm-conformance-test.h"

/* Placed → Paid → Added, with a failure of paying that cancels the order, and the stock. */
#define SHOP "cOrder>ePlaced>pPay>cPay>ePaid>pCafe>cAdd>eAdded cPay>ePayFailed " \
             "ePayFailed>pCancel>cCancel>eCanceled>pStock>cStock>eStockBack cStock>eStockFailed"

static void
init_shop (Shop *shop)
{
  shop_init (shop, SHOP);
  test_set_fail (shop->board, "ePayFailed", "ePaid");
  test_set_fail (shop->board, "eStockFailed", "eStockBack");
}

static void
test_states (void)
{
  g_auto (Shop) shop = { 0 };

  init_shop (&shop);
  shop_tell (&shop, "good", "Placed@0 Paid@1 Added@2");
  shop_tell (&shop, "odd", "Placed@0 Coffee@1 Paid@1 Added@2");
  shop_tell (&shop, "mixed", "Paid@1 Placed@2 Added@3");
  shop_tell (&shop, "alone", "Added@3");
  shop_tell (&shop, "run", "Placed@3 Paid@4");
  assert_report (&shop, "good", "conforming 1.000");
  assert_report (&shop, "odd", "unexpected 0.875 | unexpected 2 (Paid) "
                               "Coffee came, which is not on the board.");
  assert_report (&shop, "run", "running 1.000");
  assert_report (&shop, "alone", "out-of-order 0.500 | out-of-order 1 (Paid) "
                                 "Added came without Paid before it.");

  shop_wait (&shop, 64);
  g_assert_cmpstr (shop_state (&shop, "run"), ==, "running");
  shop_wait (&shop, 64.001);
  assert_report (&shop, "run", "stuck 0.833 | missing-next 0 (Added) Nothing for 1 min after Paid: "
                               "Added usually follows within 1.0 s.");
  assert_report (&shop, "good", "conforming 1.000");
  g_assert_cmpuint (storm_conformance_count (shop.conformance, STORM_TRACE_STUCK), ==, 2);
  shop_wait (&shop, 10);
  g_assert_cmpstr (shop_state (&shop, "run"), ==, "running");
  g_assert_cmpuint (storm_conformance_count (shop.conformance, STORM_TRACE_STUCK), ==, 0);
}

static void
test_out_of_order (void)
{
  g_auto (Shop) shop = { 0 };

  init_shop (&shop);
  shop_tell (&shop, "a", "Paid@1 Placed@2 Paid@3 Added@4");
  assert_report (&shop, "a", "out-of-order 0.900 | out-of-order 1 (Placed) "
                             "Paid came before Placed.");
  /* What was missing came late: it is put where it belongs, and all is well. */
  shop_tell (&shop, "b", "Paid@1 Added@2");
  g_assert_cmpstr (shop_state (&shop, "b"), ==, "out-of-order");
  shop_tell (&shop, "b", "Placed@0.5");
  assert_report (&shop, "b", "conforming 1.000");
}

static void
test_failures (void)
{
  g_auto (Shop) shop = { 0 };

  init_shop (&shop);
  shop_tell (&shop, "comp", "Placed@0 PayFailed@1 Canceled@2 StockBack@3");
  shop_tell (&shop, "half", "Placed@0 PayFailed@1 Canceled@2");
  shop_tell (&shop, "open", "Placed@0 PayFailed@3");
  shop_tell (&shop, "broken", "Placed@0 PayFailed@1 Canceled@2 StockFailed@3");
  shop_tell (&shop, "again", "Placed@0 PayFailed@1 Paid@2 Added@3");
  assert_report (&shop, "comp", "compensated 1.000 | failed 2 (Canceled) "
                                "PayFailed came instead of Paid.");
  assert_report (&shop, "half", "failed 1.000 | failed 2 (Canceled) "
                                "PayFailed came instead of Paid.");
  assert_report (&shop, "open", "failed 1.000 | failed 2 (Canceled) "
                                "PayFailed came instead of Paid.");
  assert_report (&shop, "broken", "uncompensated 1.000 | failed 2 (Canceled) PayFailed came "
                                  "instead of Paid. | failed 4 () StockFailed came instead of "
                                  "StockBack. | uncompensated 4 (StockBack) Not compensated: "
                                  "StockFailed came instead of StockBack.");
  shop_wait (&shop, 90);
  assert_report (&shop, "half", "uncompensated 0.875 | failed 2 (Canceled) PayFailed came instead "
                                "of Paid. | uncompensated 0 (StockBack) Not compensated for 1 min "
                                "after Canceled: StockBack usually follows within 1.0 s.");
  g_assert_cmpstr (shop_state (&shop, "comp"), ==, "compensated");
  g_assert_cmpstr (shop_state (&shop, "broken"), ==, "uncompensated");
  /* Paying went well at last; what the failure asked for is asked for as before. */
  g_assert_cmpstr (shop_state (&shop, "again"), ==, "stuck");
}

/* After a failure nobody waits for the usual way any more. */
static void
test_waived (void)
{
  g_auto (Shop) shop = { 0 };

  shop_init (&shop, "ePlaced>pA>cA>ePaid ePlaced>pB>cB>ePacked cA>eFailed");
  test_set_fail (shop.board, "eFailed", "ePaid");
  shop_tell (&shop, "k", "Placed@0 Failed@1");
  shop_tell (&shop, "l", "Placed@0 Paid@1");
  shop_wait (&shop, 100);
  assert_report (&shop, "k", "failed 1.000 | failed 2 () Failed came instead of Paid.");
  g_assert_cmpstr (shop_state (&shop, "l"), ==, "stuck");
}

/* Two failures, one compensation. */
static void
test_two_failures (void)
{
  g_auto (Shop) shop = { 0 };

  shop_init (&shop, "eCreated>pP>cPay>ePaid cPay>ePayFailed eCreated>pS>cStock>eTaken "
                    "cStock>eNoStock ePayFailed>pC>cCancel>eCanceled eNoStock>pC");
  test_set_fail (shop.board, "ePayFailed", "ePaid");
  test_set_fail (shop.board, "eNoStock", "eTaken");
  shop_tell (&shop, "a", "Created@0 PayFailed@1 Canceled@2 NoStock@3");
  shop_tell (&shop, "b", "Created@0 PayFailed@1 NoStock@2 Canceled@3");
  shop_tell (&shop, "c", "Created@0 PayFailed@1 NoStock@2");
  shop_wait (&shop, 300);
  g_assert_cmpstr (shop_state (&shop, "a"), ==, "compensated");
  g_assert_cmpstr (shop_state (&shop, "b"), ==, "compensated");
  g_assert_cmpstr (shop_state (&shop, "c"), ==, "uncompensated");
}

static void
test_repeats (void)
{
  g_auto (Shop) shop = { 0 };

  init_shop (&shop);
  shop_tell (&shop, "k", "Placed@0#1 Paid@1#2 Paid@2#2 Added@3#3");
  assert_report (&shop, "k", "conforming 1.000 | repeated 2 () Paid came again.");
}

static void
test_undecodable (void)
{
  g_auto (Shop) shop = { 0 };

  init_shop (&shop);
  shop_tell (&shop, "k", "Placed@0 Paid@1 Added@2 !@3");
  g_assert_cmpuint (storm_conformance_get_undecodable (shop.conformance)->len, ==, 1);
  assert_report (&shop, "k", "conforming 1.000 | undecodable 0 () The record shop/0@3 could "
                             "not be decoded.");
}

static void
test_join (void)
{
  g_auto (Shop) shop = { 0 };

  shop_init (&shop, "eA>pP>cX>eC eB>pP");
  storm_test_set (shop.board, "pP", STORM_PROP_JOIN, g_variant_new_string ("all"));
  shop_tell (&shop, "one", "A@0");
  shop_tell (&shop, "early", "A@0 C@1 B@2");
  shop_tell (&shop, "both", "B@0 A@1 C@2");
  shop_tell (&shop, "twice", "B@0 A@1 C@2 A@3 B@4");
  shop_wait (&shop, 500);
  g_assert_cmpstr (shop_state (&shop, "one"), ==, "conforming");
  g_assert_cmpstr (shop_state (&shop, "early"), ==, "stuck");
  g_assert_cmpstr (shop_state (&shop, "both"), ==, "conforming");
  g_assert_cmpstr (shop_state (&shop, "twice"), ==, "stuck");
  storm_test_set (shop.board, "pP", STORM_PROP_JOIN, g_variant_new_string (""));
  shop_wait (&shop, 500);
  g_assert_cmpstr (shop_state (&shop, "one"), ==, "stuck");
  g_assert_cmpstr (shop_state (&shop, "early"), ==, "stuck");
  g_assert_cmpstr (shop_state (&shop, "both"), ==, "conforming");
}

/* Targets of nothing, of a moment, of years. */
static void
test_targets (void)
{
  g_auto (Shop) shop = { 0 };

  init_shop (&shop);
  shop_tell (&shop, "k", "Placed@0");
  storm_test_set (shop.board, "ePlaced>pPay", STORM_PROP_TARGET, g_variant_new_int64 (1000));
  shop_wait (&shop, 0);
  g_assert_cmpstr (shop_state (&shop, "k"), ==, "running");
  shop_wait (&shop, 0.001);
  g_assert_cmpstr (shop_state (&shop, "k"), ==, "stuck");
  storm_test_set (shop.board, "ePlaced>pPay", STORM_PROP_TARGET,
                  g_variant_new_int64 (STORM_FLOW_MAX_TARGET));
  storm_test_set (shop.board, "pPay>cPay", STORM_PROP_TARGET,
                  g_variant_new_int64 (STORM_FLOW_MAX_TARGET));
  shop_wait (&shop, 365 * 86400.0);
  g_assert_cmpstr (shop_state (&shop, "k"), ==, "running");
  storm_test_set (shop.board, "ePlaced>pPay", STORM_PROP_UNCHECKED, g_variant_new_boolean (TRUE));
  shop_wait (&shop, 365 * 86400.0);
  g_assert_cmpstr (shop_state (&shop, "k"), ==, "conforming");
}

/* Once twenty cases are known, what took longer than nearly all of them is stuck. */
static void
test_learned (void)
{
  g_auto (Shop) shop = { 0 };
  StormStepTimes times;

  init_shop (&shop);
  for (guint i = 0; i < 19; i++)
    {
      g_autofree char *key = g_strdup_printf ("k%u", i);

      shop_tell (&shop, key, "Placed@0 Paid@2 Added@3");
    }
  shop_tell (&shop, "slow", "Placed@0");
  shop_wait (&shop, 10);
  g_assert_cmpstr (shop_state (&shop, "slow"), ==, "running");
  shop_tell (&shop, "k19", "Placed@0 Paid@2 Added@3");
  g_assert_cmpstr (shop_state (&shop, "slow"), ==, "stuck");
  assert_report (&shop, "slow", "stuck 0.750 | missing-next 0 (Paid) Nothing for 10 s after "
                                "Placed: Paid usually follows within 2.0 s.");
  storm_conformance_get_times (shop.conformance, 0, &times);
  g_assert_cmpuint (times.n, ==, 20);
  g_assert_cmpint (ABS (times.p50 - 2 * STORM_TIME_SECOND), <, STORM_TIME_SECOND / 8);
  g_assert_cmpint (times.limit, ==, times.p95);
  /* When it comes after all, that is one more case, and no case is stuck. */
  shop_tell (&shop, "slow", "Paid@9 Added@9.5");
  g_assert_cmpstr (shop_state (&shop, "slow"), ==, "conforming");
}

static void
test_clocks (void)
{
  g_auto (Shop) shop = { 0 };

  init_shop (&shop);
  g_assert_cmpint (storm_conformance_get_now (shop.conformance), ==, STORM_TIME_NONE);
  shop_tell (&shop, "a", "Placed@0");
  g_assert_cmpint (storm_conformance_get_now (shop.conformance), ==, AT (0));
  shop_tell (&shop, "b", "Placed@61");
  g_assert_cmpstr (shop_state (&shop, "a"), ==, "stuck");
  g_assert_cmpstr (shop_state (&shop, "b"), ==, "running");
  storm_conformance_set_clock (shop.conformance, STORM_CLOCK_WALL, STORM_TIME_NONE);
  storm_conformance_flush (shop.conformance, AT (122000));
  g_assert_cmpstr (shop_state (&shop, "b"), ==, "stuck");
  g_assert_true (storm_conformance_is_settled (shop.conformance));
}

static void
test_headline (void)
{
  const struct { const char *events; const char *headline; } cases[] = {
    { "Placed@100 Paid@101 Added@102", NULL },
    { "Placed@110", NULL },
    { "Placed@0 Paid@30", "order 4711 stopped after Paid 1 min ago; Added must follow." },
    { "Placed@100 Tea@101 Paid@102 Added@103",
      "order 4711, 19 s ago: Tea came, which is not on the board." },
    { "Placed@0 PayFailed@1 Canceled@2 StockBack@120",
      "order 4711 failed 1 min ago and was compensated: PayFailed came instead of Paid." },
    { "Placed@118 PayFailed@119", "order 4711, 1.0 s ago: PayFailed came instead of Paid." },
    { "Placed@0 PayFailed@1", "order 4711 failed with PayFailed 1 min ago; Canceled must follow." },
    { "Placed@100 Added@101 Paid@102 Added@103", "order 4711, 19 s ago: Added came before Paid." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Shop) shop = { 0 };
      g_autoptr (StormTrace) worst = NULL;
      g_autofree char *headline = NULL;
      StormTrace *trace;

      init_shop (&shop);
      shop_tell (&shop, "order 4711", cases[i].events);
      shop_wait (&shop, 120);
      trace = storm_trace_index_lookup (shop.index, "order 4711");
      headline = storm_conformance_headline (shop.conformance, trace);
      g_assert_cmpstr (headline, ==, cases[i].headline);
      worst = storm_conformance_find_worst (shop.conformance);
      g_assert_true (worst == (cases[i].headline != NULL ? trace : NULL));
    }
}

/* Boards that people don't draw, and traces that nobody sends. */
static void
test_odd_boards (void)
{
  const char * const boards[] = { "", "eA eB", "eA>eB>eA", "eA>pP>eA", "pP>cX>pP" };

  for (guint i = 0; i < G_N_ELEMENTS (boards); i++)
    {
      g_auto (Shop) shop = { 0 };

      if (*boards[i] == '\0')
        {
          g_autoptr (StormBoard) board = storm_board_new ();

          shop_init_board (&shop, board);
        }
      else
        {
          shop_init (&shop, boards[i]);
        }
      shop_tell (&shop, "k", "A@0 B@1 A@2 A@3 B@4 C@5");
      shop_wait (&shop, 1e6);
      g_assert_cmpfloat (storm_conformance_get_fitness (shop.conformance), >=, 0);
      g_assert_cmpfloat (storm_conformance_get_fitness (shop.conformance), <=, 1);
    }
}

static void
on_changed (StormConformance *conformance,
            guint            *n)
{
  (*n)++;
}

static void
test_changed (void)
{
  g_auto (Shop) shop = { 0 };
  guint n = 0;

  init_shop (&shop);
  g_signal_connect (shop.conformance, "changed", G_CALLBACK (on_changed), &n);
  shop_tell (&shop, "k", "Placed@0");
  g_assert_cmpuint (n, ==, 1);
  storm_conformance_settle (shop.conformance, AT (0));
  g_assert_cmpuint (n, ==, 1);
  shop_wait (&shop, 61);
  g_assert_cmpuint (n, ==, 2);
  storm_test_set (shop.board, "ePlaced", STORM_PROP_TITLE, g_variant_new_string ("Ordered"));
  shop_wait (&shop, 61);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (shop_state (&shop, "k"), ==, "unexpected");
}

/* One long trace, events in order and some late: the work for each is bounded, and the end is the
 * same as when all came at once. */
static void
test_long_trace (void)
{
  g_auto (Shop) shop = { 0 };
  g_auto (Shop) all = { 0 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  const char * const types[] = { "Placed", "Paid", "Added", "PayFailed", "Canceled", "Tea" };
  g_autofree TestEvent *events = g_new0 (TestEvent, 30000);
  StormTrace *trace;
  g_autoptr (StormTraceReport) a = NULL;
  g_autoptr (StormTraceReport) b = NULL;

  init_shop (&shop);
  init_shop (&all);
  for (guint i = 0; i < 30000; i++)
    events[i] = (TestEvent) { types[g_rand_int_range (rand, 0, 6)], "k", NULL,
                              i * 10 + 90000, 0, i };
  for (guint i = 0; i < 30000; i += 97)
    events[i].ms -= g_rand_int_range (rand, 0, 50000);
  for (guint i = 0; i < 30000; i += 10)
    {
      shop_add (&shop, events + i, 10);
      storm_conformance_flush (shop.conformance, AT (0));
    }
  shop_add (&all, events, 30000);
  storm_conformance_settle (shop.conformance, AT (0));
  storm_conformance_settle (all.conformance, AT (0));
  trace = storm_trace_index_lookup (shop.index, "k");
  a = storm_trace_report_new (shop.conformance, trace);
  b = storm_trace_report_new (all.conformance, storm_trace_index_lookup (all.index, "k"));
  g_assert_cmpint (a->state, ==, storm_conformance_get_state (shop.conformance, trace));
  g_assert_cmpint (a->state, ==, b->state);
  g_assert_cmpfloat (a->fitness, ==, b->fitness);
  g_assert_cmpuint (a->findings->len, ==, STORM_REPORT_MAX_FINDINGS);
  g_assert_cmpuint (a->n_more, ==, b->n_more);
  g_assert_cmpfloat (storm_conformance_get_fitness (shop.conformance), ==,
                     storm_conformance_get_fitness (all.conformance));
}

/* A hundred thousand traces of one event. */
static void
test_many_traces (void)
{
  g_auto (Shop) shop = { 0 };
  guint n = 100000;

  init_shop (&shop);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *key = g_strdup_printf ("key-%u", i);
      TestEvent event = { i % 3 == 0 ? "Placed" : i % 3 == 1 ? "Added" : "Tea", key, NULL,
                          i / 1000, 0, i };

      shop_add (&shop, &event, 1);
      if (i % 5000 == 0)
        storm_conformance_flush (shop.conformance, AT (0));
    }
  shop_wait (&shop, 1000);
  n /= 3;
  g_assert_cmpuint (storm_conformance_count (shop.conformance, STORM_TRACE_STUCK), ==, n + 1);
  g_assert_cmpuint (storm_conformance_count (shop.conformance, STORM_TRACE_OUT_OF_ORDER), ==, n);
  g_assert_cmpuint (storm_conformance_count (shop.conformance, STORM_TRACE_UNEXPECTED), ==, n);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/conformance/states", test_states);
  g_test_add_func ("/conformance/out-of-order", test_out_of_order);
  g_test_add_func ("/conformance/failures", test_failures);
  g_test_add_func ("/conformance/waived", test_waived);
  g_test_add_func ("/conformance/two-failures", test_two_failures);
  g_test_add_func ("/conformance/repeats", test_repeats);
  g_test_add_func ("/conformance/undecodable", test_undecodable);
  g_test_add_func ("/conformance/join", test_join);
  g_test_add_func ("/conformance/targets", test_targets);
  g_test_add_func ("/conformance/learned", test_learned);
  g_test_add_func ("/conformance/clocks", test_clocks);
  g_test_add_func ("/conformance/headline", test_headline);
  g_test_add_func ("/conformance/odd-boards", test_odd_boards);
  g_test_add_func ("/conformance/changed", test_changed);
  g_test_add_func ("/conformance/long-trace", test_long_trace);
  g_test_add_func ("/conformance/many-traces", test_many_traces);
  return g_test_run ();
}
