#include "config.h"

#include "storm-canvas-private.h"

/* The keys that are bound to actions; what is typed is in storm-canvas-input.c. */

static gboolean
on_menu_key (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  StormCanvas *self = STORM_CANVAS (widget);
  StormItem *item = storm_tool_get_single (self->tool);
  StormPoint at = { self->view.width / 2, self->view.height / 2 };

  if (self->editor != NULL)
    return FALSE;
  if (item != NULL)
    {
      StormRect r = storm_viewport_rect_to_screen (&self->view, &item->rect);

      at = storm_rect_center (&r);
    }
  storm_canvas_popup_menu (self, at);
  return TRUE;
}

/* The kind that a digit chose, without a pointer to say where. */
static gboolean
storm_canvas_place_by_key (StormCanvas *self)
{
  int kind = storm_tool_get_placing (self->tool);

  if (kind < 0)
    return FALSE;
  storm_tool_set_placing (self->tool, -1);
  return gtk_widget_activate_action (GTK_WIDGET (self), "canvas.add", "s",
                                     storm_kind_info ((StormKind) kind)->nick);
}

/* Enter puts down what is being placed, opens a number while one is shown, else the editor. */
static gboolean
on_enter_key (GtkWidget *widget,
              GVariant  *args,
              gpointer   user_data)
{
  StormCanvas *self = STORM_CANVAS (widget);
  StormItem *item = storm_tool_get_single (self->tool);

  if (self->editor == NULL && storm_canvas_place_by_key (self))
    return TRUE;
  if (self->editor != NULL || storm_selection_get_n (self->selection) != 1)
    return FALSE;
  if (item != NULL && storm_canvas_open_number (self, item))
    return TRUE;
  return gtk_widget_activate_action (widget, "canvas.edit", NULL);
}

/* From a sticky to the next, which is made; with nothing selected Tab leads out of the board. */
static gboolean
on_step_key (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  StormItem *item = storm_tool_get_single (STORM_CANVAS (widget)->tool);

  if (item == NULL || item->type != STORM_OBJECT_STICKY)
    return FALSE;
  return gtk_widget_activate_action (widget, g_variant_get_string (args, NULL), NULL);
}

/* Moves what is selected; with nothing selected, walks to a sticky. */
static gboolean
on_arrow_key (GtkWidget *widget,
              GVariant  *args,
              gpointer   user_data)
{
  StormCanvas *self = STORM_CANVAS (widget);
  double dx, dy;

  if (self->editor != NULL)
    return FALSE;
  g_variant_get (args, "(dd)", &dx, &dy);
  if (storm_selection_get_n (self->selection) == 0)
    return gtk_widget_activate_action (widget, "canvas.focus", "s", "next");
  return gtk_widget_activate_action (widget, "canvas.nudge", "(dd)", dx, dy);
}

static void
storm_canvas_bind_arrows (GtkWidgetClass *klass)
{
  static const struct { guint key, keypad; double dx, dy; const char *name; } arrows[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0, "left" },
    { GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0, "right" },
    { GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1, "up" },
    { GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1, "down" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    for (guint k = 0; k < 2; k++)
      {
        guint key = k == 0 ? arrows[i].key : arrows[i].keypad;

        gtk_widget_class_add_binding (klass, key, 0, on_arrow_key, "(dd)", arrows[i].dx,
                                      arrows[i].dy);
        gtk_widget_class_add_binding (klass, key, GDK_SHIFT_MASK, on_arrow_key, "(dd)",
                                      10 * arrows[i].dx, 10 * arrows[i].dy);
        gtk_widget_class_add_binding_action (klass, key, GDK_ALT_MASK, "canvas.follow", "s",
                                             arrows[i].name);
        gtk_widget_class_add_binding_action (klass, key, GDK_ALT_MASK | GDK_SHIFT_MASK,
                                             "canvas.extend", "s", arrows[i].name);
      }
}

/* A view further down or up; sideways with Shift. */
static void
storm_canvas_bind_pages (GtkWidgetClass *klass)
{
  static const struct { guint key, keypad; double by; } pages[] = {
    { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, -1 },
    { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    for (guint k = 0; k < 2; k++)
      {
        guint key = k == 0 ? pages[i].key : pages[i].keypad;

        gtk_widget_class_add_binding_action (klass, key, 0, "canvas.page", "(dd)", 0.0,
                                             pages[i].by);
        gtk_widget_class_add_binding_action (klass, key, GDK_SHIFT_MASK, "canvas.page", "(dd)",
                                             pages[i].by, 0.0);
      }
}

void
storm_canvas_install_keys (GtkWidgetClass *klass)
{
  /* Of several keys for one action menus show the last. */
  static const struct { guint key; GdkModifierType mods; const char *action; } keys[] = {
    { GDK_KEY_z, GDK_CONTROL_MASK, "canvas.undo" },
    { GDK_KEY_y, GDK_CONTROL_MASK, "canvas.redo" },
    { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "canvas.redo" },
    { GDK_KEY_a, GDK_CONTROL_MASK, "canvas.select-all" },
    { GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "canvas.select-none" },
    { GDK_KEY_c, GDK_CONTROL_MASK, "canvas.copy" },
    { GDK_KEY_x, GDK_CONTROL_MASK, "canvas.cut" },
    { GDK_KEY_v, GDK_CONTROL_MASK, "canvas.paste" },
    { GDK_KEY_c, GDK_CONTROL_MASK | GDK_ALT_MASK, "canvas.copy-style" },
    { GDK_KEY_v, GDK_CONTROL_MASK | GDK_ALT_MASK, "canvas.paste-style" },
    { GDK_KEY_d, GDK_CONTROL_MASK, "canvas.duplicate" },
    { GDK_KEY_BackSpace, 0, "canvas.delete" },
    { GDK_KEY_KP_Delete, 0, "canvas.delete" },
    { GDK_KEY_Delete, 0, "canvas.delete" },
    { GDK_KEY_F2, 0, "canvas.edit" },
    { GDK_KEY_Right, GDK_CONTROL_MASK, "canvas.connect-next" },
    { GDK_KEY_Left, GDK_CONTROL_MASK, "canvas.connect-previous" },
    { GDK_KEY_Up, GDK_CONTROL_MASK, "canvas.connect-above" },
    { GDK_KEY_Down, GDK_CONTROL_MASK, "canvas.connect-below" },
    { GDK_KEY_Escape, 0, "canvas.cancel" },
    { GDK_KEY_plus, GDK_CONTROL_MASK, "canvas.zoom-in" },
    { GDK_KEY_equal, GDK_CONTROL_MASK, "canvas.zoom-in" },
    { GDK_KEY_KP_Add, GDK_CONTROL_MASK, "canvas.zoom-in" },
    { GDK_KEY_minus, GDK_CONTROL_MASK, "canvas.zoom-out" },
    { GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, "canvas.zoom-out" },
    { GDK_KEY_0, GDK_CONTROL_MASK, "canvas.zoom-100" },
    { GDK_KEY_KP_0, GDK_CONTROL_MASK, "canvas.zoom-100" },
    { GDK_KEY_bracketright, GDK_CONTROL_MASK, "canvas.forward" },
    { GDK_KEY_bracketleft, GDK_CONTROL_MASK, "canvas.backward" },
    { GDK_KEY_bracketright, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "canvas.to-front" },
    { GDK_KEY_bracketleft, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "canvas.to-back" },
  };

  static const struct { guint key; GdkModifierType mods; const char *action; } steps[] = {
    { GDK_KEY_Tab, 0, "canvas.next-right" },
    { GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK, "canvas.next-left" },
    { GDK_KEY_Tab, GDK_SHIFT_MASK, "canvas.next-left" },
    { GDK_KEY_Return, GDK_CONTROL_MASK, "canvas.next-below" },
    { GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "canvas.next-below" },
    { GDK_KEY_Return, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "canvas.next-above" },
    { GDK_KEY_KP_Enter, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "canvas.next-above" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_widget_class_add_binding (klass, steps[i].key, steps[i].mods, on_step_key, "s",
                                  steps[i].action);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (klass, keys[i].key, keys[i].mods, keys[i].action, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Return, 0, on_enter_key, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Enter, 0, on_enter_key, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Menu, 0, on_menu_key, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_F10, GDK_SHIFT_MASK, on_menu_key, NULL);
  storm_canvas_bind_arrows (klass);
  storm_canvas_bind_pages (klass);
}
