#include "config.h"

#include "storm-monitor-controller-private.h"

#include "storm-board-mapping.h"
#include "storm-error.h"
#include "storm-overlay-marks.h"

/* How long edits of the board may go on before events are read again, in ms. */
#define MAPPING_DELAY 250
/* Events of each type whose fields are looked at again when the mapping has changed. */
#define DRIFT_SAMPLES 20

static void
remapped_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (StormMonitorController) self = data;
  g_autoptr (GError) error = NULL;

  if (!storm_event_log_remap_finish (STORM_EVENT_LOG (object), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_error_matches (error, STORM_ERROR, STORM_ERROR_CANCELLED))
    storm_monitor_controller_fail (self, error);
  if (error == NULL && self->drift != NULL)
    {
      storm_field_drift_set_mapping (self->drift, self->mapping);
      storm_field_drift_look_back (self->drift, DRIFT_SAMPLES);
    }
}

/* The board's profile, or a correlation flag on a sticky, may have changed. */
static gboolean
update_mapping_cb (gpointer data)
{
  StormMonitorController *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StormMapping) mapping = NULL;

  self->mapping_id = 0;
  mapping = storm_board_mapping_new (storm_board_file_get_board (self->file), &error);
  if (mapping == NULL)
    {
      storm_monitor_controller_fail (self, error);
      return G_SOURCE_REMOVE;
    }
  if (storm_mapping_equal (mapping, self->mapping))
    return G_SOURCE_REMOVE;

  g_clear_pointer (&self->mapping, storm_mapping_unref);
  self->mapping = g_steal_pointer (&mapping);
  if (self->source != NULL)
    storm_source_set_mapping (STORM_SOURCE (self->source), self->mapping);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  storm_event_log_remap_async (storm_monitor_get_log (self->monitor), self->mapping,
                               self->cancellable, remapped_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
queue_mapping (StormMonitorController *self)
{
  if (self->mapping_id == 0)
    self->mapping_id = g_timeout_add (MAPPING_DELAY, update_mapping_cb, self);
}

static gboolean
has_fields (GPtrArray *objects)
{
  for (guint i = 0; i < objects->len; i++)
    {
      StormObject *object = g_ptr_array_index (objects, i);

      if (STORM_IS_STICKY (object) && storm_sticky_get_fields (STORM_STICKY (object))->len > 0)
        return TRUE;
    }
  return FALSE;
}

static void
updated_cb (StormMonitorController *self,
            const StormBoardDelta  *delta)
{
  const StormProp props = STORM_PROP_FIELDS | STORM_PROP_ALIASES | STORM_PROP_TITLE |
                          STORM_PROP_KIND;

  if ((delta->props[STORM_OBJECT_STICKY] & props) != 0 || has_fields (delta->added) ||
      has_fields (delta->removed))
    queue_mapping (self);
  /* Also when nothing is being watched any more. */
  if ((delta->props[STORM_OBJECT_STICKY] & STORM_PROP_FIELDS) != 0)
    storm_field_drift_tick (self->drift);
}

static void
drift_changed_cb (StormMonitorController *self)
{
  g_autoptr (GPtrArray) ids = storm_field_drift_get_ids (self->drift);

  storm_overlay_set_field_marks (storm_monitor_get_overlay (self->monitor), ids);
}

void
storm_monitor_controller_follow_board (StormMonitorController *self)
{
  StormBoard *board = storm_board_file_get_board (self->file);

  self->mapping = storm_mapping_new_default ();
  self->drift = storm_field_drift_new (board, storm_monitor_get_log (self->monitor),
                                       storm_monitor_get_matcher (self->monitor));
  storm_field_drift_set_mapping (self->drift, self->mapping);
  g_signal_connect_object (self->drift, "changed", G_CALLBACK (drift_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "notify::mapping", G_CALLBACK (queue_mapping), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "updated", G_CALLBACK (updated_cb), self, G_CONNECT_SWAPPED);
}

void
storm_monitor_controller_read_mapping (StormMonitorController *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StormMapping) mapping = NULL;

  mapping = storm_board_mapping_new (storm_board_file_get_board (self->file), &error);
  if (mapping == NULL)
    {
      storm_monitor_controller_fail (self, error);
      mapping = storm_mapping_new_default ();
    }
  g_clear_pointer (&self->mapping, storm_mapping_unref);
  self->mapping = g_steal_pointer (&mapping);
  storm_field_drift_set_mapping (self->drift, self->mapping);
}

void
storm_monitor_controller_end_mapping (StormMonitorController *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->mapping_id, g_source_remove);
}
