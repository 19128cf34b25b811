#include "config.h"

#include "storm-rule-list.h"

#include <glib/gi18n-lib.h>

#include "storm-edit-props.h"
#include "storm-error.h"
#include "storm-rule-switch.h"
#include "storm-span.h"
#include "storm-text-row.h"

/* An event that is the centre of a board has a hundred rules; more are not read. */
#define MAX_LINES 20
/* The rules are made from the whole board: not in the frame that shows an edit, and not while a
 * sticky is dragged, but when no edit came for so long; ms. */
#define QUIET 150

#define OTHER_PROPS (STORM_PROP_Z | STORM_PROP_CONTEXT)

struct _StormRuleList
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;
  AdwComboRow *join;
  StormTextRow *target;
  AdwActionRow *checked;
  GtkSwitch *checked_switch;
  GPtrArray *rows;          /* AdwActionRow, of the sentences */
  GPtrArray *switches;      /* GtkSwitch, of each of them */
  AdwActionRow *more;

  StormHistory *history;
  StormRuleSet *rules;
  GSignalGroup *board_signals;
  StormObject *object;
  GPtrArray *lines;         /* StormRuleLine, as they are shown */
  guint refresh_id;
  gint64 edited_at;         /* monotonic */
  gboolean updating;
};

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormRuleList, storm_rule_list, ADW_TYPE_BIN)

static void refresh (StormRuleList *self);

static StormBoard *
get_board (StormRuleList *self)
{
  return storm_history_get_board (self->history);
}

/* The selected object may have been removed with something half typed. */
static gboolean
is_alive (StormRuleList *self)
{
  return self->object != NULL && !self->updating &&
         storm_board_lookup (get_board (self), storm_object_get_id (self->object)) == self->object;
}

static GPtrArray *
list_own_id (StormRuleList *self)
{
  GPtrArray *ids = g_ptr_array_new ();

  g_ptr_array_add (ids, (gpointer) storm_object_get_id (self->object));
  return ids;
}

/* Takes @change. */
static void
do_change (StormRuleList *self,
           StormChange   *change)
{
  g_autoptr (GError) error = NULL;

  if (!storm_history_do (self->history, change, &error))
    g_signal_emit (self, signals[FAILED], 0, error);
  storm_change_unref (change);
  refresh (self);
}

static void
on_join (StormRuleList *self)
{
  guint join = adw_combo_row_get_selected (self->join);
  g_autoptr (GPtrArray) ids = NULL;

  if (!is_alive (self) || !STORM_IS_STICKY (self->object) ||
      join == storm_sticky_get_join (STORM_STICKY (self->object)))
    return;
  ids = list_own_id (self);
  do_change (self, storm_edit_set_join (get_board (self), ids, (StormJoin) join));
}

static gboolean
read_target (const char  *text,
             gint64      *target,
             GError     **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  *target = 0;
  if (*trimmed == '\0')
    return TRUE;
  if (!storm_span_parse (trimmed, target, error))
    return FALSE;
  if (*target > STORM_FLOW_MAX_TARGET)
    {
      g_set_error_literal (error, STORM_ERROR, STORM_ERROR_LIMIT,
                           _("A target time can’t be longer than ten years."));
      return FALSE;
    }
  if (*target > 0 && *target < 1000)
    {
      g_set_error_literal (error, STORM_ERROR, STORM_ERROR_LIMIT,
                           _("A target time can’t be shorter than a microsecond."));
      return FALSE;
    }
  return TRUE;
}

static void
on_target (StormRuleList *self,
           const char    *text)
{
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  gint64 target;

  if (!is_alive (self) || !STORM_IS_FLOW (self->object))
    return;
  if (!read_target (text, &target, &error))
    {
      g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }
  ids = list_own_id (self);
  do_change (self, storm_edit_set_target (get_board (self), ids, target));
}

static void
on_checked (StormRuleList *self)
{
  gboolean checked = gtk_switch_get_active (self->checked_switch);
  g_autoptr (GPtrArray) ids = NULL;

  if (!is_alive (self) || !STORM_IS_FLOW (self->object) ||
      checked == !storm_flow_get_unchecked (STORM_FLOW (self->object)))
    return;
  ids = list_own_id (self);
  do_change (self, storm_edit_set_unchecked (get_board (self), ids, !checked));
}

static void
on_switch (StormRuleList *self,
           GParamSpec    *pspec,
           GtkSwitch     *toggle)
{
  gboolean on = gtk_switch_get_active (toggle);
  StormRuleLine *line;
  guint i;

  if (!is_alive (self) || !g_ptr_array_find (self->switches, toggle, &i) || i >= self->lines->len)
    return;
  line = g_ptr_array_index (self->lines, i);
  if (line->state == STORM_RULE_FIXED || on == (line->state == STORM_RULE_ON))
    return;
  do_change (self, storm_edit_set_unchecked (get_board (self), on ? line->on_ids : line->off_ids,
                                             !on));
}

static AdwActionRow *
add_row (StormRuleList *self)
{
  AdwActionRow *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title-lines", 0,
                                    NULL);

  gtk_widget_add_css_class (GTK_WIDGET (row), "storm-rule");
  adw_preferences_group_add (self->group, GTK_WIDGET (row));
  return row;
}

static GtkSwitch *
add_switch (AdwActionRow *row)
{
  GtkSwitch *toggle = GTK_SWITCH (gtk_switch_new ());

  gtk_widget_set_valign (GTK_WIDGET (toggle), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (row, GTK_WIDGET (toggle));
  return toggle;
}

static void
add_line_row (StormRuleList *self)
{
  AdwActionRow *row = add_row (self);
  GtkSwitch *toggle = add_switch (row);

  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (on_switch), self,
                           G_CONNECT_SWAPPED);
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (self->switches, toggle);
}

static void
show_line (StormRuleList *self,
           guint          i,
           gboolean       editable)
{
  StormRuleLine *line = g_ptr_array_index (self->lines, i);
  AdwActionRow *row;
  GtkWidget *toggle;
  /* A flow's own switch stands above its rules. */
  gboolean switchable = line->state != STORM_RULE_FIXED && !STORM_IS_FLOW (self->object);

  if (i == self->rows->len)
    add_line_row (self);
  row = g_ptr_array_index (self->rows, i);
  toggle = g_ptr_array_index (self->switches, i);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), line->words);
  adw_action_row_set_subtitle (row, line->state == STORM_RULE_OFF ? _("Not checked") : "");
  gtk_switch_set_active (GTK_SWITCH (toggle), line->state == STORM_RULE_ON);
  gtk_widget_set_visible (toggle, switchable);
  gtk_widget_set_sensitive (toggle, editable);
  adw_action_row_set_activatable_widget (row, switchable ? toggle : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  line->words, -1);
  gtk_widget_set_visible (GTK_WIDGET (row), TRUE);
}

static void
show_lines (StormRuleList *self,
            guint          n_more,
            gboolean       editable)
{
  g_autofree char *words = NULL;

  for (guint i = 0; i < self->lines->len; i++)
    show_line (self, i, editable);
  for (guint i = self->lines->len; i < self->rows->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->rows, i), FALSE);

  if (n_more > 0)
    {
      if (self->more != NULL)
        adw_preferences_group_remove (self->group, GTK_WIDGET (self->more));
      self->more = add_row (self);
      words = g_strdup_printf (ngettext ("And %u more rule", "And %u more rules", n_more), n_more);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->more), words);
    }
  else if (self->more != NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->more), FALSE);
    }
}

static void
show_flow (StormRuleList *self,
           StormFlow     *flow,
           gboolean       editable)
{
  gint64 target = storm_flow_get_target (flow);
  g_autofree char *text = target > 0 ? storm_span_format (target) : g_strdup ("");

  storm_text_row_set_value (self->target, text);
  gtk_editable_set_editable (GTK_EDITABLE (self->target), editable);
  gtk_switch_set_active (self->checked_switch, !storm_flow_get_unchecked (flow));
  gtk_widget_set_sensitive (GTK_WIDGET (self->checked_switch), editable);
}

/* Takes @lines. */
static void
show (StormRuleList *self,
      GPtrArray     *lines,
      guint          n_more)
{
  gboolean editable = !storm_history_get_read_only (self->history);
  StormSticky *sticky = STORM_IS_STICKY (self->object) ? STORM_STICKY (self->object) : NULL;
  StormFlow *flow = STORM_IS_FLOW (self->object) ? STORM_FLOW (self->object) : NULL;
  gboolean is_policy = sticky != NULL && storm_sticky_get_kind (sticky) == STORM_KIND_POLICY;

  g_ptr_array_unref (self->lines);
  self->lines = lines;
  self->updating = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->join), is_policy);
  if (is_policy)
    {
      adw_combo_row_set_selected (self->join, storm_sticky_get_join (sticky));
      gtk_widget_set_sensitive (GTK_WIDGET (self->join),
                                editable && !storm_edit_is_locked (self->object));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->target), flow != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->checked), flow != NULL);
  if (flow != NULL)
    show_flow (self, flow, editable);
  show_lines (self, n_more, editable);
  self->updating = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), is_policy || flow != NULL || self->lines->len > 0);
}

static void
refresh (StormRuleList *self)
{
  GPtrArray *lines;
  guint n_more = 0;

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (STORM_IS_STICKY (self->object) || STORM_IS_FLOW (self->object))
    storm_rule_set_update (self->rules);
  if (STORM_IS_STICKY (self->object))
    lines = storm_rule_set_list_sticky (self->rules, STORM_STICKY (self->object), MAX_LINES,
                                        &n_more);
  else if (STORM_IS_FLOW (self->object))
    lines = storm_rule_set_list_flow (self->rules, STORM_FLOW (self->object), MAX_LINES, &n_more);
  else
    lines = g_ptr_array_new ();
  show (self, lines, n_more);
}

static gboolean
on_refresh (gpointer data)
{
  StormRuleList *self = data;
  gint64 left = self->edited_at + QUIET * G_TIME_SPAN_MILLISECOND - g_get_monotonic_time ();

  if (left > 0)
    {
      self->refresh_id = g_timeout_add (left / G_TIME_SPAN_MILLISECOND + 1, on_refresh, self);
      return G_SOURCE_REMOVE;
    }
  self->refresh_id = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
queue_refresh (StormRuleList *self)
{
  self->edited_at = g_get_monotonic_time ();
  if (self->object != NULL && self->refresh_id == 0)
    self->refresh_id = g_timeout_add (QUIET, on_refresh, self);
}

static void
on_updated (StormRuleList         *self,
            const StormBoardDelta *delta)
{
  StormProp props = delta->props[STORM_OBJECT_STICKY] | delta->props[STORM_OBJECT_FLOW] |
                    delta->props[STORM_OBJECT_CONTEXT];

  if (delta->added->len + delta->removed->len > 0 || (props & ~OTHER_PROPS) != 0)
    queue_refresh (self);
}

static void
storm_rule_list_dispose (GObject *object)
{
  StormRuleList *self = STORM_RULE_LIST (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->board_signals != NULL)
    g_signal_group_set_target (self->board_signals, NULL);
  g_clear_object (&self->board_signals);
  g_clear_object (&self->rules);
  g_clear_object (&self->history);
  g_clear_object (&self->object);

  G_OBJECT_CLASS (storm_rule_list_parent_class)->dispose (object);
}

static void
storm_rule_list_finalize (GObject *object)
{
  StormRuleList *self = STORM_RULE_LIST (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->switches);
  g_ptr_array_unref (self->lines);

  G_OBJECT_CLASS (storm_rule_list_parent_class)->finalize (object);
}

static void
storm_rule_list_class_init (StormRuleListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = storm_rule_list_dispose;
  object_class->finalize = storm_rule_list_finalize;

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);

  g_type_ensure (STORM_TYPE_TEXT_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               APP_PATH "/inspector/storm-rule-list.ui");
  gtk_widget_class_bind_template_child (widget_class, StormRuleList, group);
  gtk_widget_class_bind_template_child (widget_class, StormRuleList, join);
  gtk_widget_class_bind_template_child (widget_class, StormRuleList, target);
  gtk_widget_class_bind_template_child (widget_class, StormRuleList, checked);
  gtk_widget_class_bind_template_child (widget_class, StormRuleList, checked_switch);
  gtk_widget_class_bind_template_callback (widget_class, on_join);
  gtk_widget_class_bind_template_callback (widget_class, on_target);
  gtk_widget_class_bind_template_callback (widget_class, on_checked);
}

static void
storm_rule_list_init (StormRuleList *self)
{
  self->rows = g_ptr_array_new ();
  self->switches = g_ptr_array_new ();
  self->lines = g_ptr_array_new ();
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->updating = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
storm_rule_list_bind (StormRuleList *self,
                      StormHistory  *history)
{
  StormBoard *board;

  g_return_if_fail (STORM_IS_RULE_LIST (self));
  g_return_if_fail (STORM_IS_HISTORY (history));
  g_return_if_fail (self->history == NULL);

  board = storm_history_get_board (history);
  self->history = g_object_ref (history);
  self->rules = storm_rule_set_new (board);
  self->board_signals = g_signal_group_new (STORM_TYPE_BOARD);
  g_signal_group_connect_swapped (self->board_signals, "updated", G_CALLBACK (on_updated), self);
  g_signal_group_set_target (self->board_signals, board);
  g_signal_connect_object (history, "notify::read-only", G_CALLBACK (queue_refresh), self,
                           G_CONNECT_SWAPPED);
}

void
storm_rule_list_set_object (StormRuleList *self,
                            StormObject   *object)
{
  g_return_if_fail (STORM_IS_RULE_LIST (self));
  g_return_if_fail (self->history != NULL);

  if (object == self->object)
    return;
  storm_rule_list_flush (self);
  g_set_object (&self->object, object);
  if (object == NULL || storm_rule_set_is_current (self->rules))
    {
      refresh (self);
      return;
    }
  /* Selected by an edit, or right after one. */
  show (self, g_ptr_array_new (), 0);
  queue_refresh (self);
}

void
storm_rule_list_flush (StormRuleList *self)
{
  g_return_if_fail (STORM_IS_RULE_LIST (self));

  if (STORM_IS_FLOW (self->object))
    storm_text_row_flush (self->target);
}
