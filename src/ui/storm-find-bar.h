#pragma once

#include <gtk/gtk.h>

#include "storm-find.h"
#include "storm-selection.h"

G_BEGIN_DECLS

#define STORM_TYPE_FIND_BAR (storm_find_bar_get_type ())

/**
 * StormFindBar:
 *
 * Looks for stickies by words, kind and context, says how many there are, and goes from one to the
 * next. Signals: `reveal` (const char *id): a result to show; `closed`: Escape or the close button.
 */
G_DECLARE_FINAL_TYPE (StormFindBar, storm_find_bar, STORM, FIND_BAR, GtkWidget)

GtkWidget *storm_find_bar_new   (StormSelection *selection);
StormFind *storm_find_bar_get_find (StormFindBar *self);
/** storm_find_bar_open: takes the focus, with the last words selected. */
void       storm_find_bar_open  (StormFindBar   *self);
/** storm_find_bar_close: looks for nothing any more. */
void       storm_find_bar_close (StormFindBar   *self);

G_END_DECLS
