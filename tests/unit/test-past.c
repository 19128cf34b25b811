#include "config.h"

#include "storm-failures.h"
#include "storm-monitor-test.h"
#include "storm-past.h"
#include "storm-timeline.h"
#include "storm-trace-private.h"
#include "storm-trace-report.h"

typedef struct
{
  StormMonitor  *monitor;
  StormTimeline *timeline;
  StormPast     *past;
  guint          n_changed;
} Fixture;

static void
count_cb (Fixture *f)
{
  f->n_changed++;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  gboolean ready = FALSE;

  f->monitor = test_shop_monitor ();
  f->timeline = storm_timeline_new (f->monitor);
  f->past = storm_past_of (f->monitor);
  g_assert_true (storm_past_of (f->monitor) == f->past);
  g_signal_connect_swapped (f->past, "changed", G_CALLBACK (count_cb), f);
  test_tell (f->monitor, "good", "Placed@0 Paid@10 Added@20", 20);
  test_tell (f->monitor, "stuck", "Placed@5 Paid@15", 20);
  test_tell (f->monitor, "failed", "Placed@100 PayFailed@110 Canceled@120", 120);
  test_tell (f->monitor, "odd", "Placed@110 Coffee@115", 120);
  test_tell (f->monitor, "late", "Placed@200", 300);
  while (!ready)
    {
      g_main_context_iteration (NULL, FALSE);
      g_object_get (f->timeline, "ready", &ready, NULL);
    }
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_clear_object (&f->timeline);
  g_assert_finalize_object (f->monitor);
}

static void
go (Fixture *f,
    double   seconds)
{
  StormMoment moment = { AT ((gint64) (seconds * 1000)), G_MAXUINT32 };

  storm_monitor_set_moment (f->monitor, &moment);
}

/* "good running; stuck stuck": of all traces that had begun, in their order. */
static char *
dup_states (Fixture *f)
{
  GListModel *index = G_LIST_MODEL (storm_monitor_get_index (f->monitor));
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (index); i++)
    {
      g_autoptr (StormTrace) trace = g_list_model_get_item (index, i);
      StormTraceState state;
      StormTraceFacts facts;

      g_assert_true (storm_past_look_at (f->past, trace, &facts));
      if (!storm_past_get_state (f->past, i, &state))
        {
          g_assert_cmpuint (facts.n, ==, 0);
          continue;
        }
      g_assert_cmpuint (facts.state, ==, state);
      g_string_append_printf (words, "%s%s %s %u", words->len > 0 ? "; " : "",
                              storm_trace_get_key (trace), storm_trace_state_nick (state), facts.n);
    }
  return g_string_free (words, FALSE);
}

static void
assert_states (Fixture    *f,
               double      seconds,
               const char *expected)
{
  g_autofree char *states = NULL;

  go (f, seconds);
  g_assert_true (storm_past_is_ready (f->past));
  states = dup_states (f);
  g_assert_cmpstr (states, ==, expected);
}

static void
test_states (Fixture       *f,
             gconstpointer  data)
{
  StormTraceState state;

  g_assert_false (storm_past_is_ready (f->past));
  g_assert_false (storm_past_get_state (f->past, 0, &state));
  assert_states (f, -1, "");
  g_assert_cmpuint (storm_past_get_n (f->past), ==, 0);
  g_assert_cmpfloat (storm_past_get_fitness (f->past), ==, 1);
  assert_states (f, 7, "good running 1; stuck running 1");
  assert_states (f, 20, "good conforming 3; stuck running 2");
  g_assert_cmpuint (storm_past_count_troubled (f->past), ==, 0);
  g_assert_null (storm_past_find_worst (f->past));
  assert_states (f, 90, "good conforming 3; stuck stuck 2");
  g_assert_cmpfloat (storm_past_get_fitness (f->past), <, 1);
  assert_states (f, 116, "good conforming 3; stuck stuck 2; failed failed 2; odd unexpected 2");
  g_assert_cmpuint (storm_past_count (f->past, STORM_TRACE_FAILED), ==, 1);
  assert_states (f, 150, "good conforming 3; stuck stuck 2; failed compensated 3; "
                         "odd unexpected 2");
  g_assert_cmpuint (storm_past_get_n (f->past), ==, 4);
  g_assert_cmpuint (f->n_changed, ==, 6);
  storm_monitor_set_moment (f->monitor, NULL);
  g_assert_false (storm_past_is_ready (f->past));
  g_assert_cmpuint (f->n_changed, ==, 7);
}

static void
test_troubles (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr (StormTrace) worst = NULL;
  g_autofree char *second = NULL;
  g_autofree char *first = NULL;
  g_autofree char *words = NULL;
  StormMoment moment;

  go (f, 116);
  worst = storm_past_find_worst (f->past);
  g_assert_cmpstr (storm_trace_get_key (worst), ==, "stuck");
  g_assert_true (storm_monitor_get_moment (f->monitor, &moment));
  words = storm_conformance_headline_at (storm_monitor_get_conformance (f->monitor), worst,
                                         &moment);
  g_assert_cmpstr (words, ==, "stuck stopped after Paid 1 min ago; Added usually follows within "
                              "10 s.");
  g_assert_cmpuint (storm_past_find_trouble (f->past, "stuck"), ==, 1);
  g_assert_cmpuint (storm_past_find_trouble (f->past, "failed"), ==, 2);
  g_assert_cmpuint (storm_past_find_trouble (f->past, "good"), ==, 0);
  g_assert_cmpuint (storm_past_find_trouble (f->past, "late"), ==, 0);
  second = storm_past_step_trouble (f->past, "stuck", TRUE);
  g_assert_cmpstr (second, ==, "failed");
  first = storm_past_step_trouble (f->past, "odd", TRUE);
  g_assert_cmpstr (first, ==, "stuck");
}

/* What had failed by then, and what had become of it. */
static void
test_failures (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr (StormFailures) failures = storm_failures_new (f->monitor);
  const StormFailureKind *kind;
  static const struct { double seconds; guint n_events, n_open, n_compensated; } rows[] = {
    { 105, 0, 0, 0 }, { 112, 1, 1, 0 }, { 120, 1, 0, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      go (f, rows[i].seconds);
      g_assert_true (storm_failures_work (failures, G_MAXINT64));
      kind = g_ptr_array_index (storm_failures_get_kinds (failures), 0);
      g_assert_cmpuint (kind->n_events, ==, rows[i].n_events);
      g_assert_cmpuint (kind->n_open, ==, rows[i].n_open);
      g_assert_cmpuint (kind->n_compensated, ==, rows[i].n_compensated);
    }
}

/* So many that nobody would wait for them at once; rows say how they stood all the same. */
static void
test_many (Fixture       *f,
           gconstpointer  data)
{
  StormConformance *conformance = storm_monitor_get_conformance (f->monitor);
  g_autoptr (StormTrace) trace = NULL;
  StormTraceFacts facts;
  guint n = 20000;

  for (guint i = 0; i < n; i += 1000)
    {
      TestEvent events[1000];
      char keys[1000][16];
      g_autoptr (StormBatch) batch = NULL;

      for (guint k = 0; k < 1000; k++)
        {
          g_snprintf (keys[k], sizeof keys[k], "k%u", i + k);
          events[k] = (TestEvent) { "Placed", keys[k], NULL, 400000, 0, 1000 + i + k };
        }
      batch = test_batch (storm_monitor_get_strings (f->monitor), events, 1000);
      storm_monitor_take (f->monitor, batch);
    }
  storm_monitor_flush (f->monitor);
  storm_conformance_settle (conformance, AT (0));
  go (f, 400);
  trace = storm_trace_index_dup_trace (storm_monitor_get_index (f->monitor), n);
  g_assert_true (storm_past_look_at (f->past, trace, &facts));
  g_assert_cmpuint (facts.n, ==, 1);
  g_assert_cmpuint (facts.state, ==, STORM_TRACE_RUNNING);
  while (!storm_past_is_ready (f->past))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (storm_past_count (f->past, STORM_TRACE_RUNNING), ==, n);
  g_assert_cmpuint (storm_past_get_n (f->past), ==, n + 5);
}

/* Clearing ends it, also while it is still at work. */
static void
test_cleared (Fixture       *f,
              gconstpointer  data)
{
  go (f, 116);
  storm_monitor_clear (f->monitor);
  g_assert_false (storm_past_is_ready (f->past));
  g_assert_cmpuint (storm_past_get_n (f->past), ==, 0);
}

#define ADD(name, func) g_test_add ("/past/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("states", test_states);
  ADD ("troubles", test_troubles);
  ADD ("failures", test_failures);
  ADD ("many", test_many);
  ADD ("cleared", test_cleared);
  return g_test_run ();
}
