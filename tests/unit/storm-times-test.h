#pragma once

/* Helpers of the tests of times: a monitor on a board of a few words. */

#include "storm-flow-times.h"
#include "storm-rule-test.h"
#include "storm-step-spans.h"
#include "storm-trace-test.h"

typedef struct
{
  StormBoard     *board;
  StormMonitor   *monitor;
  StormFlowTimes *times;
} Shop;

static inline void
shop_init (Shop       *shop,
           const char *chains)
{
  shop->board = storm_board_new ();
  test_chains (shop->board, chains);
  shop->monitor = storm_monitor_new (shop->board);
  shop->times = storm_flow_times_new (shop->monitor);
}

static inline void
shop_clear (Shop *shop)
{
  if (shop->times != NULL)
    g_assert_finalize_object (g_steal_pointer (&shop->times));
  g_assert_finalize_object (g_steal_pointer (&shop->monitor));
  g_assert_finalize_object (g_steal_pointer (&shop->board));
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shop, shop_clear)

/* Adds events of one key: names with the second in which they happened, "A@0 B@2.5", in partitions
 * of their own or, behind "/", in the one of that number: "A@0/3". */
static inline void
shop_tell (Shop       *shop,
           const char *key,
           const char *text)
{
  StormEventLog *log = storm_monitor_get_log (shop->monitor);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) place = g_strsplit (words[i], "/", 2);
      g_auto (GStrv) parts = g_strsplit (place[0], "@", 2);
      guint n = storm_event_log_get_n (log);
      TestEvent event = { parts[0], key, NULL, (gint64) (g_ascii_strtod (parts[1], NULL) * 1000),
                          place[1] != NULL ? atoi (place[1]) : (gint32) n + 100, n };
      g_autoptr (StormBatch) batch = test_batch (storm_monitor_get_strings (shop->monitor), &event,
                                                 1);

      storm_monitor_take (shop->monitor, batch);
    }
  storm_monitor_flush (shop->monitor);
  storm_conformance_settle (storm_monitor_get_conformance (shop->monitor), AT (0));
  storm_flow_times_update (shop->times, TRUE);
}

/* "n p50 p95" in seconds, "*" where it is written; "-" for a flow without figures. */
static inline char *
shop_stats (Shop       *shop,
            const char *flow)
{
  const StormFlowStats *stats = storm_flow_times_get_stats (shop->times, flow);

  if (stats == NULL)
    return g_strdup ("-");
  return g_strdup_printf ("%" G_GUINT64_FORMAT " %.1f %.1f%s", stats->n,
                          stats->p50 / (double) STORM_TIME_SECOND,
                          stats->p95 / (double) STORM_TIME_SECOND, stats->labelled ? " *" : "");
}

#define assert_stats(shop, flow, expected) \
  G_STMT_START { \
    g_autofree char *stats_ = shop_stats (shop, flow); \
    g_assert_cmpstr (stats_, ==, expected); \
  } G_STMT_END

/* "n shortest longest n_skewed", in seconds. */
static inline char *
shop_spans (Shop       *shop,
            const char *flow)
{
  const StormFlowSpans *spans = storm_flow_times_get_spans (shop->times, flow);

  if (spans == NULL)
    return g_strdup ("-");
  return g_strdup_printf ("%u %.1f %.1f %u", spans->n,
                          spans->shortest / (double) STORM_TIME_SECOND,
                          spans->longest / (double) STORM_TIME_SECOND, spans->n_skewed);
}

#define assert_spans(shop, flow, expected) \
  G_STMT_START { \
    g_autofree char *spans_ = shop_spans (shop, flow); \
    g_assert_cmpstr (spans_, ==, expected); \
  } G_STMT_END
