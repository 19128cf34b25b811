#include "config.h"

#include "storm-comparison.h"
#include "storm-history.h"
#include "storm-monitor-test.h"

typedef struct
{
  StormBoard   *board;
  StormMonitor *a;
  StormMonitor *b;
} Fixture;

/* E0 → E1 → E2, each with a command before it, and a policy between. */
static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->board = storm_board_new ();
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *event = g_strdup_printf ("e%u", i);
      g_autofree char *title = g_strdup_printf ("E%u", i);

      storm_test_add_sticky (f->board, event, STORM_KIND_EVENT, title, 400 * i, 0);
    }
  storm_test_add_sticky (f->board, "p1", STORM_KIND_POLICY, "P1", 200, 0);
  storm_test_add_sticky (f->board, "p2", STORM_KIND_POLICY, "P2", 600, 0);
  storm_test_add_flow (f->board, "f0p", "e0", "p1");
  storm_test_add_flow (f->board, "fp1", "p1", "e1");
  storm_test_add_flow (f->board, "f1p", "e1", "p2");
  storm_test_add_flow (f->board, "fp2", "p2", "e2");
  f->a = storm_monitor_new (f->board);
  f->b = storm_monitor_new (f->board);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_assert_finalize_object (f->a);
  g_assert_finalize_object (f->b);
  g_assert_finalize_object (f->board);
}

static StormComparison *
compare (StormMonitor *a,
         const char   *key_a,
         StormMonitor *b,
         const char   *key_b)
{
  StormComparison *comparison = storm_comparison_new (a, key_a, b, key_b);

  while (!storm_comparison_fill (comparison, 50))
    g_assert_cmpfloat (storm_comparison_get_progress (comparison), <=, 1);
  g_assert_cmpfloat (storm_comparison_get_progress (comparison), ==, 1);
  return comparison;
}

static const StormDiffRow *
get_row (StormComparison *comparison,
         guint            i)
{
  return g_ptr_array_index (storm_comparison_get_rows (comparison), i);
}

static void
assert_mark (StormComparison *comparison,
             const char      *id,
             const char      *words)
{
  const StormDiffMark *mark = storm_comparison_get_sticky (comparison, id);
  g_autofree char *got = mark != NULL ? storm_diff_mark_words (mark) : NULL;

  g_assert_cmpstr (got, ==, words);
}

static const TestEvent before[] = {
  { "E0", "a", NULL, 0, 0, 0 },
  { "E1", "a", NULL, 1000, 0, 1 },
  { "E3", "a", NULL, 1500, 0, 2 },
  { "E2", "a", NULL, 2000, 0, 3 },
};

static const TestEvent after[] = {
  { "E0", "b", NULL, 10000, 0, 0 },
  { "X", "b", NULL, 10100, 0, 1 },
  { "E1", "b", NULL, 13000, 0, 2 },
  { "E2", "b", NULL, 13500, 0, 3 },
  { "E2", "b", NULL, 13600, 0, 4 },
};

static void
test_traces (Fixture       *f,
             gconstpointer  data)
{
  static const struct { const char *name; StormDiff diff; guint a, b; } want[] = {
    { "E0", STORM_DIFF_ALIKE, 1, 1 },
    { "X", STORM_DIFF_ONLY_B, 0, 2 },
    { "E1", STORM_DIFF_SLOWER, 2, 3 },
    { "E3", STORM_DIFF_ONLY_A, 3, 0 },
    { "E2", STORM_DIFF_FASTER, 4, 4 },
    { "E2", STORM_DIFF_ONLY_B, 0, 5 },
  };
  g_autoptr (StormComparison) comparison = NULL;
  gboolean in_a, in_b;

  test_take (f->a, before, G_N_ELEMENTS (before));
  test_take (f->b, after, G_N_ELEMENTS (after));
  comparison = compare (f->a, "a", f->b, "b");
  g_assert_true (storm_comparison_is_of_traces (comparison));
  g_assert_cmpuint (storm_comparison_get_rows (comparison)->len, ==, G_N_ELEMENTS (want));
  for (guint i = 0; i < G_N_ELEMENTS (want); i++)
    {
      const StormDiffRow *row = get_row (comparison, i);

      g_assert_cmpstr (row->name, ==, want[i].name);
      g_assert_cmpint (row->diff, ==, want[i].diff);
      g_assert_cmpuint (row->a.n, ==, want[i].a);
      g_assert_cmpuint (row->b.n, ==, want[i].b);
    }
  /* The step goes from what both have, over what only one has. */
  g_assert_cmpint (get_row (comparison, 0)->a.step, ==, -1);
  g_assert_cmpint (get_row (comparison, 2)->a.step, ==, 1000 * STORM_TIME_MILLISECOND);
  g_assert_cmpint (get_row (comparison, 2)->b.step, ==, 3000 * STORM_TIME_MILLISECOND);
  g_assert_cmpint (get_row (comparison, 4)->a.step, ==, 1000 * STORM_TIME_MILLISECOND);
  g_assert_cmpint (get_row (comparison, 4)->b.step, ==, 500 * STORM_TIME_MILLISECOND);
  g_assert_cmpint (get_row (comparison, 4)->a.since, ==, 2000 * STORM_TIME_MILLISECOND);
  g_assert_cmpuint (get_row (comparison, 4)->a.row, ==, 3);
  g_assert_cmpuint (get_row (comparison, 5)->a.row, ==, G_MAXUINT32);
  g_assert_cmpuint (storm_comparison_count (comparison, STORM_DIFF_ONLY_B), ==, 2);
  g_assert_cmpuint (storm_comparison_count (comparison, STORM_DIFF_SLOWER), ==, 1);

  assert_mark (comparison, "e0", "=");
  assert_mark (comparison, "e1", "+2.0 s");
  assert_mark (comparison, "e2", "−500 ms");
  assert_mark (comparison, "e3", "only in A");
  assert_mark (comparison, "p1", NULL);
  storm_comparison_get_flow (comparison, "f0p", &in_a, &in_b);
  g_assert_true (in_a && in_b);
  storm_comparison_get_flow (comparison, "nowhere", &in_a, &in_b);
  g_assert_false (in_a || in_b);
}

static void
test_marks (Fixture       *f,
            gconstpointer  data)
{
  static const TestEvent a[] = {
    { "E0", "a", NULL, 0, 0, 0 }, { "E1", "a", NULL, 1000, 0, 1 }, { "E1", "a", NULL, 1001, 0, 2 },
    { "E3", "a", NULL, 1001, 0, 3 },
  };
  static const TestEvent b[] = {
    { "E3", "b", NULL, 0, 0, 0 }, { "E0", "b", NULL, 0, 0, 1 }, { "E1", "b", NULL, 1000, 0, 2 },
    { "E2", "b", NULL, 1001, 0, 3 },
  };
  g_autoptr (StormComparison) comparison = NULL;
  gboolean in_a, in_b;

  test_take (f->a, a, G_N_ELEMENTS (a));
  test_take (f->b, b, G_N_ELEMENTS (b));
  comparison = compare (f->a, "a", f->b, "b");
  assert_mark (comparison, "e0", "=");
  assert_mark (comparison, "e1", "A 2 · B 1");
  assert_mark (comparison, "e2", "only in B");
  assert_mark (comparison, "e3", "other order");
  storm_comparison_get_flow (comparison, "fp2", &in_a, &in_b);
  g_assert_false (in_a);
  g_assert_true (in_b);
  storm_comparison_get_flow (comparison, "fp1", &in_a, &in_b);
  g_assert_true (in_a && in_b);
}

/* The same sticky under another name is the same event. */
static void
test_names (Fixture       *f,
            gconstpointer  data)
{
  static const TestEvent a[] = { { "E1", "a", NULL, 0, 0, 0 }, { "Other", "a", NULL, 9, 0, 1 } };
  static const TestEvent b[] = { { "e-1", "b", NULL, 0, 0, 0 }, { "Other", "b", NULL, 9, 0, 1 } };
  g_autoptr (StormComparison) comparison = NULL;

  test_take (f->a, a, 2);
  test_take (f->b, b, 2);
  comparison = compare (f->a, "a", f->b, "b");
  g_assert_cmpuint (storm_comparison_get_rows (comparison)->len, ==, 2);
  g_assert_cmpuint (storm_comparison_count (comparison, STORM_DIFF_ALIKE), ==, 2);
}

static void
test_empty (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (StormComparison) none = compare (f->a, NULL, f->b, NULL);
  g_autoptr (StormComparison) unknown = NULL;

  g_assert_cmpuint (storm_comparison_get_rows (none)->len, ==, 0);
  test_take (f->a, before, G_N_ELEMENTS (before));
  unknown = compare (f->a, "a", f->b, "nobody");
  g_assert_cmpuint (storm_comparison_count (unknown, STORM_DIFF_ONLY_A), ==, 4);
}

/* Ten cases before and five after the change, which made E1 slow and left E3 out. */
static void
test_flows (Fixture       *f,
            gconstpointer  data)
{
  static const char * const names[] = { "E0", "E1", "E3", "E2" };
  g_autoptr (StormComparison) comparison = NULL;
  g_autoptr (StormComparison) at_once = NULL;
  const StormDiffRow *row;
  gboolean in_a, in_b;

  for (guint i = 0; i < 15; i++)
    {
      gboolean is_b = i >= 10;
      g_autofree char *key = g_strdup_printf ("k%u", i);
      gint64 offset = 10 * i;
      const TestEvent events[] = {
        { "E0", key, NULL, 10000 * i, 0, offset },
        { "E1", key, NULL, 10000 * i + (is_b ? 2000 : 1000), 0, offset + 1 },
        { is_b ? "E2" : "E3", key, NULL, 10000 * i + 2500, 0, offset + 2 },
        { is_b ? NULL : "E2", is_b ? NULL : key, NULL, 10000 * i + 3000, 0, offset + 3 },
      };

      test_take (is_b ? f->b : f->a, events, 4);
    }
  at_once = storm_comparison_new (f->a, NULL, f->b, NULL);
  g_assert_true (storm_comparison_fill (at_once, G_MAXINT64));
  comparison = compare (f->a, NULL, f->b, NULL);
  g_assert_false (storm_comparison_is_of_traces (comparison));
  g_assert_cmpuint (storm_comparison_get_rows (comparison)->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (get_row (comparison, i)->name, ==, names[i]);
  row = get_row (comparison, 1);
  g_assert_cmpint (row->diff, ==, STORM_DIFF_SLOWER);
  g_assert_cmpuint (row->a.n, ==, 10);
  g_assert_cmpuint (row->b.n_traces, ==, 5);
  g_assert_cmpint (ABS (row->a.step - 1000 * STORM_TIME_MILLISECOND), <,
                   30 * STORM_TIME_MILLISECOND);
  g_assert_cmpint (ABS (row->b.step_p95 - 2000 * STORM_TIME_MILLISECOND), <,
                   60 * STORM_TIME_MILLISECOND);
  g_assert_cmpint (get_row (comparison, 2)->diff, ==, STORM_DIFF_ONLY_A);
  /* From E1 on, which both have: 2 s before, half a second after. */
  g_assert_cmpint (get_row (comparison, 3)->diff, ==, STORM_DIFF_FASTER);
  assert_mark (comparison, "e3", "only in A");
  /* Ten and five of them: there were more cases, nothing else. */
  assert_mark (comparison, "e0", "=");
  storm_comparison_get_flow (comparison, "f0p", &in_a, &in_b);
  g_assert_true (in_a && in_b);

  /* One trace beside all of the others. */
  g_clear_object (&comparison);
  comparison = compare (f->a, "k3", f->b, NULL);
  g_assert_cmpuint (get_row (comparison, 1)->a.n, ==, 1);
  g_assert_cmpuint (get_row (comparison, 1)->b.n, ==, 5);
}

static void
bring_random (StormMonitor *monitor,
              guint         n,
              guint         n_keys)
{
  g_autoptr (StormBatchBuilder) builder = test_builder (storm_monitor_get_strings (monitor));
  g_autoptr (StormBatch) batch = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *type = g_strdup_printf ("E%d", g_test_rand_int_range (0, 6));
      g_autofree char *key = g_strdup_printf ("k%d", g_test_rand_int_range (0, (gint32) n_keys));
      TestEvent event = { type, key, NULL, g_test_rand_int_range (0, 60000), 0,
                          g_test_rand_int_range (0, (gint32) n) };

      test_add (builder, &event);
    }
  batch = storm_batch_builder_take (builder);
  storm_monitor_take (monitor, batch);
  storm_monitor_flush (monitor);
}

static StormDiff
turn (StormDiff diff)
{
  static const StormDiff turned[] = { STORM_DIFF_ALIKE, STORM_DIFF_ONLY_B, STORM_DIFF_ONLY_A,
                                      STORM_DIFF_FASTER, STORM_DIFF_SLOWER };

  return turned[diff];
}

/* Nothing is lost, nothing made up; the other way round says the opposite. */
static void
test_random (Fixture       *f,
             gconstpointer  data)
{
  const char * const keys[] = { "k0", NULL };

  bring_random (f->a, 300, 4);
  bring_random (f->b, 200, 4);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *key = keys[i];
      g_autoptr (StormComparison) there = compare (f->a, key, f->b, key);
      g_autoptr (StormComparison) back = compare (f->b, key, f->a, key);
      g_autoptr (StormComparison) same = compare (f->a, key, f->a, key);
      StormTraceIndex *index = storm_monitor_get_index (f->a);
      guint64 n = 0, want = 0;

      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (index)); j++)
        {
          g_autoptr (StormTrace) trace = g_list_model_get_item (G_LIST_MODEL (index), j);

          if (key == NULL || g_str_equal (storm_trace_get_key (trace), key))
            want += storm_trace_get_n_events (trace);
        }
      for (guint j = 0; j < storm_comparison_get_rows (there)->len; j++)
        n += key == NULL ? get_row (there, j)->a.n : get_row (there, j)->a.n > 0;
      g_assert_cmpuint (n, ==, want);
      g_assert_cmpuint (storm_comparison_count (same, STORM_DIFF_ALIKE), ==,
                        storm_comparison_get_rows (same)->len);
      if (key != NULL)
        continue;
      g_assert_cmpuint (storm_comparison_get_rows (there)->len, ==,
                        storm_comparison_get_rows (back)->len);
      for (guint j = 0; j < storm_comparison_get_rows (there)->len; j++)
        {
          g_assert_cmpstr (get_row (there, j)->name, ==, get_row (back, j)->name);
          g_assert_cmpint (get_row (there, j)->diff, ==, turn (get_row (back, j)->diff));
          g_assert_cmpuint (get_row (there, j)->a.n_traces, ==, get_row (back, j)->b.n_traces);
        }
    }
}

static void
test_spans (void)
{
  const gint64 ms = STORM_TIME_MILLISECOND;

  g_assert_cmpint (storm_diff_compare (-1, 5 * ms), ==, STORM_DIFF_ALIKE);
  g_assert_cmpint (storm_diff_compare (5 * ms, -1), ==, STORM_DIFF_ALIKE);
  g_assert_cmpint (storm_diff_compare (0, ms - 1), ==, STORM_DIFF_ALIKE);
  g_assert_cmpint (storm_diff_compare (0, ms), ==, STORM_DIFF_SLOWER);
  g_assert_cmpint (storm_diff_compare (100 * ms, 109 * ms), ==, STORM_DIFF_ALIKE);
  g_assert_cmpint (storm_diff_compare (100 * ms, 112 * ms), ==, STORM_DIFF_SLOWER);
  g_assert_cmpint (storm_diff_compare (112 * ms, 100 * ms), ==, STORM_DIFF_FASTER);
  g_assert_cmpint (storm_diff_compare (0, G_MAXINT64), ==, STORM_DIFF_SLOWER);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/comparison/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("traces", test_traces);
  ADD ("marks", test_marks);
  ADD ("names", test_names);
  ADD ("empty", test_empty);
  ADD ("flows", test_flows);
  ADD ("random", test_random);
#undef ADD
  g_test_add_func ("/comparison/spans", test_spans);
  return g_test_run ();
}
