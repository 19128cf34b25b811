#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "storm-error.h"
#include "storm-line-stream-private.h"
#include "storm-replay-source.h"
#include "storm-time.h"

static GBytes *
gzip (const char *text)
{
  g_autoptr (GConverter) deflate =
    G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GInputStream) plain = g_memory_input_stream_new_from_data (text, strlen (text), NULL);
  g_autoptr (GInputStream) packed = g_converter_input_stream_new (plain, deflate);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  g_output_stream_splice (out, packed, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

static StormRecordReader *
read_text (const char *text)
{
  g_autoptr (GInputStream) stream =
    g_memory_input_stream_new_from_data (g_strdup (text), strlen (text), g_free);

  return storm_jsonl_reader_new_for_stream (stream, "shop.jsonl");
}

static void
assert_bytes (const void *data,
              gsize       len,
              const char *expected)
{
  g_assert_nonnull (data);
  g_assert_cmpmem (data, len, expected, strlen (expected));
}

static void
test_kcat (void)
{
  g_autoptr (StormRecordReader) reader = read_text (
    "{\"topic\":\"food.order\",\"partition\":2,\"offset\":131,\"tstype\":\"create\","
    "\"ts\":1795171261004,\"broker\":1,\"headers\":[\"type\",\"Order\\u0050laced\",\"none\",null],"
    "\"key\":\"k\\\"1\",\"payload\":\"{\\\"id\\\":4721,\\\"menu\\\":\\\"김치\\\"}\"}\n"
    "{\"topic\":\"food.order\",\"partition\":0,\"offset\":0,\"ts\":-1,\"key\":null,"
    "\"payload\":null}\n"
    "{\"topic\":\"t\",\"partition\":0,\"offset\":1,\"payload\":\"\"}\n"
    "{\"topic\":\"t\",\"partition\":0,\"offset\":2,\"payload\":{\"a\":[1, 2]}}\n");
  StormRecord record;
  g_autoptr (GError) error = NULL;

  g_assert_true (storm_record_reader_next (reader, &record, NULL, &error));
  g_assert_cmpstr (record.topic, ==, "food.order");
  g_assert_cmpint (record.partition, ==, 2);
  g_assert_cmpint (record.offset, ==, 131);
  g_assert_cmpint (record.broker_time, ==, 1795171261004 * STORM_TIME_MILLISECOND);
  assert_bytes (record.key, record.key_len, "k\"1");
  assert_bytes (record.payload, record.payload_len, "{\"id\":4721,\"menu\":\"김치\"}");
  g_assert_cmpint (record.n_headers, ==, 2);
  assert_bytes (record.headers[0].name, record.headers[0].name_len, "type");
  assert_bytes (record.headers[0].value, record.headers[0].value_len, "OrderPlaced");
  assert_bytes (record.headers[1].name, record.headers[1].name_len, "none");
  g_assert_null (record.headers[1].value);

  g_assert_true (storm_record_reader_next (reader, &record, NULL, &error));
  g_assert_null (record.key);
  g_assert_null (record.payload);
  g_assert_cmpint (record.broker_time, ==, STORM_TIME_NONE);
  g_assert_cmpint (record.n_headers, ==, 0);

  g_assert_true (storm_record_reader_next (reader, &record, NULL, &error));
  g_assert_nonnull (record.payload);
  g_assert_cmpint (record.payload_len, ==, 0);

  g_assert_true (storm_record_reader_next (reader, &record, NULL, &error));
  assert_bytes (record.payload, record.payload_len, "{\"a\":[1, 2]}");

  g_assert_false (storm_record_reader_next (reader, &record, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (storm_record_reader_rewind (reader, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_UNSUPPORTED);
}

static void
test_base64 (void)
{
  g_autoptr (StormRecordReader) reader = read_text (
    "{\"topic\":\"t\",\"partition\":0,\"offset\":0,\"headers\":null,"
    "\"headersBase64\":[\"dHlwZQ==\",\"/w==\",\"eA==\",null],"
    "\"key\":null,\"keyBase64\":\"AAE=\",\"payload\":null,\"payloadBase64\":\"/wAB\"}\n");
  StormRecord record;

  g_assert_true (storm_record_reader_next (reader, &record, NULL, NULL));
  g_assert_cmpmem (record.key, record.key_len, "\0\1", 2);
  g_assert_cmpmem (record.payload, record.payload_len, "\xff\0\1", 3);
  g_assert_cmpint (record.n_headers, ==, 2);
  assert_bytes (record.headers[0].name, record.headers[0].name_len, "type");
  g_assert_cmpmem (record.headers[0].value, record.headers[0].value_len, "\xff", 1);
  g_assert_null (record.headers[1].value);
}

/* Lines that are no envelope are payloads, and keep their line number. */
static void
test_plain (void)
{
  static const struct { guint line; const char *payload; } expected[] = {
    { 1, "{\"eventType\":\"A\"}" },
    { 3, "not json at all" },
    { 5, "{\"topic\":\"t\",\"partition\":-1,\"offset\":0,\"payload\":\"x\"}" },
    { 6, "{\"topic\":\"t\",\"partition\":0,\"offset\":1.5,\"payload\":\"x\"}" },
    { 7, "{\"topic\":7,\"partition\":0,\"offset\":1,\"payload\":\"x\"}" },
    { 8, "{\"topic\":\"t\",\"partition\":0,\"offset\":99999999999999999999,\"payload\":\"\"}" },
    { 9, "{\"topic\":\"\",\"partition\":0,\"offset\":1,\"payload\":\"x\"}" },
    { 10, "{\"topic\":\"t\",\"partition\":0,\"offset\":1}" },
    { 11, "{\"eventType\":\"cut o" },
  };
  g_autoptr (GString) text = g_string_new ("\xef\xbb\xbf");
  g_autoptr (StormRecordReader) reader = NULL;
  StormRecord record;

  for (guint i = 0, line = 1; i < G_N_ELEMENTS (expected); i++)
    {
      for (; line < expected[i].line; line++)
        g_string_append (text, line % 2 ? "\n" : "  \r\n");
      g_string_append (text, expected[i].payload);
      if (i + 1 < G_N_ELEMENTS (expected))
        g_string_append (text, i == 0 ? "\r\n" : "\n");
      line++;
    }
  reader = read_text (text->str);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_true (storm_record_reader_next (reader, &record, NULL, NULL));
      assert_bytes (record.payload, record.payload_len, expected[i].payload);
      g_assert_cmpstr (record.topic, ==, "shop");
      g_assert_cmpint (record.partition, ==, 0);
      g_assert_cmpint (record.offset, ==, expected[i].line);
      g_assert_null (record.key);
      g_assert_cmpint (record.broker_time, ==, STORM_TIME_NONE);
    }
  g_assert_false (storm_record_reader_next (reader, &record, NULL, NULL));
}

static GFile *
write_file (const char *name,
            GBytes     *bytes)
{
  g_autofree char *dir = g_dir_make_tmp ("storm-jsonl-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, name, NULL);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      g_bytes_get_size (bytes), NULL));
  return g_file_new_for_path (path);
}

static void
delete_file (GFile *file)
{
  g_autoptr (GFile) dir = g_file_get_parent (file);

  g_file_delete (file, NULL, NULL);
  g_file_delete (dir, NULL, NULL);
}

/* Two gzip members behind each other, many lines, read twice. */
static void
test_gzip (void)
{
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GBytes) a = NULL;
  g_autoptr (GBytes) b = gzip ("{\"n\":20000}\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (StormRecordReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  StormRecord record;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (first, "{\"n\":%u}\n", i);
  a = gzip (first->str);
  g_byte_array_append (all, g_bytes_get_data (a, NULL), g_bytes_get_size (a));
  g_byte_array_append (all, g_bytes_get_data (b, NULL), g_bytes_get_size (b));
  bytes = g_bytes_new (all->data, all->len);
  file = write_file ("food.order.jsonl.gz", bytes);

  reader = storm_jsonl_reader_new (file, &error);
  g_assert_no_error (error);
  for (guint round = 0; round < 2; round++)
    {
      for (guint i = 0; i <= 20000; i++)
        {
          g_autofree char *expected = g_strdup_printf ("{\"n\":%u}", i);

          g_assert_true (storm_record_reader_next (reader, &record, NULL, &error));
          assert_bytes (record.payload, record.payload_len, expected);
          g_assert_cmpint (record.offset, ==, i + 1);
          g_assert_cmpstr (record.topic, ==, "food.order");
        }
      g_assert_false (storm_record_reader_next (reader, &record, NULL, &error));
      g_assert_no_error (error);
      g_assert_true (storm_record_reader_rewind (reader, &error));
    }
  delete_file (file);
}

static void
test_gzip_cut_off (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GBytes) cut = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (StormRecordReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  StormRecord record;
  guint n = 0;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "{\"n\":\"%08x\"}\n", i * 2654435761u);
  packed = gzip (text->str);
  cut = g_bytes_new_from_bytes (packed, 0, g_bytes_get_size (packed) * 3 / 4);
  file = write_file ("cut.jsonl", cut);
  reader = storm_jsonl_reader_new (file, &error);
  while (storm_record_reader_next (reader, &record, NULL, &error))
    n++;
  g_assert_cmpint (n, >, 1000);
  g_assert_cmpint (n, <, 5000);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "cut.jsonl"));
  delete_file (file);
}

static void
test_missing (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent/x.jsonl");
  g_autoptr (GError) error = NULL;

  g_assert_null (storm_jsonl_reader_new (file, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND);
}

/* A line without an end: refused at the bound, not read into memory for ever. */
static void
test_long_line (void)
{
  gsize size = STORM_LINE_MAX + 1024 * 1024;
  char *data = g_malloc (size);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (StormRecordReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  StormRecord record;

  memset (data, 'x', size);
  memcpy (data, "first\n", 6);
  stream = g_memory_input_stream_new_from_data (data, size, g_free);
  reader = storm_jsonl_reader_new_for_stream (stream, "big.jsonl");
  g_assert_true (storm_record_reader_next (reader, &record, NULL, &error));
  assert_bytes (record.payload, record.payload_len, "first");
  g_assert_false (storm_record_reader_next (reader, &record, NULL, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "Line 2"));
  g_assert_nonnull (strstr (error->message, "big.jsonl"));
}

static void
test_cancelled (void)
{
  g_autoptr (StormRecordReader) reader = read_text ("{}\n");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  StormRecord record;

  g_cancellable_cancel (cancellable);
  g_assert_false (storm_record_reader_next (reader, &record, cancellable, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/jsonl/kcat", test_kcat);
  g_test_add_func ("/jsonl/base64", test_base64);
  g_test_add_func ("/jsonl/plain", test_plain);
  g_test_add_func ("/jsonl/gzip", test_gzip);
  g_test_add_func ("/jsonl/gzip-cut-off", test_gzip_cut_off);
  g_test_add_func ("/jsonl/missing", test_missing);
  g_test_add_func ("/jsonl/long-line", test_long_line);
  g_test_add_func ("/jsonl/cancelled", test_cancelled);

  return g_test_run ();
}
