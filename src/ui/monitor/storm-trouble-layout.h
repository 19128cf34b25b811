#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STORM_TYPE_TROUBLE_LAYOUT (storm_trouble_layout_get_type ())

/**
 * StormTroubleLayout:
 *
 * Three children in a line: a sentence, what may be left out, and what must be there. Where there
 * is not room for all of the sentence, what may be left out goes first; after that the sentence
 * gets more lines.
 */
G_DECLARE_FINAL_TYPE (StormTroubleLayout, storm_trouble_layout, STORM, TROUBLE_LAYOUT,
                      GtkLayoutManager)

GtkLayoutManager *storm_trouble_layout_new (int spacing);

G_END_DECLS
