#pragma once

/* What a source delivers, collected: for tests of sources. Header only. */

#include <string.h>

#include "storm-batch-queue.h"
#include "storm-source.h"

typedef struct
{
  StormBatchQueue *queue;
  StormStrings    *strings;
  StormMapping    *mapping;
  GArray          *rows;       /* StormEventRow, as they came */
  GArray          *marks;      /* StormMark; at_row counts from the first row of all */
  GPtrArray       *payloads;   /* char*, one a row; "(null)" for a tombstone */
} StormSink;

static inline void
storm_sink_init (StormSink *self)
{
  self->queue = storm_batch_queue_new (64 << 20, NULL, NULL);
  self->strings = storm_strings_new ();
  self->mapping = storm_mapping_new_default ();
  self->rows = g_array_new (FALSE, FALSE, sizeof (StormEventRow));
  self->marks = g_array_new (FALSE, FALSE, sizeof (StormMark));
  self->payloads = g_ptr_array_new_with_free_func (g_free);
}

static inline void
storm_sink_clear (StormSink *self)
{
  storm_batch_queue_close (self->queue);
  g_assert_true (storm_source_wait_all (G_TIME_SPAN_MINUTE));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  storm_batch_queue_unref (self->queue);
  storm_strings_unref (self->strings);
  storm_mapping_unref (self->mapping);
  g_array_unref (self->rows);
  g_array_unref (self->marks);
  g_ptr_array_unref (self->payloads);
}

static inline void
storm_sink_take (StormSink *self)
{
  StormBatch *batch;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  while ((batch = storm_batch_queue_pop (self->queue)) != NULL)
    {
      guint n_rows = 0, n_marks = 0;
      const StormEventRow *rows = storm_batch_get_rows (batch, &n_rows);
      const StormMark *marks = storm_batch_get_marks (batch, &n_marks);
      g_auto (StormRecordView) view = { 0 };

      for (guint i = 0; i < n_marks; i++)
        {
          StormMark mark = marks[i];

          mark.at_row += self->rows->len;
          g_array_append_val (self->marks, mark);
        }
      for (guint i = 0; i < n_rows; i++)
        {
          storm_batch_get_record (batch, i, &view);
          g_ptr_array_add (self->payloads, view.record.payload == NULL
            ? g_strdup ("(null)")
            : g_strndup ((const char *) view.record.payload, view.record.payload_len));
          g_array_append_val (self->rows, rows[i]);
        }
      storm_batch_unref (batch);
    }
}

static inline StormEventRow *
storm_sink_row (StormSink *self,
                guint      row)
{
  return &g_array_index (self->rows, StormEventRow, row);
}

static inline guint
storm_sink_n_rows_of (StormSink *self,
                      gint32     partition)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += storm_sink_row (self, i)->partition == partition;
  return n;
}

static inline guint
storm_sink_n_marks (StormSink     *self,
                    StormMarkKind  kind)
{
  guint n = 0;

  for (guint i = 0; i < self->marks->len; i++)
    n += g_array_index (self->marks, StormMark, i).kind == kind;
  return n;
}

static inline void
storm_sink_start (StormSink   *self,
                  StormSource *source)
{
  storm_source_start (source, self->queue, self->strings, self->mapping);
}

/* Takes what comes until @condition holds. The limit is there to end a test that hangs. */
#define storm_sink_wait(self, condition) G_STMT_START { \
  gint64 limit_ = g_get_monotonic_time () + 40 * G_TIME_SPAN_SECOND; \
  storm_sink_take (self); \
  while (!(condition)) \
    { \
      if (g_get_monotonic_time () > limit_) \
        g_error ("%s: waited in vain for %s", G_STRLOC, #condition); \
      g_usleep (500); \
      storm_sink_take (self); \
    } \
} G_STMT_END

static inline gboolean
storm_source_lasts (StormSource *source)
{
  StormSourceState state = storm_source_get_state (source);

  return state == STORM_SOURCE_ENDED || state == STORM_SOURCE_FAILED ||
         state == STORM_SOURCE_STOPPED;
}

/* Each partition's offsets are @first, @first + 1, …: nothing lost, nothing twice. */
static inline void
storm_sink_assert_offsets (StormSink *self,
                           gint32     partition,
                           gint64     first,
                           guint      n)
{
  gint64 next = first;

  for (guint i = 0; i < self->rows->len; i++)
    if (storm_sink_row (self, i)->partition == partition)
      g_assert_cmpint (storm_sink_row (self, i)->offset, ==, next++);
  g_assert_cmpint (next, ==, first + n);
}
