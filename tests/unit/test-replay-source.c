#include "config.h"

#include <glib/gstdio.h>

#include "broker/storm-sink.h"
#include "storm-error.h"
#include "storm-replay-source.h"

static StormRecordReader *
read_stream (const char *text)
{
  g_autoptr (GInputStream) stream =
    g_memory_input_stream_new_from_data (g_strdup (text), strlen (text), g_free);

  return storm_jsonl_reader_new_for_stream (stream, "stdin");
}

static StormRecordReader *
read_file (const char  *text,
           char       **path)
{
  g_autoptr (GFile) file = NULL;
  StormRecordReader *reader;
  int fd = g_file_open_tmp ("storm-replay-XXXXXX.jsonl", path, NULL);

  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (*path, text, -1, NULL));
  file = g_file_new_for_path (*path);
  reader = storm_jsonl_reader_new (file, NULL);
  g_assert_nonnull (reader);
  return reader;
}

static char *
line (gint32 partition,
      gint64 offset,
      gint64 ms)
{
  return g_strdup_printf ("{\"topic\":\"t\",\"partition\":%d,\"offset\":%" G_GINT64_FORMAT
                          ",\"ts\":1795171261004,\"payload\":\"{\\\"eventType\\\":\\\"E\\\","
                          "\\\"timestamp\\\":%" G_GINT64_FORMAT "}\"}\n", partition, offset,
                          1795171200000 + ms);
}

static char *
four_lines (void)
{
  g_autofree char *a = line (0, 10, 0);
  g_autofree char *b = line (1, 20, 30);
  g_autofree char *c = line (0, 11, 60);
  g_autofree char *d = line (1, 21, 120);

  return g_strconcat (a, b, c, d, NULL);
}

static const StormMark *
mark (StormSink *sink,
      guint      i)
{
  g_assert_cmpint (i, <, sink->marks->len);
  return &g_array_index (sink->marks, StormMark, i);
}

/* A file tells its partitions before the first event, and each one's end right after its last. */
static void
test_file (void)
{
  g_autofree char *text = four_lines ();
  g_autofree char *path = NULL;
  g_autofree char *status = NULL;
  g_autoptr (StormRecordReader) reader = read_file (text, &path);
  g_autoptr (StormSource) source = storm_replay_source_new (reader, "four", 0);
  g_autoptr (GPtrArray) progress = NULL;
  StormTopicProgress *item;
  StormSink sink;

  storm_sink_init (&sink);
  storm_sink_start (&sink, source);
  storm_sink_wait (&sink, storm_source_lasts (source));
  storm_sink_take (&sink);
  g_assert_cmpint (storm_source_get_state (source), ==, STORM_SOURCE_ENDED);
  g_assert_cmpint (sink.rows->len, ==, 4);
  g_assert_cmpint (storm_sink_row (&sink, 3)->offset, ==, 21);
  g_assert_cmpint (sink.marks->len, ==, 4);
  g_assert_cmpint (mark (&sink, 0)->kind, ==, STORM_MARK_ASSIGNED);
  g_assert_cmpint (mark (&sink, 1)->kind, ==, STORM_MARK_ASSIGNED);
  g_assert_cmpint (mark (&sink, 1)->at_row, ==, 0);
  g_assert_cmpint (mark (&sink, 2)->kind, ==, STORM_MARK_ENDED);
  g_assert_cmpint (mark (&sink, 2)->partition, ==, 0);
  g_assert_cmpint (mark (&sink, 2)->at_row, ==, 3);
  g_assert_cmpint (mark (&sink, 3)->kind, ==, STORM_MARK_ENDED);
  g_assert_cmpint (mark (&sink, 3)->at_row, ==, 4);

  status = storm_source_dup_status (source);
  g_assert_cmpstr (status, ==, "four · 4 events, at the end");
  progress = storm_source_dup_progress (source);
  g_assert_cmpint (progress->len, ==, 2);
  item = g_ptr_array_index (progress, 1);
  g_assert_cmpstr (item->topic, ==, "t");
  g_assert_cmpint (item->partition, ==, 1);
  g_assert_cmpint (item->next, ==, 22);
  g_assert_cmpint (item->end, ==, 22);

  storm_sink_clear (&sink);
  g_unlink (path);
}

/* A stream can't be read beforehand: partitions are told as they come, and end together. */
static void
test_stream (void)
{
  g_autofree char *text = four_lines ();
  g_autoptr (StormRecordReader) reader = read_stream (text);
  g_autoptr (StormSource) source = storm_replay_source_new (reader, "four", 0);
  StormSink sink;

  storm_sink_init (&sink);
  storm_sink_start (&sink, source);
  storm_sink_wait (&sink, storm_source_lasts (source));
  storm_sink_take (&sink);
  g_assert_cmpint (sink.rows->len, ==, 4);
  g_assert_cmpint (sink.marks->len, ==, 4);
  g_assert_cmpint (mark (&sink, 1)->kind, ==, STORM_MARK_ASSIGNED);
  g_assert_cmpint (mark (&sink, 1)->at_row, ==, 1);
  g_assert_cmpint (mark (&sink, 2)->kind, ==, STORM_MARK_ENDED);
  g_assert_cmpint (mark (&sink, 2)->at_row, ==, 4);
  storm_sink_clear (&sink);
}

/* The pauses are those between the events' times: it can't take less. */
static void
test_speed (void)
{
  g_autofree char *text = four_lines ();
  static const struct { double speed; gint64 at_least; } cases[] = { { 1, 120 }, { 10, 12 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StormRecordReader) reader = read_stream (text);
      g_autoptr (StormSource) source = storm_replay_source_new (reader, "four", cases[i].speed);
      gint64 start = g_get_monotonic_time ();
      StormSink sink;

      storm_sink_init (&sink);
      storm_sink_start (&sink, source);
      storm_sink_wait (&sink, storm_source_lasts (source));
      g_assert_cmpint (g_get_monotonic_time () - start, >=, cases[i].at_least * 1000);
      storm_sink_take (&sink);
      g_assert_cmpint (sink.rows->len, ==, 4);
      storm_sink_clear (&sink);
    }
}

/* An hour's pause is left at once when it is stopped, and what came before it was delivered. */
static void
test_stop_while_waiting (void)
{
  g_autofree char *a = line (0, 0, 0);
  g_autofree char *b = line (0, 1, 3600 * 1000);
  g_autofree char *text = g_strconcat (a, b, NULL);
  g_autoptr (StormRecordReader) reader = read_stream (text);
  StormSource *source = storm_replay_source_new (reader, "slow", 1);
  StormSink sink;

  storm_sink_init (&sink);
  storm_sink_start (&sink, source);
  storm_sink_wait (&sink, sink.rows->len == 1);
  storm_source_stop (source);
  g_assert_cmpint (storm_source_get_state (source), ==, STORM_SOURCE_STOPPED);
  g_assert_finalize_object (source);
  storm_sink_clear (&sink);
}

/* What is before the damage is played; then it says where the damage is. */
static void
test_damaged (void)
{
  gsize size = (64 << 20) + (2 << 20);
  g_autofree char *good = line (0, 0, 0);
  char *data = g_malloc (size);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (StormRecordReader) reader = NULL;
  g_autoptr (StormSource) source = NULL;
  g_autoptr (GError) error = NULL;
  StormSink sink;

  memset (data, 'x', size);
  memcpy (data, good, strlen (good));
  stream = g_memory_input_stream_new_from_data (data, size, g_free);
  reader = storm_jsonl_reader_new_for_stream (stream, "big");
  source = storm_replay_source_new (reader, "big", 0);
  storm_sink_init (&sink);
  storm_sink_start (&sink, source);
  storm_sink_wait (&sink, storm_source_lasts (source));
  storm_sink_take (&sink);
  g_assert_cmpint (storm_source_get_state (source), ==, STORM_SOURCE_FAILED);
  g_object_get (source, "error", &error, NULL);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_LIMIT);
  g_assert_cmpint (sink.rows->len, ==, 1);
  g_assert_cmpint (storm_sink_n_marks (&sink, STORM_MARK_ENDED), ==, 1);
  storm_sink_clear (&sink);
}

static void
count_notify (GObject    *object,
              GParamSpec *pspec,
              gpointer    data)
{
  g_assert_true (g_main_context_is_owner (NULL));
  (*(guint *) data)++;
}

/* Many records, few notifications, all of them in the main context; one that is let go of early. */
static void
test_notifies (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (StormRecordReader) reader = NULL;
  g_autoptr (StormSource) source = NULL;
  StormSource *dropped;
  StormSink sink;
  guint n = 0;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "{\"eventType\":\"E\",\"n\":%u}\n", i);
  reader = read_stream (text->str);
  source = storm_replay_source_new (reader, "many", 0);
  g_signal_connect (source, "notify::status", G_CALLBACK (count_notify), &n);
  storm_sink_init (&sink);
  storm_sink_start (&sink, source);
  storm_sink_wait (&sink, storm_source_lasts (source) && sink.rows->len == 20000);
  storm_sink_take (&sink);
  g_assert_cmpint (n, >=, 1);
  g_assert_cmpint (n, <, 100);
  g_assert_cmpint (storm_sink_row (&sink, 19999)->offset, ==, 20000);
  storm_sink_clear (&sink);

  g_clear_object (&reader);
  reader = read_stream (text->str);
  dropped = storm_replay_source_new (reader, "dropped", 0);
  storm_sink_init (&sink);
  storm_sink_start (&sink, dropped);
  g_assert_finalize_object (dropped);
  storm_sink_clear (&sink);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/replay/file", test_file);
  g_test_add_func ("/replay/stream", test_stream);
  g_test_add_func ("/replay/speed", test_speed);
  g_test_add_func ("/replay/stop-while-waiting", test_stop_while_waiting);
  g_test_add_func ("/replay/damaged", test_damaged);
  g_test_add_func ("/replay/notifies", test_notifies);

  return g_test_run ();
}
