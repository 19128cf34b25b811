#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STORM_TYPE_UNMATCHED_ROW (storm_unmatched_row_get_type ())

/**
 * StormUnmatchedRow:
 *
 * An event type without a sticky: its name, how often it came, and "Make sticky". Signal
 * `make-sticky` (guint type_id).
 */
G_DECLARE_FINAL_TYPE (StormUnmatchedRow, storm_unmatched_row, STORM, UNMATCHED_ROW, GtkListBoxRow)

GtkWidget *storm_unmatched_row_new (const char *type,
                                    guint32     type_id,
                                    guint64     count);

G_END_DECLS
