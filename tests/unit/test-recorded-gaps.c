#include "config.h"

#include "storm-recorded-test.h"

/* What was missing, and what began again, on its way through capture, board and JSON lines. */

static void
add (StormBatchBuilder *builder,
     gint32             partition,
     gint64             offset)
{
  TestEvent event = { "Paid", "a", NULL, offset, partition, offset };

  test_add (builder, &event);
}

/* Rows: 0/0, 1/0, then 0/5 behind a gap, and 0/2 behind a gap in what was made anew. */
static StormBatch *
make_batch (StormStrings *strings)
{
  g_autoptr (StormBatchBuilder) builder = test_builder (strings);

  add (builder, 0, 0);
  storm_batch_builder_mark (builder, STORM_MARK_GAP, "shop", 0, 1, 5);
  add (builder, 1, 0);
  add (builder, 0, 5);
  storm_batch_builder_mark (builder, STORM_MARK_ANEW, "shop", 0, 6, 2);
  storm_batch_builder_mark (builder, STORM_MARK_GAP, "shop", 0, 0, 2);
  add (builder, 0, 2);
  add (builder, 0, 3);
  return storm_batch_builder_take (builder);
}

static StormCapture *
make_capture (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (StormBatch) batch = make_batch (strings);
  StormCapture *capture = test_capture (fixture);

  storm_capture_append (capture, batch, 0);
  g_assert_true (storm_capture_flush (capture, &error));
  return capture;
}

static void
assert_records (StormRecordReader *reader)
{
  static const struct { gint64 offset, from, to; gboolean anew; } wanted[] = {
    { 0, 0, 0, FALSE }, { 0, 0, 0, FALSE }, { 5, 1, 5, FALSE }, { 2, 0, 2, TRUE },
    { 3, 0, 0, FALSE },
  };
  g_autoptr (GError) error = NULL;
  StormRecord record;

  /* Twice: a replay counts first. */
  for (guint round = 0; round < 2; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
        {
          g_assert_true (storm_record_reader_next (reader, &record, NULL, &error));
          g_assert_cmpint (record.offset, ==, wanted[i].offset);
          g_assert_cmpint (record.gap_from, ==, wanted[i].from);
          g_assert_cmpint (record.gap_to, ==, wanted[i].to);
          g_assert_cmpint (record.anew, ==, wanted[i].anew);
        }
      g_assert_false (storm_record_reader_next (reader, &record, NULL, &error));
      g_assert_no_error (error);
      g_assert_true (storm_record_reader_rewind (reader, &error));
    }
}

/* The marks that a replay of it makes are those that there were. */
static void
assert_played (StormRecordReader *reader)
{
  g_autoptr (StormSource) source = storm_replay_source_new (reader, "recorded", 0);
  guint n_gaps = 0, n_anew = 0;
  StormSink sink;

  storm_sink_init (&sink);
  storm_sink_start (&sink, source);
  storm_sink_wait (&sink, storm_source_get_state (source) == STORM_SOURCE_ENDED);
  storm_sink_take (&sink);
  g_assert_cmpuint (sink.rows->len, ==, 5);
  for (guint i = 0; i < sink.marks->len; i++)
    {
      const StormMark *mark = &g_array_index (sink.marks, StormMark, i);

      g_assert_cmpint (mark->partition == 0 ||
                       (mark->kind != STORM_MARK_GAP && mark->kind != STORM_MARK_ANEW), ==, TRUE);
      if (mark->kind == STORM_MARK_ANEW)
        {
          g_assert_cmpuint (mark->at_row, ==, 3);
          g_assert_cmpuint (n_gaps, ==, 1);
          n_anew++;
        }
      else if (mark->kind == STORM_MARK_GAP)
        {
          g_assert_cmpuint (mark->at_row, ==, n_gaps == 0 ? 2 : 3);
          g_assert_cmpint (mark->from, ==, n_gaps == 0 ? 1 : 0);
          g_assert_cmpint (mark->to, ==, n_gaps == 0 ? 5 : 2);
          g_assert_cmpuint (n_anew, ==, n_gaps);
          n_gaps++;
        }
    }
  g_assert_cmpuint (n_gaps, ==, 2);
  g_assert_cmpuint (n_anew, ==, 1);
  storm_sink_clear (&sink);
}

static void
test_lines (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (StormCapture) capture = make_capture (fixture);
  g_autofree char *text = test_through_lines (fixture, capture, assert_records, assert_played);

  g_assert_nonnull (strstr (text, ",\"gapFrom\":1,\"gapTo\":5}\n"));
  g_assert_nonnull (strstr (text, ",\"anew\":true,\"gapFrom\":0,\"gapTo\":2}\n"));
}

static void
test_board (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (StormCapture) capture = make_capture (fixture);

  test_through_board (fixture, capture, assert_records, assert_played);
}

/* Clearing forgets what was missing before. */
static void
test_cleared (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (StormCapture) capture = make_capture (fixture);
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (StormBatchBuilder) builder = test_builder (strings);
  g_autoptr (StormBatch) batch = NULL;
  g_autoptr (StormRecordReader) reader = NULL;
  StormRecord record;

  storm_capture_clear (capture);
  for (guint i = 0; i < 5; i++)
    add (builder, 0, i);
  batch = storm_batch_builder_take (builder);
  storm_capture_append (capture, batch, 0);
  g_assert_true (storm_capture_flush (capture, NULL));
  reader = storm_capture_open_reader (capture, NULL);
  while (storm_record_reader_next (reader, &record, NULL, NULL))
    g_assert_true (record.gap_from == record.gap_to && !record.anew);
}

/* Somebody else's lines: what can't be is passed over. */
static void
test_hostile (Fixture       *fixture,
              gconstpointer  data)
{
  static const char *const members[] = {
    "\"gapFrom\":5,\"gapTo\":5", "\"gapFrom\":6,\"gapTo\":5", "\"gapFrom\":-3,\"gapTo\":5",
    "\"gapFrom\":1,\"gapTo\":11", "\"gapFrom\":1", "\"gapFrom\":\"1\",\"gapTo\":\"5\"",
    "\"gapFrom\":1,\"gapTo\":99999999999999999999", "\"anew\":1", "\"anew\":\"true\"",
    "\"anew\":[true],\"gapFrom\":null,\"gapTo\":{}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *line = g_strdup_printf (
        "{\"topic\":\"t\",\"partition\":0,\"offset\":10,\"payload\":\"x\",%s}\n", members[i]);
      g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (line, -1, NULL);
      g_autoptr (StormRecordReader) reader = storm_jsonl_reader_new_for_stream (stream, "x");
      StormRecord record;

      g_assert_true (storm_record_reader_next (reader, &record, NULL, NULL));
      g_assert_cmpint (record.offset, ==, 10);
      g_assert_cmpint (record.gap_from, ==, record.gap_to);
      g_assert_false (record.anew);
    }
}

#define ADD(name, func) \
  g_test_add ("/recorded-gaps/" name, Fixture, NULL, fixture_set_up, func, \
              test_recorded_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("lines", test_lines);
  ADD ("board", test_board);
  ADD ("cleared", test_cleared);
  ADD ("hostile", test_hostile);
  return g_test_run ();
}
