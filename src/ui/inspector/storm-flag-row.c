#include "config.h"

#include "storm-flag-row.h"

#include <glib/gi18n-lib.h>

#include "storm-edit-props.h"
#include "storm-edit.h"

/* @watched: what may change the row's look; @can_have: objects without it don't count. */
typedef struct
{
  const char *title;
  const char *subtitle;
  guint watched;
  gboolean (*can_have) (StormObject *object);
  gboolean (*has) (StormObject *object);
  gboolean (*can_change) (StormObject *object);
  StormChange *(*set) (StormBoard *board, GPtrArray *ids, gboolean on);
} Kind;

struct _StormFlagRow
{
  AdwActionRow parent_instance;

  const Kind *kind;
  GtkSwitch *toggle;
  StormHistory *history;
  StormSelection *selection;
  GSignalGroup *board_signals;
  guint idle;
  gboolean on;
  gboolean updating;
};

enum
{
  FAILED,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormFlagRow, storm_flag_row, ADW_TYPE_ACTION_ROW)

static gboolean
is_no_flow (StormObject *object)
{
  return !STORM_IS_FLOW (object);
}

static gboolean
always (StormObject *object)
{
  return TRUE;
}

static gboolean
is_event (StormObject *object)
{
  return STORM_IS_STICKY (object) &&
         storm_sticky_get_kind (STORM_STICKY (object)) == STORM_KIND_EVENT;
}

static gboolean
is_pivotal (StormObject *object)
{
  return storm_sticky_get_pivotal (STORM_STICKY (object));
}

static gboolean
is_free (StormObject *object)
{
  return !storm_edit_is_locked (object);
}

static const Kind kinds[] = {
  [STORM_FLAG_LOCKED] = {
    NC_("inspector", "Locked"), N_("Can’t be moved, edited or deleted by accident"),
    STORM_PROP_LOCKED, is_no_flow, storm_edit_is_locked, always, storm_edit_set_locked,
  },
  [STORM_FLAG_PIVOTAL] = {
    NC_("inspector", "Pivotal Event"), N_("Parts the board into before and after"),
    STORM_PROP_PIVOTAL | STORM_PROP_KIND | STORM_PROP_LOCKED, is_event, is_pivotal, is_free,
    storm_edit_set_pivotal,
  },
};

static void
refresh (StormFlagRow *self)
{
  StormBoard *board = storm_selection_get_board (self->selection);
  GPtrArray *ids = storm_selection_get_ids (self->selection);
  gboolean was_on = self->on;
  guint n = 0, n_on = 0, n_free = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      StormObject *object = storm_board_lookup (board, g_ptr_array_index (ids, i));

      if (object == NULL || !self->kind->can_have (object))
        continue;
      n++;
      n_on += self->kind->has (object);
      n_free += self->kind->can_change (object);
    }
  self->on = n > 0 && n_on == n;
  self->updating = TRUE;
  gtk_switch_set_active (self->toggle, self->on);
  self->updating = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->toggle),
                            n_free > 0 && !storm_history_get_read_only (self->history));
  if (self->on != was_on)
    g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
on_idle (gpointer data)
{
  StormFlagRow *self = data;

  self->idle = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
on_updated (StormFlagRow          *self,
            const StormBoardDelta *delta)
{
  StormProp props = delta->props[STORM_OBJECT_STICKY] | delta->props[STORM_OBJECT_CONTEXT];

  if ((props & self->kind->watched) != 0 && self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_idle, self, NULL);
}

static void
on_toggled (StormFlagRow *self)
{
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GError) error = NULL;

  if (self->updating)
    return;
  change = self->kind->set (storm_selection_get_board (self->selection),
                            storm_selection_get_ids (self->selection),
                            gtk_switch_get_active (self->toggle));
  if (!storm_history_do (self->history, change, &error))
    g_signal_emit (self, signals[FAILED], 0, error);
  refresh (self);
}

static void
storm_flag_row_dispose (GObject *object)
{
  StormFlagRow *self = STORM_FLAG_ROW (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->board_signals != NULL)
    g_signal_group_set_target (self->board_signals, NULL);
  g_clear_object (&self->board_signals);
  g_clear_object (&self->history);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (storm_flag_row_parent_class)->dispose (object);
}

static void
storm_flag_row_class_init (StormFlagRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = storm_flag_row_dispose;

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
storm_flag_row_init (StormFlagRow *self)
{
  self->toggle = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->toggle), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
  g_signal_connect_object (self->toggle, "notify::active", G_CALLBACK (on_toggled), self,
                           G_CONNECT_SWAPPED);
}

void
storm_flag_row_bind (StormFlagRow   *self,
                     StormFlag       flag,
                     StormHistory   *history,
                     StormSelection *selection)
{
  const char *title;

  g_return_if_fail (STORM_IS_FLAG_ROW (self));
  g_return_if_fail (flag < G_N_ELEMENTS (kinds));
  g_return_if_fail (self->history == NULL);

  self->kind = &kinds[flag];
  title = g_dpgettext2 (GETTEXT_PACKAGE, "inspector", self->kind->title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), _(self->kind->subtitle));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
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
storm_flag_row_is_on (StormFlagRow *self)
{
  g_return_val_if_fail (STORM_IS_FLAG_ROW (self), FALSE);

  return self->on;
}
