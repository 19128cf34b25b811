#pragma once

/* Helpers of the tests of conformance: a board, a log and what watches it. */

#include "storm-rule-test.h"
#include "storm-trace-report.h"
#include "storm-trace-test.h"
#include "storm-watermark.h"

typedef struct
{
  StormBoard       *board;
  StormStrings     *strings;
  StormEventLog    *log;
  StormTraceIndex  *index;
  StormMatcher     *matcher;
  StormRuleSet     *rules;
  StormConformance *conformance;
} Shop;

static inline void
shop_init_board (Shop       *shop,
                 StormBoard *board)
{
  shop->board = g_object_ref (board);
  shop->strings = storm_strings_new ();
  shop->log = storm_event_log_new (shop->strings);
  shop->index = storm_trace_index_new (shop->log, STORM_LATENESS_DEFAULT);
  shop->matcher = storm_matcher_new (shop->board, shop->strings);
  shop->rules = storm_rule_set_new (shop->board);
  shop->conformance = storm_conformance_new (shop->log, shop->index, shop->matcher, shop->rules);
}

static inline void
shop_init (Shop       *shop,
           const char *chains)
{
  g_autoptr (StormBoard) board = storm_board_new ();

  test_chains (board, chains);
  shop_init_board (shop, board);
}

static inline void
shop_clear (Shop *shop)
{
  g_clear_object (&shop->conformance);
  g_clear_object (&shop->rules);
  g_clear_object (&shop->matcher);
  g_clear_object (&shop->index);
  g_clear_object (&shop->log);
  g_clear_pointer (&shop->strings, storm_strings_unref);
  g_clear_object (&shop->board);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shop, shop_clear)

static inline void
shop_add (Shop            *shop,
          const TestEvent *events,
          guint            n)
{
  g_autoptr (StormBatch) batch = test_batch (shop->strings, events, n);
  guint32 first = storm_event_log_append (shop->log, batch);

  storm_trace_index_take_at (shop->index, batch, first, AT (0));
}

/* Adds events of one key: names with the second in which they came, "A@0 B@2.5"; "!" for a record
 * that can't be decoded, "B@2#id" for one with an id. Then settles. */
static inline void
shop_tell (Shop       *shop,
           const char *key,
           const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) id = g_strsplit (words[i], "#", 2);
      g_auto (GStrv) parts = g_strsplit (id[0], "@", 2);
      TestEvent event = { parts[0], key, id[1], (gint64) (g_ascii_strtod (parts[1], NULL) * 1000),
                          0, storm_event_log_get_n (shop->log) };

      if (g_str_equal (parts[0], "!"))
        event.type = NULL;
      shop_add (shop, &event, 1);
    }
  storm_trace_index_flush_at (shop->index, AT (0));
  storm_conformance_settle (shop->conformance, AT (0));
}

static inline void
shop_wait (Shop  *shop,
           double seconds)
{
  storm_conformance_set_clock (shop->conformance, STORM_CLOCK_FIXED,
                               AT ((gint64) (seconds * 1000)));
  storm_conformance_settle (shop->conformance, AT (0));
}

static inline const char *
shop_state (Shop       *shop,
            const char *key)
{
  StormTrace *trace = storm_trace_index_lookup (shop->index, key);

  g_assert_nonnull (trace);
  return storm_trace_state_nick (storm_conformance_get_state (shop->conformance, trace));
}

/* "state fitness | kind n event (expected …): words | …" */
static inline char *
shop_report (Shop       *shop,
             const char *key)
{
  StormTrace *trace = storm_trace_index_lookup (shop->index, key);
  g_autoptr (StormTraceReport) report = storm_trace_report_new (shop->conformance, trace);
  GString *out = g_string_new (NULL);

  g_assert_cmpint (report->state, ==, storm_conformance_get_state (shop->conformance, trace));
  g_string_append_printf (out, "%s %.3f", storm_trace_state_nick (report->state), report->fitness);
  for (guint i = 0; i < report->findings->len; i++)
    {
      StormFinding *finding = g_ptr_array_index (report->findings, i);
      g_autofree char *expected = g_strjoinv (" ", finding->expected != NULL ? finding->expected
                                                   : (char *[]) { NULL });

      g_string_append_printf (out, " | %s %u (%s) %s", storm_finding_kind_nick (finding->kind),
                              finding->n, expected, finding->words);
    }
  return g_string_free (out, FALSE);
}

#define assert_report(shop, key, expected) \
  G_STMT_START { \
    g_autofree char *report_ = shop_report (shop, key); \
    g_assert_cmpstr (report_, ==, expected); \
  } G_STMT_END
