#include "config.h"

#include "storm-trace-menu.h"

#include <glib/gi18n-lib.h>

static void
append (GMenu      *menu,
        const char *label,
        const char *action,
        GVariant   *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static GMenuModel *
menu_new (StormMonitorController *controller,
          const char             *key)
{
  const char *chosen = storm_monitor_get_key (storm_monitor_controller_get_monitor (controller));
  g_autoptr (GMenu) menu = g_menu_new ();

  if (chosen != NULL && !g_str_equal (chosen, key))
    append (menu, _("Compare With the Chosen Trace"), "trace.compare",
            g_variant_new ("(ss)", chosen, key));
  append (menu, _("Compare With…"), "trace.compare", g_variant_new ("(ss)", key, ""));
  append (menu, _("Compare With Recording…"), "trace.compare-recording",
          g_variant_new_string (key));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static void
compare_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  const char *a, *b;

  g_variant_get (parameter, "(&s&s)", &a, &b);
  storm_monitor_controller_compare (data, a, b[0] != '\0' ? b : NULL, FALSE);
}

static void
compare_recording_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       data)
{
  storm_monitor_controller_compare (data, g_variant_get_string (parameter, NULL), NULL, TRUE);
}

static gboolean
drop_cb (gpointer data)
{
  gtk_widget_unparent (data);
  return G_SOURCE_REMOVE;
}

/* The action that was chosen runs after the popover has closed. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, drop_cb, g_object_ref (popover), g_object_unref);
}

static void
popup (StormTraceRow          *row,
       StormMonitorController *controller,
       const GdkRectangle     *at)
{
  StormTrace *trace = storm_trace_row_get_trace (row);
  g_autoptr (GMenuModel) menu = NULL;
  GtkWidget *popover;

  if (trace == NULL)
    return;
  menu = menu_new (controller, storm_trace_get_key (trace));
  popover = gtk_popover_menu_new_from_model (menu);
  gtk_widget_set_parent (popover, GTK_WIDGET (row));
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), at);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
pressed_cb (GtkGestureClick        *click,
            int                     n_press,
            double                  x,
            double                  y,
            StormMonitorController *controller)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (click));

  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  popup (STORM_TRACE_ROW (row), controller, &(GdkRectangle) { (int) x, (int) y, 1, 1 });
}

static gboolean
key_cb (GtkEventControllerKey  *keys,
        guint                   keyval,
        guint                   keycode,
        GdkModifierType         state,
        StormMonitorController *controller)
{
  GtkWidget *list = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (list));
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  if ((keyval != GDK_KEY_Menu && (keyval != GDK_KEY_F10 || (state & GDK_SHIFT_MASK) == 0)) ||
      !STORM_IS_TRACE_ROW (row))
    return GDK_EVENT_PROPAGATE;
  popup (STORM_TRACE_ROW (row), controller,
         &(GdkRectangle) { 12, gtk_widget_get_height (row) / 2, 1, 1 });
  return GDK_EVENT_STOP;
}

void
storm_trace_menu_add (StormTraceRow          *row,
                      StormMonitorController *controller)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_return_if_fail (STORM_IS_TRACE_ROW (row));
  g_return_if_fail (STORM_IS_MONITOR_CONTROLLER (controller));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), controller, 0);
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (click));
}

void
storm_trace_menu_add_key (GtkWidget              *list,
                          StormMonitorController *controller)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) compare = NULL;
  g_autoptr (GSimpleAction) compare_recording = NULL;

  g_return_if_fail (GTK_IS_WIDGET (list));
  g_return_if_fail (STORM_IS_MONITOR_CONTROLLER (controller));

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), controller, 0);
  gtk_widget_add_controller (list, keys);
  compare = g_simple_action_new ("compare", G_VARIANT_TYPE ("(ss)"));
  compare_recording = g_simple_action_new ("compare-recording", G_VARIANT_TYPE_STRING);
  g_signal_connect_object (compare, "activate", G_CALLBACK (compare_cb), controller, 0);
  g_signal_connect_object (compare_recording, "activate", G_CALLBACK (compare_recording_cb),
                           controller, 0);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (compare));
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (compare_recording));
  gtk_widget_insert_action_group (list, "trace", G_ACTION_GROUP (actions));
}
