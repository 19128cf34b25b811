#pragma once

/* Helpers of the tests of what follows a monitor: a shop, and events in a few words. */

#include "storm-monitor.h"
#include "storm-rule-test.h"
#include "storm-trace-test.h"

#define TEST_SHOP "cOrder>ePlaced>pPay>cPay>ePaid>pCafe>cAdd>eAdded cPay>ePayFailed " \
                  "ePayFailed>pCancel>cCancel>eCanceled"

/* A monitor of the shop, in which it is always as late as was said last. */
static inline StormMonitor *
test_shop_monitor (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();

  test_chains (board, TEST_SHOP);
  test_set_fail (board, "ePayFailed", "ePaid");
  return storm_monitor_new (board);
}

static inline void
test_take (StormMonitor    *monitor,
           const TestEvent *events,
           guint            n)
{
  g_autoptr (StormBatch) batch = test_batch (storm_monitor_get_strings (monitor), events, n);

  storm_monitor_take (monitor, batch);
  storm_monitor_flush (monitor);
}

/* "Placed@0 Paid@1" of one key, seconds; then it is @now. */
static inline void
test_tell (StormMonitor *monitor,
           const char   *key,
           const char   *text,
           double        now)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL && *words[i] != '\0'; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], "@", 2);
      TestEvent event = { parts[0], key, NULL, (gint64) (g_ascii_strtod (parts[1], NULL) * 1000),
                          0, storm_event_log_get_n (storm_monitor_get_log (monitor)) };
      g_autoptr (StormBatch) batch = test_batch (storm_monitor_get_strings (monitor), &event, 1);

      storm_monitor_take (monitor, batch);
    }
  storm_conformance_set_clock (storm_monitor_get_conformance (monitor), STORM_CLOCK_FIXED,
                               AT ((gint64) (now * 1000)));
  storm_monitor_flush (monitor);
  storm_conformance_settle (storm_monitor_get_conformance (monitor), AT (0));
}
