#pragma once

/* Ways of a capture through JSON lines and through a board; what is read back is asserted by the
 * test. */

#include "broker/storm-sink.h"
#include "storm-capture.h"
#include "storm-jsonl-writer.h"
#include "storm-recordings.h"
#include "storm-replay-source.h"
#include "storm-store-test.h"
#include "storm-trace-test.h"

typedef void (*TestReader) (StormRecordReader *reader);

static inline StormCapture *
test_capture (Fixture *fixture)
{
  g_autofree char *dir = g_build_filename (fixture->dir, "state", NULL);
  g_autoptr (GError) error = NULL;
  StormCapture *capture = storm_capture_new (dir, &error);

  g_assert_no_error (error);
  return capture;
}

/* Returns: (transfer full): the lines. */
static inline char *
test_through_lines (Fixture      *fixture,
                    StormCapture *capture,
                    TestReader    assert_records,
                    TestReader    assert_played)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormRecordReader) captured = storm_capture_open_reader (capture, &error);
  g_autoptr (StormRecordReader) exported = NULL;
  g_autofree char *path = g_build_filename (fixture->dir, "events.jsonl", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  char *text = NULL;

  g_assert_no_error (error);
  assert_records (captured);
  g_assert_true (storm_jsonl_export (captured, file, NULL, NULL, NULL, &error));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  exported = storm_jsonl_reader_new (file, &error);
  g_assert_no_error (error);
  assert_records (exported);
  assert_played (exported);
  return text;
}

static inline void
test_kept (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static inline void
test_through_board (Fixture      *fixture,
                    StormCapture *capture,
                    TestReader    assert_records,
                    TestReader    assert_played)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (StormRecordReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  StormBoardFile *file = storm_test_create (fixture->path);
  gint64 id;

  storm_capture_keep_async (capture, file, "Friday", NULL, test_kept, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  id = storm_capture_keep_finish (capture, result, &error);
  g_assert_no_error (error);
  reader = storm_board_file_open_recording (file, id, &error);
  g_assert_no_error (error);
  assert_records (reader);
  assert_played (reader);
  g_clear_object (&reader);
  storm_test_close (file);
}

static inline void
test_recorded_tear_down (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autofree char *state = g_build_filename (fixture->dir, "state", NULL);
  g_autofree char *events = g_build_filename (fixture->dir, "events.jsonl", NULL);

  g_rmdir (state);
  g_unlink (events);
  fixture_tear_down (fixture, data);
}
