#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STORM_TYPE_TEXT_AREA (storm_text_area_get_type ())

/**
 * StormTextArea:
 *
 * Several lines of text of an object, as a row. As with #StormTextRow, what is typed counts when
 * the focus leaves or Ctrl+Enter is pressed, and Escape takes it back. Signal `committed` (const
 * char *text). GObject property `title`.
 */
G_DECLARE_FINAL_TYPE (StormTextArea, storm_text_area, STORM, TEXT_AREA, AdwPreferencesRow)

void  storm_text_area_set_value    (StormTextArea *self,
                                    const char    *value);
void  storm_text_area_revert       (StormTextArea *self);
void  storm_text_area_flush        (StormTextArea *self);
void  storm_text_area_set_editable (StormTextArea *self,
                                    gboolean       editable);

G_END_DECLS
