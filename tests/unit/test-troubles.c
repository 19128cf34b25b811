#include "config.h"

#include "storm-conformance-test.h"
#include "storm-troubles.h"

#define SHOP "cOrder>ePlaced>pPay>cPay>ePaid>pCafe>cAdd>eAdded cPay>ePayFailed " \
             "ePayFailed>pCancel>cCancel>eCanceled"

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

static void
check_by_place (Shop   *shop,
                GArray *places)
{
  g_autoptr (GArray) sorted = g_array_copy (places);
  g_autoptr (GArray) by_place =
    storm_conformance_list_troubled_by_place (shop->conformance);

  g_array_sort (sorted, compare_places);
  g_assert_cmpmem (by_place->data, by_place->len * sizeof (guint32), sorted->data,
                   sorted->len * sizeof (guint32));
}

static char *
list (Shop *shop)
{
  g_autoptr (GArray) places = storm_conformance_list_troubled (shop->conformance);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < places->len; i++)
    {
      g_autoptr (StormTrace) trace = g_list_model_get_item (G_LIST_MODEL (shop->index),
                                                            g_array_index (places, guint32, i));

      g_string_append_printf (out, "%s ", storm_trace_get_key (trace));
      g_assert_cmpuint (storm_conformance_find_trouble (shop->conformance,
                                                        storm_trace_get_key (trace)), ==, i + 1);
    }
  g_assert_cmpuint (storm_conformance_count_troubled (shop->conformance), ==, places->len);
  check_by_place (shop, places);
  return g_string_free (out, FALSE);
}

static void
assert_step (Shop       *shop,
             const char *from,
             gboolean    forward,
             const char *to)
{
  g_autofree char *key = storm_conformance_step_trouble (shop->conformance, from, forward);

  g_assert_cmpstr (key, ==, to);
}

static void
init_shop (Shop *shop)
{
  shop_init (shop, SHOP);
  test_set_fail (shop->board, "ePayFailed", "ePaid");
  shop_tell (shop, "good", "Placed@0 Paid@1 Added@2");
  shop_tell (shop, "odd", "Placed@0 Coffee@1 Paid@1 Added@2");
  shop_tell (shop, "stuck", "Placed@0 Paid@1");
  shop_tell (shop, "open", "Placed@0 PayFailed@1");
  shop_tell (shop, "late", "Placed@1 Paid@2");
  shop_tell (shop, "back", "Placed@0 PayFailed@1 Canceled@2");
}

static void
test_order (void)
{
  g_auto (Shop) shop = { 0 };
  g_autofree char *early = NULL;
  g_autofree char *all = NULL;
  g_autofree char *none = NULL;

  init_shop (&shop);
  shop_wait (&shop, 3);
  early = list (&shop);
  g_assert_cmpstr (early, ==, "open odd back ");
  shop_wait (&shop, 200);
  all = list (&shop);
  g_assert_cmpstr (all, ==, "open stuck late odd back ");
  storm_trace_index_clear (shop.index);
  storm_conformance_reset (shop.conformance);
  none = list (&shop);
  g_assert_cmpstr (none, ==, "");
}

static void
test_steps (void)
{
  g_auto (Shop) shop = { 0 };

  init_shop (&shop);
  shop_wait (&shop, 200);
  assert_step (&shop, NULL, TRUE, "open");
  assert_step (&shop, "open", TRUE, "stuck");
  assert_step (&shop, "back", TRUE, "open");
  assert_step (&shop, "open", FALSE, "back");
  assert_step (&shop, "good", TRUE, "open");
  assert_step (&shop, "nobody", FALSE, "back");
  g_assert_cmpuint (storm_conformance_find_trouble (shop.conformance, "late"), ==, 3);
  g_assert_cmpuint (storm_conformance_find_trouble (shop.conformance, "good"), ==, 0);
}

static void
assert_headline (Shop       *shop,
                 const char *key,
                 const char *place,
                 const char *words)
{
  StormTrace *trace = storm_trace_index_lookup (shop->index, key);
  g_autoptr (StormTraceReport) report = storm_trace_report_new (shop->conformance, trace);
  g_autofree char *headline = storm_conformance_headline (shop->conformance, trace);
  guint32 row = storm_trace_report_get_place (report);

  g_assert_cmpstr (headline, ==, words);
  g_assert_cmpstr (row == STORM_NO_ROW ? NULL : storm_event_log_get_type_name (shop->log, row), ==,
                   place);
}

static void
test_words (void)
{
  g_auto (Shop) shop = { 0 };

  init_shop (&shop);
  shop_wait (&shop, 121);
  assert_headline (&shop, "open", "PayFailed",
                   "open failed with PayFailed 2 min ago; Canceled usually follows within 1.0 s.");
  assert_headline (&shop, "stuck", "Paid",
                   "stuck stopped after Paid 2 min ago; Added usually follows within 1.0 s.");
  assert_headline (&shop, "odd", "Coffee",
                   "odd, 2 min ago: Coffee came, which is not on the board.");
  assert_headline (&shop, "good", NULL, NULL);
  shop_tell (&shop, "undone", "Placed@117 Paid@118 PayFailed@119");
  assert_headline (&shop, "undone", "PayFailed", "undone, 2.0 s ago: PayFailed took Paid back.");
}

/* What the team has promised on a flow is said before what is usual. */
static void
test_targets (void)
{
  g_auto (Shop) shop = { 0 };

  shop_init (&shop, SHOP);
  test_set_fail (shop.board, "ePayFailed", "ePaid");
  storm_test_set (shop.board, "ePaid>pCafe", STORM_PROP_TARGET,
                  g_variant_new_int64 (30 * STORM_TIME_SECOND));
  storm_test_set (shop.board, "ePayFailed>pCancel", STORM_PROP_TARGET,
                  g_variant_new_int64 (5 * STORM_TIME_SECOND));
  shop_tell (&shop, "good", "Placed@0 Paid@1 Added@2");
  shop_tell (&shop, "stuck", "Placed@0 Paid@1");
  shop_tell (&shop, "open", "Placed@0 PayFailed@1");
  shop_wait (&shop, 121);
  assert_headline (&shop, "stuck", "Paid",
                   "stuck stopped after Paid 2 min ago; Added must follow within 30 s.");
  assert_headline (&shop, "open", "PayFailed",
                   "open failed with PayFailed 2 min ago; Canceled must follow within 5.0 s.");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/troubles/order", test_order);
  g_test_add_func ("/troubles/steps", test_steps);
  g_test_add_func ("/troubles/words", test_words);
  g_test_add_func ("/troubles/targets", test_targets);
  return g_test_run ();
}
