#include "config.h"

#include "storm-row-filter.h"

#include <string.h>

#include "storm-filter.h"

/* A turn of the main loop puts events together for so long, or up to so many bytes: payloads that
 * left the memory are read from the disk for it. */
#define FILL_SLICE (4 * G_TIME_SPAN_MILLISECOND)
#define FILL_BYTES (1024 * 1024)
/* The process is asked about so many events at once that it answers within about a tenth of a
 * second, whatever the expression does. */
#define FIRST_ROWS 64
#define MAX_ROWS 8192
#define QUICK (40 * G_TIME_SPAN_MILLISECOND)
#define SLOW (160 * G_TIME_SPAN_MILLISECOND)

/* Two bits a row. */
typedef enum
{
  UNKNOWN,
  NO,
  YES
} Answer;

/* What the thread works on. The main thread leaves it alone while a task holds it. */
typedef struct
{
  char        *expression;
  StormFilter *filter;       /* NULL until it is compiled, and when it is of no use any more */
  GArray      *rows;         /* guint32: those that the filter was given */
  GByteArray  *matches;
  gint64       span;         /* µs that the last run took */
  guint64      n_failures;
  char        *failure;
} Work;

struct _StormRowFilter
{
  GObject        parent_instance;

  StormEventLog *log;
  char          *expression;
  Work          *work;       /* an atomic box */
  GCancellable  *cancellable;
  gboolean       compiled;
  GError        *error;
  guint64        n_failures;
  char          *failure;

  GByteArray    *answers;    /* Answer of each row, four a byte */
  GArray        *waiting;    /* guint32: the last goes first */
  guint          n_asked;
  guint          n_rows;     /* that are tested at once */
  guint          turn;       /* counts on when what a run says is of no use any more */
  guint          asked_turn; /* the same for who asked */
  guint          fill_source;
  gboolean       running;
};

/* Holds the filter in the task's place: a task may end in its thread after all, and with it what it
 * is the task of. */
typedef struct
{
  StormRowFilter *filter;
  guint           turn;
  guint           asked_turn;
} Run;

enum
{
  COMPILED,
  MATCHED,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void run (StormRowFilter *self);

G_DEFINE_FINAL_TYPE (StormRowFilter, storm_row_filter, G_TYPE_OBJECT)

static void
work_clear (gpointer data)
{
  Work *work = data;

  g_free (work->expression);
  g_clear_pointer (&work->filter, storm_filter_free);
  g_array_unref (work->rows);
  g_byte_array_unref (work->matches);
  g_free (work->failure);
}

static void
work_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, work_clear);
}

static Answer
get_answer (StormRowFilter *self,
            guint32         row)
{
  if (row / 4 >= self->answers->len)
    return UNKNOWN;
  return self->answers->data[row / 4] >> row % 4 * 2 & 3;
}

static void
set_answer (StormRowFilter *self,
            guint32         row,
            Answer          answer)
{
  guint old = self->answers->len;
  guint8 *byte;

  if (row / 4 >= old)
    {
      g_byte_array_set_size (self->answers, row / 4 + 1);
      memset (self->answers->data + old, 0, self->answers->len - old);
    }
  byte = &self->answers->data[row / 4];
  *byte = (*byte & ~(3 << row % 4 * 2)) | answer << row % 4 * 2;
}

static void
storm_row_filter_dispose (GObject *object)
{
  StormRowFilter *self = STORM_ROW_FILTER (object);

  storm_row_filter_stop (self);
  g_clear_object (&self->log);
  G_OBJECT_CLASS (storm_row_filter_parent_class)->dispose (object);
}

static void
storm_row_filter_finalize (GObject *object)
{
  StormRowFilter *self = STORM_ROW_FILTER (object);

  work_release (self->work);
  g_object_unref (self->cancellable);
  g_byte_array_unref (self->answers);
  g_array_unref (self->waiting);
  g_clear_error (&self->error);
  g_free (self->failure);
  g_free (self->expression);
  G_OBJECT_CLASS (storm_row_filter_parent_class)->finalize (object);
}

static void
storm_row_filter_class_init (StormRowFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = storm_row_filter_dispose;
  object_class->finalize = storm_row_filter_finalize;

  signals[COMPILED] = g_signal_new ("compiled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MATCHED] = g_signal_new ("matched", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
storm_row_filter_init (StormRowFilter *self)
{
  self->cancellable = g_cancellable_new ();
  self->answers = g_byte_array_new ();
  self->waiting = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->n_rows = FIRST_ROWS;
}

static void
compile_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;

  work->filter = storm_filter_new (work->expression, &error);
  if (work->filter != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  Work *work = task_data;
  gint64 start = g_get_monotonic_time ();
  GError *error = NULL;
  const char *words = NULL;
  gboolean good;

  good = storm_filter_run (work->filter, work->matches->data, cancellable, &error);
  work->span = g_get_monotonic_time () - start;
  work->n_failures = storm_filter_get_failures (work->filter, &words);
  if (words != NULL && work->failure == NULL)
    work->failure = g_strdup (words);
  if (good)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Puts the next rows together. Returns whether there are any. */
static gboolean
fill (StormRowFilter *self)
{
  Work *work = self->work;
  gint64 end = g_get_monotonic_time () + FILL_SLICE;
  g_auto (StormRecordView) view = { 0, };
  gsize bytes = 0;

  while (self->waiting->len > 0 && work->rows->len < self->n_rows && bytes < FILL_BYTES &&
         g_get_monotonic_time () < end)
    {
      guint32 row = g_array_index (self->waiting, guint32, self->waiting->len - 1);

      g_array_set_size (self->waiting, self->waiting->len - 1);
      if (!storm_event_log_read (self->log, row, &view))
        {
          set_answer (self, row, NO);
          continue;
        }
      storm_filter_add (work->filter, &view.record,
                        storm_event_log_get_payload_status (self->log, row),
                        storm_event_log_get_type_id (self->log, row) != 0
                          ? storm_event_log_get_type_name (self->log, row) : NULL,
                        storm_event_log_get_correlation_id (self->log, row) != 0
                          ? storm_event_log_get_correlation (self->log, row) : NULL,
                        storm_event_log_get_time (self->log, row));
      g_array_append_val (work->rows, row);
      bytes += view.record.payload_len;
    }
  g_byte_array_set_size (work->matches, work->rows->len);
  return work->rows->len > 0;
}

static gboolean
fill_cb (gpointer data)
{
  StormRowFilter *self = data;

  self->fill_source = 0;
  run (self);
  return G_SOURCE_REMOVE;
}

/* Whoever fills lets the main loop do other things first. */
static void
queue_fill (StormRowFilter *self)
{
  if (self->compiled && !self->running && self->error == NULL && self->fill_source == 0 &&
      self->waiting->len > 0 && !g_cancellable_is_cancelled (self->cancellable))
    self->fill_source = g_idle_add (fill_cb, self);
}

/* Keeps what the thread found. */
static void
take_answers (StormRowFilter *self,
              GArray         *matches)
{
  Work *work = self->work;

  self->n_failures = work->n_failures;
  if (self->failure == NULL)
    self->failure = g_strdup (work->failure);
  for (guint i = 0; i < work->rows->len; i++)
    {
      guint32 row = g_array_index (work->rows, guint32, i);

      set_answer (self, row, work->matches->data[i] ? YES : NO);
      if (work->matches->data[i])
        g_array_append_val (matches, row);
    }
}

static void
run_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      data)
{
  g_autofree Run *what = data;
  g_autoptr (StormRowFilter) self = what->filter;
  g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GError) error = NULL;
  gboolean good = g_task_propagate_boolean (G_TASK (result), &error);

  self->running = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (!good)
    self->error = g_steal_pointer (&error);
  else if (what->turn == self->turn)
    take_answers (self, matches);
  if (self->work->span < QUICK)
    self->n_rows = MIN (self->n_rows * 2, MAX_ROWS);
  else if (self->work->span > SLOW)
    self->n_rows = MAX (self->n_rows / 2, 1);
  g_array_set_size (self->work->rows, 0);

  if (matches->len > 0 && what->asked_turn == self->asked_turn)
    g_signal_emit (self, signals[MATCHED], 0, matches);
  g_signal_emit (self, signals[CHANGED], 0);
  queue_fill (self);
}

static void
run (StormRowFilter *self)
{
  g_autoptr (GTask) task = NULL;
  Run *what;

  if (!fill (self))
    {
      /* Rows that can't be read any more. */
      g_signal_emit (self, signals[CHANGED], 0);
      queue_fill (self);
      return;
    }
  what = g_new (Run, 1);
  *what = (Run) { g_object_ref (self), self->turn, self->asked_turn };
  self->running = TRUE;
  task = g_task_new (NULL, self->cancellable, run_cb, what);
  g_task_set_task_data (task, g_atomic_rc_box_acquire (self->work), work_release);
  g_task_run_in_thread (task, run_thread);
}

static void
compiled_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (StormRowFilter) self = data;

  self->compiled = g_task_propagate_boolean (G_TASK (result), &self->error);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  g_signal_emit (self, signals[COMPILED], 0);
  g_signal_emit (self, signals[CHANGED], 0);
  queue_fill (self);
}

StormRowFilter *
storm_row_filter_new (StormEventLog *log,
                      const char    *expression)
{
  g_autoptr (GTask) task = NULL;
  StormRowFilter *self;

  g_return_val_if_fail (STORM_IS_EVENT_LOG (log), NULL);
  g_return_val_if_fail (expression != NULL, NULL);

  self = g_object_new (STORM_TYPE_ROW_FILTER, NULL);
  self->log = g_object_ref (log);
  self->expression = g_strdup (expression);
  self->work = g_atomic_rc_box_new0 (Work);
  self->work->expression = g_strdup (expression);
  self->work->rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->work->matches = g_byte_array_new ();
  task = g_task_new (NULL, self->cancellable, compiled_cb, g_object_ref (self));
  g_task_set_task_data (task, g_atomic_rc_box_acquire (self->work), work_release);
  g_task_run_in_thread (task, compile_thread);
  return self;
}

void
storm_row_filter_stop (StormRowFilter *self)
{
  g_return_if_fail (STORM_IS_ROW_FILTER (self));

  g_clear_handle_id (&self->fill_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_array_set_size (self->waiting, 0);
}

const char *
storm_row_filter_get_expression (StormRowFilter *self)
{
  g_return_val_if_fail (STORM_IS_ROW_FILTER (self), NULL);

  return self->expression;
}

gboolean
storm_row_filter_is_compiled (StormRowFilter *self)
{
  g_return_val_if_fail (STORM_IS_ROW_FILTER (self), FALSE);

  return self->compiled;
}

const GError *
storm_row_filter_get_error (StormRowFilter *self)
{
  g_return_val_if_fail (STORM_IS_ROW_FILTER (self), NULL);

  return self->error;
}

void
storm_row_filter_ask (StormRowFilter *self,
                      const guint32  *rows,
                      guint           n_rows,
                      GArray         *matches)
{
  g_return_if_fail (STORM_IS_ROW_FILTER (self));
  g_return_if_fail (rows != NULL || n_rows == 0);
  g_return_if_fail (matches != NULL);

  self->n_asked += n_rows;
  for (guint i = 0; i < n_rows; i++)
    {
      Answer answer = get_answer (self, rows[i]);

      if (answer == UNKNOWN)
        g_array_append_val (self->waiting, rows[i]);
      else if (answer == YES)
        g_array_append_val (matches, rows[i]);
    }
  queue_fill (self);
}

void
storm_row_filter_forget (StormRowFilter *self)
{
  g_return_if_fail (STORM_IS_ROW_FILTER (self));

  g_array_set_size (self->waiting, 0);
  self->n_asked = 0;
  self->asked_turn++;
}

void
storm_row_filter_reset (StormRowFilter *self)
{
  g_return_if_fail (STORM_IS_ROW_FILTER (self));

  storm_row_filter_forget (self);
  g_byte_array_set_size (self->answers, 0);
  self->turn++;
}

gboolean
storm_row_filter_get_progress (StormRowFilter *self,
                               guint          *n_tested,
                               guint          *n_asked)
{
  guint n_waiting;

  g_return_val_if_fail (STORM_IS_ROW_FILTER (self), FALSE);

  n_waiting = self->waiting->len;
  if (self->running)
    n_waiting += self->work->rows->len;
  if (n_tested != NULL)
    *n_tested = self->n_asked - MIN (n_waiting, self->n_asked);
  if (n_asked != NULL)
    *n_asked = self->n_asked;
  return n_waiting > 0 && self->error == NULL;
}

guint64
storm_row_filter_get_failures (StormRowFilter *self,
                               const char    **words)
{
  g_return_val_if_fail (STORM_IS_ROW_FILTER (self), 0);

  if (words != NULL)
    *words = self->failure;
  return self->n_failures;
}
