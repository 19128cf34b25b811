#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SECTION:storm-tooltip
 *
 * Tooltips that name the keys: "Zoom In (Ctrl++)". The keys are those of storm-commands.c, so that
 * a tooltip can not promise others than the command palette does.
 */

/** storm_tooltip_set: @words, and the keys of @action, which may be one of the window, the
 * application, the canvas or the monitor bar, or %NULL for those of the widget's own action. */
void storm_tooltip_set       (GtkWidget  *widget,
                              const char *action,
                              const char *words);
/** storm_tooltip_add_keys: to the tooltips of all buttons in @tree that have an action with
 * keys. */
void storm_tooltip_add_keys  (GtkWidget  *tree);
/** storm_tooltip_dup_keys: (transfer full): those of @action, as people read them; "" for none. */
char *storm_tooltip_dup_keys  (const char *action);
/** storm_tooltip_dup_accel: (transfer full): "Ctrl+Z" for "<Primary>z"; "" for %NULL. */
char *storm_tooltip_dup_accel (const char *accel);

G_END_DECLS
