#include "config.h"

#include "storm-error.h"
#include "storm-filter.h"
#include "storm-monitor.h"
#include "storm-trace-test.h"

typedef struct
{
  StormBoard     *board;
  StormMonitor   *monitor;
  StormEventLog  *log;
  StormEventView *view;
  gint64          offset;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->board = storm_board_new ();
  f->monitor = storm_monitor_new (f->board);
  f->log = storm_monitor_get_log (f->monitor);
  f->view = storm_monitor_get_view (f->monitor);
  f->offset = 0;
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_object_unref (f->monitor);
  g_object_unref (f->board);
}

/* @n events a second apart, every third one of type B. */
static void
take (Fixture *f,
      guint    n)
{
  g_autoptr (StormBatchBuilder) builder = test_builder (storm_monitor_get_strings (f->monitor));
  g_autoptr (StormBatch) batch = NULL;

  for (guint i = 0; i < n; i++, f->offset++)
    {
      TestEvent event = { f->offset % 3 == 0 ? "B" : "A", f->offset % 2 == 0 ? "even" : "odd", NULL,
                          f->offset * 1000, 0, f->offset };

      test_add (builder, &event);
    }
  batch = storm_batch_builder_take (builder);
  storm_monitor_take (f->monitor, batch);
  storm_monitor_flush (f->monitor);
}

static gboolean
is_busy (Fixture *f)
{
  StormRowFilter *filter = storm_event_view_get_expression (f->view);

  return filter != NULL && storm_row_filter_get_error (filter) == NULL &&
         (!storm_row_filter_is_compiled (filter) ||
          storm_row_filter_get_progress (filter, NULL, NULL));
}

static void
settle (Fixture *f)
{
  while (is_busy (f))
    g_main_context_iteration (NULL, TRUE);
}

static void
ask (Fixture    *f,
     const char *expression)
{
  StormEventFilter filter = { .expression = expression };

  storm_event_view_set_filter (f->view, &filter);
  settle (f);
}

/* The list holds just the rows of offsets that @wanted, in their order. */
static void
assert_rows (Fixture  *f,
             gboolean (*wanted) (gint64 offset))
{
  guint position = 0;

  for (guint32 row = 0; row < storm_event_log_get_n (f->log); row++)
    {
      if (!wanted (storm_event_log_get_offset (f->log, row)))
        continue;
      g_assert_cmpuint (position, <, storm_event_view_get_n (f->view));
      g_assert_cmpuint (storm_event_view_get_row (f->view, position++), ==, row);
    }
  g_assert_cmpuint (position, ==, storm_event_view_get_n (f->view));
}

static gboolean
is_tenth (gint64 offset)
{
  return offset % 10 == 0;
}

static gboolean
is_tenth_odd_b (gint64 offset)
{
  return offset % 10 == 5 && offset % 3 == 0;
}

static gboolean
is_any (gint64 offset)
{
  return TRUE;
}

static void
test_rows (Fixture       *f,
           gconstpointer  data)
{
  StormEventFilter filter = { .expression = ".offset % 10 == 5", .type = "B", .key = "odd" };
  guint n_tested, n_asked;

  take (f, 3000);
  ask (f, ".offset % 10 == 0");
  assert_rows (f, is_tenth);
  g_assert_false (storm_row_filter_get_progress (storm_event_view_get_expression (f->view),
                                                 &n_tested, &n_asked));
  g_assert_cmpuint (n_tested, ==, 3000);
  g_assert_cmpuint (n_asked, ==, 3000);

  /* What comes later is tested as well. */
  take (f, 500);
  settle (f);
  assert_rows (f, is_tenth);

  /* Only what passes the other filters is tested. */
  storm_event_view_set_filter (f->view, &filter);
  settle (f);
  assert_rows (f, is_tenth_odd_b);
  storm_row_filter_get_progress (storm_event_view_get_expression (f->view), &n_tested, &n_asked);
  g_assert_cmpuint (n_asked, <, 700);

  ask (f, NULL);
  g_assert_null (storm_event_view_get_expression (f->view));
  assert_rows (f, is_any);
}

/* What is known is not asked again; a text goes first. */
static void
test_other_filters (Fixture       *f,
                    gconstpointer  data)
{
  StormEventFilter filter = { .expression = ".offset % 10 == 0" };

  take (f, 1000);
  ask (f, filter.expression);
  filter.type = "B";
  storm_event_view_set_filter (f->view, &filter);
  g_assert_false (is_busy (f));
  g_assert_cmpuint (storm_event_view_get_n (f->view), ==, 34);
  filter.type = NULL;
  filter.text = "\"odd\"";
  storm_event_view_set_filter (f->view, &filter);
  settle (f);
  g_assert_cmpuint (storm_event_view_get_n (f->view), ==, 0);
  filter.text = "\"even\"";
  storm_event_view_set_filter (f->view, &filter);
  settle (f);
  assert_rows (f, is_tenth);
}

static void
keep_least (StormEventView *view,
            guint           position,
            guint           removed,
            guint           added,
            GArray         *firsts)
{
  if (storm_event_view_get_n (view) > 0)
    {
      guint32 row = storm_event_view_get_row (view, 0);

      g_array_append_val (firsts, row);
    }
}

/* People see the newest first, and older ones as they are found. */
static void
test_newest_first (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr (GArray) firsts = g_array_new (FALSE, FALSE, sizeof (guint32));
  StormEventFilter filter = { .expression = "true" };

  take (f, 5000);
  g_signal_connect (f->view, "items-changed", G_CALLBACK (keep_least), firsts);
  storm_event_view_set_filter (f->view, &filter);
  g_array_set_size (firsts, 0);
  settle (f);
  g_signal_handlers_disconnect_by_data (f->view, firsts);
  g_assert_cmpuint (firsts->len, >, 2);
  g_assert_cmpuint (g_array_index (firsts, guint32, 0), >=, 5000 - 64);
  for (guint i = 1; i < firsts->len; i++)
    g_assert_cmpuint (g_array_index (firsts, guint32, i), <=,
                      g_array_index (firsts, guint32, i - 1));
  assert_rows (f, is_any);
}

/* An expression that is none hides nothing, and says where it goes wrong. */
static void
test_refused (Fixture       *f,
              gconstpointer  data)
{
  const GError *error;

  take (f, 100);
  ask (f, ".offset % 10 == 0");
  ask (f, ".offset % == 0");
  error = storm_row_filter_get_error (storm_event_view_get_expression (f->view));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "character 11"));
  assert_rows (f, is_any);
  ask (f, ".offset % 10 == 0");
  assert_rows (f, is_tenth);
}

/* One that loops at an event ends there: what was found before stays, and nothing is waited for. */
static void
test_loops (Fixture       *f,
            gconstpointer  data)
{
  StormRowFilter *filter;
  guint n_tested, n_asked;

  take (f, 1000);
  ask (f, "def f: f; if .offset == 500 then f else .offset % 10 == 0 end");
  filter = storm_event_view_get_expression (f->view);
  g_assert_error (storm_row_filter_get_error (filter), STORM_ERROR, STORM_ERROR_LIMIT);
  g_assert_true (storm_row_filter_is_compiled (filter));
  g_assert_false (storm_row_filter_get_progress (filter, &n_tested, &n_asked));
  g_assert_cmpuint (n_tested, <, n_asked);
  g_assert_cmpuint (storm_event_view_get_n (f->view), >, 0);
  g_assert_cmpuint (storm_event_view_get_row (f->view, 0), >, 500);

  /* What comes then is asked of nobody. */
  n_tested = storm_event_view_get_n (f->view);
  take (f, 100);
  g_assert_false (is_busy (f));
  g_assert_cmpuint (storm_event_view_get_n (f->view), ==, n_tested);
}

static void
test_failures (Fixture       *f,
               gconstpointer  data)
{
  const char *words = NULL;
  StormRowFilter *filter;

  take (f, 30);
  ask (f, ".payload.ts.cents == 1");
  filter = storm_event_view_get_expression (f->view);
  g_assert_cmpuint (storm_row_filter_get_failures (filter, &words), ==, 30);
  g_assert_nonnull (strstr (words, "Cannot index number"));
  g_assert_cmpuint (storm_event_view_get_n (f->view), ==, 0);
}

/* A log that is cleared, or read anew, in the midst of it: no row of before is left. */
static void
test_reset (Fixture       *f,
            gconstpointer  data)
{
  StormEventFilter filter = { .expression = ".offset % 10 == 0" };

  take (f, 2000);
  storm_event_view_set_filter (f->view, &filter);
  while (storm_event_view_get_n (f->view) == 0 || storm_event_view_get_n (f->view) == 2000)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (is_busy (f));
  storm_monitor_clear (f->monitor);
  g_assert_cmpuint (storm_event_view_get_n (f->view), ==, 0);
  f->offset = 5;
  take (f, 300);
  settle (f);
  assert_rows (f, is_tenth);
}

/* Whoever takes a filter away, or closes the window, waits for nothing. */
static void
test_dropped (Fixture       *f,
              gconstpointer  data)
{
  StormEventFilter filter = { .expression = "def f: f; f" };
  StormRowFilter *row_filter;
  GWeakRef weak;

  take (f, 1000);
  storm_event_view_set_filter (f->view, &filter);
  row_filter = storm_event_view_get_expression (f->view);
  g_weak_ref_init (&weak, row_filter);
  while (!storm_row_filter_is_compiled (row_filter))
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 5; i++)
    g_main_context_iteration (NULL, FALSE);
  storm_event_view_set_filter (f->view, NULL);
  assert_rows (f, is_any);
  for (;;)
    {
      g_autoptr (GObject) left = g_weak_ref_get (&weak);

      if (left == NULL)
        break;
      g_clear_object (&left);
      g_main_context_iteration (NULL, TRUE);
    }
  g_weak_ref_clear (&weak);
}

static gboolean
is_third (gint64 offset)
{
  return offset % 3 == 1;
}

/* Filters that follow each other quickly, while events come. */
static void
test_in_turn (Fixture       *f,
              gconstpointer  data)
{
  static const char *const expressions[] = {
    ".offset % 10 == 0", "true", NULL, ".offset %", ".offset % 3 == 1",
  };

  for (guint i = 0; i < 60; i++)
    {
      StormEventFilter filter = { .expression = expressions[i % 5],
                                  .text = i % 4 == 0 ? "A" : NULL };

      take (f, 150);
      storm_event_view_set_filter (f->view, &filter);
      for (guint k = 0; k < i % 7; k++)
        g_main_context_iteration (NULL, FALSE);
    }
  ask (f, ".offset % 3 == 1");
  assert_rows (f, is_third);
}

static void
test_no_helper (void)
{
  g_autofree char *before = g_strdup (g_getenv ("STORMWATCH_LIBEXECDIR"));
  Fixture f;

  g_setenv ("STORMWATCH_LIBEXECDIR", "/nonexistent", TRUE);
  set_up (&f, NULL);
  take (&f, 10);
  ask (&f, "true");
  g_assert_error (storm_row_filter_get_error (storm_event_view_get_expression (f.view)),
                  STORM_ERROR, STORM_ERROR_UNSUPPORTED);
  assert_rows (&f, is_any);
  tear_down (&f, NULL);
  if (before != NULL)
    g_setenv ("STORMWATCH_LIBEXECDIR", before, TRUE);
  else
    g_unsetenv ("STORMWATCH_LIBEXECDIR");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-filter/no-helper", test_no_helper);
  if (storm_filter_is_available ())
    {
      ADD ("/row-filter/rows", test_rows);
      ADD ("/row-filter/other-filters", test_other_filters);
      ADD ("/row-filter/newest-first", test_newest_first);
      ADD ("/row-filter/refused", test_refused);
      ADD ("/row-filter/loops", test_loops);
      ADD ("/row-filter/failures", test_failures);
      ADD ("/row-filter/reset", test_reset);
      ADD ("/row-filter/dropped", test_dropped);
      ADD ("/row-filter/in-turn", test_in_turn);
    }
  return g_test_run ();
}
