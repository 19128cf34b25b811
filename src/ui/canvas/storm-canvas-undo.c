#include "config.h"

#include "storm-canvas-private.h"

#include <glib/gi18n-lib.h>

#include "storm-compat.h"

/* More than so many are selected after the frame that shows them. */
#define MANY 200

typedef struct
{
  StormCanvas *canvas;
  GPtrArray   *ids;
  gulong       updated_id;
  gulong       selected_id;
  gboolean     stale;
} StormLateSelection;

static void
storm_late_selection_free (gpointer data)
{
  StormLateSelection *late = data;

  g_signal_handler_disconnect (late->canvas->board, late->updated_id);
  g_signal_handler_disconnect (late->canvas->selection, late->selected_id);
  g_ptr_array_unref (late->ids);
  g_object_unref (late->canvas);
  g_free (late);
}

static void
on_something_else (StormLateSelection *late)
{
  late->stale = TRUE;
}

static gboolean
on_select (gpointer data)
{
  StormLateSelection *late = data;

  if (!late->stale)
    storm_selection_set (late->canvas->selection, late->ids);
  return G_SOURCE_REMOVE;
}

void
storm_canvas_select_new (StormCanvas *self,
                         GPtrArray   *ids)
{
  StormLateSelection *late;

  if (ids->len <= MANY)
    {
      storm_selection_set (self->selection, ids);
      return;
    }
  late = g_new0 (StormLateSelection, 1);
  late->canvas = g_object_ref (self);
  late->ids = g_ptr_array_copy (ids, (GCopyFunc) g_strdup, NULL);
  g_ptr_array_set_free_func (late->ids, g_free);
  late->updated_id = g_signal_connect_swapped (self->board, "updated",
                                               G_CALLBACK (on_something_else), late);
  late->selected_id = g_signal_connect_swapped (self->selection, "changed",
                                                G_CALLBACK (on_something_else), late);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_select, late, storm_late_selection_free);
}

static void
on_updated (GPtrArray             *came,
            const StormBoardDelta *delta)
{
  g_ptr_array_extend (came, delta->added, (GCopyFunc) g_object_ref, NULL);
}

/* What came back is what the next step is about. Flows come with their stickies; alone they are
 * what was removed. */
static void
storm_canvas_select_came (StormCanvas *self,
                          GPtrArray   *came)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) flows = g_ptr_array_new ();

  for (guint i = 0; i < came->len; i++)
    {
      StormObject *object = g_ptr_array_index (came, i);

      g_ptr_array_add (STORM_IS_FLOW (object) ? flows : ids,
                       (gpointer) storm_object_get_id (object));
    }
  if (ids->len > 0 || flows->len > 0)
    storm_canvas_select_new (self, ids->len > 0 ? ids : flows);
}

void
storm_canvas_undo (StormCanvas *self,
                   gboolean     redo)
{
  g_autoptr (GPtrArray) came = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  const char *label;
  gulong handler;
  gboolean done;

  storm_tool_cancel (self->tool);
  label = redo ? storm_history_get_redo_label (self->history)
               : storm_history_get_undo_label (self->history);
  words = g_strdup_printf (_("%s: %s"), redo ? _("Redo") : _("Undo"), label != NULL ? label : "");
  handler = g_signal_connect_swapped (self->board, "updated", G_CALLBACK (on_updated), came);
  done = redo ? storm_history_redo (self->history, &error)
              : storm_history_undo (self->history, &error);
  g_signal_handler_disconnect (self->board, handler);
  if (!done)
    {
      storm_canvas_fail (self, error);
      return;
    }

  storm_canvas_select_came (self, came);
  storm_compat_announce (GTK_WIDGET (self), words);
}
