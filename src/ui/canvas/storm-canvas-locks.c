#include "config.h"

#include "storm-canvas-private.h"

#include <glib/gi18n-lib.h>

#include "storm-edit-props.h"

/* Whoever holds a key down is told once. */
#define TOLD_FOR (5 * G_TIME_SPAN_SECOND)

static gboolean
is_locked (StormCanvas *self,
           const char  *id)
{
  StormObject *object = storm_board_lookup (self->board, id);

  return object != NULL && storm_edit_is_locked (object);
}

static gboolean
can_lock (StormCanvas *self,
          const char  *id)
{
  StormObject *object = storm_board_lookup (self->board, id);

  return object != NULL && !STORM_IS_FLOW (object);
}

static void
count_locked (GListModel *list,
              GHashTable *within,
              guint      *n)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (StormObject) object = g_list_model_get_item (list, i);
      const char *home = STORM_IS_STICKY (object)
                         ? storm_sticky_get_context (STORM_STICKY (object)) : NULL;

      if (storm_edit_is_locked (object) &&
          (within == NULL || g_hash_table_contains (within, storm_object_get_id (object)) ||
           (home != NULL && g_hash_table_contains (within, home))))
        (*n)++;
    }
}

static void
tell_locked (StormCanvas *self,
             guint        n_stickies,
             guint        n_contexts)
{
  guint n = n_stickies + n_contexts;
  gint64 now = g_get_monotonic_time ();
  g_autofree char *words = NULL;

  if (n == 0 || (self->told_locked != 0 && now - self->told_locked < TOLD_FOR))
    return;
  self->told_locked = now;
  if (n_contexts == 0)
    words = g_strdup_printf (ngettext ("%u locked sticky was left as it is",
                                       "%u locked stickies were left as they are", n), n);
  else
    words = g_strdup_printf (ngettext ("%u locked object was left as it is",
                                       "%u locked objects were left as they are", n), n);
  storm_canvas_say (self, words);
}

void
storm_canvas_tell_locked (StormCanvas *self,
                          GPtrArray   *ids)
{
  g_autoptr (GHashTable) within = NULL;
  guint n_stickies = 0, n_contexts = 0;

  if (ids != NULL)
    {
      within = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < ids->len; i++)
        g_hash_table_add (within, g_ptr_array_index (ids, i));
    }
  count_locked (storm_board_get_stickies (self->board), within, &n_stickies);
  count_locked (storm_board_get_contexts (self->board), within, &n_contexts);
  tell_locked (self, n_stickies, n_contexts);
}

static void
on_lock (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  GPtrArray *ids = storm_selection_get_ids (self->selection);
  g_autoptr (StormChange) change = NULL;

  storm_tool_cancel (self->tool);
  change = storm_edit_set_locked (self->board, ids, g_str_equal (name, "canvas.lock"));
  if (storm_canvas_do (self, change))
    storm_canvas_update_actions (self);
}

static void
on_unlock_all (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  g_autoptr (StormChange) change = storm_edit_unlock_all (self->board);
  guint n;
  g_autofree char *words = NULL;

  storm_tool_cancel (self->tool);
  n = storm_change_get_n_steps (change);
  if (n > 0 && !storm_canvas_do (self, change))
    return;
  storm_canvas_update_actions (self);
  words = n > 0 ? g_strdup_printf (ngettext ("%u object was unlocked", "%u objects were unlocked",
                                             n), n)
                : g_strdup (_("Nothing is locked on this board"));
  self->told_locked = 0;
  storm_canvas_say (self, words);
}

static void
on_group (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  GPtrArray *ids = storm_selection_get_ids (self->selection);
  g_autoptr (GPtrArray) grouped = NULL;
  g_autoptr (StormChange) change = NULL;

  storm_tool_cancel (self->tool);
  storm_canvas_tell_locked (self, ids);
  if (g_str_equal (name, "canvas.ungroup"))
    change = storm_edit_ungroup (self->board, ids);
  else
    change = storm_edit_group (self->board, ids);
  if (!storm_canvas_do (self, change))
    return;
  /* A group may have grown by the groups that some of these belonged to. */
  grouped = storm_edit_with_groups (self->board, ids);
  storm_selection_set (self->selection, grouped);
  storm_canvas_update_actions (self);
}

/* One key for both: what isn't locked yet is locked; when all are, they are unlocked. */
static gboolean
on_lock_key (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  StormCanvas *self = STORM_CANVAS (widget);
  GPtrArray *ids = storm_selection_get_ids (self->selection);
  gboolean any_free = FALSE;

  for (guint i = 0; i < ids->len; i++)
    any_free = any_free || (can_lock (self, g_ptr_array_index (ids, i)) &&
                            !is_locked (self, g_ptr_array_index (ids, i)));
  return gtk_widget_activate_action (widget, any_free ? "canvas.lock" : "canvas.unlock", NULL);
}

static const struct
{
  const char                  *name;
  const char                  *label;
  const char                  *accel;
  GtkWidgetActionActivateFunc  activate;
} locks[] = {
  { "canvas.lock", N_("_Lock"), "<Primary><Alt>l", on_lock },
  { "canvas.unlock", N_("Un_lock"), "<Primary><Alt>l", on_lock },
  { "canvas.unlock-all", N_("Unlock _All"), "<Primary><Alt><Shift>l", on_unlock_all },
}, groups[] = {
  { "canvas.group", N_("_Group"), "<Primary><Alt>g", on_group },
  { "canvas.ungroup", N_("_Ungroup"), "<Primary><Alt><Shift>g", on_group },
};

/* The key of two actions belongs to neither, so GTK doesn't find it by itself. */
static void
append_item (GMenu      *menu,
             const char *label,
             const char *action,
             const char *accel)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);

  g_menu_item_set_attribute (item, "accel", "s", accel);
  g_menu_append_item (menu, item);
}

GMenuModel *
storm_canvas_make_lock_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) group_section = g_menu_new ();
  g_autoptr (GMenu) lock_section = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    append_item (group_section, _(groups[i].label), groups[i].name, groups[i].accel);
  for (guint i = 0; i < G_N_ELEMENTS (locks); i++)
    append_item (lock_section, _(locks[i].label), locks[i].name, locks[i].accel);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (group_section));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (lock_section));
  return G_MENU_MODEL (menu);
}

void
storm_canvas_install_locks (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (locks); i++)
    gtk_widget_class_install_action (klass, locks[i].name, NULL, locks[i].activate);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    gtk_widget_class_install_action (klass, groups[i].name, NULL, groups[i].activate);
  gtk_widget_class_add_binding (klass, GDK_KEY_l, GDK_CONTROL_MASK | GDK_ALT_MASK, on_lock_key,
                                NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_l,
                                       GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK,
                                       "canvas.unlock-all", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_g, GDK_CONTROL_MASK | GDK_ALT_MASK,
                                       "canvas.group", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_g,
                                       GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK,
                                       "canvas.ungroup", NULL);
}

void
storm_canvas_update_locks (StormCanvas *self,
                           gboolean     editable)
{
  GPtrArray *ids = storm_selection_get_ids (self->selection);
  gboolean any_locked = FALSE, any_free = FALSE, any_grouped = FALSE;
  guint n_stickies = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      StormSticky *sticky = storm_board_lookup_sticky (self->board, id);

      if (!can_lock (self, id))
        continue;
      any_locked = any_locked || is_locked (self, id);
      any_free = any_free || !is_locked (self, id);
      n_stickies += sticky != NULL;
      any_grouped = any_grouped || (sticky != NULL && storm_sticky_get_group (sticky) != NULL);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "canvas.lock", editable && any_free);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "canvas.unlock", editable && any_locked);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "canvas.unlock-all", editable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "canvas.group", editable && n_stickies > 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "canvas.ungroup", editable && any_grouped);
}
