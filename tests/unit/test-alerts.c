#include "config.h"

#include "storm-alerts.h"
#include "storm-monitor-test.h"

static void
assert_title (StormAlerts *alerts,
              const char  *title,
              const char  *body,
              const char  *key)
{
  g_autofree char *said = storm_alerts_dup_title (alerts);
  g_autofree char *more = storm_alerts_dup_body (alerts);
  g_autofree char *leads = storm_alerts_dup_key (alerts);

  g_assert_cmpstr (said, ==, title);
  g_assert_cmpstr (more, ==, body);
  g_assert_cmpstr (leads, ==, key);
}

/* Each trace once, together, until somebody has seen them. */
static void
test_once (void)
{
  g_autoptr (StormMonitor) monitor = test_shop_monitor ();
  g_autoptr (StormAlerts) alerts = storm_alerts_new (monitor);

  test_tell (monitor, "good", "Placed@0 Paid@1 Added@2", 2);
  test_tell (monitor, "stuck", "Placed@0 Paid@1", 2);
  g_assert_false (storm_alerts_look (alerts));
  test_tell (monitor, "stuck", "", 100);
  g_assert_true (storm_alerts_look (alerts));
  g_assert_false (storm_alerts_look (alerts));
  assert_title (alerts, "stuck is stuck",
                "stuck stopped after Paid 1 min ago; Added usually follows within 1.0 s.", "stuck");

  test_tell (monitor, "bad", "Placed@99 PayFailed@100", 100);
  g_assert_true (storm_alerts_look (alerts));
  assert_title (alerts, "1 trace failed, 1 trace is stuck", "stuck, bad", "stuck");
  /* From failed to not compensated is nothing new. */
  test_tell (monitor, "bad", "", 300);
  g_assert_false (storm_alerts_look (alerts));
  g_assert_cmpuint (storm_alerts_get_n (alerts), ==, 2);
  assert_title (alerts, "1 trace failed, 1 trace is stuck", "stuck, bad", "bad");

  storm_alerts_see (alerts);
  g_assert_cmpuint (storm_alerts_get_n (alerts), ==, 0);
  g_assert_false (storm_alerts_look (alerts));
}

static void
test_many (void)
{
  g_autoptr (StormMonitor) monitor = test_shop_monitor ();
  g_autoptr (StormAlerts) alerts = storm_alerts_new (monitor);

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *key = g_strdup_printf ("order-%u", i);

      test_tell (monitor, key, "Placed@0", 1);
    }
  test_tell (monitor, "order-0", "", 100);
  g_assert_true (storm_alerts_look (alerts));
  assert_title (alerts, "12 traces are stuck", "order-0, order-1, order-2 and 9 more", "order-0");
}

/* What went on before anybody looked is no news; what stops again was told already. */
static void
test_back (void)
{
  g_autoptr (StormMonitor) monitor = test_shop_monitor ();
  g_autoptr (StormAlerts) alerts = storm_alerts_new (monitor);

  test_tell (monitor, "a", "Placed@0", 100);
  g_assert_true (storm_alerts_look (alerts));
  test_tell (monitor, "a", "Paid@101", 101);
  g_assert_false (storm_alerts_look (alerts));
  g_assert_cmpuint (storm_alerts_get_n (alerts), ==, 0);
  g_assert_null (storm_alerts_dup_key (alerts));
  test_tell (monitor, "a", "", 400);
  g_assert_false (storm_alerts_look (alerts));
}

/* What is there when somebody looks is seen; a cleared log begins anew. */
static void
test_seen (void)
{
  g_autoptr (StormMonitor) monitor = test_shop_monitor ();
  g_autoptr (StormAlerts) alerts = storm_alerts_new (monitor);

  test_tell (monitor, "a", "Placed@0", 100);
  storm_alerts_see (alerts);
  g_assert_false (storm_alerts_look (alerts));
  storm_monitor_clear (monitor);
  test_tell (monitor, "b", "Placed@0", 100);
  g_assert_true (storm_alerts_look (alerts));
}

/* Read anew with another mapping, the traces are others, but their troubles are no news. */
static void
test_remapped (void)
{
  g_autoptr (StormMonitor) monitor = test_shop_monitor ();
  g_autoptr (StormAlerts) alerts = storm_alerts_new (monitor);

  test_tell (monitor, "a", "Placed@0", 100);
  g_assert_true (storm_alerts_look (alerts));
  g_signal_emit_by_name (storm_monitor_get_log (monitor), "remapped");
  storm_conformance_settle (storm_monitor_get_conformance (monitor), AT (0));
  g_assert_false (storm_alerts_look (alerts));
  g_assert_cmpuint (storm_alerts_get_n (alerts), ==, 0);
  test_tell (monitor, "b", "Placed@100", 300);
  g_assert_true (storm_alerts_look (alerts));
  assert_title (alerts, "b is stuck", "b stopped after Placed 3 min ago; Paid must follow.", "b");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alerts/once", test_once);
  g_test_add_func ("/alerts/many", test_many);
  g_test_add_func ("/alerts/back", test_back);
  g_test_add_func ("/alerts/seen", test_seen);
  g_test_add_func ("/alerts/remapped", test_remapped);
  return g_test_run ();
}
