#include "config.h"

#include "storm-pivotal-row.h"

#include <glib/gi18n-lib.h>

#include "storm-edit-props.h"
#include "storm-edit.h"

struct _StormPivotalRow
{
  AdwActionRow parent_instance;

  GtkSwitch *toggle;
  StormHistory *history;
  StormSelection *selection;
  GSignalGroup *board_signals;
  guint idle;
  gboolean updating;
};

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormPivotalRow, storm_pivotal_row, ADW_TYPE_ACTION_ROW)

static void
refresh (StormPivotalRow *self)
{
  StormBoard *board = storm_selection_get_board (self->selection);
  GPtrArray *ids = storm_selection_get_ids (self->selection);
  guint n = 0, n_free = 0, n_pivotal = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      StormSticky *sticky = storm_board_lookup_sticky (board, g_ptr_array_index (ids, i));

      if (sticky == NULL || storm_sticky_get_kind (sticky) != STORM_KIND_EVENT)
        continue;
      n++;
      n_free += !storm_sticky_get_locked (sticky);
      n_pivotal += storm_sticky_get_pivotal (sticky);
    }
  self->updating = TRUE;
  gtk_switch_set_active (self->toggle, n > 0 && n_pivotal == n);
  self->updating = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->toggle),
                            n_free > 0 && !storm_history_get_read_only (self->history));
}

static gboolean
on_idle (gpointer data)
{
  StormPivotalRow *self = data;

  self->idle = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
on_updated (StormPivotalRow       *self,
            const StormBoardDelta *delta)
{
  const StormProp props = STORM_PROP_PIVOTAL | STORM_PROP_KIND | STORM_PROP_LOCKED;

  if ((delta->props[STORM_OBJECT_STICKY] & props) != 0 && self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_idle, self, NULL);
}

static void
on_toggled (StormPivotalRow *self)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GError) error = NULL;

  if (self->updating)
    return;
  change = storm_edit_set_pivotal (storm_selection_get_board (self->selection),
                                   storm_selection_get_ids (self->selection),
                                   gtk_switch_get_active (self->toggle));
  if (!storm_history_do (self->history, change, &error))
    g_signal_emit (self, signals[FAILED], 0, error);
  refresh (self);
}

static void
storm_pivotal_row_dispose (GObject *object)
{
  StormPivotalRow *self = STORM_PIVOTAL_ROW (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->board_signals != NULL)
    g_signal_group_set_target (self->board_signals, NULL);
  g_clear_object (&self->board_signals);
  g_clear_object (&self->history);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (storm_pivotal_row_parent_class)->dispose (object);
}

static void
storm_pivotal_row_class_init (StormPivotalRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = storm_pivotal_row_dispose;

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
storm_pivotal_row_init (StormPivotalRow *self)
{
  self->toggle = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->toggle), GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), C_("inspector", "Pivotal Event"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               _("Parts the board into before and after"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  C_("inspector", "Pivotal Event"), -1);
  g_signal_connect_object (self->toggle, "notify::active", G_CALLBACK (on_toggled), self,
                           G_CONNECT_SWAPPED);
}

void
storm_pivotal_row_bind (StormPivotalRow *self,
                        StormHistory    *history,
                        StormSelection  *selection)
{
  g_return_if_fail (STORM_IS_PIVOTAL_ROW (self));
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
