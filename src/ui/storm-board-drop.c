#include "config.h"

#include "storm-board-drop.h"

#include <glib/gi18n-lib.h>

#include "storm-edit-context.h"
#include "storm-edit.h"
#include "storm-palette-bar.h"

#define CONTEXT_WIDTH 480.0
#define CONTEXT_HEIGHT 320.0

typedef struct
{
  StormHistory *history;
  StormSelection *selection;
} Drop;

static void
drop_free (gpointer  data,
           GClosure *closure)
{
  Drop *drop = data;

  g_object_unref (drop->history);
  g_object_unref (drop->selection);
  g_free (drop);
}

static StormChange *
make_change (StormBoard  *board,
             const char  *nick,
             StormPoint   at,
             char       **id)
{
  StormKind kind;

  if (g_strcmp0 (nick, STORM_PALETTE_CONTEXT) == 0)
    {
      StormRect rect = { at.x - CONTEXT_WIDTH / 2, at.y - CONTEXT_HEIGHT / 2, CONTEXT_WIDTH,
                         CONTEXT_HEIGHT };

      return storm_edit_add_context (board, &rect, "", id);
    }
  /* It goes below the lowest one, wherever it is dropped. */
  if (g_strcmp0 (nick, STORM_PALETTE_SWIMLANE) == 0)
    return storm_edit_add_swimlane (board, at, _("Swimlane"), id);
  if (nick != NULL && storm_kind_from_nick (nick, &kind))
    return storm_edit_add_sticky (board, kind, at, "", id);

  return NULL;
}

static gboolean
on_drop (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         Drop          *drop)
{
  StormCanvas *canvas =
    STORM_CANVAS (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target)));
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  change = make_change (storm_history_get_board (drop->history), g_value_get_boxed (value),
                        storm_canvas_to_board (canvas, x, y), &id);
  if (change == NULL)
    return FALSE;

  if (!storm_history_do (drop->history, change, &error))
    {
      g_signal_emit_by_name (canvas, "failed", error);
      return FALSE;
    }

  storm_selection_set_one (drop->selection, id);
  gtk_widget_grab_focus (GTK_WIDGET (canvas));
  gtk_widget_activate_action (GTK_WIDGET (canvas), "canvas.edit", NULL);
  return TRUE;
}

void
storm_board_drop_attach (StormCanvas    *canvas,
                         StormHistory   *history,
                         StormSelection *selection)
{
  GtkDropTarget *target;
  Drop *drop;

  g_return_if_fail (STORM_IS_CANVAS (canvas));
  g_return_if_fail (STORM_IS_HISTORY (history));
  g_return_if_fail (STORM_IS_SELECTION (selection));

  drop = g_new0 (Drop, 1);
  drop->history = g_object_ref (history);
  drop->selection = g_object_ref (selection);

  target = gtk_drop_target_new (STORM_TYPE_PALETTE_DRAG, GDK_ACTION_COPY);
  g_signal_connect_data (target, "drop", G_CALLBACK (on_drop), drop, drop_free, 0);
  gtk_widget_add_controller (GTK_WIDGET (canvas), GTK_EVENT_CONTROLLER (target));
}
