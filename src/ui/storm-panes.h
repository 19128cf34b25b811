#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SECTION:storm-panes
 *
 * A paned counts from its start, but what the user sized is the panel at its end. The size is kept
 * in the settings.
 */

/** storm_panes_restore_end: gives the end child its kept size as soon as @paned has one; the start
 * keeps at least half. */
void storm_panes_restore_end (GtkPaned   *paned,
                              const char *key,
                              int         fallback);
/** storm_panes_keep_end: keeps the size of the end child, if it is to be seen. */
void storm_panes_keep_end    (GtkPaned   *paned,
                              const char *key);

G_END_DECLS
