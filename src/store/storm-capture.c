#include "config.h"

#include "storm-capture.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "storm-board-file-private.h"
#include "storm-error.h"
#include "storm-recordings.h"
#include "storm-spool-reader.h"
#include "storm-spool-window.h"
#include "storm-spool-writer.h"
#include "storm-worker.h"

/* Nobody waits for it; the gestures of the main thread come first. */
#define KEEP_PATIENCE_MS 30000

struct _StormCapture
{
  GObject parent_instance;

  StormSpoolDir    *dir;
  StormSpoolWriter *writer;
  StormStrings     *topics;
  StormDb          *db;
  StormSpoolWindow *window;
  guint32           n_rows;    /* rows below are on disk */
  StormGapBook     *gaps;
};

G_DEFINE_FINAL_TYPE (StormCapture, storm_capture, G_TYPE_OBJECT)

enum
{
  SPOOLED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_progress (guint32       n_rows,
             const GError *error,
             gpointer      user_data)
{
  StormCapture *self = user_data;
  g_autoptr (StormCapture) hold = g_object_ref (self);

  if (n_rows != self->n_rows)
    {
      self->n_rows = n_rows;
      g_signal_emit (self, signals[SPOOLED], 0, n_rows);
    }
  if (error != NULL)
    g_signal_emit (self, signals[FAILED], 0, error);
}

static void
storm_capture_finalize (GObject *object)
{
  StormCapture *self = STORM_CAPTURE (object);

  g_clear_pointer (&self->writer, storm_spool_writer_free);
  g_clear_pointer (&self->window, storm_spool_window_free);
  g_clear_pointer (&self->db, storm_db_free);
  g_clear_pointer (&self->dir, storm_spool_dir_free);
  storm_strings_unref (self->topics);
  storm_gap_book_free (self->gaps);
  G_OBJECT_CLASS (storm_capture_parent_class)->finalize (object);
}

static void
storm_capture_class_init (StormCaptureClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->finalize = storm_capture_finalize;

  signals[SPOOLED] = g_signal_new ("spooled", STORM_TYPE_CAPTURE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[FAILED] = g_signal_new ("failed", STORM_TYPE_CAPTURE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
storm_capture_init (StormCapture *self)
{
  self->topics = storm_strings_new ();
  self->gaps = storm_gap_book_new ();
}

StormCapture *
storm_capture_new (const char  *directory,
                   GError     **error)
{
  g_autoptr (StormCapture) self = g_object_new (STORM_TYPE_CAPTURE, NULL);
  g_autofree char *state = g_build_filename (g_get_user_state_dir (), "stormwatch", NULL);
  const char *file;

  self->dir = storm_spool_dir_new (directory != NULL ? directory : state, error);
  if (self->dir == NULL)
    return NULL;
  file = storm_spool_dir_get_file (self->dir);
  self->writer = storm_spool_writer_new (file, self->topics, on_progress, self, error);
  if (self->writer == NULL)
    return NULL;
  self->db = storm_db_open (file, STORM_DB_READ_ONLY, error);
  if (self->db == NULL)
    return NULL;
  self->window = storm_spool_window_new (self->db, self->topics, error);
  return self->window != NULL ? g_steal_pointer (&self) : NULL;
}

void
storm_capture_append (StormCapture *self,
                      StormBatch   *batch,
                      guint32       first_row)
{
  g_return_if_fail (STORM_IS_CAPTURE (self));
  g_return_if_fail (batch != NULL);

  storm_gap_book_take_batch (self->gaps, batch, first_row);
  storm_spool_writer_append (self->writer, batch, first_row);
}

gboolean
storm_capture_read (guint32          row,
                    StormRecordView *view,
                    gpointer         capture)
{
  StormCapture *self = capture;

  g_return_val_if_fail (STORM_IS_CAPTURE (self), FALSE);
  g_return_val_if_fail (view != NULL, FALSE);

  return storm_spool_window_read (self->window, row, self->n_rows, view);
}

void
storm_capture_clear (StormCapture *self)
{
  g_return_if_fail (STORM_IS_CAPTURE (self));

  self->n_rows = 0;
  storm_spool_window_clear (self->window);
  storm_gap_book_clear (self->gaps);
  storm_spool_writer_clear (self->writer);
}

gboolean
storm_capture_flush (StormCapture  *self,
                     GError       **error)
{
  g_return_val_if_fail (STORM_IS_CAPTURE (self), FALSE);

  return storm_spool_writer_flush (self->writer, error);
}

StormRecordReader *
storm_capture_open_reader (StormCapture  *self,
                           GError       **error)
{
  g_return_val_if_fail (STORM_IS_CAPTURE (self), NULL);

  /* What was lost to a full disk was reported; what is there can still be exported. */
  storm_spool_writer_flush (self->writer, NULL);
  return storm_spool_reader_new (storm_spool_dir_get_file (self->dir), self->topics, self->n_rows,
                                 self->gaps, error);
}

typedef struct
{
  GTask             *task;
  StormBoardFile    *file;
  StormRecordReader *reader;
  GCancellable      *closing;
  char              *title;
  gint64             id;
  GError            *error;
} Keep;

static void
keep_in_thread (gpointer data)
{
  Keep *keep = data;
  StormDb *db = storm_db_open (keep->file->path, STORM_DB_DEFAULT, &keep->error);

  if (db != NULL)
    {
      storm_db_exec (db, "PRAGMA synchronous=NORMAL", NULL);
      db->patience_ms = KEEP_PATIENCE_MS;
      keep->id = storm_recordings_keep (db, keep->reader, keep->title,
                                        g_task_get_cancellable (keep->task), keep->closing,
                                        &keep->error);
      storm_db_free (db);
    }
  storm_board_file_end_job (keep->file);
}

static void
keep_done (gpointer data)
{
  Keep *keep = data;

  if (keep->error != NULL)
    g_task_return_error (keep->task, g_steal_pointer (&keep->error));
  else
    g_task_return_int (keep->task, keep->id);
  g_clear_object (&keep->reader);
  g_clear_object (&keep->closing);
  g_clear_object (&keep->file);
  g_clear_object (&keep->task);
  g_free (keep->title);
  g_free (keep);
}

void
storm_capture_keep_async (StormCapture        *self,
                          StormBoardFile      *file,
                          const char          *title,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (StormRecordReader) reader = NULL;
  GCancellable *closing = NULL;
  GError *error = NULL;
  Keep *keep;

  g_return_if_fail (STORM_IS_CAPTURE (self));
  g_return_if_fail (STORM_IS_BOARD_FILE (file));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, storm_capture_keep_async);
  g_task_set_check_cancellable (task, FALSE);
  reader = storm_capture_open_reader (self, &error);
  if (reader != NULL)
    closing = storm_board_file_begin_job (file, &error);
  if (closing == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  keep = g_new0 (Keep, 1);
  keep->task = g_steal_pointer (&task);
  keep->reader = g_steal_pointer (&reader);
  keep->closing = closing;
  keep->file = g_object_ref (file);
  keep->title = g_strdup (title != NULL ? title : "");
  keep->id = -1;
  storm_worker_run ("keep-recording", keep_in_thread, keep_done, keep);
}

gint64
storm_capture_keep_finish (StormCapture  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
