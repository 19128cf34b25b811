#include "config.h"

#include "storm-conformance-test.h"
#include "storm-failures.h"
#include "storm-monitor-test.h"
#include "storm-overlay-marks.h"

/* Events whose payload says that they failed: "Paid!" is Paid with a status of FAILED. */

#define SHOP "cOrder>ePlaced>pPay>cPay>ePaid>pCafe>cAdd>eAdded cPay>ePayFailed " \
             "ePayFailed>pCancel>cCancel>eCanceled eAdded>pServe>cServe>eServed"

static void
init_shop (Shop *shop)
{
  shop_init (shop, SHOP);
  test_set_fail (shop->board, "ePayFailed", "ePaid");
}

/* It is the same as the fail event of the board, with all that must follow that. */
static void
test_stands_for_fail_event (void)
{
  g_auto (Shop) shop = { 0 };

  init_shop (&shop);
  shop_tell (&shop, "comp", "Placed@0 Paid!@1 Canceled@2");
  shop_tell (&shop, "open", "Placed@0 Paid!@1");
  shop_tell (&shop, "again", "Placed@0 Paid!@1 Paid@2 Added@3 Served@3");
  shop_tell (&shop, "both", "Placed@0 PayFailed!@1 Canceled@2");
  assert_report (&shop, "comp", "compensated 1.000 | failed 2 (Canceled) "
                                "Paid says that it failed: st is “FAILED”.");
  assert_report (&shop, "open", "failed 1.000 | failed 2 (Canceled) "
                                "Paid says that it failed: st is “FAILED”.");
  /* A fail event that says so too is what it was. */
  assert_report (&shop, "both", "compensated 1.000 | failed 2 (Canceled) "
                                "PayFailed came instead of Paid.");
  shop_wait (&shop, 100);
  assert_report (&shop, "open", "uncompensated 0.833 | failed 2 (Canceled) Paid says that it "
                                "failed: st is “FAILED”. | uncompensated 0 (Canceled) Not "
                                "compensated for 1 min after Paid: Canceled usually follows "
                                "within 1.0 s.");
}

/* Without a fail event nothing must follow; what follows all the same is not unexpected. */
static void
test_without_fail_event (void)
{
  g_auto (Shop) shop = { 0 };

  init_shop (&shop);
  shop_tell (&shop, "end", "Placed@0 Paid@1 Added!@2");
  shop_tell (&shop, "on", "Placed@0 Paid@1 Added!@2 Served@3");
  shop_tell (&shop, "retry", "Placed@0 Paid@1 Added!@2 Added!@3 Added@4 Served@5");
  shop_tell (&shop, "early", "Added!@2");
  assert_report (&shop, "retry", "conforming 1.000 | failed 3 () Added says that it failed: st is "
                                 "“FAILED”. | failed 4 () Added says that it failed: st is "
                                 "“FAILED”.");
  assert_report (&shop, "on", "failed 1.000 | failed 3 () Added says that it failed: st is "
                              "“FAILED”.");
  shop_wait (&shop, 1000);
  assert_report (&shop, "end", "failed 1.000 | failed 3 () Added says that it failed: st is "
                               "“FAILED”.");
  assert_report (&shop, "early", "failed 0.500 | out-of-order 1 (Paid) Added came without Paid "
                                 "before it. | failed 1 () Added says that it failed: st is "
                                 "“FAILED”.");
}

/* What was to compensate a failure says that it failed. */
static void
test_broken (void)
{
  g_auto (Shop) shop = { 0 };

  init_shop (&shop);
  shop_tell (&shop, "a", "Placed@0 PayFailed@1 Canceled!@2");
  assert_report (&shop, "a", "uncompensated 1.000 | failed 2 (Canceled) PayFailed came instead of "
                             "Paid. | failed 3 () Canceled says that it failed: st is “FAILED”. | "
                             "uncompensated 3 (Canceled) Not compensated: Canceled failed itself.");
}

static void
test_off_board (void)
{
  g_auto (Shop) shop = { 0 };

  init_shop (&shop);
  shop_tell (&shop, "a", "Placed@0 Coffee!@1 Paid@2 Added@3 Served@4");
  assert_report (&shop, "a", "failed 0.900 | unexpected 2 (Paid) Coffee came, which is not on the "
                             "board. | failed 2 (Paid) Coffee says that it failed: st is "
                             "“FAILED”.");
}

/* A long trace is taken up where it stood. */
static void
test_long_trace (void)
{
  g_auto (Shop) shop = { 0 };

  init_shop (&shop);
  shop_tell (&shop, "a", "Placed@0 Coffee!@1 Paid@2 Added!@3 Added@4");
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *text = g_strdup_printf ("Served@%u", 5 + i);

      shop_tell (&shop, "a", text);
    }
  g_assert_cmpstr (shop_state (&shop, "a"), ==, "failed");
  g_assert_cmpuint (storm_conformance_count (shop.conformance, STORM_TRACE_FAILED), ==, 1);
}

static void
test_marks (void)
{
  g_auto (Shop) shop = { 0 };
  StormTrace *trace;
  g_autoptr (StormTraceReport) report = NULL;
  g_autoptr (StormTraceMarks) marks = NULL;
  guint paid;

  init_shop (&shop);
  shop_tell (&shop, "a", "Placed@0 Paid!@1 Canceled@2");
  trace = storm_trace_index_lookup (shop.index, "a");
  report = storm_trace_report_new (shop.conformance, trace);
  marks = storm_trace_marks_new (report, shop.rules, shop.matcher, shop.log);
  paid = GPOINTER_TO_UINT (g_hash_table_lookup (marks->stickies, "ePaid"));
  g_assert_cmpuint (paid, ==, STORM_MARK_FAILED | STORM_MARK_COMPENSATED);
  g_assert_null (g_hash_table_lookup (marks->stickies, "ePayFailed"));
}

static const StormFailureKind *
find_kind (StormFailures *failures,
           const char    *name)
{
  GPtrArray *kinds = storm_failures_get_kinds (failures);

  for (guint i = 0; i < kinds->len; i++)
    {
      const StormFailureKind *kind = g_ptr_array_index (kinds, i);

      if (g_str_equal (kind->name, name))
        return kind;
    }
  return NULL;
}

static void
test_kinds (void)
{
  g_autoptr (StormMonitor) monitor = test_shop_monitor ();
  g_autoptr (StormFailures) failures = storm_failures_new (monitor);
  const StormFailureKind *kind;

  test_tell (monitor, "stands", "Placed@0 Paid!@1", 2);
  test_tell (monitor, "own", "Placed@0 Paid@1 Added!@2", 2);
  test_tell (monitor, "good", "Placed@0 Paid@1 Added!@2 Added!@3 Added@4", 5);
  test_tell (monitor, "off", "Placed@0 Coffee!@1 Paid@2 Added@3", 5);
  g_assert_true (storm_failures_work (failures, G_MAXINT64));
  g_assert_cmpuint (storm_failures_get_kinds (failures)->len, ==, 3);
  kind = find_kind (failures, "PayFailed");
  g_assert_cmpstr (kind->of, ==, "Paid");
  g_assert_cmpuint (kind->n_events, ==, 1);
  g_assert_cmpuint (kind->n_open, ==, 1);
  kind = find_kind (failures, "Added");
  g_assert_null (kind->of);
  g_assert_cmpuint (kind->n_events, ==, 3);
  g_assert_cmpuint (kind->n_recovered, ==, 1);
  g_assert_cmpuint (kind->n_final, ==, 1);
  g_assert_cmpuint (kind->n_open, ==, 0);
  kind = find_kind (failures, "Coffee");
  g_assert_null (kind->of);
  g_assert_cmpuint (kind->n_final, ==, 1);
}

/* Nothing is trouble any more, and still it failed before. */
static void
test_recovered (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormMonitor) monitor = NULL;
  g_autoptr (StormFailures) failures = NULL;
  const StormFailureKind *kind;

  test_chains (board, "cOrder>ePlaced>pPay>cPay>ePaid cPay>ePayFailed");
  test_set_fail (board, "ePayFailed", "ePaid");
  monitor = storm_monitor_new (board);
  failures = storm_failures_new (monitor);
  test_tell (monitor, "a", "Placed@0 PayFailed@1 PayFailed@2", 3);
  g_assert_true (storm_failures_work (failures, G_MAXINT64));
  kind = find_kind (failures, "PayFailed");
  g_assert_cmpuint (kind->n_events, ==, 2);
  g_assert_cmpuint (kind->n_final, ==, 1);
  g_assert_cmpuint (kind->n_recovered, ==, 0);

  test_tell (monitor, "a", "Paid@4", 5);
  g_assert_true (storm_failures_work (failures, G_MAXINT64));
  kind = find_kind (failures, "PayFailed");
  g_assert_cmpuint (kind->n_events, ==, 2);
  g_assert_cmpuint (kind->n_final, ==, 0);
  g_assert_cmpuint (kind->n_recovered, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/said-failure/stands-for-fail-event", test_stands_for_fail_event);
  g_test_add_func ("/said-failure/without-fail-event", test_without_fail_event);
  g_test_add_func ("/said-failure/broken", test_broken);
  g_test_add_func ("/said-failure/off-board", test_off_board);
  g_test_add_func ("/said-failure/long-trace", test_long_trace);
  g_test_add_func ("/said-failure/marks", test_marks);
  g_test_add_func ("/said-failure/kinds", test_kinds);
  g_test_add_func ("/said-failure/recovered", test_recovered);

  return g_test_run ();
}
