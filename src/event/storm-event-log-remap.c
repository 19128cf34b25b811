#include "config.h"

#include <glib/gi18n-lib.h>

#include "storm-error.h"
#include "storm-event-log-private.h"

/* So long the main loop may be held up, in µs: a quarter of a frame. */
#define SLICE    4000
/* Rows between two looks at the clock. */
#define AT_ONCE  64

struct _StormRemap
{
  StormEventLog   *log;       /* borrowed: the task holds it */
  GTask           *task;
  StormMapping    *mapping;
  StormMappedRows  rows;
  guint32          row;
  guint            source;
  StormRecordView  view;
  StormReading     reading;
};

static void
remap_free (StormRemap *remap)
{
  g_clear_handle_id (&remap->source, g_source_remove);
  storm_mapping_unref (remap->mapping);
  if (remap->rows.chunks != NULL)
    storm_mapped_rows_clear (&remap->rows);
  storm_record_view_clear (&remap->view);
  storm_reading_clear (&remap->reading);
  g_free (remap);
}

static guint32
intern_field (StormRemap        *remap,
              StormMappingField  field)
{
  const StormReading *reading = &remap->reading;

  if (reading->text[field] == NULL)
    return 0;

  return storm_strings_intern (remap->log->strings, reading->text[field], reading->len[field]);
}

/* What is late follows from the times, so the trace index decides it anew. */
static void
remap_row (StormRemap *remap,
           guint32     row)
{
  StormEventLog *self = remap->log;
  StormEventRow read = { 0, };

  if (storm_event_log_read (self, row, &remap->view))
    {
      storm_mapping_read (remap->mapping, &remap->view.record, &remap->reading);
      read.time = remap->reading.time;
      read.type = intern_field (remap, STORM_MAPPING_TYPE);
      read.correlation = intern_field (remap, STORM_MAPPING_CORRELATION);
      read.id_hash = storm_event_id_hash (&remap->reading);
      read.flags = storm_reading_get_flags (&remap->reading);
      read.payload_status = (guint8) remap->reading.payload;
    }
  else
    {
      /* What can't be read again stays as it was. */
      read.time = storm_event_log_get_time (self, row);
      read.type = storm_event_log_get_type_id (self, row);
      read.correlation = storm_event_log_get_correlation_id (self, row);
      read.flags = storm_event_log_get_flags (self, row) & ~STORM_EVENT_LATE;
      read.payload_status = (guint8) storm_event_log_get_payload_status (self, row);
    }

  storm_event_log_put (self, &remap->rows, remap->mapping, row, &read);
}

/* Ends the remap, whichever way, before anybody hears of it: a handler may start the next one. */
static GTask *
detach (StormEventLog *self)
{
  StormRemap *remap = g_steal_pointer (&self->remap);
  GTask *task = remap->task;

  remap_free (remap);

  return task;
}

static void
return_stopped (GTask *task)
{
  g_task_return_new_error (task, STORM_ERROR, STORM_ERROR_CANCELLED,
                           _("Reading the events again with the new mapping was stopped."));
  g_object_unref (task);
}

static void
finish (StormEventLog *self)
{
  g_autoptr (StormMapping) mapping = storm_mapping_ref (self->remap->mapping);
  StormMappedRows rows = self->remap->rows;
  GTask *task;

  storm_mapped_rows_settle_head (&rows, self->n);
  self->remap->rows.chunks = NULL;
  task = detach (self);
  storm_event_log_replace (self, &rows, mapping);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static gboolean
run_slice (gpointer user_data)
{
  StormEventLog *self = user_data;
  StormRemap *remap = self->remap;
  gint64 until = g_get_monotonic_time () + SLICE;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (remap->task)))
    {
      remap->source = 0;
      return_stopped (detach (self));
      return G_SOURCE_REMOVE;
    }

  while (remap->row < self->n)
    {
      for (guint i = 0; i < AT_ONCE && remap->row < self->n; i++)
        remap_row (remap, remap->row++);
      if (remap->row < self->n && g_get_monotonic_time () >= until)
        return G_SOURCE_CONTINUE;
    }

  remap->source = 0;
  finish (self);

  return G_SOURCE_REMOVE;
}

void
storm_event_log_stop_remap (StormEventLog *self)
{
  if (self->remap != NULL)
    return_stopped (detach (self));
}

void
storm_event_log_remap_async (StormEventLog       *self,
                             StormMapping        *mapping,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  StormRemap *remap;

  g_return_if_fail (STORM_IS_EVENT_LOG (self));
  g_return_if_fail (mapping != NULL);

  /* Only the newest mapping is wanted. */
  storm_event_log_stop_remap (self);

  remap = g_new0 (StormRemap, 1);
  remap->log = self;
  remap->mapping = storm_mapping_ref (mapping);
  remap->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (remap->task, storm_event_log_remap_async);
  g_task_set_check_cancellable (remap->task, FALSE);
  storm_mapped_rows_init (&remap->rows);
  storm_reading_init (&remap->reading);
  self->remap = remap;
  remap->source = g_idle_add (run_slice, self);
}

gboolean
storm_event_log_remap_finish (StormEventLog  *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
