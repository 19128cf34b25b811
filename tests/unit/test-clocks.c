#include "config.h"

#include "storm-clocks.h"
#include "storm-row-spans.h"
#include "storm-times-test.h"

/* A record of @topic, with a source in its header if there is one. */
static void
add (StormBatchBuilder *builder,
     const char        *topic,
     const char        *source,
     const char        *type,
     const char        *key,
     gint64             ms,
     gint64             offset)
{
  g_autofree char *payload = g_strdup_printf ("{\"t\":\"%s\",\"k\":\"%s\",\"ts\":%" G_GINT64_FORMAT
                                              "}", type, key, TEST_BASE_MS + ms);
  StormHeader header = { "ce_source", 9, (const guint8 *) source,
                         source != NULL ? strlen (source) : 0 };
  StormRecord record = {
    .topic = topic,
    .partition = 0,
    .offset = offset,
    .broker_time = STORM_TIME_NONE,
    .payload = (const guint8 *) payload,
    .payload_len = strlen (payload),
    .headers = &header,
    .n_headers = source != NULL ? 1 : 0,
  };

  storm_batch_builder_add (builder, &record);
}

static void
take (Shop              *shop,
      StormBatchBuilder *builder)
{
  g_autoptr (StormBatch) batch = storm_batch_builder_take (builder);

  storm_monitor_take (shop->monitor, batch);
  storm_monitor_flush (shop->monitor);
}

static guint
find (StormClocks *clocks,
      const char  *name)
{
  for (guint i = 0; i < storm_clocks_get_n (clocks); i++)
    if (g_strcmp0 (storm_clocks_get_name (clocks, i), name) == 0)
      return i;
  return STORM_NO_PRODUCER;
}

static gint64
get_ahead (StormClocks *clocks,
           const char  *name)
{
  const StormProducerClock *clock = storm_clocks_get_clock (clocks, find (clocks, name));

  g_assert_nonnull (clock);
  return clock->ahead / STORM_TIME_SECOND;
}

/* Orders, payments an hour behind, and deliveries by topic only. */
static void
tell_shop (Shop  *shop,
           gint64 payment_ms)
{
  g_autoptr (StormBatchBuilder) builder =
    test_builder (storm_monitor_get_strings (shop->monitor));

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *key = g_strdup_printf ("order-%u", i);
      gint64 at = i * 10000;

      add (builder, "orders", "/shop/orders", "A", key, at, i);
      add (builder, "payments", "/shop/payments", "B", key, at + 2000 + payment_ms, i);
      add (builder, "deliveries", NULL, "C", key, at + 5000, i);
    }
  take (shop, builder);
}

static void
test_agree (void)
{
  g_auto (Shop) shop = { 0 };
  g_autoptr (StormClocks) clocks = NULL;

  shop_init (&shop, "eA>pX>cY>eB>pZ>cU>eC");
  clocks = storm_clocks_new (shop.monitor);
  g_assert_false (storm_clocks_has_skew (clocks));
  tell_shop (&shop, 0);
  storm_clocks_update (clocks);
  g_assert_cmpuint (storm_clocks_get_n (clocks), ==, 3);
  g_assert_false (storm_clocks_has_skew (clocks));
  g_assert_cmpint (get_ahead (clocks, "/shop/orders"), ==, 0);
  g_assert_cmpint (get_ahead (clocks, "/shop/payments"), ==, 0);
  g_assert_cmpint (get_ahead (clocks, "deliveries"), ==, 0);
}

static void
test_hour_behind (void)
{
  g_auto (Shop) shop = { 0 };
  g_autoptr (StormClocks) clocks = NULL;
  guint32 row;

  shop_init (&shop, "eA>pX>cY>eB>pZ>cU>eC");
  clocks = storm_clocks_new (shop.monitor);
  tell_shop (&shop, -3600 * 1000);
  storm_clocks_update (clocks);
  g_assert_true (storm_clocks_has_skew (clocks));
  g_assert_false (storm_clocks_is_unsteady (clocks));
  g_assert_cmpint (get_ahead (clocks, "/shop/payments"), ==, -3598);
  g_assert_cmpint (get_ahead (clocks, "/shop/orders"), ==, 0);
  g_assert_cmpint (get_ahead (clocks, "deliveries"), ==, 0);
  /* Nothing is corrected. */
  row = 1;
  g_assert_cmpint (storm_event_log_get_time (storm_monitor_get_log (shop.monitor), row), ==,
                   AT (2000 - 3600 * 1000));
  g_assert_cmpstr (storm_clocks_get_name (clocks, storm_clocks_get_producer (clocks, row)), ==,
                   "/shop/payments");
}

static void
on_changed (guint *n)
{
  (*n)++;
}

/* A bit in each frame comes to the same, and tells when it is another. */
static void
test_frames (void)
{
  g_auto (Shop) shop = { 0 };
  g_autoptr (StormClocks) clocks = NULL;
  guint n = 0;

  shop_init (&shop, "eA>pX>cY>eB>pZ>cU>eC");
  clocks = storm_clocks_new (shop.monitor);
  g_signal_connect_swapped (clocks, "changed", G_CALLBACK (on_changed), &n);
  tell_shop (&shop, -3600 * 1000);
  for (guint i = 0; i < 10 && !storm_clocks_has_skew (clocks); i++)
    storm_monitor_flush (shop.monitor);
  g_assert_cmpint (get_ahead (clocks, "/shop/payments"), ==, -3598);
  g_assert_cmpuint (n, ==, 1);
  storm_clocks_update (clocks);
  g_assert_cmpuint (n, ==, 1);
  storm_monitor_clear (shop.monitor);
  g_assert_false (storm_clocks_has_skew (clocks));
  g_assert_cmpuint (storm_clocks_get_n (clocks), ==, 0);
  g_assert_cmpuint (n, ==, 2);
}

/* A clock that was set: no steady difference explains both. */
static void
test_unsteady (void)
{
  g_auto (Shop) shop = { 0 };
  g_autoptr (StormClocks) clocks = NULL;
  g_autoptr (StormBatchBuilder) builder = NULL;

  shop_init (&shop, "eS>pW>cT>eA>pX>cY>eB>pZ>cU>eA");
  clocks = storm_clocks_new (shop.monitor);
  builder = test_builder (storm_monitor_get_strings (shop.monitor));
  /* B behind A; and, in another case, A behind B. */
  add (builder, "a", NULL, "A", "1", 100000, 0);
  add (builder, "b", NULL, "B", "1", 50000, 0);
  add (builder, "b", NULL, "B", "2", 300000, 1);
  add (builder, "a", NULL, "A", "2", 200000, 1);
  take (&shop, builder);
  storm_clocks_update (clocks);
  g_assert_true (storm_clocks_has_skew (clocks));
  g_assert_true (storm_clocks_is_unsteady (clocks));
  g_assert_cmpuint (storm_clocks_get_clock (clocks, 0)->n_backwards, ==, 2);
}

/* Names from outside: long, no text, in a payload, an object. */
static void
test_hostile_names (void)
{
  g_auto (Shop) shop = { 0 };
  g_autoptr (StormClocks) clocks = NULL;
  g_autoptr (StormBatchBuilder) builder = NULL;
  g_autofree char *endless = g_strnfill (3000, 'x');
  const char *name;

  shop_init (&shop, "eA>pX>cY>eB");
  clocks = storm_clocks_new (shop.monitor);
  builder = test_builder (storm_monitor_get_strings (shop.monitor));
  add (builder, "t", endless, "A", "1", 0, 0);
  add (builder, "t", "two\nlines", "B", "1", 0, 1);
  add (builder, "t", "", "C", "1", 0, 2);
  take (&shop, builder);
  name = storm_clocks_get_name (clocks, storm_clocks_get_producer (clocks, 0));
  g_assert_cmpuint (strlen (name), ==, 200);
  /* What is no text comes as digits, and is one line. */
  g_assert_cmpstr (storm_clocks_get_name (clocks, storm_clocks_get_producer (clocks, 1)), ==,
                   "74776f0a6c696e6573");
  g_assert_cmpstr (storm_clocks_get_name (clocks, storm_clocks_get_producer (clocks, 2)), ==,
                   "t");
}

/* More producers than are compared. */
static void
test_many (void)
{
  g_auto (Shop) shop = { 0 };
  g_autoptr (StormClocks) clocks = NULL;
  g_autoptr (StormBatchBuilder) builder = NULL;

  shop_init (&shop, "eA>pX>cY>eB");
  clocks = storm_clocks_new (shop.monitor);
  builder = test_builder (storm_monitor_get_strings (shop.monitor));
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *topic = g_strdup_printf ("topic-%u", i);
      g_autofree char *key = g_strdup_printf ("%u", i);

      add (builder, topic, NULL, "A", key, i * 1000, 0);
      add (builder, "other", NULL, "B", key, i * 1000 + 5, i);
    }
  take (&shop, builder);
  storm_clocks_update (clocks);
  g_assert_cmpuint (storm_clocks_get_n (clocks), ==, STORM_SKEW_MAX_PRODUCERS);
  g_assert_cmpuint (storm_clocks_get_producer (clocks, 198), ==, STORM_NO_PRODUCER);
  g_assert_false (storm_clocks_has_skew (clocks));
}

/* Where in its trace an event stands. */
static void
test_row_spans (void)
{
  g_auto (Shop) shop = { 0 };
  StormTraceIndex *index;
  StormRowSpans spans;

  shop_init (&shop, "eA>eB");
  shop_tell (&shop, "1", "A@1 B@4 C@9");
  shop_tell (&shop, "2", "B@2");
  shop_tell (&shop, "1", "D@3/100");
  /* The same offset of the same partition once more. */
  shop_tell (&shop, "1", "A@1/100");
  index = storm_monitor_get_index (shop.monitor);
  g_assert_true (storm_trace_index_get_spans (index, 0, &spans));
  g_assert_true (spans.is_first);
  g_assert_cmpint (spans.since_start, ==, 0);
  g_assert_true (storm_trace_index_get_spans (index, 1, &spans));
  g_assert_false (spans.is_first);
  g_assert_cmpint (spans.since_previous, ==, STORM_TIME_SECOND);
  g_assert_cmpint (spans.since_start, ==, 3 * STORM_TIME_SECOND);
  g_assert_true (storm_trace_index_get_spans (index, 2, &spans));
  g_assert_cmpint (spans.since_previous, ==, 5 * STORM_TIME_SECOND);
  g_assert_true (storm_trace_index_get_spans (index, 3, &spans));
  g_assert_true (spans.is_first);
  g_assert_false (storm_trace_index_get_spans (index, 99, &spans));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clocks/agree", test_agree);
  g_test_add_func ("/clocks/hour-behind", test_hour_behind);
  g_test_add_func ("/clocks/frames", test_frames);
  g_test_add_func ("/clocks/unsteady", test_unsteady);
  g_test_add_func ("/clocks/hostile-names", test_hostile_names);
  g_test_add_func ("/clocks/many", test_many);
  g_test_add_func ("/clocks/row-spans", test_row_spans);
  return g_test_run ();
}
