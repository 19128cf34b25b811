#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storm-capture.h"
#include "storm-disk-test.h"
#include "storm-error.h"
#include "storm-store-test.h"

static const guint8 binary[] = { 0xff, 0x00, 0xfe, 'x' };

/* What record number @i is, made anew whenever it is asked for. */
static void
make_record (guint         i,
             GString      *text,
             StormHeader  *headers,
             StormRecord  *record)
{
  g_string_printf (text, "{\"eventType\":\"OrderPlaced\",\"orderId\":%u,\"memo\":\"%*s\"}", i,
                   (int) (i % 50), "");
  headers[0] = (StormHeader) { "type", 4, (const guint8 *) "OrderPlaced", 11 };
  headers[1] = (StormHeader) { "null", 4, NULL, 0 };
  headers[2] = (StormHeader) { "bin", 3, binary, sizeof binary };
  *record = (StormRecord) {
    .topic = i % 3 == 0 ? "orders" : "payments",
    .partition = i % 5,
    .offset = i * 10,
    .broker_time = i % 7 == 0 ? STORM_TIME_NONE : (gint64) i * STORM_TIME_SECOND,
    .key = i % 2 == 0 ? (const guint8 *) "key" : NULL,
    .key_len = i % 2 == 0 ? 3 : 0,
    .payload = (const guint8 *) text->str,
    .payload_len = text->len,
    .headers = headers,
    .n_headers = i % 4,
  };
  if (i % 11 == 1)
    {
      record->payload = NULL;
      record->payload_len = 0;
    }
  else if (i % 11 == 2)
    record->payload_len = 0;
  else if (i % 11 == 3)
    {
      record->payload = binary;
      record->payload_len = sizeof binary;
    }
}

static void
assert_record (const StormRecord *record,
               guint              i)
{
  g_autoptr (GString) text = g_string_new (NULL);
  StormHeader headers[3];
  StormRecord expected;

  make_record (i, text, headers, &expected);
  g_assert_cmpstr (record->topic, ==, expected.topic);
  g_assert_cmpint (record->partition, ==, expected.partition);
  g_assert_cmpint (record->offset, ==, expected.offset);
  g_assert_cmpint (record->broker_time, ==, expected.broker_time);
  g_assert_cmpint (record->key == NULL, ==, expected.key == NULL);
  g_assert_cmpmem (record->key, record->key_len, expected.key, expected.key_len);
  g_assert_cmpint (record->payload == NULL, ==, expected.payload == NULL);
  g_assert_cmpmem (record->payload, record->payload_len, expected.payload, expected.payload_len);
  g_assert_cmpuint (record->n_headers, ==, expected.n_headers);
  for (guint h = 0; h < record->n_headers; h++)
    {
      g_assert_cmpmem (record->headers[h].name, record->headers[h].name_len, headers[h].name,
                       headers[h].name_len);
      g_assert_cmpint (record->headers[h].value == NULL, ==, headers[h].value == NULL);
      g_assert_cmpmem (record->headers[h].value, record->headers[h].value_len, headers[h].value,
                       headers[h].value_len);
    }
}

static StormBatch *
make_batch (StormStrings *strings,
            guint         first,
            guint         n)
{
  g_autoptr (StormMapping) mapping = storm_mapping_new_default ();
  g_autoptr (StormBatchBuilder) builder = storm_batch_builder_new (strings, mapping);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = first; i < first + n; i++)
    {
      StormHeader headers[3];
      StormRecord record;

      make_record (i, text, headers, &record);
      storm_batch_builder_add (builder, &record);
    }
  return storm_batch_builder_take (builder);
}

static void
append (StormCapture *capture,
        StormStrings *strings,
        guint         first,
        guint         n)
{
  g_autoptr (StormBatch) batch = make_batch (strings, first, n);

  storm_capture_append (capture, batch, first);
}

static StormCapture *
new_capture (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_build_filename (fixture->dir, "state", NULL);
  StormCapture *capture = storm_capture_new (dir, &error);

  g_assert_no_error (error);
  return capture;
}

static guint
count_entries (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "state", NULL);

  return storm_test_count_files (path);
}

static void
assert_reader (StormRecordReader *reader,
               guint              n)
{
  g_autoptr (GError) error = NULL;

  for (guint round = 0; round < 2; round++)
    {
      StormRecord record;

      for (guint i = 0; i < n; i++)
        {
          g_assert_true (storm_record_reader_next (reader, &record, NULL, &error));
          assert_record (&record, i);
        }
      g_assert_false (storm_record_reader_next (reader, &record, NULL, &error));
      g_assert_no_error (error);
      g_assert_true (storm_record_reader_rewind (reader, &error));
    }
}

static void
on_spooled (StormCapture *capture,
            guint         n_rows,
            guint        *out)
{
  g_assert_cmpuint (n_rows, >, *out);
  *out = n_rows;
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (StormRecordReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (StormRecordView) view = { 0 };
  StormCapture *capture = new_capture (fixture);
  guint n_spooled = 0;

  g_signal_connect (capture, "spooled", G_CALLBACK (on_spooled), &n_spooled);
  for (guint first = 0; first < 3000; first += 150)
    append (capture, strings, first, 150);
  while (n_spooled < 3000)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_spooled, ==, 3000);

  for (guint i = 0; i < 3000; i += 37)
    {
      g_assert_true (storm_capture_read (2999 - i, &view, capture));
      assert_record (&view.record, 2999 - i);
    }
  g_assert_false (storm_capture_read (3000, &view, capture));

  /* Also what no signal has told of yet. */
  append (capture, strings, 3000, 10);
  reader = storm_capture_open_reader (capture, &error);
  g_assert_no_error (error);
  assert_reader (reader, 3010);

  storm_capture_clear (capture);
  g_assert_false (storm_capture_read (0, &view, capture));
  n_spooled = 0;
  append (capture, strings, 0, 5);
  g_assert_true (storm_capture_flush (capture, &error));
  g_assert_cmpuint (n_spooled, ==, 5);
  g_assert_true (storm_capture_read (4, &view, capture));
  assert_record (&view.record, 4);
  g_assert_false (storm_capture_read (5, &view, capture));

  g_clear_object (&reader);
  g_assert_cmpuint (count_entries (fixture), ==, 1);
  g_assert_finalize_object (capture);
  g_assert_cmpuint (count_entries (fixture), ==, 0);
}

/* The strings of another session: topics are told apart by their names, not by their numbers. */
static void
test_other_strings (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (StormStrings) first = storm_strings_new ();
  g_autoptr (StormStrings) second = storm_strings_new ();
  g_auto (StormRecordView) view = { 0 };
  StormCapture *capture = new_capture (fixture);

  storm_strings_intern (second, "something else", 14);
  append (capture, first, 0, 4);
  append (capture, second, 4, 4);
  append (capture, first, 8, 4);
  g_assert_true (storm_capture_flush (capture, NULL));
  for (guint i = 0; i < 12; i++)
    {
      g_assert_true (storm_capture_read (i, &view, capture));
      assert_record (&view.record, i);
    }
  g_assert_finalize_object (capture);
}

static void
on_failed (StormCapture  *capture,
           const GError  *error,
           GError       **out)
{
  g_assert_null (*out);
  *out = g_error_copy (error);
}

static void
test_no_space (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (StormRecordView) view = { 0 };
  StormCapture *capture = new_capture (fixture);

  append (capture, strings, 0, 100);
  g_assert_true (storm_capture_flush (capture, NULL));
  g_signal_connect (capture, "failed", G_CALLBACK (on_failed), &failure);

  storm_test_limit_files (512 * 1024);
  for (guint first = 100; first < 50000; first += 1000)
    append (capture, strings, first, 1000);
  while (failure == NULL)
    g_main_context_iteration (NULL, TRUE);
  storm_test_limit_files (RLIM_INFINITY);

  /* SQLite does not always hand on why the write was refused; a full disk it does. */
  g_assert_true (failure->code == STORM_ERROR_NO_SPACE || failure->code == STORM_ERROR_IO);
  g_assert_nonnull (strstr (failure->message, "spool.db"));
  g_assert_false (storm_capture_flush (capture, &error));
  g_assert_error (error, STORM_ERROR, failure->code);
  /* It has stopped, even with room again; what is there stays readable. */
  append (capture, strings, 50000, 10);
  g_assert_false (storm_capture_flush (capture, NULL));
  g_assert_false (storm_capture_read (50005, &view, capture));
  g_assert_true (storm_capture_read (99, &view, capture));
  assert_record (&view.record, 99);
  g_assert_finalize_object (capture);
}

static void
on_kept (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  GAsyncResult **out = data;

  *out = g_object_ref (result);
}

static gint64
keep (StormCapture    *capture,
      StormBoardFile  *file,
      GCancellable    *cancellable,
      GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  storm_capture_keep_async (capture, file, "Friday", cancellable, on_kept, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return storm_capture_keep_finish (capture, result, error);
}

/* A gesture in the meantime works, and the recording is there after reopening, also in a copy. */
static void
test_keep (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (StormBoardInfo) info = NULL;
  g_autofree char *copy = g_build_filename (fixture->dir, "copy.storm", NULL);
  StormBoardFile *file = storm_test_create (fixture->path);
  StormCapture *capture = new_capture (fixture);
  StormRecordReader *reader;
  gint64 id;

  append (capture, strings, 0, 3000);
  storm_capture_keep_async (capture, file, "Friday", NULL, on_kept, &result);
  for (guint i = 0; result == NULL; i++)
    {
      g_autofree char *title = g_strdup_printf ("%u", i);

      storm_test_set_title (file, NULL, title);
      g_main_context_iteration (NULL, FALSE);
    }
  id = storm_capture_keep_finish (capture, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  g_clear_object (&result);
  g_assert_finalize_object (capture);

  storm_board_file_save_copy (file, copy, &error);
  g_assert_no_error (error);
  storm_test_close (file);
  g_assert_cmpuint (storm_test_count_files (fixture->dir), ==, 3);

  file = storm_test_open (copy);
  list = storm_board_file_list_recordings (file);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((StormRecordingInfo *) list->pdata[0])->title, ==, "Friday");
  g_assert_cmpuint (((StormRecordingInfo *) list->pdata[0])->n_events, ==, 3000);
  g_assert_cmpint (((StormRecordingInfo *) list->pdata[0])->id, ==, id);
  reader = storm_board_file_open_recording (file, id, &error);
  g_assert_no_error (error);
  assert_reader (reader, 3000);
  g_object_unref (reader);
  g_assert_null (storm_board_file_open_recording (file, id + 1, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (storm_board_file_remove_recording (file, id, &error));
  g_assert_no_error (error);
  g_clear_pointer (&list, g_ptr_array_unref);
  list = storm_board_file_list_recordings (file);
  g_assert_cmpuint (list->len, ==, 0);
  storm_test_close (file);

  file = storm_board_file_open_read_only (fixture->path, &error);
  g_assert_no_error (error);
  g_clear_pointer (&list, g_ptr_array_unref);
  list = storm_board_file_list_recordings (file);
  g_assert_cmpuint (list->len, ==, 1);
  reader = storm_board_file_open_recording (file, id, &error);
  g_assert_no_error (error);
  assert_reader (reader, 3000);
  g_object_unref (reader);
  g_assert_false (storm_board_file_remove_recording (file, id, &error));
  g_assert_error (error, STORM_ERROR, STORM_ERROR_READ_ONLY);
  storm_test_close (file);
  info = storm_board_info_read (fixture->path, NULL);
  g_assert_cmpuint (info->n_recordings, ==, 1);
}

/* A reader that outlives the board, as a replay does, leaves one file behind. */
static void
test_reader_outlives (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (GError) error = NULL;
  StormBoardFile *file = storm_test_create (fixture->path);
  StormCapture *capture = new_capture (fixture);
  StormRecordReader *reader;
  gint64 id;

  append (capture, strings, 0, 700);
  id = keep (capture, file, NULL, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (capture);
  reader = storm_board_file_open_recording (file, id, &error);
  g_assert_no_error (error);
  storm_test_set_title (file, NULL, "x");
  storm_test_close (file);
  assert_reader (reader, 700);
  g_object_unref (reader);
  g_assert_cmpuint (storm_test_count_files (fixture->dir), ==, 2);
  file = storm_test_open (fixture->path);
  g_assert_null (storm_board_file_get_notice (file));
  g_assert_cmpstr (storm_board_get_title (storm_board_file_get_board (file)), ==, "x");
  storm_test_close (file);
}

static void
test_keep_refused (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  StormBoardFile *file = storm_test_create (fixture->path);
  StormBoardFile *reader = storm_test_open (fixture->path);
  StormCapture *capture = new_capture (fixture);

  append (capture, strings, 0, 20000);
  g_assert_cmpint (keep (capture, reader, NULL, &error), ==, -1);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_READ_ONLY);
  g_clear_error (&error);
  storm_test_close (reader);

  g_cancellable_cancel (cancellable);
  g_assert_cmpint (keep (capture, file, cancellable, &error), ==, -1);
  g_assert_nonnull (error);
  g_clear_error (&error);
  list = storm_board_file_list_recordings (file);
  g_assert_cmpuint (list->len, ==, 0);

  /* Closing the board in the middle of it: it stops, and nothing of it stays. */
  storm_capture_keep_async (capture, file, "Cut", NULL, on_kept, &result);
  g_usleep (15000);
  g_assert_true (storm_board_file_close (file, &error));
  g_assert_no_error (error);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (storm_capture_keep_finish (capture, result, &error), ==, -1);
  g_assert_error (error, STORM_ERROR, STORM_ERROR_CANCELLED);
  g_object_unref (file);
  g_clear_object (&result);
  g_assert_finalize_object (capture);

  file = storm_test_open (fixture->path);
  g_assert_null (storm_board_file_get_notice (file));
  g_clear_pointer (&list, g_ptr_array_unref);
  list = storm_board_file_list_recordings (file);
  g_assert_cmpuint (list->len, ==, 0);
  storm_test_close (file);
}

static int
capture_until_killed (const char *dir)
{
  g_autoptr (StormStrings) strings = storm_strings_new ();
  StormCapture *capture = storm_capture_new (dir, NULL);

  append (capture, strings, 0, 100);
  storm_capture_flush (capture, NULL);
  if (write (STDOUT_FILENO, ".", 1) != 1)
    return 1;
  for (;;)
    pause ();
}

/* What a killed process left goes with the next start; what a living one has stays. */
static void
test_leftovers (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *dir = g_build_filename (fixture->dir, "state", NULL);
  const char *argv[] = { self, "--capture", dir, NULL };
  g_autoptr (GError) error = NULL;
  StormCapture *first, *second;
  GPid pid;
  char byte;
  int fd, status;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                            NULL, &fd, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read (fd, &byte, 1), ==, 1);
  first = new_capture (fixture);
  g_assert_cmpuint (count_entries (fixture), ==, 2);
  kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  close (fd);
  second = new_capture (fixture);
  g_assert_cmpuint (count_entries (fixture), ==, 2);
  g_assert_finalize_object (first);
  g_assert_finalize_object (second);
  g_assert_cmpuint (count_entries (fixture), ==, 0);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *state = g_build_filename (fixture->dir, "state", NULL);

  g_rmdir (state);
  fixture_tear_down (fixture, data);
}

#define ADD(name, func) \
  g_test_add ("/capture/" name, Fixture, NULL, fixture_set_up, func, tear_down)

int
main (int argc, char **argv)
{
  if (argc == 3 && g_strcmp0 (argv[1], "--capture") == 0)
    return capture_until_killed (argv[2]);

  g_test_init (&argc, &argv, NULL);

  ADD ("round-trip", test_round_trip);
  ADD ("other-strings", test_other_strings);
  ADD ("no-space", test_no_space);
  ADD ("keep", test_keep);
  ADD ("reader-outlives", test_reader_outlives);
  ADD ("keep-refused", test_keep_refused);
  ADD ("leftovers", test_leftovers);

  return g_test_run ();
}
