#include "config.h"

#include "storm-lock-row.h"

#include <glib/gi18n-lib.h>

#include "storm-edit-props.h"

struct _StormLockRow
{
  AdwActionRow parent_instance;

  GtkSwitch *toggle;
  StormHistory *history;
  StormSelection *selection;
  GSignalGroup *board_signals;
  guint idle;
  gboolean locked;
  gboolean updating;
};

enum
{
  FAILED,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormLockRow, storm_lock_row, ADW_TYPE_ACTION_ROW)

static void
refresh (StormLockRow *self)
{
  StormBoard *board = storm_selection_get_board (self->selection);
  GPtrArray *ids = storm_selection_get_ids (self->selection);
  gboolean was_locked = self->locked;
  guint n = 0, n_locked = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      StormObject *object = storm_board_lookup (board, g_ptr_array_index (ids, i));

      if (object == NULL || STORM_IS_FLOW (object))
        continue;
      n++;
      n_locked += storm_edit_is_locked (object);
    }
  self->locked = n > 0 && n_locked == n;
  self->updating = TRUE;
  gtk_switch_set_active (self->toggle, self->locked);
  self->updating = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->toggle),
                            !storm_history_get_read_only (self->history));
  if (self->locked != was_locked)
    g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
on_idle (gpointer data)
{
  StormLockRow *self = data;

  self->idle = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
on_updated (StormLockRow          *self,
            const StormBoardDelta *delta)
{
  StormProp props = delta->props[STORM_OBJECT_STICKY] | delta->props[STORM_OBJECT_CONTEXT];

  if ((props & STORM_PROP_LOCKED) != 0 && self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_idle, self, NULL);
}

static void
on_toggled (StormLockRow *self)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GError) error = NULL;

  if (self->updating)
    return;
  change = storm_edit_set_locked (storm_selection_get_board (self->selection),
                                  storm_selection_get_ids (self->selection),
                                  gtk_switch_get_active (self->toggle));
  if (!storm_history_do (self->history, change, &error))
    g_signal_emit (self, signals[FAILED], 0, error);
  refresh (self);
}

static void
storm_lock_row_dispose (GObject *object)
{
  StormLockRow *self = STORM_LOCK_ROW (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->board_signals != NULL)
    g_signal_group_set_target (self->board_signals, NULL);
  g_clear_object (&self->board_signals);
  g_clear_object (&self->history);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (storm_lock_row_parent_class)->dispose (object);
}

static void
storm_lock_row_class_init (StormLockRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = storm_lock_row_dispose;

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
storm_lock_row_init (StormLockRow *self)
{
  self->toggle = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->toggle), GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), C_("inspector", "Locked"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               _("Can’t be moved, edited or deleted by accident"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  C_("inspector", "Locked"), -1);
  g_signal_connect_object (self->toggle, "notify::active", G_CALLBACK (on_toggled), self,
                           G_CONNECT_SWAPPED);
}

void
storm_lock_row_bind (StormLockRow   *self,
                     StormHistory   *history,
                     StormSelection *selection)
{
  g_return_if_fail (STORM_IS_LOCK_ROW (self));
  g_return_if_fail (self->history == NULL);

  self->history = g_object_ref (history);
  self->selection = g_object_ref (selection);
  self->board_signals = g_signal_group_new (STORM_TYPE_BOARD);
  g_signal_group_connect_swapped (self->board_signals, "updated", G_CALLBACK (on_updated), self);
  g_signal_group_set_target (self->board_signals, storm_selection_get_board (selection));
  g_signal_connect_object (selection, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "notify::read-only", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  refresh (self);
}

gboolean
storm_lock_row_get_locked (StormLockRow *self)
{
  g_return_val_if_fail (STORM_IS_LOCK_ROW (self), FALSE);

  return self->locked;
}
