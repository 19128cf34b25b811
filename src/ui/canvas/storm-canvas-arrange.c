#include "config.h"

#include "storm-canvas-private.h"

#include <glib/gi18n-lib.h>

#include "storm-edit-arrange.h"

/* What stands in the submenu, its sections apart by their number; tidying up is a matter of its
 * own. */
static const struct
{
  const char      *name;
  StormArrange     how;
  guint            section;
  const char      *label;
  guint            key;
  guint            keypad;
  GdkModifierType  mods;
} actions[] = {
  { "canvas.align-left", STORM_ARRANGE_LEFT, 0, N_("Align _Left"),
    GDK_KEY_Left, GDK_KEY_KP_Left, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { "canvas.align-center", STORM_ARRANGE_CENTER, 0, N_("Align _Centres") },
  { "canvas.align-right", STORM_ARRANGE_RIGHT, 0, N_("Align _Right"),
    GDK_KEY_Right, GDK_KEY_KP_Right, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { "canvas.align-top", STORM_ARRANGE_TOP, 0, N_("Align _Top"),
    GDK_KEY_Up, GDK_KEY_KP_Up, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { "canvas.align-middle", STORM_ARRANGE_MIDDLE, 0, N_("Align _Middles") },
  { "canvas.align-bottom", STORM_ARRANGE_BOTTOM, 0, N_("Align _Bottom"),
    GDK_KEY_Down, GDK_KEY_KP_Down, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  { "canvas.distribute-horizontally", STORM_ARRANGE_SPREAD_ACROSS, 1,
    N_("Distribute _Horizontally"), GDK_KEY_h, 0, GDK_ALT_MASK | GDK_SHIFT_MASK },
  { "canvas.distribute-vertically", STORM_ARRANGE_SPREAD_DOWN, 1,
    N_("Distribute _Vertically"), GDK_KEY_v, 0, GDK_ALT_MASK | GDK_SHIFT_MASK },
  { "canvas.stack-row", STORM_ARRANGE_ROW, 2, N_("Stack in a Ro_w") },
  { "canvas.stack-column", STORM_ARRANGE_COLUMN, 2, N_("Stack in a C_olumn") },
  { "canvas.same-width", STORM_ARRANGE_SAME_WIDTH, 3, N_("Same W_idth") },
  { "canvas.same-height", STORM_ARRANGE_SAME_HEIGHT, 3, N_("Same Hei_ght") },
  { "canvas.same-size", STORM_ARRANGE_SAME_SIZE, 3, N_("Same _Size") },
};

#define TIDY_UP "canvas.tidy-up"

static void
on_arrange (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);

  storm_tool_cancel (self->tool);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr (StormChange) change = NULL;

      if (!g_str_equal (actions[i].name, name))
        continue;
      storm_canvas_tell_locked (self, storm_selection_get_ids (self->selection));
      change = storm_edit_arrange (self->board, storm_selection_get_ids (self->selection),
                                   actions[i].how);
      storm_canvas_do (self, change);
    }
}

static gboolean
shows_something (StormCanvas *self)
{
  StormRect visible = storm_viewport_get_visible (&self->view);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  storm_scene_collect (self->scene, STORM_OBJECT_STICKY, &visible, items);
  return items->len > 0;
}

/* What is selected, when that is more than one; else all. */
static void
on_tidy_up (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  StormCanvas *self = STORM_CANVAS (widget);
  GPtrArray *ids = storm_selection_get_ids (self->selection);
  g_autoptr (StormChange) change = NULL;
  g_autoptr (GError) error = NULL;

  storm_tool_cancel (self->tool);
  change = storm_edit_tidy (self->board, ids->len > 1 ? ids : NULL, &error);
  if (change == NULL)
    {
      storm_canvas_fail (self, error);
      return;
    }
  storm_canvas_tell_locked (self, ids->len > 1 ? ids : NULL);
  if (storm_canvas_do (self, change) && !shows_something (self))
    storm_canvas_zoom_to_fit (self);
}

GMenuModel *
storm_canvas_make_arrange_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();

  g_menu_append (section, _("Tidy _Up"), TIDY_UP);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (i == 0 || actions[i].section != actions[i - 1].section)
        {
          g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
          g_object_unref (section);
          section = g_menu_new ();
        }
      g_menu_append (section, _(actions[i].label), actions[i].name);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));

  return G_MENU_MODEL (menu);
}

void
storm_canvas_install_arrange (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, TIDY_UP, NULL, on_tidy_up);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_t, GDK_CONTROL_MASK,
                                       TIDY_UP, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (klass, actions[i].name, NULL, on_arrange);
      /* Of several keys for one action menus show the last. */
      if (actions[i].keypad != 0)
        gtk_widget_class_add_binding_action (klass, actions[i].keypad, actions[i].mods,
                                             actions[i].name, NULL);
      if (actions[i].key != 0)
        gtk_widget_class_add_binding_action (klass, actions[i].key, actions[i].mods,
                                             actions[i].name, NULL);
    }
}

void
storm_canvas_update_arrange (StormCanvas *self,
                             gboolean     editable)
{
  guint n = storm_selection_get_n (self->selection);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), TIDY_UP, editable);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name,
                                   editable && n >= storm_arrange_min_n (actions[i].how));
}
