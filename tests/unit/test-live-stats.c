#include "config.h"

#include "storm-live-stats.h"
#include "storm-trace-test.h"

typedef struct
{
  StormStrings   *strings;
  StormEventLog  *log;
  StormLiveStats *stats;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->strings = storm_strings_new ();
  f->log = storm_event_log_new (f->strings);
  f->stats = storm_live_stats_new (f->log);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  storm_live_stats_free (f->stats);
  g_object_unref (f->log);
  storm_strings_unref (f->strings);
}

static void
take (Fixture         *f,
      const TestEvent *events,
      guint            n,
      gint64           now)
{
  g_autoptr (StormBatch) batch = test_batch (f->strings, events, n);
  guint32 first = storm_event_log_append (f->log, batch);

  storm_live_stats_take (f->stats, first, n, now);
}

static void
test_counts (Fixture       *f,
             gconstpointer  data)
{
  const TestEvent events[] = {
    { "A", NULL, "1", 5000, 0, 0 },
    { "B", NULL, "2", 1000, 0, 1 },
    { "A", NULL, "3", 3000, 0, 2 },
    { "A", NULL, "1", 5000, 0, 3 },
    { NULL, NULL, "4", 9000, 0, 4 },
  };
  g_autoptr (GPtrArray) changed = NULL;
  g_autoptr (GPtrArray) again = NULL;
  StormTypeStat *a;

  take (f, events, G_N_ELEMENTS (events), 77);
  changed = storm_live_stats_update (f->stats, 77);
  g_assert_cmpuint (changed->len, ==, 2);
  g_assert_cmpuint (storm_live_stats_get_all (f->stats)->len, ==, 2);
  a = g_ptr_array_index (changed, 0);
  g_assert_cmpstr (storm_strings_get (f->strings, a->type_id), ==, "A");
  g_assert_cmpuint (a->count, ==, 2);
  /* Last in order, and last to arrive, are two things. */
  g_assert_cmpuint (a->latest_row, ==, 0);
  g_assert_cmpuint (a->arrived_row, ==, 2);
  g_assert_cmpint (a->arrival, ==, 77);
  /* At the same moment nothing has changed. */
  again = storm_live_stats_update (f->stats, 77);
  g_assert_cmpuint (again->len, ==, 0);

  storm_live_stats_clear (f->stats);
  g_assert_cmpuint (storm_live_stats_get_all (f->stats)->len, ==, 0);
}

static void
test_rate (Fixture       *f,
           gconstpointer  data)
{
  gint64 now = 1000000;
  StormTypeStat *stat;
  guint i;

  /* Ten a second for half a minute. */
  for (i = 0; i < 300; i++)
    {
      const TestEvent event = { "A", NULL, NULL, i, 0, i };

      take (f, &event, 1, now);
      g_ptr_array_unref (storm_live_stats_update (f->stats, now));
      now += G_USEC_PER_SEC / 10;
    }
  stat = g_ptr_array_index (storm_live_stats_get_all (f->stats), 0);
  g_assert_cmpfloat_with_epsilon (stat->rate, 10, 0.5);

  /* Silence lets it fall, until it is nothing and the board is quiet. */
  now += 3 * G_USEC_PER_SEC;
  g_ptr_array_unref (storm_live_stats_update (f->stats, now));
  g_assert_cmpfloat (stat->rate, <, 4.5);
  g_assert_cmpfloat (stat->rate, >, 3);
  for (i = 0; i < 60; i++)
    {
      now += G_USEC_PER_SEC;
      g_ptr_array_unref (storm_live_stats_update (f->stats, now));
    }
  g_assert_cmpfloat (stat->rate, ==, 0);
  now += G_USEC_PER_SEC;
  {
    g_autoptr (GPtrArray) changed = storm_live_stats_update (f->stats, now);

    g_assert_cmpuint (changed->len, ==, 0);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/live-stats/counts", Fixture, NULL, set_up, test_counts, tear_down);
  g_test_add ("/live-stats/rate", Fixture, NULL, set_up, test_rate, tear_down);
  return g_test_run ();
}
