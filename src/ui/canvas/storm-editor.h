#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STORM_TYPE_EDITOR (storm_editor_get_type ())

/**
 * StormEditor:
 *
 * The one real text widget of the canvas: lies over what is being edited. Signal `done`
 * (gboolean keep): Enter, Escape or a click elsewhere ended it. Shift+Enter makes a new line.
 */
G_DECLARE_FINAL_TYPE (StormEditor, storm_editor, STORM, EDITOR, GtkWidget)

/**
 * storm_editor_new:
 * @label: what assistive technology calls it
 * @fill: (nullable): background; %NULL for none
 */
GtkWidget *storm_editor_new      (const char    *label,
                                  const char    *text,
                                  double         size,
                                  const GdkRGBA *ink,
                                  const GdkRGBA *fill);
/** storm_editor_get_text: (transfer full): what is typed so far. */
char      *storm_editor_get_text (StormEditor   *self);
GtkWidget *storm_editor_get_view (StormEditor   *self);

G_END_DECLS
