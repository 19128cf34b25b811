#include "config.h"

#include "storm-tooltip.h"

#include <glib/gi18n-lib.h>

#include "storm-commands.h"

/* The name under which the window offers what the canvas and the monitor bar do. */
static char *
dup_window_action (const char *action)
{
  if (g_str_has_prefix (action, "canvas."))
    return g_strconcat ("win.", action + strlen ("canvas."), NULL);
  if (g_str_has_prefix (action, "monitor."))
    return g_strconcat ("win.monitor-", action + strlen ("monitor."), NULL);
  return g_strdup (action);
}

static const char *
find_accel (const char *action)
{
  g_autofree char *name = dup_window_action (action);
  guint n;
  const StormCommand *commands = storm_commands_get (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (commands[i].action, name))
      return commands[i].accel;
  return NULL;
}

char *
storm_tooltip_dup_accel (const char *accel)
{
  guint key;
  GdkModifierType mods;

  if (accel == NULL || !gtk_accelerator_parse (accel, &key, &mods))
    return g_strdup ("");

  return gtk_accelerator_get_label (key, mods);
}

char *
storm_tooltip_dup_keys (const char *action)
{
  g_return_val_if_fail (action != NULL, NULL);

  return storm_tooltip_dup_accel (find_accel (action));
}

void
storm_tooltip_set (GtkWidget  *widget,
                   const char *action,
                   const char *words)
{
  g_autofree char *keys = NULL;
  g_autofree char *tooltip = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (words != NULL);

  if (action == NULL && GTK_IS_ACTIONABLE (widget))
    action = gtk_actionable_get_action_name (GTK_ACTIONABLE (widget));
  if (action != NULL)
    keys = storm_tooltip_dup_keys (action);
  if (keys == NULL || *keys == '\0')
    {
      gtk_widget_set_tooltip_text (widget, words);
      return;
    }

  /* Translators: what a button does, and the keys that do it too: "Zoom In (Ctrl++)" */
  tooltip = g_strdup_printf (C_("tooltip", "%s (%s)"), words, keys);
  gtk_widget_set_tooltip_text (widget, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS,
                                  keys, -1);
}

void
storm_tooltip_add_keys (GtkWidget *tree)
{
  const char *words;

  g_return_if_fail (GTK_IS_WIDGET (tree));

  words = gtk_widget_get_tooltip_text (tree);
  if (words != NULL && GTK_IS_ACTIONABLE (tree))
    {
      g_autofree char *own = g_strdup (words);

      storm_tooltip_set (tree, NULL, own);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (tree); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    storm_tooltip_add_keys (child);
}
