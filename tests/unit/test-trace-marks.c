#include "config.h"

#include "storm-conformance-test.h"
#include "storm-monitor-test.h"
#include "storm-overlay-marks.h"
#include "storm-trace-marker.h"

#define SHOP "cOrder>ePlaced>pPay>cPay>ePaid>pCafe>cAdd>eAdded cPay>ePayFailed " \
             "ePayFailed>pCancel>cCancel>eCanceled"

static const char *
title_of (StormBoard *board,
          const char *id)
{
  return id != NULL ? storm_sticky_get_title (storm_board_lookup_sticky (board, id)) : "-";
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

/* "Paid: stopped here | Added: overdue | ghost Coffee 2 after Placed ×1", stickies by name. */
static char *
dup_marks (StormBoard      *board,
           StormTraceMarks *marks)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer id;
  gpointer value;

  g_hash_table_iter_init (&iter, marks->stickies);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      g_autofree char *said = storm_marks_words (GPOINTER_TO_UINT (value));

      g_ptr_array_add (words, g_strdup_printf ("%s: %s", title_of (board, id), said));
    }
  g_ptr_array_sort (words, compare_words);
  for (guint i = 0; i < marks->ghosts->len; i++)
    {
      const StormGhost *ghost = g_ptr_array_index (marks->ghosts, i);

      g_ptr_array_add (words, g_strdup_printf ("ghost %s %u after %s ×%u", ghost->name, ghost->n,
                                               title_of (board, ghost->after_id), ghost->count));
    }
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" | ", (char **) words->pdata);
}

static StormTraceMarks *
marks_of (Shop              *shop,
          const char        *key,
          const StormMoment *moment)
{
  StormTrace *trace = storm_trace_index_lookup (shop->index, key);
  g_autoptr (StormTraceReport) report = storm_trace_report_new_at (shop->conformance, trace,
                                                                   moment);

  return storm_trace_marks_new (report, shop->rules, shop->matcher, shop->log);
}

static void
assert_marks (Shop       *shop,
              const char *key,
              const char *expected)
{
  g_autoptr (StormTraceMarks) marks = marks_of (shop, key, NULL);
  g_autofree char *words = dup_marks (shop->board, marks);

  g_assert_cmpstr (words, ==, expected);
}

static void
init_shop (Shop *shop)
{
  shop_init (shop, SHOP);
  test_set_fail (shop->board, "ePayFailed", "ePaid");
}

static void
test_states (void)
{
  g_auto (Shop) shop = { 0 };

  init_shop (&shop);
  shop_tell (&shop, "good", "Placed@0 Paid@1 Added@2");
  shop_tell (&shop, "stuck", "Placed@0 Paid@1");
  shop_tell (&shop, "failed", "Placed@0 PayFailed@1");
  shop_tell (&shop, "back", "Placed@0 PayFailed@1 Canceled@2");
  shop_tell (&shop, "early", "Placed@0 Added@1 Paid@2");
  shop_tell (&shop, "twice", "Placed@0#a Placed@0.5#a Paid@1 Added@2");
  shop_wait (&shop, 2);
  assert_marks (&shop, "good", "");
  assert_marks (&shop, "stuck", "Added: expected next");
  assert_marks (&shop, "failed", "Canceled: expected next | PayFailed: failed");
  shop_wait (&shop, 300);
  assert_marks (&shop, "good", "");
  assert_marks (&shop, "stuck", "Added: overdue | Paid: stopped here");
  assert_marks (&shop, "failed", "Canceled: overdue | PayFailed: failed, not compensated");
  assert_marks (&shop, "back", "PayFailed: failed, compensated");
  assert_marks (&shop, "twice", "Placed: repeated");
  {
    g_autoptr (StormTraceMarks) marks = marks_of (&shop, "early", NULL);
    g_autofree char *words = dup_marks (shop.board, marks);

    g_assert_true (g_str_has_prefix (words, "Added: "));
    g_assert_nonnull (strstr (words, "out of order"));
  }
}

static void
test_ghosts (void)
{
  g_auto (Shop) shop = { 0 };

  init_shop (&shop);
  shop_tell (&shop, "odd", "Coffee@0 Placed@1 Coffee@2 Tea@3 Coffee@4 Paid@5 Added@6 Tea@7");
  assert_marks (&shop, "odd",
                "ghost Coffee 1 after - ×1 | ghost Coffee 3 after Placed ×2 | "
                "ghost Tea 4 after Placed ×1 | ghost Tea 8 after Added ×1");
}

static void
test_many_ghosts (void)
{
  g_auto (Shop) shop = { 0 };
  g_autoptr (GString) text = g_string_new ("Placed@0");
  g_autoptr (StormTraceMarks) marks = NULL;

  init_shop (&shop);
  for (guint i = 1; i <= 200; i++)
    g_string_append_printf (text, " Odd%u@%u", i, i);
  shop_tell (&shop, "odd", text->str);
  marks = marks_of (&shop, "odd", NULL);
  g_assert_cmpuint (marks->ghosts->len, ==, STORM_MAX_GHOSTS);
}

static void
assert_then (Shop       *shop,
             double      seconds,
             const char *expected)
{
  StormMoment moment = { AT ((gint64) (seconds * 1000)), G_MAXUINT32 };
  g_autoptr (StormTraceMarks) marks = marks_of (shop, "undone", &moment);
  g_autofree char *words = dup_marks (shop->board, marks);

  g_assert_cmpstr (words, ==, expected);
}

/* Looking back, what came later isn't known. */
static void
test_moments (void)
{
  g_auto (Shop) shop = { 0 };

  init_shop (&shop);
  shop_tell (&shop, "undone", "Placed@10 PayFailed@200 Coffee@210 Canceled@220");
  shop_wait (&shop, 1000);
  assert_then (&shop, 5, "");
  assert_then (&shop, 10, "Paid: expected next");
  assert_then (&shop, 199, "Paid: overdue | Placed: stopped here");
  assert_then (&shop, 200, "Canceled: expected next | PayFailed: failed");
  assert_then (&shop, 215, "Canceled: expected next | PayFailed: failed | "
                           "ghost Coffee 3 after PayFailed ×1");
  assert_then (&shop, 220, "PayFailed: failed, compensated | ghost Coffee 3 after PayFailed ×1");
}

static void
test_equal (void)
{
  g_auto (Shop) shop = { 0 };
  g_autoptr (StormTraceMarks) stuck = NULL;
  g_autoptr (StormTraceMarks) again = NULL;
  g_autoptr (StormTraceMarks) odd = NULL;
  g_autoptr (StormTraceMarks) odder = NULL;

  init_shop (&shop);
  shop_tell (&shop, "stuck", "Placed@0 Paid@1");
  shop_tell (&shop, "odd", "Placed@0 Tea@1");
  shop_wait (&shop, 300);
  stuck = marks_of (&shop, "stuck", NULL);
  again = marks_of (&shop, "stuck", NULL);
  odd = marks_of (&shop, "odd", NULL);
  shop_tell (&shop, "odd", "Tea@2");
  odder = marks_of (&shop, "odd", NULL);
  g_assert_true (storm_trace_marks_equal (stuck, again));
  g_assert_true (storm_trace_marks_equal (NULL, NULL));
  g_assert_false (storm_trace_marks_equal (stuck, NULL));
  g_assert_false (storm_trace_marks_equal (stuck, odd));
  g_assert_false (storm_trace_marks_equal (odd, odder));
}

static guint
marks_on (StormMonitor *monitor,
          const char   *id)
{
  return storm_overlay_get_marks (storm_monitor_get_overlay (monitor), id);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* The marker follows key, events and moment. */
static void
test_marker (void)
{
  static const TestEvent events[] = {
    { "Placed", "o-1", NULL, 0, 0, 0 }, { "Coffee", "o-1", NULL, 1000, 0, 1 },
    { "Placed", "o-2", NULL, 2000, 0, 2 },
  };
  static const TestEvent paid = { "Paid", "o-1", NULL, 3000, 0, 3 };
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormMonitor) monitor = NULL;
  g_autoptr (StormTraceMarker) marker = NULL;
  StormMoment moment = { AT (0), G_MAXUINT32 };
  StormOverlay *overlay;
  guint n = 0;

  test_chains (board, SHOP);
  monitor = storm_monitor_new (board);
  overlay = storm_monitor_get_overlay (monitor);
  marker = storm_trace_marker_new (monitor);
  test_take (monitor, events, G_N_ELEMENTS (events));
  g_assert_null (storm_overlay_get_ghosts (overlay));
  g_assert_cmpuint (marks_on (monitor, "ePaid"), ==, STORM_MARK_NONE);

  storm_monitor_set_key (monitor, "o-1");
  g_assert_cmpuint (storm_overlay_get_ghosts (overlay)->len, ==, 1);
  g_assert_null (storm_overlay_get_sticky (overlay, "ePaid"));
  g_assert_cmpuint (marks_on (monitor, "ePaid"), ==, STORM_MARK_EXPECTED);

  storm_monitor_set_moment (monitor, &moment);
  g_assert_cmpuint (storm_overlay_get_ghosts (overlay)->len, ==, 0);
  g_assert_cmpuint (marks_on (monitor, "ePaid"), ==, STORM_MARK_EXPECTED);
  storm_monitor_set_moment (monitor, NULL);

  test_take (monitor, &paid, 1);
  g_assert_cmpuint (marks_on (monitor, "ePaid"), ==, STORM_MARK_NONE);
  g_assert_cmpuint (marks_on (monitor, "eAdded"), ==, STORM_MARK_EXPECTED);
  g_signal_connect_swapped (overlay, "changed", G_CALLBACK (count_cb), &n);
  storm_monitor_flush (monitor);
  g_assert_cmpuint (n, ==, 0);

  storm_monitor_set_key (monitor, NULL);
  g_assert_null (storm_overlay_get_ghosts (overlay));
  g_assert_cmpuint (marks_on (monitor, "eAdded"), ==, STORM_MARK_NONE);
  storm_monitor_set_key (monitor, "o-1");
  storm_monitor_clear (monitor);
  g_assert_null (storm_overlay_get_ghosts (overlay));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace-marks/states", test_states);
  g_test_add_func ("/trace-marks/ghosts", test_ghosts);
  g_test_add_func ("/trace-marks/many-ghosts", test_many_ghosts);
  g_test_add_func ("/trace-marks/moments", test_moments);
  g_test_add_func ("/trace-marks/equal", test_equal);
  g_test_add_func ("/trace-marks/marker", test_marker);
  return g_test_run ();
}
