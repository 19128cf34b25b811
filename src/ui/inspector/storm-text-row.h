#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STORM_TYPE_TEXT_ROW (storm_text_row_get_type ())

/**
 * StormTextRow:
 *
 * One line of text of an object. What is typed counts when Enter is pressed or the focus leaves, so
 * that one edit is one undo step; Escape takes it back. Signal `committed` (const char *text), only
 * when the text differs from the value.
 */
G_DECLARE_FINAL_TYPE (StormTextRow, storm_text_row, STORM, TEXT_ROW, AdwEntryRow)

GtkWidget  *storm_text_row_new       (const char   *title);

/**
 * storm_text_row_set_value:
 *
 * What the object says. The same value again leaves alone what is being typed; another one (an
 * undo, an edit on the canvas) replaces it.
 */
void        storm_text_row_set_value (StormTextRow *self,
                                      const char   *value);
const char *storm_text_row_get_value (StormTextRow *self);

/** storm_text_row_revert: shows the value again. */
void        storm_text_row_revert    (StormTextRow *self);

/** storm_text_row_flush: commits what was typed and not committed yet. */
void        storm_text_row_flush     (StormTextRow *self);

G_END_DECLS
