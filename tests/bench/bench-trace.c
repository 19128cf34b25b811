#include "config.h"

/* The trace index, the order and the overlay with a million events: ./bench-trace [EVENTS]. */

#include <stdlib.h>

#include "bench-flows.h"
#include "storm-history.h"
#include "storm-monitor.h"
#include "storm-order.h"
#include "storm-timeline.h"
#include "storm-watermark.h"

#define N_PARTITIONS 3
#define BATCH 5000
#define EVENTS_PER_TRACE 5
#define BASE_MS G_GINT64_CONSTANT (1795000000000)

static const char * const types[EVENTS_PER_TRACE] = {
  "OrderPlaced", "OrderAccepted", "CookStarted", "CookFinished", "OrderDelivered",
};

/* Resident memory, in bytes; the batches are made before it is read. */
static gsize
get_resident (void)
{
  g_autofree char *text = NULL;
  gsize pages = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    pages = strtoull (strchr (text, ' '), NULL, 10);
  return pages * 4096;
}

static double
ms_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / 1000.0;
}

static void
add_event (StormBatchBuilder *builder,
           guint              i,
           guint              n_traces)
{
  /* Steps of one order lie 20 s apart: its events are spread over the partitions' backlog. */
  guint step = i / n_traces % EVENTS_PER_TRACE;
  guint trace = i % n_traces;
  gint64 ms = BASE_MS + (gint64) trace * 2 + step * 20000;
  g_autofree char *payload = g_strdup_printf (
    "{\"eventType\":\"%s\",\"timestamp\":%" G_GINT64_FORMAT ",\"orderId\":\"o-%u\","
    "\"foodId\":\"pizza\",\"qty\":2,\"address\":\"12 Long Street\"}", types[step], ms, trace);
  StormRecord record = {
    .topic = "food.order",
    .partition = i % N_PARTITIONS,
    .offset = i / N_PARTITIONS,
    .broker_time = ms * STORM_TIME_MILLISECOND,
    .payload = (const guint8 *) payload,
    .payload_len = strlen (payload),
  };

  storm_batch_builder_add (builder, &record);
}

/* Backfill: one partition after the other arrives in bulk, so two thirds come out of order. */
static GPtrArray *
make_batches (StormStrings *strings,
              guint         n,
              guint         n_traces)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormMapping) mapping = storm_mapping_new_from_json (
    "{\"type\":[\"json:/eventType\"],\"time\":[\"json:/timestamp\"],"
    "\"correlation\":[\"json:/orderId\"]}", &error);
  g_autoptr (StormBatchBuilder) builder = storm_batch_builder_new (strings, mapping);
  GPtrArray *batches = g_ptr_array_new_with_free_func ((GDestroyNotify) storm_batch_unref);
  guint p;
  guint i;

  for (p = 0; p < N_PARTITIONS; p++)
    storm_batch_builder_mark (builder, STORM_MARK_ASSIGNED, "food.order", p, 0, 0);
  for (p = 0; p < N_PARTITIONS; p++)
    {
      for (i = p; i < n; i += N_PARTITIONS)
        {
          add_event (builder, i, n_traces);
          if (storm_batch_builder_get_n (builder) == BATCH)
            g_ptr_array_add (batches, storm_batch_builder_take (builder));
        }
      storm_batch_builder_mark (builder, STORM_MARK_ENDED, "food.order", p, 0, 0);
    }
  g_ptr_array_add (batches, storm_batch_builder_take (builder));
  return batches;
}

/* The index alone, as storm_trace_index_take() sees it. */
static void
bench_index (const char   *name,
             GPtrArray    *batches,
             StormStrings *strings,
             guint         n)
{
  g_autoptr (StormEventLog) log = storm_event_log_new (strings);
  g_autoptr (StormTraceIndex) index = storm_trace_index_new (log, STORM_LATENESS_DEFAULT);
  g_autofree guint32 *first = g_new (guint32, batches->len);
  gsize before;
  gint64 start;
  double ms;
  guint i;

  for (i = 0; i < batches->len; i++)
    first[i] = storm_event_log_append (log, g_ptr_array_index (batches, i));
  before = get_resident ();
  start = g_get_monotonic_time ();
  for (i = 0; i < batches->len; i++)
    {
      storm_trace_index_take (index, g_ptr_array_index (batches, i), first[i]);
      storm_trace_index_flush (index);
    }
  ms = ms_since (start);
  g_print ("index-take%s: %.0f ns/event (budget 200), %u traces\n", name, ms * 1e6 / n,
           g_list_model_get_n_items (G_LIST_MODEL (index)));
  /* 40 bytes a trace, and 6 an event: four and the unused end of a list. */
  g_print ("index-memory%s: %.1f bytes/event (budget %.1f)\n", name,
           ((double) get_resident () - (double) before) / n,
           6 + 40.0 * g_list_model_get_n_items (G_LIST_MODEL (index)) / n);
}

static void
bench_order (StormEventLog *log,
             guint          n)
{
  g_autoptr (StormOrder) order = storm_order_new (log);
  guint32 *rows = g_new (guint32, BATCH);
  gint64 start = g_get_monotonic_time ();
  guint32 row;

  for (row = 0; row < n; row += BATCH)
    {
      StormSplice splice;
      guint count = MIN (BATCH, n - row);
      guint i;

      for (i = 0; i < count; i++)
        rows[i] = row + i;
      storm_order_add (order, rows, count, &splice);
    }
  g_print ("order-backfill: %.0f ns/event (budget 300)\n", ms_since (start) * 1e6 / n);
  g_print ("order-memory: %.1f bytes/event (budget 8)\n",
           (double) storm_order_get_bytes (order) / n);
  g_free (rows);
}

static void
time_filter (StormEventView         *view,
             const char             *name,
             const StormEventFilter *filter,
             const char             *budget)
{
  gint64 start = g_get_monotonic_time ();
  gboolean scanning;

  storm_event_view_set_filter (view, filter);
  do
    g_object_get (view, "scanning", &scanning, NULL);
  while (scanning && g_main_context_iteration (NULL, TRUE));
  g_print ("filter-%s: %.2f ms (budget %s), %u rows\n", name, ms_since (start), budget,
           storm_event_view_get_n (view));
}

static int
compare_ms (gconstpointer a,
            gconstpointer b)
{
  return *(const double *) a < *(const double *) b ? -1 : 1;
}

/* Any moment, one after the other: board and density of a window of 1,200 pixels. */
static void
bench_moments (StormMonitor *monitor)
{
  g_autoptr (StormTimeline) timeline = NULL;
  gint64 start = g_get_monotonic_time ();
  double ms[500];
  guint counts[400];
  StormTime from, to;
  gboolean ready;

  timeline = storm_timeline_new (monitor);
  while (g_object_get (timeline, "ready", &ready, NULL), !ready)
    g_main_context_iteration (NULL, TRUE);
  g_print ("moments-collect: %.0f ms, in slices\n", ms_since (start));
  storm_timeline_get_window (timeline, &from, &to);
  for (guint i = 0; i < G_N_ELEMENTS (ms); i++)
    {
      start = g_get_monotonic_time ();
      storm_timeline_set_time (timeline, from + (to - from) / 997 * (i * 613 % 997));
      storm_timeline_count (timeline, counts, G_N_ELEMENTS (counts));
      ms[i] = ms_since (start);
    }
  qsort (ms, G_N_ELEMENTS (ms), sizeof ms[0], compare_ms);
  g_print ("moments-jump: %.2f ms median, %.2f ms p95 (budget 16)\n", ms[250], ms[475]);
}

static void
bench_monitor (StormMonitor *monitor,
               GPtrArray    *batches,
               guint         n)
{
  StormEventView *view = storm_monitor_get_view (monitor);
  gint64 start = g_get_monotonic_time ();
  double worst = 0;
  double total = 0;
  guint i;

  for (i = 0; i < batches->len; i++)
    {
      storm_monitor_take (monitor, g_ptr_array_index (batches, i));
      storm_monitor_flush (monitor);
    }
  g_print ("monitor-backfill: %.0f ns/event (budget 1000)\n", ms_since (start) * 1e6 / n);

  for (i = 0; i < 200; i++)
    {
      g_autofree char *key = g_strdup_printf ("o-%u", i * 997 % (n / EVENTS_PER_TRACE));
      double ms;

      start = g_get_monotonic_time ();
      storm_monitor_set_key (monitor, key);
      storm_event_view_set_filter (view, &(StormEventFilter) { .key = key });
      ms = ms_since (start);
      worst = MAX (worst, ms);
      total += ms;
    }
  g_print ("choose-key: %.3f ms mean, %.3f ms worst (budget 20), %u rows\n", total / 200, worst,
           storm_event_view_get_n (view));
  storm_monitor_set_key (monitor, NULL);
  bench_moments (monitor);
  time_filter (view, "type", &(StormEventFilter) { .type = "CookStarted" }, "20");
  time_filter (view, "text", &(StormEventFilter) { .text = "o-12345\"" }, "100");
}

/* Every event its own key: the other end of the scale. */
static void
bench_single (guint n)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (GPtrArray) batches = make_batches (strings, n, n);

  bench_index ("-of-one", batches, strings, n);
}

/* One key with a tenth of all events: sorted, numbered and lit when it is chosen. */
static void
bench_long_trace (StormBoard *board,
                  guint       n)
{
  g_autoptr (StormMonitor) monitor = storm_monitor_new (board);
  g_autoptr (GPtrArray) batches = make_batches (storm_monitor_get_strings (monitor), n, 1);
  gint64 start;
  guint i;

  for (i = 0; i < batches->len; i++)
    {
      storm_monitor_take (monitor, g_ptr_array_index (batches, i));
      storm_monitor_flush (monitor);
    }
  start = g_get_monotonic_time ();
  storm_monitor_set_key (monitor, "o-0");
  storm_event_view_set_filter (storm_monitor_get_view (monitor),
                               &(StormEventFilter) { .key = "o-0" });
  g_print ("choose-key-of-%u: %.1f ms (budget 100)\n", n, ms_since (start));
}

int
main (int   argc,
      char *argv[])
{
  guint n = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 1000000;
  g_autoptr (StormBoard) board = bench_make_flow (types, EVENTS_PER_TRACE);
  g_autoptr (StormMonitor) monitor = NULL;
  g_autoptr (GPtrArray) batches = NULL;
  StormStrings *strings;

  n = MAX (n / EVENTS_PER_TRACE, 1) * EVENTS_PER_TRACE;
  monitor = storm_monitor_new (board);
  strings = storm_monitor_get_strings (monitor);
  batches = make_batches (strings, n, n / EVENTS_PER_TRACE);
  g_print ("events: %u in %u batches of %u partitions\n", n, batches->len, N_PARTITIONS);
  bench_index ("", batches, strings, n);
  bench_monitor (monitor, batches, n);
  bench_order (storm_monitor_get_log (monitor), n);
  bench_long_trace (board, MAX (n / 10, 1));
  bench_single (n);
  return 0;
}
