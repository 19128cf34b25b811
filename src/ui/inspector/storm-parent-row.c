#include "config.h"

#include "storm-parent-row.h"

#include <glib/gi18n-lib.h>

#include "storm-edit-props.h"
#include "storm-fold.h"

/* @ids: of what can be chosen, in the order of the list; "" is none. */
struct _StormParentRow
{
  AdwComboRow parent_instance;

  StormHistory *history;
  StormSelection *selection;
  GSignalGroup *board_signals;
  GPtrArray *ids;
  guint idle;
  gboolean updating;
};

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormParentRow, storm_parent_row, ADW_TYPE_COMBO_ROW)

static StormContext *
get_context (StormParentRow *self)
{
  StormObject *object = storm_selection_get_single (self->selection);

  return STORM_IS_CONTEXT (object) ? STORM_CONTEXT (object) : NULL;
}

static gboolean
lies_in (StormBoard   *board,
         StormContext *context,
         StormContext *around)
{
  while (context != NULL && context != around)
    context = storm_board_get_context_around (board, STORM_OBJECT (context));
  return context != NULL;
}

static void
fill (StormParentRow *self,
      StormContext   *context)
{
  StormBoard *board = storm_selection_get_board (self->selection);
  GListModel *contexts = storm_board_get_contexts (board);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  const char *parent = storm_context_get_parent (context);
  guint chosen = 0;

  g_ptr_array_set_size (self->ids, 0);
  gtk_string_list_append (titles, C_("parent context", "None"));
  g_ptr_array_add (self->ids, g_strdup (""));
  for (guint i = 0; i < g_list_model_get_n_items (contexts); i++)
    {
      g_autoptr (StormContext) other = g_list_model_get_item (contexts, i);
      const char *id = storm_object_get_id (STORM_OBJECT (other));
      const char *title = storm_context_get_title (other);

      if (lies_in (board, other, context))
        continue;
      if (g_strcmp0 (id, parent) == 0)
        chosen = self->ids->len;
      gtk_string_list_append (titles, *title != '\0' ? title : _("Untitled"));
      g_ptr_array_add (self->ids, g_strdup (id));
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (titles));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), chosen);
}

static void
refresh (StormParentRow *self)
{
  StormContext *context = get_context (self);

  gtk_widget_set_visible (GTK_WIDGET (self), context != NULL);
  if (context == NULL)
    return;
  self->updating = TRUE;
  fill (self, context);
  self->updating = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self), !storm_context_get_locked (context) &&
                                               !storm_history_get_read_only (self->history));
}

static gboolean
on_idle (gpointer data)
{
  StormParentRow *self = data;

  self->idle = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
on_updated (StormParentRow        *self,
            const StormBoardDelta *delta)
{
  const StormProp props = STORM_PROP_PARENT | STORM_PROP_TITLE | STORM_PROP_LOCKED;

  if (storm_board_delta_touches (delta, STORM_OBJECT_CONTEXT, props) && self->idle == 0 &&
      get_context (self) != NULL)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_idle, self, NULL);
}

static void
on_selected (StormParentRow *self)
{
  StormContext *context = get_context (self);
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self));
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GError) error = NULL;
  const char *parent;

  if (self->updating || context == NULL || chosen >= self->ids->len)
    return;
  parent = g_ptr_array_index (self->ids, chosen);
  change = storm_edit_set_parent (storm_selection_get_board (self->selection),
                                  storm_object_get_id (STORM_OBJECT (context)),
                                  *parent != '\0' ? parent : NULL);
  if (!storm_history_do (self->history, change, &error))
    {
      g_signal_emit (self, signals[FAILED], 0, error);
      refresh (self);
    }
}

static void
storm_parent_row_dispose (GObject *object)
{
  StormParentRow *self = STORM_PARENT_ROW (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->board_signals != NULL)
    g_signal_group_set_target (self->board_signals, NULL);
  g_clear_object (&self->board_signals);
  g_clear_object (&self->history);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->ids, g_ptr_array_unref);

  G_OBJECT_CLASS (storm_parent_row_parent_class)->dispose (object);
}

static void
storm_parent_row_class_init (StormParentRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = storm_parent_row_dispose;

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
storm_parent_row_init (StormParentRow *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), C_("inspector", "Lies In"));
}

void
storm_parent_row_bind (StormParentRow *self,
                       StormHistory   *history,
                       StormSelection *selection)
{
  g_return_if_fail (STORM_IS_PARENT_ROW (self));
  g_return_if_fail (self->history == NULL);

  self->history = g_object_ref (history);
  self->selection = g_object_ref (selection);
  self->board_signals = g_signal_group_new (STORM_TYPE_BOARD);
  g_signal_group_connect_swapped (self->board_signals, "updated", G_CALLBACK (on_updated), self);
  g_signal_group_set_target (self->board_signals, storm_selection_get_board (selection));
  g_signal_connect_object (selection, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "notify::read-only", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::selected", G_CALLBACK (on_selected), NULL);
  refresh (self);
}
