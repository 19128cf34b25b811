#include "config.h"

#include "storm-jsonl-line-private.h"
#include "storm-multi-source-test.h"
#include "storm-replay-source.h"

/* Lines of topic "shop", partition 0; event i of order o-1 at @first_ms + i × @step_ms. */
static StormSource *
record_new (const char *name,
            guint       n,
            gint64      first_ms,
            gint64      step_ms,
            const char *more)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (StormRecordReader) reader = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "{\"topic\":\"shop\",\"partition\":0,\"offset\":%u,\"payload\":"
                            "\"{\\\"t\\\":\\\"%s\\\",\\\"k\\\":\\\"o-1\\\",\\\"ts\\\":%"
                            G_GINT64_FORMAT "}\"%s}\n", i, name,
                            TEST_BASE_MS + first_ms + i * step_ms, more);
  stream = g_memory_input_stream_new_from_data (g_strdup (text->str), text->len, g_free);
  reader = storm_jsonl_reader_new_for_stream (stream, name);
  return storm_replay_source_new (reader, name, 0);
}

static void
wait_for_end (Fixture *f)
{
  gint64 limit = g_get_monotonic_time () + 40 * G_TIME_SPAN_SECOND;

  while (storm_source_get_state (STORM_SOURCE (f->multi)) != STORM_SOURCE_ENDED)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_usleep (500);
      take (f);
    }
  take (f);
}

/* The same topic, partition and offsets on both: two streams, merged by time into one numbering. */
static void
test_two_recordings (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr (StormSource) east = record_new ("East", 50, 0, 20, "");
  g_autoptr (StormSource) west = record_new ("West", 50, 10, 20, "");
  g_autoptr (GPtrArray) progress = NULL;
  const StormNumbered *numbers;
  StormTrace *trace;
  guint n;

  storm_multi_source_add (f->multi, east);
  storm_multi_source_add (f->multi, west);
  start (f);
  wait_for_end (f);
  assert_status (f, "2 connections · at the end");

  g_assert_cmpuint (storm_event_log_get_n (f->log), ==, 100);
  g_assert_true (storm_event_log_has_connections (f->log));
  trace = storm_trace_index_lookup (storm_monitor_get_index (f->monitor), "o-1");
  numbers = storm_trace_get_numbers (trace, &n);
  g_assert_cmpuint (n, ==, 100);
  for (guint i = 0; i < n; i++)
    {
      guint32 row = numbers[i].row;

      g_assert_cmpuint (numbers[i].n, ==, i + 1);
      g_assert_cmpint (storm_event_log_get_time (f->log, row), ==, AT (10 * i));
      g_assert_cmpstr (storm_event_log_get_connection (f->log, row), ==,
                       i % 2 == 0 ? "East" : "West");
      g_assert_cmpstr (storm_event_log_get_topic (f->log, row), ==, "shop");
      g_assert_cmpint (storm_event_log_get_offset (f->log, row), ==, i / 2);
      g_assert_cmpuint (storm_event_log_get_flags (f->log, row) & STORM_EVENT_REPEATED, ==, 0);
    }

  progress = storm_source_dup_progress (STORM_SOURCE (f->multi));
  g_assert_cmpuint (progress->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      StormTopicProgress *item = g_ptr_array_index (progress, i);

      g_assert_cmpstr (item->connection, ==, i == 0 ? "East" : "West");
      g_assert_cmpint (item->next, ==, 50);
    }
}

/* One alone is as if there were no such thing as connections. */
static void
test_alone (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (StormSource) east = record_new ("East", 5, 0, 20, "");
  g_autoptr (GPtrArray) progress = NULL;
  g_auto (StormRecordView) view = { 0, };

  storm_multi_source_add (f->multi, east);
  start (f);
  wait_for_end (f);
  assert_status (f, "East · 5 events, at the end");
  g_assert_false (storm_event_log_has_connections (f->log));
  g_assert_null (storm_event_log_get_connection (f->log, 0));
  g_assert_cmpuint (storm_event_log_get_topic_id (f->log, 0), ==,
                    storm_strings_find (storm_monitor_get_strings (f->monitor), "shop", -1));
  g_assert_true (storm_event_log_read (f->log, 0, &view));
  g_assert_null (view.record.connection);
  progress = storm_source_dup_progress (STORM_SOURCE (f->multi));
  g_assert_null (((StormTopicProgress *) g_ptr_array_index (progress, 0))->connection);
}

/* What was recorded over several connections is of several again, alone or beside another. */
static void
test_recorded_connections (Fixture       *f,
                           gconstpointer  data)
{
  g_autoptr (StormSource) kept = record_new ("Kept", 3, 0, 20, ",\"connection\":\"East\"");
  g_autoptr (StormSource) other = record_new ("Other", 3, 0, 20, ",\"connection\":\"East\"");
  g_autoptr (GPtrArray) progress = NULL;
  GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);

  storm_multi_source_add (f->multi, kept);
  start (f);
  wait_for_end (f);
  g_assert_cmpstr (storm_event_log_get_connection (f->log, 0), ==, "East");
  g_assert_false (storm_event_log_has_connections (f->log));
  storm_multi_source_add (f->multi, other);
  wait_for_end (f);
  g_assert_cmpuint (storm_event_log_get_n (f->log), ==, 6);
  for (guint32 row = 0; row < 6; row++)
    {
      g_hash_table_add (names, (char *) storm_event_log_get_connection (f->log, row));
      g_assert_cmpuint (storm_event_log_get_flags (f->log, row) & STORM_EVENT_REPEATED, ==, 0);
    }
  g_assert_cmpuint (g_hash_table_size (names), ==, 2);
  g_assert_true (g_hash_table_contains (names, "Other/East"));
  progress = storm_source_dup_progress (STORM_SOURCE (f->multi));
  g_assert_cmpstr (((StormTopicProgress *) g_ptr_array_index (progress, 0))->connection, ==,
                   "East");
  g_assert_cmpstr (((StormTopicProgress *) g_ptr_array_index (progress, 1))->connection, ==,
                   "Other/East");
  g_hash_table_unref (names);
}

/* Both wait at a full queue: stopping one of them lets it go, and the other gets through. */
static void
test_full_queue (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr (StormSource) east = record_new ("East", 20000, 0, 20, "");
  g_autoptr (StormSource) west = record_new ("West", 20000, 10, 20, "");
  guint n_west = 0;

  storm_batch_queue_close (f->queue);
  storm_batch_queue_unref (f->queue);
  f->queue = storm_batch_queue_new (1000, NULL, NULL);
  storm_multi_source_add (f->multi, east);
  storm_multi_source_add (f->multi, west);
  start (f);
  storm_multi_source_remove (f->multi, east);
  g_assert_cmpint (storm_source_get_state (east), ==, STORM_SOURCE_STOPPED);
  wait_for_end (f);
  for (guint32 row = 0; row < storm_event_log_get_n (f->log); row++)
    n_west += g_str_equal (storm_event_log_get_connection (f->log, row), "West");
  g_assert_cmpuint (n_west, ==, 20000);
}

/* A name in a line is as hostile as all of it. */
static void
test_lines (void)
{
  static const struct { const char *member; const char *expected; } cases[] = {
    { "", NULL },
    { ",\"connection\":\"East\"", "East" },
    { ",\"connection\":\"\"", NULL },
    { ",\"connection\":7", NULL },
    { ",\"connection\":null", NULL },
    { ",\"connection\":\"a\\u0000b\"", "a\357\277\275b" },
  };
  g_autoptr (StormJsonlLine) parser = storm_jsonl_line_new ();
  g_autofree char *name = g_strnfill (250, 'x');
  g_autofree char *longest = g_strdup_printf (",\"connection\":\"%s\"", name);

  for (guint i = 0; i <= G_N_ELEMENTS (cases); i++)
    {
      gboolean own = i < G_N_ELEMENTS (cases);
      g_autofree char *line =
        g_strdup_printf ("{\"topic\":\"t\",\"partition\":0,\"offset\":1,\"payload\":\"x\"%s}",
                         own ? cases[i].member : longest);
      StormRecord record;

      g_assert_true (storm_jsonl_line_parse (parser, line, strlen (line), &record));
      g_assert_cmpstr (record.connection, ==, own ? cases[i].expected : NULL);
      g_assert_cmpstr (record.topic, ==, "t");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/multi-source-recordings/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("two-recordings", test_two_recordings);
  ADD ("alone", test_alone);
  ADD ("recorded-connections", test_recorded_connections);
  ADD ("full-queue", test_full_queue);
#undef ADD
  g_test_add_func ("/multi-source-recordings/lines", test_lines);
  return g_test_run ();
}
