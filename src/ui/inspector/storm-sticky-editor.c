#include "config.h"

#include "storm-sticky-editor.h"

#include <glib/gi18n-lib.h>

#include "storm-alias-list.h"
#include "storm-edit.h"
#include "storm-field-list.h"
#include "storm-text-area.h"
#include "storm-text-row.h"

struct _StormStickyEditor
{
  AdwBin parent_instance;

  StormTextRow *title;
  StormTextArea *description;
  AdwComboRow *kind;
  AdwPreferencesGroup *event_group;
  AdwComboRow *event_class;
  AdwComboRow *visibility;
  GtkDropDown *fail_of;
  StormTextRow *topic;
  AdwPreferencesGroup *fields_group;
  StormFieldList *fields;
  AdwPreferencesGroup *aliases_group;
  StormAliasList *aliases;

  StormBoard *board;
  StormSticky *sticky;
  /* The ids behind the rows of fail_of; the first is "" for none. */
  GPtrArray *fail_ids;
  gboolean updating;
};

enum
{
  EDIT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StormStickyEditor, storm_sticky_editor, ADW_TYPE_BIN)

/* Takes @change; nullable. */
static void
emit_edit (StormStickyEditor *self,
           StormChange       *change)
{
  if (change == NULL)
    return;

  g_signal_emit (self, signals[EDIT], 0, change);
  storm_change_unref (change);
  storm_sticky_editor_refresh (self);
}

static const char *
sticky_id (StormStickyEditor *self)
{
  return storm_object_get_id (STORM_OBJECT (self->sticky));
}

/* Whether an edit can still reach the sticky; it may have been removed with text half typed. */
static gboolean
is_alive (StormStickyEditor *self)
{
  return self->sticky != NULL && !self->updating &&
         storm_board_lookup_sticky (self->board, sticky_id (self)) == self->sticky;
}

static void
commit_text (StormStickyEditor *self,
             StormProp          prop,
             const char        *text)
{
  if (is_alive (self))
    emit_edit (self, storm_edit_set_text (self->board, sticky_id (self), prop, text));
}

static void
on_title (StormStickyEditor *self,
          const char        *text)
{
  commit_text (self, STORM_PROP_TITLE, text);
}

static void
on_description (StormStickyEditor *self,
                const char        *text)
{
  commit_text (self, STORM_PROP_DESCRIPTION, text);
}

static void
on_topic (StormStickyEditor *self,
          const char        *text)
{
  commit_text (self, STORM_PROP_TOPIC, text);
}

static void
on_kind (StormStickyEditor *self)
{
  g_autoptr (GPtrArray) ids = NULL;
  guint kind = adw_combo_row_get_selected (self->kind);

  if (!is_alive (self) || kind >= STORM_N_KINDS || kind == storm_sticky_get_kind (self->sticky))
    return;

  ids = g_ptr_array_new ();
  g_ptr_array_add (ids, (gpointer) sticky_id (self));
  emit_edit (self, storm_edit_set_kind (self->board, ids, (StormKind) kind));
}

static void
commit_word (StormStickyEditor *self,
             const char        *label,
             StormProp          prop,
             const char        *word)
{
  g_autoptr (StormChange) change = storm_change_new (label);

  storm_change_set (change, sticky_id (self), prop, g_variant_new_string (word ? word : ""));
  emit_edit (self, g_steal_pointer (&change));
}

static void
on_event_class (StormStickyEditor *self)
{
  guint event_class = adw_combo_row_get_selected (self->event_class);

  if (is_alive (self) && event_class != storm_sticky_get_event_class (self->sticky))
    commit_word (self, _("Change event class"), STORM_PROP_EVENT_CLASS,
                 storm_event_class_nick ((StormEventClass) event_class));
}

static void
on_visibility (StormStickyEditor *self)
{
  guint visibility = adw_combo_row_get_selected (self->visibility);

  if (is_alive (self) && visibility != storm_sticky_get_visibility (self->sticky))
    commit_word (self, _("Change visibility"), STORM_PROP_VISIBILITY,
                 storm_visibility_nick ((StormVisibility) visibility));
}

static void
on_fail_of (StormStickyEditor *self)
{
  guint selected = gtk_drop_down_get_selected (self->fail_of);
  const char *now;

  if (!is_alive (self) || selected >= self->fail_ids->len)
    return;

  now = storm_sticky_get_fail_of (self->sticky);
  if (g_strcmp0 (now != NULL ? now : "", self->fail_ids->pdata[selected]) != 0)
    commit_word (self, _("Change what it is the failure of"), STORM_PROP_FAIL_OF,
                 self->fail_ids->pdata[selected]);
}

static void
on_fields (StormStickyEditor *self,
           GPtrArray         *fields)
{
  if (is_alive (self))
    emit_edit (self, storm_edit_set_fields (self->board, sticky_id (self), fields));
}

static void
on_aliases (StormStickyEditor *self,
            GStrv              aliases)
{
  if (is_alive (self))
    emit_edit (self, storm_edit_set_aliases (self->board, sticky_id (self),
                                             (const char * const *) aliases));
}

static GtkStringList *
kind_names (void)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (guint i = 0; i < STORM_N_KINDS; i++)
    gtk_string_list_append (list, storm_kind_name ((StormKind) i));
  return list;
}

static void
show_fail_of (StormStickyEditor *self)
{
  const char *id = storm_sticky_get_fail_of (self->sticky);
  guint found = 0;

  for (guint i = 1; id != NULL && i < self->fail_ids->len; i++)
    if (g_str_equal (self->fail_ids->pdata[i], id))
      found = i;

  gtk_drop_down_set_selected (self->fail_of, found);
}

/* Type names used elsewhere on the board, so that a team keeps to its own words. */
static char **
collect_types (StormBoard *board)
{
  GListModel *stickies = storm_board_get_stickies (board);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = MIN (g_list_model_get_n_items (stickies), 2000);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < n && g_hash_table_size (seen) < 12; i++)
    {
      g_autoptr (StormSticky) sticky = g_list_model_get_item (stickies, i);
      GPtrArray *fields = storm_sticky_get_fields (sticky);

      for (guint f = 0; f < fields->len; f++)
        {
          StormField *field = fields->pdata[f];

          if (*field->type != '\0' && g_hash_table_size (seen) < 12 &&
              g_hash_table_add (seen, g_strdup (field->type)))
            g_strv_builder_add (builder, field->type);
        }
    }

  return g_strv_builder_end (builder);
}

static void
storm_sticky_editor_dispose (GObject *object)
{
  StormStickyEditor *self = STORM_STICKY_EDITOR (object);

  g_clear_object (&self->sticky);
  g_clear_object (&self->board);

  G_OBJECT_CLASS (storm_sticky_editor_parent_class)->dispose (object);
}

static void
storm_sticky_editor_finalize (GObject *object)
{
  g_ptr_array_unref (STORM_STICKY_EDITOR (object)->fail_ids);

  G_OBJECT_CLASS (storm_sticky_editor_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               APP_PATH "/inspector/storm-sticky-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, StormStickyEditor, title);
  gtk_widget_class_bind_template_child (widget_class, StormStickyEditor, description);
  gtk_widget_class_bind_template_child (widget_class, StormStickyEditor, kind);
  gtk_widget_class_bind_template_child (widget_class, StormStickyEditor, event_group);
  gtk_widget_class_bind_template_child (widget_class, StormStickyEditor, event_class);
  gtk_widget_class_bind_template_child (widget_class, StormStickyEditor, visibility);
  gtk_widget_class_bind_template_child (widget_class, StormStickyEditor, fail_of);
  gtk_widget_class_bind_template_child (widget_class, StormStickyEditor, topic);
  gtk_widget_class_bind_template_child (widget_class, StormStickyEditor, fields_group);
  gtk_widget_class_bind_template_child (widget_class, StormStickyEditor, fields);
  gtk_widget_class_bind_template_child (widget_class, StormStickyEditor, aliases_group);
  gtk_widget_class_bind_template_child (widget_class, StormStickyEditor, aliases);
  gtk_widget_class_bind_template_callback (widget_class, on_title);
  gtk_widget_class_bind_template_callback (widget_class, on_description);
  gtk_widget_class_bind_template_callback (widget_class, on_topic);
  gtk_widget_class_bind_template_callback (widget_class, on_kind);
  gtk_widget_class_bind_template_callback (widget_class, on_event_class);
  gtk_widget_class_bind_template_callback (widget_class, on_visibility);
  gtk_widget_class_bind_template_callback (widget_class, on_fail_of);
  gtk_widget_class_bind_template_callback (widget_class, on_fields);
  gtk_widget_class_bind_template_callback (widget_class, on_aliases);
}

static void
storm_sticky_editor_class_init (StormStickyEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = storm_sticky_editor_dispose;
  object_class->finalize = storm_sticky_editor_finalize;

  signals[EDIT] = g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 1, storm_change_get_type ());

  g_type_ensure (STORM_TYPE_TEXT_ROW);
  g_type_ensure (STORM_TYPE_TEXT_AREA);
  g_type_ensure (STORM_TYPE_FIELD_LIST);
  g_type_ensure (STORM_TYPE_ALIAS_LIST);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
storm_sticky_editor_init (StormStickyEditor *self)
{
  g_autoptr (GtkStringList) kinds = kind_names ();

  self->fail_ids = g_ptr_array_new_with_free_func (g_free);
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (kinds));
  self->updating = FALSE;
}

void
storm_sticky_editor_refresh (StormStickyEditor *self)
{
  StormKind kind;
  gboolean is_event;
  gboolean has_fields;

  g_return_if_fail (STORM_IS_STICKY_EDITOR (self));

  if (self->sticky == NULL)
    return;

  kind = storm_sticky_get_kind (self->sticky);
  is_event = kind == STORM_KIND_EVENT;
  has_fields = kind != STORM_KIND_NOTE && kind != STORM_KIND_HOT_SPOT;

  self->updating = TRUE;
  storm_text_row_set_value (self->title, storm_sticky_get_title (self->sticky));
  storm_text_area_set_value (self->description, storm_sticky_get_description (self->sticky));
  adw_combo_row_set_selected (self->kind, kind);
  adw_combo_row_set_selected (self->event_class, storm_sticky_get_event_class (self->sticky));
  adw_combo_row_set_selected (self->visibility, storm_sticky_get_visibility (self->sticky));
  storm_text_row_set_value (self->topic, storm_sticky_get_topic (self->sticky));
  storm_field_list_set_fields (self->fields, storm_sticky_get_fields (self->sticky));
  storm_alias_list_set_aliases (self->aliases, storm_sticky_get_aliases (self->sticky));
  show_fail_of (self);
  gtk_widget_set_visible (GTK_WIDGET (self->event_group), is_event);
  gtk_widget_set_visible (GTK_WIDGET (self->aliases_group), is_event);
  gtk_widget_set_visible (GTK_WIDGET (self->fields_group), has_fields);
  self->updating = FALSE;
}

void
storm_sticky_editor_refresh_events (StormStickyEditor *self)
{
  GListModel *stickies;
  g_autoptr (GtkStringList) titles = NULL;
  guint n;

  g_return_if_fail (STORM_IS_STICKY_EDITOR (self));

  if (self->sticky == NULL)
    return;

  titles = gtk_string_list_new (NULL);
  gtk_string_list_append (titles, C_("failure of", "Nothing"));
  g_ptr_array_set_size (self->fail_ids, 0);
  g_ptr_array_add (self->fail_ids, g_strdup (""));

  stickies = storm_board_get_stickies (self->board);
  n = g_list_model_get_n_items (stickies);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StormSticky) sticky = g_list_model_get_item (stickies, i);
      const char *title = storm_sticky_get_title (sticky);

      if (sticky == self->sticky || storm_sticky_get_kind (sticky) != STORM_KIND_EVENT)
        continue;
      gtk_string_list_append (titles, *title != '\0' ? title : _("Untitled"));
      g_ptr_array_add (self->fail_ids,
                       g_strdup (storm_object_get_id (STORM_OBJECT (sticky))));
    }

  self->updating = TRUE;
  gtk_drop_down_set_model (self->fail_of, G_LIST_MODEL (titles));
  show_fail_of (self);
  self->updating = FALSE;
}

void
storm_sticky_editor_set_sticky (StormStickyEditor *self,
                                StormBoard        *board,
                                StormSticky       *sticky)
{
  g_auto (GStrv) types = NULL;

  g_return_if_fail (STORM_IS_STICKY_EDITOR (self));
  g_return_if_fail (STORM_IS_BOARD (board));
  g_return_if_fail (sticky == NULL || STORM_IS_STICKY (sticky));

  if (self->sticky == sticky)
    return;

  storm_sticky_editor_flush (self);
  g_set_object (&self->board, board);
  g_set_object (&self->sticky, sticky);
  if (sticky == NULL)
    return;

  types = collect_types (board);
  storm_field_list_set_types (self->fields, (const char * const *) types);
  storm_sticky_editor_refresh_events (self);
  storm_sticky_editor_refresh (self);
}

void
storm_sticky_editor_set_editable (StormStickyEditor *self,
                                  gboolean           editable)
{
  g_return_if_fail (STORM_IS_STICKY_EDITOR (self));

  /* Texts stay readable and can be copied; what can only be changed is greyed out. */
  gtk_editable_set_editable (GTK_EDITABLE (self->title), editable);
  gtk_editable_set_editable (GTK_EDITABLE (self->topic), editable);
  storm_text_area_set_editable (self->description, editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->kind), editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->event_class), editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->visibility), editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->fail_of), editable);
  storm_field_list_set_editable (self->fields, editable);
  storm_alias_list_set_editable (self->aliases, editable);
}

void
storm_sticky_editor_flush (StormStickyEditor *self)
{
  g_return_if_fail (STORM_IS_STICKY_EDITOR (self));

  if (self->sticky == NULL)
    return;

  storm_text_row_flush (self->title);
  storm_text_area_flush (self->description);
  storm_text_row_flush (self->topic);
  storm_field_list_flush (self->fields);
  storm_alias_list_flush (self->aliases);
}
