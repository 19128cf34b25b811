#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STORM_TYPE_WRAP_LAYOUT (storm_wrap_layout_get_type ())

/**
 * StormWrapLayout:
 *
 * Lays children out in one line where that is possible, each between its least and its natural
 * width, and in as many lines as it takes where it is not. What is left of a line goes to the
 * children that expand.
 */
G_DECLARE_FINAL_TYPE (StormWrapLayout, storm_wrap_layout, STORM, WRAP_LAYOUT, GtkLayoutManager)

/** storm_wrap_layout_new: @spacing: between children, and between lines. */
GtkLayoutManager *storm_wrap_layout_new (int spacing);

G_END_DECLS
