#include "config.h"

#include "storm-monitor-test.h"
#include "storm-time-window.h"
#include "storm-timeline.h"

#define N_TYPES 4

typedef struct
{
  StormBoard    *board;
  StormMonitor  *monitor;
  StormTimeline *timeline;
  guint          n_changed;
} Fixture;

static void
on_changed (Fixture *f)
{
  f->n_changed++;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->board = storm_board_new ();
  storm_test_add_sticky (f->board, "s0", STORM_KIND_EVENT, "E0", 0, 0);
  storm_test_add_sticky (f->board, "s1", STORM_KIND_EVENT, "E1", 200, 0);
  storm_test_add_sticky (f->board, "s2", STORM_KIND_EVENT, "E2", 400, 0);
  storm_test_add_flow (f->board, "f01", "s0", "s1");
  f->monitor = storm_monitor_new (f->board);
  f->timeline = storm_timeline_new (f->monitor);
  f->n_changed = 0;
  g_signal_connect_swapped (f->timeline, "changed", G_CALLBACK (on_changed), f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_signal_handlers_disconnect_by_data (f->timeline, f);
  g_assert_finalize_object (f->timeline);
  g_assert_false (storm_monitor_get_moment (f->monitor, NULL));
  g_assert_finalize_object (f->monitor);
  g_assert_finalize_object (f->board);
}

static void
wait_until_ready (Fixture *f)
{
  gboolean ready = FALSE;

  while (g_object_get (f->timeline, "ready", &ready, NULL), !ready)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpfloat (storm_timeline_get_progress (f->timeline), ==, 1);
}

static const StormOverlaySticky *
shown (Fixture    *f,
       const char *id)
{
  return storm_overlay_get_sticky (storm_monitor_get_overlay (f->monitor), id);
}

static guint64
shown_count (Fixture    *f,
             const char *id)
{
  return shown (f, id) != NULL ? shown (f, id)->count : 0;
}

static const TestEvent four[] = {
  { "E0", "a", "1", 1000, 0, 0 },
  { "E1", "a", "2", 2000, 0, 1 },
  { "E0", "b", "3", 3000, 0, 2 },
  { "E1", "b", "4", 4000, 0, 3 },
};

static void
test_empty (Fixture       *f,
            gconstpointer  data)
{
  StormTime from, to;
  guint counts[3] = { 7, 7, 7 };
  guint n_all;

  wait_until_ready (f);
  g_assert_false (storm_timeline_get_range (f->timeline, NULL, NULL));
  g_assert_false (storm_timeline_get_window (f->timeline, &from, &to));
  g_assert_cmpint (storm_timeline_get_time (f->timeline), ==, STORM_TIME_NONE);
  storm_timeline_count (f->timeline, counts, 3);
  g_assert_cmpuint (counts[0] + counts[1] + counts[2], ==, 0);
  storm_timeline_step (f->timeline, 1);
  storm_timeline_step (f->timeline, -1);
  storm_timeline_go_first (f->timeline);
  storm_timeline_set_time (f->timeline, AT (0));
  storm_timeline_play (f->timeline, TRUE);
  storm_timeline_zoom (f->timeline, 0.5, AT (0));
  storm_timeline_pan (f->timeline, 1);
  g_assert_true (storm_timeline_is_live (f->timeline));
  g_assert_cmpuint (storm_timeline_get_number (f->timeline, &n_all), ==, 0);
  g_assert_cmpuint (n_all, ==, 0);
  g_assert_cmpuint (storm_timeline_get_row (f->timeline), ==, G_MAXUINT32);
}

static void
test_counts (Fixture       *f,
             gconstpointer  data)
{
  test_take (f->monitor, four, G_N_ELEMENTS (four));
  wait_until_ready (f);
  g_assert_true (storm_timeline_is_live (f->timeline));
  g_assert_cmpuint (shown_count (f, "s0"), ==, 2);

  storm_timeline_set_time (f->timeline, AT (2500));
  g_assert_false (storm_timeline_is_live (f->timeline));
  g_assert_cmpuint (shown_count (f, "s0"), ==, 1);
  g_assert_cmpuint (shown_count (f, "s1"), ==, 1);
  g_assert_cmpuint (shown (f, "s1")->latest_n, ==, 2);
  g_assert_cmpuint (shown (f, "s1")->latest_row, ==, 1);
  g_assert_cmpfloat_with_epsilon (shown (f, "s0")->rate, 1 / 3.0, 1e-9);
  g_assert_cmpuint (storm_timeline_get_number (f->timeline, NULL), ==, 2);

  storm_timeline_set_time (f->timeline, AT (500));
  g_assert_null (shown (f, "s0"));
  g_assert_cmpuint (storm_timeline_get_number (f->timeline, NULL), ==, 0);

  storm_timeline_set_time (f->timeline, AT (4000));
  g_assert_true (storm_timeline_is_live (f->timeline));
  g_assert_cmpuint (shown_count (f, "s1"), ==, 2);
}

static void
test_pulses_forward_only (Fixture       *f,
                          gconstpointer  data)
{
  test_take (f->monitor, four, G_N_ELEMENTS (four));
  wait_until_ready (f);
  storm_timeline_set_time (f->timeline, AT (3500));
  g_assert_cmpint (shown (f, "s0")->latest_arrival, ==, 0);
  storm_timeline_set_time (f->timeline, AT (1000));
  g_assert_cmpint (shown (f, "s0")->latest_arrival, ==, 0);
  storm_timeline_set_time (f->timeline, AT (2000));
  g_assert_cmpint (shown (f, "s1")->latest_arrival, >, 0);
  g_assert_cmpint (shown (f, "s0")->latest_arrival, ==, 0);
}

static void
test_trace (Fixture       *f,
            gconstpointer  data)
{
  StormOverlay *overlay = storm_monitor_get_overlay (f->monitor);
  StormTime first, last;

  test_take (f->monitor, four, G_N_ELEMENTS (four));
  wait_until_ready (f);
  storm_monitor_set_key (f->monitor, "b");
  g_assert_true (storm_timeline_get_range (f->timeline, &first, &last));
  g_assert_cmpint (first, ==, AT (3000));
  g_assert_cmpint (last, ==, AT (4000));
  g_assert_true (storm_overlay_get_flow_lit (overlay, "f01"));

  storm_timeline_set_time (f->timeline, AT (3999));
  g_assert_cmpuint (shown (f, "s0")->n_badges, ==, 1);
  g_assert_null (shown (f, "s1"));
  g_assert_false (storm_overlay_get_flow_lit (overlay, "f01"));

  /* The moment stays when another trace, or none, is chosen. */
  storm_monitor_set_key (f->monitor, NULL);
  g_assert_cmpuint (shown_count (f, "s1"), ==, 1);
  storm_monitor_set_key (f->monitor, "nobody");
  g_assert_cmpuint (storm_timeline_get_n (f->timeline), ==, 0);
  storm_timeline_step (f->timeline, 1);
  storm_timeline_go_live (f->timeline);
  storm_monitor_set_key (f->monitor, "b");
  g_assert_cmpuint (shown (f, "s1")->n_badges, ==, 1);
}

static void
test_steps (Fixture       *f,
            gconstpointer  data)
{
  /* Two at the same time, one of them repeated, and one at the end that is repeated twice. */
  const TestEvent events[] = {
    { "E0", "a", "1", 1000, 0, 0 }, { "E0", "a", "1", 1800, 0, 1 },
    { "E1", "a", "2", 1000, 0, 2 }, { "E2", "a", "3", 2000, 0, 3 },
    { "E2", "a", "3", 2500, 0, 4 }, { "E2", "a", "3", 2600, 0, 5 },
  };
  guint n_all;

  test_take (f->monitor, events, G_N_ELEMENTS (events));
  wait_until_ready (f);
  storm_timeline_go_first (f->timeline);
  g_assert_cmpuint (storm_timeline_get_number (f->timeline, &n_all), ==, 1);
  g_assert_cmpuint (n_all, ==, 3);
  g_assert_cmpuint (storm_timeline_get_row (f->timeline), ==, 0);
  g_assert_null (shown (f, "s1"));
  storm_timeline_step (f->timeline, -1);
  g_assert_cmpuint (storm_timeline_get_row (f->timeline), ==, 0);

  storm_timeline_step (f->timeline, 1);
  g_assert_cmpuint (storm_timeline_get_row (f->timeline), ==, 2);
  g_assert_cmpuint (shown_count (f, "s1"), ==, 1);
  storm_timeline_step (f->timeline, 1);
  g_assert_cmpuint (storm_timeline_get_row (f->timeline), ==, 3);
  g_assert_false (storm_timeline_is_live (f->timeline));
  storm_timeline_step (f->timeline, 1);
  g_assert_true (storm_timeline_is_live (f->timeline));
  storm_timeline_step (f->timeline, 1);
  g_assert_true (storm_timeline_is_live (f->timeline));

  storm_timeline_step (f->timeline, -1);
  g_assert_cmpuint (storm_timeline_get_row (f->timeline), ==, 2);
  storm_timeline_step (f->timeline, -7);
  g_assert_cmpuint (storm_timeline_get_row (f->timeline), ==, 0);
  storm_timeline_set_time (f->timeline, AT (0));
  g_assert_cmpuint (storm_timeline_get_row (f->timeline), ==, G_MAXUINT32);
  storm_timeline_step (f->timeline, -1);
  g_assert_cmpuint (storm_timeline_get_row (f->timeline), ==, G_MAXUINT32);
  storm_timeline_step (f->timeline, 1);
  g_assert_cmpuint (storm_timeline_get_row (f->timeline), ==, 0);
}

static void
test_play (Fixture       *f,
           gconstpointer  data)
{
  gboolean playing;

  test_take (f->monitor, four, G_N_ELEMENTS (four));
  storm_timeline_play (f->timeline, TRUE);
  g_object_get (f->timeline, "playing", &playing, NULL);
  g_assert_false (playing);    /* not ready */
  wait_until_ready (f);

  storm_timeline_play (f->timeline, TRUE);
  g_object_get (f->timeline, "playing", &playing, NULL);
  g_assert_true (playing);
  g_assert_cmpuint (storm_timeline_get_number (f->timeline, NULL), ==, 0);
  storm_timeline_go_first (f->timeline);
  storm_timeline_advance (f->timeline, 1000000);
  g_assert_cmpuint (storm_timeline_get_number (f->timeline, NULL), ==, 2);
  g_object_set (f->timeline, "speed", 0.25, NULL);
  storm_timeline_advance (f->timeline, 2000000);
  g_assert_cmpint (storm_timeline_get_time (f->timeline), ==, AT (2500));
  g_object_set (f->timeline, "speed", 100.0, NULL);
  storm_timeline_advance (f->timeline, 100000);
  g_object_get (f->timeline, "playing", &playing, NULL);
  g_assert_false (playing);
  g_assert_true (storm_timeline_is_live (f->timeline));
}

static void
test_window (Fixture       *f,
             gconstpointer  data)
{
  const TestEvent later = { "E2", "c", "9", 9000, 0, 9 };
  StormTime from, to;
  guint counts[10];
  guint sum = 0;

  test_take (f->monitor, four, G_N_ELEMENTS (four));
  wait_until_ready (f);
  g_assert_true (storm_timeline_get_window (f->timeline, &from, &to));
  g_assert_cmpint (from, ==, AT (940));
  g_assert_cmpint (to, ==, AT (4060));
  storm_timeline_count (f->timeline, counts, 10);
  for (guint i = 0; i < 10; i++)
    sum += counts[i];
  g_assert_cmpuint (sum, ==, 4);
  g_assert_cmpuint (counts[0], ==, 1);
  g_assert_cmpuint (counts[9], ==, 1);

  storm_timeline_set_window (f->timeline, AT (3000), AT (2000));
  g_assert_true (storm_timeline_is_zoomed (f->timeline));
  storm_timeline_count (f->timeline, counts, 1);
  g_assert_cmpuint (counts[0], ==, 2);

  /* The moment is kept in sight, and at the live edge what comes. */
  storm_timeline_go_first (f->timeline);
  storm_timeline_get_window (f->timeline, &from, &to);
  g_assert_cmpint (from, <=, AT (1000));
  g_assert_cmpint (to, >=, AT (1000));
  storm_timeline_go_live (f->timeline);
  test_take (f->monitor, &later, 1);
  storm_timeline_get_window (f->timeline, &from, &to);
  g_assert_cmpint (to, >=, AT (9000));
  storm_timeline_fit (f->timeline);
  g_assert_false (storm_timeline_is_zoomed (f->timeline));
}

/* New events while somebody looks back: only what had happened by then is added. */
static void
test_late_while_looking_back (Fixture       *f,
                              gconstpointer  data)
{
  const TestEvent late = { "E0", "a", "8", 1500, 1, 0 };
  const TestEvent newer = { "E0", "a", "9", 9000, 0, 9 };

  test_take (f->monitor, four, G_N_ELEMENTS (four));
  wait_until_ready (f);
  storm_timeline_set_time (f->timeline, AT (2500));
  test_take (f->monitor, &newer, 1);
  g_assert_cmpuint (shown_count (f, "s0"), ==, 1);
  test_take (f->monitor, &late, 1);
  g_assert_cmpuint (shown_count (f, "s0"), ==, 2);
  g_assert_cmpuint (shown (f, "s1")->latest_n, ==, 3);
  storm_timeline_go_live (f->timeline);
  g_assert_cmpuint (shown_count (f, "s0"), ==, 4);
}

/* The same for those that come while a trace is looked at. */
static void
test_late_beside_a_key (Fixture       *f,
                        gconstpointer  data)
{
  const TestEvent late = { "E0", "b", "8", 1500, 1, 0 };

  test_take (f->monitor, four, G_N_ELEMENTS (four));
  wait_until_ready (f);
  storm_timeline_set_time (f->timeline, AT (2500));
  storm_monitor_set_key (f->monitor, "a");
  test_take (f->monitor, &late, 1);
  storm_monitor_set_key (f->monitor, NULL);
  g_assert_cmpuint (shown_count (f, "s0"), ==, 2);
}

/* A producer that sends one event over and over again. */
static void
test_many_repeats (Fixture       *f,
                   gconstpointer  data)
{
  TestEvent again = { "E0", "a", "1", 1000, 0, 9 };
  guint n_all;

  test_take (f->monitor, four, G_N_ELEMENTS (four));
  for (guint i = 0; i < 5000; i++, again.offset++)
    test_take (f->monitor, &again, 1);
  wait_until_ready (f);
  g_assert_cmpuint (storm_timeline_get_n (f->timeline), ==, 5004);
  storm_timeline_set_time (f->timeline, AT (1500));
  g_assert_cmpuint (storm_timeline_get_row (f->timeline), ==, 0);
  g_assert_cmpuint (storm_timeline_get_number (f->timeline, &n_all), ==, 1);
  g_assert_cmpuint (n_all, ==, 4);
  storm_timeline_step (f->timeline, 1);
  g_assert_cmpuint (storm_timeline_get_row (f->timeline), ==, 1);
  storm_timeline_step (f->timeline, -1);
  g_assert_cmpuint (storm_timeline_get_row (f->timeline), ==, 0);
  storm_monitor_set_key (f->monitor, "a");
  storm_timeline_set_time (f->timeline, AT (1500));
  g_assert_cmpuint (storm_timeline_get_number (f->timeline, &n_all), ==, 1);
  g_assert_cmpuint (n_all, ==, 2);
  storm_timeline_step (f->timeline, 1);
  g_assert_cmpuint (storm_timeline_get_row (f->timeline), ==, 1);
}

/* A trace that begins with repeats of an event that another key has. */
static void
test_repeat_of_another_key (Fixture       *f,
                            gconstpointer  data)
{
  const TestEvent first = { "E0", "x", "1", 1000, 0, 0 };
  const TestEvent again = { "E0", "y", "1", 1000, 0, 1 };
  const TestEvent then = { "E1", "y", "2", 2000, 0, 2 };

  test_take (f->monitor, &first, 1);
  test_take (f->monitor, &again, 1);
  test_take (f->monitor, &then, 1);
  wait_until_ready (f);
  storm_monitor_set_key (f->monitor, "y");
  g_assert_cmpuint (storm_timeline_get_n (f->timeline), ==, 2);
  storm_timeline_set_time (f->timeline, AT (1500));
  storm_timeline_step (f->timeline, -1);
  g_assert_false (storm_timeline_is_live (f->timeline));
  g_assert_cmpuint (storm_timeline_get_row (f->timeline), ==, G_MAXUINT32);
  storm_timeline_step (f->timeline, 1);
  g_assert_cmpuint (storm_timeline_get_row (f->timeline), ==, 2);
}

static void
remapped_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (storm_event_log_remap_finish (STORM_EVENT_LOG (object), result, &error));
  *(gboolean *) data = TRUE;
}

static void
test_remap (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (StormMapping) mapping = test_mapping ();
  gboolean done = FALSE;

  test_take (f->monitor, four, G_N_ELEMENTS (four));
  wait_until_ready (f);
  storm_timeline_set_time (f->timeline, AT (2500));
  storm_event_log_remap_async (storm_monitor_get_log (f->monitor), mapping, NULL, remapped_cb,
                               &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (storm_timeline_is_live (f->timeline));
  g_assert_cmpuint (shown_count (f, "s0"), ==, 2);
  wait_until_ready (f);
  storm_timeline_set_time (f->timeline, AT (2500));
  g_assert_cmpuint (shown_count (f, "s0"), ==, 1);
}

static void
test_clear (Fixture       *f,
            gconstpointer  data)
{
  test_take (f->monitor, four, G_N_ELEMENTS (four));
  wait_until_ready (f);
  storm_timeline_set_time (f->timeline, AT (2500));
  storm_monitor_clear (f->monitor);
  g_assert_true (storm_timeline_is_live (f->timeline));
  g_assert_cmpuint (storm_timeline_get_n (f->timeline), ==, 0);
  wait_until_ready (f);
  test_take (f->monitor, four, 2);
  storm_timeline_go_first (f->timeline);
  g_assert_cmpuint (shown_count (f, "s0"), ==, 1);
}

/* What is shown at @moment, counted one by one. */
static void
check_moment (Fixture           *f,
              const StormMoment *moment)
{
  StormEventLog *log = storm_monitor_get_log (f->monitor);
  guint64 counts[N_TYPES] = { 0, };
  guint n_number = 0;

  for (guint32 row = 0; row < storm_event_log_get_n (log); row++)
    {
      guint32 first = storm_event_log_get_first (log, row);
      StormTime time = storm_event_log_get_time (log, first);

      if (time > moment->time ||
          (time == moment->time && moment->row != G_MAXUINT32 && first != moment->row &&
           storm_event_log_compare (log, first, moment->row) > 0))
        continue;
      if (first != row)
        continue;
      n_number++;
      if (storm_event_log_get_flags (log, row) & STORM_EVENT_UNDECODABLE)
        continue;
      counts[storm_event_log_get_type_name (log, row)[1] - '0']++;
    }
  g_assert_cmpuint (shown_count (f, "s0"), ==, counts[0]);
  g_assert_cmpuint (shown_count (f, "s1"), ==, counts[1]);
  g_assert_cmpuint (shown_count (f, "s2"), ==, counts[2]);
  g_assert_cmpuint (storm_timeline_get_number (f->timeline, NULL), ==, n_number);
}

static void
take_random (Fixture *f,
             guint   *n_ids)
{
  static const char * const types[N_TYPES] = { "E0", "E1", "E2", "E3" };
  static const char * const keys[] = { "a", "b", "c" };
  TestEvent events[40];
  char ids[40][8];
  guint n = (guint) g_test_rand_int_range (1, 40);

  for (guint i = 0; i < n; i++)
    {
      guint id = g_test_rand_bit () || *n_ids == 0 ? (*n_ids)++
                                                   : (guint) g_test_rand_int_range (0, *n_ids);

      g_snprintf (ids[i], sizeof ids[i], "%u", id);
      events[i] = (TestEvent) {
        g_test_rand_int_range (0, 12) == 0 ? NULL : types[id % N_TYPES],
        keys[g_test_rand_int_range (0, 3)], ids[i], g_test_rand_int_range (0, 300),
        g_test_rand_int_range (0, 3), (gint64) (*n_ids * 100 + i),
      };
    }
  test_take (f->monitor, events, n);
}

static void
test_random (Fixture       *f,
             gconstpointer  data)
{
  guint n_ids = 0;

  take_random (f, &n_ids);
  wait_until_ready (f);
  for (guint i = 0; i < 60; i++)
    {
      StormMoment moment;

      switch (g_test_rand_int_range (0, 5))
        {
        case 0:
          take_random (f, &n_ids);
          break;
        case 1:
          storm_timeline_step (f->timeline, g_test_rand_int_range (-9, 9));
          break;
        default:
          storm_timeline_set_time (f->timeline, AT (g_test_rand_int_range (-5, 305)));
        }
      if (!storm_monitor_get_moment (f->monitor, &moment))
        moment = (StormMoment) { G_MAXINT64, G_MAXUINT32 };
      check_moment (f, &moment);
    }
}

static void
test_far_apart (void)
{
  StormTimeWindow window = { 0, };
  const StormTime first = G_MININT64 + 1, last = G_MAXINT64;
  StormTime from, to;

  g_assert_cmpint (storm_time_shift (first, 0x1.8p63), ==,
                   G_GINT64_CONSTANT (4611686018427387905));
  g_assert_cmpint (storm_time_shift (last, -0x1.8p63), ==,
                   G_GINT64_CONSTANT (-4611686018427387905));
  g_assert_cmpint (storm_time_shift (7, 1.5e9), ==, 1500000007);
  storm_time_window_get (&window, first, last, &from, &to);
  g_assert_cmpint (from, ==, first);
  g_assert_cmpint (to, ==, last);
  storm_time_window_zoom (&window, first, last, 0.001, 0);
  g_assert_true (window.zoomed);
  storm_time_window_pan (&window, first, last, 5000);
  g_assert_cmpint (window.from, <=, last);
  g_assert_cmpint (window.to, ==, last);
  storm_time_window_pan (&window, first, last, -1e9);
  g_assert_cmpint (window.to, >=, first);
  g_assert_true (storm_time_window_turn_to (&window, last));
  g_assert_cmpint (window.to, ==, last);
  storm_time_window_set (&window, first, last, 50, 50);
  g_assert_cmpfloat (storm_time_span (window.from, window.to), ==, STORM_TIME_MILLISECOND);
  g_assert_false (storm_time_window_follow (&window, window.to));
  g_assert_true (storm_time_window_follow (&window, window.to + 10));
  storm_time_window_zoom (&window, first, last, 1e30,
                          window.from + STORM_TIME_MICROSECOND);
  g_assert_false (window.zoomed);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/timeline/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("empty", test_empty);
  ADD ("counts", test_counts);
  ADD ("pulses-forward-only", test_pulses_forward_only);
  ADD ("trace", test_trace);
  ADD ("step", test_steps);
  ADD ("play", test_play);
  ADD ("window", test_window);
  ADD ("late-while-looking-back", test_late_while_looking_back);
  ADD ("late-beside-a-key", test_late_beside_a_key);
  ADD ("many-repeats", test_many_repeats);
  ADD ("repeat-of-another-key", test_repeat_of_another_key);
  ADD ("remap", test_remap);
  ADD ("clear", test_clear);
  ADD ("random", test_random);
#undef ADD
  g_test_add_func ("/timeline/far-apart", test_far_apart);
  return g_test_run ();
}
