#include "config.h"

#include "storm-failures.h"
#include "storm-monitor-test.h"

static char *
dup_words (StormFailures *failures)
{
  GPtrArray *kinds = storm_failures_get_kinds (failures);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < kinds->len; i++)
    {
      const StormFailureKind *kind = g_ptr_array_index (kinds, i);

      g_string_append_printf (text, "%s/%s/%s open %u overdue %u back %u final %u:", kind->name,
                              kind->of, kind->follows != NULL ? kind->follows : "-", kind->n_open,
                              kind->n_overdue, kind->n_compensated, kind->n_final);
      for (guint k = 0; k < kind->open->len; k++)
        {
          const StormOpenFailure *open = g_ptr_array_index (kind->open, k);

          g_string_append_printf (text, " %s@%" G_GINT64_FORMAT "%s>%s", open->key,
                                  (open->since - AT (0)) / 1000000000,
                                  open->overdue ? "!" : "",
                                  open->waits_for != NULL ? open->waits_for : "-");
        }
      g_string_append (text, "\n");
    }
  return g_string_free (text, FALSE);
}

static void
assert_words (StormFailures *failures,
              const char    *expected)
{
  g_autofree char *words = NULL;

  g_assert_true (storm_failures_work (failures, G_MAXINT64));
  words = dup_words (failures);
  g_assert_cmpstr (words, ==, expected);
}

static void
test_kinds (void)
{
  g_autoptr (StormMonitor) monitor = test_shop_monitor ();
  g_autoptr (StormFailures) failures = storm_failures_new (monitor);
  const StormFailureKind *kind;

  assert_words (failures, "PayFailed/Paid/Canceled open 0 overdue 0 back 0 final 0:\n");
  test_tell (monitor, "good", "Placed@0 Paid@1 Added@2", 2);
  test_tell (monitor, "back", "Placed@0 PayFailed@1 Canceled@2", 2);
  test_tell (monitor, "late", "Placed@0 PayFailed@10", 10);
  test_tell (monitor, "later", "Placed@0 PayFailed@20", 20);
  test_tell (monitor, "again", "Placed@0 PayFailed@20 Paid@21 Added@22", 22);
  test_tell (monitor, "odd", "Placed@0 Coffee@1 PayFailed@2 Canceled@3", 22);
  assert_words (failures, "PayFailed/Paid/Canceled open 2 overdue 0 back 2 final 0: "
                          "late@10>Canceled later@20>Canceled\n");
  g_assert_cmpuint (storm_failures_count_open (failures), ==, 2);
  kind = g_ptr_array_index (storm_failures_get_kinds (failures), 0);
  g_assert_cmpint (kind->oldest, ==, AT (10000));

  test_tell (monitor, "late", "", 75);
  assert_words (failures, "PayFailed/Paid/Canceled open 2 overdue 1 back 2 final 0: "
                          "late@10!>Canceled later@20>Canceled\n");
  test_tell (monitor, "late", "Canceled@76", 76);
  assert_words (failures, "PayFailed/Paid/Canceled open 1 overdue 0 back 3 final 0: "
                          "later@20>Canceled\n");
}

/* Nothing follows from a failure; a compensation that fails itself. */
static void
test_ends (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormMonitor) monitor = NULL;
  g_autoptr (StormFailures) failures = NULL;

  test_chains (board, "cOrder>ePlaced>pPay>cPay>ePaid cPay>ePayFailed>pBack>cBack>eBack "
                      "cBack>eBackFailed");
  test_set_fail (board, "ePayFailed", "ePaid");
  test_set_fail (board, "eBackFailed", "eBack");
  monitor = storm_monitor_new (board);
  failures = storm_failures_new (monitor);
  test_tell (monitor, "broken", "Placed@0 PayFailed@1 BackFailed@2", 3);
  g_assert_true (storm_failures_work (failures, G_MAXINT64));
  {
    GPtrArray *kinds = storm_failures_get_kinds (failures);
    guint n_open = 0;
    guint n_overdue = 0;

    g_assert_cmpuint (kinds->len, ==, 2);
    for (guint i = 0; i < kinds->len; i++)
      {
        const StormFailureKind *kind = g_ptr_array_index (kinds, i);

        n_open += kind->n_open;
        n_overdue += kind->n_overdue;
        if (g_str_equal (kind->name, "BackFailed"))
          g_assert_null (kind->follows);
      }
    g_assert_cmpuint (n_open, >=, 1);
    g_assert_cmpuint (n_overdue, ==, n_open);
  }
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* In slices, with a limit to what is named; a cleared log begins anew. */
static void
test_many (void)
{
  g_autoptr (StormMonitor) monitor = test_shop_monitor ();
  g_autoptr (StormFailures) failures = storm_failures_new (monitor);
  const StormFailureKind *kind;
  guint n_changed = 0;
  guint n_slices = 0;

  for (guint i = 0; i < 600; i++)
    {
      g_autofree char *key = g_strdup_printf ("order-%03u", i);

      test_tell (monitor, key, "PayFailed@1", 2);
    }
  g_signal_connect_swapped (failures, "changed", G_CALLBACK (count_cb), &n_changed);
  while (!storm_failures_work (failures, 0))
    {
      g_assert_cmpuint (n_changed, ==, 0);
      n_slices++;
    }
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (n_slices, ==, 599);
  kind = g_ptr_array_index (storm_failures_get_kinds (failures), 0);
  g_assert_cmpuint (kind->n_open, ==, 600);
  g_assert_cmpuint (kind->open->len, ==, STORM_MAX_OPEN_FAILURES);

  g_assert_false (storm_failures_work (failures, 0));
  storm_monitor_clear (monitor);
  g_assert_true (storm_failures_work (failures, 0));
  g_assert_cmpuint (storm_failures_count_open (failures), ==, 0);
}

static void
test_no_rules (void)
{
  g_autoptr (StormBoard) board = storm_board_new ();
  g_autoptr (StormMonitor) monitor = storm_monitor_new (board);
  g_autoptr (StormFailures) failures = storm_failures_new (monitor);

  test_tell (monitor, "a", "Placed@0", 1);
  assert_words (failures, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/failures/kinds", test_kinds);
  g_test_add_func ("/failures/ends", test_ends);
  g_test_add_func ("/failures/many", test_many);
  g_test_add_func ("/failures/no-rules", test_no_rules);
  return g_test_run ();
}
