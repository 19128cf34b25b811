#include "config.h"

#include "storm-inspector.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "storm-edit.h"
#include "storm-flag-row.h"
#include "storm-fold.h"
#include "storm-parent-row.h"
#include "storm-rule-list.h"
#include "storm-sticky-editor.h"
#include "storm-text-row.h"
#include "storm-times-group.h"

/* Properties that move with the pointer and are not shown here. */
#define QUIET_PROPS (STORM_PROP_RECT | STORM_PROP_Z | STORM_PROP_CONTEXT)

struct _StormInspector
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkStack *stack;
  StormStickyEditor *sticky_editor;
  StormTextRow *board_title;
  GtkLabel *n_stickies;
  GtkLabel *n_flows;
  GtkLabel *n_contexts;
  StormTextRow *context_title;
  GtkLabel *n_inside;
  StormTextRow *flow_label;
  AdwActionRow *flow_from;
  AdwActionRow *flow_to;
  AdwPreferencesGroup *many_group;
  AdwComboRow *many_kind;
  GtkBox *pages;
  StormRuleList *rule_list;
  StormTimesGroup *times_group;
  GtkWidget *lock_group;
  StormFlagRow *lock_row;
  StormParentRow *parent_row;
  StormFlagRow *pivotal_row;

  StormHistory *history;
  StormSelection *selection;
  StormBoard *board;
  GSignalGroup *board_signals;
  StormObject *object;
  GPtrArray *many_rows;
  GPtrArray *many_counts;   /* the label of each of them */
  guint refresh_id;
  gboolean events_changed;
  gboolean updating;
};

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormInspector, storm_inspector, GTK_TYPE_WIDGET)

static void
do_change (StormInspector *self,
           StormChange    *change)
{
  g_autoptr (GError) error = NULL;

  if (!storm_history_do (self->history, change, &error))
    g_signal_emit (self, signals[FAILED], 0, error);
}

static void
on_edit (StormInspector *self,
         StormChange    *change)
{
  do_change (self, change);
}

static void
commit_text (StormInspector *self,
             const char     *id,
             StormProp       prop,
             const char     *text)
{
  g_autoptr (StormChange) change = storm_edit_set_text (self->board, id, prop, text);

  if (change != NULL)
    do_change (self, change);
}

static void
on_board_title (StormInspector *self,
                const char     *text)
{
  g_autoptr (StormChange) change = storm_change_new (_("Rename the Board"));

  storm_change_set (change, NULL, STORM_PROP_TITLE, g_variant_new_string (text));
  do_change (self, change);
}

static gboolean
is_alive (StormInspector *self)
{
  return self->object != NULL &&
         storm_board_lookup (self->board, storm_object_get_id (self->object)) == self->object;
}

static void
on_context_title (StormInspector *self,
                  const char     *text)
{
  if (is_alive (self) && STORM_IS_CONTEXT (self->object))
    commit_text (self, storm_object_get_id (self->object), STORM_PROP_TITLE, text);
}

static void
on_flow_label (StormInspector *self,
               const char     *text)
{
  if (is_alive (self) && STORM_IS_FLOW (self->object))
    commit_text (self, storm_object_get_id (self->object), STORM_PROP_LABEL, text);
}

static void
on_many_kind (StormInspector *self)
{
  guint kind = adw_combo_row_get_selected (self->many_kind);
  g_autoptr (StormChange) change = NULL;

  if (self->updating || kind >= STORM_N_KINDS)
    return;

  change = storm_edit_set_kind (self->board, storm_selection_get_ids (self->selection),
                                (StormKind) kind);
  if (change != NULL)
    do_change (self, change);
}

static void
set_count (GtkLabel *label,
           guint     n)
{
  g_autofree char *text = g_strdup_printf ("%u", n);

  gtk_label_set_label (label, text);
}

static void
show_board (StormInspector *self)
{
  storm_text_row_set_value (self->board_title, storm_board_get_title (self->board));
  set_count (self->n_stickies,
             g_list_model_get_n_items (storm_board_get_stickies (self->board)));
  set_count (self->n_flows, g_list_model_get_n_items (storm_board_get_flows (self->board)));
  set_count (self->n_contexts, g_list_model_get_n_items (storm_board_get_contexts (self->board)));
}

static void
show_context (StormInspector *self,
              StormContext   *context)
{
  GListModel *stickies = storm_board_get_stickies (self->board);
  guint n = g_list_model_get_n_items (stickies);
  guint n_inside = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StormSticky) sticky = g_list_model_get_item (stickies, i);

      StormContext *around =
        storm_board_get_context_around (self->board, STORM_OBJECT (sticky));

      /* Also in a context that lies in it. */
      while (around != NULL && around != context)
        around = storm_board_get_context_around (self->board, STORM_OBJECT (around));
      n_inside += around != NULL;
    }

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->context_title),
                                 storm_context_get_kind (context) == STORM_CONTEXT_SWIMLANE
                                 ? _("Swimlane") : C_("inspector", "Bounded context"));
  storm_text_row_set_value (self->context_title, storm_context_get_title (context));
  set_count (self->n_inside, n_inside);
}

static void
show_end (StormInspector *self,
          AdwActionRow   *row,
          const char     *id)
{
  StormSticky *sticky = storm_board_lookup_sticky (self->board, id);

  if (sticky == NULL)
    return;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), storm_sticky_get_title (sticky));
  adw_action_row_set_subtitle (row, storm_kind_name (storm_sticky_get_kind (sticky)));
}

static void
show_flow (StormInspector *self,
           StormFlow      *flow)
{
  storm_text_row_set_value (self->flow_label, storm_flow_get_label (flow));
  show_end (self, self->flow_from, storm_flow_get_from (flow));
  show_end (self, self->flow_to, storm_flow_get_to (flow));
}

static void
add_count_row (StormInspector *self)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, NULL);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (self->many_group, row);
  g_ptr_array_add (self->many_rows, row);
  g_ptr_array_add (self->many_counts, label);
}

/* Shows @n in the next row, when it is anything. The rows stay for the next selection: a dozen new
 * ones each time would be a frame. */
static void
show_count (StormInspector *self,
            guint          *n_shown,
            const char     *title,
            guint           n)
{
  GtkWidget *row;

  if (n == 0)
    return;

  if (*n_shown == self->many_rows->len)
    add_count_row (self);
  row = g_ptr_array_index (self->many_rows, *n_shown);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  set_count (g_ptr_array_index (self->many_counts, *n_shown), n);
  gtk_widget_set_visible (row, TRUE);
  (*n_shown)++;
}

/* A word of its own, behind the kinds: newer combo rows always have something selected. */
static void
show_several_kinds (StormInspector *self,
                    gboolean        several)
{
  GListModel *kinds = adw_combo_row_get_model (self->many_kind);
  guint n = g_list_model_get_n_items (kinds);

  if (several && n == STORM_N_KINDS)
    gtk_string_list_append (GTK_STRING_LIST (kinds), _("Several kinds"));
  else if (!several && n > STORM_N_KINDS)
    gtk_string_list_remove (GTK_STRING_LIST (kinds), STORM_N_KINDS);
}

static void
show_many (StormInspector *self)
{
  GPtrArray *ids = storm_selection_get_ids (self->selection);
  guint counts[STORM_N_KINDS] = { 0 };
  guint n_flows = 0, n_contexts = 0, n_kinds = 0, n_shown = 0;
  guint kind = GTK_INVALID_LIST_POSITION;
  g_autofree char *title = NULL;

  for (guint i = 0; i < ids->len; i++)
    {
      StormObject *object = storm_board_lookup (self->board, ids->pdata[i]);

      if (STORM_IS_STICKY (object))
        counts[storm_sticky_get_kind (STORM_STICKY (object))]++;
      else if (STORM_IS_FLOW (object))
        n_flows++;
      else if (STORM_IS_CONTEXT (object))
        n_contexts++;
    }

  title = g_strdup_printf (ngettext ("%u Selected", "%u Selected", ids->len), ids->len);
  adw_preferences_group_set_title (self->many_group, title);
  for (guint i = 0; i < STORM_N_KINDS; i++)
    {
      show_count (self, &n_shown, storm_kind_name ((StormKind) i), counts[i]);
      if (counts[i] > 0)
        {
          kind = i;
          n_kinds++;
        }
    }
  show_count (self, &n_shown, C_("object", "Flow"), n_flows);
  show_count (self, &n_shown, C_("object", "Bounded context"), n_contexts);
  for (guint i = n_shown; i < self->many_rows->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->many_rows, i), FALSE);

  self->updating = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->many_kind), n_kinds > 0);
  show_several_kinds (self, n_kinds > 1);
  adw_combo_row_set_selected (self->many_kind, n_kinds == 1 ? kind : STORM_N_KINDS);
  self->updating = FALSE;
}

/* Shows what the board says now of what is selected. */
static void
refresh (StormInspector *self)
{
  if (self->object == NULL)
    {
      if (storm_selection_get_n (self->selection) > 1)
        show_many (self);
      else
        show_board (self);
    }
  else if (STORM_IS_STICKY (self->object))
    {
      if (self->events_changed)
        storm_sticky_editor_refresh_events (self->sticky_editor);
      self->events_changed = FALSE;
      storm_sticky_editor_refresh (self->sticky_editor);
    }
  else if (STORM_IS_CONTEXT (self->object))
    show_context (self, STORM_CONTEXT (self->object));
  else
    show_flow (self, STORM_FLOW (self->object));
}

static gboolean
on_refresh (gpointer data)
{
  StormInspector *self = data;

  self->refresh_id = 0;
  refresh (self);

  return G_SOURCE_REMOVE;
}

/* A change of a thousand objects is one look at the board. */
static void
queue_refresh (StormInspector *self)
{
  if (self->refresh_id == 0)
    self->refresh_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_refresh, self, NULL);
}

static void
on_updated (StormInspector        *self,
            const StormBoardDelta *delta)
{
  const StormProp words = STORM_PROP_TITLE | STORM_PROP_KIND;
  StormProp shown = 0;

  if (delta->n_listed[STORM_OBJECT_STICKY] > 0)
    self->events_changed = TRUE;
  for (guint i = 0; i < delta->changed->len; i++)
    {
      const StormObjectChange *change = &g_array_index (delta->changed, StormObjectChange, i);

      if (change->object == self->object)
        shown = change->props;
      else if ((change->props & words) != 0 && STORM_IS_STICKY (change->object))
        self->events_changed = TRUE;
    }
  if (self->events_changed || delta->added->len + delta->removed->len > 0)
    queue_refresh (self);
  if ((shown & ~QUIET_PROPS) == 0)
    return;

  /* At once: the row that was committed looks for its new value as soon as the edit returns. */
  if (STORM_IS_STICKY (self->object))
    storm_sticky_editor_refresh (self->sticky_editor);
  else
    refresh (self);
}

static void
on_board_renamed (StormInspector *self)
{
  storm_text_row_set_value (self->board_title, storm_board_get_title (self->board));
}

static void
flush (StormInspector *self)
{
  storm_sticky_editor_flush (self->sticky_editor);
  storm_text_row_flush (self->context_title);
  storm_text_row_flush (self->flow_label);
  storm_text_row_flush (self->board_title);
  storm_rule_list_flush (self->rule_list);
}

static void
on_selection_changed (StormInspector *self)
{
  StormObject *object = storm_selection_get_single (self->selection);
  const char *page = "board";

  if (object != self->object)
    flush (self);
  g_set_object (&self->object, object);
  storm_sticky_editor_set_sticky (self->sticky_editor, self->board,
                                  STORM_IS_STICKY (object) ? STORM_STICKY (object) : NULL);
  storm_rule_list_set_object (self->rule_list, object);
  storm_times_group_set_object (self->times_group, object);

  if (STORM_IS_STICKY (object))
    page = "sticky";
  else if (STORM_IS_CONTEXT (object))
    page = "context";
  else if (STORM_IS_FLOW (object))
    page = "flow";
  else if (storm_selection_get_n (self->selection) > 1)
    page = "many";

  /* Where it is why nothing else can be done, it stands first; but it doesn't jump when it is
   * used. */
  gtk_box_reorder_child_after (self->pages, self->lock_group,
                               storm_flag_row_is_on (self->lock_row)
                               ? NULL : GTK_WIDGET (self->rule_list));
  refresh (self);
  gtk_stack_set_visible_child_name (self->stack, page);
}

static void
on_part_failed (StormInspector *self,
                GError         *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

/* What is locked is for reading, like all of a read-only board. */
static void
update_editable (StormInspector *self)
{
  gboolean editable = !storm_history_get_read_only (self->history) &&
                      !storm_flag_row_is_on (self->lock_row);

  storm_sticky_editor_set_editable (self->sticky_editor, editable);
  gtk_editable_set_editable (GTK_EDITABLE (self->context_title), editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->many_kind), editable);
}

static void
on_read_only (StormInspector *self)
{
  gboolean editable = !storm_history_get_read_only (self->history);

  gtk_editable_set_editable (GTK_EDITABLE (self->board_title), editable);
  gtk_editable_set_editable (GTK_EDITABLE (self->flow_label), editable);
  update_editable (self);
}

static void
storm_inspector_dispose (GObject *object)
{
  StormInspector *self = STORM_INSPECTOR (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->board_signals != NULL)
    g_signal_group_set_target (self->board_signals, NULL);
  g_clear_object (&self->board_signals);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->object);
  g_clear_object (&self->history);
  g_clear_object (&self->selection);
  g_clear_object (&self->board);

  G_OBJECT_CLASS (storm_inspector_parent_class)->dispose (object);
}

static void
storm_inspector_finalize (GObject *object)
{
  g_ptr_array_unref (STORM_INSPECTOR (object)->many_rows);
  g_ptr_array_unref (STORM_INSPECTOR (object)->many_counts);

  G_OBJECT_CLASS (storm_inspector_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               APP_PATH "/inspector/storm-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, StormInspector, scroller);
  gtk_widget_class_bind_template_child (widget_class, StormInspector, stack);
  gtk_widget_class_bind_template_child (widget_class, StormInspector, sticky_editor);
  gtk_widget_class_bind_template_child (widget_class, StormInspector, board_title);
  gtk_widget_class_bind_template_child (widget_class, StormInspector, n_stickies);
  gtk_widget_class_bind_template_child (widget_class, StormInspector, n_flows);
  gtk_widget_class_bind_template_child (widget_class, StormInspector, n_contexts);
  gtk_widget_class_bind_template_child (widget_class, StormInspector, context_title);
  gtk_widget_class_bind_template_child (widget_class, StormInspector, n_inside);
  gtk_widget_class_bind_template_child (widget_class, StormInspector, flow_label);
  gtk_widget_class_bind_template_child (widget_class, StormInspector, flow_from);
  gtk_widget_class_bind_template_child (widget_class, StormInspector, flow_to);
  gtk_widget_class_bind_template_child (widget_class, StormInspector, many_group);
  gtk_widget_class_bind_template_child (widget_class, StormInspector, many_kind);
  gtk_widget_class_bind_template_child (widget_class, StormInspector, pages);
  gtk_widget_class_bind_template_child (widget_class, StormInspector, rule_list);
  gtk_widget_class_bind_template_child (widget_class, StormInspector, times_group);
  gtk_widget_class_bind_template_child (widget_class, StormInspector, lock_group);
  gtk_widget_class_bind_template_child (widget_class, StormInspector, lock_row);
  gtk_widget_class_bind_template_child (widget_class, StormInspector, parent_row);
  gtk_widget_class_bind_template_child (widget_class, StormInspector, pivotal_row);
  gtk_widget_class_bind_template_callback (widget_class, on_part_failed);
  gtk_widget_class_bind_template_callback (widget_class, update_editable);
  gtk_widget_class_bind_template_callback (widget_class, on_edit);
  gtk_widget_class_bind_template_callback (widget_class, on_board_title);
  gtk_widget_class_bind_template_callback (widget_class, on_context_title);
  gtk_widget_class_bind_template_callback (widget_class, on_flow_label);
  gtk_widget_class_bind_template_callback (widget_class, on_many_kind);
}

static void
storm_inspector_class_init (StormInspectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = storm_inspector_dispose;
  object_class->finalize = storm_inspector_finalize;

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);

  g_type_ensure (STORM_TYPE_FLAG_ROW);
  g_type_ensure (STORM_TYPE_PARENT_ROW);
  g_type_ensure (STORM_TYPE_RULE_LIST);
  g_type_ensure (STORM_TYPE_TIMES_GROUP);
  g_type_ensure (STORM_TYPE_STICKY_EDITOR);
  g_type_ensure (STORM_TYPE_TEXT_ROW);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
storm_inspector_init (StormInspector *self)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  self->many_rows = g_ptr_array_new ();
  self->many_counts = g_ptr_array_new ();
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < STORM_N_KINDS; i++)
    gtk_string_list_append (kinds, storm_kind_name ((StormKind) i));
  adw_combo_row_set_model (self->many_kind, G_LIST_MODEL (kinds));
  self->updating = FALSE;
}

GtkWidget *
storm_inspector_new (StormHistory   *history,
                     StormSelection *selection)
{
  StormInspector *self;

  g_return_val_if_fail (STORM_IS_HISTORY (history), NULL);
  g_return_val_if_fail (STORM_IS_SELECTION (selection), NULL);

  self = g_object_new (STORM_TYPE_INSPECTOR, NULL);
  self->history = g_object_ref (history);
  self->selection = g_object_ref (selection);
  self->board = g_object_ref (storm_history_get_board (history));

  self->board_signals = g_signal_group_new (STORM_TYPE_BOARD);
  g_signal_group_connect_swapped (self->board_signals, "updated", G_CALLBACK (on_updated), self);
  g_signal_group_connect_swapped (self->board_signals, "notify::title",
                                  G_CALLBACK (on_board_renamed), self);
  g_signal_group_set_target (self->board_signals, self->board);
  g_signal_connect_object (selection, "changed", G_CALLBACK (on_selection_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "notify::read-only", G_CALLBACK (on_read_only), self,
                           G_CONNECT_SWAPPED);

  storm_rule_list_bind (self->rule_list, history);
  storm_flag_row_bind (self->lock_row, STORM_FLAG_LOCKED, history, selection);
  storm_parent_row_bind (self->parent_row, history, selection);
  storm_flag_row_bind (self->pivotal_row, STORM_FLAG_PIVOTAL, history, selection);
  on_read_only (self);
  on_selection_changed (self);

  return GTK_WIDGET (self);
}
