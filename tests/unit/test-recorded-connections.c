#include "config.h"

#include "storm-event-log.h"
#include "storm-recorded-test.h"

/* Events of the same topic, partition and offsets on two connections, on their way through capture,
 * board and JSON lines. */

static void
add (StormBatchBuilder *builder,
     guint32            connection,
     gint64             offset)
{
  TestEvent event = { "Paid", "a", NULL, offset, 0, offset };

  storm_batch_builder_set_connection (builder, connection);
  test_add (builder, &event);
}

/* The first connection has a name only once there is a second one. */
static StormCapture *
make_capture (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (StormBatchBuilder) builder = test_builder (strings);
  g_autoptr (StormBatch) alone = NULL;
  g_autoptr (StormBatch) both = NULL;
  StormCapture *capture = test_capture (fixture);
  guint32 west = storm_strings_intern (strings, "West", 4);

  add (builder, 0, 0);
  alone = storm_batch_builder_take (builder);
  storm_capture_append (capture, alone, 0);
  g_assert_true (storm_capture_flush (capture, &error));
  {
    g_autoptr (StormRecordReader) reader = storm_capture_open_reader (capture, &error);
    StormRecord record;

    g_assert_true (storm_record_reader_next (reader, &record, NULL, &error));
    g_assert_null (record.connection);
  }

  storm_strings_set_home (strings, "East");
  add (builder, west, 0);
  storm_batch_builder_set_connection (builder, west);
  storm_batch_builder_mark (builder, STORM_MARK_GAP, "shop", 0, 1, 3);
  add (builder, 0, 3);
  add (builder, west, 3);
  both = storm_batch_builder_take (builder);
  storm_capture_append (capture, both, 1);
  g_assert_true (storm_capture_flush (capture, &error));
  return capture;
}

static void
assert_records (StormRecordReader *reader)
{
  static const struct { const char *connection; gint64 offset, gap; } wanted[] = {
    { "East", 0, 0 }, { "West", 0, 0 }, { "East", 3, 0 }, { "West", 3, 2 },
  };
  g_autoptr (GError) error = NULL;
  StormRecord record;

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_assert_true (storm_record_reader_next (reader, &record, NULL, &error));
      g_assert_cmpstr (record.connection, ==, wanted[i].connection);
      g_assert_cmpstr (record.topic, ==, "shop");
      g_assert_cmpint (record.offset, ==, wanted[i].offset);
      g_assert_cmpint (record.gap_to - record.gap_from, ==, wanted[i].gap);
    }
  g_assert_false (storm_record_reader_next (reader, &record, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (storm_record_reader_rewind (reader, &error));
}

/* A replay of it is of two connections again: no repeats, one gap, an end for each partition. */
static void
assert_played (StormRecordReader *reader)
{
  g_autoptr (StormSource) source = storm_replay_source_new (reader, "recorded", 0);
  g_autoptr (StormEventLog) log = NULL;
  g_autoptr (GHashTable) ended = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) progress = NULL;
  StormBatch *batch;
  StormSink sink;

  storm_sink_init (&sink);
  log = storm_event_log_new (sink.strings);
  storm_sink_start (&sink, source);
  while (!storm_source_lasts (source))
    g_main_context_iteration (NULL, TRUE);
  while ((batch = storm_batch_queue_pop (sink.queue)) != NULL)
    {
      guint n;
      const StormMark *marks = storm_batch_get_marks (batch, &n);

      for (guint i = 0; i < n; i++)
        if (marks[i].kind == STORM_MARK_ENDED)
          g_hash_table_add (ended, GUINT_TO_POINTER (marks[i].topic));
      storm_event_log_append (log, batch);
      storm_batch_unref (batch);
    }
  g_assert_cmpint (storm_source_get_state (source), ==, STORM_SOURCE_ENDED);
  g_assert_cmpuint (storm_event_log_get_n (log), ==, 4);
  g_assert_true (storm_event_log_has_connections (log));
  for (guint32 row = 0; row < 4; row++)
    {
      g_assert_cmpstr (storm_event_log_get_connection (log, row), ==, row % 2 ? "West" : "East");
      g_assert_cmpuint (storm_event_log_get_flags (log, row) & STORM_EVENT_REPEATED, ==, 0);
      g_assert_cmpint (storm_event_log_get_gap_before (log, row) != NULL, ==, row == 3);
    }
  g_assert_cmpuint (g_hash_table_size (ended), ==, 2);
  progress = storm_source_dup_progress (source);
  g_assert_cmpuint (progress->len, ==, 2);
  storm_sink_clear (&sink);
}

static void
test_lines (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (StormCapture) capture = make_capture (fixture);
  g_autofree char *text = test_through_lines (fixture, capture, assert_records, assert_played);

  g_assert_nonnull (strstr (text, ",\"connection\":\"West\",\"gapFrom\":1,\"gapTo\":3}\n"));
}

static void
test_board (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (StormCapture) capture = make_capture (fixture);

  test_through_board (fixture, capture, assert_records, assert_played);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/recorded-connections/" name, Fixture, NULL, fixture_set_up, func, \
              test_recorded_tear_down)
  ADD ("lines", test_lines);
  ADD ("board", test_board);
#undef ADD
  return g_test_run ();
}
