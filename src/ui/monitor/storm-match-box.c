#include "config.h"

#include "storm-match-box.h"

#include <glib/gi18n-lib.h>

#include "storm-edit.h"
#include "storm-make-sticky.h"
#include "storm-match-near.h"
#include "storm-monitor-controller-private.h"

struct _StormMatchBox
{
  GtkBox                  parent_instance;

  StormMonitorController *controller;
  StormMonitor           *monitor;
  guint32                 row;
  char                   *rule;
  char                   *near_id;    /* nullable: of the sticky that may take the alias */
  guint                   update_id;
  GtkWidget              *words;
  GtkWidget              *buttons;
  GtkWidget              *alias;
};

G_DEFINE_FINAL_TYPE (StormMatchBox, storm_match_box, GTK_TYPE_BOX)

static StormHistory *
get_history (StormMatchBox *self)
{
  return storm_board_file_get_history (storm_monitor_controller_get_file (self->controller));
}

static void
do_change (StormMatchBox *self,
           StormChange   *change)
{
  g_autoptr (GError) error = NULL;

  if (!storm_history_do (get_history (self), change, &error))
    storm_monitor_controller_fail (self->controller, error);
}

/* The log may have been cleared since. */
static gboolean
has_event (StormMatchBox *self)
{
  return self->row < storm_event_log_get_n (storm_monitor_get_log (self->monitor));
}

static void
add_alias_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  StormMatchBox *self = STORM_MATCH_BOX (widget);
  StormBoard *board = storm_monitor_get_board (self->monitor);
  StormObject *sticky = self->near_id != NULL ? storm_board_lookup (board, self->near_id) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) aliases = NULL;
  g_autoptr (StormChange) change = NULL;
  const char * const *now;

  if (!STORM_IS_STICKY (sticky) || !has_event (self))
    return;
  now = storm_sticky_get_aliases (STORM_STICKY (sticky));
  for (; now != NULL && *now != NULL; now++)
    g_strv_builder_add (builder, *now);
  g_strv_builder_add (builder, storm_event_log_get_type_name (
    storm_monitor_get_log (self->monitor), self->row));
  aliases = g_strv_builder_end (builder);
  change = storm_edit_set_aliases (board, self->near_id, (const char * const *) aliases);
  do_change (self, change);
}

static void
make_sticky_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  StormMatchBox *self = STORM_MATCH_BOX (widget);
  StormBoard *board = storm_monitor_get_board (self->monitor);
  g_autoptr (StormChange) change = NULL;

  if (!has_event (self))
    return;
  change = storm_make_sticky (board, storm_monitor_get_log (self->monitor),
                              storm_monitor_controller_get_mapping (self->controller), self->row,
                              storm_make_sticky_place (board), NULL);
  do_change (self, change);
}

static char *
type_words (StormMatchBox *self,
            const char    *type)
{
  if (*type == '\0')
    return g_strdup (_("No rule of the mapping finds an event type in this record. “Mapping of "
                       "Events” shows where it may stand."));
  if (self->rule == NULL)
    /* Translators: an event type. */
    return g_strdup_printf (_("Type “%s”."), type);
  /* Translators: an event type, and a rule such as “json:/eventType”. */
  return g_strdup_printf (_("Type “%s”, read by the rule %s."), type, self->rule);
}

static char *
sticky_words (StormMatchBox *self,
              const char    *type)
{
  StormMatchWhy why = STORM_MATCH_NONE;
  StormSticky *near;
  GPtrArray *stickies;

  stickies = storm_matcher_match (
    storm_monitor_get_matcher (self->monitor),
    storm_event_log_get_type_id (storm_monitor_get_log (self->monitor), self->row), &why);
  if (stickies->len > 0)
    return storm_match_why_words (why, storm_sticky_get_title (g_ptr_array_index (stickies, 0)));

  near = storm_match_near (storm_monitor_get_board (self->monitor), type);
  if (near == NULL)
    return storm_match_why_words (STORM_MATCH_NONE, NULL);
  self->near_id = g_strdup (storm_object_get_id (STORM_OBJECT (near)));
  return storm_match_why_words (STORM_MATCH_NONE, storm_sticky_get_title (near));
}

static void
show_buttons (StormMatchBox *self,
              gboolean       unmatched)
{
  gboolean writable = !storm_history_get_read_only (get_history (self));

  gtk_widget_set_visible (self->buttons, unmatched);
  gtk_widget_set_visible (self->alias, self->near_id != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "match.add-alias",
                                 writable && self->near_id != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "match.make-sticky", writable && unmatched);
}

static void
update (StormMatchBox *self)
{
  StormEventLog *log = storm_monitor_get_log (self->monitor);
  g_autofree char *read = NULL;
  g_autofree char *sticky = NULL;
  g_autofree char *both = NULL;
  const char *type;

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_pointer (&self->near_id, g_free);
  gtk_widget_set_visible (GTK_WIDGET (self), has_event (self));
  if (!has_event (self))
    {
      show_buttons (self, FALSE);
      return;
    }
  type = storm_event_log_get_type_name (log, self->row);
  read = type_words (self, type);
  if (*type != '\0')
    sticky = sticky_words (self, type);
  both = g_strconcat (read, sticky != NULL ? "\n" : NULL, sticky, NULL);
  gtk_label_set_text (GTK_LABEL (self->words), both);
  show_buttons (self, *type != '\0' &&
                storm_matcher_match (storm_monitor_get_matcher (self->monitor),
                                     storm_event_log_get_type_id (log, self->row), NULL)->len == 0);
}

static gboolean
update_cb (gpointer data)
{
  StormMatchBox *self = data;

  self->update_id = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* Later: the matcher may say it a thousand times while a thousand stickies go. */
static void
matcher_changed_cb (StormMatchBox *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (update_cb, self);
}

static void
storm_match_box_dispose (GObject *object)
{
  StormMatchBox *self = STORM_MATCH_BOX (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->monitor);
  g_clear_object (&self->controller);

  G_OBJECT_CLASS (storm_match_box_parent_class)->dispose (object);
}

static void
storm_match_box_finalize (GObject *object)
{
  StormMatchBox *self = STORM_MATCH_BOX (object);

  g_free (self->rule);
  g_free (self->near_id);

  G_OBJECT_CLASS (storm_match_box_parent_class)->finalize (object);
}

static void
storm_match_box_class_init (StormMatchBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = storm_match_box_dispose;
  G_OBJECT_CLASS (klass)->finalize = storm_match_box_finalize;
  gtk_widget_class_install_action (widget_class, "match.add-alias", NULL, add_alias_action);
  gtk_widget_class_install_action (widget_class, "match.make-sticky", NULL, make_sticky_action);
}

static GtkWidget *
add_button (StormMatchBox *self,
             const char    *label,
             const char    *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (self->buttons), button);
  return button;
}

static void
storm_match_box_init (StormMatchBox *self)
{
  self->row = G_MAXUINT32;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->words = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->words), 0);
  gtk_label_set_wrap (GTK_LABEL (self->words), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->words), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (self->words), TRUE);
  gtk_box_append (GTK_BOX (self), self->words);
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  add_button (self, _("Make sticky"), "match.make-sticky");
  self->alias = add_button (self, _("Add as alias"), "match.add-alias");
  gtk_widget_set_tooltip_text (self->alias, _("The nearest sticky takes this type as an alias"));
  gtk_box_append (GTK_BOX (self), self->buttons);
}

GtkWidget *
storm_match_box_new (StormMonitorController *controller)
{
  StormMatchBox *self;

  g_return_val_if_fail (STORM_IS_MONITOR_CONTROLLER (controller), NULL);

  self = g_object_new (STORM_TYPE_MATCH_BOX, NULL);
  self->controller = g_object_ref (controller);
  self->monitor = g_object_ref (storm_monitor_controller_get_monitor (controller));
  g_signal_connect_object (storm_monitor_get_matcher (self->monitor), "changed",
                           G_CALLBACK (matcher_changed_cb), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

void
storm_match_box_set_event (StormMatchBox *self,
                           guint32        row,
                           const char    *rule)
{
  g_return_if_fail (STORM_IS_MATCH_BOX (self));

  self->row = row;
  g_free (self->rule);
  self->rule = g_strdup (rule);
  update (self);
}
