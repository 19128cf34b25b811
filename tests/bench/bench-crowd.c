#include "config.h"

/* Event storms by their shape, captured, filtered and browsed, without a window:
 * bench-crowd SHAPE [EVENTS]. Shapes: orders (five events a trace), one (all in one trace), each
 * (a trace of its own each), huge (one payload of 32 MB among small ones). The exit status judges
 * only whether everything is there; the figures are for reading. */

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-flows.h"
#include "bench-numbers.h"
#include "storm-capture.h"
#include "storm-clocks.h"
#include "storm-field-drift.h"
#include "storm-filter.h"
#include "storm-flow-times.h"
#include "storm-monitor-private.h"

#define BATCH 8192
#define N_PARTITIONS 3
#define BASE_MS G_GINT64_CONSTANT (1795000000000)
#define HUGE_BYTES (32u << 20)
#define N_BROWSED 10000
#define N_FILTERED 100000

static const char mapping_json[] =
  "{\"type\":[\"json:/eventType\"],\"id\":[\"json:/eventId\"],\"time\":[\"json:/timestamp\"],"
  "\"correlation\":[\"json:/orderId\"]}";
static const char *const types[] = {
  "OrderPlaced", "OrderAccepted", "CookStarted", "CookFinished", "OrderDelivered",
};

typedef struct
{
  const char        *shape;
  guint              n;
  StormMonitor      *monitor;
  StormMapping      *mapping;
  StormBatchBuilder *builder;
  StormCapture      *capture;
  StormFlowTimes    *times;
  StormClocks       *clocks;
  StormFieldDrift   *drift;
  double             empty_mb;     /* resident, and on the heap, before the first event */
  double             empty_heap;
  char              *huge;
  guint              n_wrong;
} Crowd;

static double
ms_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / 1000.0;
}

static double
heap_mb (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return (info.uordblks + info.hblkhd) / 1e6;
}

static void
expect (Crowd      *crowd,
        const char *what,
        guint64     got,
        guint64     wanted)
{
  if (got == wanted)
    return;
  printf ("WRONG: %s: %" G_GUINT64_FORMAT ", not %" G_GUINT64_FORMAT "\n", what, got, wanted);
  crowd->n_wrong++;
}

static guint
trace_of (Crowd *crowd,
          guint  i)
{
  if (g_str_equal (crowd->shape, "one"))
    return 0;
  return g_str_equal (crowd->shape, "each") ? i : i / G_N_ELEMENTS (types);
}

static void
add_event (Crowd *crowd,
           guint  i)
{
  gint64 ms = BASE_MS + i;
  const char *memo = crowd->huge != NULL && i == crowd->n / 2 ? crowd->huge : "ring twice";
  g_autofree char *payload = g_strdup_printf (
    "{\"eventType\":\"%s\",\"eventId\":\"5f1d1c3e-0000-4000-8000-%012u\","
    "\"timestamp\":%" G_GINT64_FORMAT ",\"orderId\":\"o-%u\",\"total\":%u,\"memo\":\"%s\"}",
    types[i % G_N_ELEMENTS (types)], i, ms, trace_of (crowd, i), i % 100, memo);
  StormRecord record = {
    .topic = "food.order",
    .partition = i % N_PARTITIONS,
    .offset = i / N_PARTITIONS,
    .broker_time = ms * STORM_TIME_MILLISECOND,
    .payload = (const guint8 *) payload,
    .payload_len = strlen (payload),
  };

  storm_batch_builder_add (crowd->builder, &record);
}

static void
on_spooled (StormCapture *capture,
            guint         n_rows,
            Crowd        *crowd)
{
  storm_event_log_set_spooled (storm_monitor_get_log (crowd->monitor), n_rows);
}

static void
on_failed (StormCapture *capture,
           GError       *error,
           Crowd        *crowd)
{
  printf ("WRONG: %s\n", error->message);
  crowd->n_wrong++;
}

/* As the window does it: a batch, what follows from it, and whatever else waits. */
static void
take_all (Crowd *crowd)
{
  gint64 start = g_get_monotonic_time ();
  double made = 0, worst = 0;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < crowd->n;)
    {
      g_autoptr (StormBatch) batch = NULL;
      gint64 began = g_get_monotonic_time ();
      guint first = i;

      while (i < crowd->n && i - first < BATCH)
        add_event (crowd, i++);
      batch = storm_batch_builder_take (crowd->builder);
      made += ms_since (began);

      began = g_get_monotonic_time ();
      storm_monitor_take (crowd->monitor, batch);
      storm_monitor_flush (crowd->monitor);
      worst = MAX (worst, ms_since (began));
      storm_capture_append (crowd->capture, batch, first);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  if (!storm_capture_flush (crowd->capture, &error))
    {
      printf ("WRONG: %s\n", error->message);
      crowd->n_wrong++;
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  printf ("taken: %.1f s, %.1f s of it for making and mapping; worst batch of %u: %.1f ms; "
          "%.0f MB resident\n", ms_since (start) / 1000, made / 1000, BATCH, worst,
          bench_resident_mb ());
  expect (crowd, "events", storm_event_log_get_n (storm_monitor_get_log (crowd->monitor)),
          crowd->n);
}

/* What the events leave behind in the memory, their payloads being on the disk: traces, numbers,
 * what the board says of them, how long their steps took, and what is kept to know repeats. */
static void
weigh (Crowd *crowd)
{
  StormEventLog *log = storm_monitor_get_log (crowd->monitor);
  double heap, resident;

  storm_conformance_settle (storm_monitor_get_conformance (crowd->monitor), storm_time_now ());
  storm_flow_times_update (crowd->times, TRUE);
  storm_clocks_update (crowd->clocks);
  storm_field_drift_tick (crowd->drift);
  resident = bench_resident_mb () - crowd->empty_mb;
  heap = heap_mb () - crowd->empty_heap;
  printf ("memory: %.1f MB over an empty window, %.1f bytes an event (budget 100)\n",
          resident, resident * 1e6 / crowd->n);
  printf ("  of that on the heap %.1f MB: log %.1f (batches in memory up to %.1f of them), "
          "strings %.1f, order %.1f, traces %.1f, conformance %.1f\n", heap,
          storm_event_log_get_bytes (log) / 1e6, STORM_EVENT_LOG_BUDGET / 1e6,
          storm_strings_get_bytes (storm_monitor_get_strings (crowd->monitor)) / 1e6,
          storm_order_get_bytes (storm_monitor_get_order (crowd->monitor)) / 1e6,
          storm_trace_index_get_bytes (storm_monitor_get_index (crowd->monitor)) / 1e6,
          storm_conformance_get_bytes (storm_monitor_get_conformance (crowd->monitor)) / 1e6);
}

static guint
show (Crowd                  *crowd,
      const char             *what,
      const StormEventFilter *filter)
{
  StormEventView *view = storm_monitor_get_view (crowd->monitor);
  gint64 start = g_get_monotonic_time ();
  gint64 began = start;
  double first, worst = 0;
  gboolean scanning = TRUE;

  storm_event_view_set_filter (view, filter);
  storm_monitor_flush (crowd->monitor);
  first = ms_since (start);
  g_object_get (view, "scanning", &scanning, NULL);
  while (scanning)
    {
      began = g_get_monotonic_time ();
      g_main_context_iteration (NULL, TRUE);
      worst = MAX (worst, ms_since (began));
      g_object_get (view, "scanning", &scanning, NULL);
    }
  printf ("%s: %u events; at once %.1f ms, all %.1f ms, worst slice %.1f ms\n", what,
          storm_event_view_get_n (view), first, ms_since (start), worst);
  return storm_event_view_get_n (view);
}

static void
filter_and_choose (Crowd *crowd)
{
  g_autofree char *key = g_strdup_printf ("o-%u", trace_of (crowd, crowd->n / 2));
  guint last = crowd->n - 1;
  g_autofree char *text = g_strdup_printf ("\"timestamp\":%" G_GINT64_FORMAT, BASE_MS + last);
  gint64 start = g_get_monotonic_time ();
  StormTrace *trace;
  const StormNumbered *numbers;
  guint n = 0, wanted = 0;

  for (guint i = 0; i < crowd->n; i++)
    wanted += trace_of (crowd, i) == trace_of (crowd, crowd->n / 2);
  start = g_get_monotonic_time ();
  storm_monitor_set_key (crowd->monitor, key);
  storm_monitor_flush (crowd->monitor);
  trace = storm_trace_index_lookup (storm_monitor_get_index (crowd->monitor), key);
  numbers = storm_trace_get_numbers (trace, &n);
  printf ("choose a trace of %u: %.1f ms\n", n, ms_since (start));
  expect (crowd, "events of the trace", n, wanted);
  expect (crowd, "its last number", numbers[n - 1].n, wanted);
  storm_monitor_set_key (crowd->monitor, NULL);

  expect (crowd, "events of a type",
          show (crowd, "by type", &(StormEventFilter) { .type = types[0] }),
          (crowd->n + G_N_ELEMENTS (types) - 1) / G_N_ELEMENTS (types));
  expect (crowd, "events with a text",
          show (crowd, "by text", &(StormEventFilter) { .text = text }), 1);
  expect (crowd, "events without a filter", show (crowd, "all", &(StormEventFilter) { 0 }),
          crowd->n);
}

/* Rows from all over, as somebody who drags the scroll bar asks for them. */
static void
browse (Crowd *crowd)
{
  StormEventLog *log = storm_monitor_get_log (crowd->monitor);
  g_auto (StormRecordView) view = { 0 };
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  double worst = 0;
  gint64 start = g_get_monotonic_time ();
  guint n_read = 0;

  for (guint i = 0; i < N_BROWSED; i++)
    {
      guint32 row = g_rand_int_range (random, 0, crowd->n);
      gint64 began = g_get_monotonic_time ();

      n_read += storm_event_log_read (log, row, &view) && view.record.payload != NULL &&
                view.record.offset == row / N_PARTITIONS;
      worst = MAX (worst, ms_since (began));
    }
  printf ("read %u payloads from all over: %.3f ms each, worst %.1f ms\n", N_BROWSED,
          ms_since (start) / N_BROWSED, worst);
  expect (crowd, "payloads read", n_read, N_BROWSED);
}

static void
filter_by_expression (Crowd *crowd)
{
  StormEventLog *log = storm_monitor_get_log (crowd->monitor);
  guint n = MIN (crowd->n, N_FILTERED);
  g_autofree guint8 *matches = g_malloc (n);
  g_auto (StormRecordView) view = { 0 };
  g_autoptr (StormFilter) filter = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_found = 0, wanted = 0;
  gint64 start;

  if (!storm_filter_is_available ())
    {
      printf ("by expression: skipped, there is no helper\n");
      return;
    }
  start = g_get_monotonic_time ();
  filter = storm_filter_new (".payload.total >= 90 and .type != \"CookStarted\"", &error);
  for (guint row = 0; filter != NULL && row < n; row++)
    {
      storm_event_log_read (log, row, &view);
      storm_filter_add (filter, &view.record, storm_event_log_get_payload_status (log, row),
                        storm_event_log_get_type_name (log, row),
                        storm_event_log_get_correlation (log, row),
                        storm_event_log_get_time (log, row));
    }
  if (filter == NULL || !storm_filter_run (filter, matches, NULL, &error))
    {
      printf ("WRONG: %s\n", error->message);
      crowd->n_wrong++;
      return;
    }
  for (guint row = 0; row < n; row++)
    {
      n_found += matches[row];
      wanted += row % 100 >= 90 && row % G_N_ELEMENTS (types) != 2;
    }
  printf ("by expression: %u events in %.0f ms\n", n, ms_since (start));
  expect (crowd, "events of an expression", n_found, wanted);
}

static void
close_crowd (Crowd *crowd)
{
  g_clear_object (&crowd->drift);
  g_clear_object (&crowd->clocks);
  g_clear_object (&crowd->times);
  g_clear_object (&crowd->monitor);
  g_clear_object (&crowd->capture);
  g_clear_pointer (&crowd->builder, storm_batch_builder_free);
  g_clear_pointer (&crowd->mapping, storm_mapping_unref);
  g_clear_pointer (&crowd->huge, g_free);
}

/* All that a window has that grows with the events. */
static gboolean
open_crowd (Crowd   *crowd,
            GError **error)
{
  g_autoptr (StormBoard) board = bench_make_flow (types, G_N_ELEMENTS (types));

  /* As in the program: it decides what stays resident. */
  mallopt (M_MMAP_THRESHOLD, 4 * 1024 * 1024);
  crowd->mapping = storm_mapping_new_from_json (mapping_json, error);
  crowd->capture = storm_capture_new (g_getenv ("STORMWATCH_BENCH_DIR"), error);
  if (crowd->mapping == NULL || crowd->capture == NULL)
    return FALSE;
  crowd->monitor = storm_monitor_new (board);
  crowd->builder = storm_batch_builder_new (storm_monitor_get_strings (crowd->monitor),
                                            crowd->mapping);
  crowd->times = storm_flow_times_new (crowd->monitor);
  crowd->clocks = storm_clocks_new (crowd->monitor);
  crowd->drift = storm_field_drift_new (board, storm_monitor_get_log (crowd->monitor),
                                        storm_monitor_get_matcher (crowd->monitor));
  storm_field_drift_set_mapping (crowd->drift, crowd->mapping);
  g_signal_connect (crowd->capture, "spooled", G_CALLBACK (on_spooled), crowd);
  g_signal_connect (crowd->capture, "failed", G_CALLBACK (on_failed), crowd);
  storm_event_log_set_reader (storm_monitor_get_log (crowd->monitor), storm_capture_read,
                              g_object_ref (crowd->capture), g_object_unref);
  if (g_str_equal (crowd->shape, "huge"))
    crowd->huge = g_strnfill (HUGE_BYTES, 'x');
  crowd->empty_mb = bench_resident_mb ();
  crowd->empty_heap = heap_mb ();
  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  static const char *const shapes[] = { "orders", "one", "each", "huge", NULL };
  Crowd crowd = { argc > 1 ? argv[1] : "orders", argc > 2 ? strtoul (argv[2], NULL, 10) : 1000000 };
  g_autoptr (GError) error = NULL;

  if (!g_strv_contains (shapes, crowd.shape) || crowd.n < 10)
    {
      fprintf (stderr, "bench-crowd orders|one|each|huge [EVENTS]\n");
      return 2;
    }
  if (!open_crowd (&crowd, &error))
    {
      fprintf (stderr, "bench-crowd: %s\n", error->message);
      close_crowd (&crowd);
      return 1;
    }

  printf ("%s, %u events\n", crowd.shape, crowd.n);
  take_all (&crowd);
  weigh (&crowd);
  filter_and_choose (&crowd);
  browse (&crowd);
  filter_by_expression (&crowd);
  printf ("%.0f MB resident, %.0f of them the log\n", bench_resident_mb (),
          storm_event_log_get_bytes (storm_monitor_get_log (crowd.monitor)) / 1e6);

  close_crowd (&crowd);
  return crowd.n_wrong == 0 ? 0 : 1;
}
