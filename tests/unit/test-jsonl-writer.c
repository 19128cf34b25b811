#include "config.h"

#include <string.h>
#include <glib/gstdio.h>

#include "storm-error.h"
#include "storm-jsonl-writer.h"
#include "storm-replay-source.h"

#define BYTES(text) (const guint8 *) (text), sizeof (text) - 1

static const StormHeader text_headers[] = {
  { "type", 4, BYTES ("OrderPlaced") },
  { "empty", 5, BYTES ("") },
  { "none", 4, NULL, 0 },
};

static const StormHeader binary_headers[] = {
  { "type", 4, BYTES ("OrderPlaced") },
  { "raw", 3, BYTES ("\xff\x00\x01") },
  { "none", 4, NULL, 0 },
};

static const StormRecord records[] = {
  { NULL, "orders", 2, 17, 1795243306002 * STORM_TIME_MILLISECOND, BYTES ("4711"),
    BYTES ("{\"a\":\"\\u00e9 \xea\xb0\x80\n\"}"), text_headers, G_N_ELEMENTS (text_headers) },
  { NULL, "orders", 0, 0, STORM_TIME_NONE, NULL, 0, NULL, 0, NULL, 0 },
  { "East", "orders", 0, 1, 1795243306003 * STORM_TIME_MILLISECOND, BYTES (""), BYTES (""), NULL,
    0 },
  { NULL, "orders", 0, 2, 1795243306004 * STORM_TIME_MILLISECOND, BYTES ("\x80\x81"),
    BYTES ("\x00\x01\x02\xff"), binary_headers, G_N_ELEMENTS (binary_headers) },
  { "\"ü\\", "orders", 0, G_MAXINT64, 1795243306005 * STORM_TIME_MILLISECOND, NULL, 0,
    BYTES ("a\0b"), NULL, 0 },
};

static void
assert_bytes (const guint8 *a,
              gsize         a_len,
              const guint8 *b,
              gsize         b_len)
{
  g_assert_cmpint (a == NULL, ==, b == NULL);
  g_assert_cmpmem (a, a_len, b, b_len);
}

static void
assert_same (const StormRecord *a,
             const StormRecord *b)
{
  g_assert_cmpstr (a->connection, ==, b->connection);
  g_assert_cmpstr (a->topic, ==, b->topic);
  g_assert_cmpint (a->partition, ==, b->partition);
  g_assert_cmpint (a->offset, ==, b->offset);
  g_assert_cmpint (a->broker_time, ==, b->broker_time);
  assert_bytes (a->key, a->key_len, b->key, b->key_len);
  assert_bytes (a->payload, a->payload_len, b->payload, b->payload_len);
  g_assert_cmpuint (a->n_headers, ==, b->n_headers);
  for (guint i = 0; i < a->n_headers; i++)
    {
      g_assert_cmpmem (a->headers[i].name, a->headers[i].name_len,
                       b->headers[i].name, b->headers[i].name_len);
      assert_bytes (a->headers[i].value, a->headers[i].value_len,
                    b->headers[i].value, b->headers[i].value_len);
    }
}

static GString *
write_lines (void)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    storm_jsonl_append (lines, &records[i]);
  return lines;
}

static void
test_shape (void)
{
  g_autoptr (GString) line = g_string_new (NULL);

  storm_jsonl_append (line, &records[0]);
  g_assert_cmpstr (line->str, ==,
                   "{\"topic\":\"orders\",\"partition\":2,\"offset\":17,\"tstype\":\"create\","
                   "\"ts\":1795243306002,\"broker\":-1,\"headers\":[\"type\",\"OrderPlaced\","
                   "\"empty\",\"\",\"none\",null],\"key\":\"4711\","
                   "\"payload\":\"{\\\"a\\\":\\\"\\\\u00e9 \xea\xb0\x80\\n\\\"}\"}\n");
  g_string_truncate (line, 0);
  storm_jsonl_append (line, &records[1]);
  g_assert_cmpstr (line->str, ==,
                   "{\"topic\":\"orders\",\"partition\":0,\"offset\":0,\"tstype\":\"unknown\","
                   "\"ts\":-1,\"broker\":-1,\"key\":null,\"payload\":null}\n");
}

/* What the reader makes of our lines is what was written. */
static void
test_round_trip (void)
{
  g_autoptr (GString) lines = write_lines ();
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (lines->str, lines->len,
                                                                         NULL);
  g_autoptr (StormRecordReader) reader = storm_jsonl_reader_new_for_stream (stream, "x");
  g_autoptr (GError) error = NULL;
  StormRecord record;

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      g_assert_true (storm_record_reader_next (reader, &record, NULL, &error));
      g_assert_no_error (error);
      assert_same (&record, &records[i]);
    }
  g_assert_false (storm_record_reader_next (reader, &record, NULL, &error));
  g_assert_no_error (error);
}

static void
count_cb (goffset  n,
          goffset  total,
          gpointer user_data)
{
  *(goffset *) user_data = n;
}

static void
test_export (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("stormwatch-XXXXXX", &error);
  g_autofree char *path = g_build_filename (directory, "out.jsonl", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GString) lines = write_lines ();
  g_autofree char *written = NULL;
  goffset n = 0;
  gsize len;

  /* Twice: into a new file, and over the old one. */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GInputStream) stream =
        g_memory_input_stream_new_from_data (lines->str, lines->len, NULL);
      g_autoptr (StormRecordReader) reader = storm_jsonl_reader_new_for_stream (stream, "x");

      g_assert_true (storm_jsonl_export (reader, file, count_cb, &n, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpint (n, ==, G_N_ELEMENTS (records));
    }
  g_assert_true (g_file_get_contents (path, &written, &len, &error));
  g_assert_cmpmem (written, len, lines->str, lines->len);
  g_unlink (path);
  /* Nothing else was left behind. */
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

static void
test_export_cancelled (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("stormwatch-XXXXXX", &error);
  g_autofree char *path = g_build_filename (directory, "out.jsonl", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GString) lines = write_lines ();
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (lines->str, lines->len,
                                                                         NULL);
  g_autoptr (StormRecordReader) reader = storm_jsonl_reader_new_for_stream (stream, "x");

  g_cancellable_cancel (cancellable);
  g_assert_false (storm_jsonl_export (reader, file, NULL, NULL, cancellable, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_CANCELLED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

static void
test_export_no_directory (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent/stormwatch/out.jsonl");
  g_autoptr (GInputStream) stream = g_memory_input_stream_new ();
  g_autoptr (StormRecordReader) reader = storm_jsonl_reader_new_for_stream (stream, "x");

  g_assert_false (storm_jsonl_export (reader, file, NULL, NULL, NULL, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "/nonexistent/stormwatch/out.jsonl"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jsonl-writer/shape", test_shape);
  g_test_add_func ("/jsonl-writer/round-trip", test_round_trip);
  g_test_add_func ("/jsonl-writer/export", test_export);
  g_test_add_func ("/jsonl-writer/export-cancelled", test_export_cancelled);
  g_test_add_func ("/jsonl-writer/export-no-directory", test_export_no_directory);
  return g_test_run ();
}
