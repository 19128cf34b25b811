#include "config.h"

#include "storm-flow-times.h"
#include "storm-monitor-private.h"
#include "storm-monitor-test.h"

/* What a long session keeps, told by the counters of its parts: payloads stay within the log's
 * budget, and all else grows with the events and no faster, whether their cases are finished, long,
 * or of one event each. */

#define BATCH 1000
#define BUDGET (256 * 1024)

typedef struct
{
  StormMonitor      *monitor;
  StormBatchBuilder *builder;
  StormFlowTimes    *times;
  guint              n;
} Session;

typedef struct
{
  gsize log;
  gsize strings;
  gsize index;
  gsize order;
  gsize conformance;
} Weight;

static gboolean
read_nothing (guint32          row,
              StormRecordView *view,
              gpointer         user_data)
{
  return FALSE;
}

static void
session_init (Session *self)
{
  StormEventLog *log;

  self->monitor = test_shop_monitor ();
  self->builder = test_builder (storm_monitor_get_strings (self->monitor));
  self->times = storm_flow_times_new (self->monitor);
  self->n = 0;
  log = storm_monitor_get_log (self->monitor);
  storm_event_log_set_budget (log, BUDGET);
  storm_event_log_set_reader (log, read_nothing, NULL, NULL);
}

static void
session_clear (Session *self)
{
  g_object_unref (self->times);
  storm_batch_builder_free (self->builder);
  g_assert_finalize_object (self->monitor);
}

/* @n more events, @per_trace of each key, as the window takes them. */
static void
feed (Session *self,
      guint    n,
      guint    per_trace)
{
  static const char *const types[] = { "Order Placed", "Paid", "Added" };
  StormEventLog *log = storm_monitor_get_log (self->monitor);

  for (guint end = self->n + n; self->n < end;)
    {
      g_autoptr (StormBatch) batch = NULL;

      for (guint i = 0; i < BATCH; i++, self->n++)
        {
          g_autofree char *key = g_strdup_printf ("order-%u", self->n / per_trace);
          g_autofree char *id = g_strdup_printf ("event-%u", self->n);
          TestEvent event = { types[self->n % 3], key, id, self->n, 0, self->n };

          test_add (self->builder, &event);
        }
      batch = storm_batch_builder_take (self->builder);
      storm_monitor_take (self->monitor, batch);
      storm_event_log_set_spooled (log, storm_event_log_get_n (log));
      storm_monitor_flush (self->monitor);
    }
  storm_conformance_settle (storm_monitor_get_conformance (self->monitor), AT (self->n));
  storm_flow_times_update (self->times, TRUE);
}

static Weight
weigh (Session *self)
{
  return (Weight) {
    storm_event_log_get_bytes (storm_monitor_get_log (self->monitor)),
    storm_strings_get_bytes (storm_monitor_get_strings (self->monitor)),
    storm_trace_index_get_bytes (storm_monitor_get_index (self->monitor)),
    storm_order_get_bytes (storm_monitor_get_order (self->monitor)),
    storm_conformance_get_bytes (storm_monitor_get_conformance (self->monitor)),
  };
}

/* A million events are to take less than 100 MB, and these counters leave out what malloc adds. */
static void
test_orders (void)
{
  Session session;
  Weight weight;

  session_init (&session);
  feed (&session, 120000, 3);
  weight = weigh (&session);
  g_assert_cmpuint (weight.log, <, 30 * session.n + BUDGET);
  g_assert_cmpuint (weight.strings, <, 16 * session.n);
  g_assert_cmpuint (weight.index, <, 24 * session.n);
  g_assert_cmpuint (weight.order, <, 5 * session.n);
  g_assert_cmpuint (weight.conformance, <, 7 * session.n);
  session_clear (&session);
}

static void
test_each (void)
{
  Session session;
  Weight weight;

  session_init (&session);
  feed (&session, 120000, 1);
  weight = weigh (&session);
  g_assert_cmpuint (weight.log, <, 30 * session.n + BUDGET);
  g_assert_cmpuint (weight.strings, <, 46 * session.n);
  g_assert_cmpuint (weight.index, <, 40 * session.n);
  g_assert_cmpuint (weight.conformance, <, 18 * session.n);
  session_clear (&session);
}

/* Of a long trace no more is kept the longer it gets, beside what it can be taken up from. */
static void
test_one (void)
{
  Session session;
  Weight weight;

  session_init (&session);
  feed (&session, 60000, G_MAXUINT);
  weight = weigh (&session);
  g_assert_cmpuint (weight.index, <, 8 * session.n + 4096 * 32);
  g_assert_cmpuint (weight.strings, <, 256 * 1024);
  g_assert_cmpuint (weight.conformance, <, 4096 * 16 + 128 * 1024);
  session_clear (&session);
}

/* What comes later costs no more than what came first. */
static void
test_steady (void)
{
  Session session;
  Weight first, second, third;

  session_init (&session);
  /* Tables double: both steps have as many doublings of them. */
  feed (&session, 49000, 3);
  first = weigh (&session);
  feed (&session, 49000, 3);
  second = weigh (&session);
  feed (&session, 98000, 3);
  third = weigh (&session);
  g_assert_cmpuint (third.log - second.log, <=, 2 * (second.log - first.log) + BUDGET);
  g_assert_cmpuint (third.index - second.index, <=, 3 * (second.index - first.index));
  g_assert_cmpuint (third.order - second.order, <=, 3 * (second.order - first.order));
  g_assert_cmpuint (third.conformance - second.conformance, <=,
                    3 * (second.conformance - first.conformance));
  session_clear (&session);
}

/* Cleared, a session is as small as a new one, but for the names that were read. */
static void
test_cleared (void)
{
  Session session;
  Weight empty, full, weight;

  session_init (&session);
  empty = weigh (&session);
  feed (&session, 30000, 3);
  full = weigh (&session);
  storm_monitor_clear (session.monitor);
  weight = weigh (&session);
  g_assert_cmpuint (weight.log, <=, empty.log);
  g_assert_cmpuint (weight.index, <=, empty.index);
  g_assert_cmpuint (weight.order, <=, empty.order + 4096);
  g_assert_cmpuint (weight.conformance, <=, empty.conformance + 4096);
  g_assert_cmpuint (weight.strings, ==, full.strings);

  /* The same once more: names that are known take no more. */
  session.n = 0;
  feed (&session, 30000, 3);
  weight = weigh (&session);
  g_assert_cmpuint (weight.strings, ==, full.strings);
  g_assert_cmpuint (weight.index, <=, full.index + full.index / 8);
  g_assert_cmpuint (weight.conformance, <=, full.conformance);
  session_clear (&session);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/monitor-memory/orders", test_orders);
  g_test_add_func ("/monitor-memory/each", test_each);
  g_test_add_func ("/monitor-memory/one", test_one);
  g_test_add_func ("/monitor-memory/steady", test_steady);
  g_test_add_func ("/monitor-memory/cleared", test_cleared);

  return g_test_run ();
}
