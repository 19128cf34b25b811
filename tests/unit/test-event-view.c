#include "config.h"

#include "storm-monitor-test.h"

typedef struct
{
  StormBoard     *board;
  StormMonitor   *monitor;
  StormEventLog  *log;
  StormEventView *view;
  GArray         *mirror;
  guint           n_changes;
  guint           renumbered;
} Fixture;

static void
on_items_changed (StormEventView *view,
                  guint           position,
                  guint           removed,
                  guint           added,
                  Fixture        *f)
{
  guint i;

  f->n_changes++;
  g_assert_cmpuint (position + removed, <=, f->mirror->len);
  g_assert_cmpuint (f->mirror->len - removed + added, ==, storm_event_view_get_n (view));
  if (removed > 0)
    g_array_remove_range (f->mirror, position, removed);
  for (i = 0; i < added; i++)
    {
      guint32 row = storm_event_view_get_row (view, position + i);

      g_array_insert_val (f->mirror, position + i, row);
    }
}

static void
on_renumbered (StormEventView *view,
               guint           position,
               Fixture        *f)
{
  f->renumbered = position;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->board = storm_board_new ();
  storm_test_add_sticky (f->board, "t0", STORM_KIND_EVENT, "T0", 0, 0);
  storm_test_add_sticky (f->board, "t1", STORM_KIND_EVENT, "T1", 0, 0);
  f->monitor = storm_monitor_new (f->board);
  f->log = storm_monitor_get_log (f->monitor);
  f->view = storm_monitor_get_view (f->monitor);
  f->mirror = g_array_new (FALSE, FALSE, sizeof (guint32));
  f->n_changes = 0;
  f->renumbered = G_MAXUINT;
  g_signal_connect (f->view, "items-changed", G_CALLBACK (on_items_changed), f);
  g_signal_connect (f->view, "renumbered", G_CALLBACK (on_renumbered), f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_signal_handlers_disconnect_by_data (f->view, f);
  g_object_unref (f->monitor);
  g_object_unref (f->board);
  g_array_unref (f->mirror);
}

static void
take_mark (Fixture       *f,
           StormMarkKind  kind)
{
  g_autoptr (StormBatchBuilder) builder = test_builder (storm_monitor_get_strings (f->monitor));
  g_autoptr (StormBatch) batch = NULL;

  test_mark (builder, kind, 0);
  batch = storm_batch_builder_take (builder);
  storm_monitor_take (f->monitor, batch);
  storm_monitor_flush (f->monitor);
}

/* What the list shows: "1 A, 2? B"; it must be what the signals told. */
static void
assert_view (Fixture    *f,
             const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint n = storm_event_view_get_n (f->view);
  guint i;

  g_assert_cmpuint (n, ==, f->mirror->len);
  for (i = 0; i < n; i++)
    {
      guint32 row = storm_event_view_get_row (f->view, i);
      gboolean provisional;
      guint64 number = storm_event_view_get_number (f->view, i, &provisional);
      guint position;

      g_assert_cmpuint (row, ==, g_array_index (f->mirror, guint32, i));
      g_assert_true (storm_event_view_find (f->view, row, &position));
      g_assert_cmpuint (position, ==, i);
      g_string_append_printf (out, "%s%" G_GUINT64_FORMAT "%s %s", i > 0 ? ", " : "", number,
                              provisional ? "?" : "", storm_event_log_get_type_name (f->log, row));
    }
  g_assert_cmpstr (out->str, ==, expected);
}

static void
set_filter (Fixture                *f,
            const StormEventFilter *filter)
{
  gboolean scanning;

  storm_event_view_set_filter (f->view, filter);
  for (;;)
    {
      g_object_get (f->view, "scanning", &scanning, NULL);
      if (!scanning)
        break;
      g_main_context_iteration (NULL, TRUE);
    }
}

static const TestEvent some_events[] = {
  { "T0", "a", "1", 1000, 0, 0 },
  { "T1", "b", "2", 2000, 0, 1 },
  { "U", "a", "3", 3000, 0, 2 },
  { "T0", "a", "1", 1000, 0, 3 },
  { NULL, NULL, NULL, 4000, 0, 4 },
  { "T1", "a", "5", 9000, 0, 5 },
};

static void
test_order_and_numbers (Fixture       *f,
                        gconstpointer  data)
{
  const TestEvent late = { "L", "a", "9", 2500, 0, 6 };

  test_take (f->monitor, some_events, G_N_ELEMENTS (some_events));
  assert_view (f, "1 T0, 0 T0, 2 T1, 3 U, 4 , 5? T1");
  g_assert_cmpuint (f->n_changes, ==, 1);

  f->renumbered = G_MAXUINT;
  test_take (f->monitor, &late, 1);
  assert_view (f, "1 T0, 0 T0, 2 T1, 3 L, 4 U, 5 , 6? T1");
  g_assert_cmpuint (f->renumbered, ==, 3);

  f->renumbered = G_MAXUINT;
  take_mark (f, STORM_MARK_ENDED);
  assert_view (f, "1 T0, 0 T0, 2 T1, 3 L, 4 U, 5 , 6 T1");
  g_assert_cmpuint (f->renumbered, ==, 6);
}

static void
test_filters (Fixture       *f,
              gconstpointer  data)
{
  test_take (f->monitor, some_events, G_N_ELEMENTS (some_events));
  take_mark (f, STORM_MARK_ENDED);

  set_filter (f, &(StormEventFilter) { .key = "a" });
  assert_view (f, "1 T0, 0 T0, 2 U, 3 T1");
  set_filter (f, &(StormEventFilter) { .type = "T1" });
  assert_view (f, "2 T1, 5 T1");
  set_filter (f, &(StormEventFilter) { .type = "t1" });
  assert_view (f, "");
  set_filter (f, &(StormEventFilter) { .type = "T1", .key = "a" });
  assert_view (f, "3 T1");
  set_filter (f, &(StormEventFilter) { .unmatched_only = TRUE });
  assert_view (f, "3 U");
  set_filter (f, &(StormEventFilter) { .undecodable_only = TRUE });
  assert_view (f, "4 ");
  set_filter (f, &(StormEventFilter) { .unmatched_only = TRUE, .undecodable_only = TRUE });
  assert_view (f, "");
  set_filter (f, &(StormEventFilter) { .text = "\"ID\":\"5" });
  assert_view (f, "5 T1");
  /* The name of the type counts, in any case. */
  set_filter (f, &(StormEventFilter) { .text = "t0", .key = "a" });
  assert_view (f, "1 T0, 0 T0");
  set_filter (f, &(StormEventFilter) { .text = "nowhere" });
  assert_view (f, "");
  set_filter (f, &(StormEventFilter) { .key = "", .type = "", .text = "" });
  assert_view (f, "1 T0, 0 T0, 2 T1, 3 U, 4 , 5 T1");
  set_filter (f, NULL);
  assert_view (f, "1 T0, 0 T0, 2 T1, 3 U, 4 , 5 T1");
}

/* Filters that are chosen before there is anything to filter. */
static void
test_filter_first (Fixture       *f,
                   gconstpointer  data)
{
  set_filter (f, &(StormEventFilter) { .key = "a", .type = "T1" });
  test_take (f->monitor, some_events, 5);
  assert_view (f, "");
  test_take (f->monitor, some_events + 5, 1);
  assert_view (f, "3? T1");
}

static void
test_matcher_changes (Fixture       *f,
                      gconstpointer  data)
{
  test_take (f->monitor, some_events, G_N_ELEMENTS (some_events));
  set_filter (f, &(StormEventFilter) { .unmatched_only = TRUE });
  assert_view (f, "3 U");
  storm_test_add_sticky (f->board, "u", STORM_KIND_EVENT, "U", 0, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_view (f, "");
}

static void
test_clear (Fixture       *f,
            gconstpointer  data)
{
  test_take (f->monitor, some_events, G_N_ELEMENTS (some_events));
  set_filter (f, &(StormEventFilter) { .key = "a" });
  storm_monitor_clear (f->monitor);
  assert_view (f, "");
  test_take (f->monitor, some_events, 3);
  assert_view (f, "1? T0, 2? U");
}

/* Whether the row passes, said a second time and plainly. */
static gboolean
passes (Fixture                *f,
        guint32                 row,
        const StormEventFilter *filter)
{
  const char *type = storm_event_log_get_type_name (f->log, row);
  gboolean undecodable = (storm_event_log_get_flags (f->log, row) & STORM_EVENT_UNDECODABLE) != 0;

  if (filter->type != NULL && strcmp (type, filter->type) != 0)
    return FALSE;
  if (filter->key != NULL &&
      (undecodable || strcmp (storm_event_log_get_correlation (f->log, row), filter->key) != 0))
    return FALSE;
  if (filter->unmatched_only && (undecodable || strchr ("01", type[1]) != NULL))
    return FALSE;
  if (filter->undecodable_only && !undecodable)
    return FALSE;
  if (filter->text != NULL)
    {
      g_auto (StormRecordView) view = { 0 };
      g_autofree char *payload = NULL;

      g_assert_true (storm_event_log_read (f->log, row, &view));
      payload = g_strndup ((const char *) view.record.payload, view.record.payload_len);
      return strstr (payload, filter->text) != NULL;
    }
  return TRUE;
}

static void
check (Fixture                *f,
       const StormEventFilter *filter)
{
  guint n = storm_event_view_get_n (f->view);
  guint n_passing = 0;
  guint32 row;
  guint i;

  for (row = 0; row < storm_event_log_get_n (f->log); row++)
    {
      guint position;
      gboolean found = storm_event_view_find (f->view, row, &position);

      g_assert_cmpint (found, ==, passes (f, row, filter));
      n_passing += found;
    }
  g_assert_cmpuint (n, ==, n_passing);
  g_assert_cmpuint (f->mirror->len, ==, n);
  for (i = 0; i < n; i++)
    {
      row = storm_event_view_get_row (f->view, i);
      g_assert_cmpuint (g_array_index (f->mirror, guint32, i), ==, row);
      if (i > 0)
        {
          guint32 a = storm_event_log_get_first (f->log, storm_event_view_get_row (f->view, i - 1));
          guint32 b = storm_event_log_get_first (f->log, row);

          g_assert_true (a == b || storm_event_log_compare (f->log, a, b) < 0);
        }
    }
}

/* A list that is driven by items-changed alone is the view's, whatever comes and is chosen. */
static void
test_property (Fixture       *f,
               gconstpointer  data)
{
  static const char * const types[] = { "T0", "T1", "U2", "U3", NULL };
  static const char * const keys[] = { "a", "b", "c", NULL };
  static const char * const texts[] = { "7", "\"k\":\"a\"", NULL, NULL };
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  StormEventFilter filter = { 0 };
  guint offset = 0;
  guint round;

  for (round = 0; round < 120; round++)
    {
      TestEvent events[60];
      guint n = g_rand_int_range (rand, 1, 60);
      char ids[60][12];
      guint i;

      for (i = 0; i < n; i++)
        {
          g_snprintf (ids[i], sizeof ids[i], "%d", g_rand_int_range (rand, 0, 20000));
          events[i] = (TestEvent) { types[g_rand_int_range (rand, 0, 5)],
                                    keys[g_rand_int_range (rand, 0, 4)], ids[i],
                                    round * 100 + g_rand_int_range (rand, 0, 3000),
                                    g_rand_int_range (rand, 0, 3), offset++ };
        }
      test_take (f->monitor, events, n);
      check (f, &filter);
      if (g_rand_int_range (rand, 0, 3) > 0)
        continue;
      filter = (StormEventFilter) {
        .key = keys[g_rand_int_range (rand, 0, 4)],
        .type = types[g_rand_int_range (rand, 0, 5)],
        .text = texts[g_rand_int_range (rand, 0, 4)],
        .unmatched_only = g_rand_boolean (rand),
        .undecodable_only = g_rand_int_range (rand, 0, 4) == 0,
      };
      set_filter (f, &filter);
      check (f, &filter);
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/event-view/order-and-numbers", test_order_and_numbers);
  ADD ("/event-view/filters", test_filters);
  ADD ("/event-view/filter-first", test_filter_first);
  ADD ("/event-view/matcher-changes", test_matcher_changes);
  ADD ("/event-view/clear", test_clear);
  ADD ("/event-view/property", test_property);
  return g_test_run ();
}
